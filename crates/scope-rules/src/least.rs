//! Least privilege: the operations that endpoints need, and no more.

use crate::access::Access;
use crate::bits::Bits;
use crate::catalog::Catalog;
use crate::decision::Outcome;
use crate::grant::Grant;
use crate::name::{ALL, Name};
use crate::names::Names;

/// What a set of endpoints needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeastOperations {
    /// The smallest closed set with which every endpoint within reach is allowed.
    pub operations: Names,
    /// Operations without which some of them work only in part, beyond those, in order of name.
    pub conditional: Vec<Name>,
    /// The endpoints that no key of this type and plan can call, or that are redacted at best; in
    /// the order given. Why, an access with [`Grant::everything`] tells.
    pub out_of_reach: Vec<Name>,
}

impl Catalog {
    /// The least operations with which every given endpoint is allowed, not merely redacted.
    ///
    /// ```
    /// # use scope_rules::{Catalog, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec};
    /// # let operation = |name: &str, needs: &[&str]| OperationSpec { name: name.into(), prerequisites: needs.iter().map(|n| n.to_string()).collect(), offered: true, ..Default::default() };
    /// # let catalog = Catalog::new(CatalogSpec {
    /// #     name: "example".into(), key_type: KeyType::AppSpecificKey, enforcement: Enforcement::Graded,
    /// #     operations: vec![operation("Inputs:Get", &[]), operation("Inputs:Add", &["Inputs:Get"])],
    /// #     endpoints: vec![EndpointSpec { name: "/example/PostInputs".into(), requirements: vec!["Inputs:Add".into()], offered: true, ..Default::default() }],
    /// # })?;
    /// use scope_rules::Name;
    /// let least = catalog.least_operations(&[Name::endpoint("/example/PostInputs")?]);
    /// assert_eq!(least.operations.iter().map(|name| &**name).collect::<Vec<_>>(), ["Inputs:Add", "Inputs:Get"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn least_operations<'a>(
        &self,
        endpoints: impl IntoIterator<Item = &'a Name>,
    ) -> LeastOperations {
        self.least(&mut endpoints.into_iter())
    }

    fn least(&self, endpoints: &mut dyn Iterator<Item = &Name>) -> LeastOperations {
        let best = Access::new(self, &Grant::everything(), None);
        let mut out_of_reach = Vec::new();
        let mut within_reach = self.inner.no_endpoints();
        for name in endpoints {
            let id = self.inner.endpoint_id(name);
            match id.filter(|id| best.decide(*id).outcome() == Outcome::Allowed) {
                Some(id) => _ = within_reach.insert(id.0),
                None => out_of_reach.push(name.clone()),
            }
        }
        let required = requirements(self, &within_reach);
        let operations = Names::from(self.inner.operation_names(&required));
        let mut conditional = self.inner.no_operations();
        if !operations.contains(ALL) {
            for entry in within_reach.iter().filter_map(|id| self.inner.entry(id)) {
                for operation in self.inner.conditional(entry) {
                    conditional.insert(operation.0);
                }
            }
        }
        let addable = conditional.and(&self.inner.offered_operations).minus(&required);
        let conditional = self.inner.operation_names(&addable);
        LeastOperations { operations, conditional, out_of_reach }
    }
}

/// The closure of the requirements of those endpoints that can be allowed at all.
pub(crate) fn requirements(catalog: &Catalog, endpoints: &Bits) -> Bits {
    let inner = &catalog.inner;
    let mut operations = inner.no_operations();
    for entry in endpoints.iter().filter_map(|id| inner.entry(id)) {
        let required = inner.requirements(entry);
        // What anybody may call requires nothing.
        if entry.offered && required.iter().all(|id| inner.offered_operations.contains(id.0)) {
            for operation in required {
                operations.insert(operation.0);
            }
        }
    }
    inner.close(&mut operations);
    // `All` beside others is `All`.
    if let Some(all) = inner.operation_id(ALL).filter(|all| operations.contains(all.0)) {
        operations = inner.no_operations();
        operations.insert(all.0);
        inner.close(&mut operations);
    }
    operations
}
