//! Findings about a grant, in the manner of a compiler: a stable code, a severity, the scopes it
//! is about, one sentence, and a fix where one exists.

use std::fmt;

#[cfg(feature = "serde")]
use crate::name::operations;
use crate::name::{DidYouMean, Name, Quoted};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Severity {
    /// A key like that cannot be created.
    Error,
    /// A key like that is probably not what is wanted.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// The spelling of the wire.
    ///
    /// ```
    /// assert_eq!(scope_rules::Severity::Warning.as_str(), "warning");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// The kinds of findings, in the order in which they are reported. Codes are never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Code {
    /// A scope is unknown, or not offered to this key type in this plan.
    NotInCatalog,
    /// Endpoints are restricted to none.
    NoEndpoint,
    /// No endpoint that requires an operation would be allowed or redacted.
    DeadKey,
    /// An operation lacks prerequisites.
    MissingPrerequisite,
    /// A ticked endpoint would be rejected for missing operations.
    EndpointRejected,
    /// The invite does not include a scope, which therefore has no effect.
    ExceedsInvite,
    /// A scope is deprecated.
    Deprecated,
    /// The grant is `All`.
    GrantsEverything,
    /// Whoever holds the key can widen access.
    CanMintAccess,
    /// A ticked endpoint would be redacted.
    EndpointRedacted,
    /// An operation not held would complete the responses of endpoints.
    CompletingOperation,
    /// A ticked endpoint works only in part without an operation.
    ConditionalOperation,
    /// No ticked endpoint uses an operation.
    UnusedOperation,
}

impl Code {
    /// The stable spelling.
    ///
    /// ```
    /// assert_eq!(scope_rules::Code::DeadKey.as_str(), "dead-key");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotInCatalog => "not-in-catalog",
            Self::NoEndpoint => "no-endpoint",
            Self::DeadKey => "dead-key",
            Self::MissingPrerequisite => "missing-prerequisite",
            Self::EndpointRejected => "endpoint-rejected",
            Self::ExceedsInvite => "exceeds-invite",
            Self::Deprecated => "deprecated",
            Self::GrantsEverything => "grants-everything",
            Self::CanMintAccess => "can-mint-access",
            Self::EndpointRedacted => "endpoint-redacted",
            Self::CompletingOperation => "completing-operation",
            Self::ConditionalOperation => "conditional-operation",
            Self::UnusedOperation => "unused-operation",
        }
    }

    /// How much such a finding matters.
    ///
    /// ```
    /// use scope_rules::{Code, Severity};
    /// assert_eq!(Code::DeadKey.severity(), Severity::Error);
    /// assert_eq!(Code::UnusedOperation.severity(), Severity::Note);
    /// ```
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::NotInCatalog | Self::NoEndpoint | Self::DeadKey => Severity::Error,
            Self::MissingPrerequisite
            | Self::EndpointRejected
            | Self::ExceedsInvite
            | Self::Deprecated
            | Self::GrantsEverything
            | Self::CanMintAccess => Severity::Warning,
            Self::EndpointRedacted
            | Self::CompletingOperation
            | Self::ConditionalOperation
            | Self::UnusedOperation => Severity::Note,
        }
    }
}

/// A change of a grant that makes a finding go away. All lists are in order of name.
///
/// [`Grant::apply`](crate::Grant::apply) carries it out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Fix {
    /// Operations to add.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "operations")
    )]
    pub add_operations: Vec<Name>,
    /// Operations to remove.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "operations")
    )]
    pub remove_operations: Vec<Name>,
    /// Endpoints to remove.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub remove_endpoints: Vec<Name>,
}

/// Something that a person who makes a key ought to know about its grant.
///
/// Displayed, it is one plain sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Finding {
    /// Its kind.
    pub code: Code,
    /// The operation or endpoint it is about; none if it is about the grant as a whole.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub about: Option<Name>,
    /// The operations that what it is about lacks, in the order in which they are named.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub lacks: Vec<Name>,
    /// How many endpoints are concerned; only for `completing-operation`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_zero"))]
    pub endpoints: usize,
    /// A known scope that resembles an unknown one; only for `not-in-catalog`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub suggestion: Option<Name>,
    /// What would make it go away.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub fix: Option<Fix>,
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Finding {
    pub(crate) const fn new(code: Code, about: Option<Name>) -> Self {
        Self { code, about, lacks: Vec::new(), endpoints: 0, suggestion: None, fix: None }
    }

    /// How much it matters.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Inputs:Get"], &[] as &[&str])?, None);
    /// assert!(access.findings().iter().all(|finding| finding.severity() == scope_rules::Severity::Note));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = Quoted(self.about.as_deref().unwrap_or_default());
        let lacks = Listed(&self.lacks);
        match self.code {
            Code::NotInCatalog => {
                write!(f, "{about} is not offered to this kind of key in this plan")?;
                write!(f, "{}", DidYouMean(self.suggestion.as_ref()))
            }
            Code::NoEndpoint => {
                f.write_str("endpoints are restricted to none, so the key can call nothing")
            }
            Code::DeadKey => f.write_str("the key can do nothing: no endpoint would accept it"),
            Code::MissingPrerequisite => write!(f, "{about} does not work without {lacks}"),
            Code::EndpointRejected => write!(f, "{about} will be rejected without {lacks}"),
            Code::ExceedsInvite => {
                write!(f, "{about} has no effect: the owner's invite does not include it")
            }
            Code::Deprecated => write!(f, "{about} is deprecated"),
            Code::GrantsEverything => {
                f.write_str("the key can do everything, also what will be added later")
            }
            Code::CanMintAccess => {
                write!(f, "with {about}, whoever holds the key can widen access")
            }
            Code::EndpointRedacted => {
                write!(f, "the response of {about} will leave out what {lacks} would show")
            }
            Code::CompletingOperation => {
                let plural = if self.endpoints == 1 { "endpoint" } else { "endpoints" };
                write!(f, "{about} would complete the responses of {} {plural}", self.endpoints)
            }
            Code::ConditionalOperation => write!(f, "{about} works only in part without {lacks}"),
            Code::UnusedOperation => {
                write!(f, "{about} is not used by any of the chosen endpoints")
            }
        }
    }
}

/// Names in backticks, in a sentence: `a`, `b` and `c`.
pub(crate) struct Listed<'a>(pub(crate) &'a [Name]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, name) in self.0.iter().enumerate() {
            match place {
                0 => {}
                _ if place + 1 == self.0.len() => f.write_str(" and ")?,
                _ => f.write_str(", ")?,
            }
            write!(f, "`{name}`")?;
        }
        Ok(())
    }
}
