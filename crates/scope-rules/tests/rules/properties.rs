//! What holds for every catalog and every grant.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::FileFailurePersistence;
use scope_rules::{
    Access, Catalog, CatalogSpec, DecisionRecord, EndpointSpec, Endpoints, Enforcement, Finding,
    Grant, KeyType, Name, Operations, Outcome, Severity, consequences, drift,
};

use crate::model::{Diagnostic, Held, Names, core_and_auxiliary, read_operation};
use crate::scenario::{
    Scenario, catalog, endpoint_name, endpoints, grant, held, operation_name, scenario,
};

/// Far more than any chain of fixes is long.
const STEPS: usize = 100;

fn names(names: &Names) -> scope_rules::Names {
    names.iter().map(|name| Name::endpoint(name).unwrap()).collect()
}

fn texts<'a>(names: impl IntoIterator<Item = &'a Name>) -> Names {
    names.into_iter().map(ToString::to_string).collect()
}

/// A grant as it is read from the wire, where `All` never stands in a set.
fn canonical(grant: &Grant) -> Grant {
    let operations = match grant.operations.names() {
        None => Operations::All,
        Some(names) => Operations::Only(names.clone()),
    };
    Grant { operations, ..grant.clone() }
}

/// Every decision, by the endpoint's name.
fn records(access: &Access) -> Vec<(String, DecisionRecord)> {
    let endpoints = access.catalog().endpoints();
    endpoints
        .map(|endpoint| (endpoint.name().to_string(), access.decide(endpoint.id()).to_record()))
        .collect()
}

fn outcomes(access: &Access) -> Vec<Outcome> {
    records(access).into_iter().map(|(_, record)| record.outcome).collect()
}

/// Whether each endpoint is at least as well off after as before.
fn nothing_is_worse(before: &Access, after: &Access) -> bool {
    outcomes(before).iter().zip(outcomes(after)).all(|(before, after)| after <= *before)
}

fn with_grant(access: &Access, grant: &Grant, invite: Option<&Grant>) -> Access {
    Access::new(access.catalog(), grant, invite)
}

/// An allow-list stays one and keeps an endpoint; what is no list stays as it is.
fn keeps_its_list(before: &Grant, after: &Grant) -> bool {
    match (&before.endpoints, &after.endpoints) {
        (Endpoints::Any, Endpoints::Any) => true,
        (Endpoints::Only(before), Endpoints::Only(after)) => before.is_empty() == after.is_empty(),
        _ => false,
    }
}

