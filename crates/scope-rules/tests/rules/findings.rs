//! The diagnostics, each with its fix and its exceptions; and the risk.

use scope_rules::{Access, Code, DecisionRecord, Enforcement, Finding, Grant, Risk, Severity};

use crate::shorthand::{access, catalog, for_tokens, found, grant, invited};

const NONE: [&str; 0] = [];

const SMALL: &str = "
    Annotations:Get
    Concepts:Get
    Inputs:Get
    Inputs:Add Inputs:Get Concepts:Get
    Inputs:Delete Inputs:Add
    Predict Models:Get
    Models:Get
    Search
    withheld Audio:Get
    deprecated Inputs:Patch Inputs:Add
    /t/GetInput Inputs:Get Concepts:Get
    /t/PostInputs Inputs:Add Inputs:Get Concepts:Get
    /t/PostSearches Search Inputs:Get
    /t/ListAudioInputs Inputs:Get Audio:Get
    /t/ListAudio Audio:Get
    /t/MyScopes
    deprecated /t/ListConcepts Concepts:Get
    pat /t/PostKeys Inputs:Add
    noauth /t/ListStatusCodes";

fn of(key: &str) -> Vec<String> {
    found(&access(&catalog(SMALL), key))
}

fn of_shared(key: &str, invite: &str) -> Vec<String> {
    found(&invited(&catalog(SMALL), key, invite))
}

/// Those of one code.
fn only(code: &str, findings: Vec<String>) -> Vec<String> {
    findings.into_iter().filter(|finding| finding.split(' ').next() == Some(code)).collect()
}

#[test]
fn a_sound_key_has_no_finding() {
    assert_eq!(of("Inputs:Get Concepts:Get | /t/GetInput"), NONE);
    assert_eq!(of("Inputs:Get Concepts:Get Annotations:Get"), NONE);
}

#[test]
fn not_in_catalog() {
    let findings = of("Nope:Get Audio:Get Inputs:Get Concepts:Get");
    assert_eq!(
        findings,
        ["not-in-catalog Audio:Get => -Audio:Get", "not-in-catalog Nope:Get => -Nope:Get"]
    );
    // Near matches are suggested, and only what the catalog offers.
    for (key, expected) in [
        ("inputs:get", "not-in-catalog inputs:get, perhaps Inputs:Get => -inputs:get"),
        ("Input:Get", "not-in-catalog Input:Get, perhaps Inputs:Get => -Input:Get"),
        ("Audios:Get", "not-in-catalog Audios:Get => -Audios:Get"),
    ] {
        assert_eq!(of(key)[0], expected);
    }
    // Endpoints: removed only if one without such a finding stays.
    assert_eq!(
        of("Inputs:Get Concepts:Get | /t/GetInput t/GetInput /t/PostKeys /t/ListStatusCodes"),
        [
            "not-in-catalog /t/ListStatusCodes => -/t/ListStatusCodes",
            "not-in-catalog /t/PostKeys => -/t/PostKeys",
            "not-in-catalog t/GetInput, perhaps /t/GetInput => -t/GetInput",
        ]
    );
    assert_eq!(
        only("not-in-catalog", of("Inputs:Get | /t/PostKeys /t/Nope")),
        ["not-in-catalog /t/Nope", "not-in-catalog /t/PostKeys"]
    );
    // To a token they are offered.
    let token =
        found(&access(&for_tokens(SMALL), "Inputs:Add Inputs:Get Concepts:Get | /t/PostKeys"));
    assert_eq!(token, NONE);
    // No other finding, and it makes no operation used.
    assert_eq!(
        of("Audio:Get Inputs:Get Concepts:Get Search | /t/GetInput /t/Nope"),
        [
            "not-in-catalog /t/Nope => -/t/Nope",
            "not-in-catalog Audio:Get => -Audio:Get",
            "unused-operation Search => -Search",
        ]
    );
    assert_eq!(
        only(
            "unused-operation",
            of("Inputs:Add Inputs:Get Concepts:Get | /t/PostKeys /t/GetInput")
        ),
        ["unused-operation Inputs:Add => -Inputs:Add"]
    );
}

