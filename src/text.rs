//! Every sentence that the page says, in one place, ready to be translated.

use scope_rules::{
    Code, Decision, Endpoints, Finding, Fix, Grant, Name, Operations, Outcome, Rejection, Risk,
    Severity, Side,
};
use yew::AttrValue;

use crate::clock;
use crate::draft::Action;
use crate::draft::link::Problem;
use crate::draft::presets::Preset;
use crate::keys::Overlap;
use crate::picture::Parts;
use crate::portal::PortalError;

pub(crate) const TITLE: &str = "Create an API key";
pub(crate) const SUBTITLE: &str = "Choose what the key is for, see what it will really be able to do, then create it. \
                            Make a key for each purpose, so that you can end one without breaking the rest.";
pub(crate) const WHAT_FOR: &str = "What the key opens";
pub(crate) const KIND: &str = "Kind of key";
pub(crate) const APP_KEY: &str = "One app";
pub(crate) const TOKEN: &str = "Personal access token";
pub(crate) const TOKEN_HINT: &str = "A personal access token is tied to no app: it reaches everything that you can reach, \
                              as far as its scopes allow.";
pub(crate) const APP: &str = "App";
pub(crate) const APPS: &str = "Apps";
pub(crate) const CHOOSE_APP: &str = "Choose an app";
pub(crate) const APP_HINT: &str = "A key opens this one app only.";
pub(crate) const LOADING_APPS: &str = "Loading your apps…";
pub(crate) const MORE_APPS: &str = "Loading more apps…";
pub(crate) const NO_APPS: &str = "Your apps could not be loaded.";
pub(crate) const NOTHING_FOUND: &str = "Nothing found. Try another word.";
pub(crate) const DETAILS: &str = "Description and expiry";
pub(crate) const DESCRIPTION: &str = "Description";
pub(crate) const DESCRIPTION_EXAMPLE: &str = "Nightly upload from the camera server";
pub(crate) const DESCRIPTION_HINT: &str =
    "Helps you to tell your keys apart. It identifies nothing.";
pub(crate) const EXPIRES: &str = "Expires";
pub(crate) const NEVER: &str = "Never";
pub(crate) const ON_A_DATE: &str = "On a date…";
pub(crate) const LAST_DAY: &str = "Last day (UTC)";
pub(crate) const NEVER_HINT: &str = "Keys do not expire unless you say so.";
pub(crate) const EXPIRY_HINT: &str = "After that, calls with the key are refused.";
pub(crate) const SCOPES: &str = "Scopes";
pub(crate) const SCOPES_HINT: &str =
    "Operations say what the key may do, endpoints which calls it may make. A call must pass both.";
pub(crate) const PRESETS: &str = "Start from a job";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const REDO: &str = "Redo";
pub(crate) const OPERATIONS: &str = "Operations";
pub(crate) const OPERATIONS_CAPTION: &str =
    "Operations by resource: read, write, delete and further ones";
pub(crate) const ENDPOINTS: &str = "Endpoints";
pub(crate) const SEARCH_SCOPES: &str = "Search operations and endpoints";
pub(crate) const ONLY_SELECTED: &str = "Only selected";
pub(crate) const RESOURCE: &str = "Resource";
pub(crate) const COLUMN_LABELS: [&str; 4] = ["Read", "Write", "Delete", "Further"];
pub(crate) const ALL: &str = "All operations";
pub(crate) const ALL_HINT: &str =
    "Everything there is, also what will be added later. Rarely what one job needs.";
pub(crate) const ALL_OF_THEM: &str = "all";
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
pub(crate) const FILTER_BY_OUTCOME: &str = "Show only endpoints that are";
pub(crate) const SEARCH_ENDPOINTS: &str = "Search endpoints";
pub(crate) const MAKE_IT_WORK: &str = "Make it work";
pub(crate) const WOULD_ADD: &str = "This would add:";
pub(crate) const CANNOT_WORK: &str =
    "Adding scopes cannot make it work fully: your plan or the owner's invite lacks what it needs.";
