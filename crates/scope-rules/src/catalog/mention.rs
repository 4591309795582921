//! The operations that the items of a spec mention, each looked up once.

use super::build::{by_name, narrow};
use super::{CatalogError, MAX_SCOPES, OperationId};
use crate::name::{ALL, Name, normalise};
use crate::spec::{CatalogSpec, EndpointSpec};
use crate::subject;

/// Every mention of an operation, resolved.
pub(super) struct Mentions {
    /// The operations, in order of name, each once.
    pub(super) names: Vec<Name>,
    /// The mentions: that of `All`, which every catalog has, then those of item after item.
    ids: Vec<OperationId>,
    /// Where the mentions of each item begin, operations before endpoints, and where the last end.
    bounds: Vec<usize>,
    /// How many of the items are operations.
    operations: usize,
}

impl Mentions {
    pub(super) fn of(spec: &CatalogSpec) -> Result<Self, CatalogError> {
        let mut mentions = vec![normalise(ALL)];
        let mut bounds = vec![mentions.len()];
        for item in &spec.operations {
            mentions.push(normalise(&item.name));
            mentions.extend(item.prerequisites.iter().map(|name| normalise(name)));
            bounds.push(mentions.len());
        }
        for item in &spec.endpoints {
            let conditional = subject::conditional(subject::rpc(&item.name));
            mentions.extend(item.requirements.iter().map(|name| normalise(name)));
            mentions.extend(conditional.iter().map(|name| normalise(name)));
            bounds.push(mentions.len());
        }
        let sorted = by_name(mentions.iter().map(|name| &**name));
        let different = sorted.chunk_by(|(a, _), (b, _)| a == b);
        let count = different.clone().count();
        if count > MAX_SCOPES {
            return Err(CatalogError::TooMany {
                what: "different operations",
                count,
                most: MAX_SCOPES,
            });
        }
        let mut names = Vec::with_capacity(count);
        let mut ids = vec![OperationId(0); mentions.len()];
        for (index, same) in different.enumerate() {
            let name = same.first().map_or("", |(name, _)| name);
            names.push(Name::endpoint(name).map_err(|source| CatalogError::Name {
                what: "operation",
                index,
                source,
            })?);
            for (_, at) in same {
                if let Some(id) = ids.get_mut(*at) {
                    *id = OperationId(narrow(index));
                }
            }
        }
        Ok(Self { names, ids, bounds, operations: spec.operations.len() })
    }

    /// `All`.
    pub(super) fn all(&self) -> Option<OperationId> {
        self.ids.first().copied()
    }

    /// The operation that an item is about, and its prerequisites.
    pub(super) fn operation(&self, item: usize) -> Option<(OperationId, &[OperationId])> {
        self.item(item).split_first().map(|(id, prerequisites)| (*id, prerequisites))
    }

    /// The operations that an endpoint's item requires, and those without which it works only in
    /// part.
    pub(super) fn endpoint(
        &self,
        item: usize,
        spec: &EndpointSpec,
    ) -> (&[OperationId], &[OperationId]) {
        let ids = self.item(self.operations + item);
        ids.split_at_checked(spec.requirements.len()).unwrap_or_default()
    }

    fn item(&self, at: usize) -> &[OperationId] {
        let bounds = self.bounds.get(at..).unwrap_or_default();
        let [start, end, ..] = bounds else { return &[] };
        self.ids.get(*start..*end).unwrap_or_default()
    }
}
