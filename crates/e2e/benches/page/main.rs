//! How fast the built page is, in Chromium, served by the real backend; each number beside its budget.
//!
//! `cargo xtask bench page` builds the page, installs what is missing and runs this.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "this measures: what is not as it should be ends it"
)]

mod navigation;
mod plans;
mod report;
mod stage;
mod toggles;
mod trace;

use crate::stage::Stage;
use crate::trace::{PARTS, Work};

/// How often each thing is done.
struct Effort {
    clicks: usize,
    rounds: usize,
    visits: usize,
    /// How many operations and endpoints the large catalogs have.
    large: [usize; 2],
}

const FULL: Effort = Effort { clicks: 200, rounds: 3, visits: 20, large: [5_000, 10_000] };
/// Enough to see that measuring works; the numbers say nothing.
const SMOKE: Effort = Effort { clicks: 5, rounds: 1, visits: 2, large: [200, 400] };

/// What all files of the page may weigh together, in bytes.
const PAGE_BYTES: f64 = 110.0 * 1024.0;

fn main() {
    let is_smoke = std::env::args().any(|arg| arg == "--smoke");
    let effort = if is_smoke { SMOKE } else { FULL };
    let real = Stage::set(None);
    let [some, more] = effort.large.map(|count| Stage::set(Some(&plans::large(count))));
    let series = [
        ("the real catalog".to_owned(), &real, [Some(4.0), Some(6.0)]),
        (
            format!("{0} operations and {0} endpoints", effort.large[0]),
            &some,
            [Some(3.0), Some(4.0)],
        ),
        (
            format!("{0} operations and {0} endpoints", effort.large[1]),
            &more,
            [Some(3.0), Some(4.0)],
        ),
    ];

    println!("measuring; anything else that this machine does now makes the numbers worse");
    let toggles = series.map(|(what, stage, budget)| {
        println!("… ticking boxes of {what}");
        (what, toggles::measure(stage, effort.clicks, effort.rounds), budget)
    });
    println!("… opening the page");
    let visits = navigation::measure(&real, effort.visits, 1);
    let slow_visits = navigation::measure(&real, effort.visits, 4);
    let large_visits = navigation::measure(&some, effort.visits.div_ceil(4), 1);

    report::head();
    for (what, clicks, budget) in &toggles {
        let all = |of: fn(&Work) -> f64| -> Vec<f64> {
            clicks.iter().map(|(_, work)| of(work)).collect()
        };
        report::row(&format!("tick a box, {what}, ms"), &all(|work| work.total), *budget);
        report::row("— by the clock, ms", &all(|work| work.clock), *budget);
    }
    for (what, visits, budget) in [
        ("", &visits, Some(300.0)),
        (", processor slowed 4 times", &slow_visits, Some(1_100.0)),
        (&format!(", {}", toggles[1].0), &large_visits, None),
    ] {
        let first: Vec<_> = visits.iter().map(|visit| visit.first_paint).collect();
        let usable: Vec<_> = visits.iter().map(|visit| visit.usable).collect();
        report::row(&format!("first paint{what}, ms"), &first, [None; 2]);
        report::row(&format!("first usable box{what}, ms"), &usable, [budget, None]);
    }
    let bytes = |of_page: bool| -> f64 {
        let files = visits[0].files.iter();
        let counted = files.filter(|(path, _)| path.starts_with("/v2/") != of_page);
        counted.map(|(_, size)| *size as f64).sum()
    };
    report::row("the page over the wire, bytes", &[bytes(true)], [Some(PAGE_BYTES), None]);
    report::row("its calls until it is usable, bytes", &[bytes(false)], [None; 2]);

    for (what, clicks, _) in &toggles {
        details(what, clicks);
    }
    println!("\nFiles of a first visit, in bytes as sent:");
    for (path, size) in &visits[0].files {
        println!("{size:>9}  {path}");
    }
}

/// Where the work of the clicks goes, and which took longest.
fn details(what: &str, clicks: &[(String, Work)]) {
    let mean = |of: &dyn Fn(&Work) -> f64| {
        clicks.iter().map(|(_, work)| of(work)).sum::<f64>() / clicks.len() as f64
    };
    let script = |work: &Work| work.total - work.parts.iter().sum::<f64>();
    println!("\nTicking boxes of {what}, mean of {} clicks, in ms:", clicks.len());
    print!("  script and the rest {:.2}", mean(&script));
    for (at, (part, _)) in PARTS.iter().enumerate() {
        print!(", {part} {:.2}", mean(&|work| work.parts[at]));
    }
    println!("; after that frame {:.2}", mean(&|work| work.afterwards));
    let mut slowest: Vec<_> = clicks.iter().enumerate().collect();
    slowest.sort_by(|(_, (_, a)), (_, (_, b))| b.total.total_cmp(&a.total));
    println!("  the slowest:");
    for (at, (name, work)) in slowest.into_iter().take(8) {
        print!("  {:>7.2}: click {at}, `{name}`: script {:.2}", work.total, script(work));
        for (part, (name, _)) in work.parts.iter().zip(PARTS) {
            print!(", {name} {part:.2}");
        }
        println!();
    }
}
