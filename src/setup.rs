//! The page itself: loads, lays out, owns the draft.

use std::rc::Rc;

use portal_api::Key;
use scope_rules::KeyType;
use web_sys::{Element, KeyboardEvent};
use yew::{
    Callback, Html, TargetCast, component, html, use_callback, use_effect_with, use_memo,
    use_reducer, use_state, use_state_eq,
};

use crate::create::Fresh;
use crate::draft::{Action, Draft, link, store};
use crate::form::{AppChoice, Scopes, app_choice, details, use_shelf};
use crate::keys::{FreshKey, Keys};
use crate::options::Options;
use crate::outline::Outline;
use crate::panel::Panel;
use crate::picture::Picture;
use crate::portal::Portal;
use crate::preview::tally;
use crate::submit::Outcome;
use crate::text;
use crate::ui::{CopyButton, Loaded, failure, skeleton, sub_id, use_id, use_load};

/// The page itself.
#[component]
pub(crate) fn Setup(props: &Options) -> Html {
    let portal = use_memo((props.api_base.clone(), props.user_id.clone()), |(base, user)| {
        Portal::new(base, user)
    });
    let start = use_memo((), |()| start(props));
    let draft = {
        let start = start.clone();
        use_reducer(move || start.0.clone())
    };
    let dispatch = draft.dispatcher();
    let problems = use_state_eq(|| start.1.clone());
    let probed = use_state_eq(|| None::<Action>);
    let outcome = use_state(|| Outcome::None);
    let fresh = use_state(|| None::<Rc<Fresh>>);

    let (user, retry_user) = use_load((*portal).clone(), |portal| {
        let portal = portal.clone();
        Some(async move { portal.user().await })
    });
    let signed_in = user.data.is_some().then(|| (*portal).clone());
    let (shelf, retry_shelf) = use_shelf(signed_in.clone());
    let (outline, retry_outline) =
        use_load((signed_in.clone(), draft.key_type), |(portal, key_type)| {
            let (portal, key_type) = (portal.clone()?, *key_type);
            Some(async move { portal.catalog(key_type).await.map(Outline::new) })
        });

    let is_token = draft.key_type == KeyType::PersonalAccessToken;
    let chosen = draft.app.as_ref().and_then(|app| shelf.find(app));
    let entry = chosen.and_then(|at| shelf.entries.get(at)).filter(|_| !is_token);
    let invite = entry.and_then(|entry| entry.invite.clone());
    let app = entry.map(|entry| entry.app.clone());
    let (keys, retry_keys) =
        use_load((signed_in.clone(), app.clone(), is_token), |(portal, app, is_token)| {
            let (portal, app) = (portal.clone()?, app.clone());
            (app.is_some() || *is_token).then_some(async move {
                let keys = portal.keys(app.as_deref()).await?;
                Ok::<Rc<[Rc<Key>]>, _>(keys.into_iter().map(Rc::new).collect())
            })
        });
    let picture = use_memo(
        (outline.data.clone(), draft.selection.clone(), invite.clone()),
        |(outline, selection, invite)| {
            let outline = outline.clone()?;
            Some(Picture::new(outline, selection.grant(), invite.clone()))
        },
    );
    use_effect_with((props.storage_key.clone(), (*draft).clone()), |(name, draft)| {
        store::save(name, draft);
    });
    let onprobe = use_callback((), {
        let probed = probed.setter();
        move |action: Option<Action>, ()| probed.set(action)
    });
    let onfresh = use_callback((), {
        let fresh = fresh.setter();
        move |new: Rc<Fresh>, ()| fresh.set(Some(new))
    });
    let onclose = use_callback((), {
        let fresh = fresh.setter();
        move |(), ()| fresh.set(None)
    });
    let link_text =
        use_callback(((*draft).clone(), props.link_base.clone()), |(), (draft, base)| {
            [base.as_str(), "?", &link::write(draft)].concat()
        });
    let shared = Rc::new((*draft).clone());
    let panel = use_id();
    let copy_link = html! {
        if !props.link_base.is_empty() { <CopyButton label={text::COPY_LINK} text={link_text} /> }
    };
    let wrong = outcome.wrong(&draft, entry.is_some());
    let unknown_app =
        draft.app.is_some() && chosen.is_none() && !shelf.busy && shelf.error.is_none();
    let wrong_app = wrong.app.clone().or_else(|| unknown_app.then_some(text::UNKNOWN_APP.into()));
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(step) = step(&event) {
                event.prevent_default();
                dispatch.dispatch(step);
            }
        })
    };
    let keys_title = match entry {
        _ if is_token => text::TOKENS_TITLE.into(),
        Some(entry) => text::keys_of(&entry.name),
        None => text::KEYS_TITLE.into(),
    };
    html! {
        <div class="key-setup" {onkeydown}>
            <div class="columns">
                <div class="form">
                    <header class="top">
                        <h1>{ text::TITLE }</h1>
                        <p>{ text::SUBTITLE }</p>
                    </header>
                    if let Some(error) = &user.error { { failure(text::NO_USER, error, &retry_user) } }
                    { link_problems(&problems, problems.setter().into()) }
                    { editing(&draft, &dispatch) }
                    { app_choice(&AppChoice {
                        id: sub_id(&panel, "app"),
                        key_type: draft.key_type,
                        chosen,
                        shelf: &shelf,
                        wrong: wrong_app.as_ref(),
                        is_fixed: draft.editing.is_some(),
                        dispatch: &dispatch,
                        onretry: &retry_shelf,
                    }) }
                    if draft.editing.is_none() { { details(&sub_id(&panel, "details"), &draft, &wrong, &dispatch) } }
                    { scopes(&outline, picture.as_ref().as_ref(), &retry_outline, |picture| html! {
                        <Scopes
                            picture={picture.clone()}
                            selection={draft.selection.clone()}
                            can_undo={draft.can_undo()}
                            can_redo={draft.can_redo()}
                            dispatch={dispatch.clone()}
                            onprobe={onprobe.clone()}
                            onlink={copy_link.clone()}
                        />
                    }) }
                    if let Some(picture) = picture.as_ref() {
                        { tally(picture, &draft, probed.as_ref(), &panel) }
                    }
                </div>
                <Panel
                    id={panel}
                    picture={(*picture).clone()}
                    draft={shared}
                    app={entry.map(|entry| entry.name.clone())}
                    probed={(*probed).clone()}
                    portal={(*portal).clone()}
                    dispatch={dispatch.clone()}
                    onprobe={onprobe.clone()}
                    outcome={outcome.clone()}
                    onfresh={onfresh.clone()}
                    onchanged={retry_keys.clone()}
                />
            </div>
            if app.is_some() || is_token {
                <Keys
                    {keys}
                    outline={outline.data.clone()}
                    invite={invite.clone()}
                    title={keys_title}
                    portal={(*portal).clone()}
                    dispatch={dispatch.clone()}
                    onretry={retry_keys}
                    {onfresh}
                />
            } else {
                <p class="hint choose-first">{ text::CHOOSE_APP_FIRST }</p>
            }
            if let (Some(new), Some(outline)) = ((*fresh).clone(), outline.data.clone()) {
                <FreshKey fresh={new} {outline} {invite} base={props.api_base.clone()} {onclose} />
            }
        </div>
    }
}

