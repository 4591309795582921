//! What a screen reader is told without being asked.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::person::APP;
use crate::portal::Portal;
use crate::proxy::{Fault, Proxy};
use crate::webdriver::Engine;

/// Writes down every text that a live region gets.
const LISTEN: &str = "
    window.told = [];
    const live = '[role=status], [role=alert], [aria-live]';
    new MutationObserver((records) => {
        const regions = new Set();
        for (const { target, addedNodes } of records) {
            for (const node of [target, ...addedNodes]) {
                const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
                const region = element?.closest(live);
                if (region) regions.add(region);
                for (const each of element?.querySelectorAll?.(live) ?? []) if (node !== target) regions.add(each);
            }
        }
        for (const region of regions) {
            const text = region.textContent.trim();
            if (text) window.told.push(text);
        }
    }).observe(document, { subtree: true, childList: true, characterData: true });";

fn told(browser: &Browser) -> Vec<String> {
    let told = browser.script("return window.told", json!([]));
    told.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn is_told(browser: &Browser, part: &str) {
    browser.until(&format!("`{part}` is told"), || {
        told(browser).iter().any(|text| text.contains(part)).then_some(())
    });
}

#[test]
fn counts_findings_and_outcomes_are_announced() {
    announce(Engine::Chromium);
}

pub(crate) fn announce(engine: Engine) {
    let portal = Portal::start();
    let proxy = Proxy::before(&portal);
    let mut browser = Browser::of(engine, &proxy.url);
    browser.expect_in_console("Failed to load resource");
    browser.choose_app(APP.1);
    browser.describe("Announced");
    browser.script(LISTEN, json!([]));

    browser.tick("Inputs:Add");
    is_told(&browser, "1 warning");
    let counts = |text: &String| text.contains(" allowed, ");
    let times_told = || told(&browser).iter().filter(|text| counts(text)).count();

    // A quick row of changes is told once, when it is over.
    let before = times_told();
    let boxes: Value = ["Inputs:Get", "Concepts:Get", "Models:Get", "Apps:Get"]
        .map(|name| browser.find("checkbox", name).to_value())
        .into();
    browser.script("for (const each of arguments) each.click()", boxes);
    browser.until("the new counts are told", || (times_told() > before).then_some(()));
    assert_eq!(times_told(), before + 1, "{:?}", told(&browser));
    let panel = browser.text();
    let last = told(&browser).into_iter().rfind(counts).unwrap();
    assert!(panel.contains(last.split(" allowed").next().unwrap()), "{last}");

    proxy.fail_once(("POST", "/keys"), Fault::Status(500));
    browser.press("Create key");
    is_told(&browser, "We do not know whether the key was created. The server failed.");
    proxy.fail_once(("POST", "/keys"), Fault::Slow(Duration::from_millis(300)));
    browser.press("Create key");
    browser.new_key();
    browser.press("Copy key");
    is_told(&browser, "Copied");
    browser.press("Done");
    is_told(&browser, "Have you stored the key?");
    assert!(!told(&browser).iter().any(|text| text.contains("ask_")), "no secret is read out");
    browser.press("Stored, close");
    is_told(&browser, "1 key");
}
