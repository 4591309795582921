//! What would change if the box were flipped that is pointed at or focused.

use yew::{AttrValue, Html, html};

use crate::draft::{Action, Draft};
use crate::picture::Parts;
use crate::text;

/// What the action would change.
pub(crate) fn probe(picture: &Parts, draft: &Draft, action: Option<&Action>) -> Html {
    let Some(action) = action else {
        return html! { <p class="probe hint">{ text::PROBE_HINT }</p> };
    };
    let after = draft.after(action.clone());
    let change = picture.compared_to(&after.selection.grant());
    let rpc = |places: &[usize]| -> Vec<AttrValue> {
        let lines = places.iter().filter_map(|at| picture.outline.lines.get(*at));
        lines.filter(|line| line.offered).map(|line| line.rpc.clone()).collect()
    };
    html! {
        <p class="probe">{ text::consequences(action, &rpc(&change.better), &rpc(&change.worse)) }</p>
    }
}
