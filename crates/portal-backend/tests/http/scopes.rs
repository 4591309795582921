//! `ListScopes` and `MyScopes`.

use portal_api::ListScopesResponse;
use portal_backend::{Config, PlanName, start};
use scope_rules::{Catalog, Enforcement, KeyType};
use serde_json::json;

use crate::support::{AMARA, APP, Portal};

#[test]
fn the_plan_is_listed_for_each_key_type() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    for (query, scopes, endpoints) in [
        ("", 64, 190),
        ("?key_type=app_specific_key", 64, 190),
        ("?key_type=personal_access_token", 99, 268),
    ] {
        let answer = amara.get(&format!("/v2/users/me/scopes{query}")).ok();
        let list: ListScopesResponse = serde_json::from_value(answer.json).unwrap();
        assert_eq!(
            (list.scope_deps.len(), list.endpoint_deps.len()),
            (scopes, endpoints),
            "{query}"
        );
        assert_eq!(list.catalog.as_deref(), Some("clarifai-12.6.0"));
        assert_eq!(list.enforcement.as_deref(), Some("graded"));
        assert!(
            list.other_endpoints
                .iter()
                .any(|each| each.endpoint == "/clarifai.api.V2/PostValidatePassword")
        );
        assert!(
            list.other_scopes.iter().any(|each| each.scope == "Inputs:Patch" && each.deprecated)
        );
    }
    amara.get("/v2/users/me/scopes?key_type=master").refused(400, 11_102, "key_type");
}

#[test]
fn the_essential_plan_is_as_documented() {
    let portal = Portal::with(|config| {
        config.plan = PlanName::Essential;
        config.enforcement = Some(Enforcement::Strict);
    });
    let answer = portal.person(AMARA).get("/v2/users/me/scopes").ok();
    let list: ListScopesResponse = serde_json::from_value(answer.json).unwrap();
    assert_eq!((list.scope_deps.len(), list.endpoint_deps.len()), (18, 37));
    let catalog = Catalog::new(list.into_spec(KeyType::AppSpecificKey)).unwrap();
    assert_eq!(
        (catalog.name(), catalog.enforcement()),
        ("clarifai-docs-essential", Enforcement::Strict)
    );
    let key = portal.key(&["Inputs:Get", "Concepts:Get"]);
    assert_eq!(portal.holder(&key.secret).get("/v2/myscopes").ok().names("/scopes").len(), 2);
}

#[test]
fn a_plan_of_ones_own_is_served_from_its_file() {
    let plan = json!({
        "catalog": "own", "plan": "own", "version": "1", "source": "a test", "enforcement": "strict",
        "operations": [{"scope": "Notes:Get"}, {"scope": "Notes:Add", "prerequisites": ["Notes:Get"]}],
        "endpoints": [{"endpoint": "/own.Notes/Add", "auth": "KeyAuth", "requirements": ["Notes:Add", "Notes:Get"]}],
    });
    let portal = Portal::with_plan(&plan);
    let answer = portal.person(AMARA).get("/v2/users/me/scopes").ok();
    assert_eq!(answer.json["catalog"], "own");
    assert_eq!(answer.json["enforcement"], "strict");
    assert_eq!(answer.json["scope_deps"][2]["scope"], "Notes:Add");
    assert_eq!(answer.json["endpoint_deps"][0]["endpoint"], "/own.Notes/Add");
    let key = portal.key(&["Notes:Get", "Notes:Add"]);
    let scopes = portal.holder(&key.secret).get("/v2/myscopes").ok();
    assert_eq!(scopes.names("/scopes"), ["Notes:Add", "Notes:Get"]);
}

#[test]
fn a_plan_that_is_none_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.json");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut config = Config::new(folder.path().join("portal.sqlite"));
    config.catalog = Some(file.clone());
    let said = || runtime.block_on(start(config.clone())).unwrap_err().to_string();
    assert_eq!(said(), "the plan cannot be served", "there is no file");
    std::fs::write(&file, "{}").unwrap();
    assert_eq!(said(), "the plan cannot be served", "it is not of the form");
}

#[test]
fn a_token_may_ask_for_the_plan_too() {
    let portal = Portal::start();
    let token = portal.token(&["Inputs:Get"]);
    portal.holder(&token.secret).get("/v2/users/me/scopes").ok();
    portal.anybody().get("/v2/users/me/scopes").refused(401, 11_008, "");
}

#[test]
fn the_long_list_is_compressed_for_who_asks() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let plain = amara.with("Accept-Encoding", "identity").get("/v2/users/me/scopes").ok();
    assert_eq!(plain.header("content-encoding"), None);
    let packed = amara.with("Accept-Encoding", "gzip").get("/v2/users/me/scopes");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    let keys = amara.with("Accept-Encoding", "gzip").get("/v2/users/me/keys").ok();
    assert_eq!(keys.header("content-encoding"), None, "nothing with a secret is compressed");
}

#[test]
fn a_key_learns_what_it_holds_on_every_path() {
    let portal = Portal::start();
    let key = portal.key_for(
        &json!({"id": APP}),
        &["Inputs:Get", "Concepts:Get"],
        &["/clarifai.api.V2/MyScopes", "/clarifai.api.V2/GetInput"],
    );
    let holder = portal.holder(&key.secret);
    let own = format!("/v2/users/{AMARA}/apps/{APP}/myscopes");
    let me = format!("/v2/users/me/apps/{APP}/myscopes");
    for path in ["/v2/myscopes", "/v2/my_scopes", &own, &me] {
        let answer = holder.get(path).ok();
        assert_eq!(answer.names("/scopes"), ["Concepts:Get", "Inputs:Get"]);
        assert_eq!(
            answer.names("/endpoints"),
            ["/clarifai.api.V2/GetInput", "/clarifai.api.V2/MyScopes"]
        );
        assert_eq!(answer.json["app"], json!({"id": APP, "user_id": AMARA}));
    }
}

#[test]
fn a_key_whose_endpoints_leave_it_out_cannot_call_it() {
    let portal = Portal::start();
    let key = portal.key_for(&json!({"id": APP}), &["Inputs:Get"], &["/clarifai.api.V2/GetInput"]);
    let answer = portal.holder(&key.secret).get("/v2/myscopes");
    answer.refused(403, 11_007, "");
    assert_eq!(answer.names("/status/missing_endpoints"), ["/clarifai.api.V2/MyScopes"]);
}

#[test]
fn everything_is_said_as_all() {
    let portal = Portal::start();
    let key = portal.key(&["All", "Inputs:Get"]);
    let answer = portal.holder(&key.secret).get("/v2/myscopes").ok();
    assert_eq!(answer.names("/scopes"), ["All"]);
    assert_eq!(answer.names("/endpoints"), [] as [&str; 0]);
    let person = portal.person(AMARA).get("/v2/myscopes").ok();
    assert_eq!(person.names("/scopes"), ["All"]);
}
