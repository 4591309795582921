//! What a screen reader is told.

use gloo_timers::callback::Timeout;
use yew::{AttrValue, Html, Properties, component, html, use_effect_with, use_state_eq};

/// How long a text has to stand before it is told, so that a row of quick changes is told once. In milliseconds.
pub(crate) const REST: u32 = 600;

/// What a [`LiveRegion`] tells.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The text; it is told when it has changed and come to rest.
    pub text: AttrValue,
}

/// Tells a text politely.
#[component]
pub(crate) fn LiveRegion(props: &Props) -> Html {
    let told = use_state_eq(AttrValue::default);
    let setter = told.setter();
    use_effect_with(props.text.clone(), move |text| {
        let text = text.clone();
        let rest = Timeout::new(REST, move || setter.set(text));
        move || drop(rest)
    });
    html! { <p class="hidden" role="status">{ &*told }</p> }
}
