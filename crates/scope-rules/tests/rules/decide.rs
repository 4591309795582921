//! The example `decide`, which answers and checks cases on the command line.

#[path = "../../examples/decide.rs"]
#[expect(dead_code, reason = "its `main` is for the command line")]
mod example;

use serde_json::{Value, json};

const QUESTION: &str = r#"{"catalog": "clarifai-docs-essential", "key_type": "app_specific_key", "enforcement": "graded", "key": {"scopes": ["Inputs:Get"]}, "invite": null}"#;

/// What it writes, or what it complains of.
fn decide(arguments: &[&str], input: &str) -> Result<String, String> {
    let mut output = Vec::new();
    let arguments: Vec<String> = arguments.iter().map(|each| (*each).to_owned()).collect();
    match example::run(&arguments, input.as_bytes(), &mut output) {
        Ok(()) => Ok(String::from_utf8(output).unwrap()),
        Err(error) => Err(error.to_string()),
    }
}

fn decided() -> Value {
    decided_with(&["Inputs:Get"])
}

fn decided_with(scopes: &[&str]) -> Value {
    let mut question: Value = serde_json::from_str(QUESTION).unwrap();
    question["key"]["scopes"] = json!(scopes);
    serde_json::from_str(&decide(&[], &question.to_string()).unwrap()).unwrap()
}

#[test]
fn it_fills_in_the_decisions() {
    let decided = decided();
    let decisions = decided["decisions"].as_object().unwrap();
    assert_eq!(decisions.len(), 37);
    assert_eq!(
        decided["decisions"]["/clarifai.api.V2/ListInputs"],
        json!({
            "outcome": "redacted",
            "reason": "missing-operations",
            "missing": ["Annotations:Get", "Concepts:Get"],
            "sides": ["key", "key"],
        })
    );
    assert_eq!(decided["key"], json!({"scopes": ["Inputs:Get"]}));
    assert_eq!(decided["invite"], Value::Null);
    assert_eq!(decided["findings"][0]["code"], "completing-operation");
}

#[test]
fn cases_with_decisions_are_decided_anew() {
    let mut wrong = decided();
    wrong["decisions"]["/clarifai.api.V2/ListInputs"] = json!({"outcome": "allowed"});
    // An endpoint that nobody knows is answered if it is asked for.
    wrong["decisions"]["/clarifai.api.V2/Nope"] = json!({"outcome": "allowed"});
    let right: Value = serde_json::from_str(&decide(&[], &wrong.to_string()).unwrap()).unwrap();
    assert_eq!(
        right["decisions"]["/clarifai.api.V2/ListInputs"],
        decided()["decisions"]["/clarifai.api.V2/ListInputs"]
    );
    assert_eq!(
        right["decisions"]["/clarifai.api.V2/Nope"],
        json!({"outcome": "rejected", "reason": "unknown-endpoint"})
    );
}

#[test]
fn a_check_of_what_it_wrote_passes() {
    let lines = format!("{}\n\n{}", decide(&[], QUESTION).unwrap(), decided());
    assert_eq!(decide(&["--check"], &lines), Ok("2 cases agree\n".to_owned()));
    // Sides, caveats and findings may be left out; so may a plan's name stand for its catalog's.
    let mut bare = decided();
    bare["catalog"] = json!("essential");
    bare.as_object_mut().unwrap().remove("findings");
    for decision in bare["decisions"].as_object_mut().unwrap().values_mut() {
        decision.as_object_mut().unwrap().remove("sides");
    }
    assert_eq!(decide(&["--check"], &bare.to_string()), Ok("1 cases agree\n".to_owned()));
}

