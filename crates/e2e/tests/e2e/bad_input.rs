//! What goes wrong, or comes in wrong: a clear message, nothing lost, nothing created twice, no markup interpreted.

use std::time::Duration;

use portal_backend::seed::{SeedApp, SeedInvite};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::browser::keys::ENTER;
use crate::person::{APP, SHARED_APP};
use crate::portal::{Portal, USER};
use crate::proxy::{Fault, Proxy};
use crate::webdriver::Engine;

const FAILED: &str = "Failed to load resource";
const POST_KEYS: (&str, &str) = ("POST", "/keys");
const MARKUP: &str =
    r#"<img src="x" onerror="window.ran = 1"><script>window.ran = 1</script><b>bold</b>"#;

#[test]
fn a_backend_that_is_down_at_the_start() {
    be_down_at_the_start(Engine::Chromium);
}

pub(crate) fn be_down_at_the_start(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::started(engine);
    browser.expect_in_console(FAILED);
    for path in ["/me", "/apps", "/collaborations", "/scopes", "/session"] {
        proxy.fail(("GET", path), Fault::Down);
        proxy.fail(("POST", path), Fault::Down);
    }
    browser.open(&proxy.url);
    browser.sees("The server could not be reached. Try again.");
    browser.describe("Written while the server is down");
    proxy.heal();
    browser.press("Try again");
    browser.is_ready();
    browser.no_longer_sees("could not be reached");
    browser.holds("textbox", "Description", "Written while the server is down");
    browser.choose_app(APP.1);
}

#[test]
fn a_backend_that_fails_in_the_middle() {
    fail_in_the_middle(Engine::Chromium);
}

pub(crate) fn fail_in_the_middle(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::of(engine, &proxy.url);
    browser.expect_in_console(FAILED);
    browser.fill_in(APP.1, "Persistent");
    for (fault, message) in [
        (
            Fault::Down,
            "We do not know whether the key was created. The server could not be reached. Try again. What you entered is kept.",
        ),
        (
            Fault::Status(500),
            "We do not know whether the key was created. The server failed. Try again; if it persists, report the request e2e.",
        ),
        (
            Fault::Html,
            "We do not know whether the key was created. The server's answer could not be read. Try again.",
        ),
    ] {
        proxy.fail(POST_KEYS, fault);
        browser.press("Create key");
        browser.sees(message);
        browser.holds("textbox", "Description", "Persistent");
        browser.holds("combobox", "App", APP.1);
        proxy.heal();
    }
    assert!(portal.keys(APP.0).is_empty());
    browser.create();
    browser.close_new_key();
    assert_eq!(portal.keys(APP.0).len(), 1);
}

#[test]
fn a_lost_answer_makes_no_second_key() {
    lose_an_answer(Engine::Chromium);
}

pub(crate) fn lose_an_answer(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::of(engine, &proxy.url);
    browser.expect_in_console(FAILED);
    browser.fill_in(APP.1, "Once");
    // Every time: a browser repeats a call by itself if its connection breaks.
    proxy.fail(POST_KEYS, Fault::AnswerLost);
    browser.press("Create key");
    browser.sees("The server could not be reached.");
    proxy.heal();
    assert_eq!(portal.keys(APP.0).len(), 1, "it has been created, though the page cannot know");

    browser.reload();
    browser.is_ready();
    browser.press("Create key");
    browser.sees("The key was created, but the answer with its secret was lost on the way.");
    assert_eq!(portal.keys(APP.0).len(), 1);
    browser.find("heading", "Once");

    browser.fill_in(APP.1, "Once");
    browser.create();
    assert_eq!(portal.keys(APP.0).len(), 2, "what is filled in anew is another key");
}

#[test]
fn create_pressed_twice_makes_one_key() {
    press_twice(Engine::Chromium);
}

