//! Every sentence that the page says, in one place, ready to be translated.

use std::rc::Rc;

use scope_rules::{
    Code, Decision, Endpoints, Finding, Fix, Grant, Name, Names, Operations, Outcome, Rejection,
    Risk, Severity, Side,
};
use yew::AttrValue;

use crate::clock;
use crate::draft::link::Problem;
use crate::draft::presets::Preset;
use crate::draft::{Action, Attempt, Expiry};
use crate::keys::Overlap;
use crate::outline::Outline;
use crate::picture::{Change, Parts, Reach};
use crate::portal::PortalError;
use crate::state::State;

/// A sentence with words in its places: each `{}` takes the next one. That there are as many is checked when it is
/// compiled.
macro_rules! string {
    ($sentence:expr $(, $word:expr)* $(,)?) => {{
        const { assert!(places($sentence) == <[&str]>::len(&[$(stringify!($word)),*])) };
        filled($sentence, &[$($word),*])
    }};
}

/// The same, to be shown.
macro_rules! say {
    ($($part:expr),+ $(,)?) => {
        AttrValue::from(string![$($part),+])
    };
}

/// How many places a sentence has.
const fn places(sentence: &str) -> usize {
    let mut rest = sentence.as_bytes();
    let mut count = 0;
    while let Some((letter, after)) = rest.split_first() {
        if *letter == b'{' {
            count += 1;
        }
        rest = after;
    }
    count
}

fn filled(sentence: &str, words: &[&str]) -> String {
    let mut words = words.iter();
    let mut text = String::new();
    for letter in sentence.chars() {
        match letter {
            '{' => text.push_str(words.next().copied().unwrap_or_default()),
            '}' => {}
            letter => text.push(letter),
        }
    }
    text
}

pub(crate) const TITLE: &str = "Create an API key";
pub(crate) const SUBTITLE: &str = "Choose what the key is for, and see what it will really be able to do. \
                            Make a key for each purpose, so that you can end one without breaking the rest.";
pub(crate) const WHAT_FOR: &str = "Where the key works";
pub(crate) const KIND: &str = "Kind of key";
pub(crate) const APP_KEY: &str = "Key for one app";
pub(crate) const TOKEN: &str = "Personal access token";
pub(crate) const TOKEN_HINT: &str = "A personal access token is tied to no app: it reaches everything that you can reach, \
                              as far as its scopes allow.";
pub(crate) const APP: &str = "App";
pub(crate) const APPS: &str = "Apps";
pub(crate) const CHOOSE_APP: &str = "Choose an app";
pub(crate) const APP_HINT: &str = "The key works in this app only.";
pub(crate) const LOADING_APPS: &str = "Loading your apps…";
pub(crate) const MORE_APPS: &str = "Loading more apps…";
pub(crate) const NO_APPS: &str = "Your apps could not be loaded.";
pub(crate) const NO_APP: &str = "You have no apps yet, and nobody shares one with you.";
pub(crate) const NOT_ALL_APPS: &str = "Some of your apps could not be loaded.";
pub(crate) const NOTHING_TICKED: &str = "Nothing is ticked.";
pub(crate) const NOTHING_FOUND: &str = "Nothing found. Try another word.";
pub(crate) const NO_SUCH_CALL: &str = "No call. Press the count again to see all.";
pub(crate) const DETAILS: &str = "Description and expiry";
pub(crate) const DESCRIPTION: &str = "Description";
pub(crate) const DESCRIPTION_EXAMPLE: &str = "Nightly upload from the camera server";
pub(crate) const DESCRIPTION_HINT: &str =
    "Helps you to tell your keys apart. It does not identify you or your app.";
pub(crate) const EXPIRES: &str = "Expires";
pub(crate) const NEVER: &str = "Never";
pub(crate) const ON_A_DATE: &str = "On a date…";
pub(crate) const LAST_DAY: &str = "Last day (UTC)";
pub(crate) const NEVER_HINT: &str = "Keys do not expire unless you say so.";
pub(crate) const EXPIRY_HINT: &str = "After that, calls with the key are refused.";
pub(crate) const SCOPES: &str = "Scopes";
pub(crate) const SCOPES_HINT: &str = "Scopes are a key's permissions. Operations say what it may do, endpoints which calls it may make; a call must pass both.";
pub(crate) const PRESETS: &str = "Start from a job";
pub(crate) const PRESETS_HINT: &str =
    "Start from a job. It replaces what is ticked; you can undo it.";
pub(crate) const SHOW_MORE: &str = "Show more";
pub(crate) const SHOW_FEWER: &str = "Show fewer";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const REDO: &str = "Redo";
pub(crate) const OPERATIONS: &str = "Operations";
pub(crate) const OPERATIONS_CAPTION: &str =
    "Operations by resource: read, write, delete and other ones";
