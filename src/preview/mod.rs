//! What the key will be able to do.

mod bounds;
mod findings;
mod list;
mod probe;
mod row;

pub(crate) use bounds::bounds;
pub(crate) use findings::findings;
pub(crate) use list::{Place, counts, endpoint_list};
pub(crate) use probe::probe;

use scope_rules::{Counts, Outcome};

use crate::ui::Icon;

/// How each outcome is drawn, with how many endpoints get it.
pub(crate) fn outcomes(counts: &Counts) -> [(Outcome, Icon, usize); 3] {
    [
        (Outcome::Allowed, Icon::Allowed, counts.allowed),
        (Outcome::Redacted, Icon::Redacted, counts.redacted),
        (Outcome::Rejected, Icon::Rejected, counts.rejected),
    ]
}
