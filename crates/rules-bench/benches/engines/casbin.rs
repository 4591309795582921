//! Casbin: the operations as roles of the key, a request for each requirement until one fails.
//!
//! Its usual form, a policy line for each operation held, would match every request against line
//! after line.

use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, RbacApi};
use scope_rules::Catalog;

use crate::{Endpoint, Engine};

const MODEL: &str = "
[request_definition]
r = key, operation
[policy_definition]
p = key
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.key, r.operation)
";

pub struct Casbin {
    enforcer: Enforcer,
    endpoints: Vec<Endpoint>,
}

impl Engine for Casbin {
    fn load(_: &Catalog, endpoints: &[Endpoint], held: &[String]) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let enforcer = runtime.block_on(async {
            let model = DefaultModel::from_str(MODEL).await.unwrap();
            let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await.unwrap();
            for operation in held {
                enforcer.add_role_for_user("key", operation, None).await.unwrap();
            }
            enforcer
        });
        Self { enforcer, endpoints: endpoints.to_vec() }
    }

    fn preview(&mut self) -> Vec<bool> {
        let holds =
            |operation: &String| self.enforcer.enforce(("key", operation.as_str())).unwrap();
        self.endpoints.iter().map(|(_, required)| required.iter().all(holds)).collect()
    }
}
