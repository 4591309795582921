//! The tools that the commands need: which, in which version, and how each is installed.
//!
//! A tool of the right version on the search path is used as it is; otherwise it is installed into the project
//! (`.tools/`, `node_modules/`), where it changes nothing else on the machine. Only the browsers come from the system.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::project::{self, Project};

/// The version of Trunk.
pub(crate) const TRUNK: &str = "0.22.1";
/// The version of binaryen, which brings `wasm-opt`. `package.json` has to say the same.
pub(crate) const BINARYEN: &str = "132";
/// The version of terser. `package.json` has to say the same.
pub(crate) const TERSER: &str = "5.51.4";
/// The version of geckodriver.
const GECKODRIVER: &str = "0.37.1";
/// What Chromium is called on the search path.
const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// The folder whose `package.json` names what comes from npm.
pub(crate) const NODE: &str = "crates/xtask/node";

/// A tool that some command needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Tool {
    /// The standard library for WebAssembly.
    WasmTarget,
    /// The source of the standard library, which what is shipped is compiled with.
    StdSource,
    /// Builds the page.
    Trunk,
    /// Binds the page's module to JavaScript, and runs its tests. Its version is that of the crate.
    WasmBindgen,
    /// Makes the module smaller.
    WasmOpt,
    /// Makes the page's JavaScript smaller.
    Terser,
    /// Finds accessibility faults in a page.
    Axe,
    /// Judges how a page is served and shown.
    Lighthouse,
    /// A browser and its driver.
    Chromium,
    /// Another, where it can be had.
    Firefox,
    /// And another. It insists on a display, which Xvfb pretends to be.
    WebKit,
}

/// A browser beside Chromium that the end-to-end tests run in, if it can be had.
#[derive(Debug)]
pub(crate) struct OtherBrowser {
    /// What it is called.
    pub(crate) name: &'static str,
    /// How the names of its tests end.
    pub(crate) tests: &'static str,
    /// Where its parts are, as the tests are told; nothing if it is not there.
    pub(crate) parts: Option<Vec<(&'static str, PathBuf)>>,
}

/// What building the page takes.
pub(crate) const FOR_PAGE: &[Tool] =
    &[Tool::StdSource, Tool::Trunk, Tool::WasmBindgen, Tool::WasmOpt, Tool::Terser];
/// What building the package for JavaScript takes.
pub(crate) const FOR_PACKAGE: &[Tool] = &[Tool::StdSource, Tool::WasmBindgen, Tool::WasmOpt];
/// What the tests inside a browser take, and those inside Node.
pub(crate) const FOR_BROWSER: &[Tool] =
    &[Tool::WasmTarget, Tool::WasmBindgen, Tool::WasmOpt, Tool::Chromium];
/// What the end-to-end tests take beyond the page.
pub(crate) const FOR_END_TO_END: &[Tool] =
    &[Tool::Axe, Tool::Chromium, Tool::Firefox, Tool::WebKit];
/// What judging the page takes beyond it.
pub(crate) const FOR_LIGHTHOUSE: &[Tool] = &[Tool::Lighthouse, Tool::Chromium];
/// Everything.
pub(crate) const ALL: &[Tool] = &[
    Tool::WasmTarget,
    Tool::StdSource,
    Tool::Trunk,
    Tool::WasmBindgen,
    Tool::WasmOpt,
    Tool::Terser,
    Tool::Axe,
    Tool::Lighthouse,
    Tool::Chromium,
    Tool::Firefox,
    Tool::WebKit,
];

/// Installs those of the tools that are not there.
pub(crate) fn ensure(project: &Project, tools: &[Tool]) -> Result<(), Error> {
    let mut missing = missing(project, tools)?;
    if !can_apt(project) {
        missing.retain(|tool| !matches!(tool, Tool::Firefox | Tool::WebKit));
    }
    let any = |tools: &[Tool]| tools.iter().any(|tool| missing.contains(tool));

    if any(&[Tool::WasmTarget]) {
        rustup_add(project, "target", "wasm32-unknown-unknown")?;
    }
    if any(&[Tool::StdSource]) {
        rustup_add(project, "component", "rust-src")?;
    }
    if any(&[Tool::Trunk, Tool::WasmBindgen]) || lacks_geckodriver(project, &missing) {
        cargo_install(project, &missing)?;
    }
    if any(&[Tool::WasmOpt, Tool::Terser, Tool::Axe, Tool::Lighthouse]) {
        npm_install(project)?;
    }
    if any(&[Tool::Chromium, Tool::Firefox, Tool::WebKit]) {
        apt_install(project, &missing)?;
    }

    match self::missing(project, &missing)?.first() {
        Some(tool) => Err(Error::StillMissing(format!("{tool:?}"))),
        None => Ok(()),
    }
}

/// The version of the crate `wasm-bindgen`, which its tool has to match to the patch.
pub(crate) fn wasm_bindgen_version(project: &Project) -> Result<String, Error> {
    let lock = project.read("Cargo.lock")?;
    lock.split("[[package]]")
        .find(|package| package.contains("\nname = \"wasm-bindgen\"\n"))
        .and_then(|package| package.split_once("version = \""))
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(version, _)| version.to_owned())
        .ok_or_else(|| Error::NotFound {
            file: "Cargo.lock",
            what: "package `wasm-bindgen`".to_owned(),
        })
}

