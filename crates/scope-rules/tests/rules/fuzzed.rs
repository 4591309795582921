//! The inputs that the fuzzer has found worth keeping.

use std::path::Path;

#[path = "../../fuzz/targets.rs"]
mod targets;

/// Every kept input of a target.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn kept_catalogs_are_answered_coherently() {
    let inputs = kept("catalog");
    assert!(inputs.len() > 10);
    inputs.iter().for_each(|input| targets::catalog(input));
}

#[test]
fn kept_grants_come_back() {
    let inputs = kept("grant");
    assert!(inputs.len() > 10);
    inputs.iter().for_each(|input| targets::grant(input));
}
