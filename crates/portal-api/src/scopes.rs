//! What a plan offers, and what a credential holds.

use serde::{Deserialize, Serialize};

use crate::{App, Status};

/// The answer of `ListScopes`: what the plan offers to a key type.
///
/// The public service sends `scope_deps` and `endpoint_deps`, each item with its name and its dependencies only. All
/// else is this project's addition, which other clients ignore. Where it is absent, everything listed is offered, and
/// enforcement is graded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(default)]
pub struct ListScopesResponse {
    /// How the call went.
    pub status: Status,
    /// The operations that a key of this type may hold.
    pub scope_deps: Vec<ScopeDep>,
    /// The endpoints that a key of this type may call.
    pub endpoint_deps: Vec<EndpointDep>,
    /// The catalog's name and version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog: Option<String>,
    /// `graded` or `strict`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<String>,
    /// Endpoints that the plan knows and does not offer to this key type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_endpoints: Vec<OtherEndpoint>,
    /// Operations that the plan knows and does not offer to this key type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_scopes: Vec<OtherScope>,
}

/// An operation on offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(default)]
pub struct ScopeDep {
    /// The operation's name.
    pub scope: String,
    /// Its direct prerequisites.
    pub depending_scopes: Vec<String>,
    /// Whether it should no longer be used.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// The group it is shown in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it is called for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// An endpoint on offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(default)]
pub struct EndpointDep {
    /// The endpoint's fully qualified name.
    pub endpoint: String,
    /// The operations that it requires.
    pub depending_scopes: Vec<String>,
    /// What kind of credential it takes: `KeyAuth`, `PATAuth`, `SessionTokenAuth`, `NoAuth`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<String>,
    /// Whether it should no longer be used.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// The group it is shown in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it is called for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// An endpoint that the plan knows and does not offer to this key type, so that a client can say why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(default)]
pub struct OtherEndpoint {
    /// The endpoint's fully qualified name.
    pub endpoint: String,
    /// What kind of credential it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<String>,
    /// The operations that it requires.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depending_scopes: Vec<String>,
    /// Whether it should no longer be used.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// The group it is shown in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it is called for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// An operation that the plan knows and does not offer to this key type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[serde(default)]
pub struct OtherScope {
    /// The operation's name.
    pub scope: String,
    /// Its direct prerequisites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depending_scopes: Vec<String>,
    /// Whether that is because it should no longer be used.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// The group it is shown in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What it is called for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// The answer of `MyScopes`: the effective grant of the calling credential, its own as far as an invite allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MyScopesResponse {
    /// How the call went.
    pub status: Status,
    /// The operations granted. What the plan does not offer is not held all the same.
    pub scopes: Vec<String>,
    /// The endpoints granted; empty is any.
    pub endpoints: Vec<String>,
    /// The app that the credential was held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<App>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}
