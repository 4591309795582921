//! The accessibility tree of the main states, as a screen reader gets it: compared with snapshots that were reviewed.
//!
//! `E2E_UPDATE=1` writes them anew; the difference is to be read before it is committed.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::person::{APP, APP_WITH_KEYS, SHARED_APP};
use crate::portal::Portal;

/// What says nothing by itself.
const SILENT: [&str; 14] = [
    "none",
    "generic",
    "InlineTextBox",
    "LineBreak",
    "ListMarker",
    "LabelText",
    "Legend",
    "caption",
    "code",
    "emphasis",
    "paragraph",
    "rowgroup",
    "sectionfooter",
    "sectionheader",
];

/// States worth telling.
const TOLD: [&str; 9] = [
    "checked", "pressed", "expanded", "selected", "disabled", "required", "invalid", "modal",
    "busy",
];

/// The tree as an outline, a node a line: role, name, description, value and states.
fn outline(browser: &Browser) -> String {
    let tree = browser.devtools("Accessibility.getFullAXTree", json!({}));
    let nodes: HashMap<&str, &Value> = tree["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["nodeId"].as_str().unwrap(), node))
        .collect();
    let root = tree["nodes"][0]["nodeId"].as_str().unwrap();
    let mut text = String::new();
    write_node(&nodes, root, 0, &mut Vec::new(), &mut text);
    mask(&text)
}

/// Writes a node and what is below it. Text that the name of a node before it has said already is left out.
fn write_node<'t>(
    nodes: &HashMap<&str, &'t Value>,
    id: &str,
    depth: usize,
    said: &mut Vec<&'t str>,
    text: &mut String,
) {
    let Some(node) = nodes.get(id) else { return };
    let value = |member: &str| node[member]["value"].as_str().unwrap_or_default().trim();
    let (role, name) = (value("role"), value("name"));
    let is_text = role == "StaticText";
    // The last four characters of a secret, which differ each time.
    let name = if is_text && said.last() == Some(&"…") { "*" } else { name };
    let repeats =
        is_text && (name.is_empty() || said.iter().rev().take(2).any(|said| says(said, name)));
    let silent = node["ignored"] == true || SILENT.contains(&role) || repeats;
    if !silent {
        let _ = write!(text, "{:1$}{2}", "", depth * 2, if is_text { "text" } else { role });
        for (mark, what) in [("", name), (" —", value("description")), (" =", value("value"))] {
            if !what.is_empty() && (mark != " =" || what != name) {
                let _ = write!(text, "{mark} \"{what}\"");
            }
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let state = &property["value"]["value"];
            let name = property["name"].as_str().unwrap_or_default();
            if TOLD.contains(&name) && !matches!(state.as_str(), Some("false")) && *state != false {
                let _ = match state.as_str() {
                    Some("true") | None => write!(text, " {name}"),
                    Some(other) => write!(text, " {name}: {other}"),
                };
            }
        }
        text.push('\n');
        said.push(name);
        if !value("value").is_empty() {
            said.push(value("value"));
        }
    }
    let depth = if silent { depth } else { depth + 1 };
    for child in node["childIds"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        write_node(nodes, child, depth, said, text);
    }
}

