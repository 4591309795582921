//! Catalogs: the operations and endpoints there are, interned once and compared as indices.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::bits::Bits;
use crate::name::{ALL, MAX_NAME_BYTES, Name, NameError, Quoted, UnknownScope, nearest, normalise};
use crate::spec::{AuthType, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec};
use crate::subject::{self, Subjects};

/// Most operations, and most endpoints, that a catalog may list.
pub const MAX_SCOPES: usize = 65_536;

/// Most names that all prerequisite and requirement lists of a catalog may hold together.
pub const MAX_DEPENDENCIES: usize = 4_194_304;

/// An operation's place in its catalog: operations stand in order of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub(crate) u32);

/// An endpoint's place in its catalog: endpoints stand in the order in which they were listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointId(pub(crate) u32);

impl OperationId {
    /// The place, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl EndpointId {
    /// The place, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a plan offers to a key type, with its dependencies.
///
/// Cloning it is cheap; clones share everything but the [`Enforcement`].
///
/// ```
/// use scope_rules::{Catalog, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec};
///
/// let catalog = Catalog::new(CatalogSpec {
///     name: "example".into(),
///     key_type: KeyType::AppSpecificKey,
///     enforcement: Enforcement::Graded,
///     operations: vec![OperationSpec { name: "Inputs:Get".into(), offered: true, ..Default::default() }],
///     endpoints: vec![EndpointSpec {
///         name: "/example/GetInput".into(),
///         requirements: vec!["Inputs:Get".into()],
///         offered: true,
///         ..Default::default()
///     }],
/// })?;
/// let input = catalog.find_endpoint("/example/GetInput")?;
/// assert_eq!(catalog.endpoint(input).map(|endpoint| endpoint.requirements().count()), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Catalog {
    pub(crate) inner: Arc<Inner>,
    enforcement: Enforcement,
}

#[derive(Debug)]
pub(crate) struct Inner {
    name: String,
    key_type: KeyType,
    operations: Vec<OperationEntry>,
    pub(crate) endpoints: Vec<EndpointEntry>,
    /// Endpoint indices in order of name.
    endpoints_by_name: Vec<u32>,
    /// The lists of operations that entries point into.
    lists: Vec<OperationId>,
    /// The requirements once more, as sparse sets.
    pub(crate) words: Vec<RequirementWord>,
    /// The offered operations, `All` among them.
    pub(crate) offered_operations: Bits,
    pub(crate) offered_endpoints: Bits,
}

#[derive(Debug)]
struct OperationEntry {
    name: Name,
    offered: bool,
    deprecated: bool,
    group: Option<String>,
    label: Option<String>,
    prerequisites: Range<u32>,
}

#[derive(Debug)]
pub(crate) struct EndpointEntry {
    name: Name,
    pub(crate) auth: AuthType,
    /// Whether a key can be granted it: listed as offered, and of an auth type that keys of this
    /// type may call.
    pub(crate) offered: bool,
    deprecated: bool,
    group: Option<String>,
    label: Option<String>,
    /// The resource that the rpc's name is about.
    resource: String,
    /// Core first, each part in order of name.
    requirements: Range<u32>,
    core: u32,
    conditional: Range<u32>,
    pub(crate) words: Range<u32>,
}

/// Those of an endpoint's requirements that share a word of an operation set.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RequirementWord {
    pub(crate) index: u32,
    pub(crate) core: u64,
    pub(crate) all: u64,
}

/// Why no catalog could be made of a [`CatalogSpec`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// A list is longer than a catalog takes.
    #[error("the catalog lists {count} {what}; at most {most} are taken")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many may be.
        most: usize,
    },
    /// An item has no name.
    #[error("{what} {index} of the catalog has an empty name")]
    EmptyName {
        /// `operation` or `endpoint`.
        what: &'static str,
        /// The item's place, counted from 0.
        index: usize,
    },
    /// A name is not readable.
    #[error("{what} {index} of the catalog has an unreadable name or dependency")]
    Name {
        /// `operation` or `endpoint`.
        what: &'static str,
        /// The item's place, counted from 0.
        index: usize,
        /// What is wrong with it.
        source: NameError,
    },
    /// An operation depends on a scope that has an empty name.
    #[error("{} of the catalog depends on an empty name", Quoted(of))]
    EmptyDependency {
        /// The operation or endpoint.
        of: String,
    },
}

