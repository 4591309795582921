//! The endpoints: any, or only those ticked in groups.

use std::rc::Rc;

use scope_rules::Name;
use web_sys::{Event, FocusEvent, HtmlInputElement, MouseEvent};
use yew::{
    AttrValue, Callback, Html, Properties, UseReducerDispatcher, component, html, use_callback,
    use_state_eq,
};

use super::needs::Needs;
use super::operations::box_at;
use crate::draft::{Action, Draft, Selection};
use crate::outline::{Line, Outline};
use crate::picture::Picture;
use crate::text;
use crate::ui::{Icon, Tick, icon, sub_id, tick_box, ticked_box, use_id};

/// How many groups are drawn before a person asks for more.
const DRAWN: usize = 150;

/// What the endpoints need.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the key would be able to do.
    pub picture: Picture,
    /// What is ticked.
    pub selection: Rc<Selection>,
    /// What is searched for, in lower case.
    pub search: AttrValue,
    /// Whether only endpoints with a tick are shown.
    pub only_selected: bool,
    /// Takes the ticks.
    pub dispatch: UseReducerDispatcher<Draft>,
    /// Told what flipping the box would do that is pointed at or focused.
    pub onprobe: Callback<Option<Action>>,
}

/// The endpoints: any, or only those ticked in groups.
#[component]
pub(crate) fn Endpoints(props: &Props) -> Html {
    let id = use_id();
    let restrict = |restricted: bool| {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: Event| dispatch.dispatch(Action::Restrict(restricted)))
    };
    let restricted = props.selection.restricted;
    html! {
        <>
            <fieldset class="choice">
                <legend class="hidden">{ text::ENDPOINTS }</legend>
                <label class="tick">
                    <input type="radio" name={id.clone()} checked={!restricted} onchange={restrict(false)} />
                    <span>{ text::ANY_ENDPOINT }<small>{ text::ANY_ENDPOINT_HINT }</small></span>
                </label>
                <label class="tick">
                    <input type="radio" name={id} checked={restricted} onchange={restrict(true)} />
                    <span>{ text::ONLY_THESE }<small>{ text::ONLY_THESE_HINT }</small></span>
                </label>
            </fieldset>
            if restricted {
                <Needs
                    picture={props.picture.clone()}
                    selection={props.selection.clone()}
                    dispatch={props.dispatch.clone()}
                />
                <Groups
                    outline={props.picture.outline.clone()}
                    selection={props.selection.clone()}
                    search={props.search.clone()}
                    only_selected={props.only_selected}
                    dispatch={props.dispatch.clone()}
                    onprobe={props.onprobe.clone()}
                />
            }
        </>
    }
}

/// What the groups need.
#[derive(Properties, PartialEq)]
pub(crate) struct GroupsProps {
    outline: Outline,
    selection: Rc<Selection>,
    search: AttrValue,
    only_selected: bool,
    dispatch: UseReducerDispatcher<Draft>,
    onprobe: Callback<Option<Action>>,
}