/// Whether a text has another as whole words.
fn says(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

/// Replaces what is different each time.
fn mask(text: &str) -> String {
    let mut text = text.to_owned();
    for (begin, is_part) in [
        ("key_", char::is_alphanumeric as fn(char) -> bool),
        ("ask_", char::is_alphanumeric),
        ("127.0.0.1:", |letter| letter.is_ascii_digit()),
        ("…", char::is_alphanumeric),
        // Joined to what follows, where no line may break.
        ("…\u{2060}", char::is_alphanumeric),
        ("Created ", |letter| letter != '.'),
        ("Expires ", |letter| letter != '.' && letter != '"'),
        ("Expired ", |letter| letter != '.'),
    ] {
        let mut masked = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(begin) {
            masked.extend([before, begin]);
            let tail = after.trim_start_matches(is_part);
            masked.push_str(if tail.len() < after.len() { "*" } else { "" });
            rest = tail;
        }
        masked.push_str(rest);
        text = masked;
    }
    text
}

/// The outline, once it no longer changes: what is announced comes a little later than what is shown.
fn settled(browser: &Browser) -> String {
    browser.is_at_rest();
    let (mut last, mut since) = (outline(browser), Instant::now());
    browser.until("the tree comes to rest", || {
        let now = outline(browser);
        if now != last {
            (last, since) = (now, Instant::now());
        }
        (since.elapsed() > Duration::from_millis(1_000)).then_some(())
    });
    last
}

fn is_as_reviewed(browser: &Browser, state: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/e2e/snapshots")
        .join(format!("{state}.txt"));
    let found = settled(browser);
    if std::env::var_os("E2E_UPDATE").is_some() {
        std::fs::write(file, found).unwrap();
        return;
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    let (mut line, mut lines) = (1, reviewed.lines().zip(found.lines()));
    if let Some((expected, found)) = lines.find(|(expected, found)| {
        line += 1;
        expected != found
    }) {
        panic!(
            "{}:{}: `{found}`, expected `{expected}`; E2E_UPDATE=1 writes the snapshots anew",
            file.display(),
            line - 1
        );
    }
    assert_eq!(
        found.lines().count(),
        reviewed.lines().count(),
        "{}: E2E_UPDATE=1 writes the snapshots anew",
        file.display()
    );
}

/// Waits until the person has been told the counts.
fn is_told(browser: &Browser, part: &str) {
    let script = "return document.querySelector('.key-setup > [role=status]').textContent";
    browser.until(&format!("`{part}` is told"), || {
        let told = browser.script(script, json!([]));
        told.as_str().filter(|told| told.contains(part)).map(|_| ())
    });
}

/// Narrows both lists, so that a person can review the snapshot.
fn narrow(browser: &Browser, operations: &str, endpoints: &str) {
    browser.fill(&browser.find("searchbox", "Search operations and endpoints"), operations);
    browser.fill(&browser.find("searchbox", "Search endpoints"), endpoints);
}

#[test]
fn the_tree_of_the_main_states_is_as_reviewed() {
    let portal = Portal::start();
    let browser = Browser::at(&portal.url);
    browser.is_ready();
    narrow(&browser, "inputs", "GetInput");
    is_told(&browser, "Nothing is ticked yet.");
    is_as_reviewed(&browser, "empty");

    browser.choose_app(SHARED_APP.1);
    browser.tick("Inputs:Add");
    browser.tick("Inputs:Delete (not invited)");
    browser.sees("Inputs:Delete has no effect");
    is_told(&browser, "1 error, 2 warnings.");
    is_as_reviewed(&browser, "shared app with findings");

    browser.press("Create key");
    browser.sees("Describe the key");
    is_as_reviewed(&browser, "field marked as wrong");
    browser.describe("Told");
    browser.press("Add Inputs:Get");
    browser.press("Create key");
    browser.find("dialog", "Create it with these warnings?");
    is_as_reviewed(&browser, "warnings to confirm");
    browser.press("Go back");

    browser.fill_in(APP.1, "Told");
    narrow(&browser, "predict", "PostModelOutputs");
    browser.create();
    is_as_reviewed(&browser, "new key");
    browser.close_new_key();

    browser.press_of("Delete", "Told");
    browser.find("dialog", "Delete this key?");
    is_as_reviewed(&browser, "deleting");
    browser.press("Cancel");

    browser.choose_app(APP_WITH_KEYS.1);
    browser.find("heading", "Shop front end");
    browser.click(&browser.find_like("tab", "Endpoints"));
    browser.click(&browser.find_like("radio", "Only these endpoints"));
    narrow(&browser, "PostInputs", "PostInputs");
    is_told(&browser, "1 error.");
    is_as_reviewed(&browser, "endpoints and keys");
}
