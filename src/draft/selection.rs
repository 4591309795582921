//! The scopes chosen, with what is set aside while another choice overrides it.

use scope_rules::{Endpoints, Grant, Name, Names, Operations};

use super::Action;

/// The scopes chosen.
///
/// It differs from a [`Grant`] in one way: choosing `All`, or any endpoint, sets the boxes ticked before aside instead of
/// forgetting them.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Selection {
    /// Whether `All` is chosen in place of [`Self::operations`].
    pub all: bool,
    /// The operations ticked.
    pub operations: Names,
    /// Whether only [`Self::endpoints`] may be called, and not any.
    pub restricted: bool,
    /// The endpoints ticked.
    pub endpoints: Names,
}

impl Selection {
    /// What the key would be granted.
    #[must_use]
    pub(crate) fn grant(&self) -> Grant {
        Grant {
            operations: if self.all {
                Operations::All
            } else {
                Operations::Only(self.operations.clone())
            },
            endpoints: if self.restricted {
                Endpoints::Only(self.endpoints.clone())
            } else {
                Endpoints::Any
            },
        }
    }

    /// The selection that grants `grant`, with what this one sets aside.
    #[must_use]
    pub(crate) fn with_grant(&self, grant: Grant) -> Self {
        let (all, operations) = match grant.operations {
            Operations::All => (true, self.operations.clone()),
            Operations::Only(operations) => (false, operations),
        };
        let (restricted, endpoints) = match grant.endpoints {
            Endpoints::Any => (false, self.endpoints.clone()),
            Endpoints::Only(endpoints) => (true, endpoints),
        };
        Self { all, operations, restricted, endpoints }
    }

    /// The selection after an action, which changes nothing unless it is about scopes.
    #[must_use]
    pub(super) fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Operations(names, ticked) => tick(&mut next.operations, &names, ticked),
            Action::Endpoints(names, ticked) => tick(&mut next.endpoints, &names, ticked),
            Action::Both(names, endpoint) => {
                tick(&mut next.operations, &names, true);
                next.endpoints.insert(endpoint);
            }
            Action::All(all) => next.all = all,
            Action::Restrict(restricted) => next.restricted = restricted,
            Action::Grant(grant) => next = self.with_grant((*grant).clone()),
            Action::Fix(fix) => {
                let mut grant = self.grant();
                grant.apply(&fix);
                next = self.with_grant(grant);
            }
            _ => {}
        }
        next
    }

    /// Whether an operation is ticked, or held by `All`.
    #[must_use]
    pub(crate) fn holds(&self, operation: &str) -> bool {
        self.all || self.operations.contains(operation)
    }
}

/// Ticks or unticks names in a set.
fn tick(set: &mut Names, names: &[Name], ticked: bool) {
    match names {
        [name] if ticked => {
            set.insert(name.clone());
        }
        // Many at once go in one pass.
        names if ticked => set.extend(names.iter().cloned()),
        names => set.remove_all(names),
    }
}
