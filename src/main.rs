//! Mounts the page on its own address.

#![cfg_attr(target_arch = "wasm32", no_main)]

use key_setup::{Options, mount};
use yew::AttrValue;

/// Half the size of the standard one, and quicker in the browser.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Begins here, and not in a `main`: around that, the standard library would look after standard output.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen(start))]
pub fn start() {
    let Some(window) = web_sys::window() else { return };
    let Some(element) =
        window.document().and_then(|document| document.get_element_by_id("key-setup"))
    else {
        return;
    };
    let location = window.location();
    let [origin, path, link] = [location.origin(), location.pathname(), location.search()]
        .map(|part| AttrValue::from(part.unwrap_or_default()));
    let options = Options {
        link,
        link_base: AttrValue::from([origin.as_str(), &path].concat()),
        api_base: origin,
        // Only a demo backend has it.
        renew: "/demo/session".into(),
        storage_key: "key-setup-draft".into(),
        ..Options::default()
    };
    // The page stays until the document goes.
    std::mem::forget(mount(element, options));
    // From here on the draft is what counts: a reload must not go back to the link.
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    start();
}
