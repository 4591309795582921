//! `MyScopes`: what the calling credential can really do.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use portal_api::{App, AppRef, MyScopesResponse};
use scope_rules::Grant;

use super::error::Problem;
use super::extract::Segments;
use super::{Portal, answered};
use crate::authority::{Caller, rpc};

/// On the app of the path.
pub(super) async fn on_app(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments((owner_id, app_id)): Segments<(String, String)>,
) -> Result<Json<MyScopesResponse>, Problem> {
    let (app, standing) = portal.open(&caller, owner_id, app_id).await?;
    answer(&portal, &caller, caller.bound_by(&standing), standing.invite(), Some(app))
}

/// On the key's own app; of what is tied to no app, the grant as it is.
pub(super) async fn anywhere(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
) -> Result<Json<MyScopesResponse>, Problem> {
    let own = match &caller {
        Caller::Key(key) => key.app.clone(),
        Caller::Session { .. } => None,
    };
    let Some(app) = own else { return answer(&portal, &caller, None, None, None) };
    let (app, standing) = portal.open(&caller, app.user_id, app.id).await?;
    answer(&portal, &caller, standing.invite(), standing.invite(), Some(app))
}

fn answer(
    portal: &Portal,
    caller: &Caller,
    bound: Option<&Grant>,
    invite: Option<&Grant>,
    app: Option<AppRef>,
) -> Result<Json<MyScopesResponse>, Problem> {
    let permit = portal.authorise_within(caller, bound, rpc::MY_SCOPES)?;
    // A grant restricted to no endpoint cannot get here, as this endpoint is not in it.
    let wire = caller.effective(invite).to_wire().map_err(|_| Problem::Internal)?;
    Ok(Json(MyScopesResponse {
        status: answered(&permit),
        scopes: wire.scopes,
        endpoints: wire.endpoints,
        app: app.map(|app| App { id: app.id, user_id: app.user_id, ..App::default() }),
    }))
}
