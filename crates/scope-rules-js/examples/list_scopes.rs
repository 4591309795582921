//! Writes what `ListScopes` answers for the known catalogs, as one JSON object: by the name of the
//! catalog or of the plan, then by key type. The package's tests read it.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::stdout;

use portal_api::ListScopesResponse;
use scope_rules::{KeyType, Plan};

const PLANS: [&str; 2] = [
    include_str!("../../../catalogs/clarifai-12.6.0.json"),
    include_str!("../../../catalogs/clarifai-docs-essential.json"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut answers = BTreeMap::new();
    for text in PLANS {
        let plan: Plan = serde_json::from_str(text)?;
        let by_type: BTreeMap<_, _> = [KeyType::AppSpecificKey, KeyType::PersonalAccessToken]
            .map(|key_type| (key_type.as_str(), ListScopesResponse::from(plan.offer(key_type))))
            .into();
        answers.insert(plan.plan, by_type.clone());
        answers.insert(plan.catalog, by_type);
    }
    serde_json::to_writer(stdout().lock(), &answers)?;
    Ok(())
}
