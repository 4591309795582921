//! The collaborator calls, and what an invite bounds.

use serde_json::{Value, json};

use crate::support::{AMARA, APP, Answer, LINDQVIST, MATEO, Portal};

const WILDFIRE: &str = "/v2/users/mateo-rivas/apps/wildfire-lookout";
const SURVEY: &str = "/v2/users/lindqvist-labs/apps/street-sign-survey";

fn invite(portal: &Portal, user: &str, scopes: &[&str], endpoints: &[&str]) -> Answer {
    let body = json!({"collaborators": [{"user": {"id": user}, "scopes": scopes, "endpoints": endpoints}]});
    portal.person(AMARA).post(&format!("/v2/users/me/apps/{APP}/collaborators"), &body)
}

fn first_id(answer: &Answer) -> Value {
    answer.json["collaborators"][0]["id"].clone()
}

#[test]
fn an_owner_invites_lists_changes_and_ends() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let path = format!("/v2/users/me/apps/{APP}/collaborators");
    let made = invite(&portal, MATEO, &["Inputs:Get"], &["/clarifai.api.V2/GetInput"]).ok();
    let id = first_id(&made);
    assert_eq!(made.json["collaborators"][0]["user"]["name"], "Mateo Rivas");
    assert_eq!(made.json["collaborators"][0]["app"]["name"], "Crop health");

    let shared = portal.person(MATEO).get("/v2/users/me/collaborations").ok();
    assert_eq!(shared.json["collaborations"][0]["app"]["id"], APP);

    let change = json!({"collaborators": [{"id": id, "scopes": ["Inputs:Get", "Predict"]}], "action": "overwrite"});
    let changed = amara.patch(&path, &change).ok();
    assert_eq!(changed.names("/collaborators/0/scopes"), ["Inputs:Get", "Predict"]);
    assert_eq!(
        changed.names("/collaborators/0/endpoints"),
        ["/clarifai.api.V2/GetInput"],
        "not given, not changed"
    );
    assert_eq!(first_id(&amara.get(&path).ok()), id);

    let end = json!({"ids": [id]}).to_string().into_bytes();
    amara.send("DELETE", &path, end.clone()).ok();
    assert_eq!(amara.get(&path).ok().json["collaborators"], json!([]));
    amara.send("DELETE", &path, end).refused(404, 11_101, "");
    amara.patch(&path, &change).refused(404, 11_101, "");
}

#[test]
fn an_invite_with_a_flaw_is_refused() {
    let portal = Portal::start();
    invite(&portal, "nobody", &["Inputs:Get"], &[]).refused(400, 11_102, "collaborators[0].user");
    invite(&portal, AMARA, &["Inputs:Get"], &[]).refused(400, 11_102, "collaborators[0].user");
    invite(&portal, MATEO, &[], &[]).refused(400, 11_102, "collaborators[0].scopes");
    invite(&portal, MATEO, &["Inputs:Gett"], &[]).refused(400, 11_102, "collaborators[0].scopes");
    for endpoint in ["/clarifai.api.V2/GetNothing".to_owned(), "x".repeat(300)] {
        let answer = invite(&portal, MATEO, &["Inputs:Get"], &[&endpoint]);
        answer.refused(400, 11_102, "collaborators[0].endpoints");
    }
    let amara = portal.person(AMARA);
    let path = format!("/v2/users/me/apps/{APP}/collaborators");
    amara.post(&path, &json!({"collaborators": []})).refused(400, 11_102, "collaborators");
    amara.patch(&path, &json!({"collaborators": [{"id": "col_1"}]})).refused(400, 11_102, "action");
    amara.send("DELETE", &path, b"{}".to_vec()).refused(400, 11_102, "ids");
}

#[test]
fn nobody_is_invited_twice() {
    let portal = Portal::start();
    invite(&portal, MATEO, &["Inputs:Get"], &[]).ok();
    invite(&portal, MATEO, &["Predict", "Models:Get"], &[]).refused(409, 10_020, "");
}

#[test]
fn an_invite_narrowed_later_narrows_the_keys_made_before() {
    let portal = Portal::start();
    let app = json!({"id": "wildfire-lookout", "user_id": MATEO});
    let key = portal.key_for(&app, &["Inputs:Get", "Inputs:Add", "Concepts:Get"], &[]);
    let holder = portal.holder(&key.secret);
    let answer = holder.get("/v2/myscopes").ok();
    assert_eq!(answer.names("/scopes"), ["Concepts:Get", "Inputs:Add", "Inputs:Get"]);
    assert_eq!(answer.names("/endpoints").len(), 7, "the invite's, as the key itself says any");

    let mateo = portal.person(MATEO);
    let path = format!("{WILDFIRE}/collaborators");
    let id = first_id(&mateo.get(&path).ok());
    let narrow = |scopes: &[&str], endpoints: &[&str]| {
        let change = json!({"id": id, "scopes": scopes, "endpoints": endpoints});
        mateo.patch(&path, &json!({"collaborators": [change], "action": "overwrite"})).ok();
    };
    narrow(&["Inputs:Get"], &["/clarifai.api.V2/MyScopes", "/clarifai.api.V2/GetInput"]);
    let answer = holder.get("/v2/myscopes").ok();
    assert_eq!(answer.names("/scopes"), ["Inputs:Get"]);
    assert_eq!(
        answer.names("/endpoints"),
        ["/clarifai.api.V2/GetInput", "/clarifai.api.V2/MyScopes"]
    );

    narrow(&["Inputs:Get"], &["/clarifai.api.V2/GetInput"]);
    let answer = holder.get("/v2/myscopes");
    answer.refused(403, 11_007, "");
    assert_eq!(answer.names("/status/missing_endpoints"), ["/clarifai.api.V2/MyScopes"]);
    narrow(&["All"], &[]);
    assert_eq!(holder.get("/v2/myscopes").ok().names("/scopes").len(), 3);
}

