//! A button that copies.

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with, use_state_eq};

use super::{Icon, icon};
use crate::text;

/// How long the button says that it has copied, in milliseconds.
const SAID: u32 = 4_000;

/// What a [`CopyButton`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the button says.
    pub label: AttrValue,
    /// The text to copy, asked for when the button is pressed, so that a secret is in no property.
    pub text: Callback<(), String>,
    /// Called once the text is in the clipboard.
    #[prop_or_default]
    pub oncopied: Callback<()>,
}

/// Copies a text, and says whether that worked.
#[component]
pub(crate) fn CopyButton(props: &Props) -> Html {
    let outcome = use_state_eq(|| None::<bool>);
    let onclick = {
        let (outcome, text, oncopied) =
            (outcome.setter(), props.text.clone(), props.oncopied.clone());
        Callback::from(move |_| {
            // Elsewhere a browser has no clipboard to write to.
            let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else {
                return outcome.set(Some(false));
            };
            let (outcome, oncopied) = (outcome.clone(), oncopied.clone());
            let written = window.navigator().clipboard().write_text(&text.emit(()));
            spawn_local(async move {
                let copied = JsFuture::from(written).await.is_ok();
                outcome.set(Some(copied));
                if copied {
                    oncopied.emit(());
                }
            });
        })
    };
    let setter = outcome.setter();
    use_effect_with(*outcome, move |outcome| {
        let timeout = outcome.map(|_| Timeout::new(SAID, move || setter.set(None)));
        move || drop(timeout)
    });
    let said = match *outcome {
        None => "",
        Some(true) => text::COPIED,
        Some(false) => text::NOT_COPIED,
    };
    html! {
        <span class="copy">
            <button type="button" {onclick}>{ icon(Icon::Copy) }{ &props.label }</button>
            <span role="status">{ said }</span>
        </span>
    }
}
