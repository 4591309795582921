//! Grants named for a job, computed from the catalog.

use scope_rules::{Catalog, Endpoint, Endpoints, Grant, Name, Operations};

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
                let reads: Vec<Name> = catalog
                    .operations()
                    .filter(|operation| operation.offered() && !operation.deprecated())
                    .filter(|operation| operation.action() == "Get")
                    .map(|operation| operation.name().clone())
                    .collect();
                (!reads.is_empty()).then(|| any_endpoint(catalog.closure(&reads)))
            }
            Self::Everything => {
                Some(Grant { operations: Operations::All, endpoints: Endpoints::Any })
            }
        }
    }
}

/// The least grant for the endpoints that require `effect` and have no further effect than those in `with`.
fn around(catalog: &Catalog, effect: &str, with: &[&str], restrict: bool) -> Option<Grant> {
    let is_for = |endpoint: &Endpoint<'_>| {
        let mut required = false;
        let all = endpoint.requirements().all(|id| {
            let Some(operation) = catalog.operation(id) else { return false };
            let name: &str = operation.name();
            required |= name == effect;
            name == effect || operation.action() == "Get" || with.contains(&name)
        });
        required && all
    };
    let endpoints: Vec<Name> = catalog
        .endpoints()
        .filter(|endpoint| endpoint.offered() && !endpoint.deprecated())
        .filter(is_for)
        .map(|endpoint| endpoint.name().clone())
        .collect();
    let least = catalog.least_operations(&endpoints);
    let mut operations = least.operations;
    if operations.is_empty() {
        return None;
    }
    operations.extend(catalog.closure(&least.conditional));
    Some(if restrict {
        Grant {
            operations: Operations::Only(operations),
            endpoints: Endpoints::Only(endpoints.into_iter().collect()),
        }
    } else {
        any_endpoint(operations)
    })
}

fn any_endpoint(operations: std::collections::BTreeSet<Name>) -> Grant {
    Grant { operations: Operations::Only(operations), endpoints: Endpoints::Any }
}