impl Catalog {
    /// Builds a catalog.
    ///
    /// Cycles, duplicates (the union of their dependencies; otherwise the first) and dependencies
    /// that are listed nowhere (known, not offered) are all right.
    ///
    /// # Errors
    ///
    /// [`CatalogError`], which says where, if a list or a name is too long or a name is empty.
    pub fn new(spec: CatalogSpec) -> Result<Self, CatalogError> {
        check(&spec)?;
        let mut build = Build::new(&spec)?;
        build.operations(&spec.operations);
        build.endpoints(&spec.endpoints, spec.key_type);
        Ok(Self {
            inner: Arc::new(build.finish(spec.name, spec.key_type)),
            enforcement: spec.enforcement,
        })
    }

    /// The same catalog, enforced in another way.
    #[must_use]
    pub fn with_enforcement(&self, enforcement: Enforcement) -> Self {
        Self { inner: Arc::clone(&self.inner), enforcement }
    }

    /// The catalog's name and version.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The key type that the offer is for.
    #[must_use]
    pub fn key_type(&self) -> KeyType {
        self.inner.key_type
    }

    /// How missing auxiliary operations are treated.
    #[must_use]
    pub const fn enforcement(&self) -> Enforcement {
        self.enforcement
    }

    /// All operations it knows, in order of name: `All`, those it offers, and those it only knows.
    pub fn operations(&self) -> impl ExactSizeIterator<Item = Operation<'_>> {
        self.inner.operations.iter().enumerate().map(|(index, entry)| Operation {
            catalog: &self.inner,
            id: OperationId(narrow(index)),
            entry,
        })
    }

    /// All endpoints it knows, in the order in which they were listed.
    pub fn endpoints(&self) -> impl ExactSizeIterator<Item = Endpoint<'_>> {
        self.inner.endpoints.iter().enumerate().map(|(index, entry)| Endpoint {
            catalog: &self.inner,
            id: EndpointId(narrow(index)),
            entry,
        })
    }

    /// One operation; nothing if the id is another catalog's.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> Option<Operation<'_>> {
        let entry = self.inner.operations.get(id.index())?;
        Some(Operation { catalog: &self.inner, id, entry })
    }

    /// One endpoint; nothing if the id is another catalog's.
    #[must_use]
    pub fn endpoint(&self, id: EndpointId) -> Option<Endpoint<'_>> {
        let entry = self.inner.endpoints.get(id.index())?;
        Some(Endpoint { catalog: &self.inner, id, entry })
    }

    /// Looks an operation up, in either spelling.
    ///
    /// # Errors
    ///
    /// [`UnknownScope`], with a near match if there is one.
    pub fn find_operation(&self, name: &str) -> Result<OperationId, UnknownScope> {
        self.inner.operation_id(&normalise(name)).ok_or_else(|| {
            UnknownScope::new(name, nearest(name, self.inner.offered_operation_names()))
        })
    }

    /// Looks an endpoint up; names are exact.
    ///
    /// # Errors
    ///
    /// [`UnknownScope`], with a near match if there is one.
    pub fn find_endpoint(&self, name: &str) -> Result<EndpointId, UnknownScope> {
        self.inner.endpoint_id(name).ok_or_else(|| {
            UnknownScope::new(name, nearest(name, self.inner.offered_endpoint_names()))
        })
    }

    /// The operations, their prerequisites that the catalog offers, and theirs.
    ///
    /// It does not pass through an operation that is not offered. Names that the catalog does not
    /// know stay as they are.
    pub fn closure<'a>(&self, operations: impl IntoIterator<Item = &'a Name>) -> BTreeSet<Name> {
        let mut names = BTreeSet::new();
        let mut known = self.inner.no_operations();
        for name in operations {
            match self.inner.operation_id(name) {
                Some(id) => {
                    known.insert(id.0);
                }
                None => {
                    names.insert(name.clone());
                }
            }
        }
        self.inner.close(&mut known);
        names.extend(self.inner.names(&known));
        names
    }

    /// Whether two handles share one catalog, so that their ids mean the same.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner) && self.enforcement == other.enforcement
    }
}

