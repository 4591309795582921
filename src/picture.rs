//! What a key would be able to do: everything the page says about one grant, computed once per change.

use std::rc::Rc;

use scope_rules::{
    Access, Code, Counts, Decision, EndpointId, Endpoints, Finding, Fix, Grant, Name, Names,
    OperationId, Operations, Outcome, Rejection, Risk, Severity, Side, consequences,
};

use crate::draft::Selection;
use crate::outline::{Line, Outline};

/// How far a call is from its full answer; also the parts of a list of endpoints, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// It gets its full answer.
    Works,
    /// Its answer leaves something out.
    InPart,
    /// It is rejected, and with one more operation it would go through.
    OneAway,
    /// It is rejected for more than that, or for what ticking a box cannot put right.
    Further,
    /// It takes another kind of credential.
    Elsewhere,
}

impl Reach {
    /// All of them, in the order of the list.
    pub(crate) const ALL: [Self; 5] =
        [Self::Works, Self::InPart, Self::OneAway, Self::Further, Self::Elsewhere];

    fn of(decision: &Decision<'_>) -> Self {
        match decision {
            Decision::Allowed { .. } => Self::Works,
            Decision::Redacted { .. } => Self::InPart,
            Decision::Rejected(Rejection::MissingOperations(missing)) => {
                let mut core = missing.iter().filter(|missing| missing.core);
                match (core.next().map(|missing| missing.side), core.next()) {
                    (Some(Side::Key), None) => Self::OneAway,
                    _ => Self::Further,
                }
            }
            Decision::Rejected(Rejection::NeedsPersonalAccessToken | Rejection::NeedsSession) => {
                Self::Elsewhere
            }
            Decision::Rejected(_) => Self::Further,
        }
    }

    /// The outcome that such calls are counted by, if they are.
    #[must_use]
    pub(crate) const fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Works => Some(Outcome::Allowed),
            Self::InPart => Some(Outcome::Redacted),
            Self::OneAway | Self::Further => Some(Outcome::Rejected),
            Self::Elsewhere => None,
        }
    }
}

/// A grant held against a catalog. Compared by pointer.
#[derive(Clone)]
pub(crate) struct Picture(Rc<Parts>);

/// What a [`Picture`] consists of.
pub(crate) struct Parts {
    /// The catalog.
    pub outline: Outline,
    /// What is ticked.
    pub selection: Rc<Selection>,
    /// What the key itself is granted: what is ticked, without what is set aside.
    pub grant: Grant,
    /// What bounds it, in an app that somebody shared.
    pub invite: Option<Rc<Grant>>,
    /// The decisions.
    pub access: Access,
    /// How far each endpoint is, by its place; nothing for what is no matter of keys.
    pub reaches: Vec<Option<Reach>>,
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
    pub(crate) fn new(
        outline: Outline,
        selection: Rc<Selection>,
        invite: Option<Rc<Grant>>,
    ) -> Self {
        let grant = selection.grant();
        let access = Access::new(&outline.catalog, &grant, invite.as_deref());
        let mut reaches = Vec::with_capacity(outline.lines.len());
        // The same as [`Access::counts`], without deciding everything once more.
        let mut counts = Counts::default();
        for endpoint in outline.catalog.endpoints() {
            let decision = access.decide(endpoint.id());
            // What needs no key at all is no matter of keys.
            let is_hidden = !endpoint.offered() && decision.outcome() != Outcome::Rejected;
            let reach = (!is_hidden).then(|| Reach::of(&decision));
            match reach {
                Some(Reach::Works) => counts.allowed += 1,
                Some(Reach::InPart) => counts.redacted += 1,
                _ => {}
            }
            reaches.push(reach);
        }
        counts.rejected = outline.endpoints - counts.allowed - counts.redacted;
        Self(Rc::new(Parts {
            counts,
            reaches,
            findings: access.findings(),
            risk: access.risk(),
            outline,
            selection,
            grant,
            invite,
            access,
        }))
    }
}

