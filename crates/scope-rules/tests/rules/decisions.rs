//! The six steps of a decision, and what is core.

use scope_rules::{
    Access, Catalog, CatalogSpec, EndpointSpec, Enforcement, Grant, KeyType, Outcome,
};

use crate::shorthand::{access, catalog, decided, for_tokens, grant, invited, names, texts};

const SMALL: &str = "
    Annotations:Get
    Apps:Get
    Concepts:Get
    Inputs:Add Inputs:Get
    Inputs:Get
    Predict
    Search
    withheld Models:Get
    /t/GetInput Inputs:Get Concepts:Get Annotations:Get
    /t/PostInputs Inputs:Add Inputs:Get Concepts:Get Apps:Get
    /t/PostSearches Inputs:Get Concepts:Get Search
    /t/GetModelInput Models:Get Inputs:Get Concepts:Get
    /t/GetConceptModel Concepts:Get Models:Get
    /t/ListConcepts Concepts:Get Models:Get
    /t/MyScopes
    deprecated /t/GetConcept Concepts:Get
    withheld /t/GetAnnotation Annotations:Get
    pat /t/PostKeys Inputs:Add
    session /t/ListScopes
    other /t/GetMystery
    noauth /t/ListStatusCodes
    noauth /t/PostInputsSearches Inputs:Get";

#[test]
fn step_1_what_is_unknown_is_rejected() {
    let catalog = catalog(SMALL);
    let all = access(&catalog, "All");
    for name in ["/t/Nope", "t/GetInput", "/t/getinput", "/t/GetInput ", "", "GetInput"] {
        assert_eq!(decided(&all, name), "rejected unknown-endpoint", "{name:?}");
    }
    // Known, but the plan does not offer it: as good as unknown.
    assert_eq!(decided(&all, "/t/GetAnnotation"), "rejected unknown-endpoint");
    // An id that is not of this catalog.
    let larger = self::catalog(&format!("{SMALL}\n /t/One\n /t/More"));
    let id = larger.find_endpoint("/t/More").unwrap();
    assert_eq!(all.decide(id).to_string(), all.decide_name("/t/Nope").to_string());
    assert!(all.same_decision(&all, id));
}

#[test]
fn step_2_the_key_type_must_be_able_to_call_it() {
    for (endpoint, with_key, with_token) in [
        ("/t/PostKeys", "rejected needs-personal-access-token", "allowed"),
        ("/t/ListScopes", "rejected needs-session", "rejected needs-session"),
        // An auth type not heard of.
        ("/t/GetMystery", "rejected needs-session", "rejected needs-session"),
        ("/t/ListStatusCodes", "allowed", "allowed"),
        ("/t/MyScopes", "allowed", "allowed"),
    ] {
        assert_eq!(decided(&access(&catalog(SMALL), "All"), endpoint), with_key, "{endpoint}");
        assert_eq!(decided(&access(&for_tokens(SMALL), "All"), endpoint), with_token, "{endpoint}");
    }
}

#[test]
fn step_2_comes_before_the_grant() {
    let catalog = catalog(SMALL);
    let nothing = access(&catalog, "|");
    assert_eq!(decided(&nothing, "/t/PostKeys"), "rejected needs-personal-access-token");
    assert_eq!(decided(&nothing, "/t/ListScopes"), "rejected needs-session");
    // Whoever calls it needs no key, so no grant either; the caveat is told all the same.
    assert_eq!(decided(&nothing, "/t/ListStatusCodes"), "allowed");
    assert_eq!(decided(&nothing, "/t/PostInputsSearches"), "allowed; in part without Predict");
}

#[test]
fn step_3_the_endpoint_must_be_granted_by_both() {
    let catalog = catalog(SMALL);
    for (key, invite, expected) in [
        ("All | /t/MyScopes", "All | /t/MyScopes", "allowed"),
        ("All", "All | /t/MyScopes", "allowed"),
        ("All | /t/PostInputs", "All", "rejected endpoint-not-granted(key)"),
        ("All", "All | /t/PostInputs", "rejected endpoint-not-granted(invite)"),
        ("All |", "All |", "rejected endpoint-not-granted(both)"),
    ] {
        assert_eq!(decided(&invited(&catalog, key, invite), "/t/MyScopes"), expected, "{key}");
    }
    // It comes before the operations.
    assert_eq!(
        decided(&access(&catalog, "| /t/MyScopes"), "/t/GetInput"),
        "rejected endpoint-not-granted(key)"
    );
}