/// Whether a key press takes the last change of scopes back, or makes it again. A text field has an undo of its own.
fn step(event: &KeyboardEvent) -> Option<Action> {
    let in_text = event
        .target_dyn_into::<Element>()?
        .matches("input:not([type=checkbox], [type=radio])")
        .ok()?;
    if in_text || !(event.ctrl_key() || event.meta_key()) {
        return None;
    }
    match event.key().as_str() {
        "z" => Some(Action::Undo),
        "Z" | "y" => Some(Action::Redo),
        _ => None,
    }
}

/// The draft to begin with: what a link says, or else what was kept over a reload.
fn start(options: &Options) -> (Draft, Vec<link::Problem>) {
    if options.link.len() > 1 {
        return link::read(&options.link);
    }
    (store::load(&options.storage_key).unwrap_or_default(), Vec::new())
}

/// The scopes, once they are there.
fn scopes(
    outline: &Loaded<Outline>,
    picture: Option<&Picture>,
    onretry: &Callback<()>,
    draw: impl FnOnce(&Picture) -> Html,
) -> Html {
    match (picture, &outline.error) {
        (Some(picture), _) => draw(picture),
        (None, Some(error)) => failure(text::NO_CATALOG, error, onretry),
        (None, None) => html! {
            <section class="card" aria-busy="true" aria-label={text::SCOPES}>{ skeleton(12) }</section>
        },
    }
}

/// What of the link could not be used.
fn link_problems(problems: &[link::Problem], dismiss: Callback<Vec<link::Problem>>) -> Html {
    if problems.is_empty() {
        return html! { <></> };
    }
    html! {
        <div class="notice" role="alert">
            <p>{ text::LINK_PROBLEMS }</p>
            <ul>for problem in problems { <li>{ text::link_problem(problem) }</li> }</ul>
            <button type="button" onclick={dismiss.reform(|_: web_sys::MouseEvent| Vec::new())}>{ text::DISMISS }</button>
        </div>
    }
}

/// Which key is being edited.
fn editing(draft: &Draft, dispatch: &yew::UseReducerDispatcher<Draft>) -> Html {
    let Some(editing) = &draft.editing else { return html! { <></> } };
    let dispatch = dispatch.clone();
    html! {
        <div class="notice" role="status">
            <p>{ text::editing(&editing.description) }</p>
            <button
                type="button"
                onclick={Callback::from(move |_: web_sys::MouseEvent| dispatch.dispatch(Action::StopEditing))}
            >
                { text::STOP_EDITING }
            </button>
        </div>
    }
}