pub(crate) const ENDPOINTS: &str = "Endpoints";
pub(crate) const SEARCH_SCOPES: &str = "Search operations and endpoints";
pub(crate) const SKIP_TO_PANEL: &str = "Skip to what it can do";
pub(crate) const ONLY_SELECTED: &str = "Only selected";
pub(crate) const RESOURCE: &str = "Resource";
pub(crate) const COLUMN_LABELS: [&str; 4] = ["Read", "Write", "Delete", "Other"];
pub(crate) const ALL: &str = "All operations";
pub(crate) const ALL_HINT: &str =
    "Everything there is, also what will be added later. Rarely what one job needs.";
pub(crate) const ALL_WARNING: &str =
    "Whoever has this key can do everything you can do here, and whatever is added later.";
pub(crate) const ALL_OF_THEM: &str = "all";
pub(crate) const NOTHING: &str = "nothing";
pub(crate) const FADED: &str =
    "The owner's invite does not include what is faded: ticking it has no effect.";
pub(crate) const NOT_INVITED: &str = " (not invited)";
pub(crate) const ANY: &str = "any";
pub(crate) const ANY_ENDPOINT: &str = "Any endpoint that the operations allow";
pub(crate) const ANY_ENDPOINT_HINT: &str = "An empty endpoint list means any endpoint.";
pub(crate) const ONLY_THESE: &str = "Only these endpoints";
pub(crate) const ONLY_THESE_HINT: &str =
    "All other calls are refused, whatever the operations allow.";
pub(crate) const ADD_NEEDED: &str = "Add the operations these need…";
pub(crate) const NEEDED: &str = "The endpoints ticked also need:";
pub(crate) const NOTHING_NEEDED: &str = "The endpoints ticked have all they need.";
pub(crate) const CONDITIONAL: &str = "Some of them work fully only with:";
pub(crate) const OUT_OF_REACH: &str = "No key of this kind can call:";
pub(crate) const DEPRECATED: &str = "deprecated";
pub(crate) const EFFECTIVE_PERMISSIONS: &str = "What this key can do";
pub(crate) const NOT_KNOWN_YET: &str = "Not known until the scopes are loaded.";
pub(crate) const DEAD: &str = "As it is, the key is of no use.";
pub(crate) const BLANK: &str = "Nothing is ticked yet. Start from a job, or tick operations.";
pub(crate) const FINDINGS_AND_CALLS: &str = "Findings and calls";
pub(crate) const FILTER_BY_OUTCOME: &str = "Show only endpoints that are";
pub(crate) const SEARCH_ENDPOINTS: &str = "Search endpoints";
pub(crate) const WOULD_ADD: &str = "It needs:";
pub(crate) const WOULD_ADD_FURTHER: &str = "For the full answer also:";
pub(crate) const CANNOT_WORK: &str =
    "Adding scopes cannot make it work fully: your plan or the owner's invite lacks what it needs.";
pub(crate) const FINDINGS: &str = "Findings";
pub(crate) const KEYS: &str = "Keys";
pub(crate) const FIX_ALL: &str = "Fix all…";
pub(crate) const CHANGED: &str = "Fixed.";
pub(crate) const FIX_FIRST: &str = "Fix these first…";
pub(crate) const FIX_ALL_TITLE: &str = "Fix all findings";
pub(crate) const FIX_ALL_HINT: &str = "This changes the scopes as follows. You can undo it.";
pub(crate) const FIX_ALL_ADDS: &str = "This would add:";
pub(crate) const WOULD_REMOVE: &str = "This would remove:";
pub(crate) const APPLY: &str = "Apply changes";
pub(crate) const BOUNDS: &str = "Asked for, invited and effective";
pub(crate) const ASKED_FOR: &str = "Asked for";
pub(crate) const INVITED: &str = "Invited";
pub(crate) const EFFECTIVE: &str = "Effective";
pub(crate) const CUT_OFF: &str =
    "The owner's invite does not include these, so they have no effect:";
pub(crate) const PROBE_HINT: &str = "Point at a box, or focus it, to see what it would change.";
pub(crate) const CREATE: &str = "Create key";
pub(crate) const CREATING: &str = "Creating…";
pub(crate) const SAVE: &str = "Save scopes";
pub(crate) const SAVING: &str = "Saving…";
pub(crate) const SAVED: &str = "The scopes are saved. They apply from the next call on.";
pub(crate) const EDIT_SUBTITLE: &str =
    "The key keeps its secret. What you save applies from its next call on.";
