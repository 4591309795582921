//! The form: what a key is for, what it is called, when it ends and what it may do.

mod app;
mod details;
mod endpoints;
mod operations;
mod scopes;
mod view;

pub(crate) use app::app;
pub(crate) use details::details;
pub(crate) use scopes::{copy_button, scopes};
pub(crate) use view::View;

use scope_rules::Name;
use yew::{AttrValue, Html};

use crate::outline::Line;
use crate::portal::PortalError;
use crate::text;
use crate::ui::{Icon, icon, view};

/// How many names of a list are shown before it is folded.
const SHOWN: usize = 12;

/// What is wrong with a field, below it.
fn error(id: AttrValue, wrong: Option<&AttrValue>) -> Html {
    view!(r#"<p class="wrong" id={}>{}</p>"#, id, wrong)
}

/// A list of scopes; of a long one the rest is folded.
pub(crate) fn names(names: &[Name]) -> Html {
    let list = |names: &[Name]| {
        let mut items = Vec::new();
        for name in names {
            items.push(view!("<li><code>{}</code></li>", text::short(name).to_owned()));
        }
        view!(r#"<ul class="names">{}</ul>"#, items)
    };
    let (shown, rest) = names.split_at(SHOWN.min(names.len()));
    let rest = (!rest.is_empty()).then(|| {
        view!(
            "<details><summary>{}</summary>{}</details>",
            text::more_names(rest.len()),
            list(rest)
        )
    });
    view!("{}{}", list(shown), rest)
}

/// Says what failed, why, and offers to try again.
pub(crate) fn failure(
    title: &'static str,
    error: Option<&PortalError>,
    retry: &'static str,
) -> Option<Html> {
    let error = error?;
    Some(view!(
        r#"<div class="failure" role="alert">
            {}<p><strong>{}</strong> {}</p><button type="button" name="retry" value={}>{}</button>
        </div>"#,
        icon(Icon::Warning),
        title,
        text::problem(error),
        retry,
        const { text::TRY_AGAIN }
    ))
}

/// A button below a long list, of which `first` rows are drawn at first, and now `drawn` of `total`. It stays where it is
/// when there is nothing more to show, and so keeps the focus. For screen readers it says what it shows more of.
pub(crate) fn more(
    list: AttrValue,
    of: &'static str,
    first: usize,
    drawn: usize,
    total: usize,
) -> Html {
    if total <= first {
        return Html::default();
    }
    let (name, label) =
        if drawn < total { ("more", text::SHOW_MORE) } else { ("fold", text::SHOW_FEWER) };
    view!(
        r#"<button type="button" class="more" name={} value={}>{}<span class="hidden">: {}</span></button>"#,
        name,
        list,
        label,
        of
    )
}

/// What is said where a filter leaves nothing.
fn nothing(view: &View) -> Html {
    let said = if view.is_searched() { text::NOTHING_FOUND } else { text::NOTHING_TICKED };
    view!(r#"<p class="empty">{}</p>"#, said)
}

/// Marks what is deprecated.
pub(crate) fn tag(line: &Line) -> Option<Html> {
    line.deprecated.then(|| view!(r#"<em class="tag">{}</em>"#, const { text::DEPRECATED }))
}
