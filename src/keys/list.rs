//! The keys of the chosen app, or the user's tokens.

use std::rc::Rc;

use portal_api::Key;
use scope_rules::{Access, Grant};
use yew::{AttrValue, Html};

use crate::clock;
use crate::create::grant_of;
use crate::form::{failure, more};
use crate::outline::Outline;
use crate::picture::Picture;
use crate::preview::{Place, bounds, counts, endpoint_list};
use crate::state::{Folds, Listing, Outcome, State};
use crate::text;
use crate::ui::{Part, memo, skeleton, sub_id, truth, view};

/// How many keys are drawn at first.
const DRAWN: usize = 60;

/// What can be done with a key: the name of the button, what it says, and its class.
const ACTIONS: [(&str, &str, &str); 4] = [
    ("edit", text::EDIT, ""),
    ("template", text::USE_AS_TEMPLATE, ""),
    ("replace", text::REPLACE, ""),
    ("remove", text::DELETE, "danger"),
];

/// The keys.
pub(crate) fn keys(state: &State) -> Html {
    if state.entry().is_none() && !state.is_token() {
        return view!(r#"<p class="hint choose-first">{}</p>"#, const { text::CHOOSE_APP_FIRST });
    }
    let title = sub_id(&state.id, "keys");
    let named = match state.entry() {
        Some(entry) => text::keys_of(&entry.name),
        None => AttrValue::Static(text::TOKENS_TITLE),
    };
    let keys = &state.keys;
    let is_loading = keys.data.is_none() && keys.busy;
    view!(
        r#"<section class="card keys" tabindex="-1" aria-labelledby={} aria-busy={}>
            <header><h2 id={}>{}</h2><span class="hint" role="status">{}</span></header>
            <p class="done" role="status">{}</p>
            {}{}{}
        </section>"#,
        &title,
        is_loading.then_some("true"),
        &title,
        named,
        keys.data.as_ref().map(|keys| text::key_count(keys.len())),
        matches!(state.outcome, Outcome::Saved).then_some(text::SAVED),
        failure(text::NO_KEYS, keys.error.as_ref(), "keys"),
        is_loading.then(|| skeleton(3)),
        keys.data.as_ref().map(|keys| list(state, keys))
    )
}

fn list(state: &State, keys: &[Rc<Key>]) -> Html {
    if keys.is_empty() {
        return view!(r#"<p class="empty">{}</p>"#, const { text::NO_KEY_YET });
    }
    let invite = state.invite();
    let drawn = state.folds.drawn("keys", DRAWN);
    let mut items = Vec::new();
    for key in keys.iter().take(drawn) {
        let preview = state.previewed.as_ref().filter(|(open, ..)| Rc::ptr_eq(open, key));
        let item = Item {
            key: key.clone(),
            outline: state.outline.data.clone(),
            invite: invite.clone(),
            preview: preview.map(|(_, picture, listing)| (picture.clone(), listing.clone())),
            folds: state.folds.clone(),
        };
        items.push(memo(key.handle.as_str(), item));
    }
    view!("<ul>{}</ul>{}", items, more("keys".into(), text::KEYS, DRAWN, drawn, keys.len()))
}

/// A key.
struct Item {
    key: Rc<Key>,
    outline: Option<Outline>,
    invite: Option<Rc<Grant>>,
    preview: Option<(Picture, Listing)>,
    folds: Rc<Folds>,
}

impl Part for Item {
    fn is_same(&self, other: &Self) -> bool {
        self.key == other.key
            && self.outline == other.outline
            && self.invite == other.invite
            && self.preview == other.preview
            && (self.preview.is_none() || Rc::ptr_eq(&self.folds, &other.folds))
    }

    fn draw(&self) -> Html {
        let key = &self.key;
        let grant = grant_of(key);
        let expired = self.is_expired();
        let risk = self.outline.as_ref().filter(|_| !expired).map(|outline| {
            let risk = Access::new(&outline.catalog, &grant, self.invite.as_deref()).risk();
            view!("<em class={}>{}</em>", risk.as_str(), text::risk(risk))
        });
        let is_open = Some(self.preview.is_some());
        let mut buttons = vec![self.button("preview", text::WHAT_IT_CAN_DO, "", is_open)];
        for (name, label, class) in ACTIONS {
            if expired && name == "edit" {
                continue;
            }
            buttons.push(self.button(name, label, class, None));
        }
        view!(
            r#"<li class={}>
                <div class="key-head">
                    <h3>{}</h3>
                    <code>{} <span class="last-four">…{}</span></code>
                    {}
                </div>
                <p class="hint">{}</p>
                <p>{}</p>
                <div class="key-actions">{}</div>
                {}
            </li>"#,
            if expired { "key expired" } else { "key" },
            AttrValue::from(key.description.clone()),
            AttrValue::from(key.handle.clone()),
            AttrValue::from(key.last_four.clone()),
            risk.or_else(|| expired.then(|| view!("<em>{}</em>", const { text::EXPIRED }))),
            text::lifetime(key.created_at.as_deref(), key.expires_at.as_deref(), expired),
            text::grant(&grant),
            buttons,
            self.preview.as_ref().map(|(picture, listing)| self.preview(picture, listing))
        )
    }
}

impl Item {
    fn is_expired(&self) -> bool {
        self.key.expires_at.as_deref().is_some_and(clock::is_past)
    }

    fn button(
        &self,
        name: &'static str,
        label: &'static str,
        class: &'static str,
        expanded: Option<bool>,
    ) -> Html {
        let key = &self.key;
        view!(
            r#"<button type="button" class={} name={} value={} aria-label={} aria-expanded={} disabled={}>{}</button>"#,
            class,
            name,
            key.handle.clone(),
            text::of_key(label, &key.description, &key.last_four),
            expanded.map(truth),
            expanded.is_some() && self.outline.is_none(),
            label
        )
    }

    fn preview(&self, picture: &Picture, listing: &Listing) -> Html {
        let key = &self.key;
        let (head, hint) = if self.is_expired() {
            (text::EXPIRED, text::EXPIRED_HINT)
        } else {
            (text::risk(picture.risk), text::risk_hint(picture))
        };
        view!(
            r#"<div class="key-preview" tabindex="0" role="region" aria-label={}><p><b>{}:</b> {}</p>{}{}{}</div>"#,
            text::of_key(text::WHAT_IT_CAN_DO, &key.description, &key.last_four),
            head,
            hint,
            counts(picture, listing, Place::Key),
            bounds(picture),
            endpoint_list(picture, listing, &self.folds, Place::Key)
        )
    }
}