fn is_fixable_fault(finding: &Finding) -> bool {
    finding.severity() != Severity::Note && finding.fix.is_some()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn decisions_agree_with_the_model(scenario in scenario(), other in endpoint_name()) {
        let (access, world, (key, invite)) =
            (scenario.access(), scenario.world(), scenario.held());
        let mut counts = [0; 3];
        for endpoint in access.catalog().endpoints() {
            let name: &str = endpoint.name();
            let decision = access.decide(endpoint.id());
            let verdict = world.decide(&key, &invite, name);
            prop_assert!(verdict.is(&decision.to_record()), "{name}: {verdict:?}, {decision:?}");
            let core = decision.missing().is_none_or(|missing| missing.iter().any(|each| each.core));
            prop_assert_eq!(verdict.auxiliary_only, decision.missing().is_some() && !core);
            counts[decision.outcome() as usize] += usize::from(endpoint.offered());
        }
        prop_assert_eq!(world.endpoint_names().count(), access.catalog().endpoints().len());
        prop_assert!(world.decide(&key, &invite, &other).is(&access.decide_name(&other).to_record()));
        let counted = access.counts();
        prop_assert_eq!(counts, [counted.allowed, counted.redacted, counted.rejected]);
    }

    #[test]
    fn findings_agree_with_the_model(scenario in scenario()) {
        let (world, (key, invite)) = (scenario.world(), scenario.held());
        let found: Vec<Diagnostic> = scenario.access().findings().iter().map(Diagnostic::from).collect();
        let bound = scenario.invite.as_ref().map(|_| &invite);
        prop_assert_eq!(found, world.findings(&key, bound));
        prop_assert_eq!(scenario.access().risk(), world.risk(&key, &invite));
    }

    #[test]
    fn strict_rejects_just_what_graded_redacts(scenario in scenario()) {
        let decide = |enforcement| {
            let catalog = scenario.catalog().with_enforcement(enforcement);
            Access::new(&catalog, &scenario.key, scenario.invite.as_ref())
        };
        let (graded, strict) = (decide(Enforcement::Graded), decide(Enforcement::Strict));
        for ((_, graded), (_, strict)) in records(&graded).into_iter().zip(records(&strict)) {
            if graded.outcome == Outcome::Redacted {
                let expected = DecisionRecord { outcome: Outcome::Rejected, caveats: vec![], ..graded };
                prop_assert_eq!(strict, expected);
            } else {
                prop_assert_eq!(strict, graded);
            }
        }
    }

    #[test]
    fn more_scopes_never_make_a_decision_worse(
        scenario in scenario(),
        operation in operation_name(),
        endpoint in endpoint_name(),
    ) {
        let before = scenario.access();
        let wider = |grant: &Grant| {
            let mut grant = grant.clone();
            if let Operations::Only(names) = &mut grant.operations {
                names.insert(Name::operation(&operation).unwrap());
            }
            if let Endpoints::Only(names) = &mut grant.endpoints {
                names.insert(Name::endpoint(&endpoint).unwrap());
            }
            grant
        };
        let invite = scenario.invite.as_ref().map(wider);
        let key = wider(&scenario.key);
        prop_assert!(nothing_is_worse(&before, &with_grant(&before, &key, scenario.invite.as_ref())));
        prop_assert!(nothing_is_worse(&before, &with_grant(&before, &scenario.key, invite.as_ref())));
        prop_assert!(nothing_is_worse(&before, &with_grant(&before, &scenario.key, None)));
        let any = Grant { endpoints: Endpoints::Any, ..key.clone() };
        prop_assert!(nothing_is_worse(&with_grant(&before, &key, None), &with_grant(&before, &any, None)));
        let all = Grant { operations: Operations::All, ..key.clone() };
        prop_assert!(nothing_is_worse(&with_grant(&before, &key, None), &with_grant(&before, &all, None)));
    }

    #[test]
    fn meet_is_a_meet(spec in catalog(), a in grant(), b in grant(), c in grant()) {
        prop_assert_eq!(a.meet(&b), b.meet(&a));
        prop_assert_eq!(a.meet(&b).meet(&c), a.meet(&b.meet(&c)));
        prop_assert_eq!(a.meet(&a), canonical(&a));
        prop_assert_eq!(a.meet(&Grant::everything()), canonical(&a));
        prop_assert_eq!(held(&a.meet(&b)), held(&a).meet(&held(&b)));
        // It never widens, and it is what a key and an invite come to.
        let catalog = Catalog::new(spec).unwrap();
        let access = |grant: &Grant| Access::new(&catalog, grant, None);
        let both = access(&a.meet(&b));
        prop_assert!(nothing_is_worse(&both, &access(&a)));
        prop_assert!(nothing_is_worse(&both, &access(&b)));
        prop_assert_eq!(outcomes(&both), outcomes(&Access::new(&catalog, &a, Some(&b))));
    }

    #[test]
    fn closure_is_a_closure(
        spec in catalog(),
        some in vec(operation_name(), 0..5),
        more in vec(operation_name(), 0..5),
    ) {
        let scenario = Scenario { spec, key: Grant::default(), invite: None };
        let (catalog, world) = (scenario.catalog(), scenario.world());
        let some: Names = some.iter().map(|name| read_operation(name)).collect();
        let more: Names = more.iter().map(|name| read_operation(name)).chain(some.clone()).collect();
        let closed = catalog.closure(&names(&some));
        prop_assert_eq!(texts(&closed), world.closure(&some));
        prop_assert_eq!(&catalog.closure(&closed), &closed);
        prop_assert!(texts(&closed).is_superset(&some));
        prop_assert!(texts(&closed).is_subset(&texts(&catalog.closure(&names(&more)))));
    }

    #[test]
    fn least_operations_suffice_and_none_can_be_spared(
        spec in catalog(),
        wanted in vec(endpoint_name(), 0..6),
    ) {
        let scenario = Scenario { spec, key: Grant::default(), invite: None };
        let (catalog, world) = (scenario.catalog(), scenario.world());
        let wanted: Names = wanted.into_iter().collect();
        let least = catalog.least_operations(&names(&wanted));
        prop_assert_eq!(texts(&least.operations), world.least(&wanted));

        let out: Names = texts(least.out_of_reach.iter().map(|(name, _)| name));
        for (name, record) in &least.out_of_reach {
            prop_assert!(record.outcome != Outcome::Allowed);
            prop_assert!(world.at_best(name).is(record));
        }
        let access = |operations: scope_rules::Names| {
            let grant = Grant { operations: Operations::Only(operations), endpoints: Endpoints::Any };
            Access::new(&catalog, &grant, None)
        };
        let reached: Vec<_> = wanted.difference(&out).collect();
        let all_allowed = |access: &Access| {
            reached.iter().all(|name| access.decide_name(name).outcome() == Outcome::Allowed)
        };
        prop_assert!(all_allowed(&access(least.operations.clone())));
        for spared in &least.operations {
            let mut fewer = least.operations.clone();
            fewer.remove(spared);
            let closed = catalog.closure(&fewer) == fewer;
            prop_assert!(!closed || !all_allowed(&access(fewer)), "{spared} can be spared");
        }
        // With the conditional ones nothing within reach works in part only, as far as the plan goes.
        let mut complete = least.operations.clone();
        complete.extend(least.conditional.iter().cloned());
        prop_assert!(least.conditional.iter().all(|name| !least.operations.contains(name)));
        let complete = access(complete);
        for name in reached {
            let caveats = complete.decide_name(name).to_record().caveats;
            prop_assert_eq!(texts(&caveats), world.at_best(name).caveats.into_iter().collect());
        }
    }

    #[test]
    fn each_fix_removes_its_finding(scenario in scenario()) {
        for finding in scenario.access().findings() {
            let Some(fix) = &finding.fix else { continue };
            let mut key = canonical(&scenario.key);
            key.apply(fix);
            prop_assert!(key != canonical(&scenario.key), "{finding:?} changes nothing");
            prop_assert!(keeps_its_list(&scenario.key, &key));
            let after = with_grant(&scenario.access(), &key, scenario.invite.as_ref()).findings();
            let same = |other: &Finding| (other.code, &other.about) == (finding.code, &finding.about)
                && other.lacks.iter().any(|name| finding.lacks.contains(name) || other.lacks.is_empty());
            prop_assert!(!after.iter().any(same), "{finding:?} stays");
        }
    }

    #[test]
    fn fixes_end_in_any_order(scenario in scenario(), picks in vec(any::<Index>(), STEPS)) {
        let start = canonical(&scenario.key);
        let mut key = start.clone();
        let mut picks = picks.iter();
        loop {
            let findings = with_grant(&scenario.access(), &key, scenario.invite.as_ref()).findings();
            let fixes: Vec<_> = findings.iter().filter_map(|finding| finding.fix.clone()).collect();
            if fixes.is_empty() {
                break;
            }
            let Some(pick) = picks.next() else { panic!("no end in sight: {findings:#?}") };
            key.apply(pick.get(&fixes));
            prop_assert!(keeps_its_list(&start, &key));
        }
    }

    #[test]
    fn fixes_end_all_at_once(scenario in scenario()) {
        let start = canonical(&scenario.key);
        let mut key = start.clone();
        for step in 0.. {
            let findings = with_grant(&scenario.access(), &key, scenario.invite.as_ref()).findings();
            let before = key.clone();
            for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
                key.apply(fix);
            }
            if key == before {
                prop_assert!(findings.iter().all(|finding| finding.fix.is_none()));
                break;
            }
            prop_assert!(keeps_its_list(&start, &key));
            prop_assert!(step < STEPS, "no end in sight: {:#?}", findings);
        }
    }

    #[test]
    fn fix_all_leaves_no_fault_that_can_be_fixed(scenario in scenario()) {
        let access = scenario.access();
        let fixed = access.fix_all();
        prop_assert_eq!(fixed.is_some(), access.findings().iter().any(is_fixable_fault));
        let Some(fixed) = fixed else { return Ok(()) };
        prop_assert!(keeps_its_list(&scenario.key, &fixed));
        let after = with_grant(&access, &fixed, scenario.invite.as_ref());
        prop_assert_eq!(after.fix_all(), None);
        prop_assert_eq!(after.grant(), fixed);
    }

    #[test]
    fn consequences_are_the_difference_of_two_previews(
        scenario in scenario(),
        other in grant(),
        without_invite in any::<bool>(),
    ) {
        let before = scenario.access();
        let invite = scenario.invite.as_ref().filter(|_| !without_invite);
        let after = with_grant(&before, &other, invite);
        let mut differing = Vec::new();
        for endpoint in before.catalog().endpoints() {
            let id = endpoint.id();
            let same = before.decide(id).to_record() == after.decide(id).to_record();
            prop_assert_eq!(same, before.same_decision(&after, id), "{}", endpoint.name());
            if !same {
                differing.push(id);
            }
        }
        prop_assert_eq!(consequences(&before, &after), differing);
        prop_assert_eq!(consequences(&before, &before), vec![]);
    }

    #[test]
    fn drift_is_the_difference_of_two_catalogs(scenario in scenario(), later in catalog()) {
        let after = Scenario { spec: later, ..scenario.clone() };
        let (key, invite) = scenario.held();
        let (old, new) = (scenario.world(), after.world());
        let changes = drift(&scenario.catalog(), &after.catalog(), &scenario.key, scenario.invite.as_ref());
        let known: Names = old.endpoint_names().chain(new.endpoint_names()).cloned().collect();
        let expected: Vec<_> = known
            .iter()
            .map(|name| (name, old.decide(&key, &invite, name), new.decide(&key, &invite, name)))
            .filter(|(_, before, after)| !before.says_the_same(after))
            .collect();
        prop_assert_eq!(changes.len(), expected.len());
        for (change, (name, before, after)) in changes.iter().zip(expected) {
            prop_assert_eq!(&*change.endpoint, name);
            prop_assert!(before.is(&change.before) && after.is(&change.after));
        }
    }

    #[test]
    fn grants_round_trip(scopes in vec(".{0,12}", 0..6), paths in vec(".{0,12}", 0..4)) {
        let grant = Grant::parse(&scopes, &paths).unwrap();
        let wire = grant.to_wire().unwrap();
        prop_assert_eq!(&Grant::parse(&wire.scopes, &wire.endpoints).unwrap(), &grant);
        prop_assert_eq!(held(&grant), Held::from_wire(&scopes, &paths));
    }

    #[test]
    fn operations_are_read_as_the_rules_say(name in "[A-Za-z_:. ]{0,8}") {
        let read = Name::operation(&name).unwrap();
        prop_assert_eq!(&*read, read_operation(&name));
        prop_assert_eq!(Name::operation(&read).unwrap(), read);
    }

    #[test]
    fn a_grant_comes_back_as_it_was_given(scenario in scenario(), list in endpoints()) {
        let key = Grant { endpoints: list, ..canonical(&scenario.key) };
        prop_assert_eq!(Access::new(&scenario.catalog(), &key, None).grant(), key);
    }

    #[test]
    fn core_requirements_follow_from_the_names(
        rpc in "([A-Z][a-z]{1,2}(s|ies|ss)?|[A-Z]{1,3}|[0-9]){1,5}",
        resources in vec("([A-C][a-b]{0,2}(s|ies|ss)?|[A-C]{1,3}|[0-9]){1,2}", 0..4),
        apps in any::<bool>(),
    ) {
        let mut requirements: Names = resources.iter().map(|name| format!("{name}:Get")).collect();
        if apps {
            requirements.insert("Apps:Get".into());
        }
        // What the rpc itself names is a likely subject.
        for start in 1..rpc.len() {
            let tail: String = rpc.chars().skip(start).collect();
            requirements.insert(format!("{tail}s:Get"));
        }
        let name = format!("/random.V1/{rpc}");
        let catalog = Catalog::new(CatalogSpec {
            name: "random".into(),
            key_type: KeyType::AppSpecificKey,
            enforcement: Enforcement::Graded,
            operations: vec![],
            endpoints: vec![EndpointSpec {
                name: name.clone(),
                requirements: requirements.iter().cloned().collect(),
                ..Default::default()
            }],
        }).unwrap();
        let endpoint = catalog.endpoints().next().unwrap();
        let part = |ids: &mut dyn Iterator<Item = scope_rules::OperationId>| -> Names {
            ids.map(|id| catalog.operation(id).unwrap().name().to_string()).collect()
        };
        let parts = (part(&mut endpoint.core()), part(&mut endpoint.auxiliary()));
        prop_assert_eq!(parts, core_and_auxiliary(&name, &requirements));
    }
}