/// What a change changes, as the places of endpoints.
#[derive(PartialEq, Eq, Default, Debug)]
pub(crate) struct Change {
    /// Calls that were rejected and go through.
    pub works: Vec<usize>,
    /// Calls whose answer leaves out less.
    pub fuller: Vec<usize>,
    /// Calls that went through and are rejected.
    pub stops: Vec<usize>,
    /// Calls whose answer leaves out more.
    pub thinner: Vec<usize>,
    /// Calls that are still rejected, but for less.
    pub nearer: Vec<usize>,
}

/// Whether adding scopes to the key could make the call work.
#[must_use]
pub(crate) fn is_reparable(decision: &Decision<'_>) -> bool {
    match decision {
        Decision::Allowed { .. } => false,
        Decision::Rejected(Rejection::EndpointNotGranted(side)) => *side == Side::Key,
        Decision::Redacted { missing, .. }
        | Decision::Rejected(Rejection::MissingOperations(missing)) => {
            missing.iter().all(|missing| missing.side == Side::Key)
        }
        Decision::Rejected(_) => false,
    }
}

/// What makes an endpoint work.
pub(crate) struct Completion {
    /// What it cannot do without.
    pub needed: Vec<Name>,
    /// What its full answer takes on top.
    pub further: Vec<Name>,
    /// The endpoint itself, if it has to be ticked.
    pub endpoint: Option<Name>,
}

impl Parts {
    /// Whether an endpoint looks the same in both.
    #[must_use]
    pub(crate) fn is_alike(&self, other: &Self, line: usize) -> bool {
        self.outline == other.outline
            && self
                .outline
                .lines
                .get(line)
                .is_none_or(|line| self.access.same_decision(&other.access, line.id))
    }

    /// How many operations that are offered are ticked.
    #[must_use]
    pub(crate) fn count_operations(&self) -> usize {
        let is_ticked = |(.., id): &&(usize, usize, OperationId)| self.access.asks_for(*id);
        self.outline.boxes.iter().filter(is_ticked).count()
    }

    /// How many endpoints that are offered are ticked.
    #[must_use]
    pub(crate) fn count_endpoints(&self) -> usize {
        let ticked = &self.selection.endpoints;
        let is_unknown = |finding: &&Finding| {
            let is_one = finding.about.as_ref().is_some_and(|about| ticked.contains(about));
            finding.code == Code::NotInCatalog && is_one
        };
        ticked.len().saturating_sub(self.findings.iter().filter(is_unknown).count())
    }

