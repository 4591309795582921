//! What the benchmarks measure, so that every engine and every machine measures the same.

use scope_rules::{
    Access, Catalog, CatalogSpec, Decision, EndpointSpec, Endpoints, Enforcement, Grant, KeyType,
    Name, Names, OperationSpec, Operations, Plan, Rejection,
};

/// The full catalog, as it is kept.
pub const CATALOG: &str = include_str!("../../../catalogs/clarifai-12.6.0.json");

/// What the full catalog offers to an app-specific key, as a catalog is built from it.
///
/// # Panics
///
/// If the catalog that is kept cannot be read.
#[must_use]
pub fn spec() -> CatalogSpec {
    let plan: Plan = serde_json::from_str(CATALOG).expect("the catalog is one that is kept");
    plan.offer(KeyType::AppSpecificKey)
}

/// The full catalog, for an app-specific key.
///
/// # Panics
///
/// If the catalog that is kept cannot be built.
#[must_use]
pub fn catalog() -> Catalog {
    Catalog::new(spec()).expect("the catalog is one that is kept")
}

/// The names that a catalog offers: operations without `All`, and endpoints.
#[must_use]
pub fn offered(catalog: &Catalog) -> (Vec<Name>, Vec<Name>) {
    let operations = catalog.operations().filter(|operation| operation.offered());
    let endpoints = catalog.endpoints().filter(|endpoint| endpoint.offered());
    (
        operations.map(|item| item.name().clone()).filter(|name| &**name != "All").collect(),
        endpoints.map(|item| item.name().clone()).collect(),
    )
}

/// Grants of every kind: name, the key's grant and the invite.
#[must_use]
pub fn grants(catalog: &Catalog) -> Vec<(&'static str, Grant, Option<Grant>)> {
    let (operations, endpoints) = offered(catalog);
    let of = |names: Names, endpoints: Endpoints| Grant {
        operations: Operations::Only(names),
        endpoints,
    };
    let reads: Names =
        operations.iter().filter(|name| name.ends_with(":Get")).cloned().collect();
    let half: Names = operations.iter().step_by(2).cloned().collect();
    let ticked: Names = endpoints.iter().step_by(3).cloned().collect();
    let all: Names = operations.into_iter().collect();
    vec![
        ("nothing", Grant::default(), None),
        ("reads", of(reads.clone(), Endpoints::Any), None),
        ("half", of(half.clone(), Endpoints::Any), None),
        ("all ticked", of(all.clone(), Endpoints::Only(endpoints.into_iter().collect())), None),
        ("everything", Grant::everything(), None),
        ("invited", of(half, Endpoints::Any), Some(of(reads, Endpoints::Only(ticked)))),
    ]
}

/// The access of one of the [`grants`].
///
/// # Panics
///
/// If there is none of that name.
#[must_use]
pub fn access(catalog: &Catalog, name: &str) -> Access {
    let grants = grants(catalog);
    let (_, grant, invite) =
        grants.iter().find(|(each, ..)| *each == name).expect("it is one of the grants");
    Access::new(catalog, grant, invite.as_ref())
}

/// Looks at every part of the decision of every endpoint on offer, as a page does that shows them
/// all with their reasons. The sum keeps the compiler from leaving anything out.
#[must_use]
pub fn preview(access: &Access) -> usize {
    let offered = access.catalog().endpoints().filter(|endpoint| endpoint.offered());
    offered
        .map(|endpoint| match access.decide(endpoint.id()) {
            Decision::Allowed { caveats } => caveats.iter().count(),
            Decision::Redacted { missing, caveats } => {
                caveats.iter().count() + missing.iter().map(weight).sum::<usize>()
            }
            Decision::Rejected(Rejection::MissingOperations(missing)) => {
                missing.iter().map(weight).sum()
            }
            Decision::Rejected(Rejection::EndpointNotGranted(side)) => side as usize,
            Decision::Rejected(_) => 1,
        })
        .sum()
}

fn weight(missing: scope_rules::MissingOperation<'_>) -> usize {
    missing.name.len() + missing.side as usize + usize::from(missing.core)
}

/// A catalog of that many operations and as many endpoints, made like the real one: an operation
/// needs reading what it is about, and what that belongs to; an endpoint has six requirements.
#[must_use]
pub fn grown(size: usize) -> CatalogSpec {
    let actions = ["Get", "Add", "Patch", "Delete"];
    let operation = |at: usize| {
        let at = at % size;
        format!("Resource{:05}s:{}", at / actions.len(), actions[at % actions.len()])
    };
    CatalogSpec {
        name: format!("grown-{size}"),
        key_type: KeyType::AppSpecificKey,
        enforcement: Enforcement::Graded,
        operations: (0..size)
            .map(|at| OperationSpec {
                name: operation(at),
                prerequisites: vec![operation(at / 4 * 4), operation(at / 64 * 64)],
                offered: true,
                ..Default::default()
            })
            .collect(),
        endpoints: (0..size)
            .map(|at| EndpointSpec {
                name: format!("/example.api.V2/{}Resource{at:05}", actions[at % actions.len()]),
                requirements: (0..6).map(|step| operation(at + step * 7)).collect(),
                offered: true,
                ..Default::default()
            })
            .collect(),
    }
}