/// The driver of Chromium: the one that `CHROMEDRIVER` names, else the one on the search path.
pub(crate) fn chromedriver(project: &Project) -> Result<PathBuf, Error> {
    driver(project).ok_or_else(no_browser)
}

/// The browsers beside Chromium.
pub(crate) fn other_browsers(project: &Project) -> [OtherBrowser; 2] {
    [
        OtherBrowser { name: "Firefox", tests: "in_firefox", parts: firefox(project) },
        OtherBrowser { name: "WebKit", tests: "in_webkit", parts: webkit(project) },
    ]
}

/// The accessibility checker that the end-to-end tests load into the page.
pub(crate) fn axe(project: &Project) -> PathBuf {
    project.path(NODE).join("node_modules/axe-core/axe.min.js")
}

/// Lighthouse's command, to be run by Node.
pub(crate) fn lighthouse(project: &Project) -> PathBuf {
    project.path(NODE).join("node_modules/lighthouse/cli/index.js")
}

/// The browser itself.
pub(crate) fn chromium(project: &Project) -> Result<PathBuf, Error> {
    let found = CHROMIUM.into_iter().find_map(|name| project.find_program(name));
    env::var_os("CHROME_PATH").map(PathBuf::from).or(found).ok_or_else(no_browser)
}

fn no_browser() -> Error {
    Error::Missing {
        program: "chromedriver".to_owned(),
        remedy: "install Chromium or Chrome, and the `chromedriver` of the same version \
            (on Debian, as root: `apt-get install chromium chromium-driver`)"
            .to_owned(),
    }
}

fn missing(project: &Project, tools: &[Tool]) -> Result<Vec<Tool>, Error> {
    let wasm_bindgen = wasm_bindgen_version(project)?;
    let mut missing = tools.to_vec();
    missing.retain(|tool| {
        let present = match tool {
            Tool::WasmTarget => has_wasm_target(project),
            Tool::StdSource => has_std_source(project),
            Tool::Trunk => is_version(project, "trunk", TRUNK),
            Tool::WasmBindgen => ["wasm-bindgen", "wasm-bindgen-test-runner"]
                .into_iter()
                .all(|program| is_version(project, program, &wasm_bindgen)),
            Tool::WasmOpt => is_version(project, "wasm-opt", BINARYEN),
            Tool::Terser => is_version(project, "terser", TERSER),
            Tool::Axe => axe(project).is_file(),
            Tool::Lighthouse => lighthouse(project).is_file(),
            Tool::Chromium => has_browser(project),
            Tool::Firefox => firefox(project).is_some(),
            Tool::WebKit => webkit(project).is_some(),
        };
        !present
    });
    Ok(missing)
}

fn has_wasm_target(project: &Project) -> bool {
    let mut rustc = project.command("rustc");
    rustc.args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
    answer(&mut rustc).is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

fn has_std_source(project: &Project) -> bool {
    let library = "lib/rustlib/src/rust/library/Cargo.lock";
    answer(project.command("rustc").args(["--print", "sysroot"]))
        .is_some_and(|sysroot| Path::new(sysroot.trim()).join(library).is_file())
}

fn is_version(project: &Project, program: &str, version: &str) -> bool {
    answer(project.command(program).arg("--version"))
        .is_some_and(|answer| answer.split_whitespace().any(|word| word == version))
}

/// Whether there is a driver, with a browser of its version. Where a browser is not a program on the search path, as
/// on macOS and Windows, the driver knows where to look.
fn has_browser(project: &Project) -> bool {
    let Some(driver) = driver(project) else {
        return false;
    };
    if !cfg!(target_os = "linux") {
        return true;
    }
    let wanted = answer(Command::new(driver).arg("--version")).and_then(|answer| major(&answer));
    CHROMIUM
        .into_iter()
        .filter_map(|browser| answer(project.command(browser).arg("--version")))
        .any(|answer| wanted.is_some() && major(&answer) == wanted)
}

fn driver(project: &Project) -> Option<PathBuf> {
    env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| project.find_program("chromedriver"))
}

fn named(project: &Project, variable: &str, program: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).or_else(|| project.find_program(program))
}

fn firefox(project: &Project) -> Option<Vec<(&'static str, PathBuf)>> {
    ["firefox", "firefox-esr"].into_iter().find_map(|browser| project.find_program(browser))?;
    Some(vec![("GECKODRIVER", named(project, "GECKODRIVER", "geckodriver")?)])
}

fn lacks_geckodriver(project: &Project, missing: &[Tool]) -> bool {
    missing.contains(&Tool::Firefox) && named(project, "GECKODRIVER", "geckodriver").is_none()
}

