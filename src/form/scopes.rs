//! The scopes: three ways in, one state.

use std::rc::Rc;

use yew::{AttrValue, Html};

use super::endpoints::Endpoints;
use super::operations::{self, Operations};
use super::{View, names};
use crate::picture::Picture;
use crate::state::{Copied, State};
use crate::text;
use crate::ui::{Icon, icon, memo, search, sub_id, truth, view};

/// The scopes: presets, operations and endpoints.
pub(crate) fn scopes(state: &State, picture: &Picture) -> Html {
    let Some(shown) = View::of(state) else { return Html::default() };
    let title = sub_id(&state.id, "scopes");
    let panel = sub_id(&state.id, "tabpanel");
    let at_endpoints = state.look.at_endpoints;
    view!(
        r#"<section key="scopes" class="card scopes" aria-labelledby={}>
            <header>
                <h2 id={}>{}</h2>
                <div class="tools">{}{}{}</div>
            </header>
            <p class="hint">{}</p>
            {}{}
            <div class="filters">
                {}
                <label class="tick"><input type="checkbox" name="only" checked={}/><span>{}</span></label>
                <button type="button" class="skip" name="show-panel">{}</button>
            </div>
            <div role="tabpanel" id={} aria-label={}>{}{}</div>
        </section>"#,
        &title,
        &title,
        const { text::SCOPES },
        step("undo", text::UNDO, Icon::Undo, state.draft.can_undo()),
        step("redo", text::REDO, Icon::Redo, state.draft.can_redo()),
        copy_link(state),
        const { text::SCOPES_HINT },
        presets(picture),
        tabs(state, picture, &shown, &panel),
        search("find-scopes", text::SEARCH_SCOPES, &state.look.typed),
        state.look.only_selected.is_some(),
        const { text::ONLY_SELECTED },
        const { text::SKIP_TO_PANEL },
        &panel,
        if at_endpoints { text::ENDPOINTS } else { text::OPERATIONS },
        elsewhere(&shown, at_endpoints),
        if at_endpoints {
            let group = AttrValue::from(["restrict.", &state.id].concat());
            memo("endpoints", Endpoints { view: shown, group, folds: Rc::clone(&state.folds) })
        } else {
            let drawn = state.folds.drawn("operations", operations::DRAWN);
            view!("{}{}", all(picture), memo("operations", Operations { view: shown, drawn }))
        }
    )
}

/// A button that walks the changes. It stays where it is when there is nothing more to walk, and so keeps the focus.
fn step(name: &'static str, label: &'static str, mark: Icon, can: bool) -> Html {
    view!(
        r#"<button type="button" class="quiet" name={} aria-disabled={}>{}{}</button>"#,
        name,
        (!can).then_some("true"),
        icon(mark),
        label
    )
}

fn copy_link(state: &State) -> Option<Html> {
    if state.options.link_base.is_empty() {
        return None;
    }
    let failed = state.copied == Some((Copied::Link, false));
    // Where copying by itself fails, there is the text to copy by hand.
    let by_hand = failed.then(|| {
        view!(
            r#"<input type="text" readonly aria-label={} value={}/>"#,
            const { text::LINK },
            state.link()
        )
    });
    Some(view!("{}{}", copy_button(state, Copied::Link, text::COPY_LINK), by_hand))
}

/// A button that copies, and says whether that worked.
pub(crate) fn copy_button(state: &State, what: Copied, label: &'static str) -> Html {
    let said = match state.copied {
        Some((copied, true)) if copied == what => Some(text::COPIED),
        Some((copied, false)) if copied == what => Some(text::NOT_COPIED),
        _ => None,
    };
    view!(
        r#"<span class="copy">
            <button type="button" name="copy" value={}>{}{}</button><span role="status">{}</span>
        </span>"#,
        what.as_str(),
        icon(Icon::Copy),
        label,
        said
    )
}

/// The presets. They replace what is ticked, and can be undone.
fn presets(picture: &Picture) -> Html {
    let mut chips = Vec::new();
    for (at, (preset, grant)) in picture.outline.presets.iter().enumerate() {
        chips.push(view!(
            r#"<button type="button" class="chip" name="preset" value={} aria-pressed={}>{}</button>"#,
            at,
            truth(**grant == picture.grant),
            text::preset(*preset)
        ));
    }
    view!(
        r#"<div class="presets" role="group" aria-label={}><span class="hint">{}</span>{}</div>"#,
        const { text::PRESETS },
        const { text::PRESETS_HINT },
        chips
    )
}

