//! How a list of endpoints is looked at.

use std::rc::Rc;

use scope_rules::{Decision, Outcome, Rejection, Side};
use yew::AttrValue;

use crate::picture::{Parts, Picture};

/// The parts of a list.
pub(crate) const PARTS: usize = 5;

/// How a list of endpoints is looked at: filtered, searched, and sorted into parts.
#[derive(Clone, Default)]
pub(crate) struct Listing {
    /// Only endpoints with this outcome are shown.
    pub outcome: Option<Outcome>,
    /// What is typed into the search.
    pub typed: AttrValue,
    /// The endpoints shown, in parts, and there group by group.
    pub sorted: Rc<[Vec<usize>; PARTS]>,
    sorted_for: Option<(Picture, Option<Outcome>, AttrValue)>,
}

impl PartialEq for Listing {
    fn eq(&self, other: &Self) -> bool {
        self.outcome == other.outcome
            && self.typed == other.typed
            && Rc::ptr_eq(&self.sorted, &other.sorted)
    }
}

impl Listing {
    /// Whether something may be hidden.
    #[must_use]
    pub(crate) fn is_filtered(&self) -> bool {
        self.outcome.is_some() || !self.typed.trim().is_empty()
    }

    /// Sorts the endpoints of a picture, unless that is done.
    pub(super) fn sort(&mut self, picture: &Picture) {
        let wanted = Some((picture.clone(), self.outcome, self.typed.clone()));
        if self.sorted_for != wanted {
            self.sorted_for = wanted;
            self.sorted = Rc::new(self.parts(picture));
        }
    }

    fn parts(&self, picture: &Parts) -> [Vec<usize>; PARTS] {
        let outline = &picture.outline;
        let search = self.typed.trim().to_ascii_lowercase();
        let mut sorted = [const { Vec::new() }; PARTS];
        for at in outline.groups.iter().flat_map(|group| &group.all) {
            let Some(line) = outline.lines.get(*at) else { continue };
            let decision = picture.access.decide(line.id);
            // What needs no key at all is no matter of keys.
            let shown = line.offered || decision.outcome() == Outcome::Rejected;
            let passes = shown
                && self.outcome.is_none_or(|outcome| outcome == decision.outcome())
                && line.matches(&search);
            if let Some(part) = sorted.get_mut(part(&decision)).filter(|_| passes) {
                part.push(*at);
            }
        }
        sorted
    }
}

/// Which part of the list an endpoint stands in.
fn part(decision: &Decision<'_>) -> usize {
    match decision {
        Decision::Allowed { .. } => 0,
        Decision::Redacted { .. } => 1,
        Decision::Rejected(Rejection::MissingOperations(missing)) => {
            let mut core = missing.iter().filter(|missing| missing.core);
            match (core.next().map(|missing| missing.side), core.next()) {
                (Some(Side::Key), None) => 2,
                _ => 3,
            }
        }
        Decision::Rejected(Rejection::NeedsPersonalAccessToken | Rejection::NeedsSession) => 4,
        Decision::Rejected(_) => 3,
    }
}
