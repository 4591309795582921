//! The findings, worst first, each with its fix.

use scope_rules::{Finding, Severity};
use yew::Html;

use crate::form::more;
use crate::picture::Picture;
use crate::state::Folds;
use crate::text;
use crate::ui::{Icon, Part, fold_button, icon, memo, view};

/// How many findings are drawn at first.
const DRAWN: usize = 3;

/// The findings. They go on where the form does not say it already: a key of which nothing is chosen yet has none.
pub(crate) fn findings(picture: &Picture, folds: &Folds, can_undo: bool) -> Html {
    let findings = Findings {
        picture: picture.clone(),
        drawn: folds.drawn("findings", DRAWN),
        shows_notes: folds.is_flipped("notes"),
        can_undo,
    };
    memo("findings", findings)
}

/// The findings.
struct Findings {
    picture: Picture,
    /// How many are drawn.
    drawn: usize,
    /// Whether the notes are unfolded.
    shows_notes: bool,
    /// Whether the last change was a fix, so that it can be taken back right here.
    can_undo: bool,
}

impl Part for Findings {
    fn is_same(&self, other: &Self) -> bool {
        self.drawn == other.drawn
            && self.shows_notes == other.shows_notes
            && self.can_undo == other.can_undo
            && self.picture == other.picture
    }

    fn draw(&self) -> Html {
        let picture = &self.picture;
        let (mut notes, mut serious, mut fixable) = (Vec::new(), Vec::new(), 0);
        for (at, finding) in picture.findings.iter().enumerate() {
            if !picture.shows(finding) {
                continue;
            }
            if finding.severity() == Severity::Note {
                notes.push((at, finding));
            } else {
                serious.push((at, finding));
                fixable += usize::from(finding.fix.is_some());
            }
        }
        let undo = self.can_undo.then(|| {
            view!(
                r#"<p class="fixed-now" role="status">
                    {} <button type="button" class="quiet" name="undo.here">{}</button>
                </p>"#,
                const { text::CHANGED },
                const { text::UNDO }
            )
        });
        if serious.is_empty() && notes.is_empty() && undo.is_none() {
            return Html::default();
        }
        let fix_all = (fixable > 1).then(|| {
            view!(r#"<button type="button" name="fix-all">{}</button>"#, const { text::FIX_ALL })
        });
        let rows = rows(picture, serious.iter().take(self.drawn));
        let head = (!serious.is_empty())
            .then(|| view!("<header><h3>{}</h3>{}</header>", text::findings(picture), fix_all));
        view!(
            r#"<section class="findings" aria-label={} tabindex="-1">{}{}<ul>{}</ul>{}{}</section>"#,
            const { text::FINDINGS },
            undo,
            head,
            rows,
            more("findings".into(), text::FINDINGS, DRAWN, self.drawn, serious.len()),
            (!notes.is_empty()).then(|| self.notes(&notes))
        )
    }
}

impl Findings {
    /// The notes, folded: they are advice, and there can be many.
    fn notes(&self, notes: &[(usize, &Finding)]) -> Html {
        let rows =
            rows(&self.picture, notes.iter().take(if self.shows_notes { usize::MAX } else { 0 }));
        let label = view!(
            "{}<span>{}</span>{}",
            icon(Icon::Note),
            text::notes(notes.len()),
            icon(Icon::Down)
        );
        view!(
            r#"{}<ul hidden={}>{}</ul>"#,
            fold_button("fold", "notes".to_owned(), self.shows_notes, false, None, label),
            !self.shows_notes,
            rows
        )
    }
}

fn rows<'a>(
    picture: &Picture,
    findings: impl Iterator<Item = &'a (usize, &'a Finding)>,
) -> Vec<Html> {
    let mut rows = Vec::new();
    for (at, finding) in findings {
        rows.push(row(picture, *at, finding));
    }
    rows
}

fn row(picture: &Picture, at: usize, finding: &Finding) -> Html {
    let severity = finding.severity();
    let mark = match severity {
        Severity::Error => Icon::Rejected,
        Severity::Warning => Icon::Warning,
        Severity::Note => Icon::Note,
    };
    let fix = picture.fix_of(finding);
    view!(
        r#"<li class={}>{}<p><span class="hidden">{}</span>{}</p>{}</li>"#,
        severity.as_str(),
        icon(mark),
        text::severity(severity),
        text::finding(picture, finding),
        fix.map(|fix| {
            view!(r#"<button type="button" name="fix" value={}>{}</button>"#, at, text::fix(&fix))
        })
    )
}
