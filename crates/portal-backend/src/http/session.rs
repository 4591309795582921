//! Who calls: a key in the `Authorization` header, or a session in a cookie.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use portal_api::UserResponse;
use serde::Deserialize;

use super::Portal;
use super::error::{Problem, success};
use super::extract::Body;
use crate::authority::Caller;
use crate::credential::{claimed_type, digest};

const COOKIE: &str = "session";
const SESSION_SECONDS: i64 = 12 * 60 * 60;

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

impl FromRequestParts<Arc<Portal>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, Problem> {
        match parts.headers.get(header::AUTHORIZATION) {
            Some(value) => by_key(portal, value).await,
            None => by_cookie(portal, parts).await,
        }
    }
}

async fn by_key(portal: &Portal, value: &HeaderValue) -> Result<Caller, Problem> {
    const INVALID: Problem = Problem::Unauthenticated("the key is unknown, deleted or expired");
    let secret = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("key"))
        .map(|(_, secret)| secret.trim())
        .ok_or(Problem::Unauthenticated("the `Authorization` header is not `Key` and a secret"))?;
    claimed_type(secret).ok_or(INVALID)?;
    let key = portal.store.key_by_secret(&digest(secret)).await?.ok_or(INVALID)?;
    if key.has_expired(portal.clock.now_ms()) {
        return Err(INVALID);
    }
    Ok(Caller::Key(Box::new(key)))
}

async fn by_cookie(portal: &Portal, parts: &Parts) -> Result<Caller, Problem> {
    let token =
        cookie(&parts.headers).ok_or(Problem::Unauthenticated("there is no key and no session"))?;
    let session = portal.store.session(token, portal.clock.now_ms()).await?;
    let (user_id, demo) = session.ok_or(Problem::Unauthenticated("the session has ended"))?;
    if demo && !(portal.demo && is_local(parts)) {
        return Err(Problem::Unauthenticated(
            "the demo session works on the backend's own machine only",
        ));
    }
    let writes = !matches!(parts.method, Method::GET | Method::HEAD);
    if writes && !is_own_origin(&parts.headers) {
        return Err(Problem::ForeignOrigin);
    }
    Ok(Caller::Session { user_id })
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// Whether a browser says that the page itself makes the request.
///
/// A proxy that serves the page, as Trunk does in development, sends its own host on in `X-Forwarded-Host`. No other
/// site's page can set that header without asking first, and it would be denied.
fn is_own_origin(headers: &HeaderMap) -> bool {
    if headers.get(FETCH_SITE).is_some_and(|site| site != "same-origin") {
        return false;
    }
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let authority = origin
        .and_then(|origin| origin.strip_prefix("http://").or(origin.strip_prefix("https://")));
    authority
        .is_some_and(|authority| hosts(headers).any(|host| host.eq_ignore_ascii_case(authority)))
}

fn hosts(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    [header::HOST, FORWARDED_HOST].into_iter().filter_map(|name| headers.get(name)?.to_str().ok())
}

/// Whether the request comes from this machine, and was sent to it by a name of this machine: else a foreign name that
/// leads here would do.
fn is_local(parts: &Parts) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let mut hosts = hosts(&parts.headers).peekable();
    peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback())
        && hosts.peek().is_some()
        && hosts.all(is_local_name)
}

fn is_local_name(authority: &str) -> bool {
    let Ok(uri) = authority.parse::<Uri>() else { return false };
    let Some(host) = uri.host() else { return false };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Where a request comes from, of which a demo session must be local.
#[derive(Debug)]
pub(super) struct Local;

impl<S: Send + Sync> FromRequestParts<S> for Local {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        if !is_local(parts) {
            return Err(Problem::Missing("there is no demo session here"));
        }
        if is_own_origin(&parts.headers) { Ok(Self) } else { Err(Problem::ForeignOrigin) }
    }
}

