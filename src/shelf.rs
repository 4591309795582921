//! The apps that a key can be made for: the user's own, and those that others share.

use std::rc::Rc;

use portal_api::AppRef;
use scope_rules::Grant;
use yew::AttrValue;

use crate::draft::Draft;
use crate::portal::PortalError;
use crate::text;
use crate::ui::Choice;

/// How many characters of an app's name are shown.
const LONGEST_NAME: usize = 100;

/// An app that a key can be made for.
pub(crate) struct Entry {
    /// Which app it is.
    pub app: Rc<AppRef>,
    /// What it is called.
    pub name: AttrValue,
    /// Who shares it, if it is not the user's own.
    pub owner: Option<AttrValue>,
    /// What the owner's invite allows.
    pub invite: Option<Rc<Grant>>,
}

/// One of the two lists that the apps come in.
#[derive(Default)]
pub(crate) struct List {
    /// The page to go on with; nothing once all are there.
    pub next: Option<usize>,
    /// Why loading stopped.
    pub error: Option<PortalError>,
}

/// The apps known so far. Each list is loaded page by page, and goes on where it stopped.
pub(crate) struct Shelf {
    /// The user's own.
    pub own: List,
    /// Those that others share.
    pub shared: List,
    /// All of them: those that are shared last.
    pub entries: Vec<Entry>,
    /// How many of them are the user's own.
    count_own: usize,
    /// The same apps, to choose from.
    pub choices: Vec<Choice>,
}

impl Default for Shelf {
    fn default() -> Self {
        let list = || List { next: Some(1), ..List::default() };
        Self { own: list(), shared: list(), entries: Vec::new(), count_own: 0, choices: Vec::new() }
    }
}

impl Shelf {
    /// The place of an app. Where its owner is not said, the user's own comes first.
    #[must_use]
    fn find(&self, app: &AppRef) -> Option<usize> {
        let place = |is_it: &dyn Fn(&Entry) -> bool| {
            self.entries.iter().position(|entry| entry.app.id == app.id && is_it(entry))
        };
        let is_owned_by = |entry: &Entry| entry.app.user_id == app.user_id;
        place(&is_owned_by).or_else(|| {
            // The user's own stand before those that others share.
            place(&|_| app.user_id.is_empty())
        })
    }

    /// The place of the app that a draft names.
    #[must_use]
    pub(crate) fn find_chosen(&self, draft: &Draft) -> Option<usize> {
        self.find(draft.app.as_deref()?)
    }

    /// Whether all apps are there.
    #[must_use]
    pub(crate) fn is_complete(&self) -> bool {
        self.own.next.is_none() && self.shared.next.is_none()
    }

    /// Why loading stopped, if it did.
    #[must_use]
    pub(crate) fn error(&self) -> Option<&PortalError> {
        self.own.error.as_ref().or(self.shared.error.as_ref())
    }

    /// Whether more are on their way.
    #[must_use]
    pub(crate) fn is_busy(&self) -> bool {
        let is_busy = |list: &List| list.next.is_some() && list.error.is_none();
        is_busy(&self.own) || is_busy(&self.shared)
    }

    /// Takes a page of the user's own apps; the last one says that there is no `next`.
    pub(crate) fn add_own(&mut self, apps: Vec<Entry>, next: Option<usize>) {
        for app in apps {
            self.add(self.count_own, app);
            self.count_own += 1;
        }
        self.own.next = next;
    }

    /// Takes a page of the apps that others share; the last one says that there is no `next`.
    pub(crate) fn add_shared(&mut self, apps: Vec<Entry>, next: Option<usize>) {
        for app in apps {
            self.add(self.entries.len(), app);
        }
        self.shared.next = next;
    }

    fn add(&mut self, place: usize, entry: Entry) {
        self.choices.insert(place, entry.choice());
        self.entries.insert(place, entry);
    }
}

impl Entry {
    fn choice(&self) -> Choice {
        let id = &self.app.id;
        let detail = match &self.owner {
            Some(owner) => text::shared_by(id, owner),
            None => AttrValue::from(id.clone()),
        };
        Choice::new(self.name.clone(), detail)
    }

    /// An app of the user's own.
    #[must_use]
    pub(crate) fn own(app: AppRef, name: String) -> Self {
        let name = if name.is_empty() { app.id.clone() } else { name };
        Self { name: beginning(name), app: Rc::new(app), owner: None, invite: None }
    }

    /// The same, shared by somebody, and what the invite allows.
    #[must_use]
    pub(crate) fn shared(self, owner: String, scopes: &[String], endpoints: &[String]) -> Self {
        // An invite that cannot be read is taken to allow nothing.
        let invite = Grant::parse(scopes, endpoints).unwrap_or_default();
        Self { owner: Some(owner.into()), invite: Some(Rc::new(invite)), ..self }
    }
}

/// Of a name that would fill the page, the beginning.
fn beginning(name: String) -> AttrValue {
    match name.char_indices().nth(LONGEST_NAME) {
        None => name.into(),
        Some((end, _)) => AttrValue::from(name.get(..end).unwrap_or_default().to_owned() + "…"),
    }
}
