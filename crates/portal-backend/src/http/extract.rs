//! Reading requests.

use axum::body::{Body as Stream, Bytes};
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;

use super::error::Problem;
use crate::credential::{Digest, digest};
use crate::draft::Flaw;
use crate::store::Page;

/// The largest body that is read.
pub(super) const MAX_BODY: usize = 256 * 1024;
/// How much of a larger body is taken and thrown away, so that the client gets to read the refusal.
const MAX_DRAINED: usize = 16 * 1024 * 1024;

/// How many keys or invites one call may make, change or end.
const MAX_PER_CALL: usize = 128;

const DEFAULT_PER_PAGE: i64 = 128;
const MAX_PER_PAGE: i64 = 1_000;

/// The longest explanation of what cannot be read.
const MAX_DETAILS: usize = 300;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const MAX_IDEMPOTENCY_KEY: usize = 255;

/// The segments of the path.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub(super) struct Segments<T>(pub(super) T);

/// A JSON body, and the digest of its text.
#[derive(Debug)]
pub(super) struct Body<T> {
    pub(super) content: T,
    pub(super) digest: Digest,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let text = Bytes::from_request(request, state).await.map_err(|_| Problem::Internal)?;
        parse(&text)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> OptionalFromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Problem> {
        let text = Bytes::from_request(request, state).await.map_err(|_| Problem::Internal)?;
        if text.is_empty() { Ok(None) } else { parse(&text).map(Some) }
    }
}

fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<Body<T>, Problem> {
    // The reader would take a list for an object, member by member.
    if text.trim_ascii_start().first() == Some(&b'[') {
        return Err(Problem::Format(Flaw::new("", "the body is a list; an object is expected")));
    }
    let mut json = serde_json::Deserializer::from_slice(text);
    let content =
        serde_path_to_error::deserialize(&mut json).map_err(|error| format_flaw(&error))?;
    json.end().map_err(|error| Problem::Format(Flaw::new("", error.to_string())))?;
    Ok(Body { content, digest: digest(text) })
}

/// Reads the body before anything else is done. A call that is refused without its body being read would leave the
/// connection in a state that neither side can go on from.
pub(super) async fn receive(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read(body).await {
        Ok(text) => next.run(Request::from_parts(parts, Stream::from(text))).await,
        Err(problem) => problem.into_response(),
    }
}

async fn read(mut body: Stream) -> Result<Vec<u8>, Problem> {
    let mut text = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(Problem::Format(Flaw::new("", "the body ended early")));
        };
        let Some(data) = frame.data_ref() else { continue };
        length = length.saturating_add(data.len());
        if length <= MAX_BODY {
            text.extend_from_slice(data);
        } else if length > MAX_DRAINED {
            break;
        }
    }
    if length > MAX_BODY { Err(Problem::TooLarge) } else { Ok(text) }
}

fn format_flaw(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let path = error.path().to_string();
    // The path of what is not even JSON is where the reader happened to be.
    let field = if error.inner().is_data() && path != "." { path } else { String::new() };
    let details = if field.is_empty() {
        error.inner().to_string()
    } else {
        format!("`{field}`: {}", error.inner())
    };
    // What was read instead is quoted, and may be long.
    Problem::Format(Flaw::new(field, details.chars().take(MAX_DETAILS).collect::<String>()))
}

/// The members of the query, in which a name may come more than once.
#[derive(Debug)]
pub(super) struct Params(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(members) = Query::from_request_parts(parts, state).await?;
        Ok(Self(members))
    }
}

impl Params {
    /// The last member of that name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next_back()
    }

    /// All members of that name. An empty one is as good as absent.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl DoubleEndedIterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(each, value)| each == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A member that is `true` or `false`; absent is false.
    pub(super) fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.get(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Problem::Format(Flaw::new(
                name,
                format!("`{name}` is neither `true` nor `false`"),
            ))),
        }
    }

    /// Which part of the list is asked for. 0 is as good as absent: that is how protobuf clients leave a number out.
    pub(super) fn page(&self) -> Result<Page, Problem> {
        let number = |name, default: i64| match self.get(name).map(str::parse::<u32>) {
            None | Some(Ok(0)) => Ok(default),
            Some(Ok(number)) => Ok(i64::from(number)),
            Some(Err(_)) => {
                Err(Problem::Format(Flaw::new(name, format!("`{name}` is not a number"))))
            }
        };
        let limit = number("per_page", DEFAULT_PER_PAGE)?;
        if limit > MAX_PER_PAGE {
            let details = format!("`per_page` is more than {MAX_PER_PAGE}");
            return Err(Problem::invalid("per_page", details));
        }
        Ok(Page { offset: (number("page", 1)? - 1) * limit, limit })
    }
}

/// Checks how many things a call is about: the items of that member of the body.
pub(super) fn count_is_fair(member: &str, count: usize) -> Result<(), Problem> {
    match count {
        0 => Err(Problem::invalid(member, format!("there is nothing in `{member}`"))),
        1..=MAX_PER_CALL => Ok(()),
        _ => Err(Problem::invalid(
            member,
            format!("there are more than {MAX_PER_CALL} in `{member}`; make several calls"),
        )),
    }
}

/// Checks the only way of changing things that there is.
pub(super) fn overwrites(action: &str) -> Result<(), Problem> {
    if action == "overwrite" {
        Ok(())
    } else {
        Err(Problem::invalid("action", "the only `action` is `overwrite`"))
    }
}

/// What the client tells a repeated request by, if it does.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    match value.to_str() {
        Ok(key) if !key.is_empty() && key.len() <= MAX_IDEMPOTENCY_KEY => Ok(Some(key)),
        _ => Err(Problem::invalid(
            "Idempotency-Key",
            format!(
                "the `Idempotency-Key` is not 1 to {MAX_IDEMPOTENCY_KEY} visible ASCII characters"
            ),
        )),
    }
}
