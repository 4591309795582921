//! The tests, in rings: what fails fast comes first, and each ring runs whatever the one before it said.

use std::fmt;
use std::process::Command;
use std::str::FromStr;
use std::time::{Duration, Instant};

use crate::dist;
use crate::error::Error;
use crate::page;
use crate::project::{self, Project};
use crate::tools;

/// A ring of tests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ring {
    /// Every crate's tests on this machine, and the examples in the documentation.
    Native,
    /// The page's components and the rules, as WebAssembly in a headless browser; the rules in Node, too.
    Browser,
    /// The built page in a browser, with the real backend and database.
    EndToEnd,
}

const ALL: [Ring; 3] = [Ring::Native, Ring::Browser, Ring::EndToEnd];

/// The crate of the end-to-end tests. It needs the built page and a browser, so the other rings leave it out.
pub(crate) const END_TO_END: &str = "e2e";

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ring::Native => "native",
            Ring::Browser => "browser",
            Ring::EndToEnd => "e2e",
        })
    }
}

impl FromStr for Ring {
    type Err = String;

    fn from_str(text: &str) -> Result<Ring, String> {
        ALL.into_iter()
            .find(|ring| ring.to_string() == text)
            .ok_or_else(|| "there are the rings `native`, `browser` and `e2e`".to_owned())
    }
}

/// What a ring came to.
#[derive(Debug)]
struct Outcome {
    ring: Ring,
    tally: Tally,
    failure: Option<String>,
    time: Duration,
}

/// Runs the rings, or all of them when none is named; the last line is the sum.
pub(crate) fn run(project: &Project, rings: &[Ring]) -> Result<(), Error> {
    let rings = if rings.is_empty() { &ALL } else { rings };
    let outcomes: Vec<Outcome> = rings.iter().map(|ring| run_ring(project, *ring)).collect();

    println!();
    for Outcome { ring, tally, failure, time } in &outcomes {
        let failure = failure.as_deref().unwrap_or("ok");
        println!(
            "{:<8} {:>4} passed {:>3} failed {:>5} s  {failure}",
            ring.to_string(),
            tally.passed,
            tally.failed,
            time.as_secs()
        );
    }
    println!();
    let failed: Vec<String> = outcomes
        .iter()
        .filter(|outcome| outcome.failure.is_some())
        .map(|outcome| outcome.ring.to_string())
        .collect();
    // A ring that could not even start counts as one failure, so that the sum never looks well when it is not.
    let passed: usize = outcomes.iter().map(|outcome| outcome.tally.passed).sum();
    let failures: usize = outcomes
        .iter()
        .map(|outcome| outcome.tally.failed.max(usize::from(outcome.failure.is_some())))
        .sum();
    println!("{passed} passed, {failures} failed");
    if failed.is_empty() { Ok(()) } else { Err(Error::Tests(failed.join(", "))) }
}

fn run_ring(project: &Project, ring: Ring) -> Outcome {
    println!("\n--- {ring} ---");
    let start = Instant::now();
    let mut tally = Tally::default();
    let result = match ring {
        Ring::Native => native(project, &mut tally),
        Ring::Browser => browser(project, &mut tally),
        Ring::EndToEnd => end_to_end(project, &mut tally),
    };
    let failure = match result {
        Err(error) => Some(error.to_string()),
        Ok(()) if tally.passed == 0 => Some("no test ran".to_owned()),
        Ok(()) => None,
    };
    if let Some(failure) = &failure {
        eprintln!("error: {failure}");
    }
    Outcome { ring, tally, failure, time: start.elapsed() }
}

fn native(project: &Project, tally: &mut Tally) -> Result<(), Error> {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--workspace", "--no-fail-fast", "--exclude", END_TO_END]);
    project::watch(&mut cargo, |line| tally.count(line))
}

fn browser(project: &Project, tally: &mut Tally) -> Result<(), Error> {
    tools::ensure(project, tools::FOR_BROWSER)?;
    let mut cargo = project.command("cargo");
    cargo
        .args(["test", "--target", "wasm32-unknown-unknown", "--no-fail-fast"])
        .args(["--package", "key-setup", "--package", "scope-rules", "--package", "scope-rules-js"])
        .args(["--lib", "--tests"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", tools::chromedriver(project)?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", project.path("webdriver.json"))
        // Seconds. The defaults, 20 and 5, are too short for two busy cores.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    let in_browser = project::watch(&mut cargo, |line| tally.count(line));
    let in_node = dist::test(project, |line| tally.count(line));
    in_browser.and(in_node)
}

fn end_to_end(project: &Project, tally: &mut Tally) -> Result<(), Error> {
    tools::ensure(project, tools::FOR_END_TO_END)?;
    page::build(project)?;
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--package", END_TO_END, "--no-fail-fast"]);
    with_page(project, &mut cargo)?;
    cargo.env("E2E_AXE", tools::axe(project)).arg("--");
    for tools::OtherBrowser { name, tests, parts } in tools::other_browsers(project) {
        match parts {
            Some(parts) => cargo.envs(parts),
            None => {
                println!("{name} and its driver are not installed: its tests are left out");
                cargo.args(["--skip", tests])
            }
        };
    }
    project::watch(&mut cargo, |line| tally.count(line))
}

/// Says where the page and Chromium are, as the end-to-end tests and the page's benchmark want to know.
pub(crate) fn with_page(project: &Project, cargo: &mut Command) -> Result<(), Error> {
    cargo
        .env("CHROMEDRIVER", tools::chromedriver(project)?)
        .env("E2E_SITE", project.path("dist"))
        .env("E2E_WEBDRIVER_JSON", project.path("webdriver.json"));
    Ok(())
}

/// How many tests there were, read from the closing lines of the test runners.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// Adds what a line says, if it is a closing line: `test result: ok. 3 passed; 0 failed; …` of
    /// cargo, `# pass 3` and `# fail 0` of Node.
    fn count(&mut self, line: &str) {
        let mut add = |number: &str, word: &str| match word {
            "passed" | "# pass" => self.passed += number.parse().unwrap_or(0),
            "failed" | "# fail" => self.failed += number.parse().unwrap_or(0),
            _ => {}
        };
        if let Some(result) = line.trim_start().strip_prefix("test result: ") {
            let numbers = result.split_once(". ").map_or("", |(_, numbers)| numbers);
            for (number, word) in numbers.split(';').filter_map(|part| part.trim().split_once(' '))
            {
                add(number, word);
            }
        } else if let Some((word, number)) = line.rsplit_once(' ') {
            add(number, word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_added_up() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 filtered out; finished in 0.10s",
            "7 passed; 7 failed",
            "# tests 5",
            "# pass 5",
            "# fail 0",
        ] {
            tally.count(line);
        }
        assert_eq!(tally, Tally { passed: 9, failed: 2 });
    }
}
