//! The conformance corpus, asked over HTTP: what the backend decides about real keys is what each case says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use portal_backend::seed::{SeedApp, SeedInvite, SeedKey, SeedUser};
use portal_backend::{PlanName, Seed};
use scope_rules::corpus::{Case, Expected};
use scope_rules::{DecisionRecord, Endpoints, Enforcement, Grant, KeyType, Plan, Severity};
use serde_json::{Value, json};

use crate::portal::{Portal, USER};

const OWNER: &str = "lindqvist-labs";
const MY_SCOPES: &str = "/clarifai.api.V2/MyScopes";

/// The plans in `catalogs`.
pub(crate) fn plans() -> Vec<Plan> {
    let read = |file: PathBuf| serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    files("catalogs", "json").into_iter().map(read).collect()
}

/// The cases in `corpus`, each with where it stands.
pub(crate) fn cases() -> Vec<(String, Case)> {
    let mut cases = Vec::new();
    for file in files("corpus", "jsonl") {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for (at, line) in std::fs::read_to_string(file).unwrap().lines().enumerate() {
            if !line.is_empty() {
                cases.push((format!("{name}:{}", at + 1), serde_json::from_str(line).unwrap()));
            }
        }
    }
    assert!(!cases.is_empty(), "there is no corpus");
    cases
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|each| each == extension));
    files.sort();
    files
}

/// What the backend of a case is to be like.
pub(crate) type Setting = (PlanName, Enforcement);

/// The cases by the backend that they need.
pub(crate) fn by_setting(
    cases: Vec<(String, Case)>,
    plans: &[Plan],
) -> Vec<(Setting, Vec<(String, Case)>)> {
    let mut settings: Vec<(Setting, Vec<(String, Case)>)> = Vec::new();
    for (place, case) in cases {
        let plan =
            plans.iter().find(|plan| [&plan.catalog, &plan.plan].contains(&&case.catalog)).unwrap();
        let name = match plan.plan.as_str() {
            "enterprise" => PlanName::Enterprise,
            "essential" => PlanName::Essential,
            other => panic!("the backend has no plan `{other}`"),
        };
        let wanted = (name, case.enforcement);
        match settings.iter_mut().find(|(setting, _)| *setting == wanted) {
            Some((_, cases)) => cases.push((place, case)),
            None => settings.push((wanted, vec![(place, case)])),
        }
    }
    settings
}

/// The finding for which the backend refuses to make the key of a case.
pub(crate) fn error(case: &Case, plans: &[Plan]) -> Option<String> {
    let findings = case.access(plans).unwrap().findings();
    let error = findings.iter().find(|finding| finding.severity() == Severity::Error)?;
    Some(error.code.as_str().to_owned())
}

/// A backend on which every case has an app of its own, shared with the user where the case has an invite.
///
/// A key that the backend refuses to make, because it would be of no use, comes into the database as demo data does.
pub(crate) struct Stage {
    pub(crate) portal: Portal,
    owner: String,
}

impl Stage {
    pub(crate) fn set(
        (plan, enforcement): Setting,
        cases: &[(String, Case)],
        refused: &[bool],
    ) -> Self {
        let user = |id: &str| SeedUser { id: id.to_owned(), name: id.to_owned() };
        let mut seed = Seed { users: vec![user(USER), user(OWNER)], ..Seed::default() };
        for (at, ((_, case), refused)) in cases.iter().zip(refused).enumerate() {
            let owner = if case.invite.is_some() { OWNER } else { USER };
            let app = format!("case-{at}");
            seed.apps.push(SeedApp {
                id: app.clone(),
                owner: owner.to_owned(),
                name: app.clone(),
                ..SeedApp::default()
            });
            if *refused {
                if let Some(invite) = &case.invite {
                    let (scopes, endpoints) = (invite.scopes.clone(), invite.endpoints.clone());
                    let (owner, user) = (OWNER.to_owned(), USER.to_owned());
                    seed.invites.push(SeedInvite {
                        owner,
                        app: app.clone(),
                        user,
                        scopes,
                        endpoints,
                    });
                }
                let tied = case.key_type == KeyType::AppSpecificKey;
                seed.keys.push(SeedKey {
                    user: USER.to_owned(),
                    owner: owner.to_owned(),
                    app: if tied { app.clone() } else { String::new() },
                    description: app,
                    scopes: case.key.scopes.clone(),
                    endpoints: case.key.endpoints.clone(),
                    ..SeedKey::default()
                });
            }
        }
        let portal = Portal::with(|config| {
            config.plan = plan;
            config.enforcement = Some(enforcement);
            config.demo = Some(seed);
        });
        let owner = portal.sign_in(OWNER);
        Self { portal, owner }
    }

