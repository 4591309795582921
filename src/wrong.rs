//! What is wrong with the fields of a draft.

use portal_api::Status;
use scope_rules::KeyType;
use yew::AttrValue;

use crate::clock;
use crate::draft::Draft;
use crate::text;

/// The longest description that the backend takes, in characters.
pub(crate) const LONGEST: usize = 100;

/// What is wrong with the fields of a draft.
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
            app: (needs_app && !has_app).then(|| text::MISSING_APP.into()),
            description: match draft.description.trim().chars().count() {
                0 => Some(text::MISSING_DESCRIPTION.into()),
                length if length > LONGEST => Some(text::too_long(LONGEST)),
                _ => None,
            },
            expiry: (!draft.expiry.is_ahead(&clock::today())).then(|| text::MISSING_DATE.into()),
        }
    }

    /// What the backend says is wrong, if that is about a field.
    #[must_use]
    pub(crate) fn said(status: &Status) -> Option<Self> {
        let said: Option<AttrValue> =
            Some(text::sentence(status.details.as_deref().unwrap_or(&status.description)));
        // Its last member: `keys[0].apps[0]` is about `apps`.
        let mut field = status.field.as_deref()?;
        while let Some((_, member)) = field.split_once('.') {
            field = member;
        }
        let mut wrong = Self::default();
        match field.split_once('[').map_or(field, |(name, _)| name) {
            "description" => wrong.description = said,
            "expires_at" => wrong.expiry = said,
            "apps" => wrong.app = said,
            _ => return None,
        }
        Some(wrong)
    }

    /// This, and what was said of another draft, as far as its fields are still the same.
    #[must_use]
    pub(crate) fn or(self, said: &Self, of: &Draft, now: &Draft) -> Self {
        let still = |said: &Option<AttrValue>, is_same: bool| said.clone().filter(|_| is_same);
        Self {
            app: self.app.or_else(|| still(&said.app, of.app == now.app)),
            description: self
                .description
                .or_else(|| still(&said.description, of.description == now.description)),
            expiry: self.expiry.or_else(|| still(&said.expiry, of.expiry == now.expiry)),
        }
    }

    /// Whether there is anything wrong.
    #[must_use]
    pub(crate) fn is_any(&self) -> bool {
        self.app.is_some() || self.description.is_some() || self.expiry.is_some()
    }
}
