//! The rules once more, written from `docs/rules.md` alone: sets of strings, no indices, no
//! caching, and every "would that remove the finding" answered by trying it.
//!
//! It shares no code with the crate beyond the data that goes in, so that agreement means something.

use std::collections::{BTreeMap, BTreeSet};

use scope_rules::{AuthType, CatalogSpec, DecisionRecord, Enforcement, Finding, KeyType, Risk};

pub(crate) type Names = BTreeSet<String>;

/// What a catalog says, by name, with duplicates merged.
#[derive(Debug, Clone)]
pub(crate) struct World {
    key_type: KeyType,
    strict: bool,
    operations: BTreeMap<String, Operation>,
    endpoints: Vec<(String, Endpoint)>,
}

#[derive(Debug, Clone)]
struct Operation {
    offered: bool,
    deprecated: bool,
    prerequisites: Names,
}

#[derive(Debug, Clone)]
struct Endpoint {
    offered: bool,
    deprecated: bool,
    auth: AuthType,
    requirements: Names,
}

/// A grant; `None` stands for `All` and for *any*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) operations: Option<Names>,
    pub(crate) endpoints: Option<Names>,
}

/// A decision, in the words of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) outcome: &'static str,
    pub(crate) reason: Option<&'static str>,
    pub(crate) side: Option<&'static str>,
    pub(crate) missing: Vec<(String, &'static str)>,
    pub(crate) caveats: Vec<String>,
    /// Whether no core requirement is among the missing.
    pub(crate) auxiliary_only: bool,
}

/// A finding, in the words of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    pub(crate) code: &'static str,
    pub(crate) about: Option<String>,
    pub(crate) lacks: Vec<String>,
    pub(crate) endpoints: usize,
    pub(crate) fix: Option<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Change {
    pub(crate) add_operations: Names,
    pub(crate) remove_operations: Names,
    pub(crate) remove_endpoints: Names,
}

// --- names ---

/// "a name without colon and with exactly one underscore, with text on both sides, is read with a
/// colon in its place; nothing else is changed"
pub(crate) fn read_operation(name: &str) -> String {
    let parts: Vec<&str> = name.split('_').collect();
    if name.contains(':') || parts.len() != 2 || parts.iter().any(|part| part.is_empty()) {
        return name.to_owned();
    }
    parts.join(":")
}

// --- core and auxiliary ---

/// The words of a CamelCase name.
pub(crate) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let at = |index: usize| letters.get(index).copied();
    let mut words: Vec<String> = Vec::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(at);
        let after_capital = before.is_some_and(|c| c.is_ascii_uppercase());
        let small_follows = at(index + 1).is_some_and(|c| c.is_ascii_lowercase());
        // A capital begins a word, except within a run of capitals, whose last letter begins the
        // next word if a small letter follows.
        let begins = letter.is_ascii_uppercase() && (!after_capital || small_follows);
        match words.last_mut() {
            Some(word) if !begins => word.push(*letter),
            _ => words.push(letter.to_string()),
        }
    }
    words
}

/// "`ies`→`y`, else drop one final `s` unless `ss`"
pub(crate) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    match word.strip_suffix('s') {
        Some(stem) if !word.ends_with("ss") => stem.to_owned(),
        _ => word.to_owned(),
    }
}

fn is_subject(resource: &str, rpc: &str) -> bool {
    if rpc == "PostSearches" {
        return resource == "Inputs";
    }
    let spoken: Vec<String> = words(rpc).iter().skip(1).map(|word| singular(word)).collect();
    let wanted: Vec<String> = words(resource).iter().map(|word| singular(word)).collect();
    !wanted.is_empty() && spoken.windows(wanted.len()).any(|run| run == wanted)
}

