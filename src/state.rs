//! Everything the page knows, and how gestures and answers change it.
//!
//! It touches neither the document nor the network: what is to be done outside is left as an [`Effect`], which
//! [`crate::setup`] carries out.

mod answer;
mod changes;
mod listing;

use std::rc::Rc;

use portal_api::{AppRef, Key, Secret};
use scope_rules::{Grant, KeyType};
use yew::AttrValue;

pub(crate) use listing::Listing;

use crate::clock;
use crate::draft::link::Problem;
use crate::draft::store::{Kept, Replacing};
use crate::draft::{Action, Attempt, Draft, Expiry, Selection, link};
use crate::keys::Overlap;
use crate::options::Options;
use crate::outline::Outline;
use crate::picture::Picture;
use crate::portal::{Call, Portal, PortalError};
use crate::shelf::{Entry, Shelf};
use crate::text;
use crate::ui::{Combobox, new_id};
use crate::wrong::Wrong;

/// Data that comes from elsewhere. What was loaded before stays while it is loaded again, and when that fails.
pub(crate) struct Load<T> {
    /// The data, once there is any.
    pub data: Option<T>,
    /// Why the last attempt failed.
    pub error: Option<PortalError>,
    /// Whether an attempt is under way.
    pub busy: bool,
    /// Which attempt it is: an answer to one that has been overtaken is not heard.
    ticket: u32,
}

impl<T> Default for Load<T> {
    fn default() -> Self {
        Self { data: None, error: None, busy: true, ticket: 0 }
    }
}

impl<T> Load<T> {
    fn begin(&mut self) -> u32 {
        self.error = None;
        self.busy = true;
        self.ticket += 1;
        self.ticket
    }

    /// Takes what an attempt brought, unless another one has overtaken it.
    fn end(&mut self, ticket: u32, answer: Result<T, PortalError>) {
        if ticket == self.ticket {
            self.busy = false;
            match answer {
                Ok(data) => self.data = Some(data),
                Err(error) => self.error = Some(error),
            }
        }
    }
}

/// Why a call is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Errand {
    /// To know whether anybody is signed in.
    User,
    /// To list the apps that others share, from this page on.
    Shared(usize),
    /// To list the user's own apps, from this page on.
    Apps(usize),
    /// To know what the plan offers.
    Catalog,
    /// To list the keys, from this page on.
    Keys(usize),
    /// To create the key drafted.
    Create,
    /// To save the scopes edited.
    Save,
    /// To delete a key.
    Remove,
    /// To create the key that replaces another.
    Replace,
    /// To end the key that was replaced.
    End,
}

/// What is to be done outside.
pub(crate) enum Effect {
    /// Make a call, and hand on the answer with its errand and ticket.
    Ask(Errand, u32, Call),
    /// Focus the first element in the page that matches, once it is drawn.
    Focus(&'static str),
    /// Focus the first element that matches, wherever it is scrolled to.
    FocusInPlace(&'static str),
    /// Close the dialog, before it is no longer drawn.
    CloseDialog,
    /// Copy what this copies.
    Copy(Copied),
    /// Say in a while that the change has come to rest.
    Rest,
    /// Keep the draft for a reload, once it has come to rest.
    Keep,
    /// Keep it at once.
    KeepNow,
}

/// Something that a button copies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Copied {
    /// A link to the selection.
    Link,
    /// The secret of the new key.
    Secret,
    /// The command to try it.
    Curl,
    /// The code to try it.
    Python,
}

impl Copied {
    const ALL: [Self; 4] = [Self::Link, Self::Secret, Self::Curl, Self::Python];

    /// What the button and the text are called.
    #[must_use]
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Secret => "secret",
            Self::Curl => "curl",
            Self::Python => "python",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|copied| copied.as_str() == text)
    }
}

/// Which dialog is open.
pub(crate) enum Dialog {
    /// None.
    Closed,
    /// Whether to go on in spite of the warnings.
    Confirm,
    /// What all fixes change.
    FixAll(Rc<Grant>),
    /// Whether to delete a key.
    Remove(Pending),
    /// How to replace a key.
    Replace(Pending, Overlap),
    /// The new key.
    Fresh(Fresh),
}