pub(crate) const STOP_EDITING: &str = "Stop editing";
pub(crate) const CONFIRM_TITLE: &str = "Create it with these warnings?";
pub(crate) const CONFIRM_SAVE_TITLE: &str = "Save it with these warnings?";
pub(crate) const CREATE_ANYWAY: &str = "Create anyway";
pub(crate) const SAVE_ANYWAY: &str = "Save anyway";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const GO_BACK: &str = "Go back";
pub(crate) const NO_CATALOG: &str = "The scopes could not be loaded.";
pub(crate) const NO_USER: &str = "You are not signed in.";
pub(crate) const USER_NOT_LOADED: &str = "Your account could not be loaded.";
pub(crate) const NO_KEYS: &str = "The keys could not be loaded.";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const NOT_CREATED: &str = "The key could not be created.";
pub(crate) const NOT_SAVED: &str = "The scopes could not be saved.";
pub(crate) const NOT_DELETED: &str = "The key could not be deleted.";
pub(crate) const NOT_REPLACED: &str = "The key could not be replaced.";
pub(crate) const SECRET_LOST: &str = "The key was created, but the answer with its secret was lost on the way. Delete that key in the list below, then create it again: what you entered is kept.";
pub(crate) const REPLACEMENT_LOST: &str = "The new key was created, but the answer with its secret was lost on the way. The old key still works. Close this, delete the newest key in the list, then replace the old one again.";
pub(crate) const FIX_ERRORS_FIRST: &str =
    "This key cannot be created yet. Fix the errors listed above the calls.";
pub(crate) const CHECK_FIELDS: &str = "Check the marked fields in the form.";
pub(crate) const MISSING_APP: &str = "Choose the app that the key is to open.";
pub(crate) const MISSING_DESCRIPTION: &str = "Describe the key, so that you will know it again.";
pub(crate) const MISSING_DATE: &str = "Choose a day from today on.";
pub(crate) const COPY_LINK: &str = "Copy link";
pub(crate) const LINK: &str = "Link to this selection";
pub(crate) const COPIED: &str = "Copied";
pub(crate) const NOT_COPIED: &str = "Could not copy. Select the text instead.";
pub(crate) const NEW_KEY: &str = "Your new key";
pub(crate) const SECRET: &str = "Secret";
pub(crate) const COPY_KEY: &str = "Copy key";
pub(crate) const COPY_CURL: &str = "Copy command";
pub(crate) const COPY_CODE: &str = "Copy code";
pub(crate) const DO_NOT_SHARE: &str = "Do not share it. Whoever has it can do what it can do.";
pub(crate) const TRY_IT: &str = "Try it";
pub(crate) const CURL: &str = "curl command";
pub(crate) const PYTHON: &str = "Python client";
pub(crate) const PYTHON_HINT: &str = "Needs clarifai-grpc: pip install clarifai-grpc";
pub(crate) const NO_EXAMPLE: &str = "This key can make none of the calls that are easy to try.";
pub(crate) const DONE: &str = "Done";
pub(crate) const STORED_QUESTION: &str = "Have you stored the key? It cannot be shown again.";
pub(crate) const STORED_QUESTION_NOT_COPIED: &str =
    "You have not copied the key. It cannot be shown again. Have you stored it?";
pub(crate) const NOT_YET: &str = "Not yet";
pub(crate) const YES_CLOSE: &str = "Stored, close";
pub(crate) const TOKENS_TITLE: &str = "Your personal access tokens";
pub(crate) const NO_KEY_YET: &str = "No keys yet.";
pub(crate) const CHOOSE_APP_FIRST: &str = "Choose an app to see its keys.";
pub(crate) const EXPIRED: &str = "Expired";
pub(crate) const EXPIRED_HINT: &str =
    "Calls with it are refused. A key with its scopes could do this:";
pub(crate) const WHAT_IT_CAN_DO: &str = "What it can do";
pub(crate) const EDIT: &str = "Edit scopes";
pub(crate) const USE_AS_TEMPLATE: &str = "Use as template";
pub(crate) const REPLACE: &str = "Replace";
pub(crate) const REPLACING: &str = "Replacing…";
pub(crate) const REPLACE_TITLE: &str = "Replace this key";
pub(crate) const OLD_KEY: &str = "The old key";
pub(crate) const DELETE: &str = "Delete";
pub(crate) const DELETING: &str = "Deleting…";
pub(crate) const DELETE_TITLE: &str = "Delete this key?";
pub(crate) const LINK_PROBLEMS: &str = "Parts of the link could not be used:";
pub(crate) const DRAFT_REPLACED: &str = "What you had entered before is set aside.";
pub(crate) const GET_BACK: &str = "Get it back";
pub(crate) const DISMISS: &str = "Dismiss";

/// What is wrong with an app that is not in the list.
pub(crate) fn unknown_app(id: &str) -> AttrValue {
    say!["You cannot use the app “{}”, or it is gone. Choose one from the list.", id]
}

/// Lower case in all scripts, as the browser knows it.
pub(crate) fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// A number, with separators where it is long.
pub(crate) fn number(number: usize) -> AttrValue {
    let mut text = number.to_string();
    let mut end = text.len();
    while end > 3 {
        end -= 3;
        text.insert(end, ',');
    }
    text.into()
}

/// One thing or several.
fn count(count: usize, one: &str) -> String {
    string!["{} {}{}", &number(count), one, if count == 1 { "" } else { "s" }]
}

