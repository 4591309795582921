//! Decisions in words.

use std::fmt;

use crate::decision::{Decision, MissingOperation, Rejection, Side};
use crate::finding::Listed;
use crate::name::Name;

/// One sentence without a subject, to be set after an endpoint's name: what a call would get, and
/// why.
///
/// ```
/// # use scope_rules::{Catalog, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec};
/// # let catalog = Catalog::new(CatalogSpec {
/// #     name: "example".into(), key_type: KeyType::AppSpecificKey, enforcement: Enforcement::Graded,
/// #     operations: vec![OperationSpec { name: "Inputs:Get".into(), offered: true, ..Default::default() }],
/// #     endpoints: vec![EndpointSpec { name: "/example/GetInput".into(), requirements: vec!["Inputs:Get".into()], offered: true, ..Default::default() }],
/// # })?;
/// use scope_rules::{Access, Grant};
///
/// let access = Access::new(&catalog, &Grant::default(), None);
/// let decision = access.decide_name("/example/GetInput");
/// assert_eq!(decision.to_string(), "rejected: the key lacks `Inputs:Get`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.outcome().as_str())?;
        let reason = match self {
            Self::Rejected(Rejection::UnknownEndpoint) => {
                ": the catalog does not know the endpoint"
            }
            Self::Rejected(Rejection::NeedsPersonalAccessToken) => {
                ": the endpoint takes personal access tokens only"
            }
            Self::Rejected(Rejection::NeedsSession) => {
                ": the endpoint takes a signed-in person only"
            }
            Self::Rejected(Rejection::EndpointNotGranted(side)) => match side {
                Side::Key => ": the key does not include the endpoint",
                Side::Invite => ": the owner's invite does not include the endpoint",
                Side::Both => ": neither the key nor the owner's invite includes the endpoint",
                Side::Plan => ": the plan does not offer the endpoint",
            },
            _ => "",
        };
        f.write_str(reason)?;
        if let Some(missing) = self.missing() {
            let missing: Vec<_> = missing.iter().collect();
            f.write_str(": ")?;
            fmt_missing(&missing, f)?;
        }
        let caveats: Vec<Name> =
            self.caveats().into_iter().flat_map(|caveats| caveats.iter()).map(named).collect();
        if !caveats.is_empty() {
            write!(f, "; works only in part without {}", Listed(&caveats))?;
        }
        Ok(())
    }
}

fn named<T>((_, name): (T, &Name)) -> Name {
    name.clone()
}

/// Who lacks what, each side once.
fn fmt_missing(missing: &[MissingOperation<'_>], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut separator = "";
    for (side, who) in [
        (Side::Key, "the key lacks"),
        (Side::Invite, "the owner's invite lacks"),
        (Side::Both, "both the key and the owner's invite lack"),
        (Side::Plan, "the plan does not offer"),
    ] {
        let names: Vec<Name> = missing
            .iter()
            .filter(|missing| missing.side == side)
            .map(|missing| missing.name.clone())
            .collect();
        if !names.is_empty() {
            write!(f, "{separator}{who} {}", Listed(&names))?;
            separator = ", ";
        }
    }
    Ok(())
}
