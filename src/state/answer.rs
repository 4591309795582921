//! Calls that are made, and what their answers change.

use std::rc::Rc;

use portal_api::{AppRef, Key, KeyPatch, Secret};
use scope_rules::Severity;

use super::{Dialog, Effect, Errand, Fresh, Listing, Outcome, Pending, State};
use crate::create;
use crate::draft::store::Replacing;
use crate::draft::{Action, Selection};
use crate::keys::Overlap;
use crate::outline::Outline;
use crate::portal::{Answer, Call, PAGE, PortalError, Reply};
use crate::shelf::{Entry, List, Shelf};
use crate::wrong::Wrong;

impl State {
    fn ask(&mut self, errand: Errand, ticket: u32, call: Call) {
        self.effects.push(Effect::Ask(errand, ticket, call));
    }

    pub(super) fn load_user(&mut self) {
        let ticket = self.user.begin();
        self.ask(Errand::User, ticket, self.portal.user());
    }

    pub(super) fn load_catalog(&mut self) {
        let ticket = self.outline.begin();
        self.ask(Errand::Catalog, ticket, self.portal.catalog(self.draft.key_type));
    }

    /// Loads the keys from the beginning; those that are there stay until then.
    pub(super) fn load_keys(&mut self) {
        let ticket = self.keys.begin();
        self.unlisted.clear();
        self.load_more_keys(ticket, 1);
    }

    fn load_more_keys(&mut self, ticket: u32, page: usize) {
        if let Some(app) = self.keys_of.clone() {
            self.ask(Errand::Keys(page), ticket, self.portal.keys(app.as_deref(), page));
        }
    }

    /// Goes on loading the apps where that stopped.
    pub(super) fn load_apps(&mut self) {
        self.shelf.own.error = None;
        self.shelf.shared.error = None;
        if let Some(page) = self.shelf.shared.next {
            self.ask(Errand::Shared(page), 0, self.portal.collaborations(page));
        }
        if let Some(page) = self.shelf.own.next {
            self.ask(Errand::Apps(page), 0, self.portal.apps(page));
        }
    }

    /// Takes an answer.
    pub(crate) fn answered(&mut self, errand: Errand, ticket: u32, answer: Answer<Reply>) {
        match errand {
            Errand::User => {
                self.user.end(ticket, answer.map(drop));
                if self.user.data.is_some() {
                    self.load_apps();
                }
            }
            Errand::Apps(page) => {
                if self.shelve(page, answer, |shelf| &mut shelf.own, Shelf::add_own) {
                    self.ask(Errand::Apps(page + 1), 0, self.portal.apps(page + 1));
                }
            }
            Errand::Shared(page) => {
                if self.shelve(page, answer, |shelf| &mut shelf.shared, Shelf::add_shared) {
                    self.ask(Errand::Shared(page + 1), 0, self.portal.collaborations(page + 1));
                }
            }
            Errand::Catalog => {
                let outline = match answer {
                    Ok(Reply::Catalog(catalog)) => Ok(Outline::new(catalog)),
                    answer => Err(unexpected(answer)),
                };
                self.outline.end(ticket, outline);
                self.spell_out_endpoints();
            }
            Errand::Keys(page) => self.listed(page, ticket, answer),
            Errand::Create => self.created(answer),
            Errand::Save => match answer {
                Ok(_) => {
                    // What was ticked since is not saved yet.
                    if self.saving.as_ref() == Some(&self.draft.selection) {
                        self.apply(Action::StopEditing);
                        // The button that was pressed is another one now.
                        self.focus(".keys");
                    }
                    self.load_keys();
                    self.outcome = Outcome::Saved;
                }
                Err(error) => self.failed(error),
            },
            Errand::Remove => self.removed(answer),
            Errand::Replace => self.replaced(answer),
            // A key that is not there any more is what was wanted.
            Errand::End => {
                self.ended(answer.err().filter(|error| !matches!(error, PortalError::NotFound(_))));
            }
        }
    }

    /// Takes a page of one of the lists of apps. Whether there is another one.
    fn shelve(
        &mut self,
        page: usize,
        answer: Answer<Reply>,
        list: fn(&mut Shelf) -> &mut List,
        add: fn(&mut Shelf, Vec<Entry>, Option<usize>),
    ) -> bool {
        // An answer to a page that has come meanwhile is not heard.
        if list(&mut self.shelf).next != Some(page) {
            return false;
        }
        match answer {
            Ok(Reply::Apps(apps)) => {
                let next = (apps.len() == PAGE).then_some(page + 1);
                add(&mut self.shelf, apps, next);
                next.is_some()
            }
            answer => {
                list(&mut self.shelf).error = Some(unexpected(answer));
                false
            }
        }
    }

