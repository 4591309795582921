//! What API key scopes mean.
//!
//! A **catalog** says which operations and endpoints a plan offers to a type of key, and how they
//! depend on each other. A **grant** is what a key holds: operations (`Inputs:Get`) and endpoints
//! (`/clarifai.api.V2/GetInput`), two independent checks that must both pass. On an app that is
//! shared, the owner's **invite** bounds every key of the collaborator.
//!
//! [`Access`] holds a grant, and the invite, against a catalog, and answers:
//!
//! - what a call would get: [`Access::decide`] tells *allowed*, *redacted* or *rejected*, and why;
//! - what there is to say about the grant: [`Access::findings`], each with its fix;
//! - what a change would change: [`consequences`];
//! - how dangerous it is: [`Access::risk`].
//!
//! [`Catalog::least_operations`] goes the other way, from endpoints to the operations they need;
//! [`drift()`] compares two versions of a catalog. What is unknown is refused, never a panic.
//!
//! ```
//! use scope_rules::{Access, Catalog, CatalogSpec, EndpointSpec, Enforcement, Grant, KeyType, OperationSpec, Outcome};
//!
//! let operation = |name: &str, needs: &[&str]| OperationSpec {
//!     name: name.into(),
//!     prerequisites: needs.iter().map(|name| (*name).into()).collect(),
//!     offered: true,
//!     ..Default::default()
//! };
//! let catalog = Catalog::new(CatalogSpec {
//!     name: "example".into(),
//!     key_type: KeyType::AppSpecificKey,
//!     enforcement: Enforcement::Graded,
//!     operations: vec![
//!         operation("Inputs:Get", &[]),
//!         operation("Inputs:Add", &["Inputs:Get"]),
//!         operation("Concepts:Get", &[]),
//!     ],
//!     endpoints: vec![EndpointSpec {
//!         name: "/example/PostInputs".into(),
//!         requirements: vec!["Inputs:Add".into(), "Inputs:Get".into(), "Concepts:Get".into()],
//!         offered: true,
//!         ..Default::default()
//!     }],
//! })?;
//!
//! // `Inputs:Add` alone: the call is rejected, and the finding says what is missing.
//! let grant = Grant::parse(&["Inputs:Add"], &[] as &[&str])?;
//! let access = Access::new(&catalog, &grant, None);
//! let decision = access.decide_name("/example/PostInputs");
//! assert_eq!(decision.outcome(), Outcome::Rejected);
//! let findings = access.findings();
//! assert!(findings.iter().any(|finding| {
//!     finding.to_string() == "`Inputs:Add` does not work without `Inputs:Get`"
//! }));
//!
//! // With its fix the call goes through, but without `Concepts:Get` the response is redacted.
//! let fixed = access.fix_all().ok_or("nothing to fix")?;
//! let access = Access::new(&catalog, &fixed, None);
//! assert_eq!(access.decide_name("/example/PostInputs").outcome(), Outcome::Redacted);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate is pure: no I/O, no clock, no randomness. The feature `serde` makes its data types
//! serialisable and adds [`corpus`], the form in which conformance cases are exchanged; `tsify`
//! derives their TypeScript types.

mod access;
mod bits;
mod catalog;
#[cfg(feature = "serde")]
pub mod corpus;
mod decision;
mod diagnose;
mod drift;
mod explain;
mod finding;
mod grant;
mod least;
mod name;
mod plan;
mod risk;
mod spec;
mod subject;

pub use access::{Access, Counts, consequences};
pub use catalog::{
    Catalog, CatalogError, Endpoint, EndpointId, MAX_DEPENDENCIES, MAX_SCOPES, Operation,
    OperationId,
};
pub use decision::{
    Caveats, Decision, DecisionRecord, Missing, MissingOperation, Outcome, ReasonCode, Rejection,
    Side,
};
pub use drift::{Drift, drift};
pub use finding::{Code, Finding, Fix, Severity};
pub use grant::{EmptyAllowList, Endpoints, Grant, GrantError, MAX_NAMES, Operations, WireGrant};
pub use least::LeastOperations;
pub use name::{ALL, MAX_NAME_BYTES, Name, NameError, UnknownScope};
pub use plan::{Plan, PlanEndpoint, PlanOperation};
pub use risk::Risk;
pub use spec::{
    AuthType, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec, UnknownWord,
};
