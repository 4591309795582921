//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use web_sys::{Event, HtmlDialogElement};
use yew::{
    AttrValue, Callback, Children, Html, Properties, component, html, use_effect_with, use_node_ref,
};

use super::{sub_id, use_id};

/// What a [`Dialog`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The heading.
    pub title: AttrValue,
    /// Called when the person wants to leave by the Escape key. The dialog stays until it is no longer drawn.
    pub oncancel: Callback<()>,
    /// What is inside.
    pub children: Children,
}

/// A dialog that is open as long as it is drawn.
#[component]
pub(crate) fn Dialog(props: &Props) -> Html {
    let id = use_id();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            // Closing, and not only removing it, gives the focus back to where it was.
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let oncancel = {
        let oncancel = props.oncancel.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            oncancel.emit(());
        })
    };
    // Some browsers close a dialog on the second Escape without asking.
    let onclose = {
        let (node, oncancel) = (node.clone(), props.oncancel.clone());
        Callback::from(move |_: Event| {
            if let Some(dialog) =
                node.cast::<HtmlDialogElement>().filter(|dialog| dialog.is_connected())
            {
                let _ = dialog.show_modal();
                oncancel.emit(());
            }
        })
    };
    let title = sub_id(&id, "title");
    html! {
        <dialog ref={node} class="dialog" aria-labelledby={title.clone()} {oncancel} {onclose}>
            <h2 id={title}>{ &props.title }</h2>
            { for props.children.iter() }
        </dialog>
    }
}