/// All groups, with one handler for all boxes in them.
#[component]
fn Groups(props: &GroupsProps) -> Html {
    let drawn = use_state_eq(|| DRAWN);
    let visible = |line: &Line| {
        (props.search.is_empty() || line.matches(&props.search))
            && (!props.only_selected || props.selection.endpoints.contains(&line.name))
    };
    let filtered = props.only_selected || !props.search.is_empty();
    let outline = &props.outline;
    let groups: Vec<(usize, Rc<[usize]>)> = outline
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let lines = if filtered {
                group.lines.iter().copied().filter(|at| outline.lines.get(*at).is_some_and(visible)).collect()
            } else {
                group.lines.clone()
            };
            (at, lines)
        })
        .filter(|(_, lines): &(usize, Rc<[usize]>)| !lines.is_empty())
        .collect();
    let action = use_callback(
        (outline.clone(), props.search.clone(), props.only_selected.then(|| props.selection.clone())),
        move |(input, ticked): (HtmlInputElement, bool), (outline, search, only)| {
            let visible = |line: &&Line| {
                (search.is_empty() || line.matches(search))
                    && only.as_ref().is_none_or(|selection| selection.endpoints.contains(&line.name))
            };
            let names: Rc<[Name]> = match input.name().as_str() {
                "endpoint" => {
                    let id = outline.catalog.find_endpoint(&input.value()).ok()?;
                    Rc::from([outline.catalog.endpoint(id)?.name().clone()])
                }
                "group" => {
                    let group = outline.groups.get(input.value().parse::<usize>().ok()?)?;
                    outline.members(group).filter(visible).map(|line| line.name.clone()).collect()
                }
                _ => return None,
            };
            Some(Action::Endpoints(names, ticked))
        },
    );
    let onchange = {
        let (dispatch, action) = (props.dispatch.clone(), action.clone());
        Callback::from(move |event: Event| {
            if let Some(action) = ticked_box(&event).and_then(|found| action.emit(found)) {
                dispatch.dispatch(action);
            }
        })
    };
    let probe = {
        let onprobe = props.onprobe.clone();
        move |target| {
            let input = box_at(target);
            onprobe.emit(input.and_then(|input| {
                let ticked = !input.checked();
                action.emit((input, ticked))
            }));
        }
    };
    let onmouseover = {
        let probe = probe.clone();
        Callback::from(move |event: MouseEvent| probe(event.target()))
    };
    let onfocusin = Callback::from(move |event: FocusEvent| probe(event.target()));
    let onmouseleave = props.onprobe.reform(|_: MouseEvent| None);
    let onfocusout = props.onprobe.reform(|_: FocusEvent| None);
    let rest = groups.len().saturating_sub(*drawn);
    let more = {
        let drawn = drawn.clone();
        Callback::from(move |_: MouseEvent| drawn.set(*drawn + 4 * DRAWN))
    };
    html! {
        <>
            <div class="groups" {onchange} {onmouseover} {onmouseleave} {onfocusin} {onfocusout}>
                for (at, lines) in groups.iter().take(*drawn) {
                    <EndpointGroup
                        key={*at}
                        outline={outline.clone()}
                        group={*at}
                        lines={lines.clone()}
                        selection={props.selection.clone()}
                        {filtered}
                    />
                }
            </div>
            if groups.is_empty() { <p class="empty">{ text::NOTHING_FOUND }</p> }
            if rest > 0 {
                <button type="button" class="more" onclick={more}>{ text::show_more(rest) }</button>
            }
        </>
    }
}

/// What a group needs. Two are equal if they look the same.
#[derive(Properties)]
pub(crate) struct GroupProps {
    outline: Outline,
    group: usize,
    /// The lines that are visible.
    lines: Rc<[usize]>,
    selection: Rc<Selection>,
    /// Whether a search or filter is on; then the group shows what it has found.
    filtered: bool,
}

impl PartialEq for GroupProps {
    fn eq(&self, other: &Self) -> bool {
        self.outline == other.outline
            && self.group == other.group
            && self.filtered == other.filtered
            && self.lines == other.lines
            && (Rc::ptr_eq(&self.selection, &other.selection)
                || self.lines.iter().filter_map(|at| self.outline.lines.get(*at)).all(|line| {
                    self.selection.endpoints.contains(&line.name)
                        == other.selection.endpoints.contains(&line.name)
                }))
    }
}

/// A group: a box over all of it, and a list that folds.
#[component]
fn EndpointGroup(props: &GroupProps) -> Html {
    let id = use_id();
    let unfolded = use_state_eq(|| false);
    let Some(group) = props.outline.groups.get(props.group) else { return Html::default() };
    let lines = || props.lines.iter().filter_map(|at| props.outline.lines.get(*at));
    let ticked = lines().filter(|line| props.selection.endpoints.contains(&line.name)).count();
    let total = props.lines.len();
    let open = *unfolded || props.filtered;
    let onclick = {
        let unfolded = unfolded.clone();
        Callback::from(move |_: MouseEvent| unfolded.set(!*unfolded))
    };
    let list = sub_id(&id, "list");
    html! {
        <div class="group" role="group" aria-label={group.label.clone()}>
            <div class="group-head">
                { tick_box("group", &AttrValue::from(props.group.to_string()), Tick::of(ticked, total), false, html! {
                    <span class="hidden">{ text::all_of(&group.label) }</span>
                }) }
                <button
                    type="button"
                    class="fold"
                    aria-expanded={if open { "true" } else { "false" }}
                    aria-controls={list.clone()}
                    {onclick}
                >
                    <span>{ &group.label }</span>
                    <small>{ text::ticked_of(ticked, total) }</small>
                    { icon(Icon::Down) }
                </button>
            </div>
            <div id={list} class="group-list" hidden={!open}>
                for line in lines().take(if open { usize::MAX } else { 0 }) {
                    { endpoint(line, props.selection.endpoints.contains(&line.name)) }
                }
            </div>
        </div>
    }
}

fn endpoint(line: &Line, ticked: bool) -> Html {
    tick_box("endpoint", &line.value, ticked.into(), false, html! {
        <span class="name">
            { &line.rpc }
            if let Some(label) = &line.label { <small>{ label }</small> }
            if line.deprecated { <em class="tag">{ text::DEPRECATED }</em> }
        </span>
    })
}
