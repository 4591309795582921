//! Building the page.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compress::{self, Compressed};
use crate::error::Error;
use crate::project::{self, Project};
use crate::prune;
use crate::shorten;
use crate::tools;

/// Builds the page into `dist/`, and its compressed forms beside it.
pub(crate) fn build(project: &Project) -> Result<(), Error> {
    compress::write(&built(project)?)
}

/// Builds the page into `dist/`, and hands back its files, compressed.
pub(crate) fn built(project: &Project) -> Result<Vec<Compressed>, Error> {
    tools::ensure(project, tools::FOR_PAGE)?;
    project::run(project.command("trunk").args(["build", "--release"]).envs(anew(project)))?;
    let dist = project.path("dist");
    let (module, script) = (file(&dist, "_bg.wasm")?, file(&dist, ".js")?);
    prune::module(&module)?;
    optimise(project, &module)?;
    shorten::names(project, &dist, module, script)?;
    compress::folder(&dist)
}

/// The file of the page whose name begins as all of the module's do, and ends like this.
fn file(dist: &Path, end: &str) -> Result<PathBuf, Error> {
    fs::read_dir(dist)
        .map_err(Error::file(dist))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(shorten::NAME) && name.ends_with(end)
        })
        .ok_or_else(|| Error::NotFound { file: "dist", what: format!("file `key-setup-*{end}`") })
}

/// Makes the page's module smaller, by these passes in this order.
fn optimise(project: &Project, module: &Path) -> Result<(), Error> {
    let mut wasm_opt = project.command("wasm-opt");
    wasm_opt.args(["--converge", "--low-memory-unused", "--zero-filled-memory"]);
    // Functions with a single caller are left where they are: inlined, they compress worse.
    wasm_opt.args(["--one-caller-inline-max-function-size", "30"]);
    wasm_opt.args(["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--gufa", "-Oz", "--dealign"]);
    wasm_opt.args(["--strip-debug", "--strip-producers"]);
    project::run(wasm_opt.arg(module).arg("--output").arg(module))
}

/// What makes cargo compile a module for the web together with the standard library, without what a panic would say: it
/// stops the module either way, and what it says is a tenth of the module. Cargo and the compiler call this unstable, and
/// have to be told that it is meant; nothing else of what is unstable is used.
pub(crate) fn anew(project: &Project) -> [(&'static str, String); 3] {
    let mut flags = without_this_machine(project);
    flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"].map(str::to_owned));
    [
        ("RUSTC_BOOTSTRAP", "1".to_owned()),
        ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".to_owned()),
        // The separator that cargo expects, as a path may hold spaces.
        ("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")),
    ]
}

/// Compiler flags that keep this machine's folders out of the module, so that it is the same wherever it is built.
fn without_this_machine(project: &Project) -> Vec<String> {
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    let sources = fs::read_dir(cargo_home.join("registry/src"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    let flag = |folder: &Path| format!("--remap-path-prefix={}/=", folder.display());
    sources.chain([project.path("")]).map(|folder| flag(&folder)).collect()
}
