//! The decision service.

use serde_json::{Value, json};

use crate::support::{AMARA, APP, LINDQVIST, MATEO, NewKey, Portal};

const ONE: &str = "/access/v1/evaluation";
const MANY: &str = "/access/v1/evaluations";

fn question(key: &NewKey, endpoint: &str, app: &str, owner: &str) -> Value {
    json!({
        "subject": {"type": "key", "id": key.handle},
        "action": {"name": format!("/clarifai.api.V2/{endpoint}")},
        "resource": {"type": "app", "id": app, "properties": {"user_id": owner}},
    })
}

#[test]
fn the_service_says_where_it_is() {
    let portal = Portal::start();
    let client = portal.anybody();
    let answer = client.get("/.well-known/authzen-configuration");
    assert_eq!(answer.http, 200);
    assert_eq!(answer.json["policy_decision_point"], client.base);
    assert_eq!(answer.json["access_evaluation_endpoint"], format!("{}{ONE}", client.base));
    assert_eq!(answer.json["access_evaluations_endpoint"], format!("{}{MANY}", client.base));
}

#[test]
fn allowed_redacted_and_rejected_are_told_apart() {
    let portal = Portal::start();
    let key = portal.key(&["Inputs:Get", "Concepts:Get"]);
    let amara = portal.person(AMARA);
    let ask = |endpoint: &str| amara.post(ONE, &question(&key, endpoint, APP, AMARA)).json;
    assert_eq!(ask("MyScopes"), json!({"decision": true, "context": {"outcome": "allowed"}}));
    let redacted = ask("GetInput");
    assert_eq!(
        (&redacted["decision"], &redacted["context"]["outcome"]),
        (&json!(true), &json!("redacted"))
    );
    assert_eq!(redacted["context"]["reason"], "missing-operations");
    assert!(!redacted["context"]["missing"].as_array().unwrap().is_empty());
    let rejected = ask("PostConcepts");
    assert_eq!(
        (&rejected["decision"], &rejected["context"]["outcome"]),
        (&json!(false), &json!("rejected"))
    );
    assert_eq!(rejected["context"]["missing"][0], "Concepts:Add");
    assert_eq!(rejected["context"]["sides"][0], "key");
    assert_eq!(ask("ListKeys")["context"]["reason"], "needs-personal-access-token");
    assert_eq!(ask("NoSuchCall")["context"]["reason"], "unknown-endpoint");
}

#[test]
fn what_works_only_in_part_is_allowed_with_a_caveat() {
    let portal = Portal::start();
    let everything_but_predict = [
        "Inputs:Get",
        "Search",
        "Annotations:Get",
        "Concepts:Get",
        "Apps:Get",
        "Models:Get",
        "Workflows:Get",
    ];
    let key = portal.key(&everything_but_predict);
    let answer =
        portal.person(AMARA).post(ONE, &question(&key, "PostInputsSearches", APP, AMARA)).json;
    assert_eq!(answer["decision"], true, "{answer}");
    assert_eq!(answer["context"]["caveats"], json!(["Predict"]));
}

#[test]
fn the_current_invite_decides() {
    let portal = Portal::start();
    let app = json!({"id": "wildfire-lookout", "user_id": MATEO});
    let key = portal.key_for(&app, &["Inputs:Get", "Concepts:Get"], &[]);
    let ask = || {
        portal.person(AMARA).post(ONE, &question(&key, "GetInput", "wildfire-lookout", MATEO)).json
    };
    assert_eq!(ask()["decision"], true);
    let mateo = portal.person(MATEO);
    let path = "/v2/users/me/apps/wildfire-lookout/collaborators";
    let id = mateo.get(path).ok().json["collaborators"][0]["id"].clone();
    let change =
        json!({"collaborators": [{"id": id, "scopes": ["Models:Get"]}], "action": "overwrite"});
    mateo.patch(path, &change).ok();
    let answer = ask();
    assert_eq!(answer["decision"], false);
    assert_eq!(answer["context"]["sides"][0], "invite");
}

#[test]
fn only_whoever_has_access_to_a_key_may_ask_about_it() {
    let portal = Portal::start();
    let app = json!({"id": "wildfire-lookout", "user_id": MATEO});
    let key = portal.key_for(&app, &["Inputs:Get"], &[]);
    let body = question(&key, "GetInput", "wildfire-lookout", MATEO);
    for user in [AMARA, MATEO] {
        assert_eq!(portal.person(user).post(ONE, &body).json["decision"], true, "{user}");
    }
    let stranger = portal.person(LINDQVIST).post(ONE, &body);
    assert_eq!((stranger.http, &stranger.json["context"]["reason"]), (200, &json!("unknown-key")));

    let may = portal.token(&["Keys:Get"]);
    assert_eq!(portal.holder(&may.secret).post(ONE, &body).json["decision"], true);
    let may_not = portal.token(&["Inputs:Get"]);
    let answer = portal.holder(&may_not.secret).post(ONE, &body);
    answer.refused(403, 11_007, "");
    assert_eq!(answer.names("/status/missing_scopes"), ["Keys:Get"]);
    portal.holder(&key.secret).post(ONE, &body).refused(403, 11_007, "");
}

