//! The diagnostics: what there is to say about a grant, and what would mend it.

use crate::access::Access;
use crate::bits::Bits;
use crate::catalog::{EndpointEntry, EndpointId, Inner, OperationId};
use crate::decision::{Decision, Outcome, Rejection};
use crate::finding::{Code, Finding, Fix, Severity};
use crate::grant::{Endpoints, Grant, Operations};
use crate::least;
use crate::name::{ALL, Name, nearest};
use crate::spec::Enforcement;

/// Operations with which a key can hand out access.
const MINTING: [&str; 2] = ["Collaborators:Add", "Keys:Add"];

/// Unknown names for which a near match is looked for; more than that is no slip of the pen.
const SUGGESTIONS: usize = 16;

impl Access {
    /// Everything there is to say about the key's own grant, seen with the invite: worst first,
    /// then by name.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Inputs:Add"], &[] as &[&str])?, None);
    /// let findings = access.findings();
    /// assert_eq!(findings[0].code.as_str(), "dead-key");
    /// assert_eq!(findings[1].to_string(), "`Inputs:Add` does not work without `Inputs:Get`");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut diagnosis = Diagnosis::new(self);
        diagnosis.not_in_catalog();
        diagnosis.whole_key();
        diagnosis.operations();
        diagnosis.ticked_endpoints();
        diagnosis.completing_operations();
        let mut findings = diagnosis.findings;
        findings.sort_unstable_by(|a, b| {
            (a.code, &a.about, &a.lacks).cmp(&(b.code, &b.about, &b.lacks))
        });
        findings
    }

    /// The grant after the fixes of all errors and warnings, a round together, until none is
    /// left; nothing if there is none to begin with. Notes are left alone.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Inputs:Add", "Inputs:Patch"], &[] as &[&str])?, None);
    /// let fixed = access.fix_all().ok_or("nothing to fix")?;
    /// assert_eq!(fixed.to_wire()?.scopes, ["Inputs:Add", "Inputs:Get"]);
    /// assert!(Access::new(&catalog, &fixed, None).fix_all().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn fix_all(&self) -> Option<Grant> {
        let invite = self.invite().map(|invite| invite.to_grant(self.catalog()));
        let mut fixed: Option<Grant> = None;
        loop {
            let grant = fixed.clone().unwrap_or_else(|| self.grant());
            let access = Self::new(self.catalog(), &grant, invite.as_ref());
            let findings = access.findings();
            let mut fixes = findings
                .iter()
                .filter(|finding| finding.severity() != Severity::Note)
                .filter_map(|finding| finding.fix.as_ref())
                .peekable();
            if fixes.peek().is_none() {
                return fixed;
            }
            let mut next = grant;
            for fix in fixes {
                next.apply(fix);
            }
            fixed = Some(next);
        }
    }

    /// The operations with which whoever holds the key can widen access: those that are held and
    /// that an endpoint requires which would not be rejected.
    pub(crate) fn minting(&self) -> impl Iterator<Item = OperationId> {
        let catalog = &self.catalog().inner;
        MINTING.iter().filter_map(|name| catalog.operation_id(name)).filter(|operation| {
            self.holds(*operation)
                && catalog.offered_endpoints.iter().map(EndpointId).any(|id| {
                    let entry = catalog.endpoints.get(id.index());
                    entry.is_some_and(|entry| catalog.requirements(entry).contains(operation))
                        && self.decide(id).outcome() != Outcome::Rejected
                })
        })
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
        self.key().to_grant(self.catalog())
    }
}

impl crate::access::Held {
    fn to_grant(&self, catalog: &crate::Catalog) -> Grant {
        let inner = &catalog.inner;
        Grant {
            operations: self.named.as_ref().map_or(Operations::All, |named| {
                let mut names = self.unknown_operations.clone();
                names.extend(inner.names(named));
                Operations::Only(names)
            }),
            endpoints: self.endpoints.as_ref().map_or(Endpoints::Any, |endpoints| {
                let mut names = self.unknown_endpoints.clone();
                names.extend(inner.endpoint_names(endpoints));
                Endpoints::Only(names)
            }),
        }
    }
}

/// What is effectively held once operations are added.
struct Mended<'a> {
    access: &'a Access,
    held: &'a Bits,
    /// What comes to it, in order.
    added: Vec<OperationId>,
}

impl Mended<'_> {
    fn holds(&self, operation: OperationId) -> bool {
        self.held.contains(operation.0) || self.added.binary_search(&operation).is_ok()
    }

    /// What the requirements of a granted endpoint come to then.
    fn outcome(&self, entry: &EndpointEntry) -> Outcome {
        let requirements = self.access.catalog().inner.requirements(entry);
        let mut lacks = requirements.iter().map(|operation| !self.holds(*operation));
        let core = lacks.by_ref().take(entry.core()).any(|lacks| lacks);
        self.access.outcome_lacking(core, core || lacks.any(|lacks| lacks))
    }
}

