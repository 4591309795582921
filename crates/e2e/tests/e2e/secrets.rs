//! What is kept, and what is not: a draft survives a reload of its tab; a secret survives nothing.

use serde_json::json;

use crate::browser::Browser;
use crate::person::{APP, APP_WITH_KEYS};
use crate::portal::Portal;
use crate::proxy::{Fault, Proxy};
use crate::webdriver::Engine;

/// The page's own document, as text, with what its fields hold and what is in shadow trees.
const DOCUMENT: &str = "
    const text = (root) => [...root.querySelectorAll('*')].filter((each) => each.shadowRoot)
        .map((each) => each.shadowRoot.innerHTML + text(each.shadowRoot)).join('');
    const fields = [...document.querySelectorAll('input, textarea')].map((each) => each.value).join(' ');
    return document.documentElement.outerHTML + text(document) + fields + document.title";

/// How often a text stands in the memory of the page's module.
const IN_MEMORY: &str = "
    const sought = new TextEncoder().encode(arguments[0]);
    const memories = Object.values(window.module).filter((it) => it instanceof WebAssembly.Memory);
    const memory = new Uint8Array(memories[0].buffer);
    let found = 0;
    for (let at = memory.indexOf(sought[0]); at >= 0; at = memory.indexOf(sought[0], at + 1)) {
        if (sought.every((byte, place) => memory[at + place] === byte)) found += 1;
    }
    return found";

#[test]
fn a_draft_survives_a_reload() {
    reload(Engine::Chromium);
}

pub(crate) fn reload(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.choose_app(APP.1);
    browser.describe("Nearly finished");
    browser.tick("Inputs:Add");
    browser.tick("Predict");
    browser.click(&browser.find_like("tab", "Endpoints"));
    browser.click(&browser.find_like("radio", "Only these endpoints"));
    browser.click(&browser.find_like("button", "Inputs 0 of"));
    browser.tick("PostInputs");
    browser.reload();
    browser.is_ready();
    browser.holds("combobox", "App", APP.1);
    browser.holds("textbox", "Description", "Nearly finished");
    for name in ["Inputs:Add", "Predict"] {
        browser.is_ticked("checkbox", name);
    }
    assert!(!browser.checked(&browser.find("checkbox", "Inputs:Get")));
    browser.find_like("tab", "Endpoints 1 of 190");
}

#[test]
fn a_draft_survives_going_away_and_back() {
    go_away_and_back(Engine::Chromium);
}

pub(crate) fn go_away_and_back(engine: Engine) {
    let portal = Portal::start();
    let link = format!("?app={}&owner=amara-okafor&description=Left%20for%20a%20moment", APP.0);
    let browser = Browser::of(engine, &format!("{}/{link}", portal.url));
    browser.find("heading", &format!("Keys of {}", APP.1));
    browser.is_at_rest();
    // Once this has been told, nothing is due that would draw the fields again.
    let told = "return document.querySelector('.hidden[role=status]').textContent !== ''";
    browser.until("it is told", || (browser.script(told, json!([])) == true).then_some(()));
    browser.open("about:blank");
    browser.back();
    browser.holds("combobox", "App", APP.1);
    browser.holds("textbox", "Description", "Left for a moment");
}

#[test]
fn what_is_changed_after_a_link_survives_a_reload() {
    change_after_link(Engine::Chromium);
}

pub(crate) fn change_after_link(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(
        engine,
        &format!(
            "{}/?app={}&owner=amara-okafor&description=Linked&scopes=Inputs:Get",
            portal.url, APP.0
        ),
    );
    browser.is_ready();
    browser.is_ticked("checkbox", "Inputs:Get");
    browser.describe("Changed");
    browser.tick("Inputs:Add");
    browser.reload();
    browser.is_ready();
    browser.holds("textbox", "Description", "Changed");
    browser.is_ticked("checkbox", "Inputs:Add");
}

#[test]
fn a_link_brings_back_what_it_was_made_of() {
    open_link(Engine::Chromium);
}

pub(crate) fn open_link(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.fill_in(APP.1, "Über & <Link>?");
    browser.press("Copy link");
    browser.sees("Copied");
    let field = browser.find("searchbox", "Search endpoints");
    browser.click(&field);
    browser.paste();
    let link = browser.until("the link is pasted", || {
        Some(browser.value(&field)).filter(|link| link.contains("scopes="))
    });
    let (_, _) = browser.open_tab(&link);
    browser.is_ready();
    browser.holds("textbox", "Description", "Über & <Link>?");
    browser.holds("combobox", "App", APP.1);
    let preset = browser.find("button", "Predict only");
    assert_eq!(browser.attribute(&preset, "aria-pressed").as_deref(), Some("true"));
}

