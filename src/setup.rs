//! The page itself: hears what a person does, draws what it knows, and carries out what is left to do outside.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BeforeUnloadEvent, Element, FocusOptions, HtmlElement};
use yew::html::Scope;
use yew::{AttrValue, Component, Context, Event, Html, NodeRef, html};

use crate::draft::store::{Kept, Store};
use crate::form::{app, details, failure, scopes};
use crate::keys::{fresh, keys, remove, replace, tell, wipe, write};
use crate::options::Options;
use crate::panel::{confirm, fix_all, panel, tally, waiting};
use crate::portal::{Answer, Reply};
use crate::state::{Copied, Dialog, Effect, Errand, State};
use crate::text;
use crate::ui::{Gesture, close_dialog, dialog, listen, open_dialog, view};

/// How long a change has to stand before it is told and kept, so that a row of quick changes is told once. In milliseconds.
const REST: u32 = 600;

/// How long a button says that it has copied, in milliseconds.
const SAID: u32 = 4_000;

/// Something that the page hears of.
pub(crate) enum Message {
    /// What a person did.
    Heard(Gesture),
    /// What came of a call.
    Answered(Errand, u32, Answer<Reply>),
    /// A change has come to rest.
    Rested,
    /// Something was copied, or could not be; nothing once that has been said for long enough.
    Copied(Option<(Copied, bool)>),
}

/// The page itself.
pub(crate) struct Setup {
    state: State,
    root: NodeRef,
    /// What hears a person.
    listeners: Vec<EventListener>,
    /// What is to be done once everything is drawn.
    later: Vec<Effect>,
    rest: Option<Timeout>,
    said: Option<Timeout>,
    store: Store,
    /// Asks before the page goes while a new key is shown, or on its way.
    guard: Option<EventListener>,
}

impl Component for Setup {
    type Message = Message;
    type Properties = Options;

    fn create(context: &Context<Self>) -> Self {
        let options = context.props().clone();
        let store = Store::new(&options.storage_key);
        let mut state = State::new(options, store.load());
        state.settle();
        let mut setup = Self {
            state,
            root: NodeRef::default(),
            listeners: Vec::new(),
            later: Vec::new(),
            rest: None,
            said: None,
            store,
            guard: None,
        };
        setup.carry_out(context.link());
        setup
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let is_changed = match message {
            Message::Heard(gesture) => self.state.heard(gesture),
            Message::Answered(errand, ticket, answer) => {
                self.state.answered(errand, ticket, answer);
                self.state.settle();
                true
            }
            Message::Rested => {
                self.store.write();
                self.state.rest()
            }
            Message::Copied(outcome) => {
                self.state.copied(outcome);
                let link = context.link().clone();
                let fade = move || link.send_message(Message::Copied(None));
                // A failure stays: there is a text to copy by hand.
                let is_told = outcome.is_some_and(|(_, worked)| worked);
                self.said = is_told.then(|| Timeout::new(SAID, fade));
                true
            }
        };
        self.carry_out(context.link());
        is_changed
    }

    fn view(&self, _: &Context<Self>) -> Html {
        html! {
            <div ref={self.root.clone()} class="key-setup">
                { page(&self.state) }
                { self.dialog() }
            </div>
        }
    }

    fn rendered(&mut self, context: &Context<Self>, is_first: bool) {
        let Some(root) = self.root.cast::<Element>() else { return };
        if is_first {
            self.listeners = listen(&root, &context.link().callback(Message::Heard));
        }
        match &self.state.dialog {
            Dialog::Closed => {}
            Dialog::Fresh(new) => {
                open_dialog(&root);
                write(&root, &self.state, new);
            }
            _ => open_dialog(&root),
        }
        for effect in std::mem::take(&mut self.later) {
            match effect {
                Effect::Focus(selector) => focus(&root, selector, false),
                Effect::FocusInPlace(selector) => focus(&root, selector, true),
                _ => {}
            }
        }
        let active = self.state.app_box.is_open().then(|| find(&root, "[role=option].active"));
        if let Some(active) = active.flatten() {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            active.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some(root) = self.root.cast::<Element>() {
            wipe(&root);
            close_dialog(&root);
        }
    }
}

impl Setup {
    fn hold(&self) {
        let state = &self.state;
        self.store.hold(Kept {
            draft: Some(state.draft.clone()),
            replaced: state.replaced_draft.clone(),
            replacing: state.replacing.clone(),
        });
    }

    fn carry_out(&mut self, link: &Scope<Self>) {
        let (mut rests, mut keeps) = (false, false);
        for effect in self.state.take_effects() {
            match effect {
                Effect::Ask(errand, ticket, call) => {
                    let (portal, link) = (Rc::clone(&self.state.portal), link.clone());
                    spawn_local(async move {
                        let answer = portal.make(call).await;
                        link.send_message(Message::Answered(errand, ticket, answer));
                    });
                }
                Effect::Focus(_) | Effect::FocusInPlace(_) => self.later.push(effect),
                Effect::CloseDialog => {
                    if let Some(root) = self.root.cast::<Element>() {
                        wipe(&root);
                        close_dialog(&root);
                    }
                }
                Effect::Copy(what) => self.copy(link, what),
                Effect::Rest => rests = true,
                Effect::Keep => {
                    self.hold();
                    keeps = true;
                }
                Effect::KeepNow => {
                    self.hold();
                    self.store.write();
                }
            }
        }
        if rests && !keeps {
            // Who only looks around must not make a draft wait longer.
            self.store.write();
        }
        if rests || keeps {
            let link = link.clone();
            self.rest = Some(Timeout::new(REST, move || link.send_message(Message::Rested)));
        }
        let has_secret = self.state.has_secret();
        if has_secret != self.guard.is_some() {
            let guard = || {
                let window = web_sys::window()?;
                let options = gloo_events::EventListenerOptions::enable_prevent_default();
                Some(EventListener::new_with_options(&window, "beforeunload", options, ask))
            };
            self.guard = if has_secret { guard() } else { None };
        }
    }

