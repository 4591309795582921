//! What API key scopes mean.
