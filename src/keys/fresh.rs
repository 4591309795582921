//! The new key, shown once.

use web_sys::Element;
use yew::Html;

use super::Example;
use crate::form::copy_button;
use crate::state::{Copied, Fresh, State};
use crate::text;
use crate::ui::{Icon, icon, view};

/// Where the secret, and the texts with it, are written.
const PLACES: [Copied; 3] = [Copied::Secret, Copied::Curl, Copied::Python];

/// The dialog that shows a new key. The secret itself is written past the views, by [`write`].
pub(crate) fn fresh(state: &State, fresh: &Fresh) -> Html {
    let example = example(state, fresh);
    let leftover = fresh.leftover.as_ref().map(|problem| {
        let text = text::leftover(problem);
        view!(r#"<div class="failure" role="alert">{}<p>{}</p></div>"#, icon(Icon::Warning), text)
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
        const { text::SECRET },
        copy_button(state, Copied::Secret, text::COPY_KEY),
        icon(Icon::Warning),
        const { text::DO_NOT_SHARE },
        leftover,
        example.is_none(),
        const { text::TRY_IT },
        const { text::CURL },
        copy_button(state, Copied::Curl, text::COPY_CURL),
        const { text::PYTHON },
        const { text::PYTHON_HINT },
        const { text::PYTHON },
        copy_button(state, Copied::Python, text::COPY_CODE),
        example.is_none().then(|| view!(r#"<p class="hint">{}</p>"#, const { text::NO_EXAMPLE })),
        footer(fresh)
    )
}

fn footer(fresh: &Fresh) -> Html {
    if fresh.asking {
        let question =
            if fresh.copied { text::STORED_QUESTION } else { text::STORED_QUESTION_NOT_COPIED };
        view!(
            r#"<p role="alert">{}</p>
            <button type="button" name="not-yet">{}</button>
            <button type="button" class="primary" name="stored">{}</button>"#,
            question,
            const { text::NOT_YET },
            const { text::YES_CLOSE }
        )
    } else {
        view!(
            r#"<button type="button" class="primary" name="done">{}</button>"#,
            const { text::DONE }
        )
    }
}

fn example(state: &State, fresh: &Fresh) -> Option<Example> {
    Example::of(&fresh.key, fresh.picture.as_ref()?, &state.options.api_base)
}

/// Tells a new key's secret, or a text with it, under the name of the button that copies it.
pub(crate) fn tell(state: &State, fresh: &Fresh, what: Copied, hear: &mut dyn FnMut(&str)) {
    match (what, example(state, fresh)) {
        (Copied::Secret, _) => hear(fresh.secret.expose()),
        (Copied::Curl, Some(example)) => hear(example.curl(&fresh.secret).expose()),
        (Copied::Python, Some(example)) => hear(example.python(&fresh.secret).expose()),
        _ => {}
    }
}

/// Writes a new key's secret, and the texts with it, into the page, unless they are there. They are in no view and
/// never read back, so that nothing keeps a copy that is not wiped.
pub(crate) fn write(root: &Element, state: &State, fresh: &Fresh) {
    for what in PLACES {
        if let Some(place) = place(root, what).filter(|place| !place.has_child_nodes()) {
            tell(state, fresh, what, &mut |text| place.set_text_content(Some(text)));
        }
    }
}

/// Wipes what [`write`] wrote.
pub(crate) fn wipe(root: &Element) {
    for what in PLACES {
        if let Some(place) = place(root, what) {
            place.set_text_content(None);
        }
    }
}

fn place(root: &Element, what: Copied) -> Option<Element> {
    let selector = ["[data-secret=", what.as_str(), "]"].concat();
    root.query_selector(&selector).ok()?
}
