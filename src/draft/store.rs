//! Keeps a draft in the tab's own storage, so that a reload loses nothing.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::{Event, Storage};

use super::{Draft, link};

/// What was kept.
#[derive(Default)]
pub(crate) struct Kept {
    /// The draft.
    pub draft: Option<Rc<Draft>>,
    /// The draft that a link took the place of.
    pub replaced: Option<Rc<Draft>>,
}

/// Keeps drafts under a name, once a change has come to rest, so that what was changed is drawn first. What waits is kept at
/// once when the page goes.
pub(crate) struct Store {
    name: Rc<str>,
    waiting: Rc<RefCell<Option<Waiting>>>,
    _leave: Option<EventListener>,
}

/// A draft that waits, and the one that a link took the place of.
type Waiting = (Rc<Draft>, Option<Rc<Draft>>);

impl Store {
    /// Keeps under this name; under an empty one, nothing.
    #[must_use]
    pub(crate) fn new(name: &str) -> Self {
        let name: Rc<str> = name.into();
        let waiting = Rc::new(RefCell::new(None));
        let leave = {
            let (name, waiting) = (name.clone(), waiting.clone());
            move |_: &Event| write(&name, &waiting)
        };
        let window = web_sys::window();
        let leave = window.map(|window| EventListener::new(&window, "pagehide", leave));
        Self { name, waiting, _leave: leave }
    }

    /// What was kept.
    #[must_use]
    pub(crate) fn load(&self) -> Kept {
        let load = |name: &str| link::read_kept(&storage(name)?.get_item(name).ok()??);
        Kept { draft: load(&self.name), replaced: load(&replaced(&self.name)) }
    }

    /// Has a draft wait to be kept, and the one that a link took the place of.
    pub(crate) fn hold(&self, draft: Rc<Draft>, before: Option<Rc<Draft>>) {
        *self.waiting.borrow_mut() = Some((draft, before));
    }

    /// Keeps what waits.
    pub(crate) fn write(&self) {
        write(&self.name, &self.waiting);
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.write();
    }
}

/// Writes what waits. Where the browser refuses to, drafts simply do not survive a reload.
fn write(name: &str, waiting: &RefCell<Option<Waiting>>) {
    let waiting = waiting.borrow_mut().take();
    let (Some(storage), Some((draft, before))) = (storage(name), &waiting) else { return };
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
