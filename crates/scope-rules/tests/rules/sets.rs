//! Closure, least operations, consequences, drift.

use scope_rules::{Enforcement, consequences, drift};

use crate::shorthand::{access, catalog, decided, for_tokens, grant, invited, names, texts, told};

#[test]
fn a_closure_adds_prerequisites_and_theirs() {
    let catalog = catalog(
        "Inputs:Delete Inputs:Add\n Inputs:Add Inputs:Get\n Inputs:Get\n
        Models:Train Models:Add\n withheld Models:Add Models:Get\n Models:Get\n
        A:Get B:Get\n B:Get A:Get\n Self:Get Self:Get",
    );
    for (operations, closed) in [
        ("", ""),
        ("Inputs:Get", "Inputs:Get"),
        ("Inputs:Delete", "Inputs:Add Inputs:Delete Inputs:Get"),
        // It does not pass through one that is not offered, but begins anywhere.
        ("Models:Train", "Models:Train"),
        ("Models:Add", "Models:Add Models:Get"),
        // Cycles end.
        ("A:Get", "A:Get B:Get"),
        ("Self:Get", "Self:Get"),
        // What is unknown stays as it is.
        ("Nope:Get Inputs:Add", "Inputs:Add Inputs:Get Nope:Get"),
        ("All", "All"),
    ] {
        assert_eq!(texts(&catalog.closure(&names(operations))), closed, "{operations}");
    }
}

const SHOP: &str = "
    Inputs:Get
    Inputs:Add Inputs:Get
    Concepts:Get
    Search
    Predict Models:Get
    Models:Get
    withheld Audio:Get
    /t/PostInputs Inputs:Add Concepts:Get
    /t/PostSearches Search Inputs:Get
    /t/ListInputs Inputs:Get Audio:Get
    /t/ListAudio Audio:Get
    /t/PostModelOutputs Predict
    /t/MyScopes
    pat /t/PostKeys Inputs:Add
    session /t/ListScopes
    noauth /t/ListStatusCodes Concepts:Get";

#[test]
fn least_operations_are_closed_and_allow() {
    for (endpoints, operations, conditional) in [
        ("", "", ""),
        ("/t/MyScopes", "", ""),
        ("/t/PostInputs", "Concepts:Get Inputs:Add Inputs:Get", ""),
        ("/t/PostSearches", "Inputs:Get Search", "Predict"),
        // What is needed anyway is not offered apart.
        ("/t/PostSearches /t/PostModelOutputs", "Inputs:Get Models:Get Predict Search", ""),
        // Whoever calls it needs no key.
        ("/t/ListStatusCodes", "", ""),
    ] {
        let least = catalog(SHOP).least_operations(&names(endpoints));
        assert_eq!(texts(&least.operations), operations, "{endpoints}");
        assert_eq!(texts(&least.conditional), conditional, "{endpoints}");
        assert!(least.out_of_reach.is_empty(), "{endpoints}");
    }
}

#[test]
fn what_no_key_can_call_in_full_is_out_of_reach() {
    let wanted =
        names("/t/PostKeys /t/ListScopes /t/Nope /t/ListInputs /t/ListAudio /t/PostInputs");
    let reasons = |catalog: &scope_rules::Catalog| -> Vec<String> {
        let least = catalog.least_operations(&wanted);
        assert_eq!(least.conditional, []);
        let best = access(catalog, "All");
        let reasons = least.out_of_reach.iter();
        reasons.map(|name| format!("{name} {}", decided(&best, name))).collect()
    };
    let graded = catalog(SHOP);
    assert_eq!(
        reasons(&graded),
        [
            "/t/ListAudio rejected missing-operations: Audio:Get(plan)",
            "/t/ListInputs redacted missing-operations: Audio:Get(plan)",
            "/t/ListScopes rejected needs-session",
            "/t/Nope rejected unknown-endpoint",
            "/t/PostKeys rejected needs-personal-access-token",
        ]
    );
    assert_eq!(
        reasons(&graded.with_enforcement(Enforcement::Strict))[1],
        "/t/ListInputs rejected missing-operations: Audio:Get(plan)"
    );
    assert_eq!(reasons(&for_tokens(SHOP)).len(), 4);
    // They add nothing.
    let least = graded.least_operations(&wanted);
    assert_eq!(texts(&least.operations), "Concepts:Get Inputs:Add Inputs:Get");
}