/// Whom to sign in; nobody named is the demo's first person.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DemoRequest {
    user_id: Option<String>,
}

/// Signs the demo's person in, on this machine only.
pub(super) async fn start_demo(
    State(portal): State<Arc<Portal>>,
    _: Local,
    body: Option<Body<DemoRequest>>,
) -> Result<Response, Problem> {
    const NONE: Problem = Problem::Missing("there is no demo session here");
    let wanted = body
        .and_then(|body| body.content.user_id)
        .or_else(|| portal.demo_user.clone())
        .ok_or(NONE)?;
    if !portal.demo {
        return Err(NONE);
    }
    let user = portal.store.user(&wanted).await?.ok_or(NONE)?;
    let cookie = demo_session(&portal, &user.id).await?;
    let mut response = Json(UserResponse { status: success(), user }).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Signs the demo's person in together with the page, if nobody is: so its first call finds a session already, and a
/// browser has no refusal to show in its console.
pub(super) async fn greet(
    State(portal): State<Arc<Portal>>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let is_new = portal.demo
        && asks_for_page(&parts)
        && is_local(&parts)
        && by_cookie(&portal, &parts).await.is_err();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let is_page = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    if let Some(user_id) = portal.demo_user.as_ref().filter(|_| is_new && is_page)
        && let Ok(cookie) = demo_session(&portal, user_id).await
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn asks_for_page(parts: &Parts) -> bool {
    parts.method == Method::GET && matches!(parts.uri.path(), "/" | "/index.html")
}

/// Begins a demo session, and answers its cookie.
async fn demo_session(portal: &Portal, user_id: &str) -> Result<HeaderValue, Problem> {
    let now = portal.clock.now_ms();
    let token = portal.store.sign_in(user_id, true, now, now + SESSION_SECONDS * 1_000).await?;
    tracing::warn!(
        user = user_id,
        "a demo session was started: whoever is at this machine is this user"
    );
    let value = format!(
        "{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={SESSION_SECONDS}",
        token.expose()
    );
    HeaderValue::try_from(value).map_err(|_| Problem::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(HeaderName, &'static str)]) -> HeaderMap {
        list.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_the_page_itself_is_its_own_origin() {
        let host = (header::HOST, "127.0.0.1:8080");
        let own = |more: &[(HeaderName, &'static str)]| {
            is_own_origin(&headers(&[std::slice::from_ref(&host), more].concat()))
        };
        assert!(own(&[(header::ORIGIN, "http://127.0.0.1:8080")]));
        assert!(own(&[(header::ORIGIN, "http://127.0.0.1:8080"), (FETCH_SITE, "same-origin")]));
        assert!(own(&[
            (header::ORIGIN, "http://localhost:8081"),
            (FORWARDED_HOST, "localhost:8081")
        ]));
        assert!(!own(&[]));
        assert!(!own(&[(header::ORIGIN, "null")]));
        assert!(!own(&[(header::ORIGIN, "http://127.0.0.1:8081")]));
        assert!(!own(&[(header::ORIGIN, "http://127.0.0.1:8080.example.org")]));
        assert!(!own(&[(header::ORIGIN, "http://127.0.0.1:8080"), (FETCH_SITE, "cross-site")]));
    }

    #[test]
    fn the_names_of_this_machine_are_few() {
        for name in ["localhost", "localhost:8080", "127.0.0.1:80", "127.1.2.3", "[::1]:8080"] {
            assert!(is_local_name(name), "{name}");
        }
        for name in ["", "example.org", "localhost.example.org", "10.0.0.1", "[::2]:80", "a b"] {
            assert!(!is_local_name(name), "{name}");
        }
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        assert_eq!(cookie(&headers(&[(header::COOKIE, "a=b; session=xyz; c=d")])), Some("xyz"));
        assert_eq!(cookie(&headers(&[(header::COOKIE, "mysession=xyz")])), None);
        assert_eq!(cookie(&headers(&[])), None);
    }
}