pub(crate) const FINDINGS: &str = "Findings";
pub(crate) const FIX_ALL: &str = "Fix all…";
pub(crate) const FIX_ALL_TITLE: &str = "Fix all findings";
pub(crate) const FIX_ALL_HINT: &str = "This changes the scopes as follows. You can undo it.";
pub(crate) const WOULD_REMOVE: &str = "This would remove:";
pub(crate) const APPLY: &str = "Apply changes";
pub(crate) const BOUNDS: &str = "Asked for, invited and effective";
pub(crate) const ASKED_FOR: &str = "Asked for";
pub(crate) const INVITED: &str = "Invited";
pub(crate) const EFFECTIVE: &str = "Effective";
pub(crate) const CUT_OFF: &str =
    "The owner's invite does not include these, so they have no effect:";
pub(crate) const PROBE_HINT: &str = "Point at or focus a box to see what it would change.";
pub(crate) const CREATE: &str = "Create key";
pub(crate) const CREATING: &str = "Creating…";
pub(crate) const SAVE: &str = "Save scopes";
pub(crate) const SAVING: &str = "Saving…";
pub(crate) const SAVED: &str = "The scopes are saved. They apply from the next call on.";
pub(crate) const STOP_EDITING: &str = "Stop editing";
pub(crate) const CONFIRM_TITLE: &str = "Create it with these warnings?";
pub(crate) const CONFIRM_SAVE_TITLE: &str = "Save it with these warnings?";
pub(crate) const CREATE_ANYWAY: &str = "Create anyway";
pub(crate) const SAVE_ANYWAY: &str = "Save anyway";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const GO_BACK: &str = "Go back";
pub(crate) const NO_CATALOG: &str = "The scopes could not be loaded.";
pub(crate) const NO_USER: &str = "You are not signed in.";
pub(crate) const NO_KEYS: &str = "The keys could not be loaded.";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const NOT_CREATED: &str = "The key could not be created.";
pub(crate) const NOT_SAVED: &str = "The scopes could not be saved.";
pub(crate) const NOT_DELETED: &str = "The key could not be deleted.";
pub(crate) const NOT_REPLACED: &str = "The key could not be replaced.";
pub(crate) const SECRET_LOST: &str = "The key was created, but the answer with its secret was lost on the way. \
                               Delete the key in the list below, and create another one.";
pub(crate) const FIX_ERRORS_FIRST: &str =
    "Such a key could not be created. Fix the errors above first.";
pub(crate) const CHECK_FIELDS: &str = "Check the fields marked above.";
pub(crate) const MISSING_APP: &str = "Choose the app that the key is to open.";
pub(crate) const UNKNOWN_APP: &str =
    "The link names an app that you cannot use. Choose one from the list.";
pub(crate) const MISSING_DESCRIPTION: &str = "Describe the key, so that you will know it again.";
pub(crate) const MISSING_DATE: &str = "Choose a day from today on.";
pub(crate) const COPY_LINK: &str = "Copy link";
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
pub(crate) const NO_EXAMPLE: &str =
    "This key can make none of the calls that are easy to try on a command line.";
pub(crate) const DONE: &str = "Done";
pub(crate) const STORED_QUESTION: &str = "Have you stored the key? It cannot be shown again.";
pub(crate) const STORED_QUESTION_NOT_COPIED: &str =
    "You have not copied the key. It cannot be shown again. Have you stored it?";
pub(crate) const NOT_YET: &str = "Not yet";
pub(crate) const YES_CLOSE: &str = "Stored, close";
pub(crate) const TOKENS_TITLE: &str = "Your personal access tokens";
pub(crate) const KEYS_TITLE: &str = "Keys";
pub(crate) const NO_KEY_YET: &str = "No keys yet.";
pub(crate) const CHOOSE_APP_FIRST: &str = "Choose an app to see its keys.";
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
pub(crate) const DISMISS: &str = "Dismiss";

/// Joins parts into a text.
fn join(parts: &[&str]) -> AttrValue {
    AttrValue::from(parts.concat())
}

/// A number, with separators where it is long.
pub(crate) fn number(number: usize) -> AttrValue {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.into()
}

/// One thing or several.
fn count(count: usize, one: &str, many: &str) -> String {
    [number(count).as_str(), " ", if count == 1 { one } else { many }].concat()
}

/// Names in a sentence: `a, b and c`.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let last = names.len().saturating_sub(1);
    let mut text = String::new();
    for (at, name) in names.enumerate() {
        text.push_str(match at {
            0 => "",
            _ if at == last => " and ",
            _ => ", ",
        });
        text.push_str(name);
    }
    text
}

/// A scope without the part of its name that all endpoints share.
pub(crate) fn short(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_owned()
}

