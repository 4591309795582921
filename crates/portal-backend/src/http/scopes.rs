//! `ListScopes`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use portal_api::ListScopesResponse;
use scope_rules::KeyType;

use super::error::{Problem, success};
use super::extract::{Params, Segments};
use super::{Portal, own_user};
use crate::authority::{Caller, Refusal, rpc};

/// What the plan offers to a key type.
///
/// The public service answers this to a session only. Here a personal access token may ask too, whatever it holds: the
/// answer is the same for everybody.
pub(super) async fn list_scopes(
    State(portal): State<Arc<Portal>>,
    caller: Caller,
    Segments(user_id): Segments<String>,
    params: Params,
) -> Result<Json<ListScopesResponse>, Problem> {
    if let Caller::Key(key) = &caller
        && key.key_type == KeyType::AppSpecificKey
    {
        let endpoint = rpc::LIST_SCOPES;
        return Err(Problem::Insufficient(Refusal {
            details: format!("`{endpoint}` needs a signed-in person or a personal access token"),
            missing_endpoints: vec![endpoint.to_owned()],
            ..Refusal::default()
        }));
    }
    own_user(&caller, &user_id)?;
    let key_type = match params.get("key_type") {
        None => KeyType::AppSpecificKey,
        Some(word) => word
            .parse()
            .map_err(|error| Problem::invalid("key_type", format!("`key_type`: {error}")))?,
    };
    Ok(Json(portal.offers.answer(key_type, success())))
}
