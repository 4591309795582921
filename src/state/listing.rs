//! How a list of endpoints is looked at.

use std::rc::Rc;

use scope_rules::Outcome;
use yew::AttrValue;

use crate::picture::{Parts, Picture, Reach};

/// The places of endpoints, by how far they are.
type Sorted = [Vec<usize>; Reach::ALL.len()];

/// How a list of endpoints is looked at: filtered, searched, and sorted into parts.
#[derive(Clone, Default)]
pub(crate) struct Listing {
    /// Only endpoints with this outcome are shown.
    pub outcome: Option<Outcome>,
    /// What is typed into the search.
    pub typed: AttrValue,
    /// The endpoints shown, in parts, and there group by group.
    pub sorted: Rc<Sorted>,
    sorted_for: Option<(Picture, Option<Outcome>, AttrValue)>,
}

impl PartialEq for Listing {
    fn eq(&self, other: &Self) -> bool {
        self.is_alike(other) && Rc::ptr_eq(&self.sorted, &other.sorted)
    }
}

impl Listing {
    /// Whether both are filtered and searched alike.
    #[must_use]
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        self.outcome == other.outcome && self.typed == other.typed
    }

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

    fn parts(&self, picture: &Parts) -> Sorted {
        let outline = &picture.outline;
        let search = self.typed.trim().to_ascii_lowercase();
        let mut sorted = Sorted::default();
        for at in &outline.grouped {
            let Some(Some(reach)) = picture.reaches.get(*at) else { continue };
            let passes = self.outcome.is_none_or(|outcome| Some(outcome) == reach.outcome())
                && (search.is_empty()
                    || outline.lines.get(*at).is_some_and(|line| line.matches(&search)));
            if let Some(part) = sorted.get_mut(*reach as usize).filter(|_| passes) {
                part.push(*at);
            }
        }
        sorted
    }
}