impl PartialEq for Catalog {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
    }
}

/// An operation of a catalog.
#[derive(Debug, Clone, Copy)]
pub struct Operation<'c> {
    catalog: &'c Inner,
    id: OperationId,
    entry: &'c OperationEntry,
}

impl<'c> Operation<'c> {
    /// Its place.
    #[must_use]
    pub const fn id(&self) -> OperationId {
        self.id
    }

    /// Its name, such as `Inputs:Get`.
    #[must_use]
    pub const fn name(&self) -> &'c Name {
        &self.entry.name
    }

    /// The resource type it is about; the whole name of a bare action.
    #[must_use]
    pub fn resource(&self) -> &'c str {
        self.entry.name.split_once(':').map_or(&*self.entry.name, |(resource, _)| resource)
    }

    /// What may be done to the resource; empty for a bare action.
    #[must_use]
    pub fn action(&self) -> &'c str {
        self.entry.name.split_once(':').map_or("", |(_, action)| action)
    }

    /// Whether a key can hold it.
    #[must_use]
    pub const fn offered(&self) -> bool {
        self.entry.offered
    }

    /// Whether it is deprecated.
    #[must_use]
    pub const fn deprecated(&self) -> bool {
        self.entry.deprecated
    }

    /// The heading it stands under, where known.
    #[must_use]
    pub fn group(&self) -> Option<&'c str> {
        self.entry.group.as_deref()
    }

    /// What to call it, where known.
    #[must_use]
    pub fn label(&self) -> Option<&'c str> {
        self.entry.label.as_deref()
    }

    /// The operations it depends on directly, in order of name.
    pub fn prerequisites(&self) -> impl Iterator<Item = OperationId> + use<'c> {
        self.catalog.list(&self.entry.prerequisites).iter().copied()
    }
}

/// An endpoint of a catalog.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'c> {
    catalog: &'c Inner,
    id: EndpointId,
    entry: &'c EndpointEntry,
}

impl<'c> Endpoint<'c> {
    /// Its place.
    #[must_use]
    pub const fn id(&self) -> EndpointId {
        self.id
    }

    /// Its fully qualified name.
    #[must_use]
    pub const fn name(&self) -> &'c Name {
        &self.entry.name
    }

    /// The rpc's name: what follows the last slash.
    #[must_use]
    pub fn rpc(&self) -> &'c str {
        subject::rpc(&self.entry.name)
    }

    /// Whether a key can be granted it.
    #[must_use]
    pub const fn offered(&self) -> bool {
        self.entry.offered
    }

    /// Whether it is deprecated.
    #[must_use]
    pub const fn deprecated(&self) -> bool {
        self.entry.deprecated
    }

    /// The credentials it takes.
    #[must_use]
    pub const fn auth(&self) -> AuthType {
        self.entry.auth
    }

    /// The heading it stands under: the catalog's own where it has one, else the resource that
    /// the rpc's name is about.
    #[must_use]
    pub fn group(&self) -> &'c str {
        self.entry.group.as_deref().unwrap_or(&self.entry.resource)
    }

    /// What to call it, where known.
    #[must_use]
    pub fn label(&self) -> Option<&'c str> {
        self.entry.label.as_deref()
    }

    /// The operations it needs: core first, each part in order of name.
    pub fn requirements(&self) -> impl ExactSizeIterator<Item = OperationId> + use<'c> {
        self.catalog.requirements(self.entry).iter().copied()
    }

    /// The operations without which it is rejected.
    pub fn core(&self) -> impl ExactSizeIterator<Item = OperationId> + use<'c> {
        self.requirements().take(self.entry.core as usize)
    }

    /// The operations without which its response is redacted.
    pub fn auxiliary(&self) -> impl ExactSizeIterator<Item = OperationId> + use<'c> {
        self.requirements().skip(self.entry.core as usize)
    }

    /// The operations without which it works only in part.
    pub fn conditional(&self) -> impl ExactSizeIterator<Item = OperationId> + use<'c> {
        self.catalog.conditional(self.entry).iter().copied()
    }
}

impl EndpointEntry {
    /// How many of the requirements are core.
    pub(crate) const fn core(&self) -> usize {
        self.core as usize
    }
}

