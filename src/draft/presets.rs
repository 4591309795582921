//! Grants named for a job, computed from the catalog.

use scope_rules::{Catalog, Endpoint, Endpoints, Grant, Name, Names, Operations};

/// A job that a key is often made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Preset {
    /// Call models and workflows.
    Predict,
    /// Search, and nothing else: the documented example.
    Search,
    /// Read all there is.
    Read,
    /// Write annotations.
    Label,
    /// Train and evaluate models.
    Train,
    /// `All`.
    Everything,
}

/// All presets, in the order in which they are offered.
pub(crate) const PRESETS: [Preset; 6] = [
    Preset::Predict,
    Preset::Search,
    Preset::Read,
    Preset::Label,
    Preset::Train,
    Preset::Everything,
];

impl Preset {
    /// The grant for the job, or none if the catalog offers nothing for it.
    #[must_use]
    pub(crate) fn grant(self, catalog: &Catalog) -> Option<Grant> {
        match self {
            Self::Predict => around(catalog, "Predict", &[], false),
            Self::Search => around(catalog, "Search", &[], true),
            Self::Label => around(catalog, "Annotations:Add", &[], false),
            Self::Train => around(catalog, "Models:Train", &["Models:Add", "Metrics:Add"], false),
            Self::Read => {
                let mut reads: Vec<Name> = Vec::new();
                for operation in catalog.operations() {
                    let is_current = operation.offered() && !operation.deprecated();
                    if is_current && operation.action() == "Get" {
                        reads.push(operation.name().clone());
                    }
                }
                (!reads.is_empty()).then(|| any_endpoint(catalog.closure(&reads)))
            }
            Self::Everything => {
                Some(Grant { operations: Operations::All, endpoints: Endpoints::Any })
            }
        }
    }
}

/// The least grant for the endpoints that require `effect` and have no further effect than those in `with`. A grant that
/// is restricted to them takes only those that search in earnest: they use a conditional operation, where any does.
fn around(catalog: &Catalog, effect: &str, with: &[&str], restrict: bool) -> Option<Grant> {
    let (mut endpoints, mut conditional) = (Names::new(), Names::new());
    for endpoint in catalog.endpoints() {
        if endpoint.offered() && !endpoint.deprecated() && is_for(catalog, &endpoint, effect, with)
        {
            endpoints.insert(endpoint.name().clone());
            if endpoint.conditional().len() > 0 {
                conditional.insert(endpoint.name().clone());
            }
        }
    }
    if restrict && !conditional.is_empty() {
        endpoints = conditional;
    }
    let least = catalog.least_operations(&endpoints);
    let mut operations = least.operations;
    if operations.is_empty() {
        return None;
    }
    operations.extend(catalog.closure(&least.conditional));
    let mut grant = any_endpoint(operations);
    if restrict {
        grant.endpoints = Endpoints::Only(endpoints);
    }
    Some(grant)
}

/// Whether an endpoint requires `effect`, and has no further effect than those in `with`.
fn is_for(catalog: &Catalog, endpoint: &Endpoint<'_>, effect: &str, with: &[&str]) -> bool {
    let mut required = false;
    for id in endpoint.requirements() {
        let Some(operation) = catalog.operation(id) else { return false };
        let name: &str = operation.name();
        if name == effect {
            required = true;
        } else if operation.action() != "Get" && !with.contains(&name) {
            return false;
        }
    }
    required
}

fn any_endpoint(operations: Names) -> Grant {
    Grant { operations: Operations::Only(operations), endpoints: Endpoints::Any }
}
