//! Everything by keyboard alone, with the focus always to be seen.

use std::time::Duration;

use serde_json::json;

use crate::browser::Browser;
use crate::browser::keys::{DOWN, ENTER, ESCAPE, RIGHT, SHIFT, SPACE, TAB};
use crate::patience::wait;
use crate::person::{APP, APP_WITH_KEYS};
use crate::portal::Portal;
use crate::webdriver::{Element, Engine};

/// How long a page may take to scroll to what has got the focus, and to mark it.
const SETTLING: Duration = Duration::from_secs(1);
/// No page has more places where the focus can stand.
const MOST: usize = 600;

impl Browser {
    /// Where the focus stands: role and name. Fails if a person could not see it there, once the page has been scrolled.
    pub(crate) fn stop(&self) -> Option<(String, String)> {
        let found = wait(SETTLING, || {
            let found = self.script(include_str!("focus.js"), json!([]));
            let Some(element) = Element::read(&found["element"]) else { return Ok(None) };
            let is_clear = found["seen"] == true && found["marked"] == true;
            if is_clear { Ok(Some(element)) } else { Err((element, found)) }
        });
        let found = found.unwrap_or_else(|(element, found)| {
            let (called, seen, marked) = (self.called(&element), &found["seen"], &found["marked"]);
            panic!("the focus is on {called:?}; can be seen: {seen}, is marked: {marked}")
        });
        found.map(|element| self.called(&element))
    }

    /// Presses the tabulator key. From the page's last element it may lead into the browser's own window, which the
    /// driver's keys do not reach: there it comes back at once, before the page's first element.
    fn tab(&self, held: &[&str]) {
        self.chord(held, &[TAB]);
        self.script("if (!document.hasFocus()) window.focus()", json!([]));
    }

    /// Presses the tabulator key until the focus is on something.
    fn tab_to(&self, role: &str, name: &str) {
        for _ in 0..MOST {
            self.tab(&[]);
            if self
                .stop()
                .is_some_and(|(its_role, its_name)| its_role == role && its_name.starts_with(name))
            {
                return;
            }
        }
        panic!("the tabulator key does not lead to the {role} `{name}`");
    }

    /// Types text, key by key.
    fn write(&self, text: &str) {
        let letters: Vec<String> = text.chars().map(String::from).collect();
        self.keys(&letters.iter().map(String::as_str).collect::<Vec<_>>());
    }

    fn is_on(&self, role: &str, name: &str) {
        self.until(&format!("the focus is on the {role} `{name}`"), || {
            let (its_role, its_name) = self.called(&self.focused()?);
            (its_role == role && its_name.starts_with(name)).then_some(())
        });
    }
}

#[test]
fn a_key_is_created_and_deleted_by_keyboard_alone() {
    create_and_delete(Engine::Chromium);
}

pub(crate) fn create_and_delete(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.is_ready();
    browser.tab_to("combobox", "App");
    browser.write("parking");
    browser.find_like("option", APP.1);
    browser.keys(&[ENTER]);
    browser.find("heading", &format!("Keys of {}", APP.1));
    browser.tab_to("textbox", "Description");
    browser.write("By keyboard");
    browser.tab_to("combobox", "Expires");
    browser.keys(&[DOWN]);
    browser.sees("expires in 30 days");

    browser.tab_to("searchbox", "Search operations and endpoints");
    browser.write("inputs");
    browser.tab_to("checkbox", "Inputs:Add");
    browser.keys(&[SPACE]);
    browser.sees("Inputs:Add does not work without Inputs:Get.");
    browser.is_on("checkbox", "Inputs:Add");
    browser.tab_to("button", "Add Inputs:Get");
    browser.keys(&[ENTER]);
    browser.no_longer_sees("does not work without");
    browser.until("the focus is not lost with the button", || browser.stop());
    browser.tab_to("button", "Create key");
    browser.keys(&[ENTER]);

    browser.new_key();
    browser.tab_to("button", "Copy key");
    browser.keys(&[ENTER]);
    browser.sees("Copied");
    browser.tab_to("button", "Done");
    browser.keys(&[ENTER]);
    browser.sees("Have you stored the key?");
    browser.tab_to("button", "Stored, close");
    browser.keys(&[ENTER]);
    browser.gone("dialog", "Your new key");
    browser.until("the focus is not lost with the dialog", || browser.stop());
    assert_eq!(portal.keys(APP.0).len(), 1);

    browser.tab_to("button", "Delete: By keyboard, …");
    browser.keys(&[ENTER]);
    browser.find("dialog", "Delete this key?");
    browser.keys(&[ESCAPE]);
    browser.gone("dialog", "Delete this key?");
    browser.is_on("button", "Delete: By keyboard, …");
    assert_eq!(portal.keys(APP.0).len(), 1);
    browser.keys(&[ENTER]);
    browser.find("dialog", "Delete this key?");
    browser.tab_to("button", "Delete");
    browser.keys(&[ENTER]);
    browser.gone("dialog", "Delete this key?");
    browser.sees("No keys yet.");
    browser.until("the focus is not lost with the key", || browser.stop());
}

#[test]
fn tabs_undo_and_dialogs_by_keyboard_alone() {
    use_tabs_undo_and_dialogs(Engine::Chromium);
}

pub(crate) fn use_tabs_undo_and_dialogs(engine: Engine) {
    let portal = Portal::start();
    let browser = Browser::of(engine, &portal.url);
    browser.is_ready();
    browser.tab_to("tab", "Operations");
    browser.keys(&[RIGHT]);
    browser.find_like("radio", "Only these endpoints");
    browser.tab_to("radio", "Any endpoint");
    browser.keys(&[DOWN]);
    browser.tab_to("button", "Inputs");
    browser.keys(&[ENTER]);
    browser.tab_to("checkbox", "PostInputs");
    browser.keys(&[SPACE]);
    browser.sees("PostInputs will be rejected. It lacks");
    browser.tab_to("button", "Undo");
    browser.keys(&[ENTER]);
    browser.no_longer_sees("PostInputs will be rejected. It lacks");
    browser.tab_to("button", "Redo");
    browser.keys(&[ENTER]);
    browser.sees("PostInputs will be rejected. It lacks");

    // Inside a dialog the focus goes round, and does not get out.
    browser.choose_app(APP_WITH_KEYS.1);
    browser.tab_to("button", "Replace: Shop front end, …");
    browser.keys(&[ENTER]);
    let dialog = browser.find("dialog", "Replace this key");
    for held in [&[][..], &[SHIFT]] {
        for _ in 0..8 {
            browser.tab(held);
            let left = browser.script(
                "const at = document.activeElement; return at === document.body || arguments[0].contains(at) ? null : at",
                json!([dialog.to_value()]),
            );
            let left = Element::read(&left).map(|element| browser.called(&element));
            assert_eq!(left, None, "the focus has left the dialog");
        }
        browser.tab_to("button", "Cancel");
    }
    browser.keys(&[ESCAPE]);
    browser.gone("dialog", "Replace this key");
    browser.is_on("button", "Replace: Shop front end, …");
}
