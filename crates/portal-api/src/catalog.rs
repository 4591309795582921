//! Between the answer of `ListScopes` and what a catalog is built from.

use scope_rules::{AuthType, CatalogSpec, EndpointSpec, Enforcement, KeyType, OperationSpec};

use crate::{EndpointDep, ListScopesResponse, OtherEndpoint, OtherScope, ScopeDep};

impl ListScopesResponse {
    /// What the catalog of `key_type` is built from.
    #[must_use]
    pub fn into_spec(self, key_type: KeyType) -> CatalogSpec {
        CatalogSpec {
            name: self.catalog.unwrap_or_default(),
            key_type,
            enforcement: enforcement(self.enforcement.as_deref()),
            operations: self
                .scope_deps
                .into_iter()
                .map(OperationSpec::from)
                .chain(self.other_scopes.into_iter().map(OperationSpec::from))
                .collect(),
            endpoints: self
                .endpoint_deps
                .into_iter()
                .map(EndpointSpec::from)
                .chain(self.other_endpoints.into_iter().map(EndpointSpec::from))
                .collect(),
        }
    }
}

impl From<CatalogSpec> for ListScopesResponse {
    fn from(spec: CatalogSpec) -> Self {
        let (scopes, other_scopes): (Vec<_>, Vec<_>) =
            spec.operations.into_iter().partition(|each| each.offered);
        let (endpoints, other_endpoints): (Vec<_>, Vec<_>) =
            spec.endpoints.into_iter().partition(|each| each.offered);
        Self {
            catalog: Some(spec.name),
            enforcement: Some(spec.enforcement.as_str().to_owned()),
            scope_deps: scopes.into_iter().map(ScopeDep::from).collect(),
            endpoint_deps: endpoints.into_iter().map(EndpointDep::from).collect(),
            other_endpoints: other_endpoints.into_iter().map(OtherEndpoint::from).collect(),
            other_scopes: other_scopes.into_iter().map(OtherScope::from).collect(),
            ..Self::default()
        }
    }
}

impl From<OperationSpec> for ScopeDep {
    fn from(spec: OperationSpec) -> Self {
        Self {
            scope: spec.name,
            depending_scopes: spec.prerequisites,
            deprecated: spec.deprecated,
            group: spec.group,
            label: spec.label,
        }
    }
}

impl From<OperationSpec> for OtherScope {
    fn from(spec: OperationSpec) -> Self {
        Self {
            scope: spec.name,
            depending_scopes: spec.prerequisites,
            deprecated: spec.deprecated,
            group: spec.group,
            label: spec.label,
        }
    }
}

impl From<ScopeDep> for OperationSpec {
    fn from(dep: ScopeDep) -> Self {
        Self {
            name: dep.scope,
            prerequisites: dep.depending_scopes,
            offered: true,
            deprecated: dep.deprecated,
            group: dep.group,
            label: dep.label,
        }
    }
}

impl From<OtherScope> for OperationSpec {
    fn from(other: OtherScope) -> Self {
        Self {
            name: other.scope,
            prerequisites: other.depending_scopes,
            offered: false,
            deprecated: other.deprecated,
            group: other.group,
            label: other.label,
        }
    }
}

impl From<EndpointSpec> for EndpointDep {
    fn from(spec: EndpointSpec) -> Self {
        Self {
            endpoint: spec.name,
            depending_scopes: spec.requirements,
            auth: Some(spec.auth.as_str().to_owned()),
            deprecated: spec.deprecated,
            group: spec.group,
            label: spec.label,
        }
    }
}

impl From<EndpointSpec> for OtherEndpoint {
    fn from(spec: EndpointSpec) -> Self {
        Self {
            endpoint: spec.name,
            depending_scopes: spec.requirements,
            auth: Some(spec.auth.as_str().to_owned()),
            deprecated: spec.deprecated,
            group: spec.group,
            label: spec.label,
        }
    }
}

impl From<EndpointDep> for EndpointSpec {
    fn from(dep: EndpointDep) -> Self {
        Self {
            name: dep.endpoint,
            requirements: dep.depending_scopes,
            offered: true,
            deprecated: dep.deprecated,
            auth: auth(dep.auth.as_deref()),
            group: dep.group,
            label: dep.label,
        }
    }
}

impl From<OtherEndpoint> for EndpointSpec {
    fn from(other: OtherEndpoint) -> Self {
        Self {
            name: other.endpoint,
            requirements: other.depending_scopes,
            offered: false,
            deprecated: other.deprecated,
            auth: auth(other.auth.as_deref()),
            group: other.group,
            label: other.label,
        }
    }
}

/// How a catalog is enforced whose answer says that of it.
///
/// A bare answer says nothing of enforcement: it is graded. An enforcement that is not heard of is taken as strict, so
/// that a prediction promises too little rather than too much.
#[must_use]
pub fn enforcement(word: Option<&str>) -> Enforcement {
    match word {
        None => Enforcement::Graded,
        Some(name) if name == Enforcement::Graded.as_str() => Enforcement::Graded,
        Some(_) => Enforcement::Strict,
    }
}

/// Which credentials an endpoint takes of which an answer says that. Where it says nothing, any key.
#[must_use]
pub fn auth(word: Option<&str>) -> AuthType {
    word.map_or(AuthType::Key, AuthType::parse)
}
