//! A backend made of canned answers, in place of `fetch`.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{Response, ResponseInit};

use crate::page;

/// What the backend does with a call.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    /// Answers with a status and a body.
    Says(u16, &'static str),
    /// Is not there.
    Down,
    /// Never answers in time.
    Slow,
    /// Answers once the test [`release`]s it.
    Held,
}

/// The catalog of these tests: three resources, of which one can also be trained.
pub(crate) const SCOPES: &str = r#"{"status": {"code": 10000}, "catalog": "test", "enforcement": "graded",
    "scope_deps": [
        {"scope": "All"},
        {"scope": "Apps:Get"},
        {"scope": "Inputs:Get"},
        {"scope": "Inputs:Add", "depending_scopes": ["Inputs:Get"]},
        {"scope": "Inputs:Delete", "depending_scopes": ["Inputs:Add", "Inputs:Get"]},
        {"scope": "Models:Get"},
        {"scope": "Models:Train", "depending_scopes": ["Models:Get"]},
        {"scope": "Predict"}
    ],
    "endpoint_deps": [
        {"endpoint": "/test.V2/MyScopes", "auth": "KeyAuth"},
        {"endpoint": "/test.V2/GetInput", "auth": "KeyAuth", "depending_scopes": ["Apps:Get", "Inputs:Get"]},
        {"endpoint": "/test.V2/PostInputs", "auth": "KeyAuth", "depending_scopes": ["Inputs:Add", "Inputs:Get"]},
        {"endpoint": "/test.V2/DeleteInput", "auth": "KeyAuth", "depending_scopes": ["Inputs:Add", "Inputs:Delete", "Inputs:Get"]},
        {"endpoint": "/test.V2/GetModel", "auth": "KeyAuth", "depending_scopes": ["Models:Get"]},
        {"endpoint": "/test.V2/PostModelOutputs", "auth": "KeyAuth", "depending_scopes": ["Models:Get", "Predict"]}
    ],
    "other_endpoints": [{"endpoint": "/test.V2/PostApps", "auth": "PATAuth"}]}"#;

/// The keys of an app: one, which never expires.
pub(crate) const KEYS: &str = r#"{"status": {"code": 10000}, "keys": [{"id": "key_1", "handle": "key_1", "description": "First", "type": "app_specific_key", "last_four": "abcd", "scopes": ["Inputs:Get"], "endpoints": [], "apps": [{"id": "birds", "user_id": "ada"}], "created_at": "2026-01-02T03:04:05Z"}]}"#;

const OK: &str = r#"{"status": {"code": 10000}}"#;