#[test]
fn no_endpoint() {
    assert_eq!(of("All |"), ["no-endpoint", "dead-key", "grants-everything All"]);
    assert_eq!(
        of("Inputs:Get |"),
        ["no-endpoint", "dead-key", "unused-operation Inputs:Get => -Inputs:Get"]
    );
    // Of the key's own list: what the invite leaves of it is another matter.
    assert_eq!(
        of_shared("All | /t/GetInput", "All | /t/PostInputs"),
        ["dead-key", "exceeds-invite /t/GetInput", "grants-everything All"]
    );
}

#[test]
fn dead_key() {
    assert_eq!(of(""), ["dead-key"]);
    // Endpoints that require nothing do not count.
    assert_eq!(of("| /t/MyScopes"), ["dead-key"]);
    assert_eq!(
        of("| /t/PostInputs"),
        [
            "dead-key => +Concepts:Get +Inputs:Add +Inputs:Get",
            "endpoint-rejected /t/PostInputs lacks Inputs:Add Inputs:Get Concepts:Get => +Concepts:Get +Inputs:Add +Inputs:Get",
        ]
    );
    // No fix that would not help, for want of the plan or of the invite.
    assert_eq!(
        of("| /t/ListAudio"),
        ["dead-key", "endpoint-rejected /t/ListAudio lacks Audio:Get"]
    );
    assert_eq!(
        of_shared("| /t/PostInputs", "Inputs:Get"),
        ["dead-key", "endpoint-rejected /t/PostInputs lacks Inputs:Add Inputs:Get Concepts:Get"]
    );
    // A fix that helps one of them.
    assert_eq!(
        only("dead-key", of_shared("| /t/PostInputs /t/GetInput", "Inputs:Get")),
        ["dead-key => +Inputs:Get"]
    );
    // What the invite shuts out cannot be revived.
    assert_eq!(
        of_shared("| /t/PostInputs", "All | /t/GetInput"),
        ["dead-key", "exceeds-invite /t/PostInputs"]
    );
    assert_eq!(of_shared("All", ""), ["dead-key", "grants-everything All"]);
    // Redacted is alive.
    assert_eq!(only("dead-key", of("Inputs:Get")), NONE);
}

#[test]
fn missing_prerequisite() {
    // All that are missing, in one finding per operation.
    assert_eq!(
        only("missing-prerequisite", of("Inputs:Delete Inputs:Add")),
        [
            "missing-prerequisite Inputs:Add lacks Concepts:Get Inputs:Get => +Concepts:Get +Inputs:Get",
            "missing-prerequisite Inputs:Delete lacks Concepts:Get Inputs:Get => +Concepts:Get +Inputs:Get",
        ]
    );
    assert_eq!(
        only("missing-prerequisite", of("Inputs:Delete")),
        [
            "missing-prerequisite Inputs:Delete lacks Concepts:Get Inputs:Add Inputs:Get => +Concepts:Get +Inputs:Add +Inputs:Get"
        ]
    );
    // `All` lacks nothing; nor does what has no prerequisite.
    assert_eq!(only("missing-prerequisite", of("All")), NONE);
    // An operation that is deprecated, unused or outside the invite has none.
    assert_eq!(
        of("Inputs:Patch Inputs:Get Concepts:Get"),
        ["deprecated Inputs:Patch => -Inputs:Patch"]
    );
    assert_eq!(
        of("Inputs:Get Concepts:Get Predict | /t/GetInput"),
        ["unused-operation Predict => -Predict"]
    );
    assert_eq!(
        of_shared("Inputs:Get Concepts:Get Predict", "Inputs:Get Concepts:Get"),
        ["exceeds-invite Predict => -Predict"]
    );
    // No fix if the invite does not include all of them: it would not go away.
    assert_eq!(
        only("missing-prerequisite", of_shared("Inputs:Add", "Inputs:Add Inputs:Get")),
        ["missing-prerequisite Inputs:Add lacks Concepts:Get Inputs:Get"]
    );
    // Prerequisites that the catalog does not offer are not asked for.
    let catalog =
        catalog("Inputs:Get Nope:Get Audio:Get\n withheld Audio:Get\n /t/GetInput Inputs:Get");
    assert_eq!(found(&access(&catalog, "Inputs:Get")), NONE);
}