/// WebKit's own small browser is no program on the search path: it stands beside the library, in a folder by the
/// machine's type.
fn webkit(project: &Project) -> Option<Vec<(&'static str, PathBuf)>> {
    project.find_program("Xvfb")?;
    let driver = named(project, "WEBKITWEBDRIVER", "WebKitWebDriver")?;
    let beside_the_library = || {
        let folders =
            std::fs::read_dir("/usr/lib").ok()?.filter_map(|entry| Some(entry.ok()?.path()));
        let versions = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
        folders
            .flat_map(|folder| versions.map(|version| folder.join(version).join("MiniBrowser")))
            .find(|browser| browser.is_file())
    };
    let browser = env::var_os("WEBKIT_BROWSER").map(PathBuf::from).or_else(beside_the_library)?;
    Some(vec![("WEBKITWEBDRIVER", driver), ("WEBKIT_BROWSER", browser)])
}

/// The first number in what a program answers to `--version`.
fn major(answer: &str) -> Option<u32> {
    answer.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}

/// What a program prints, if it is there and ends well.
fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn rustup_add(project: &Project, kind: &str, name: &str) -> Result<(), Error> {
    need(
        project,
        "rustup",
        &format!("install it, or the {kind} `{name}` in the way of your system"),
    )?;
    println!("installing the {kind} `{name}` (seconds)");
    project::run(project.command("rustup").args([kind, "add", name]))
}

/// Compiles the missing tools that are Rust crates.
///
/// Their own release profile takes 19 minutes for Trunk alone; the tools wait for the compiler and for files, so they
/// are as quick without optimisation. One target folder lets them share what both depend on.
fn cargo_install(project: &Project, missing: &[Tool]) -> Result<(), Error> {
    let wasm_bindgen = wasm_bindgen_version(project)?;
    let crates: Vec<String> = [
        (Tool::Trunk, "trunk", TRUNK),
        (Tool::WasmBindgen, "wasm-bindgen-cli", wasm_bindgen.as_str()),
        (Tool::Firefox, "geckodriver", GECKODRIVER),
    ]
    .into_iter()
    .filter(|(tool, ..)| missing.contains(tool))
    .filter(|(tool, ..)| *tool != Tool::Firefox || lacks_geckodriver(project, missing))
    .map(|(_, name, version)| format!("{name}@{version}"))
    .collect();
    println!(
        "installing {} into `.tools` (about 4 minutes each on 2 cores, once)",
        crates.join(" and ")
    );

    let target = project.path(".tools/target");
    let mut cargo = project.command("cargo");
    // Trunk asks for a newer compiler than it needs.
    cargo
        .args(["install", "--ignore-rust-version", "--root"])
        .arg(project.path(".tools"))
        .args(crates);
    cargo
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    project::run(&mut cargo)?;
    std::fs::remove_dir_all(&target).map_err(Error::file(target))
}

fn npm_install(project: &Project) -> Result<(), Error> {
    need(
        project,
        "npm",
        "install Node 18 or newer with npm (on Debian: `apt-get install nodejs npm`)",
    )?;
    // One of them asks for the `latest` of another, which `overrides` in package.json pins: else a new release there would
    // contradict the lock file here.
    println!("installing binaryen, terser, axe-core and Lighthouse into `{NODE}` (seconds)");
    let mut npm = project.command("npm");
    npm.current_dir(project.path(NODE)).args(["ci", "--no-audit", "--no-fund"]);
    project::run(&mut npm)
}

fn is_root(project: &Project) -> bool {
    answer(project.command("id").arg("-u")).is_some_and(|user| user.trim() == "0")
}

fn can_apt(project: &Project) -> bool {
    let has = |program| project.find_program(program).is_some();
    has("apt-get") && (is_root(project) || has("sudo"))
}

fn apt_install(project: &Project, missing: &[Tool]) -> Result<(), Error> {
    if !can_apt(project) {
        return Err(no_browser());
    }
    let packages: Vec<&str> = [
        (Tool::Chromium, ["chromium", "chromium-driver"].as_slice()),
        (Tool::Firefox, &["firefox-esr"]),
        (Tool::WebKit, &["webkit2gtk-driver", "xvfb"]),
    ]
    .into_iter()
    .filter(|(tool, _)| missing.contains(tool))
    .flat_map(|(_, packages)| packages.iter().copied())
    .collect();
    println!("installing {} (about 1 minute a browser)", packages.join(", "));
    let is_root = is_root(project);
    let apt_get = || {
        let mut command = project.command(if is_root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]);
        command
    };
    project::run(apt_get().arg("update"))?;
    project::run(apt_get().args(["install", "--no-install-recommends"]).args(packages))
}

/// Fails, with what to do about it, when a program is not on the search path.
pub(crate) fn need(project: &Project, program: &str, remedy: &str) -> Result<(), Error> {
    match project.find_program(program) {
        Some(_) => Ok(()),
        None => Err(Error::Missing { program: program.to_owned(), remedy: remedy.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("ChromeDriver 156.0.8078.79 (a21ce95c24ce)"), Some(156));
        assert_eq!(major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12"), Some(156));
        assert_eq!(major("no number"), None);
    }
}