/// A key that something is to be done with.
pub(crate) struct Pending {
    /// The key.
    pub key: Rc<Key>,
    /// Whether it is under way.
    pub busy: bool,
    /// Why it failed.
    pub error: Option<PortalError>,
    /// Whether the new key's secret was lost on the way.
    pub lost: bool,
    /// The new key, while the old one is being ended.
    replaced_by: Option<(Secret, Rc<Key>)>,
}

/// A key that was just created. It is neither printed nor copied, and wiped when the dialog closes.
pub(crate) struct Fresh {
    /// The secret, shown this once.
    pub secret: Secret,
    /// What is known of the key from now on.
    pub key: Rc<Key>,
    /// What it can do.
    pub picture: Option<Picture>,
    /// Why the key that it replaces could not be ended, if that failed.
    pub leftover: Option<PortalError>,
    /// Whether it took the place of another key.
    pub has_replaced: bool,
    /// Whether the person wants to close the dialog, and is asked.
    pub asking: bool,
    /// Whether the key, or an example with it, was copied.
    pub copied: bool,
}

/// What came of the last press of the button.
pub(crate) enum Outcome {
    /// Nothing yet.
    None,
    /// The request is under way.
    Busy,
    /// Something has to be put right first: what the fields show of themselves, and what the backend said of this draft.
    Refused(Wrong, Rc<Draft>),
    /// It went well.
    Saved,
    /// The key was created, but its secret was lost.
    Lost,
    /// The request failed.
    Failed(PortalError),
}

/// How the scopes are looked at.
#[derive(Default)]
pub(crate) struct Look {
    /// Whether the endpoints are shown, and not the operations.
    pub at_endpoints: bool,
    /// What is typed into the search.
    pub typed: AttrValue,
    /// Only what is ticked now, or was in this selection, is shown: what is unticked does not vanish under the hand.
    pub only_selected: Option<Rc<Selection>>,
}

/// Everything the page knows.
pub(crate) struct State {
    /// The id that all others derive from.
    pub id: AttrValue,
    /// What the page was given.
    pub options: Options,
    pub(crate) portal: Rc<Portal>,
    /// What has been chosen.
    pub draft: Rc<Draft>,
    /// The draft that a link took the place of, or that was left while it was not saved.
    pub replaced_draft: Option<Rc<Draft>>,
    /// What of the link could not be used.
    pub link_problems: Vec<Problem>,
    /// Who is signed in.
    pub user: Load<()>,
    /// The apps.
    pub shelf: Shelf,
    /// What the plan offers to the kind of key chosen, laid out.
    pub outline: Load<Outline>,
    outline_of: Option<KeyType>,
    /// The keys of the app chosen, or the tokens.
    pub keys: Load<Rc<[Rc<Key>]>>,
    keys_of: Option<Option<Rc<AppRef>>>,
    /// The keys of the pages that have come so far.
    unlisted: Vec<Rc<Key>>,
    /// What the key will be able to do, once that is known.
    pub picture: Option<Picture>,
    /// How the app is being chosen.
    pub app_box: Combobox,
    /// How the scopes are looked at.
    pub look: Look,
    /// How the list in the panel is looked at.
    pub listing: Listing,
    /// The key whose preview is open, and how that is looked at.
    pub previewed: Option<(Rc<Key>, Picture, Listing)>,
    /// What is unfolded, or further unfolded, by name.
    pub folds: Rc<Folds>,
    /// What flipping the box, or pressing the button, would do that is pointed at or focused.
    pub probed: Option<Action>,
    /// What the last change of scopes changed, in words.
    changed: Option<AttrValue>,
    /// What would change, or else what the last change changed, in words.
    pub said: Option<AttrValue>,
    /// Whether the last change was a fix.
    pub fixed: bool,
    /// What came of the last press of the create button.
    pub outcome: Outcome,
    /// The selection that is being saved.
    saving: Option<Rc<Selection>>,
    /// The dialog that is open.
    pub dialog: Dialog,
    /// Attempts to replace keys: another press must not make another key.
    pub(crate) replacing: Vec<Replacing>,
    /// What was copied last, and whether that worked.
    pub copied: Option<(Copied, bool)>,
    /// What a screen reader is told.
    pub told: AttrValue,
    to_tell: AttrValue,
    effects: Vec<Effect>,
}