#[test]
fn endpoint_rejected() {
    assert_eq!(
        only("endpoint-rejected", of("Concepts:Get | /t/GetInput /t/ListAudio /t/ListConcepts")),
        [
            "endpoint-rejected /t/GetInput lacks Inputs:Get => +Inputs:Get",
            "endpoint-rejected /t/ListAudio lacks Audio:Get",
        ]
    );
    // Without ticked endpoints there is none.
    assert_eq!(only("endpoint-rejected", of("Concepts:Get")), NONE);
    // What the plan withholds is named; the fix adds the rest, if that is enough.
    assert_eq!(
        only("endpoint-rejected", of("Concepts:Get | /t/ListAudioInputs")),
        ["endpoint-rejected /t/ListAudioInputs lacks Audio:Get Inputs:Get"]
    );
    let catalog = catalog("Inputs:Get\n withheld Audio:Get\n /t/ListInputs Inputs:Get Audio:Get");
    let access = access(&catalog, "| /t/ListInputs");
    assert_eq!(
        only("endpoint-rejected", found(&access)),
        ["endpoint-rejected /t/ListInputs lacks Inputs:Get Audio:Get => +Inputs:Get"]
    );
    // Under strict enforcement that is not enough; and what would be redacted is rejected.
    let strict = catalog.with_enforcement(Enforcement::Strict);
    assert_eq!(
        only("endpoint-rejected", found(&self::access(&strict, "Inputs:Get | /t/ListInputs"))),
        ["endpoint-rejected /t/ListInputs lacks Audio:Get"]
    );
    let strict = self::catalog(SMALL).with_enforcement(Enforcement::Strict);
    assert_eq!(
        found(&self::access(&strict, "Inputs:Get | /t/GetInput")),
        [
            "dead-key => +Concepts:Get",
            "endpoint-rejected /t/GetInput lacks Concepts:Get => +Concepts:Get",
        ]
    );
    // Of an endpoint that is not granted, nothing is said of its operations.
    assert_eq!(
        only("endpoint-rejected", of_shared("| /t/GetInput /t/PostInputs", "All | /t/PostInputs")),
        [
            "endpoint-rejected /t/PostInputs lacks Inputs:Add Inputs:Get Concepts:Get => +Concepts:Get +Inputs:Add +Inputs:Get"
        ]
    );
}

#[test]
fn exceeds_invite() {
    assert_eq!(
        of_shared(
            "Inputs:Get Concepts:Get Search | /t/GetInput /t/PostSearches",
            "Inputs:Get Concepts:Get | /t/GetInput"
        ),
        ["exceeds-invite /t/PostSearches => -/t/PostSearches", "exceeds-invite Search => -Search",]
    );
    // `All` and *any* are narrowed, not flagged.
    assert_eq!(
        only("exceeds-invite", of_shared("All", "Inputs:Get Concepts:Get | /t/GetInput")),
        NONE
    );
    // The last endpoint is not removed.
    assert_eq!(
        only("exceeds-invite", of_shared("All | /t/GetInput /t/Nope", "All | /t/PostInputs")),
        ["exceeds-invite /t/GetInput"]
    );
    // An invite of `All` includes what is offered, a deprecated operation not.
    assert_eq!(
        of_shared("Inputs:Get Concepts:Get Inputs:Patch", "All"),
        [
            "exceeds-invite Inputs:Patch => -Inputs:Patch",
            "deprecated Inputs:Patch => -Inputs:Patch"
        ]
    );
}

