//! Keys: making, listing, changing and deleting them.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{AppRef, Status};

/// A key as every call but `PostKeys` shows it: with its handle, never with its secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Key {
    /// The key's handle: it names the key in other calls, and authorises nothing.
    pub id: String,
    /// What people know the key by.
    pub description: String,
    /// `app_specific_key` or `personal_access_token`.
    #[serde(rename = "type")]
    pub key_type: String,
    /// The operations granted.
    pub scopes: Vec<String>,
    /// The endpoints granted; empty is any.
    pub endpoints: Vec<String>,
    /// The app that the key opens: one, or none for a personal access token.
    pub apps: Vec<AppRef>,
    /// When the key was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When the key ends; absent is never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// The key's handle once more, under the name that it also has where `PostKeys` shows the secret as `id`.
    pub handle: String,
    /// The last four characters of the secret.
    pub last_four: String,
}

/// What `PostKeys` sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostKeysRequest {
    /// The keys to be made.
    pub keys: Vec<NewKey>,
}

/// One key to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewKey {
    /// What people will know the key by.
    pub description: String,
    /// `app_specific_key`, which absent also means, or `personal_access_token`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub key_type: Option<String>,
    /// The operations to grant.
    pub scopes: Vec<String>,
    /// The endpoints to grant; empty is any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<String>,
    /// The app that the key is to open: exactly one, or none for a personal access token.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub apps: Vec<AppRef>,
    /// When the key is to end; absent is never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// The answer of `ListKeys`, `ListAppKeys` and `PatchKeys`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeysResponse {
    /// How the call went.
    pub status: Status,
    /// The keys.
    pub keys: Vec<Key>,
}

/// The answer of `GetKey`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyResponse {
    /// How the call went.
    pub status: Status,
    /// The key.
    pub key: Key,
}

/// What `PatchKeys` sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PatchKeysRequest {
    /// The keys to change.
    pub keys: Vec<KeyPatch>,
    /// How to change them: `overwrite`.
    pub action: String,
}

/// What to change in one key. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyPatch {
    /// The handle of the key.
    pub id: String,
    /// What people will know the key by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// All the operations to grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// All the endpoints to grant; empty is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<Vec<String>>,
    /// When the key is to end; `Some(None)`, on the wire `null`, is never.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub expires_at: Option<Option<String>>,
}

/// Tells a member that is `null` from one that is absent.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_tells_no_expiry_from_no_change() {
        let patch = |text| serde_json::from_str::<KeyPatch>(text).unwrap().expires_at;
        assert_eq!(patch("{}"), None);
        assert_eq!(patch(r#"{"expires_at": null}"#), Some(None));
        assert_eq!(
            patch(r#"{"expires_at": "2027-01-01T00:00:00Z"}"#),
            Some(Some("2027-01-01T00:00:00Z".into()))
        );
        let never = KeyPatch { expires_at: Some(None), ..KeyPatch::default() };
        assert_eq!(serde_json::to_string(&never).unwrap(), r#"{"id":"","expires_at":null}"#);
    }

    #[test]
    fn absent_members_have_their_default_and_unknown_ones_are_ignored() {
        let key: Key =
            serde_json::from_str(r#"{"id": "key_1", "authorized_idp_ids": ["x"]}"#).unwrap();
        assert_eq!(key, Key { id: "key_1".into(), ..Key::default() });
    }
}