#[test]
fn step_4_without_a_core_operation_the_call_is_rejected() {
    let catalog = catalog(SMALL);
    for (key, endpoint, expected) in [
        // Core first, each part in order of name, although `Apps:Get` comes before `Inputs:Add`.
        ("", "/t/PostInputs", "Inputs:Add(key) Inputs:Get(key) Apps:Get(key) Concepts:Get(key)"),
        ("Inputs:Get Apps:Get", "/t/PostInputs", "Inputs:Add(key) Concepts:Get(key)"),
        ("Concepts:Get Annotations:Get", "/t/GetInput", "Inputs:Get(key)"),
        // No checkbox can fix what the plan does not offer.
        ("Concepts:Get", "/t/GetConceptModel", "Models:Get(plan)"),
        ("", "/t/GetConceptModel", "Concepts:Get(key) Models:Get(plan)"),
        ("Models:Get", "/t/GetModelInput", "Inputs:Get(key) Models:Get(plan) Concepts:Get(key)"),
        ("All", "/t/GetModelInput", "Models:Get(plan)"),
    ] {
        let expected = format!("rejected missing-operations: {expected}");
        assert_eq!(decided(&access(&catalog, key), endpoint), expected, "{key:?} {endpoint}");
    }
}

#[test]
fn step_4_says_who_lacks_what() {
    let catalog = catalog(SMALL);
    let access =
        invited(&catalog, "Inputs:Add Apps:Get", "Inputs:Get Apps:Get Annotations:Get Models:Get");
    assert_eq!(
        decided(&access, "/t/PostInputs"),
        "rejected missing-operations: Inputs:Add(invite) Inputs:Get(key) Concepts:Get(both)"
    );
    // Neither side could have what the plan does not offer.
    assert_eq!(
        decided(&access, "/t/ListConcepts"),
        "rejected missing-operations: Concepts:Get(both) Models:Get(plan)"
    );
    let decision = access.decide_name("/t/PostInputs");
    let core: Vec<_> = decision
        .missing()
        .unwrap()
        .iter()
        .filter(|missing| missing.core)
        .map(|missing| missing.name.to_string())
        .collect();
    assert_eq!(core, ["Inputs:Add", "Inputs:Get"]);
}

#[test]
fn step_5_without_an_auxiliary_operation_the_response_is_redacted() {
    let catalog = catalog(SMALL);
    let strict = catalog.with_enforcement(Enforcement::Strict);
    for (key, endpoint, missing) in [
        ("Inputs:Get", "/t/GetInput", "Annotations:Get(key) Concepts:Get(key)"),
        ("Inputs:Get Concepts:Get", "/t/GetInput", "Annotations:Get(key)"),
        // The effect happens although an auxiliary read is missing.
        ("Inputs:Add Inputs:Get Concepts:Get", "/t/PostInputs", "Apps:Get(key)"),
        // Redacted at best: the plan does not offer the rest.
        ("All", "/t/ListConcepts", "Models:Get(plan)"),
    ] {
        assert_eq!(
            decided(&access(&catalog, key), endpoint),
            format!("redacted missing-operations: {missing}")
        );
        assert_eq!(
            decided(&access(&strict, key), endpoint),
            format!("rejected missing-operations: {missing}")
        );
    }
}

#[test]
fn step_6_otherwise_it_is_allowed() {
    for catalog in [catalog(SMALL), catalog(SMALL).with_enforcement(Enforcement::Strict)] {
        let key = access(&catalog, "Inputs:Get Concepts:Get Annotations:Get");
        assert_eq!(decided(&key, "/t/GetInput"), "allowed");
        assert_eq!(decided(&key, "/t/MyScopes"), "allowed");
        // Deprecated endpoints are decided like any other.
        assert_eq!(decided(&key, "/t/GetConcept"), "allowed");
        assert_eq!(
            decided(&access(&catalog, ""), "/t/GetConcept"),
            "rejected missing-operations: Concepts:Get(key)"
        );
    }
}

#[test]
fn a_search_works_in_part_only_without_predict() {
    let catalog = catalog(SMALL);
    for (key, expected) in [
        ("Search Inputs:Get Concepts:Get Predict", "allowed"),
        ("Search Inputs:Get Concepts:Get", "allowed; in part without Predict"),
        (
            "Search Inputs:Get",
            "redacted missing-operations: Concepts:Get(key); in part without Predict",
        ),
        // A call that is refused has no caveat.
        ("Search", "rejected missing-operations: Inputs:Get(key) Concepts:Get(key)"),
    ] {
        assert_eq!(decided(&access(&catalog, key), "/t/PostSearches"), expected);
    }
    let withheld = self::catalog("withheld Predict\n Search\n /t/PostSearches Search");
    assert_eq!(
        decided(&access(&withheld, "All"), "/t/PostSearches"),
        "allowed; in part without Predict"
    );
    // Also where no operation of the catalog is so called.
    let without = self::catalog("Search\n /t/PostInputsSearches Search");
    assert_eq!(
        decided(&access(&without, "All"), "/t/PostInputsSearches"),
        "allowed; in part without Predict"
    );
    // What is required anyway is no condition.
    let required = self::catalog("Search\n Predict\n /t/PostSearches Search Predict");
    assert_eq!(
        decided(&access(&required, "Search"), "/t/PostSearches"),
        "rejected missing-operations: Predict(key)"
    );
}

