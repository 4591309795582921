//! `PatchKeys`.

use serde_json::{Value, json};

use crate::support::{AMARA, Answer, Client, MATEO, Portal};

fn patch(client: &Client, handle: &str, changes: &Value) -> Answer {
    let mut key = json!({"id": handle});
    for (name, value) in changes.as_object().unwrap() {
        key[name] = value.clone();
    }
    client.patch("/v2/users/me/keys", &json!({"keys": [key], "action": "overwrite"}))
}

#[test]
fn only_what_is_given_changes() {
    let portal = Portal::start();
    let (amara, key) = (portal.person(AMARA), portal.key(&["Inputs:Get", "Concepts:Get"]));
    let answer = patch(&amara, &key.handle, &json!({"description": " New name "})).ok();
    assert_eq!(answer.json["keys"][0]["description"], "New name");
    assert_eq!(answer.names("/keys/0/scopes"), ["Concepts:Get", "Inputs:Get"]);
    let answer = patch(&amara, &key.handle, &json!({"scopes": ["Inputs:Get"]})).ok();
    assert_eq!(answer.json["keys"][0]["description"], "New name");
    assert_eq!(answer.names("/keys/0/scopes"), ["Inputs:Get"]);
    let one = ["/clarifai.api.V2/GetInput"];
    assert_eq!(
        patch(&amara, &key.handle, &json!({"endpoints": one})).ok().names("/keys/0/endpoints"),
        one
    );
    let answer = patch(&amara, &key.handle, &json!({"endpoints": []})).ok();
    assert_eq!(answer.names("/keys/0/endpoints"), [] as [&str; 0], "any endpoint");
    let scopes = portal.holder(&key.secret).get("/v2/myscopes").ok();
    assert_eq!(scopes.names("/scopes"), ["Inputs:Get"], "the secret works on, with the new grant");
}

#[test]
fn a_change_with_a_flaw_is_refused_at_the_member() {
    let portal = Portal::start();
    let (amara, key) = (portal.person(AMARA), portal.key(&["Inputs:Get"]));
    for (changes, member) in [
        (json!({"scopes": ["Inputs:Gett"]}), "scopes"),
        (json!({"endpoints": ["/clarifai.api.V2/GetNothing"]}), "endpoints"),
        (json!({"endpoints": ["x".repeat(300)]}), "endpoints"),
    ] {
        let answer = patch(&amara, &key.handle, &changes);
        answer.refused(400, 11_102, &format!("keys[0].{member}"));
    }
}

#[test]
fn an_expiry_can_be_set_moved_and_lifted() {
    let portal = Portal::start();
    let (amara, key) = (portal.person(AMARA), portal.key(&["Inputs:Get"]));
    let end = portal.in_seconds(86_400);
    let answer = patch(&amara, &key.handle, &json!({"expires_at": end})).ok();
    assert!(answer.json["keys"][0]["expires_at"].is_string());
    patch(&amara, &key.handle, &json!({"expires_at": portal.in_seconds(-1)})).refused(
        400,
        11_102,
        "keys[0].expires_at",
    );
    let answer = patch(&amara, &key.handle, &json!({"expires_at": null})).ok();
    assert!(answer.json["keys"][0].get("expires_at").is_none());
}

#[test]
fn an_expired_key_is_not_brought_back() {
    let portal = Portal::start();
    let (amara, key) = (portal.person(AMARA), portal.key(&["Inputs:Get"]));
    patch(&amara, &key.handle, &json!({"expires_at": portal.in_seconds(60)})).ok();
    portal.put_forward(61);
    patch(&amara, &key.handle, &json!({"expires_at": null})).refused(400, 11_102, "keys[0].id");
}

#[test]
fn a_change_is_checked_like_a_new_key() {
    let portal = Portal::start();
    let (amara, key) = (portal.person(AMARA), portal.key(&["Inputs:Get"]));
    patch(&amara, &key.handle, &json!({"description": "  "})).refused(
        400,
        11_102,
        "keys[0].description",
    );
    patch(&amara, &key.handle, &json!({"scopes": []})).refused(400, 11_102, "keys[0].scopes");
    patch(&amara, &key.handle, &json!({"scopes": ["Nothing:Known"]})).refused(
        400,
        11_102,
        "keys[0].scopes",
    );
    patch(&amara, "key_0000000000000000", &json!({"description": "x"})).refused(404, 11_009, "");
    let body = json!({"keys": [{"id": key.handle}], "action": "merge"});
    amara.patch("/v2/users/me/keys", &body).refused(400, 11_102, "action");
    amara
        .patch("/v2/users/me/keys", &json!({"keys": [], "action": "overwrite"}))
        .refused(400, 11_102, "keys");
}

#[test]
fn changes_of_one_call_are_made_together_or_not_at_all() {
    let portal = Portal::start();
    let (amara, key) = (portal.person(AMARA), portal.key(&["Inputs:Get"]));
    let body = json!({"keys": [{"id": key.handle, "description": "Changed"}, {"id": "key_unknown"}], "action": "overwrite"});
    amara.patch("/v2/users/me/keys", &body).refused(404, 11_009, "");
    let kept = amara.get(&format!("/v2/users/me/keys/{}", key.handle)).ok();
    assert_eq!(kept.json["key"]["description"], "A test");
}

#[test]
fn a_key_of_a_narrowed_invite_can_still_be_renamed() {
    let portal = Portal::start();
    let app = json!({"id": "wildfire-lookout", "user_id": MATEO});
    let key = portal.key_for(&app, &["Inputs:Get", "Inputs:Add"], &[]);
    let mateo = portal.person(MATEO);
    let path = "/v2/users/me/apps/wildfire-lookout/collaborators";
    let id = mateo.get(path).ok().json["collaborators"][0]["id"].clone();
    let narrow = json!({"collaborators": [{"id": id, "scopes": ["Models:Get"], "endpoints": []}], "action": "overwrite"});
    mateo.patch(path, &narrow).ok();
    let amara = portal.person(AMARA);
    patch(&amara, &key.handle, &json!({"description": "Old"})).ok();
    patch(&amara, &key.handle, &json!({"scopes": ["Inputs:Get"]})).refused(
        400,
        11_102,
        "keys[0].scopes",
    );
}
