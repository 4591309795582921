//! Beside the form: what the key will be able to do, and the button that creates it.

use scope_rules::{Grant, Name, Severity};
use yew::{AttrValue, Html};

use crate::form::{failure, names};
use crate::picture::{Picture, beyond};
use crate::preview::{Place, bounds, counts, endpoint_list, findings, outcomes, probe};
use crate::state::{Outcome, State};
use crate::text;
use crate::ui::{Icon, busy_button, icon, skeleton, sub_id, view};
use crate::wrong::Wrong;

/// What the key will be able to do, and the button that creates it.
pub(crate) fn panel(state: &State, wrong: &Wrong) -> Html {
    let id = sub_id(&state.id, "panel");
    match &state.picture {
        Some(picture) => known(state, picture, wrong, id),
        None => {
            let is_busy = state.outline.error.is_none() && state.user.error.is_none();
            view!(
                r#"<aside id={} aria-busy={} aria-label={}><div class="panel"><div class="waits">{}</div></div></aside>"#,
                id,
                is_busy.then_some("true"),
                const { text::EFFECTIVE_PERMISSIONS },
                not_yet(is_busy, 10)
            )
        }
    }
}

/// What is in place of what is not known yet.
fn not_yet(is_busy: bool, rows: usize) -> Html {
    if is_busy {
        skeleton(rows)
    } else {
        view!(r#"<p class="empty">{}</p>"#, const { text::NOT_KNOWN_YET })
    }
}

fn known(state: &State, picture: &Picture, wrong: &Wrong, id: AttrValue) -> Html {
    let is_blank = picture.is_blank();
    let risk = if is_blank {
        view!(r#"<p>{}</p>"#, const { text::BLANK })
    } else if picture.is_dead() {
        view!(r#"<p>{}</p>"#, const { text::DEAD })
    } else {
        view!(
            r#"<p class={}><b>{}:</b> {}</p>"#,
            picture.risk.as_str(),
            text::risk(picture.risk),
            text::risk_hint(picture)
        )
    };
    // What is missing from a key of which nothing is chosen yet is said once somebody wants to create it.
    let shows_findings = !is_blank || matches!(state.outcome, Outcome::Refused(..));
    let can_undo = state.fixed && state.draft.can_undo();
    view!(
        r#"<aside id={} tabindex="-1" aria-label={}><div class="panel">
            <header><h2>{}</h2>{}{}{}</header>
            <div class="scroll" tabindex="0" role="region" aria-label={}>{}{}{}</div>
            <footer>{}{}{}</footer>
        </div></aside>"#,
        id,
        const { text::EFFECTIVE_PERMISSIONS },
        const { text::EFFECTIVE_PERMISSIONS },
        risk,
        counts(picture, &state.listing, Place::Panel),
        probe(state),
        const { text::FINDINGS_AND_CALLS },
        shows_findings.then(|| findings(picture, &state.folds, can_undo)),
        bounds(picture),
        endpoint_list(picture, &state.listing, &state.folds, Place::Panel),
        state.draft.editing.is_none().then(|| view!("<p>{}</p>", text::summary(state, picture))),
        said(state, picture, wrong),
        create_button(state)
    )
}

fn create_button(state: &State) -> Html {
    let is_busy = matches!(state.outcome, Outcome::Busy);
    let label = match (state.draft.editing.is_some(), is_busy) {
        (false, false) => text::CREATE,
        (false, true) => text::CREATING,
        (true, false) => text::SAVE,
        (true, true) => text::SAVING,
    };
    busy_button("primary", "create", is_busy, false, label)
}

/// What came of the last press, as far as it still holds.
fn said(state: &State, picture: &Picture, wrong: &Wrong) -> Html {
    let is_editing = state.draft.editing.is_some();
    let problem: Option<AttrValue> = match &state.outcome {
        Outcome::None | Outcome::Busy | Outcome::Saved => None,
        Outcome::Lost => Some(AttrValue::Static(text::SECRET_LOST)),
        Outcome::Refused(..) if wrong.is_any() => Some(AttrValue::Static(text::CHECK_FIELDS)),
        Outcome::Refused(..) if picture.count(Severity::Error) > 0 => {
            Some(AttrValue::Static(text::FIX_ERRORS_FIRST))
        }
        Outcome::Refused(..) => None,
        Outcome::Failed(error) if is_editing => Some(text::could_not(text::NOT_SAVED, error)),
        Outcome::Failed(error) => {
            Some(text::no_key(text::NOT_CREATED, error, state.draft.attempt.as_ref()))
        }
    };
    view!(r#"<p class="wrong" role="alert">{}</p>"#, problem)
}

/// On a narrow screen: the counts, what a box would change, and the button, at the lower edge while the form is scrolled.
pub(crate) fn tally(state: &State, picture: &Picture) -> Html {
    let mut counts = Vec::new();
    for (outcome, mark, count) in outcomes(&picture.counts) {
        counts.push(view!(
            r#"<span class={}>{}<b>{}</b><span class="hidden"> {}</span></span>"#,
            outcome.as_str(),
            icon(mark),
            text::number(count),
            text::outcome(outcome)
        ));
    }
    let serious = picture.count(Severity::Error) + picture.count(Severity::Warning);
    let findings = (serious > 0 && !picture.is_blank()).then(|| text::findings(picture));
    let said = state.said.as_ref().map(|said| view!(r#"<p class="probe">{}</p>"#, said));
    view!(
        r#"<div class="tally">
            <button type="button" class="quiet" name="show-panel">{}{}<small>{}</small></button>
            {}{}
        </div>"#,
        const { text::WHAT_IT_CAN_DO },
        counts,
        findings,
        said,
        create_button(state)
    )
}

/// Names the warnings, and asks.
pub(crate) fn confirm(state: &State) -> Html {
    let mut items = Vec::new();
    let mut is_fixable = false;
    if let Some(picture) = &state.picture {
        for finding in &picture.findings {
            if finding.severity() == Severity::Warning {
                is_fixable |= finding.fix.is_some();
                let said = text::finding(picture, finding);
                items.push(view!("<li>{}{}</li>", icon(Icon::Warning), said));
            }
        }
    }
    let is_editing = state.draft.editing.is_some();
    let fix = is_fixable.then(|| {
        view!(r#"<button type="button" name="fix-all">{}</button>"#, const { text::FIX_FIRST })
    });
    let label = if is_editing { text::SAVE_ANYWAY } else { text::CREATE_ANYWAY };
    view!(
        r#"<ul class="warnings">{}</ul>
        <footer>
            <button type="button" name="cancel">{}</button>
            {}
            <button type="button" class="primary" name="create" value="confirmed">{}</button>
        </footer>"#,
        items,
        const { text::GO_BACK },
        fix,
        label
    )
}

/// Lists what all fixes change, and asks.
pub(crate) fn fix_all(state: &State, grant: &Grant) -> Html {
    let now = state.draft.selection.grant();
    let part = |label: &'static str, scopes: &[Name]| {
        (!scopes.is_empty()).then(|| view!("<p>{}</p>{}", label, names(scopes)))
    };
    view!(
        r#"<p>{}</p>{}{}
        <footer>
            <button type="button" name="cancel">{}</button>
            <button type="button" class="primary" name="apply-fixes">{}</button>
        </footer>"#,
        const { text::FIX_ALL_HINT },
        part(text::FIX_ALL_ADDS, &beyond(grant, &now)),
        part(text::WOULD_REMOVE, &beyond(&now, grant)),
        const { text::CANCEL },
        const { text::APPLY }
    )
}

/// The scopes while they cannot be shown: loading, or failed.
pub(crate) fn waiting(state: &State) -> Html {
    match failure(text::NO_CATALOG, state.outline.error.as_ref(), "scopes") {
        Some(failure) => failure,
        None => {
            let is_busy = state.user.error.is_none();
            view!(
                r#"<section key="waiting" class="card" aria-busy={} aria-label={}>{}</section>"#,
                is_busy.then_some("true"),
                const { text::SCOPES },
                not_yet(is_busy, 12)
            )
        }
    }
}
