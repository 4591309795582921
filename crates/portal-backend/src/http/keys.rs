//! The key calls: `PostKeys`, `ListKeys`, `ListAppKeys`, `GetKey`, `PatchKeys`, `DeleteKey`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use portal_api::{
    AppRef, Key, KeyPatch, KeyResponse, KeysResponse, NewKey, PatchKeysRequest, PostKeysRequest,
    Secret, Status, StatusResponse,
};
use scope_rules::{Grant, KeyType};
use serde::Serialize;

use super::error::Problem;
use super::extract::{Body, Params, Segments, count_is_fair, idempotency_key, overwrites};
use super::{Portal, answered, own_user};
use crate::authority::{Caller, Permit, excess, is_within, rpc};
use crate::clock::rfc3339;
use crate::draft::{Flaw, check, description, expiry, grant, lasts_longer};
use crate::store::{
    Created, Creation, KeyFilter, KeyRecord, MAX_KEYS, NewKeyRecord, Standing, Update,
};

/// A key as `PostKeys` shows it: this once, with its secret. It is written out and dropped at once.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    description: &'a str,
    #[serde(rename = "type")]
    key_type: &'a str,
    scopes: &'a [String],
    endpoints: &'a [String],
    apps: &'a [AppRef],
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<&'a str>,
    handle: &'a str,
    last_four: &'a str,
}

#[derive(Serialize)]
struct ShownKeys<'a> {
    status: Status,
    keys: Vec<Shown<'a>>,
}

pub(super) async fn post_keys(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments(user_id): Segments<String>,
    headers: HeaderMap,
    body: Body<PostKeysRequest>,
) -> Result<Response, Problem> {
    let permit = portal.authorise(&caller, rpc::POST_KEYS)?;
    own_user(&caller, &user_id)?;
    let once = idempotency_key(&headers)?.map(|key| (key, body.digest));
    let now = portal.clock.now_ms();
    // First of all: what was good when it was carried out may not be good any more.
    if let Some(once) = once
        && let Some(before) = portal.store.created_before(caller.user_id(), once, now).await?
    {
        return respond(&permit, before);
    }
    let drafts = body.content.keys;
    count_is_fair("keys", drafts.len())?;
    let keys = drafts
        .into_iter()
        .enumerate()
        .map(|(place, draft)| new_key(&caller, draft, &format!("keys[{place}]"), now))
        .collect::<Result<Vec<_>, _>>()?;
    let creation = Creation { user_id: caller.user_id(), keys: &keys, once, now };
    // An invite may change at any moment, so it is the one at the time of writing that counts.
    let useful = |place: usize, key: &NewKeyRecord, standing: Option<&Standing>| {
        let invite = standing.and_then(Standing::invite);
        check(portal.offers.catalog(key.key_type), &key.grant, invite)
            .map_err(|flaw| Problem::Invalid(flaw.under(&format!("keys[{place}]"))))
    };
    respond(&permit, portal.store.create_keys(&creation, useful).await?)
}

fn respond(permit: &Permit, created: Created) -> Result<Response, Problem> {
    match created {
        Created::Made(made) => {
            for (key, _) in &made {
                tracing::info!(key = key.handle, user = key.user_id, "a key was created");
            }
            show(permit, made)
        }
        Created::Before(keys) => {
            let before = "this request was carried out before; the secret was shown then, and is not shown again";
            let status = answered(permit);
            let details = match &status.details {
                None => before.to_owned(),
                Some(redacted) => format!("{before}; {redacted}"),
            };
            let status = Status { details: Some(details), ..status };
            Ok(Json(KeysResponse { status, keys: listed(permit, keys)? }).into_response())
        }
        Created::Gone => Err(Problem::Conflict(
            "this request was carried out before, and a key that it made has been deleted since; use a new idempotency key",
        )),
        Created::OtherRequest => Err(Problem::Conflict(
            "another request was made with this idempotency key; use a new one for a new request",
        )),
        Created::Full(place) => Err(Problem::invalid(
            format!("keys[{place}].apps"),
            format!("there are {MAX_KEYS} keys already; delete those that are not used any more"),
        )),
        Created::NoApp(place) => Err(no_app(&format!("keys[{place}]"))),
    }
}

fn show(permit: &Permit, made: Vec<(KeyRecord, Secret)>) -> Result<Response, Problem> {
    let made: Vec<(Key, Secret)> = made
        .into_iter()
        .map(|(record, secret)| Ok((listed_one(permit, record)?, secret)))
        .collect::<Result<_, Problem>>()?;
    let keys = made.iter().map(|(key, secret)| Shown {
        id: secret.expose(),
        description: &key.description,
        key_type: &key.key_type,
        scopes: &key.scopes,
        endpoints: &key.endpoints,
        apps: &key.apps,
        created_at: key.created_at.as_deref(),
        expires_at: key.expires_at.as_deref(),
        handle: &key.handle,
        last_four: &key.last_four,
    });
    Ok(Json(ShownKeys { status: answered(permit), keys: keys.collect() }).into_response())
}

