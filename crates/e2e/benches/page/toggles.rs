//! A box is ticked: what the main thread does until the changed preview is painted.

use serde_json::{Value, json};

use crate::stage::{Stage, until};
use crate::trace::{Trace, Work};

/// What a trace is to tell: tasks, what a frame is made of, and the page's marks.
const CATEGORIES: &str =
    "devtools.timeline,disabled-by-default-devtools.timeline,blink.user_timing";

/// Ticks and unticks random boxes, and answers which, and what each took: the median of some rounds, each of which makes the
/// same clicks in a browser of its own. What else the machine does falls on other clicks each time.
pub(crate) fn measure(stage: &Stage, clicks: usize, rounds: usize) -> Vec<(String, Work)> {
    let rounds: Vec<_> = (0..rounds).map(|_| round(stage, clicks)).collect();
    let (names, _) = &rounds[0];
    let median = |click: usize| {
        let mut work: Vec<_> = rounds.iter().map(|(_, work)| &work[click]).collect();
        work.sort_by(|a, b| a.total.total_cmp(&b.total));
        work[work.len() / 2].clone()
    };
    names.iter().enumerate().map(|(click, name)| (name.clone(), median(click))).collect()
}

/// Makes the clicks once.
fn round(stage: &Stage, clicks: usize) -> (Vec<String>, Vec<Work>) {
    // The driver hands a browser's trace out once.
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
    let names = clicked.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let log = browser.post("se/log", json!({"type": "performance"})).unwrap();
    let work = Trace::read(log.as_array().unwrap()).clicks();
    assert_eq!(work.len(), clicks, "the trace has every click");
    (names, work)
}
