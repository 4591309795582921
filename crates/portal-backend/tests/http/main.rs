//! The backend over HTTP: a real server on a real database.
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod access;
mod apps;
mod collaborators;
mod hostile;
mod keys;
mod life;
mod patches;
mod scopes;
mod sessions;
mod site;
mod support;
mod tokens;