    /// Takes endpoints that a link names as people do, `GetInput`, for what the catalog calls them.
    pub(super) fn spell_out_endpoints(&mut self) {
        let Some(outline) = &self.outline.data else { return };
        let mut selection = Selection::clone(&self.draft.selection);
        for name in &self.draft.selection.endpoints {
            let line = outline.lines.iter().find(|line| *line.rpc == **name);
            if let Some(line) = line
                && selection.endpoints.remove(name)
            {
                selection.endpoints.insert(line.name.clone());
            }
        }
        if selection != *self.draft.selection {
            Rc::make_mut(&mut self.draft).selection = Rc::new(selection);
            self.effects.push(Effect::Keep);
        }
    }

    fn listed(&mut self, page: usize, ticket: u32, answer: Answer<Reply>) {
        if ticket != self.keys.ticket {
            return;
        }
        match answer {
            Ok(Reply::Keys(keys)) => {
                let is_last = keys.len() < PAGE;
                for key in keys {
                    // Where a key was made meanwhile, the pages overlap.
                    if !self.unlisted.iter().any(|known| known.handle == key.handle) {
                        self.unlisted.push(key);
                    }
                }
                if is_last {
                    let keys = std::mem::take(&mut self.unlisted);
                    self.keys.end(ticket, Ok(keys.into()));
                } else {
                    self.load_more_keys(ticket, page + 1);
                }
            }
            answer => self.keys.end(ticket, Err(unexpected(answer))),
        }
    }

    /// Sends the draft, if it can be sent; if not, the page says why from now on. Warnings have to be confirmed first.
    pub(super) fn submit(&mut self, is_confirmed: bool) {
        let Some(picture) = self.picture.clone() else { return };
        if matches!(self.outcome, Outcome::Busy) {
            return;
        }
        self.show(Dialog::Closed);
        let is_wrong = Wrong::of(&self.draft, self.entry().is_some()).is_any();
        if is_wrong || picture.count(Severity::Error) > 0 {
            self.refuse(Wrong::default());
        } else if !is_confirmed && picture.count(Severity::Warning) > 0 {
            self.show(Dialog::Confirm);
        } else if self.draft.editing.is_some() {
            self.save();
        } else {
            self.create();
        }
    }

    fn refuse(&mut self, said: Wrong) {
        self.outcome = Outcome::Refused(said, self.draft.clone());
        self.focus("[aria-invalid=true], .findings .error button, .findings");
    }

    fn create(&mut self) {
        let attempt = self.draft.attempt.clone().unwrap_or_else(create::attempt);
        let app = self.entry().map(|entry| AppRef::clone(&entry.app));
        match create::new_key(&self.draft, app, attempt.at) {
            Ok(key) => {
                self.apply(Action::Attempt(attempt.clone()));
                // Before the call goes out: a reload must not make another attempt of it.
                self.effects.push(Effect::KeepNow);
                self.outcome = Outcome::Busy;
                self.ask(Errand::Create, 0, self.portal.create(&key, attempt.id));
            }
            Err(_) => self.refuse(Wrong::default()),
        }
    }

    fn created(&mut self, answer: Answer<Reply>) {
        match answer {
            Ok(Reply::Created(Some(secret), key)) => {
                self.outcome = Outcome::None;
                self.listing = Listing::default();
                self.apply(Action::Created);
                self.load_keys();
                self.show_fresh(secret, key, None, false);
            }
            Ok(Reply::Created(None, _)) => {
                self.apply(Action::Lost);
                self.outcome = Outcome::Lost;
                self.load_keys();
            }
            answer => self.failed(unexpected(answer)),
        }
    }

    fn save(&mut self) {
        let editing = self.draft.editing.clone();
        let (Some(editing), Ok(wire)) = (editing, self.draft.selection.grant().to_wire()) else {
            return self.refuse(Wrong::default());
        };
        self.outcome = Outcome::Busy;
        self.saving = Some(self.draft.selection.clone());
        let patch = KeyPatch {
            id: String::from(&*editing.handle),
            scopes: Some(wire.scopes),
            endpoints: Some(wire.endpoints),
            ..KeyPatch::default()
        };
        self.ask(Errand::Save, 0, self.portal.change(&patch));
    }

    /// An error of the backend lands at the field that it is about.
    fn failed(&mut self, error: PortalError) {
        let is_unchanged = self.draft.attempt.is_some() || self.draft.editing.is_some();
        match error.status().and_then(Wrong::said).filter(|_| is_unchanged) {
            Some(wrong) => self.refuse(wrong),
            None => {
                if matches!(error, PortalError::Conflict(_)) {
                    // The attempt is spent: the next one is another.
                    self.apply(Action::Lost);
                }
                self.outcome = Outcome::Failed(error);
            }
        }
    }

    /// The dialog's key and its state, if the dialog is about a key.
    fn pending(&mut self) -> Option<&mut Pending> {
        match &mut self.dialog {
            Dialog::Remove(pending) | Dialog::Replace(pending, _) => Some(pending),
            _ => None,
        }
    }

