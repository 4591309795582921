//! What API key scopes mean, for JavaScript: a thin skin over [`scope_rules`].
//!
//! Arguments and results are plain objects, spelt as on the wire; their TypeScript types are
//! derived from the Rust types. What cannot be done is thrown as an `Error` that has a `code`.
//! `README.md` shows how it is used.

mod access;
mod catalog;
mod error;
mod plain;
mod value;

pub use access::Access;
pub use catalog::Catalog;
pub use error::{Error, ErrorCode};
pub use plain::{Change, EndpointDecision, LeastScopes, Names, Report};
pub use value::Unreadable;
