//! What the fuzz targets do with their bytes, as plain functions.
//!
//! The fuzzer calls them with what it makes up, and `cargo test` with the inputs kept in
//! `corpus/`, so that nothing once found comes back unnoticed on any compiler.
//!
//! The bytes are read as text, a scope a line, so that a kept input can be read and written by
//! hand; nothing that is a text is refused.

use scope_rules::corpus::Case;
use scope_rules::{
    Access, AuthType, Catalog, CatalogSpec, DecisionRecord, EndpointSpec, Endpoints, Enforcement,
    Grant, KeyType, Name, OperationSpec, Outcome, Plan, PlanEndpoint, PlanOperation, ReasonCode,
    consequences,
};

use crate::model::{Diagnostic, Held, World};

/// Larger inputs find nothing that smaller ones do not, and the naive model is slow.
const MOST_BYTES: usize = 4096;

/// A catalog, a key, and the invite that bounds it.
#[derive(Debug)]
struct Scene {
    spec: CatalogSpec,
    key: (Vec<String>, Vec<String>),
    invite: Option<(Vec<String>, Vec<String>)>,
}

/// Reads a scene. A line is `token`, `strict`, `key SCOPES…`, `invite SCOPES…`, or
/// `MARKS… NAME NEEDS…`; what begins with a slash is an endpoint.
fn scene(text: &str) -> Scene {
    let mut scene = Scene {
        spec: CatalogSpec {
            name: "fuzzed".into(),
            key_type: KeyType::AppSpecificKey,
            enforcement: Enforcement::Graded,
            operations: vec![],
            endpoints: vec![],
        },
        key: (vec![], vec![]),
        invite: None,
    };
    for line in text.lines() {
        let mut words = line.split(' ').map(str::to_owned);
        let (mut offered, mut deprecated, mut auth) = (true, false, AuthType::Key);
        let name = loop {
            let Some(word) = words.next() else { break None };
            match &*word {
                "token" => scene.spec.key_type = KeyType::PersonalAccessToken,
                "strict" => scene.spec.enforcement = Enforcement::Strict,
                "withheld" => offered = false,
                "deprecated" => deprecated = true,
                "pat" => auth = AuthType::PersonalAccessToken,
                "session" => auth = AuthType::Session,
                "noauth" => auth = AuthType::NoAuth,
                "other" => auth = AuthType::Other,
                _ => break Some(word),
            }
        };
        let Some(name) = name else { continue };
        let rest = words.collect();
        match &*name {
            "key" => scene.key = parts(rest),
            "invite" => scene.invite = Some(parts(rest)),
            _ if name.starts_with('/') => scene.spec.endpoints.push(EndpointSpec {
                name,
                requirements: rest,
                offered,
                deprecated,
                auth,
                ..Default::default()
            }),
            _ => scene.spec.operations.push(OperationSpec {
                name,
                prerequisites: rest,
                offered,
                deprecated,
                ..Default::default()
            }),
        }
    }
    scene
}

/// The operations and the endpoints.
fn parts(names: Vec<String>) -> (Vec<String>, Vec<String>) {
    names.into_iter().partition(|name| !name.starts_with('/'))
}

fn is_coherent(record: &DecisionRecord) -> bool {
    let DecisionRecord { outcome, reason, side, missing, sides, caveats } = record;
    let lacks = *reason == Some(ReasonCode::MissingOperations);
    (*outcome == Outcome::Allowed) == reason.is_none()
        && missing.is_empty() != lacks
        && missing.len() == sides.len()
        && side.is_some() == (*reason == Some(ReasonCode::EndpointNotGranted))
        && (*outcome != Outcome::Redacted || lacks)
        && (*outcome != Outcome::Rejected || caveats.is_empty())
}