#[test]
fn deprecated() {
    assert_eq!(
        of("Concepts:Get Inputs:Get Inputs:Patch | /t/ListConcepts /t/GetInput"),
        [
            "deprecated /t/ListConcepts",
            "deprecated Inputs:Patch => -Inputs:Patch",
            "unused-operation Inputs:Patch => -Inputs:Patch",
        ]
    );
}

#[test]
fn grants_everything_and_can_mint_access() {
    let catalog = catalog(
        "Keys:Add\n Keys:Get\n Collaborators:Add\n
        /t/PostKeys Keys:Add Keys:Get\n /t/PatchKeys Keys:Add Keys:Get\n pat /t/PostCollaborators Collaborators:Add",
    );
    let of = |key: &str| only("can-mint-access", found(&access(&catalog, key)));
    assert_eq!(
        found(&access(&catalog, "All")),
        ["grants-everything All", "can-mint-access Keys:Add"]
    );
    assert_eq!(of("Keys:Add Keys:Get"), ["can-mint-access Keys:Add"]);
    // Redacted is enough, rejected is not.
    assert_eq!(of("Keys:Add | /t/PostKeys"), NONE);
    assert_eq!(of("Keys:Add Keys:Get | /t/PostKeys"), ["can-mint-access Keys:Add"]);
    assert_eq!(of("Keys:Add Keys:Get | /t/Nope"), NONE);
    // Held, but no endpoint that requires it can be called.
    assert_eq!(of("Collaborators:Add"), NONE);
    let redacting = self::catalog("Keys:Add\n Apps:Get\n /t/PostKeys Keys:Add Apps:Get");
    assert_eq!(
        only("can-mint-access", found(&access(&redacting, "Keys:Add"))),
        ["can-mint-access Keys:Add"]
    );
    // The invite counts.
    assert_eq!(only("can-mint-access", found(&invited(&catalog, "All", "Keys:Get"))), NONE);
    let token = for_tokens(
        "Keys:Add\n Collaborators:Add\n pat /t/PostKeys Keys:Add\n pat /t/PostCollaborators Collaborators:Add",
    );
    assert_eq!(
        only("can-mint-access", found(&access(&token, "All"))),
        ["can-mint-access Collaborators:Add", "can-mint-access Keys:Add"]
    );
}

#[test]
fn endpoint_redacted() {
    assert_eq!(
        of("Inputs:Get | /t/GetInput"),
        ["endpoint-redacted /t/GetInput lacks Concepts:Get => +Concepts:Get"]
    );
    // No fix where something would stay hidden.
    assert_eq!(
        only("endpoint-redacted", of_shared("Inputs:Get | /t/GetInput", "Inputs:Get")),
        ["endpoint-redacted /t/GetInput lacks Concepts:Get"]
    );
}

#[test]
fn completing_operation() {
    let catalog = catalog(
        "Inputs:Get\n Concepts:Get Tags:Get\n Tags:Get\n withheld Audio:Get\n
        /t/GetInput Inputs:Get Concepts:Get\n /t/ListInputs Inputs:Get Concepts:Get Tags:Get\n
        /t/ListConcepts Concepts:Get Inputs:Get\n /t/PostInputs Inputs:Get Audio:Get",
    );
    // ListConcepts lacks its core, and Audio:Get is not to be had.
    assert_eq!(
        found(&access(&catalog, "Inputs:Get")),
        [
            "completing-operation Concepts:Get in 2 => +Concepts:Get +Tags:Get",
            "completing-operation Tags:Get in 1 => +Tags:Get",
        ]
    );
    // Only with endpoints *any*.
    assert_eq!(
        only("completing-operation", found(&access(&catalog, "Inputs:Get | /t/GetInput"))),
        NONE
    );
    // In the invite.
    assert_eq!(
        only(
            "completing-operation",
            found(&invited(&catalog, "Inputs:Get", "Inputs:Get Tags:Get"))
        ),
        ["completing-operation Tags:Get in 1 => +Tags:Get"]
    );
    assert_eq!(
        only("completing-operation", found(&invited(&catalog, "Inputs:Get", "All | /t/GetInput"))),
        ["completing-operation Concepts:Get in 1 => +Concepts:Get +Tags:Get"]
    );
    // Lacking auxiliary operations only: also where that means a rejection.
    let strict = catalog.with_enforcement(Enforcement::Strict);
    assert_eq!(
        only("completing-operation", found(&access(&strict, "Inputs:Get"))),
        [
            "completing-operation Concepts:Get in 2 => +Concepts:Get +Tags:Get",
            "completing-operation Tags:Get in 1 => +Tags:Get",
        ]
    );
}