fn shortened(names: &[Name]) -> String {
    let short: Vec<&str> =
        names.iter().map(|name| name.rsplit('/').next().unwrap_or(name)).collect();
    listed(short.into_iter())
}

pub(crate) fn shared_by(id: &str, owner: &str) -> AttrValue {
    join(&[id, ", shared by ", owner])
}

pub(crate) fn invited_by(owner: &str) -> AttrValue {
    join(&[
        owner,
        " shares this app with you. A key of yours can do no more there than the invite allows:",
    ])
}

pub(crate) fn more_by_typing(count: usize) -> AttrValue {
    join(&["and ", &number(count), " more. Type to narrow them down."])
}

pub(crate) fn show_more(count: usize) -> AttrValue {
    join(&["Show more (", &number(count), ")"])
}

pub(crate) fn of_limit(length: usize, limit: usize) -> AttrValue {
    join(&[&number(length), " of ", &number(limit)])
}

pub(crate) fn too_long(limit: usize) -> AttrValue {
    join(&["Use at most ", &number(limit), " characters."])
}

pub(crate) fn in_days(days: u16) -> AttrValue {
    join(&["In ", &count(days.into(), "day", "days")])
}

pub(crate) fn ticked_of(ticked: usize, total: usize) -> AttrValue {
    join(&[&number(ticked), " of ", &number(total)])
}

pub(crate) fn all_of(group: &str) -> AttrValue {
    join(&["All of ", group])
}

pub(crate) fn add(count: usize) -> AttrValue {
    join(&["Add ", &number(count)])
}

pub(crate) fn make_it_work(rpc: &str) -> AttrValue {
    join(&[MAKE_IT_WORK, ": ", rpc])
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

pub(crate) fn outcome_class(outcome: Outcome) -> &'static str {
    outcome.as_str()
}

/// A part of the list of endpoints: its heading, and what it means.
pub(crate) fn part(part: usize) -> (&'static str, &'static str) {
    match part {
        0 => ("Works", "Redacted calls go through, but their answer leaves something out."),
        1 => ("One operation away", "One more operation, and these calls are no longer rejected."),
        2 => ("Rejected", "Calls to these endpoints are refused."),
        _ => ("Not for this kind of key", "These endpoints take another kind of credential."),
    }
}

/// Whether adding scopes to the key could make the call work.
pub(crate) fn is_reparable(decision: &Decision<'_>) -> bool {
    match decision {
        Decision::Allowed { .. } => false,
        Decision::Rejected(Rejection::EndpointNotGranted(side)) => *side == Side::Key,
        Decision::Redacted { missing, .. }
        | Decision::Rejected(Rejection::MissingOperations(missing)) => {
            missing.iter().all(|missing| missing.side == Side::Key)
        }
        Decision::Rejected(_) => false,
    }
}

/// Why a call gets what it gets.
pub(crate) fn reason(decision: &Decision<'_>) -> AttrValue {
    match decision {
        Decision::Allowed { caveats } => {
            let names: Vec<&str> = caveats.iter().map(|(_, name)| &**name).collect();
            if names.is_empty() {
                AttrValue::default()
            } else {
                join(&["Works only in part without ", &listed(names.into_iter())])
            }
        }
        Decision::Redacted { .. } => missing(decision, "Leaves out what needs "),
        Decision::Rejected(Rejection::MissingOperations(_)) => missing(decision, "Needs "),
        Decision::Rejected(Rejection::UnknownEndpoint) => "Not in your plan".into(),
        Decision::Rejected(Rejection::NeedsPersonalAccessToken) => {
            "Needs a personal access token".into()
        }
        Decision::Rejected(Rejection::NeedsSession) => "Needs a signed-in person".into(),
        Decision::Rejected(Rejection::EndpointNotGranted(side)) => match side {
            Side::Key => "Not among the endpoints ticked",
            Side::Invite => "Not in the owner's invite",
            Side::Both => "Neither ticked nor in the owner's invite",
            Side::Plan => "Not in your plan",
        }
        .into(),
    }
}

