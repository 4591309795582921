//! Random catalogs and grants, small enough that every rule meets every other.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use scope_rules::{
    Access, AuthType, Catalog, CatalogSpec, EndpointSpec, Endpoints, Enforcement, Grant, KeyType,
    Name, Names, OperationSpec, Operations,
};

use crate::model::{Held, World, read_operation};

const OPERATIONS: &[&str] = &[
    "All",
    "AnnotationTracks:Get",
    "Annotations:Get",
    "Apps:Get",
    "Collaborators:Add",
    "Concepts:Add",
    "Concepts:Get",
    "Datasets:Get",
    "Inputs:Add",
    "Inputs:Delete",
    "Inputs:Get",
    "Keys:Add",
    "Keys:Get",
    "Models:Get",
    "Models:Train",
    "Odd:Deed",
    "Predict",
    "Search",
    "TSNEVisualizations:Get",
];

/// Spelt otherwise, or not operations at all.
const ODD_OPERATIONS: &[&str] = &[
    "inputs:get",
    " Predict",
    "A_B_C",
    "Inputs_Get",
    "Inputs_Add",
    "Nope:Get",
    "\u{406}nputs:Get",
    "",
];

const ENDPOINTS: &[&str] = &[
    "/t.V1/DeleteInput",
    "/t.V1/GetApp",
    "/t.V1/GetDatasetInput",
    "/t.V1/GetInput",
    "/t.V1/ListAnnotationTracks",
    "/t.V1/ListConcepts",
    "/t.V1/ListTSNEVisualizations",
    "/t.V1/MyScopes",
    "/t.V1/PostInputs",
    "/t.V1/PostInputsSearches",
    "/t.V1/PostKeys",
    "/t.V1/PostModelOutputs",
    "/t.V1/PostSearches",
];

const ODD_ENDPOINTS: &[&str] = &["/t.V1/Nope", "t.V1/GetInput", "/t.V1/getinput", ""];

/// A catalog, a grant, and the invite that bounds it.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) spec: CatalogSpec,
    pub(crate) key: Grant,
    pub(crate) invite: Option<Grant>,
}

impl Scenario {
    pub(crate) fn catalog(&self) -> Catalog {
        Catalog::new(self.spec.clone()).unwrap()
    }

    pub(crate) fn access(&self) -> Access {
        Access::new(&self.catalog(), &self.key, self.invite.as_ref())
    }

    pub(crate) fn world(&self) -> World {
        World::new(&self.spec)
    }

    /// The key's grant and the invite; without one, everything.
    pub(crate) fn held(&self) -> (Held, Held) {
        (held(&self.key), self.invite.as_ref().map_or_else(Held::everything, held))
    }
}

/// A grant in the model's words.
pub(crate) fn held(grant: &Grant) -> Held {
    let names = |names: &Names| names.iter().map(|name| read_operation(name)).collect();
    Held {
        operations: match &grant.operations {
            Operations::All => None,
            Operations::Only(set) if set.contains("All") => None,
            Operations::Only(set) => Some(names(set)),
        },
        endpoints: match &grant.endpoints {
            Endpoints::Any => None,
            Endpoints::Only(set) => Some(set.iter().map(ToString::to_string).collect()),
        },
    }
}

fn sometimes_odd(
    names: &'static [&'static str],
    odd: &'static [&'static str],
) -> impl Strategy<Value = String> {
    prop_oneof![9 => select(names), 1 => select(odd)].prop_map(str::to_owned)
}

pub(crate) fn operation_name() -> impl Strategy<Value = String> {
    sometimes_odd(OPERATIONS, ODD_OPERATIONS)
}

pub(crate) fn endpoint_name() -> impl Strategy<Value = String> {
    sometimes_odd(ENDPOINTS, ODD_ENDPOINTS)
}

/// A catalog refuses empty names.
fn named(name: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    name.prop_map(|name| if name.is_empty() { "Apps:Get".to_owned() } else { name })
}

fn auth() -> impl Strategy<Value = AuthType> {
    prop_oneof![
        8 => Just(AuthType::Key),
        2 => Just(AuthType::PersonalAccessToken),
        1 => Just(AuthType::Session),
        1 => Just(AuthType::NoAuth),
        1 => Just(AuthType::Other),
    ]
}

fn mostly(likely: bool) -> impl Strategy<Value = bool> {
    prop_oneof![6 => Just(likely), 1 => Just(!likely)]
}

prop_compose! {
    fn operation()(
        name in named(operation_name()),
        prerequisites in vec(named(operation_name()), 0..3),
        offered in mostly(true),
        deprecated in mostly(false),
    ) -> OperationSpec {
        OperationSpec { name, prerequisites, offered, deprecated, ..Default::default() }
    }
}

prop_compose! {
    fn endpoint()(
        name in select(ENDPOINTS),
        requirements in vec(named(operation_name()), 0..5),
        offered in mostly(true),
        deprecated in mostly(false),
        auth in auth(),
    ) -> EndpointSpec {
        let name = name.to_owned();
        EndpointSpec { name, requirements, offered, deprecated, auth, ..Default::default() }
    }
}

prop_compose! {
    pub(crate) fn catalog()(
        key_type in select(&[KeyType::AppSpecificKey, KeyType::PersonalAccessToken][..]),
        strict in mostly(false),
        operations in vec(operation(), 0..24),
        endpoints in vec(endpoint(), 0..12),
    ) -> CatalogSpec {
        let enforcement = if strict { Enforcement::Strict } else { Enforcement::Graded };
        CatalogSpec { name: "random".into(), key_type, enforcement, operations, endpoints }
    }
}

pub(crate) fn operations() -> impl Strategy<Value = Operations> {
    let named = vec(operation_name(), 0..9).prop_map(|names| {
        let names = names.iter().map(|name| Name::operation(name).unwrap());
        // Here, as on the wire, `All` beside others is `All`; now and then it is left in the set.
        Operations::Only(names.collect())
    });
    prop_oneof![1 => Just(Operations::All), 8 => named]
}

pub(crate) fn endpoints() -> impl Strategy<Value = Endpoints> {
    let named = vec(endpoint_name(), 0..6).prop_map(|names| {
        Endpoints::Only(names.iter().map(|name| Name::endpoint(name).unwrap()).collect())
    });
    prop_oneof![2 => Just(Endpoints::Any), 3 => named]
}

prop_compose! {
    pub(crate) fn grant()(operations in operations(), endpoints in endpoints()) -> Grant {
        Grant { operations, endpoints }
    }
}

prop_compose! {
    pub(crate) fn scenario()(
        spec in catalog(),
        key in grant(),
        invite in option::weighted(0.4, grant()),
    ) -> Scenario {
        Scenario { spec, key, invite }
    }
}
