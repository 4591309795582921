//! What Chromium's trace tells of the page's main thread.

use serde::Deserialize;
use serde_json::Value;

/// What the time of a frame is told apart by: the names of the trace's events, and what they are called here.
pub(crate) const PARTS: [(&str, &[&str]); 4] = [
    ("style", &["UpdateLayoutTree"]),
    ("layout", &["Layout"]),
    ("paint", &["PrePaint", "Paint"]),
    ("commit", &["Layerize", "Commit"]),
];

/// One event of a trace. Times are microseconds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Event {
    name: String,
    pid: u64,
    tid: u64,
    ts: f64,
    /// How long it took by the clock.
    dur: f64,
    /// How long the thread ran for it.
    tdur: f64,
}

impl Event {
    fn end(&self) -> f64 {
        self.ts + self.dur
    }
}

/// What one click took, in milliseconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Work {
    /// How long the main thread worked from the click until the changed preview was painted: its time on a processor.
    pub(crate) total: f64,
    /// The same by the clock: also while it waited for another thread or for a processor.
    pub(crate) clock: f64,
    /// Of the work, what was not script: see [`PARTS`].
    pub(crate) parts: [f64; PARTS.len()],
    /// What the main thread did after that, until it came to rest.
    pub(crate) afterwards: f64,
}

/// The events of the page's main thread, in order of time.
#[derive(Debug)]
pub(crate) struct Trace(Vec<Event>);

impl Trace {
    /// Picks the main thread out of a driver's performance log: the thread that the page's own marks are from.
    pub(crate) fn read(log: &[Value]) -> Self {
        let mut events: Vec<Event> = log
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter(|entry| entry["message"]["method"] == "Tracing.dataCollected")
            .filter_map(|mut entry| serde_json::from_value(entry["message"]["params"].take()).ok())
            .collect();
        let mark = events.iter().find(|event| event.name == "bench-click").cloned();
        let mark = mark.expect("the trace has the page's marks");
        events.retain(|event| (event.pid, event.tid) == (mark.pid, mark.tid));
        events.sort_by(|a, b| a.ts.total_cmp(&b.ts));
        Self(events)
    }

    fn named<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t Event> {
        self.0.iter().filter(move |event| event.name == name)
    }

    /// What each click took.
    pub(crate) fn clicks(&self) -> Vec<Work> {
        let over: Vec<f64> = self.named("bench-over").map(|event| event.ts).collect();
        self.named("bench-click").zip(over).map(|(click, over)| self.work(click.ts, over)).collect()
    }

    fn work(&self, click: f64, over: f64) -> Work {
        let tasks: Vec<&Event> =
            self.named("RunTask").filter(|task| task.end() > click && task.ts < over).collect();
        // The first frame that is handed on paints what the click has changed.
        let mut frames = self.named("Commit").map(|event| event.ts);
        let painted = frames.find(|at| (click..over).contains(at)).unwrap_or(click);
        let mut work = Work::default();
        for task in tasks {
            let begin = task.ts.max(click);
            let took = task.end() - begin;
            // How much of the work fell before the click is not told: take it as evenly spread.
            let worked = task.tdur / 1_000.0 * (took / task.dur.max(1.0));
            if task.ts > painted {
                work.afterwards += worked;
                continue;
            }
            work.total += worked;
            work.clock += took / 1_000.0;
            for (part, (_, names)) in work.parts.iter_mut().zip(PARTS) {
                *part += self.inside(begin, task.end(), names) / 1_000.0;
            }
        }
        work
    }

    /// How long the thread worked for events of these names between two times. One inside another counts once.
    fn inside(&self, begin: f64, end: f64, names: &[&str]) -> f64 {
        let (mut sum, mut free) = (0.0, begin);
        for event in &self.0 {
            let fits = event.ts >= free && event.end() <= end;
            if fits && names.contains(&event.name.as_str()) {
                sum += event.tdur;
                free = event.end();
            }
        }
        sum
    }
}