impl Inner {
    fn list(&self, range: &Range<u32>) -> &[OperationId] {
        self.lists.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    pub(crate) fn requirements(&self, entry: &EndpointEntry) -> &[OperationId] {
        self.list(&entry.requirements)
    }

    pub(crate) fn conditional(&self, entry: &EndpointEntry) -> &[OperationId] {
        self.list(&entry.conditional)
    }

    pub(crate) fn no_operations(&self) -> Bits {
        Bits::none(self.operations.len())
    }

    pub(crate) fn no_endpoints(&self) -> Bits {
        Bits::none(self.endpoints.len())
    }

    /// The index of a name in the catalog's own spelling.
    pub(crate) fn operation_id(&self, name: &str) -> Option<OperationId> {
        let index = self.operations.binary_search_by(|entry| (*entry.name).cmp(name)).ok()?;
        u32::try_from(index).ok().map(OperationId)
    }

    pub(crate) fn endpoint_id(&self, name: &str) -> Option<EndpointId> {
        let at = self
            .endpoints_by_name
            .binary_search_by(|index| self.endpoint_name(EndpointId(*index)).cmp(&Some(name)))
            .ok()?;
        self.endpoints_by_name.get(at).copied().map(EndpointId)
    }

    fn endpoint_name(&self, id: EndpointId) -> Option<&str> {
        self.endpoints.get(id.index()).map(|entry| &*entry.name)
    }

    pub(crate) fn operation_is_deprecated(&self, id: u32) -> bool {
        self.operations.get(id as usize).is_some_and(|entry| entry.deprecated)
    }

    pub(crate) fn endpoint_is_deprecated(&self, id: u32) -> bool {
        self.endpoints.get(id as usize).is_some_and(|entry| entry.deprecated)
    }

    pub(crate) fn operation_name(&self, id: u32) -> Option<&Name> {
        self.operations.get(id as usize).map(|entry| &entry.name)
    }

    pub(crate) fn offered_operation_names(&self) -> impl Iterator<Item = &Name> {
        self.operations.iter().filter(|entry| entry.offered).map(|entry| &entry.name)
    }

    pub(crate) fn offered_endpoint_names(&self) -> impl Iterator<Item = &Name> {
        self.endpoints.iter().filter(|entry| entry.offered).map(|entry| &entry.name)
    }

    /// The names of a set of operations, in order.
    pub(crate) fn names(&self, operations: &Bits) -> Vec<Name> {
        operations.iter().filter_map(|id| self.operation_name(id)).cloned().collect()
    }

    /// The names of a set of endpoints, in order of place.
    pub(crate) fn endpoint_names(&self, endpoints: &Bits) -> Vec<Name> {
        let entries = endpoints.iter().filter_map(|id| self.endpoints.get(id as usize));
        entries.map(|entry| entry.name.clone()).collect()
    }

    /// Adds to a set the prerequisites that are offered, and theirs.
    pub(crate) fn close(&self, operations: &mut Bits) {
        let mut open: Vec<u32> = operations.iter().collect();
        self.close_from(operations, &mut open);
    }

    /// Adds to a set what the operations `open`, which are in it, bring with them.
    pub(crate) fn close_from(&self, operations: &mut Bits, open: &mut Vec<u32>) {
        while let Some(id) = open.pop() {
            let Some(entry) = self.operations.get(id as usize) else { continue };
            for prerequisite in self.list(&entry.prerequisites) {
                if self.offered_operations.contains(prerequisite.0)
                    && operations.insert(prerequisite.0)
                {
                    open.push(prerequisite.0);
                }
            }
        }
    }
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
        let resource = resource(rpc, &subjects, named());
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
fn narrow(index: usize) -> u32 {
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
/// in it, else what the rpc's own words say.
fn resource<'a>(
    rpc: &str,
    subjects: &Subjects,
    requirements: impl Iterator<Item = (&'a str, &'a [String])>,
) -> String {
    requirements
        .filter_map(|(name, words)| {
            let resource = name.split_once(':').map_or(name, |(resource, _)| resource);
            subjects.rank(resource, words).map(|rank| (rank, resource))
        })
        .min()
        .map_or_else(|| subjects.title(rpc), |(_, resource)| resource.to_owned())
}
