//! The description and the expiry.

use std::rc::Rc;

use web_sys::{Event, HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::{
    AttrValue, Callback, Html, Properties, TargetCast, UseReducerDispatcher, component, html,
};

use super::error;
use crate::clock;
use crate::draft::{Action, Draft, Expiry, SPANS};
use crate::text;
use crate::ui::{sub_id, use_id};

/// The longest description that the backend takes, in characters.
pub(crate) const LONGEST: usize = 100;

/// What the description and the expiry need.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The description so far.
    pub description: Rc<str>,
    /// The expiry so far.
    pub expiry: Expiry,
    /// What is wrong with the description.
    pub wrong_description: Option<AttrValue>,
    /// What is wrong with the expiry.
    pub wrong_expiry: Option<AttrValue>,
    /// Takes the changes.
    pub dispatch: UseReducerDispatcher<Draft>,
}

/// The description and the expiry.
#[component]
pub(crate) fn Details(props: &Props) -> Html {
    let id = use_id();
    let (description, expiry) = (sub_id(&id, "description"), sub_id(&id, "expires"));
    let oninput = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let text: Rc<str> = event.target_unchecked_into::<HtmlInputElement>().value().into();
            dispatch.dispatch(Action::Description(text));
        })
    };
    let onchange = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let chosen = Expiry::parse(&value).unwrap_or_else(|| Expiry::Date(Rc::from("")));
            dispatch.dispatch(Action::Expiry(chosen));
        })
    };
    let ondate = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: Event| {
            let date: Rc<str> = event.target_unchecked_into::<HtmlInputElement>().value().into();
            dispatch.dispatch(Action::Expiry(Expiry::Date(date)));
        })
    };
    let length = props.description.trim().chars().count();
    let option = |choice: &Expiry, label: AttrValue| html! {
        <option value={choice.to_link()} selected={props.expiry == *choice}>{ label }</option>
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
                    aria-invalid={props.wrong_description.as_ref().map(|_| "true")}
                    aria-describedby={format!("{description}-hint {description}-wrong")}
                    placeholder={text::DESCRIPTION_EXAMPLE}
                    value={AttrValue::from(props.description.clone())}
                    {oninput}
                />
                <p class="hint" id={sub_id(&description, "hint")}>
                    { text::DESCRIPTION_HINT }
                    <span class={if length > LONGEST { "count over" } else { "count" }}>{ text::of_limit(length, LONGEST) }</span>
                </p>
                { error(&sub_id(&description, "wrong"), props.wrong_description.as_ref()) }
            </div>
            <div class="field">
                <label for={expiry.clone()}>{ text::EXPIRES }</label>
                <select
                    id={expiry.clone()}
                    aria-describedby={format!("{expiry}-hint {expiry}-wrong")}
                    {onchange}
                >
                    { option(&Expiry::Never, text::NEVER.into()) }
                    for days in SPANS { { option(&Expiry::Days(days), text::in_days(days)) } }
                    if let Expiry::Days(days) = &props.expiry {
                        if !SPANS.contains(days) { { option(&props.expiry, text::in_days(*days)) } }
                    }
                    <option value="date" selected={matches!(props.expiry, Expiry::Date(_))}>{ text::ON_A_DATE }</option>
                </select>
                if let Expiry::Date(date) = &props.expiry {
                    <input
                        type="date"
                        aria-label={text::LAST_DAY}
                        aria-invalid={props.wrong_expiry.as_ref().map(|_| "true")}
                        min={clock::today()}
                        value={AttrValue::from(date.clone())}
                        onchange={ondate}
                    />
                }
                <p class="hint" id={sub_id(&expiry, "hint")}>
                    { if props.expiry == Expiry::Never { text::NEVER_HINT } else { text::EXPIRY_HINT } }
                </p>
                { error(&sub_id(&expiry, "wrong"), props.wrong_expiry.as_ref()) }
            </div>
        </section>
    }
}
