//! Deleting a key, after a question.

use std::rc::Rc;

use portal_api::Key;
use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::{Callback, Html, Properties, component, html, use_mut_ref, use_state_eq};

use crate::portal::{Portal, PortalError};
use crate::text;
use crate::ui::Dialog;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The key.
    pub subject: Rc<Key>,
    /// The backend.
    pub portal: Portal,
    /// Called when the dialog is to close; with whether the key is gone.
    pub onclose: Callback<bool>,
}

/// Asks, and deletes.
#[component]
pub(crate) fn Remove(props: &Props) -> Html {
    let busy = use_state_eq(|| false);
    let problem = use_state_eq(|| None::<PortalError>);
    let running = use_mut_ref(|| false);
    let cancel = props.onclose.reform(|()| false);
    let onclick = {
        let (busy, problem, running) = (busy.setter(), problem.setter(), running.clone());
        let (portal, handle, onclose) =
            (props.portal.clone(), props.subject.handle.clone(), props.onclose.clone());
        Callback::from(move |_: MouseEvent| {
            if running.replace(true) {
                return;
            }
            busy.set(true);
            problem.set(None);
            let (busy, problem, running) = (busy.clone(), problem.clone(), running.clone());
            let (portal, handle, onclose) = (portal.clone(), handle.clone(), onclose.clone());
            spawn_local(async move {
                let answer = portal.delete(&handle).await;
                running.replace(false);
                busy.set(false);
                match answer {
                    // A key that is not there any more is what was wanted.
                    Ok(()) | Err(PortalError::NotFound(_)) => onclose.emit(true),
                    Err(error) => problem.set(Some(error)),
                }
            });
        })
    };
    html! {
        <Dialog title={text::DELETE_TITLE} oncancel={cancel.clone()}>
            <p>{ text::delete_question(&props.subject.description, &props.subject.last_four) }</p>
            <p class="wrong" role="alert">{ for problem.as_ref().map(|error| text::could_not(text::NOT_DELETED, error)) }</p>
            <footer>
                <button type="button" onclick={cancel.reform(|_: MouseEvent| ())}>{ text::CANCEL }</button>
                <button type="button" class="danger" aria-busy={busy.then_some("true")} {onclick}>
                    { if *busy { text::DELETING } else { text::DELETE } }
                </button>
            </footer>
        </Dialog>
    }
}