#[test]
fn where_all_is_required_all_is_the_least() {
    let catalog = catalog("Inputs:Get\n /t/GetInput Inputs:Get All\n /t/PostSearches Inputs:Get");
    let least = catalog.least_operations(&names("/t/GetInput /t/PostSearches"));
    assert_eq!((texts(&least.operations), least.conditional), ("All".into(), vec![]));
}

#[test]
fn consequences_are_what_breaks_and_what_begins_to_work() {
    let catalog = catalog(SHOP);
    let changed = |before: &str, after: &str| -> Vec<String> {
        let (before, after) = (access(&catalog, before), access(&catalog, after));
        let changed = consequences(&before, &after).into_iter();
        changed
            .map(|id| {
                let name = catalog.endpoint(id).unwrap().name();
                format!("{name}: {} -> {}", decided(&before, name), decided(&after, name))
            })
            .collect()
    };
    assert_eq!(changed("Inputs:Get", "Inputs:Get"), [] as [&str; 0]);
    assert_eq!(
        changed("Inputs:Get Search", "Search"),
        [
            "/t/PostSearches: allowed; in part without Predict -> rejected missing-operations: Inputs:Get(key)",
            "/t/ListInputs: redacted missing-operations: Audio:Get(plan) -> rejected missing-operations: Inputs:Get(key) Audio:Get(plan)",
        ]
    );
    // A caveat is a part of the decision.
    let search_and = |more: &str| format!("Inputs:Get Search {more}| /t/PostSearches");
    assert_eq!(
        changed(&search_and(""), &search_and("Predict")),
        ["/t/PostSearches: allowed; in part without Predict -> allowed"]
    );
    // So is who lacks what.
    let alone = access(&catalog, "Concepts:Get");
    let bounded = invited(&catalog, "Concepts:Get", "Concepts:Get Inputs:Get Models:Get Predict");
    let changed = consequences(&alone, &bounded).into_iter();
    let changed: Vec<_> =
        changed.map(|id| catalog.endpoint(id).unwrap().rpc().to_owned()).collect();
    assert_eq!(changed, ["PostInputs", "PostSearches"]);
}

#[test]
fn drift_tells_what_a_new_catalog_changes_for_a_grant() {
    let before = catalog(
        "Inputs:Get\n Concepts:Get\n Predict\n Search\n
        /t/GetInput Inputs:Get\n /t/OldSearch Search\n /t/ListConcepts Concepts:Get\n /t/PostOutputs Predict",
    );
    let after = catalog(
        "Inputs:Get\n Concepts:Get\n deprecated Predict\n Search\n
        /t/PostOutputs Predict\n pat /t/ListConcepts Concepts:Get\n /t/NewSearch Search\n /t/GetInput Inputs:Get Concepts:Get",
    );
    let told = |key: &str, invite: Option<&str>| -> Vec<String> {
        let invite = invite.map(grant);
        drift(&before, &after, &grant(key), invite.as_ref())
            .iter()
            .map(|drift| {
                format!("{}: {} -> {}", drift.endpoint, told(&drift.before), told(&drift.after))
            })
            .collect()
    };
    assert_eq!(
        told("Inputs:Get Search Predict", None),
        [
            "/t/GetInput: allowed -> redacted missing-operations: Concepts:Get(key)",
            "/t/ListConcepts: rejected missing-operations: Concepts:Get(key) -> rejected needs-personal-access-token",
            "/t/NewSearch: rejected unknown-endpoint -> allowed",
            "/t/OldSearch: allowed -> rejected unknown-endpoint",
            "/t/PostOutputs: allowed -> rejected missing-operations: Predict(plan)",
        ]
    );
    // `All` keeps up with the catalog; an allow-list names what it names.
    assert_eq!(
        told("All | /t/GetInput", None),
        [
            "/t/ListConcepts: rejected endpoint-not-granted(key) -> rejected needs-personal-access-token",
            "/t/NewSearch: rejected unknown-endpoint -> rejected endpoint-not-granted(key)",
            "/t/OldSearch: rejected endpoint-not-granted(key) -> rejected unknown-endpoint",
        ]
    );
    // The invite bounds both.
    assert_eq!(
        told("All", Some("Inputs:Get | /t/GetInput"))[0],
        "/t/GetInput: allowed -> redacted missing-operations: Concepts:Get(invite)"
    );
    let same = catalog("Inputs:Get\n /t/GetInput Inputs:Get");
    assert_eq!(drift(&same, &same, &grant("All"), None), []);
    // Enforcement is a property of the catalog too.
    let strict = after.with_enforcement(Enforcement::Strict);
    let drifted = drift(&after, &strict, &grant("Inputs:Get"), None);
    assert_eq!(drifted.len(), 1);
}