/// What is unfolded, by name.
#[derive(Default)]
pub(crate) struct Folds(Vec<(AttrValue, usize)>);

impl Folds {
    /// How far something is unfolded; 0 at first.
    #[must_use]
    fn level(&self, name: &str) -> usize {
        self.0.iter().find(|(each, _)| each == name).map_or(0, |(_, level)| *level)
    }

    /// How many rows of a list are drawn that begins with `first`: eight times as many each time more are asked for.
    #[must_use]
    pub(crate) fn drawn(&self, list: &str, first: usize) -> usize {
        first << (3 * self.level(list))
    }

    /// Whether something is not as it was at first.
    #[must_use]
    pub(crate) fn is_flipped(&self, name: &str) -> bool {
        self.level(name) > 0
    }

    /// The same, but for one thing.
    fn with(&self, name: &str, level: usize) -> Self {
        let mut folds = vec![(AttrValue::from(name.to_owned()), level)];
        for (each, level) in &self.0 {
            if each != name {
                folds.push((each.clone(), *level));
            }
        }
        Self(folds)
    }
}

impl State {
    /// The page as it begins, with what was kept over a reload.
    #[must_use]
    pub(crate) fn new(options: Options, kept: Kept) -> Self {
        let mut link = link::read(&options.link);
        if let Some(draft) = &link.draft
            // An empty date is still to be chosen.
            && draft.expiry != Expiry::Date(Rc::default())
            && !draft.expiry.is_ahead(&clock::today())
        {
            link.problems.push(Problem::Expiry(draft.expiry.to_link()));
        }
        // A reload must not lose what a link has filled in: the address no longer says it then.
        let effects = if link.draft.is_some() { vec![Effect::Keep] } else { Vec::new() };
        let (draft, replaced) = match link.draft {
            Some(draft) => (draft, kept.draft),
            None => (kept.draft.unwrap_or_default(), kept.replaced),
        };
        let replaced = replaced.filter(|kept| **kept != Draft::default() && *kept != draft);
        let mut state = Self {
            id: new_id(),
            portal: Rc::new(Portal::new(&options)),
            options,
            draft,
            replaced_draft: replaced,
            link_problems: link.problems,
            user: Load::default(),
            shelf: Shelf::default(),
            outline: Load::default(),
            outline_of: None,
            keys: Load::default(),
            keys_of: None,
            unlisted: Vec::new(),
            picture: None,
            app_box: Combobox::default(),
            look: Look::default(),
            listing: Listing::default(),
            previewed: None,
            folds: Rc::default(),
            probed: None,
            changed: None,
            said: None,
            fixed: false,
            outcome: Outcome::None,
            saving: None,
            dialog: Dialog::Closed,
            replacing: kept.replacing,
            copied: None,
            told: AttrValue::default(),
            to_tell: AttrValue::default(),
            effects,
        };
        state.load_user();
        state
    }

    fn focus(&mut self, selector: &'static str) {
        self.effects.push(Effect::Focus(selector));
    }

    fn focus_in_place(&mut self, selector: &'static str) {
        self.effects.push(Effect::FocusInPlace(selector));
    }

    /// What is to be done outside, after each change.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Whether a new key is shown, or on its way.
    #[must_use]
    pub(crate) fn has_secret(&self) -> bool {
        match &self.dialog {
            Dialog::Fresh(_) => true,
            Dialog::Replace(pending, _) => pending.busy,
            _ => matches!(self.outcome, Outcome::Busy) && self.draft.editing.is_none(),
        }
    }

    /// Whether the key is a personal access token.
    #[must_use]
    pub(crate) fn is_token(&self) -> bool {
        self.draft.key_type == KeyType::PersonalAccessToken
    }

    /// The place of the app chosen.
    #[must_use]
    pub(crate) fn chosen(&self) -> Option<usize> {
        self.shelf.find_chosen(&self.draft)
    }

