//! From an empty form to a key that works, and to one that does no longer.

use std::process::Command;

use serde_json::Value;

use crate::browser::Browser;
use crate::person::APP;
use crate::portal::Portal;
use crate::webdriver::Engine;

/// Runs a command line as a person's shell would, and reads the JSON that it prints.
fn shell(line: &str) -> Value {
    let output = Command::new("sh").args(["-c", line]).output().unwrap();
    let missing = String::from_utf8_lossy(&output.stderr).contains("not found");
    assert!(
        !missing,
        "`curl` is not on the search path; install it (on Debian: `apt-get install curl`)"
    );
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_key_is_created_used_and_deleted() {
    from_form_to_end(Engine::Chromium);
}

pub(crate) fn from_form_to_end(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    let (app, name) = APP;
    browser.choose_app(name);
    browser.sees("No keys yet.");
    browser.describe("Camera upload");

    browser.tick("Inputs:Add");
    browser.sees("Inputs:Add does not work without Inputs:Get.");
    browser.press("Add Inputs:Get");
    browser.no_longer_sees("does not work without");
    browser.is_ticked("checkbox", "Inputs:Get");

    let (dialog, secret) = browser.create();
    browser.click(&browser.find_in(&dialog, "button", "Copy key"));
    browser.sees("Copied");
    let curl = browser.text_of(&browser.find_in(&dialog, "code", "curl command"));
    assert!(curl.contains("/myscopes"), "{curl}");
    browser.close_new_key();
    let field = browser.find("searchbox", "Search endpoints");
    browser.click(&field);
    browser.paste();
    browser.until("the secret is pasted", || (browser.value(&field) == secret).then_some(()));
    browser.fill(&field, "");

    browser.find("heading", "Camera upload");
    let keys = portal.keys(app);
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0]["scopes"], serde_json::json!(["Inputs:Add", "Inputs:Get"]));
    browser.sees(keys[0]["handle"].as_str().unwrap());
    browser.sees(&secret[secret.len() - 4..]);

    let answer = shell(&curl);
    assert_eq!(answer["status"]["code"], 10000, "{answer}");
    assert_eq!(answer["scopes"], serde_json::json!(["Inputs:Add", "Inputs:Get"]));
    assert_eq!(answer["app"]["id"], app);

    browser.press_of("Delete", "Camera upload");
    let dialog = browser.find("dialog", "Delete this key?");
    browser.click(&browser.find_in(&dialog, "button", "Delete"));
    browser.gone("dialog", "Delete this key?");
    browser.sees("No keys yet.");
    let answer = shell(&curl);
    assert_eq!(answer["status"]["code"], 11008, "{answer}");
    assert!(portal.keys(app).is_empty());
}
