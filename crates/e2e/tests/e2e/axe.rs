//! Accessibility faults: axe-core in every state of the page, in light and dark, on a wide screen and a narrow one.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::browser::Browser;

const WIDE: (u32, u32) = (1280, 1000);
/// The narrowest screen that a page has to fit on without scrolling sideways.
const NARROW: (u32, u32) = (320, 800);

static AXE: LazyLock<String> = LazyLock::new(|| {
    let file = std::env::var_os("E2E_AXE")
        .expect("E2E_AXE names axe.min.js; `cargo xtask test e2e` installs it and says so");
    std::fs::read_to_string(file).unwrap()
});

/// What differs between light and dark.
fn colours() -> Value {
    json!({"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}})
}

fn everything() -> Value {
    json!({"rules": {"target-size": {"enabled": true}}})
}

/// Fails if axe-core finds a fault in what the page shows now, or if it has to be scrolled sideways.
pub(crate) fn check(browser: &Browser, state: &str) {
    let mut faults = String::new();
    for (width, height) in [NARROW, WIDE] {
        browser.resize(width, height);
        let wider = browser
            .script("return document.scrollingElement.scrollWidth - innerWidth", json!([]))
            .as_i64();
        if wider > Some(0) {
            let _ = writeln!(
                faults,
                "{width} wide: the page is {} pixels wider",
                wider.unwrap_or_default()
            );
        }
        for (scheme, options) in [("dark", colours()), ("light", everything())] {
            browser.prefer(scheme);
            for violation in run(browser, options) {
                let _ = writeln!(
                    faults,
                    "{width} wide, {scheme}: {} ({})",
                    violation["help"], violation["id"]
                );
                for node in violation["nodes"].as_array().into_iter().flatten().take(5) {
                    let _ =
                        writeln!(faults, "    {}\n      {}", node["html"], node["failureSummary"]);
                }
            }
        }
    }
    if !faults.is_empty() {
        browser.picture(&format!("axe {state}"));
        panic!("{state}:\n{faults}");
    }
}

fn run(browser: &Browser, options: Value) -> Vec<Value> {
    if browser.script("return typeof axe", json!([])) == "undefined" {
        browser.script(&AXE, json!([]));
    }
    browser.script(include_str!("axe.js"), json!([options])).as_array().unwrap().clone()
}
