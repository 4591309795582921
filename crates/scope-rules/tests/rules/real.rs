//! The rules on the catalogs of this project.

use scope_rules::{AuthType, Catalog, KeyType, Outcome, Risk};

use crate::plans::{enterprise, essential};
use crate::shorthand::{access, decided, found, names, texts};

fn enterprise_key() -> Catalog {
    enterprise(KeyType::AppSpecificKey)
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
    assert_eq!(offered(&essential(KeyType::AppSpecificKey)), (37, 18));
    assert_eq!(offered(&essential(KeyType::PersonalAccessToken)), (37, 18));
}

#[test]
fn what_a_key_cannot_be_granted_has_a_reason() {
    for key_type in [KeyType::AppSpecificKey, KeyType::PersonalAccessToken] {
        let catalog = enterprise(key_type);
        let all = access(&catalog, "All");
        for endpoint in catalog.endpoints() {
            let expected = match endpoint.auth() {
                // The one endpoint that requires an operation which is not exposed.
                AuthType::PersonalAccessToken
                    if endpoint.rpc() == "DeleteConceptRelations"
                        && key_type == KeyType::PersonalAccessToken =>
                {
                    "rejected missing-operations: Concepts:Delete(plan)"
                }
                AuthType::Key | AuthType::NoAuth => "allowed",
                AuthType::PersonalAccessToken if key_type == KeyType::PersonalAccessToken => {
                    "allowed"
                }
                AuthType::PersonalAccessToken => "rejected needs-personal-access-token",
                AuthType::Session | AuthType::Other => "rejected needs-session",
            };
            assert_eq!(decided(&all, endpoint.name()), expected, "{}", endpoint.name());
        }
    }
}

#[test]
fn reading_inputs_alone_redacts_the_input_and_rejects_its_concepts() {
    let catalog = enterprise_key();
    let access = access(&catalog, "Inputs:Get");
    let outcome = |rpc: &str| access.decide_name(&format!("/clarifai.api.V2/{rpc}")).outcome();
    assert_eq!(outcome("GetInput"), Outcome::Redacted);
    assert_eq!(outcome("ListConcepts"), Outcome::Rejected);
    assert_eq!(outcome("ListStatusCodes"), Outcome::Allowed);
    assert_eq!(access.risk(), Risk::ReadOnly);
}

#[test]
fn everything_is_allowed_to_all() {
    let counts = access(&enterprise_key(), "All").counts();
    assert_eq!((counts.allowed, counts.redacted, counts.rejected), (190, 0, 0));
}

#[test]
fn the_essential_plan_lists_three_endpoints_that_need_more_than_it_offers() {
    let catalog = essential(KeyType::AppSpecificKey);
    let all = access(&catalog, "All");
    let rejected: Vec<_> = catalog
        .endpoints()
        .map(|endpoint| format!("{} {}", endpoint.rpc(), decided(&all, endpoint.name())))
        .filter(|told| !told.ends_with("allowed"))
        .collect();
    assert_eq!(
        rejected,
        [
            "GetModelVersionMetrics rejected missing-operations: Metrics:Get(plan)",
            "PostModelVersionMetrics rejected missing-operations: Metrics:Add(plan) Metrics:Get(plan)",
            "PostModelVersions rejected missing-operations: Metrics:Add(plan) Metrics:Get(plan)",
        ]
    );
}

#[test]
fn every_operation_that_is_offered_counts_for_something() {
    // Without it, some endpoint that `All` may call is no longer allowed.
    let catalog = enterprise_key();
    let offered: Vec<_> =
        catalog.operations().filter(|each| each.offered() && &**each.name() != "All").collect();
    for spared in &offered {
        let rest = offered.iter().filter(|each| each.id() != spared.id());
        let rest = texts(rest.map(|each| each.name()));
        assert!(access(&catalog, &rest).counts().allowed < 190, "{}", spared.name());
    }
}

#[test]
fn the_documented_search_key_searches_and_does_not_predict() {
    let catalog = enterprise_key();
    let search = "/clarifai.api.V2/PostInputsSearches";
    let least = catalog.least_operations(&names(search));
    assert_eq!(
        texts(&least.operations),
        "Annotations:Get Apps:Get Concepts:Get Inputs:Get Models:Get Search Workflows:Get"
    );
    assert_eq!(texts(&least.conditional), "Predict");
    let key = access(&catalog, &format!("{} Predict | {search}", texts(&least.operations)));
    assert_eq!(decided(&key, search), "allowed");
    assert_eq!(
        decided(&key, "/clarifai.api.V2/PostModelOutputs"),
        "rejected endpoint-not-granted(key)"
    );
    assert_eq!(found(&key), [] as [&str; 0]);
}

#[test]
fn adding_inputs_needs_reading_them() {
    let catalog = enterprise_key();
    let key = access(&catalog, "Inputs:Add");
    assert!(
        found(&key)
            .contains(&"missing-prerequisite Inputs:Add lacks Inputs:Get => +Inputs:Get".into())
    );
    let fixed = key.fix_all().unwrap();
    assert_eq!(fixed.to_wire().unwrap().scopes, ["Inputs:Add", "Inputs:Get"]);
}

#[test]
fn every_endpoint_has_a_heading_and_a_core() {
    for catalog in [enterprise_key(), essential(KeyType::AppSpecificKey)] {
        for endpoint in catalog.endpoints() {
            assert!(!endpoint.group().is_empty(), "{}", endpoint.name());
            assert_eq!(
                endpoint.core().len() == 0,
                endpoint.requirements().len() == 0,
                "{}",
                endpoint.name()
            );
        }
    }
}
