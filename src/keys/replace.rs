//! Replacing a key: a new one with the same scopes, while the old one still works for a while.

use std::rc::Rc;

use portal_api::{Key, KeyPatch};
use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::{Callback, Html, Properties, component, html, use_memo, use_mut_ref, use_state_eq};

use crate::clock;
use crate::create::{self, Fresh};
use crate::draft::Moment;
use crate::portal::{Answer, Portal, PortalError};
use crate::text;
use crate::ui::{Dialog, use_id};

/// How long the old key goes on working.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overlap {
    /// Not at all: it is deleted.
    None,
    /// For 24 hours.
    Day,
    /// For 7 days.
    Week,
}

/// The choices, in the order in which they are offered.
const OVERLAPS: [Overlap; 3] = [Overlap::None, Overlap::Day, Overlap::Week];

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The old key.
    pub subject: Rc<Key>,
    /// The backend.
    pub portal: Portal,
    /// Called when the dialog is to close with nothing created.
    pub oncancel: Callback<()>,
    /// Called with the new key.
    pub onfresh: Callback<Rc<Fresh>>,
}

/// Asks how long the old key is to go on working, and replaces it.
#[component]
pub(crate) fn Replace(props: &Props) -> Html {
    let overlap = use_state_eq(|| Overlap::Day);
    let busy = use_state_eq(|| false);
    let problem = use_state_eq(|| None::<PortalError>);
    let lost = use_state_eq(|| false);
    let running = use_mut_ref(|| false);
    let attempt = use_memo((), |()| create::attempt());
    let id = use_id();
    let onclick = {
        let (busy, problem, lost, running) =
            (busy.setter(), problem.setter(), lost.setter(), running.clone());
        let (portal, key, onfresh, overlap) =
            (props.portal.clone(), props.subject.clone(), props.onfresh.clone(), *overlap);
        let attempt = attempt.clone();
        Callback::from(move |_: MouseEvent| {
            if running.replace(true) {
                return;
            }
            busy.set(true);
            problem.set(None);
            let (busy, problem, lost, running) =
                (busy.clone(), problem.clone(), lost.clone(), running.clone());
            let (portal, key, onfresh, attempt) =
                (portal.clone(), key.clone(), onfresh.clone(), attempt.clone());
            spawn_local(async move {
                let answer = portal.create(create::like(&key), &attempt.id).await;
                match answer {
                    Ok((Some(secret), new)) => {
                        let leftover = end(&portal, &key, overlap).await.err();
                        onfresh.emit(Rc::new(Fresh { secret, key: new, leftover }));
                    }
                    Ok((None, _)) => lost.set(true),
                    Err(error) => problem.set(Some(error)),
                }
                running.replace(false);
                busy.set(false);
            });
        })
    };
    let choice = |choice: Overlap| {
        let setter = overlap.setter();
        html! {
            <label class="tick">
                <input
                    type="radio"
                    name={id.clone()}
                    checked={*overlap == choice}
                    onchange={Callback::from(move |_: web_sys::Event| setter.set(choice))}
                />
                <span>{ text::overlap(choice) }</span>
            </label>
        }
    };
    html! {
        <Dialog title={text::REPLACE_TITLE} oncancel={props.oncancel.clone()}>
            <p>{ text::replace_hint(&props.subject.description, &props.subject.last_four) }</p>
            <fieldset class="choice">
                <legend>{ text::OLD_KEY }</legend>
                for each in OVERLAPS { { choice(each) } }
            </fieldset>
            <p class="wrong" role="alert">
                { for problem.as_ref().map(|error| text::could_not(text::NOT_REPLACED, error)) }
                if *lost { { text::SECRET_LOST } }
            </p>
            <footer>
                <button type="button" onclick={props.oncancel.reform(|_: MouseEvent| ())}>{ text::CANCEL }</button>
                <button type="button" class="primary" aria-busy={busy.then_some("true")} disabled={*lost} {onclick}>
                    { if *busy { text::REPLACING } else { text::REPLACE } }
                </button>
            </footer>
        </Dialog>
    }
}

/// Ends the old key, now or later; never later than it would have ended anyway.
async fn end(portal: &Portal, key: &Key, overlap: Overlap) -> Answer<()> {
    let hours = match overlap {
        Overlap::None => return portal.delete(&key.handle).await,
        Overlap::Day => 24,
        Overlap::Week => 7 * 24,
    };
    let at = clock::written(&Moment::At(clock::now() + hours * 3_600_000));
    if key.expires_at.as_deref().is_some_and(|ends| clock::is_before(ends, &at)) {
        return Ok(());
    }
    portal
        .change(KeyPatch {
            id: key.handle.clone(),
            expires_at: Some(Some(at)),
            ..KeyPatch::default()
        })
        .await
}
