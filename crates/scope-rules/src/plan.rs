//! Plans: everything a platform knows, and what of it a plan offers to a key type.

use std::collections::BTreeSet;

use crate::name::{ALL, normalise};
use crate::spec::{AuthType, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec};

/// Everything that is known of a plan, for all key types.
///
/// With the feature `serde` the files in `catalogs/` deserialise into it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Plan {
    /// The catalog's name, such as `clarifai-12.6.0`.
    pub catalog: String,
    /// The plan's name, such as `enterprise`.
    pub plan: String,
    /// The version of the catalog.
    pub version: String,
    /// Where the facts come from.
    pub source: String,
    /// How missing auxiliary operations are treated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub enforcement: Enforcement,
    /// The operations.
    pub operations: Vec<PlanOperation>,
    /// The endpoints.
    pub endpoints: Vec<PlanEndpoint>,
}

/// One operation of a [`Plan`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct PlanOperation {
    /// Its name.
    pub scope: String,
    /// Whether it is shown to developers at all.
    #[cfg_attr(feature = "serde", serde(default = "yes"))]
    pub exposed: bool,
    /// Whether it is deprecated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub deprecated: bool,
    /// The heading it stands under, where known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub group: Option<String>,
    /// What to call it, where known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub label: Option<String>,
    /// The operations it depends on directly.
    #[cfg_attr(feature = "serde", serde(default))]
    pub prerequisites: Vec<String>,
}

/// One endpoint of a [`Plan`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct PlanEndpoint {
    /// Its fully qualified name.
    pub endpoint: String,
    /// The credentials it takes, where known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub auth: Option<AuthType>,
    /// Whether it is deprecated.
    #[cfg_attr(feature = "serde", serde(default))]
    pub deprecated: bool,
    /// The heading it stands under, where known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub group: Option<String>,
    /// The operations it needs.
    #[cfg_attr(feature = "serde", serde(default))]
    pub requirements: Vec<String>,
    /// Its HTTP forms, each a method and a path template.
    #[cfg_attr(feature = "serde", serde(default))]
    pub http: Vec<String>,
}

#[cfg(feature = "serde")]
const fn yes() -> bool {
    true
}

impl Plan {
    /// What the plan offers to keys of a type, and what else it knows, to say why not.
    ///
    /// Offered are the endpoints that the key type may call and that want a key; the operations
    /// that are exposed, not deprecated and, for an app-specific key, required by at least one of
    /// those endpoints; and always `All`. A plan that knows no auth type of any endpoint is a
    /// bare list: all that it lists is offered.
    ///
    /// ```
    /// use scope_rules::{AuthType, Enforcement, KeyType, Plan, PlanEndpoint};
    /// let endpoint = |name: &str, auth| PlanEndpoint {
    ///     endpoint: name.into(),
    ///     auth: Some(auth),
    ///     deprecated: false,
    ///     group: None,
    ///     requirements: vec![],
    ///     http: vec![],
    /// };
    /// let plan = Plan {
    ///     catalog: "example-1".into(),
    ///     plan: "example".into(),
    ///     version: "1".into(),
    ///     source: "made up".into(),
    ///     enforcement: Enforcement::Graded,
    ///     operations: vec![],
    ///     endpoints: vec![
    ///         endpoint("/example/MyScopes", AuthType::Key),
    ///         endpoint("/example/PostKeys", AuthType::PersonalAccessToken),
    ///     ],
    /// };
    /// let offered = |key_type| -> Vec<bool> {
    ///     plan.offer(key_type).endpoints.iter().map(|endpoint| endpoint.offered).collect()
    /// };
    /// assert_eq!(offered(KeyType::AppSpecificKey), [true, false]);
    /// assert_eq!(offered(KeyType::PersonalAccessToken), [true, true]);
    /// ```
    #[must_use]
    pub fn offer(&self, key_type: KeyType) -> CatalogSpec {
        let bare = self.endpoints.iter().all(|endpoint| endpoint.auth.is_none());
        let offers =
            |endpoint: &PlanEndpoint| key_type.may_be_granted(endpoint.auth.unwrap_or_default());
        let required: BTreeSet<_> = self
            .endpoints
            .iter()
            .filter(|endpoint| offers(endpoint))
            .flat_map(|endpoint| &endpoint.requirements)
            .map(|name| normalise(name))
            .collect();
        let useful = |name: &str| {
            bare || key_type == KeyType::PersonalAccessToken || required.contains(&normalise(name))
        };
        let mut operations: Vec<_> = self
            .operations
            .iter()
            .map(|operation| OperationSpec {
                name: operation.scope.clone(),
                prerequisites: operation.prerequisites.clone(),
                offered: operation.scope == ALL
                    || (operation.exposed && !operation.deprecated && useful(&operation.scope)),
                deprecated: operation.deprecated,
                group: operation.group.clone(),
                label: operation.label.clone(),
            })
            .collect();
        if !operations.iter().any(|operation| operation.name == ALL) {
            let all = OperationSpec { name: ALL.to_owned(), offered: true, ..Default::default() };
            operations.insert(0, all);
        }
        let endpoints = self
            .endpoints
            .iter()
            .map(|endpoint| EndpointSpec {
                name: endpoint.endpoint.clone(),
                requirements: endpoint.requirements.clone(),
                offered: offers(endpoint),
                deprecated: endpoint.deprecated,
                auth: endpoint.auth.unwrap_or_default(),
                group: endpoint.group.clone(),
                label: None,
            })
            .collect();
        CatalogSpec {
            name: self.catalog.clone(),
            key_type,
            enforcement: self.enforcement,
            operations,
            endpoints,
        }
    }
}