#[test]
fn a_check_fails_on_the_first_difference_and_names_the_line() {
    let right = decide(&[], QUESTION).unwrap();
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut case = decided();
        change(&mut case);
        decide(&["--check"], &format!("{right}{case}\n{QUESTION}\n")).unwrap_err()
    };
    let input = "/clarifai.api.V2/ListInputs";
    assert_eq!(
        wrong(&|case| case["decisions"][input]["outcome"] = json!("rejected")),
        "line 2: `/clarifai.api.V2/ListInputs` is redacted, missing-operations, \
         missing Annotations:Get (key), Concepts:Get (key); \
         expected rejected, missing-operations, missing Annotations:Get (key), Concepts:Get (key)"
    );
    for (change, expected) in [
        (
            json!({"outcome": "redacted", "reason": "missing-operations", "missing": ["Concepts:Get", "Annotations:Get"]}),
            "missing Concepts:Get, Annotations:Get",
        ),
        (
            json!({"outcome": "redacted", "missing": ["Annotations:Get", "Concepts:Get"]}),
            "expected redacted, missing Annotations:Get, Concepts:Get",
        ),
        (
            json!({"outcome": "redacted", "reason": "missing-operations", "missing": ["Annotations:Get", "Concepts:Get"], "sides": ["key", "plan"]}),
            "Concepts:Get (plan)",
        ),
        (
            json!({"outcome": "redacted", "reason": "missing-operations", "missing": ["Annotations:Get", "Concepts:Get"], "caveats": ["Predict", "Search"]}),
            "in part without Predict, Search",
        ),
        (
            json!({"outcome": "redacted", "reason": "missing-operations", "missing": ["Annotations:Get", "Concepts:Get"], "side": "key"}),
            "by key, missing Annotations:Get, Concepts:Get",
        ),
    ] {
        let error = wrong(&|case| case["decisions"][input] = change.clone());
        assert!(error.starts_with("line 2: `/clarifai.api.V2/ListInputs` is redacted"), "{error}");
        assert!(error.ends_with(expected), "{error}");
    }
    assert_eq!(
        wrong(&|case| drop(case["decisions"].as_object_mut().unwrap().remove(input))),
        "line 2: `/clarifai.api.V2/ListInputs` is offered, but the case has no decision for it"
    );
    let error = wrong(&|case| case["findings"] = json!([]));
    assert!(error.starts_with("line 2: the findings are completing-operation `"), "{error}");
    assert!(error.ends_with("; expected none"), "{error}");
    let error = wrong(&|case| {
        case["key"] = json!({"scopes": ["Inputs:Add"]});
        case["decisions"] = json!(decided_with(&["Inputs:Add"])["decisions"]);
    });
    assert!(error.starts_with("line 2: the findings are dead-key, missing-prerequisite `Inputs:Add` lacks `Inputs:Get` (with fix); expected completing-operation"), "{error}");
    let error = wrong(&|case| {
        case["findings"] = json!([{"code": "endpoint-rejected", "about": input, "lacks": ["A", "B"], "fixable": false}]);
    });
    assert!(
        error.ends_with(
            "; expected endpoint-rejected `/clarifai.api.V2/ListInputs` lacks `A` and `B`"
        ),
        "{error}"
    );
    assert!(wrong(&|case| case["decisions"] = json!({})).starts_with("line 2: `/clarifai.api.V2/"));
}

#[test]
fn what_cannot_be_decided_is_refused_with_its_line() {
    let refused = |from: &str, to: &str| {
        decide(&[], &format!("{QUESTION}\n{}", QUESTION.replace(from, to))).unwrap_err()
    };
    assert_eq!(
        refused("clarifai-docs-essential", "clarifai-99"),
        "line 2: there is no catalog `clarifai-99`; known are `clarifai-12.6.0` and `clarifai-docs-essential`"
    );
    let error = refused("app_specific_key", "key");
    assert!(error.starts_with("line 2: unknown variant `key`"), "{error}");
    let error = refused("Inputs:Get", &"x".repeat(300));
    assert!(error.starts_with("line 2: item 0 of the grant's scopes cannot be read"), "{error}");
    assert!(refused("null}", "null").starts_with("line 2: EOF while parsing"));
    assert_eq!(decide(&["--help"], ""), Err("usage: decide [--check] < cases".into()));
    assert_eq!(decide(&["--check"], ""), Ok("0 cases agree\n".into()));
}
