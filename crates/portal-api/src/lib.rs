//! The messages that the page and the backend exchange.
//!
//! They are the REST form of the platform's public calls: JSON with the protobuf field names in `snake_case`. A field
//! that is absent has its default, and an unknown one is ignored, so that the page also reads what the real service
//! answers, and the official clients read what this project's backend answers. Times are RFC 3339 texts with `Z`.
//!
//! | module | calls |
//! | --- | --- |
//! | [`apps`] | `GetUser`, `ListApps`, `ListCollaborations`, the collaborator calls |
//! | [`keys`] | `PostKeys`, `ListKeys`, `ListAppKeys`, `GetKey`, `PatchKeys`, `DeleteKey` |
//! | [`scopes`] | `ListScopes`, `MyScopes` |
//! | [`status`] | what every answer begins with |
//!
//! With the feature `catalog`, [`scopes::ListScopesResponse`] converts to and from `scope_rules::CatalogSpec`. The backend
//! and the JavaScript package use that. The page reads the same members by hand, which is smaller; what their words mean
//! it takes from here as well.

pub mod apps;
#[cfg(feature = "catalog")]
pub mod catalog;
pub mod keys;
pub mod scopes;
mod secret;
pub mod status;

pub use apps::{
    App, AppRef, AppsResponse, Collaboration, CollaborationsResponse, Collaborator,
    CollaboratorsRequest, CollaboratorsResponse, NewCollaborator, User, UserResponse,
};
pub use keys::{
    Key, KeyPatch, KeyResponse, KeysResponse, NewKey, PatchKeysRequest, PostKeysRequest,
};
pub use scopes::{
    EndpointDep, ListScopesResponse, MyScopesResponse, OtherEndpoint, OtherScope, ScopeDep,
};
pub use secret::Secret;
pub use status::{Status, StatusResponse, code};
