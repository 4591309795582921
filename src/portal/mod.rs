//! The client of the backend: calls as data, and the one place that makes them.

mod error;
mod fetch;
mod wire;

use std::rc::Rc;

use js_sys::encode_uri_component;
use portal_api::{AppRef, Key, KeyPatch, NewKey, Secret};
use scope_rules::{Catalog, KeyType};
use wasm_bindgen::JsValue;

pub(crate) use error::PortalError;
use wire::Json;

use crate::options::Options;
use crate::shelf::Entry;

/// How many apps or keys a page has.
pub(crate) const PAGE: usize = 500;

/// What a call brings.
pub(crate) type Answer<T> = Result<T, PortalError>;

/// A call to be made.
pub(crate) struct Call {
    method: &'static str,
    /// The path and the query.
    path: String,
    body: Option<String>,
    /// What the backend knows a repeated attempt by.
    attempt: Option<Rc<str>>,
    read: fn(&Json<'_>) -> Answer<Reply>,
}

impl Call {
    fn read(&self, answer: &JsValue) -> Answer<Reply> {
        let status = wire::read(answer, wire::status)?;
        if status.is_success() {
            wire::read(answer, self.read).flatten()
        } else {
            Err(PortalError::Failed(Box::new(status)))
        }
    }
}

/// What an answer holds.
pub(crate) enum Reply {
    /// Nothing but success.
    Done,
    /// A page of apps: the user's own, or those that others share.
    Apps(Vec<Entry>),
    /// What the user's plan offers.
    Catalog(Catalog),
    /// A page of keys.
    Keys(Vec<Rc<Key>>),
    /// A new key. The secret is missing if the attempt repeats an earlier one that had succeeded.
    Created(Option<Secret>, Rc<Key>),
}

/// The backend, as one user sees it.
pub(crate) struct Portal {
    base: String,
    user: String,
    /// Where a session is renewed.
    renew: String,
}

impl Portal {
    /// The backend that the options name, for their user.
    #[must_use]
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            base: options.api_base.trim_end_matches('/').to_owned(),
            user: options.user_id.to_string(),
            renew: options.renew.to_string(),
        }
    }

    /// Who is signed in, if anybody is.
    pub(crate) fn user(&self) -> Call {
        get(self.mine(""), |_| Ok(Reply::Done))
    }

    /// A page of the user's own apps; pages count from 1.
    pub(crate) fn apps(&self, page: usize) -> Call {
        get(paged(self.mine("/apps?"), page), |answer| {
            Ok(Reply::Apps(answer.list("apps", wire::app)))
        })
    }

    /// A page of the apps that others share with the user.
    pub(crate) fn collaborations(&self, page: usize) -> Call {
        get(paged(self.mine("/collaborations?"), page), |answer| {
            Ok(Reply::Apps(answer.list("collaborations", wire::collaboration)))
        })
    }

    /// What the user's plan offers to a type of key.
    pub(crate) fn catalog(&self, key_type: KeyType) -> Call {
        fn read(answer: &Json<'_>, key_type: KeyType) -> Answer<Reply> {
            Catalog::new(wire::scopes(answer, key_type))
                .map(Reply::Catalog)
                .map_err(|_| PortalError::Garbled)
        }
        let path = self.mine("/scopes?key_type=") + key_type.as_str();
        match key_type {
            KeyType::AppSpecificKey => get(path, |answer| read(answer, KeyType::AppSpecificKey)),
            KeyType::PersonalAccessToken => {
                get(path, |answer| read(answer, KeyType::PersonalAccessToken))
            }
        }
    }

    /// A page of the user's keys that open an app, or of the user's personal access tokens.
    pub(crate) fn keys(&self, app: Option<&AppRef>, page: usize) -> Call {
        let path = match app {
            Some(app) => [&path_of(&app.user_id), "/apps/", &encoded(&app.id), "/keys?"].concat(),
            None => self.mine("/keys?type=personal_access_token&"),
        };
        get(paged(path, page), |answer| Ok(Reply::Keys(answer.list("keys", wire::key))))
    }

    /// Creates a key.
    pub(crate) fn create(&self, key: &NewKey, attempt: Rc<str>) -> Call {
        let read = |answer: &Json<'_>| {
            let keys = answer.objects("keys");
            let json = keys.first().ok_or(PortalError::Garbled)?;
            // The id is the secret, and else the handle. It goes from the answer into its own type without a detour.
            let secret = Secret::from(json.text("id"));
            let key = wire::created(json);
            let secret = Some(secret).filter(|secret| secret.expose() != key.handle);
            Ok(Reply::Created(secret, Rc::new(key)))
        };
        let body = wire::post_key(key);
        Call { method: "POST", path: self.mine("/keys"), body, attempt: Some(attempt), read }
    }

    /// Changes a key.
    pub(crate) fn change(&self, patch: &KeyPatch) -> Call {
        let body = wire::patch_key(patch);
        Call { method: "PATCH", body, ..get(self.mine("/keys"), |_| Ok(Reply::Done)) }
    }

    /// Deletes a key for good.
    pub(crate) fn delete(&self, handle: &str) -> Call {
        let path = self.mine("/keys/") + &encoded(handle);
        Call { method: "DELETE", ..get(path, |_| Ok(Reply::Done)) }
    }

    /// A path below the user's own.
    fn mine(&self, rest: &str) -> String {
        path_of(&self.user) + rest
    }

    /// Makes a call. A session that has ended is renewed once, where that can be.
    pub(crate) async fn make(&self, call: Call) -> Answer<Reply> {
        let mut is_renewed = self.renew.is_empty();
        let answer = loop {
            let answer = fetch::send(&self.base, &call).await;
            if is_renewed || !matches!(answer, Err(PortalError::SignedOut)) {
                break answer;
            }
            is_renewed = true;
            let renewal = get(self.renew.clone(), |_| Ok(Reply::Done));
            let renewal = Call { method: "POST", ..renewal };
            if fetch::send(&self.base, &renewal).await.is_err() {
                break answer;
            }
        };
        call.read(&answer?)
    }
}

fn get(path: String, read: fn(&Json<'_>) -> Answer<Reply>) -> Call {
    Call { method: "GET", path, body: None, attempt: None, read }
}

fn encoded(part: &str) -> String {
    String::from(encode_uri_component(part))
}

fn path_of(user: &str) -> String {
    String::from("/v2/users/") + &encoded(user)
}

/// A page of a list, whose path ends where another member of the query may follow.
fn paged(path: String, page: usize) -> String {
    [path.as_str(), "page=", &page.to_string(), "&per_page=", &PAGE.to_string()].concat()
}