/// A diagnosis in the making.
struct Diagnosis<'a> {
    access: &'a Access,
    catalog: &'a Inner,
    /// The ticked endpoints that are offered; nothing if endpoints are not restricted.
    ticked: Option<Bits>,
    /// The operations that a fix may add.
    addable: Bits,
    all: Option<OperationId>,
    /// Operations that a closure in the making has seen; empty in between.
    seen: Bits,
    /// Whether a ticked endpoint has no finding whose fix would remove it.
    endpoint_stays: bool,
    findings: Vec<Finding>,
}

impl<'a> Diagnosis<'a> {
    fn new(access: &'a Access) -> Self {
        let catalog: &Inner = &access.catalog().inner;
        let ticked =
            access.key().endpoints.as_ref().map(|named| named.and(&catalog.offered_endpoints));
        let mut addable = catalog.no_operations();
        for id in access.bound().iter().filter(|id| !catalog.operation_is_deprecated(*id)) {
            addable.insert(id);
        }
        let endpoint_stays = ticked.as_ref().is_some_and(|ticked| {
            ticked
                .iter()
                .any(|id| access.invite().is_none_or(|invite| invite.has_endpoint(EndpointId(id))))
        });
        let all = catalog.operation_id(ALL);
        let seen = catalog.no_operations();
        Self { access, catalog, ticked, addable, all, seen, endpoint_stays, findings: Vec::new() }
    }

    fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn operation_name(&self, id: u32) -> Option<Name> {
        self.catalog.operation_name(id).cloned()
    }

    /// These operations and what they bring with them, in order. It takes time for what it finds,
    /// not for all operations that there are.
    fn closure(&mut self, operations: impl IntoIterator<Item = OperationId>) -> Vec<OperationId> {
        let mut closure: Vec<_> =
            operations.into_iter().filter(|operation| self.seen.insert(operation.0)).collect();
        let mut next = 0;
        while let Some(operation) = closure.get(next) {
            next += 1;
            for prerequisite in self.catalog.prerequisites(*operation) {
                if self.catalog.offered_operations.contains(prerequisite.0)
                    && self.seen.insert(prerequisite.0)
                {
                    closure.push(*prerequisite);
                }
            }
        }
        for operation in &closure {
            self.seen.remove(operation.0);
        }
        closure.sort_unstable();
        closure
    }

    fn names(&self, operations: &[OperationId]) -> Vec<Name> {
        operations.iter().filter_map(|operation| self.operation_name(operation.0)).collect()
    }

    /// A fix that adds what of these, and of what they bring with them, may be added and is not
    /// held yet; nothing if that is nothing. Also what is held then.
    fn adding(
        &mut self,
        operations: impl IntoIterator<Item = OperationId>,
    ) -> (Option<Fix>, Mended<'a>) {
        let access = self.access;
        let mut added = self.closure(operations);
        added.retain(|operation| {
            self.addable.contains(operation.0) && !access.key().operations.contains(operation.0)
        });
        let fix = (!added.is_empty())
            .then(|| Fix { add_operations: self.names(&added), ..Fix::default() });
        // With `All` added, the key can hold all that the invite leaves.
        let all = self.all.is_some_and(|all| added.contains(&all));
        let held = if all { access.bound() } else { access.effective() };
        (fix, Mended { access, held, added })
    }

    fn removing_endpoint(&self, endpoint: &Name) -> Option<Fix> {
        self.endpoint_stays
            .then(|| Fix { remove_endpoints: vec![endpoint.clone()], ..Fix::default() })
    }

    /// `not-in-catalog`
    fn not_in_catalog(&mut self) {
        let key = self.access.key();
        let known = key.named.iter().flat_map(Bits::iter);
        let withheld: Vec<_> = known
            .filter(|id| {
                !self.catalog.offered_operations.contains(*id)
                    && !self.catalog.operation_is_deprecated(*id)
            })
            .filter_map(|id| self.operation_name(id))
            .collect();
        for name in withheld {
            self.operation_not_in_catalog(name, None);
        }
        for (place, name) in key.unknown_operations.iter().enumerate() {
            let near = (place < SUGGESTIONS)
                .then(|| nearest(name, self.catalog.offered_operation_names()));
            self.operation_not_in_catalog(name.clone(), near.flatten());
        }
        let withheld =
            key.endpoints.as_ref().map(|named| named.minus(&self.catalog.offered_endpoints));
        for name in withheld.iter().flat_map(|withheld| self.catalog.endpoint_names(withheld)) {
            let fix = self.removing_endpoint(&name);
            self.push(Finding { fix, ..Finding::new(Code::NotInCatalog, Some(name)) });
        }
        for (place, name) in key.unknown_endpoints.iter().enumerate() {
            let near =
                (place < SUGGESTIONS).then(|| nearest(name, self.catalog.offered_endpoint_names()));
            self.push(Finding {
                suggestion: near.flatten(),
                fix: self.removing_endpoint(name),
                ..Finding::new(Code::NotInCatalog, Some(name.clone()))
            });
        }
    }

