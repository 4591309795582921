//! The page is opened for the first time: when it shows something, and when it can be used.

use serde_json::{Value, json};

use crate::stage::{Stage, until};

/// One visit, in milliseconds from the navigation on.
#[derive(Debug)]
pub(crate) struct Visit {
    /// The first text or picture.
    pub(crate) first_paint: f64,
    /// The first box that can be ticked, painted.
    pub(crate) usable: f64,
    /// Every file that was loaded: its path, and its bytes as they were sent, without headers.
    pub(crate) files: Vec<(String, u64)>,
}

/// What a visit came to, once the first paint has been reported.
const RESULT: &str = "
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    if (!paint || !window.benchUsable) return null;
    const entries = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type));
    const files = entries.map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize]);
    return [paint.startTime, window.benchUsable, files];";

/// Visits the page several times, each time as a stranger with empty caches, on a processor slowed down `slower` times.
pub(crate) fn measure(stage: &Stage, visits: usize, slower: u32) -> Vec<Visit> {
    let browser = Stage::browser(|_| ());
    browser.devtools("Emulation.setCPUThrottlingRate", json!({"rate": slower}));
    let first = json!({"source": include_str!("navigation.js")});
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", first);
    let visit = |_| {
        browser.post("url", json!({"url": "about:blank"})).unwrap();
        browser.devtools("Network.clearBrowserCache", json!({}));
        browser.devtools("Network.clearBrowserCookies", json!({}));
        stage.open(&browser);
        let result = until(&browser, RESULT);
        let number = |at: usize| result[at].as_f64().unwrap();
        let file = |entry: &Value| Some((entry[0].as_str()?.to_owned(), entry[1].as_u64()?));
        Visit {
            first_paint: number(0),
            usable: number(1),
            files: result[2].as_array().unwrap().iter().filter_map(file).collect(),
        }
    };
    (0..visits).map(visit).collect()
}
