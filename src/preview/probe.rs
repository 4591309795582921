//! What would change if the box were flipped that is pointed at or focused.

use std::rc::Rc;

use yew::{AttrValue, Html, Properties, component, html};

use crate::draft::{Action, Draft};
use crate::picture::Picture;
use crate::text;

/// What the answer needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the key would be able to do now.
    pub picture: Picture,
    /// What is chosen now.
    pub draft: Rc<Draft>,
    /// What flipping the box would do.
    pub action: Option<Action>,
}

/// What would change.
#[component]
pub(crate) fn Probe(props: &Props) -> Html {
    let Some(action) = &props.action else {
        return html! { <p class="probe hint">{ text::PROBE_HINT }</p> };
    };
    let after = props.draft.after(action.clone());
    let change = props.picture.compared_to(&after.selection.grant());
    let rpc = |places: &[usize]| -> Vec<AttrValue> {
        let lines = places.iter().filter_map(|at| props.picture.outline.lines.get(*at));
        lines.filter(|line| line.offered).map(|line| line.rpc.clone()).collect()
    };
    html! {
        <p class="probe">{ text::consequences(action, &rpc(&change.better), &rpc(&change.worse)) }</p>
    }
}
