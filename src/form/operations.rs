//! The operations: a table with a row for each resource.

use std::rc::Rc;

use scope_rules::Name;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlInputElement, MouseEvent};
use yew::{
    AttrValue, Callback, Html, Properties, UseReducerDispatcher, component, html, use_state_eq,
};

use crate::draft::{Action, Draft, Selection};
use crate::outline::{COLUMNS, Cell, Outline, Row};
use crate::text;
use crate::ui::{Tick, tick_box, ticked_box};

/// How many rows are drawn before a person asks for more.
const DRAWN: usize = 150;

/// What the table of operations needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The catalog.
    pub outline: Outline,
    /// What is ticked.
    pub selection: Rc<Selection>,
    /// What is searched for, in lower case.
    pub search: AttrValue,
    /// Whether only rows with a tick are shown.
    pub only_selected: bool,
    /// Takes the ticks.
    pub dispatch: UseReducerDispatcher<Draft>,
    /// Told what flipping the box would do that is pointed at or focused.
    pub onprobe: Callback<Option<Action>>,
}

/// The operations: a table with a row for each resource, columns for reading, writing and deleting.
#[component]
pub(crate) fn Operations(props: &Props) -> Html {
    let drawn = use_state_eq(|| DRAWN);
    let visible: Rc<[usize]> = props
        .outline
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| props.search.is_empty() || row.matches(&props.search))
        .filter(|(_, row)| {
            !props.only_selected || row.cells(None).any(|cell| props.selection.holds(&cell.name))
        })
        .map(|(at, _)| at)
        .collect();
    let action = {
        let (outline, visible) = (props.outline.clone(), visible.clone());
        move |input: &HtmlInputElement, ticked| action(&outline, &visible, input, ticked)
    };
    let onchange = {
        let (dispatch, action) = (props.dispatch.clone(), action.clone());
        Callback::from(move |event: Event| {
            let action = ticked_box(&event).and_then(|(input, ticked)| action(&input, ticked));
            if let Some(action) = action {
                dispatch.dispatch(action);
            }
        })
    };
    let probe = {
        let onprobe = props.onprobe.clone();
        move |target: Option<web_sys::EventTarget>| {
            let input = box_at(target);
            onprobe.emit(input.and_then(|input| action(&input, !input.checked())));
        }
    };
    let onmouseover = {
        let probe = probe.clone();
        Callback::from(move |event: MouseEvent| probe(event.target()))
    };
    let onfocusin = Callback::from(move |event: FocusEvent| probe(event.target()));
    let leave = props.onprobe.reform(|()| None);
    let onmouseleave = {
        let leave = leave.clone();
        Callback::from(move |_: MouseEvent| leave.emit(()))
    };
    let onfocusout = Callback::from(move |_: FocusEvent| leave.emit(()));
    let rest = visible.len().saturating_sub(*drawn);
    let more = {
        let drawn = drawn.clone();
        Callback::from(move |_: MouseEvent| drawn.set(*drawn + 4 * DRAWN))
    };
    html! {
        <>
            <table class="operations" {onchange} {onmouseover} {onmouseleave} {onfocusin} {onfocusout}>
                <caption class="hidden">{ text::OPERATIONS_CAPTION }</caption>
                <thead><tr>
                    <th scope="col">{ text::RESOURCE }</th>
                    for column in 0..=COLUMNS.len() {
                        <th scope="col">{ column_head(props, &visible, column) }</th>
                    }
                </tr></thead>
                <tbody>
                    for at in visible.iter().take(*drawn) {
                        <OperationRow
                            key={*at}
                            outline={props.outline.clone()}
                            row={*at}
                            selection={props.selection.clone()}
                        />
                    }
                </tbody>
            </table>
            if visible.is_empty() { <p class="empty">{ text::NOTHING_FOUND }</p> }
            if rest > 0 {
                <button type="button" class="more" onclick={more}>{ text::show_more(rest) }</button>
            }
        </>
    }
}

