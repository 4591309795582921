//! What has been chosen so far. Pure: it knows no page, no clock and no backend.

mod expiry;
pub(crate) mod link;
pub(crate) mod presets;
mod selection;
pub(crate) mod store;

use std::rc::Rc;

use portal_api::AppRef;
use scope_rules::{Fix, Grant, KeyType, Name};

pub(crate) use expiry::{Expiry, Moment, SPANS};
pub(crate) use selection::Selection;

/// How many steps can be undone.
const STEPS: usize = 200;

/// Everything that has been chosen.
#[derive(Clone, PartialEq)]
pub(crate) struct Draft {
    /// The kind of key.
    pub key_type: KeyType,
    /// The app that an app-specific key opens.
    pub app: Option<Rc<AppRef>>,
    /// What people will know the key by.
    pub description: Rc<str>,
    /// When the key is to end.
    pub expiry: Expiry,
    /// The scopes.
    pub selection: Rc<Selection>,
    /// The attempt to create this very draft that is under way, or whose answer was lost.
    pub attempt: Option<Attempt>,
    /// The key whose scopes are being edited, if this is no new key.
    pub editing: Option<Rc<Editing>>,
    past: Vec<Rc<Selection>>,
    future: Vec<Rc<Selection>>,
}

/// An attempt to create a key. A repeated one has the same id, so that it cannot make a second key.
#[derive(Clone, PartialEq)]
pub(crate) struct Attempt {
    /// What the backend knows the attempt by.
    pub id: Rc<str>,
    /// When it was first made, in seconds since 1970.
    pub at: u32,
}

impl Attempt {
    /// How long a backend remembers an attempt, in seconds.
    const REMEMBERED: u32 = 24 * 3_600;

    /// Whether the backend still knows it `now`, in seconds since 1970, if it has ever heard of it.
    #[must_use]
    pub(crate) fn is_remembered(&self, now: u32) -> bool {
        now < self.at.saturating_add(Self::REMEMBERED)
    }
}

/// A key whose scopes are being edited.
#[derive(Clone, PartialEq)]
pub(crate) struct Editing {
    /// The key's handle.
    pub handle: Rc<str>,
    /// What people know it by.
    pub description: Rc<str>,
    /// The draft to go back to.
    before: Draft,
}

/// Something that a person did.
#[derive(Clone, PartialEq)]
pub(crate) enum Action {
    /// Chose the kind of key.
    KeyType(KeyType),
    /// Chose an app, or none.
    App(Option<Rc<AppRef>>),
    /// Wrote the description.
    Description(Rc<str>),
    /// Chose the expiry.
    Expiry(Expiry),
    /// Ticked or unticked operations: one, a row or a column.
    Operations(Rc<[Name]>, bool),
    /// Ticked or unticked endpoints: one or a group.
    Endpoints(Rc<[Name]>, bool),
    /// Ticked operations and an endpoint together.
    Both(Rc<[Name]>, Name),
    /// Chose `All`, or went back to single operations.
    All(bool),
    /// Chose only the endpoints ticked, or went back to any.
    Restrict(bool),
    /// Took over a whole grant: a preset, or all fixes.
    Grant(Rc<Grant>),
    /// Pressed a fix.
    Fix(Rc<Fix>),
    /// Took the last change of scopes back.
    Undo,
    /// Made it again.
    Redo,
    /// Took a key's description and scopes as the beginning of a new one.
    Template(Rc<str>, Rc<Grant>),
    /// Began to edit the scopes of the key with this handle and description.
    Edit(Rc<str>, Rc<str>, Rc<Grant>),
    /// Stopped editing, having saved or not.
    StopEditing,
    /// Pressed the create button.
    Attempt(Attempt),
    /// The key was created: the next one begins.
    Created,
    /// The key was created, but its secret was lost: the next attempt is another one.
    Lost,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            key_type: KeyType::AppSpecificKey,
            app: None,
            description: Rc::from(""),
            expiry: Expiry::Never,
            selection: Rc::default(),
            attempt: None,
            editing: None,
            past: Vec::new(),
            future: Vec::new(),
        }
    }
}

