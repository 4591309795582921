//! Every endpoint, with what a call of it would get: what works first, then what is one operation away, then the rest.

use std::rc::Rc;

use scope_rules::{Decision, Outcome, Rejection, Side};
use web_sys::{HtmlInputElement, InputEvent, MouseEvent};
use yew::{
    AttrValue, Callback, Html, Properties, TargetCast, UseReducerDispatcher, component, html,
    use_memo, use_state_eq,
};

use super::row::EndpointRow;
use crate::draft::Draft;
use crate::outline::Outline;
use crate::picture::{Parts, Picture};
use crate::text;
use crate::ui::{Icon, icon, sub_id, use_id};

/// How many endpoints of a part are drawn before a person asks for more.
const DRAWN: usize = 200;

/// What the list needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the key would be able to do.
    pub picture: Picture,
    /// Takes what a person adds to make an endpoint work; without it nothing can be added.
    #[prop_or_default]
    pub dispatch: Option<UseReducerDispatcher<Draft>>,
}

/// The parts of the list.
const PARTS: usize = 4;

/// Some endpoints, by group.
type Part = Vec<(usize, Rc<[usize]>)>;

/// Which part of the list an endpoint stands in.
fn part(decision: &Decision<'_>) -> usize {
    match decision {
        Decision::Allowed { .. } | Decision::Redacted { .. } => 0,
        Decision::Rejected(Rejection::MissingOperations(missing)) => {
            let mut core = missing.iter().filter(|missing| missing.core);
            match (core.next().map(|missing| missing.side), core.next()) {
                (Some(Side::Key), None) => 1,
                _ => 2,
            }
        }
        Decision::Rejected(Rejection::NeedsPersonalAccessToken | Rejection::NeedsSession) => 3,
        Decision::Rejected(_) => 2,
    }
}

/// Sorts the endpoints that pass the filters into the parts, and there into their groups.
fn parts(picture: &Parts, outcome: Option<Outcome>, search: &str) -> [Part; PARTS] {
    let outline = &picture.outline;
    let mut sorted: [Vec<Vec<usize>>; PARTS] = std::array::from_fn(|_| vec![Vec::new(); outline.groups.len()]);
    for (at, line) in outline.lines.iter().enumerate() {
        let decision = picture.access.decide(line.id);
        let part = part(&decision);
        let shown = line.offered || part == PARTS - 1;
        let passes = shown
            && outcome.is_none_or(|outcome| outcome == decision.outcome())
            && (search.is_empty() || line.matches(search));
        if let (true, Some(group)) = (passes, sorted.get_mut(part).and_then(|part| part.get_mut(line.group))) {
            group.push(at);
        }
    }
    sorted.map(|groups| {
        let filled = groups.into_iter().enumerate().filter(|(_, lines)| !lines.is_empty());
        filled.map(|(group, lines)| (group, Rc::from(lines))).collect()
    })
}

/// Every endpoint, with what a call of it would get.
#[component]
pub(crate) fn EndpointList(props: &Props) -> Html {
    let outcome = use_state_eq(|| None::<Outcome>);
    let typed = use_state_eq(AttrValue::default);
    let search = AttrValue::from(typed.trim().to_lowercase());
    let sorted = use_memo((props.picture.clone(), *outcome, search.clone()), |(picture, outcome, search)| {
        parts(picture, *outcome, search)
    });
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value().into());
        })
    };
    let counts = props.picture.counts;
    let filter = |of: Outcome, count: usize, mark: Icon| {
        let chosen = *outcome == Some(of);
        let outcome = outcome.setter();
        html! {
            <button
                type="button"
                class={text::outcome_class(of)}
                aria-pressed={if chosen { "true" } else { "false" }}
                onclick={Callback::from(move |_: MouseEvent| outcome.set((!chosen).then_some(of)))}
            >
                { icon(mark) }<b>{ count }</b><span>{ text::outcome(of) }</span>
            </button>
        }
    };
    let found = sorted.iter().any(|part| !part.is_empty());
    html! {
        <div class="endpoint-list">
            <div class="counts" role="group" aria-label={text::FILTER_BY_OUTCOME}>
                { filter(Outcome::Allowed, counts.allowed, Icon::Allowed) }
                { filter(Outcome::Redacted, counts.redacted, Icon::Redacted) }
                { filter(Outcome::Rejected, counts.rejected, Icon::Rejected) }
            </div>
            <label class="search">
                { icon(Icon::Search) }
                <span class="hidden">{ text::SEARCH_ENDPOINTS }</span>
                <input type="search" placeholder={text::SEARCH_ENDPOINTS} value={(*typed).clone()} {oninput} />
            </label>
            if !found { <p class="empty">{ text::NOTHING_FOUND }</p> }
            for part in 0..PARTS {
                <PartOfList
                    key={part}
                    picture={props.picture.clone()}
                    dispatch={props.dispatch.clone()}
                    {part}
                    sorted={sorted.clone()}
                    filtered={outcome.is_some() || !search.is_empty()}
                />
            }
        </div>
    }
}

