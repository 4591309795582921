//! The catalogs of this project.

use scope_rules::Plan;
#[cfg(not(target_arch = "wasm32"))]
use scope_rules::{Catalog, KeyType};

pub(crate) const CATALOGS: [&str; 2] = [
    include_str!("../../../../catalogs/clarifai-12.6.0.json"),
    include_str!("../../../../catalogs/clarifai-docs-essential.json"),
];

pub(crate) fn plans() -> Vec<Plan> {
    CATALOGS.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn enterprise(key_type: KeyType) -> Catalog {
    Catalog::new(plans()[0].offer(key_type)).unwrap()
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn essential(key_type: KeyType) -> Catalog {
    Catalog::new(plans()[1].offer(key_type)).unwrap()
}
