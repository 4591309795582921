//! One HTTP call. The browser parses the JSON.

use js_sys::{JSON, Reflect};
use portal_api::{Status, StatusResponse};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCredentials, RequestInit, Response};

use super::PortalError;

/// How long a call may take, in milliseconds.
const PATIENCE: u32 = 15_000;

/// A call to be made.
pub(super) struct Call<'a> {
    pub(super) method: &'static str,
    pub(super) url: &'a str,
    pub(super) body: Option<JsValue>,
    /// What the backend knows a repeated attempt by.
    pub(super) attempt: Option<&'a str>,
}

/// Makes a call; its answer is a JSON value whose status says success.
pub(super) async fn send(call: &Call<'_>) -> Result<JsValue, PortalError> {
    let window = web_sys::window().ok_or(PortalError::Unreachable)?;
    let request = request(call).map_err(|_| PortalError::Unreachable)?;
    let lost = |error: JsValue| {
        if is_timeout(&error) {
            PortalError::TimedOut
        } else if window.navigator().on_line() {
            PortalError::Unreachable
        } else {
            PortalError::Offline
        }
    };
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(call.url, &request))
        .await
        .map_err(lost)?
        .unchecked_into();
    let text = response.text().map_err(lost)?;
    let text = JsFuture::from(text).await.map_err(lost)?;
    let json = text.as_string().and_then(|text| JSON::parse(&text).ok());
    if response.ok() {
        let json = json.filter(JsValue::is_object).ok_or(PortalError::Garbled)?;
        return Ok(json);
    }
    let status = json
        .and_then(|json| read::<StatusResponse>(json).ok())
        .map_or_else(Status::default, |answer| answer.status);
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

/// Reads an answer as a message.
pub(super) fn read<T: DeserializeOwned>(json: JsValue) -> Result<T, PortalError> {
    serde_wasm_bindgen::from_value(json).map_err(|_| PortalError::Garbled)
}

/// Writes a message as JSON.
pub(super) fn write(message: &impl Serialize) -> Option<JsValue> {
    let value = message.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    JSON::stringify(&value).ok().map(JsValue::from)
}

fn request(call: &Call<'_>) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    if call.body.is_some() {
        headers.set("content-type", "application/json")?;
    }
    if let Some(attempt) = call.attempt {
        headers.set("idempotency-key", attempt)?;
    }
    let init = RequestInit::new();
    init.set_method(call.method);
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    if let Some(body) = &call.body {
        init.set_body(body);
    }
    Ok(init)
}

fn is_timeout(error: &JsValue) -> bool {
    Reflect::get(error, &JsValue::from_str("name"))
        .is_ok_and(|name| name.as_string().as_deref() == Some("TimeoutError"))
}
