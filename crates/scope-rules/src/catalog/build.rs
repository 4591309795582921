//! Building a catalog: checking it, interning its names, telling core requirements from auxiliary.

use std::ops::Range;

use super::{
    CatalogError, EndpointEntry, Inner, MAX_DEPENDENCIES, MAX_SCOPES, OperationEntry, OperationId,
    RequirementWord,
};
use crate::bits::Bits;
use crate::name::{ALL, MAX_NAME_BYTES, Name, normalise};
use crate::spec::{CatalogSpec, EndpointSpec, KeyType, OperationSpec};
use crate::subject::{self, Subjects};

/// Builds what a catalog holds.
pub(super) fn build(spec: CatalogSpec) -> Result<Inner, CatalogError> {
    check(&spec)?;
    let mut build = Build::new(&spec)?;
    build.operations(&spec.operations);
    build.endpoints(&spec.endpoints, spec.key_type);
    Ok(build.finish(spec.name, spec.key_type))
}

/// Checks what can be checked item by item.
fn check(spec: &CatalogSpec) -> Result<(), CatalogError> {
    let dependencies = spec.operations.iter().map(|operation| operation.prerequisites.len());
    let requirements = spec.endpoints.iter().map(|endpoint| endpoint.requirements.len());
    for (what, count, most) in [
        ("operations", spec.operations.len(), MAX_SCOPES),
        ("endpoints", spec.endpoints.len(), MAX_SCOPES),
        ("dependencies", dependencies.chain(requirements).sum(), MAX_DEPENDENCIES),
    ] {
        if count > most {
            return Err(CatalogError::TooMany { what, count, most });
        }
    }
    let operations = spec.operations.iter().map(|item| (&item.name, &item.prerequisites));
    let endpoints = spec.endpoints.iter().map(|item| (&item.name, &item.requirements));
    check_items("operation", operations)?;
    check_items("endpoint", endpoints)
}

fn check_items<'a>(
    what: &'static str,
    items: impl Iterator<Item = (&'a String, &'a Vec<String>)>,
) -> Result<(), CatalogError> {
    for (index, (name, dependencies)) in items.enumerate() {
        if name.is_empty() {
            return Err(CatalogError::EmptyName { what, index });
        }
        for name in std::iter::once(name).chain(dependencies) {
            if name.len() > MAX_NAME_BYTES {
                Name::endpoint(name).map_err(|source| CatalogError::Name {
                    what,
                    index,
                    source,
                })?;
            }
        }
        if dependencies.iter().any(String::is_empty) {
            return Err(CatalogError::EmptyDependency { of: name.clone() });
        }
    }
    Ok(())
}

/// A catalog that is being built. Its operations are known from the beginning.
struct Build {
    operations: Vec<OperationEntry>,
    /// The words of each operation's resource.
    resource_words: Vec<Vec<String>>,
    endpoints: Vec<EndpointEntry>,
    lists: Vec<OperationId>,
    words: Vec<RequirementWord>,
}

impl Build {
    /// Interns every operation that is listed or depended on.
    fn new(spec: &CatalogSpec) -> Result<Self, CatalogError> {
        let listed = spec
            .operations
            .iter()
            .flat_map(|item| std::iter::once(&item.name).chain(&item.prerequisites));
        let required = spec.endpoints.iter().flat_map(|endpoint| &endpoint.requirements);
        let conditional = spec.endpoints.iter().flat_map(|endpoint| {
            subject::conditional(subject::rpc(&endpoint.name)).iter().copied()
        });
        let mut names: Vec<_> = listed.chain(required).map(|name| normalise(name)).collect();
        names.extend(conditional.map(normalise));
        names.push(ALL.into());
        let mut names = by_name(names.iter().map(|name| &**name));
        names.dedup_by_key(|(name, _)| *name);
        if names.len() > MAX_SCOPES {
            return Err(CatalogError::TooMany {
                what: "different operations",
                count: names.len(),
                most: MAX_SCOPES,
            });
        }
        let mut build = Self {
            operations: Vec::with_capacity(names.len()),
            resource_words: Vec::with_capacity(names.len()),
            endpoints: Vec::with_capacity(spec.endpoints.len()),
            lists: Vec::new(),
            words: Vec::new(),
        };
        for (index, (name, _)) in names.into_iter().enumerate() {
            let resource = subject::read_resource(name)
                .unwrap_or_else(|| name.split_once(':').map_or(name, |(resource, _)| resource));
            build.resource_words.push(subject::words(resource));
            build.operations.push(OperationEntry {
                name: Name::operation(name).map_err(|source| CatalogError::Name {
                    what: "operation",
                    index,
                    source,
                })?,
                offered: false,
                deprecated: false,
                group: None,
                label: None,
                prerequisites: 0..0,
            });
        }
        Ok(build)
    }

