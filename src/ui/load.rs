//! Data that comes from elsewhere.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::{Callback, Html, hook, html, use_callback, use_effect_with, use_mut_ref, use_state};

use super::{Icon, icon};
use crate::portal::PortalError;
use crate::text;

/// Data that comes from elsewhere. What was loaded before stays while it is loaded again, and when that fails.
#[derive(Clone, PartialEq)]
pub(crate) struct Loaded<T> {
    /// The data, once there is any.
    pub data: Option<T>,
    /// Why the last attempt failed.
    pub error: Option<PortalError>,
    /// Whether an attempt is under way.
    pub busy: bool,
}

/// Loads data when `deps` change, and again when the callback is called.
#[hook]
pub(crate) fn use_load<T, D, F>(
    deps: D,
    load: impl FnOnce(&D) -> Option<F> + 'static,
) -> (Loaded<T>, Callback<()>)
where
    T: Clone + 'static,
    D: Clone + PartialEq + 'static,
    F: Future<Output = Result<T, PortalError>> + 'static,
{
    let loaded = use_state(|| (None::<D>, Loaded { data: None, error: None, busy: true }));
    let attempt = use_state(|| 0_u32);
    let latest = use_mut_ref(|| Rc::new(Cell::new(false)));
    {
        let loaded = loaded.clone();
        use_effect_with((deps.clone(), *attempt), move |(deps, _)| {
            // An attempt that has been overtaken must not bring its answer.
            latest.borrow().set(true);
            let overtaken = Rc::new(Cell::new(false));
            *latest.borrow_mut() = overtaken.clone();
            let data = if loaded.0.as_ref() == Some(deps) { loaded.1.data.clone() } else { None };
            let future = load(deps);
            let busy = future.is_some();
            loaded.set((Some(deps.clone()), Loaded { data: data.clone(), error: None, busy }));
            if let Some(future) = future {
                let (deps, over) = (deps.clone(), overtaken.clone());
                let setter = loaded.setter();
                spawn_local(async move {
                    let answer = future.await;
                    if over.get() {
                        return;
                    }
                    setter.set((
                        Some(deps),
                        match answer {
                            Ok(data) => Loaded { data: Some(data), error: None, busy: false },
                            Err(error) => Loaded { data, error: Some(error), busy: false },
                        },
                    ));
                });
            }
            move || overtaken.set(true)
        });
    }
    let again = use_callback((), move |(), ()| attempt.set(*attempt + 1));
    // What belongs to other dependencies is not shown even once.
    let shown = if loaded.0.as_ref() == Some(&deps) {
        loaded.1.clone()
    } else {
        Loaded { data: None, error: None, busy: true }
    };
    (shown, again)
}

/// Says what failed, why, and offers to try again.
pub(crate) fn failure(title: &'static str, error: &PortalError, onretry: &Callback<()>) -> Html {
    html! {
        <div class="failure" role="alert">
            { icon(Icon::Warning) }
            <p><strong>{ title }</strong>{ " " }{ text::problem(error) }</p>
            <button type="button" onclick={onretry.reform(|_: MouseEvent| ())}>{ text::TRY_AGAIN }</button>
        </div>
    }
}
