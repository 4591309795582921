//! Names, and what grants are made of.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scope_rules::corpus::{Expected, ExpectedFinding};
use scope_rules::{DecisionRecord, Endpoints, Fix, Grant, MAX_NAMES, Name, Names, Operations};
use serde_json::json;

use crate::shorthand::{access, catalog, decided, grant, invited};

const ANY: &[&str] = &[];

#[test]
fn an_operation_is_read_in_the_spelling_of_the_descriptors_too() {
    for (read, expected) in [
        ("Inputs:Get", "Inputs:Get"),
        ("Inputs_Get", "Inputs:Get"),
        ("Predict", "Predict"),
        // Nothing else is changed.
        ("inputs:get", "inputs:get"),
        ("inputs_get", "inputs:get"),
        (" Predict", " Predict"),
        ("Predict ", "Predict "),
        ("A_B_C", "A_B_C"),
        ("A__B", "A__B"),
        ("_Get", "_Get"),
        ("Inputs_", "Inputs_"),
        ("_", "_"),
        ("A_B:C", "A_B:C"),
        ("", ""),
    ] {
        assert_eq!(&*Name::operation(read).unwrap(), expected, "{read:?}");
        assert_eq!(Name::endpoint(read).unwrap().as_ref(), read);
    }
}

#[test]
fn operations_in_what_is_sent_are_read_in_either_spelling() {
    let fix = json!({
        "add_operations": ["Inputs_Get"],
        "remove_operations": ["Inputs_Add"],
        "remove_endpoints": ["/t/Get_Input"],
    });
    let fix: Fix = serde_json::from_value(fix).unwrap();
    let mut changed = Grant::parse(&["Inputs:Add"], &["/t/Get_Input", "/t/GetInput"]).unwrap();
    changed.apply(&fix);
    assert_eq!(changed, Grant::parse(&["Inputs:Get"], &["/t/GetInput"]).unwrap());

    let decision = json!({"outcome": "redacted", "missing": ["Inputs_Get"], "caveats": ["A_B"]});
    let record: DecisionRecord = serde_json::from_value(decision.clone()).unwrap();
    assert_eq!(record.missing, [Name::operation("Inputs:Get").unwrap()]);
    assert_eq!(record.caveats, [Name::operation("A:B").unwrap()]);
    let expected: Expected = serde_json::from_value(decision).unwrap();
    assert_eq!(expected, record.into());
    let finding = json!({"code": "missing-prerequisite", "lacks": ["A_B"], "fixable": true});
    let finding: ExpectedFinding = serde_json::from_value(finding).unwrap();
    assert_eq!(finding.lacks, [Name::operation("A:B").unwrap()]);
}

#[test]
fn operations_are_shown_with_a_colon() {
    let grant = Grant::parse(&["Inputs_Get", "Concepts:Get"], ANY).unwrap();
    assert_eq!(grant.to_wire().unwrap().scopes, ["Concepts:Get", "Inputs:Get"]);
}

#[test]
fn no_scopes_is_the_empty_set_and_no_endpoints_is_any() {
    let grant = Grant::parse(ANY, ANY).unwrap();
    assert_eq!(grant, Grant::default());
    assert_eq!(grant.operations, Operations::Only(Names::new()));
    assert_eq!(grant.endpoints, Endpoints::Any);
    // Also for grants without `All`.
    assert_eq!(Grant::parse(&["Predict"], ANY).unwrap().endpoints, Endpoints::Any);
    // A list that names nothing useful still is a list.
    let useless = Endpoints::Only([Name::endpoint("").unwrap()].into_iter().collect());
    assert_eq!(Grant::parse(ANY, &[""]).unwrap().endpoints, useless);
}

