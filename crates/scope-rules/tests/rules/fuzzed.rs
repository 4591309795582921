//! The inputs that the fuzzer has found worth keeping, as they are and changed a little: a short run on any compiler.

use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

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

/// The first lines of one kept input and the last of another, a few characters overwritten.
fn changed(target: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let input = select(kept(target));
    let overwritten = vec((any::<Index>(), b' '..=b'~'), 0..4);
    (input.clone(), input, any::<[Index; 2]>(), overwritten).prop_map(
        |(one, other, [end, start], overwritten)| {
            let (one, other): (Vec<_>, Vec<_>) = (
                one.split_inclusive(is_break).collect(),
                other.split_inclusive(is_break).collect(),
            );
            let first = &one[..end.index(one.len() + 1)];
            let last = &other[start.index(other.len() + 1)..];
            let mut bytes = [first, last].concat().concat();
            for (at, byte) in overwritten {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
            }
            bytes
        },
    )
}

fn is_break(byte: &u8) -> bool {
    *byte == b'\n'
}

proptest! {
    #[test]
    fn changed_catalogs_are_answered_coherently(input in changed("catalog")) {
        targets::catalog(&input);
    }

    #[test]
    fn changed_grants_come_back(input in changed("grant")) {
        targets::grant(&input);
    }
}
