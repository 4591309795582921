//! Building a catalog: checking it, interning its names, telling core requirements from auxiliary.

use std::borrow::Cow;
use std::ops::Range;

use super::mention::Mentions;
use super::{
    CatalogError, EndpointEntry, Inner, MAX_DEPENDENCIES, MAX_SCOPES, OperationEntry, OperationId,
    RequirementWord,
};
use crate::bits::Bits;
use crate::name::{MAX_NAME_BYTES, Name};
use crate::spec::{CatalogSpec, EndpointSpec, KeyType, OperationSpec};
use crate::subject::{self, Resources, Subjects};

/// Builds what a catalog holds.
pub(super) fn build(spec: CatalogSpec) -> Result<Inner, CatalogError> {
    check(&spec)?;
    let mentions = Mentions::of(&spec)?;
    let mut build = Build::new(&mentions);
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
struct Build<'a> {
    mentions: &'a Mentions,
    operations: Vec<OperationEntry>,
    /// The words of each operation's resource.
    resource_words: Vec<Vec<Cow<'a, str>>>,
    resources: Resources<'a>,
    endpoints: Vec<EndpointEntry>,
    lists: Vec<OperationId>,
    words: Vec<RequirementWord>,
}

impl<'a> Build<'a> {
    fn new(mentions: &'a Mentions) -> Self {
        let mut build = Self {
            mentions,
            operations: Vec::with_capacity(mentions.names.len()),
            resource_words: Vec::with_capacity(mentions.names.len()),
            resources: Resources::default(),
            endpoints: Vec::new(),
            lists: Vec::new(),
            words: Vec::new(),
        };
        for name in &mentions.names {
            let words = subject::words(subject::read_resource(name).unwrap_or(resource_of(name)));
            build.resources.add(resource_of(name), &words);
            build.resource_words.push(words);
            build.operations.push(OperationEntry {
                name: name.clone(),
                offered: false,
                deprecated: false,
                group: None,
                label: None,
                prerequisites: 0..0,
            });
        }
        build
    }

    /// Stores a list; the number of list items is bounded by [`MAX_DEPENDENCIES`].
    fn push<'i>(&mut self, ids: impl IntoIterator<Item = &'i OperationId>) -> Range<u32> {
        let start = self.lists.len();
        self.lists.extend(ids);
        narrow(start)..narrow(self.lists.len())
    }

    /// Stores requirements as sparse sets; `ids` are in order.
    fn push_words(&mut self, ids: &[OperationId], core: &[bool]) -> Range<u32> {
        let start = self.words.len();
        for (id, core) in ids.iter().zip(core) {
            let (index, bit) = (id.0 / 64, 1u64 << (id.0 % 64));
            let open = self.words.get(start..).and_then(<[_]>::last);
            if open.is_none_or(|word| word.index != index) {
                self.words.push(RequirementWord { index, ..Default::default() });
            }
            if let Some(word) = self.words.last_mut() {
                word.all |= bit;
                if *core {
                    word.core |= bit;
                }
            }
        }
        narrow(start)..narrow(self.words.len())
    }

    fn operations(&mut self, specs: &[OperationSpec]) {
        let mut listed: Vec<Vec<usize>> = vec![Vec::new(); self.operations.len()];
        for item in 0..specs.len() {
            let id = self.mentions.operation(item).map(|(id, _)| id);
            if let Some(items) = id.and_then(|id| listed.get_mut(id.index())) {
                items.push(item);
            }
        }
        for (index, items) in listed.iter().enumerate() {
            let Some(spec) = items.first().and_then(|first| specs.get(*first)) else { continue };
            let mut mentioned = Vec::new();
            for (_, prerequisites) in items.iter().filter_map(|item| self.mentions.operation(*item))
            {
                mentioned.extend_from_slice(prerequisites);
            }
            let prerequisites = self.push(&each_once(mentioned));
            if let Some(entry) = self.operations.get_mut(index) {
                // A deprecated operation is held by no key, whoever lists it.
                entry.offered = spec.offered && !spec.deprecated;
                entry.deprecated = spec.deprecated;
                entry.group.clone_from(&spec.group);
                entry.label.clone_from(&spec.label);
                entry.prerequisites = prerequisites;
            }
        }
        // `All` is offered whatever the list says.
        if let Some(all) = self.mentions.all().and_then(|id| self.operations.get_mut(id.index())) {
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
            let same = same.iter().filter_map(|(_, item)| Some((*item, specs.get(*item)?)));
            let Some((first, spec)) = same.clone().next() else { continue };
            let mut required = Vec::new();
            for (item, spec) in same {
                required.extend_from_slice(self.mentions.endpoint(item, spec).0);
            }
            let (_, conditional) = self.mentions.endpoint(first, spec);
            self.endpoint(spec, &each_once(required), conditional, key_type);
        }
    }

    /// Adds an endpoint that requires the operations `ids`, which are in order.
    fn endpoint(
        &mut self,
        spec: &EndpointSpec,
        ids: &[OperationId],
        conditional: &[OperationId],
        key_type: KeyType,
    ) {
        // Checked before: the name is short enough.
        let Ok(name) = Name::endpoint(&spec.name) else { return };
        let rpc = subject::rpc(&spec.name);
        let subjects = Subjects::of(rpc);
        let named = || {
            ids.iter().filter_map(|id| {
                let entry = self.operations.get(id.index())?;
                Some((&*entry.name, self.resource_words.get(id.index())?.as_slice()))
            })
        };
        let flags = subject::core(&subjects, named());
        let rank = |(name, words)| {
            let resource = resource_of(name);
            subjects.rank(resource, words).map(|rank| (rank, resource))
        };
        // Of its requirements, else of all operations, else what the rpc's own words say.
        let resource = match named().filter_map(rank).min() {
            Some((_, resource)) => resource.to_owned(),
            None => self
                .resources
                .best(&subjects)
                .map_or_else(|| subjects.title(rpc), ToOwned::to_owned),
        };
        // What is required anyway is no condition.
        let mut conditional = each_once(conditional.to_vec());
        conditional.retain(|id| !ids.contains(id));

        let requirements = {
            let part = |wanted: bool| {
                ids.iter().zip(&flags).filter(move |(_, core)| **core == wanted).map(|(id, _)| id)
            };
            self.push(part(true).chain(part(false)))
        };
        let words = self.push_words(ids, &flags);
        let entry = EndpointEntry {
            name,
            auth: spec.auth,
            offered: spec.offered && key_type.may_be_granted(spec.auth),
            deprecated: spec.deprecated,
            group: spec.group.clone(),
            label: spec.label.clone(),
            resource,
            core: narrow(flags.iter().filter(|core| **core).count()),
            requirements,
            conditional: self.push(&conditional),
            words,
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

/// The ids in order, each once.
fn each_once(mut ids: Vec<OperationId>) -> Vec<OperationId> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Names and their places, in order of name; of the same name, in order of place.
pub(super) fn by_name<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut sorted: Vec<_> = names.zip(0..).collect();
    sorted.sort_unstable();
    sorted
}

/// An index as it is stored. The bounds of a catalog keep every index far below the limit.
pub(super) fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The resource that an operation is about; the whole name of a bare action.
fn resource_of(operation: &str) -> &str {
    operation.split_once(':').map_or(operation, |(resource, _)| resource)
}
