//! The new key, shown once.

use web_sys::Element;
use yew::Html;

use super::Example;
use crate::form::copy_button;
use crate::state::{Copied, Fresh, State};
use crate::text;
use crate::ui::{Icon, button, icon, view};

/// Where the secret, and the texts with it, are written.
const PLACES: [&str; 3] = ["secret", "curl", "python"];

/// The dialog that shows a new key. The secret itself is written past the views, by [`write`].
pub(crate) fn fresh(state: &State, fresh: &Fresh) -> Html {
    let example = example(state, fresh);
    let leftover = fresh.leftover.as_ref().map(|problem| {
        let text = text::leftover(problem);
        view!(r#"<p class="failure" role="alert">{}{}</p>"#, icon(Icon::Warning), text)
    });
    view!(
        r#"<p>{}</p>
        <div class="secret"><code data-secret="secret" tabindex="0" aria-label={}></code>{}</div>
        <p class="caution">{}{}</p>
        {}
        <div class="examples" hidden={}>
            <h3>{}</h3>
            <pre><code data-secret="curl" tabindex="0" aria-label={}></code></pre>
            {}
            <details>
                <summary>{}</summary>
                <p class="hint">{}</p>
                <pre><code data-secret="python" tabindex="0" aria-label={}></code></pre>
                {}
            </details>
        </div>
        {}
        <footer>{}</footer>"#,
        text::shown_once(&fresh.key.description),
        text::SECRET,
        copy_button(state, Copied::Secret, text::COPY_KEY),
        icon(Icon::Warning),
        text::DO_NOT_SHARE,
        leftover,
        example.is_none(),
        text::TRY_IT,
        text::CURL,
        copy_button(state, Copied::Curl, text::COPY_CURL),
        text::PYTHON,
        text::PYTHON_HINT,
        text::PYTHON,
        copy_button(state, Copied::Python, text::COPY_CODE),
        example.is_none().then(|| view!(r#"<p class="hint">{}</p>"#, text::NO_EXAMPLE)),
        footer(fresh)
    )
}

fn footer(fresh: &Fresh) -> Html {
    if fresh.asking {
        let question =
            if fresh.copied { text::STORED_QUESTION } else { text::STORED_QUESTION_NOT_COPIED };
        view!(
            r#"<p role="alert">{}</p>{}{}"#,
            question,
            button("", "not-yet", "".into(), text::NOT_YET.into()),
            button("primary", "stored", "".into(), text::YES_CLOSE.into())
        )
    } else {
        button("primary", "done", "".into(), text::DONE.into())
    }
}

fn example(state: &State, fresh: &Fresh) -> Option<Example> {
    Example::of(&fresh.key, fresh.picture.as_ref()?, &state.options.api_base)
}

/// Writes a new key's secret, and the texts with it, into the page. It is in no view, so that nothing keeps a copy.
pub(crate) fn write(root: &Element, state: &State, fresh: &Fresh) {
    let secret = &fresh.secret;
    let example = example(state, fresh);
    let curl = example.as_ref().map(|example| example.curl(secret)).unwrap_or_default();
    let python = example.as_ref().map(|example| example.python(secret)).unwrap_or_default();
    for (place, text) in PLACES.into_iter().zip([secret, &curl, &python]) {
        set(root, place, Some(text.expose()));
    }
}

/// Wipes what [`write`] wrote.
pub(crate) fn wipe(root: &Element) {
    for place in PLACES {
        set(root, place, None);
    }
}

fn set(root: &Element, place: &str, text: Option<&str>) {
    let selector = ["[data-secret=", place, "]"].concat();
    if let Some(element) = root.query_selector(&selector).ok().flatten()
        && element.text_content().as_deref() != Some(text.unwrap_or_default())
    {
        element.set_text_content(text);
    }
}
