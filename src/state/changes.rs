//! What each gesture changes.

use std::rc::Rc;

use portal_api::Key;
use scope_rules::{Fix, KeyType, Outcome as Decided};

use super::{Copied, Dialog, Effect, Listing, Outcome, Pending, State};
use crate::create::grant_of;
use crate::draft::{Action, Editing, Expiry};
use crate::form::View;
use crate::keys::Overlap;
use crate::picture::Picture;
use crate::text;
use crate::ui::{Control, Gesture};

impl State {
    /// Does what a person wants. Whether anything is to be drawn again.
    pub(crate) fn heard(&mut self, gesture: Gesture) -> bool {
        let (before, editing) = (self.picture.clone(), self.draft.editing.clone());
        let is_other_draft =
            matches!(&gesture, Gesture::Press(control) if control.name == "get-back");
        let is_heard = match gesture {
            Gesture::Press(control) => self.pressed(&control),
            Gesture::Choose(at) => {
                let place = self.app_box.option(&self.shelf.choices, at);
                self.choose_app(place);
                true
            }
            Gesture::Change(control) => self.changed(&control),
            Gesture::Type(control) => self.typed(control),
            Gesture::Point(control) => {
                let action = control.and_then(|control| self.meaning(&control));
                let is_new = self.probed != action;
                self.probed = action;
                is_new
            }
            Gesture::Leave(control) => {
                let is_app = control.name == "app";
                if is_app {
                    self.app_box.close();
                }
                is_app
            }
            Gesture::Key(key, control) => self.key(&key, &control),
            Gesture::Undo => self.step(Action::Undo),
            Gesture::Redo => self.step(Action::Redo),
            Gesture::Escape => self.escape(),
            Gesture::Depart => self.depart(),
        };
        if is_heard {
            self.follow();
            self.compare(before.as_ref().filter(|_| !is_other_draft), editing.as_ref());
            self.tell();
        }
        is_heard
    }

    /// Changes the draft.
    pub(super) fn apply(&mut self, action: Action) -> bool {
        self.fixed = matches!(action, Action::Fix(_));
        if !matches!(self.outcome, Outcome::Busy | Outcome::Refused(..)) {
            self.outcome = Outcome::None;
        }
        // What was changed or pointed at is another key's, or would be something else elsewhere.
        if matches!(
            action,
            Action::Created
                | Action::StopEditing
                | Action::Lost
                | Action::App(_)
                | Action::KeyType(_)
        ) {
            self.changed = None;
            self.probed = None;
        }
        if matches!(action, Action::Created | Action::Edit(..) | Action::Template(..)) {
            self.replaced_draft = None;
        }
        self.draft = Rc::new(self.draft.after(action));
        self.effects.push(Effect::Keep);
        true
    }

    /// Says what a change of scopes has changed: what flipping the same box would do now is the reverse of it.
    /// Another key's scopes are no change of this one's.
    fn compare(&mut self, before: Option<&Picture>, editing: Option<&Rc<Editing>>) {
        if before.is_some_and(|before| before.selection == self.draft.selection) {
            return;
        }
        self.probed = None;
        self.changed = None;
        if editing == self.draft.editing.as_ref()
            && let (Some(before), Some(picture)) = (before, &self.picture)
        {
            let change = picture.change(&before.access, &picture.access);
            self.changed = Some(text::changed(&picture.outline, &change));
        }
    }

    /// Changes the draft to another one. What was edited and is not saved is set aside, to be had back.
    fn leave_edit(&mut self, action: Action) {
        let is_changed = self.draft.editing.is_some() && self.draft.can_undo();
        let edited = is_changed.then(|| self.draft.clone());
        self.apply(action);
        if edited.is_some() {
            self.replaced_draft = edited;
        }
    }

    /// Goes back to the draft that was set aside; this one is not lost by that.
    fn get_back(&mut self) {
        let Some(back) = self.replaced_draft.take() else { return };
        let present = std::mem::replace(&mut self.draft, back);
        if self.draft.editing.is_some() && present.editing.is_none() {
            self.draft = Rc::new(self.draft.edited_over(&present));
        } else if !present.is_untouched() {
            self.replaced_draft = Some(present);
        }
        self.fixed = false;
        self.spell_out_endpoints();
        self.effects.push(Effect::Keep);
    }

