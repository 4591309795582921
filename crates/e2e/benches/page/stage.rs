//! A backend with a catalog, and a browser that has its page open.

use std::fs;
use std::time::Duration;

use e2e::patience::wait;
use e2e::portal::Portal;
use e2e::webdriver::{Engine, Session};
use scope_rules::Plan;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long the page may take for anything, however large its catalog.
const PATIENCE: Duration = Duration::from_secs(100);

/// A backend with a catalog.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) portal: Portal,
    _folder: Option<TempDir>,
}

impl Stage {
    /// A backend with the real catalog, or with another one.
    pub(crate) fn set(plan: Option<&Plan>) -> Self {
        let Some(plan) = plan else { return Self { portal: Portal::start(), _folder: None } };
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plan.json");
        fs::write(&file, serde_json::to_vec(plan).unwrap()).unwrap();
        let portal = Portal::with(|config| config.catalog = Some(file));
        Self { portal, _folder: Some(folder) }
    }

    /// A new browser, 1,280 pixels wide as in the tests, without any page.
    pub(crate) fn browser(change: impl FnOnce(&mut Value)) -> Session {
        let browser = Session::with(Engine::Chromium, change);
        browser.post("window/rect", json!({"width": 1280, "height": 1000})).unwrap();
        let patience = PATIENCE.as_millis();
        browser.post("timeouts", json!({"script": patience, "pageLoad": patience})).unwrap();
        browser
    }

    /// Opens the page.
    pub(crate) fn open(&self, browser: &Session) {
        browser.post("url", json!({"url": self.portal.url})).unwrap();
    }
}

/// Waits until a script answers something.
pub(crate) fn until(browser: &Session, script: &str) -> Value {
    let answer = || Some(browser.script(script, json!([])).unwrap()).filter(|it| !it.is_null());
    wait(PATIENCE, || answer().ok_or(())).unwrap_or_else(|()| panic!("`{script}` has no answer"))
}