/// The core and the auxiliary requirements of an endpoint.
pub(crate) fn core_and_auxiliary(endpoint: &str, requirements: &Names) -> (Names, Names) {
    let rpc = endpoint.rsplit('/').next().unwrap_or("");
    let (reads, effects): (Names, Names) =
        requirements.iter().cloned().partition(|name| name.ends_with(":Get"));
    let subjects: Names = reads
        .iter()
        .filter(|name| is_subject(name.strip_suffix(":Get").unwrap_or(name), rpc))
        .cloned()
        .collect();
    let mut core: Names = effects;
    if subjects.is_empty() {
        core.extend(reads.iter().filter(|name| *name != "Apps:Get").cloned());
        if core.is_empty() {
            core.extend(reads.iter().cloned());
        }
    } else {
        core.extend(subjects);
    }
    let auxiliary = requirements.difference(&core).cloned().collect();
    (core, auxiliary)
}

fn conditional(endpoint: &str, requirements: &Names) -> Names {
    match endpoint.rsplit('/').next() {
        Some("PostSearches" | "PostInputsSearches") if !requirements.contains("Predict") => {
            Names::from(["Predict".to_owned()])
        }
        _ => Names::new(),
    }
}

impl World {
    pub(crate) fn new(spec: &CatalogSpec) -> Self {
        let mut operations: BTreeMap<String, Operation> = BTreeMap::new();
        for entry in &spec.operations {
            let read = entry.prerequisites.iter().map(|name| read_operation(name));
            operations
                .entry(read_operation(&entry.name))
                .or_insert_with(|| Operation {
                    offered: entry.offered && !entry.deprecated,
                    deprecated: entry.deprecated,
                    prerequisites: Names::new(),
                })
                .prerequisites
                .extend(read);
        }
        // "and always `All`"
        operations
            .entry("All".to_owned())
            .or_insert_with(|| Operation {
                offered: true,
                deprecated: false,
                prerequisites: Names::new(),
            })
            .offered = true;
        let mut endpoints: Vec<(String, Endpoint)> = Vec::new();
        for entry in &spec.endpoints {
            let read = entry.requirements.iter().map(|name| read_operation(name));
            if let Some((_, known)) = endpoints.iter_mut().find(|(name, _)| *name == entry.name) {
                known.requirements.extend(read);
            } else {
                let wanted_by = match entry.auth {
                    AuthType::Key => true,
                    AuthType::PersonalAccessToken => spec.key_type == KeyType::PersonalAccessToken,
                    _ => false,
                };
                let endpoint = Endpoint {
                    offered: entry.offered && wanted_by,
                    deprecated: entry.deprecated,
                    auth: entry.auth,
                    requirements: read.collect(),
                };
                endpoints.push((entry.name.clone(), endpoint));
            }
        }
        let strict = spec.enforcement == Enforcement::Strict;
        Self { key_type: spec.key_type, strict, operations, endpoints }
    }

    pub(crate) fn endpoint_names(&self) -> impl Iterator<Item = &String> {
        self.endpoints.iter().map(|(name, _)| name)
    }

