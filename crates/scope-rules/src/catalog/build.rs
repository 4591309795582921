//! Building a catalog: checking it, interning its names, telling core requirements from auxiliary.

use std::borrow::Cow;
use std::ops::Range;

use super::{
    CatalogError, EndpointEntry, Inner, MAX_DEPENDENCIES, MAX_SCOPES, OperationEntry, OperationId,
    RequirementWord,
};
use crate::bits::Bits;
use crate::name::{ALL, Name, NameError, normalise};
use crate::sort::{self, Key};
use crate::spec::{CatalogSpec, EndpointSpec, OperationSpec};
use crate::subject::{self, Resources, Subjects, Words};

/// Builds what a catalog holds.
pub(super) fn build(mut spec: CatalogSpec) -> Result<Inner, CatalogError> {
    check(&mut spec)?;
    list_all(&mut spec);

    let sorted = sort::by_name(&mut spec.operations.iter().map(|item| &*item.name));
    let names = each_once(&sorted);
    let count = names.len();
    if count > MAX_SCOPES {
        return Err(CatalogError::TooMany {
            what: "different operations",
            count,
            most: MAX_SCOPES,
        });
    }
    let mut words = Vec::with_capacity(count);
    for key in &names {
        words.push(Words::of_operation(key.name));
    }
    let texts = subject::texts(&words);
    let mut build = Build {
        seen: Bits::none(count),
        resources: Resources::new(&texts),
        words,
        names,
        lists: Vec::new(),
        sparse: Vec::new(),
    };

    let mut operations = Vec::with_capacity(count);
    let mut offered_operations = Bits::none(count);
    for same in sorted.chunk_by(same_name) {
        let Some(entry) = build.operation(same, &spec.operations) else { continue };
        if entry.offered {
            offered_operations.insert(narrow(operations.len()));
        }
        operations.push(entry);
    }

    // At the first item of a name, all that have it; at the others nothing.
    let sorted = sort::by_name(&mut spec.endpoints.iter().map(|item| &*item.name));
    let mut items: Vec<&[Key<'_>]> = vec![&[]; spec.endpoints.len()];
    for same in sorted.chunk_by(same_name) {
        if let Some(item) = same.first().and_then(|key| items.get_mut(key.place)) {
            *item = same;
        }
    }
    let mut endpoints = Vec::with_capacity(items.len());
    let mut offered_endpoints = Bits::none(items.len());
    // Where each item's endpoint stands.
    let mut places = Vec::with_capacity(items.len());
    for same in items {
        places.push(narrow(endpoints.len()));
        let Some(entry) = build.endpoint(same, &spec) else { continue };
        if entry.offered {
            offered_endpoints.insert(narrow(endpoints.len()));
        }
        endpoints.push(entry);
    }
    let mut endpoints_by_name = Vec::with_capacity(endpoints.len());
    for key in each_once(&sorted) {
        if let Some(place) = places.get(key.place) {
            endpoints_by_name.push(*place);
        }
    }

    let Build { lists, sparse, .. } = build;
    Ok(Inner {
        name: spec.name,
        key_type: spec.key_type,
        operations,
        endpoints,
        endpoints_by_name,
        lists,
        words: sparse,
        offered_operations,
        offered_endpoints,
    })
}

/// Checks what can be checked item by item, and spells all operations in the product's way.
fn check(spec: &mut CatalogSpec) -> Result<(), CatalogError> {
    let mut dependencies = 0;
    for item in &spec.operations {
        dependencies += item.prerequisites.len();
    }
    for item in &spec.endpoints {
        dependencies += item.requirements.len();
    }
    for (what, count, most) in [
        ("operations", spec.operations.len(), MAX_SCOPES),
        ("endpoints", spec.endpoints.len(), MAX_SCOPES),
        ("dependencies", dependencies, MAX_DEPENDENCIES),
    ] {
        if count > most {
            return Err(CatalogError::TooMany { what, count, most });
        }
    }
    for (index, item) in spec.operations.iter_mut().enumerate() {
        check_item("operation", index, &item.name, &mut item.prerequisites)?;
        spell(&mut item.name);
    }
    for (index, item) in spec.endpoints.iter_mut().enumerate() {
        check_item("endpoint", index, &item.name, &mut item.requirements)?;
    }
    Ok(())
}

fn check_item(
    what: &'static str,
    index: usize,
    name: &str,
    dependencies: &mut [String],
) -> Result<(), CatalogError> {
    if name.is_empty() {
        return Err(CatalogError::EmptyName { what, index });
    }
    let unreadable = |reason| CatalogError::Name { what, index, reason };
    NameError::check(name).map_err(unreadable)?;
    for dependency in dependencies {
        NameError::check(dependency).map_err(unreadable)?;
        if dependency.is_empty() {
            return Err(CatalogError::EmptyDependency { of: name.to_owned() });
        }
        spell(dependency);
    }
    Ok(())
}

/// Spells an operation in the product's way.
fn spell(name: &mut String) {
    if let Cow::Owned(spelt) = normalise(name) {
        *name = spelt;
    }
}

/// Lists the operations too that are only depended on: they are known, not offered. And `All`.
fn list_all(spec: &mut CatalogSpec) {
    let sorted = sort::by_name(&mut spec.operations.iter().map(|item| &*item.name));
    let listed = each_once(&sorted);
    let mut missing = Vec::new();
    let mut mention = |name| {
        if sort::find(&listed, name).is_none() {
            missing.push(Key::named(name, 0));
        }
    };
    mention(ALL);
    for item in &spec.operations {
        item.prerequisites.iter().for_each(|name| mention(name));
    }
    for item in &spec.endpoints {
        item.requirements.iter().for_each(|name| mention(name));
        subject::conditional(subject::rpc(&item.name)).iter().for_each(|name| mention(name));
    }
    sort::sort(&mut missing);
    let mut known = Vec::new();
    for key in each_once(&missing) {
        known.push(OperationSpec { name: key.name.to_owned(), ..Default::default() });
    }
    spec.operations.append(&mut known);
}

/// The first key of each name.
fn each_once<'a>(sorted: &[Key<'a>]) -> Vec<Key<'a>> {
    let mut once: Vec<Key<'a>> = Vec::with_capacity(sorted.len());
    for key in sorted {
        if once.last().is_none_or(|last| !same_name(last, key)) {
            once.push(*key);
        }
    }
    once
}

