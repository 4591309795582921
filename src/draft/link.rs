//! Drafts as links, and links as drafts.
//!
//! `?app=&owner=&type=&description=&scopes=&endpoints=&expires=`. The draft that survives a reload is kept in the same
//! form. A secret is no part of a draft, so that no link can hold one.

use std::rc::Rc;

use portal_api::AppRef;
use scope_rules::{KeyType, Name, NameError, Names};

use super::{Attempt, Draft, Editing, Expiry, Selection};

/// Something in a link that could not be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Problem {
    /// The expiry is not understood.
    Expiry(String),
    /// The key type is not known.
    KeyType(String),
    /// A scope is too long to be one.
    Scope(String),
    /// Nothing is known by this name.
    Parameter(String),
}

/// What a link says.
#[derive(Default)]
pub(crate) struct Link {
    /// The draft that it fills in, if it fills in anything.
    pub draft: Option<Rc<Draft>>,
    /// What of it could not be used.
    pub problems: Vec<Problem>,
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

/// The draft as it is kept for a reload: a link, what its selection sets aside, and the attempt to create it that is
/// under way. While a key is being edited that is the draft to go back to, and beside it the key with its scopes.
#[must_use]
pub(crate) fn write_kept(draft: &Draft) -> String {
    let Some(editing) = &draft.editing else { return write_aside(draft) };
    let mut query = write_aside(&editing.before);
    pair(&mut query, "editing", &editing.handle);
    pair(&mut query, "called", &editing.description);
    pair(&mut query, "edited", &write_aside(draft));
    query
}

/// The same, whatever is being edited.
fn write_aside(draft: &Draft) -> String {
    let mut query = write(draft);
    if draft.selection.all {
        pair(&mut query, "scopes-aside", &joined(&draft.selection.operations));
    }
    if !draft.selection.restricted {
        pair(&mut query, "endpoints-aside", &joined(&draft.selection.endpoints));
    }
    if let Some(attempt) = &draft.attempt {
        pair(&mut query, "attempt", &attempt.id);
        pair(&mut query, "at", &attempt.at.to_string());
    }
    query
}

/// Reads a link: a query, with or without its question mark. What is missing has its default.
#[must_use]
pub(crate) fn read(query: &str) -> Link {
    read_pairs(query, false)
}

/// Reads a draft that was kept for a reload.
#[must_use]
pub(crate) fn read_kept(query: &str) -> Option<Rc<Draft>> {
    read_pairs(query, true).draft
}

fn read_pairs(query: &str, is_kept: bool) -> Link {
    let mut draft = Draft::default();
    let mut selection = Selection::default();
    let mut app = AppRef::default();
    let mut problems = Vec::new();
    let (mut attempt, mut at) = (None, 0);
    let (mut handle, mut called, mut edited) = (None, Rc::from(""), None);
    let mut is_draft = is_kept;
    for pair in query.strip_prefix('?').unwrap_or(query).split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name), decode(value));
        match name.as_str() {
            "scopes-aside" if is_kept => {
                selection.operations = names(&value, Name::operation, &mut problems);
            }
            "endpoints-aside" if is_kept => {
                selection.endpoints = names(&value, Name::endpoint, &mut problems);
            }
            "attempt" if is_kept => attempt = Some(Rc::from(value)),
            "at" if is_kept => at = value.parse().unwrap_or_default(),
            "editing" if is_kept => handle = Some(Rc::from(value)),
            "called" if is_kept => called = Rc::from(value),
            "edited" if is_kept => edited = read_kept(&value),
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
            // Where a link was found is no matter of the draft.
            "" => continue,
            name if name.starts_with("utm_") => continue,
            name => {
                problems.push(Problem::Parameter(beginning(name)));
                continue;
            }
        }
        is_draft = true;
    }
    draft.app = (!app.id.is_empty()).then(|| Rc::new(app));
    draft.selection = Rc::new(selection);
    draft.attempt = attempt.map(|id| Attempt { id, at });
    if let (Some(handle), Some(edited)) = (handle, edited) {
        let editing = Editing { handle, description: called, before: draft };
        draft = Rc::unwrap_or_clone(edited);
        draft.editing = Some(Rc::new(editing));
    }
    Link { draft: is_draft.then(|| Rc::new(draft)), problems }
}

/// As much of a text as is needed to know it again.
fn beginning(text: &str) -> String {
    text.get(..text.floor_char_boundary(40)).unwrap_or_default().to_owned()
}

fn joined(names: &Names) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(name);
    }
    text
}

