//! Catalogs: the operations and endpoints there are, interned once and compared as indices.

mod build;
mod item;

use std::ops::Range;
use std::sync::Arc;

pub use item::{Endpoint, Operation};

use crate::bits::Bits;
use crate::name::{Name, NameError, Quoted, UnknownScope, nearest, normalise};
use crate::names::Names;
use crate::spec::{AuthType, CatalogSpec, Enforcement, KeyType};

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
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let id = catalog.find_operation("Inputs:Add")?;
    /// // After `All` and `Concepts:Get`.
    /// assert_eq!(id.index(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The operations in a set, in rising order.
    pub(crate) fn all_of(set: &Bits) -> Vec<Self> {
        let mut operations = Vec::new();
        for index in set.iter() {
            operations.push(Self(index));
        }
        operations
    }
}

impl EndpointId {
    /// The place, counted from 0.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// assert_eq!(catalog.find_endpoint("/example/PostInputs")?.index(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    pub(crate) name: Name,
    pub(crate) auth: AuthType,
    /// Whether a key can be granted it: listed as offered, and of an auth type that keys of this
    /// type may call.
    pub(crate) offered: bool,
    pub(crate) deprecated: bool,
    /// The catalog's own heading where it has one, else the resource that the rpc's name is about.
    group: String,
    label: Option<String>,
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
    #[error("{what} {index} of the catalog has an unreadable name or dependency: {reason}")]
    Name {
        /// `operation` or `endpoint`.
        what: &'static str,
        /// The item's place, counted from 0.
        index: usize,
        /// What is wrong with it.
        reason: NameError,
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
    ///
    /// ```
    /// use scope_rules::{Catalog, CatalogSpec, Enforcement, KeyType, OperationSpec};
    /// let nameless = CatalogSpec {
    ///     name: "example".into(),
    ///     key_type: KeyType::AppSpecificKey,
    ///     enforcement: Enforcement::Graded,
    ///     operations: vec![OperationSpec::default()],
    ///     endpoints: vec![],
    /// };
    /// let error = Catalog::new(nameless).unwrap_err();
    /// assert_eq!(error.to_string(), "operation 0 of the catalog has an empty name");
    /// ```
    pub fn new(spec: CatalogSpec) -> Result<Self, CatalogError> {
        let enforcement = spec.enforcement;
        Ok(Self { inner: Arc::new(build::build(spec)?), enforcement })
    }

    /// The same catalog, enforced in another way.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Enforcement, Grant, Outcome};
    /// let grant = Grant::parse(&["Inputs:Get"], &[] as &[&str])?;
    /// let strict = catalog.with_enforcement(Enforcement::Strict);
    /// let outcome = |catalog| Access::new(catalog, &grant, None).decide_name("/example/GetInput").outcome();
    /// assert_eq!(outcome(&catalog), Outcome::Redacted);
    /// assert_eq!(outcome(&strict), Outcome::Rejected);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_enforcement(&self, enforcement: Enforcement) -> Self {
        Self { inner: Arc::clone(&self.inner), enforcement }
    }

    /// The catalog's name and version.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// assert_eq!(catalog.name(), "example-1");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The key type that the offer is for.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// assert_eq!(catalog.key_type(), scope_rules::KeyType::AppSpecificKey);
    /// ```
    #[must_use]
    pub fn key_type(&self) -> KeyType {
        self.inner.key_type
    }

    /// How missing auxiliary operations are treated.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// assert_eq!(catalog.enforcement(), scope_rules::Enforcement::Graded);
    /// ```
    #[must_use]
    pub const fn enforcement(&self) -> Enforcement {
        self.enforcement
    }

