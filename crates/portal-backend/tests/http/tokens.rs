//! What personal access tokens may do, and what app-specific keys may not.

use serde_json::json;

use crate::support::{AMARA, APP, MATEO, Portal};

const MANAGES_KEYS: [&str; 6] =
    ["Apps:Get", "Inputs:Get", "Keys:Add", "Keys:Delete", "Keys:Get", "Models:Get"];

#[test]
fn an_app_specific_key_never_manages_keys() {
    let portal = Portal::start();
    let key = portal.key(&["All"]);
    let holder = portal.holder(&key.secret);
    let body =
        json!({"keys": [{"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]}]});
    let answers = [
        (holder.post("/v2/users/me/keys", &body), "PostKeys"),
        (holder.get("/v2/users/me/keys"), "ListKeys"),
        (holder.get(&format!("/v2/users/me/apps/{APP}/keys")), "ListAppKeys"),
        (holder.get(&format!("/v2/users/me/keys/{}", key.handle)), "GetKey"),
        (holder.delete(&format!("/v2/users/me/keys/{}", key.handle)), "DeleteKey"),
        (
            holder.patch(
                "/v2/users/me/keys",
                &json!({"keys": [{"id": key.handle}], "action": "overwrite"}),
            ),
            "PatchKeys",
        ),
        (holder.get("/v2/users/me/apps"), "ListApps"),
        (holder.get("/v2/users/me/collaborations"), "ListCollaborations"),
        (holder.get("/v2/users/me/scopes"), "ListScopes"),
        (holder.get("/v2/users/me"), "GetUser"),
    ];
    for (answer, rpc) in answers {
        answer.refused(403, 11_007, "");
        assert_eq!(answer.names("/status/missing_endpoints"), [format!("/clarifai.api.V2/{rpc}")]);
    }
}

#[test]
fn no_plan_lets_an_app_specific_key_manage_keys() {
    for auth in [json!(null), json!("KeyAuth"), json!("NoAuth")] {
        let mut endpoints =
            vec![json!({"endpoint": "/own.Notes/Get", "requirements": ["Keys:Get"]})];
        for rpc in ["PostKeys", "ListKeys", "ListAppKeys", "GetKey", "PatchKeys", "DeleteKey"] {
            let endpoint = format!("/clarifai.api.V2/{rpc}");
            endpoints
                .push(json!({"endpoint": endpoint, "auth": auth, "requirements": ["Keys:Get"]}));
        }
        let portal = Portal::with_plan(&json!({
            "catalog": "own", "plan": "own", "version": "1", "source": "a test",
            "operations": [{"scope": "Keys:Get"}], "endpoints": endpoints,
        }));
        let key = portal.key(&["All"]);
        let holder = portal.holder(&key.secret);
        let path = format!("/v2/users/me/keys/{}", key.handle);
        let draft = json!({"description": "x", "scopes": ["Keys:Get"], "apps": [{"id": APP}]});
        let change = json!({"keys": [{"id": key.handle}], "action": "overwrite"});
        for answer in [
            holder.post("/v2/users/me/keys", &json!({"keys": [draft]})),
            holder.get("/v2/users/me/keys"),
            holder.get(&format!("/v2/users/me/apps/{APP}/keys")),
            holder.get(&path),
            holder.patch("/v2/users/me/keys", &change),
            holder.delete(&path),
        ] {
            answer.refused(403, 11_007, "");
            assert!(answer.details().contains("personal access token"), "{}", answer.text);
        }
        let token = portal.token(&["Keys:Get"]);
        portal.holder(&token.secret).delete(&path).ok();
    }
}

#[test]
fn a_token_manages_keys_if_it_holds_what_that_needs() {
    let portal = Portal::start();
    let token = portal.token(&MANAGES_KEYS);
    let holder = portal.holder(&token.secret);
    let key = holder
        .create(&json!({"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]}));
    let path = format!("/v2/users/me/keys/{}", key.handle);
    assert_eq!(holder.get(&path).ok().json["key"]["apps"][0]["id"], APP);
    assert_eq!(
        holder.get(&format!("/v2/users/me/apps/{APP}/keys")).ok().json["keys"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let patch = json!({"keys": [{"id": key.handle, "description": "y"}], "action": "overwrite"});
    holder.patch("/v2/users/me/keys", &patch).ok();
    holder.delete(&path).ok();
}

#[test]
fn a_token_is_refused_with_the_names_of_what_it_lacks() {
    let portal = Portal::start();
    let token = portal.token(&["Keys:Get", "Apps:Get"]);
    let holder = portal.holder(&token.secret);
    let answer = holder.delete(&format!("/v2/users/me/keys/{}", token.handle));
    answer.refused(403, 11_007, "");
    assert_eq!(answer.names("/status/missing_scopes"), ["Keys:Add", "Keys:Delete"]);
    assert!(answer.details().contains("`Keys:Delete`"));
}

#[test]
fn a_token_restricted_to_endpoints_calls_no_other() {
    let portal = Portal::start();
    let draft = json!({"description": "x", "type": "personal_access_token", "scopes": ["Keys:Get"],
        "endpoints": ["/clarifai.api.V2/ListKeys"]});
    let token = portal.person(AMARA).create(&draft);
    let holder = portal.holder(&token.secret);
    holder.get("/v2/users/me/keys").ok();
    let answer = holder.get(&format!("/v2/users/me/keys/{}", token.handle));
    answer.refused(403, 11_007, "");
    assert_eq!(answer.names("/status/missing_endpoints"), ["/clarifai.api.V2/GetKey"]);
}

#[test]
fn a_token_makes_no_key_broader_than_itself() {
    let portal = Portal::start();
    let token = portal.token(&MANAGES_KEYS);
    let holder = portal.holder(&token.secret);
    let post = |scopes: &[&str]| {
        let draft = json!({"description": "x", "scopes": scopes, "apps": [{"id": APP}]});
        holder.post("/v2/users/me/keys", &json!({"keys": [draft]}))
    };
    post(&["Inputs:Get", "Models:Get"]).ok();
    post(&["Inputs:Get", "Predict"]).refused(400, 11_102, "keys[0].scopes");
    post(&["All"]).refused(400, 11_102, "keys[0].scopes");

    let endpoints = ["/clarifai.api.V2/PostKeys", "/clarifai.api.V2/GetInput"];
    let draft = json!({"description": "x", "type": "personal_access_token", "scopes": MANAGES_KEYS, "endpoints": endpoints});
    let listed = portal.holder(&portal.person(AMARA).create(&draft).secret);
    let any = json!({"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]});
    listed.post("/v2/users/me/keys", &json!({"keys": [any]})).refused(
        400,
        11_102,
        "keys[0].endpoints",
    );
    let mut one = any;
    one["endpoints"] = json!(["/clarifai.api.V2/GetInput"]);
    listed.create(&one);
}

#[test]
fn a_token_makes_no_key_that_outlives_it() {
    let portal = Portal::start();
    let draft = json!({"description": "x", "type": "personal_access_token", "scopes": MANAGES_KEYS,
        "expires_at": portal.in_seconds(3_600)});
    let holder = portal.holder(&portal.person(AMARA).create(&draft).secret);
    let mut draft = json!({"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]});
    let post = |draft| holder.post("/v2/users/me/keys", &json!({"keys": [draft]}));
    post(draft.clone()).refused(400, 11_102, "keys[0].expires_at");
    draft["expires_at"] = json!(portal.in_seconds(7_200));
    post(draft.clone()).refused(400, 11_102, "keys[0].expires_at");
    draft["expires_at"] = json!(portal.in_seconds(1_800));
    post(draft).ok();
}

#[test]
fn a_token_broadens_neither_itself_nor_another_key() {
    let portal = Portal::start();
    let token = portal.token(&MANAGES_KEYS);
    let broad = portal.key(&["Inputs:Get", "Predict", "Models:Get"]);
    let holder = portal.holder(&token.secret);
    let patch = |handle: &str, scopes: &[&str]| {
        let body = json!({"keys": [{"id": handle, "scopes": scopes}], "action": "overwrite"});
        holder.patch("/v2/users/me/keys", &body)
    };
    patch(&token.handle, &["All"]).refused(400, 11_102, "keys[0].scopes");
    patch(&broad.handle, &["Inputs:Get", "Predict", "Models:Get", "Search"]).refused(
        400,
        11_102,
        "keys[0].scopes",
    );
    patch(&broad.handle, &["Predict", "Models:Get"]).ok();
    let rename =
        json!({"keys": [{"id": broad.handle, "description": "Renamed"}], "action": "overwrite"});
    holder.patch("/v2/users/me/keys", &rename).ok();
}

#[test]
fn a_key_made_without_leave_to_read_apps_does_not_show_its_app() {
    let portal = Portal::start();
    let token = portal.token(&["Keys:Add", "Keys:Get", "Inputs:Get"]);
    let draft = json!({"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]});
    let answer =
        portal.holder(&token.secret).post("/v2/users/me/keys", &json!({"keys": [draft]})).ok();
    assert_eq!(answer.json["keys"][0]["apps"], json!([]));
    assert_eq!(answer.names("/status/missing_scopes"), ["Apps:Get"]);
    let key = answer.json["keys"][0]["id"].as_str().unwrap();
    assert_eq!(
        portal.holder(key).get("/v2/myscopes").ok().json["app"]["id"],
        APP,
        "the effect happened all the same"
    );
}

#[test]
fn a_repeated_request_that_is_redacted_says_both() {
    let portal = Portal::start();
    let token = portal.token(&["Keys:Add", "Keys:Get", "Inputs:Get"]);
    let holder = portal.holder(&token.secret).with("Idempotency-Key", "1");
    let draft = json!({"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]});
    let body = json!({"keys": [draft]});
    holder.post("/v2/users/me/keys", &body).ok();
    let again = holder.post("/v2/users/me/keys", &body).ok();
    assert_eq!(again.json["keys"][0]["apps"], json!([]));
    assert_eq!(again.names("/status/missing_scopes"), ["Apps:Get"]);
    assert!(again.details().contains("before") && again.details().contains("redacted"));
}

#[test]
fn a_token_on_a_shared_app_is_bounded_by_the_invite() {
    let portal = Portal::start();
    let token = portal.token(&["All"]);
    let path = format!("/v2/users/{MATEO}/apps/wildfire-lookout");
    let holder = portal.holder(&token.secret);
    let answer = holder.get(&format!("{path}/myscopes")).ok();
    assert_eq!(answer.names("/scopes").len(), 8);
    assert_eq!(answer.names("/endpoints").len(), 7);
    let answer = holder.get(&format!("{path}/keys"));
    answer.refused(403, 11_007, "");
    assert!(answer.details().contains("the owner's invite lacks it"));
    assert_eq!(holder.get("/v2/myscopes").ok().names("/scopes"), ["All"]);
}