/// Checks a key to be made, as far as that does not depend on its app.
fn new_key(caller: &Caller, draft: NewKey, at: &str, now: i64) -> Result<NewKeyRecord, Problem> {
    let flaw = |member: &str, details: String| Problem::invalid(format!("{at}.{member}"), details);
    let key_type = match draft.key_type.as_deref() {
        None | Some("") => KeyType::AppSpecificKey,
        Some(word) => word.parse().map_err(|error| flaw("type", format!("`type`: {error}")))?,
    };
    let description =
        description(&draft.description).map_err(|details| flaw("description", details))?;
    let mut apps = draft.apps.into_iter();
    let app = match (key_type, apps.next(), apps.next()) {
        (KeyType::AppSpecificKey, Some(app), None) => Some(app),
        (KeyType::AppSpecificKey, ..) => {
            return Err(flaw(
                "apps",
                "an app-specific key opens one app; name exactly one".to_owned(),
            ));
        }
        (KeyType::PersonalAccessToken, None, None) => None,
        (KeyType::PersonalAccessToken, ..) => {
            return Err(flaw(
                "apps",
                "a personal access token is tied to no app; name none".to_owned(),
            ));
        }
    };
    let app = app.map(|AppRef { id, user_id }| match user_id.as_str() {
        "" | "me" => AppRef { id, user_id: caller.user_id().to_owned() },
        _ => AppRef { id, user_id },
    });
    let grant =
        grant(&draft.scopes, &draft.endpoints).map_err(|flaw| Problem::Invalid(flaw.under(at)))?;
    let expires_at = draft.expires_at.map(|text| expiry(&text, now)).transpose();
    let expires_at = expires_at.map_err(|details| flaw("expires_at", details.to_owned()))?;
    within_caller(caller, &grant, expires_at, at)?;
    Ok(NewKeyRecord { key_type, description, app, grant, expires_at })
}

/// A token makes no key broader than itself, nor one that outlives it.
fn within_caller(
    caller: &Caller,
    grant: &Grant,
    expires_at: Option<i64>,
    at: &str,
) -> Result<(), Problem> {
    let Caller::Key(token) = caller else { return Ok(()) };
    if let Some(member) = excess(grant, &token.grant) {
        return Err(Problem::invalid(
            format!("{at}.{member}"),
            "the key would hold more than the token that makes it; leave out what the token does not hold, and list \
             endpoints if the token does",
        ));
    }
    if lasts_longer(expires_at, token.expires_at) {
        return Err(Problem::invalid(
            format!("{at}.expires_at"),
            "the key would outlive the token that makes it; let it expire no later",
        ));
    }
    Ok(())
}

pub(super) async fn list_keys(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments(user_id): Segments<String>,
    params: Params,
) -> Result<Json<KeysResponse>, Problem> {
    let permit = portal.authorise(&caller, rpc::LIST_KEYS)?;
    own_user(&caller, &user_id)?;
    let key_type = params.get("type").map(str::parse).transpose();
    let names = grant(
        &params.all("scopes").collect::<Vec<_>>(),
        &params.all("endpoints").collect::<Vec<_>>(),
    );
    let names = names.map_err(Problem::Invalid)?;
    let wanted = names.to_wire().map_err(|_| Problem::Internal)?;
    let filter = KeyFilter {
        app: None,
        key_type: key_type.map_err(|error| Problem::invalid("type", format!("`type`: {error}")))?,
        valid_at: params.flag("not_expired")?.then(|| portal.clock.now_ms()),
        scopes: wanted.scopes,
        endpoints: wanted.endpoints,
    };
    let keys = portal.store.keys(caller.user_id(), &filter, params.page()?).await?;
    Ok(Json(KeysResponse { status: answered(&permit), keys: listed(&permit, keys)? }))
}

/// The caller's own keys for an app, be it the caller's or shared.
pub(super) async fn list_app_keys(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments((owner_id, app_id)): Segments<(String, String)>,
    params: Params,
) -> Result<Json<KeysResponse>, Problem> {
    let (app, standing) = portal.open(&caller, owner_id, app_id).await?;
    let permit =
        portal.authorise_within(&caller, caller.bound_by(&standing), rpc::LIST_APP_KEYS)?;
    let filter = KeyFilter { app: Some(app), ..KeyFilter::default() };
    let keys = portal.store.keys(caller.user_id(), &filter, params.page()?).await?;
    Ok(Json(KeysResponse { status: answered(&permit), keys: listed(&permit, keys)? }))
}

