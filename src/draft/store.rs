//! Keeps a draft in the tab's own storage, so that a reload loses nothing.

use web_sys::Storage;

use super::{Draft, link};

/// What was kept.
#[derive(Default)]
pub(crate) struct Kept {
    /// The draft.
    pub draft: Option<Draft>,
    /// The draft that a link took the place of.
    pub replaced: Option<Draft>,
}

/// What was kept under a name.
#[must_use]
pub(crate) fn load(name: &str) -> Kept {
    let load = |name: &str| link::read_kept(&storage(name)?.get_item(name).ok()??);
    Kept { draft: load(name), replaced: load(&replaced(name)) }
}

/// Keeps a draft, and the one that a link took the place of. Where the browser refuses to, they simply do not survive a
/// reload.
pub(crate) fn save(name: &str, draft: &Draft, before: Option<&Draft>) {
    let Some(storage) = storage(name) else { return };
    let _ = storage.set_item(name, &link::write_kept(draft));
    let _ = match before {
        Some(before) => storage.set_item(&replaced(name), &link::write_kept(before)),
        None => storage.remove_item(&replaced(name)),
    };
}

/// What the draft is kept under that a link took the place of.
fn replaced(name: &str) -> String {
    if name.is_empty() { String::new() } else { name.to_owned() + "-replaced" }
}

fn storage(name: &str) -> Option<Storage> {
    if name.is_empty() {
        return None;
    }
    web_sys::window()?.session_storage().ok()?
}
