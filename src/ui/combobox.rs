//! A text field with a list to choose from.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent};
use yew::{
    AttrValue, Callback, Html, Properties, TargetCast, component, html, use_effect_with,
    use_node_ref, use_state_eq,
};

use super::{Icon, icon, sub_id};
use crate::text;

/// How many choices are shown at once; the rest is found by typing.
const SHOWN: usize = 60;

/// Something to choose.
#[derive(Clone, PartialEq)]
pub(crate) struct Choice {
    /// What it is called.
    pub label: AttrValue,
    /// What else helps to tell it apart.
    pub detail: AttrValue,
}

/// What a [`Combobox`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The id of the text field, for its label.
    pub id: AttrValue,
    /// What there is to choose.
    pub choices: Rc<[Choice]>,
    /// The place of what is chosen.
    pub chosen: Option<usize>,
    /// What the field says while nothing is chosen.
    pub placeholder: AttrValue,
    /// The ids of what describes the field.
    pub described_by: AttrValue,
    /// Whether the choice is wrong.
    #[prop_or_default]
    pub invalid: bool,
    /// What stands below the choices.
    #[prop_or_default]
    pub footer: Html,
    /// Called with the place of what is chosen now.
    pub onchoose: Callback<usize>,
}

/// A text field with a list to choose from, as in the ARIA practices: the focus stays in the field.
#[component]
pub(crate) fn Combobox(props: &Props) -> Html {
    let open = use_state_eq(|| false);
    let typed = use_state_eq(|| None::<AttrValue>);
    let active = use_state_eq(|| None::<usize>);
    let list = use_node_ref();
    let chosen = props.chosen.and_then(|at| props.choices.get(at));
    let search = typed.as_ref().map(|typed| lower(typed)).unwrap_or_default();
    let found: Vec<usize> = props
        .choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| {
            search.is_empty()
                || lower(&choice.label).contains(&search)
                || lower(&choice.detail).contains(&search)
        })
        .map(|(at, _)| at)
        .collect();
    let more = found.len().saturating_sub(SHOWN);
    let shown: Rc<[usize]> = found.iter().copied().take(SHOWN).collect();
    let at = active.filter(|at| *at < shown.len());
    {
        let list = list.clone();
        use_effect_with((at, *open), move |(at, open)| {
            let active = at.filter(|_| *open).and_then(|at| {
                list.cast::<Element>()?
                    .query_selector_all("[role=option]")
                    .ok()?
                    .get(u32::try_from(at).ok()?)
            });
            if let Some(active) = active.and_then(|node| node.dyn_into::<Element>().ok()) {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                active.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let choose = {
        let (open, typed, active) = (open.clone(), typed.clone(), active.clone());
        let onchoose = props.onchoose.clone();
        Callback::from(move |place: usize| {
            open.set(false);
            typed.set(None);
            active.set(None);
            onchoose.emit(place);
        })
    };
    let oninput = {
        let (open, typed, active) = (open.clone(), typed.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(Some(event.target_unchecked_into::<HtmlInputElement>().value().into()));
            active.set(Some(0));
            open.set(true);
        })
    };
    let onfocusout = {
        let (open, typed) = (open.clone(), typed.clone());
        Callback::from(move |_: FocusEvent| {
            open.set(false);
            typed.set(None);
        })
    };
    let show = {
        let (open, active, chosen) = (open.clone(), active.clone(), props.chosen);
        let shown = shown.clone();
        Callback::from(move |()| {
            open.set(true);
            active.set(shown.iter().position(|place| Some(*place) == chosen));
        })
    };
    let onclick = {
        let (open, show) = (open.clone(), show.clone());
        Callback::from(move |event: MouseEvent| {
            event.target_unchecked_into::<HtmlInputElement>().select();
            if !*open {
                show.emit(());
            }
        })
    };
    let onkeydown = {
        let (open, typed, active) = (open.clone(), typed.clone(), active.clone());
        let (shown, choose, show) = (shown.clone(), choose.clone(), show.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = shown.len().saturating_sub(1);
            let to = match (event.key().as_str(), *open) {
                ("ArrowDown" | "ArrowUp", false) => {
                    show.emit(());
                    at.or(Some(0))
                }
                ("ArrowDown", true) => Some(at.map_or(0, |at| if at >= last { 0 } else { at + 1 })),
                ("ArrowUp", true) => {
                    Some(at.map_or(last, |at| if at == 0 { last } else { at - 1 }))
                }
                ("PageDown", true) => Some(at.map_or(last, |at| (at + 10).min(last))),
                ("PageUp", true) => Some(at.map_or(0, |at| at.saturating_sub(10))),
                ("Enter", true) => {
                    event.prevent_default();
                    if let Some(place) = at.and_then(|at| shown.get(at)) {
                        choose.emit(*place);
                    }
                    return;
                }
                ("Escape", true) => {
                    open.set(false);
                    typed.set(None);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            active.set(to);
        })
    };
    // A press on the list must not take the focus out of the field, which would close it.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    let pick = {
        let shown = shown.clone();
        Callback::from(move |event: MouseEvent| {
            let option = event
                .target_dyn_into::<Element>()
                .and_then(|e| e.closest("[data-at]").ok().flatten());
            let at =
                option.and_then(|option| option.get_attribute("data-at")?.parse::<usize>().ok());
            if let Some(place) = at.and_then(|at| shown.get(at)) {
                choose.emit(*place);
            }
        })
    };
    let list_id = sub_id(&props.id, "list");
    let option_id = |at: usize| sub_id(&list_id, &at.to_string());
    let value =
        (*typed).clone().or_else(|| chosen.map(|choice| choice.label.clone())).unwrap_or_default();
    html! {
        <div class="combobox">
            <input
                id={props.id.clone()}
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-expanded={if *open { "true" } else { "false" }}
                aria-controls={list_id.clone()}
                aria-autocomplete="list"
                aria-activedescendant={at.filter(|_| *open).map(option_id)}
                aria-describedby={props.described_by.clone()}
                aria-invalid={props.invalid.then_some("true")}
                placeholder={props.placeholder.clone()}
                {value}
                {oninput} {onclick} {onkeydown} {onfocusout}
            />
            { icon(Icon::Down) }
            <div class="options" hidden={!*open} {onmousedown}>
                <div id={list_id.clone()} ref={list} role="listbox" aria-label={text::APPS} onclick={pick}>
                    for (at_here, place) in shown.iter().enumerate().take(if *open { SHOWN } else { 0 }) {
                        { option(props, at_here, *place, option_id(at_here), at == Some(at_here)) }
                    }
                </div>
                <div class="options-foot">
                    if found.is_empty() { <p>{ text::NOTHING_FOUND }</p> }
                    if more > 0 { <p>{ text::more_by_typing(more) }</p> }
                    { props.footer.clone() }
                </div>
            </div>
        </div>
    }
}

/// Lower case in all scripts, as the browser knows it.
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

fn option(props: &Props, at: usize, place: usize, id: AttrValue, active: bool) -> Html {
    let Some(choice) = props.choices.get(place) else { return Html::default() };
    let chosen = props.chosen == Some(place);
    html! {
        <div
            key={place}
            {id}
            role="option"
            class={active.then_some("active")}
            aria-selected={if chosen { "true" } else { "false" }}
            data-at={at.to_string()}
        >
            <span>{ &choice.label }</span>
            <small>{ &choice.detail }</small>
        </div>
    }
}
