//! The backend over HTTP: a real server on a real database.

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
