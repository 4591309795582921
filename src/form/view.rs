//! Which operations and endpoints are shown, and what flipping one of their boxes does.

use std::rc::Rc;

use scope_rules::Name;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlInputElement};
use yew::AttrValue;

use crate::draft::{Action, Selection};
use crate::outline::{Cell, Line};
use crate::picture::Picture;

/// Which operations and endpoints are shown.
#[derive(Clone, PartialEq)]
pub(super) struct View {
    pub(super) picture: Picture,
    pub(super) selection: Rc<Selection>,
    /// What is searched for, in lower case.
    pub(super) search: AttrValue,
    /// Whether only what is ticked is shown.
    pub(super) only_selected: bool,
}

impl View {
    /// Whether something may be hidden.
    pub(super) fn is_filtered(&self) -> bool {
        self.only_selected || !self.search.is_empty()
    }

    /// The places of the rows that are shown.
    pub(super) fn rows(&self) -> Vec<usize> {
        let rows = self.picture.outline.rows.iter().enumerate();
        rows.filter(|(_, row)| row.matches(&self.search))
            .filter(|(_, row)| !self.only_selected || row.ticked(None, &self.selection).0 > 0)
            .map(|(at, _)| at)
            .collect()
    }

    /// The places of the groups that are shown, each with the lines that are.
    pub(super) fn groups(&self) -> Vec<(usize, Rc<[usize]>)> {
        let outline = &self.picture.outline;
        let shows = |at: &usize| outline.lines.get(*at).is_some_and(|line| self.shows(line));
        let mut groups = Vec::new();
        for (at, group) in outline.groups.iter().enumerate() {
            let lines: Rc<[usize]> = if self.is_filtered() {
                group.lines.iter().copied().filter(shows).collect()
            } else {
                group.lines.clone()
            };
            if !lines.is_empty() {
                groups.push((at, lines));
            }
        }
        groups
    }

    fn shows(&self, line: &Line) -> bool {
        line.matches(&self.search)
            && (!self.only_selected || self.selection.endpoints.contains(&line.name))
    }

    /// What it means that a box is to be ticked or not.
    pub(super) fn action(&self, input: &HtmlInputElement, ticked: bool) -> Option<Action> {
        let outline = &self.picture.outline;
        let value = input.value();
        let place = || value.parse::<usize>().ok();
        let mut names: Vec<Name> = Vec::new();
        let mut add = |cell: &Cell| names.push(cell.name.clone());
        match input.name().as_str() {
            "operation" => {
                let id = outline.catalog.find_operation(&value).ok()?;
                names.push(outline.catalog.operation(id)?.name().clone());
            }
            "row" => outline.rows.get(place()?)?.cells(None).for_each(add),
            "column" => {
                let column = place();
                for at in self.rows() {
                    outline.rows.get(at)?.cells(column).for_each(&mut add);
                }
            }
            "endpoint" => {
                let id = outline.catalog.find_endpoint(&value).ok()?;
                names.push(outline.catalog.endpoint(id)?.name().clone());
                return Some(Action::Endpoints(names.into(), ticked));
            }
            "group" => {
                let group = outline.groups.get(place()?)?;
                let shown = outline.members(group).filter(|line| self.shows(line));
                names.extend(shown.map(|line| line.name.clone()));
                return Some(Action::Endpoints(names.into(), ticked));
            }
            _ => return None,
        }
        Some(Action::Operations(names.into(), ticked))
    }

    /// What it would mean to flip the box that something in a label belongs to.
    pub(super) fn flip(&self, target: Option<EventTarget>) -> Option<Action> {
        let element: Element = target?.dyn_into().ok()?;
        let label = element.closest("label").ok()??;
        let input: HtmlInputElement =
            label.query_selector("input:not(:disabled)").ok()??.dyn_into().ok()?;
        self.action(&input, !input.checked())
    }
}