/// Adds a part to a text that has them with something between.
fn join(text: &mut String, between: &str, part: &str) {
    if !text.is_empty() {
        text.push_str(between);
    }
    text.push_str(part);
}

/// Names in a sentence: `a, b and c`.
fn listed(names: &[&str]) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        join(&mut text, if at + 1 == names.len() { " and " } else { ", " }, name);
    }
    text
}

/// A scope without the part of its name that all endpoints share.
pub(crate) fn short(name: &str) -> &str {
    let mut short = name;
    while let Some((_, rest)) = short.split_once('/') {
        short = rest;
    }
    short
}

fn shortened(names: &[Name]) -> String {
    let mut short_names = Vec::new();
    for name in names {
        short_names.push(short(name));
    }
    listed(&short_names)
}

pub(crate) fn shared_by(id: &str, owner: &str) -> AttrValue {
    say!["{}, shared by {}", id, owner]
}

pub(crate) fn invited_by(owner: &str) -> AttrValue {
    say![
        "{} shares this app with you. A key of yours can do no more there than the invite allows:",
        owner
    ]
}

pub(crate) fn more_by_typing(count: usize) -> AttrValue {
    say!["and {} more. Type to narrow them down.", &number(count)]
}

pub(crate) fn more_names(count: usize) -> AttrValue {
    say!["and {} more", &number(count)]
}

pub(crate) fn found(count: usize) -> AttrValue {
    say!["{} found", &number(count)]
}

pub(crate) fn needs(rpc: &str) -> AttrValue {
    say!["{} needs:", rpc]
}

pub(crate) fn has_all(rpc: &str) -> AttrValue {
    say!["{} has all it needs.", rpc]
}

pub(crate) fn found_in(tab: &str, count: usize) -> AttrValue {
    say!["Show what is found under {} ({})", tab, &number(count)]
}

pub(crate) fn of_limit(length: usize, limit: usize) -> AttrValue {
    say!["{} of {}", &number(length), &number(limit)]
}

pub(crate) fn too_long(limit: usize) -> AttrValue {
    say!["Use at most {} characters.", &number(limit)]
}

pub(crate) fn in_days(days: u16) -> AttrValue {
    say!["In {}", &count(days.into(), "day")]
}

pub(crate) fn ticked_of(ticked: usize, total: usize) -> AttrValue {
    say!["{} of {}", &number(ticked), &number(total)]
}

pub(crate) fn all_of(group: &str) -> AttrValue {
    say!["All of {}", group]
}

pub(crate) fn add(count: usize) -> AttrValue {
    say!["Add {}", &number(count)]
}

pub(crate) fn add_all(count: usize) -> AttrValue {
    say!["Add all {}", &number(count)]
}

/// What a button offers that completes an endpoint.
pub(crate) fn make_it_work(outcome: Outcome) -> &'static str {
    if outcome == Outcome::Redacted { "Complete it" } else { "Make it work" }
}

pub(crate) fn expiry_hint(expiry: &Expiry) -> AttrValue {
    match expiry {
        Expiry::Never => AttrValue::Static(NEVER_HINT),
        Expiry::Days(_) => {
            let end = clock::end(expiry, clock::now()).unwrap_or_default();
            let day = clock::day(&end);
            say!["Calls with the key are refused from {} on.", &day]
        }
        Expiry::Date(_) => AttrValue::Static(EXPIRY_HINT),
    }
}

pub(crate) fn preset(preset: Preset) -> &'static str {
    match preset {
        Preset::Predict => "Predict only",
        Preset::Search => "Search only",
        Preset::Read => "Read everything",
        Preset::Label => "Label data",
        Preset::Train => "Train models",
        Preset::Everything => "Everything",
    }
}

pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::Redacted => "redacted",
        Outcome::Rejected => "rejected",
    }
}

/// A part of the list of endpoints: its heading, and what it means.
pub(crate) fn reach(reach: Reach) -> (&'static str, &'static str) {
    match reach {
        Reach::Works => ("Works", "Allowed: the call gets its full answer."),
        Reach::InPart => (
            "Works in part",
            "Redacted: the call goes through, but its answer leaves something out.",
        ),
        Reach::OneAway => {
            ("One operation away", "Rejected now; with one more operation these calls go through.")
        }
        Reach::Further => {
            ("Further away", "Rejected: they need more than that, or what this key cannot have.")
        }
        Reach::Elsewhere => {
            ("Not for this kind of key", "These endpoints take another kind of credential.")
        }
    }
}