#[test]
fn all_beside_others_is_all() {
    let all = Grant::everything();
    assert_eq!(Grant::parse(&["Inputs:Get", "All"], ANY).unwrap(), all);
    assert_eq!(all.to_wire().unwrap().scopes, ["All"]);

    // Also where it is put into the set by hand.
    let names = ["All", "Inputs:Get"].map(|name| Name::operation(name).unwrap());
    let by_hand =
        Grant { operations: Operations::Only(names.into_iter().collect()), ..Grant::default() };
    assert_eq!(by_hand.operations.names(), None);
    assert_eq!(by_hand.to_wire().unwrap(), all.to_wire().unwrap());
    assert_eq!(by_hand.meet(&grant("Predict")), grant("Predict"));
    let catalog = catalog("Inputs:Get\n Concepts:Get\n /t/ListConcepts Concepts:Get");
    let access = scope_rules::Access::new(&catalog, &by_hand, None);
    assert_eq!(decided(&access, "/t/ListConcepts"), "allowed");
    // `All` is spelt so, and not otherwise.
    assert!(matches!(Grant::parse(&["all"], ANY).unwrap().operations, Operations::Only(_)));
}

#[test]
fn all_holds_what_the_catalog_offers_and_what_it_will_offer() {
    let before = catalog("Inputs:Get\n /t/GetInput Inputs:Get\n /t/GetModel Models:Get");
    let after =
        catalog("Inputs:Get\n Models:Get\n /t/GetInput Inputs:Get\n /t/GetModel Models:Get");
    assert_eq!(decided(&access(&before, "All"), "/t/GetInput"), "allowed");
    assert_eq!(
        decided(&access(&before, "All"), "/t/GetModel"),
        "rejected missing-operations: Models:Get(plan)"
    );
    assert_eq!(decided(&access(&after, "All"), "/t/GetModel"), "allowed");
}

#[test]
fn the_meet_is_taken_level_by_level() {
    for (a, b, both) in [
        ("All", "All", "All"),
        ("All", "Inputs:Get", "Inputs:Get"),
        ("All", "", ""),
        ("Inputs:Get Predict", "Predict Search", "Predict"),
        ("Inputs:Get", "Predict", ""),
        ("All | /t/A", "All", "All | /t/A"),
        ("Predict | /t/A /t/B", "All | /t/B /t/C", "Predict | /t/B"),
        // The intersection can be empty, and then is not *any*.
        ("All | /t/A", "All | /t/B", "All |"),
        ("All |", "All", "All |"),
    ] {
        assert_eq!(grant(a).meet(&grant(b)), grant(both), "{a} meets {b}");
        assert_eq!(grant(b).meet(&grant(a)), grant(both), "{b} meets {a}");
    }
}

#[test]
fn an_allow_list_of_none_is_never_written() {
    let nothing = grant("All | /t/A").meet(&grant("All | /t/B"));
    assert_eq!(
        nothing.to_wire().unwrap_err().to_string(),
        "the grant restricts endpoints to none, which allows nothing; add an endpoint or allow any"
    );
}

#[test]
fn the_two_levels_are_independent() {
    let catalog = catalog(
        "Inputs:Get\n Search\n Predict\n Models:Get\n
        /t/PostSearches Search Inputs:Get\n /t/PostModelOutputs Predict Models:Get",
    );
    let key = access(&catalog, "Search Predict Inputs:Get Models:Get | /t/PostSearches");
    assert_eq!(decided(&key, "/t/PostSearches"), "allowed");
    assert_eq!(decided(&key, "/t/PostModelOutputs"), "rejected endpoint-not-granted(key)");
}

#[test]
fn operations_count_without_their_prerequisites() {
    let catalog = catalog("Inputs:Get\n Inputs:Add Inputs:Get\n /t/PostInputs Inputs:Add");
    assert_eq!(decided(&access(&catalog, "Inputs:Add"), "/t/PostInputs"), "allowed");
}