impl Draft {
    /// The draft after an action.
    #[must_use]
    pub(crate) fn after(&self, action: Action) -> Self {
        // The draft of a new key: this one, or the one that editing goes back to.
        let unedited = self.editing.as_ref().map_or(self, |editing| &editing.before);
        let origin = match action {
            Action::Template(..) | Action::StopEditing => unedited,
            _ => self,
        };
        let mut next = origin.clone();
        match action {
            Action::KeyType(key_type) => next.key_type = key_type,
            Action::App(app) => next.app = app,
            Action::Description(description) => next.description = description,
            Action::Expiry(expiry) => next.expiry = expiry,
            Action::Operations(..)
            | Action::Endpoints(..)
            | Action::Both(..)
            | Action::All(_)
            | Action::Restrict(_)
            | Action::Grant(_)
            | Action::Fix(_) => next.choose(self.selection.after(action)),
            Action::Undo => {
                if let Some(selection) = next.past.pop() {
                    next.future.push(std::mem::replace(&mut next.selection, selection));
                }
            }
            Action::Redo => {
                if let Some(selection) = next.future.pop() {
                    next.past.push(std::mem::replace(&mut next.selection, selection));
                }
            }
            Action::Template(description, grant) => {
                // What was typed for this key describes it better than what another one is called.
                if next.description.is_empty() {
                    next.description = description;
                }
                next.choose(next.selection.after(Action::Grant(grant)));
            }
            Action::Edit(handle, description, grant) => {
                let before = unedited.clone();
                next.selection = Rc::new(Selection::default().with_grant((*grant).clone()));
                next.past.clear();
                next.future.clear();
                next.editing = Some(Rc::new(Editing { handle, description, before }));
            }
            Action::StopEditing => next = self.followed_by(next),
            Action::Attempt(attempt) => next.attempt = Some(attempt),
            // What has been changed since belongs to the next key.
            Action::Created if self.attempt.is_none() => {}
            Action::Created => next = self.followed_by(Self::default()),
            Action::Lost => next.attempt = None,
        }
        // Once anything is changed, it is no longer the key that was attempted.
        if next.attempt == origin.attempt && !next.is_same_key(origin) {
            next.attempt = None;
        }
        next
    }

    /// Another draft, for the same app.
    fn followed_by(&self, next: Self) -> Self {
        Self { key_type: self.key_type, app: self.app.clone(), ..next }
    }

    /// The same edit of a key, over another draft to go back to.
    #[must_use]
    pub(crate) fn edited_over(&self, before: &Self) -> Self {
        let mut next = self.clone();
        next.editing = self.editing.as_ref().map(|editing| {
            let Editing { handle, description, .. } = &**editing;
            let (handle, description) = (handle.clone(), description.clone());
            Rc::new(Editing { handle, description, before: before.clone() })
        });
        next
    }

    /// Whether nothing was entered that could be lost.
    #[must_use]
    pub(crate) fn is_untouched(&self) -> bool {
        Self { app: None, key_type: KeyType::AppSpecificKey, ..self.clone() } == Self::default()
    }

    /// Whether both are drafts of the same key.
    fn is_same_key(&self, other: &Self) -> bool {
        self.key_type == other.key_type
            && self.app == other.app
            && self.description == other.description
            && self.expiry == other.expiry
            && self.selection == other.selection
            && self.editing == other.editing
    }

    /// Takes another selection, in a way that can be undone.
    fn choose(&mut self, selection: Selection) {
        if selection == *self.selection {
            return;
        }
        if self.past.len() == STEPS {
            self.past.remove(0);
        }
        self.past.push(std::mem::replace(&mut self.selection, Rc::new(selection)));
        self.future.clear();
    }

    /// Whether there is a change to take back.
    #[must_use]
    pub(crate) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a change to make again.
    #[must_use]
    pub(crate) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Rc<[Name]> {
        list.iter().map(|name| Name::operation(name).unwrap()).collect()
    }