    /// How many findings there are of a severity.
    #[must_use]
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity() == severity).count()
    }

    /// Whether a finding is shown. That a key with no endpoint can do nothing needs no second reason.
    #[must_use]
    pub(crate) fn shows(&self, finding: &Finding) -> bool {
        let is_of = |code: Code| move |finding: &Finding| finding.code == code;
        finding.code != Code::DeadKey || !self.findings.iter().any(is_of(Code::NoEndpoint))
    }

    /// How many findings of a severity are shown.
    #[must_use]
    pub(crate) fn shown(&self, severity: Severity) -> usize {
        let is_shown = |finding: &&Finding| finding.severity() == severity && self.shows(finding);
        self.findings.iter().filter(is_shown).count()
    }

    /// What makes a finding go away. Where the rules know nothing, the person may still want what `fix all` must not do
    /// for them.
    #[must_use]
    pub(crate) fn fix_of(&self, finding: &Finding) -> Option<Fix> {
        finding.fix.clone().or_else(|| match (finding.code, &finding.about) {
            (Code::DeadKey, _) => {
                let (_, add_operations) = self.nearest()?;
                Some(Fix { add_operations, ..Fix::default() })
            }
            (Code::NotInCatalog, Some(name)) if self.selection.endpoints.contains(name) => {
                Some(Fix { remove_endpoints: vec![name.clone()], ..Fix::default() })
            }
            _ => None,
        })
    }

    /// The call that takes the fewest more operations to go through, among those that need some of what is ticked; and
    /// these operations.
    #[must_use]
    pub(crate) fn nearest(&self) -> Option<(&Line, Vec<Name>)> {
        let mut nearest: Option<(usize, &Line)> = None;
        for line in &self.outline.lines {
            let Decision::Rejected(Rejection::MissingOperations(missing)) =
                self.access.decide(line.id)
            else {
                continue;
            };
            let endpoint = self.outline.catalog.endpoint(line.id);
            let needed = endpoint.map_or(0, |endpoint| endpoint.requirements().len());
            let needs_any = missing.iter().count() < needed;
            let count = missing.iter().filter(|missing| missing.core).count();
            let is_nearer = nearest.is_none_or(|(least, _)| count < least);
            if needs_any && is_nearer && missing.iter().all(|missing| missing.side == Side::Key) {
                nearest = Some((count, line));
            }
        }
        let (_, line) = nearest?;
        Some((line, self.completion(line)?.needed))
    }

    /// Whether the key could make no call that does anything.
    #[must_use]
    pub(crate) fn is_dead(&self) -> bool {
        self.findings.iter().any(|finding| finding.code == Code::DeadKey)
    }

    /// Whether nothing at all is chosen yet.
    #[must_use]
    pub(crate) fn is_blank(&self) -> bool {
        let selection = &self.selection;
        !selection.all && !selection.restricted && selection.operations.is_empty()
    }

    /// What would change if the key were granted something else.
    #[must_use]
    pub(crate) fn compared_to(&self, grant: &Grant) -> Change {
        self.change(&self.access, &self.access_of(grant))
    }

    fn access_of(&self, grant: &Grant) -> Access {
        Access::new(&self.outline.catalog, grant, self.invite.as_deref())
    }

    /// What changes between two accesses to this catalog.
    #[must_use]
    pub(crate) fn change(&self, before: &Access, after: &Access) -> Change {
        let mut change = Change::default();
        for id in consequences(before, after) {
            if !self.outline.lines.get(id.index()).is_some_and(|line| line.offered) {
                continue;
            }
            let ((was_through, lacked), (is_through, lacks)) = (rank(before, id), rank(after, id));
            let list = match (was_through, is_through) {
                (false, true) => &mut change.works,
                (true, false) => &mut change.stops,
                (true, true) if lacks < lacked => &mut change.fuller,
                (true, true) if lacks > lacked => &mut change.thinner,
                (false, false) if lacks < lacked => &mut change.nearer,
                _ => continue,
            };
            list.push(id.index());
        }
        change
    }

    /// What the endpoints ticked need and do not have, what some of them use on top, and those that nothing makes work.
    #[must_use]
    pub(crate) fn needed(&self) -> [Vec<Name>; 3] {
        let least = self.outline.catalog.least_operations(&self.selection.endpoints);
        let lacking = |names: &mut dyn Iterator<Item = &Name>| {
            let mut lacking = Vec::new();
            for name in names {
                if !self.selection.holds(name) {
                    lacking.push(name.clone());
                }
            }
            lacking
        };
        let needed = lacking(&mut least.operations.iter());
        [needed, lacking(&mut least.conditional.iter()), least.out_of_reach]
    }

    /// What has to be added so that an endpoint works; nothing if adding cannot do that.
    #[must_use]
    pub(crate) fn completion(&self, line: &Line) -> Option<Completion> {
        let catalog = &self.outline.catalog;
        let least = catalog.least_operations([&line.name]);
        if !least.out_of_reach.is_empty() {
            return None;
        }
        let is_ticked = !self.selection.restricted || self.selection.endpoints.contains(&line.name);
        let endpoint = (!is_ticked).then(|| line.name.clone());
        let mut selection = (*self.selection).clone();
        if let Some(endpoint) = &endpoint {
            selection.endpoints.insert(endpoint.clone());
        }
        let access = self.access_of(&selection.grant());
        let decision = access.decide(line.id);
        let is_rejected = decision.outcome() == Outcome::Rejected;
        let mut core = Vec::new();
        if is_rejected && let Some(missing) = decision.missing() {
            for missing in missing.iter() {
                if missing.core {
                    core.push(missing.name.clone());
                }
            }
        }
        let mut add = |names: Names| {
            let mut added = Vec::new();
            for name in names {
                if !selection.all && selection.operations.insert(name.clone()) {
                    added.push(name);
                }
            }
            added
        };
        let needed = add(catalog.closure(&core));
        let further = add(least.operations);
        let decision = self.access_of(&selection.grant());
        let works = decision.decide(line.id).outcome() == Outcome::Allowed;
        works.then_some(Completion { needed, further, endpoint })
    }
}