/// Why a call gets what it gets.
pub(crate) fn reason(decision: &Decision<'_>) -> AttrValue {
    match decision {
        Decision::Allowed { caveats } => {
            let mut names = Vec::new();
            for (_, name) in caveats.iter() {
                names.push(&**name);
            }
            if names.is_empty() {
                AttrValue::default()
            } else {
                say!["Works only in part without {}", &listed(&names)]
            }
        }
        Decision::Redacted { .. } => missing(decision, "Leaves out what needs "),
        Decision::Rejected(Rejection::MissingOperations(_)) => missing(decision, "Needs "),
        Decision::Rejected(Rejection::UnknownEndpoint) => AttrValue::Static("Not in your plan"),
        Decision::Rejected(Rejection::NeedsPersonalAccessToken) => {
            AttrValue::Static("Needs a personal access token")
        }
        Decision::Rejected(Rejection::NeedsSession) => {
            AttrValue::Static("Needs a signed-in person")
        }
        Decision::Rejected(Rejection::EndpointNotGranted(side)) => AttrValue::Static(match side {
            Side::Key => "Not among the endpoints ticked",
            Side::Invite => "Not in the owner's invite",
            Side::Both => "Neither ticked nor in the owner's invite",
            Side::Plan => "Not in your plan",
        }),
    }
}

/// What is missing, side by side; of what the key itself lacks, first what the call is refused for.
fn missing(decision: &Decision<'_>, own: &str) -> AttrValue {
    let Some(missing) = decision.missing() else { return AttrValue::default() };
    let is_refused = decision.outcome() == Outcome::Rejected;
    let mut text = String::new();
    for (side, begin) in [
        (Side::Key, own),
        (Side::Invite, "the owner's invite lacks "),
        (Side::Both, "neither you nor the owner's invite grants "),
        (Side::Plan, "your plan lacks "),
    ] {
        for core in [true, false] {
            let mut names = Vec::new();
            for missing in missing.iter() {
                if missing.side == side && missing.core == core {
                    names.push(&**missing.name);
                }
            }
            let is_extra = side == Side::Key && !core && is_refused;
            let begin = if is_extra { "for a full answer also " } else { begin };
            if !names.is_empty() {
                join(&mut text, "; ", &string!["{}{}", begin, &listed(&names)]);
            }
        }
    }
    capitalised(text).into()
}

pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error: ",
        Severity::Warning => "Warning: ",
        Severity::Note => "Note: ",
    }
}

pub(crate) fn notes(number: usize) -> AttrValue {
    let what = if number == 1 {
        "note: what would make answers fuller"
    } else {
        "notes: what would make answers fuller, and more"
    };
    say!["{} {}", &self::number(number), what]
}

/// How many errors and warnings there are, in words.
pub(crate) fn findings(picture: &Parts) -> AttrValue {
    let mut text = String::new();
    for (severity, one) in [(Severity::Error, "error"), (Severity::Warning, "warning")] {
        let shown = picture.shown(severity);
        if shown > 0 {
            join(&mut text, ", ", &count(shown, one));
        }
    }
    text.into()
}

pub(crate) fn finding(picture: &Parts, finding: &Finding) -> AttrValue {
    let about = finding.about.as_deref().map(short).unwrap_or_default();
    let (sentence, other) = match finding.code {
        Code::GrantsEverything if picture.invite.is_some() => (
            "The key can do everything that the owner's invite allows, also what it will allow later.",
            String::new(),
        ),
        Code::DeadKey if picture.is_blank() => ("Tick at least one operation.", String::new()),
        Code::DeadKey if finding.fix.is_none() => match picture.nearest() {
            Some((line, names)) => {
                return say![
                    "As it is, the key could make no call that does anything. The nearest is {}, which also needs {}.",
                    &line.rpc,
                    &shortened(&names)
                ];
            }
            None => (of_code(Code::DeadKey), String::new()),
        },
        Code::NotInCatalog => match &finding.suggestion {
            Some(near) => (
                "{} does not exist, or is not offered to this kind of key in your plan. Did you mean {}?",
                near.to_string(),
            ),
            None => (
                "{} does not exist, or is not offered to this kind of key in your plan.",
                String::new(),
            ),
        },
        Code::CompletingOperation => {
            ("{} would fill in more of the answers of {}.", count(finding.endpoints, "endpoint"))
        }
        code => (of_code(code), shortened(&finding.lacks)),
    };
    AttrValue::from(filled(sentence, &[about, &other]))
}

/// What a code says of what it is about, and of what that lacks.
fn of_code(code: Code) -> &'static str {
    match code {
        Code::NoEndpoint => {
            "You allow only certain endpoints, but none is ticked: the key could call nothing."
        }
        Code::DeadKey => "As it is, the key could make no call that does anything.",
        Code::MissingPrerequisite => "{} does not work without {}.",
        Code::EndpointRejected => "{} will be rejected. It lacks {}.",
        Code::ExceedsInvite => "{} has no effect: the owner's invite does not include it.",
        Code::Deprecated => "{} is deprecated. It may stop working.",
        Code::GrantsEverything => "The key can do everything, also what will be added later.",
        Code::CanMintAccess => "With {}, whoever holds the key can give access to others.",
        Code::EndpointRedacted => "{} will leave out what needs {}.",
        Code::ConditionalOperation => "{} works only in part without {}.",
        Code::UnusedOperation => "None of the endpoints ticked uses {}.",
        // Codes may be added: then the code itself has to do.
        code => code.as_str(),
    }
}