    /// All operations it knows, in order of name: `All`, those it offers, and those it only knows.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let offered = catalog.operations().filter(|operation| operation.offered());
    /// let names: Vec<_> = offered.map(|operation| operation.name().to_string()).collect();
    /// assert_eq!(names, ["All", "Concepts:Get", "Inputs:Add", "Inputs:Get", "Predict", "Search"]);
    /// ```
    pub fn operations(&self) -> impl ExactSizeIterator<Item = Operation<'_>> {
        self.inner.operations.iter().enumerate().map(|(index, entry)| Operation {
            catalog: &self.inner,
            id: OperationId(build::narrow(index)),
            entry,
        })
    }

    /// All endpoints it knows, in the order in which they were listed.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let rpcs: Vec<_> = catalog.endpoints().map(|endpoint| endpoint.rpc()).collect();
    /// assert_eq!(rpcs, ["GetInput", "PostInputs", "PostSearches", "ListConcepts", "PostKeys"]);
    /// ```
    pub fn endpoints(&self) -> impl ExactSizeIterator<Item = Endpoint<'_>> {
        self.inner.endpoints.iter().enumerate().map(|(index, entry)| Endpoint {
            catalog: &self.inner,
            id: EndpointId(build::narrow(index)),
            entry,
        })
    }

    /// One operation; nothing if the id is another catalog's.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let id = catalog.find_operation("Inputs:Add")?;
    /// assert_eq!(catalog.operation(id).map(|operation| operation.action()), Some("Add"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn operation(&self, id: OperationId) -> Option<Operation<'_>> {
        let entry = self.inner.operations.get(id.index())?;
        Some(Operation { catalog: &self.inner, id, entry })
    }

    /// One endpoint; nothing if the id is another catalog's.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let id = catalog.find_endpoint("/example/GetInput")?;
    /// assert_eq!(catalog.endpoint(id).map(|endpoint| endpoint.rpc()), Some("GetInput"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// assert_eq!(catalog.find_operation("Inputs_Get")?, catalog.find_operation("Inputs:Get")?);
    /// let error = catalog.find_operation("inputs:get").unwrap_err();
    /// assert_eq!(error.to_string(), "`inputs:get` is not in the catalog; did you mean `Inputs:Get`?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn find_operation(&self, name: &str) -> Result<OperationId, UnknownScope> {
        self.inner.operation_id(&normalise(name)).ok_or_else(|| {
            UnknownScope::new(name, nearest(name, &mut self.inner.offered_operation_names()))
        })
    }

    /// Looks an endpoint up; names are exact.
    ///
    /// # Errors
    ///
    /// [`UnknownScope`], with a near match if there is one.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let error = catalog.find_endpoint("example/GetInput").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "`example/GetInput` is not in the catalog; did you mean `/example/GetInput`?"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn find_endpoint(&self, name: &str) -> Result<EndpointId, UnknownScope> {
        self.inner.endpoint_id(name).ok_or_else(|| {
            UnknownScope::new(name, nearest(name, &mut self.inner.offered_endpoint_names()))
        })
    }

    /// The operations, their prerequisites that the catalog offers, and theirs.
    ///
    /// It does not pass through an operation that is not offered. Names that the catalog does not
    /// know stay as they are.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::Name;
    /// let closed = catalog.closure(&[Name::operation("Inputs:Add")?]);
    /// assert!(closed.iter().map(|name| &**name).eq(["Inputs:Add", "Inputs:Get"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn closure<'a>(&self, operations: impl IntoIterator<Item = &'a Name>) -> Names {
        let (mut known, mut unknown) = self.inner.known_operations(&mut operations.into_iter());
        self.inner.close(&mut known);
        let mut names = self.inner.operation_names(&known);
        names.append(&mut unknown);
        names.into()
    }

    /// Whether two handles share one catalog, so that their ids mean the same.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// assert!(catalog.is_same(&catalog.clone()));
    /// ```
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

    /// The operations that an operation depends on directly.
    pub(crate) fn prerequisites(&self, id: OperationId) -> &[OperationId] {
        self.operations.get(id.index()).map_or(&[], |entry| self.list(&entry.prerequisites))
    }

    pub(crate) fn requirements(&self, entry: &EndpointEntry) -> &[OperationId] {
        self.list(&entry.requirements)
    }

    pub(crate) fn conditional(&self, entry: &EndpointEntry) -> &[OperationId] {
        self.list(&entry.conditional)
    }

    pub(crate) fn operation_ids(&self) -> Range<u32> {
        0..build::narrow(self.operations.len())
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
        Some(OperationId(build::narrow(index)))
    }

    pub(crate) fn endpoint_id(&self, name: &str) -> Option<EndpointId> {
        let at = self
            .endpoints_by_name
            .binary_search_by(|index| {
                self.endpoint_name(*index).map(|name| &**name).cmp(&Some(name))
            })
            .ok()?;
        self.endpoints_by_name.get(at).copied().map(EndpointId)
    }

    /// The operations among these names, and the names that are not known.
    pub(crate) fn known_operations(
        &self,
        names: &mut dyn Iterator<Item = &Name>,
    ) -> (Bits, Vec<Name>) {
        known(names, self.no_operations(), &|name| self.operation_id(name).map(|id| id.0))
    }

    /// The endpoints among these names, and the names that are not known.
    pub(crate) fn known_endpoints(
        &self,
        names: &mut dyn Iterator<Item = &Name>,
    ) -> (Bits, Vec<Name>) {
        known(names, self.no_endpoints(), &|name| self.endpoint_id(name).map(|id| id.0))
    }

    pub(crate) fn operation_is_deprecated(&self, id: u32) -> bool {
        self.operations.get(id as usize).is_some_and(|entry| entry.deprecated)
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

    pub(crate) fn entry(&self, id: u32) -> Option<&EndpointEntry> {
        self.endpoints.get(id as usize)
    }

    pub(crate) fn endpoint_name(&self, id: u32) -> Option<&Name> {
        self.entry(id).map(|entry| &entry.name)
    }

    /// The names of a set of operations, in order.
    pub(crate) fn operation_names(&self, operations: &Bits) -> Vec<Name> {
        let mut names = Vec::new();
        for name in operations.iter().filter_map(|id| self.operation_name(id)) {
            names.push(name.clone());
        }
        names
    }

    /// Adds to a set the prerequisites that are offered, and theirs.
    pub(crate) fn close(&self, operations: &mut Bits) {
        let mut open = OperationId::all_of(operations);
        while let Some(id) = open.pop() {
            for prerequisite in self.prerequisites(id) {
                if self.offered_operations.contains(prerequisite.0)
                    && operations.insert(prerequisite.0)
                {
                    open.push(*prerequisite);
                }
            }
        }
    }
}

/// A set with the places of the names that are found, and the names that are not.
fn known(
    names: &mut dyn Iterator<Item = &Name>,
    mut known: Bits,
    find: &dyn Fn(&str) -> Option<u32>,
) -> (Bits, Vec<Name>) {
    let mut unknown = Vec::new();
    for name in names {
        match find(name) {
            Some(id) => _ = known.insert(id),
            None => unknown.push(name.clone()),
        }
    }
    (known, unknown)
}
