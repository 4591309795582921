//! Demo data: who has which apps, what is shared with whom, and a few keys.

use std::path::Path;

use serde::Deserialize;

/// What a new database is filled with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    /// The people. The demo session signs in the first, unless another is asked for.
    pub users: Vec<SeedUser>,
    /// The apps.
    pub apps: Vec<SeedApp>,
    /// What is shared.
    pub invites: Vec<SeedInvite>,
    /// Keys whose secrets nobody knows.
    pub keys: Vec<SeedKey>,
    /// Whether scopes that the plan does not offer are left out, so that the data suits every plan.
    pub fit_to_plan: bool,
}

/// A person.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeedUser {
    /// The user's id.
    pub id: String,
    /// What the user is called.
    pub name: String,
}

/// An app.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeedApp {
    /// The app's id.
    pub id: String,
    /// Whose it is.
    pub owner: String,
    /// What the app is called.
    pub name: String,
    /// What the app is for.
    pub description: String,
    /// How long ago it was made.
    pub age_days: u16,
}

/// An app shared with somebody.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeedInvite {
    /// Who shares.
    pub owner: String,
    /// Which app.
    pub app: String,
    /// With whom.
    pub user: String,
    /// The operations of the invite.
    pub scopes: Vec<String>,
    /// The endpoints of the invite; empty is any.
    pub endpoints: Vec<String>,
}

/// A key.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeedKey {
    /// Whose key it is.
    pub user: String,
    /// Whose app it opens.
    pub owner: String,
    /// Which app it opens; empty makes a personal access token.
    pub app: String,
    /// What it is known by.
    pub description: String,
    /// The operations granted.
    pub scopes: Vec<String>,
    /// The endpoints granted; empty is any.
    pub endpoints: Vec<String>,
    /// How long ago it was made.
    pub age_days: u16,
    /// In how many days it ends; absent is never.
    pub expires_in_days: Option<i16>,
}

/// Why demo data cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The file is not readable.
    #[error("cannot read the demo data")]
    File(#[from] std::io::Error),
    /// It is not what is expected.
    #[error("the demo data is not as expected")]
    Format(#[from] serde_json::Error),
}

impl Seed {
    /// The demo data that comes with the backend: somebody with a dozen apps and two shared ones.
    ///
    /// # Errors
    ///
    /// None: the data is part of the program, and a test reads it.
    pub fn demo() -> Result<Self, SeedError> {
        Ok(serde_json::from_str(include_str!("../demo.json"))?)
    }

    /// Demo data of one's own, from a file of the same form.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not of that form.
    pub fn read(file: &Path) -> Result<Self, SeedError> {
        Ok(serde_json::from_str(&std::fs::read_to_string(file)?)?)
    }
}
