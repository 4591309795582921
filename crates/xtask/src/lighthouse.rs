//! What Lighthouse thinks of the page as the backend serves it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::error::Error;
use crate::page;
use crate::project::{self, Project};
use crate::tools;

/// The database of the backend that serves the page meanwhile.
const DATA: &str = "target/lighthouse/portal.sqlite";

/// Builds the page, serves it, and fails unless Lighthouse gives 100 in everything.
pub(crate) fn run(project: &Project) -> Result<(), Error> {
    tools::ensure(project, tools::FOR_LIGHTHOUSE)?;
    page::build(project)?;
    project::run(project.command("cargo").args(["build", "--package", "portal-backend"]))?;
    let backend = Backend::start(project)?;
    let mut node = project.command("node");
    node.arg(project.path(tools::NODE).join("lighthouse.mjs"))
        .arg(&backend.url)
        .arg(project.path("webdriver.json"))
        .env("CHROME_PATH", tools::chromium(project)?);
    project::run(&mut node).map_err(|error| match error {
        Error::Failed { .. } => Error::Lighthouse,
        other => other,
    })
}

/// A backend that ends with this command.
#[derive(Debug)]
struct Backend {
    process: Child,
    url: String,
}

impl Backend {
    fn start(project: &Project) -> Result<Backend, Error> {
        let data = project.path(DATA);
        if let Some(folder) = data.parent().filter(|folder| folder.exists()) {
            fs::remove_dir_all(folder).map_err(Error::file(folder))?;
        }
        // Cargo becomes the backend, so ending the one ends the other.
        let mut command = project.command("cargo");
        command
            .args(["run", "--quiet", "--package", "portal-backend", "--"])
            .args(["--listen", "127.0.0.1:0", "--demo", "--site", "dist", "--data"])
            .arg(data)
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped());
        let mut process =
            command.spawn().map_err(|source| project::not_started(&command, source))?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            // A backend that says nothing has ended, which the missing address tells.
            let _ = BufReader::new(stdout).read_line(&mut line);
        }
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        let backend = Backend { process, url };
        if backend.url.is_empty() { Err(Error::NoBackend) } else { Ok(backend) }
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        // One that has ended already needs no ending.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