fn tabs(state: &State, picture: &Picture, shown: &View, panel: &AttrValue) -> Html {
    let selection = &picture.selection;
    let outline = &picture.outline;
    let is_searched = shown.is_searched();
    let operations = match (is_searched, selection.all) {
        (true, _) => text::found(shown.rows().len()),
        (false, true) => AttrValue::Static(text::ALL_OF_THEM),
        (false, false) => text::ticked_of(picture.count_operations(), outline.boxes.len()),
    };
    let endpoints = match (selection.restricted, is_searched) {
        (false, _) => AttrValue::Static(text::ANY),
        (true, true) => text::found(shown.count_lines()),
        (true, false) => text::ticked_of(picture.count_endpoints(), outline.endpoints),
    };
    let tab = |value: &'static str, is_chosen: bool, label: &'static str, count: AttrValue| {
        view!(
            r#"<button type="button" role="tab" name="tab" value={} aria-selected={} aria-controls={} tabindex={}>
                {}<small>{}</small>
            </button>"#,
            value,
            truth(is_chosen),
            is_chosen.then_some(panel),
            if is_chosen { "0" } else { "-1" },
            label,
            count
        )
    };
    let at_endpoints = state.look.at_endpoints;
    view!(
        r#"<div><div class="tabs" role="tablist" aria-label={}>{}{}</div></div>"#,
        const { text::SCOPES },
        tab("operations", !at_endpoints, text::OPERATIONS, operations),
        tab("endpoints", at_endpoints, text::ENDPOINTS, endpoints)
    )
}

/// How many endpoints say at once what they need.
const SAID: usize = 3;

/// What the endpoints that are searched for need, where no operation is called that: which scopes a call takes is what
/// people look for first.
fn needs(shown: &View) -> Vec<Html> {
    let mut said = Vec::new();
    for (at, line) in shown.lines().take(SAID) {
        let Some(plan) = shown.picture.completion(line) else {
            said.push(view!(
                "<p>{}</p><p>{}</p>",
                text::needs(&line.rpc),
                const { text::CANNOT_WORK }
            ));
            continue;
        };
        let mut missing = plan.needed;
        missing.extend(plan.further);
        said.push(if missing.is_empty() {
            view!("<p>{}</p>", text::has_all(&line.rpc))
        } else {
            let count = missing.len();
            view!(
                r#"<div class="plan">
                    <p>{}</p>{}<button type="button" class="primary" name="complete.found" value={}>{}</button>
                </div>"#,
                text::needs(&line.rpc),
                names(&missing),
                at,
                text::add(count)
            )
        });
    }
    said
}

/// Where the other tab has what is searched for, the way there.
fn elsewhere(shown: &View, at_endpoints: bool) -> Option<Html> {
    if !shown.is_searched() {
        return None;
    }
    // While any endpoint may be called, there is none to tick.
    let lines = if shown.is_restricted() { shown.count_lines() } else { 0 };
    let rows = shown.rows().len();
    let (here, there) = if at_endpoints { (lines, rows) } else { (rows, lines) };
    if !shown.is_restricted() && (at_endpoints || rows == 0) {
        return Some(view!("{}", needs(shown)));
    }
    (here == 0 && there > 0).then(|| {
        let (tab, label) = if at_endpoints {
            ("operations", text::found_in(text::OPERATIONS, there))
        } else {
            ("endpoints", text::found_in(text::ENDPOINTS, there))
        };
        view!(r#"<button type="button" class="more" name="tab" value={}>{}</button>"#, tab, label)
    })
}

/// `All`: a choice of its own, with a warning once it is made.
fn all(picture: &Picture) -> Html {
    let is_all = picture.selection.all;
    let is_warned = is_all && picture.invite.is_none();
    view!(
        r#"<div class="all"><label class="tick">
            <input type="checkbox" name="all" checked={} data-tick={}/>
            <span>{}<small class={}>{}</small></span>
        </label></div>"#,
        is_all,
        if is_all { "on" } else { "off" },
        const { text::ALL },
        if is_warned { "caution" } else { "" },
        if is_warned { text::ALL_WARNING } else { text::ALL_HINT }
    )
}