    fn copy(&self, link: &Scope<Self>, what: Copied) {
        let link = link.clone();
        let say = move |worked: bool| link.send_message(Message::Copied(Some((what, worked))));
        // Elsewhere a browser has no clipboard to write to.
        let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else {
            return say(false);
        };
        let clipboard = window.navigator().clipboard();
        let mut written = None;
        match &self.state.dialog {
            Dialog::Fresh(new) => tell(&self.state, new, what, &mut |text| {
                written = Some(clipboard.write_text(text));
            }),
            _ => written = Some(clipboard.write_text(&self.state.link())),
        }
        let Some(written) = written else { return say(false) };
        spawn_local(async move { say(JsFuture::from(written).await.is_ok()) });
    }

    fn dialog(&self) -> Html {
        let state = &self.state;
        let is_editing = state.draft.editing.is_some();
        let (kind, title, content) = match &state.dialog {
            Dialog::Closed => return Html::default(),
            Dialog::Confirm if is_editing => ("save", text::CONFIRM_SAVE_TITLE, confirm(state)),
            Dialog::Confirm => ("create", text::CONFIRM_TITLE, confirm(state)),
            Dialog::FixAll(grant) => ("fix", text::FIX_ALL_TITLE, fix_all(state, grant)),
            Dialog::Remove(pending) => ("remove", text::DELETE_TITLE, remove(pending)),
            Dialog::Replace(pending, overlap) => {
                ("replace", text::REPLACE_TITLE, replace(state, pending, *overlap))
            }
            Dialog::Fresh(new) => ("fresh", text::NEW_KEY, fresh(state, new)),
        };
        dialog(&state.id, kind, title, content)
    }
}

/// What is in the page, but for the dialog.
fn page(state: &State) -> Html {
    let wrong = state.wrong();
    let (title, subtitle) = match &state.draft.editing {
        Some(_) => (text::EDIT, text::EDIT_SUBTITLE),
        None => (text::TITLE, text::SUBTITLE),
    };
    let is_editing = state.draft.editing.is_some();
    view!(
        r#"<div class="columns">
            <div class="form">
                <header class="top"><h1 tabindex="-1">{}</h1><p>{}</p></header>
                {}{}{}{}{}{}{}
            </div>
            {}
        </div>
        {}
        <p class="hidden" role="status">{}</p>"#,
        title,
        subtitle,
        failure(text::no_user(state.user.error.as_ref()), state.user.error.as_ref(), "user"),
        link_problems(state),
        editing(state),
        app(state, wrong.app.as_ref()),
        (!is_editing).then(|| details(state, &wrong)),
        match &state.picture {
            Some(picture) => scopes(state, picture),
            None => waiting(state),
        },
        state.picture.as_ref().map(|picture| tally(state, picture)),
        panel(state, &wrong),
        keys(state),
        &state.told
    )
}

/// What of the link could not be used, and what it took the place of.
fn link_problems(state: &State) -> Option<Html> {
    let problems = &state.link_problems;
    if problems.is_empty() && state.replaced_draft.is_none() {
        return None;
    }
    let mut items = Vec::new();
    for problem in problems {
        items.push(view!("<li>{}</li>", text::link_problem(problem)));
    }
    let unusable = (!items.is_empty())
        .then(|| view!("<p>{}</p><ul>{}</ul>", const { text::LINK_PROBLEMS }, items));
    let replaced = state.replaced_draft.as_ref().map(|draft| {
        let said = match &draft.editing {
            Some(editing) => text::not_saved(&editing.description),
            None => AttrValue::Static(text::DRAFT_REPLACED),
        };
        view!(
            r#"<p>{}</p><button type="button" name="get-back">{}</button>"#,
            said,
            const { text::GET_BACK }
        )
    });
    Some(view!(
        r#"<div class="notice" role="alert">
            {}{}<button type="button" name="dismiss">{}</button>
        </div>"#,
        unusable,
        replaced,
        const { text::DISMISS }
    ))
}

/// Which key is being edited.
fn editing(state: &State) -> Option<Html> {
    let editing = state.draft.editing.as_ref()?;
    Some(view!(
        r#"<div class="notice editing" role="status" tabindex="-1">
            <p>{}</p><button type="button" name="stop-editing">{}</button>
        </div>"#,
        text::editing(&editing.description),
        const { text::STOP_EDITING }
    ))
}

/// Asks whether the page may go: the key in it will not be shown again.
fn ask(event: &Event) {
    event.prevent_default();
    event.unchecked_ref::<BeforeUnloadEvent>().set_return_value("ask");
}

fn find(root: &Element, selector: &str) -> Option<HtmlElement> {
    Some(root.query_selector(selector).ok()??.unchecked_into())
}

fn focus(root: &Element, selector: &str, in_place: bool) {
    if let Some(element) = find(root, selector) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(in_place);
        let _ = element.focus_with_options(&options);
    }
}
