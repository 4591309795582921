//! What every answer begins with.

use serde::{Deserialize, Serialize};

/// The codes of a [`Status`].
pub mod code {
    /// The call did what it was asked to do.
    pub const SUCCESS: u32 = 10_000;
    /// The call failed for a reason that has no code of its own, such as a conflict.
    pub const FAILURE: u32 = 10_020;
    /// Too many calls at a time; the same call may succeed later.
    pub const THROTTLED: u32 = 11_005;
    /// The credential lacks operations or endpoints; the status names them.
    pub const INSUFFICIENT_SCOPES: u32 = 11_007;
    /// There is no credential, or it is unknown, expired or deleted.
    pub const KEY_INVALID: u32 = 11_008;
    /// The key that the call is about does not exist.
    pub const KEY_NOT_FOUND: u32 = 11_009;
    /// The request is not well-formed JSON of the right types.
    pub const BAD_REQUEST_FORMAT: u32 = 11_100;
    /// The user, the app, the collaborator or the path that the call is about does not exist.
    pub const DOES_NOT_EXIST: u32 = 11_101;
    /// The request is well-formed, and asks for what cannot be.
    pub const INVALID_REQUEST: u32 = 11_102;
    /// The backend failed; nothing of the request is at fault.
    pub const INTERNAL: u32 = 98_004;
}

/// How a call went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(default)]
pub struct Status {
    /// One of [`code`], or another code of the public API.
    pub code: u32,
    /// The code in words.
    pub description: String,
    /// What is particular to this call: one sentence, or a sentence for each item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// What to quote when reporting a problem: the backend's log has the same id.
    pub req_id: String,
    /// Operations that the credential lacks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing_scopes: Vec<String>,
    /// Endpoints that the credential may not call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing_endpoints: Vec<String>,
    /// The member of the request that the status is about, as a path: `keys[0].description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Status {
    /// Whether the call did what it was asked to do.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.code == code::SUCCESS
    }
}

/// An answer that is a status and nothing else: of `DeleteKey`, and of every call that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusResponse {
    /// How the call went.
    pub status: Status,
}
