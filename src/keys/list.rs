//! The keys of the chosen app, or the user's tokens.

use std::rc::Rc;

use portal_api::Key;
use scope_rules::{Access, Grant};
use web_sys::MouseEvent;
use yew::{
    Callback, Html, Properties, UseReducerDispatcher, component, html, use_node_ref, use_state,
};

use super::remove::Remove;
use super::replace::Replace;
use crate::clock;
use crate::create::{Fresh, grant_of};
use crate::draft::{Action, Draft};
use crate::outline::Outline;
use crate::picture::Picture;
use crate::portal::Portal;
use crate::preview::EndpointList;
use crate::text;
use crate::ui::{Level, Loaded, Part, failure, focus_soon, memo, skeleton, sub_id, use_id};

/// What the list needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The keys.
    pub keys: Loaded<Rc<[Rc<Key>]>>,
    /// The catalog of their type, once it is there.
    pub outline: Option<Outline>,
    /// What bounds them, in an app that somebody shared.
    pub invite: Option<Rc<Grant>>,
    /// What they open.
    pub title: yew::AttrValue,
    /// The backend.
    pub portal: Portal,
    /// Takes what a key is used for as a template or edited.
    pub dispatch: UseReducerDispatcher<Draft>,
    /// Loads the keys again.
    pub onretry: Callback<()>,
    /// Called with the key that replaces another.
    pub onfresh: Callback<Rc<Fresh>>,
}

/// Which dialog is open.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    Remove(Rc<Key>),
    Replace(Rc<Key>),
}

/// What a person wants with a key.
#[derive(Clone, Copy, PartialEq)]
enum Want {
    Template,
    Edit,
    Replace,
    Remove,
}

/// The keys.
#[component]
pub(crate) fn Keys(props: &Props) -> Html {
    let id = use_id();
    let open = use_state(|| Open::Nothing);
    let onwant = {
        let (open, dispatch) = (open.setter(), props.dispatch.clone());
        yew::use_callback(dispatch, move |(want, key): (Want, Rc<Key>), dispatch| {
            let (handle, description) =
                (Rc::from(key.handle.as_str()), Rc::from(key.description.as_str()));
            match want {
                Want::Template => dispatch.dispatch(Action::Template(description, grant_of(&key))),
                Want::Edit => dispatch.dispatch(Action::Edit(handle, description, grant_of(&key))),
                Want::Replace => return open.set(Open::Replace(key)),
                Want::Remove => return open.set(Open::Remove(key)),
            }
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        })
    };
    let section = use_node_ref();
    let onremoved = {
        let (open, onretry, section) = (open.setter(), props.onretry.clone(), section.clone());
        Callback::from(move |gone: bool| {
            open.set(Open::Nothing);
            if gone {
                onretry.emit(());
                // The button that the dialog gives the focus back to goes with the key.
                focus_soon(&section);
            }
        })
    };
    let onfresh = {
        let (open, onfresh, onretry) =
            (open.setter(), props.onfresh.clone(), props.onretry.clone());
        Callback::from(move |fresh: Rc<Fresh>| {
            open.set(Open::Nothing);
            onretry.emit(());
            onfresh.emit(fresh);
        })
    };
    let oncancel = {
        let open = open.setter();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let title = sub_id(&id, "title");
    html! {
        <section ref={section} class="card keys" tabindex="-1" aria-labelledby={title.clone()}>
            <header>
                <h2 id={title}>{ &props.title }</h2>
                <span class="hint" role="status">
                    { for props.keys.data.as_ref().map(|keys| text::key_count(keys.len())) }
                </span>
            </header>
            if let Some(problem) = &props.keys.error {
                { failure(text::NO_KEYS, problem, &props.onretry) }
            }
            if props.keys.data.is_none() && props.keys.busy { { skeleton(3) } }
            if let Some(keys) = &props.keys.data {
                if keys.is_empty() { <p class="empty">{ text::NO_KEY_YET }</p> }
                <ul>
                    for key in keys.iter() {
                        { memo(key.handle.as_str(), Item {
                            subject: key.clone(),
                            outline: props.outline.clone(),
                            invite: props.invite.clone(),
                            onwant: onwant.clone(),
                        }) }
                    }
                </ul>
            }
            { match &*open {
                Open::Nothing => html! { <></> },
                Open::Remove(key) => html! {
                    <Remove subject={key.clone()} portal={props.portal.clone()} onclose={onremoved} />
                },
                Open::Replace(key) => html! {
                    <Replace subject={key.clone()} portal={props.portal.clone()} {oncancel} {onfresh} />
                },
            } }
        </section>
    }
}

/// A key.
struct Item {
    subject: Rc<Key>,
    outline: Option<Outline>,
    invite: Option<Rc<Grant>>,
    onwant: Callback<(Want, Rc<Key>)>,
}

impl Part for Item {
    fn is_same(&self, other: &Self) -> bool {
        self.subject == other.subject
            && self.outline == other.outline
            && self.invite == other.invite
    }

    fn draw(&self, level: &Level) -> Html {
        item(self, level)
    }
}

fn item(props: &Item, level: &Level) -> Html {
    let key = &props.subject;
    let grant = grant_of(key);
    let outline = props.outline.as_ref();
    let risk = outline
        .map(|outline| Access::new(&outline.catalog, &grant, props.invite.as_deref()).risk());
    let is_open = level.now == 1;
    let picture = outline
        .filter(|_| is_open)
        .map(|outline| Picture::new(outline.clone(), (*grant).clone(), props.invite.clone()));
    let expired = key.expires_at.as_deref().is_some_and(clock::is_past);
    let button = |want: Want, label: &'static str, class: &'static str| {
        let (onwant, key) = (props.onwant.clone(), key.clone());
        html! {
            <button
                type="button"
                {class}
                aria-label={text::of_key(label, &key.description)}
                onclick={Callback::from(move |_: MouseEvent| onwant.emit((want, key.clone())))}
            >
                { label }
            </button>
        }
    };
    html! {
        <li class={if expired { "key expired" } else { "key" }}>
            <div class="key-head">
                <h3>{ &key.description }</h3>
                <code>{ &key.handle }{ " " }<span class="last-four">{ "…" }{ &key.last_four }</span></code>
                { for risk.map(|risk| html! { <em class={risk.as_str()}>{ text::risk(risk) }</em> }) }
            </div>
            <p class="hint">
                { text::lifetime(key.created_at.as_deref(), key.expires_at.as_deref(), expired) }
            </p>
            <p>{ text::grant(&grant) }</p>
            <div class="key-actions">
                <button
                    type="button"
                    aria-expanded={if is_open { "true" } else { "false" }}
                    disabled={props.outline.is_none()}
                    aria-label={text::of_key(text::WHAT_IT_CAN_DO, &key.description)}
                    onclick={level.to(1 - level.now.min(1))}
                >
                    { text::WHAT_IT_CAN_DO }
                </button>
                { button(Want::Edit, text::EDIT, "") }
                { button(Want::Template, text::USE_AS_TEMPLATE, "") }
                { button(Want::Replace, text::REPLACE, "") }
                { button(Want::Remove, text::DELETE, "danger") }
            </div>
            <div class="key-preview" tabindex="0" role="region" aria-label={text::of_key(text::WHAT_IT_CAN_DO, &key.description)} hidden={!is_open}>
                if let Some(picture) = picture { <EndpointList {picture} /> }
            </div>
        </li>
    }
}
