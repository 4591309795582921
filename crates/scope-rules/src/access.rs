//! Access: a grant, and the invite that bounds it, held against a catalog.

use crate::bits::Bits;
use crate::catalog::{Catalog, EndpointEntry, EndpointId, OperationId};
use crate::decision::{Caveats, Decision, Missing, Outcome, Rejection, Side};
use crate::grant::{Endpoints, Grant, Operations};
use crate::name::Name;
use crate::spec::{AuthType, Enforcement};

/// What a key can do: the answer to every question about a grant.
///
/// Making one looks names up; asking it afterwards is a few machine words of set algebra.
///
/// ```
/// # use scope_rules::{Catalog, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec};
/// # let catalog = Catalog::new(CatalogSpec {
/// #     name: "example".into(), key_type: KeyType::AppSpecificKey, enforcement: Enforcement::Graded,
/// #     operations: vec![OperationSpec { name: "Inputs:Get".into(), offered: true, ..Default::default() }],
/// #     endpoints: vec![EndpointSpec { name: "/example/GetInput".into(), requirements: vec!["Inputs:Get".into()], offered: true, ..Default::default() }],
/// # })?;
/// use scope_rules::{Access, Grant, Outcome};
///
/// let nothing = Access::new(&catalog, &Grant::default(), None);
/// assert_eq!(nothing.decide_name("/example/GetInput").outcome(), Outcome::Rejected);
/// let everything = Access::new(&catalog, &Grant::everything(), None);
/// assert_eq!(everything.decide_name("/example/GetInput").outcome(), Outcome::Allowed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Access {
    catalog: Catalog,
    key: Held,
    invite: Option<Held>,
    /// What key and invite both hold.
    effective: Bits,
    /// Who lacks each operation; nothing for what is held.
    lacking: Vec<Option<Side>>,
}

/// A grant in the catalog's indices.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Held {
    /// The operations named, offered or not; nothing for `All`.
    pub(crate) named: Option<Bits>,
    /// The operations held: those named, as far as they are offered.
    pub(crate) operations: Bits,
    /// The endpoints named; nothing for *any*.
    pub(crate) endpoints: Option<Bits>,
    /// Operations that the catalog does not know, in order.
    pub(crate) unknown_operations: Vec<Name>,
    /// Endpoints that the catalog does not know, in order.
    pub(crate) unknown_endpoints: Vec<Name>,
}

/// How many of the endpoints that a catalog offers get which outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Endpoints that can be called.
    pub allowed: usize,
    /// Endpoints whose response lacks something.
    pub redacted: usize,
    /// Endpoints that are refused.
    pub rejected: usize,
}

impl Held {
    fn new(catalog: &Catalog, grant: &Grant) -> Self {
        let inner = &catalog.inner;
        let (named, unknown_operations) = match grant.operations.names() {
            None => (None, Vec::new()),
            Some(names) => {
                let (named, unknown) = inner.known_operations(&mut names.iter());
                (Some(named), unknown)
            }
        };
        let (endpoints, unknown_endpoints) = match &grant.endpoints {
            Endpoints::Any => (None, Vec::new()),
            Endpoints::Only(names) => {
                let (endpoints, unknown) = inner.known_endpoints(&mut names.iter());
                (Some(endpoints), unknown)
            }
        };
        let operations = match &named {
            Some(named) => named.and(&inner.offered_operations),
            None => inner.offered_operations.clone(),
        };
        Self { named, operations, endpoints, unknown_operations, unknown_endpoints }
    }

    pub(crate) fn has_endpoint(&self, id: EndpointId) -> bool {
        self.endpoints.as_ref().is_none_or(|endpoints| endpoints.contains(id.0))
    }

    /// Whether the operation is named, or among those that `All` stands for.
    pub(crate) fn names_operation(&self, id: u32) -> bool {
        self.named.as_ref().unwrap_or(&self.operations).contains(id)
    }
}