    /// The app that the key is to open, if it is one that the user can use.
    #[must_use]
    pub(crate) fn entry(&self) -> Option<&Entry> {
        self.shelf.entries.get(self.chosen()?).filter(|_| !self.is_token())
    }

    /// What bounds the key, in an app that somebody shared.
    #[must_use]
    pub(crate) fn invite(&self) -> Option<Rc<Grant>> {
        self.entry()?.invite.clone()
    }

    /// The attempt to replace a key whose answer has not come.
    #[must_use]
    pub(crate) fn attempt_to_replace(&self, key: &Key) -> Option<&Attempt> {
        let of_key = |replacing: &&Replacing| *replacing.handle == *key.handle;
        self.replacing.iter().find(of_key).map(|replacing| &replacing.attempt)
    }

    /// A link that fills in the form as it is now.
    #[must_use]
    pub(crate) fn link(&self) -> String {
        [self.options.link_base.as_str(), "?", &link::write(&self.draft)].concat()
    }

    /// What is wrong with the fields, once the person has tried to send them.
    #[must_use]
    pub(crate) fn wrong(&self) -> Wrong {
        let has_app = self.entry().is_some();
        let mut wrong = match &self.outcome {
            Outcome::Refused(said, of) => Wrong::of(&self.draft, has_app).or(said, of, &self.draft),
            _ => Wrong::default(),
        };
        let unknown =
            self.draft.app.as_ref().filter(|_| {
                self.chosen().is_none() && self.shelf.is_complete() && !self.is_token()
            });
        if let Some(app) = unknown {
            wrong.app = wrong.app.or_else(|| Some(text::unknown_app(&app.id)));
        }
        wrong
    }

    /// Brings up to date what follows from what was changed.
    pub(crate) fn settle(&mut self) {
        self.follow();
        self.tell();
    }

    /// Says what would change, or has changed, and has it told.
    fn tell(&mut self) {
        self.said = match (&self.probed, &self.picture) {
            (Some(action), Some(picture)) => {
                let after = self.draft.after(action.clone());
                let change = picture.compared_to(&after.selection.grant());
                Some(text::would_change(&picture.outline, action, &change))
            }
            _ => self.changed.clone(),
        };
        let to_tell = text::announcement(self);
        if self.to_tell != to_tell {
            self.to_tell = to_tell;
            self.effects.push(Effect::Rest);
        }
    }

    fn follow(&mut self) {
        if self.user.data.is_some() {
            if self.outline_of != Some(self.draft.key_type) {
                self.outline_of = Some(self.draft.key_type);
                self.outline.data = None;
                self.folds = Rc::default();
                self.load_catalog();
            }
            let app = self.entry().map(|entry| entry.app.clone());
            let keys_of = (app.is_some() || self.is_token()).then_some(app);
            if self.keys_of != keys_of {
                self.keys_of = keys_of;
                self.keys.data = None;
                self.previewed = None;
                self.load_keys();
            }
        }
        self.draw_picture();
    }

    /// The change has come to rest: it is told. Whether there is anything to tell.
    pub(crate) fn rest(&mut self) -> bool {
        let is_new = self.told != self.to_tell;
        self.told = self.to_tell.clone();
        is_new
    }

    fn draw_picture(&mut self) {
        let invite = self.invite();
        let Some(outline) = &self.outline.data else {
            self.picture = None;
            return;
        };
        let is_current = |picture: &Picture| {
            picture.outline == *outline
                && Rc::ptr_eq(&picture.selection, &self.draft.selection)
                && picture.invite == invite
        };
        if !self.picture.as_ref().is_some_and(is_current) {
            let selection = self.draft.selection.clone();
            self.picture = Some(Picture::new(outline.clone(), selection, invite));
        }
        if let Some(picture) = &self.picture {
            self.listing.sort(picture);
        }
        if let Some((_, picture, listing)) = &mut self.previewed {
            listing.sort(picture);
        }
    }

    /// What a key that exists can do.
    fn picture_of(&self, key: &Key) -> Option<Picture> {
        let grant = crate::create::grant_of(key);
        let selection = Selection::default().with_grant((*grant).clone());
        let outline = self.outline.data.clone()?;
        Some(Picture::new(outline, Rc::new(selection), self.invite()))
    }
}
