//! Small elements that know nothing of keys.

mod combobox;
mod dialog;
mod gesture;
mod icon;
mod memo;
mod tick;
mod view;
mod written;

pub(crate) use combobox::{Around, Choice, Combobox, combobox};
pub(crate) use dialog::{close_dialog, dialog, open_dialog};
pub(crate) use gesture::{Control, Gesture, listen};
pub(crate) use icon::{Icon, icon};
pub(crate) use memo::{Part, PartList, memo};
pub(crate) use tick::{Tick, tick_box};
pub(crate) use view::{Fill, Filled, Markup, truth, view};
pub(crate) use written::Written;

use std::cell::Cell;

use yew::{AttrValue, Html};

/// An id that no other element of the document has.
#[must_use]
pub(crate) fn new_id() -> AttrValue {
    thread_local!(static LAST: Cell<u32> = const { Cell::new(0) });
    LAST.set(LAST.get() + 1);
    AttrValue::from(String::from("ks-") + &LAST.get().to_string())
}

/// An id derived from another one.
#[must_use]
pub(crate) fn sub_id(id: &str, part: &str) -> AttrValue {
    AttrValue::from([id, "-", part].concat())
}

/// Whether a text has a part. For the short texts of lists this is as quick as the standard search, and a tenth of
/// its size.
#[must_use]
pub(crate) fn has(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

/// A button that is busy while what it began is under way.
pub(crate) fn busy_button(
    class: &'static str,
    name: &'static str,
    is_busy: bool,
    disabled: bool,
    label: &'static str,
) -> Html {
    view!(
        r#"<button type="button" class={} name={} aria-busy={} disabled={}>{}</button>"#,
        class,
        name,
        is_busy.then_some("true"),
        disabled,
        label
    )
}

/// A button that unfolds what has this name, or folds it.
pub(crate) fn fold_button(
    class: &'static str,
    name: String,
    is_open: bool,
    disabled: bool,
    label: Option<AttrValue>,
    content: Html,
) -> Html {
    view!(
        r#"<button type="button" class={} name="fold" value={} aria-expanded={} disabled={} aria-label={}>{}</button>"#,
        class,
        name,
        truth(is_open),
        disabled,
        label,
        content
    )
}

/// A round box of several, of which one is chosen. `group` tells this page's from another's.
pub(crate) fn radio(
    class: &'static str,
    group: AttrValue,
    value: &'static str,
    checked: bool,
    disabled: bool,
    label: Html,
) -> Html {
    view!(
        r#"<label class={}><input type="radio" name={} value={} checked={} disabled={}/><span>{}</span></label>"#,
        class,
        group,
        value,
        checked,
        disabled,
        label
    )
}

/// A field to search with.
pub(crate) fn search(name: &'static str, label: &'static str, typed: &AttrValue) -> Html {
    view!(
        r#"<label class="search">
            {}
            <span class="hidden">{}</span>
            <input type="search" name={} placeholder={} value={}/>
        </label>"#,
        icon(Icon::Search),
        label,
        name,
        label,
        typed
    )
}

/// Grey bars in place of rows that are still loading.
pub(crate) fn skeleton(rows: usize) -> Html {
    let mut bars = Vec::new();
    for _ in 0..rows {
        bars.push(view!("<span></span>"));
    }
    view!(r#"<div class="skeleton" aria-hidden="true">{}</div>"#, bars)
}