#[test]
fn an_effective_grant_without_endpoint_calls_nothing_and_is_never_sent_as_any() {
    let portal = Portal::start();
    let app = json!({"id": "wildfire-lookout", "user_id": MATEO});
    let key = portal.key_for(&app, &["Inputs:Get"], &["/clarifai.api.V2/GetInput"]);
    let mateo = portal.person(MATEO);
    let path = format!("{WILDFIRE}/collaborators");
    let change = json!({"id": first_id(&mateo.get(&path).ok()), "endpoints": ["/clarifai.api.V2/ListInputs"]});
    mateo.patch(&path, &json!({"collaborators": [change], "action": "overwrite"})).ok();
    let answer = portal.holder(&key.secret).get("/v2/myscopes");
    answer.refused(403, 11_007, "");
    assert_eq!(answer.names("/status/missing_endpoints"), ["/clarifai.api.V2/MyScopes"]);
}

#[test]
fn an_ended_invite_ends_the_keys_for_good() {
    let portal = Portal::start();
    let app = json!({"id": "wildfire-lookout", "user_id": MATEO});
    let key = portal.key_for(&app, &["Inputs:Get"], &[]);
    let own = portal.key(&["Inputs:Get"]);
    let mateo = portal.person(MATEO);
    let path = format!("{WILDFIRE}/collaborators");
    let body = json!({"ids": [first_id(&mateo.get(&path).ok())]}).to_string().into_bytes();
    mateo.send("DELETE", &path, body).ok();
    portal.holder(&key.secret).get("/v2/myscopes").refused(401, 11_008, "");
    portal.person(AMARA).get(&format!("{WILDFIRE}/keys")).refused(404, 11_101, "");
    let again = json!({"collaborators": [{"user": {"id": AMARA}, "scopes": ["Inputs:Get"]}]});
    mateo.post(&path, &again).ok();
    portal.holder(&key.secret).get("/v2/myscopes").refused(401, 11_008, "");
    portal.holder(&own.secret).get("/v2/myscopes").ok();
}

#[test]
fn a_collaborator_does_on_the_app_what_the_invite_allows() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    amara.get(&format!("{WILDFIRE}/collaborators")).refused(403, 11_007, "");
    let answer = amara.get(&format!("{SURVEY}/collaborators"));
    answer.refused(403, 11_007, "");
    assert_eq!(answer.names("/status/missing_scopes"), ["Collaborators:Get"]);
    amara.get("/v2/users/lindqvist-labs/apps/tile-defects/collaborators").refused(404, 11_101, "");
}

#[test]
fn nobody_gives_away_more_than_they_hold() {
    let portal = Portal::start();
    let scopes = [
        "Apps:Get",
        "Collaborators:Add",
        "Collaborators:Get",
        "Collaborators:Delete",
        "Inputs:Get",
    ];
    let endpoints = ["PostCollaborators", "PatchCollaborators", "GetInput"]
        .map(|rpc| format!("/clarifai.api.V2/{rpc}"));
    let endpoints: Vec<_> = endpoints.iter().map(String::as_str).collect();
    let own_id = first_id(&invite(&portal, MATEO, &scopes, &endpoints).ok());
    let mateo = portal.person(MATEO);
    let path = format!("/v2/users/{AMARA}/apps/{APP}/collaborators");
    let give = |scopes: &[&str], endpoints: &[&str]| {
        let invite = json!({"user": {"id": LINDQVIST}, "scopes": scopes, "endpoints": endpoints});
        mateo.post(&path, &json!({"collaborators": [invite]}))
    };
    give(&["All"], &[]).refused(400, 11_102, "collaborators[0].scopes");
    give(&["Inputs:Get", "Predict"], &[]).refused(400, 11_102, "collaborators[0].scopes");
    give(&["Inputs:Get"], &[]).refused(400, 11_102, "collaborators[0].endpoints");
    give(&["Inputs:Get"], &["/clarifai.api.V2/GetInput"]).ok();
    let widen =
        json!({"collaborators": [{"id": own_id, "scopes": ["All"]}], "action": "overwrite"});
    mateo.patch(&path, &widen).refused(400, 11_102, "collaborators[0].scopes");

    let key = portal.key(&["Collaborators:Add", "Collaborators:Get", "Inputs:Get"]);
    let body = json!({"collaborators": [{"user": {"id": LINDQVIST}, "scopes": ["Predict", "Models:Get"]}]});
    let refused = portal.holder(&key.secret).post(&path, &body);
    refused.refused(400, 11_102, "collaborators[0].scopes");
}

#[test]
fn a_key_for_one_app_opens_no_other() {
    let portal = Portal::start();
    let key = portal.key(&["All"]);
    let holder = portal.holder(&key.secret);
    holder.get(&format!("/v2/users/me/apps/{APP}/collaborators")).ok();
    holder.get("/v2/users/me/apps/menu-translator/collaborators").refused(404, 11_101, "");
    holder.get("/v2/users/me/apps/menu-translator/myscopes").refused(404, 11_101, "");
}
