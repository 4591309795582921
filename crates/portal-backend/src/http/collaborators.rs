//! The collaborator calls: with whom an app is shared, and on what terms.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use portal_api::{
    App, AppRef, Collaborator, CollaboratorsRequest, CollaboratorsResponse, NewCollaborator,
    StatusResponse,
};
use scope_rules::{Grant, KeyType};

use super::error::Problem;
use super::extract::{Body, Params, Segments, count_is_fair, overwrites};
use super::{NO_APP, Portal, answered};
use crate::authority::{Caller, Permit, excess, is_within, rpc};
use crate::clock::rfc3339;
use crate::draft::{check, grant};
use crate::store::{CollaboratorRecord, NewInvite, Standing};

pub(super) async fn list(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments((owner_id, app_id)): Segments<(String, String)>,
    params: Params,
) -> Result<Json<CollaboratorsResponse>, Problem> {
    let (app, standing) = portal.open(&caller, owner_id, app_id).await?;
    let permit = portal.authorise_within(&caller, standing.invite(), rpc::LIST_COLLABORATORS)?;
    let records = portal.store.collaborators(&app, params.page()?).await?;
    respond(&portal, &permit, &app, records).await
}

pub(super) async fn post(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments((owner_id, app_id)): Segments<(String, String)>,
    body: Body<CollaboratorsRequest>,
) -> Result<Json<CollaboratorsResponse>, Problem> {
    let (app, standing) = portal.open(&caller, owner_id, app_id).await?;
    let permit = portal.authorise_within(&caller, standing.invite(), rpc::POST_COLLABORATORS)?;
    let wanted = body.content.collaborators;
    count_is_fair("collaborators", wanted.len())?;
    let mut invites = Vec::with_capacity(wanted.len());
    for (place, each) in wanted.into_iter().enumerate() {
        let at = format!("collaborators[{place}]");
        let NewCollaborator { user, scopes, endpoints, .. } = each;
        let user_id = user.map(|user| user.id).unwrap_or_default();
        if user_id == app.user_id {
            return Err(Problem::invalid(format!("{at}.user"), "the app is this user's own"));
        }
        if portal.store.user(&user_id).await?.is_none() {
            return Err(Problem::invalid(format!("{at}.user"), "there is no such user"));
        }
        let grant = grant(&scopes.unwrap_or_default(), &endpoints.unwrap_or_default())
            .map_err(|flaw| Problem::Invalid(flaw.under(&at)))?;
        useful(&portal, &grant, &at)?;
        invites.push(NewInvite { user_id, grant });
    }
    let now = portal.clock.now_ms();
    let records = portal
        .store
        .invite(&app, caller.user_id(), &invites, now, |standing| {
            let standing = still_open(&portal, &caller, standing, rpc::POST_COLLABORATORS)?;
            invites.iter().enumerate().try_for_each(|(place, invite)| {
                fits(&caller, standing, &invite.grant, &format!("collaborators[{place}]"))
            })
        })
        .await?
        .ok_or(Problem::Conflict("the app is shared with this user already; change the invite"))?;
    respond(&portal, &permit, &app, records).await
}

pub(super) async fn patch(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments((owner_id, app_id)): Segments<(String, String)>,
    body: Body<CollaboratorsRequest>,
) -> Result<Json<CollaboratorsResponse>, Problem> {
    let (app, standing) = portal.open(&caller, owner_id, app_id).await?;
    let permit = portal.authorise_within(&caller, standing.invite(), rpc::PATCH_COLLABORATORS)?;
    overwrites(&body.content.action)?;
    let patches = body.content.collaborators;
    count_is_fair("collaborators", patches.len())?;
    let ids: Vec<_> = patches.iter().map(|patch| patch.id.clone()).collect();
    let mut patches = patches.into_iter();
    let records = portal
        .store
        .change_invites(&app, caller.user_id(), &ids, |place, old, standing| {
            let standing = still_open(&portal, &caller, standing, rpc::PATCH_COLLABORATORS)?;
            let at = format!("collaborators[{place}]");
            let NewCollaborator { scopes, endpoints, .. } =
                patches.next().ok_or(Problem::Internal)?;
            let wire = old.grant.to_wire().map_err(|_| Problem::Internal)?;
            let grant = grant(&scopes.unwrap_or(wire.scopes), &endpoints.unwrap_or(wire.endpoints))
                .map_err(|flaw| Problem::Invalid(flaw.under(&at)))?;
            if !is_within(&grant, &old.grant) {
                fits(&caller, standing, &grant, &at)?;
            }
            useful(&portal, &grant, &at)?;
            Ok::<_, Problem>(grant)
        })
        .await?
        .ok_or(NO_INVITE)?;
    respond(&portal, &permit, &app, records).await
}

pub(super) async fn delete(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments((owner_id, app_id)): Segments<(String, String)>,
    body: Body<CollaboratorsRequest>,
) -> Result<Json<StatusResponse>, Problem> {
    let (app, standing) = portal.open(&caller, owner_id, app_id).await?;
    let permit = portal.authorise_within(&caller, standing.invite(), rpc::DELETE_COLLABORATORS)?;
    let ids = body.content.ids;
    count_is_fair("ids", ids.len())?;
    if !portal.store.end_invites(&app, &ids).await? {
        return Err(NO_INVITE);
    }
    Ok(Json(StatusResponse { status: answered(&permit) }))
}

/// The giver's own standing when the invite is written. It may have changed since the call was let in, and then the
/// call has to be let in anew.
fn still_open<'a>(
    portal: &Portal,
    caller: &Caller,
    standing: Option<&'a Standing>,
    endpoint: &str,
) -> Result<&'a Standing, Problem> {
    let standing = standing.ok_or(NO_APP)?;
    portal.authorise_within(caller, standing.invite(), endpoint)?;
    Ok(standing)
}

const NO_INVITE: Problem = Problem::Missing("there is no such collaborator on this app");

/// An invite must give something that the plan offers.
fn useful(portal: &Portal, grant: &Grant, at: &str) -> Result<(), Problem> {
    check(portal.offers.catalog(KeyType::PersonalAccessToken), grant, None)
        .map_err(|flaw| Problem::Invalid(flaw.under(at)))
}

/// An invite must give nothing that its giver does not hold.
fn fits(caller: &Caller, standing: &Standing, grant: &Grant, at: &str) -> Result<(), Problem> {
    let Some(member) = excess(grant, &caller.effective(standing.invite())) else { return Ok(()) };
    let details = "the invite would give more than its giver holds; leave out what you do not hold";
    Err(Problem::invalid(format!("{at}.{member}"), details))
}

async fn respond(
    portal: &Portal,
    permit: &Permit,
    app: &AppRef,
    records: Vec<CollaboratorRecord>,
) -> Result<Json<CollaboratorsResponse>, Problem> {
    let bare = || App { id: app.id.clone(), user_id: app.user_id.clone(), ..App::default() };
    let app = if permit.shows_apps() {
        portal.store.app(app).await?.unwrap_or_else(bare)
    } else {
        bare()
    };
    let collaborators = records
        .into_iter()
        .map(|record| {
            let wire = record.grant.to_wire().map_err(|_| Problem::Internal)?;
            Ok(Collaborator {
                id: record.id,
                app: app.clone(),
                user: record.user,
                scopes: wire.scopes,
                endpoints: wire.endpoints,
                created_at: rfc3339(record.created_at),
            })
        })
        .collect::<Result<_, Problem>>()?;
    Ok(Json(CollaboratorsResponse { status: answered(permit), collaborators }))
}
