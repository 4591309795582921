//! Drafts as links, and links as drafts.
//!
//! `?app=&owner=&type=&description=&scopes=&endpoints=&expires=`. The draft that survives a reload is kept in the same
//! form. A secret is no part of a draft, so that no link can hold one.

use std::collections::BTreeSet;
use std::rc::Rc;

use portal_api::AppRef;
use scope_rules::{KeyType, Name};

use super::{Attempt, Draft, Expiry, Selection};

/// Something in a link that could not be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Problem {
    /// The expiry is not understood.
    Expiry(String),
    /// The key type is not known.
    KeyType(String),
    /// A scope is too long to be one.
    Scope(String),
}

/// The draft as a query without its question mark.
#[must_use]
pub(crate) fn write(draft: &Draft) -> String {
    let mut query = String::new();
    if let Some(app) = &draft.app {
        pair(&mut query, "app", &app.id);
        pair(&mut query, "owner", &app.user_id);
    }
    if draft.key_type == KeyType::PersonalAccessToken {
        pair(&mut query, "type", draft.key_type.as_str());
    }
    if !draft.description.is_empty() {
        pair(&mut query, "description", &draft.description);
    }
    let selection = &draft.selection;
    if selection.all {
        pair(&mut query, "scopes", scope_rules::ALL);
    } else if !selection.operations.is_empty() {
        pair(&mut query, "scopes", &joined(&selection.operations));
    }
    if selection.restricted {
        pair(&mut query, "endpoints", &joined(&selection.endpoints));
    }
    if draft.expiry != Expiry::Never {
        pair(&mut query, "expires", &draft.expiry.to_link());
    }
    query
}

/// The draft as it is kept for a reload: a link, and the attempt to create it that is under way. While a key is being
/// edited that is the draft to go back to, so that a reload does not put the key's scopes in its place.
#[must_use]
pub(crate) fn write_kept(draft: &Draft) -> String {
    let draft = draft.editing.as_ref().map_or(draft, |editing| &editing.before);
    let mut query = write(draft);
    if let Some(attempt) = &draft.attempt {
        pair(&mut query, "attempt", &attempt.id);
        pair(&mut query, "at", &attempt.at.to_string());
    }
    query
}

/// Reads a query, with or without its question mark. What is missing has its default.
#[must_use]
pub(crate) fn read(query: &str) -> (Draft, Vec<Problem>) {
    let mut draft = Draft::default();
    let mut selection = Selection::default();
    let mut app = AppRef::default();
    let mut problems = Vec::new();
    let (mut attempt, mut at) = (None, 0);
    for (name, value) in pairs(query) {
        match name.as_str() {
            "app" => app.id = value,
            "owner" => app.user_id = value,
            "type" => match value.parse() {
                Ok(key_type) => draft.key_type = key_type,
                Err(_) => problems.push(Problem::KeyType(value)),
            },
            "description" => draft.description = value.into(),
            "scopes" => {
                selection.operations = names(&value, Name::operation, &mut problems);
                selection.all = selection.operations.remove(scope_rules::ALL);
            }
            "endpoints" => {
                selection.restricted = true;
                selection.endpoints = names(&value, Name::endpoint, &mut problems);
            }
            "expires" => match Expiry::parse(&value) {
                Some(expiry) => draft.expiry = expiry,
                None => problems.push(Problem::Expiry(value)),
            },
            "attempt" => attempt = Some(Rc::from(value)),
            "at" => at = value.parse().unwrap_or_default(),
            _ => {}
        }
    }
    draft.app = (!app.id.is_empty()).then(|| Rc::new(app));
    draft.selection = Rc::new(selection);
    draft.attempt = attempt.map(|id| Attempt { id, at });
    (draft, problems)
}

fn joined(names: &BTreeSet<Name>) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(name);
    }
    text
}

fn names<E>(
    list: &str,
    read: impl Fn(&str) -> Result<Name, E>,
    problems: &mut Vec<Problem>,
) -> BTreeSet<Name> {
    let mut names = BTreeSet::new();
    for name in list.split(',').filter(|name| !name.is_empty()) {
        match read(name) {
            Ok(name) => {
                names.insert(name);
            }
            Err(_) => problems.push(Problem::Scope(name.chars().take(40).collect())),
        }
    }
    names
}

fn pair(query: &mut String, name: &str, value: &str) {
    const HEX: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b':'
            | b'/'
            | b',' => {
                query.push(char::from(byte));
            }
            _ => {
                query.push('%');
                query.extend(
                    [byte >> 4, byte & 15].iter().filter_map(|half| HEX.get(usize::from(*half))),
                );
            }
        }
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        bytes.push(high << 4 | low);
                        rest = ahead;
                    }
                    _ => bytes.push(b'%'),
                }
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Action;

    #[test]
    fn a_link_brings_back_the_draft() {
        let query = "app=vision&owner=ada&type=personal_access_token&description=Nightly%20%26%20more%E2%80%A6\
                     &scopes=Inputs:Get,Predict&endpoints=/clarifai.api.V2/GetInput&expires=90d";
        let (draft, problems) = read(query);
        assert_eq!(problems, []);
        assert_eq!(&*draft.description, "Nightly & more…");
        assert!(draft.selection.holds("Predict") && draft.selection.restricted);
        assert_eq!(write(&draft), query);
    }

    #[test]
    fn an_empty_list_of_endpoints_is_not_any() {
        let (draft, _) = read("?endpoints=");
        assert!(draft.selection.restricted);
        assert_eq!(write(&draft), "endpoints=");
        assert!(!read("").0.selection.restricted);
    }

    #[test]
    fn all_is_a_choice_of_its_own() {
        let (draft, _) = read("scopes=All,Inputs_Get");
        assert!(draft.selection.all);
        assert_eq!(write(&draft), "scopes=All");
    }

    #[test]
    fn what_cannot_be_used_is_reported() {
        let (draft, problems) = read("type=master&expires=soon&utm_source=x&broken");
        assert_eq!(problems, [Problem::KeyType("master".into()), Problem::Expiry("soon".into())]);
        assert!(draft == Draft::default());
        let (_, problems) = read(&format!("scopes={}", "x".repeat(1_000)));
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn broken_escapes_are_text() {
        assert_eq!(decode("100%+%zz%41%C3%A9%ff"), "100% %zzAé\u{fffd}");
    }

    #[test]
    fn a_reload_while_a_key_is_edited_brings_back_the_draft() {
        let (draft, _) = read("description=mine&scopes=Predict");
        let edit = draft.after(Action::Edit("key_1".into(), "theirs".into(), Rc::default()));
        assert!(edit.selection != draft.selection);
        assert!(read(&write_kept(&edit)).0 == draft);
    }

    #[test]
    fn an_attempt_survives_a_reload_but_is_in_no_link() {
        let (draft, _) = read("description=x&attempt=abc&at=12");
        assert_eq!(write(&draft), "description=x");
        assert!(read(&write_kept(&draft)).0 == draft);
    }
}
