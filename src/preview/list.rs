//! Every endpoint, with what a call of it would get: what works first, then what is one operation away, then the rest.

use std::rc::Rc;

use yew::{AttrValue, Html};

use super::outcomes;
use super::row::{EndpointRow, fold_name};
use crate::form::more_of;
use crate::picture::Picture;
use crate::state::{Folds, Listing, PARTS};
use crate::text;
use crate::ui::{Icon, Part, PartList, fold_button, icon, memo, search, truth, view};

/// How many endpoints of a part are drawn before a person asks for more.
const DRAWN: usize = 100;

/// How many endpoints that are one operation away are shown from the beginning.
const FEW: usize = 40;

/// Which of a page's lists of endpoints it is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// The one of the key that is being made.
    Panel,
    /// The one of a key that exists.
    Key,
}

impl Place {
    /// The name of a control of the list.
    const fn control(self, panel: &'static str, key: &'static str) -> &'static str {
        match self {
            Self::Panel => panel,
            Self::Key => key,
        }
    }
}

/// The counts of the outcomes, which filter the list.
pub(crate) fn counts(picture: &Picture, listing: &Listing, place: Place) -> Html {
    let mut filters = Vec::new();
    for (outcome, mark, count) in outcomes(&picture.counts) {
        filters.push(view!(
            r#"<button type="button" class={} name={} value={} aria-pressed={}>{}<b>{}</b><span>{}</span></button>"#,
            outcome.as_str(),
            place.control("outcome", "outcome.key"),
            outcome.as_str(),
            truth(listing.outcome == Some(outcome)),
            icon(mark),
            text::number(count),
            text::outcome(outcome)
        ));
    }
    view!(
        r#"<div class="counts" role="group" aria-label={}>{}</div>"#,
        const { text::FILTER_BY_OUTCOME },
        filters
    )
}

/// Every endpoint, with what a call of it would get.
pub(crate) fn endpoint_list(
    picture: &Picture,
    listing: &Listing,
    folds: &Rc<Folds>,
    place: Place,
) -> Html {
    let is_empty = listing.sorted.iter().all(Vec::is_empty);
    let mut parts = Vec::new();
    for part in 0..PARTS {
        let drawn = PartOfList {
            picture: picture.clone(),
            listing: listing.clone(),
            folds: folds.clone(),
            part,
            place,
        };
        parts.push(memo(part, drawn));
    }
    let name = place.control("find-endpoints", "find-endpoints.key");
    view!(
        r#"<div class="endpoint-list">{}{}{}</div>"#,
        search(name, text::SEARCH_ENDPOINTS, &listing.typed),
        is_empty.then(|| view!(r#"<p class="empty">{}</p>"#, const { text::NOTHING_FOUND })),
        parts
    )
}

/// A part of the list: a heading that folds, and groups.
struct PartOfList {
    picture: Picture,
    listing: Listing,
    folds: Rc<Folds>,
    part: usize,
    place: Place,
}

impl PartOfList {
    fn fold_name(&self, what: &str) -> String {
        let place = self.place.control("panel", "key");
        [place, "-", what, "-", &self.part.to_string()].concat()
    }
}

impl Part for PartOfList {
    fn is_same(&self, other: &Self) -> bool {
        self.part == other.part
            && self.picture == other.picture
            && self.listing == other.listing
            && Rc::ptr_eq(&self.folds, &other.folds)
    }

    fn draw(&self) -> Html {
        let lines = self.listing.sorted.get(self.part).map_or(&[][..], Vec::as_slice);
        let total = lines.len();
        if total == 0 {
            return Html::default();
        }
        // What works is unfolded from the beginning, and what nearly does, as long as that is not nearly everything.
        let starts_open = self.part < 2 || self.part == 2 && total <= FEW;
        let is_filtered = self.listing.is_filtered();
        let name = self.fold_name("part");
        let is_open = is_filtered || self.folds.is_flipped(&name) != starts_open;
        let more = self.fold_name("more");
        let drawn = DRAWN * (self.folds.level(&more) + 1);
        let room = if is_open { drawn.min(total) } else { 0 };
        let group = |at: &usize| self.picture.outline.lines.get(*at).map(|line| line.group);
        let mut shown = PartList::default();
        for lines in lines.get(..room).unwrap_or_default().chunk_by(|a, b| group(a) == group(b)) {
            let Some(group) = lines.first().and_then(group) else { continue };
            let part = EndpointGroup {
                picture: self.picture.clone(),
                folds: self.folds.clone(),
                group,
                lines: lines.into(),
                place: self.place,
            };
            shown.push(group, part);
        }
        let (title, hint) = text::part(self.part);
        let head = view!(
            "<span>{}</span><small>{}</small>{}",
            title,
            text::number(total),
            icon(Icon::Down)
        );
        view!(
            r#"<section class="part">
                <h3>{}</h3>
                <div hidden={}><p class="hint">{}</p>{}{}</div>
            </section>"#,
            fold_button("fold", name, is_open, is_filtered, None, head),
            !is_open,
            hint,
            shown.draw(),
            more_of(AttrValue::from(more), total, drawn)
        )
    }
}

/// The endpoints of one resource.
struct EndpointGroup {
    picture: Picture,
    folds: Rc<Folds>,
    group: usize,
    lines: Rc<[usize]>,
    place: Place,
}

impl EndpointGroup {
    fn has_open_line(&self) -> bool {
        self.lines.iter().any(|line| self.folds.is_flipped(&fold_name(*line)))
    }
}

impl Part for EndpointGroup {
    fn is_same(&self, other: &Self) -> bool {
        let outline = &self.picture.outline;
        *outline == other.picture.outline
            && self.group == other.group
            && self.lines == other.lines
            && Rc::ptr_eq(&self.folds, &other.folds)
            && (self.picture == other.picture
                || !self.has_open_line()
                    && self.lines.iter().filter_map(|at| outline.lines.get(*at)).all(|line| {
                        self.picture.access.same_decision(&other.picture.access, line.id)
                    }))
    }

    fn draw(&self) -> Html {
        let label = self.picture.outline.groups.get(self.group).map(|group| &group.label);
        let mut rows = Vec::new();
        for line in &*self.lines {
            let row = EndpointRow {
                picture: self.picture.clone(),
                line: *line,
                can_add: self.place == Place::Panel,
                is_open: self.folds.is_flipped(&fold_name(*line)),
            };
            rows.push(memo(*line, row));
        }
        view!(
            r#"<div class="decisions"><h4>{}<small>{}</small></h4><ul>{}</ul></div>"#,
            label,
            text::number(self.lines.len()),
            rows
        )
    }
}