/// What a fix does, on its button.
pub(crate) fn fix(fix: &Fix) -> AttrValue {
    let mut text = String::new();
    for (verb, names) in [
        ("Add", &fix.add_operations),
        ("Remove", &fix.remove_operations),
        ("Remove", &fix.remove_endpoints),
    ] {
        if !names.is_empty() {
            let what = if names.len() > 2 { count(names.len(), "scope") } else { shortened(names) };
            join(&mut text, ", ", &string!["{} {}", verb, &what]);
        }
    }
    text.into()
}

/// What a change would change.
pub(crate) fn would_change(outline: &Outline, action: &Action, change: &Change) -> AttrValue {
    let named = |names: &[Name]| match names {
        [name] => short(name).to_owned(),
        names => count(names.len(), "scope"),
    };
    let subject = match action {
        Action::Operations(names, true) | Action::Endpoints(names, true) => {
            string!["With {}", &named(names)]
        }
        Action::Operations(names, false) | Action::Endpoints(names, false) => {
            string!["Without {}", &named(names)]
        }
        Action::Grant(grant) => {
            let preset = outline.presets.iter().find(|(_, each)| Rc::ptr_eq(each, grant));
            preset.map_or_else(
                || "With this".to_owned(),
                |(preset, _)| string!["With “{}”", self::preset(*preset)],
            )
        }
        _ => "With this".to_owned(),
    };
    say!["{}: {}.", &subject, &changes(outline, change)]
}

/// What a change has changed.
pub(crate) fn changed(outline: &Outline, change: &Change) -> AttrValue {
    say!["Changed: {}.", &changes(outline, change)]
}

fn changes(outline: &Outline, change: &Change) -> String {
    let mut told = String::new();
    for (places, one, many, lead) in [
        (&change.works, " works", " work", " more calls"),
        (&change.fuller, " answers in full or more fully", " answer more fully", " calls"),
        (&change.stops, " stops working", " stop working", " calls"),
        (&change.thinner, " leaves more out", " leave more out", " calls"),
    ] {
        let mut names = Vec::new();
        for at in places.iter().take(2) {
            names.extend(outline.lines.get(*at).map(|line| line.rpc.as_str()));
        }
        let part = match (&*names, places.len()) {
            ([name], 1) => string!["{}{}", name, one],
            (_, 2) => string!["{}{}", &listed(&names), many],
            ([first, second], all) => {
                string!["{}{}{} ({}, {}, …)", &number(all), lead, many, first, second]
            }
            _ => continue,
        };
        join(&mut told, "; ", &part);
    }
    match (told.is_empty(), change.nearer.len()) {
        (false, _) => told,
        (true, 0) => "no call works differently".to_owned(),
        (true, near) => {
            let are = if near == 1 { "call is" } else { "calls are" };
            string!["nothing more works yet, but {} {} closer to working", &number(near), are]
        }
    }
}

pub(crate) fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::ReadOnly => "Read-only",
        Risk::Limited => "Limited",
        Risk::Destructive => "Destructive",
        Risk::Full => "Full access",
    }
}

pub(crate) fn risk_hint(picture: &Parts) -> &'static str {
    match picture.risk {
        Risk::Full if picture.invite.is_some() => "it asks for everything; the invite bounds it.",
        Risk::ReadOnly => "it changes nothing.",
        Risk::Limited => "it can add or run things, but deletes nothing.",
        Risk::Destructive => "it can delete or overwrite.",
        Risk::Full => "it can do everything, or give access to others.",
    }
}

/// A grant in words: `Reads inputs and models, writes annotations; any endpoint`.
pub(crate) fn grant(grant: &Grant) -> AttrValue {
    let operations = match &grant.operations {
        Operations::All => "All operations".to_owned(),
        Operations::Only(names) => deeds(names),
    };
    let endpoints = match &grant.endpoints {
        Endpoints::Any => "any endpoint".to_owned(),
        Endpoints::Only(names) if names.len() <= 2 => {
            string!["only {}", &shortened(names.iter().as_slice())]
        }
        Endpoints::Only(names) => string!["only {}", &count(names.len(), "endpoint")],
    };
    say!["{}; {}", &operations, &endpoints]
}

/// What operations do, by what they do it to.
fn deeds(names: &Names) -> String {
    const VERBS: [(&str, &str); 4] =
        [("Get", "reads "), ("Add", "writes "), ("Delete", "deletes "), ("", "may ")];
    let mut text = String::new();
    for (verb, begin) in VERBS {
        let mut of: Vec<String> = Vec::new();
        for name in names {
            let (resource, action) = name.split_once(':').unwrap_or(("", name));
            let what = crate::outline::sentence(resource).to_ascii_lowercase();
            if action == verb {
                of.push(what);
            } else if verb.is_empty() && !VERBS.iter().any(|(each, _)| *each == action) {
                let deed = action.to_ascii_lowercase();
                of.push(if what.is_empty() { deed } else { string!["{} {}", &deed, &what] });
            }
        }
        let rest = of.len().saturating_sub(3);
        if rest > 0 {
            of.truncate(3);
            of.push(string!["{} more", &number(rest)]);
        }
        let mut shown = Vec::new();
        for deed in &of {
            shown.push(deed.as_str());
        }
        if !shown.is_empty() {
            join(&mut text, ", ", &string!["{}{}", begin, &listed(&shown)]);
        }
    }
    if text.is_empty() { "No operations".to_owned() } else { capitalised(text) }
}

