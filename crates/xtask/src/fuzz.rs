//! Fuzzing the rules: the targets of `crates/scope-rules/fuzz`, for some seconds each.
//!
//! `cargo fuzz` does the same and more, with a nightly compiler. What it passes on to measure coverage any compiler
//! takes; only the sanitizers want a nightly one, and they look for what safe code does not do.

use std::env;
use std::fs;

use crate::error::Error;
use crate::project::{self, Project};
use crate::tools;

const FUZZ: &str = "crates/scope-rules/fuzz";
const TARGETS: [&str; 2] = ["catalog", "grant"];

/// How long each target runs when nothing else is said, in seconds.
pub(crate) const SECONDS: u32 = 20;

/// What tells the fuzzer which code an input reaches, and what it is compared with.
const FLAGS: [&str; 9] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cdebug-assertions",
    "-Coverflow-checks",
    "-Ccodegen-units=1",
];

/// Runs each target, from the inputs that are kept; fails when one ends in a panic, takes too long or too much memory.
pub(crate) fn run(project: &Project, seconds: u32) -> Result<(), Error> {
    if env::var_os("CXX").is_none() {
        tools::need(project, "c++", "install a C++ compiler (on Debian: `apt-get install g++`)")?;
    }
    let host = project::output(project.command("rustc").arg("-vV"))?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    let target_dir = project.path("target/fuzz");
    let mut cargo = project.command("cargo");
    cargo
        .args(["build", "--release", "--locked", "--manifest-path"])
        .arg(project.path(FUZZ).join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target_dir)
        // With a target named, build scripts and macros are compiled without the flags.
        .args(["--target", host])
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    project::run(&mut cargo)?;
    for target in TARGETS {
        fuzz(project, target, &target_dir.join(host).join("release").join(target), seconds)?;
    }
    Ok(())
}

fn fuzz(
    project: &Project,
    target: &str,
    program: &std::path::Path,
    seconds: u32,
) -> Result<(), Error> {
    let folder = project.path(FUZZ);
    let (found, artifacts) = (folder.join("found").join(target), folder.join("artifacts"));
    for folder in [&found, &artifacts] {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    println!("fuzzing `{target}` for {seconds} seconds");
    let mut fuzzer = project.command(&program.to_string_lossy());
    // What is new goes into the first folder; a failing input goes beside it, and its path is printed.
    fuzzer.arg(found).arg(folder.join("corpus").join(target));
    fuzzer.arg(format!("-artifact_prefix={}/{target}-", artifacts.display()));
    fuzzer.arg(format!("-max_total_time={seconds}"));
    fuzzer.args(["-timeout=10", "-verbosity=0", "-print_final_stats=1"]);
    project::run(&mut fuzzer)
}