    /// The key that the dialog is about, marked as being worked on; nothing if it was already.
    fn begin(&mut self) -> Option<Rc<Key>> {
        let pending = self.pending().filter(|pending| !pending.busy)?;
        pending.busy = true;
        pending.error = None;
        Some(pending.key.clone())
    }

    fn stop(&mut self, error: PortalError) {
        if let Some(pending) = self.pending() {
            pending.busy = false;
            pending.error = Some(error);
        }
    }

    pub(super) fn remove(&mut self) {
        if let Some(key) = self.begin() {
            self.ask(Errand::Remove, 0, self.portal.delete(&key.handle));
        }
    }

    fn removed(&mut self, answer: Answer<Reply>) {
        match answer {
            // A key that is not there any more is what was wanted.
            Ok(_) | Err(PortalError::NotFound(_)) => {
                let handle = self.pending().map(|pending| pending.key.handle.clone());
                if self.editing_handle() == handle.as_deref() {
                    self.apply(Action::StopEditing);
                }
                self.show(Dialog::Closed);
                self.load_keys();
                // The button that the dialog gives the focus back to goes with the key.
                self.focus(".keys");
            }
            Err(error) => self.stop(error),
        }
    }

    fn editing_handle(&self) -> Option<&str> {
        self.draft.editing.as_ref().map(|editing| &*editing.handle)
    }

    pub(super) fn replace(&mut self) {
        let Some(key) = self.begin() else { return };
        let known = self.attempt_to_replace(&key).cloned();
        let attempt = known.unwrap_or_else(|| {
            let attempt = create::attempt();
            let handle = key.handle.as_str().into();
            self.replacing.push(Replacing { handle, attempt: attempt.clone() });
            // Before the call goes out: a reload must not make another attempt of it.
            self.effects.push(Effect::KeepNow);
            attempt
        });
        self.ask(Errand::Replace, 0, self.portal.create(&create::like(&key), attempt.id));
    }

    fn replaced(&mut self, answer: Answer<Reply>) {
        let Dialog::Replace(pending, overlap) = &mut self.dialog else {
            // Whatever has become of the dialog, a secret is shown.
            if let Ok(Reply::Created(Some(secret), new)) = answer {
                self.load_keys();
                self.show_fresh(secret, new, None, true);
            }
            return;
        };
        let old = pending.key.clone();
        match answer {
            Ok(Reply::Created(Some(secret), new)) => {
                pending.replaced_by = Some((secret, new));
                let overlap = *overlap;
                self.forget_attempt(&old.handle);
                self.end(&old, overlap);
            }
            Ok(Reply::Created(None, _)) => {
                pending.busy = false;
                pending.lost = true;
                self.forget_attempt(&old.handle);
                self.load_keys();
            }
            answer => {
                let error = unexpected(answer);
                if matches!(error, PortalError::Conflict(_)) {
                    self.forget_attempt(&old.handle);
                }
                if error.is_unclear() {
                    self.load_keys();
                }
                self.stop(error);
            }
        }
    }

    fn forget_attempt(&mut self, handle: &str) {
        self.replacing.retain(|replacing| *replacing.handle != *handle);
        self.effects.push(Effect::Keep);
    }

    /// Ends the old key, now or later; never later than it would have ended anyway.
    fn end(&mut self, key: &Key, overlap: Overlap) {
        if overlap.outlasts(key) {
            return self.ended(None);
        }
        let call = match overlap.end() {
            None => self.portal.delete(&key.handle),
            end => {
                let id = key.handle.clone();
                self.portal.change(&KeyPatch { id, expires_at: Some(end), ..KeyPatch::default() })
            }
        };
        self.ask(Errand::End, 0, call);
    }

    fn ended(&mut self, leftover: Option<PortalError>) {
        let fresh = self.pending().and_then(|pending| pending.replaced_by.take());
        if let Some((secret, key)) = fresh {
            self.load_keys();
            self.show_fresh(secret, key, leftover, true);
        }
    }

    fn show_fresh(
        &mut self,
        secret: Secret,
        key: Rc<Key>,
        leftover: Option<PortalError>,
        has_replaced: bool,
    ) {
        let picture = self.picture_of(&key);
        let fresh =
            Fresh { secret, key, picture, leftover, has_replaced, asking: false, copied: false };
        self.show(Dialog::Fresh(fresh));
    }

    /// Opens a dialog in place of the one that is open.
    pub(super) fn show(&mut self, dialog: Dialog) {
        if !matches!(self.dialog, Dialog::Closed) {
            self.effects.push(Effect::CloseDialog);
        }
        self.dialog = dialog;
    }
}

/// The error of an answer that is not what was asked for.
fn unexpected(answer: Answer<Reply>) -> PortalError {
    answer.err().unwrap_or(PortalError::Garbled)
}
