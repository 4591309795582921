//! A box is ticked: what the main thread does until the changed preview is painted.

use serde_json::{Value, json};

use crate::stage::{Stage, until};
use crate::trace::{Trace, Work};

/// What a trace is to tell: tasks, what a frame is made of, and the page's marks.
const CATEGORIES: &str =
    "devtools.timeline,disabled-by-default-devtools.timeline,blink.user_timing";

/// Ticks and unticks random boxes, and answers which, and what each took.
pub(crate) fn measure(stage: &Stage, clicks: usize) -> Vec<(String, Work)> {
    // Each series has a browser of its own: the driver hands a trace out once.
    let browser = Stage::browser(|capabilities| {
        capabilities["goog:loggingPrefs"] = json!({"performance": "ALL"});
        capabilities["goog:chromeOptions"]["perfLoggingPrefs"] =
            json!({"enableNetwork": false, "enablePage": false, "traceCategories": CATEGORIES});
    });
    stage.open(&browser);
    until(
        &browser,
        "return document.querySelector('input[name=operation]:not(:disabled)') && true",
    );
    let found = browser.script(include_str!("toggle.js"), json!([clicks, 20_260_101])).unwrap();
    assert_ne!(found["inTime"], 0, "the preview changes");
    assert_eq!(found["late"], 0, "a click's first frame has all that changes in the preview");
    let clicked = found["clicked"].as_array().unwrap();
    let names = clicked.iter().filter_map(Value::as_str).map(str::to_owned);
    let log = browser.post("se/log", json!({"type": "performance"})).unwrap();
    let work = Trace::read(log.as_array().unwrap()).clicks();
    assert_eq!(work.len(), clicks, "the trace has every click");
    names.zip(work).collect()
}