/// What flipping a box does.
fn action(outline: &Outline, visible: &[usize], input: &HtmlInputElement, ticked: bool) -> Option<Action> {
    let place = || input.value().parse::<usize>().ok();
    let names: Rc<[Name]> = match input.name().as_str() {
        "operation" => {
            let id = outline.catalog.find_operation(&input.value()).ok()?;
            Rc::from([outline.catalog.operation(id)?.name().clone()])
        }
        "row" => names(outline.rows.get(place()?)?.cells(None)),
        "column" => {
            let column = place();
            let rows = visible.iter().filter_map(|at| outline.rows.get(*at));
            names(rows.flat_map(|row| row.cells(column)))
        }
        _ => return None,
    };
    Some(Action::Operations(names, ticked))
}

fn names<'a>(cells: impl Iterator<Item = &'a Cell>) -> Rc<[Name]> {
    cells.map(|cell| cell.name.clone()).collect()
}

/// The box that something in a label belongs to.
pub(super) fn box_at(target: Option<web_sys::EventTarget>) -> Option<HtmlInputElement> {
    let element: Element = target?.dyn_into().ok()?;
    let label = element.closest("label").ok()??;
    label.query_selector("input:not(:disabled)").ok()??.dyn_into().ok()
}

fn column_head(props: &Props, visible: &[usize], column: usize) -> Html {
    let (mut ticked, mut total) = (0, 0);
    for row in visible.iter().filter_map(|at| props.outline.rows.get(*at)) {
        for cell in row.cells(Some(column)) {
            total += 1;
            ticked += usize::from(props.selection.holds(&cell.name));
        }
    }
    let label = text::COLUMN_LABELS.get(column).copied().unwrap_or_default();
    let disabled = props.selection.all || total == 0;
    tick_box("column", &AttrValue::from(column.to_string()), Tick::of(ticked, total), disabled, html! {
        <span>{ label }</span>
    })
}

/// What a row of the table needs. Two are equal if they look the same.
#[derive(Properties)]
pub(crate) struct RowProps {
    /// The catalog.
    pub outline: Outline,
    /// The row's place in it.
    pub row: usize,
    /// What is ticked.
    pub selection: Rc<Selection>,
}

impl PartialEq for RowProps {
    fn eq(&self, other: &Self) -> bool {
        let same = |row: &Row| {
            row.cells(None).all(|cell| {
                self.selection.operations.contains(&cell.name)
                    == other.selection.operations.contains(&cell.name)
            })
        };
        self.outline == other.outline
            && self.row == other.row
            && (Rc::ptr_eq(&self.selection, &other.selection)
                || self.selection.all == other.selection.all
                    && self.outline.rows.get(self.row).is_none_or(same))
    }
}

/// A row of the table.
#[component]
pub(crate) fn OperationRow(props: &RowProps) -> Html {
    let Some(row) = props.outline.rows.get(props.row) else { return Html::default() };
    let selection = &*props.selection;
    let ticked = row.cells(None).filter(|cell| selection.holds(&cell.name)).count();
    let tick = Tick::of(ticked, row.cells(None).count());
    let cell = |cell: &Cell, shown: bool| {
        let label = if shown {
            html! { <span>{ &cell.label }</span> }
        } else {
            html! { <span class="hidden">{ &cell.value }</span> }
        };
        tick_box("operation", &cell.value, selection.holds(&cell.name).into(), selection.all, label)
    };
    html! {
        <tr>
            <th scope="row">
                { tick_box("row", &AttrValue::from(props.row.to_string()), tick, selection.all, html! {
                    <span>{ &row.label }</span>
                }) }
            </th>
            for column in &row.columns {
                <td>{ for column.iter().map(|found| cell(found, false)) }</td>
            }
            <td>{ for row.further.iter().map(|found| cell(found, true)) }</td>
        </tr>
    }
}