    fn ticked(draft: &Draft) -> Vec<String> {
        draft.selection.operations.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn undo_and_redo_walk_the_changes() {
        let draft = Draft::default();
        let one = draft.after(Action::Operations(names(&["Inputs:Get"]), true));
        let two = one.after(Action::Operations(names(&["Inputs:Add", "Predict"]), true));
        let back = two.after(Action::Undo);
        assert_eq!(ticked(&back), ["Inputs:Get"]);
        assert!(back.can_redo());
        assert_eq!(ticked(&back.after(Action::Redo)), ["Inputs:Add", "Inputs:Get", "Predict"]);
        let branch = back.after(Action::Operations(names(&["Inputs:Get"]), false));
        assert!(!branch.can_redo());
        assert!(ticked(&branch).is_empty());
        assert!(!draft.after(Action::Undo).can_redo());
    }

    #[test]
    fn a_tick_that_changes_nothing_is_no_step() {
        let one = Draft::default().after(Action::Operations(names(&["Predict"]), true));
        let same = one.after(Action::Operations(names(&["Predict"]), true));
        assert!(same.selection == one.selection);
        assert!(!same.after(Action::Undo).can_undo());
    }

    #[test]
    fn all_and_any_set_aside_what_was_ticked() {
        let draft = Draft::default()
            .after(Action::Operations(names(&["Predict"]), true))
            .after(Action::Restrict(true))
            .after(Action::Endpoints(names(&["/x/Y"]), true));
        let wide = draft.after(Action::All(true)).after(Action::Restrict(false));
        assert!(
            wide.selection.grant()
                == Grant {
                    operations: scope_rules::Operations::All,
                    endpoints: scope_rules::Endpoints::Any,
                }
        );
        let narrow = wide.after(Action::All(false)).after(Action::Restrict(true));
        assert!(narrow.selection == draft.selection);
    }

    #[test]
    fn a_change_of_app_or_type_keeps_the_selection() {
        let draft = Draft::default().after(Action::Operations(names(&["Predict"]), true));
        let other = draft
            .after(Action::KeyType(KeyType::PersonalAccessToken))
            .after(Action::App(Some(Rc::default())));
        assert!(other.selection == draft.selection);
    }

    #[test]
    fn editing_gives_the_draft_back() {
        let draft = Draft::default()
            .after(Action::Description("mine".into()))
            .after(Action::Operations(names(&["Predict"]), true));
        let edit = draft.after(Action::Edit("key_1".into(), "theirs".into(), Rc::default()));
        assert!(ticked(&edit).is_empty());
        let other = edit.after(Action::Edit("key_2".into(), "others".into(), Rc::default()));
        assert!(other.after(Action::StopEditing) == draft);
    }

    #[test]
    fn any_change_makes_it_another_attempt() {
        let attempt = Attempt { id: "a".into(), at: 1 };
        let draft = Draft::default().after(Action::Attempt(attempt));
        assert!(draft.attempt.is_some());
        assert!(draft.after(Action::Description("x".into())).attempt.is_none());
    }

    #[test]
    fn what_is_changed_while_a_key_is_edited_makes_it_another_attempt() {
        let attempt = Attempt { id: "a".into(), at: 1 };
        let sent = Draft::default().after(Action::Attempt(attempt));
        let edit = sent.after(Action::Edit("key_1".into(), "theirs".into(), Rc::default()));
        assert!(edit.after(Action::StopEditing).attempt.is_some());
        let template = edit.after(Action::Template("theirs".into(), Rc::default()));
        assert!(template.attempt.is_none());
        let moved = edit.after(Action::App(Some(Rc::default()))).after(Action::StopEditing);
        assert!(moved.attempt.is_none());
    }

    #[test]
    fn a_key_that_was_created_takes_only_its_own_draft_along() {
        let attempt = Attempt { id: "a".into(), at: 1 };
        let sent = Draft::default()
            .after(Action::Description("sent".into()))
            .after(Action::Operations(names(&["Predict"]), true))
            .after(Action::Attempt(attempt));
        assert!(sent.after(Action::Created) == Draft::default());
        let typed = sent.after(Action::Description("the next".into()));
        assert_eq!(&*typed.after(Action::Created).description, "the next");
        assert_eq!(ticked(&typed.after(Action::Created)), ["Predict"]);
    }

    #[test]
    fn the_history_is_bounded() {
        let mut draft = Draft::default();
        for step in 0..STEPS + 10 {
            draft = draft.after(Action::Operations(names(&["Predict"]), step % 2 == 0));
        }
        assert_eq!(draft.past.len(), STEPS);
    }
}