    fn endpoint(&self, name: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|(known, _)| known == name).map(|(_, endpoint)| endpoint)
    }

    fn offers_operation(&self, name: &str) -> bool {
        self.operations.get(name).is_some_and(|operation| operation.offered)
    }

    fn offers_endpoint(&self, name: &str) -> bool {
        self.endpoint(name).is_some_and(|endpoint| endpoint.offered)
    }

    fn deprecates(&self, name: &str) -> bool {
        self.operations.get(name).is_some_and(|operation| operation.deprecated)
    }

    fn holds(&self, grant: &Held, operation: &str) -> bool {
        self.offers_operation(operation) && grant.names(operation)
    }

    fn side(&self, key: &Held, invite: &Held, operation: &str) -> Option<&'static str> {
        if !self.offers_operation(operation) {
            return Some("plan");
        }
        lacking(key.names(operation), invite.names(operation))
    }

    /// What a call would get.
    pub(crate) fn decide(&self, key: &Held, invite: &Held, name: &str) -> Verdict {
        let rejected = |reason: &'static str| Verdict {
            outcome: "rejected",
            reason: Some(reason),
            side: None,
            missing: Vec::new(),
            caveats: Vec::new(),
            auxiliary_only: false,
        };
        let allowed = Verdict { outcome: "allowed", reason: None, ..rejected("") };
        let Some(endpoint) = self.endpoint(name) else { return rejected("unknown-endpoint") };
        let caveats: Vec<String> = conditional(name, &endpoint.requirements)
            .into_iter()
            .filter(|operation| self.side(key, invite, operation).is_some())
            .collect();
        let allowed = Verdict { caveats: caveats.clone(), ..allowed };
        match (endpoint.auth, self.key_type) {
            (AuthType::NoAuth, _) => return allowed,
            (AuthType::Session | AuthType::Other, _) => return rejected("needs-session"),
            (AuthType::PersonalAccessToken, KeyType::AppSpecificKey) => {
                return rejected("needs-personal-access-token");
            }
            // Nothing said of it but that the plan does not offer it.
            _ if !endpoint.offered => return rejected("unknown-endpoint"),
            _ => {}
        }
        if let Some(side) = lacking(key.calls(name), invite.calls(name)) {
            return Verdict { side: Some(side), ..rejected("endpoint-not-granted") };
        }
        let (core, auxiliary) = core_and_auxiliary(name, &endpoint.requirements);
        let lacks = |names: &Names| -> Vec<(String, &'static str)> {
            names
                .iter()
                .filter_map(|name| Some((name.clone(), self.side(key, invite, name)?)))
                .collect()
        };
        let mut missing = lacks(&core);
        let auxiliary_only = missing.is_empty();
        missing.extend(lacks(&auxiliary));
        if !missing.is_empty() && (!auxiliary_only || self.strict) {
            return Verdict { missing, auxiliary_only, ..rejected("missing-operations") };
        }
        if missing.is_empty() {
            return allowed;
        }
        let redacted = rejected("missing-operations");
        Verdict { outcome: "redacted", missing, caveats, auxiliary_only, ..redacted }
    }

    /// The names and the prerequisites that the catalog offers, and theirs.
    pub(crate) fn closure(&self, names: &Names) -> Names {
        let mut closed = names.clone();
        loop {
            let more: Names = closed
                .iter()
                .filter_map(|name| self.operations.get(name))
                .flat_map(|operation| &operation.prerequisites)
                .filter(|name| self.offers_operation(name))
                .cloned()
                .collect();
            let before = closed.len();
            closed.extend(more);
            if closed.len() == before {
                return closed;
            }
        }
    }

    /// The best that any key of this type and plan could get.
    pub(crate) fn at_best(&self, endpoint: &str) -> Verdict {
        self.decide(&Held::everything(), &Held::everything(), endpoint)
    }

    /// The least closed set with which all the endpoints are allowed that can be.
    pub(crate) fn least(&self, endpoints: &Names) -> Names {
        let required: Names = endpoints
            .iter()
            .filter(|name| self.at_best(name).outcome == "allowed")
            .filter_map(|name| self.endpoint(name))
            .filter(|endpoint| endpoint.auth != AuthType::NoAuth)
            .flat_map(|endpoint| endpoint.requirements.clone())
            .collect();
        let closed = self.closure(&required);
        // "`All` beside others is `All`"
        if closed.contains("All") {
            return self.closure(&Names::from(["All".to_owned()]));
        }
        closed
    }

    // --- findings ---

    fn does_something(&self, key: &Held, invite: &Held) -> bool {
        self.endpoints.iter().any(|(name, endpoint)| {
            endpoint.auth != AuthType::NoAuth
                && !endpoint.requirements.is_empty()
                && self.decide(key, invite, name).outcome != "rejected"
        })
    }

    /// Those of the operations, closed, that a fix may add and the key does not name.
    fn addable(&self, key: &Held, invite: &Held, names: impl IntoIterator<Item = String>) -> Names {
        self.closure(&names.into_iter().collect())
            .into_iter()
            .filter(|name| self.offers_operation(name) && !self.deprecates(name))
            .filter(|name| invite.names(name) && !key.names(name))
            .collect()
    }

    /// The fix that adds those operations, if the finding is gone with them.
    fn by_adding(
        &self,
        key: &Held,
        invite: &Held,
        names: impl IntoIterator<Item = String>,
        gone: impl Fn(&Held) -> bool,
    ) -> Option<Change> {
        let add_operations = self.addable(key, invite, names);
        let change = Change { add_operations, ..Change::default() };
        gone(&key.with(&change)).then_some(change)
    }

    /// Every finding, in order.
    pub(crate) fn findings(&self, key: &Held, invite: Option<&Held>) -> Vec<Diagnostic> {
        let on_shared_app = invite.is_some();
        let invite = &invite.cloned().unwrap_or_else(Held::everything);
        let mut all = Vec::new();
        let mut report = |code, about: Option<&String>, lacks, endpoints, fix| {
            let about = about.cloned();
            all.push(Diagnostic { code, about, lacks, endpoints, fix });
        };
        let none = Vec::new;
        let named: Names = key.operations.clone().unwrap_or_default();
        let ticked: Names = key.endpoints.clone().unwrap_or_default();
        let decide = |key: &Held, endpoint: &str| self.decide(key, invite, endpoint);

        let foreign_operation = |name: &str| !self.offers_operation(name) && !self.deprecates(name);
        let (foreign, named): (Names, Names) =
            named.into_iter().partition(|name| foreign_operation(name));
        let (offered, withheld): (Names, Names) =
            ticked.iter().cloned().partition(|name| self.offers_endpoint(name));
        let (inside, outside): (Names, Names) =
            offered.iter().cloned().partition(|name| invite.calls(name));
        // "only if an endpoint without such a finding stays in the allow-list"
        let removal = |name: &String| {
            (!inside.is_empty()).then(|| Change {
                remove_endpoints: Names::from([name.clone()]),
                ..Change::default()
            })
        };
        let drop = |name: &String| {
            Some(Change { remove_operations: Names::from([name.clone()]), ..Change::default() })
        };

        for name in &foreign {
            report("not-in-catalog", Some(name), none(), 0, drop(name));
        }
        for name in &withheld {
            report("not-in-catalog", Some(name), none(), 0, removal(name));
        }
        if key.endpoints.as_ref().is_some_and(Names::is_empty) {
            report("no-endpoint", None, none(), 0, None);
        }
        if !self.does_something(key, invite) {
            let fix = (!ticked.is_empty())
                .then(|| {
                    self.by_adding(key, invite, self.least(&ticked), |key| {
                        self.does_something(key, invite)
                    })
                })
                .flatten();
            report("dead-key", None, none(), 0, fix);
        }
        let used: Option<Names> = key.endpoints.as_ref().map(|_| {
            let wanted = offered.iter().filter_map(|name| Some((name, self.endpoint(name)?)));
            let wanted = wanted.flat_map(|(name, endpoint)| {
                endpoint
                    .requirements
                    .union(&conditional(name, &endpoint.requirements))
                    .cloned()
                    .collect::<Names>()
            });
            self.closure(&wanted.collect())
        });
        let is_used = |name: &String| used.as_ref().is_none_or(|used| used.contains(name));
        if key.operations.is_some() {
            for name in &named {
                let lacking = |key: &Held| -> Names {
                    self.closure(&Names::from([name.clone()]))
                        .into_iter()
                        .filter(|needed| needed != name && !key.names(needed))
                        .collect()
                };
                let lacks = lacking(key);
                if lacks.is_empty()
                    || self.deprecates(name)
                    || !is_used(name)
                    || !invite.names(name)
                {
                    continue;
                }
                let fix = self.by_adding(key, invite, lacks.clone(), |key| lacking(key).is_empty());
                report("missing-prerequisite", Some(name), lacks.into_iter().collect(), 0, fix);
            }
        }
        let names_of = |verdict: Verdict| -> Vec<String> {
            verdict.missing.into_iter().map(|(name, _)| name).collect()
        };
        for name in &offered {
            let is_rejected = |key: &Held| {
                let verdict = decide(key, name);
                verdict.outcome == "rejected" && verdict.reason == Some("missing-operations")
            };
            if is_rejected(key) {
                let lacks = names_of(decide(key, name));
                let fix = self.by_adding(key, invite, lacks.clone(), |key| !is_rejected(key));
                report("endpoint-rejected", Some(name), lacks, 0, fix);
            }
        }
        for name in &outside {
            report("exceeds-invite", Some(name), none(), 0, removal(name));
        }
        // An invite of `All` "holds exactly what the catalog offers".
        let invited = |name: &str| match &invite.operations {
            Some(names) => names.contains(name),
            None => !on_shared_app || self.offers_operation(name),
        };
        for name in named.iter().filter(|name| !invited(name)) {
            report("exceeds-invite", Some(name), none(), 0, drop(name));
        }
        for name in &offered {
            if self.endpoint(name).is_some_and(|endpoint| endpoint.deprecated) {
                report("deprecated", Some(name), none(), 0, None);
            }
        }
        for name in named.iter().filter(|name| self.deprecates(name)) {
            report("deprecated", Some(name), none(), 0, drop(name));
        }
        if key.operations.is_none() {
            report("grants-everything", Some(&"All".to_owned()), none(), 0, None);
        }
        for name in self.minting(key, invite) {
            report("can-mint-access", Some(&name), none(), 0, None);
        }
        for name in &offered {
            let is_redacted = |key: &Held| decide(key, name).outcome == "redacted";
            if is_redacted(key) {
                let lacks = names_of(decide(key, name));
                let fix = self.by_adding(key, invite, lacks.clone(), |key| !is_redacted(key));
                report("endpoint-redacted", Some(name), lacks, 0, fix);
            }
        }
        if key.endpoints.is_none() {
            let mut completed: BTreeMap<String, usize> = BTreeMap::new();
            for name in self.endpoint_names() {
                let verdict = decide(key, name);
                if verdict.auxiliary_only {
                    for (operation, side) in verdict.missing {
                        if side == "key" {
                            *completed.entry(operation).or_default() += 1;
                        }
                    }
                }
            }
            for (name, endpoints) in completed {
                let fix = self.by_adding(key, invite, [name.clone()], |key| self.holds(key, &name));
                report("completing-operation", Some(&name), none(), endpoints, fix);
            }
        }
        for name in &offered {
            let caveats = |key: &Held| decide(key, name).caveats;
            let lacks = caveats(key);
            for lack in lacks {
                let wanted = [lack.clone()];
                let gone = |key: &Held| !caveats(key).contains(&lack);
                let fix = self.by_adding(key, invite, wanted.clone(), gone);
                report("conditional-operation", Some(name), wanted.into(), 0, fix);
            }
        }
        for name in named.iter().filter(|name| !is_used(name)) {
            report("unused-operation", Some(name), none(), 0, drop(name));
        }
        // "in the order of the table, then by name": the table's order is the order above.
        let mut place: Vec<&str> = all.iter().map(|finding| finding.code).collect();
        place.dedup();
        let rank = |code: &str| place.iter().position(|other| *other == code);
        all.sort_by(|a, b| {
            (rank(a.code), &a.about, &a.lacks).cmp(&(rank(b.code), &b.about, &b.lacks))
        });
        all
    }

    fn minting(&self, key: &Held, invite: &Held) -> Vec<String> {
        ["Collaborators:Add", "Keys:Add"]
            .into_iter()
            .filter(|operation| self.side(key, invite, operation).is_none())
            .filter(|operation| {
                self.endpoints.iter().any(|(name, endpoint)| {
                    endpoint.auth != AuthType::NoAuth
                        && endpoint.requirements.contains(*operation)
                        && self.decide(key, invite, name).outcome != "rejected"
                })
            })
            .map(str::to_owned)
            .collect()
    }

    /// How dangerous the key's grant is.
    pub(crate) fn risk(&self, key: &Held, invite: &Held) -> Risk {
        let Some(named) = &key.operations else { return Risk::Full };
        if !self.minting(key, invite).is_empty() {
            return Risk::Full;
        }
        let action = |name: &String| name.split_once(':').map(|(_, action)| action.to_owned());
        let reads = |name: &String| action(name).as_deref() == Some("Get");
        let limited = |name: &String| {
            matches!(name.as_str(), "Predict" | "Search")
                || matches!(action(name).as_deref(), Some("Get" | "Add" | "Train" | "Pull"))
        };
        if named.iter().all(reads) {
            Risk::ReadOnly
        } else if named.iter().all(limited) {
            Risk::Limited
        } else {
            Risk::Destructive
        }
    }
}

