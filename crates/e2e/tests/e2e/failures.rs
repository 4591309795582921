//! Every call of the page, failing in every way: what the person sees, and that nothing that was entered is lost.

use std::time::Duration;

use serde_json::json;

use crate::browser::Browser;
use crate::person::{APP, APP_WITH_KEYS};
use crate::portal::Portal;
use crate::proxy::{Call, Fault, Proxy};
use crate::webdriver::Engine;

const FAILED: &str = "Failed to load resource";

const UNREACHABLE: &str = "The server could not be reached. Try again.";
const UNREADABLE: &str = "The server's answer could not be read. Try again.";

/// Each way in which a call can fail, and what the person is told.
fn faults() -> [(Fault, &'static str); 11] {
    [
        (Fault::Down, UNREACHABLE),
        (Fault::HalfBody, UNREACHABLE),
        (Fault::Html, UNREADABLE),
        (Fault::WrongTypes, UNREADABLE),
        (
            Fault::Status(401),
            "Your session has ended. Sign in again in another tab, then try again.",
        ),
        (Fault::Status(403), "You may not do this."),
        (Fault::Status(404), "The server does not know it."),
        (Fault::Status(409), "It does not fit what the server has stored by now."),
        (Fault::Status(413), "The request is too large."),
        (Fault::Status(429), "Too many requests. Wait 7 seconds, then try again."),
        (
            Fault::Status(500),
            "The server failed. Try again; if it persists, report the request e2e.",
        ),
    ]
}

/// The draft that has to survive.
const DRAFT: &str = "?app=visual-search-shop&owner=amara-okafor&description=Survivor&scopes=Inputs:Add,Inputs:Get&expires=30d";

fn has_survived(browser: &Browser) {
    browser.holds("textbox", "Description", "Survivor");
    browser.holds("combobox", "Expires", "30d");
    browser.holds("combobox", "App", APP_WITH_KEYS.1);
    for name in ["Inputs:Add", "Inputs:Get"] {
        browser.is_ticked("checkbox", name);
    }
}

/// Loads the page with one call failing in every way that matters to it, about which it says `what`; then lets the person
/// try again.
fn loading_fails(engine: Engine, call: Call, what: impl Fn(&Fault) -> Option<&'static str>) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::started(engine);
    browser.expect_in_console(FAILED);
    browser.open(&(proxy.url.clone() + "/" + DRAFT));
    has_survived(&browser);
    for (fault, message) in faults() {
        println!("{} {}: {fault:?}", call.0, call.1);
        let Some(what) = what(&fault) else { continue };
        proxy.fail(call, fault);
        browser.reload();
        browser.sees(message);
        browser.sees(what);
        proxy.heal();
        // What else is still being loaded moves the button when it comes.
        browser.is_at_rest();
        browser.press("Try again");
        has_survived(&browser);
        browser.no_longer_sees(message);
        browser.find("heading", "Nightly catalogue import");
    }
    proxy.fail(call, Fault::Slow(Duration::from_millis(700)));
    browser.reload();
    browser.find("heading", "Create an API key");
    has_survived(&browser);
    assert!(!browser.has("button", "Try again"), "slow is no failure");
    proxy.heal();
    proxy.fail_once(call, Fault::Status(401));
    browser.reload();
    has_survived(&browser);
    assert!(!browser.has("button", "Try again"), "a session that has ended is renewed");
}

#[test]
fn loading_the_user() {
    load_user(Engine::Chromium);
}

pub(crate) fn load_user(engine: Engine) {
    loading_fails(engine, ("GET", "/users/me"), |fault| match fault {
        Fault::Status(401) => Some("You are not signed in."),
        // The page asks whether somebody is signed in, and not who.
        Fault::WrongTypes => None,
        _ => Some("Your account could not be loaded."),
    });
}

#[test]
fn loading_the_scopes() {
    load_scopes(Engine::Chromium);
}

pub(crate) fn load_scopes(engine: Engine) {
    loading_fails(engine, ("GET", "/scopes"), |_| Some("The scopes could not be loaded."));
}

#[test]
fn loading_the_apps() {
    load_apps(Engine::Chromium);
}

pub(crate) fn load_apps(engine: Engine) {
    loading_fails(engine, ("GET", "/apps"), |_| Some("Some of your apps could not be loaded."));
}

#[test]
fn loading_the_shared_apps() {
    load_shared_apps(Engine::Chromium);
}

pub(crate) fn load_shared_apps(engine: Engine) {
    loading_fails(engine, ("GET", "/collaborations"), |_| {
        Some("Some of your apps could not be loaded.")
    });
}

#[test]
fn loading_the_keys() {
    load_keys(Engine::Chromium);
}

pub(crate) fn load_keys(engine: Engine) {
    loading_fails(engine, ("GET", "/keys"), |_| Some("The keys could not be loaded."));
}

#[test]
fn creating_a_key() {
    create(Engine::Chromium);
}

pub(crate) fn create(engine: Engine) {
    const CALL: Call = ("POST", "/keys");
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::started(engine);
    browser.expect_in_console(FAILED);
    browser.open(&(proxy.url.clone() + "/" + DRAFT));
    has_survived(&browser);
    let before = portal.keys(APP_WITH_KEYS.0).len();
    for (fault, message) in faults() {
        println!("creating: {fault:?}");
        // Half of the answer means that the key has been made; that is tested elsewhere.
        if matches!(fault, Fault::HalfBody) {
            continue;
        }
        let told = no_key(&fault, "The key could not be created.");
        proxy.fail(CALL, fault);
        browser.press("Create key");
        browser.sees(told);
        browser.sees(message);
        has_survived(&browser);
        proxy.heal();
    }
    assert_eq!(portal.keys(APP_WITH_KEYS.0).len(), before);
    proxy.fail_once(CALL, Fault::Status(401));
    browser.create();
    assert_eq!(
        portal.keys(APP_WITH_KEYS.0).len(),
        before + 1,
        "a session that has ended is renewed"
    );
}

/// What is told of a key that was not made: where no answer could be read, or the backend failed half-way, it may have been.
fn no_key(fault: &Fault, refused: &'static str) -> &'static str {
    match fault {
        Fault::Status(status) if *status < 500 => refused,
        _ => "We do not know whether the key was created.",
    }
}

/// Replacing takes two calls. If the first fails nothing has happened; if the second does there are two keys, and that is
/// said.
#[test]
fn replacing_a_key() {
    replace(Engine::Chromium);
}

pub(crate) fn replace(engine: Engine) {
    const OLD: &str = "Nightly catalogue import";
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::started(engine);
    browser.expect_in_console(FAILED);
    browser.open(&(proxy.url.clone() + "/" + DRAFT));
    has_survived(&browser);
    let before = portal.keys(APP_WITH_KEYS.0);
    browser.press_of("Replace", OLD);
    let dialog = browser.find("dialog", "Replace this key");
    for (fault, message) in faults() {
        println!("replacing: {fault:?}");
        // Half of the answer means that the key has been made.
        if matches!(fault, Fault::HalfBody) {
            continue;
        }
        let told = no_key(&fault, "The key could not be replaced.");
        proxy.fail(("POST", "/keys"), fault);
        browser.click(&browser.find_in(&dialog, "button", "Replace"));
        browser.sees(told);
        browser.sees(message);
        proxy.heal();
    }
    assert_eq!(portal.keys(APP_WITH_KEYS.0), before, "nothing has happened");

    let handle = before.iter().find(|key| key["description"] == OLD).unwrap()["handle"].clone();
    let handle: &'static str = handle.as_str().unwrap().to_owned().leak();
    proxy.fail(("DELETE", handle), Fault::Status(500));
    browser.click(&browser.find("radio", "is deleted at once"));
    browser.click(&browser.find_in(&dialog, "button", "Replace"));
    browser.new_key();
    browser.sees("The old key may still work");
    browser.close_new_key();
    assert_eq!(portal.keys(APP_WITH_KEYS.0).len(), before.len() + 1, "both work");
    has_survived(&browser);
}

/// Changes that take their time are no failures, and a session that has ended meanwhile is renewed.
#[test]
fn changing_a_key_slowly_or_after_the_session_has_ended() {
    change_slowly(Engine::Chromium);
}

pub(crate) fn change_slowly(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::started(engine);
    browser.expect_in_console(FAILED);
    browser.open(&(proxy.url.clone() + "/" + DRAFT));
    has_survived(&browser);
    for (fault, name, warns) in [
        (Fault::Slow(Duration::from_millis(700)), "Shop front end", true),
        (Fault::Status(401), "Nightly catalogue import", false),
    ] {
        let keys = portal.keys(APP_WITH_KEYS.0);
        let key = keys.iter().find(|key| key["description"] == name).unwrap();
        let handle: &'static str = key["handle"].as_str().unwrap().to_owned().leak();
        browser.press_of("Edit scopes", name);
        browser.tick("Metrics:Get");
        proxy.fail_once(("PATCH", "/keys"), fault.clone());
        browser.press("Save scopes");
        if warns {
            browser.press("Save anyway");
        }
        browser.sees("The scopes are saved.");
        browser.press_of("Delete", name);
        let dialog = browser.find("dialog", "Delete this key?");
        proxy.fail_once(("DELETE", handle), fault);
        browser.click(&browser.find_in(&dialog, "button", "Delete"));
        browser.gone("dialog", "Delete this key?");
        browser.gone("heading", name);
        assert_eq!(portal.keys(APP_WITH_KEYS.0).len(), keys.len() - 1);
        has_survived(&browser);
    }
}

/// Half of the answer, or none at all: the key has been made, and its secret is lost.
#[test]
fn creating_a_key_whose_secret_is_lost() {
    lose_secret(Engine::Chromium);
}

pub(crate) fn lose_secret(engine: Engine) {
    const CALL: Call = ("POST", "/keys");
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::started(engine);
    browser.expect_in_console(FAILED);
    browser.open(&proxy.url);
    for (fault, message) in [
        (Fault::HalfBody, UNREACHABLE),
        (Fault::Hangs, "The server did not answer in time. Try again."),
    ] {
        let before = portal.keys(APP.0).len();
        browser.fill_in(APP.1, "Lost");
        let made = matches!(fault, Fault::HalfBody);
        proxy.fail(CALL, fault);
        browser.press("Create key");
        browser.sees(message);
        proxy.heal();
        browser.press("Create key");
        if made {
            browser
                .sees("The key was created, but the answer with its secret was lost on the way.");
        } else {
            browser.new_key();
            browser.close_new_key();
        }
        assert_eq!(portal.keys(APP.0).len(), before + 1);
    }
}

/// Deleting and editing fail in a dialog or beside a button; pressing it again succeeds.
#[test]
fn deleting_and_editing_a_key() {
    delete_and_edit(Engine::Chromium);
}

pub(crate) fn delete_and_edit(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::started(engine);
    browser.expect_in_console(FAILED);
    browser.open(&(proxy.url.clone() + "/" + DRAFT));
    has_survived(&browser);
    let keys = portal.keys(APP_WITH_KEYS.0);
    let key = keys.iter().find(|key| key["description"] == "Nightly catalogue import").unwrap();
    let handle: &'static str = key["handle"].as_str().unwrap().to_owned().leak();

    browser.press_of("Edit scopes", "Nightly catalogue import");
    browser.tick("Metrics:Get");
    for (fault, message) in faults() {
        println!("editing: {fault:?}");
        if matches!(fault, Fault::HalfBody) {
            continue;
        }
        proxy.fail(("PATCH", "/keys"), fault);
        browser.press("Save scopes");
        browser.sees("The scopes could not be saved.");
        browser.sees(message);
        browser.is_ticked("checkbox", "Metrics:Get");
        proxy.heal();
    }
    browser.press("Save scopes");
    browser.sees("The scopes are saved.");
    has_survived(&browser);
    let keys = portal.keys(APP_WITH_KEYS.0);
    let scopes = &keys.iter().find(|key| key["handle"] == handle).unwrap()["scopes"];
    assert!(scopes.as_array().unwrap().contains(&json!("Metrics:Get")), "{scopes}");

    browser.press_of("Delete", "Nightly catalogue import");
    let dialog = browser.find("dialog", "Delete this key?");
    for (fault, message) in faults() {
        println!("deleting: {fault:?}");
        // A key that does not exist any more is what was wanted; half an answer means that it has been deleted.
        if matches!(fault, Fault::HalfBody | Fault::Status(404)) {
            continue;
        }
        proxy.fail(("DELETE", handle), fault);
        browser.click(&browser.find_in(&dialog, "button", "Delete"));
        browser.sees("The key could not be deleted.");
        browser.sees(message);
        proxy.heal();
    }
    assert_eq!(portal.keys(APP_WITH_KEYS.0).len(), keys.len());
    browser.click(&browser.find_in(&dialog, "button", "Delete"));
    browser.gone("dialog", "Delete this key?");
    browser.gone("heading", "Nightly catalogue import");
    assert_eq!(portal.keys(APP_WITH_KEYS.0).len(), keys.len() - 1);
    has_survived(&browser);
}
