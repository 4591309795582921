//! Rego, by regorus: one rule that lists all endpoints that may be called, so one evaluation.
//!
//! By its interpreter. Its virtual machine gives other answers to this policy.

use std::collections::BTreeMap;

use regorus::{Engine as Interpreter, Value};
use scope_rules::Catalog;

use crate::{Endpoint, Engine};

const POLICY: &str = "
package scopes
import rego.v1

allowed contains endpoint if {
    some endpoint, required in data.endpoints
    every operation in required { input.held[operation] }
}
";
const RULE: &str = "data.scopes.allowed";

fn json(value: &impl serde::Serialize) -> Value {
    Value::from_json_str(&serde_json::to_string(value).unwrap()).unwrap()
}

fn data(endpoints: &[Endpoint]) -> Value {
    let by_name: BTreeMap<_, _> = endpoints.iter().cloned().collect();
    json(&BTreeMap::from([("endpoints", by_name)]))
}

fn input(held: &[String]) -> Value {
    let held: BTreeMap<_, _> = held.iter().map(|operation| (operation, true)).collect();
    json(&BTreeMap::from([("held", held)]))
}

pub struct Rego {
    engine: Interpreter,
    input: Value,
    names: Vec<Value>,
}

impl Engine for Rego {
    fn load(_: &Catalog, endpoints: &[Endpoint], held: &[String]) -> Self {
        let mut engine = Interpreter::new();
        engine.add_policy("scopes.rego".to_owned(), POLICY.to_owned()).unwrap();
        engine.add_data(data(endpoints)).unwrap();
        let names = endpoints.iter().map(|(name, _)| Value::from(name.as_str())).collect();
        Self { engine, input: input(held), names }
    }

    fn preview(&mut self) -> Vec<bool> {
        // Without new input it would answer with what it has evaluated before.
        self.engine.set_input(self.input.clone());
        let allowed = self.engine.eval_rule(RULE.to_owned()).unwrap();
        let allowed = allowed.as_set().unwrap();
        self.names.iter().map(|name| allowed.contains(name)).collect()
    }
}
