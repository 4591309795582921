//! What API key scopes mean.
//!
//! # The model
//!
//! A [**catalog**](Catalog) is data: the scopes that a plan offers to a type of key, and how they
//! depend on each other. There are two kinds of scope. An *operation* is what may be done to a
//! type of resource, such as `Inputs:Get`, or a bare action, such as `Predict`. An *endpoint* is
//! an rpc that may be called, such as `/clarifai.api.V2/GetInput`. An endpoint *requires*
//! operations; an operation may have other operations as *prerequisites*, without which it is of
//! little use.
//!
//! A [**grant**](Grant) is what a key holds: operations, or `All` of them, and endpoints, or *any*
//! of them. The two are independent checks, and a call must pass both. *Any* is not an empty list
//! of endpoints, though the wire spells it so: a list that has become empty allows nothing, and
//! the types keep the two apart. On an app that is shared, the owner's **invite** is a grant too,
//! and bounds every key of the collaborator: what a key can do is what both give.
//!
//! [`Access`] holds a grant, and the invite, against a catalog. For each endpoint it
//! [decides](Access::decide) what a call would get:
//!
//! - **rejected**, because the catalog does not know the endpoint, keys of this type cannot call
//!   it, the grant does not include it, or a *core* operation is missing;
//! - **redacted**, because an *auxiliary* operation is missing: the call goes through, its
//!   response lacks something (under *strict* [enforcement](Enforcement) it is rejected);
//! - **allowed**.
//!
//! Every decision carries its reason: which operations are missing, and whether the key, the
//! invite, both or the plan lack them. Operations that act are core, and so are those that read
//! what the endpoint's name is about; those that read anything else are auxiliary. An endpoint
//! may also work only in part without a *conditional* operation: a caveat.
//!
//! Prerequisites are advice and never enforced. They are the business of
//! [findings](Access::findings): what there is to say about a grant, in the manner of a compiler,
//! each with a stable [code](Code), a [severity](Severity), one sentence, and where there is one a
//! [fix](Fix) to [apply](Grant::apply). [`Access::fix_all`] applies those of errors and warnings
//! until none is left.
//!
//! Around that:
//!
//! - [`consequences`]: which decisions a change of the grant would change;
//! - [`Catalog::least_operations`]: what a set of endpoints needs, and no more;
//! - [`drift()`]: what a new version of the catalog changes for a grant;
//! - [`Access::risk`]: how dangerous the key would be in the wrong hands.
//!
//! What is unknown is refused: an operation that the catalog does not offer is not held, whoever
//! names it, and an endpoint that it does not know is rejected. Nothing panics.
//!
//! # An example
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
//! The other examples share a small catalog much like this one, called `catalog`.
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
mod names;
mod plan;
mod risk;
mod sort;
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
pub use names::Names;
pub use plan::{Plan, PlanEndpoint, PlanOperation};
pub use risk::Risk;
pub use spec::{
    AuthType, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec, UnknownWord,
};
