//! One endpoint, with what a call of it would get, why, and what would make it work.

use std::rc::Rc;

use scope_rules::{Name, Outcome};
use web_sys::MouseEvent;
use yew::{Callback, Html, Properties, UseReducerDispatcher, component, html, use_state_eq};

use crate::draft::{Action, Draft};
use crate::form::names;
use crate::outline::Line;
use crate::picture::Picture;
use crate::text;
use crate::ui::{Icon, focus_around, icon};

/// What a row needs. Two are equal if they look the same.
#[derive(Properties)]
pub(crate) struct Props {
    /// What the key would be able to do.
    pub picture: Picture,
    /// Takes what a person adds; without it nothing can be added.
    pub dispatch: Option<UseReducerDispatcher<Draft>>,
    /// The endpoint's place.
    pub line: usize,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let same = |line: &Line| self.picture.access.same_decision(&other.picture.access, line.id);
        self.line == other.line
            && self.picture.outline == other.picture.outline
            && (self.picture == other.picture
                || self.picture.outline.lines.get(self.line).is_none_or(same))
    }
}

/// One endpoint.
#[component]
pub(crate) fn EndpointRow(props: &Props) -> Html {
    let open = use_state_eq(|| false);
    let Some(line) = props.picture.outline.lines.get(props.line) else { return html! { <li></li> } };
    let decision = props.picture.access.decide(line.id);
    let outcome = decision.outcome();
    let mark = match outcome {
        Outcome::Allowed => Icon::Allowed,
        Outcome::Redacted => Icon::Redacted,
        Outcome::Rejected => Icon::Rejected,
    };
    let dispatch = props.dispatch.as_ref().filter(|_| text::is_reparable(&decision));
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <li class={text::outcome_class(outcome)}>
            { icon(mark) }
            <span class="name">
                { &line.rpc }
                <span class="hidden">{ text::outcome(outcome) }</span>
                if line.deprecated { <em class="tag">{ text::DEPRECATED }</em> }
            </span>
            <small>{ text::reason(&decision) }</small>
            if let Some(dispatch) = dispatch {
                <button
                    type="button"
                    class="quiet"
                    aria-expanded={if *open { "true" } else { "false" }}
                    aria-label={text::make_it_work(&line.rpc)}
                    onclick={toggle}
                >
                    { text::MAKE_IT_WORK }
                </button>
                if *open { { plan(props, line, dispatch) } }
            }
        </li>
    }
}

/// What would be added, before it is.
fn plan(props: &Props, line: &Line, dispatch: &UseReducerDispatcher<Draft>) -> Html {
    let Some(missing) = props.picture.to_complete(line) else {
        return html! { <div class="plan"><p>{ text::CANNOT_WORK }</p></div> };
    };
    let missing: Rc<[Name]> = missing.into();
    let endpoint: Option<Rc<[Name]>> = match &props.picture.grant.endpoints {
        scope_rules::Endpoints::Only(ticked) if !ticked.contains(&line.name) => Some(Rc::from([line.name.clone()])),
        _ => None,
    };
    let count = missing.len() + usize::from(endpoint.is_some());
    let onclick = {
        let (dispatch, missing, endpoint) = (dispatch.clone(), missing.clone(), endpoint.clone());
        Callback::from(move |event: MouseEvent| {
            focus_around(&event, ".scroll");
            if !missing.is_empty() {
                dispatch.dispatch(Action::Operations(missing.clone(), true));
            }
            if let Some(endpoint) = &endpoint {
                dispatch.dispatch(Action::Endpoints(endpoint.clone(), true));
            }
        })
    };
    html! {
        <div class="plan">
            <p>{ text::WOULD_ADD }</p>
            { names(&missing) }
            if let Some(endpoint) = &endpoint { { names(endpoint) } }
            <button type="button" class="primary" {onclick}>{ text::add(count) }</button>
        </div>
    }
}