/// What a part of the list needs.
#[derive(Properties, PartialEq)]
struct PartProps {
    picture: Picture,
    dispatch: Option<UseReducerDispatcher<Draft>>,
    part: usize,
    sorted: Rc<[Part; PARTS]>,
    filtered: bool,
}

/// A part of the list: a heading that folds, and groups.
#[component]
fn PartOfList(props: &PartProps) -> Html {
    let id = use_id();
    let unfolded = use_state_eq(|| props.part < 2);
    let drawn = use_state_eq(|| DRAWN);
    let Some(groups) = props.sorted.get(props.part).filter(|groups| !groups.is_empty()) else {
        return html! { <></> };
    };
    let total: usize = groups.iter().map(|(_, lines)| lines.len()).sum();
    let open = *unfolded || props.filtered;
    let onclick = {
        let unfolded = unfolded.clone();
        Callback::from(move |_: MouseEvent| unfolded.set(!*unfolded))
    };
    let more = {
        let drawn = drawn.clone();
        Callback::from(move |_: MouseEvent| drawn.set(*drawn + 4 * DRAWN))
    };
    let mut room = if open { *drawn } else { 0 };
    let shown = groups.iter().map_while(|(group, lines)| {
        let fits = lines.len().min(room);
        room -= fits;
        let lines = if fits == lines.len() { lines.clone() } else { lines.iter().take(fits).copied().collect() };
        (fits > 0).then_some((*group, lines))
    });
    let list = sub_id(&id, "list");
    let (title, hint) = text::part(props.part);
    html! {
        <section class="part">
            <h3>
                <button
                    type="button"
                    class="fold"
                    aria-expanded={if open { "true" } else { "false" }}
                    aria-controls={list.clone()}
                    {onclick}
                >
                    <span>{ title }</span><small>{ total }</small>{ icon(Icon::Down) }
                </button>
            </h3>
            <div id={list} hidden={!open}>
                <p class="hint">{ hint }</p>
                for (group, lines) in shown {
                    <EndpointGroup
                        key={group}
                        picture={props.picture.clone()}
                        dispatch={props.dispatch.clone()}
                        {group}
                        {lines}
                    />
                }
                if total > *drawn {
                    <button type="button" class="more" onclick={more}>{ text::show_more(total - *drawn) }</button>
                }
            </div>
        </section>
    }
}

/// What a group needs. Two are equal if they look the same.
#[derive(Properties)]
struct GroupProps {
    picture: Picture,
    dispatch: Option<UseReducerDispatcher<Draft>>,
    group: usize,
    lines: Rc<[usize]>,
}

impl PartialEq for GroupProps {
    fn eq(&self, other: &Self) -> bool {
        let outline: &Outline = &self.picture.outline;
        *outline == other.picture.outline
            && self.group == other.group
            && self.lines == other.lines
            && (self.picture == other.picture
                || self.lines.iter().filter_map(|at| outline.lines.get(*at)).all(|line| {
                    self.picture.access.same_decision(&other.picture.access, line.id)
                }))
    }
}

/// The endpoints of one resource.
#[component]
fn EndpointGroup(props: &GroupProps) -> Html {
    let label = props.picture.outline.groups.get(props.group).map(|group| group.label.clone());
    html! {
        <div class="decisions">
            <h4>{ label }<small>{ props.lines.len() }</small></h4>
            <ul>
                for line in props.lines.iter() {
                    <EndpointRow
                        key={*line}
                        picture={props.picture.clone()}
                        dispatch={props.dispatch.clone()}
                        line={*line}
                    />
                }
            </ul>
        </div>
    }
}
