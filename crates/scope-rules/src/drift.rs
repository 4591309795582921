//! Drift: what a new version of a catalog changes for a grant.

use std::collections::BTreeSet;

use crate::access::Access;
use crate::catalog::Catalog;
use crate::decision::DecisionRecord;
use crate::grant::Grant;
use crate::name::Name;

/// An endpoint whose decision differs between two catalogs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The endpoint.
    pub endpoint: Name,
    /// The decision by the old catalog, with its reason.
    pub before: DecisionRecord,
    /// The decision by the new one.
    pub after: DecisionRecord,
}

/// What changed for this grant between two versions of a catalog: the endpoints known to either
/// whose decisions differ in any part, in order of name.
///
/// ```
/// # use scope_rules::{Catalog, CatalogSpec, EndpointSpec, Enforcement, KeyType};
/// # let catalog = |endpoint: &str| Catalog::new(CatalogSpec {
/// #     name: "example".into(), key_type: KeyType::AppSpecificKey, enforcement: Enforcement::Graded, operations: vec![],
/// #     endpoints: vec![EndpointSpec { name: endpoint.into(), offered: true, ..Default::default() }],
/// # });
/// # let (before, after) = (catalog("/example/Old")?, catalog("/example/New")?);
/// use scope_rules::{Grant, drift};
/// let changes = drift(&before, &after, &Grant::everything(), None);
/// let changed: Vec<_> = changes.iter().map(|change| &*change.endpoint).collect();
/// assert_eq!(changed, ["/example/New", "/example/Old"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn drift(
    before: &Catalog,
    after: &Catalog,
    grant: &Grant,
    invite: Option<&Grant>,
) -> Vec<Drift> {
    let old = Access::new(before, grant, invite);
    let new = Access::new(after, grant, invite);
    let endpoints: BTreeSet<&Name> =
        before.endpoints().chain(after.endpoints()).map(|endpoint| endpoint.name()).collect();
    endpoints
        .into_iter()
        .map(|name| Drift {
            endpoint: name.clone(),
            before: old.decide_name(name).to_record(),
            after: new.decide_name(name).to_record(),
        })
        .filter(|drift| drift.before != drift.after)
        .collect()
}
