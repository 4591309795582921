//! The scopes: three ways in, one state.

use std::rc::Rc;

use scope_rules::Grant;
use web_sys::{
    Event, FocusEvent, HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent,
};
use yew::{
    AttrValue, Callback, Html, Properties, TargetCast, UseReducerDispatcher, component, html,
    use_node_ref, use_state_eq,
};

use super::endpoints::Endpoints;
use super::operations::Operations;
use super::view::View;
use crate::draft::presets::Preset;
use crate::draft::{Action, Draft, Selection};
use crate::picture::Picture;
use crate::text;
use crate::ui::{Icon, icon, memo, sub_id, ticked_box, use_id};

/// What the scopes need.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the key would be able to do.
    pub picture: Picture,
    /// What is ticked.
    pub selection: Rc<Selection>,
    /// Whether there is a change to take back.
    pub can_undo: bool,
    /// Whether there is a change to make again.
    pub can_redo: bool,
    /// Takes the changes.
    pub dispatch: UseReducerDispatcher<Draft>,
    /// Told what flipping the box would do that is pointed at or focused.
    pub onprobe: Callback<Option<Action>>,
    /// Copies a link to this selection.
    pub onlink: Html,
}

/// The scopes: presets, operations and endpoints.
#[component]
pub(crate) fn Scopes(props: &Props) -> Html {
    let id = use_id();
    let at_endpoints = use_state_eq(|| false);
    let typed = use_state_eq(AttrValue::default);
    let only_selected = use_state_eq(|| false);
    let search = AttrValue::from(typed.trim().to_ascii_lowercase());
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value().into());
        })
    };
    let ononly = {
        let only_selected = only_selected.setter();
        Callback::from(move |event: Event| {
            only_selected.set(event.target_unchecked_into::<HtmlInputElement>().checked());
        })
    };
    let tabs = use_node_ref();
    let turn = {
        let (at_endpoints, tabs) = (at_endpoints.setter(), tabs.clone());
        Callback::from(move |endpoints: bool| {
            at_endpoints.set(endpoints);
            let tab = if endpoints { "[role=tab]:last-child" } else { "[role=tab]" };
            let tab = tabs
                .cast::<web_sys::Element>()
                .and_then(|tabs| tabs.query_selector(tab).ok().flatten());
            if let Some(tab) =
                tab.and_then(|tab| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(tab).ok())
            {
                let _ = tab.focus();
            }
        })
    };
    let onkeydown = {
        let (turn, at) = (turn.clone(), *at_endpoints);
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowLeft" | "ArrowRight" => turn.emit(!at),
            "Home" => turn.emit(false),
            "End" => turn.emit(true),
            _ => {}
        })
    };
    let step = |action: Action| {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let view = View {
        picture: props.picture.clone(),
        selection: props.selection.clone(),
        search,
        only_selected: *only_selected,
    };
    let onchange = {
        let (dispatch, view) = (props.dispatch.clone(), view.clone());
        Callback::from(move |event: Event| {
            let action = ticked_box(&event).and_then(|(input, ticked)| view.action(&input, ticked));
            if let Some(action) = action {
                dispatch.dispatch(action);
            }
        })
    };
    let onprobe = {
        let (onprobe, view) = (props.onprobe.clone(), view.clone());
        Callback::from(move |event: Event| onprobe.emit(view.flip(event.target())))
    };
    let onleave = props.onprobe.reform(|_: Event| None);
    let panel = sub_id(&id, "panel");
    let tab = |endpoints: bool, label: &'static str, count: AttrValue| {
        let chosen = *at_endpoints == endpoints;
        let turn = turn.clone();
        html! {
            <button
                type="button"
                role="tab"
                aria-selected={if chosen { "true" } else { "false" }}
                aria-controls={chosen.then(|| panel.clone())}
                tabindex={if chosen { "0" } else { "-1" }}
                onclick={Callback::from(move |_: MouseEvent| turn.emit(endpoints))}
            >
                { label }<small>{ count }</small>
            </button>
        }
    };
    let outline = &props.picture.outline;
    let selection = &props.selection;
    html! {
        <section class="card scopes" aria-labelledby={sub_id(&id, "title")}>
            <header>
                <h2 id={sub_id(&id, "title")}>{ text::SCOPES }</h2>
                <div class="tools">
                    <button type="button" class="quiet" disabled={!props.can_undo} onclick={step(Action::Undo)}>
                        { icon(Icon::Undo) }{ text::UNDO }
                    </button>
                    <button type="button" class="quiet" disabled={!props.can_redo} onclick={step(Action::Redo)}>
                        { icon(Icon::Redo) }{ text::REDO }
                    </button>
                    { props.onlink.clone() }
                </div>
            </header>
            <p class="hint">{ text::SCOPES_HINT }</p>
            { presets(props) }
            <div class="tabs" role="tablist" aria-label={text::SCOPES} ref={tabs} {onkeydown}>
                { tab(false, text::OPERATIONS, if selection.all {
                    text::ALL_OF_THEM.into()
                } else {
                    text::ticked_of(selection.operations.len(), outline.column(None).count())
                }) }
                { tab(true, text::ENDPOINTS, if selection.restricted {
                    text::ticked_of(selection.endpoints.len(), outline.offered().count())
                } else {
                    text::ANY.into()
                }) }
            </div>
            <div class="filters">
                <label class="search">
                    { icon(Icon::Search) }
                    <span class="hidden">{ text::SEARCH_SCOPES }</span>
                    <input type="search" placeholder={text::SEARCH_SCOPES} value={(*typed).clone()} {oninput} />
                </label>
                <label class="tick">
                    <input type="checkbox" checked={*only_selected} onchange={ononly} />
                    <span>{ text::ONLY_SELECTED }</span>
                </label>
            </div>
            <div
                role="tabpanel"
                id={panel.clone()}
                aria-label={if *at_endpoints { text::ENDPOINTS } else { text::OPERATIONS }}
                {onchange}
                onmouseover={onprobe.reform(|event: MouseEvent| event.into())}
                onfocusin={onprobe.reform(|event: FocusEvent| event.into())}
                onmouseleave={onleave.reform(|event: MouseEvent| event.into())}
                onfocusout={onleave.reform(|event: FocusEvent| event.into())}
            >
                if *at_endpoints {
                    { memo("endpoints", Endpoints { view, name: sub_id(&id, "any"), dispatch: props.dispatch.clone() }) }
                } else {
                    { all(props) }
                    { memo("operations", Operations(view)) }
                }
            </div>
        </section>
    }
}

