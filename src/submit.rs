//! Creates the key, or saves the scopes that were edited: checked, once, and safe to repeat.

use std::cell::Cell;
use std::rc::Rc;

use portal_api::KeyPatch;
use scope_rules::Severity;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::{AttrValue, Callback, UseReducerDispatcher, UseStateSetter};

use crate::create::{self, Fresh};
use crate::draft::{Action, Attempt, Draft, Editing};
use crate::form::Wrong;
use crate::picture::Picture;
use crate::portal::{Portal, PortalError};
use crate::text;

/// What came of the last press of the button.
#[derive(Clone, PartialEq)]
pub(crate) enum Outcome {
    /// Nothing yet.
    None,
    /// The request is under way.
    Busy,
    /// Something has to be put right first: what the fields show of themselves, and what the backend said of this draft.
    Refused(Wrong, Rc<Draft>),
    /// It went as this says.
    Said(&'static str),
    /// The request failed.
    Failed(PortalError),
}

impl Outcome {
    /// What is wrong with the fields of a draft, once the person has tried to send it.
    #[must_use]
    pub(crate) fn wrong(&self, draft: &Draft, has_app: bool) -> Wrong {
        let Self::Refused(said, of) = self else { return Wrong::default() };
        let own = Wrong::of(draft, has_app);
        Wrong {
            app: own.app.or_else(|| said.app.clone().filter(|_| of.app == draft.app)),
            description: own.description.or_else(|| {
                said.description.clone().filter(|_| of.description == draft.description)
            }),
            expiry: own
                .expiry
                .or_else(|| said.expiry.clone().filter(|_| of.expiry == draft.expiry)),
        }
    }
}

/// Everything that it takes to send a draft.
#[derive(Clone)]
pub(crate) struct Submission {
    /// What the key would be able to do.
    pub picture: Picture,
    /// What is chosen.
    pub draft: Rc<Draft>,
    /// Whether the app chosen is one that the user can use.
    pub has_app: bool,
    /// The backend.
    pub portal: Portal,
    /// Takes the attempt, and the end of it.
    pub dispatch: UseReducerDispatcher<Draft>,
    /// Told of the new key.
    pub onfresh: Callback<Rc<Fresh>>,
    /// Told that keys have changed.
    pub onchanged: Callback<()>,
    /// Told what came of it.
    pub outcome: UseStateSetter<Outcome>,
    /// Whether a request is under way: known at once, and not only after the next drawing.
    pub busy: Rc<Cell<bool>>,
}

impl Submission {
    /// Whether the draft can be sent; if not, the page says why from now on.
    #[must_use]
    pub(crate) fn is_ready(&self) -> bool {
        if self.busy.get() {
            return false;
        }
        let is_wrong = Wrong::of(&self.draft, self.has_app).is_any();
        let is_ready = !is_wrong && self.picture.count(Severity::Error) == 0;
        if !is_ready {
            self.outcome.set(Outcome::Refused(Wrong::default(), self.draft.clone()));
            focus_first_wrong();
        }
        is_ready
    }

    /// Whether nothing has to be confirmed first.
    #[must_use]
    pub(crate) fn has_no_warning(&self) -> bool {
        self.picture.count(Severity::Warning) == 0
    }

    /// Sends the draft.
    pub(crate) fn start(self) {
        if self.busy.replace(true) {
            return;
        }
        self.outcome.set(Outcome::Busy);
        spawn_local(async move {
            let outcome = match &self.draft.editing {
                Some(editing) => self.save(editing).await,
                None => self.create().await,
            };
            self.busy.set(false);
            self.outcome.set(outcome);
        });
    }

    async fn create(&self) -> Outcome {
        let attempt = self.draft.attempt.clone().unwrap_or_else(create::attempt);
        let Ok(key) = create::new_key(&self.draft, attempt.at) else {
            return Outcome::Refused(Wrong::default(), self.draft.clone());
        };
        self.dispatch.dispatch(Action::Attempt(attempt.clone()));
        let Attempt { id, .. } = attempt;
        match self.portal.create(key, &id).await {
            Ok((secret, key)) => {
                self.onchanged.emit(());
                self.dispatch.dispatch(Action::Created);
                let Some(secret) = secret else { return Outcome::Said(text::SECRET_LOST) };
                self.onfresh.emit(Rc::new(Fresh { secret, key, leftover: None }));
                Outcome::None
            }
            Err(error) => self.failed(error),
        }
    }

    async fn save(&self, editing: &Editing) -> Outcome {
        let Ok(wire) = self.draft.selection.grant().to_wire() else {
            return Outcome::Refused(Wrong::default(), self.draft.clone());
        };
        let patch = KeyPatch {
            id: editing.handle.to_string(),
            scopes: Some(wire.scopes),
            endpoints: Some(wire.endpoints),
            ..KeyPatch::default()
        };
        match self.portal.change(patch).await {
            Ok(()) => {
                self.dispatch.dispatch(Action::StopEditing);
                self.onchanged.emit(());
                Outcome::Said(text::SAVED)
            }
            Err(error) => self.failed(error),
        }
    }

    /// An error of the backend lands at the field that it is about.
    fn failed(&self, error: PortalError) -> Outcome {
        let Some((field, status)) =
            error.status().and_then(|status| Some((status.field.as_deref()?, status)))
        else {
            return Outcome::Failed(error);
        };
        let said: Option<AttrValue> =
            Some(text::sentence(status.details.as_deref().unwrap_or(&status.description)));
        let field = field.rsplit('.').next().unwrap_or(field);
        let mut wrong = Wrong::default();
        match field.split('[').next().unwrap_or(field) {
            "description" => wrong.description = said,
            "expires_at" => wrong.expiry = said,
            "apps" => wrong.app = said,
            _ => return Outcome::Failed(error),
        }
        focus_first_wrong();
        Outcome::Refused(wrong, self.draft.clone())
    }
}

/// Takes the person to the first field that is wrong, once it is marked.
fn focus_first_wrong() {
    gloo_timers::callback::Timeout::new(0, || {
        let field = web_sys::window().and_then(|window| window.document()).and_then(|document| {
            document.query_selector(".key-setup [aria-invalid=true]").ok().flatten()
        });
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    })
    .forget();
}
