//! The apps that a key can be made for: the user's own, and those that others share.

use std::cell::Cell;
use std::rc::Rc;

use portal_api::{App, AppRef, Collaboration};
use scope_rules::Grant;
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, UseStateSetter, hook, use_callback, use_effect_with, use_state};

use crate::portal::{PAGE, Portal, PortalError};
use crate::text;
use crate::ui::Choice;

/// How many characters of an app's name are shown.
const LONGEST_NAME: usize = 100;

/// An app that a key can be made for.
#[derive(Clone)]
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

/// The apps known so far. Compared by pointer.
#[derive(Clone, Default)]
pub(crate) struct Shelf {
    /// The apps: those that are shared last.
    pub entries: Rc<[Entry]>,
    /// The same apps, to choose from.
    pub choices: Rc<[Choice]>,
    /// Whether more are on their way.
    pub busy: bool,
    /// Why loading stopped.
    pub error: Option<PortalError>,
}

impl PartialEq for Shelf {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
            && self.busy == other.busy
            && self.error == other.error
    }
}

impl Shelf {
    /// The place of an app.
    #[must_use]
    pub(crate) fn find(&self, app: &AppRef) -> Option<usize> {
        let own = |entry: &Entry| app.user_id.is_empty() && entry.owner.is_none();
        self.entries.iter().position(|entry| {
            entry.app.id == app.id && (entry.app.user_id == app.user_id || own(entry))
        })
    }
}

/// Loads the apps page by page, beginning when there is a portal. The callback goes on after an error.
#[hook]
pub(crate) fn use_shelf(portal: Option<Portal>) -> (Shelf, Callback<()>) {
    let shelf = use_state(|| Shelf { busy: true, ..Shelf::default() });
    let attempt = use_state(|| 0_u32);
    {
        let setter = shelf.setter();
        use_effect_with((portal, *attempt), move |(portal, _)| {
            let stopped = Rc::new(Cell::new(false));
            if let Some(portal) = portal.clone() {
                let stopped = stopped.clone();
                spawn_local(async move { fill(&portal, &setter, &stopped).await });
            }
            move || stopped.set(true)
        });
    }
    let again = use_callback((), move |(), ()| attempt.set(*attempt + 1));
    ((*shelf).clone(), again)
}

async fn fill(portal: &Portal, setter: &UseStateSetter<Shelf>, stopped: &Cell<bool>) {
    let mut own: Vec<Entry> = Vec::new();
    let shared = match portal.collaborations().await {
        Ok(shared) => shared.into_iter().map(Entry::shared).collect(),
        Err(error) => return show(setter, stopped, Vec::new(), false, Some(error)),
    };
    for page in 1.. {
        let (some, error) = match portal.apps(page).await {
            Ok(some) => (some, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let more = some.len() == PAGE && error.is_none();
        own.extend(some.into_iter().map(Entry::own));
        let all = [own.clone(), Vec::clone(&shared)].concat();
        show(setter, stopped, all, more, error);
        if !more || stopped.get() {
            break;
        }
    }
}

fn show(
    setter: &UseStateSetter<Shelf>,
    stopped: &Cell<bool>,
    entries: Vec<Entry>,
    busy: bool,
    error: Option<PortalError>,
) {
    if !stopped.get() {
        let choices = entries.iter().map(Entry::choice).collect();
        setter.set(Shelf { entries: entries.into(), choices, busy, error });
    }
}

impl Entry {
    fn choice(&self) -> Choice {
        let id = &self.app.id;
        Choice {
            label: self.name.clone(),
            detail: match &self.owner {
                Some(owner) => text::shared_by(id, owner),
                None => AttrValue::from(id.clone()),
            },
        }
    }

    fn own(app: App) -> Self {
        Self {
            name: name(&app),
            app: Rc::new(AppRef { id: app.id, user_id: app.user_id }),
            owner: None,
            invite: None,
        }
    }

    fn shared(shared: Collaboration) -> Self {
        let owner = if shared.app_owner.name.is_empty() {
            shared.app_owner.id
        } else {
            shared.app_owner.name
        };
        // An invite that cannot be read is taken to allow nothing.
        let invite = Grant::parse(&shared.scopes, &shared.endpoints).unwrap_or_default();
        Self { owner: Some(owner.into()), invite: Some(Rc::new(invite)), ..Self::own(shared.app) }
    }
}

/// What an app is called; of a name that would fill the page, the beginning.
fn name(app: &App) -> AttrValue {
    let name = if app.name.is_empty() { &app.id } else { &app.name };
    match name.char_indices().nth(LONGEST_NAME) {
        None => AttrValue::from(name.clone()),
        Some((end, _)) => AttrValue::from(name.get(..end).unwrap_or_default().to_owned() + "…"),
    }
}
