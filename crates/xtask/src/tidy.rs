//! Small conventions that neither the compiler nor clippy knows.

use crate::error::Error;
use crate::project::{self, Project};
use crate::tools;

/// Licences that a dependency may have: an expression is fine when one of its alternatives has only these.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What no Rust file may hold: tests that are not run or pass by failing, and code that is not written yet.
const UNFINISHED: &[&str] = &[
    concat!("#[", "ignore"),
    concat!("should_", "panic"),
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
    concat!("dbg", "!("),
];

/// What no file may name: where packages are served from is for each machine to say.
const HOSTS: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("registry.", "npmjs.org"),
    concat!("py", "pi.org"),
    concat!("deb.", "debian.org"),
];

/// Folders that are one machine's own.
const FOLDERS: &[&str] =
    &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];

/// Checks the files, the versions and the licences; every finding is printed.
pub(crate) fn run(project: &Project) -> Result<(), Error> {
    let mut findings = check_files(project)?;
    findings.extend(check_versions(project)?);
    findings.extend(check_licences(project)?);
    for finding in &findings {
        eprintln!("{finding}");
    }
    if findings.is_empty() { Ok(()) } else { Err(Error::Tidy(findings.len())) }
}

/// Whether a file is written by hand. What is made by a tool, or is bad input on purpose, has no conventions to keep.
fn is_ours(name: &str) -> bool {
    !(name.ends_with(".lock")
        || name.ends_with("package-lock.json")
        || name.contains("/fuzz/corpus/"))
}

fn check_files(project: &Project) -> Result<Vec<String>, Error> {
    let listed = project::output(project.command("git").args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "--deduplicate",
    ]))?;
    let mut findings = Vec::new();
    for name in listed.lines().filter(|name| is_ours(name)) {
        // What is no text, or deleted and not committed yet, has nothing to check.
        if let Ok(text) = project.read(name) {
            findings.extend(check_text(name, &text));
        }
    }
    Ok(findings)
}

fn check_text(name: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let is_rust = name.ends_with(".rs");
    if is_rust
        && !text
            .lines()
            .find(|line| !line.is_empty() && !line.starts_with("#!"))
            .is_some_and(|line| line.starts_with("//!"))
    {
        findings.push(format!("{name}: has no module documentation"));
    }
    if !text.is_empty() && !text.ends_with('\n') {
        findings.push(format!("{name}: does not end with a line break"));
    }
    for (number, line) in text.lines().enumerate() {
        let mut find = |what: &str| findings.push(format!("{name}:{}: {what}", number + 1));
        if line.ends_with([' ', '\t']) {
            find("ends with white space");
        }
        if let Some(word) = UNFINISHED.iter().find(|word| is_rust && line.contains(*word)) {
            find(&format!("has `{word}`"));
        }
        if let Some(host) = HOSTS.iter().find(|host| line.contains(*host)) {
            find(&format!("names the host `{host}`"));
        }
        if let Some(folder) = FOLDERS.iter().find(|folder| names_folder(line, folder)) {
            find(&format!("names the folder `{folder}` of some machine"));
        }
    }
    findings
}

/// Whether a path in this folder begins in the line; the same word within a URL or a longer path is another thing.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + folder.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(|c| c.is_alphanumeric() || "_.-}>".contains(c))
            && after.is_some_and(char::is_alphanumeric)
    })
}

/// The versions that stand in a second file because a tool reads them there.
fn check_versions(project: &Project) -> Result<Vec<String>, Error> {
    let wasm_bindgen = tools::wasm_bindgen_version(project)?;
    let expected = [
        ("Trunk.toml".to_owned(), format!("wasm_bindgen = \"{wasm_bindgen}\"")),
        (
            format!("{}/package.json", tools::NODE),
            format!("\"binaryen\": \"{}.0.0\"", tools::BINARYEN),
        ),
        (format!("{}/package.json", tools::NODE), format!("\"terser\": \"{}\"", tools::TERSER)),
    ];
    let mut findings = Vec::new();
    for (file, line) in expected {
        if !project.read(&file)?.contains(&line) {
            findings.push(format!("{file}: has to say `{line}`"));
        }
    }
    Ok(findings)
}