    /// Walks the changes, unless there is nothing to walk, or a dialog shows something that they would change.
    fn step(&mut self, step: Action) -> bool {
        let can = match step {
            Action::Undo => self.draft.can_undo(),
            _ => self.draft.can_redo(),
        };
        can && matches!(self.dialog, Dialog::Closed) && self.apply(step)
    }

    /// Whether a key is being sent. What is sent must stay what it is until the answer has found its place.
    fn is_sending(&self) -> bool {
        matches!(self.outcome, Outcome::Busy)
    }

    fn view(&self) -> Option<View> {
        View::of(self)
    }

    /// What a control would do to the scopes, if it does anything to them.
    fn meaning(&self, control: &Control) -> Option<Action> {
        let picture = self.picture.as_ref()?;
        match control.name.as_str() {
            "preset" => {
                let (_, grant) =
                    picture.outline.presets.get(control.value.parse::<usize>().ok()?)?;
                Some(Action::Grant(grant.clone()))
            }
            "fix" => self.fix(control).map(Action::Fix),
            "all" => Some(Action::All(!control.ticked)),
            "restrict" => Some(Action::Restrict(control.value == "only")),
            _ => self.view()?.action(control, !control.ticked),
        }
    }

    fn fix(&self, control: &Control) -> Option<Rc<Fix>> {
        let at = control.value.parse::<usize>().ok()?;
        let picture = self.picture.as_ref()?;
        picture.fix_of(picture.findings.get(at)?).map(Rc::new)
    }

    fn pressed(&mut self, control: &Control) -> bool {
        let value = control.value.as_str();
        match control.name.as_str() {
            "app" => self.app_box.press(&self.shelf.choices, self.shelf.find_chosen(&self.draft)),
            "retry" => {
                self.retry(value);
                self.focus(if value == "keys" { ".keys" } else { "h1" });
            }
            "dismiss" => {
                self.focus("h1");
                self.link_problems.clear();
                self.replaced_draft = None;
                self.effects.push(Effect::Keep);
            }
            "get-back" | "stop-editing" if self.is_sending() => return false,
            "get-back" => {
                self.outcome = Outcome::None;
                self.focus("h1");
                self.get_back();
            }
            "stop-editing" => {
                self.leave_edit(Action::StopEditing);
                // Where what was not saved can be had back, or else where the edited key is.
                self.focus(if self.replaced_draft.is_some() { "h1" } else { ".keys" });
            }
            "undo" => {
                if !control.of.is_empty() {
                    // The one beside the findings goes with what it takes back.
                    self.focus_in_place(".scroll");
                }
                return self.step(Action::Undo);
            }
            "redo" => return self.step(Action::Redo),
            "show-panel" => self.focus("aside"),
            "preset" | "fix" => {
                let Some(action) = self.meaning(control) else { return false };
                if matches!(action, Action::Fix(_)) {
                    self.focus_in_place(".scroll");
                }
                self.apply(action);
            }
            "tab" => {
                self.turn(value == "endpoints");
                self.focus("[role=tab][aria-selected=true]");
            }
            "fold" | "more" => {
                let level = self.folds.level(value);
                let is_more = control.name == "more";
                let next = if is_more { level + 1 } else { 1 - level.min(1) };
                self.folds = Rc::new(self.folds.with(value, next));
            }
            "add-needed" => self.add_needed(value),
            "complete" => self.complete(&control.of, value),
            "outcome" => self.filter(&control.of, value),
            "fix-all" => {
                let grant = self.picture.as_ref().and_then(|picture| picture.access.fix_all());
                if let Some(grant) = grant {
                    self.show(Dialog::FixAll(Rc::new(grant)));
                }
            }
            "apply-fixes" => {
                if let Dialog::FixAll(grant) = &self.dialog {
                    let grant = grant.clone();
                    self.show(Dialog::Closed);
                    self.apply(Action::Grant(grant));
                    self.fixed = true;
                    self.focus_in_place(".scroll");
                }
            }
            "create" => self.submit(value == "confirmed"),
            "cancel" => return self.cancel(),
            "copy" => return self.copy(value),
            "preview" | "edit" | "template" | "replace" | "remove" => self.want(control),
            "remove-now" => self.remove(),
            "replace-now" => self.replace(),
            "done" | "not-yet" => {
                if let Dialog::Fresh(fresh) = &mut self.dialog {
                    fresh.asking = control.name == "done";
                    let next =
                        if fresh.asking { "dialog [name=not-yet]" } else { "dialog [name=done]" };
                    self.focus(next);
                }
            }
            "stored" => {
                let has_replaced =
                    matches!(&self.dialog, Dialog::Fresh(fresh) if fresh.has_replaced);
                self.show(Dialog::Closed);
                if has_replaced {
                    // The button that the dialog gives the focus back to may have gone with the old key.
                    self.focus(".keys");
                }
            }
            _ => return false,
        }
        true
    }

