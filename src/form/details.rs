//! The description and the expiry.

use yew::{AttrValue, Html};

use super::error;
use crate::clock;
use crate::draft::{Expiry, SPANS};
use crate::state::State;
use crate::text;
use crate::ui::{sub_id, view};
use crate::wrong::{LONGEST, Wrong};

/// The description and the expiry.
pub(crate) fn details(state: &State, wrong: &Wrong) -> Html {
    view!(
        r#"<section class="card details" aria-label={}>{}{}</section>"#,
        const { text::DETAILS },
        description(state, wrong.description.as_ref()),
        expiry(state, wrong.expiry.as_ref())
    )
}

fn description(state: &State, wrong: Option<&AttrValue>) -> Html {
    let id = sub_id(&state.id, "description");
    let typed = &state.draft.description;
    let length = typed.trim().chars().count();
    view!(
        r#"<div class="field">
            <label for={}>{}</label>
            <input id={} name="description" type="text" autocomplete="off" required aria-invalid={}
                aria-describedby={} placeholder={} value={}/>
            <p class="hint" id={}>{}<span class={}>{}</span></p>
            {}
        </div>"#,
        &id,
        const { text::DESCRIPTION },
        &id,
        wrong.map(|_| "true"),
        two(&id),
        const { text::DESCRIPTION_EXAMPLE },
        typed,
        sub_id(&id, "hint"),
        const { text::DESCRIPTION_HINT },
        if length > LONGEST { "count over" } else { "count" },
        text::of_limit(length, LONGEST),
        error(sub_id(&id, "wrong"), wrong)
    )
}

fn expiry(state: &State, wrong: Option<&AttrValue>) -> Html {
    let id = sub_id(&state.id, "expires");
    let chosen = &state.draft.expiry;
    let option = |value: String, is_chosen: bool, label: AttrValue| {
        view!(r#"<option value={} selected={}>{}</option>"#, value, is_chosen, label)
    };
    let days = |days: u16| {
        let span = Expiry::Days(days);
        option(span.to_link(), *chosen == span, text::in_days(days))
    };
    let other = match chosen {
        Expiry::Days(span) if !SPANS.contains(span) => Some(*span),
        _ => None,
    };
    let is_date = matches!(chosen, Expiry::Date(_));
    let mut options =
        vec![option("never".to_owned(), *chosen == Expiry::Never, AttrValue::Static(text::NEVER))];
    for span in SPANS.into_iter().chain(other) {
        options.push(days(span));
    }
    options.push(option("date".to_owned(), is_date, AttrValue::Static(text::ON_A_DATE)));
    let date = match chosen {
        Expiry::Date(date) => Some(view!(
            r#"<input name="date" type="date" aria-label={} aria-invalid={} aria-describedby={} min={} value={}/>"#,
            const { text::LAST_DAY },
            wrong.map(|_| "true"),
            two(&id),
            clock::today(),
            date
        )),
        _ => None,
    };
    view!(
        r#"<div class="field">
            <label for={}>{}</label>
            <select id={} name="expires" aria-invalid={} aria-describedby={}>{}</select>
            {}
            <p class="hint" id={}>{}</p>
            {}
        </div>"#,
        &id,
        const { text::EXPIRES },
        &id,
        wrong.filter(|_| !is_date).map(|_| "true"),
        two(&id),
        options,
        date,
        sub_id(&id, "hint"),
        text::expiry_hint(chosen),
        error(sub_id(&id, "wrong"), wrong)
    )
}

/// The ids of a field's hint and of what is wrong with it.
fn two(id: &str) -> AttrValue {
    AttrValue::from([id, "-hint ", id, "-wrong"].concat())
}
