//! The decision service: the OpenID AuthZEN Authorization API 1.0.
//!
//! The subject is a key, by its handle; the action an endpoint, by its fully qualified name; the resource an app. The
//! answer is what a call of that endpoint with that key on that app would get at present.
//!
//! Whoever asks must have access to the key: be signed in as its user or as the owner of its app, or hold a personal
//! access token of either that may call `GetKey`. Of other keys no more is said than of keys that do not exist.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use portal_api::AppRef;
use scope_rules::{Access, DecisionRecord, Outcome};
use serde::{Deserialize, Serialize};

use super::Portal;
use super::error::Problem;
use super::extract::Body;
use crate::authority::{Caller, rpc};
use crate::draft::Flaw;

/// How many questions one call may ask.
const MAX_EVALUATIONS: usize = 1_000;

/// Something that is asked about: its type and id.
#[derive(Debug, Clone, Deserialize)]
struct Entity {
    #[serde(rename = "type")]
    kind: String,
    id: String,
    #[serde(default)]
    properties: Properties,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Properties {
    /// Of an app: whose it is.
    user_id: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Action {
    name: String,
}

/// A question; in a list of questions, what is absent is as asked for all of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    subject: Option<Entity>,
    action: Option<Action>,
    resource: Option<Entity>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Questions {
    subject: Option<Entity>,
    action: Option<Action>,
    resource: Option<Entity>,
    evaluations: Vec<Question>,
    options: Options,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Options {
    evaluations_semantic: Semantic,
}

/// When to stop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Semantic {
    #[default]
    ExecuteAll,
    DenyOnFirstDeny,
    PermitOnFirstPermit,
}

#[derive(Debug, Serialize)]
pub(super) struct Answer {
    decision: bool,
    context: Context,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Context {
    Decided(DecisionRecord),
    Denied { outcome: Outcome, reason: &'static str },
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Answers {
    One(Answer),
    Many { evaluations: Vec<Answer> },
}

#[derive(Debug, Serialize)]
pub(super) struct Configuration {
    policy_decision_point: String,
    access_evaluation_endpoint: String,
    access_evaluations_endpoint: String,
}

/// What has been looked up for this call: most lists of questions are about one key and one app.
type Known = HashMap<(String, String, Option<String>), Result<Access, &'static str>>;

pub(super) async fn evaluation(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    body: Body<Question>,
) -> Result<Json<Answer>, Problem> {
    portal.authorise(&caller, rpc::GET_KEY)?;
    answer(&portal, &caller, body.content, "", &mut Known::new()).await.map(Json)
}

pub(super) async fn evaluations(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    body: Body<Questions>,
) -> Result<Json<Answers>, Problem> {
    portal.authorise(&caller, rpc::GET_KEY)?;
    let Questions { subject, action, resource, evaluations, options } = body.content;
    let mut known = Known::new();
    if evaluations.is_empty() {
        let question = Question { subject, action, resource };
        return answer(&portal, &caller, question, "", &mut known)
            .await
            .map(Answers::One)
            .map(Json);
    }
    if evaluations.len() > MAX_EVALUATIONS {
        return Err(Problem::invalid(
            "evaluations",
            format!("there are more than {MAX_EVALUATIONS} evaluations; make several calls"),
        ));
    }
    let mut answers = Vec::with_capacity(evaluations.len());
    for (place, each) in evaluations.into_iter().enumerate() {
        let question = Question {
            subject: each.subject.or_else(|| subject.clone()),
            action: each.action.or_else(|| action.clone()),
            resource: each.resource.or_else(|| resource.clone()),
        };
        let at = format!("evaluations[{place}].");
        let answer = answer(&portal, &caller, question, &at, &mut known).await?;
        let last = match options.evaluations_semantic {
            Semantic::ExecuteAll => false,
            Semantic::DenyOnFirstDeny => !answer.decision,
            Semantic::PermitOnFirstPermit => answer.decision,
        };
        answers.push(answer);
        if last {
            break;
        }
    }
    Ok(Json(Answers::Many { evaluations: answers }))
}

/// Answers one question. A question that lacks a member is no question: the whole call is refused, and `at` tells where
/// it stands.
async fn answer(
    portal: &Portal,
    caller: &Caller,
    question: Question,
    at: &str,
    known: &mut Known,
) -> Result<Answer, Problem> {
    let lacks = |member: &str| {
        let field = format!("{at}{member}");
        Problem::Format(Flaw::new(field.clone(), format!("`{field}` is absent")))
    };
    let subject = question.subject.ok_or_else(|| lacks("subject"))?;
    let action = question.action.ok_or_else(|| lacks("action"))?;
    let resource = question.resource.ok_or_else(|| lacks("resource"))?;
    if subject.kind != "key" {
        return Ok(deny("unknown-subject"));
    }
    if resource.kind != "app" {
        return Ok(deny("unknown-resource"));
    }
    let about = (subject.id, resource.id, resource.properties.user_id);
    let access = match known.get(&about) {
        Some(access) => access,
        None => {
            let access = look_up(portal, caller, &about.0, &about.1, about.2.as_deref()).await?;
            known.entry(about).or_insert(access)
        }
    };
    Ok(match access {
        Err(reason) => deny(reason),
        Ok(access) => {
            let record = access.decide_name(&action.name).to_record();
            Answer {
                decision: record.outcome != Outcome::Rejected,
                context: Context::Decided(record),
            }
        }
    })
}

fn deny(reason: &'static str) -> Answer {
    Answer { decision: false, context: Context::Denied { outcome: Outcome::Rejected, reason } }
}

/// What the key holds on the app at present, or why it opens nothing there.
async fn look_up(
    portal: &Portal,
    caller: &Caller,
    handle: &str,
    app_id: &str,
    owner_id: Option<&str>,
) -> Result<Result<Access, &'static str>, Problem> {
    let key = portal.store.key(handle).await?.filter(|key| {
        let owner_id = key.app.as_ref().map_or(key.user_id.as_str(), |app| app.user_id.as_str());
        [key.user_id.as_str(), owner_id].contains(&caller.user_id())
    });
    let Some(key) = key else { return Ok(Err("unknown-key")) };
    if key.has_expired(portal.clock.now_ms()) {
        return Ok(Err("expired-key"));
    }
    let own = key.app.as_ref().map(|app| app.user_id.as_str());
    let owner_id = owner_id.or(own).unwrap_or(&key.user_id);
    let app = AppRef { id: app_id.to_owned(), user_id: owner_id.to_owned() };
    if key.app.as_ref().is_some_and(|own| *own != app) {
        return Ok(Err("other-app"));
    }
    let Some(standing) = portal.store.standing(&app, &key.user_id).await? else {
        return Ok(Err("unknown-app"));
    };
    Ok(Ok(Access::new(portal.offers.catalog(key.key_type), &key.grant, standing.invite())))
}

/// Where the service is, as seen by whoever asks.
pub(super) async fn configuration(headers: HeaderMap) -> Json<Configuration> {
    let header = |name: HeaderName| headers.get(name)?.to_str().ok();
    let host = header(HeaderName::from_static("x-forwarded-host"))
        .or(header(header::HOST))
        .unwrap_or("localhost");
    let scheme = match header(HeaderName::from_static("x-forwarded-proto")) {
        Some("https") => "https",
        _ => "http",
    };
    let base = format!("{scheme}://{host}");
    Json(Configuration {
        access_evaluation_endpoint: format!("{base}/access/v1/evaluation"),
        access_evaluations_endpoint: format!("{base}/access/v1/evaluations"),
        policy_decision_point: base,
    })
}
