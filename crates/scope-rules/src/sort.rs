//! Sorting: one type for all that is put in order, because each type that is sorted brings a sort
//! of its own into a page's module.

use crate::catalog::OperationId;

/// What is sorted: by rank, then by name, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key<'a> {
    rank: u64,
    pub(crate) name: &'a str,
    /// Where what is sorted stands.
    pub(crate) place: usize,
}

impl<'a> Key<'a> {
    pub(crate) const fn new(rank: u64, name: &'a str, place: usize) -> Self {
        Self { rank, name, place }
    }

    /// By name alone. The rank is how the name begins, as most names differ there.
    pub(crate) fn named(name: &'a str, place: usize) -> Self {
        Self { rank: beginning(name), name, place }
    }
}

/// The first bytes of a name as a number, in the order of names.
fn beginning(name: &str) -> u64 {
    let mut bytes = [0; 8];
    for (byte, letter) in bytes.iter_mut().zip(name.bytes()) {
        *byte = letter;
    }
    u64::from_be_bytes(bytes)
}

/// Puts keys in order. A heap takes longer than the sort of slices, and a fifth of its code.
pub(crate) fn sort(keys: &mut Vec<Key<'_>>) {
    *keys = std::collections::BinaryHeap::from(std::mem::take(keys)).into_sorted_vec();
}

/// Names and their places, in order of name; of the same name, in order of place.
pub(crate) fn by_name<'a>(names: &mut dyn ExactSizeIterator<Item = &'a str>) -> Vec<Key<'a>> {
    let mut keys = Vec::with_capacity(names.len());
    for (place, name) in names.enumerate() {
        keys.push(Key::named(name, place));
    }
    sort(&mut keys);
    keys
}

/// The first of the keys that has that name, in keys that are in order of name.
pub(crate) fn find(keys: &[Key<'_>], name: &str) -> Option<usize> {
    let wanted = Key::named(name, 0);
    let first = keys.partition_point(|key| *key < wanted);
    keys.get(first).filter(|key| key.name == name)?;
    Some(first)
}

/// Puts operations in order.
pub(crate) fn operations(ids: &mut [OperationId]) {
    if ids.is_sorted() {
        return;
    }
    let mut keys = Vec::with_capacity(ids.len());
    for id in &*ids {
        keys.push(Key::new(u64::from(id.0), "", 0));
    }
    sort(&mut keys);
    for (id, key) in ids.iter_mut().zip(keys) {
        *id = OperationId(key.rank as u32);
    }
}
