//! Keeps a draft in the tab's own storage, so that a reload loses nothing.

use web_sys::Storage;

use super::{Draft, link};

/// The draft kept under a name, if there is one.
#[must_use]
pub(crate) fn load(name: &str) -> Option<Draft> {
    let kept = storage(name)?.get_item(name).ok()??;
    link::read_kept(&kept)
}

/// Keeps a draft. Where the browser refuses to, the draft simply does not survive a reload.
pub(crate) fn save(name: &str, draft: &Draft) {
    if let Some(storage) = storage(name) {
        let _ = storage.set_item(name, &link::write_kept(draft));
    }
}

fn storage(name: &str) -> Option<Storage> {
    if name.is_empty() {
        return None;
    }
    web_sys::window()?.session_storage().ok()?
}