pub(super) async fn get_key(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments((user_id, handle)): Segments<(String, String)>,
) -> Result<Json<KeyResponse>, Problem> {
    let permit = portal.authorise(&caller, rpc::GET_KEY)?;
    own_user(&caller, &user_id)?;
    let key = portal
        .store
        .key(&handle)
        .await?
        .filter(|key| key.user_id == caller.user_id())
        .ok_or(Problem::NoKey)?;
    Ok(Json(KeyResponse { status: answered(&permit), key: listed_one(&permit, key)? }))
}

pub(super) async fn delete_key(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments((user_id, handle)): Segments<(String, String)>,
) -> Result<Json<StatusResponse>, Problem> {
    let permit = portal.authorise(&caller, rpc::DELETE_KEY)?;
    own_user(&caller, &user_id)?;
    if !portal.store.delete_key(caller.user_id(), &handle).await? {
        return Err(Problem::NoKey);
    }
    tracing::info!(key = handle, user = caller.user_id(), "a key was deleted");
    Ok(Json(StatusResponse { status: answered(&permit) }))
}

pub(super) async fn patch_keys(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments(user_id): Segments<String>,
    body: Body<PatchKeysRequest>,
) -> Result<Json<KeysResponse>, Problem> {
    let permit = portal.authorise(&caller, rpc::PATCH_KEYS)?;
    own_user(&caller, &user_id)?;
    let PatchKeysRequest { keys: patches, action } = body.content;
    overwrites(&action)?;
    count_is_fair("keys", patches.len())?;
    let handles: Vec<_> = patches.iter().map(|patch| patch.id.clone()).collect();
    let now = portal.clock.now_ms();
    let mut patches = patches.into_iter();
    let keys = portal
        .store
        .update_keys(caller.user_id(), &handles, |place, update| {
            let patch = patches.next().ok_or(Problem::Internal)?;
            changed_key(&portal, &caller, patch, &update, &format!("keys[{place}]"), now)
        })
        .await?
        .ok_or(Problem::NoKey)?;
    Ok(Json(KeysResponse { status: answered(&permit), keys: listed(&permit, keys)? }))
}

/// Checks a change of a key. Only what is changed is checked: an old key may hold what the plan offers no more.
fn changed_key(
    portal: &Portal,
    caller: &Caller,
    patch: KeyPatch,
    update: &Update<'_>,
    at: &str,
    now: i64,
) -> Result<KeyRecord, Problem> {
    let flaw = |member: &str, details: String| Problem::invalid(format!("{at}.{member}"), details);
    let old = update.key;
    if old.has_expired(now) {
        return Err(flaw("id", "the key has expired; make a new one".to_owned()));
    }
    let description = match patch.description {
        None => old.description.clone(),
        Some(text) => description(&text).map_err(|details| flaw("description", details))?,
    };
    let expires_at = match patch.expires_at {
        None => old.expires_at,
        Some(None) => None,
        Some(Some(text)) => {
            Some(expiry(&text, now).map_err(|details| flaw("expires_at", details.to_owned()))?)
        }
    };
    let grant = match (patch.scopes, patch.endpoints) {
        (None, None) => old.grant.clone(),
        (scopes, endpoints) => {
            let wire = old.grant.to_wire().map_err(|_| Problem::Internal)?;
            let (scopes, endpoints) =
                (scopes.unwrap_or(wire.scopes), endpoints.unwrap_or(wire.endpoints));
            let at_fault = |flaw: Flaw| Problem::Invalid(flaw.under(at));
            let grant = grant(&scopes, &endpoints).map_err(at_fault)?;
            let invite = update.standing.and_then(|standing| standing.invite());
            check(portal.offers.catalog(old.key_type), &grant, invite).map_err(at_fault)?;
            grant
        }
    };
    if lasts_longer(expires_at, old.expires_at) || !is_within(&grant, &old.grant) {
        within_caller(caller, &grant, expires_at, at)?;
    }
    Ok(KeyRecord { description, grant, expires_at, ..old.clone() })
}

/// Keys as they are shown after their creation.
fn listed(permit: &Permit, keys: Vec<KeyRecord>) -> Result<Vec<Key>, Problem> {
    keys.into_iter().map(|key| listed_one(permit, key)).collect()
}

fn listed_one(permit: &Permit, key: KeyRecord) -> Result<Key, Problem> {
    let wire = key.grant.to_wire().map_err(|_| Problem::Internal)?;
    Ok(Key {
        id: key.handle.clone(),
        description: key.description,
        key_type: key.key_type.as_str().to_owned(),
        scopes: wire.scopes,
        endpoints: wire.endpoints,
        apps: key.app.filter(|_| permit.shows_apps()).into_iter().collect(),
        created_at: rfc3339(key.created_at),
        expires_at: key.expires_at.and_then(rfc3339),
        handle: key.handle,
        last_four: key.last_four,
    })
}

fn no_app(at: &str) -> Problem {
    Problem::invalid(format!("{at}.apps"), "there is no such app, or it is not shared with you")
}
