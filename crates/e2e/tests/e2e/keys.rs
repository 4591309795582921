//! What can be done with keys beside creating and deleting them, and whom they can be made for.

use portal_backend::seed::SeedApp;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::browser::keys::{RIGHT, SPACE};
use crate::person::{APP, APP_WITH_KEYS};
use crate::portal::{Portal, USER};
use crate::webdriver::Engine;

const DAY: i64 = 24 * 60 * 60;

fn found<'k>(keys: &'k [Value], description: &str) -> Vec<&'k Value> {
    keys.iter().filter(|key| key["description"] == description).collect()
}

/// Seconds from when a key was made until it ends.
fn lifetime(browser: &Browser, from: &Value, to: &Value) -> i64 {
    let script = "return (Date.parse(arguments[1]) - Date.parse(arguments[0])) / 1000";
    browser.script(script, json!([from, to])).as_f64().map_or(0, |seconds| seconds as i64)
}

#[test]
fn a_key_is_replaced_at_once_or_with_an_overlap() {
    replace(Engine::Chromium);
}

pub(crate) fn replace(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.choose_app(APP_WITH_KEYS.1);
    let before = portal.keys(APP_WITH_KEYS.0);
    let old = found(&before, "Shop front end")[0].clone();

    browser.press_of("Replace", "Shop front end");
    browser.find("dialog", "Replace this key");
    browser.is_ticked("radio", "works for another 24 hours");
    browser.press("Replace");
    let (_, secret) = browser.new_key();
    browser.close_new_key();
    let keys = portal.keys(APP_WITH_KEYS.0);
    let both = found(&keys, "Shop front end");
    assert_eq!(both.len(), 2);
    let ending = both.iter().find(|key| key["handle"] == old["handle"]).unwrap();
    let new = both.iter().find(|key| key["handle"] != old["handle"]).unwrap();
    let left = lifetime(&browser, &new["created_at"], &ending["expires_at"]);
    assert!((DAY - 60..DAY + 60).contains(&left), "the old key works for another {left} s");
    assert_eq!((&new["scopes"], &new["endpoints"]), (&old["scopes"], &old["endpoints"]));
    assert!(new["last_four"] == secret[secret.len() - 4..] && new["expires_at"].is_null());

    browser.press_of("Replace", "Nightly catalogue import");
    browser.click(&browser.find("radio", "is deleted at once"));
    browser.press("Replace");
    browser.new_key();
    browser.close_new_key();
    let old = found(&before, "Nightly catalogue import")[0];
    let keys = portal.keys(APP_WITH_KEYS.0);
    let left = found(&keys, "Nightly catalogue import");
    assert_eq!(left.len(), 1);
    assert_ne!(left[0]["handle"], old["handle"]);
    assert_eq!(left[0]["expires_at"], old["expires_at"], "the new key ends as the old one did");
}

#[test]
fn a_key_is_the_template_of_another() {
    use_as_template(Engine::Chromium);
}

pub(crate) fn use_as_template(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.choose_app(APP_WITH_KEYS.1);
    browser.press_of("Use as template", "Shop front end");
    browser.holds("textbox", "Description", "Shop front end");
    browser.describe("Second front end");
    browser.press("Create key");
    browser.press("Create anyway");
    browser.new_key();
    let keys = portal.keys(APP_WITH_KEYS.0);
    let (old, new) = (found(&keys, "Shop front end")[0], found(&keys, "Second front end")[0]);
    assert_eq!((&new["scopes"], &new["endpoints"]), (&old["scopes"], &old["endpoints"]));
}

#[test]
fn a_key_ends_when_the_person_says() {
    end_when_said(Engine::Chromium);
}

pub(crate) fn end_when_said(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    for (choice, days) in [("In 30 days", 30), ("In 365 days", 365)] {
        browser.fill_in(APP.1, choice);
        browser.expire(choice);
        browser.create();
        browser.close_new_key();
        let keys = portal.keys(APP.0);
        let key = found(&keys, choice)[0];
        let left = lifetime(&browser, &key["created_at"], &key["expires_at"]);
        assert!((left - days * DAY).abs() < 120, "{choice}: {left} s");
    }
    browser.fill_in(APP.1, "On a date");
    browser.expire("On a date…");
    browser.press("Create key");
    browser.sees("Choose a day from today on.");
    let field = browser.find("date", "Last day (UTC)");
    browser.until("the day has the focus", || {
        (browser.focused().as_ref() == Some(&field)).then_some(())
    });
    browser.stop();
    // As in the United States: month, day, year. More than one month begins with a 1, so the arrow says that it is all.
    browser.keys(&["1", RIGHT, "3", RIGHT, "2", "0", "3", "1"]);
    browser.holds("date", "Last day (UTC)", "2031-01-03");
    browser.create();
    let keys = portal.keys(APP.0);
    assert_eq!(found(&keys, "On a date")[0]["expires_at"], "2031-01-03T23:59:59Z");
}

#[test]
fn a_personal_access_token_is_created_and_works() {
    create_token(Engine::Chromium);
}

pub(crate) fn create_token(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.is_ready();
    browser.click(&browser.find("radio", "Personal access token"));
    browser.find("heading", "Your personal access tokens");
    browser.describe("Terminal");
    browser.press("Read everything");
    browser.press("Create key");
    let (_, secret) = browser.new_key();
    browser.close_new_key();
    browser.find("heading", "Terminal");
    assert!(secret.starts_with("pat_"), "{secret}");
    let key = format!("Key {secret}");
    let (status, answer) = portal.call_as(&[("authorization", &key)], "GET", "/v2/myscopes", None);
    assert_eq!(status, 200, "{answer}");
    assert!(answer["scopes"].as_array().unwrap().contains(&json!("Keys:Get")));
}

#[test]
fn an_app_is_found_among_thousands() {
    choose_among_thousands(Engine::Chromium);
}

pub(crate) fn choose_among_thousands(engine: Engine) {
    let portal = Portal::with(|config| {
        let seed = config.demo.as_mut().unwrap();
        seed.apps.extend((0..3_000).map(|number| SeedApp {
            id: format!("camera-{number:04}"),
            owner: USER.to_owned(),
            name: format!("Camera {number:04}"),
            ..SeedApp::default()
        }));
    });
    let browser = Browser::of(engine, &portal.url);
    browser.choose_app("Camera 2987");
    browser.describe("One of thousands");
    browser.tick("Inputs:Get");
    let button = browser.find("button", "Create key");
    browser.script("arguments[0].focus()", json!([button.to_value()]));
    browser.keys(&[SPACE]);
    browser.new_key();
    assert_eq!(portal.keys("camera-2987").len(), 1);
}
