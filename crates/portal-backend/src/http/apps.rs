//! `GetUser`, `ListApps` and `ListCollaborations`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use portal_api::{App, AppsResponse, Collaboration, CollaborationsResponse, UserResponse};

use super::error::Problem;
use super::extract::{Params, Segments};
use super::{Portal, answered, own_user};
use crate::authority::{Caller, rpc};

pub(super) async fn get_user(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments(user_id): Segments<String>,
) -> Result<Json<UserResponse>, Problem> {
    let permit = portal.authorise(&caller, rpc::GET_USER)?;
    own_user(&caller, &user_id)?;
    let user = portal
        .store
        .user(caller.user_id())
        .await?
        .ok_or(Problem::Missing("there is no such user"))?;
    Ok(Json(UserResponse { status: answered(&permit), user }))
}

pub(super) async fn list_apps(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments(user_id): Segments<String>,
    params: Params,
) -> Result<Json<AppsResponse>, Problem> {
    let permit = portal.authorise(&caller, rpc::LIST_APPS)?;
    own_user(&caller, &user_id)?;
    let apps = portal.store.apps(caller.user_id(), params.page()?).await?;
    Ok(Json(AppsResponse { status: answered(&permit), apps }))
}

pub(super) async fn list_collaborations(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments(user_id): Segments<String>,
    params: Params,
) -> Result<Json<CollaborationsResponse>, Problem> {
    let permit = portal.authorise(&caller, rpc::LIST_COLLABORATIONS)?;
    own_user(&caller, &user_id)?;
    let mut collaborations = portal.store.collaborations(caller.user_id(), params.page()?).await?;
    if !permit.shows_apps() {
        collaborations = collaborations
            .into_iter()
            .map(|each| Collaboration { app: only_id(each.app), ..each })
            .collect();
    }
    Ok(Json(CollaborationsResponse { status: answered(&permit), collaborations }))
}

/// What is told of an app without leave to read apps.
fn only_id(app: App) -> App {
    App { id: app.id, user_id: app.user_id, ..App::default() }
}
