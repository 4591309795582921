//! Users, apps, and who shares what with whom.

use serde::{Deserialize, Serialize};

use crate::Status;

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    /// The user's id, unique among users.
    pub id: String,
    /// What the user is called for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// The answer of `GetUser`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserResponse {
    /// How the call went.
    pub status: Status,
    /// The user.
    pub user: User,
}

/// An app: what a key opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct App {
    /// The app's id, unique among its owner's apps.
    pub id: String,
    /// What the app is called for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The owner's id.
    pub user_id: String,
    /// What the app is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// When the app was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
}

/// Which app is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct AppRef {
    /// The app's id.
    pub id: String,
    /// The owner's id.
    pub user_id: String,
}

/// The answer of `ListApps`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppsResponse {
    /// How the call went.
    pub status: Status,
    /// One page of the user's own apps, in order of id.
    pub apps: Vec<App>,
}

/// An app that somebody shared with the user, and the invite that bounds what the user's keys can do there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Collaboration {
    /// The app.
    pub app: App,
    /// Who shared it.
    pub app_owner: User,
    /// The operations of the invite.
    pub scopes: Vec<String>,
    /// The endpoints of the invite; empty is any.
    pub endpoints: Vec<String>,
    /// When it was shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
}

/// The answer of `ListCollaborations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CollaborationsResponse {
    /// How the call went.
    pub status: Status,
    /// The apps shared with the user.
    pub collaborations: Vec<Collaboration>,
}

/// Somebody with whom the user shares an app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Collaborator {
    /// The collaborator's id, by which the invite is changed and ended.
    pub id: String,
    /// The shared app.
    pub app: App,
    /// Who may use it.
    pub user: User,
    /// The operations of the invite.
    pub scopes: Vec<String>,
    /// The endpoints of the invite; empty is any.
    pub endpoints: Vec<String>,
    /// When it was shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
}

/// The answer of the collaborator calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CollaboratorsResponse {
    /// How the call went.
    pub status: Status,
    /// The collaborators listed, made or changed.
    pub collaborators: Vec<Collaborator>,
}

/// What the collaborator calls send: `PostCollaborators`, `PatchCollaborators` and `DeleteCollaborators`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CollaboratorsRequest {
    /// Whom to invite, or whose invite to change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub collaborators: Vec<NewCollaborator>,
    /// Whose invites to end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// How to change: `overwrite`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub action: String,
}

/// One invite to be made or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewCollaborator {
    /// The invite to change.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Whom to invite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// The operations of the invite. Absent in a change: as before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// The endpoints of the invite; empty is any. Absent in a change: as before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<Vec<String>>,
}