    fn operation_not_in_catalog(&mut self, name: Name, suggestion: Option<Name>) {
        let fix = Fix { remove_operations: vec![name.clone()], ..Fix::default() };
        self.push(Finding {
            suggestion,
            fix: Some(fix),
            ..Finding::new(Code::NotInCatalog, Some(name))
        });
    }

    /// `no-endpoint`, `dead-key`, `grants-everything`, `can-mint-access`
    fn whole_key(&mut self) {
        let key = self.access.key();
        let restricted_to_none =
            key.endpoints.as_ref().is_some_and(Bits::is_empty) && key.unknown_endpoints.is_empty();
        if restricted_to_none {
            self.push(Finding::new(Code::NoEndpoint, None));
        }
        let lives = |id: u32| {
            let entry = self.catalog.endpoints.get(id as usize);
            entry.is_some_and(|entry| !entry.words.is_empty())
                && self.access.decide(EndpointId(id)).outcome() != Outcome::Rejected
        };
        let dead = !self.catalog.offered_endpoints.iter().any(lives);
        if dead {
            let fix = self.reviving();
            self.push(Finding { fix, ..Finding::new(Code::DeadKey, None) });
        }
        if key.named.is_none() {
            let all = self.all.and_then(|id| self.operation_name(id.0));
            self.push(Finding::new(Code::GrantsEverything, all));
        }
        for operation in self.access.minting() {
            self.push(Finding::new(Code::CanMintAccess, self.operation_name(operation.0)));
        }
    }

    /// What would bring a dead key to life: the least operations of the ticked endpoints.
    fn reviving(&mut self) -> Option<Fix> {
        let ticked: Vec<u32> = self.ticked.as_ref()?.iter().collect();
        let endpoints = ticked.iter().copied().map(EndpointId);
        let least = least::requirements(self.access.catalog(), endpoints);
        let (fix, mended) = self.adding(least.iter().map(OperationId));
        let lives = |id: u32| {
            self.catalog.endpoints.get(id as usize).is_some_and(|entry| {
                !entry.words.is_empty()
                    && self.access.side_not_granting(EndpointId(id)).is_none()
                    && mended.outcome(entry) != Outcome::Rejected
            })
        };
        fix.filter(|_| ticked.into_iter().any(lives))
    }

    /// The operations that the ticked endpoints use, or may use, closed.
    fn used(&self) -> Option<Bits> {
        let mut used = self.catalog.no_operations();
        for id in self.ticked.as_ref()?.iter() {
            let Some(entry) = self.catalog.endpoints.get(id as usize) else { continue };
            let conditional = self.catalog.conditional(entry);
            for operation in self.catalog.requirements(entry).iter().chain(conditional) {
                used.insert(operation.0);
            }
        }
        self.catalog.close(&mut used);
        Some(used)
    }

    /// `missing-prerequisite`, `exceeds-invite`, `deprecated` and `unused-operation`
    fn operations(&mut self) {
        // `All` lacks nothing, exceeds nothing and is never unused.
        let Some(named) = &self.access.key().named else { return };
        let held = &self.access.key().operations;
        let used = self.used();
        let closed = {
            let mut closure = held.clone();
            self.catalog.close(&mut closure);
            closure == *held
        };
        for id in named.iter() {
            let deprecated = self.catalog.operation_is_deprecated(id);
            if !(deprecated || self.catalog.offered_operations.contains(id)) {
                continue;
            }
            let Some(name) = self.operation_name(id) else { continue };
            let removal = || Some(Fix { remove_operations: vec![name.clone()], ..Fix::default() });
            let unused = used.as_ref().is_some_and(|used| !used.contains(id));
            let exceeds = self.access.invite().is_some_and(|invite| !invite.names_operation(id));
            for (code, holds) in [
                (Code::ExceedsInvite, exceeds),
                (Code::Deprecated, deprecated),
                (Code::UnusedOperation, unused),
            ] {
                if holds {
                    self.push(Finding { fix: removal(), ..Finding::new(code, Some(name.clone())) });
                }
            }
            if !(closed || exceeds || deprecated || unused) {
                self.missing_prerequisites(id, name);
            }
        }
    }