/// What is missing, side by side; of what the key itself lacks, first what the call is refused for.
fn missing(decision: &Decision<'_>, own: &str) -> AttrValue {
    const ALSO: &str = "for a full answer also ";
    let is_refused = decision.outcome() == Outcome::Rejected;
    let mut sentences = Vec::new();
    for (side, core, begin) in [
        (Side::Key, true, own),
        (Side::Key, false, if is_refused { ALSO } else { own }),
        (Side::Invite, true, "the owner's invite lacks "),
        (Side::Invite, false, "the owner's invite lacks "),
        (Side::Both, true, "neither you nor the owner's invite grants "),
        (Side::Both, false, "neither you nor the owner's invite grants "),
        (Side::Plan, true, "your plan lacks "),
        (Side::Plan, false, "your plan lacks "),
    ] {
        let all = decision.missing().into_iter().flat_map(|missing| missing.iter());
        let names: Vec<&str> = all
            .filter(|missing| missing.side == side && missing.core == core)
            .map(|missing| &**missing.name)
            .collect();
        if !names.is_empty() {
            sentences.push([begin, &listed(names.into_iter())].concat());
        }
    }
    capitalised(&sentences.join("; ")).into()
}

pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error: ",
        Severity::Warning => "Warning: ",
        Severity::Note => "Note: ",
    }
}

/// How many findings there are, in words.
pub(crate) fn findings(picture: &Parts) -> AttrValue {
    let parts: Vec<String> = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Note, "note", "notes"),
    ]
    .into_iter()
    .map(|(severity, one, many)| (picture.count(severity), one, many))
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, many)| count(number, one, many))
    .collect();
    AttrValue::from(parts.join(", "))
}

pub(crate) fn finding(finding: &Finding) -> AttrValue {
    let about = finding.about.as_deref().map(short).unwrap_or_default();
    let lacks = shortened(&finding.lacks);
    match finding.code {
        Code::NotInCatalog => match &finding.suggestion {
            Some(near) => join(&[
                &about,
                " is not offered to this kind of key in your plan. Did you mean ",
                near,
                "?",
            ]),
            None => join(&[&about, " is not offered to this kind of key in your plan."]),
        },
        Code::NoEndpoint => {
            "You allow only certain endpoints, but none is ticked: the key could call nothing."
                .into()
        }
        Code::DeadKey => "The key could do nothing: tick what it is to do.".into(),
        Code::MissingPrerequisite => join(&[&about, " does not work without ", &lacks, "."]),
        Code::EndpointRejected => join(&[&about, " will be rejected without ", &lacks, "."]),
        Code::ExceedsInvite => {
            join(&[&about, " has no effect: the owner's invite does not include it."])
        }
        Code::Deprecated => join(&[&about, " is deprecated. It may stop working."]),
        Code::GrantsEverything => {
            "The key can do everything, also what will be added later.".into()
        }
        Code::CanMintAccess => {
            join(&["With ", &about, ", whoever holds the key can give access to others."])
        }
        Code::EndpointRedacted => join(&[&about, " will leave out what needs ", &lacks, "."]),
        Code::CompletingOperation => join(&[
            &about,
            " would complete the answers of ",
            &count(finding.endpoints, "endpoint", "endpoints"),
            ".",
        ]),
        Code::ConditionalOperation => join(&[&about, " works only in part without ", &lacks, "."]),
        Code::UnusedOperation => join(&["None of the endpoints ticked uses ", &about, "."]),
        // Codes may be added: then the code itself has to do.
        code => join(&[code.as_str(), ": ", &about]),
    }
}

/// What a fix does, on its button.
pub(crate) fn fix(fix: &Fix) -> AttrValue {
    let parts: Vec<String> = [
        ("Add ", &fix.add_operations),
        ("Remove ", &fix.remove_operations),
        ("Remove ", &fix.remove_endpoints),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(verb, names)| {
        let what =
            if names.len() > 2 { count(names.len(), "scope", "scopes") } else { shortened(names) };
        [verb, &what].concat()
    })
    .collect();
    AttrValue::from(parts.join(", "))
}

