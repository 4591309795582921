//! The rules as a package for JavaScript, of the shape that npm takes.

use std::fs;

use crate::compress::{self, Compressed};
use crate::error::Error;
use crate::page;
use crate::project::{self, Project};
use crate::tools;

/// The crate, and its folder.
const CRATE: &str = "scope-rules-js";
const SOURCE: &str = "crates/scope-rules-js";
/// Where the package is built.
const PACKAGE: &str = "target/npm/scope-rules";
/// What its tests hold it against: the answers of `ListScopes` for the known catalogs.
const ANSWERS: &str = "target/npm/list-scopes.json";
/// The most that one of the package's forms may weigh, in bytes of brotli.
const LIMIT: usize = 50_000;
/// The forms of the package: a folder, and what `wasm-bindgen` calls it.
const FORMS: [(&str, &str); 3] = [("bundler", "bundler"), ("node", "nodejs"), ("web", "web")];

/// Builds the package into `target/npm/scope-rules`, and weighs each of its forms.
pub(crate) fn build(project: &Project) -> Result<(), Error> {
    tools::ensure(project, tools::FOR_PACKAGE)?;
    let mut cargo = project.command("cargo");
    cargo
        .args(["build", "--package", CRATE, "--target", "wasm32-unknown-unknown"])
        .args(["--profile", "wasm-release", "--target-dir"])
        .arg(project.path("target"))
        .envs(page::anew(project));
    project::run(&mut cargo)?;

    let package = project.path(PACKAGE);
    if package.exists() {
        fs::remove_dir_all(&package).map_err(Error::file(&package))?;
    }
    fs::create_dir_all(&package).map_err(Error::file(&package))?;
    for file in ["package.json", "README.md"] {
        let from = project.path(SOURCE).join(file);
        fs::copy(&from, package.join(file)).map_err(Error::file(from))?;
    }
    for (folder, target) in FORMS {
        bind(project, folder, target)?;
        weigh(folder, &compress::folder(&package.join(folder))?)?;
    }
    // Node takes this form as what it is only if the nearest `package.json` says so.
    let node = package.join("node/package.json");
    fs::write(&node, "{ \"type\": \"commonjs\" }\n").map_err(Error::file(node))
}

/// Runs the package's tests in Node.
pub(crate) fn test(project: &Project, line: impl FnMut(&str)) -> Result<(), Error> {
    build(project)?;
    let answers = project::output(project.command("cargo").args([
        "run",
        "--quiet",
        "--package",
        CRATE,
        "--example",
        "list_scopes",
    ]))?;
    let path = project.path(ANSWERS);
    fs::write(&path, answers).map_err(Error::file(&path))?;
    let mut node = project.command("node");
    node.args(["--test", "--test-reporter=tap"])
        .arg(project.path(SOURCE).join("tests/package.test.mjs"))
        .env("SCOPE_RULES_PACKAGE", project.path(PACKAGE))
        .env("SCOPE_RULES_ANSWERS", path);
    project::watch(&mut node, line)
}

/// Binds the module to JavaScript in one form, and makes it smaller.
fn bind(project: &Project, folder: &str, target: &str) -> Result<(), Error> {
    let folder = project.path(PACKAGE).join(folder);
    let module = project.path("target/wasm32-unknown-unknown/wasm-release/scope_rules_js.wasm");
    project::run(
        project
            .command("wasm-bindgen")
            .args(["--target", target, "--out-name", "scope_rules", "--out-dir"])
            .arg(&folder)
            .arg(module),
    )?;
    let module = folder.join("scope_rules_bg.wasm");
    let mut wasm_opt = project.command("wasm-opt");
    // Functions with a single caller are left where they are: inlined, they compress worse, by 7 %.
    wasm_opt.args(["-Os", "--one-caller-inline-max-function-size", "30"]);
    wasm_opt.args(["--strip-producers", "--strip-target-features"]);
    project::run(wasm_opt.arg(&module).arg("--output").arg(&module))
}

fn weigh(folder: &str, files: &[Compressed]) -> Result<(), Error> {
    // The types are for the developer's machine.
    let shipped = files.iter().filter(|file| file.path.extension().is_none_or(|last| last != "ts"));
    let weight: usize = shipped.map(|file| file.brotli.len()).sum();
    println!("{PACKAGE}/{folder}: {weight} bytes of brotli");
    if weight <= LIMIT {
        return Ok(());
    }
    Err(Error::Size(format!("{folder} weighs {weight} bytes of brotli, more than {LIMIT}")))
}