#[test]
fn an_operation_not_offered_is_not_held() {
    let catalog = catalog(
        "withheld Inputs:Get\n deprecated Inputs:Patch\n /t/GetInput Inputs:Get\n /t/PatchInputs Inputs:Patch",
    );
    for key in ["Inputs:Get Inputs:Patch", "All"] {
        let access = access(&catalog, key);
        assert_eq!(
            decided(&access, "/t/GetInput"),
            "rejected missing-operations: Inputs:Get(plan)"
        );
        assert_eq!(
            decided(&access, "/t/PatchInputs"),
            "rejected missing-operations: Inputs:Patch(plan)"
        );
    }
}

#[test]
fn with_an_empty_effective_list_nothing_that_wants_a_key_can_be_called() {
    let catalog =
        catalog("Inputs:Get\n /t/GetInput Inputs:Get\n /t/MyScopes\n noauth /t/GetStatus");
    let access = invited(&catalog, "All | /t/GetInput", "All | /t/MyScopes");
    assert_eq!(decided(&access, "/t/GetInput"), "rejected endpoint-not-granted(invite)");
    assert_eq!(decided(&access, "/t/MyScopes"), "rejected endpoint-not-granted(key)");
    assert_eq!(decided(&access, "/t/GetStatus"), "allowed");
    let none = self::access(&catalog, "All |");
    assert_eq!(decided(&none, "/t/MyScopes"), "rejected endpoint-not-granted(key)");
}

#[test]
fn as_many_names_as_are_read_are_put_in_order_and_taken_away() {
    // Backwards, each twice: the order that costs most.
    let name = |at: usize| Name::operation(&format!("Resource{at:05}:Get")).unwrap();
    let names: Names = (0..MAX_NAMES).rev().flat_map(|at| [name(at), name(at)]).collect();
    assert!(names.iter().eq((0..MAX_NAMES).map(name).collect::<Vec<_>>().iter()));

    let grant = Grant { operations: Operations::Only(names), ..Grant::default() };
    let known = catalog("Resource00000:Get\n /t/GetInput Resource00000:Get");
    let fixed = scope_rules::Access::new(&known, &grant, None).fix_all().unwrap();
    assert_eq!(fixed, self::grant("Resource00000:Get"));
}

/// What is done to a set: a name is put in, taken away, or many are put in at once.
#[derive(Debug, Clone)]
enum Change {
    Insert(String),
    Remove(String),
    Extend(Vec<String>),
    Retain(String),
}

fn change() -> impl Strategy<Value = Change> {
    let name = || "[ab]{0,3}";
    prop_oneof![
        4 => name().prop_map(Change::Insert),
        4 => name().prop_map(Change::Remove),
        1 => vec(name(), 0..20).prop_map(Change::Extend),
        1 => name().prop_map(Change::Retain),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_set_of_names_is_a_set(first in vec("[ab]{0,3}", 0..20), changes in vec(change(), 0..30)) {
        let name = |text: &String| Name::endpoint(text).unwrap();
        let mut names = Names::from(first.iter().map(name).collect::<Vec<_>>());
        let mut model: BTreeSet<String> = first.into_iter().collect();
        for change in changes {
            match change {
                Change::Insert(text) => {
                    prop_assert_eq!(names.insert(name(&text)), model.insert(text));
                }
                Change::Remove(text) => prop_assert_eq!(names.remove(&text), model.remove(&text)),
                Change::Extend(texts) => {
                    names.extend(texts.iter().map(name));
                    model.extend(texts);
                }
                Change::Retain(text) => {
                    names.retain(|name| **name < *text);
                    model.retain(|each| *each < text);
                }
            }
            prop_assert!(names.iter().map(|name| &**name).eq(model.iter()));
            prop_assert_eq!(names.len(), model.len());
            prop_assert_eq!(names.is_empty(), model.is_empty());
            for text in ["", "a", "b", "ab", "bab"] {
                prop_assert_eq!(names.contains(text), model.contains(text));
            }
            let again: Names = model.iter().rev().map(name).collect();
            prop_assert_eq!(&names, &again);
        }
    }
}
