//! How a catalog is laid out: the rows of the operations table and the groups of endpoints.

use std::rc::Rc;

use scope_rules::{ALL, Catalog, EndpointId, Grant, Name, Operation, OperationId};
use yew::AttrValue;

use crate::draft::Selection;
use crate::draft::presets::{PRESETS, Preset};
use crate::ui::has;

/// The actions that have a column.
pub(crate) const COLUMNS: [&str; 3] = ["Get", "Add", "Delete"];

/// A catalog, and how it is laid out. Compared by pointer.
#[derive(Clone)]
pub(crate) struct Outline(Rc<Parts>);

/// What an [`Outline`] consists of.
pub(crate) struct Parts {
    /// The catalog.
    pub catalog: Catalog,
    /// The rows of the operations table, in order of the resource.
    pub rows: Vec<Row>,
    /// All boxes of the rows, each as its row, column and operation: few bytes that are close together, for a look at all.
    pub boxes: Vec<(usize, usize, OperationId)>,
    /// How many endpoints a key can be granted.
    pub endpoints: usize,
    /// All endpoints that the catalog knows, in its order.
    pub lines: Vec<Line>,
    /// The groups of the endpoints, in order of their label.
    pub groups: Vec<Group>,
    /// The places of all lines, group by group.
    pub grouped: Vec<usize>,
    /// The jobs that the catalog offers something for, each with its grant.
    pub presets: Vec<(Preset, Rc<Grant>)>,
}

/// A row of the operations table: one resource.
pub(crate) struct Row {
    /// The resource for people.
    pub label: AttrValue,
    /// Its operations, column by column.
    cells: Vec<Cell>,
    /// The lower-case text that a search looks at.
    text: String,
}

/// An operation in the table.
pub(crate) struct Cell {
    /// Its place in [`COLUMNS`], or the one after if it has no column of its own.
    pub column: usize,
    /// Its place in the catalog.
    pub id: OperationId,
    /// Its name.
    pub name: Name,
    /// Its name again, as an attribute.
    pub value: AttrValue,
    /// What it does to the resource, for people.
    pub label: AttrValue,
}

/// An endpoint in a list.
pub(crate) struct Line {
    /// Its place in the catalog.
    pub id: EndpointId,
    /// Its name.
    pub name: Name,
    /// Its name again, as an attribute.
    pub value: AttrValue,
    /// The last part of its name.
    pub rpc: AttrValue,
    /// What the catalog calls it for people, if it says.
    pub label: Option<AttrValue>,
    /// Whether a key can be granted it.
    pub offered: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its group.
    pub group: usize,
    /// The lower-case text that a search looks at.
    text: String,
}

/// A group of endpoints: one resource.
pub(crate) struct Group {
    /// What the group is about, for people.
    pub label: AttrValue,
    /// Its offered endpoints, as places in [`Parts::lines`].
    pub lines: Rc<[usize]>,
}

impl PartialEq for Outline {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Outline {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Outline {
    /// Lays a catalog out.
    #[must_use]
    pub(crate) fn new(catalog: Catalog) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        // In order of name, the operations of a resource stand together.
        let mut resource = None;
        for operation in catalog.operations().filter(has_box) {
            if resource != Some(operation.resource()) {
                resource = Some(operation.resource());
                rows.push(Row::new(operation.resource()));
            }
            if let Some(row) = rows.last_mut() {
                row.put(&operation);
            }
        }
        let mut labels: Vec<&str> = Vec::new();
        for endpoint in catalog.endpoints() {
            if let Err(at) = find(&labels, endpoint.group()) {
                labels.insert(at, endpoint.group());
            }
        }
        let mut members = vec![(Vec::new(), Vec::new()); labels.len()];
        let mut lines = Vec::new();
        for endpoint in catalog.endpoints() {
            let group = find(&labels, endpoint.group()).unwrap_or_default();
            if let Some((offered, all)) = members.get_mut(group) {
                all.push(lines.len());
                if endpoint.offered() {
                    offered.push(lines.len());
                }
            }
            let (heading, label) = (endpoint.group(), endpoint.label());
            let text = [
                endpoint.rpc(),
                " ",
                heading,
                " ",
                &sentence(heading),
                " ",
                label.unwrap_or_default(),
            ];
            lines.push(Line {
                id: endpoint.id(),
                name: endpoint.name().clone(),
                value: attribute(endpoint.name()),
                rpc: attribute(endpoint.rpc()),
                label: label.map(attribute),
                offered: endpoint.offered(),
                deprecated: endpoint.deprecated(),
                group,
                text: text.concat().to_ascii_lowercase(),
            });
        }
        let (mut groups, mut grouped) = (Vec::new(), Vec::new());
        for (label, (offered, mut all)) in labels.into_iter().zip(members) {
            groups.push(Group { label: sentence(label).into(), lines: offered.into() });
            grouped.append(&mut all);
        }
        let mut presets = Vec::new();
        for preset in &PRESETS {
            if let Some(grant) = preset.grant(&catalog) {
                presets.push((*preset, Rc::new(grant)));
            }
        }
        let mut boxes = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            for cell in &row.cells {
                boxes.push((at, cell.column, cell.id));
            }
        }
        let endpoints = lines.iter().filter(|line| line.offered).count();
        Self(Rc::new(Parts { catalog, rows, boxes, endpoints, lines, groups, grouped, presets }))
    }
}

