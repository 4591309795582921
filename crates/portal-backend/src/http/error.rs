//! What went wrong, and how it is answered.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use portal_api::{Status, StatusResponse, code};

use super::context::request_id;
use super::extract::MAX_BODY;
use crate::authority::Refusal;
use crate::draft::Flaw;
use crate::in_full;
use crate::store::StoreError;

/// Why a call was not carried out.
#[derive(Debug)]
pub(crate) enum Problem {
    /// There is no credential, or none that is valid.
    Unauthenticated(&'static str),
    /// The credential does not reach.
    Insufficient(Refusal),
    /// A write that did not come from the page itself.
    ForeignOrigin,
    /// The key that the call is about does not exist.
    NoKey,
    /// What the call is about does not exist.
    Missing(&'static str),
    /// There is no such call.
    NoCall(StatusCode),
    /// The request cannot be read.
    Format(Flaw),
    /// The request asks for what cannot be.
    Invalid(Flaw),
    /// The request is at odds with what is there.
    Conflict(&'static str),
    /// The body is too large.
    TooLarge,
    /// The call took too long.
    TooSlow,
    /// Too many calls at a time.
    Throttled,
    /// The backend is at fault. The log has the cause, the answer has not.
    Internal,
}

impl Problem {
    pub(crate) fn invalid(field: impl Into<String>, details: impl Into<String>) -> Self {
        Self::Invalid(Flaw::new(field, details))
    }

    fn http(&self) -> StatusCode {
        match self {
            Self::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
            Self::Insufficient(_) | Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::NoKey | Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::NoCall(status) => *status,
            Self::Format(_) | Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Throttled => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn into_status(self) -> Status {
        let says = |code, details: &str| Status {
            code,
            details: Some(details.to_owned()),
            ..Status::default()
        };
        let status = match self {
            Self::Unauthenticated(details) => says(code::KEY_INVALID, details),
            Self::Insufficient(Refusal { details, missing_scopes, missing_endpoints }) => Status {
                code: code::INSUFFICIENT_SCOPES,
                details: Some(details),
                missing_scopes,
                missing_endpoints,
                ..Status::default()
            },
            Self::ForeignOrigin => says(
                code::FAILURE,
                "a signed-in person's writes are taken from the page's own origin only",
            ),
            Self::NoKey => says(code::KEY_NOT_FOUND, "there is no such key"),
            Self::Missing(details) => says(code::DOES_NOT_EXIST, details),
            Self::NoCall(_) => says(code::DOES_NOT_EXIST, "there is no such call"),
            Self::Format(flaw) => flaw.into_status(code::BAD_REQUEST_FORMAT),
            Self::Invalid(flaw) => flaw.into_status(code::INVALID_REQUEST),
            Self::Conflict(details) => says(code::FAILURE, details),
            Self::TooLarge => {
                let details = format!("the body is too large; keep it to {} KiB", MAX_BODY / 1024);
                says(code::INVALID_REQUEST, &details)
            }
            Self::TooSlow => says(code::FAILURE, "the call took too long; try it again"),
            Self::Throttled => {
                says(code::THROTTLED, "too many calls at a time; try it again in a moment")
            }
            Self::Internal => {
                says(code::INTERNAL, "the backend failed; quote the request id when reporting it")
            }
        };
        Status { description: describe(status.code).to_owned(), req_id: request_id(), ..status }
    }
}

/// A code in words.
fn describe(code: u32) -> &'static str {
    match code {
        code::SUCCESS => "Ok",
        code::THROTTLED => "Throttled",
        code::INSUFFICIENT_SCOPES => "Insufficient scopes",
        code::KEY_INVALID => "API key invalid",
        code::KEY_NOT_FOUND => "API key not found",
        code::BAD_REQUEST_FORMAT => "Bad request format",
        code::DOES_NOT_EXIST => "Does not exist",
        code::INVALID_REQUEST => "Invalid request",
        code::INTERNAL => "Internal error",
        _ => "Failure",
    }
}

/// The status of a call that went well.
pub(crate) fn success() -> Status {
    let code = code::SUCCESS;
    Status {
        code,
        description: describe(code).to_owned(),
        req_id: request_id(),
        ..Status::default()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let http = self.http();
        let mut response =
            (http, Json(StatusResponse { status: self.into_status() })).into_response();
        match http {
            StatusCode::UNAUTHORIZED => {
                response
                    .headers_mut()
                    .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Key"));
            }
            StatusCode::TOO_MANY_REQUESTS => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!("{}", in_full(&error));
        Self::Internal
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Insufficient(refusal)
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::Missing("the path is not readable")
    }
}

impl From<QueryRejection> for Problem {
    fn from(_: QueryRejection) -> Self {
        Self::Format(Flaw::new("", "the query is not readable"))
    }
}
