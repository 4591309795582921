//! What would change if that were pressed that is pointed at or focused; else what the last change has changed.

use yew::{AttrValue, Html};

use crate::state::State;
use crate::text;
use crate::ui::view;

/// What a change would change, or has changed.
pub(crate) fn probe(state: &State) -> Html {
    let said = state.said.clone().unwrap_or(AttrValue::Static(text::PROBE_HINT));
    view!(r#"<p class="probe">{}</p>"#, said)
}
