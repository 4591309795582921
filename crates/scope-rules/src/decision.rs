//! Decisions: what a call would get, and why.

use std::{fmt, iter};

use crate::access::Access;
use crate::catalog::{EndpointEntry, OperationId};
use crate::name::Name;
#[cfg(feature = "serde")]
use crate::name::operations;

/// What a call would get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Outcome {
    /// The call goes through.
    Allowed,
    /// The call goes through; its response lacks something.
    Redacted,
    /// The call is refused.
    Rejected,
}

impl Outcome {
    /// The spelling of the wire.
    ///
    /// ```
    /// assert_eq!(scope_rules::Outcome::Redacted.as_str(), "redacted");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Redacted => "redacted",
            Self::Rejected => "rejected",
        }
    }
}

/// Why a call would not get everything: the stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum ReasonCode {
    /// The catalog does not know the endpoint.
    UnknownEndpoint,
    /// The endpoint takes personal access tokens only.
    NeedsPersonalAccessToken,
    /// The endpoint takes a signed-in person only.
    NeedsSession,
    /// The endpoint is not in the grant.
    EndpointNotGranted,
    /// Operations are not held.
    MissingOperations,
}

impl ReasonCode {
    /// The spelling of the wire.
    ///
    /// ```
    /// assert_eq!(scope_rules::ReasonCode::MissingOperations.as_str(), "missing-operations");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownEndpoint => "unknown-endpoint",
            Self::NeedsPersonalAccessToken => "needs-personal-access-token",
            Self::NeedsSession => "needs-session",
            Self::EndpointNotGranted => "endpoint-not-granted",
            Self::MissingOperations => "missing-operations",
        }
    }
}

/// Who lacks what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Side {
    /// The key itself.
    Key,
    /// The owner's invite.
    Invite,
    /// The key and the invite.
    Both,
    /// The plan: the catalog does not offer it.
    Plan,
}

impl Side {
    /// The spelling of the wire.
    ///
    /// ```
    /// assert_eq!(scope_rules::Side::Invite.as_str(), "invite");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Invite => "invite",
            Self::Both => "both",
            Self::Plan => "plan",
        }
    }

    /// The side that lacks something that key and invite hold or not; nothing if both hold it.
    pub(crate) const fn lacking(key_holds: bool, invite_holds: bool) -> Option<Self> {
        match (key_holds, invite_holds) {
            (true, true) => None,
            (false, true) => Some(Self::Key),
            (true, false) => Some(Self::Invite),
            (false, false) => Some(Self::Both),
        }
    }
}

/// What a call would get. None can be made without its reason.
#[derive(Debug, Clone, Copy)]
pub enum Decision<'a> {
    /// The call goes through.
    Allowed {
        /// Without these it works only in part.
        caveats: Caveats<'a>,
    },
    /// The call goes through; its response lacks what the missing operations read.
    Redacted {
        /// The auxiliary operations not held.
        missing: Missing<'a>,
        /// Without these it works only in part.
        caveats: Caveats<'a>,
    },
    /// The call is refused.
    Rejected(Rejection<'a>),
}

/// Why a call is refused.
#[derive(Debug, Clone, Copy)]
pub enum Rejection<'a> {
    /// The catalog does not know the endpoint.
    UnknownEndpoint,
    /// The endpoint takes personal access tokens only.
    NeedsPersonalAccessToken,
    /// The endpoint takes a signed-in person only.
    NeedsSession,
    /// The endpoint is not in the grant of that side.
    EndpointNotGranted(Side),
    /// These operations are not held.
    MissingOperations(Missing<'a>),
}

impl<'a> Decision<'a> {
    /// The outcome alone.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Inputs:Get"], &[] as &[&str])?, None);
    /// assert_eq!(access.decide_name("/example/GetInput").outcome().as_str(), "redacted");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::Allowed { .. } => Outcome::Allowed,
            Self::Redacted { .. } => Outcome::Redacted,
            Self::Rejected(_) => Outcome::Rejected,
        }
    }

    /// The reason's code; nothing if the call is allowed.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["All"], &[] as &[&str])?, None);
    /// assert_eq!(access.decide_name("/example/GetInput").reason(), None);
    /// let reason = access.decide_name("/example/PostKeys").reason();
    /// assert_eq!(reason, Some(scope_rules::ReasonCode::NeedsPersonalAccessToken));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn reason(&self) -> Option<ReasonCode> {
        Some(match self {
            Self::Allowed { .. } => return None,
            Self::Redacted { .. } | Self::Rejected(Rejection::MissingOperations(_)) => {
                ReasonCode::MissingOperations
            }
            Self::Rejected(Rejection::UnknownEndpoint) => ReasonCode::UnknownEndpoint,
            Self::Rejected(Rejection::NeedsPersonalAccessToken) => {
                ReasonCode::NeedsPersonalAccessToken
            }
            Self::Rejected(Rejection::NeedsSession) => ReasonCode::NeedsSession,
            Self::Rejected(Rejection::EndpointNotGranted(_)) => ReasonCode::EndpointNotGranted,
        })
    }

    /// The operations not held; nothing if it is not them that the call lacks.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Search"], &[] as &[&str])?, None);
    /// let decision = access.decide_name("/example/PostSearches");
    /// assert_eq!(decision.missing().map(|missing| missing.iter().count()), Some(1));
    /// assert!(access.decide_name("/example/PostKeys").missing().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn missing(&self) -> Option<Missing<'a>> {
        match self {
            Self::Redacted { missing, .. }
            | Self::Rejected(Rejection::MissingOperations(missing)) => Some(*missing),
            _ => None,
        }
    }

    /// The conditional operations not held; nothing if the call is refused.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Search", "Inputs:Get"], &[] as &[&str])?, None);
    /// let decision = access.decide_name("/example/PostSearches");
    /// let caveats = decision.caveats().ok_or("refused")?;
    /// assert!(caveats.iter().map(|(_, name)| &**name).eq(["Predict"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn caveats(&self) -> Option<Caveats<'a>> {
        match self {
            Self::Allowed { caveats } | Self::Redacted { caveats, .. } => Some(*caveats),
            Self::Rejected(_) => None,
        }
    }

    /// The decision in a form that can be kept and compared.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Inputs:Get"], &[] as &[&str])?, None);
    /// let record = access.decide_name("/example/GetInput").to_record();
    /// assert_eq!(&*record.missing[0], "Concepts:Get");
    /// assert_eq!(record.sides, [scope_rules::Side::Key]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_record(&self) -> DecisionRecord {
        let mut record = DecisionRecord {
            outcome: self.outcome(),
            reason: self.reason(),
            side: match self {
                Self::Rejected(Rejection::EndpointNotGranted(side)) => Some(*side),
                _ => None,
            },
            missing: Vec::new(),
            sides: Vec::new(),
            caveats: Vec::new(),
        };
        if let Some(missing) = self.missing() {
            for missing in missing.iter() {
                record.missing.push(missing.name.clone());
                record.sides.push(missing.side);
            }
        }
        if let Some(caveats) = self.caveats() {
            record.caveats.extend(caveats.iter().map(|(_, name)| name.clone()));
        }
        record
    }
}

