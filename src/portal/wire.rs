//! Messages from JSON values, and back.
//!
//! Written by hand: derived deserialisers would cost the page some fifteen kilobytes. A member that is absent or `null`
//! has its default, one of another type than agreed makes the whole answer unreadable.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use portal_api::{AppRef, Key, KeyPatch, NewKey, Status, catalog};
use scope_rules::{CatalogSpec, EndpointSpec, KeyType, OperationSpec};
use wasm_bindgen::{JsCast, JsValue};

use super::{Answer, PortalError};
use crate::shelf::Entry;

/// A JSON object of an answer.
pub(super) struct Json<'a> {
    value: JsValue,
    /// Whether anything read so far was of another type than agreed: noted, and asked for once at the end, as to stop at
    /// each member takes more code than to read on.
    garbled: &'a Cell<bool>,
}

/// Reads an answer.
pub(super) fn read<T>(answer: &JsValue, read: fn(&Json<'_>) -> T) -> Answer<T> {
    let garbled = Cell::new(false);
    let read = read(&Json::of(answer.clone(), &garbled));
    if garbled.get() { Err(PortalError::Garbled) } else { Ok(read) }
}

impl<'a> Json<'a> {
    fn of(value: JsValue, garbled: &'a Cell<bool>) -> Self {
        let json = Self { value, garbled };
        json.expect(json.value.is_object());
        json
    }

    fn expect(&self, as_agreed: bool) {
        if !as_agreed {
            self.garbled.set(true);
        }
    }

    fn member(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.value, &JsValue::from_str(name))
            .ok()
            .filter(|value| !value.is_null() && !value.is_undefined())
    }

    fn maybe(&self, name: &str) -> Option<String> {
        let text = self.member(name)?.as_string();
        self.expect(text.is_some());
        text
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.maybe(name).unwrap_or_default()
    }

    fn flag(&self, name: &str) -> bool {
        let Some(value) = self.member(name) else { return false };
        let flag = value.as_bool();
        self.expect(flag.is_some());
        flag == Some(true)
    }

    /// An object; an empty one if there is none.
    fn object(&self, name: &str) -> Self {
        let value = self.member(name).unwrap_or_else(|| Object::new().into());
        Self::of(value, self.garbled)
    }

    fn values(&self, name: &str) -> Vec<JsValue> {
        let Some(value) = self.member(name) else { return Vec::new() };
        let is_list = Array::is_array(&value);
        self.expect(is_list);
        if is_list { value.unchecked_into::<Array>().to_vec() } else { Vec::new() }
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.values(name) {
            let text = value.as_string();
            self.expect(text.is_some());
            texts.extend(text);
        }
        texts
    }

    pub(super) fn objects(&self, name: &str) -> Vec<Self> {
        let mut objects = Vec::new();
        for value in self.values(name) {
            objects.push(Self::of(value, self.garbled));
        }
        objects
    }

    /// Objects, each read in the same way.
    pub(super) fn list<T>(&self, name: &str, read: fn(&Self) -> T) -> Vec<T> {
        let mut list = Vec::new();
        for object in self.objects(name) {
            list.push(read(&object));
        }
        list
    }
}

/// How a call went.
pub(super) fn status(answer: &Json<'_>) -> Status {
    let status = answer.object("status");
    let code = status.member("code").map_or(Some(0.0), |code| code.as_f64());
    status.expect(code.is_some());
    Status {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is no code is none known"
        )]
        code: code.unwrap_or_default() as u32,
        description: status.text("description"),
        details: status.maybe("details"),
        req_id: status.text("req_id"),
        field: status.maybe("field"),
        ..Status::default()
    }
}

pub(super) fn app(app: &Json<'_>) -> Entry {
    Entry::own(app_ref(app), app.text("name"))
}

fn app_ref(app: &Json<'_>) -> AppRef {
    AppRef { id: app.text("id"), user_id: app.text("user_id") }
}

pub(super) fn collaboration(shared: &Json<'_>) -> Entry {
    let owner = shared.object("app_owner");
    let (name, id) = (owner.text("name"), owner.text("id"));
    app(&shared.object("app")).shared(
        if name.is_empty() { id } else { name },
        &shared.texts("scopes"),
        &shared.texts("endpoints"),
    )
}

