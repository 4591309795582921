//! Grants: what a credential holds, as names.

use crate::finding::Fix;
use crate::name::{ALL, Name, NameError};
use crate::names::Names;

/// Most names that either list of a grant may hold.
pub const MAX_NAMES: usize = 65_536;

/// The operations of a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operations {
    /// Exactly what the catalog offers, also what it will offer later.
    All,
    /// These.
    Only(Names),
}

impl Operations {
    /// The operations by name; nothing if they are all, which also a set that names `All` is.
    ///
    /// ```
    /// use scope_rules::{Grant, Operations};
    /// assert!(Operations::All.names().is_none());
    /// let grant = Grant::parse(&["Inputs:Get"], &[] as &[&str])?;
    /// assert_eq!(grant.operations.names().map(|names| names.len()), Some(1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn names(&self) -> Option<&Names> {
        match self {
            Self::All => None,
            Self::Only(names) => Some(names).filter(|names| !names.contains(ALL)),
        }
    }
}

/// The endpoints of a grant.
///
/// *Any* and the empty set are different things here, though the wire spells *any* as an empty
/// list: an empty set allows nothing, and [`Grant::to_wire`] refuses to write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoints {
    /// Any endpoint that the operations allow.
    Any,
    /// Only these.
    Only(Names),
}

/// What a credential holds, or what an invite gives.
///
/// It is made of names, so it can be kept, sent and compared without a catalog;
/// [`Access`](crate::Access) holds it against one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What it may do.
    pub operations: Operations,
    /// What it may call.
    pub endpoints: Endpoints,
}

/// A grant as the wire spells it: an empty list of endpoints means *any*.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct WireGrant {
    /// The operations; `All` stands for all of them.
    #[cfg_attr(feature = "serde", serde(default))]
    pub scopes: Vec<String>,
    /// The endpoints; none means any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub endpoints: Vec<String>,
}

/// Why no grant could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GrantError {
    /// A list is longer than is read.
    #[error("the grant lists {count} {what}; at most {MAX_NAMES} are read")]
    TooMany {
        /// `scopes` or `endpoints`.
        what: &'static str,
        /// How many there are.
        count: usize,
    },
    /// A name is not readable.
    #[error("item {index} of the grant's {what} cannot be read: {reason}")]
    Name {
        /// `scopes` or `endpoints`.
        what: &'static str,
        /// The item's place, counted from 0.
        index: usize,
        /// What is wrong with it.
        reason: NameError,
    },
}

impl GrantError {
    /// The list that is at fault: `scopes` or `endpoints`.
    ///
    /// ```
    /// use scope_rules::Grant;
    /// let error = Grant::parse(&["Inputs:Get"], &["x".repeat(300)]).unwrap_err();
    /// assert_eq!(error.what(), "endpoints");
    /// ```
    #[must_use]
    pub const fn what(&self) -> &'static str {
        match self {
            Self::TooMany { what, .. } | Self::Name { what, .. } => what,
        }
    }
}

/// The endpoints are restricted to none, which the wire cannot say: an empty list means *any*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the grant restricts endpoints to none, which allows nothing; add an endpoint or allow any"
)]
pub struct EmptyAllowList;

impl Default for Grant {
    /// No operation, any endpoint: what a page starts with.
    fn default() -> Self {
        Self { operations: Operations::Only(Names::new()), endpoints: Endpoints::Any }
    }
}

