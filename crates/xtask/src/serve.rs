//! Page and backend on one address.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use std::str::FromStr;

use crate::error::Error;
use crate::page;
use crate::project::{self, Project};

/// How to serve.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    /// The port on the loopback address.
    pub(crate) port: u16,
    /// The plan, if not the backend's default.
    pub(crate) plan: Option<Plan>,
}

impl Default for Options {
    fn default() -> Options {
        Options { port: 8080, plan: None }
    }
}

/// A plan that the backend can serve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Plan {
    /// Everything.
    Enterprise,
    /// What the documentation lists.
    Essential,
}

impl Plan {
    fn as_str(self) -> &'static str {
        match self {
            Plan::Enterprise => "enterprise",
            Plan::Essential => "essential",
        }
    }
}

impl FromStr for Plan {
    type Err = String;

    fn from_str(text: &str) -> Result<Plan, String> {
        [Plan::Enterprise, Plan::Essential]
            .into_iter()
            .find(|plan| plan.as_str() == text)
            .ok_or_else(|| "there are the plans `enterprise` and `essential`".to_owned())
    }
}

/// Builds the page, then becomes the backend, which serves both.
///
/// The backend is built without optimisation: that is the form the tests need anyway, it is ready in half the time,
/// and answers in well under a millisecond.
pub(crate) fn run(project: &Project, options: &Options) -> Result<(), Error> {
    let port = options.port;
    free(port)?;
    page::build(project)?;
    project::run(project.command("cargo").args(["build", "--package", "portal-backend"]))?;
    free(port)?;

    let mut backend = project.command("cargo");
    backend.args(["run", "--quiet", "--package", "portal-backend", "--"]);
    backend.args([
        "--listen",
        &format!("127.0.0.1:{port}"),
        "--data",
        "data/portal.sqlite",
        "--site",
        "dist",
        "--demo",
    ]);
    if let Some(plan) = options.plan {
        backend.args(["--plan", plan.as_str()]);
    }
    println!("starting the backend; Ctrl-C ends it, `data` keeps what it knows");
    replace(&mut backend)
}

/// Fails when nothing can listen on the port: better said now than after the build.
fn free(port: u16) -> Result<(), Error> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(source) if source.kind() == ErrorKind::AddrInUse => Err(Error::PortInUse { port }),
        Err(source) => Err(Error::Port { port, source }),
    }
}

/// Becomes the other program. One process is left, so that whatever ends this command ends the backend.
#[cfg(unix)]
fn replace(command: &mut Command) -> Result<(), Error> {
    let source = std::os::unix::process::CommandExt::exec(command);
    Err(project::not_started(command, source))
}

/// Runs the other program; Ctrl-C reaches both.
#[cfg(not(unix))]
fn replace(command: &mut Command) -> Result<(), Error> {
    project::run(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_said_with_the_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let said = free(taken.local_addr().unwrap().port()).unwrap_err().to_string();
        assert!(said.contains("in use") && said.contains("--port"), "{said}");
    }
}
