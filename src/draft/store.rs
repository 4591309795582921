//! Keeps a draft in the tab's own storage, so that a reload loses nothing.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::{Event, Storage};

use super::{Attempt, Draft, link};

/// What is kept.
#[derive(Default)]
pub(crate) struct Kept {
    /// The draft.
    pub draft: Option<Rc<Draft>>,
    /// The draft that it took the place of.
    pub replaced: Option<Rc<Draft>>,
    /// The attempts to replace keys whose answers have not come.
    pub replacing: Vec<Replacing>,
}

/// An attempt to create the key that replaces another.
#[derive(Clone)]
pub(crate) struct Replacing {
    /// The handle of the other key.
    pub handle: Rc<str>,
    /// The attempt.
    pub attempt: Attempt,
}

/// Keeps drafts under a name, once a change has come to rest, so that what was changed is drawn first. What waits is kept at
/// once when the page goes.
pub(crate) struct Store {
    name: Rc<str>,
    waiting: Rc<RefCell<Option<Kept>>>,
    _leave: Option<EventListener>,
}

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
        let load = |part: &str| storage(&self.name)?.get_item(&[&self.name, part].concat()).ok()?;
        let draft = |part: &str| link::read_kept(&load(part)?);
        let mut replacing = Vec::new();
        for line in load(REPLACING).unwrap_or_default().lines() {
            let mut words = line.split(' ');
            let (Some(handle), Some(id), Some(at)) = (words.next(), words.next(), words.next())
            else {
                continue;
            };
            let attempt = Attempt { id: id.into(), at: at.parse().unwrap_or_default() };
            replacing.push(Replacing { handle: handle.into(), attempt });
        }
        Kept { draft: draft(""), replaced: draft(REPLACED), replacing }
    }

    /// Has this wait to be kept.
    pub(crate) fn hold(&self, kept: Kept) {
        *self.waiting.borrow_mut() = Some(kept);
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

/// What is added to the name for the draft that another took the place of.
const REPLACED: &str = "-replaced";
/// What is added to the name for attempts to replace keys.
const REPLACING: &str = "-replacing";

/// Writes what waits. Where the browser refuses to, drafts simply do not survive a reload.
fn write(name: &str, waiting: &RefCell<Option<Kept>>) {
    let waiting = waiting.borrow_mut().take();
    let (Some(storage), Some(kept)) = (storage(name), waiting) else { return };
    let mut attempts = String::new();
    for Replacing { handle, attempt } in &kept.replacing {
        for part in [handle, " ", &attempt.id, " ", &attempt.at.to_string(), "\n"] {
            attempts.push_str(part);
        }
    }
    let draft =
        |draft: &Option<Rc<Draft>>| draft.as_deref().map_or_else(String::new, link::write_kept);
    for (part, text) in
        [("", draft(&kept.draft)), (REPLACED, draft(&kept.replaced)), (REPLACING, attempts)]
    {
        let name = [name, part].concat();
        let _ = if text.is_empty() {
            storage.remove_item(&name)
        } else {
            storage.set_item(&name, &text)
        };
    }
}

fn storage(name: &str) -> Option<Storage> {
    if name.is_empty() {
        return None;
    }
    web_sys::window()?.session_storage().ok()?
}