fn same_name(a: &Key<'_>, b: &Key<'_>) -> bool {
    a.name == b.name
}

/// A catalog that is being built.
struct Build<'a> {
    /// The operations, in order.
    names: Vec<Key<'a>>,
    /// The words of each operation's resource.
    words: Vec<Words<'a>>,
    resources: Resources<'a>,
    /// The operations that an item mentions, while it is looked at; else empty.
    seen: Bits,
    lists: Vec<OperationId>,
    sparse: Vec<RequirementWord>,
}

impl Build<'_> {
    /// Notes what an item depends on.
    fn see(&mut self, names: &[String]) {
        for name in names {
            if let Some(id) = sort::find(&self.names, name) {
                self.seen.insert(narrow(id));
            }
        }
    }

    /// What has been noted, in order, each once.
    fn take_seen(&mut self) -> Vec<OperationId> {
        let ids = OperationId::all_of(&self.seen);
        for id in &ids {
            self.seen.remove(id.0);
        }
        ids
    }

    /// Where a list is stored that began at `start`; the bounds of a catalog keep it short enough.
    fn since(&self, start: usize) -> Range<u32> {
        narrow(start)..narrow(self.lists.len())
    }

    /// The operation that these items list.
    fn operation(&mut self, same: &[Key<'_>], specs: &[OperationSpec]) -> Option<OperationEntry> {
        let spec = specs.get(same.first()?.place)?;
        // Checked before: the name is short enough.
        let name = Name::endpoint(&spec.name).ok()?;
        for item in same.iter().filter_map(|key| specs.get(key.place)) {
            self.see(&item.prerequisites);
        }
        let prerequisites = self.take_seen();
        let start = self.lists.len();
        self.lists.extend_from_slice(&prerequisites);
        Some(OperationEntry {
            name,
            // A deprecated operation is held by no key, whoever lists it, and `All` by any.
            offered: spec.name == ALL || (spec.offered && !spec.deprecated),
            deprecated: spec.deprecated,
            group: spec.group.clone(),
            label: spec.label.clone(),
            prerequisites: self.since(start),
        })
    }

    /// The endpoint that these items list.
    fn endpoint(&mut self, same: &[Key<'_>], spec: &CatalogSpec) -> Option<EndpointEntry> {
        let specs = &spec.endpoints;
        let EndpointSpec { name, offered, deprecated, auth, group, label, .. } =
            specs.get(same.first()?.place)?;
        let rpc = subject::rpc(name);
        let name = Name::endpoint(name).ok()?;
        for item in same.iter().filter_map(|key| specs.get(key.place)) {
            self.see(&item.requirements);
        }
        let ids = self.take_seen();
        let subjects = Subjects::of(rpc);
        let mut named = Vec::with_capacity(ids.len());
        for id in &ids {
            if let (Some(key), Some(words)) =
                (self.names.get(id.index()), self.words.get(id.index()))
            {
                named.push((key.name, words));
            }
        }
        let flags = subject::core(&subjects, &named);
        let group = group.clone().unwrap_or_else(|| {
            subject::heading(rpc, &subjects, &named, &self.resources, &self.names)
        });

        let start = self.lists.len();
        for part in [true, false] {
            for (id, core) in ids.iter().zip(&flags) {
                if *core == part {
                    self.lists.push(*id);
                }
            }
        }
        let requirements = self.since(start);
        let start = self.lists.len();
        for name in subject::conditional(rpc) {
            // What is required anyway is no condition.
            let id = sort::find(&self.names, name).map(|id| OperationId(narrow(id)));
            if let Some(id) = id.filter(|id| !ids.contains(id)) {
                self.lists.push(id);
            }
        }
        let conditional = self.since(start);
        Some(EndpointEntry {
            name,
            auth: *auth,
            offered: *offered && spec.key_type.may_be_granted(*auth),
            deprecated: *deprecated,
            group,
            label: label.clone(),
            core: narrow(flags.iter().filter(|core| **core).count()),
            requirements,
            conditional,
            words: self.sparse(&ids, &flags),
        })
    }

    /// Stores requirements, which are in order, as sparse sets.
    fn sparse(&mut self, ids: &[OperationId], core: &[bool]) -> Range<u32> {
        let start = self.sparse.len();
        for (id, core) in ids.iter().zip(core) {
            let (index, bit) = (id.0 / 64, 1u64 << (id.0 % 64));
            let open = self.sparse.get(start..).and_then(<[_]>::last);
            if open.is_none_or(|word| word.index != index) {
                self.sparse.push(RequirementWord { index, ..Default::default() });
            }
            if let Some(word) = self.sparse.last_mut() {
                word.all |= bit;
                if *core {
                    word.core |= bit;
                }
            }
        }
        narrow(start)..narrow(self.sparse.len())
    }
}

/// An index as it is stored. The bounds of a catalog keep every index far below the limit.
pub(super) const fn narrow(index: usize) -> u32 {
    index as u32
}
