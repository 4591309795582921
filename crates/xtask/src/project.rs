//! Where the project is, and how programs are run in it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::error::Error;

/// The project's folder and the search path that its tools are found on.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
    search_path: OsString,
}

impl Project {
    /// Finds the project that cargo started this command for.
    ///
    /// What was installed into the project comes first on the search path, so that Trunk finds the tools it calls.
    pub(crate) fn find() -> Result<Project, Error> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").ok_or(Error::NotUnderCargo)?;
        let root = Path::new(&manifest).ancestors().nth(2).ok_or(Error::NotUnderCargo)?.to_owned();
        let own = [root.join(".tools/bin"), root.join("crates/xtask/node/node_modules/.bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let search_path = env::join_paths(own.into_iter().chain(env::split_paths(&inherited)))
            .unwrap_or(inherited.clone());
        Ok(Project { root, search_path })
    }

    /// A file or folder of the project.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The text of one of the project's files.
    pub(crate) fn read(&self, relative: &str) -> Result<String, Error> {
        let path = self.path(relative);
        fs::read_to_string(&path).map_err(Error::file(path))
    }

    /// Where a program is found, if it is.
    pub(crate) fn find_program(&self, name: &str) -> Option<PathBuf> {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&self.search_path)
            .map(|folder| folder.join(&file))
            .find(|path| path.is_file())
    }

    /// A program to be run in the project's folder.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", &self.search_path);
        command
    }
}

/// Runs a program to its end, its output going where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<(), Error> {
    let status = command.status().map_err(|source| not_started(command, source))?;
    succeeded(command, status)
}

/// What a program prints on its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, Error> {
    let output =
        command.stderr(Stdio::inherit()).output().map_err(|source| not_started(command, source))?;
    succeeded(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a program, shows each line it prints as it comes, and hands it on.
pub(crate) fn watch(command: &mut Command, mut line: impl FnMut(&str)) -> Result<(), Error> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|source| not_started(command, source))?;
    // `split`, not `lines`: a test may print anything.
    for bytes in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|stdout| BufReader::new(stdout).split(b'\n'))
        .map_while(Result::ok)
    {
        let text = String::from_utf8_lossy(&bytes);
        println!("{text}");
        line(&text);
    }
    let status = child.wait().map_err(|source| not_started(command, source))?;
    succeeded(command, status)
}

/// The error for a command that could not be started.
pub(crate) fn not_started(command: &Command, source: std::io::Error) -> Error {
    let program = command.get_program().to_string_lossy().into_owned();
    match source.kind() {
        ErrorKind::NotFound => Error::Missing {
            remedy: format!("install it and see that `{program} --version` answers"),
            program,
        },
        _ => Error::Start { command: line(command), source },
    }
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<(), Error> {
    if status.success() { Ok(()) } else { Err(Error::Failed { command: line(command), status }) }
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect();
    words.join(" ")
}
