//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use web_sys::{Element, HtmlDialogElement};
use yew::{AttrValue, Callback, Event, Html, html};

use super::gesture::{self, Gesture};
use super::{heard, sub_id};

/// A dialog that is to be open as long as it is drawn; see [`open_dialog`]. `kind` tells it from the one before.
pub(crate) fn dialog(
    id: &AttrValue,
    kind: &'static str,
    title: &'static str,
    tell: &Callback<Gesture>,
    content: Html,
) -> Html {
    let title_id = sub_id(id, "dialog");
    // These events do not bubble, so the root does not hear them. Some browsers close a dialog on the second Escape
    // without asking; then it is opened again.
    let oncancel = heard::<Event>(tell, gesture::cancel);
    let onclose = heard::<Event>(tell, |_| Some(Gesture::Escape));
    html! {
        <dialog key={kind} class="dialog" aria-labelledby={title_id.clone()} {oncancel} {onclose}>
            <h2 id={title_id}>{ title }</h2>
            { content }
        </dialog>
    }
}

/// Opens the dialog in the page, if there is one that is not open.
pub(crate) fn open_dialog(root: &Element) {
    if let Some(dialog) = find(root).filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog in the page. Closing, and not only removing it, gives the focus back to where it was.
pub(crate) fn close_dialog(root: &Element) {
    if let Some(dialog) = find(root) {
        dialog.close();
    }
}

fn find(root: &Element) -> Option<HtmlDialogElement> {
    let dialog = root.query_selector("dialog").ok()??;
    wasm_bindgen::JsCast::dyn_into(dialog).ok()
}