/// The presets. They replace what is ticked, and can be undone.
fn presets(props: &Props) -> Html {
    let button = |(preset, grant): &(Preset, Rc<Grant>)| {
        let chosen = **grant == props.picture.grant;
        let (dispatch, onprobe) = (props.dispatch.clone(), props.onprobe.clone());
        let action = Action::Grant(grant.clone());
        let probe = {
            let action = action.clone();
            Callback::from(move |()| onprobe.emit(Some(action.clone())))
        };
        let leave = props.onprobe.reform(|()| None);
        html! {
            <button
                type="button"
                class="chip"
                aria-pressed={if chosen { "true" } else { "false" }}
                onclick={Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))}
                onmouseenter={probe.reform(|_: MouseEvent| ())}
                onfocus={probe.reform(|_: web_sys::FocusEvent| ())}
                onmouseleave={leave.reform(|_: MouseEvent| ())}
                onblur={leave.reform(|_: web_sys::FocusEvent| ())}
            >
                { text::preset(*preset) }
            </button>
        }
    };
    html! {
        <div class="presets" role="group" aria-label={text::PRESETS}>
            for preset in &props.picture.outline.presets { { button(preset) } }
        </div>
    }
}

/// `All`: a choice of its own.
fn all(props: &Props) -> Html {
    let onchange = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: Event| {
            let ticked = event.target_unchecked_into::<HtmlInputElement>().checked();
            dispatch.dispatch(Action::All(ticked));
        })
    };
    html! {
        <div class="all">
            <label class="tick">
                <input type="checkbox" checked={props.selection.all} {onchange} />
                <span>{ text::ALL }<small>{ text::ALL_HINT }</small></span>
            </label>
        </div>
    }
}
