//! Operations and endpoints, as a catalog shows them.

use super::{EndpointEntry, EndpointId, Inner, OperationEntry, OperationId};
use crate::name::Name;
use crate::spec::AuthType;
use crate::subject;

/// An operation of a catalog.
#[derive(Debug, Clone, Copy)]
pub struct Operation<'c> {
    pub(super) catalog: &'c Inner,
    pub(super) id: OperationId,
    pub(super) entry: &'c OperationEntry,
}

impl<'c> Operation<'c> {
    /// Its place.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let id = catalog.find_operation("Predict")?;
    /// let operation = catalog.operation(catalog.find_operation("Predict")?).ok_or("no such id")?;
    /// assert_eq!(operation.id(), id);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn id(&self) -> OperationId {
        self.id
    }

    /// Its name, such as `Inputs:Get`.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let operation = catalog.operation(catalog.find_operation("Inputs_Get")?).ok_or("no such id")?;
    /// assert_eq!(&**operation.name(), "Inputs:Get");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'c Name {
        &self.entry.name
    }

    /// The resource type it is about; the whole name of a bare action.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let operation = catalog.operation(catalog.find_operation("Inputs:Get")?).ok_or("no such id")?;
    /// assert_eq!(operation.resource(), "Inputs");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn resource(&self) -> &'c str {
        self.entry.name.split_once(':').map_or(&*self.entry.name, |(resource, _)| resource)
    }

    /// What may be done to the resource; empty for a bare action.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let operation = catalog.operation(catalog.find_operation("Inputs:Get")?).ok_or("no such id")?;
    /// assert_eq!(operation.action(), "Get");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn action(&self) -> &'c str {
        self.entry.name.split_once(':').map_or("", |(_, action)| action)
    }

    /// Whether a key can hold it.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// // Known, because an endpoint for tokens requires it; no key of this catalog can hold it.
    /// let operation = catalog.operation(catalog.find_operation("Keys:Add")?).ok_or("no such id")?;
    /// assert!(!operation.offered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn offered(&self) -> bool {
        self.entry.offered
    }

    /// Whether it is deprecated.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let operation = catalog.operation(catalog.find_operation("Inputs:Patch")?).ok_or("no such id")?;
    /// assert!(operation.deprecated() && !operation.offered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn deprecated(&self) -> bool {
        self.entry.deprecated
    }

    /// The heading it stands under, where known.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let operation = catalog.operation(catalog.find_operation("Inputs:Get")?).ok_or("no such id")?;
    /// assert_eq!(operation.group(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn group(&self) -> Option<&'c str> {
        self.entry.group.as_deref()
    }

    /// What to call it, where known.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let operation = catalog.operation(catalog.find_operation("Inputs:Get")?).ok_or("no such id")?;
    /// assert_eq!(operation.label(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn label(&self) -> Option<&'c str> {
        self.entry.label.as_deref()
    }

    /// The operations it depends on directly, in order of name.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let operation = catalog.operation(catalog.find_operation("Inputs:Add")?).ok_or("no such id")?;
    /// assert!(operation.prerequisites().eq([catalog.find_operation("Inputs:Get")?]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prerequisites(&self) -> impl Iterator<Item = OperationId> + use<'c> {
        self.catalog.list(&self.entry.prerequisites).iter().copied()
    }
}

/// An endpoint of a catalog.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'c> {
    pub(super) catalog: &'c Inner,
    pub(super) id: EndpointId,
    pub(super) entry: &'c EndpointEntry,
}

impl<'c> Endpoint<'c> {
    /// Its place.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let id = catalog.find_endpoint("/example/GetInput")?;
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/GetInput")?).ok_or("no such id")?;
    /// assert_eq!(endpoint.id(), id);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn id(&self) -> EndpointId {
        self.id
    }

    /// Its fully qualified name.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/GetInput")?).ok_or("no such id")?;
    /// assert_eq!(&**endpoint.name(), "/example/GetInput");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'c Name {
        &self.entry.name
    }

    /// The rpc's name: what follows the last slash.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/GetInput")?).ok_or("no such id")?;
    /// assert_eq!(endpoint.rpc(), "GetInput");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rpc(&self) -> &'c str {
        subject::rpc(&self.entry.name)
    }

    /// Whether a key can be granted it.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// // It takes personal access tokens only.
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/PostKeys")?).ok_or("no such id")?;
    /// assert!(!endpoint.offered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn offered(&self) -> bool {
        self.entry.offered
    }

    /// Whether it is deprecated.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/GetInput")?).ok_or("no such id")?;
    /// assert!(!endpoint.deprecated());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn deprecated(&self) -> bool {
        self.entry.deprecated
    }

    /// The credentials it takes.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/PostKeys")?).ok_or("no such id")?;
    /// assert_eq!(endpoint.auth(), scope_rules::AuthType::PersonalAccessToken);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn auth(&self) -> AuthType {
        self.entry.auth
    }

    /// The heading it stands under: the catalog's own where it has one, else the resource that
    /// the rpc's name is about.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/ListConcepts")?).ok_or("no such id")?;
    /// assert_eq!(endpoint.group(), "Concepts");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn group(&self) -> &'c str {
        &self.entry.group
    }

    /// What to call it, where known.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/ListConcepts")?).ok_or("no such id")?;
    /// assert_eq!(endpoint.label(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn label(&self) -> Option<&'c str> {
        self.entry.label.as_deref()
    }

    /// The operations it needs: core first, each part in order of name.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/PostInputs")?).ok_or("no such id")?;
    /// let names = endpoint.requirements().filter_map(|id| catalog.operation(id));
    /// assert!(names.map(|operation| operation.name().to_string()).eq(["Inputs:Add", "Inputs:Get", "Concepts:Get"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn requirements(&self) -> impl ExactSizeIterator<Item = OperationId> + use<'c> {
        self.catalog.requirements(self.entry).iter().copied()
    }

    /// The operations without which it is rejected.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/PostInputs")?).ok_or("no such id")?;
    /// let names = endpoint.core().filter_map(|id| catalog.operation(id));
    /// assert!(names.map(|operation| operation.name().to_string()).eq(["Inputs:Add", "Inputs:Get"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn core(&self) -> impl ExactSizeIterator<Item = OperationId> + use<'c> {
        self.requirements().take(self.entry.core as usize)
    }

    /// The operations without which its response is redacted.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/PostInputs")?).ok_or("no such id")?;
    /// let names = endpoint.auxiliary().filter_map(|id| catalog.operation(id));
    /// assert!(names.map(|operation| operation.name().to_string()).eq(["Concepts:Get"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn auxiliary(&self) -> impl ExactSizeIterator<Item = OperationId> + use<'c> {
        self.requirements().skip(self.entry.core as usize)
    }

    /// The operations without which it works only in part.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let endpoint = catalog.endpoint(catalog.find_endpoint("/example/PostSearches")?).ok_or("no such id")?;
    /// let names = endpoint.conditional().filter_map(|id| catalog.operation(id));
    /// assert!(names.map(|operation| operation.name().to_string()).eq(["Predict"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn conditional(&self) -> impl ExactSizeIterator<Item = OperationId> + use<'c> {
        self.catalog.conditional(self.entry).iter().copied()
    }
}
