//! Which operations and endpoints are shown, and what ticking one of their boxes does.

use std::rc::Rc;

use scope_rules::Name;

use crate::draft::{Action, Selection};
use crate::outline::Line;
use crate::picture::Picture;
use crate::state::State;
use crate::ui::Control;

/// Which operations and endpoints are shown.
#[derive(Clone, PartialEq)]
pub(crate) struct View {
    pub(super) picture: Picture,
    /// What is searched for, in lower case.
    search: String,
    /// Only what is ticked, or was ticked in this selection, is shown.
    only: Option<Rc<Selection>>,
}

impl View {
    /// What a page shows, once it has a catalog.
    #[must_use]
    pub(crate) fn of(state: &State) -> Option<Self> {
        Some(Self {
            picture: state.picture.clone()?,
            search: state.look.typed.trim().to_ascii_lowercase(),
            only: state.look.only_selected.clone(),
        })
    }

    /// What is ticked.
    pub(super) fn selection(&self) -> &Rc<Selection> {
        &self.picture.selection
    }

    /// Whether only the endpoints ticked may be called.
    pub(super) fn is_restricted(&self) -> bool {
        self.selection().restricted
    }

    /// Whether something may be hidden.
    pub(super) fn is_filtered(&self) -> bool {
        self.only.is_some() || self.is_searched()
    }

    /// Whether something is searched for.
    pub(super) fn is_searched(&self) -> bool {
        !self.search.is_empty()
    }

    /// The places of the rows that are shown.
    pub(super) fn rows(&self) -> Vec<usize> {
        let mut rows = Vec::new();
        for (at, row) in self.picture.outline.rows.iter().enumerate() {
            let is_in = |selection: &Selection| row.ticked(selection).0 > 0;
            let is_ticked =
                self.only.as_ref().is_none_or(|only| is_in(only) || is_in(self.selection()));
            if is_ticked && row.matches(&self.search) {
                rows.push(at);
            }
        }
        rows
    }

    /// The places of the groups that are shown, each with the lines that are.
    pub(super) fn groups(&self) -> Vec<(usize, Rc<[usize]>)> {
        let outline = &self.picture.outline;
        let mut groups = Vec::new();
        for (at, group) in outline.groups.iter().enumerate() {
            let lines = if self.is_filtered() {
                let mut lines = Vec::new();
                for at in &*group.lines {
                    if outline.lines.get(*at).is_some_and(|line| self.shows(line)) {
                        lines.push(*at);
                    }
                }
                lines.into()
            } else {
                group.lines.clone()
            };
            if !lines.is_empty() {
                groups.push((at, lines));
            }
        }
        groups
    }

    /// The endpoints that are found, with their places.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        let lines = self.picture.outline.lines.iter().enumerate();
        lines.filter(|(_, line)| line.offered && self.shows(line))
    }

    /// How many endpoints are found.
    pub(super) fn count_lines(&self) -> usize {
        self.lines().count()
    }

    fn shows(&self, line: &Line) -> bool {
        let ticked = |selection: &Selection| selection.endpoints.contains(&line.name);
        line.matches(&self.search)
            && self.only.as_ref().is_none_or(|only| ticked(only) || ticked(self.selection()))
    }

    /// What it means that a box is to be ticked or not.
    pub(crate) fn action(&self, control: &Control, ticked: bool) -> Option<Action> {
        let outline = &self.picture.outline;
        let value = control.value.as_str();
        let place = || value.parse::<usize>().ok();
        let mut names: Vec<Name> = Vec::new();
        match control.name.as_str() {
            "operation" => {
                let id = outline.catalog.find_operation(value).ok()?;
                names.push(outline.catalog.operation(id)?.name().clone());
            }
            kind @ ("row" | "column") => {
                let (rows, column) =
                    if kind == "row" { (vec![place()?], None) } else { (self.rows(), place()) };
                for at in rows {
                    for cell in outline.rows.get(at)?.cells(column) {
                        names.push(cell.name.clone());
                    }
                }
            }
            "endpoint" => {
                let id = outline.catalog.find_endpoint(value).ok()?;
                names.push(outline.catalog.endpoint(id)?.name().clone());
                return Some(Action::Endpoints(names.into(), ticked));
            }
            "group" => {
                let group = outline.groups.get(place()?)?;
                for line in outline.members(group) {
                    if self.shows(line) {
                        names.push(line.name.clone());
                    }
                }
                return Some(Action::Endpoints(names.into(), ticked));
            }
            _ => return None,
        }
        Some(Action::Operations(names.into(), ticked))
    }
}
