//! From endpoints to operations: adds what the ticked endpoints need, and says first what that is.

use std::rc::Rc;

use scope_rules::{LeastOperations, Name};
use web_sys::MouseEvent;
use yew::{Callback, Html, Properties, UseReducerDispatcher, component, html, use_state_eq};

use crate::draft::{Action, Draft, Selection};
use crate::picture::Picture;
use crate::text;

/// What [`Needs`] needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the key would be able to do.
    pub picture: Picture,
    /// What is ticked.
    pub selection: Rc<Selection>,
    /// Takes what is added.
    pub dispatch: UseReducerDispatcher<Draft>,
}

/// A button that lists the operations that the ticked endpoints need, and one that adds them.
#[component]
pub(crate) fn Needs(props: &Props) -> Html {
    let open = use_state_eq(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class="needs">
            <button
                type="button"
                aria-expanded={if *open { "true" } else { "false" }}
                disabled={props.selection.endpoints.is_empty()}
                onclick={toggle}
            >
                { text::ADD_NEEDED }
            </button>
            if *open && !props.selection.endpoints.is_empty() {
                { plan(props) }
            }
        </div>
    }
}

fn plan(props: &Props) -> Html {
    let least = props.picture.outline.catalog.least_operations(&props.selection.endpoints);
    let LeastOperations { operations, conditional, out_of_reach } = least;
    let new = |names: &mut dyn Iterator<Item = Name>| -> Rc<[Name]> {
        names.filter(|name| !props.selection.holds(name)).collect()
    };
    let needed = new(&mut operations.into_iter());
    let conditional = new(&mut conditional.into_iter());
    let add = |names: &Rc<[Name]>| {
        let (dispatch, names) = (props.dispatch.clone(), names.clone());
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Operations(names.clone(), true)))
    };
    html! {
        <div class="plan">
            if needed.is_empty() {
                <p>{ text::NOTHING_NEEDED }</p>
            } else {
                <p>{ text::NEEDED }</p>
                { names(&needed) }
                <button type="button" class="primary" onclick={add(&needed)}>{ text::add(needed.len()) }</button>
            }
            if !conditional.is_empty() {
                <p>{ text::CONDITIONAL }</p>
                { names(&conditional) }
                <button type="button" onclick={add(&conditional)}>{ text::add(conditional.len()) }</button>
            }
            if !out_of_reach.is_empty() {
                <p>{ text::OUT_OF_REACH }</p>
                <ul class="names">
                    for (name, _) in &out_of_reach { <li><code>{ text::short(name) }</code></li> }
                </ul>
            }
        </div>
    }
}

/// A list of scopes.
#[must_use]
pub(crate) fn names(names: &[Name]) -> Html {
    html! {
        <ul class="names">
            for name in names { <li><code>{ text::short(name) }</code></li> }
        </ul>
    }
}
