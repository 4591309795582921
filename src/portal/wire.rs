//! Messages from JSON values, and back.
//!
//! Written by hand: derived deserialisers would cost the page some fifteen kilobytes. A member that is absent or `null`
//! has its default, one of another type than agreed makes the whole answer unreadable.

use js_sys::{Array, Object, Reflect};
use portal_api::{App, AppRef, Collaboration, Key, KeyPatch, NewKey, Status, User, catalog};
use scope_rules::{CatalogSpec, EndpointSpec, KeyType, OperationSpec};
use wasm_bindgen::{JsCast, JsValue};

use super::{Answer, PortalError};

/// A JSON object.
pub(super) struct Json(JsValue);

impl Json {
    /// An answer, if it is an object.
    pub(super) fn of(value: JsValue) -> Option<Self> {
        Some(Self(value)).filter(|json| json.0.is_object())
    }

    fn member(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &JsValue::from_str(name))
            .ok()
            .filter(|value| !value.is_null() && !value.is_undefined())
    }

    fn maybe(&self, name: &str) -> Answer<Option<String>> {
        let Some(value) = self.member(name) else { return Ok(None) };
        value.as_string().map(Some).ok_or(PortalError::Garbled)
    }

    pub(super) fn text(&self, name: &str) -> Answer<String> {
        self.maybe(name).map(Option::unwrap_or_default)
    }

    fn flag(&self, name: &str) -> Answer<bool> {
        self.member(name).map_or(Ok(false), |value| value.as_bool().ok_or(PortalError::Garbled))
    }

    /// An object; an empty one if there is none.
    pub(super) fn object(&self, name: &str) -> Answer<Self> {
        match self.member(name) {
            None => Ok(Self(Object::new().into())),
            Some(value) if value.is_object() => Ok(Self(value)),
            Some(_) => Err(PortalError::Garbled),
        }
    }

    fn values(&self, name: &str) -> Answer<Vec<JsValue>> {
        match self.member(name) {
            None => Ok(Vec::new()),
            Some(value) if Array::is_array(&value) => Ok(value.unchecked_into::<Array>().to_vec()),
            Some(_) => Err(PortalError::Garbled),
        }
    }

    fn texts(&self, name: &str) -> Answer<Vec<String>> {
        let values = self.values(name)?;
        values.iter().map(|value| value.as_string().ok_or(PortalError::Garbled)).collect()
    }

    /// Objects, each read in the same way.
    pub(super) fn list<T>(&self, name: &str, read: fn(&Self) -> Answer<T>) -> Answer<Vec<T>> {
        let mut list = Vec::new();
        for value in self.values(name)? {
            if !value.is_object() {
                return Err(PortalError::Garbled);
            }
            list.push(read(&Self(value))?);
        }
        Ok(list)
    }
}

/// How a call went.
pub(super) fn status(answer: &Json) -> Answer<Status> {
    let status = answer.object("status")?;
    let code = status
        .member("code")
        .map_or(Some(0.0), |code| code.as_f64())
        .ok_or(PortalError::Garbled)?;
    Ok(Status {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is no code is none known"
        )]
        code: code as u32,
        description: status.text("description")?,
        details: status.maybe("details")?,
        req_id: status.text("req_id")?,
        field: status.maybe("field")?,
        ..Status::default()
    })
}

pub(super) fn user(user: &Json) -> Answer<User> {
    Ok(User { id: user.text("id")?, name: user.text("name")? })
}

pub(super) fn app(app: &Json) -> Answer<App> {
    Ok(App {
        id: app.text("id")?,
        name: app.text("name")?,
        user_id: app.text("user_id")?,
        ..App::default()
    })
}

fn app_ref(app: &Json) -> Answer<AppRef> {
    Ok(AppRef { id: app.text("id")?, user_id: app.text("user_id")? })
}

pub(super) fn collaboration(shared: &Json) -> Answer<Collaboration> {
    Ok(Collaboration {
        app: app(&shared.object("app")?)?,
        app_owner: user(&shared.object("app_owner")?)?,
        scopes: shared.texts("scopes")?,
        endpoints: shared.texts("endpoints")?,
        ..Collaboration::default()
    })
}

fn operation(scope: &Json) -> Answer<OperationSpec> {
    Ok(OperationSpec {
        name: scope.text("scope")?,
        prerequisites: scope.texts("depending_scopes")?,
        offered: true,
        deprecated: scope.flag("deprecated")?,
        group: scope.maybe("group")?,
        label: scope.maybe("label")?,
    })
}

