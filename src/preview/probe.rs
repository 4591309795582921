//! What would change if that were pressed that is pointed at or focused; else what the last change has changed.

use yew::{AttrValue, Html};

use crate::picture::Picture;
use crate::state::State;
use crate::text;
use crate::ui::view;

/// What a change would change, or has changed.
pub(crate) fn probe(state: &State, picture: &Picture) -> Html {
    view!(
        r#"<p class="probe">{}</p>"#,
        said(state, picture).unwrap_or(AttrValue::Static(text::PROBE_HINT))
    )
}

/// The same in words, if there is anything to say.
pub(crate) fn said(state: &State, picture: &Picture) -> Option<AttrValue> {
    match state.probe() {
        Some((action, after)) => {
            let change = picture.compared_to(&after.selection.grant());
            Some(text::would_change(&picture.outline, action, &change))
        }
        None => state.changed.clone(),
    }
}
