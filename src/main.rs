//! Mounts the page on its own address.

use key_setup::{Options, mount};

fn main() {
    let Some(window) = web_sys::window() else { return };
    let Some(element) =
        window.document().and_then(|document| document.get_element_by_id("key-setup"))
    else {
        return;
    };
    let location = window.location();
    let address = [location.origin(), location.pathname()].map(Result::unwrap_or_default);
    let options = Options {
        api_base: location.origin().unwrap_or_default().into(),
        link: location.search().unwrap_or_default().into(),
        link_base: address.concat().into(),
        storage_key: "key-setup-draft".into(),
        ..Options::default()
    };
    // The page stays until the document goes.
    std::mem::forget(mount(element, options));
    // From here on the draft is what counts: a reload must not go back to the link.
    if let (Ok(history), Ok(path)) = (window.history(), location.pathname()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
}