/// Whether a call goes through, and how much is missing.
fn rank(access: &Access, id: EndpointId) -> (bool, usize) {
    let decision = access.decide(id);
    let missing = decision.missing().map_or(0, |missing| missing.iter().count());
    (decision.outcome() != Outcome::Rejected, missing)
}

/// The scopes of one grant that the other does not list.
#[must_use]
pub(crate) fn beyond(one: &Grant, other: &Grant) -> Vec<Name> {
    let mut names = Vec::new();
    let mut add = |one: &Names, other: &Names| {
        for name in one {
            if !other.contains(name) {
                names.push(name.clone());
            }
        }
    };
    if let (Operations::Only(one), Operations::Only(other)) = (&one.operations, &other.operations) {
        add(one, other);
    }
    if let (Endpoints::Only(one), Endpoints::Only(other)) = (&one.endpoints, &other.endpoints) {
        add(one, other);
    }
    names
}

#[cfg(test)]
mod tests {
    use scope_rules::{
        AuthType, Catalog, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec,
    };

    use super::*;

    fn catalog() -> Catalog {
        let operation = |name: &str| OperationSpec {
            name: name.to_owned(),
            offered: true,
            ..OperationSpec::default()
        };
        let endpoint = |name: &str, requirements: &[&str], auth: AuthType| EndpointSpec {
            name: name.to_owned(),
            auth,
            requirements: requirements.iter().map(|name| (*name).to_owned()).collect(),
            offered: auth == AuthType::Key,
            ..EndpointSpec::default()
        };
        let spec = CatalogSpec {
            name: "test".to_owned(),
            key_type: KeyType::AppSpecificKey,
            enforcement: Enforcement::Graded,
            operations: ["Concepts:Get", "Inputs:Add", "Inputs:Get"].map(operation).into(),
            endpoints: vec![
                endpoint("/x/GetInput", &["Inputs:Get", "Concepts:Get"], AuthType::Key),
                endpoint("/x/PostInputs", &["Inputs:Add", "Inputs:Get"], AuthType::Key),
                endpoint("/x/GetConcept", &["Concepts:Get"], AuthType::Key),
                endpoint("/x/GetStatus", &[], AuthType::NoAuth),
                endpoint("/x/PostKeys", &[], AuthType::Session),
            ],
        };
        Catalog::new(spec).unwrap()
    }

    fn picture(operations: &[&str]) -> Picture {
        let grant = Grant::parse(operations, &[] as &[&str]).unwrap();
        let selection = Selection::default().with_grant(grant);
        Picture::new(Outline::new(catalog()), Rc::new(selection), None)
    }

    #[test]
    fn the_counts_are_those_of_the_rules() {
        for operations in
            [&[][..], &["Inputs:Get"], &["Concepts:Get"], &["Concepts:Get", "Inputs:Get"], &["All"]]
        {
            let picture = picture(operations);
            assert_eq!(picture.counts, picture.access.counts(), "{operations:?}");
        }
    }

    #[test]
    fn how_far_a_call_is_follows_from_its_decision() {
        use Reach::{Elsewhere, Further, InPart, OneAway, Works};
        for (operations, [input, inputs, concept]) in [
            (&[][..], [OneAway, Further, OneAway]),
            (&["Inputs:Get"], [InPart, OneAway, OneAway]),
            (&["All"], [Works, Works, Works]),
        ] {
            let reaches = [Some(input), Some(inputs), Some(concept), None, Some(Elsewhere)];
            assert_eq!(picture(operations).reaches, reaches, "{operations:?}");
        }
    }
}