pub(crate) fn press_twice(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let browser = Browser::of(engine, &proxy.url);
    browser.fill_in(APP.1, "Pressed twice");
    proxy.fail_once(POST_KEYS, Fault::Slow(Duration::from_secs(1)));
    let button = browser.find("button", "Create key");
    browser.script(
        "arguments[0].click(); arguments[0].click(); arguments[0].focus()",
        json!([button.to_value()]),
    );
    browser.find("button", "Creating…");
    browser.keys(&[ENTER, ENTER]);
    browser.new_key();
    assert_eq!(proxy.count(POST_KEYS), 1);
    assert_eq!(portal.keys(APP.0).len(), 1);
}

#[test]
fn fields_that_are_empty_long_or_of_spaces() {
    fill_in_wrongly(Engine::Chromium);
}

pub(crate) fn fill_in_wrongly(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let browser = Browser::of(engine, &proxy.url);
    browser.is_ready();
    browser.press("Create key");
    browser.sees("Choose the app that the key is to open.");
    browser.sees("Describe the key, so that you will know it again.");
    browser.fill_in(APP.1, "   ");
    browser.press("Create key");
    browser.sees("Describe the key, so that you will know it again.");
    let field = browser.find("textbox", "Description");
    browser.until("the wrong field has the focus", || {
        (browser.focused() == Some(field.clone())).then_some(())
    });
    assert_eq!(browser.attribute(&field, "aria-invalid").as_deref(), Some("true"));
    browser.fill(&field, &"x".repeat(101));
    browser.sees("101 of 100");
    browser.press("Create key");
    browser.sees("Use at most 100 characters.");
    assert_eq!(proxy.count(POST_KEYS), 0, "nothing was sent");
    browser.fill(&field, &format!("  {}  ", "ü".repeat(100)));
    browser.create();
    assert_eq!(portal.keys(APP.0)[0]["description"], "ü".repeat(100));
}

#[test]
fn names_with_markup() {
    be_named_with_markup(Engine::Chromium);
}

pub(crate) fn be_named_with_markup(engine: Engine) {
    let portal = Portal::with(|config| {
        let seed = config.demo.as_mut().unwrap();
        seed.apps.extend([app("markup", USER), app("shared-markup", "lindqvist-labs")]);
        seed.invites.push(SeedInvite {
            owner: "lindqvist-labs".to_owned(),
            app: "shared-markup".to_owned(),
            user: USER.to_owned(),
            scopes: vec!["Inputs:Get".to_owned()],
            endpoints: Vec::new(),
        });
    });
    let key = json!({"description": MARKUP, "scopes": ["Inputs:Get"], "apps": [{"id": "markup", "user_id": USER}]});
    portal.create(&key).unwrap();
    let browser = Browser::of(engine, &portal.url);
    browser.is_ready();
    let uninterpreted = || {
        let script = "return [window.ran ?? null, document.querySelectorAll('#key-setup img, #key-setup script, #key-setup b > b').length]";
        assert_eq!(browser.script(script, json!([])), json!([null, 0]));
    };

    browser.click(&browser.find("combobox", "App"));
    browser.find_like("option", MARKUP);
    uninterpreted();
    browser.type_into(&browser.find("combobox", "App"), "<img");
    browser.click(&browser.find_like("option", "markup, shared by"));
    browser.find("heading", &format!("Keys of {MARKUP}"));
    uninterpreted();
    browser.open(&format!(
        "{}?app=markup&owner={USER}&scopes=%3Cimg%20src=x%3E&expires=%3Cb%3E",
        portal.url
    ));
    browser.is_ready();
    browser.find("heading", MARKUP);
    browser.sees("<img src=x> does not exist, or is not offered to this kind of key in your plan.");
    uninterpreted();
    browser.press_of("Delete", MARKUP);
    browser.sees(&format!("Calls with “{MARKUP}”"));
    uninterpreted();
    browser.press("Cancel");
}