fn names(
    list: &str,
    read: fn(&str) -> Result<Name, NameError>,
    problems: &mut Vec<Problem>,
) -> Names {
    let mut names = Names::new();
    for name in list.split(',') {
        if name.is_empty() {
            continue;
        }
        match read(name) {
            Ok(name) => _ = names.insert(name),
            Err(_) => problems.push(Problem::Scope(beginning(name))),
        }
    }
    names
}

fn pair(query: &mut String, name: &str, value: &str) {
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
                push_hex(query, byte);
            }
        }
    }
}

/// Adds a byte as two digits.
pub(crate) fn push_hex(text: &mut String, byte: u8) {
    for half in [byte >> 4, byte & 15] {
        let digit = char::from_digit(u32::from(half), 16).unwrap_or_default();
        text.push(digit.to_ascii_uppercase());
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        let mut byte = if *byte == b'+' { b' ' } else { *byte };
        if byte == b'%'
            && let [high, low, after @ ..] = after
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            byte = high << 4 | low;
            rest = after;
        }
        bytes.push(byte);
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

    fn drafted(query: &str) -> Rc<Draft> {
        read(query).draft.unwrap()
    }

    #[test]
    fn a_link_brings_back_the_draft() {
        let query = "app=vision&owner=ada&type=personal_access_token&description=Nightly%20%26%20more%E2%80%A6\
                     &scopes=Inputs:Get,Predict&endpoints=/clarifai.api.V2/GetInput&expires=90d";
        let link = read(query);
        assert_eq!(link.problems, []);
        let draft = link.draft.unwrap();
        assert_eq!(&*draft.description, "Nightly & more…");
        assert!(draft.selection.holds("Predict") && draft.selection.restricted);
        assert_eq!(write(&draft), query);
    }

    #[test]
    fn an_empty_list_of_endpoints_is_not_any() {
        let draft = drafted("?endpoints=");
        assert!(draft.selection.restricted);
        assert_eq!(write(&draft), "endpoints=");
        assert!(!drafted("?scopes=").selection.restricted);
    }

    #[test]
    fn all_is_a_choice_of_its_own() {
        let draft = drafted("scopes=All,Inputs_Get");
        assert!(draft.selection.all);
        assert_eq!(write(&draft), "scopes=All");
    }

    #[test]
    fn what_cannot_be_used_is_reported() {
        let link = read("type=master&expires=soon&utm_source=x&broken&scope=Predict");
        assert_eq!(
            link.problems,
            [
                Problem::KeyType("master".into()),
                Problem::Expiry("soon".into()),
                Problem::Parameter("broken".into()),
                Problem::Parameter("scope".into()),
            ]
        );
        assert!(*link.draft.unwrap() == Draft::default());
        assert_eq!(read(&format!("scopes={}", "x".repeat(1_000))).problems.len(), 1);
    }

    #[test]
    fn a_link_that_fills_in_nothing_is_no_draft() {
        for query in ["", "?", "?utm_source=mail", "?attempt=abc&at=12"] {
            assert!(read(query).draft.is_none(), "{query}");
        }
    }

    #[test]
    fn broken_escapes_are_text() {
        assert_eq!(decode("100%+%zz%41%C3%A9%ff"), "100% %zzAé\u{fffd}");
    }

    #[test]
    fn a_reload_while_a_key_is_edited_brings_back_both() {
        let draft = drafted("app=a&description=mine&scopes=Predict");
        let edit = draft
            .after(Action::Edit("key_1".into(), "theirs".into(), Rc::default()))
            .after(Action::All(true));
        let kept = read_kept(&write_kept(&edit)).unwrap();
        assert!(kept.editing == edit.editing && kept.selection == edit.selection);
        assert!(kept.after(Action::StopEditing) == *draft);
    }

    #[test]
    fn what_is_set_aside_survives_a_reload_but_is_in_no_link() {
        let draft = drafted("scopes=Predict&endpoints=/x/Y")
            .after(Action::All(true))
            .after(Action::Restrict(false));
        assert_eq!(write(&draft), "scopes=All");
        assert!(read_kept(&write_kept(&draft)).unwrap().selection == draft.selection);
    }

    #[test]
    fn an_attempt_survives_a_reload_but_is_in_no_link() {
        let attempt = Attempt { id: "abc".into(), at: 12 };
        let draft = drafted("description=x").after(Action::Attempt(attempt));
        assert_eq!(write(&draft), "description=x");
        assert!(*read_kept(&write_kept(&draft)).unwrap() == draft);
    }
}