impl Held {
    pub(crate) fn everything() -> Self {
        Self { operations: None, endpoints: None }
    }

    /// The grant that the wire's two lists stand for.
    pub(crate) fn from_wire(scopes: &[String], endpoints: &[String]) -> Self {
        let operations: Names = scopes.iter().map(|name| read_operation(name)).collect();
        Self {
            operations: (!operations.contains("All")).then_some(operations),
            endpoints: (!endpoints.is_empty()).then(|| endpoints.iter().cloned().collect()),
        }
    }

    fn names(&self, operation: &str) -> bool {
        self.operations.as_ref().is_none_or(|names| names.contains(operation))
    }

    fn calls(&self, endpoint: &str) -> bool {
        self.endpoints.as_ref().is_none_or(|names| names.contains(endpoint))
    }

    /// The grant after a change.
    pub(crate) fn with(&self, change: &Change) -> Self {
        let mut grant = self.clone();
        if let Some(names) = &mut grant.operations {
            names.retain(|name| !change.remove_operations.contains(name));
            names.extend(change.add_operations.iter().cloned());
            if names.contains("All") {
                grant.operations = None;
            }
        }
        if let Some(names) = &mut grant.endpoints {
            names.retain(|name| !change.remove_endpoints.contains(name));
        }
        grant
    }

