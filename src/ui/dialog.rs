//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::{AttrValue, Html};

use super::{sub_id, view};

/// A dialog that is to be open as long as it is drawn; see [`open_dialog`]. `kind` tells it from the one before.
pub(crate) fn dialog(
    id: &AttrValue,
    kind: &'static str,
    title: &'static str,
    content: Html,
) -> Html {
    let title_id = sub_id(id, "dialog");
    view!(
        r#"<dialog key={} class="dialog" aria-labelledby={}><h2 id={}>{}</h2>{}</dialog>"#,
        kind,
        &title_id,
        &title_id,
        title,
        content
    )
}

/// Opens the dialog in the page, if there is one that is not open.
pub(crate) fn open_dialog(root: &Element) {
    if let Some(dialog) = find(root, "dialog:not([open])") {
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog in the page. Closing, and not only removing it, gives the focus back to where it was.
pub(crate) fn close_dialog(root: &Element) {
    if let Some(dialog) = find(root, "dialog") {
        dialog.close();
    }
}

fn find(root: &Element, selector: &str) -> Option<HtmlDialogElement> {
    Some(root.query_selector(selector).ok()??.unchecked_into())
}