/// The operations that an endpoint requires and the grant does not hold. Never empty.
#[derive(Clone, Copy)]
pub struct Missing<'a> {
    // INVARIANT: made by `Access::decide` only, after it has seen that one is missing.
    pub(crate) access: &'a Access,
    pub(crate) entry: &'a EndpointEntry,
}

/// One operation that is not held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingOperation<'a> {
    /// The operation.
    pub operation: OperationId,
    /// Its name.
    pub name: &'a Name,
    /// Who lacks it.
    pub side: Side,
    /// Whether the call is refused for want of it.
    pub core: bool,
}

impl<'a> Missing<'a> {
    /// The operations: core first, each part in order of name.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::default(), None);
    /// let decision = access.decide_name("/example/GetInput");
    /// let missing = decision.missing().ok_or("nothing is missing")?;
    /// let told: Vec<_> = missing.iter().map(|missing| (missing.name.to_string(), missing.core)).collect();
    /// assert_eq!(told, [("Inputs:Get".to_owned(), true), ("Concepts:Get".to_owned(), false)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = MissingOperation<'a>> + use<'a> {
        let (access, entry) = (self.access, self.entry);
        let catalog = &access.catalog().inner;
        let mut requirements = catalog.requirements(entry).iter().enumerate();
        let missing = move |(place, id): (usize, &OperationId)| {
            Some(MissingOperation {
                operation: *id,
                side: access.side_lacking(*id)?,
                name: catalog.operation_name(id.0)?,
                core: place < entry.core(),
            })
        };
        // One function for all that go through it, instead of an adapter in each.
        iter::from_fn(move || requirements.find_map(missing))
    }
}

impl<'a> Missing<'a> {
    /// All that the endpoint requires, held or not: core and auxiliary.
    pub(crate) fn requirements(self) -> (&'a [OperationId], &'a [OperationId]) {
        let required = self.access.catalog().inner.requirements(self.entry);
        required.split_at_checked(self.entry.core()).unwrap_or_default()
    }
}

impl fmt::Debug for Missing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The operations without which an endpoint works only in part, and that are not held.
#[derive(Clone, Copy)]
pub struct Caveats<'a> {
    pub(crate) access: &'a Access,
    pub(crate) entry: &'a EndpointEntry,
}

impl<'a> Caveats<'a> {
    /// The operations, in order of name.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Search", "Inputs:Get"], &[] as &[&str])?, None);
    /// let decision = access.decide_name("/example/PostSearches");
    /// let predict = catalog.find_operation("Predict")?;
    /// let caveats = decision.caveats().ok_or("refused")?;
    /// assert!(caveats.iter().map(|(id, _)| id).eq([predict]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (OperationId, &'a Name)> + use<'a> {
        let access = self.access;
        let catalog = &access.catalog().inner;
        let mut conditional = catalog.conditional(self.entry).iter();
        let missing = move |id: &OperationId| {
            access.side_lacking(*id)?;
            Some((*id, catalog.operation_name(id.0)?))
        };
        iter::from_fn(move || conditional.find_map(missing))
    }

    /// Whether there is none.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["All"], &[] as &[&str])?, None);
    /// let decision = access.decide_name("/example/PostSearches");
    /// assert!(decision.caveats().is_some_and(|caveats| caveats.is_empty()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl fmt::Debug for Caveats<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(_, name)| name)).finish()
    }
}

/// A decision that can be kept and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct DecisionRecord {
    /// The outcome.
    pub outcome: Outcome,
    /// The reason's code; absent when allowed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<ReasonCode>,
    /// Whose grant lacks the endpoint; only for `endpoint-not-granted`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub side: Option<Side>,
    /// The operations not held: core first, each part in order of name.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "operations")
    )]
    pub missing: Vec<Name>,
    /// Who lacks each of them.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub sides: Vec<Side>,
    /// The conditional operations not held.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "operations")
    )]
    pub caveats: Vec<Name>,
}
