//! From a draft to the request that creates its key.

use std::rc::Rc;

use portal_api::{AppRef, Key, NewKey};
use scope_rules::{EmptyAllowList, Grant};

use crate::clock;
use crate::draft::link::push_hex;
use crate::draft::{Attempt, Draft};

/// A fresh attempt to create a key, with an id that nobody can guess.
#[must_use]
pub(crate) fn attempt() -> Attempt {
    let mut bytes = [0; 16];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let mut id = String::new();
    for byte in bytes {
        push_hex(&mut id, byte);
    }
    Attempt { id: id.into(), at: clock::now() }
}

/// What to send for a draft of a key that opens this app, in an attempt that began at `at`.
///
/// # Errors
///
/// [`EmptyAllowList`] if the endpoints are restricted to none.
pub(crate) fn new_key(
    draft: &Draft,
    app: Option<AppRef>,
    at: u32,
) -> Result<NewKey, EmptyAllowList> {
    let wire = draft.selection.grant().to_wire()?;
    Ok(NewKey {
        description: draft.description.trim().to_owned(),
        key_type: Some(draft.key_type.as_str().to_owned()),
        scopes: wire.scopes,
        endpoints: wire.endpoints,
        apps: app.into_iter().collect(),
        expires_at: clock::end(&draft.expiry, at),
    })
}

/// What to send for a key with the scopes of another.
#[must_use]
pub(crate) fn like(key: &Key) -> NewKey {
    NewKey {
        description: key.description.clone(),
        key_type: Some(key.key_type.clone()),
        scopes: key.scopes.clone(),
        endpoints: key.endpoints.clone(),
        apps: key.apps.clone(),
        expires_at: key.expires_at.clone().filter(|time| !clock::is_past(time)),
    }
}

/// What a stored key is granted. What cannot be read grants nothing.
#[must_use]
pub(crate) fn grant_of(key: &Key) -> Rc<Grant> {
    Rc::new(Grant::parse(&key.scopes, &key.endpoints).unwrap_or_default())
}