/// The key in words, before it is created.
pub(crate) fn summary(state: &State, picture: &Parts) -> AttrValue {
    let entry = state.entry();
    let opens = match entry {
        _ if state.is_token() => "A personal access token".to_owned(),
        Some(entry) => string!["A key for the app {}", &entry.name],
        None => "A key for one app".to_owned(),
    };
    let counts = picture.counts;
    let can = if picture.is_dead() {
        " that is of no use yet".to_owned()
    } else {
        let calls = count(counts.allowed + counts.redacted, "endpoint");
        let redacted = match counts.redacted {
            0 => String::new(),
            _ if counts.allowed == 0 => ", in part".to_owned(),
            redacted => string![", {} of them in part", &number(redacted)],
        };
        string![" that can call {}{}", &calls, &redacted]
    };
    say!["{}{}, and {}.", &opens, &can, &ends(&state.draft.expiry)]
}

/// When a key ends, inside [`summary`].
fn ends(expiry: &Expiry) -> AttrValue {
    match expiry {
        Expiry::Never => AttrValue::Static("never expires"),
        Expiry::Days(days) => say!["expires in {}", &count((*days).into(), "day")],
        Expiry::Date(date) if date.is_empty() => {
            AttrValue::Static("expires on a day still to be chosen")
        }
        Expiry::Date(date) => say!["works until the end of {} (UTC)", &clock::day(date)],
    }
}

/// For a screen reader: what would change while something is pointed at, else the preview.
pub(crate) fn announcement(state: &State) -> AttrValue {
    let Some(picture) = &state.picture else { return AttrValue::default() };
    if state.probed.is_some() {
        return state.said.clone().unwrap_or_default();
    }
    if picture.is_blank() {
        return AttrValue::Static(BLANK);
    }
    let counts = picture.counts;
    let findings = findings(picture);
    let first = picture.findings.iter().find(|finding| finding.severity() != Severity::Note);
    say![
        "{} allowed, {} redacted, {} rejected. {}{}{}",
        &number(counts.allowed),
        &number(counts.redacted),
        &number(counts.rejected),
        &findings,
        if findings.is_empty() { "" } else { ". " },
        &first.map(|first| finding(picture, first)).unwrap_or_default()
    ]
}

pub(crate) fn key_count(number: usize) -> AttrValue {
    AttrValue::from(count(number, "key"))
}

pub(crate) fn keys_of(app: &str) -> AttrValue {
    say!["Keys of {}", app]
}

pub(crate) fn of_key(action: &str, description: &str, last_four: &str) -> AttrValue {
    say!["{}: {}, …{}", action, description, last_four]
}

pub(crate) fn lifetime(created: Option<&str>, expires: Option<&str>, expired: bool) -> AttrValue {
    let created =
        created.map(clock::day).map(|day| string!["Created {}. ", &day]).unwrap_or_default();
    let expires = match expires {
        None => "Never expires.".to_owned(),
        Some(time) if expired => string!["Expired {}.", &clock::day(time)],
        Some(time) => string!["Expires {}.", &clock::moment(time)],
    };
    say!["{}{}", &created, &expires]
}

/// When the key ends that replaces one which ends then.
pub(crate) fn replaced_expiry(expires: Option<&str>) -> AttrValue {
    match expires.filter(|time| !clock::is_past(time)) {
        Some(time) => {
            say!["The new key expires when the old one would have: {}.", &clock::moment(time)]
        }
        None => AttrValue::Static("The new key never expires."),
    }
}

pub(crate) fn overlap(overlap: Overlap, outlasts: bool) -> &'static str {
    match overlap {
        Overlap::None => "is deleted at once",
        _ if outlasts => "keeps its own expiry",
        Overlap::Day => "works for another 24 hours",
        Overlap::Week => "works for another 7 days",
    }
}

pub(crate) fn replace_hint(description: &str, last_four: &str) -> AttrValue {
    say![
        "You get a new key with the same description and scopes as “{}” (…\u{2060}{}). If the old one may be in the wrong hands, delete it at once.",
        description,
        last_four
    ]
}

pub(crate) fn delete_question(description: &str, last_four: &str) -> AttrValue {
    say![
        "Calls with “{}” (…\u{2060}{}) will be refused at once. This cannot be undone.",
        description,
        last_four
    ]
}

