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
use crate::ui::{Icon, Level, Part, icon, memo, more};

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
type Groups = Vec<(usize, Rc<[usize]>)>;

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
fn parts(picture: &Parts, outcome: Option<Outcome>, search: &str) -> [Groups; PARTS] {
    let outline = &picture.outline;
    let mut sorted: [Vec<Vec<usize>>; PARTS] =
        std::array::from_fn(|_| vec![Vec::new(); outline.groups.len()]);
    for (at, line) in outline.lines.iter().enumerate() {
        let decision = picture.access.decide(line.id);
        let part = part(&decision);
        let shown = line.offered || part == PARTS - 1;
        let passes = shown
            && outcome.is_none_or(|outcome| outcome == decision.outcome())
            && (search.is_empty() || line.matches(search));
        if let (true, Some(group)) =
            (passes, sorted.get_mut(part).and_then(|part| part.get_mut(line.group)))
        {
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
    let search = AttrValue::from(typed.trim().to_ascii_lowercase());
    let sorted = use_memo(
        (props.picture.clone(), *outcome, search.clone()),
        |(picture, outcome, search)| parts(picture, *outcome, search),
    );
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
                { memo(part, PartOfList {
                    picture: props.picture.clone(),
                    dispatch: props.dispatch.clone(),
                    part,
                    sorted: sorted.clone(),
                    is_filtered: outcome.is_some() || !search.is_empty(),
                }) }
            }
        </div>
    }
}

/// A part of the list: a heading that folds, and groups.
struct PartOfList {
    picture: Picture,
    dispatch: Option<UseReducerDispatcher<Draft>>,
    part: usize,
    sorted: Rc<[Groups; PARTS]>,
    is_filtered: bool,
}

impl Part for PartOfList {
    fn is_same(&self, other: &Self) -> bool {
        self.part == other.part
            && self.picture == other.picture
            && Rc::ptr_eq(&self.sorted, &other.sorted)
    }

    fn draw(&self, level: &Level) -> Html {
        let groups = self.sorted.get(self.part).map_or(&[][..], Vec::as_slice);
        let total: usize = groups.iter().map(|(_, lines)| lines.len()).sum();
        if total == 0 {
            return html! { <></> };
        }
        // What works and what nearly does is unfolded from the beginning: there, level 1 folds.
        let starts_open = self.part < 2;
        let is_open = self.is_filtered || (level.now != 1) == starts_open || level.now > 1;
        let drawn = DRAWN * level.now.max(1);
        let mut room = if is_open { drawn } else { 0 };
        let shown = groups.iter().map_while(|(group, lines)| {
            let fits = lines.len().min(room);
            room -= fits;
            let lines = if fits == lines.len() {
                lines.clone()
            } else {
                lines.iter().take(fits).copied().collect()
            };
            (fits > 0).then(|| EndpointGroup {
                picture: self.picture.clone(),
                dispatch: self.dispatch.clone(),
                group: *group,
                lines,
            })
        });
        let (title, hint) = text::part(self.part);
        html! {
            <section class="part">
                <h3>
                    <button
                        type="button"
                        class="fold"
                        aria-expanded={if is_open { "true" } else { "false" }}
                        onclick={level.to(usize::from(is_open == starts_open))}
                    >
                        <span>{ title }</span><small>{ total }</small>{ icon(Icon::Down) }
                    </button>
                </h3>
                <div hidden={!is_open}>
                    <p class="hint">{ hint }</p>
                    for group in shown { { memo(group.group, group) } }
                    { more(level, total, drawn) }
                </div>
            </section>
        }
    }
}

/// The endpoints of one resource.
struct EndpointGroup {
    picture: Picture,
    dispatch: Option<UseReducerDispatcher<Draft>>,
    group: usize,
    lines: Rc<[usize]>,
}

impl Part for EndpointGroup {
    fn is_same(&self, other: &Self) -> bool {
        let outline: &Outline = &self.picture.outline;
        *outline == other.picture.outline
            && self.group == other.group
            && self.lines == other.lines
            && (self.picture == other.picture
                || self
                    .lines
                    .iter()
                    .filter_map(|at| outline.lines.get(*at))
                    .all(|line| self.picture.access.same_decision(&other.picture.access, line.id)))
    }

    fn draw(&self, _: &Level) -> Html {
        let label = self.picture.outline.groups.get(self.group).map(|group| group.label.clone());
        html! {
            <div class="decisions">
                <h4>{ label }<small>{ self.lines.len() }</small></h4>
                <ul>
                    for line in self.lines.iter() {
                        { memo(*line, EndpointRow {
                            picture: self.picture.clone(),
                            dispatch: self.dispatch.clone(),
                            line: *line,
                        }) }
                    }
                </ul>
            </div>
        }
    }
}
