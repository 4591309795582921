//! The calls, over HTTP.

mod access;
mod apps;
mod collaborators;
mod context;
mod error;
mod extract;
mod keys;
mod my_scopes;
mod scopes;
mod session;
mod site;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use portal_api::{AppRef, Status};
use scope_rules::Grant;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use self::error::{Problem, success};
use crate::authority::{Caller, Permit, authorise};
use crate::clock::Clock;
use crate::plan::Offers;
use crate::store::{Standing, Store};

const NO_APP: Problem = Problem::Missing("there is no such app, or it is not shared with you");

/// What all calls share.
#[derive(Debug)]
pub(crate) struct Portal {
    pub(crate) store: Store,
    pub(crate) offers: Offers,
    pub(crate) clock: Arc<dyn Clock>,
    /// Whether demo sessions are valid.
    pub(crate) demo: bool,
    /// Whom a demo session signs in, unless another is asked for.
    pub(crate) demo_user: Option<String>,
    /// How many more calls may be under way.
    pub(crate) places: Semaphore,
    pub(crate) timeout: Duration,
}

/// All that the backend answers.
pub(crate) fn router(portal: Arc<Portal>, site: Option<&Path>) -> Router {
    let page = site::router(site).layer(from_fn_with_state(Arc::clone(&portal), session::greet));
    api(portal).fallback_service(page)
}

fn api(portal: Arc<Portal>) -> Router {
    let v2 = Router::new()
        .route("/users/{user_id}", get(apps::get_user))
        .route("/users/{user_id}/apps", get(apps::list_apps))
        .route("/users/{user_id}/collaborations", get(apps::list_collaborations))
        // The one long answer, and one without a secret that its compressed length could tell.
        .route("/users/{user_id}/scopes", get(scopes::list_scopes).layer(CompressionLayer::new()))
        .route(
            "/users/{user_id}/keys",
            get(keys::list_keys).post(keys::post_keys).patch(keys::patch_keys),
        )
        .route("/users/{user_id}/keys/{key_id}", get(keys::get_key).delete(keys::delete_key))
        .route("/users/{user_id}/apps/{app_id}/keys", get(keys::list_app_keys))
        .route(
            "/users/{user_id}/apps/{app_id}/collaborators",
            get(collaborators::list)
                .post(collaborators::post)
                .patch(collaborators::patch)
                .delete(collaborators::delete),
        )
        .route("/users/{user_id}/apps/{app_id}/myscopes", get(my_scopes::on_app))
        .route("/myscopes", get(my_scopes::anywhere))
        .route("/my_scopes", get(my_scopes::anywhere))
        .fallback(no_call);
    let router = Router::new()
        .nest("/v2", v2)
        .route("/v2/", any(no_call))
        .route("/access/v1/evaluation", post(access::evaluation))
        .route("/access/v1/evaluations", post(access::evaluations))
        .route("/.well-known/authzen-configuration", get(access::configuration))
        .route("/demo/session", post(session::start_demo))
        .method_not_allowed_fallback(no_method)
        .with_state(Arc::clone(&portal));
    layered(router, portal)
}

fn layered(router: Router, portal: Arc<Portal>) -> Router {
    router
        .layer(CatchPanicLayer::custom(context::panicked))
        .layer(from_fn(extract::receive))
        .layer(from_fn_with_state(portal, context::limit))
        .layer(from_fn(context::guard))
        .layer(from_fn(context::identify))
}

async fn no_call() -> Problem {
    Problem::NoCall(StatusCode::NOT_FOUND)
}

async fn no_method() -> Problem {
    Problem::NoCall(StatusCode::METHOD_NOT_ALLOWED)
}

impl Portal {
    /// Decides whether a call about the user's own things may go on.
    fn authorise(&self, caller: &Caller, endpoint: &str) -> Result<Permit, Problem> {
        self.authorise_within(caller, None, endpoint)
    }

    /// The same where an invite bounds the caller.
    fn authorise_within(
        &self,
        caller: &Caller,
        invite: Option<&Grant>,
        endpoint: &str,
    ) -> Result<Permit, Problem> {
        Ok(authorise(&self.offers, caller, invite, endpoint)?)
    }

    /// The app that a call is about, and what it is to the caller's user at present.
    async fn open(
        &self,
        caller: &Caller,
        owner_id: String,
        app_id: String,
    ) -> Result<(AppRef, Standing), Problem> {
        let owner_id = if owner_id == "me" { caller.user_id().to_owned() } else { owner_id };
        let app = AppRef { id: app_id, user_id: owner_id };
        if let Caller::Key(key) = caller
            && key.app.as_ref().is_some_and(|own| *own != app)
        {
            return Err(NO_APP);
        }
        let standing = self.store.standing(&app, caller.user_id()).await?.ok_or(NO_APP)?;
        Ok((app, standing))
    }
}

/// Checks that the path names the caller's own user.
fn own_user(caller: &Caller, user_id: &str) -> Result<(), Problem> {
    if user_id == "me" || user_id == caller.user_id() {
        Ok(())
    } else {
        Err(Problem::Missing("there is no such user, or it is not you"))
    }
}

/// The status of a call that went well, perhaps with something left out.
fn answered(permit: &Permit) -> Status {
    let status = success();
    if permit.lacking.is_empty() {
        return status;
    }
    let names: Vec<_> = permit.lacking.iter().map(|name| format!("`{name}`")).collect();
    let details = format!("redacted: left out is what needs {}", names.join(", "));
    Status { details: Some(details), missing_scopes: permit.lacking.clone(), ..status }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, Response};
    use http_body_util::BodyExt as _;
    use portal_api::{StatusResponse, code};
    use tower::ServiceExt as _;

    use super::*;
    use crate::clock::SystemClock;
    use crate::plan::PlanName;

    async fn portal(folder: &tempfile::TempDir) -> Arc<Portal> {
        Arc::new(Portal {
            store: Store::open(&folder.path().join("portal.sqlite")).await.unwrap(),
            offers: Offers::load(PlanName::Enterprise, None).unwrap(),
            clock: Arc::new(SystemClock),
            demo: false,
            demo_user: None,
            places: Semaphore::new(1),
            timeout: Duration::from_secs(10),
        })
    }

    async fn status(response: Response<Body>) -> (StatusCode, Status) {
        let http = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (http, serde_json::from_slice::<StatusResponse>(&body).unwrap().status)
    }

    #[tokio::test]
    async fn a_panic_in_a_handler_is_an_answer_and_tells_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let broken = Router::new().route("/broken", get(async || -> &str { panic!("the cause") }));
        let router = layered(broken, portal(&folder).await);
        for _ in 0..2 {
            let request = Request::get("/broken").body(Body::empty()).unwrap();
            let (http, status) = status(router.clone().oneshot(request).await.unwrap()).await;
            assert_eq!((http, status.code), (StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL));
            assert!(!status.req_id.is_empty());
            assert!(!status.details.unwrap().contains("the cause"));
        }
    }

    #[tokio::test]
    async fn a_database_that_fails_is_the_backends_fault() {
        let folder = tempfile::tempdir().unwrap();
        let portal = portal(&folder).await;
        portal.store.close().await;
        let request =
            Request::get("/v2/myscopes").header("cookie", "session=x").body(Body::empty()).unwrap();
        let (http, status) = status(api(portal).oneshot(request).await.unwrap()).await;
        assert_eq!((http, status.code), (StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL));
    }
}
