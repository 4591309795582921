//! Which app the key opens, or none.

use scope_rules::{Endpoints, KeyType, Operations};
use yew::{AttrValue, Html};

use super::{error, failure, names};
use crate::shelf::Entry;
use crate::state::State;
use crate::text;
use crate::ui::{Around, combobox, radio, sub_id, view};

/// Which app the key opens, or none.
pub(crate) fn app(state: &State, wrong: Option<&AttrValue>) -> Html {
    let title = sub_id(&state.id, "opens");
    let is_editing = state.draft.editing.is_some();
    let content = if is_editing {
        let opened = match state.entry() {
            Some(entry) => entry.name.clone(),
            None if state.is_token() => AttrValue::Static(text::TOKEN),
            None => AttrValue::Static(text::APP_KEY),
        };
        view!(r#"<p class="fixed">{}</p>{}"#, opened, state.entry().and_then(invite))
    } else {
        choice(state, wrong)
    };
    view!(
        r#"<section class="card" aria-labelledby={}><h2 id={}>{}</h2>{}</section>"#,
        &title,
        &title,
        const { text::WHAT_FOR },
        content
    )
}

fn choice(state: &State, wrong: Option<&AttrValue>) -> Html {
    let kind = |key_type: KeyType, label: &'static str| {
        let group = AttrValue::from(["kind.", &state.id].concat());
        let checked = state.draft.key_type == key_type;
        radio("segment", group, key_type.as_str(), checked, false, view!("{}", label))
    };
    view!(
        r#"<fieldset class="segments"><legend class="hidden">{}</legend>{}{}</fieldset>{}"#,
        const { text::KIND },
        kind(KeyType::AppSpecificKey, text::APP_KEY),
        kind(KeyType::PersonalAccessToken, text::TOKEN),
        if state.is_token() {
            view!(r#"<p class="hint">{}</p>"#, const { text::TOKEN_HINT })
        } else {
            field(state, wrong)
        }
    )
}

fn field(state: &State, wrong: Option<&AttrValue>) -> Html {
    let shelf = &state.shelf;
    let id = sub_id(&state.id, "app");
    let (hint, wrong_id) = (sub_id(&id, "hint"), sub_id(&id, "wrong"));
    let is_empty = shelf.entries.is_empty();
    let is_busy = shelf.is_busy() && state.user.error.is_none();
    let footer = match (is_busy, is_empty) {
        (true, false) => Some(text::MORE_APPS),
        (true, true) => Some(text::LOADING_APPS),
        (false, true) if shelf.is_complete() => Some(text::NO_APP),
        _ => None,
    };
    let around = Around {
        id: id.clone(),
        name: "app",
        label: text::APPS,
        choices: &shelf.choices,
        chosen: state.chosen(),
        placeholder: if is_empty && is_busy { text::LOADING_APPS } else { text::CHOOSE_APP },
        described_by: AttrValue::from([&*hint, " ", &wrong_id].concat()),
        invalid: wrong.is_some(),
        footer,
    };
    let failed = if is_empty { text::NO_APPS } else { text::NOT_ALL_APPS };
    view!(
        r#"<div class="field">
            <label for={}>{}</label>
            {}
            <p class="hint" id={}>{}</p>
            {}{}{}
        </div>"#,
        &id,
        const { text::APP },
        combobox(&state.app_box, &around),
        hint,
        const { text::APP_HINT },
        error(wrong_id, wrong),
        failure(failed, shelf.error(), "apps"),
        state.entry().and_then(invite)
    )
}

/// What the owner's invite allows, said at once.
fn invite(entry: &Entry) -> Option<Html> {
    let (owner, invite) = entry.owner.as_ref().zip(entry.invite.as_ref())?;
    let nothing = || view!("{}", const { text::NOTHING });
    let operations = match &invite.operations {
        Operations::All => view!("{}", const { text::ALL_OF_THEM }),
        Operations::Only(operations) if operations.is_empty() => nothing(),
        Operations::Only(operations) => names(operations.iter().as_slice()),
    };
    let endpoints = match &invite.endpoints {
        Endpoints::Any => view!("{}", const { text::ANY_ENDPOINT }),
        Endpoints::Only(endpoints) if endpoints.is_empty() => nothing(),
        Endpoints::Only(endpoints) => names(endpoints.iter().as_slice()),
    };
    Some(view!(
        r#"<div class="notice">
            <p>{}</p>
            <dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>
        </div>"#,
        text::invited_by(owner),
        const { text::OPERATIONS },
        operations,
        const { text::ENDPOINTS },
        endpoints
    ))
}
