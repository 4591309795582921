//! The description and the expiry.

use std::rc::Rc;

use web_sys::{Event, HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::{AttrValue, Callback, Html, TargetCast, UseReducerDispatcher, html};

use super::{Wrong, error};
use crate::clock;
use crate::draft::{Action, Draft, Expiry, SPANS};
use crate::text;
use crate::ui::sub_id;

/// The longest description that the backend takes, in characters.
pub(crate) const LONGEST: usize = 100;

/// The description and the expiry.
pub(crate) fn details(
    id: &str,
    draft: &Draft,
    wrong: &Wrong,
    dispatch: &UseReducerDispatcher<Draft>,
) -> Html {
    let (description, expiry) = (sub_id(id, "description"), sub_id(id, "expires"));
    let oninput = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let text: Rc<str> = event.target_unchecked_into::<HtmlInputElement>().value().into();
            dispatch.dispatch(Action::Description(text));
        })
    };
    let onchange = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let chosen = Expiry::parse(&value).unwrap_or_else(|| Expiry::Date(Rc::from("")));
            dispatch.dispatch(Action::Expiry(chosen));
        })
    };
    let ondate = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let date: Rc<str> = event.target_unchecked_into::<HtmlInputElement>().value().into();
            dispatch.dispatch(Action::Expiry(Expiry::Date(date)));
        })
    };
    let length = draft.description.trim().chars().count();
    let option = |choice: &Expiry, label: AttrValue| {
        html! {
            <option value={choice.to_link()} selected={draft.expiry == *choice}>{ label }</option>
        }
    };
    html! {
        <section class="card details" aria-label={text::DETAILS}>
            <div class="field">
                <label for={description.clone()}>{ text::DESCRIPTION }</label>
                <input
                    id={description.clone()}
                    type="text"
                    autocomplete="off"
                    required={true}
                    aria-invalid={wrong.description.as_ref().map(|_| "true")}
                    aria-describedby={two(&description)}
                    placeholder={text::DESCRIPTION_EXAMPLE}
                    value={AttrValue::from(draft.description.clone())}
                    {oninput}
                />
                <p class="hint" id={sub_id(&description, "hint")}>
                    { text::DESCRIPTION_HINT }
                    <span class={if length > LONGEST { "count over" } else { "count" }}>{ text::of_limit(length, LONGEST) }</span>
                </p>
                { error(&sub_id(&description, "wrong"), wrong.description.as_ref()) }
            </div>
            <div class="field">
                <label for={expiry.clone()}>{ text::EXPIRES }</label>
                <select
                    id={expiry.clone()}
                    aria-describedby={two(&expiry)}
                    {onchange}
                >
                    { option(&Expiry::Never, text::NEVER.into()) }
                    for days in SPANS { { option(&Expiry::Days(days), text::in_days(days)) } }
                    if let Expiry::Days(days) = &draft.expiry {
                        if !SPANS.contains(days) { { option(&draft.expiry, text::in_days(*days)) } }
                    }
                    <option value="date" selected={matches!(draft.expiry, Expiry::Date(_))}>{ text::ON_A_DATE }</option>
                </select>
                if let Expiry::Date(date) = &draft.expiry {
                    <input
                        type="date"
                        aria-label={text::LAST_DAY}
                        aria-invalid={wrong.expiry.as_ref().map(|_| "true")}
                        min={clock::today()}
                        value={AttrValue::from(date.clone())}
                        onchange={ondate}
                    />
                }
                <p class="hint" id={sub_id(&expiry, "hint")}>
                    { if draft.expiry == Expiry::Never { text::NEVER_HINT } else { text::EXPIRY_HINT } }
                </p>
                { error(&sub_id(&expiry, "wrong"), wrong.expiry.as_ref()) }
            </div>
        </section>
    }
}

/// The ids of a field's hint and of what is wrong with it.
fn two(id: &str) -> AttrValue {
    AttrValue::from([id, "-hint ", id, "-wrong"].concat())
}
