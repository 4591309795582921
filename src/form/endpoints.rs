//! The endpoints: any, or only those ticked in groups.

use std::rc::Rc;

use scope_rules::Name;
use yew::{AttrValue, Html};

use super::{View, more, names};
use crate::draft::Selection;
use crate::outline::{Line, Outline};
use crate::picture::Picture;
use crate::state::Folds;
use crate::text;
use crate::ui::{Icon, Part, PartList, Tick, fold_button, icon, memo, radio, tick_box, view};

/// How many groups are drawn at first.
const DRAWN: usize = 60;

/// The endpoints: any, or only those ticked in groups.
pub(super) struct Endpoints {
    pub(super) view: View,
    /// The name that the radio buttons share.
    pub(super) group: AttrValue,
    pub(super) folds: Rc<Folds>,
}

impl Part for Endpoints {
    fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.folds, &other.folds) && self.view == other.view
    }

    fn draw(&self) -> Html {
        let restricted = self.view.selection().restricted;
        let choice = |only: bool, value: &'static str, label: &'static str, hint: &'static str| {
            let label = view!("{}<small>{}</small>", label, hint);
            radio("tick", self.group.clone(), value, restricted == only, false, label)
        };
        view!(
            r#"<fieldset class="choice"><legend class="hidden">{}</legend>{}{}</fieldset>{}"#,
            const { text::ENDPOINTS },
            choice(false, "any", text::ANY_ENDPOINT, text::ANY_ENDPOINT_HINT),
            choice(true, "only", text::ONLY_THESE, text::ONLY_THESE_HINT),
            restricted.then(|| self.groups())
        )
    }
}

impl Endpoints {
    fn groups(&self) -> Html {
        let view = &self.view;
        let groups = view.groups();
        let drawn = self.folds.drawn("groups", DRAWN);
        let mut shown = PartList::default();
        for (group, lines) in groups.iter().take(drawn) {
            let name = fold_name(*group);
            let part = EndpointGroup {
                outline: view.picture.outline.clone(),
                group: *group,
                lines: lines.clone(),
                selection: view.selection().clone(),
                is_filtered: view.is_filtered(),
                is_open: view.is_filtered() || self.folds.is_flipped(&name),
            };
            shown.push(*group, part);
        }
        let needs = Needs {
            picture: view.picture.clone(),
            is_open: self.folds.is_flipped("needs") && !view.selection().endpoints.is_empty(),
        };
        view!(
            r#"{}<div class="groups">{}</div>{}{}"#,
            memo("needs", needs),
            shown.draw(),
            more("groups".into(), text::ENDPOINTS, DRAWN, drawn, groups.len()),
            groups.is_empty().then(|| super::nothing(view))
        )
    }
}

fn fold_name(group: usize) -> String {
    String::from("group-") + &group.to_string()
}

/// A group: a box over all of it, and a list that folds.
struct EndpointGroup {
    outline: Outline,
    group: usize,
    /// The lines that are visible.
    lines: Rc<[usize]>,
    selection: Rc<Selection>,
    /// Whether it shows what was found; then it does not fold.
    is_filtered: bool,
    is_open: bool,
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
            && self.is_open == other.is_open
            && self.lines == other.lines
            && (Rc::ptr_eq(&self.selection, &other.selection)
                || self.lines().all(|line| {
                    self.selection.endpoints.contains(&line.name)
                        == other.selection.endpoints.contains(&line.name)
                }))
    }

    fn draw(&self) -> Html {
        let Some(group) = self.outline.groups.get(self.group) else { return Html::default() };
        let mut ticked = 0;
        let mut shown = Vec::new();
        for line in self.lines() {
            let is_ticked = self.selection.endpoints.contains(&line.name);
            ticked += usize::from(is_ticked);
            if self.is_open {
                shown.push(endpoint(line, is_ticked));
            }
        }
        let total = self.lines.len();
        let all = view!(r#"<span class="hidden">{}</span>"#, text::all_of(&group.label));
        let head = view!(
            r#"<span>{}</span><small>{}</small>{}"#,
            &group.label,
            text::ticked_of(ticked, total),
            icon(Icon::Down)
        );
        view!(
            r#"<div class="group" role="group" aria-label={}>
                <div class="group-head">{}{}</div>
                <div class="group-list" hidden={}>{}</div>
            </div>"#,
            &group.label,
            tick_box("group", self.group.to_string().into(), Tick::of(ticked, total), false, all),
            fold_button("fold", fold_name(self.group), self.is_open, self.is_filtered, None, head),
            !self.is_open,
            shown
        )
    }
}

fn endpoint(line: &Line, ticked: bool) -> Html {
    let label = line.label.as_ref().map(|label| view!("<small>{}</small>", label));
    let name = view!(r#"<span class="name">{}{}{}</span>"#, &line.rpc, label, super::tag(line));
    tick_box("endpoint", (&line.value).into(), ticked.into(), false, name)
}

/// From endpoints to operations: a button that lists the operations that the ticked endpoints need, and one that adds them.
struct Needs {
    picture: Picture,
    is_open: bool,
}

impl Part for Needs {
    fn is_same(&self, other: &Self) -> bool {
        self.is_open == other.is_open && self.picture == other.picture
    }

    fn draw(&self) -> Html {
        let disabled = self.picture.selection.endpoints.is_empty();
        view!(
            r#"<div class="needs">{}{}</div>"#,
            fold_button(
                "",
                "needs".to_owned(),
                self.is_open,
                disabled,
                None,
                view!("{}", const { text::ADD_NEEDED })
            ),
            self.is_open.then(|| self.plan())
        )
    }
}

impl Needs {
    fn plan(&self) -> Html {
        let [needed, conditional, unreachable] = self.picture.needed();
        let label = if needed.is_empty() { text::NOTHING_NEEDED } else { text::NEEDED };
        let unreachable = (!unreachable.is_empty())
            .then(|| view!("<p>{}</p>{}", const { text::OUT_OF_REACH }, names(&unreachable)));
        let conditional = (!conditional.is_empty())
            .then(|| offer(text::CONDITIONAL, "conditional", &conditional));
        view!(
            r#"<div class="plan">{}{}{}</div>"#,
            offer(label, "needed", &needed),
            conditional,
            unreachable
        )
    }
}

fn offer(label: &'static str, which: &'static str, missing: &[Name]) -> Html {
    let add = (!missing.is_empty()).then(|| {
        view!(
            r#"{}<button type="button" class="primary" name="add-needed" value={}>{}</button>"#,
            names(missing),
            which,
            text::add(missing.len())
        )
    });
    view!("<p>{}</p>{}", label, add)
}