pub(crate) fn shown_once(description: &str) -> AttrValue {
    say!["This is the secret of “{}”. It is shown this once: store it now.", description]
}

pub(crate) fn leftover(error: &PortalError) -> AttrValue {
    let works = if error.is_unclear() { "may still work" } else { "still works" };
    say![
        "The old key {}, as ending it failed: if it is in the list, delete it there. {}",
        works,
        &cause(error)
    ]
}

pub(crate) fn not_saved(description: &str) -> AttrValue {
    say!["What you changed of “{}” is not saved.", description]
}

pub(crate) fn editing(description: &str) -> AttrValue {
    say!["You are editing the scopes of “{}”.", description]
}

pub(crate) fn could_not(what: &str, error: &PortalError) -> AttrValue {
    say!["{} {}", what, &problem(error)]
}

/// What to say when no key came of a press, and that is `what`; it is possible that one was made, and only the answer is
/// lost. A press that repeats an `attempt` that the backend remembers is safe.
pub(crate) fn no_key(
    what: &'static str,
    error: &PortalError,
    attempt: Option<&Attempt>,
) -> AttrValue {
    if !error.is_unclear() {
        return could_not(what, error);
    }
    let is_safe = attempt.is_some_and(|attempt| attempt.is_remembered(clock::now()));
    say![
        "We do not know whether the key was created. {}{}",
        &problem(error),
        if is_safe {
            " Pressing again cannot make a second key."
        } else {
            " See whether it is in the list below before you press again."
        }
    ]
}

/// What failed when it is not known who is signed in.
pub(crate) fn no_user(error: Option<&PortalError>) -> &'static str {
    if error == Some(&PortalError::SignedOut) { NO_USER } else { USER_NOT_LOADED }
}

/// What went wrong with a call, what to do, and that nothing is lost.
pub(crate) fn problem(error: &PortalError) -> AttrValue {
    say!["{} What you entered is kept.", &cause(error)]
}

/// What went wrong with a call, and what to do.
pub(crate) fn cause(error: &PortalError) -> AttrValue {
    match error {
        PortalError::Offline => {
            AttrValue::Static("You are offline. Try again once you are connected.")
        }
        PortalError::Unreachable => {
            AttrValue::Static("The server could not be reached. Try again.")
        }
        PortalError::TimedOut => AttrValue::Static("The server did not answer in time. Try again."),
        PortalError::Garbled => {
            AttrValue::Static("The server's answer could not be read. Try again.")
        }
        PortalError::SignedOut => AttrValue::Static(
            "Your session has ended. Sign in again in another tab, then try again.",
        ),
        PortalError::Forbidden(status) => said("You may not do this.", status),
        PortalError::NotFound(status) => said("The server does not know it.", status),
        PortalError::Conflict(status) => {
            said("It does not fit what the server has stored by now.", status)
        }
        PortalError::TooLarge => AttrValue::Static(
            "The request is too large. Tick fewer scopes, or choose all operations.",
        ),
        PortalError::Throttled(None) => {
            AttrValue::Static("Too many requests. Wait a moment, then try again.")
        }
        PortalError::Throttled(Some(seconds)) => {
            let wait = count(*seconds, "second");
            say!["Too many requests. Wait {}, then try again.", &wait]
        }
        PortalError::Invalid(status) => said("The server refused the request.", status),
        PortalError::Failed(status) if status.req_id.is_empty() => {
            AttrValue::Static("The server failed. Try again.")
        }
        PortalError::Failed(status) => say![
            "The server failed. Try again; if it persists, report the request {}.",
            &status.req_id
        ],
    }
}

/// What the backend said, behind what it means.
fn said(meaning: &'static str, status: &portal_api::Status) -> AttrValue {
    match status.details.as_deref().filter(|details| !details.is_empty()) {
        Some(details) => say!["{} {}", meaning, &sentence(details)],
        None => AttrValue::Static(meaning),
    }
}

/// A text of the backend as a sentence.
pub(crate) fn sentence(text: &str) -> AttrValue {
    let mut sentence = capitalised(text.to_owned());
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence.into()
}

fn capitalised(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

pub(crate) fn link_problem(problem: &Problem) -> AttrValue {
    let (sentence, text) = match problem {
        Problem::Expiry(text) => {
            ("the expiry “{}” (use never, 30d or a day that is not past, such as 2027-01-31)", text)
        }
        Problem::KeyType(text) => ("the kind of key “{}”", text),
        Problem::Parameter(text) => ("the part “{}”, which is not known", text),
        Problem::Scope(text) => ("the scope that starts with “{}”", text),
    };
    AttrValue::from(filled(sentence, &[text]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_begins_with_what_it_says_once_it_is_there() {
        let begins = include_str!("../index.html");
        assert!(begins.contains(&["<h1>", TITLE, "</h1>"].concat()));
        assert!(begins.contains(&["<p>", SUBTITLE, "</p>"].concat()));
    }
}
