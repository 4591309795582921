//! One endpoint, with what a call of it would get, why, and what would make it work.

use std::rc::Rc;

use scope_rules::{Name, Outcome};
use web_sys::MouseEvent;
use yew::{Callback, Html, UseReducerDispatcher, html};

use crate::draft::{Action, Draft};
use crate::form::names;
use crate::outline::Line;
use crate::picture::Picture;
use crate::text;
use crate::ui::{Icon, Level, Part, focus_around, icon};

/// One endpoint.
pub(super) struct EndpointRow {
    /// What the key would be able to do.
    pub(super) picture: Picture,
    /// Takes what a person adds; without it nothing can be added.
    pub(super) dispatch: Option<UseReducerDispatcher<Draft>>,
    /// The endpoint's place.
    pub(super) line: usize,
}

impl Part for EndpointRow {
    fn is_same(&self, other: &Self) -> bool {
        let is_same =
            |line: &Line| self.picture.access.same_decision(&other.picture.access, line.id);
        self.line == other.line
            && self.picture.outline == other.picture.outline
            && (self.picture == other.picture
                || self.picture.outline.lines.get(self.line).is_none_or(is_same))
    }

    fn draw(&self, level: &Level) -> Html {
        let Some(line) = self.picture.outline.lines.get(self.line) else {
            return html! { <li></li> };
        };
        let decision = self.picture.access.decide(line.id);
        let outcome = decision.outcome();
        let mark = match outcome {
            Outcome::Allowed => Icon::Allowed,
            Outcome::Redacted => Icon::Redacted,
            Outcome::Rejected => Icon::Rejected,
        };
        let dispatch = self.dispatch.as_ref().filter(|_| text::is_reparable(&decision));
        let is_open = level.now == 1;
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
                        aria-expanded={if is_open { "true" } else { "false" }}
                        aria-label={text::make_it_work(&line.rpc)}
                        onclick={level.to(1 - level.now.min(1))}
                    >
                        { text::MAKE_IT_WORK }
                    </button>
                    if is_open { { plan(&self.picture, line, dispatch) } }
                }
            </li>
        }
    }
}

/// What would be added, before it is.
fn plan(picture: &Picture, line: &Line, dispatch: &UseReducerDispatcher<Draft>) -> Html {
    let Some(missing) = picture.to_complete(line) else {
        return html! { <div class="plan"><p>{ text::CANNOT_WORK }</p></div> };
    };
    let missing: Rc<[Name]> = missing.into();
    let endpoint: Option<Rc<[Name]>> = match &picture.grant.endpoints {
        scope_rules::Endpoints::Only(ticked) if !ticked.contains(&line.name) => {
            Some(Rc::from([line.name.clone()]))
        }
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