    /// Level by level.
    pub(crate) fn meet(&self, other: &Self) -> Self {
        let both = |a: &Option<Names>, b: &Option<Names>| match (a, b) {
            (None, narrower) | (narrower, None) => narrower.clone(),
            (Some(a), Some(b)) => Some(a.intersection(b).cloned().collect()),
        };
        Self {
            operations: both(&self.operations, &other.operations),
            endpoints: both(&self.endpoints, &other.endpoints),
        }
    }
}

/// "with the side that lacks it: `key`, `invite`, `both`"
fn lacking(key: bool, invite: bool) -> Option<&'static str> {
    match (key, invite) {
        (true, true) => None,
        (false, true) => Some("key"),
        (true, false) => Some("invite"),
        (false, false) => Some("both"),
    }
}

// --- the crate's answers, in the model's words ---

impl Verdict {
    /// Whether two verdicts differ in no part that is told.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        *self == Self { auxiliary_only: self.auxiliary_only, ..other.clone() }
    }

    /// Whether the crate's decision says the same.
    pub(crate) fn is(&self, record: &DecisionRecord) -> bool {
        let missing: Vec<_> = record
            .missing
            .iter()
            .map(ToString::to_string)
            .zip(record.sides.iter().map(|side| side.as_str()))
            .collect();
        self.outcome == record.outcome.as_str()
            && self.reason == record.reason.map(|reason| reason.as_str())
            && self.side == record.side.map(|side| side.as_str())
            && record.missing.len() == record.sides.len()
            && self.missing == missing
            && self.caveats.iter().map(String::as_str).eq(record.caveats.iter().map(|name| &**name))
    }
}

impl From<&Finding> for Diagnostic {
    fn from(finding: &Finding) -> Self {
        let names = |names: &[scope_rules::Name]| names.iter().map(ToString::to_string).collect();
        Self {
            code: finding.code.as_str(),
            about: finding.about.as_ref().map(ToString::to_string),
            lacks: finding.lacks.iter().map(ToString::to_string).collect(),
            endpoints: finding.endpoints,
            fix: finding.fix.as_ref().map(|fix| Change {
                add_operations: names(&fix.add_operations),
                remove_operations: names(&fix.remove_operations),
                remove_endpoints: names(&fix.remove_endpoints),
            }),
        }
    }
}
