//! On a narrow screen: the counts, and what a box would change, at the lower edge while the form is scrolled.

use std::rc::Rc;

use yew::{AttrValue, Html, Properties, component, html};

use super::Probe;
use crate::draft::{Action, Draft};
use crate::picture::Picture;
use crate::text;
use crate::ui::{Icon, icon};

/// What the bar needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the key would be able to do.
    pub picture: Picture,
    /// What is chosen.
    pub draft: Rc<Draft>,
    /// What flipping the box would do that is pointed at or focused.
    pub probed: Option<Action>,
    /// The id of the full answer.
    pub panel: AttrValue,
}

/// The counts, with a link to the full answer.
#[component]
pub(crate) fn Tally(props: &Props) -> Html {
    let counts = props.picture.counts;
    let count = |mark: Icon, class: &'static str, count: usize, label: &'static str| html! {
        <span {class}>{ icon(mark) }<b>{ count }</b><span class="hidden">{ label }</span></span>
    };
    html! {
        <div class="tally">
            <a href={format!("#{}", props.panel)}>
                { text::EFFECTIVE_PERMISSIONS }
                { count(Icon::Allowed, "allowed", counts.allowed, text::outcome(scope_rules::Outcome::Allowed)) }
                { count(Icon::Redacted, "redacted", counts.redacted, text::outcome(scope_rules::Outcome::Redacted)) }
                { count(Icon::Rejected, "rejected", counts.rejected, text::outcome(scope_rules::Outcome::Rejected)) }
            </a>
            if props.probed.is_some() {
                <Probe picture={props.picture.clone()} draft={props.draft.clone()} action={props.probed.clone()} />
            }
        </div>
    }
}
