//! Building the page.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compress::{self, Compressed};
use crate::error::Error;
use crate::project::{self, Project};
use crate::tools;

/// Builds the page into `dist/`, and its compressed forms beside it.
pub(crate) fn build(project: &Project) -> Result<(), Error> {
    compress::write(&built(project)?)
}

/// Builds the page into `dist/`, and hands back its files, compressed.
pub(crate) fn built(project: &Project) -> Result<Vec<Compressed>, Error> {
    tools::ensure(project, tools::FOR_PAGE)?;
    project::run(
        project
            .command("trunk")
            .args(["build", "--release"])
            .env("CARGO_ENCODED_RUSTFLAGS", without_this_machine(project)),
    )?;
    compress::folder(&project.path("dist"))
}

/// Compiler flags that keep this machine's folders out of the module, so that it is the same wherever it is built.
pub(crate) fn without_this_machine(project: &Project) -> String {
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    let sources = fs::read_dir(cargo_home.join("registry/src"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    let flag = |folder: &Path| format!("--remap-path-prefix={}/=", folder.display());
    let flags: Vec<String> =
        sources.chain([project.path("")]).map(|folder| flag(&folder)).collect();
    // The separator that cargo expects, as a path may hold spaces.
    flags.join("\u{1f}")
}