#[test]
fn conditional_operation() {
    assert_eq!(
        of("Search Inputs:Get | /t/PostSearches"),
        ["conditional-operation /t/PostSearches lacks Predict => +Models:Get +Predict"]
    );
    // It makes the operation used, and what that brings with it.
    assert_eq!(of("Search Inputs:Get Predict Models:Get | /t/PostSearches"), NONE);
    // Of a rejected endpoint it is not said.
    assert_eq!(only("conditional-operation", of("Inputs:Get | /t/PostSearches")), NONE);
    // Only of ticked ones.
    assert_eq!(only("conditional-operation", of("Search Inputs:Get")), NONE);
    // No fix if the invite does not include it.
    assert_eq!(
        of_shared("Search Inputs:Get | /t/PostSearches", "Search Inputs:Get"),
        ["conditional-operation /t/PostSearches lacks Predict"]
    );
}

#[test]
fn unused_operation() {
    // What a requirement brings with it is used.
    assert_eq!(
        of("Inputs:Add Inputs:Get Concepts:Get Annotations:Get Search | /t/PostInputs"),
        [
            "unused-operation Annotations:Get => -Annotations:Get",
            "unused-operation Search => -Search",
        ]
    );
    // `All` is never unused; with endpoints *any* nothing is.
    assert_eq!(of("All | /t/GetInput"), ["grants-everything All"]);
    assert_eq!(only("unused-operation", of("Inputs:Get Search")), NONE);
}

#[test]
fn every_code_has_its_severity_in_the_order_of_the_table() {
    let table = [
        (Code::NotInCatalog, "not-in-catalog", Severity::Error),
        (Code::NoEndpoint, "no-endpoint", Severity::Error),
        (Code::DeadKey, "dead-key", Severity::Error),
        (Code::MissingPrerequisite, "missing-prerequisite", Severity::Warning),
        (Code::EndpointRejected, "endpoint-rejected", Severity::Warning),
        (Code::ExceedsInvite, "exceeds-invite", Severity::Warning),
        (Code::Deprecated, "deprecated", Severity::Warning),
        (Code::GrantsEverything, "grants-everything", Severity::Warning),
        (Code::CanMintAccess, "can-mint-access", Severity::Warning),
        (Code::EndpointRedacted, "endpoint-redacted", Severity::Note),
        (Code::CompletingOperation, "completing-operation", Severity::Note),
        (Code::ConditionalOperation, "conditional-operation", Severity::Note),
        (Code::UnusedOperation, "unused-operation", Severity::Note),
    ];
    assert!(table.is_sorted());
    for (code, spelling, severity) in table {
        assert_eq!((code.as_str(), code.severity()), (spelling, severity));
        assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{spelling}\""));
        assert_eq!(serde_json::to_string(&severity).unwrap(), format!("\"{}\"", severity.as_str()));
    }
}

