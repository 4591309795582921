//! The states of the page, each without accessibility faults.

use crate::axe::check;
use crate::browser::Browser;
use crate::browser::keys::{DOWN, ESCAPE};
use crate::person::{APP, APP_WITH_KEYS, SHARED_APP};
use crate::portal::Portal;
use crate::proxy::{Fault, Proxy};

const FAILED: &str = "Failed to load resource";

#[test]
fn while_loading_and_when_that_fails() {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::start();
    browser.expect_in_console(FAILED);

    proxy.fail(("GET", "/scopes"), Fault::Hangs);
    proxy.fail(("GET", "/apps"), Fault::Hangs);
    browser.open(&proxy.url);
    browser.find("heading", "Create an API key");
    check(&browser, "loading");
    proxy.heal();

    for call in ["/me", "/scopes", "/apps", "/collaborations"] {
        proxy.fail(("GET", call), Fault::Status(500));
        browser.open(&proxy.url);
        browser.find("button", "Try again");
        check(&browser, &format!("{call} fails"));
        proxy.heal();
        browser.press("Try again");
        browser.is_ready();
    }

    proxy.fail(("GET", "/keys"), Fault::Status(500));
    let field = browser.find("combobox", "App");
    browser.type_into(&field, APP.1);
    browser.click(&browser.find_like("option", APP.1));
    browser.sees("The keys could not be loaded.");
    check(&browser, "keys fail");
}

#[test]
fn while_choosing() {
    let portal = Portal::start();
    let browser = Browser::at(&portal.url);
    browser.is_ready();
    check(&browser, "empty");

    let field = browser.find("combobox", "App");
    browser.click(&field);
    browser.keys(&[DOWN]);
    browser.find("listbox", "Apps");
    check(&browser, "apps to choose from");
    browser.keys(&[ESCAPE]);

    browser.expire("On a date…");
    browser.find("date", "Last day (UTC)");
    check(&browser, "a date to choose");
    browser.press("Create key");
    browser.sees("Choose the app that the key is to open.");
    browser.sees("Choose a day from today on.");
    check(&browser, "fields marked as wrong");

    browser.choose_app(SHARED_APP.1);
    browser.tick("Inputs:Add");
    browser.tick("Inputs:Delete (not invited)");
    browser.sees("Inputs:Delete has no effect");
    check(&browser, "a shared app with findings");

    browser.hover(&browser.find_like("checkbox", "Models:Add"));
    browser.sees("With Models:Add");
    check(&browser, "what a box would change");

    browser.press("Fix all…");
    browser.find("dialog", "Fix all findings");
    check(&browser, "fix all");
    browser.press("Cancel");

    browser.press("Add Inputs:Get");
    browser.sees("Fixed.");
    browser.click(&browser.find_like("button", "what would make answers fuller"));
    browser.sees("would fill in more of the answers of");
    check(&browser, "a fix that can be taken back, and notes");

    browser.click(&browser.find_like("button", "Make it work: "));
    browser.sees("It needs:");
    check(&browser, "make it work");

    browser.click(&browser.find_like("checkbox", "All operations"));
    browser.sees("The key can do everything that the owner's invite allows");
    check(&browser, "all operations");

    browser.click(&browser.find_like("tab", "Endpoints"));
    browser.click(&browser.find_like("radio", "Only these endpoints"));
    browser.click(&browser.find_like("button", "Inputs 0 of"));
    browser.tick("PostInputs");
    browser.press("Add the operations these need…");
    check(&browser, "endpoints");

    let field = browser.find("searchbox", "Search operations and endpoints");
    browser.fill(&field, "Models:Train");
    browser.find_like("button", "Show what is found under Operations");
    check(&browser, "something that only the other tab has");
    browser.fill(&field, "");

    browser.click(&browser.find("radio", "Personal access token"));
    browser.find("heading", "Your personal access tokens");
    browser.is_at_rest();
    check(&browser, "a personal access token");

    browser
        .open(&format!("{}?app=nowhere&scopes=Inputs:Teleport,Predict&expires=soon", portal.url));
    browser.sees("Parts of the link could not be used:");
    browser.sees("Inputs:Teleport does not exist, or is not offered");
    browser.sees("You cannot use the app “nowhere”, or it is gone.");
    browser.sees("What you had entered before is set aside.");
    check(&browser, "a link that does not fit");
}

#[test]
fn with_keys() {
    let portal = Portal::start();
    let browser = Browser::at(&portal.url);
    browser.fill_in(APP_WITH_KEYS.1, "Checked");
    check(&browser, "a preset");

    browser.press_of("What it can do", "Shop front end");
    check(&browser, "what a key can do");

    browser.press_of("Edit scopes", "Shop front end");
    browser.find("button", "Save scopes");
    check(&browser, "editing");
    browser.press("Stop editing");

    browser.press_of("Replace", "Shop front end");
    browser.find("dialog", "Replace this key");
    check(&browser, "replacing");
    browser.press("Cancel");

    browser.press_of("Delete", "Shop front end");
    browser.find("dialog", "Delete this key?");
    check(&browser, "deleting");
    browser.press("Cancel");

    browser.create();
    check(&browser, "the new key");
    browser.click(&browser.find("button", "Python client"));
    browser.press("Done");
    check(&browser, "the new key is to be closed");
    browser.press("Stored, close");

    browser.describe("Everything");
    browser.press("Everything");
    browser.press("Create key");
    browser.find("dialog", "Create it with these warnings?");
    check(&browser, "warnings to confirm");
}
