//! The operations: a table with a row for each resource.

use yew::{AttrValue, Html};

use super::{View, more};
use crate::outline::{COLUMNS, Cell, Row};
use crate::picture::Picture;
use crate::text;
use crate::ui::{Part, PartList, Tick, tick_box, view};

/// How many rows are drawn at first.
pub(super) const DRAWN: usize = 60;

/// The operations: a table with a row for each resource, columns for reading, writing and deleting.
pub(super) struct Operations {
    pub(super) view: View,
    /// How many rows are drawn.
    pub(super) drawn: usize,
}

impl Part for Operations {
    fn is_same(&self, other: &Self) -> bool {
        self.drawn == other.drawn && self.view == other.view
    }

    fn draw(&self) -> Html {
        let view = &self.view;
        let visible = view.rows();
        let mut heads = Vec::new();
        for (column, (ticked, total)) in self.columns(&visible).into_iter().enumerate() {
            let label = text::COLUMN_LABELS.get(column).copied().unwrap_or_default();
            let label = view!("<span>{}</span>", label);
            let tick = Tick::of(ticked, total);
            let disabled = view.selection().all || total == 0;
            let head = tick_box("column", column.to_string().into(), tick, disabled, label);
            heads.push(view!(r#"<th scope="col">{}</th>"#, head));
        }
        let mut rows = PartList::default();
        for row in visible.iter().take(self.drawn) {
            rows.push(*row, OperationRow { picture: view.picture.clone(), row: *row });
        }
        let invited = view.picture.invite.as_ref().and_then(|invite| invite.operations.names());
        let legend = invited.map(|_| view!(r#"<p class="hint">{}</p>"#, const { text::FADED }));
        view!(
            r#"{}<table class="operations">
                <caption class="hidden">{}</caption>
                <thead><tr><th scope="col">{}</th>{}</tr></thead>
                <tbody>{}</tbody>
            </table>
            {}{}"#,
            legend,
            const { text::OPERATIONS_CAPTION },
            const { text::RESOURCE },
            heads,
            rows.draw(),
            more("operations".into(), text::OPERATIONS, DRAWN, self.drawn, visible.len()),
            // Where calls are found instead, what they need is said above.
            (visible.is_empty() && (view.is_restricted() || view.count_lines() == 0))
                .then(|| super::nothing(view))
        )
    }
}

impl Operations {
    /// How many boxes of each column are ticked, and how many there are.
    fn columns(&self, visible: &[usize]) -> [(usize, usize); COLUMNS.len() + 1] {
        let picture = &self.view.picture;
        let is_all = visible.len() == picture.outline.rows.len();
        let mut counts = [(0, 0); COLUMNS.len() + 1];
        for (row, column, id) in &picture.outline.boxes {
            if let Some((ticked, total)) = counts.get_mut(*column)
                && (is_all || visible.binary_search(row).is_ok())
            {
                *ticked += usize::from(picture.access.asks_for(*id));
                *total += 1;
            }
        }
        counts
    }
}

/// A row of the table.
struct OperationRow {
    picture: Picture,
    row: usize,
}

impl Part for OperationRow {
    fn is_same(&self, other: &Self) -> bool {
        let (picture, its) = (&self.picture, &other.picture);
        let is_same = |row: &Row| {
            row.cells(None)
                .all(|cell| picture.access.asks_for(cell.id) == its.access.asks_for(cell.id))
        };
        self.row == other.row
            && picture.outline == its.outline
            && picture.invite == its.invite
            && picture.selection.all == its.selection.all
            && picture.outline.rows.get(self.row).is_none_or(is_same)
    }

    fn draw(&self) -> Html {
        let Some(row) = self.picture.outline.rows.get(self.row) else { return Html::default() };
        let selection = &self.picture.selection;
        let (ticked, total) = row.ticked(selection);
        let label = view!("<span>{}</span>", &row.label);
        // A box over a single one would only say the same again.
        let head = if total > 1 {
            let value = self.row.to_string().into();
            tick_box("row", value, Tick::of(ticked, total), selection.all, label)
        } else {
            view!(r#"<div class="tick">{}</div>"#, label)
        };
        let mut columns = Vec::new();
        for column in 0..COLUMNS.len() {
            let cell = row.cells(Some(column)).next();
            columns.push(view!("<td>{}</td>", cell.map(|cell| self.cell(cell, false))));
        }
        let mut further = Vec::new();
        for cell in row.cells(Some(COLUMNS.len())) {
            further.push(self.cell(cell, true));
        }
        view!(r#"<tr><th scope="row">{}</th>{}<td>{}</td></tr>"#, head, columns, further)
    }
}

impl OperationRow {
    fn cell(&self, cell: &Cell, is_named: bool) -> Html {
        let picture = &self.picture;
        let is_outside = picture
            .invite
            .as_ref()
            .and_then(|invite| invite.operations.names())
            .is_some_and(|invited| !invited.contains(&cell.name));
        let label: &AttrValue = if is_named { &cell.label } else { &cell.value };
        let class = match (is_named, is_outside) {
            (true, false) => "",
            (true, true) => "outside",
            (false, false) => "hidden",
            (false, true) => "hidden outside",
        };
        let label = view!(
            r#"<span class={}>{}{}</span>"#,
            class,
            label,
            is_outside
                .then(|| view!(r#"<span class="hidden">{}</span>"#, const { text::NOT_INVITED }))
        );
        let tick = picture.access.asks_for(cell.id).into();
        tick_box("operation", (&cell.value).into(), tick, picture.selection.all, label)
    }
}
