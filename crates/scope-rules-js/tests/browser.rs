//! The conformance corpus through the objects that JavaScript sees, in a browser.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may")]

use std::collections::BTreeMap;

use js_sys::{JSON, JsString};
use portal_api::ListScopesResponse;
use scope_rules::corpus::{Case, Expected};
use scope_rules::{DecisionRecord, KeyType, Plan};
use scope_rules_js::{Access, Catalog, EndpointDecision, Report};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const PLANS: [&str; 2] = [
    include_str!("../../../catalogs/clarifai-12.6.0.json"),
    include_str!("../../../catalogs/clarifai-docs-essential.json"),
];

const CASES: [&str; 6] = [
    include_str!("../../../corpus/endpoints.jsonl"),
    include_str!("../../../corpus/essential.jsonl"),
    include_str!("../../../corpus/invites.jsonl"),
    include_str!("../../../corpus/operations.jsonl"),
    include_str!("../../../corpus/strict.jsonl"),
    include_str!("../../../corpus/tokens.jsonl"),
];

/// What a page would hand in: the value as `JSON.parse` makes it.
fn parsed<T: Serialize + Tsify>(value: &T) -> Ts<T> {
    let text = serde_json::to_string(value).unwrap();
    Ts::new_unchecked(JSON::parse(&text).unwrap())
}

/// What a page would send on: the value as `JSON.stringify` writes it.
fn stringified<T: DeserializeOwned>(value: impl Into<JsValue>) -> T {
    let text: JsString = JSON::stringify(&value.into()).unwrap();
    serde_json::from_str(&String::from(text)).unwrap()
}

fn catalog(case: &Case, plans: &[Plan]) -> Catalog {
    let plan = plans
        .iter()
        .find(|plan| plan.catalog == case.catalog || plan.plan == case.catalog)
        .unwrap();
    let response = ListScopesResponse::from(plan.offer(case.key_type));
    let catalog = Catalog::from_list_scopes(&parsed(&response), &parsed(&case.key_type)).unwrap();
    catalog.with_enforcement(&parsed(&case.enforcement)).unwrap()
}

fn preview(access: &Access) -> BTreeMap<String, DecisionRecord> {
    #[derive(serde::Deserialize)]
    struct Row {
        endpoint: String,
        decision: DecisionRecord,
    }
    let rows = access.preview().unwrap().into_iter();
    rows.map(|row: Ts<EndpointDecision>| {
        let Row { endpoint, decision } = stringified(row);
        (endpoint, decision)
    })
    .collect()
}

#[wasm_bindgen_test]
fn the_corpus_is_decided_as_it_says() {
    let plans = PLANS.map(|text| serde_json::from_str::<Plan>(text).unwrap());
    let cases = CASES.iter().flat_map(|text| text.lines());
    for (at, line) in cases.enumerate() {
        let case: Case = serde_json::from_str(line).unwrap();
        let access = catalog(&case, &plans)
            .access(&parsed(&case.key), case.invite.as_ref().map(parsed))
            .unwrap();
        let preview = preview(&access);
        for (endpoint, expected) in &case.decisions {
            let decided: DecisionRecord = stringified(access.decide(endpoint).unwrap());
            assert_eq!(preview.get(endpoint).unwrap_or(&decided), &decided, "{at}: {endpoint}");
            let found = Expected::from(decided);
            assert!(expected.is_met_by(&found), "{at}: {endpoint}: {found:?}, not {expected:?}");
        }
        let reports: Vec<Ts<Report>> = access.findings().unwrap();
        let found: Vec<String> = reports
            .into_iter()
            .map(|report| {
                let report: BTreeMap<String, serde_json::Value> = stringified(report);
                format!("{:?} {:?}", report.get("code"), report.get("about"))
            })
            .collect();
        let expected: Vec<String> = (case.findings.iter().flatten())
            .map(|finding| {
                let code = serde_json::to_value(finding.code).unwrap();
                let about = finding.about.as_ref().map(|name| serde_json::json!(name));
                format!("{:?} {:?}", Some(&code), about.as_ref())
            })
            .collect();
        assert_eq!(found, expected, "{at}");
    }
}

#[wasm_bindgen_test]
fn what_is_wrong_is_an_error_with_a_code() {
    let response =
        Ts::new_unchecked(JSON::parse(r#"{ "scope_deps": [{ "scope": "" }] }"#).unwrap());
    let error =
        Catalog::from_list_scopes(&response, &parsed(&KeyType::AppSpecificKey)).unwrap_err();
    let thrown: js_sys::Error = JsValue::from(error).into();
    assert_eq!(String::from(thrown.message()), "operation 0 of the catalog has an empty name");
    let code = js_sys::Reflect::get(&thrown, &"code".into()).unwrap();
    assert_eq!(code.as_string().as_deref(), Some("bad-catalog"));
}