    /// Shares the case's app as the case says, and answers whose the app is.
    pub(crate) fn share(&self, app: &str, case: &Case) -> &'static str {
        let Some(invite) = &case.invite else { return USER };
        let (scopes, endpoints) = (&invite.scopes, &invite.endpoints);
        let invite = json!({"collaborators": [{"user": {"id": USER}, "scopes": scopes, "endpoints": endpoints}]});
        let headers = [("cookie", self.owner.as_str()), ("origin", self.portal.url.as_str())];
        let path = format!("/v2/users/me/apps/{app}/collaborators");
        let (status, answer) = self.portal.call_as(&headers, "POST", &path, Some(&invite));
        assert_eq!(status, 200, "{app}: the invite is refused: {answer}");
        OWNER
    }

    /// The handle of the key that demo data brought.
    fn seeded(&self, app: &str) -> String {
        let (_, answer) = self.portal.call("GET", "/v2/users/me/keys?per_page=1000", None);
        let key = answer["keys"].as_array().unwrap().iter().find(|key| key["description"] == app);
        key.unwrap_or_else(|| panic!("{app} has no key"))["handle"].as_str().unwrap().to_owned()
    }

    /// What the decision service says of a key on an app.
    pub(crate) fn evaluate(
        &self,
        handle: &str,
        app: &str,
        owner: &str,
        endpoints: &BTreeMap<String, Expected>,
    ) -> Vec<Expected> {
        let questions: Vec<Value> =
            endpoints.keys().map(|endpoint| json!({"action": {"name": endpoint}})).collect();
        let asked = json!({
            "subject": {"type": "key", "id": handle},
            "resource": {"type": "app", "id": app, "properties": {"user_id": owner}},
            "evaluations": questions,
        });
        let (status, mut answer) = self.portal.call("POST", "/access/v1/evaluations", Some(&asked));
        assert_eq!(status, 200, "{answer}");
        let answers = answer["evaluations"].as_array_mut().unwrap();
        assert_eq!(answers.len(), endpoints.len());
        answers
            .iter_mut()
            .map(|answer| {
                let record: DecisionRecord =
                    serde_json::from_value(answer["context"].take()).unwrap();
                assert_eq!(answer["decision"], record.outcome != scope_rules::Outcome::Rejected);
                record.into()
            })
            .collect()
    }
}

/// Every case of the corpus, decided by the backend about a key that it holds.
#[test]
fn the_backend_decides_as_the_corpus_says() {
    let plans = plans();
    let (mut made, mut unmade, mut decisions) = (0, BTreeMap::<String, usize>::new(), 0);
    for (setting, cases) in by_setting(cases(), &plans) {
        let errors: Vec<Option<String>> =
            cases.iter().map(|(_, case)| error(case, &plans)).collect();
        let refused: Vec<bool> = errors.iter().map(Option::is_some).collect();
        let stage = Stage::set(setting, &cases, &refused);
        for (at, ((place, case), error)) in cases.iter().zip(&errors).enumerate() {
            let place = format!("{place} ({})", case.shows.as_deref().unwrap_or_default());
            let app = format!("case-{at}");
            let owner = match error {
                None => stage.share(&app, case),
                // Shared by demo data, as the key is made by it.
                Some(_) if case.invite.is_some() => OWNER,
                Some(_) => USER,
            };
            let mut key = json!({
                "description": app, "type": case.key_type.as_str(), "scopes": case.key.scopes, "endpoints": case.key.endpoints,
            });
            if case.key_type == KeyType::AppSpecificKey {
                key["apps"] = json!([{"id": app, "user_id": owner}]);
            }
            let handle = match (stage.portal.create(&key), error) {
                (Ok(created), None) => {
                    made += 1;
                    check_my_scopes(&stage.portal, &place, case, &created, (owner, &app));
                    created["handle"].as_str().unwrap().to_owned()
                }
                (Err(refusal), Some(code)) => {
                    let details = refusal["status"]["details"].as_str().unwrap_or_default();
                    assert!(
                        details.contains(code.as_str()),
                        "{place}: {refusal} does not name `{code}`"
                    );
                    *unmade.entry(code.clone()).or_default() += 1;
                    stage.seeded(&app)
                }
                (Ok(_), Some(code)) => panic!("{place}: a key with the finding `{code}` was made"),
                (Err(refusal), None) => panic!("{place}: {refusal}"),
            };
            let found = stage.evaluate(&handle, &app, owner, &case.decisions);
            for ((endpoint, expected), found) in case.decisions.iter().zip(&found) {
                assert!(
                    expected.is_met_by(found),
                    "{place}: `{endpoint}` is {found:?}, expected {expected:?}"
                );
                decisions += 1;
            }
        }
    }
    println!(
        "{decisions} decisions; {made} keys made; refused, and put into the database by other means: {unmade:?}"
    );
}

/// `MyScopes`, called with the key itself, tells what key and invite leave.
fn check_my_scopes(
    portal: &Portal,
    place: &str,
    case: &Case,
    created: &Value,
    (owner, app): (&str, &str),
) {
    let read = |scopes: &[String], endpoints: &[String]| Grant::parse(scopes, endpoints).unwrap();
    let own = read(&case.key.scopes, &case.key.endpoints);
    let effective = match &case.invite {
        Some(invite) => own.meet(&read(&invite.scopes, &invite.endpoints)),
        None => own,
    };
    let key = format!("Key {}", created["id"].as_str().unwrap());
    let path = format!("/v2/users/{owner}/apps/{app}/myscopes");
    let (status, answer) = portal.call_as(&[("authorization", &key)], "GET", &path, None);
    let callable = match &effective.endpoints {
        Endpoints::Any => true,
        Endpoints::Only(names) => names.iter().any(|name| &**name == MY_SCOPES),
    };
    if callable {
        assert_eq!(status, 200, "{place}: {answer}");
        let list = |member: &str| -> Vec<String> {
            serde_json::from_value(answer[member].clone()).unwrap()
        };
        assert_eq!(read(&list("scopes"), &list("endpoints")), effective, "{place}");
    } else {
        assert_eq!((status, &answer["status"]["code"]), (403, &json!(11007)), "{place}: {answer}");
    }
}
