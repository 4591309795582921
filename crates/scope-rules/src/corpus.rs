//! Conformance cases: grants in, decisions out, one JSON object a line.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::access::Access;
use crate::catalog::{Catalog, CatalogError};
use crate::decision::{DecisionRecord, Outcome, ReasonCode, Side};
use crate::finding::Code;
use crate::grant::{Grant, GrantError, WireGrant};
use crate::name::{Name, operations};
use crate::plan::Plan;
use crate::spec::{Enforcement, KeyType};

/// One case: a grant, the invite that bounds it, and what every endpoint would answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What the case shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shows: Option<String>,
    /// The catalog's name, such as `clarifai-12.6.0`, or the plan's, such as `enterprise`.
    pub catalog: String,
    /// The key type.
    pub key_type: KeyType,
    /// How missing auxiliary operations are treated.
    #[serde(default)]
    pub enforcement: Enforcement,
    /// The key's grant.
    pub key: WireGrant,
    /// The owner's invite, on a shared app.
    #[serde(default)]
    pub invite: Option<WireGrant>,
    /// What each endpoint would answer; at least all that the catalog offers to the key type.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub decisions: BTreeMap<String, Expected>,
    /// The findings, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<ExpectedFinding>>,
}

/// What a case expects of an endpoint. Absent optional parts are not compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// The outcome.
    pub outcome: Outcome,
    /// The reason's code; absent when allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonCode>,
    /// The operations not held: core first, each part in order of name.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "operations")]
    pub missing: Vec<Name>,
    /// Whose grant lacks the endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Who lacks each of the missing operations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<Vec<Side>>,
    /// The conditional operations not held.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "operations_if_any"
    )]
    pub caveats: Option<Vec<Name>>,
}

/// What a case expects of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedFinding {
    /// The finding's code.
    pub code: Code,
    /// The scope it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Name>,
    /// The operations that are lacking.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "operations")]
    pub lacks: Vec<Name>,
    /// Whether it has a fix.
    pub fixable: bool,
}

/// Why a case could not be decided, or in what it differs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// No plan has the catalog.
    #[error("there is no catalog `{0}`; known are {1}")]
    UnknownCatalog(String, String),
    /// The catalog could not be built.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// A grant could not be read.
    #[error(transparent)]
    Grant(#[from] GrantError),
    /// A decision is not as expected.
    #[error("`{endpoint}` is {found}; expected {expected}")]
    Decision {
        /// The endpoint.
        endpoint: String,
        /// What the case expects.
        expected: Box<Expected>,
        /// What the rules say.
        found: Box<Expected>,
    },
    /// An offered endpoint is left out.
    #[error("`{0}` is offered, but the case has no decision for it")]
    NotCovered(String),
    /// The findings are not as expected.
    #[error("the findings are {}; expected {}", Told(found), Told(expected))]
    Findings {
        /// What the case expects.
        expected: Vec<ExpectedFinding>,
        /// What the rules say.
        found: Vec<ExpectedFinding>,
    },
}

/// Reads a list of operations that may be absent.
fn operations_if_any<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<Name>>, D::Error> {
    operations(deserializer).map(Some)
}

/// In words: `redacted, missing-operations, missing Concepts:Get (key)`.
impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.outcome.as_str())?;
        if let Some(reason) = self.reason {
            write!(f, ", {}", reason.as_str())?;
        }
        if let Some(side) = self.side {
            write!(f, ", by {}", side.as_str())?;
        }
        let mut sides = self.sides.iter().flatten();
        for (place, name) in self.missing.iter().enumerate() {
            write!(f, "{}{name}", if place == 0 { ", missing " } else { ", " })?;
            if let Some(side) = sides.next() {
                write!(f, " ({})", side.as_str())?;
            }
        }
        for (place, name) in self.caveats.iter().flatten().enumerate() {
            write!(f, "{}{name}", if place == 0 { ", in part without " } else { ", " })?;
        }
        Ok(())
    }
}

/// Findings, one after the other.
struct Told<'a>(&'a [ExpectedFinding]);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none");
        }
        for (place, finding) in self.0.iter().enumerate() {
            write!(f, "{}{}", if place == 0 { "" } else { ", " }, finding.code.as_str())?;
            if let Some(about) = &finding.about {
                write!(f, " `{about}`")?;
            }
            for (place, name) in finding.lacks.iter().enumerate() {
                write!(f, "{}`{name}`", if place == 0 { " lacks " } else { " and " })?;
            }
            f.write_str(if finding.fixable { " (with fix)" } else { "" })?;
        }
        Ok(())
    }
}

impl From<DecisionRecord> for Expected {
    fn from(record: DecisionRecord) -> Self {
        let some = |is_empty: bool| (!is_empty).then_some(());
        Self {
            outcome: record.outcome,
            reason: record.reason,
            side: record.side,
            sides: some(record.sides.is_empty()).map(|()| record.sides),
            caveats: some(record.caveats.is_empty()).map(|()| record.caveats),
            missing: record.missing,
        }
    }
}

impl Expected {
    /// Whether the found decision is as expected, as far as the expectation goes.
    ///
    /// ```
    /// use scope_rules::corpus::Expected;
    /// let found: Expected = serde_json::from_str(r#"{"outcome": "redacted", "reason": "missing-operations", "missing": ["Concepts:Get"], "sides": ["key"]}"#)?;
    /// let expected = Expected { sides: None, ..found.clone() };
    /// assert!(expected.is_met_by(&found));
    /// let other = Expected { missing: vec![], ..found.clone() };
    /// assert!(!other.is_met_by(&found));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_met_by(&self, found: &Self) -> bool {
        self.outcome == found.outcome
            && self.reason == found.reason
            && self.missing == found.missing
            && (self.side.is_none() || self.side == found.side)
            && (self.sides.is_none() || self.sides == found.sides)
            && (self.caveats.is_none() || self.caveats == found.caveats)
    }
}

