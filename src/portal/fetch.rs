//! One HTTP call. The browser parses the JSON.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCredentials, RequestInit, Response};

use super::wire::{self, Json};
use super::{Answer, Call, PortalError};

/// How long a call may take, in milliseconds.
const PATIENCE: u32 = 15_000;

/// Makes a call; its answer is a JSON value whose status says success.
pub(super) async fn send(base: &str, call: &Call) -> Answer<Json> {
    let url = base.to_owned() + &call.path;
    let window = web_sys::window().ok_or(PortalError::Unreachable)?;
    let request = request(call).map_err(|_| PortalError::Unreachable)?;
    let lost = |error: JsValue| {
        // WebKit says of what was given up that it was aborted, and not why.
        if is_named(&error, "TimeoutError") || is_named(&error, "AbortError") {
            PortalError::TimedOut
        } else if window.navigator().on_line() {
            PortalError::Unreachable
        } else {
            PortalError::Offline
        }
    };
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(&url, &request))
        .await
        .map_err(lost)?
        .unchecked_into();
    // The answer may hold the secret of a new key: only the browser reads all of it.
    let json = response.json().map_err(lost)?;
    let json = match JsFuture::from(json).await {
        Ok(json) => Json::of(json),
        Err(error) if is_named(&error, "SyntaxError") => None,
        Err(error) => return Err(lost(error)),
    };
    if response.ok() {
        return json.ok_or(PortalError::Garbled);
    }
    let status = json.and_then(|json| wire::status(&json).ok()).unwrap_or_default();
    let error = PortalError::from_status(response.status(), status);
    Err(match error {
        PortalError::Throttled(_) => PortalError::Throttled(
            response
                .headers()
                .get("retry-after")
                .ok()
                .flatten()
                .and_then(|seconds| seconds.trim().parse().ok()),
        ),
        error => error,
    })
}

fn request(call: &Call) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    if call.body.is_some() {
        headers.set("content-type", "application/json")?;
    }
    if let Some(attempt) = &call.attempt {
        headers.set("idempotency-key", attempt)?;
    }
    let init = RequestInit::new();
    init.set_method(call.method);
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    if let Some(body) = &call.body {
        init.set_body(&JsValue::from_str(body));
    }
    Ok(init)
}

fn is_named(error: &JsValue, name: &str) -> bool {
    Reflect::get(error, &JsValue::from_str("name"))
        .is_ok_and(|found| found.as_string().as_deref() == Some(name))
}
