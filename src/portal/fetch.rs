//! One HTTP call. The browser parses the JSON.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Response};

use super::wire::{self, Record};
use super::{Answer, Call, PortalError};

/// How long a call may take, in milliseconds.
const PATIENCE: u32 = 15_000;

/// Makes a call; its answer is what came with a status that says success.
pub(super) async fn send(base: &str, call: &Call) -> Answer<JsValue> {
    let asked = ask(base, call).ok_or(PortalError::Unreachable)?;
    let response: Response = JsFuture::from(asked).await.map_err(lost)?.unchecked_into();
    // The answer may hold the secret of a new key: only the browser reads all of it.
    let json = JsFuture::from(response.json().map_err(lost)?).await;
    received(&response, json)
}

/// Asks the browser to make a call.
fn ask(base: &str, call: &Call) -> Option<Promise> {
    let headers = Record::new();
    headers.text("accept", "application/json");
    let request = Record::new();
    request.text("method", call.method);
    if let Some(body) = &call.body {
        headers.text("content-type", "application/json");
        request.text("body", body);
    }
    if let Some(attempt) = &call.attempt {
        headers.text("idempotency-key", attempt);
    }
    request.set("headers", &headers.done());
    request.set("signal", &AbortSignal::timeout_with_u32(PATIENCE));
    let url = base.to_owned() + &call.path;
    let window = web_sys::window()?;
    Some(window.fetch_with_str_and_init(&url, &request.done().unchecked_into()))
}

/// What a response comes to, and what was read of it.
fn received(response: &Response, json: Result<JsValue, JsValue>) -> Answer<JsValue> {
    let json = match json {
        // No JSON is no object.
        Err(error) if is_named(&error, "SyntaxError") => JsValue::UNDEFINED,
        json => json.map_err(lost)?,
    };
    let http = response.status();
    if matches!(http, 200..=299) {
        return Ok(json);
    }
    if http == 429 {
        let wait = response.headers().get("retry-after").ok().flatten();
        return Err(PortalError::Throttled(wait.and_then(|seconds| seconds.trim().parse().ok())));
    }
    let status = wire::read(&json, wire::status).unwrap_or_default();
    Err(PortalError::from_status(http, status))
}

/// Why no answer came.
fn lost(error: JsValue) -> PortalError {
    // WebKit says of what was given up that it was aborted, and not why.
    if is_named(&error, "TimeoutError") || is_named(&error, "AbortError") {
        PortalError::TimedOut
    } else if web_sys::window().is_some_and(|window| !window.navigator().on_line()) {
        PortalError::Offline
    } else {
        PortalError::Unreachable
    }
}

fn is_named(error: &JsValue, name: &str) -> bool {
    Reflect::get(error, &JsValue::from_str("name"))
        .is_ok_and(|found| found.as_string().as_deref() == Some(name))
}