/// What a change would change.
pub(crate) fn consequences(
    action: &Action,
    better: &[AttrValue],
    worse: &[AttrValue],
) -> AttrValue {
    let subject = match action {
        Action::Operations(names, ticked) | Action::Endpoints(names, ticked) => {
            let what = match &**names {
                [name] => short(name),
                names => count(names.len(), "scope", "scopes"),
            };
            [if *ticked { "With " } else { "Without " }, &what].concat()
        }
        _ => "With this".to_owned(),
    };
    let some = |places: &[AttrValue], more: &str| match places {
        [] => None,
        [first, ..] if places.len() < 3 => {
            let second = places.get(1);
            let names: Vec<&str> =
                [Some(first), second].into_iter().flatten().map(AttrValue::as_str).collect();
            Some([&listed(names.into_iter()), more].concat())
        }
        [first, second, ..] => Some(
            [&count(places.len(), "endpoint", "endpoints"), more, " (", first, ", ", second, "…)"]
                .concat(),
        ),
        [_] => None,
    };
    let changes: Vec<String> =
        [some(better, " can do more"), some(worse, " can do less")].into_iter().flatten().collect();
    if changes.is_empty() {
        join(&[&subject, ", no endpoint changes its outcome."])
    } else {
        join(&[&subject, ", ", &changes.join("; "), "."])
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

pub(crate) fn risk_hint(risk: Risk) -> &'static str {
    match risk {
        Risk::ReadOnly => "It changes nothing.",
        Risk::Limited => "It can add, predict, search or train, but delete nothing.",
        Risk::Destructive => "It can delete or overwrite.",
        Risk::Full => "It can do everything, or give access to others.",
    }
}

/// A grant in words.
pub(crate) fn grant(grant: &Grant) -> AttrValue {
    let operations = match &grant.operations {
        Operations::All => "All operations".to_owned(),
        Operations::Only(names) => {
            let few = names.len() <= 4 && !names.is_empty();
            if few {
                let names: Vec<&str> = names.iter().map(|name| &**name).collect();
                listed(names.into_iter())
            } else {
                count(names.len(), "operation", "operations")
            }
        }
    };
    let endpoints = match &grant.endpoints {
        Endpoints::Any => "any endpoint".to_owned(),
        Endpoints::Only(names) if names.len() <= 2 => {
            let names: Vec<&str> =
                names.iter().map(|name| name.rsplit('/').next().unwrap_or(name)).collect();
            ["only ", &listed(names.into_iter())].concat()
        }
        Endpoints::Only(names) => ["only ", &count(names.len(), "endpoint", "endpoints")].concat(),
    };
    join(&[&operations, "; ", &endpoints])
}

/// The key in words, before it is created.
pub(crate) fn summary(
    picture: &Parts,
    app: Option<&str>,
    is_token: bool,
    expiry: &str,
) -> AttrValue {
    let opens = match app {
        _ if is_token => "A personal access token".to_owned(),
        Some(app) => ["A key for the app ", app].concat(),
        None => "A key for one app".to_owned(),
    };
    let counts = picture.counts;
    let redacted = if counts.redacted > 0 {
        [", ", &number(counts.redacted), " of them in part"].concat()
    } else {
        String::new()
    };
    join(&[
        &opens,
        " that can call ",
        &count(counts.allowed + counts.redacted, "endpoint", "endpoints"),
        &redacted,
        ", and ",
        expiry,
        ".",
    ])
}

/// When a key ends, inside [`summary`].
pub(crate) fn ends(expiry: &crate::draft::Expiry) -> AttrValue {
    use crate::draft::Expiry;
    match expiry {
        Expiry::Never => "never expires".into(),
        Expiry::Days(days) => join(&["expires in ", &count((*days).into(), "day", "days")]),
        Expiry::Date(date) if date.is_empty() => "expires on a day still to be chosen".into(),
        Expiry::Date(date) => join(&["works until the end of ", date]),
    }
}

/// The preview for a screen reader.
pub(crate) fn announcement(picture: &Parts) -> AttrValue {
    let counts = picture.counts;
    let findings = findings(picture);
    join(&[
        &number(counts.allowed),
        " allowed, ",
        &number(counts.redacted),
        " redacted, ",
        &number(counts.rejected),
        " rejected. ",
        &findings,
        if findings.is_empty() { "" } else { "." },
    ])
}

pub(crate) fn key_count(number: usize) -> AttrValue {
    AttrValue::from(count(number, "key", "keys"))
}

pub(crate) fn keys_of(app: &str) -> AttrValue {
    join(&["Keys of ", app])
}

pub(crate) fn of_key(action: &str, description: &str) -> AttrValue {
    join(&[action, ": ", description])
}

pub(crate) fn lifetime(created: Option<&str>, expires: Option<&str>, expired: bool) -> AttrValue {
    let created =
        created.map(clock::day).map(|day| ["Created ", &day, ". "].concat()).unwrap_or_default();
    let expires = match expires {
        None => "Never expires.".to_owned(),
        Some(time) if expired => ["Expired ", &clock::day(time), "."].concat(),
        Some(time) => ["Expires ", &clock::day(time), "."].concat(),
    };
    join(&[&created, &expires])
}

pub(crate) fn overlap(overlap: Overlap) -> &'static str {
    match overlap {
        Overlap::None => "is deleted at once",
        Overlap::Day => "works for another 24 hours",
        Overlap::Week => "works for another 7 days",
    }
}

