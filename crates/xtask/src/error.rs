//! Why a command stopped.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

/// Why a command stopped, and where it can be said, what to do about it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The command line asks for something that there is not.
    #[error("no command `{0}`; `cargo xtask help` lists them")]
    UnknownCommand(String),
    /// The command line is wrong in another way.
    #[error("{0}; `cargo xtask help` lists what there is")]
    Arguments(#[from] lexopt::Error),
    /// The commands were started without cargo.
    #[error("start this as `cargo xtask COMMAND`: only cargo says where the project is")]
    NotUnderCargo,
    /// A program that cannot be installed from here is missing.
    #[error("`{program}` is missing: {remedy}")]
    Missing {
        /// The program.
        program: String,
        /// What to do about it.
        remedy: String,
    },
    /// A tool is not found although its installation succeeded.
    #[error(
        "{0} is still not found after its installation; is another version before it on the PATH?"
    )]
    StillMissing(String),
    /// A program ended with a failure.
    #[error("`{command}` failed: {status}")]
    Failed {
        /// The command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// A program could not be started.
    #[error("cannot start `{command}`: {source}")]
    Start {
        /// The command line.
        command: String,
        /// What the system says.
        source: io::Error,
    },
    /// A file or folder could not be read or written.
    #[error("`{}`: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file lacks what is looked up in it.
    #[error("`{file}` has no {what}")]
    NotFound {
        /// The file.
        file: &'static str,
        /// What was looked for.
        what: String,
    },
    /// The page's module cannot be read, or not be written again.
    #[error("the page's module is not what this expects: {0}")]
    Module(#[from] wasm_encoder::reencode::Error),
    /// Something else listens where the backend is to.
    #[error("port {port} is in use: stop what listens there, or choose another one with `--port`")]
    PortInUse {
        /// The port.
        port: u16,
    },
    /// The port cannot be listened on for another reason.
    #[error("cannot listen on port {port}: {source}; choose another one with `--port`")]
    Port {
        /// The port.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// Some tests failed.
    #[error("tests failed: {0}")]
    Tests(String),
    /// The page weighs too much, or not what the table says.
    #[error("{0}")]
    Size(String),
    /// No benchmark is named.
    #[error("what is to be measured? `cargo xtask bench page`")]
    NothingToMeasure,
    /// The backend that is to serve the page has ended at once.
    #[error("the backend did not start; what it says stands above")]
    NoBackend,
    /// Lighthouse finds fault with the page.
    #[error("Lighthouse does not give the page 100 in everything")]
    Lighthouse,
    /// Conventions are not kept.
    #[error("{0} findings")]
    Tidy(usize),
}

impl Error {
    /// Names the file in what the system says.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
        let path = path.into();
        move |source| Error::File { path, source }
    }
}
