//! The endpoints: any, or only those ticked in groups.

use std::rc::Rc;

use web_sys::{Event, MouseEvent};
use yew::{AttrValue, Callback, Html, UseReducerDispatcher, html};

use super::{View, names};
use crate::draft::{Action, Draft, Selection};
use crate::outline::{Line, Outline};
use crate::text;
use crate::ui::{Icon, Level, Part, Tick, icon, memo, more, tick_box};

/// How many groups are drawn at a time.
const DRAWN: usize = 150;

/// The endpoints: any, or only those ticked in groups.
pub(super) struct Endpoints {
    pub(super) view: View,
    /// The name that the radio buttons share.
    pub(super) name: AttrValue,
    /// Takes the choice, and the operations that the endpoints need.
    pub(super) dispatch: UseReducerDispatcher<Draft>,
}

impl Part for Endpoints {
    fn is_same(&self, other: &Self) -> bool {
        self.view == other.view
    }

    fn draw(&self, level: &Level) -> Html {
        let Self { view, .. } = self;
        let groups = if view.selection.restricted { view.groups() } else { Vec::new() };
        let drawn = DRAWN * (level.now + 1);
        html! {
            <>
                <fieldset class="choice">
                    <legend class="hidden">{ text::ENDPOINTS }</legend>
                    { self.choice(false, text::ANY_ENDPOINT, text::ANY_ENDPOINT_HINT) }
                    { self.choice(true, text::ONLY_THESE, text::ONLY_THESE_HINT) }
                </fieldset>
                if view.selection.restricted {
                    { memo("needs", Needs { view: view.clone(), dispatch: self.dispatch.clone() }) }
                    <div class="groups">
                        for (group, lines) in groups.iter().take(drawn) {
                            { memo(*group, EndpointGroup {
                                outline: view.picture.outline.clone(),
                                group: *group,
                                lines: lines.clone(),
                                selection: view.selection.clone(),
                                is_filtered: view.is_filtered(),
                            }) }
                        }
                    </div>
                    if groups.is_empty() { <p class="empty">{ text::NOTHING_FOUND }</p> }
                    { more(level, groups.len(), drawn) }
                }
            </>
        }
    }
}

impl Endpoints {
    fn choice(&self, restricted: bool, label: &'static str, hint: &'static str) -> Html {
        let dispatch = self.dispatch.clone();
        let onchange =
            Callback::from(move |_: Event| dispatch.dispatch(Action::Restrict(restricted)));
        html! {
            <label class="tick">
                <input
                    type="radio"
                    name={self.name.clone()}
                    checked={self.view.selection.restricted == restricted}
                    {onchange}
                />
                <span>{ label }<small>{ hint }</small></span>
            </label>
        }
    }
}

/// A group: a box over all of it, and a list that folds.
struct EndpointGroup {
    outline: Outline,
    group: usize,
    /// The lines that are visible.
    lines: Rc<[usize]>,
    selection: Rc<Selection>,
    /// Whether a search or filter is on; then the group shows what it has found.
    is_filtered: bool,
}

impl EndpointGroup {
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter_map(|at| self.outline.lines.get(*at))
    }
}

impl Part for EndpointGroup {
    fn is_same(&self, other: &Self) -> bool {
        self.outline == other.outline
            && self.group == other.group
            && self.is_filtered == other.is_filtered
            && self.lines == other.lines
            && (Rc::ptr_eq(&self.selection, &other.selection)
                || self.lines().all(|line| {
                    self.selection.endpoints.contains(&line.name)
                        == other.selection.endpoints.contains(&line.name)
                }))
    }

    fn draw(&self, level: &Level) -> Html {
        let Some(group) = self.outline.groups.get(self.group) else { return Html::default() };
        let ticked =
            self.lines().filter(|line| self.selection.endpoints.contains(&line.name)).count();
        let total = self.lines.len();
        let is_open = level.now == 1 || self.is_filtered;
        let value = AttrValue::from(self.group.to_string());
        html! {
            <div class="group" role="group" aria-label={group.label.clone()}>
                <div class="group-head">
                    { tick_box("group", &value, Tick::of(ticked, total), false, html! {
                        <span class="hidden">{ text::all_of(&group.label) }</span>
                    }) }
                    <button
                        type="button"
                        class="fold"
                        aria-expanded={if is_open { "true" } else { "false" }}
                        onclick={level.to(1 - level.now.min(1))}
                    >
                        <span>{ &group.label }</span>
                        <small>{ text::ticked_of(ticked, total) }</small>
                        { icon(Icon::Down) }
                    </button>
                </div>
                <div class="group-list" hidden={!is_open}>
                    for line in self.lines().take(if is_open { usize::MAX } else { 0 }) {
                        { endpoint(line, self.selection.endpoints.contains(&line.name)) }
                    }
                </div>
            </div>
        }
    }
}

fn endpoint(line: &Line, ticked: bool) -> Html {
    tick_box(
        "endpoint",
        &line.value,
        ticked.into(),
        false,
        html! {
            <span class="name">
                { &line.rpc }
                if let Some(label) = &line.label { <small>{ label }</small> }
                if line.deprecated { <em class="tag">{ text::DEPRECATED }</em> }
            </span>
        },
    )
}

/// From endpoints to operations: a button that lists the operations that the ticked endpoints need, and one that adds them.
struct Needs {
    view: View,
    dispatch: UseReducerDispatcher<Draft>,
}

impl Part for Needs {
    fn is_same(&self, other: &Self) -> bool {
        self.view.picture == other.view.picture
    }

    fn draw(&self, level: &Level) -> Html {
        let is_open = level.now == 1 && !self.view.selection.endpoints.is_empty();
        html! {
            <div class="needs">
                <button
                    type="button"
                    aria-expanded={if is_open { "true" } else { "false" }}
                    disabled={self.view.selection.endpoints.is_empty()}
                    onclick={level.to(1 - level.now.min(1))}
                >
                    { text::ADD_NEEDED }
                </button>
                if is_open { { self.plan() } }
            </div>
        }
    }
}

impl Needs {
    fn plan(&self) -> Html {
        let selection = &self.view.selection;
        let least = self.view.picture.outline.catalog.least_operations(&selection.endpoints);
        let mut needed: Vec<_> = least.operations.into_iter().collect();
        needed.retain(|name| !selection.holds(name));
        let mut conditional = least.conditional;
        conditional.retain(|name| !selection.holds(name));
        let unreachable: Vec<_> = least.out_of_reach.into_iter().map(|(name, _)| name).collect();
        html! {
            <div class="plan">
                { self.offer(if needed.is_empty() { text::NOTHING_NEEDED } else { text::NEEDED }, needed) }
                if !conditional.is_empty() { { self.offer(text::CONDITIONAL, conditional) } }
                if !unreachable.is_empty() { <p>{ text::OUT_OF_REACH }</p>{ names(&unreachable) } }
            </div>
        }
    }

    fn offer(&self, label: &'static str, missing: Vec<scope_rules::Name>) -> Html {
        let list = names(&missing);
        let (count, missing) = (missing.len(), Rc::from(missing));
        let dispatch = self.dispatch.clone();
        let action = Action::Operations(missing, true);
        let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
        html! {
            <>
                <p>{ label }</p>
                if count > 0 {
                    { list }
                    <button type="button" class="primary" {onclick}>{ text::add(count) }</button>
                }
            </>
        }
    }
}
