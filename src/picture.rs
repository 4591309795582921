//! What a key would be able to do: everything the page says about one grant, computed once per change.

use std::rc::Rc;

use scope_rules::{Access, Counts, Finding, Grant, Name, Risk, Severity, consequences};

use crate::outline::{Line, Outline};

/// A grant held against a catalog. Compared by pointer.
#[derive(Clone)]
pub(crate) struct Picture(Rc<Parts>);

/// What a [`Picture`] consists of.
pub(crate) struct Parts {
    /// The catalog.
    pub outline: Outline,
    /// What the key itself is granted.
    pub grant: Grant,
    /// What bounds it, in an app that somebody shared.
    pub invite: Option<Rc<Grant>>,
    /// The decisions.
    pub access: Access,
    /// How many endpoints get which outcome.
    pub counts: Counts,
    /// What there is to say, worst first.
    pub findings: Vec<Finding>,
    /// How dangerous the key is.
    pub risk: Risk,
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Picture {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Picture {
    /// Holds a grant, and the invite that bounds it, against a catalog.
    #[must_use]
    pub(crate) fn new(outline: Outline, grant: Grant, invite: Option<Rc<Grant>>) -> Self {
        let access = Access::new(&outline.catalog, &grant, invite.as_deref());
        Self(Rc::new(Parts {
            counts: access.counts(),
            findings: access.findings(),
            risk: access.risk(),
            outline,
            grant,
            invite,
            access,
        }))
    }
}

/// What a change would change, endpoint by endpoint.
#[derive(PartialEq, Eq, Default)]
pub(crate) struct Change {
    /// The places of endpoints that would do more than now.
    pub better: Vec<usize>,
    /// The places of endpoints that would do less than now.
    pub worse: Vec<usize>,
}

impl Parts {
    /// How many findings there are of a severity.
    #[must_use]
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity() == severity).count()
    }

    /// What would change if the key were granted something else.
    #[must_use]
    pub(crate) fn compared_to(&self, grant: &Grant) -> Change {
        let after = Access::new(&self.outline.catalog, grant, self.invite.as_deref());
        let mut change = Change::default();
        for id in consequences(&self.access, &after) {
            let (before, after) = (rank(&self.access, id), rank(&after, id));
            match after.cmp(&before) {
                std::cmp::Ordering::Greater => change.better.push(id.index()),
                std::cmp::Ordering::Less => change.worse.push(id.index()),
                std::cmp::Ordering::Equal => {}
            }
        }
        change
    }

    /// What has to be added so that an endpoint works fully; nothing if adding cannot do that.
    #[must_use]
    pub(crate) fn to_complete(&self, line: &Line) -> Option<Vec<Name>> {
        let least = self.outline.catalog.least_operations([&line.name]);
        if !least.out_of_reach.is_empty() {
            return None;
        }
        let held = |name: &Name| match &self.grant.operations {
            scope_rules::Operations::All => true,
            scope_rules::Operations::Only(names) => names.contains(name),
        };
        let mut grant = self.grant.clone();
        let missing: Vec<Name> = least.operations.into_iter().filter(|name| !held(name)).collect();
        if let scope_rules::Operations::Only(names) = &mut grant.operations {
            names.extend(missing.iter().cloned());
        }
        if let scope_rules::Endpoints::Only(names) = &mut grant.endpoints {
            names.insert(line.name.clone());
        }
        let after = Access::new(&self.outline.catalog, &grant, self.invite.as_deref());
        (after.decide(line.id).outcome() == scope_rules::Outcome::Allowed).then_some(missing)
    }
}

/// Orders outcomes, and within the redacted and rejected ones how much is missing: the more, the better.
fn rank(access: &Access, id: scope_rules::EndpointId) -> u8 {
    match access.decide(id).outcome() {
        scope_rules::Outcome::Rejected => 0,
        scope_rules::Outcome::Redacted => 1,
        scope_rules::Outcome::Allowed => 2,
    }
}
