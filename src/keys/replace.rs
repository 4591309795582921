//! Replacing a key: a new one with the same scopes, while the old one still works for a while.

use portal_api::Key;
use yew::{AttrValue, Html};

use crate::clock;
use crate::draft::Expiry;
use crate::state::{Pending, State};
use crate::text;
use crate::ui::{busy_button, radio, view};

/// How long the old key goes on working.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Overlap {
    /// Not at all: it is deleted.
    None,
    /// For 24 hours.
    Day,
    /// For 7 days.
    Week,
}

impl Overlap {
    /// The choices, in the order in which they are offered.
    const ALL: [Self; 3] = [Self::None, Self::Day, Self::Week];

    const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    /// The choice of that name.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|overlap| overlap.as_str() == text)
    }

    /// When the old key is to end, as RFC 3339; nothing if it is deleted.
    #[must_use]
    pub(crate) fn end(self) -> Option<String> {
        let days = match self {
            Self::None => return None,
            Self::Day => 1,
            Self::Week => 7,
        };
        clock::end(&Expiry::Days(days), clock::now())
    }

    /// Whether the old key ends sooner by itself.
    #[must_use]
    pub(crate) fn outlasts(self, key: &Key) -> bool {
        let ends = key.expires_at.as_deref();
        ends.zip(self.end()).is_some_and(|(ends, end)| clock::is_before(ends, &end))
    }
}

/// What the dialog asks: how long the old key is to go on working.
pub(crate) fn replace(state: &State, pending: &Pending, overlap: Overlap) -> Html {
    let key = &pending.key;
    let attempt = state.attempt_to_replace(key);
    let mut choices = Vec::new();
    for choice in Overlap::ALL {
        let group = AttrValue::from(["overlap.", &state.id].concat());
        let outlasts = choice.outlasts(key);
        let label = view!("{}", text::overlap(choice, outlasts));
        let is_chosen = overlap == choice;
        choices.push(radio("tick", group, choice.as_str(), is_chosen, pending.busy, label));
        if outlasts {
            // What is longer comes to the same.
            break;
        }
    }
    let error = if pending.lost {
        Some(AttrValue::Static(text::REPLACEMENT_LOST))
    } else {
        pending.error.as_ref().map(|error| text::no_key(text::NOT_REPLACED, error, attempt))
    };
    view!(
        r#"<p>{}</p><p>{}</p>
        <fieldset class="choice"><legend>{}</legend>{}</fieldset>
        <p class="wrong" role="alert">{}</p>
        <footer><button type="button" name="cancel" disabled={}>{}</button>{}</footer>"#,
        text::replace_hint(&key.description, &key.last_four),
        text::replaced_expiry(key.expires_at.as_deref()),
        const { text::OLD_KEY },
        choices,
        error,
        pending.busy,
        const { text::CANCEL },
        busy_button(
            "primary",
            "replace-now",
            pending.busy,
            pending.lost,
            if pending.busy { text::REPLACING } else { text::REPLACE }
        )
    )
}
