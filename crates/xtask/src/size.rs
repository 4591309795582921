//! What the page weighs, and whether that was meant.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::compress::Compressed;
use crate::error::Error;
use crate::page;
use crate::project::Project;

/// The most that all files of the page may weigh, in bytes of brotli.
const BUDGET: usize = 110 * 1024;
/// The table that is kept.
const TABLE: &str = "docs/size.md";
/// The name of the table's last row.
const ALL: &str = "all";

/// What to do with the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Action {
    /// Compare with it.
    Compare,
    /// Write it.
    Update,
}

/// Builds the page and weighs it.
pub(crate) fn run(project: &Project, action: Action) -> Result<(), Error> {
    let files = page::built(project)?;
    let weighed = table(&project.path("dist"), &files);
    print!("{weighed}");
    fits(&weighed).map_err(Error::Size)?;
    match action {
        Action::Update => {
            let path = project.path(TABLE);
            fs::write(&path, document(&weighed)).map_err(Error::file(path))
        }
        Action::Compare => compare(&project.read(TABLE)?, &weighed).map_err(Error::Size),
    }
}

fn document(table: &str) -> String {
    format!(
        "# What the page weighs\n\n\
         Bytes over the wire, written by `cargo xtask size --update`. `cargo xtask size` fails when all files together\n\
         take more than {BUDGET} bytes of brotli, have changed by more than 1 % of it since, or when a file has come or\n\
         gone.\n\n\
         {table}"
    )
}

/// Whether the page keeps within its budget.
fn fits(weighed: &str) -> Result<(), String> {
    let weight = total(weighed);
    if weight <= BUDGET {
        return Ok(());
    }
    Err(format!(
        "the page weighs {weight} bytes of brotli, {} more than its budget; make it lighter",
        weight - BUDGET
    ))
}

/// What all files of a table weigh.
fn total(table: &str) -> usize {
    weights(table).get(ALL).copied().unwrap_or_default()
}

fn table(dist: &Path, files: &[Compressed]) -> String {
    let mut rows: Vec<_> = files
        .iter()
        .map(|file| {
            let name = file.path.strip_prefix(dist).unwrap_or(&file.path).to_string_lossy();
            (without_hash(&name), file.raw, file.gzip.len(), file.brotli.len())
        })
        .collect();
    rows.sort();
    let total =
        rows.iter().fold((0, 0, 0), |sum, row| (sum.0 + row.1, sum.1 + row.2, sum.2 + row.3));
    rows.push((ALL.to_owned(), total.0, total.1, total.2));

    let mut table = "| file | raw | gzip | brotli |\n| --- | ---: | ---: | ---: |\n".to_owned();
    for (name, raw, gzip, brotli) in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {name} | {raw} | {gzip} | {brotli} |");
    }
    table
}

/// The name without the hash that Trunk puts into it, which changes with every build.
fn without_hash(name: &str) -> String {
    let mut parts = name.split('-');
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        if part.len() - rest.len() >= 12 {
            short.push_str(rest);
        } else {
            short.push('-');
            short.push_str(part);
        }
    }
    short
}

/// Compares the brotli column of the kept table with the one just weighed.
fn compare(kept: &str, weighed: &str) -> Result<(), String> {
    let (old, new) = (total(kept), total(weighed));
    let (kept, weighed) = (weights(kept), weights(weighed));
    let come = weighed
        .keys()
        .filter(|name| !kept.contains_key(*name))
        .map(|name| format!("`{name}` is new"));
    let gone = kept
        .keys()
        .filter(|name| !weighed.contains_key(*name))
        .map(|name| format!("`{name}` is gone"));
    let changed = (new.abs_diff(old) * 100 > old)
        .then(|| format!("the page weighed {old} and now weighs {new} bytes"));
    let findings: Vec<String> = come.chain(gone).chain(changed).collect();
    if findings.is_empty() {
        return Ok(());
    }
    Err(format!("{}; if that is meant: `cargo xtask size --update`", findings.join("; ")))
}

/// Name and last column of each row that ends with a number.
fn weights(table: &str) -> BTreeMap<&str, usize> {
    table
        .lines()
        .filter_map(|line| {
            let mut cells = line.trim().trim_matches('|').split('|').map(str::trim);
            let name = cells.next()?;
            Some((name, cells.next_back()?.parse().ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_leave_the_names() {
        assert_eq!(without_hash("key-setup-0123456789abcdef_bg.wasm"), "key-setup_bg.wasm");
        assert_eq!(without_hash("key-setup-0123456789abcdef.js"), "key-setup.js");
        assert_eq!(without_hash("index.html"), "index.html");
        assert_eq!(
            without_hash("snippets/key-setup-0123456789abcdef/inline0.js"),
            "snippets/key-setup/inline0.js"
        );
    }

    #[test]
    fn more_than_one_percent_is_told() {
        let kept =
            "| file | brotli |\n| --- | ---: |\n| a.js | 1000 |\n| b.css | 50 |\n| all | 1050 |\n";
        assert_eq!(compare(kept, "| a.js | 990 |\n| b.css | 50 |\n| all | 1040 |\n"), Ok(()));
        let told = compare(kept, "| a.js | 990 |\n| c.css | 71 |\n| all | 1061 |\n").unwrap_err();
        for finding in
            ["weighed 1050 and now weighs 1061", "`c.css` is new", "`b.css` is gone", "--update"]
        {
            assert!(told.contains(finding), "{told}");
        }
    }

    #[test]
    fn a_page_above_its_budget_is_refused() {
        let table =
            |weight: usize| format!("| file | brotli |\n| --- | ---: |\n| all | {weight} |\n");
        assert_eq!(fits(&table(BUDGET)), Ok(()));
        let told = fits(&table(BUDGET + 15)).unwrap_err();
        assert!(told.contains("15 more than its budget"), "{told}");
    }

    #[test]
    fn the_written_document_holds_what_is_compared() {
        let table = "| file | raw | gzip | brotli |\n| --- | ---: | ---: | ---: |\n| a.js | 3 | 2 | 1 |\n| all | 3 | 2 | 1 |\n";
        assert_eq!(compare(&document(table), table), Ok(()));
    }
}