    fn id(&self, name: &str) -> Option<OperationId> {
        let name = normalise(name);
        let at = self.operations.binary_search_by(|entry| (*entry.name).cmp(&name)).ok()?;
        u32::try_from(at).ok().map(OperationId)
    }

    /// The ids of a list of names, in order, each once.
    fn ids<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<OperationId> {
        let mut ids: Vec<_> = names.filter_map(|name| self.id(name)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Stores a list; the number of list items is bounded by [`MAX_DEPENDENCIES`].
    fn push(&mut self, ids: &[OperationId]) -> Range<u32> {
        let start = self.lists.len();
        self.lists.extend_from_slice(ids);
        narrow(start)..narrow(self.lists.len())
    }

    fn operations(&mut self, specs: &[OperationSpec]) {
        let names: Vec<_> = specs.iter().map(|spec| normalise(&spec.name)).collect();
        for same in by_name(names.iter().map(|name| &**name)).chunk_by(|(a, _), (b, _)| a == b) {
            let same: Vec<_> = same.iter().filter_map(|(_, at)| specs.get(*at)).collect();
            let Some(spec) = same.first() else { continue };
            let Some(id) = self.id(&spec.name) else { continue };
            let names = same.iter().flat_map(|spec| &spec.prerequisites);
            let ids = self.ids(names.map(String::as_str));
            let prerequisites = self.push(&ids);
            if let Some(entry) = self.operations.get_mut(id.index()) {
                // A deprecated operation is held by no key, whoever lists it.
                entry.offered = spec.offered && !spec.deprecated;
                entry.deprecated = spec.deprecated;
                entry.group.clone_from(&spec.group);
                entry.label.clone_from(&spec.label);
                entry.prerequisites = prerequisites;
            }
        }
        // `All` is offered whatever the list says.
        if let Some(all) = self.id(ALL).and_then(|id| self.operations.get_mut(id.index())) {
            all.offered = true;
        }
    }

    fn endpoints(&mut self, specs: &[EndpointSpec], key_type: KeyType) {
        // At the first item of a name, all that have it; at the others nothing.
        let sorted = by_name(specs.iter().map(|spec| &*spec.name));
        let mut items: Vec<&[(&str, usize)]> = vec![&[]; specs.len()];
        for same in sorted.chunk_by(|(a, _), (b, _)| a == b) {
            if let Some(item) = same.first().and_then(|(_, first)| items.get_mut(*first)) {
                *item = same;
            }
        }
        for same in items {
            let same: Vec<_> = same.iter().filter_map(|(_, at)| specs.get(*at)).collect();
            self.endpoint(&same, key_type);
        }
    }

    /// Adds one endpoint from all the items that name it.
    fn endpoint(&mut self, same: &[&EndpointSpec], key_type: KeyType) {
        let Some(spec) = same.first() else { return };
        // Checked before: the name is short enough.
        let Ok(name) = Name::endpoint(&spec.name) else { return };
        let rpc = subject::rpc(&spec.name);
        let subjects = Subjects::of(rpc);
        let names = same.iter().flat_map(|spec| &spec.requirements).map(String::as_str);
        let ids = self.ids(names);
        let named = || {
            ids.iter().filter_map(|id| {
                let entry = self.operations.get(id.index())?;
                Some((&*entry.name, self.resource_words.get(id.index())?.as_slice()))
            })
        };
        let flags = subject::core(&subjects, named());
        let all = self.operations.iter().map(|entry| &*entry.name);
        let all = all.zip(self.resource_words.iter().map(Vec::as_slice));
        let resource = resource(rpc, &subjects, named(), all);
        let part = |wanted: bool| {
            ids.iter().zip(&flags).filter(move |(_, core)| **core == wanted).map(|(id, _)| *id)
        };
        let core: Vec<_> = part(true).collect();
        let requirements: Vec<_> = core.iter().copied().chain(part(false)).collect();
        let mut conditional = self.ids(subject::conditional(rpc).iter().copied());
        // What is required anyway is no condition.
        conditional.retain(|id| !requirements.contains(id));

        let first_word = self.words.len();
        self.words.extend(requirement_words(&ids, &flags));
        let words = first_word..self.words.len();
        let entry = EndpointEntry {
            name,
            auth: spec.auth,
            offered: spec.offered && key_type.may_be_granted(spec.auth),
            deprecated: spec.deprecated,
            group: spec.group.clone(),
            label: spec.label.clone(),
            resource,
            core: narrow(core.len()),
            requirements: self.push(&requirements),
            conditional: self.push(&conditional),
            words: narrow(words.start)..narrow(words.end),
        };
        self.endpoints.push(entry);
    }

    fn finish(self, name: String, key_type: KeyType) -> Inner {
        let mut offered_operations = Bits::none(self.operations.len());
        for (id, entry) in (0u32..).zip(&self.operations) {
            if entry.offered {
                offered_operations.insert(id);
            }
        }
        let mut offered_endpoints = Bits::none(self.endpoints.len());
        for (id, entry) in (0u32..).zip(&self.endpoints) {
            if entry.offered {
                offered_endpoints.insert(id);
            }
        }
        let names = self.endpoints.iter().map(|entry| &*entry.name);
        let endpoints_by_name = by_name(names).into_iter().map(|(_, at)| narrow(at)).collect();
        Inner {
            name,
            key_type,
            operations: self.operations,
            endpoints: self.endpoints,
            endpoints_by_name,
            lists: self.lists,
            words: self.words,
            offered_operations,
            offered_endpoints,
        }
    }
}

/// Names and their places, in order of name; of the same name, in order of place.
fn by_name<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut sorted: Vec<_> = names.zip(0..).collect();
    sorted.sort_unstable();
    sorted
}

/// An index as it is stored. The bounds of a catalog keep every index far below the limit.
pub(super) fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The requirements as sparse sets; `ids` are in order.
fn requirement_words(ids: &[OperationId], core: &[bool]) -> Vec<RequirementWord> {
    let mut words: Vec<RequirementWord> = Vec::new();
    for (id, core) in ids.iter().zip(core) {
        let (index, bit) = (id.0 / 64, 1u64 << (id.0 % 64));
        if words.last().is_none_or(|word| word.index != index) {
            words.push(RequirementWord { index, ..Default::default() });
        }
        if let Some(word) = words.last_mut() {
            word.all |= bit;
            if *core {
                word.core |= bit;
            }
        }
    }
    words
}

/// The resource that the rpc's name is about: the one of its requirements whose words stand first
/// in it, else of all operations, else what the rpc's own words say.
fn resource<'a>(
    rpc: &str,
    subjects: &Subjects,
    requirements: impl Iterator<Item = (&'a str, &'a [String])>,
    operations: impl Iterator<Item = (&'a str, &'a [String])>,
) -> String {
    let rank = |(name, words): (&'a str, &'a [String])| {
        let resource = name.split_once(':').map_or(name, |(resource, _)| resource);
        subjects.rank(resource, words).map(|rank| (rank, resource))
    };
    let named = requirements.filter_map(rank).min().or_else(|| operations.filter_map(rank).min());
    named.map_or_else(|| subjects.title(rpc), |(_, resource)| resource.to_owned())
}