#[test]
fn findings_come_in_the_order_of_the_table_then_by_name() {
    let findings = of_shared(
        "Zebra:Get Audio:Get Search Inputs:Delete Inputs:Patch Inputs:Get | /t/PostSearches /t/GetInput /t/ListConcepts /t/Nope /t/PostInputs",
        "Inputs:Get Concepts:Get Inputs:Add Inputs:Delete Inputs:Patch | /t/PostSearches /t/ListConcepts /t/GetInput",
    );
    assert_eq!(
        findings,
        [
            "not-in-catalog /t/Nope => -/t/Nope",
            "not-in-catalog Audio:Get => -Audio:Get",
            "not-in-catalog Zebra:Get => -Zebra:Get",
            "endpoint-rejected /t/ListConcepts lacks Concepts:Get => +Concepts:Get",
            "endpoint-rejected /t/PostSearches lacks Search",
            "exceeds-invite /t/PostInputs => -/t/PostInputs",
            "exceeds-invite Search => -Search",
            "deprecated /t/ListConcepts",
            "deprecated Inputs:Patch => -Inputs:Patch",
            "endpoint-redacted /t/GetInput lacks Concepts:Get => +Concepts:Get",
            "unused-operation Inputs:Delete => -Inputs:Delete",
            "unused-operation Inputs:Patch => -Inputs:Patch",
        ]
    );
}

#[test]
fn fix_all_mends_errors_and_warnings_and_leaves_notes() {
    let catalog = catalog(SMALL);
    for (key, fixed) in [
        ("Inputs:Get Concepts:Get", None),
        // A note.
        ("Inputs:Get | /t/GetInput", None),
        ("Inputs:Add Nope:Get", Some("Inputs:Add Inputs:Get Concepts:Get")),
        ("| /t/GetInput /t/Nope", Some("Inputs:Get Concepts:Get | /t/GetInput")),
        // More than one round: what is revived has a prerequisite, what is removed comes first.
        (
            "Inputs:Patch | /t/PostInputs",
            Some("Inputs:Add Inputs:Get Concepts:Get | /t/PostInputs"),
        ),
        // Nothing can be done.
        ("All |", None),
    ] {
        assert_eq!(access(&catalog, key).fix_all(), fixed.map(grant), "{key}");
    }
    let shared = invited(&catalog, "All | /t/GetInput /t/PostInputs", "All | /t/GetInput");
    assert_eq!(shared.fix_all(), Some(grant("All | /t/GetInput")));
}

#[test]
fn what_is_counted_is_counted_in_words() {
    let said = |endpoints: &str| {
        let catalog = catalog(&format!("Concepts:Get\n Inputs:Get\n {endpoints}"));
        access(&catalog, "Inputs:Get").findings()[0].to_string()
    };
    let one = "/t/GetInput Inputs:Get Concepts:Get";
    assert_eq!(said(one), "`Concepts:Get` would complete the responses of 1 endpoint");
    let two = "/t/GetInput Inputs:Get Concepts:Get\n /t/ListInputs Inputs:Get Concepts:Get";
    assert_eq!(said(two), "`Concepts:Get` would complete the responses of 2 endpoints");
}

#[test]
fn each_finding_is_one_sentence() {
    let said = |access: &Access| -> Vec<String> {
        access.findings().iter().map(ToString::to_string).collect()
    };
    let catalog = catalog(SMALL);
    assert_eq!(
        said(&access(&catalog, "inputs:get All |"))[..],
        [
            "endpoints are restricted to none, so the key can call nothing",
            "the key can do nothing: no endpoint would accept it",
            "the key can do everything, also what will be added later",
        ]
    );
    assert_eq!(
        said(&invited(
            &catalog,
            "inputs:get Inputs:Delete Inputs:Patch Search Inputs:Get Models:Get | /t/PostInputs /t/GetInput /t/PostSearches /t/ListAudioInputs",
            "Inputs:Delete Search Inputs:Get Inputs:Patch | /t/PostInputs /t/GetInput /t/PostSearches /t/ListAudioInputs"
        )),
        [
            "`inputs:get` is not offered to this kind of key in this plan; did you mean `Inputs:Get`?",
            "`/t/ListAudioInputs` will be rejected without `Audio:Get`",
            "`/t/PostInputs` will be rejected without `Inputs:Add` and `Concepts:Get`",
            "`Models:Get` has no effect: the owner's invite does not include it",
            "`Inputs:Patch` is deprecated",
            "the response of `/t/GetInput` will leave out what `Concepts:Get` would show",
            "`/t/PostSearches` works only in part without `Predict`",
            "`Inputs:Delete` is not used by any of the chosen endpoints",
            "`Inputs:Patch` is not used by any of the chosen endpoints",
        ]
    );
    assert_eq!(
        said(&access(&catalog, "Inputs:Delete")),
        [
            "the key can do nothing: no endpoint would accept it",
            "`Inputs:Delete` does not work without `Concepts:Get`, `Inputs:Add` and `Inputs:Get`",
        ]
    );
    assert_eq!(
        said(&access(&catalog, "Inputs:Get")),
        ["`Concepts:Get` would complete the responses of 1 endpoint"]
    );
    let minting = self::catalog("Keys:Add\n /t/PostKeys Keys:Add");
    assert_eq!(
        said(&access(&minting, "Keys:Add")),
        ["with `Keys:Add`, whoever holds the key can widen access"]
    );
}