#[test]
fn a_secret_leaves_no_trace() {
    leave_no_trace(Engine::Chromium);
}

pub(crate) fn leave_no_trace(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.fill_in(APP.1, "Secretive");
    let (_, secret) = browser.create();
    browser.press("Copy key");
    browser.sees("Copied");
    let nowhere = |moment: &str| {
        let kept = browser.kept().to_string();
        assert!(!kept.contains(&secret), "{moment}: {kept}");
        assert!(!kept.contains(&secret[4..44]), "{moment}: {kept}");
        for entry in browser.console() {
            assert!(!entry.to_string().contains(&secret), "{moment}: {entry}");
        }
    };
    nowhere("while it is shown");
    let document = browser.script(DOCUMENT, json!([])).to_string();
    assert!(document.contains(&secret), "it is shown, so the search below would find it");

    browser.close_new_key();
    nowhere("after it was shown");
    let document = browser.script(DOCUMENT, json!([])).to_string();
    assert!(!document.contains(&secret[4..44]), "it is still in the page");
    browser.reload();
    browser.is_ready();
    nowhere("after a reload");
}

#[test]
fn a_secret_is_gone_when_a_person_comes_back() {
    come_back(Engine::Chromium);
}

pub(crate) fn come_back(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.fill_in(APP.1, "Left open");
    let (_, secret) = browser.create();
    browser.open("about:blank");
    browser.back();
    browser.find("heading", "Left open");
    let document = browser.script(DOCUMENT, json!([])).to_string();
    assert!(!document.contains(&secret[4..44]), "it is still in the page");
    browser.find("button", "Create key");
}

/// Only Chromium lets a script run before the page's own, which gets hold of the module.
#[test]
fn a_secret_leaves_no_trace_in_memory() {
    let portal = Portal::start();
    let browser = Browser::start();
    let source = "addEventListener('TrunkApplicationStarted', (event) => { window.module = event.detail.wasm })";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": source}));
    browser.open(&portal.url);
    browser.fill_in(APP.1, "Secretive");
    let (_, secret) = browser.create();
    browser.press("Copy key");
    browser.sees("Copied");
    let found = |part: &str| browser.script(IN_MEMORY, json!([part])).as_u64().unwrap();
    assert!(found(&secret) > 0, "it is shown, so the search below would find it");
    browser.close_new_key();
    assert_eq!(found(&secret), 0, "it is still in memory");
    assert_eq!(found(&secret[4..44]), 0, "a part of it is still in memory");
}

#[test]
fn two_tabs_do_not_meddle_with_each_other() {
    use_two_tabs(Engine::Chromium);
}

pub(crate) fn use_two_tabs(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::of(engine, &proxy.url);
    browser.expect_in_console("Failed to load resource");
    browser.fill_in(APP_WITH_KEYS.1, "First tab");
    let (first, second) = browser.open_tab(&proxy.url);
    browser.is_ready();
    assert_eq!(
        browser.value(&browser.find("textbox", "Description")),
        "",
        "a draft is its tab's own"
    );
    browser.choose_app(APP_WITH_KEYS.1);
    browser.press_of("Delete", "Shop front end");
    browser.click(&browser.find_in(
        &browser.find("dialog", "Delete this key?"),
        "button",
        "Delete",
    ));
    browser.gone("heading", "Shop front end");

    browser.turn_to(&first);
    browser.holds("textbox", "Description", "First tab");
    browser.press_of("Edit scopes", "Shop front end");
    browser.tick("Metrics:Get");
    browser.press("Save scopes");
    browser.press("Save anyway");
    browser.sees("The scopes could not be saved. The server does not know it.");
    browser.press("Stop editing");
    browser.press_of("Delete", "Shop front end");
    browser.click(&browser.find_in(
        &browser.find("dialog", "Delete this key?"),
        "button",
        "Delete",
    ));
    browser.gone("heading", "Shop front end");
    browser.create();
    browser.close_new_key();

    browser.turn_to(&second);
    proxy.fail_once(("GET", "/me"), Fault::Status(401));
    browser.reload();
    browser.find("heading", "First tab");
}