/// Any catalog either builds or is refused; if it builds, every answer is coherent, and what the
/// naive model says too.
pub(crate) fn catalog(data: &[u8]) {
    if data.len() > MOST_BYTES {
        return;
    }
    let Scene { spec, key, invite } = scene(&String::from_utf8_lossy(data));
    let world = World::new(&spec);
    let Ok(catalog) = Catalog::new(spec) else { return };
    let read = |(scopes, endpoints): &(Vec<String>, Vec<String>)| Grant::parse(scopes, endpoints);
    let Ok(grant) = read(&key) else { return };
    let Ok(bound) = invite.as_ref().map(read).transpose() else { return };
    let held = Held::from_wire(&key.0, &key.1);
    let bound_held = invite.map(|(scopes, endpoints)| Held::from_wire(&scopes, &endpoints));
    let bounded = bound_held.clone().unwrap_or_else(Held::everything);

    let access = Access::new(&catalog, &grant, bound.as_ref());
    let everything = Access::new(&catalog, &Grant::everything(), None);
    let mut changed = vec![];
    for endpoint in catalog.endpoints() {
        let decision = access.decide(endpoint.id());
        let record = decision.to_record();
        assert!(is_coherent(&record), "{record:?}");
        assert!(!decision.to_string().is_empty());
        let verdict = world.decide(&held, &bounded, endpoint.name());
        assert!(verdict.is(&record), "{}: {verdict:?} {record:?}", endpoint.name());
        if record != everything.decide(endpoint.id()).to_record() {
            changed.push(endpoint.id());
        }
    }
    assert_eq!(consequences(&access, &everything), changed);

    let findings = access.findings();
    let found: Vec<_> = findings.iter().map(Diagnostic::from).collect();
    assert_eq!(found, world.findings(&held, bound_held.as_ref()));
    assert_eq!(access.risk(), world.risk(&held, &bounded));
    assert!(findings.iter().all(|finding| !finding.to_string().is_empty()));
    if let Some(fixed) = access.fix_all() {
        assert_eq!(Access::new(&catalog, &fixed, bound.as_ref()).fix_all(), None);
        assert_eq!(fixed.to_wire().is_ok(), grant.to_wire().is_ok());
        assert_eq!(fixed.endpoints == Endpoints::Any, grant.endpoints == Endpoints::Any);
    }
    let names: Vec<Name> = catalog.endpoints().map(|endpoint| endpoint.name().clone()).collect();
    let least = catalog.least_operations(&names).operations;
    assert_eq!(catalog.closure(&least), least);
}

/// Any two lists of names are read or refused, and come back as they are; so is any JSON.
pub(crate) fn grant(data: &[u8]) {
    if data.len() > MOST_BYTES {
        return;
    }
    let text = String::from_utf8_lossy(data);
    let (scopes, endpoints) = parts(text.lines().map(str::to_owned).collect());
    if let Ok(grant) = Grant::parse(&scopes, &endpoints) {
        let wire = grant.to_wire();
        let again = wire.map(|wire| Grant::parse(&wire.scopes, &wire.endpoints));
        assert_eq!(again, Ok(Ok(grant.clone())));
        assert_eq!(grant.meet(&grant), grant);
        assert_eq!(grant.meet(&Grant::everything()), grant);
    }
    let plans = [plan()];
    if let Ok(case) = serde_json::from_slice::<Case>(data)
        && let Ok(decided) = case.decided(&plans)
    {
        assert_eq!(decided.check(&plans), Ok(()));
    }
}

/// A plan that cases may be about.
fn plan() -> Plan {
    let operation = |scope: &str| PlanOperation {
        scope: scope.into(),
        exposed: true,
        deprecated: false,
        group: None,
        label: None,
        prerequisites: vec![],
    };
    let endpoint = PlanEndpoint {
        endpoint: "/t/GetInput".into(),
        auth: None,
        deprecated: false,
        group: None,
        requirements: vec!["Inputs:Get".into(), "Concepts:Get".into()],
        http: vec![],
    };
    Plan {
        catalog: "small".into(),
        plan: "small".into(),
        version: "1".into(),
        source: "made up".into(),
        enforcement: Enforcement::Graded,
        operations: vec![operation("Inputs:Get"), operation("Concepts:Get")],
        endpoints: vec![endpoint],
    }
}
