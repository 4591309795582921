//! Every endpoint, with what a call of it would get: what works first, then what is one operation away, then the rest.

use std::rc::Rc;

use yew::Html;

use super::outcomes;
use super::row::{EndpointRow, fold_name};
use crate::form::more;
use crate::picture::{Picture, Reach};
use crate::state::{Folds, Listing};
use crate::text;
use crate::ui::{Icon, Part, fold_button, icon, memo, search, truth, view};

/// How many endpoints of a part are drawn at first: few, so that the parts stay close to each other.
const DRAWN: usize = 5;

/// How many endpoints may be one operation away for them to be shown from the beginning.
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
    for reach in Reach::ALL {
        let drawn = PartOfList {
            picture: picture.clone(),
            listing: listing.clone(),
            folds: folds.clone(),
            reach,
            place,
        };
        parts.push(memo(reach as usize, drawn));
    }
    let is_searched = !listing.typed.trim().is_empty();
    let said = if is_searched { text::NOTHING_FOUND } else { text::NO_SUCH_CALL };
    let name = place.control("find-endpoints", "find-endpoints.key");
    view!(
        r#"<div class="endpoint-list">{}{}{}</div>"#,
        search(name, text::SEARCH_ENDPOINTS, &listing.typed),
        is_empty.then(|| view!(r#"<p class="empty">{}</p>"#, said)),
        parts
    )
}

/// A part of the list: a heading that folds, and what is below it, by resource.
struct PartOfList {
    picture: Picture,
    listing: Listing,
    folds: Rc<Folds>,
    reach: Reach,
    place: Place,
}

impl PartOfList {
    fn fold_name(&self, what: &str) -> String {
        let place = self.place.control("panel", "key");
        [place, "-", what, "-", &(self.reach as usize).to_string()].concat()
    }

    /// How many endpoints are drawn, where it begins with `first`.
    fn drawn(&self, first: usize) -> usize {
        self.folds.drawn(&self.fold_name("more"), first)
    }

    /// Its endpoints.
    fn lines(&self) -> &[usize] {
        self.listing.sorted.get(self.reach as usize).map_or(&[][..], Vec::as_slice)
    }

    /// The endpoints of one resource, of which only some may be shown.
    fn group(&self, group: usize, shown: &[usize], total: usize) -> Html {
        let mut rows = Vec::new();
        for line in shown {
            let row = EndpointRow {
                picture: self.picture.clone(),
                line: *line,
                can_add: self.place == Place::Panel,
                is_open: self.folds.is_flipped(&fold_name(*line)),
            };
            rows.push(memo(*line, row));
        }
        view!(
            r#"<div key={} class="decisions"><h4>{}<small>{}</small></h4><ul>{}</ul></div>"#,
            group,
            self.picture.outline.groups.get(group).map(|group| &group.label),
            text::number(total),
            rows
        )
    }
}

impl Part for PartOfList {
    fn is_same(&self, other: &Self) -> bool {
        let (picture, its) = (&self.picture, &other.picture);
        // What would be added to an endpoint depends on all that is ticked.
        let is_same =
            |at: &usize| picture.is_alike(its, *at) && !self.folds.is_flipped(&fold_name(*at));
        self.reach == other.reach
            && self.listing.is_alike(&other.listing)
            && Rc::ptr_eq(&self.folds, &other.folds)
            && self.lines() == other.lines()
            && self.lines().iter().take(self.drawn(DRAWN + 1)).all(is_same)
    }

    fn draw(&self) -> Html {
        let lines = self.lines();
        let total = lines.len();
        if total == 0 {
            return Html::default();
        }
        // What works is unfolded from the beginning, and what nearly does, as long as that is not nearly everything.
        let starts_open = match self.reach {
            Reach::Works | Reach::InPart => true,
            Reach::OneAway => total <= FEW,
            Reach::Further | Reach::Elsewhere => false,
        };
        let is_filtered = self.listing.is_filtered();
        let name = self.fold_name("part");
        let is_open = is_filtered || self.folds.is_flipped(&name) != starts_open;
        // A button in place of a single row would spare no room.
        let first = if total == DRAWN + 1 { total } else { DRAWN };
        let drawn = self.drawn(first);
        let mut room = if is_open { drawn } else { 0 };
        let group = |at: &usize| self.picture.outline.lines.get(*at).map(|line| line.group);
        let mut groups = Vec::new();
        for all in lines.chunk_by(|a, b| group(a) == group(b)) {
            let shown = all.get(..room).unwrap_or(all);
            let Some(group) = shown.first().and_then(group) else { break };
            room -= shown.len();
            groups.push(self.group(group, shown, all.len()));
        }
        let (title, hint) = text::reach(self.reach);
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
            groups,
            more(self.fold_name("more").into(), title, first, drawn, total)
        )
    }
}