impl Grant {
    /// Everything: `All` operations, any endpoint.
    ///
    /// ```
    /// use scope_rules::Grant;
    /// assert_eq!(Grant::everything().to_wire()?.scopes, ["All"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn everything() -> Self {
        Self { operations: Operations::All, endpoints: Endpoints::Any }
    }

    /// Reads a grant as the wire spells it. `All` beside other operations is `All`; an empty list
    /// of endpoints is *any*. Unknown names are kept: a finding reports them.
    ///
    /// # Errors
    ///
    /// [`GrantError`], which names the item, if a list or a name is too long.
    ///
    /// ```
    /// use scope_rules::{Endpoints, Grant, Operations};
    /// let grant = Grant::parse(&["Inputs_Get", "All"], &[] as &[&str])?;
    /// assert_eq!(grant.operations, Operations::All);
    /// assert_eq!(grant.endpoints, Endpoints::Any);
    /// # Ok::<(), scope_rules::GrantError>(())
    /// ```
    pub fn parse(
        scopes: &[impl AsRef<str>],
        endpoints: &[impl AsRef<str>],
    ) -> Result<Self, GrantError> {
        let mut scopes = scopes.iter().map(AsRef::as_ref);
        let mut endpoints = endpoints.iter().map(AsRef::as_ref);
        let operations = read("scopes", &mut scopes, Name::operation)?;
        let endpoints = read("endpoints", &mut endpoints, Name::endpoint)?;
        Ok(Self {
            operations: if operations.contains(ALL) {
                Operations::All
            } else {
                Operations::Only(operations)
            },
            endpoints: if endpoints.is_empty() {
                Endpoints::Any
            } else {
                Endpoints::Only(endpoints)
            },
        })
    }

    /// The grant as the wire spells it, in order of name.
    ///
    /// # Errors
    ///
    /// [`EmptyAllowList`] if the endpoints are restricted to none: written as an empty list, that
    /// would mean *any*.
    ///
    /// ```
    /// use scope_rules::{Endpoints, Grant};
    /// let nothing = Grant { endpoints: Endpoints::Only(Default::default()), ..Grant::everything() };
    /// assert!(nothing.to_wire().is_err());
    /// ```
    pub fn to_wire(&self) -> Result<WireGrant, EmptyAllowList> {
        let spell = |names: &Names| names.iter().map(|name| (**name).to_owned()).collect();
        Ok(WireGrant {
            scopes: self.operations.names().map_or_else(|| vec![ALL.to_owned()], spell),
            endpoints: match &self.endpoints {
                Endpoints::Any => Vec::new(),
                Endpoints::Only(names) if names.is_empty() => return Err(EmptyAllowList),
                Endpoints::Only(names) => spell(names),
            },
        })
    }

    /// What both grants give, level by level. The result may restrict endpoints to none.
    ///
    /// ```
    /// use scope_rules::Grant;
    /// let key = Grant::everything();
    /// let invite = Grant::parse(&["Inputs:Get"], &["/clarifai.api.V2/GetInput"])?;
    /// assert_eq!(key.meet(&invite), invite);
    /// # Ok::<(), scope_rules::GrantError>(())
    /// ```
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        Self {
            operations: match (self.operations.names(), other.operations.names()) {
                (None, None) => Operations::All,
                (None, Some(names)) | (Some(names), None) => Operations::Only(names.clone()),
                (Some(a), Some(b)) => Operations::Only(both(a, b)),
            },
            endpoints: match (&self.endpoints, &other.endpoints) {
                (Endpoints::Any, narrower) | (narrower, Endpoints::Any) => narrower.clone(),
                (Endpoints::Only(a), Endpoints::Only(b)) => Endpoints::Only(both(a, b)),
            },
        }
    }

    /// Carries out a fix.
    ///
    /// ```
    /// use scope_rules::{Fix, Grant, Name};
    /// let mut grant = Grant::default();
    /// grant.apply(&Fix { add_operations: vec![Name::operation("Inputs:Get")?], ..Fix::default() });
    /// assert_eq!(grant.to_wire()?.scopes, ["Inputs:Get"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&mut self, fix: &Fix) {
        if let Operations::Only(names) = &mut self.operations {
            names.remove_all(&fix.remove_operations);
            names.extend(fix.add_operations.iter().cloned());
            if names.contains(ALL) {
                self.operations = Operations::All;
            }
        }
        if let Endpoints::Only(names) = &mut self.endpoints {
            names.remove_all(&fix.remove_endpoints);
        }
    }
}

/// The names that are in both.
fn both(a: &Names, b: &Names) -> Names {
    let mut both = Names::new();
    for name in a {
        if b.contains(name) {
            both.insert(name.clone());
        }
    }
    both
}

/// Reads one list of names.
fn read<'a>(
    what: &'static str,
    names: &mut dyn ExactSizeIterator<Item = &'a str>,
    name: fn(&str) -> Result<Name, NameError>,
) -> Result<Names, GrantError> {
    if names.len() > MAX_NAMES {
        return Err(GrantError::TooMany { what, count: names.len() });
    }
    let mut read = Vec::with_capacity(names.len());
    for (index, text) in names.enumerate() {
        read.push(name(text).map_err(|reason| GrantError::Name { what, index, reason })?);
    }
    Ok(read.into())
}
