//! The rules on the real catalogs.

#![expect(clippy::unwrap_used, reason = "a test may")]

use scope_rules::{Access, Catalog, Grant, KeyType, Outcome, Plan, Risk};

fn plan(text: &str) -> Plan {
    serde_json::from_str(text).unwrap()
}

fn enterprise(key_type: KeyType) -> Catalog {
    let plan = plan(include_str!("../../../catalogs/clarifai-12.6.0.json"));
    Catalog::new(plan.offer(key_type)).unwrap()
}

fn essential() -> Catalog {
    let plan = plan(include_str!("../../../catalogs/clarifai-docs-essential.json"));
    Catalog::new(plan.offer(KeyType::AppSpecificKey)).unwrap()
}

fn offered(catalog: &Catalog) -> (usize, usize) {
    (
        catalog.endpoints().filter(|endpoint| endpoint.offered()).count(),
        catalog.operations().filter(|operation| operation.offered()).count(),
    )
}

#[test]
fn the_plans_offer_what_their_sources_list() {
    // With `All`.
    assert_eq!(offered(&enterprise(KeyType::AppSpecificKey)), (190, 64));
    assert_eq!(offered(&enterprise(KeyType::PersonalAccessToken)), (268, 99));
    assert_eq!(offered(&essential()), (37, 18));
}

fn access(catalog: &Catalog, scopes: &[&str], endpoints: &[&str]) -> Access {
    Access::new(catalog, &Grant::parse(scopes, endpoints).unwrap(), None)
}

#[test]
fn reading_inputs_alone_redacts_the_input_and_rejects_its_concepts() {
    let catalog = enterprise(KeyType::AppSpecificKey);
    let access = access(&catalog, &["Inputs:Get"], &[]);
    let outcome = |rpc: &str| access.decide_name(&format!("/clarifai.api.V2/{rpc}")).outcome();
    assert_eq!(outcome("GetInput"), Outcome::Redacted);
    assert_eq!(outcome("ListConcepts"), Outcome::Rejected);
    assert_eq!(outcome("ListStatusCodes"), Outcome::Allowed);
    assert_eq!(access.risk(), Risk::ReadOnly);
}

#[test]
fn everything_is_allowed_to_all() {
    let catalog = enterprise(KeyType::AppSpecificKey);
    let access = Access::new(&catalog, &Grant::everything(), None);
    let counts = access.counts();
    assert_eq!((counts.allowed, counts.redacted, counts.rejected), (190, 0, 0));
    assert_eq!(access.risk(), Risk::Full);
}
