//! On a narrow screen: the counts, and what a box would change, at the lower edge while the form is scrolled.

use yew::{Html, html};

use super::probe::probe;
use crate::draft::{Action, Draft};
use crate::picture::Parts;
use crate::text;
use crate::ui::{Icon, icon};

/// The counts, with a link to the full answer, which has the id `panel`.
pub(crate) fn tally(picture: &Parts, draft: &Draft, action: Option<&Action>, panel: &str) -> Html {
    let counts = picture.counts;
    let count = |mark: Icon, class: &'static str, count: usize, label: &'static str| {
        html! {
            <span {class}>{ icon(mark) }<b>{ count }</b><span class="hidden">{ label }</span></span>
        }
    };
    html! {
        <div class="tally">
            <a href={String::from("#") + panel}>
                { text::EFFECTIVE_PERMISSIONS }
                { count(Icon::Allowed, "allowed", counts.allowed, text::outcome(scope_rules::Outcome::Allowed)) }
                { count(Icon::Redacted, "redacted", counts.redacted, text::outcome(scope_rules::Outcome::Redacted)) }
                { count(Icon::Rejected, "rejected", counts.rejected, text::outcome(scope_rules::Outcome::Rejected)) }
            </a>
            if action.is_some() { { probe(picture, draft, action) } }
        </div>
    }
}
