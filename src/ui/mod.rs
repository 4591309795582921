//! Small elements that know nothing of keys.

mod combobox;
mod copy;
mod dialog;
mod icon;
mod live;
mod load;
mod memo;
mod tick;

pub(crate) use combobox::{Choice, Combobox};
pub(crate) use copy::CopyButton;
pub(crate) use dialog::Dialog;
pub(crate) use icon::{Icon, icon};
pub(crate) use live::LiveRegion;
pub(crate) use load::{Loaded, failure, use_load};
pub(crate) use memo::{Level, Part, memo};
pub(crate) use tick::{Tick, tick_box, ticked_box};

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, MouseEvent};
use yew::{AttrValue, Html, NodeRef, hook, html, use_memo};

use crate::text;

/// An id that no other element of the document has.
#[hook]
pub(crate) fn use_id() -> AttrValue {
    thread_local!(static LAST: Cell<u32> = const { Cell::new(0) });
    let id = use_memo((), |()| {
        LAST.with(|last| {
            last.set(last.get() + 1);
            AttrValue::from(String::from("ks-") + &last.get().to_string())
        })
    });
    (*id).clone()
}

/// An id derived from another one.
#[must_use]
pub(crate) fn sub_id(id: &str, part: &str) -> AttrValue {
    let mut text = String::with_capacity(id.len() + part.len() + 1);
    text.push_str(id);
    text.push('-');
    text.push_str(part);
    AttrValue::from(text)
}

/// Moves the focus from what is about to vanish to what it stands in.
pub(crate) fn focus_around(event: &MouseEvent, around: &str) {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let around = element.and_then(|element| element.closest(around).ok().flatten());
    if let Some(around) = around.and_then(|around| around.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = around.focus_with_options(&options);
    }
}

/// Moves the focus once what is to be drawn is drawn.
pub(crate) fn focus_soon(node: &NodeRef) {
    let node = node.clone();
    let focus = move || node.cast::<HtmlElement>().map(|element| element.focus());
    gloo_timers::callback::Timeout::new(0, move || drop(focus())).forget();
}

/// A button for the rest of a long list, of which `drawn` of `total` are drawn.
pub(crate) fn more(level: &Level, total: usize, drawn: usize) -> Html {
    if total <= drawn {
        return html! { <></> };
    }
    html! {
        <button type="button" class="more" onclick={level.to(level.now + 4)}>{ text::show_more(total - drawn) }</button>
    }
}

/// Grey bars in place of rows that are still loading.
pub(crate) fn skeleton(rows: usize) -> Html {
    html! {
        <div class="skeleton" aria-hidden="true">
            for _ in 0..rows { <span></span> }
        </div>
    }
}
