//! Beside the form: what the key will be able to do, and the button that creates it.

use std::cell::Cell;
use std::rc::Rc;

use scope_rules::{Endpoints, Grant, Name, Operations, Severity};
use web_sys::MouseEvent;
use yew::{
    AttrValue, Callback, Html, Properties, UseReducerDispatcher, UseStateHandle, component, html,
    use_memo, use_state,
};

use crate::create::Fresh;
use crate::draft::{Action, Draft};
use crate::form::names;
use crate::picture::Picture;
use crate::portal::Portal;
use crate::preview::{EndpointList, Findings, bounds, probe};
use crate::submit::{Outcome, Submission};
use crate::text;
use crate::ui::{Dialog, Icon, LiveRegion, icon, memo, skeleton};

/// What the panel needs.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The panel's id, for links to it.
    pub id: AttrValue,
    /// What the key would be able to do, once that is known.
    pub picture: Option<Picture>,
    /// What is chosen.
    pub draft: Rc<Draft>,
    /// The name of the app chosen.
    pub app: Option<AttrValue>,
    /// What flipping the box would do that is pointed at or focused.
    pub probed: Option<Action>,
    /// The backend.
    pub portal: Portal,
    /// Takes fixes, attempts and the end of them.
    pub dispatch: UseReducerDispatcher<Draft>,
    /// Told what a fix would do that is pointed at or focused.
    pub onprobe: Callback<Option<Action>>,
    /// What came of the last press of the button.
    pub outcome: UseStateHandle<Outcome>,
    /// Told of the new key.
    pub onfresh: Callback<Rc<Fresh>>,
    /// Told that keys have changed.
    pub onchanged: Callback<()>,
}

/// Which dialog is open.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    Confirm,
    FixAll(Rc<Grant>),
}

