//! The rules beside other engines: which of the endpoints of the full catalog may a key call?
//!
//! Yes or no only, under strict enforcement, for any endpoint: that is what all of them can
//! express. Each engine gets the catalog, and then the grant, in the form that suits it best and
//! before the clock starts. Before anything is measured, all have to agree on every endpoint.

mod casbin;
mod cedar;
mod rego;
mod sets;

use divan::{Bencher, black_box};
use rules_bench::{catalog, grants};
use scope_rules::{Catalog, Enforcement};

/// An endpoint's name and the operations it requires.
type Endpoint = (String, Vec<String>);

/// An engine, with a catalog and a grant loaded.
trait Engine {
    /// Loads a catalog's endpoints and the operations of a grant.
    fn load(catalog: &Catalog, endpoints: &[Endpoint], held: &[String]) -> Self;

    /// Which endpoints may be called.
    fn preview(&mut self) -> Vec<bool>;
}

/// Grants that do not restrict endpoints.
const GRANTS: [&str; 4] = ["nothing", "reads", "half", "everything"];

/// What all engines are given.
struct Question {
    catalog: Catalog,
    endpoints: Vec<Endpoint>,
    held: Vec<String>,
}

fn question(grant: &str) -> Question {
    let catalog = catalog().with_enforcement(Enforcement::Strict);
    let name = |id| catalog.operation(id).unwrap().name().to_string();
    let endpoints = catalog
        .endpoints()
        .filter(|endpoint| endpoint.offered())
        .map(|endpoint| (endpoint.name().to_string(), endpoint.requirements().map(name).collect()))
        .collect();
    let grants = grants(&catalog);
    let (_, grant, _) = grants.iter().find(|(each, ..)| *each == grant).unwrap();
    let held = match grant.operations.names() {
        Some(names) => names.iter().map(ToString::to_string).collect(),
        None => catalog
            .operations()
            .filter(|operation| operation.offered())
            .map(|operation| operation.name().to_string())
            .collect(),
    };
    Question { catalog, endpoints, held }
}

fn load<E: Engine>(grant: &str) -> E {
    let Question { catalog, endpoints, held } = question(grant);
    E::load(&catalog, &endpoints, &held)
}

fn main() {
    for grant in GRANTS {
        let expected = load::<sets::Superset>(grant).preview();
        assert_eq!(expected.len(), 190);
        for (engine, answer) in [
            ("scope-rules", load::<sets::ScopeRules>(grant).preview()),
            ("cedar-policy", load::<cedar::Cedar>(grant).preview()),
            ("regorus", load::<rego::Rego>(grant).preview()),
            ("casbin", load::<casbin::Casbin>(grant).preview()),
        ] {
            assert!(answer == expected, "{engine} does not agree about `{grant}`");
        }
        let allowed = expected.iter().filter(|allowed| **allowed).count();
        println!("`{grant}`: all agree that {allowed} of 190 endpoints may be called");
    }
    divan::main();
}

#[divan::bench(
    types = [sets::ScopeRules, sets::Superset, rego::Rego, cedar::Cedar, casbin::Casbin],
    args = GRANTS,
)]
fn preview<E: Engine>(bencher: Bencher<'_, '_>, grant: &str) {
    let mut engine: E = load(grant);
    bencher.bench_local(|| black_box(&mut engine).preview());
}
