//! What surrounds every API call: its id, its log line, its limits, and the headers of its answer.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument as _;

use super::Portal;
use super::error::Problem;
use crate::credential::{looks_secret, new_request_id};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longer ids, or ids with other characters, could spoil a log.
const MAX_REQUEST_ID: usize = 64;

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the call that is being carried out.
pub(super) fn request_id() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Gives the call an id, or takes the client's, and logs it. The log has no query, header or body: they may hold what
/// nobody should read.
pub(super) async fn identify(request: Request, next: Next) -> Response {
    let given = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(|id| {
        !id.is_empty()
            && id.len() <= MAX_REQUEST_ID
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    });
    let id = given.map_or_else(|| new_request_id().unwrap_or_default(), str::to_owned);
    let span = tracing::info_span!("call", id);
    let (method, path) = (request.method().clone(), without_secrets(request.uri().path()));
    let begin = Instant::now();
    let answer = async {
        let mut response = next.run(request).await;
        if let Ok(id) = HeaderValue::from_str(&request_id()) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let (status, took) = (response.status().as_u16(), begin.elapsed());
        tracing::info!(%method, ?path, status, ?took, "answered");
        response
    };
    CURRENT.scope(id, answer.instrument(span)).await
}

/// A path as it may be logged: somebody may put a secret where a handle belongs.
fn without_secrets(path: &str) -> String {
    let segments: Vec<_> = path
        .split('/')
        .map(|segment| if looks_secret(segment) { "(secret)" } else { segment })
        .collect();
    segments.join("/")
}

/// Nothing that the API answers is to be kept, framed or taken for something else.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    response
}

/// Refuses calls beyond what may be under way at a time, and ends those that take too long.
pub(super) async fn limit(
    State(portal): State<Arc<Portal>>,
    request: Request,
    next: Next,
) -> Response {
    let Ok(_place) = portal.places.try_acquire() else {
        return Problem::Throttled.into_response();
    };
    match tokio::time::timeout(portal.timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::TooSlow.into_response(),
    }
}

/// Answers for a handler that panicked. The message is in the log; the answer has none of it.
pub(super) fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Problem::Internal.into_response()
}
