//! What the page needs from outside.

use yew::{AttrValue, Properties};

/// What the page needs from outside.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Options {
    /// Where the backend is, without a slash at the end; empty for the page's own origin. It knows the user by the session
    /// that the browser has with it, which browsers have only with the page's own origin.
    pub api_base: AttrValue,
    /// Who is signed in; `me` lets the backend say.
    pub user_id: AttrValue,
    /// Where below the backend's address a `POST` renews a session that has ended; empty if nowhere.
    pub renew: AttrValue,
    /// A query that fills in the form: `app=&description=&scopes=&endpoints=&expires=`.
    pub link: AttrValue,
    /// The address that links to a selection begin with; empty if none are to be made.
    pub link_base: AttrValue,
    /// Under which name the draft is kept in the tab's storage; empty if it is not to be kept.
    pub storage_key: AttrValue,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            api_base: AttrValue::default(),
            user_id: AttrValue::Static("me"),
            renew: AttrValue::default(),
            link: AttrValue::default(),
            link_base: AttrValue::default(),
            storage_key: AttrValue::default(),
        }
    }
}