    fn retry(&mut self, what: &str) {
        match what {
            "user" => self.load_user(),
            "apps" => self.load_apps(),
            "scopes" => self.load_catalog(),
            _ => self.load_keys(),
        }
    }

    fn changed(&mut self, control: &Control) -> bool {
        let value = control.value.as_str();
        let action = match control.name.as_str() {
            "kind" => match value.parse::<KeyType>() {
                Ok(key_type) => Action::KeyType(key_type),
                Err(_) => return false,
            },
            "expires" => Action::Expiry(Expiry::parse(value).unwrap_or_default()),
            "all" => Action::All(control.ticked),
            "restrict" => Action::Restrict(value == "only"),
            "only" => {
                self.look.only_selected = control.ticked.then(|| self.draft.selection.clone());
                return true;
            }
            "overlap" => {
                if let (Dialog::Replace(_, overlap), Some(chosen)) =
                    (&mut self.dialog, Overlap::parse(value))
                {
                    *overlap = chosen;
                }
                return true;
            }
            _ => match self.view().and_then(|view| view.action(control, control.ticked)) {
                Some(action) => action,
                None => return false,
            },
        };
        self.apply(action)
    }

    fn typed(&mut self, control: Control) -> bool {
        let text = control.value;
        match control.name.as_str() {
            "app" => self.app_box.typed(text),
            "description" => return self.apply(Action::Description(text.into())),
            "date" => return self.apply(Action::Expiry(Expiry::Date(text.into()))),
            "find-scopes" => {
                self.look.typed = text.into();
                if self.look.only_selected.is_some() {
                    self.look.only_selected = Some(self.draft.selection.clone());
                }
            }
            "find-endpoints" => {
                if let Some(listing) = self.listing_of(&control.of) {
                    listing.typed = text.into();
                }
            }
            _ => return false,
        }
        true
    }

    fn key(&mut self, key: &str, control: &Control) -> bool {
        match control.name.as_str() {
            "app" => {
                let chosen = self.shelf.find_chosen(&self.draft);
                let place = self.app_box.key(key, &self.shelf.choices, chosen);
                if place.is_some() {
                    self.choose_app(place);
                }
            }
            "tab" => {
                match key {
                    "ArrowLeft" | "ArrowRight" => self.turn(!self.look.at_endpoints),
                    "Home" => self.turn(false),
                    "End" => self.turn(true),
                    _ => return false,
                }
                self.focus("[role=tab][aria-selected=true]");
            }
            _ => return false,
        }
        true
    }

    fn escape(&mut self) -> bool {
        match &mut self.dialog {
            Dialog::Fresh(fresh) => {
                fresh.asking = true;
                self.focus("dialog [name=not-yet]");
            }
            _ => {
                self.cancel();
            }
        }
        // Drawn again in any case: a browser may have closed the dialog without asking.
        true
    }

    /// Closes the dialog of a new key: it would still be shown to whoever comes back to the page.
    fn depart(&mut self) -> bool {
        let is_fresh = matches!(self.dialog, Dialog::Fresh(_));
        if is_fresh {
            self.show(Dialog::Closed);
        }
        is_fresh
    }

    /// Closes the dialog, unless something is under way in it: its answer belongs there.
    fn cancel(&mut self) -> bool {
        let is_busy = matches!(
            &self.dialog,
            Dialog::Remove(pending) | Dialog::Replace(pending, _) if pending.busy
        );
        if !is_busy {
            self.show(Dialog::Closed);
        }
        !is_busy
    }