/// What a call gets unless a test says otherwise.
const USUAL: [(&str, Answer); 9] = [
    (
        "GET /v2/users/me",
        Answer::Says(200, r#"{"status": {"code": 10000}, "user": {"id": "ada"}}"#),
    ),
    (
        "GET /v2/users/me/apps",
        Answer::Says(
            200,
            r#"{"status": {"code": 10000}, "apps": [{"id": "birds", "name": "Bird <b>watch</b>", "user_id": "ada"}, {"id": "cats", "user_id": "ada"}]}"#,
        ),
    ),
    (
        "GET /v2/users/me/collaborations",
        Answer::Says(
            200,
            r#"{"status": {"code": 10000}, "collaborations": [{"app": {"id": "shared", "name": "Shared app", "user_id": "bob"}, "app_owner": {"id": "bob", "name": "Bob"}, "scopes": ["Inputs:Get"]}]}"#,
        ),
    ),
    ("GET /v2/users/me/scopes", Answer::Says(200, SCOPES)),
    ("GET /v2/users/ada/apps/birds/keys", Answer::Says(200, KEYS)),
    (
        "GET /v2/users/bob/apps/shared/keys",
        Answer::Says(200, r#"{"status": {"code": 10000}, "keys": []}"#),
    ),
    (
        "POST /v2/users/me/keys",
        Answer::Says(
            200,
            r#"{"status": {"code": 10000}, "keys": [{"id": "ask_verysecret", "handle": "key_2", "description": "Mine", "type": "app_specific_key", "last_four": "cret", "scopes": ["Inputs:Get"], "apps": [{"id": "birds", "user_id": "ada"}]}]}"#,
        ),
    ),
    ("PATCH /v2/users/me/keys", Answer::Says(200, OK)),
    ("DELETE /v2/users/me/keys/key_1", Answer::Says(200, OK)),
];

/// A call that was made.
#[derive(Clone)]
pub(crate) struct Call {
    /// Method and path.
    pub(crate) line: String,
    /// The body, if there was one.
    pub(crate) body: String,
    /// The `Idempotency-Key`, if there was one.
    pub(crate) attempt: String,
}

thread_local! {
    static ANSWERS: RefCell<HashMap<String, Answer>> = RefCell::default();
    static CALLS: RefCell<Vec<Call>> = RefCell::default();
    static HELD: RefCell<Vec<Function>> = RefCell::default();
}

/// Puts the canned backend in place, with the usual answers. No page is left of a test that failed.
pub(crate) fn install() {
    page::close_all();
    heal();
    CALLS.with(|calls| calls.borrow_mut().clear());
    HELD.with(|held| held.borrow_mut().clear());
    let fetch =
        Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(|url: JsValue, init: JsValue| {
            answer(&url, &init)
        });
    let window = web_sys::window().unwrap();
    Reflect::set(&window, &"fetch".into(), fetch.as_ref()).unwrap();
    fetch.forget();
}

/// Makes the backend answer as usual again.
pub(crate) fn heal() {
    ANSWERS.with(|answers| {
        *answers.borrow_mut() =
            USUAL.iter().map(|(line, answer)| ((*line).to_owned(), *answer)).collect();
    });
}

/// Makes the backend answer a call otherwise from now on.
pub(crate) fn let_answer(line: &str, answer: Answer) {
    ANSWERS.with(|answers| answers.borrow_mut().insert(line.to_owned(), answer));
}

/// The calls made so far that begin with a text.
pub(crate) fn calls(begin: &str) -> Vec<Call> {
    CALLS.with(|calls| {
        calls.borrow().iter().filter(|call| call.line.starts_with(begin)).cloned().collect()
    })
}

/// Answers the call that has been held for the longest time.
pub(crate) fn release(answer: Answer) {
    let resolve = HELD.with(|held| held.borrow_mut().remove(0));
    resolve.call1(&JsValue::NULL, &promise(answer)).unwrap();
}

fn answer(url: &JsValue, init: &JsValue) -> Promise {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap();
    let url = url.as_string().unwrap();
    let path = url.split('?').next().unwrap().to_owned();
    let line = get(init, "method").as_string().unwrap() + " " + &path;
    let call = Call {
        line: line.clone(),
        body: get(init, "body").as_string().unwrap_or_default(),
        attempt: get(&get(init, "headers"), "idempotency-key").as_string().unwrap_or_default(),
    };
    CALLS.with(|calls| calls.borrow_mut().push(call));
    let answer = ANSWERS.with(|answers| answers.borrow().get(&line).copied());
    promise(answer.unwrap_or(Answer::Says(404, r#"{"status": {"code": 11101}}"#)))
}

fn promise(answer: Answer) -> Promise {
    match answer {
        Answer::Says(status, body) => {
            let init = ResponseInit::new();
            init.set_status(status);
            let response = Response::new_with_opt_str_and_init(Some(body), &init).unwrap();
            Promise::resolve(&JsValue::from(response))
        }
        Answer::Down => Promise::reject(&js_sys::TypeError::new("Failed to fetch")),
        Answer::Slow => {
            let error = js_sys::Error::new("signal timed out");
            error.set_name("TimeoutError");
            Promise::reject(&error)
        }
        Answer::Held => Promise::new(&mut |resolve, _| {
            HELD.with(|held| held.borrow_mut().push(resolve));
        }),
    }
}

/// Runs a line of script, for what the tests cannot reach otherwise.
pub(crate) fn script(line: &str) -> JsValue {
    Function::new_no_args(line).call0(&JsValue::NULL).unwrap()
}