#[test]
fn all_as_a_requirement_is_held_by_all_only() {
    let catalog = catalog("Inputs:Get\n /t/GetInput Inputs:Get All");
    assert_eq!(
        decided(&access(&catalog, "Inputs:Get"), "/t/GetInput"),
        "rejected missing-operations: All(key)"
    );
    assert_eq!(decided(&access(&catalog, "All"), "/t/GetInput"), "allowed");
    assert_eq!(
        decided(&invited(&catalog, "All", "Inputs:Get"), "/t/GetInput"),
        "rejected missing-operations: All(invite)"
    );
}

#[test]
fn counts_are_of_the_offered_endpoints() {
    let access = access(&catalog(SMALL), "Inputs:Get Search");
    let counts = access.counts();
    // MyScopes | GetInput, PostSearches | PostInputs, GetModelInput, GetConceptModel,
    // ListConcepts, GetConcept.
    assert_eq!((counts.allowed, counts.redacted, counts.rejected), (1, 2, 5));
}

#[test]
fn a_decision_tells_its_parts() {
    let catalog = catalog(SMALL);
    let access = access(&catalog, "Search Inputs:Get");
    let decision = access.decide_name("/t/PostSearches");
    assert_eq!(decision.outcome(), Outcome::Redacted);
    assert_eq!(decision.missing().unwrap().iter().count(), 1);
    assert!(!decision.caveats().unwrap().is_empty());
    let debug = format!("{decision:?}");
    assert!(debug.contains("Concepts:Get") && debug.contains("[\"Predict\"]"), "{debug}");
    let rejected = access.decide_name("/t/Nope");
    assert!(rejected.missing().is_none() && rejected.caveats().is_none());
    assert!(access.holds(catalog.find_operation("Search").unwrap()));
    assert!(!access.holds(catalog.find_operation("Predict").unwrap()));
    let twin = self::catalog(SMALL);
    let elsewhere = Access::new(&twin, &grant("Search Inputs:Get"), None);
    let id = catalog.find_endpoint("/t/PostSearches").unwrap();
    assert!(!access.same_decision(&elsewhere, id), "two catalogs have no decision in common");
}

/// The core requirements and the auxiliary ones.
fn split(rpc: &str, requirements: &str) -> (String, String) {
    let name = format!("/any.package.V2/{rpc}");
    let requirements = names(requirements).iter().map(ToString::to_string).collect();
    let catalog = Catalog::new(CatalogSpec {
        name: "split".into(),
        key_type: KeyType::AppSpecificKey,
        enforcement: Enforcement::Graded,
        operations: vec![],
        endpoints: vec![EndpointSpec { name, requirements, ..Default::default() }],
    })
    .unwrap();
    let endpoint = catalog.endpoints().next().unwrap();
    let name = |id| catalog.operation(id).unwrap().name();
    (texts(endpoint.core().map(name)), texts(endpoint.auxiliary().map(name)))
}

#[test]
fn core_is_what_acts_and_what_reads_a_subject() {
    for (rpc, core, auxiliary) in [
        ("GetInput", "Inputs:Get", "Annotations:Get Apps:Get Concepts:Get"),
        ("PostInputs", "Inputs:Add Inputs:Get", "Apps:Get Concepts:Get"),
        // Several subjects, each a contiguous run of words.
        ("GetDatasetInput", "Datasets:Get Inputs:Get", "Apps:Get"),
        ("ListAnnotationTracks", "AnnotationTracks:Get Annotations:Get", "Tracker:Get"),
        ("ListModelConceptVersions", "Concepts:Get Models:Get Versions:Get", "ModelVersions:Get"),
        // Whatever does not read is core, whatever it is called.
        ("PostModelOutputs", "Models:Get Predict", "Concepts:Get"),
        ("GetInput", "All Inputs:Get", "Apps:Get"),
        ("GetInput", "Apps:get Inputs:Get Odd", "Apps:Get"),
        // The verb is no subject.
        ("GetX", "Gets:Get", "Apps:Get"),
        // Singular and plural are the same on both sides.
        ("ListPasswordPolicies", "PasswordPolicy:Get", "Apps:Get"),
        ("GetPasswordPolicy", "PasswordPolicies:Get", "Apps:Get"),
        ("GetAccess", "Access:Get", "Apps:Get"),
        ("GetStatus", "Statu:Get", "Apps:Get"),
        // Runs of capitals, and digits.
        ("ListTSNEVisualizations", "TSNEVisualizations:Get Visualization:Get", "TSNES:Get"),
        ("GetV2Thing", "Things:Get V2:Get V2Thing:Get", "2Thing:Get V:Get"),
        ("GetOCR", "OCR:Get", "OC:Get"),
        // The whole word, the same letters.
        ("GetInputs", "Inputs:Get", "Inp:Get Input2:Get inputs:Get"),
        // `Apps:Get` is a subject like any other.
        ("GetApp", "Apps:Get", "Workflows:Get"),
    ] {
        let both = format!("{core} {auxiliary}");
        assert_eq!(split(rpc, &both), (core.to_owned(), auxiliary.to_owned()), "{rpc}");
    }
}