#[test]
fn risk() {
    let catalog = catalog("Keys:Add\n Keys:Get\n Inputs:Get\n /t/PostKeys Keys:Add Keys:Get");
    for (key, risk, spelling) in [
        ("", Risk::ReadOnly, "read-only"),
        ("Inputs:Get Keys:Get", Risk::ReadOnly, "read-only"),
        ("Inputs:Get Predict", Risk::Limited, "limited"),
        ("Search", Risk::Limited, "limited"),
        ("Inputs:Add", Risk::Limited, "limited"),
        ("Models:Train", Risk::Limited, "limited"),
        ("PipelineSteps:Pull", Risk::Limited, "limited"),
        ("Inputs:Get Inputs:Delete", Risk::Destructive, "destructive"),
        ("Odd:Deed", Risk::Destructive, "destructive"),
        ("Odd", Risk::Destructive, "destructive"),
        // A bare action is not the action of a resource.
        ("Get", Risk::Destructive, "destructive"),
        ("Inputs:Predict", Risk::Destructive, "destructive"),
        ("All", Risk::Full, "full"),
        ("Keys:Add Keys:Get", Risk::Full, "full"),
        // Endpoints do not lower it.
        ("Odd:Deed | /t/PostKeys", Risk::Destructive, "destructive"),
        ("All | /t/PostKeys", Risk::Full, "full"),
        // What cannot mint is an addition like another.
        ("Keys:Add", Risk::Limited, "limited"),
    ] {
        let found = access(&catalog, key).risk();
        assert_eq!(found, risk, "{key}");
        assert_eq!(found.as_str(), spelling);
        assert_eq!(serde_json::to_string(&found).unwrap(), format!("\"{spelling}\""));
    }
    let narrowed = invited(&catalog, "All", "Inputs:Get");
    assert_eq!(narrowed.risk(), Risk::Full, "it is the key's own");
    assert_eq!(Access::new(&catalog, &Grant::default(), None).risk(), Risk::ReadOnly);
    assert!(Risk::ReadOnly < Risk::Limited && Risk::Limited < Risk::Destructive);
}

#[test]
fn findings_are_kept_and_sent_as_json() {
    let catalog = catalog(SMALL);
    let key = "inputs:get Inputs:Get Inputs:Delete Search";
    let findings = access(&catalog, key).findings();
    let json = serde_json::to_value(&findings).unwrap();
    assert_eq!(
        json[0],
        serde_json::json!({
            "code": "not-in-catalog",
            "about": "inputs:get",
            "suggestion": "Inputs:Get",
            "fix": {"remove_operations": ["inputs:get"]},
        })
    );
    assert_eq!(serde_json::from_value::<Vec<Finding>>(json).unwrap(), findings);
    let record = access(&catalog, key).decide_name("/t/PostInputs").to_record();
    let json = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<DecisionRecord>(&json).unwrap(), record);
}
