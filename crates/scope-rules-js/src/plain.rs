//! The plain objects that are exchanged, beyond those that `scope_rules` itself has.

use scope_rules::{Access, Catalog, Code, DecisionRecord, Finding, Fix, Grant, Name, Severity};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// A list of names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Tsify)]
pub struct Names(pub Vec<Name>);

/// What a call of an endpoint would get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct EndpointDecision {
    /// The endpoint.
    pub endpoint: Name,
    /// What a call would get, and why.
    pub decision: DecisionRecord,
}

/// An endpoint whose decision changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Change {
    /// The endpoint.
    pub endpoint: Name,
    /// What a call would have got.
    pub before: DecisionRecord,
    /// What a call would get now.
    pub after: DecisionRecord,
}

/// A finding, with its severity and in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct Report {
    /// Its kind.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One plain sentence.
    pub message: String,
    /// The scope it is about; absent if it is about the grant as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Name>,
    /// The operations that are lacking, where some are.
    pub lacks: Vec<Name>,
    /// How many endpoints it concerns; only for `completing-operation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<usize>,
    /// What the name was probably meant to be; only for `not-in-catalog`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Name>,
    /// The change that would make it go away, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// What a set of endpoints needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct LeastScopes {
    /// The smallest closed set of operations with which every endpoint within reach is allowed.
    pub operations: Vec<Name>,
    /// Operations without which some of them work only in part, beyond those.
    pub conditional: Vec<Name>,
    /// The endpoints that no key of this type and plan can call, or that are redacted at best,
    /// with the best decision there is.
    pub out_of_reach: Vec<EndpointDecision>,
}

impl LeastScopes {
    /// What endpoints need by a catalog.
    pub(crate) fn of(catalog: &Catalog, endpoints: &[Name]) -> Self {
        let least = catalog.least_operations(endpoints);
        let best = Access::new(catalog, &Grant::everything(), None);
        let decided = |endpoint: Name| {
            let decision = best.decide_name(&endpoint).to_record();
            EndpointDecision { endpoint, decision }
        };
        Self {
            operations: least.operations.into_iter().collect(),
            conditional: least.conditional,
            out_of_reach: least.out_of_reach.into_iter().map(decided).collect(),
        }
    }
}

impl From<Finding> for Report {
    fn from(finding: Finding) -> Self {
        let (severity, message) = (finding.severity(), finding.to_string());
        let Finding { code, about, lacks, endpoints, suggestion, fix } = finding;
        let endpoints = (code == Code::CompletingOperation).then_some(endpoints);
        Self { code, severity, message, about, lacks, endpoints, suggestion, fix }
    }
}