    fn turn(&mut self, endpoints: bool) {
        self.look.at_endpoints = endpoints;
    }

    fn choose_app(&mut self, place: Option<usize>) {
        if let Some(entry) = place.and_then(|place| self.shelf.entries.get(place)) {
            let app = entry.app.clone();
            self.app_box.close();
            self.apply(Action::App(Some(app)));
        }
    }

    /// Adds the least operations of the endpoints ticked, or what some of them use on top.
    fn add_needed(&mut self, which: &str) {
        let Some(picture) = &self.picture else { return };
        let [needed, conditional, _] = picture.needed();
        let missing = if which == "conditional" { conditional } else { needed };
        self.apply(Action::Operations(missing.into(), true));
        self.focus(".needs button");
    }

    /// Adds what makes an endpoint work: only what it cannot do without, or all of it.
    fn complete(&mut self, how: &str, line: &str) {
        let Some(picture) = &self.picture else { return };
        let line = line.parse().ok().and_then(|at: usize| picture.outline.lines.get(at));
        let Some(plan) = line.and_then(|line| picture.completion(line)) else { return };
        let mut names = plan.needed;
        if !how.is_empty() {
            names.extend(plan.further);
        }
        self.apply(match plan.endpoint {
            Some(endpoint) => Action::Both(names.into(), endpoint),
            None => Action::Operations(names.into(), true),
        });
        // The button goes; what it stood in stays.
        let is_found = how == "found";
        self.focus_in_place(if is_found { "[name=find-scopes]" } else { ".scroll" });
    }

    fn listing_of(&mut self, of: &str) -> Option<&mut Listing> {
        if of == "key" {
            self.previewed.as_mut().map(|(.., listing)| listing)
        } else {
            Some(&mut self.listing)
        }
    }

    fn filter(&mut self, of: &str, value: &str) {
        let outcomes = [Decided::Allowed, Decided::Redacted, Decided::Rejected];
        let wanted = outcomes.into_iter().find(|outcome| outcome.as_str() == value);
        if let Some(listing) = self.listing_of(of) {
            listing.outcome = wanted.filter(|_| listing.outcome != wanted);
        }
    }

    fn copy(&mut self, value: &str) -> bool {
        self.effects.extend(Copied::parse(value).map(Effect::Copy));
        false
    }

    /// Says whether copying has worked, and after a while nothing any more.
    pub(crate) fn copied(&mut self, outcome: Option<(Copied, bool)>) {
        self.copied = outcome;
        if let (Dialog::Fresh(fresh), Some((_, true))) = (&mut self.dialog, outcome) {
            fresh.copied = true;
        }
    }

    /// Does what a person wants with a key of the list.
    fn want(&mut self, control: &Control) {
        let keys = self.keys.data.as_ref();
        let found = keys.and_then(|keys| keys.iter().find(|key| key.handle == control.value));
        let Some(key) = found.cloned() else { return };
        match control.name.as_str() {
            "preview" => self.preview(key),
            _ if self.is_sending() => {}
            "replace" => {
                self.show(Dialog::Replace(Pending::of(key), Overlap::Day));
                // Not the first choice, which a press of the space bar would take.
                self.focus("dialog :checked");
            }
            "remove" => self.show(Dialog::Remove(Pending::of(key))),
            want => {
                let (description, grant) = (Rc::from(key.description.as_str()), grant_of(&key));
                self.leave_edit(if want == "edit" {
                    Action::Edit(Rc::from(key.handle.as_str()), description, grant)
                } else {
                    Action::Template(description, grant)
                });
                let next = if want == "edit" { ".editing" } else { "[name=description]" };
                self.focus(next);
            }
        }
    }

    fn preview(&mut self, key: Rc<Key>) {
        let is_open = self.previewed.as_ref().is_some_and(|(open, ..)| Rc::ptr_eq(open, &key));
        self.previewed = match self.picture_of(&key) {
            Some(picture) if !is_open => Some((key, picture, Listing::default())),
            _ => None,
        };
    }
}

impl Pending {
    fn of(key: Rc<Key>) -> Self {
        Self { key, busy: false, error: None, lost: false, replaced_by: None }
    }
}
