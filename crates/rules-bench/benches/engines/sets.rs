//! The rules themselves, and what one would write without them: a superset check of strings.

use std::collections::HashSet;

use scope_rules::{Access, Catalog, EndpointId, Grant, Outcome};

use crate::{Endpoint, Engine};

pub struct ScopeRules {
    access: Access,
    endpoints: Vec<EndpointId>,
}

impl Engine for ScopeRules {
    fn load(catalog: &Catalog, endpoints: &[Endpoint], held: &[String]) -> Self {
        let grant = Grant::parse(held, &[] as &[&str]).unwrap();
        Self {
            access: Access::new(catalog, &grant, None),
            endpoints: endpoints
                .iter()
                .map(|(name, _)| catalog.find_endpoint(name).unwrap())
                .collect(),
        }
    }

    fn preview(&mut self) -> Vec<bool> {
        let decide = |id: &EndpointId| self.access.decide(*id).outcome() == Outcome::Allowed;
        self.endpoints.iter().map(decide).collect()
    }
}

pub struct Superset {
    held: HashSet<String>,
    endpoints: Vec<Endpoint>,
}

impl Engine for Superset {
    fn load(_: &Catalog, endpoints: &[Endpoint], held: &[String]) -> Self {
        Self { held: held.iter().cloned().collect(), endpoints: endpoints.to_vec() }
    }

    fn preview(&mut self) -> Vec<bool> {
        let allows = |(_, required): &Endpoint| {
            required.iter().all(|operation| self.held.contains(operation))
        };
        self.endpoints.iter().map(allows).collect()
    }
}
