//! The form: what a key is for, what it is called, when it ends and what it may do.

mod app;
mod apps;
mod details;
mod endpoints;
mod operations;
mod scopes;
mod view;

pub(crate) use app::{AppChoice, app_choice};
pub(crate) use apps::use_shelf;
use details::LONGEST;
pub(crate) use details::details;
pub(crate) use scopes::Scopes;
use view::View;

use scope_rules::{KeyType, Name};
use yew::{AttrValue, Html, html};

use crate::clock;
use crate::draft::Draft;
use crate::text;

/// What is wrong with the fields.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Wrong {
    /// With the app.
    pub app: Option<AttrValue>,
    /// With the description.
    pub description: Option<AttrValue>,
    /// With the expiry.
    pub expiry: Option<AttrValue>,
}

impl Wrong {
    /// What is wrong with a draft, `has_app` saying whether its app is one that the user can use.
    #[must_use]
    pub(crate) fn of(draft: &Draft, has_app: bool) -> Self {
        if draft.editing.is_some() {
            return Self::default();
        }
        let needs_app = draft.key_type == KeyType::AppSpecificKey;
        Self {
            app: (needs_app && !has_app).then_some(text::MISSING_APP.into()),
            description: match draft.description.trim().chars().count() {
                0 => Some(text::MISSING_DESCRIPTION.into()),
                length if length > LONGEST => Some(text::too_long(LONGEST)),
                _ => None,
            },
            expiry: (!draft.expiry.is_ahead(&clock::today())).then_some(text::MISSING_DATE.into()),
        }
    }

    /// Whether there is anything wrong.
    #[must_use]
    pub(crate) fn is_any(&self) -> bool {
        self.app.is_some() || self.description.is_some() || self.expiry.is_some()
    }
}

/// What is wrong with a field, below it.
fn error(id: &AttrValue, wrong: Option<&AttrValue>) -> Html {
    html! { <p class="wrong" id={id.clone()}>{ wrong.cloned().unwrap_or_default() }</p> }
}

/// A list of scopes.
pub(crate) fn names(names: &[Name]) -> Html {
    html! {
        <ul class="names">
            for name in names { <li><code>{ text::short(name) }</code></li> }
        </ul>
    }
}