    fn missing_prerequisites(&mut self, id: u32, name: Name) {
        let held = &self.access.key().operations;
        let mut missing = self.closure([OperationId(id)]);
        missing.retain(|operation| !held.contains(operation.0));
        if missing.is_empty() {
            return;
        }
        let all_addable = missing.iter().all(|operation| self.addable.contains(operation.0));
        let lacks = self.names(&missing);
        let fix = all_addable.then(|| Fix { add_operations: lacks.clone(), ..Fix::default() });
        self.push(Finding { lacks, fix, ..Finding::new(Code::MissingPrerequisite, Some(name)) });
    }

    /// `endpoint-rejected`, `endpoint-redacted`, `conditional-operation`, and of endpoints
    /// `exceeds-invite` and `deprecated`
    fn ticked_endpoints(&mut self) {
        let ticked: Vec<_> = self.ticked.iter().flat_map(Bits::iter).collect();
        for id in ticked {
            let Some(entry) = self.catalog.endpoints.get(id as usize) else { continue };
            let Some(name) = self
                .access
                .catalog()
                .endpoint(EndpointId(id))
                .map(|endpoint| endpoint.name().clone())
            else {
                continue;
            };
            if self.catalog.endpoint_is_deprecated(id) {
                self.push(Finding::new(Code::Deprecated, Some(name.clone())));
            }
            if self.access.invite().is_some_and(|invite| !invite.has_endpoint(EndpointId(id))) {
                let fix = self.removing_endpoint(&name);
                self.push(Finding { fix, ..Finding::new(Code::ExceedsInvite, Some(name)) });
                continue;
            }
            match self.access.decide(EndpointId(id)) {
                Decision::Rejected(Rejection::MissingOperations(_)) => {
                    self.lacking(Code::EndpointRejected, entry, &name);
                }
                Decision::Rejected(_) => {}
                decision @ (Decision::Allowed { .. } | Decision::Redacted { .. }) => {
                    if decision.outcome() == Outcome::Redacted {
                        self.lacking(Code::EndpointRedacted, entry, &name);
                    }
                    self.conditional(&decision, &name);
                }
            }
        }
    }

    /// Reports a ticked endpoint that lacks operations.
    fn lacking(&mut self, code: Code, entry: &EndpointEntry, name: &Name) {
        let access = self.access;
        let mut missing = self.catalog.requirements(entry).to_vec();
        missing.retain(|operation| !access.holds(*operation));
        let lacks = self.names(&missing);
        let (fix, mended) = self.adding(missing);
        let outcome = mended.outcome(entry);
        let gone = match code {
            Code::EndpointRejected => outcome != Outcome::Rejected,
            _ => outcome == Outcome::Allowed,
        };
        self.push(Finding {
            lacks,
            fix: fix.filter(|_| gone),
            ..Finding::new(code, Some(name.clone()))
        });
    }

    /// Reports the conditional operations that a ticked endpoint lacks.
    fn conditional(&mut self, decision: &Decision<'_>, name: &Name) {
        let Some(caveats) = decision.caveats() else { return };
        for (id, operation) in caveats.iter() {
            let (fix, mended) = self.adding([id]);
            self.push(Finding {
                lacks: vec![operation.clone()],
                fix: fix.filter(|_| mended.holds(id)),
                ..Finding::new(Code::ConditionalOperation, Some(name.clone()))
            });
        }
    }

    /// `completing-operation`
    fn completing_operations(&mut self) {
        if self.ticked.is_some() {
            return;
        }
        let mut counts: Vec<usize> = Vec::new();
        for id in self.catalog.offered_endpoints.iter() {
            let decision = self.access.decide(EndpointId(id));
            let Some(missing) = decision.missing() else { continue };
            let auxiliary_only = match self.access.catalog().enforcement() {
                Enforcement::Graded => decision.outcome() == Outcome::Redacted,
                Enforcement::Strict => !missing.iter().any(|missing| missing.core),
            };
            if !auxiliary_only {
                continue;
            }
            for missing in
                missing.iter().filter(|missing| self.addable.contains(missing.operation.0))
            {
                let index = missing.operation.index();
                if counts.len() <= index {
                    counts.resize(index + 1, 0);
                }
                if let Some(count) = counts.get_mut(index) {
                    *count += 1;
                }
            }
        }
        for (id, endpoints) in (0u32..).zip(counts).filter(|(_, count)| *count > 0) {
            let Some(name) = self.operation_name(id) else { continue };
            let (fix, _) = self.adding([OperationId(id)]);
            self.push(Finding {
                endpoints,
                fix,
                ..Finding::new(Code::CompletingOperation, Some(name))
            });
        }
    }
}