#[test]
fn what_is_unknown_is_denied_with_the_reason() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let key = portal.key(&["Inputs:Get"]);
    let good = question(&key, "GetInput", APP, AMARA);
    let reason = |pointer: &str, value: &str| {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = json!(value);
        let answer = amara.post(ONE, &body);
        assert_eq!((answer.http, &answer.json["decision"]), (200, &json!(false)));
        answer.json["context"]["reason"].as_str().unwrap().to_owned()
    };
    assert_eq!(reason("/subject/id", "key_unknown"), "unknown-key");
    assert_eq!(reason("/subject/id", &key.secret), "unknown-key");
    assert_eq!(reason("/subject/type", "user"), "unknown-subject");
    assert_eq!(reason("/resource/type", "model"), "unknown-resource");
    assert_eq!(reason("/resource/id", "menu-translator"), "other-app");
    assert_eq!(reason("/action/name", "GetInput"), "unknown-endpoint");
    let token = portal.token(&["Inputs:Get"]);
    let answer = amara.post(ONE, &question(&token, "GetInput", "tile-defects", LINDQVIST));
    assert_eq!(answer.json["context"]["reason"], "unknown-app");
}

#[test]
fn an_expired_key_is_denied() {
    let portal = Portal::start();
    let draft = json!({"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}], "expires_at": portal.in_seconds(60)});
    let key = portal.person(AMARA).create(&draft);
    portal.put_forward(61);
    let answer = portal.person(AMARA).post(ONE, &question(&key, "GetInput", APP, AMARA));
    assert_eq!(answer.json["context"]["reason"], "expired-key");
}

#[test]
fn an_incomplete_question_is_refused() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let key = portal.key(&["Inputs:Get"]);
    for member in ["subject", "action", "resource"] {
        let mut body = question(&key, "GetInput", APP, AMARA);
        body.as_object_mut().unwrap().remove(member);
        amara.post(ONE, &body).refused(400, 11_100, member);
    }
    for (member, part) in [
        ("subject", "type"),
        ("subject", "id"),
        ("action", "name"),
        ("resource", "type"),
        ("resource", "id"),
    ] {
        let good = question(&key, "GetInput", APP, AMARA);
        let mut absent = good.clone();
        absent[member].as_object_mut().unwrap().remove(part);
        amara.post(ONE, &absent).refused(400, 11_100, member);
        amara.post(MANY, &json!({"evaluations": [good, absent]})).refused(
            400,
            11_100,
            &format!("evaluations[1].{member}"),
        );
        for wrong in [json!(7), json!(null), json!({})] {
            let mut body = good.clone();
            body[member][part] = wrong;
            amara.post(ONE, &body).refused(400, 11_100, &format!("{member}.{part}"));
        }
    }
    amara.post(ONE, &json!({"subject": "key"})).refused(400, 11_100, "subject");
    amara.post(ONE, &json!({})).refused(400, 11_100, "subject");
    amara.send("POST", ONE, b"{\"subject\":".to_vec()).refused(400, 11_100, "");
    let mut many = question(&key, "GetInput", APP, AMARA);
    many.as_object_mut().unwrap().remove("action");
    many["evaluations"] = json!([{"action": {"name": "/clarifai.api.V2/GetInput"}}, {}]);
    amara.post(MANY, &many).refused(400, 11_100, "evaluations[1].action");
}

#[test]
fn a_request_id_comes_back_with_the_decision() {
    let portal = Portal::start();
    let key = portal.key(&["Inputs:Get"]);
    let client = portal.person(AMARA).with("X-Request-ID", "gateway-17");
    let answer = client.post(ONE, &question(&key, "GetInput", APP, AMARA));
    assert_eq!(answer.header("x-request-id"), Some("gateway-17"));
}

#[test]
fn many_questions_are_answered_in_order_with_what_they_share() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let key = portal.key(&["Inputs:Get"]);
    let action = |name: &str| json!({"action": {"name": format!("/clarifai.api.V2/{name}")}});
    let mut body = question(&key, "GetInput", APP, AMARA);
    body["evaluations"] =
        json!([action("PostInputs"), action("MyScopes"), {}, action("DeleteInput")]);
    let decisions = |body: &Value| -> Vec<bool> {
        let answer = amara.post(MANY, body);
        let list = answer.json["evaluations"].as_array().unwrap();
        list.iter().map(|each| each["decision"].as_bool().unwrap()).collect()
    };
    assert_eq!(decisions(&body), [false, true, true, false]);
    body["options"] = json!({"evaluations_semantic": "deny_on_first_deny"});
    assert_eq!(decisions(&body), [false]);
    body["options"] = json!({"evaluations_semantic": "permit_on_first_permit"});
    assert_eq!(decisions(&body), [false, true]);
    body["options"] = json!({"evaluations_semantic": "maybe"});
    amara.post(MANY, &body).refused(400, 11_100, "options.evaluations_semantic");
    body["options"] = json!({});
    body["evaluations"] = json!(vec![json!({}); 1_001]);
    amara.post(MANY, &body).refused(400, 11_102, "evaluations");
    body.as_object_mut().unwrap().remove("evaluations");
    assert_eq!(amara.post(MANY, &body).json["decision"], true, "one question, asked of many");
}

#[test]
fn a_token_is_decided_on_any_app_of_its_user() {
    let portal = Portal::start();
    let token = portal.token(&["Inputs:Get", "Keys:Get"]);
    let amara = portal.person(AMARA);
    let ask = |endpoint: &str, app: &str, owner: &str| {
        amara.post(ONE, &question(&token, endpoint, app, owner)).json
    };
    assert_eq!(ask("GetInput", APP, AMARA)["decision"], true);
    assert_eq!(ask("ListKeys", APP, AMARA)["decision"], true);
    assert_eq!(ask("GetInput", "wildfire-lookout", MATEO)["decision"], true);
    assert_eq!(ask("GetInputCount", "wildfire-lookout", MATEO)["context"]["side"], "invite");
}