fn app(id: &str, owner: &str) -> SeedApp {
    SeedApp {
        id: id.to_owned(),
        owner: owner.to_owned(),
        name: MARKUP.to_owned(),
        description: MARKUP.to_owned(),
        ..SeedApp::default()
    }
}

/// Only Chromium shows the page as on a screen of any width.
#[test]
fn an_endless_name_fits_on_every_screen() {
    let endless = "Endless ".to_owned() + &"name".repeat(2_498);
    assert_eq!(endless.len(), 10_000);
    let portal = Portal::with(|config| {
        let named = SeedApp { name: endless.clone(), ..app("endless", USER) };
        config.demo.as_mut().unwrap().apps.push(named);
    });
    let browser = Browser::at(&portal.url);
    browser.choose_app(&format!("{}…", &endless[..100]));
    for width in [320, 1280] {
        browser.resize(width, 800);
        let wider =
            browser.script("return document.scrollingElement.scrollWidth - innerWidth", json!([]));
        assert!(wider.as_i64() <= Some(0), "{width} wide, the page is {wider} pixels wider");
        let button = browser.find("button", "Create key");
        assert!(
            browser.is_in_view_when_focused(&button),
            "{width} wide, the button cannot be seen"
        );
    }
}

#[test]
fn scopes_that_nobody_has_heard_of() {
    be_offered_unheard_of_scopes(Engine::Chromium);
}

pub(crate) fn be_offered_unheard_of_scopes(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    proxy.fail(("GET", "/scopes"), Fault::Changed(|answer: &mut Value| {
        let scopes = answer["scope_deps"].as_array_mut().unwrap();
        scopes.push(json!({"scope": "Teleports:Beam:Up", "depending_scopes": ["Nobody:Knows"]}));
        scopes.push(json!({"scope": "Séances:Hold"}));
        let endpoints = answer["endpoint_deps"].as_array_mut().unwrap();
        endpoints.push(json!({"endpoint": "/clarifai.api.V2/PostTeleports", "depending_scopes": ["Nobody:Knows"], "auth": "RetinaAuth"}));
    }));
    proxy.fail(
        ("GET", "/collaborations"),
        Fault::Changed(|answer: &mut Value| {
            for shared in answer["collaborations"].as_array_mut().unwrap() {
                shared["scopes"].as_array_mut().unwrap().push(json!("Wormholes:Open"));
            }
        }),
    );
    let browser = Browser::of(engine, &proxy.url);
    browser.choose_app(SHARED_APP.1);
    browser.sees("Wormholes:Open");
    browser.tick("Hold (not invited)");
    browser.sees("Séances:Hold has no effect: the owner's invite does not include it.");
    browser.choose_app(APP.1);
    browser.describe("From the future");
    browser.press("Create key");
    browser.sees("This key cannot be created yet. Fix the errors listed above the calls.");
    assert!(portal.keys(APP.0).is_empty());
}

/// A failure of this test would mean that the others look away.
#[test]
fn what_the_policy_forbids_is_neither_done_nor_overlooked() {
    let portal = Portal::start();
    let browser = Browser::at(&portal.url);
    browser.is_ready();
    browser.script(
        "const style = document.createElement('style');
        style.textContent = 'h1 { letter-spacing: 1em }';
        document.head.append(style)",
        json!([]),
    );
    let script = "return getComputedStyle(document.querySelector('h1')).letterSpacing";
    assert_ne!(browser.script(script, json!([])), "1em");
    let script = "try { document.createElement('script').text = 'window.ran = 1' } catch (error) { return error.name }";
    assert_eq!(browser.script(script, json!([])), "TypeError", "no script is made of text");
    let said: Vec<_> = browser.console().iter().map(Value::to_string).collect();
    let violations = |part: &str| said.iter().filter(|said| said.contains(part)).count();
    assert_eq!((violations("style-src"), violations("TrustedScript")), (1, 1), "{said:?}");
}