impl Parts {
    /// The endpoints of a group.
    pub(crate) fn members(&self, group: &Group) -> impl Iterator<Item = &Line> {
        group.lines.iter().filter_map(|line| self.lines.get(*line))
    }
}

impl Row {
    fn new(resource: &str) -> Self {
        let label = sentence(resource);
        Self { text: label.to_ascii_lowercase(), label: label.into(), cells: Vec::new() }
    }

    fn put(&mut self, operation: &Operation<'_>) {
        let text = [" ", operation.name(), " ", operation.label().unwrap_or_default()].concat();
        self.text.push_str(&text.to_ascii_lowercase());
        let action = operation.action();
        let column = COLUMNS.iter().position(|column| *column == action).unwrap_or(COLUMNS.len());
        let place = self.cells.partition_point(|cell| cell.column <= column);
        let cell = Cell {
            column,
            id: operation.id(),
            name: operation.name().clone(),
            value: attribute(operation.name()),
            label: if action.is_empty() { self.label.clone() } else { sentence(action).into() },
        };
        self.cells.insert(place, cell);
    }

    /// The operations of one column, of those that have none of their own, or (`None`) all of the row.
    pub(crate) fn cells(&self, column: Option<usize>) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |cell| column.is_none_or(|column| column == cell.column))
    }

    /// How many boxes are ticked, and how many there are.
    #[must_use]
    pub(crate) fn ticked(&self, selection: &Selection) -> (usize, usize) {
        let mut counts = (0, 0);
        for cell in &self.cells {
            counts.0 += usize::from(selection.holds(&cell.name));
            counts.1 += 1;
        }
        counts
    }

    /// Whether the row has to do with what is searched for, in lower case.
    #[must_use]
    pub(crate) fn matches(&self, search: &str) -> bool {
        has(&self.text, search)
    }
}

impl Line {
    /// Whether the endpoint has to do with what is searched for, in lower case.
    #[must_use]
    pub(crate) fn matches(&self, search: &str) -> bool {
        has(&self.text, search)
    }
}

/// `All`, and what is not offered, have no box in the table.
fn has_box(operation: &Operation<'_>) -> bool {
    operation.offered() && &**operation.name() != ALL
}

/// Where a label stands among those in order, or else where it would.
fn find(labels: &[&str], label: &str) -> Result<usize, usize> {
    labels.binary_search(&label)
}

fn attribute(text: &str) -> AttrValue {
    AttrValue::from(text.to_owned())
}

/// A CamelCase name as words: `ModelVersionExports` as `Model version exports`, `TSNEPlots` as `TSNE plots`.
#[must_use]
pub(crate) fn sentence(name: &str) -> String {
    let is_small = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_lowercase);
    let mut text = String::with_capacity(name.len() + 4);
    for (at, letter) in name.char_indices() {
        let next = is_small(at + 1);
        let begins = at > 0 && letter.is_ascii_uppercase() && (next || is_small(at - 1));
        if begins {
            text.push(' ');
        }
        if begins && next {
            text.push(letter.to_ascii_lowercase());
        } else {
            text.push(letter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use scope_rules::{CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec};

    use super::*;

    fn outline(operations: &[&str], endpoints: &[&str]) -> Outline {
        let operations = operations.iter().map(|name| OperationSpec {
            name: (*name).into(),
            offered: true,
            ..OperationSpec::default()
        });
        let endpoints = endpoints.iter().map(|name| EndpointSpec {
            name: (*name).into(),
            requirements: vec!["Inputs:Get".into()],
            offered: true,
            ..EndpointSpec::default()
        });
        let spec = CatalogSpec {
            name: "test".into(),
            key_type: KeyType::AppSpecificKey,
            enforcement: Enforcement::Graded,
            operations: operations.collect(),
            endpoints: endpoints.collect(),
        };
        Outline::new(Catalog::new(spec).unwrap())
    }

    #[test]
    fn camel_case_reads_as_words() {
        for (name, words) in [
            ("Inputs", "Inputs"),
            ("ModelVersionExports", "Model version exports"),
            ("TSNEVisualizations", "TSNE visualizations"),
            ("SavedSearch", "Saved search"),
            ("", ""),
        ] {
            assert_eq!(sentence(name), words);
        }
    }

    #[test]
    fn operations_stand_in_rows_and_columns() {
        let outline = outline(
            &["All", "Inputs:Get", "Inputs:Add", "Models:Train", "Predict"],
            &["/x/GetInput"],
        );
        let rows: Vec<&str> = outline.rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(rows, ["Inputs", "Models", "Predict"]);
        let column = |column| {
            let cells = outline.rows.iter().flat_map(|row| row.cells(column));
            cells.map(|cell| cell.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(column(Some(0)), ["Inputs:Get"]);
        assert_eq!(column(Some(3)), ["Models:Train", "Predict"]);
        assert_eq!(column(None).len(), 4);
    }

    #[test]
    fn endpoints_are_found_by_name_and_group() {
        let outline = outline(&["Inputs:Get"], &["/x/GetInput", "/x/ListInputs"]);
        assert_eq!(outline.groups.len(), 1);
        let found = |search: &str| outline.lines.iter().filter(|line| line.matches(search)).count();
        assert_eq!((found("list"), found("inputs"), found("zebra")), (1, 2, 0));
    }
}
