//! Deleting a key, after a question.

use yew::Html;

use crate::state::Pending;
use crate::text;
use crate::ui::{busy_button, view};

/// What the dialog asks.
pub(crate) fn remove(pending: &Pending) -> Html {
    let error = pending.error.as_ref().map(|error| text::could_not(text::NOT_DELETED, error));
    view!(
        r#"<p>{}</p><p class="wrong" role="alert">{}</p>
        <footer><button type="button" name="cancel" disabled={}>{}</button>{}</footer>"#,
        text::delete_question(&pending.key.description, &pending.key.last_four),
        error,
        pending.busy,
        const { text::CANCEL },
        busy_button(
            "danger",
            "remove-now",
            pending.busy,
            false,
            if pending.busy { text::DELETING } else { text::DELETE }
        )
    )
}
