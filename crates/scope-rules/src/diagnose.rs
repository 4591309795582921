//! The diagnostics: what there is to say about a grant, and what would mend it.

use crate::access::Access;
use crate::bits::{Bits, Indices};
use crate::catalog::{EndpointEntry, EndpointId, Inner, OperationId};
use crate::decision::{Caveats, Decision, Outcome};
use crate::finding::{Code, Finding, Fix, Severity};
use crate::grant::Grant;
use crate::least;
use crate::name::{ALL, Name, nearest};
use crate::sort::{self, Key};

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
        in_order(diagnosis.findings)
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
        let mut fixed: Option<(Self, Grant)> = None;
        loop {
            let access = fixed.as_ref().map_or(self, |(access, _)| access);
            let (mut changed, mut fixes) = (false, Fix::default());
            for finding in access.findings() {
                if finding.severity() != Severity::Note
                    && let Some(mut fix) = finding.fix
                {
                    changed = true;
                    fixes.add_operations.append(&mut fix.add_operations);
                    fixes.remove_operations.append(&mut fix.remove_operations);
                    fixes.remove_endpoints.append(&mut fix.remove_endpoints);
                }
            }
            if !changed {
                return fixed.map(|(_, grant)| grant);
            }
            // What a fix adds is not held and what one removes is, so that their order does not
            // matter.
            let mut next = access.grant();
            next.apply(&fixes);
            fixed = Some((access.with_grant(&next), next));
        }
    }

    /// The operations with which whoever holds the key can widen access: those that are held and
    /// that an endpoint requires which would not be rejected.
    pub(crate) fn minting(&self) -> Vec<OperationId> {
        let catalog = &self.catalog().inner;
        let mut minting = Vec::new();
        for operation in MINTING.iter().filter_map(|name| catalog.operation_id(name)) {
            let mints = |id: u32| {
                let entry = catalog.entry(id);
                entry.is_some_and(|entry| catalog.requirements(entry).contains(&operation))
                    && self.decide(EndpointId(id)).outcome() != Outcome::Rejected
            };
            if self.holds(operation) && catalog.offered_endpoints.iter().any(mints) {
                minting.push(operation);
            }
        }
        minting
    }
}

