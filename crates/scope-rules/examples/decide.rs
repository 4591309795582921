//! Decides conformance cases: reads one JSON object a line, writes it with `decisions` filled in;
//! with `--check` compares and fails on the first difference.
//!
//! ```sh
//! cargo run --release -p scope-rules --example decide < cases
//! cargo run --release -p scope-rules --example decide -- --check < cases
//! ```

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::process::ExitCode;

use scope_rules::Plan;
use scope_rules::corpus::Case;

const PLANS: [&str; 2] = [
    include_str!("../../../catalogs/clarifai-12.6.0.json"),
    include_str!("../../../catalogs/clarifai-docs-essential.json"),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments, stdin().lock(), stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("decide: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers or checks every case of the input.
pub(crate) fn run(
    arguments: &[String],
    input: impl BufRead,
    mut output: impl Write,
) -> Result<(), Box<dyn Error>> {
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => return Err("usage: decide [--check] < cases".into()),
    };
    let plans =
        PLANS.iter().map(|text| serde_json::from_str(text)).collect::<Result<Vec<Plan>, _>>()?;
    let mut cases = 0usize;
    for (place, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let at = |error: &dyn Error| format!("line {}: {error}", place + 1);
        let case: Case = serde_json::from_str(&line).map_err(|error| at(&error))?;
        if check {
            case.check(&plans).map_err(|error| at(&error))?;
        } else {
            let decided = case.decided(&plans).map_err(|error| at(&error))?;
            serde_json::to_writer(&mut output, &decided)?;
            output.write_all(b"\n")?;
        }
        cases += 1;
    }
    if check {
        writeln!(output, "{cases} cases agree")?;
    }
    Ok(())
}