impl Case {
    /// The case's grants, held against its catalog.
    ///
    /// # Errors
    ///
    /// [`CaseError`] if there is no such catalog, or a grant cannot be read.
    ///
    /// ```
    /// # let plans: Vec<scope_rules::Plan> = vec![serde_json::from_str(r#"{
    /// #     "catalog": "example-1", "plan": "example", "version": "1", "source": "made up", "operations": [{"scope": "Inputs:Get"}],
    /// #     "endpoints": [{"endpoint": "/example/GetInput", "requirements": ["Inputs:Get"]}]
    /// # }"#)?];
    /// use scope_rules::corpus::Case;
    /// let case: Case = serde_json::from_str(
    ///     r#"{"catalog": "example-1", "key_type": "app_specific_key", "key": {"scopes": ["Inputs:Get"]}}"#,
    /// )?;
    /// assert_eq!(case.access(&plans)?.counts().allowed, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn access(&self, plans: &[Plan]) -> Result<Access, CaseError> {
        let plan = plans
            .iter()
            .find(|plan| plan.catalog == self.catalog || plan.plan == self.catalog)
            .ok_or_else(|| {
                let known: Vec<_> =
                    plans.iter().map(|plan| format!("`{}`", plan.catalog)).collect();
                CaseError::UnknownCatalog(self.catalog.clone(), known.join(" and "))
            })?;
        let catalog = Catalog::new(plan.offer(self.key_type))?.with_enforcement(self.enforcement);
        let read = |wire: &WireGrant| Grant::parse(&wire.scopes, &wire.endpoints);
        let invite = self.invite.as_ref().map(read).transpose()?;
        Ok(Access::new(&catalog, &read(&self.key)?, invite.as_ref()))
    }

    /// The same case with the decisions of every endpoint that the catalog knows, and the findings.
    ///
    /// # Errors
    ///
    /// [`CaseError`] if there is no such catalog, or a grant cannot be read.
    ///
    /// ```
    /// # let plans: Vec<scope_rules::Plan> = vec![serde_json::from_str(r#"{
    /// #     "catalog": "example-1", "plan": "example", "version": "1", "source": "made up", "operations": [{"scope": "Inputs:Get"}],
    /// #     "endpoints": [{"endpoint": "/example/GetInput", "requirements": ["Inputs:Get"]}]
    /// # }"#)?];
    /// use scope_rules::corpus::Case;
    /// let case: Case = serde_json::from_str(
    ///     r#"{"catalog": "example-1", "key_type": "app_specific_key", "key": {"scopes": ["Inputs:Get"]}}"#,
    /// )?;
    /// let decided = case.decided(&plans)?;
    /// assert_eq!(decided.decisions["/example/GetInput"].to_string(), "allowed");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decided(&self, plans: &[Plan]) -> Result<Self, CaseError> {
        let access = self.access(plans)?;
        let mut decided = self.clone();
        decided.decisions = access
            .catalog()
            .endpoints()
            .map(|endpoint| {
                let record = access.decide(endpoint.id()).to_record();
                (endpoint.name().to_string(), record.into())
            })
            .collect();
        // Endpoints of the case that the catalog does not know are answered too.
        for endpoint in self.decisions.keys() {
            decided
                .decisions
                .entry(endpoint.clone())
                .or_insert_with(|| access.decide_name(endpoint).to_record().into());
        }
        decided.findings = Some(findings(&access));
        Ok(decided)
    }

    /// Compares the case with what the rules say.
    ///
    /// # Errors
    ///
    /// [`CaseError`] with the first difference.
    ///
    /// ```
    /// # let plans: Vec<scope_rules::Plan> = vec![serde_json::from_str(r#"{
    /// #     "catalog": "example-1", "plan": "example", "version": "1", "source": "made up", "operations": [{"scope": "Inputs:Get"}],
    /// #     "endpoints": [{"endpoint": "/example/GetInput", "requirements": ["Inputs:Get"]}]
    /// # }"#)?];
    /// use scope_rules::corpus::Case;
    /// let case: Case = serde_json::from_str(
    ///     r#"{"catalog": "example-1", "key_type": "app_specific_key", "key": {"scopes": ["Inputs:Get"]}}"#,
    /// )?;
    /// let error = case.check(&plans).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "`/example/GetInput` is offered, but the case has no decision for it"
    /// );
    /// assert!(case.decided(&plans)?.check(&plans).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self, plans: &[Plan]) -> Result<(), CaseError> {
        let access = self.access(plans)?;
        for (endpoint, expected) in &self.decisions {
            let found: Expected = access.decide_name(endpoint).to_record().into();
            if !expected.is_met_by(&found) {
                return Err(CaseError::Decision {
                    endpoint: endpoint.clone(),
                    expected: Box::new(expected.clone()),
                    found: Box::new(found),
                });
            }
        }
        let offered = access.catalog().endpoints().filter(|endpoint| endpoint.offered());
        for endpoint in offered {
            if !self.decisions.contains_key(&**endpoint.name()) {
                return Err(CaseError::NotCovered(endpoint.name().to_string()));
            }
        }
        let found = findings(&access);
        match &self.findings {
            Some(expected) if *expected != found => {
                Err(CaseError::Findings { expected: expected.clone(), found })
            }
            _ => Ok(()),
        }
    }
}

fn findings(access: &Access) -> Vec<ExpectedFinding> {
    access
        .findings()
        .into_iter()
        .map(|finding| ExpectedFinding {
            code: finding.code,
            about: finding.about,
            lacks: finding.lacks,
            fixable: finding.fix.is_some(),
        })
        .collect()
}
