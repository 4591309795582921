//! The conformance corpus: natively, where the naive model answers too, and in the browser.

use scope_rules::corpus::Case;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

use crate::plans::plans;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const FILES: [(&str, &str); 6] = [
    ("operations", include_str!("../../../../corpus/operations.jsonl")),
    ("endpoints", include_str!("../../../../corpus/endpoints.jsonl")),
    ("invites", include_str!("../../../../corpus/invites.jsonl")),
    ("strict", include_str!("../../../../corpus/strict.jsonl")),
    ("tokens", include_str!("../../../../corpus/tokens.jsonl")),
    ("essential", include_str!("../../../../corpus/essential.jsonl")),
];

/// Every case and where it stands.
fn cases() -> impl Iterator<Item = (String, Case)> {
    FILES.iter().flat_map(|(file, text)| {
        text.lines().enumerate().map(move |(at, line)| {
            let place = format!("{file}.jsonl, line {}", at + 1);
            let case =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
            (place, case)
        })
    })
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_case_agrees() {
    let plans = plans();
    for (place, case) in cases() {
        case.check(&plans).unwrap_or_else(|error| panic!("{place}: {error}"));
        // Nothing is left open: the case is what it would be if it were decided anew.
        assert!(case.decided(&plans).unwrap() == case, "{place} is not complete");
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod natively {
    use std::collections::BTreeSet;

    use scope_rules::corpus::{Expected, ExpectedFinding};
    use scope_rules::{Catalog, Enforcement, KeyType, Name, WireGrant};

    use super::*;
    use crate::model::{Held, Verdict, World};

    fn texts(names: &[Name]) -> Vec<&str> {
        names.iter().map(|name| &**name).collect()
    }

    /// Whether the verdict is what the case expects.
    fn is_expected(verdict: &Verdict, expected: &Expected) -> bool {
        let (missing, sides): (Vec<&str>, Vec<&str>) =
            verdict.missing.iter().map(|(name, side)| (name.as_str(), *side)).unzip();
        let expected_sides = expected.sides.iter().flatten().map(|side| side.as_str());
        verdict.outcome == expected.outcome.as_str()
            && verdict.reason == expected.reason.map(|reason| reason.as_str())
            && verdict.side == expected.side.map(|side| side.as_str())
            && missing == texts(&expected.missing)
            && expected_sides.eq(sides)
            && verdict.caveats == texts(expected.caveats.as_deref().unwrap_or_default())
    }

    #[test]
    fn the_naive_model_agrees_with_every_case() {
        let plans = plans();
        for (place, case) in cases() {
            let plan = plans.iter().find(|plan| plan.catalog == case.catalog).unwrap();
            let spec = scope_rules::CatalogSpec {
                enforcement: case.enforcement,
                ..plan.offer(case.key_type)
            };
            let world = World::new(&spec);
            let held = |wire: &WireGrant| Held::from_wire(&wire.scopes, &wire.endpoints);
            let key = held(&case.key);
            let invite = case.invite.as_ref().map(held);
            let bound = invite.clone().unwrap_or_else(Held::everything);
            for (endpoint, expected) in &case.decisions {
                let verdict = world.decide(&key, &bound, endpoint);
                assert!(is_expected(&verdict, expected), "{place}: {endpoint}: {verdict:?}");
            }
            let findings: Vec<_> = world
                .findings(&key, invite.as_ref())
                .into_iter()
                .map(|found| (found.code, found.about, found.lacks, found.fix.is_some()))
                .collect();
            let told = |found: &ExpectedFinding| {
                let names = found.lacks.iter().map(ToString::to_string).collect();
                let about = found.about.as_ref().map(ToString::to_string);
                (found.code.as_str(), about, names, found.fixable)
            };
            let expected: Vec<_> = case.findings.iter().flatten().map(told).collect();
            assert_eq!(findings, expected, "{place}");
        }
    }

    /// Every kind of decision, with its reason and who lacks what, that occurs with the full catalog. With neither
    /// catalog an endpoint is redacted for want of the plan alone.
    const ANSWERS: [&str; 19] = [
        "allowed",
        "allowed  in part",
        "redacted missing-operations",
        "redacted missing-operations both",
        "redacted missing-operations in part",
        "redacted missing-operations invite",
        "redacted missing-operations key",
        "rejected endpoint-not-granted",
        "rejected endpoint-not-granted both",
        "rejected endpoint-not-granted invite",
        "rejected endpoint-not-granted key",
        "rejected missing-operations",
        "rejected missing-operations both",
        "rejected missing-operations invite",
        "rejected missing-operations key",
        "rejected missing-operations plan",
        "rejected needs-personal-access-token",
        "rejected needs-session",
        "rejected unknown-endpoint",
    ];

    /// Every kind of finding, with and without a fix. Not to be had on the wire: `no-endpoint`.
    const FINDINGS: [&str; 20] = [
        "can-mint-access",
        "completing-operation with fix",
        "conditional-operation",
        "conditional-operation with fix",
        "dead-key",
        "dead-key with fix",
        "deprecated",
        "deprecated with fix",
        "endpoint-redacted",
        "endpoint-redacted with fix",
        "endpoint-rejected",
        "endpoint-rejected with fix",
        "exceeds-invite",
        "exceeds-invite with fix",
        "grants-everything",
        "missing-prerequisite",
        "missing-prerequisite with fix",
        "not-in-catalog",
        "not-in-catalog with fix",
        "unused-operation with fix",
    ];

    /// What the essential catalog cannot come to: it lists no auth types, nothing deprecated, and no operation that
    /// hands out access.
    const NOT_ESSENTIAL: [&str; 4] =
        ["can-mint-access", "deprecated", "needs-personal-access-token", "needs-session"];

    #[test]
    fn the_cases_of_each_catalog_cover_every_answer_there_is() {
        for plan in plans() {
            let (mut answers, mut findings, mut settings) =
                (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
            for (_, case) in cases().filter(|(_, case)| case.catalog == plan.catalog) {
                settings.insert((case.key_type, case.enforcement.as_str()));
                for decision in case.decisions.values() {
                    let outcome = decision.outcome.as_str();
                    let reason = decision.reason.map_or("", |reason| reason.as_str());
                    for side in decision.side.iter().chain(decision.sides.iter().flatten()) {
                        answers.insert(format!("{outcome} {reason} {}", side.as_str()));
                    }
                    let caveats = if decision.caveats.is_some() { "in part" } else { "" };
                    answers.insert(format!("{outcome} {reason} {caveats}").trim_end().to_owned());
                }
                for finding in case.findings.into_iter().flatten() {
                    let fix = if finding.fixable { " with fix" } else { "" };
                    findings.insert(format!("{}{fix}", finding.code.as_str()));
                }
            }
            let can_be = |said: &&str| {
                plan.plan != "essential" || !NOT_ESSENTIAL.iter().any(|word| said.contains(word))
            };
            let expected = |all: &[&'static str]| -> Vec<&str> {
                all.iter().copied().filter(can_be).collect()
            };
            let answers: Vec<_> = answers.iter().map(String::as_str).collect();
            assert_eq!(answers, expected(&ANSWERS), "{}", plan.catalog);
            let findings: Vec<_> = findings.iter().map(String::as_str).collect();
            assert_eq!(findings, expected(&FINDINGS), "{}", plan.catalog);
            for key_type in [KeyType::AppSpecificKey, KeyType::PersonalAccessToken] {
                for enforcement in [Enforcement::Graded, Enforcement::Strict] {
                    let seen = settings.contains(&(key_type, enforcement.as_str()));
                    assert!(seen, "{} {settings:?}", plan.catalog);
                }
            }
        }
    }

    #[test]
    fn every_case_says_what_it_shows() {
        let mut shown = BTreeSet::new();
        for (place, case) in cases() {
            let shows = case.shows.unwrap_or_else(|| panic!("{place} does not say what it shows"));
            assert!(shown.insert(shows), "{place} says what another says");
        }
    }

    #[test]
    fn every_endpoint_is_decided_in_every_way_it_can_be() {
        // Over all cases: allowed where it can be, and refused for want of operations.
        let plans = plans();
        let outcomes: BTreeSet<(String, String, &str)> = cases()
            .flat_map(|(_, case)| {
                let Case { catalog, decisions, .. } = case;
                decisions.into_iter().map(move |(endpoint, expected)| {
                    (catalog.clone(), endpoint, expected.outcome.as_str())
                })
            })
            .collect();
        for plan in plans {
            let catalog = Catalog::new(plan.offer(KeyType::PersonalAccessToken)).unwrap();
            for endpoint in catalog.endpoints().filter(|endpoint| endpoint.offered()) {
                let seen = |outcome| {
                    let name = endpoint.name().to_string();
                    outcomes.contains(&(plan.catalog.clone(), name, outcome))
                };
                let offered = |id| catalog.operation(id).unwrap().offered();
                assert!(seen("rejected"), "{}", endpoint.name());
                let can_be_had = endpoint.requirements().all(offered);
                assert_eq!(seen("allowed"), can_be_had, "{}", endpoint.name());
                if endpoint.auxiliary().len() > 0 && endpoint.core().all(offered) {
                    assert!(seen("redacted"), "{}", endpoint.name());
                }
            }
        }
    }
}
