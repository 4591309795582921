//! Bad input: odd spellings, look-alikes, and far too much of it.

use scope_rules::{Access, Catalog, Grant, KeyType, MAX_NAME_BYTES, MAX_NAMES, Name};

use crate::plans::enterprise;
use crate::shorthand::decided;

const ANY: &[&str] = &[];

fn enterprise_key() -> Catalog {
    enterprise(KeyType::AppSpecificKey)
}

fn access(scopes: &[&str], endpoints: &[&str]) -> Access {
    Access::new(&enterprise_key(), &Grant::parse(scopes, endpoints).unwrap(), None)
}

#[test]
fn what_is_spelt_oddly_is_not_held_and_the_right_spelling_is_suggested() {
    for (odd, suggestion) in [
        ("inputs:get", Some("Inputs:Get")),
        ("INPUTS:GET", Some("Inputs:Get")),
        (" Inputs:Get", Some("Inputs:Get")),
        ("Inputs:Get\n", Some("Inputs:Get")),
        ("Input:Get", Some("Inputs:Get")),
        ("Inputs::Get", Some("Inputs:Get")),
        ("Inputs__Get", Some("Inputs:Get")),
        ("Inputs-Get", Some("Inputs:Get")),
        ("inputs_get", Some("Inputs:Get")),
        // Cyrillic and full-width letters.
        ("\u{406}nputs:G\u{435}t", Some("Inputs:Get")),
        ("\u{ff30}redict", Some("Predict")),
        // Zero-width space, right-to-left override.
        ("Pre\u{200b}dict", Some("Predict")),
        ("\u{202e}Predict", Some("Predict")),
        ("all", Some("All")),
        ("Quux:Frobnicate", None),
        ("", None),
        (":", None),
        ("*", None),
        ("Inputs:*", None),
    ] {
        let access = access(&[odd], &[]);
        let finding = &access.findings()[0];
        assert_eq!(finding.code.as_str(), "not-in-catalog", "{odd:?}");
        if odd != "Inputs:*" {
            assert_eq!(finding.suggestion.as_deref(), suggestion, "{odd:?}");
        }
        assert_eq!(
            access.counts().allowed,
            enterprise_key()
                .endpoints()
                .filter(|each| each.offered() && each.requirements().len() == 0)
                .count()
        );
        let sentence = finding.to_string();
        assert!(!sentence.contains(['\n', '\u{200b}', '\u{202e}']), "{sentence:?}");
    }
}

#[test]
fn an_endpoint_spelt_oddly_is_unknown_and_the_right_spelling_is_suggested() {
    let all = access(&["All"], &[]);
    for odd in [
        "clarifai.api.V2/PostModelOutputs",
        "PostModelOutputs",
        "postmodeloutputs",
        "/clarifai.api.V2/PostModelOutputs ",
        "/clarifai.api.V2/PostModelOutput",
        "/clarifai.api.v2/PostModelOutputs",
        "/clarifai.api.V2//PostModelOutputs",
        "/clarifai.api.V2/P\u{43e}stM\u{43e}delOutputs",
    ] {
        assert_eq!(decided(&all, odd), "rejected unknown-endpoint", "{odd:?}");
        let error = enterprise_key().find_endpoint(odd).unwrap_err();
        assert_eq!(error.name(), odd);
        assert_eq!(
            error.suggestion().map(|name| &**name),
            Some("/clarifai.api.V2/PostModelOutputs"),
            "{odd:?}"
        );
        assert!(error.to_string().ends_with("did you mean `/clarifai.api.V2/PostModelOutputs`?"));
        let ticked = access(&["All"], &[odd]);
        let findings = ticked.findings();
        assert_eq!(
            findings[0].suggestion.as_deref(),
            Some("/clarifai.api.V2/PostModelOutputs"),
            "{odd:?}"
        );
        // The list stays a list.
        assert_eq!(ticked.counts().rejected, 190);
    }
    let error = enterprise_key().find_endpoint("/clarifai.api.V2/Frobnicate").unwrap_err();
    assert_eq!(error.to_string(), "`/clarifai.api.V2/Frobnicate` is not in the catalog");
}

#[test]
fn the_longest_name_is_read_and_one_longer_is_refused_by_its_place() {
    let longest = "x".repeat(MAX_NAME_BYTES);
    assert_eq!(access(&[&longest], &[]).findings().len(), 2);
    let longer = format!("{longest}x");
    let error = Grant::parse(&["Inputs:Get", &longer], ANY).unwrap_err();
    assert_eq!(
        error.to_string(),
        "item 1 of the grant's scopes cannot be read: the name that starts with \
         `xxxxxxxxxxxxxxxxxxxxxxxx` has 257 bytes; at most 256 are read"
    );
    assert!(std::error::Error::source(&error).is_none(), "the cause is said already");
    let megabyte = "\u{202e}".repeat(1 << 18);
    let error = Grant::parse(ANY, &["/clarifai.api.V2/GetInput", &megabyte]).unwrap_err();
    let said = error.to_string();
    assert!(said.starts_with("item 1 of the grant's endpoints cannot be read"), "{said}");
    assert!(said.len() < 400 && said.contains("786432 bytes") && !said.contains('\u{202e}'));
    assert!(Name::endpoint(&megabyte).is_err());
    let error = enterprise_key().find_operation(&megabyte).unwrap_err();
    assert!(error.suggestion().is_none() && error.to_string().len() < 1000);
    assert_eq!(decided(&access(&["All"], &[]), &megabyte), "rejected unknown-endpoint");
}

#[test]
fn a_million_entries_are_counted_and_refused() {
    let million = vec!["Inputs:Get"; 1_000_000];
    assert_eq!(
        Grant::parse(&million, ANY).unwrap_err().to_string(),
        format!("the grant lists 1000000 scopes; at most {MAX_NAMES} are read")
    );
    assert_eq!(
        Grant::parse(ANY, &million).unwrap_err().to_string(),
        format!("the grant lists 1000000 endpoints; at most {MAX_NAMES} are read")
    );
}

#[test]
fn as_many_unknown_names_as_are_read_are_each_found() {
    let names: Vec<String> = (0..MAX_NAMES).map(|n| format!("Unknown{n}:Get")).collect();
    let grant = Grant::parse(&names, &names).unwrap();
    let access = Access::new(&enterprise_key(), &grant, None);
    let findings = access.findings();
    // Each of both lists, and that the key can do nothing.
    assert_eq!(findings.len(), 2 * MAX_NAMES + 1);
    // The operations can be removed, of the endpoints none.
    let fixed = access.fix_all().unwrap();
    assert_eq!(fixed, Grant { endpoints: grant.endpoints, ..Grant::default() });
}

#[test]
fn names_that_are_too_long_are_refused_in_json_too() {
    let name = format!("\"{}\"", "x".repeat(257));
    let error = serde_json::from_str::<Name>(&name).unwrap_err().to_string();
    assert!(error.contains("257 bytes"), "{error}");
    let name: Name = serde_json::from_str("\"Inputs\\u003aGet\"").unwrap();
    assert_eq!(serde_json::to_string(&name).unwrap(), "\"Inputs:Get\"");
}