/// Findings by kind, then by name; of the same name as they were found.
fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut keys = Vec::with_capacity(findings.len());
    for (place, finding) in findings.iter().enumerate() {
        let about = finding.about.as_deref().unwrap_or_default();
        keys.push(Key::new(finding.code as u64, about, place));
    }
    sort::sort(&mut keys);
    let mut places = Vec::with_capacity(keys.len());
    for key in keys {
        places.push(key.place);
    }
    let mut sorted = Vec::with_capacity(findings.len());
    for place in places {
        if let Some(finding) = findings.get_mut(place) {
            sorted.push(std::mem::replace(finding, Finding::new(finding.code, None)));
        }
    }
    sorted
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
        let (mut core, mut any) = (false, false);
        let requirements = self.access.catalog().inner.requirements(entry);
        for (place, operation) in requirements.iter().enumerate() {
            let lacks = !self.holds(*operation);
            core |= lacks && place < entry.core();
            any |= lacks;
        }
        self.access.outcome_lacking(core, any)
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
        let endpoints = access.key().endpoints.as_ref();
        let ticked = endpoints.map(|named| named.and(&catalog.offered_endpoints));
        let mut addable = access.bound().clone();
        for id in access.bound().iter().filter(|id| catalog.operation_is_deprecated(*id)) {
            addable.remove(id);
        }
        let mut diagnosis = Self {
            access,
            catalog,
            ticked,
            addable,
            all: catalog.operation_id(ALL),
            seen: catalog.no_operations(),
            endpoint_stays: false,
            findings: Vec::new(),
        };
        diagnosis.endpoint_stays = diagnosis.ticked().any(|id| !diagnosis.exceeds_invite(id));
        diagnosis
    }

    /// The ticked endpoints that are offered.
    fn ticked(&self) -> Indices<'_> {
        self.ticked.as_ref().map(Bits::iter).unwrap_or_default()
    }

    fn exceeds_invite(&self, endpoint: u32) -> bool {
        self.access.invite().is_some_and(|invite| !invite.has_endpoint(EndpointId(endpoint)))
    }

    fn push(&mut self, code: Code, about: Option<&Name>, fix: Option<Fix>) -> &mut Finding {
        self.findings.push_mut(Finding { fix, ..Finding::new(code, about.cloned()) })
    }

    /// These operations and what they bring with them, in order. It takes time for what it finds,
    /// not for all operations that there are.
    fn closure(&mut self, of: &[OperationId]) -> Vec<OperationId> {
        let mut operations = Vec::with_capacity(of.len());
        for operation in of {
            if self.seen.insert(operation.0) {
                operations.push(*operation);
            }
        }
        let mut next = 0;
        while let Some(operation) = operations.get(next) {
            next += 1;
            for prerequisite in self.catalog.prerequisites(*operation) {
                if self.catalog.offered_operations.contains(prerequisite.0)
                    && self.seen.insert(prerequisite.0)
                {
                    operations.push(*prerequisite);
                }
            }
        }
        for operation in &operations {
            self.seen.remove(operation.0);
        }
        sort::operations(&mut operations);
        operations
    }

    fn names(&self, operations: &[OperationId]) -> Vec<Name> {
        let mut names = Vec::with_capacity(operations.len());
        for name in operations.iter().filter_map(|id| self.catalog.operation_name(id.0)) {
            names.push(name.clone());
        }
        names
    }

    /// A fix that adds what of these, and of what they bring with them, may be added and is not
    /// held yet; nothing if that is nothing. Also what is held then.
    fn adding(&mut self, operations: &[OperationId]) -> (Option<Fix>, Mended<'a>) {
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
        let catalog = self.catalog;
        let key = self.access.key();
        for id in key.named.as_ref().map(Bits::iter).unwrap_or_default() {
            let known =
                catalog.offered_operations.contains(id) || catalog.operation_is_deprecated(id);
            if let Some(name) = catalog.operation_name(id).filter(|_| !known) {
                self.push(Code::NotInCatalog, Some(name), removing(name));
            }
        }
        for (place, name) in key.unknown_operations.iter().enumerate() {
            let candidates = &mut catalog.offered_operation_names();
            self.unknown(place, name, removing(name), candidates);
        }
        for id in key.endpoints.as_ref().map(Bits::iter).unwrap_or_default() {
            if let Some(entry) = catalog.entry(id).filter(|entry| !entry.offered) {
                let fix = self.removing_endpoint(&entry.name);
                self.push(Code::NotInCatalog, Some(&entry.name), fix);
            }
        }
        for (place, name) in key.unknown_endpoints.iter().enumerate() {
            let fix = self.removing_endpoint(name);
            self.unknown(place, name, fix, &mut catalog.offered_endpoint_names());
        }
    }

    /// Reports an unknown name, the `place`th of its kind, with a near match if there is one.
    fn unknown(
        &mut self,
        place: usize,
        name: &Name,
        fix: Option<Fix>,
        candidates: &mut dyn Iterator<Item = &Name>,
    ) {
        let suggestion = if place < SUGGESTIONS { nearest(name, candidates) } else { None };
        self.push(Code::NotInCatalog, Some(name), fix).suggestion = suggestion;
    }

    /// `no-endpoint`, `dead-key`, `grants-everything`, `can-mint-access`
    fn whole_key(&mut self) {
        let key = self.access.key();
        if key.endpoints.as_ref().is_some_and(Bits::is_empty) && key.unknown_endpoints.is_empty() {
            self.push(Code::NoEndpoint, None, None);
        }
        let lives = |id: u32| {
            let entry = self.catalog.entry(id);
            entry.is_some_and(|entry| !entry.words.is_empty())
                && self.access.decide(EndpointId(id)).outcome() != Outcome::Rejected
        };
        if !self.catalog.offered_endpoints.iter().any(lives) {
            let fix = self.reviving();
            self.push(Code::DeadKey, None, fix);
        }
        if key.named.is_none() {
            let all = self.all.and_then(|id| self.catalog.operation_name(id.0));
            self.push(Code::GrantsEverything, all, None);
        }
        for operation in self.access.minting() {
            let name = self.catalog.operation_name(operation.0);
            self.push(Code::CanMintAccess, name, None);
        }
    }

    /// What would bring a dead key to life: the least operations of the ticked endpoints.
    fn reviving(&mut self) -> Option<Fix> {
        let least = least::requirements(self.access.catalog(), self.ticked.as_ref()?);
        let (fix, mended) = self.adding(&OperationId::all_of(&least));
        let lives = |id: u32| {
            self.catalog.entry(id).is_some_and(|entry| {
                !entry.words.is_empty()
                    && self.access.side_not_granting(EndpointId(id)).is_none()
                    && mended.outcome(entry) != Outcome::Rejected
            })
        };
        fix.filter(|_| self.ticked().any(lives))
    }

    /// The operations that the ticked endpoints use, or may use, closed.
    fn used(&self) -> Bits {
        let mut used = self.catalog.no_operations();
        for entry in self.ticked().filter_map(|id| self.catalog.entry(id)) {
            for list in [self.catalog.requirements(entry), self.catalog.conditional(entry)] {
                for operation in list {
                    used.insert(operation.0);
                }
            }
        }
        self.catalog.close(&mut used);
        used
    }

    /// `missing-prerequisite`, `exceeds-invite`, `deprecated` and `unused-operation`
    fn operations(&mut self) {
        // `All` lacks nothing, exceeds nothing and is never unused.
        let catalog = self.catalog;
        let key = self.access.key();
        let Some(named) = &key.named else { return };
        let used = self.ticked.is_some().then(|| self.used());
        let mut closure = key.operations.clone();
        catalog.close(&mut closure);
        let closed = closure == key.operations;
        for id in named.iter() {
            let deprecated = catalog.operation_is_deprecated(id);
            let known = deprecated || catalog.offered_operations.contains(id);
            let Some(name) = catalog.operation_name(id).filter(|_| known) else { continue };
            let unused = used.as_ref().is_some_and(|used| !used.contains(id));
            let exceeds = self.access.invite().is_some_and(|invite| !invite.names_operation(id));
            for (code, holds) in [
                (Code::ExceedsInvite, exceeds),
                (Code::Deprecated, deprecated),
                (Code::UnusedOperation, unused),
            ] {
                if holds {
                    self.push(code, Some(name), removing(name));
                }
            }
            if !(closed || exceeds || deprecated || unused) {
                self.missing_prerequisites(id, name);
            }
        }
    }

    fn missing_prerequisites(&mut self, id: u32, name: &Name) {
        let held = &self.access.key().operations;
        let (mut missing, mut all_addable) = (Vec::new(), true);
        for operation in self.closure(&[OperationId(id)]) {
            if !held.contains(operation.0) {
                all_addable &= self.addable.contains(operation.0);
                missing.push(operation);
            }
        }
        if missing.is_empty() {
            return;
        }
        let lacks = self.names(&missing);
        let fix = all_addable.then(|| Fix { add_operations: lacks.clone(), ..Fix::default() });
        self.push(Code::MissingPrerequisite, Some(name), fix).lacks = lacks;
    }

    /// `endpoint-rejected`, `endpoint-redacted`, `conditional-operation`, and of endpoints
    /// `exceeds-invite` and `deprecated`
    fn ticked_endpoints(&mut self) {
        let Some(ticked) = self.ticked.clone() else { return };
        for id in ticked.iter() {
            let Some(entry) = self.catalog.entry(id) else { continue };
            if entry.deprecated {
                self.push(Code::Deprecated, Some(&entry.name), None);
            }
            if self.exceeds_invite(id) {
                let fix = self.removing_endpoint(&entry.name);
                self.push(Code::ExceedsInvite, Some(&entry.name), fix);
                continue;
            }
            match self.access.decide(EndpointId(id)) {
                // It is offered, and granted by both: only operations can be missing.
                Decision::Rejected(_) => self.lacking(Code::EndpointRejected, entry),
                Decision::Redacted { caveats, .. } => {
                    self.lacking(Code::EndpointRedacted, entry);
                    self.conditional(caveats, entry);
                }
                Decision::Allowed { caveats } => self.conditional(caveats, entry),
            }
        }
    }

    /// Reports a ticked endpoint that lacks operations.
    fn lacking(&mut self, code: Code, entry: &EndpointEntry) {
        let access = self.access;
        let requirements = self.catalog.requirements(entry);
        let mut missing = Vec::with_capacity(requirements.len());
        for operation in requirements {
            if !access.holds(*operation) {
                missing.push(*operation);
            }
        }
        let lacks = self.names(&missing);
        let (fix, mended) = self.adding(&missing);
        let gone = match mended.outcome(entry) {
            Outcome::Allowed => true,
            Outcome::Redacted => code == Code::EndpointRejected,
            Outcome::Rejected => false,
        };
        self.push(code, Some(&entry.name), fix.filter(|_| gone)).lacks = lacks;
    }

    /// Reports the conditional operations that a ticked endpoint lacks.
    fn conditional(&mut self, caveats: Caveats<'a>, entry: &EndpointEntry) {
        for (id, operation) in caveats.iter() {
            let (fix, mended) = self.adding(&[id]);
            let fix = fix.filter(|_| mended.holds(id));
            let finding = self.push(Code::ConditionalOperation, Some(&entry.name), fix);
            finding.lacks.push(operation.clone());
        }
    }

    /// `completing-operation`
    fn completing_operations(&mut self) {
        if self.ticked.is_some() {
            return;
        }
        let mut counts = vec![0; self.catalog.operation_ids().len()];
        for id in self.catalog.offered_endpoints.iter() {
            let Some(missing) = self.access.decide(EndpointId(id)).missing() else { continue };
            let (core, auxiliary) = missing.requirements();
            if core.iter().any(|operation| !self.access.holds(*operation)) {
                continue;
            }
            for operation in auxiliary {
                if self.addable.contains(operation.0)
                    && !self.access.holds(*operation)
                    && let Some(count) = counts.get_mut(operation.index())
                {
                    *count += 1;
                }
            }
        }
        for (id, endpoints) in (0u32..).zip(counts) {
            if endpoints > 0 {
                let (fix, _) = self.adding(&[OperationId(id)]);
                let name = self.catalog.operation_name(id);
                self.push(Code::CompletingOperation, name, fix).endpoints = endpoints;
            }
        }
    }
}

/// A fix that removes an operation.
fn removing(operation: &Name) -> Option<Fix> {
    Some(Fix { remove_operations: vec![operation.clone()], ..Fix::default() })
}