/// What the key will be able to do, and the button that creates it.
#[component]
pub(crate) fn Panel(props: &Props) -> Html {
    let open = use_state(|| Open::Nothing);
    let busy = use_memo((), |()| Cell::new(false));
    let Some(picture) = &props.picture else {
        return html! {
            <aside class="panel" aria-busy="true" aria-label={text::EFFECTIVE_PERMISSIONS}>{ skeleton(10) }</aside>
        };
    };
    let submit = {
        let submission = Submission {
            picture: picture.clone(),
            draft: props.draft.clone(),
            has_app: props.app.is_some(),
            portal: props.portal.clone(),
            dispatch: props.dispatch.clone(),
            onfresh: props.onfresh.clone(),
            onchanged: props.onchanged.clone(),
            outcome: props.outcome.setter(),
            busy: busy.clone(),
        };
        let open = open.setter();
        Callback::from(move |confirmed: bool| {
            open.set(Open::Nothing);
            if !submission.is_ready() {
                return;
            }
            if confirmed || submission.has_no_warning() {
                submission.clone().start();
            } else {
                open.set(Open::Confirm);
            }
        })
    };
    let onfixall = {
        let (open, picture) = (open.setter(), picture.clone());
        Callback::from(move |()| {
            if let Some(grant) = picture.access.fix_all() {
                open.set(Open::FixAll(Rc::new(grant)));
            }
        })
    };
    let close = {
        let open = open.setter();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let is_editing = props.draft.editing.is_some();
    let is_busy = *props.outcome == Outcome::Busy;
    let label = match (is_editing, is_busy) {
        (false, false) => text::CREATE,
        (false, true) => text::CREATING,
        (true, false) => text::SAVE,
        (true, true) => text::SAVING,
    };
    let is_token = props.draft.key_type == scope_rules::KeyType::PersonalAccessToken;
    html! {
        <aside class="panel" id={props.id.clone()} tabindex="-1" aria-label={text::EFFECTIVE_PERMISSIONS}>
            <header>
                <h2>{ text::EFFECTIVE_PERMISSIONS }</h2>
                <p class={picture.risk.as_str()}>
                    <b>{ text::risk(picture.risk) }</b>{ " " }{ text::risk_hint(picture.risk) }
                </p>
                { probe(picture, &props.draft, props.probed.as_ref()) }
            </header>
            <div class="scroll" tabindex="0" role="region" aria-label={text::ENDPOINTS}>
                { memo("findings", Findings {
                    picture: picture.clone(),
                    dispatch: props.dispatch.clone(),
                    onprobe: props.onprobe.clone(),
                    onfixall,
                }) }
                { bounds(picture) }
                <EndpointList picture={picture.clone()} dispatch={props.dispatch.clone()} />
            </div>
            <footer>
                if !is_editing {
                    <p>{ text::summary(picture, props.app.as_deref(), is_token, &text::ends(&props.draft.expiry)) }</p>
                }
                <p class="wrong" role="alert">{ said(props, picture) }</p>
                <button
                    type="button"
                    class="primary"
                    aria-busy={is_busy.then_some("true")}
                    onclick={submit.reform(|_: MouseEvent| false)}
                >
                    { label }
                </button>
            </footer>
            <LiveRegion text={text::announcement(picture)} />
            { match &*open {
                Open::Nothing => html! { <></> },
                Open::Confirm => confirm(picture, is_editing, &close, &submit),
                Open::FixAll(grant) => fix_all(props, picture, grant, &close),
            } }
        </aside>
    }
}

/// What came of the last press, as far as it still holds.
fn said(props: &Props, picture: &Picture) -> AttrValue {
    let has_wrong_field = || props.outcome.wrong(&props.draft, props.app.is_some()).is_any();
    match &*props.outcome {
        Outcome::None | Outcome::Busy => AttrValue::default(),
        Outcome::Said(said) => (*said).into(),
        Outcome::Refused(..) if has_wrong_field() => text::CHECK_FIELDS.into(),
        Outcome::Refused(..) if picture.count(Severity::Error) > 0 => text::FIX_ERRORS_FIRST.into(),
        Outcome::Refused(..) => AttrValue::default(),
        Outcome::Failed(error) => {
            let what =
                if props.draft.editing.is_some() { text::NOT_SAVED } else { text::NOT_CREATED };
            text::could_not(what, error)
        }
    }
}

/// Names the warnings, and asks.
fn confirm(
    picture: &Picture,
    is_editing: bool,
    close: &Callback<()>,
    submit: &Callback<bool>,
) -> Html {
    let warnings =
        picture.findings.iter().filter(|finding| finding.severity() == Severity::Warning);
    let title = if is_editing { text::CONFIRM_SAVE_TITLE } else { text::CONFIRM_TITLE };
    html! {
        <Dialog {title} oncancel={close.clone()}>
            <ul class="warnings">
                for finding in warnings { <li>{ icon(Icon::Warning) }{ text::finding(finding) }</li> }
            </ul>
            <footer>
                <button type="button" onclick={close.reform(|_: MouseEvent| ())}>{ text::GO_BACK }</button>
                <button type="button" class="primary" onclick={submit.reform(|_: MouseEvent| true)}>
                    { if is_editing { text::SAVE_ANYWAY } else { text::CREATE_ANYWAY } }
                </button>
            </footer>
        </Dialog>
    }
}

/// Lists what all fixes change, and asks.
fn fix_all(props: &Props, picture: &Picture, grant: &Rc<Grant>, close: &Callback<()>) -> Html {
    let added = difference(grant, &picture.grant);
    let removed = difference(&picture.grant, grant);
    let apply = {
        let (dispatch, grant, close) = (props.dispatch.clone(), grant.clone(), close.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Grant(grant.clone()));
            close.emit(());
        })
    };
    html! {
        <Dialog title={text::FIX_ALL_TITLE} oncancel={close.clone()}>
            <p>{ text::FIX_ALL_HINT }</p>
            if !added.is_empty() { <p>{ text::WOULD_ADD }</p>{ names(&added) } }
            if !removed.is_empty() { <p>{ text::WOULD_REMOVE }</p>{ names(&removed) } }
            <footer>
                <button type="button" onclick={close.reform(|_: MouseEvent| ())}>{ text::CANCEL }</button>
                <button type="button" class="primary" onclick={apply}>{ text::APPLY }</button>
            </footer>
        </Dialog>
    }
}

/// The scopes of one grant that the other does not list.
fn difference(one: &Grant, other: &Grant) -> Vec<Name> {
    let mut names = Vec::new();
    if let (Operations::Only(one), Operations::Only(other)) = (&one.operations, &other.operations) {
        names.extend(one.difference(other).cloned());
    }
    if let (Endpoints::Only(one), Endpoints::Only(other)) = (&one.endpoints, &other.endpoints) {
        names.extend(one.difference(other).cloned());
    }
    names
}
