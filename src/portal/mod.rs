//! The client of the backend.

mod error;
mod fetch;
mod wire;

use std::rc::Rc;

use js_sys::encode_uri_component;
use portal_api::{App, AppRef, Collaboration, Key, KeyPatch, NewKey, Secret, User};
use scope_rules::{Catalog, KeyType};

pub(crate) use error::PortalError;
use fetch::Call;
use wire::Json;

/// How many apps or keys a page has.
pub(crate) const PAGE: usize = 500;

/// What a call brings.
pub(crate) type Answer<T> = Result<T, PortalError>;

/// The backend, as one user sees it. Compared by pointer.
#[derive(Clone)]
pub(crate) struct Portal(Rc<Place>);

struct Place {
    base: String,
    user: String,
}

impl PartialEq for Portal {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Portal {
    /// The backend at `base`, without a slash at the end, for `user`, which may be `me`.
    #[must_use]
    pub(crate) fn new(base: &str, user: &str) -> Self {
        Self(Rc::new(Place { base: base.trim_end_matches('/').to_owned(), user: user.to_owned() }))
    }

    /// Who is signed in.
    pub(crate) async fn user(&self) -> Answer<User> {
        wire::user(&self.get(&self.mine("")).await?.object("user")?)
    }

    /// A page of the user's own apps; pages count from 1.
    pub(crate) async fn apps(&self, page: usize) -> Answer<Vec<App>> {
        let path = paged(&self.mine("/apps?"), page);
        self.get(&path).await?.list("apps", wire::app)
    }

    /// The apps that others share with the user.
    pub(crate) async fn collaborations(&self) -> Answer<Vec<Collaboration>> {
        self.all(&self.mine("/collaborations?"), "collaborations", wire::collaboration).await
    }

    /// What the user's plan offers to a type of key.
    pub(crate) async fn catalog(&self, key_type: KeyType) -> Answer<Catalog> {
        let mut path = self.mine("/scopes?key_type=");
        path.push_str(key_type.as_str());
        let answer = wire::scopes(&self.get(&path).await?)?;
        Catalog::new(answer.into_spec(key_type)).map_err(|_| PortalError::Garbled)
    }

    /// The user's keys that open an app, or the user's personal access tokens.
    pub(crate) async fn keys(&self, app: Option<&AppRef>) -> Answer<Vec<Key>> {
        let path = match app {
            Some(app) => {
                let mut path = path_of(&app.user_id);
                path.push_str("/apps/");
                path.push_str(&encoded(&app.id));
                path.push_str("/keys?");
                path
            }
            None => self.mine("/keys?type=personal_access_token&"),
        };
        self.all(&path, "keys", wire::key).await
    }

    /// Creates a key. The secret is missing if the attempt repeats an earlier one that had succeeded.
    pub(crate) async fn create(&self, key: NewKey, attempt: &str) -> Answer<(Option<Secret>, Key)> {
        let answer =
            self.send("POST", &self.mine("/keys"), wire::post_key(&key), Some(attempt)).await?;
        // The id is the secret, and else the handle. It goes from the answer into its own type without a detour.
        let secrets = answer.list("keys", |key| key.text("id").map(Secret::from))?;
        let key =
            answer.list("keys", wire::created)?.into_iter().next().ok_or(PortalError::Garbled)?;
        let secret = secrets.into_iter().next().filter(|secret| secret.expose() != key.handle);
        Ok((secret, key))
    }

    /// Changes a key.
    pub(crate) async fn change(&self, patch: KeyPatch) -> Answer<()> {
        self.send("PATCH", &self.mine("/keys"), wire::patch_key(&patch), None).await.map(drop)
    }

    /// Deletes a key for good.
    pub(crate) async fn delete(&self, handle: &str) -> Answer<()> {
        let mut path = self.mine("/keys/");
        path.push_str(&encoded(handle));
        self.send("DELETE", &path, None, None).await.map(drop)
    }

    /// A path below the user's own.
    fn mine(&self, rest: &str) -> String {
        path_of(&self.0.user) + rest
    }

    /// A whole list, page after page.
    async fn all<T>(
        &self,
        path: &str,
        member: &str,
        read: fn(&Json) -> Answer<T>,
    ) -> Answer<Vec<T>> {
        let mut all = Vec::new();
        for page in 1.. {
            let some = self.get(&paged(path, page)).await?.list(member, read)?;
            let last = some.len() < PAGE;
            all.extend(some);
            if last {
                break;
            }
        }
        Ok(all)
    }

    async fn get(&self, path: &str) -> Answer<Json> {
        self.send("GET", path, None, None).await
    }

    /// Makes a call. A session that has ended is renewed once, where the backend offers to.
    async fn send(
        &self,
        method: &'static str,
        path: &str,
        body: Option<String>,
        attempt: Option<&str>,
    ) -> Answer<Json> {
        let url = self.0.base.clone() + path;
        let call = Call { method, url: &url, body, attempt };
        let answer = match fetch::send(&call).await {
            Err(PortalError::SignedOut) if self.sign_in().await => fetch::send(&call).await,
            answer => answer,
        }?;
        let status = wire::status(&answer)?;
        if status.is_success() { Ok(answer) } else { Err(PortalError::Failed(Box::new(status))) }
    }

    /// Asks for a demo session, which only a backend on the same machine has.
    async fn sign_in(&self) -> bool {
        let url = self.0.base.clone() + "/demo/session";
        let call = Call { method: "POST", url: &url, body: None, attempt: None };
        fetch::send(&call).await.is_ok()
    }
}

fn encoded(part: &str) -> String {
    String::from(encode_uri_component(part))
}

fn path_of(user: &str) -> String {
    String::from("/v2/users/") + &encoded(user)
}

/// A page of a list, whose path ends where another member of the query may follow.
fn paged(path: &str, page: usize) -> String {
    let page = page.to_string();
    let size = PAGE.to_string();
    [path, "page=", &page, "&per_page=", &size].concat()
}
