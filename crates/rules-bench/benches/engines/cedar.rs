//! Cedar: one policy, the key and the endpoints as entities, a request for each endpoint.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use scope_rules::Catalog;

use crate::{Endpoint, Engine};

const POLICY: &str = r#"
    permit (principal, action == Action::"call", resource)
    when { principal.operations.containsAll(resource.requirements) };
"#;

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    requests: Vec<Request>,
}

fn uid(kind: &str, name: &str) -> EntityUid {
    format!("{kind}::{name:?}").parse().unwrap()
}

fn entity(uid: EntityUid, attribute: &str, names: &[String]) -> Entity {
    let names = names.iter().cloned().map(RestrictedExpression::new_string);
    let attributes = HashMap::from([(attribute.to_owned(), RestrictedExpression::new_set(names))]);
    Entity::new(uid, attributes, HashSet::new()).unwrap()
}

impl Engine for Cedar {
    fn load(_: &Catalog, endpoints: &[Endpoint], held: &[String]) -> Self {
        let key = uid("Key", "key");
        let resources = endpoints
            .iter()
            .map(|(name, required)| entity(uid("Endpoint", name), "requirements", required));
        let all = resources.chain([entity(key.clone(), "operations", held)]);
        let request = |(name, _): &Endpoint| {
            let (action, endpoint) = (uid("Action", "call"), uid("Endpoint", name));
            Request::new(key.clone(), action, endpoint, Context::empty(), None).unwrap()
        };
        Self {
            authorizer: Authorizer::new(),
            policies: POLICY.parse().unwrap(),
            entities: Entities::from_entities(all, None).unwrap(),
            requests: endpoints.iter().map(request).collect(),
        }
    }

    fn preview(&mut self) -> Vec<bool> {
        let ask = |request: &Request| {
            let answer = self.authorizer.is_authorized(request, &self.policies, &self.entities);
            answer.decision() == Decision::Allow
        };
        self.requests.iter().map(ask).collect()
    }
}
