//! The form: what a key is for, what it is called, when it ends and what it may do.

mod app;
mod apps;
mod details;
mod endpoints;
mod needs;
mod operations;
mod scopes;

pub(crate) use app::AppChoice;
pub(crate) use apps::use_shelf;
pub(crate) use details::{Details, LONGEST};
pub(crate) use needs::names;
pub(crate) use scopes::Scopes;

use yew::{AttrValue, Html, html};

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
