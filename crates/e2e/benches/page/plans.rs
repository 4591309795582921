//! Plans larger than any real one.

use scope_rules::{AuthType, Enforcement, Plan, PlanEndpoint, PlanOperation};

/// What can be done with each resource, and what else of it that takes.
const VERBS: [(&str, &[&str]); 4] =
    [("Get", &[]), ("Add", &["Get"]), ("Delete", &["Get", "Add"]), ("Train", &["Get"])];

/// A plan of so many operations, and as many endpoints: each operation has one that needs it, what it depends on, and
/// the reading of the next resource.
pub(crate) fn large(count: usize) -> Plan {
    let resources = count.div_ceil(VERBS.len());
    let resource = |at: usize| format!("Resource{:04}", at % resources);
    let scope = |at: usize, verb: &str| format!("{}:{verb}", resource(at));
    let all =
        (0..resources).flat_map(|at| VERBS.map(|(verb, needs)| (at, verb, needs))).take(count);
    let operations = all.clone().map(|(at, verb, needs)| PlanOperation {
        scope: scope(at, verb),
        exposed: true,
        deprecated: false,
        group: None,
        label: None,
        prerequisites: needs.iter().map(|need| scope(at, need)).collect(),
    });
    let endpoints = all.map(|(at, verb, needs)| {
        let own = [verb].into_iter().chain(needs.iter().copied()).map(|verb| scope(at, verb));
        PlanEndpoint {
            endpoint: format!("/bench.V1/{verb}{}", resource(at)),
            auth: Some(AuthType::Key),
            deprecated: false,
            group: None,
            requirements: own.chain([scope(at + 1, "Get")]).collect(),
            http: Vec::new(),
        }
    });
    Plan {
        catalog: format!("bench-{count}"),
        plan: "bench".to_owned(),
        version: "1".to_owned(),
        source: "made up".to_owned(),
        enforcement: Enforcement::Graded,
        operations: operations.collect(),
        endpoints: endpoints.collect(),
    }
}
