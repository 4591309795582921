//! What a grant comes to, for JavaScript.

use scope_rules::{DecisionRecord, Fix, Grant, WireGrant};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{Error, hand_all_over, hand_over, read};
use crate::plain::{Change, EndpointDecision, Report};

/// A grant, and the invite that bounds it, held against a catalog: the answer to every question
/// about it.
#[wasm_bindgen]
#[derive(Debug, Clone)]
pub struct Access(scope_rules::Access);

impl From<scope_rules::Access> for Access {
    fn from(access: scope_rules::Access) -> Self {
        Self(access)
    }
}

#[wasm_bindgen]
impl Access {
    /// What a call of the endpoint would get; an endpoint that the catalog does not know is
    /// rejected.
    pub fn decide(&self, endpoint: &str) -> Result<Ts<DecisionRecord>, Error> {
        hand_over(&self.0.decide_name(endpoint).to_record())
    }

    /// What a call of the endpoint would get, and why, in one sentence without a subject.
    #[must_use]
    pub fn explain(&self, endpoint: &str) -> String {
        self.0.decide_name(endpoint).to_string()
    }

    /// What a call of each endpoint that the catalog knows would get, in the catalog's order.
    pub fn preview(&self) -> Result<Vec<Ts<EndpointDecision>>, Error> {
        hand_all_over(self.0.catalog().endpoints().map(|endpoint| EndpointDecision {
            endpoint: endpoint.name().clone(),
            decision: self.0.decide(endpoint.id()).to_record(),
        }))
    }

    /// Everything there is to say about the grant, worst first.
    pub fn findings(&self) -> Result<Vec<Ts<Report>>, Error> {
        hand_all_over(self.0.findings().into_iter().map(Report::from))
    }

    /// The grant after a finding's fix.
    pub fn apply(&self, fix: &Ts<Fix>) -> Result<Ts<WireGrant>, Error> {
        let mut grant = self.0.grant();
        grant.apply(&read("fix", fix)?);
        write_grant(&grant)
    }

    /// The grant after the fixes of all errors and warnings, until none is left; nothing if there
    /// is none to begin with.
    #[wasm_bindgen(js_name = fixAll)]
    pub fn fix_all(&self) -> Result<Option<Ts<WireGrant>>, Error> {
        self.0.fix_all().as_ref().map(write_grant).transpose()
    }

    /// Every endpoint whose decision differs in any part if this access becomes `after`.
    /// Accesses to two different catalogs have no decision in common.
    pub fn consequences(&self, after: &Self) -> Result<Vec<Ts<Change>>, Error> {
        let changed = scope_rules::consequences(&self.0, &after.0).into_iter();
        hand_all_over(changed.filter_map(|id| {
            Some(Change {
                endpoint: self.0.catalog().endpoint(id)?.name().clone(),
                before: self.0.decide(id).to_record(),
                after: after.0.decide(id).to_record(),
            })
        }))
    }

    /// What the key could do in the wrong hands.
    #[wasm_bindgen(getter, unchecked_return_type = "Risk")]
    #[must_use]
    pub fn risk(&self) -> String {
        self.0.risk().as_str().to_owned()
    }
}

fn write_grant(grant: &Grant) -> Result<Ts<WireGrant>, Error> {
    hand_over(&grant.to_wire()?)
}
