//! Which app the key opens, or none.

use scope_rules::{Endpoints, KeyType, Operations};
use yew::{AttrValue, Callback, Html, UseReducerDispatcher, html};

use super::apps::Shelf;
use super::error;
use crate::draft::{Action, Draft};
use crate::text;
use crate::ui::{Combobox, failure, sub_id};

/// What the choice of the app needs.
pub(crate) struct AppChoice<'a> {
    /// The id of the field.
    pub id: AttrValue,
    /// The kind of key.
    pub key_type: KeyType,
    /// The place of the app chosen.
    pub chosen: Option<usize>,
    /// The apps.
    pub shelf: &'a Shelf,
    /// What is wrong with the choice.
    pub wrong: Option<&'a AttrValue>,
    /// Whether neither app nor kind can be changed, because a key is being edited.
    pub is_fixed: bool,
    /// Takes the choice.
    pub dispatch: &'a UseReducerDispatcher<Draft>,
    /// Tries to load the apps again.
    pub onretry: &'a Callback<()>,
}

/// Which app the key opens, or none.
pub(crate) fn app_choice(props: &AppChoice<'_>) -> Html {
    let id = &props.id;
    let kind = |key_type: KeyType| {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: web_sys::Event| dispatch.dispatch(Action::KeyType(key_type)))
    };
    let onchoose = {
        let (dispatch, shelf) = (props.dispatch.clone(), props.shelf.clone());
        Callback::from(move |at: usize| {
            let app = shelf.entries.get(at).map(|entry| entry.app.clone());
            dispatch.dispatch(Action::App(app));
        })
    };
    let token = props.key_type == KeyType::PersonalAccessToken;
    let hint = sub_id(id, "hint");
    let wrong = sub_id(id, "wrong");
    let radio = |key_type: KeyType, label: &'static str| {
        html! {
            <label class="segment">
                <input
                    type="radio"
                    name={sub_id(id, "kind")}
                    checked={props.key_type == key_type}
                    disabled={props.is_fixed}
                    onchange={kind(key_type)}
                />
                <span>{ label }</span>
            </label>
        }
    };
    html! {
        <section class="card" aria-labelledby={sub_id(id, "title")}>
            <h2 id={sub_id(id, "title")}>{ text::WHAT_FOR }</h2>
            <fieldset class="segments">
                <legend class="hidden">{ text::KIND }</legend>
                { radio(KeyType::AppSpecificKey, text::APP_KEY) }
                { radio(KeyType::PersonalAccessToken, text::TOKEN) }
            </fieldset>
            if token {
                <p class="hint">{ text::TOKEN_HINT }</p>
            } else {
                <div class="field">
                    <label for={id.clone()}>{ text::APP }</label>
                    <Combobox
                        id={id.clone()}
                        choices={props.shelf.choices.clone()}
                        chosen={props.chosen}
                        placeholder={if props.shelf.busy && props.shelf.entries.is_empty() { text::LOADING_APPS } else { text::CHOOSE_APP }}
                        described_by={AttrValue::from([&*hint, " ", &wrong].concat())}
                        invalid={props.wrong.is_some()}
                        footer={footer(props.shelf)}
                        {onchoose}
                    />
                    <p class="hint" id={hint}>{ text::APP_HINT }</p>
                    { error(&wrong, props.wrong) }
                    if let Some(problem) = &props.shelf.error {
                        { failure(text::NO_APPS, problem, props.onretry) }
                    }
                    { invite(props) }
                </div>
            }
        </section>
    }
}

fn footer(shelf: &Shelf) -> Html {
    html! {
        if shelf.busy { <p>{ text::MORE_APPS }</p> }
    }
}

/// What the owner's invite allows, said at once.
fn invite(props: &AppChoice<'_>) -> Html {
    let entry = props.chosen.and_then(|at| props.shelf.entries.get(at));
    let Some((owner, invite)) =
        entry.and_then(|entry| entry.owner.as_ref().zip(entry.invite.as_ref()))
    else {
        return html! { <></> };
    };
    let operations = match &invite.operations {
        Operations::All => None,
        Operations::Only(names) => Some(names.iter().cloned().collect::<Vec<_>>()),
    };
    let endpoints = match &invite.endpoints {
        Endpoints::Any => None,
        Endpoints::Only(names) => Some(names.iter().cloned().collect::<Vec<_>>()),
    };
    html! {
        <div class="notice">
            <p>{ text::invited_by(owner) }</p>
            <dl>
                <dt>{ text::OPERATIONS }</dt>
                <dd>{ operations.map_or_else(|| html! { text::ALL_OF_THEM }, |names| super::names(&names)) }</dd>
                <dt>{ text::ENDPOINTS }</dt>
                <dd>{ endpoints.map_or_else(|| html! { text::ANY_ENDPOINT }, |names| super::names(&names)) }</dd>
            </dl>
        </div>
    }
}