#[test]
fn without_a_subject_all_reads_are_core_but_that_of_apps() {
    for (rpc, core, auxiliary) in [
        ("PostTrainings", "Concepts:Get Models:Get", "Apps:Get"),
        ("PostTrainings", "Models:Train", "Apps:Get"),
        ("PostTrainings", "Concepts:Get Models:Train", "Apps:Get"),
        // That of apps, if nothing else is.
        ("PostTrainings", "Apps:Get", ""),
        ("GetUser", "", ""),
        ("Get", "Gets:Get", ""),
        ("", "Inputs:Get", "Apps:Get"),
        // No resource, no subject.
        ("GetInput", ":Get", "Apps:Get"),
    ] {
        let both = format!("{core} {auxiliary}");
        assert_eq!(split(rpc, &both), (core.to_owned(), auxiliary.to_owned()), "{rpc}");
    }
}

#[test]
fn a_search_is_about_inputs() {
    assert_eq!(
        split("PostSearches", "Annotations:Get Apps:Get Inputs:Get Search Searches:Get"),
        ("Inputs:Get Search".into(), "Annotations:Get Apps:Get Searches:Get".into())
    );
    assert_eq!(
        split("PostInputsSearches", "Annotations:Get Inputs:Get Search"),
        ("Inputs:Get Search".into(), "Annotations:Get".into())
    );
    // Only those two.
    assert_eq!(
        split("PostAnnotationsSearches", "Annotations:Get Inputs:Get Search"),
        ("Annotations:Get Search".into(), "Inputs:Get".into())
    );
}

#[test]
fn everything_is_the_same_as_no_invite() {
    let catalog = catalog(SMALL);
    for key in ["", "Inputs:Get", "All", "All | /t/GetInput"] {
        let alone = access(&catalog, key);
        let bounded = Access::new(&catalog, &grant(key), Some(&Grant::everything()));
        assert_eq!(scope_rules::consequences(&alone, &bounded), []);
    }
}

#[test]
fn a_decision_is_told_in_words() {
    let catalog = catalog(SMALL);
    for (key, invite, endpoint, expected) in [
        ("All", "All", "/t/MyScopes", "allowed"),
        ("All", "All", "/t/Nope", "rejected: the catalog does not know the endpoint"),
        ("All", "All", "/t/PostKeys", "rejected: the endpoint takes personal access tokens only"),
        ("All", "All", "/t/ListScopes", "rejected: the endpoint takes a signed-in person only"),
        ("All |", "All", "/t/MyScopes", "rejected: the key does not include the endpoint"),
        (
            "All",
            "All |",
            "/t/MyScopes",
            "rejected: the owner's invite does not include the endpoint",
        ),
        (
            "All |",
            "All |",
            "/t/MyScopes",
            "rejected: neither the key nor the owner's invite includes the endpoint",
        ),
        (
            "Inputs:Get Annotations:Get",
            "All",
            "/t/GetInput",
            "redacted: the key lacks `Concepts:Get`",
        ),
        (
            "Search Inputs:Get",
            "All",
            "/t/PostSearches",
            "redacted: the key lacks `Concepts:Get`; works only in part without `Predict`",
        ),
    ] {
        let access = invited(&catalog, key, invite);
        assert_eq!(access.decide_name(endpoint).to_string(), expected);
    }
    let access = invited(&catalog, "Inputs:Add Apps:Get", "Inputs:Get Apps:Get");
    let told = access.decide_name("/t/PostInputs").to_string();
    for part in ["`Inputs:Add`", "`Inputs:Get`", "`Concepts:Get`", "invite", "both"] {
        assert!(told.contains(part), "{told}");
    }
    let told = access.decide_name("/t/GetModelInput").to_string();
    assert!(told.contains("the plan does not offer `Models:Get`"), "{told}");
}
