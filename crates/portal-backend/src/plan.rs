//! Plans, those that come with the backend and others, and what they offer to each key type.

use std::path::Path;

use portal_api::{ListScopesResponse, Status};
use scope_rules::{
    Access, AuthType, Catalog, CatalogError, Decision, Enforcement, Grant, KeyType, Plan, Rejection,
};

use crate::authority::rpc;

/// A plan that comes with the backend.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum PlanName {
    /// All operations and endpoints of the platform.
    #[default]
    Enterprise,
    /// The 17 operations and 37 endpoints of the documentation.
    Essential,
}

/// Why a plan cannot be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The file is not readable.
    #[error("cannot read the plan")]
    File(#[from] std::io::Error),
    /// The file is not of the form of those in `catalogs/`.
    #[error("the plan is not as expected")]
    Format(#[from] serde_json::Error),
    /// What the file says makes no catalog.
    #[error("the plan makes no catalog")]
    Catalog(#[from] CatalogError),
}

impl PlanName {
    fn text(self) -> &'static str {
        match self {
            Self::Enterprise => include_str!("../../../catalogs/clarifai-12.6.0.json"),
            Self::Essential => include_str!("../../../catalogs/clarifai-docs-essential.json"),
        }
    }
}

/// What the plan in force offers.
#[derive(Debug)]
pub(crate) struct Offers {
    app_specific_key: Offer,
    personal_access_token: Offer,
    /// What the platform itself offers, whatever the plan.
    platform: [Catalog; 2],
}

#[derive(Debug)]
struct Offer {
    catalog: Catalog,
    answer: ListScopesResponse,
}

impl Offers {
    /// What a plan offers that comes with the backend.
    pub(crate) fn load(
        name: PlanName,
        enforcement: Option<Enforcement>,
    ) -> Result<Self, PlanError> {
        Self::parse(name.text(), enforcement)
    }

    /// What the plan in a file offers.
    pub(crate) fn read(file: &Path, enforcement: Option<Enforcement>) -> Result<Self, PlanError> {
        Self::parse(&std::fs::read_to_string(file)?, enforcement)
    }

    fn parse(text: &str, enforcement: Option<Enforcement>) -> Result<Self, PlanError> {
        let mut plan: Plan = serde_json::from_str(text)?;
        plan.enforcement = enforcement.unwrap_or(plan.enforcement);
        let platform: Plan = serde_json::from_str(PlanName::Enterprise.text())?;
        Ok(Self {
            app_specific_key: Offer::new(&plan, KeyType::AppSpecificKey)?,
            personal_access_token: Offer::new(&plan, KeyType::PersonalAccessToken)?,
            platform: [
                Catalog::new(platform.offer(KeyType::AppSpecificKey))?,
                Catalog::new(platform.offer(KeyType::PersonalAccessToken))?,
            ],
        })
    }

    fn offer(&self, key_type: KeyType) -> &Offer {
        match key_type {
            KeyType::AppSpecificKey => &self.app_specific_key,
            KeyType::PersonalAccessToken => &self.personal_access_token,
        }
    }

    /// What keys of a type may hold.
    pub(crate) fn catalog(&self, key_type: KeyType) -> &Catalog {
        &self.offer(key_type).catalog
    }

    /// The same as `ListScopes` says it.
    pub(crate) fn answer(&self, key_type: KeyType, status: Status) -> ListScopesResponse {
        ListScopesResponse { status, ..self.offer(key_type).answer.clone() }
    }

    /// A grant held against the catalog by which a call of one of the backend's own endpoints is decided.
    ///
    /// That is the plan's. But a plan is a list of what keys are for, and may leave out the calls by which a credential
    /// learns about itself (the documented essential plan leaves out all of them): an endpoint that it does not list and
    /// that requires no operation is decided as the platform has it.
    pub(crate) fn access(
        &self,
        key_type: KeyType,
        grant: &Grant,
        invite: Option<&Grant>,
        endpoint: &str,
    ) -> Access {
        let planned = self.catalog(key_type);
        let [for_keys, for_tokens] = &self.platform;
        let platform = match key_type {
            KeyType::AppSpecificKey => for_keys,
            KeyType::PersonalAccessToken => for_tokens,
        };
        let needs_nothing = || {
            let id = platform.find_endpoint(endpoint).ok()?;
            Some(platform.endpoint(id)?.requirements().len() == 0)
        };
        let access = Access::new(planned, grant, invite);
        let unlisted =
            matches!(access.decide_name(endpoint), Decision::Rejected(Rejection::UnknownEndpoint));
        if unlisted && needs_nothing() == Some(true) {
            Access::new(platform, grant, invite)
        } else {
            access
        }
    }
}

impl Offer {
    fn new(plan: &Plan, key_type: KeyType) -> Result<Self, CatalogError> {
        let mut spec = plan.offer(key_type);
        // An app-specific key never manages keys. A plan that does not say which credentials its endpoints take, or says
        // it wrongly, must not change that.
        let opens = |auth| KeyType::AppSpecificKey.may_call(auth);
        for endpoint in &mut spec.endpoints {
            if rpc::MANAGES_KEYS.contains(&endpoint.name.as_str()) && opens(endpoint.auth) {
                endpoint.auth = AuthType::PersonalAccessToken;
                endpoint.offered = key_type.may_call(endpoint.auth);
            }
        }
        let catalog = Catalog::new(spec.clone())?;
        Ok(Self { catalog, answer: ListScopesResponse::from(spec) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(name: PlanName, key_type: KeyType) -> (usize, usize) {
        let answer = Offers::load(name, None).unwrap().answer(key_type, Status::default());
        (answer.scope_deps.len(), answer.endpoint_deps.len())
    }

    #[test]
    fn the_plans_offer_what_is_documented() {
        assert_eq!(offered(PlanName::Enterprise, KeyType::AppSpecificKey), (64, 190));
        assert_eq!(offered(PlanName::Enterprise, KeyType::PersonalAccessToken), (99, 268));
        assert_eq!(offered(PlanName::Essential, KeyType::AppSpecificKey), (18, 37));
        assert_eq!(offered(PlanName::Essential, KeyType::PersonalAccessToken), (18, 37));
    }

    #[test]
    fn an_answer_builds_the_catalog_it_was_made_of() {
        let offers = Offers::load(PlanName::Enterprise, Some(Enforcement::Strict)).unwrap();
        let answer = offers.answer(KeyType::AppSpecificKey, Status::default());
        let catalog = Catalog::new(answer.into_spec(KeyType::AppSpecificKey)).unwrap();
        let planned = offers.catalog(KeyType::AppSpecificKey);
        assert_eq!((catalog.name(), catalog.enforcement()), (planned.name(), Enforcement::Strict));
        assert_eq!(catalog.endpoints().len(), planned.endpoints().len());
        assert_eq!(catalog.operations().len(), planned.operations().len());
    }

    #[test]
    fn a_credential_learns_about_itself_on_every_plan() {
        let offers = Offers::load(PlanName::Essential, None).unwrap();
        let decide = |endpoint| {
            let access =
                offers.access(KeyType::PersonalAccessToken, &Grant::everything(), None, endpoint);
            access.decide_name(endpoint).outcome().as_str()
        };
        assert_eq!(decide("/clarifai.api.V2/MyScopes"), "allowed");
        assert_eq!(decide("/clarifai.api.V2/PostKeys"), "rejected");
    }
}