impl Access {
    /// Holds a grant against a catalog; for a shared app, with the owner's invite.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let invite = Grant::parse(&["Inputs:Get"], &[] as &[&str])?;
    /// let access = Access::new(&catalog, &Grant::everything(), Some(&invite));
    /// assert!(access.holds(catalog.find_operation("Inputs:Get")?));
    /// assert!(!access.holds(catalog.find_operation("Inputs:Add")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(catalog: &Catalog, grant: &Grant, invite: Option<&Grant>) -> Self {
        let invite = invite.map(|invite| Held::new(catalog, invite));
        Self::bounded(catalog, grant, invite)
    }

    fn bounded(catalog: &Catalog, grant: &Grant, invite: Option<Held>) -> Self {
        let key = Held::new(catalog, grant);
        let effective = match &invite {
            Some(invite) => key.operations.and(&invite.operations),
            None => key.operations.clone(),
        };
        let side = |id| {
            if !catalog.inner.offered_operations.contains(id) {
                return Some(Side::Plan);
            }
            let invited = invite.as_ref().is_none_or(|invite| invite.operations.contains(id));
            Side::lacking(key.operations.contains(id), invited)
        };
        let lacking = catalog.inner.operation_ids().map(side).collect();
        Self { catalog: catalog.clone(), key, invite, effective, lacking }
    }

    /// The same with another grant of the key.
    pub(crate) fn with_grant(&self, grant: &Grant) -> Self {
        Self::bounded(&self.catalog, grant, self.invite.clone())
    }

    /// The key's own grant.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let grant = Grant::parse(&["Inputs:Get", "Nope:Get"], &["/example/GetInput"])?;
    /// assert_eq!(Access::new(&catalog, &grant, None).grant(), grant);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn grant(&self) -> Grant {
        let (inner, key) = (&self.catalog.inner, &self.key);
        let operations = key.named.as_ref().map_or(Operations::All, |named| {
            let mut names = inner.operation_names(named);
            names.append(&mut key.unknown_operations.clone());
            Operations::Only(names.into())
        });
        let endpoints = key.endpoints.as_ref().map_or(Endpoints::Any, |endpoints| {
            let mut names = key.unknown_endpoints.clone();
            for name in endpoints.iter().filter_map(|id| inner.endpoint_name(id)) {
                names.push(name.clone());
            }
            Endpoints::Only(names.into())
        });
        Grant { operations, endpoints }
    }

    /// The catalog that it is held against.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// assert_eq!(Access::new(&catalog, &Grant::everything(), None).catalog(), &catalog);
    /// ```
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub(crate) const fn key(&self) -> &Held {
        &self.key
    }

    pub(crate) const fn invite(&self) -> Option<&Held> {
        self.invite.as_ref()
    }

    pub(crate) const fn effective(&self) -> &Bits {
        &self.effective
    }

    /// Whether the credential effectively holds an operation.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Search"], &[] as &[&str])?, None);
    /// assert!(access.holds(catalog.find_operation("Search")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn holds(&self, operation: OperationId) -> bool {
        self.effective.contains(operation.0)
    }

    /// Whether the key itself is granted an operation, whatever an invite leaves of it.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let (grant, invite) = (Grant::parse(&["Search"], &[] as &[&str])?, Grant::default());
    /// let access = Access::new(&catalog, &grant, Some(&invite));
    /// assert!(access.asks_for(catalog.find_operation("Search")?));
    /// assert!(!access.holds(catalog.find_operation("Search")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn asks_for(&self, operation: OperationId) -> bool {
        self.key.names_operation(operation.0)
    }

    /// What a call of the endpoint would get.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Decision, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Inputs:Get"], &[] as &[&str])?, None);
    /// let input = catalog.find_endpoint("/example/GetInput")?;
    /// let Decision::Redacted { missing, .. } = access.decide(input) else { panic!("not redacted") };
    /// let missing: Vec<_> = missing.iter().map(|missing| missing.name.to_string()).collect();
    /// assert_eq!(missing, ["Concepts:Get"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn decide(&self, endpoint: EndpointId) -> Decision<'_> {
        let Some(entry) = self.catalog.inner.endpoints.get(endpoint.index()) else {
            return Decision::Rejected(Rejection::UnknownEndpoint);
        };
        if !entry.offered {
            return self.decide_withheld(entry);
        }
        let caveats = Caveats { access: self, entry };
        if let Some(side) = self.side_not_granting(endpoint) {
            return Decision::Rejected(Rejection::EndpointNotGranted(side));
        }
        let missing = Missing { access: self, entry };
        match self.outcome(entry) {
            Outcome::Allowed => Decision::Allowed { caveats },
            Outcome::Redacted => Decision::Redacted { missing, caveats },
            Outcome::Rejected => Decision::Rejected(Rejection::MissingOperations(missing)),
        }
    }

    /// What a call of an endpoint would get that is known, but that no such key can be granted.
    #[cold]
    fn decide_withheld<'a>(&'a self, entry: &'a EndpointEntry) -> Decision<'a> {
        match entry.auth {
            AuthType::NoAuth => Decision::Allowed { caveats: Caveats { access: self, entry } },
            AuthType::Session | AuthType::Other => Decision::Rejected(Rejection::NeedsSession),
            AuthType::PersonalAccessToken if !self.catalog.key_type().may_call(entry.auth) => {
                Decision::Rejected(Rejection::NeedsPersonalAccessToken)
            }
            // The plan leaves it out: as good as unknown.
            AuthType::Key | AuthType::PersonalAccessToken => {
                Decision::Rejected(Rejection::UnknownEndpoint)
            }
        }
    }

    /// What a call of the endpoint of that name would get; a name that the catalog does not know
    /// is rejected.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant, Outcome, ReasonCode};
    /// let access = Access::new(&catalog, &Grant::everything(), None);
    /// assert_eq!(access.decide_name("/example/GetInput").outcome(), Outcome::Allowed);
    /// let unknown = access.decide_name("/example/Frobnicate");
    /// assert_eq!(unknown.reason(), Some(ReasonCode::UnknownEndpoint));
    /// ```
    #[must_use]
    pub fn decide_name(&self, endpoint: &str) -> Decision<'_> {
        match self.catalog.inner.endpoint_id(endpoint) {
            Some(id) => self.decide(id),
            None => Decision::Rejected(Rejection::UnknownEndpoint),
        }
    }

    /// What the requirements of a granted endpoint come to.
    fn outcome(&self, entry: &EndpointEntry) -> Outcome {
        let words = entry.words.start as usize..entry.words.end as usize;
        let (mut core, mut any) = (0, 0);
        for word in self.catalog.inner.words.get(words).unwrap_or_default() {
            let lacking = !self.effective.word(word.index as usize);
            core |= word.core & lacking;
            any |= word.all & lacking;
        }
        self.outcome_lacking(core != 0, any != 0)
    }

    /// What it comes to if core requirements, or any at all, are not held.
    pub(crate) const fn outcome_lacking(&self, core: bool, any: bool) -> Outcome {
        match self.catalog.enforcement() {
            _ if !any => Outcome::Allowed,
            Enforcement::Graded if !core => Outcome::Redacted,
            Enforcement::Graded | Enforcement::Strict => Outcome::Rejected,
        }
    }

    /// Who does not grant the endpoint; nothing if it is granted.
    pub(crate) fn side_not_granting(&self, endpoint: EndpointId) -> Option<Side> {
        let invited = self.invite.as_ref().is_none_or(|invite| invite.has_endpoint(endpoint));
        Side::lacking(self.key.has_endpoint(endpoint), invited)
    }

    /// Who lacks the operation; nothing if it is held.
    pub(crate) fn side_lacking(&self, operation: OperationId) -> Option<Side> {
        self.lacking.get(operation.index()).copied().unwrap_or(Some(Side::Plan))
    }

    /// How many of the offered endpoints get which outcome.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Counts, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Inputs:Get"], &[] as &[&str])?, None);
    /// assert_eq!(access.counts(), Counts { allowed: 0, redacted: 1, rejected: 3 });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for id in self.catalog.inner.offered_endpoints.iter() {
            *match self.decide(EndpointId(id)).outcome() {
                Outcome::Allowed => &mut counts.allowed,
                Outcome::Redacted => &mut counts.redacted,
                Outcome::Rejected => &mut counts.rejected,
            } += 1;
        }
        counts
    }

    /// Whether the endpoint's decision is the same in every part: outcome, reason, what is
    /// missing, who lacks it, and the caveats.
    ///
    /// Two accesses to different catalogs have no decision in common.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let nothing = Access::new(&catalog, &Grant::default(), None);
    /// let search = Access::new(&catalog, &Grant::parse(&["Search"], &[] as &[&str])?, None);
    /// assert!(nothing.same_decision(&search, catalog.find_endpoint("/example/GetInput")?));
    /// assert!(!nothing.same_decision(&search, catalog.find_endpoint("/example/PostSearches")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn same_decision(&self, other: &Self, endpoint: EndpointId) -> bool {
        if !self.catalog.is_same(&other.catalog) {
            return false;
        }
        let Some(entry) = self.catalog.inner.endpoints.get(endpoint.index()) else { return true };
        let same_caveats = || {
            let conditional = self.catalog.inner.conditional(entry);
            conditional.iter().all(|id| self.holds(*id) == other.holds(*id))
        };
        if !entry.offered {
            return entry.auth != AuthType::NoAuth || same_caveats();
        }
        match (self.side_not_granting(endpoint), other.side_not_granting(endpoint)) {
            (None, None) => {}
            (before, after) => return before == after,
        }
        // Each bit of key and invite on a requirement shows: in the list, or in its sides.
        let words = entry.words.start as usize..entry.words.end as usize;
        let mut differs = 0;
        for word in self.catalog.inner.words.get(words).unwrap_or_default() {
            let index = word.index as usize;
            differs |=
                word.all & (self.key.operations.word(index) ^ other.key.operations.word(index));
            differs |= word.all & (self.bound().word(index) ^ other.bound().word(index));
        }
        differs == 0
            && (entry.words.is_empty() || self.outcome(entry) != Outcome::Rejected)
                .then(same_caveats)
                .unwrap_or(true)
    }

    /// The operations that the invite leaves: without one, all that are offered.
    pub(crate) fn bound(&self) -> &Bits {
        self.invite
            .as_ref()
            .map_or(&self.catalog.inner.offered_operations, |invite| &invite.operations)
    }
}

/// Every endpoint whose decision differs in any part between two accesses to one catalog: what a
/// change of the grant would change.
///
/// Of two different catalogs, [`drift`](crate::drift()) tells.
///
/// ```
/// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
/// use scope_rules::{Access, Grant, consequences};
/// let before = Access::new(&catalog, &Grant::parse(&["Inputs:Get", "Search"], &[] as &[&str])?, None);
/// let after = Access::new(&catalog, &Grant::parse(&["Inputs:Get"], &[] as &[&str])?, None);
/// assert_eq!(consequences(&before, &after), [catalog.find_endpoint("/example/PostSearches")?]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn consequences(before: &Access, after: &Access) -> Vec<EndpointId> {
    let mut differing = Vec::new();
    for endpoint in before.catalog.endpoints() {
        if !before.same_decision(after, endpoint.id()) {
            differing.push(endpoint.id());
        }
    }
    differing
}