pub(crate) fn replace_hint(description: &str, last_four: &str) -> AttrValue {
    join(&[
        "You get a new key with the same description and scopes as “",
        description,
        "” (…",
        last_four,
        "). If the old one may be in the wrong hands, delete it at once.",
    ])
}

pub(crate) fn delete_question(description: &str, last_four: &str) -> AttrValue {
    join(&[
        "Calls with “",
        description,
        "” (…",
        last_four,
        ") will be refused at once. This cannot be undone.",
    ])
}

pub(crate) fn shown_once(description: &str) -> AttrValue {
    join(&["This is the secret of “", description, "”. It is shown this once: store it now."])
}

pub(crate) fn leftover(error: &PortalError) -> AttrValue {
    join(&[
        "The old key still works: it could not be ended. ",
        &problem(error),
        " Delete it in the list.",
    ])
}

pub(crate) fn editing(description: &str) -> AttrValue {
    join(&["You are editing the scopes of “", description, "”."])
}

pub(crate) fn could_not(what: &str, error: &PortalError) -> AttrValue {
    join(&[what, " ", &problem(error)])
}

/// What went wrong with a call, and what to do.
pub(crate) fn problem(error: &PortalError) -> AttrValue {
    const KEPT: &str = " What you entered is kept.";
    match error {
        PortalError::Offline => join(&["You are offline. Try again once you are connected.", KEPT]),
        PortalError::Unreachable => join(&["The server could not be reached. Try again.", KEPT]),
        PortalError::TimedOut => join(&["The server did not answer in time. Try again.", KEPT]),
        PortalError::Garbled => join(&["The server's answer could not be read. Try again.", KEPT]),
        PortalError::SignedOut => {
            join(&["Your session has ended. Sign in again in another tab, then try again.", KEPT])
        }
        PortalError::Forbidden(status) => said("You may not do this.", status),
        PortalError::NotFound(status) => said("It does not exist any more.", status),
        PortalError::Conflict(status) => said("It contradicts what the server has stored.", status),
        PortalError::TooLarge => {
            "The request is too large. Tick fewer scopes, or choose all operations.".into()
        }
        PortalError::Throttled(None) => {
            join(&["Too many requests. Wait a moment, then try again.", KEPT])
        }
        PortalError::Throttled(Some(seconds)) => {
            let seconds = usize::try_from(*seconds).unwrap_or(usize::MAX);
            join(&[
                "Too many requests. Wait ",
                &count(seconds, "second", "seconds"),
                ", then try again.",
                KEPT,
            ])
        }
        PortalError::Invalid(status) => said("The server refused the request.", status),
        PortalError::Failed(status) if status.req_id.is_empty() => {
            join(&["The server failed. Try again.", KEPT])
        }
        PortalError::Failed(status) => join(&[
            "The server failed. Try again; if it persists, report the request ",
            &status.req_id,
            ".",
            KEPT,
        ]),
    }
}

/// What the backend said, behind what it means.
fn said(meaning: &str, status: &portal_api::Status) -> AttrValue {
    match status.details.as_deref().filter(|details| !details.is_empty()) {
        Some(details) => join(&[meaning, " ", &sentence(details)]),
        None => meaning.to_owned().into(),
    }
}

/// A text of the backend as a sentence.
pub(crate) fn sentence(text: &str) -> AttrValue {
    let mut sentence = capitalised(text);
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence.into()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

pub(crate) fn link_problem(problem: &Problem) -> AttrValue {
    match problem {
        Problem::Expiry(text) => {
            join(&["the expiry “", text, "” (use never, 30d or a date such as 2027-01-31)"])
        }
        Problem::KeyType(text) => join(&["the kind of key “", text, "”"]),
        Problem::Scope(text) => join(&["the scope that starts with “", text, "”"]),
    }
}