fn endpoint(endpoint: &Json) -> Answer<EndpointSpec> {
    Ok(EndpointSpec {
        name: endpoint.text("endpoint")?,
        requirements: endpoint.texts("depending_scopes")?,
        offered: true,
        deprecated: endpoint.flag("deprecated")?,
        auth: catalog::auth(endpoint.maybe("auth")?.as_deref()),
        group: endpoint.maybe("group")?,
        label: endpoint.maybe("label")?,
    })
}

/// What a catalog is built from: the same as [`portal_api::ListScopesResponse::into_spec`] makes, without the detour.
pub(super) fn scopes(answer: &Json, key_type: KeyType) -> Answer<CatalogSpec> {
    let mut operations = answer.list("scope_deps", operation)?;
    for other in answer.list("other_scopes", operation)? {
        operations.push(OperationSpec { offered: false, ..other });
    }
    let mut endpoints = answer.list("endpoint_deps", endpoint)?;
    for other in answer.list("other_endpoints", endpoint)? {
        endpoints.push(EndpointSpec { offered: false, ..other });
    }
    Ok(CatalogSpec {
        name: answer.text("catalog")?,
        key_type,
        enforcement: catalog::enforcement(answer.maybe("enforcement")?.as_deref()),
        operations,
        endpoints,
    })
}

/// A key as every call but the one that creates it shows it.
pub(super) fn key(json: &Json) -> Answer<Key> {
    let mut key = created(json)?;
    if key.handle.is_empty() {
        // The real service names a key by its id alone.
        key.handle = json.text("id")?;
    }
    Ok(key)
}

/// A key as the call that creates it shows it, but for its secret.
pub(super) fn created(key: &Json) -> Answer<Key> {
    Ok(Key {
        handle: key.text("handle")?,
        id: String::new(),
        description: key.text("description")?,
        key_type: key.text("type")?,
        scopes: key.texts("scopes")?,
        endpoints: key.texts("endpoints")?,
        apps: key.list("apps", app_ref)?,
        created_at: key.maybe("created_at")?,
        expires_at: key.maybe("expires_at")?,
        last_four: key.text("last_four")?,
    })
}

/// An object to be sent, in the making.
struct Draft(Object);

impl Draft {
    fn new() -> Self {
        Self(Object::new())
    }

    fn with(self, name: &str, value: impl Into<JsValue>) -> Self {
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), &value.into());
        self
    }

    fn with_texts(self, name: &str, texts: &[String]) -> Self {
        let array: Array = texts.iter().map(|text| JsValue::from_str(text)).collect();
        self.with(name, array)
    }
}

fn spelt(message: &Object) -> Option<String> {
    js_sys::JSON::stringify(message).ok().map(String::from)
}

fn one(draft: Draft) -> Array {
    Array::of1(&draft.0)
}

/// What `PostKeys` sends.
pub(super) fn post_key(key: &NewKey) -> Option<String> {
    let mut draft =
        Draft::new().with("description", &key.description).with_texts("scopes", &key.scopes);
    if let Some(key_type) = &key.key_type {
        draft = draft.with("type", key_type);
    }
    if !key.endpoints.is_empty() {
        draft = draft.with_texts("endpoints", &key.endpoints);
    }
    if let Some(app) = key.apps.first() {
        draft =
            draft.with("apps", one(Draft::new().with("id", &app.id).with("user_id", &app.user_id)));
    }
    if let Some(time) = &key.expires_at {
        draft = draft.with("expires_at", time);
    }
    spelt(&Draft::new().with("keys", one(draft)).0)
}

/// What `PatchKeys` sends.
pub(super) fn patch_key(patch: &KeyPatch) -> Option<String> {
    let mut draft = Draft::new().with("id", &patch.id);
    if let Some(scopes) = &patch.scopes {
        draft = draft.with_texts("scopes", scopes);
    }
    if let Some(endpoints) = &patch.endpoints {
        draft = draft.with_texts("endpoints", endpoints);
    }
    if let Some(time) = &patch.expires_at {
        draft = draft.with("expires_at", time.as_deref());
    }
    spelt(&Draft::new().with("keys", one(draft)).with("action", "overwrite").0)
}