/// The licences of everything that is built for this machine or for the browser.
fn check_licences(project: &Project) -> Result<Vec<String>, Error> {
    let mut findings = Vec::new();
    for target in ["wasm32-unknown-unknown", "x86_64-unknown-linux-gnu"] {
        let tree = project::output(project.command("cargo").args([
            "tree",
            "--locked",
            "--workspace",
            "--all-features",
            "--prefix",
            "none",
            "--no-dedupe",
            "--format",
            "{p}|{l}",
            "--target",
            target,
        ]))?;
        for line in tree.lines() {
            let Some((package, licence)) = line.split_once('|') else {
                continue;
            };
            // The old way to write `OR`.
            if !is_allowed(&licence.replace('/', " OR ")) {
                findings
                    .push(format!("{package}: the licence `{licence}` is not among those allowed"));
            }
        }
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Whether a licence expression leaves a choice that is allowed.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.trim();
    let alternatives = split(expression, " OR ");
    if alternatives.len() > 1 {
        return alternatives.into_iter().any(is_allowed);
    }
    let parts = split(expression, " AND ");
    if parts.len() > 1 {
        return parts.into_iter().all(is_allowed);
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_allowed(inner),
        None => LICENCES.contains(&expression),
    }
}

/// Splits an expression at a word, except inside brackets.
fn split<'a>(expression: &'a str, word: &str) -> Vec<&'a str> {
    let mut parts = vec![];
    let mut start = 0;
    for (at, found) in expression.match_indices(word) {
        let (Some(part), Some(before)) = (expression.get(start..at), expression.get(..at)) else {
            continue;
        };
        if before.matches('(').count() == before.matches(')').count() {
            parts.push(part);
            start = at + found.len();
        }
    }
    parts.extend(expression.get(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_is_tidy() {
        let project = Project::find().unwrap();
        let mut findings = check_files(&project).unwrap();
        findings.extend(check_versions(&project).unwrap());
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    }

    #[test]
    fn what_is_untidy_is_found() {
        let found = |name: &str, text: &str| check_text(name, text).join("\n");
        assert_eq!(found("a.rs", "//! What it is.\n"), "");
        assert_eq!(found("a.rs", "#![cfg(test)]\n\n//! What it is.\n"), "");
        assert_eq!(found("a.rs", "fn main() {}\n"), "a.rs: has no module documentation");
        assert_eq!(found("a.md", "text"), "a.md: does not end with a line break");
        assert_eq!(found("a.md", "one\ntwo \n"), "a.md:2: ends with white space");
        let [ignored, host, folder] = [UNFINISHED[0], HOSTS[0], FOLDERS[1]];
        assert_eq!(
            found("a.rs", &format!("//! A.\n{ignored}]\n")),
            format!("a.rs:2: has `{ignored}`")
        );
        assert_eq!(found("a.md", &format!("{host}\n")), format!("a.md:1: names the host `{host}`"));
        assert_eq!(
            found("a.md", &format!("see {folder}file\n")),
            format!("a.md:1: names the folder `{folder}` of some machine")
        );
        assert_eq!(found("a.md", &format!("https://example.org{folder}page\n")), "");
    }

    #[test]
    fn a_licence_needs_one_allowed_choice() {
        for allowed in
            ["MIT", "GPL-3.0 OR MIT", "(MIT OR GPL-2.0) AND Unicode-3.0", "BSD-3-Clause AND MIT"]
        {
            assert!(is_allowed(allowed), "{allowed}");
        }
        for refused in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-2.0) AND GPL-3.0"] {
            assert!(!is_allowed(refused), "{refused}");
        }
    }
}