/// What a catalog is built from: the same as [`portal_api::ListScopesResponse::into_spec`] makes, without the detour.
pub(super) fn scopes(answer: &Json<'_>, key_type: KeyType) -> CatalogSpec {
    let mut operations = Vec::new();
    for &(list, offered) in &[("scope_deps", true), ("other_scopes", false)] {
        for scope in answer.objects(list) {
            operations.push(OperationSpec {
                name: scope.text("scope"),
                prerequisites: scope.texts("depending_scopes"),
                offered,
                deprecated: scope.flag("deprecated"),
                group: scope.maybe("group"),
                label: scope.maybe("label"),
            });
        }
    }
    let mut endpoints = Vec::new();
    for &(list, offered) in &[("endpoint_deps", true), ("other_endpoints", false)] {
        for endpoint in answer.objects(list) {
            endpoints.push(EndpointSpec {
                name: endpoint.text("endpoint"),
                requirements: endpoint.texts("depending_scopes"),
                offered,
                deprecated: endpoint.flag("deprecated"),
                auth: catalog::auth(endpoint.maybe("auth").as_deref()),
                group: endpoint.maybe("group"),
                label: endpoint.maybe("label"),
            });
        }
    }
    CatalogSpec {
        name: answer.text("catalog"),
        key_type,
        enforcement: catalog::enforcement(answer.maybe("enforcement").as_deref()),
        operations,
        endpoints,
    }
}

/// A key as every call but the one that creates it shows it.
pub(super) fn key(json: &Json<'_>) -> Rc<Key> {
    let mut key = created(json);
    if key.handle.is_empty() {
        // The real service names a key by its id alone.
        key.handle = json.text("id");
    }
    Rc::new(key)
}

/// A key as the call that creates it shows it, but for its secret.
pub(super) fn created(key: &Json<'_>) -> Key {
    Key {
        handle: key.text("handle"),
        id: String::new(),
        description: key.text("description"),
        key_type: key.text("type"),
        scopes: key.texts("scopes"),
        endpoints: key.texts("endpoints"),
        apps: key.list("apps", app_ref),
        created_at: key.maybe("created_at"),
        expires_at: key.maybe("expires_at"),
        last_four: key.text("last_four"),
    }
}

/// An object to be sent, in the making.
pub(super) struct Record(Object);

impl Record {
    pub(super) fn new() -> Self {
        Self(Object::new())
    }

    pub(super) fn set(&self, name: &str, value: &JsValue) {
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), value);
    }

    pub(super) fn text(&self, name: &str, text: &str) {
        self.set(name, &JsValue::from_str(text));
    }

    fn texts(&self, name: &str, texts: &[String]) {
        let array = Array::new();
        for text in texts {
            array.push(&JsValue::from_str(text));
        }
        self.set(name, &array);
    }

    /// A list of one object.
    fn one(&self, name: &str, object: &Self) {
        let array = Array::new();
        array.push(&object.0);
        self.set(name, &array);
    }

    fn spelt(&self) -> Option<String> {
        js_sys::JSON::stringify(&self.0).ok().map(String::from)
    }

    pub(super) fn done(self) -> Object {
        self.0
    }
}

/// What `PostKeys` sends.
pub(super) fn post_key(key: &NewKey) -> Option<String> {
    let sent = Record::new();
    sent.text("description", &key.description);
    sent.texts("scopes", &key.scopes);
    if let Some(key_type) = &key.key_type {
        sent.text("type", key_type);
    }
    if !key.endpoints.is_empty() {
        sent.texts("endpoints", &key.endpoints);
    }
    if let Some(app) = key.apps.first() {
        let opened = Record::new();
        opened.text("id", &app.id);
        opened.text("user_id", &app.user_id);
        sent.one("apps", &opened);
    }
    if let Some(time) = &key.expires_at {
        sent.text("expires_at", time);
    }
    let request = Record::new();
    request.one("keys", &sent);
    request.spelt()
}

/// What `PatchKeys` sends.
pub(super) fn patch_key(patch: &KeyPatch) -> Option<String> {
    let sent = Record::new();
    sent.text("id", &patch.id);
    if let Some(scopes) = &patch.scopes {
        sent.texts("scopes", scopes);
    }
    if let Some(endpoints) = &patch.endpoints {
        sent.texts("endpoints", endpoints);
    }
    if let Some(time) = &patch.expires_at {
        sent.set("expires_at", &time.as_deref().map_or(JsValue::NULL, JsValue::from_str));
    }
    let request = Record::new();
    request.one("keys", &sent);
    request.text("action", "overwrite");
    request.spelt()
}
