//! The operations: a table with a row for each resource.

use std::rc::Rc;

use yew::{AttrValue, Html, html};

use super::View;
use crate::draft::Selection;
use crate::outline::{COLUMNS, Cell, Outline, Row};
use crate::text;
use crate::ui::{Level, Part, Tick, memo, more, tick_box};

/// How many rows are drawn at a time.
const DRAWN: usize = 150;

/// The operations: a table with a row for each resource, columns for reading, writing and deleting.
pub(super) struct Operations(pub(super) View);

impl Part for Operations {
    fn is_same(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    fn draw(&self, level: &Level) -> Html {
        let Self(view) = self;
        let visible = view.rows();
        let drawn = DRAWN * (level.now + 1);
        html! {
            <>
                <table class="operations">
                    <caption class="hidden">{ text::OPERATIONS_CAPTION }</caption>
                    <thead><tr>
                        <th scope="col">{ text::RESOURCE }</th>
                        for column in 0..=COLUMNS.len() {
                            <th scope="col">{ column_head(view, &visible, column) }</th>
                        }
                    </tr></thead>
                    <tbody>
                        for row in visible.iter().take(drawn) {
                            { memo(*row, OperationRow {
                                outline: view.picture.outline.clone(),
                                row: *row,
                                selection: view.selection.clone(),
                            }) }
                        }
                    </tbody>
                </table>
                if visible.is_empty() { <p class="empty">{ text::NOTHING_FOUND }</p> }
                { more(level, visible.len(), drawn) }
            </>
        }
    }
}

fn column_head(view: &View, visible: &[usize], column: usize) -> Html {
    let rows = visible.iter().filter_map(|at| view.picture.outline.rows.get(*at));
    let (mut ticked, mut total) = (0, 0);
    for row in rows {
        let (more, all) = row.ticked(Some(column), &view.selection);
        ticked += more;
        total += all;
    }
    let label = text::COLUMN_LABELS.get(column).copied().unwrap_or_default();
    let disabled = view.selection.all || total == 0;
    tick_box(
        "column",
        &AttrValue::from(column.to_string()),
        Tick::of(ticked, total),
        disabled,
        html! { <span>{ label }</span> },
    )
}

/// A row of the table.
struct OperationRow {
    outline: Outline,
    row: usize,
    selection: Rc<Selection>,
}

impl Part for OperationRow {
    fn is_same(&self, other: &Self) -> bool {
        let is_same = |row: &Row| {
            row.cells(None).all(|cell| {
                self.selection.operations.contains(&cell.name)
                    == other.selection.operations.contains(&cell.name)
            })
        };
        self.outline == other.outline
            && self.row == other.row
            && (Rc::ptr_eq(&self.selection, &other.selection)
                || self.selection.all == other.selection.all
                    && self.outline.rows.get(self.row).is_none_or(is_same))
    }

    fn draw(&self, _: &Level) -> Html {
        let Some(row) = self.outline.rows.get(self.row) else { return Html::default() };
        let selection = &*self.selection;
        let (ticked, total) = row.ticked(None, selection);
        let cell = |cell: &Cell, shown: bool| {
            let label = if shown {
                html! { <span>{ &cell.label }</span> }
            } else {
                html! { <span class="hidden">{ &cell.value }</span> }
            };
            tick_box(
                "operation",
                &cell.value,
                selection.holds(&cell.name).into(),
                selection.all,
                label,
            )
        };
        let value = AttrValue::from(self.row.to_string());
        html! {
            <tr>
                <th scope="row">
                    { tick_box("row", &value, Tick::of(ticked, total), selection.all, html! {
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
}
