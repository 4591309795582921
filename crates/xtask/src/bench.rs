//! Benchmarks that need more than cargo: the page's.

use std::str::FromStr;

use crate::error::Error;
use crate::page;
use crate::project::{self, Project};
use crate::rings::{END_TO_END, with_page};
use crate::tools;

/// What can be measured. The rules have a workspace of their own, `crates/rules-bench`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bench {
    /// The built page in Chromium.
    Page,
}

impl FromStr for Bench {
    type Err = String;

    fn from_str(text: &str) -> Result<Bench, String> {
        match text {
            "page" => Ok(Bench::Page),
            _ => Err("there is the benchmark `page`".to_owned()),
        }
    }
}

/// What to measure, and how.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// What to measure.
    pub(crate) what: Option<Bench>,
    /// Whether it is only to be seen that measuring works.
    pub(crate) is_smoke: bool,
}

/// Builds the page and measures it.
pub(crate) fn run(project: &Project, options: Options) -> Result<(), Error> {
    let Options { what: Some(Bench::Page), is_smoke } = options else {
        return Err(Error::NothingToMeasure);
    };
    tools::ensure(project, &[tools::Tool::Chromium])?;
    page::build(project)?;
    let mut cargo = project.command("cargo");
    cargo.args(["bench", "--package", END_TO_END, "--bench", "page"]);
    if is_smoke {
        // The tests have built the backend in this profile already.
        cargo.args(["--profile", "dev", "--", "--smoke"]);
    }
    with_page(project, &mut cargo)?;
    project::run(&mut cargo)
}
