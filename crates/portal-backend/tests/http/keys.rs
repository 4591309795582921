//! `PostKeys`, `ListKeys`, `ListAppKeys`, `GetKey`, `DeleteKey`.

use std::thread;

use serde_json::{Value, json};

use crate::support::{AMARA, APP, Answer, Client, MATEO, Portal};

fn post(client: &Client, draft: &Value) -> Answer {
    client.post("/v2/users/me/keys", &json!({"keys": [draft]}))
}

/// A good draft with some members changed.
fn draft(changes: &Value) -> Value {
    let mut draft =
        json!({"description": "A test", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]});
    for (name, value) in changes.as_object().unwrap() {
        draft[name] = value.clone();
    }
    draft
}

#[test]
fn a_new_key_shows_its_secret_once_and_its_handle_ever_after() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let answer = post(&amara, &draft(&json!({"description": "  Mail gateway "}))).ok();
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let key = &answer.json["keys"][0];
    let (secret, handle) = (key["id"].as_str().unwrap(), key["handle"].as_str().unwrap());
    assert!(secret.starts_with("ask_") && handle.starts_with("key_"));
    assert!(secret.ends_with(key["last_four"].as_str().unwrap()));
    assert_eq!(key["description"], "Mail gateway");
    assert_eq!(key["type"], "app_specific_key");
    assert_eq!(key["apps"], json!([{"id": APP, "user_id": AMARA}]));
    assert!(key["created_at"].as_str().unwrap().ends_with('Z'));
    assert!(key.get("expires_at").is_none());

    let reads = [
        amara.get("/v2/users/me/keys").ok(),
        amara.get(&format!("/v2/users/me/apps/{APP}/keys")).ok(),
        amara.get(&format!("/v2/users/me/keys/{handle}")).ok(),
        amara
            .patch(
                "/v2/users/me/keys",
                &json!({"keys": [{"id": handle, "description": "New"}], "action": "overwrite"}),
            )
            .ok(),
    ];
    for read in reads {
        assert!(read.text.contains(handle) && !read.text.contains(secret), "{}", read.text);
        assert_eq!(read.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn the_database_never_holds_a_secret() {
    let portal = Portal::start();
    let key = portal.key(&["Inputs:Get"]);
    for file in std::fs::read_dir(portal.folder().join("data")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let held = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!held(&key.secret) && !held(&key.secret[4..44]));
    }
}

#[test]
fn a_handle_authorises_nothing_and_a_secret_names_nothing() {
    let portal = Portal::start();
    let key = portal.key(&["Inputs:Get"]);
    portal.holder(&key.handle).get("/v2/myscopes").refused(401, 11_008, "");
    portal.person(AMARA).get(&format!("/v2/users/me/keys/{}", key.secret)).refused(404, 11_009, "");
    portal
        .person(AMARA)
        .delete(&format!("/v2/users/me/keys/{}", key.secret))
        .refused(404, 11_009, "");
}

#[test]
fn a_deleted_key_is_gone_at_once() {
    let portal = Portal::start();
    let (amara, key) = (portal.person(AMARA), portal.key(&["Inputs:Get"]));
    let path = format!("/v2/users/me/keys/{}", key.handle);
    portal.holder(&key.secret).get("/v2/myscopes").ok();
    amara.delete(&path).ok();
    let refused = portal.holder(&key.secret).get("/v2/myscopes");
    refused.refused(401, 11_008, "");
    assert_eq!(refused.header("www-authenticate"), Some("Key"));
    amara.get(&path).refused(404, 11_009, "");
    amara.delete(&path).refused(404, 11_009, "");
}

#[test]
fn nobody_reaches_the_keys_of_another() {
    let portal = Portal::start();
    let (mateo, key) = (portal.person(MATEO), portal.key(&["Inputs:Get"]));
    let path = format!("/v2/users/me/keys/{}", key.handle);
    mateo.get(&path).refused(404, 11_009, "");
    mateo.delete(&path).refused(404, 11_009, "");
    let patch = json!({"keys": [{"id": key.handle, "description": "Mine"}], "action": "overwrite"});
    mateo.patch("/v2/users/me/keys", &patch).refused(404, 11_009, "");
    mateo.get(&format!("/v2/users/{AMARA}/apps/{APP}/keys")).refused(404, 11_101, "");
    portal.person(AMARA).get(&path).ok();
}

#[test]
fn a_draft_with_a_flaw_is_refused_at_the_field() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let past = portal.in_seconds(-1);
    let cases = [
        (json!({"description": ""}), "description"),
        (json!({"description": " \t "}), "description"),
        (json!({"description": "x".repeat(101)}), "description"),
        (json!({"description": "x".repeat(10_000)}), "description"),
        (json!({"description": "two\nlines"}), "description"),
        (json!({"description": "invoice\u{202e}fdp.exe"}), "description"),
        (json!({"type": "master_key"}), "type"),
        (json!({"apps": []}), "apps"),
        (json!({"apps": [{"id": APP}, {"id": "menu-translator"}]}), "apps"),
        (json!({"apps": [{"id": "no-such-app"}]}), "apps"),
        (json!({"apps": [{"id": "tile-defects", "user_id": "lindqvist-labs"}]}), "apps"),
        (json!({"type": "personal_access_token"}), "apps"),
        (json!({"scopes": []}), "scopes"),
        (json!({"scopes": ["inputs:get"]}), "scopes"),
        (json!({"scopes": ["Secrets:Add", "Inputs:Get"]}), "scopes"),
        (json!({"scopes": ["Inputs:Get", "x".repeat(300)]}), "scopes"),
        (json!({"endpoints": ["/clarifai.api.V2/PostKeys"]}), "endpoints"),
        (json!({"endpoints": ["clarifai.api.V2/GetInput"]}), "endpoints"),
        (json!({"endpoints": ["x".repeat(300)]}), "endpoints"),
        (json!({"endpoints": ["/clarifai.api.V2/PostModelOutputs"]}), "scopes"),
        (json!({"expires_at": past}), "expires_at"),
        (json!({"expires_at": "tomorrow"}), "expires_at"),
        (json!({"expires_at": ""}), "expires_at"),
    ];
    for (changes, field) in cases {
        post(&amara, &draft(&changes)).refused(400, 11_102, &format!("keys[0].{field}"));
    }
    let keys = amara.get(&format!("/v2/users/me/apps/{APP}/keys")).ok();
    assert_eq!(keys.json["keys"], json!([]));
}

#[test]
fn a_refused_grant_is_explained_by_its_findings() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let unknown = post(&amara, &draft(&json!({"scopes": ["Inputs:Gett", "Inputs:Get"]})));
    assert!(
        unknown.details().contains("not-in-catalog") && unknown.details().contains("`Inputs:Gett`")
    );
    let dead = post(&amara, &draft(&json!({"scopes": []})));
    assert!(dead.details().contains("dead-key"));
}

#[test]
fn a_grant_with_mere_warnings_makes_a_key() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    post(&amara, &draft(&json!({"scopes": ["Inputs:Add", "Inputs:Get", "Inputs:Patch"]}))).ok();
    post(&amara, &draft(&json!({"scopes": ["All"]}))).ok();
    let exceeding = json!({"apps": [{"id": "wildfire-lookout", "user_id": MATEO}], "scopes": ["Inputs:Get", "Concepts:Add"]});
    post(&amara, &draft(&exceeding)).ok();
}

#[test]
fn names_are_stored_as_the_product_spells_them() {
    let portal = Portal::start();
    let answer =
        post(&portal.person(AMARA), &draft(&json!({"scopes": ["Inputs_Get", "Concepts:Get"]})))
            .ok();
    assert_eq!(answer.names("/keys/0/scopes"), ["Concepts:Get", "Inputs:Get"]);
}

#[test]
fn a_call_makes_all_its_keys_or_none() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let count = || amara.get("/v2/users/me/keys").ok().json["keys"].as_array().unwrap().len();
    let before = count();
    let mixed = json!({"keys": [draft(&json!({})), draft(&json!({"description": ""}))]});
    amara.post("/v2/users/me/keys", &mixed).refused(400, 11_102, "keys[1].description");
    assert_eq!(count(), before);
    let good = json!({"keys": [draft(&json!({})), draft(&json!({"description": "Other"}))]});
    assert_eq!(
        amara.post("/v2/users/me/keys", &good).ok().json["keys"].as_array().unwrap().len(),
        2
    );
    assert_eq!(count(), before + 2);
    amara.post("/v2/users/me/keys", &json!({"keys": []})).refused(400, 11_102, "keys");
    let many = vec![draft(&json!({})); 129];
    amara.post("/v2/users/me/keys", &json!({"keys": many})).refused(400, 11_102, "keys");
}

#[test]
fn a_repeated_request_makes_no_second_key() {
    let portal = Portal::start();
    let amara = portal.person(AMARA).with("Idempotency-Key", "press-1");
    let first = post(&amara, &draft(&json!({}))).ok();
    let second = post(&amara, &draft(&json!({}))).ok();
    let (first, again) = (&first.json["keys"][0], &second.json["keys"][0]);
    assert_eq!(again["handle"], first["handle"]);
    assert_eq!(again["id"], first["handle"], "the secret is not shown a second time");
    assert!(second.details().contains("before"));

    post(&amara, &draft(&json!({"description": "Other"}))).refused(409, 10_020, "");
    portal
        .person(AMARA)
        .delete(&format!("/v2/users/me/keys/{}", first["handle"].as_str().unwrap()))
        .ok();
    post(&amara, &draft(&json!({}))).refused(409, 10_020, "");
    post(&amara.with("Idempotency-Key", "press-2"), &draft(&json!({}))).ok();
}

#[test]
fn a_repeated_request_is_known_though_it_would_be_refused_by_now() {
    let portal = Portal::start();
    let amara = portal.person(AMARA).with("Idempotency-Key", "1");
    let draft = draft(&json!({"expires_at": portal.in_seconds(60)}));
    let first = post(&amara, &draft).ok();
    portal.put_forward(61);
    assert_eq!(
        post(&amara, &draft).ok().json["keys"][0]["handle"],
        first.json["keys"][0]["handle"]
    );
}

#[test]
fn a_repeated_request_is_known_for_a_day() {
    const HOUR: i64 = 3_600;
    let portal = Portal::start();
    let make = || {
        let amara = portal.person(AMARA).with("Idempotency-Key", "1");
        post(&amara, &draft(&json!({}))).ok().json["keys"][0]["handle"].clone()
    };
    let first = make();
    portal.put_forward(23 * HOUR);
    assert_eq!(make(), first);
    portal.put_forward(2 * HOUR);
    let second = make();
    assert_ne!(second, first);
    assert_eq!(make(), second);
}

#[test]
fn an_idempotency_key_belongs_to_its_user() {
    let portal = Portal::start();
    let body = draft(&json!({}));
    post(&portal.person(AMARA).with("Idempotency-Key", "1"), &body).ok();
    let mateos = draft(&json!({"apps": [{"id": "wildfire-lookout"}]}));
    let answer = post(&portal.person(MATEO).with("Idempotency-Key", "1"), &mateos).ok();
    assert!(answer.json["keys"][0]["id"].as_str().unwrap().starts_with("ask_"));
}

#[test]
fn an_unreadable_idempotency_key_is_refused() {
    let portal = Portal::start();
    for key in [String::new(), "x".repeat(256)] {
        let amara = portal.person(AMARA).with("Idempotency-Key", &key);
        post(&amara, &draft(&json!({}))).refused(400, 11_102, "Idempotency-Key");
    }
}

#[test]
fn the_same_request_sent_many_times_at_once_makes_one_key() {
    let portal = Portal::start();
    let amara = portal.person(AMARA).with("Idempotency-Key", "at once");
    let answers: Vec<_> = thread::scope(|scope| {
        let calls: Vec<_> =
            (0..8).map(|_| scope.spawn(|| post(&amara, &draft(&json!({}))).ok())).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    let handle = &answers[0].json["keys"][0]["handle"];
    assert!(answers.iter().all(|answer| answer.json["keys"][0]["handle"] == *handle));
    let secrets = answers.iter().filter(|answer| answer.json["keys"][0]["id"] != *handle);
    assert_eq!(secrets.count(), 1, "one of them has the secret");
    let keys = amara.get(&format!("/v2/users/me/apps/{APP}/keys")).ok();
    assert_eq!(keys.json["keys"].as_array().unwrap().len(), 1);
}

#[test]
fn different_requests_at_once_make_a_key_each() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| post(&amara, &draft(&json!({}))).ok());
        }
    });
    let keys = amara.get(&format!("/v2/users/me/apps/{APP}/keys")).ok();
    assert_eq!(keys.json["keys"].as_array().unwrap().len(), 8);
}

#[test]
fn an_app_takes_500_keys() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    for count in [128, 128, 128, 116] {
        amara.post("/v2/users/me/keys", &json!({"keys": vec![draft(&json!({})); count]})).ok();
    }
    post(&amara, &draft(&json!({}))).refused(400, 11_102, "keys[0].apps");
    post(&amara, &draft(&json!({"apps": [{"id": "menu-translator"}]}))).ok();
    let page = amara.get(&format!("/v2/users/me/apps/{APP}/keys?per_page=1000")).ok();
    assert_eq!(page.json["keys"].as_array().unwrap().len(), 500);
    let page = amara.get(&format!("/v2/users/me/apps/{APP}/keys")).ok();
    assert_eq!(page.json["keys"].as_array().unwrap().len(), 128);
}

#[test]
fn an_expired_key_opens_nothing() {
    let portal = Portal::start();
    let end = portal.in_seconds(60);
    let key = portal.person(AMARA).create(&draft(&json!({"expires_at": end})));
    portal.holder(&key.secret).get("/v2/myscopes").ok();
    portal.put_forward(61);
    portal.holder(&key.secret).get("/v2/myscopes").refused(401, 11_008, "");
    let listed = portal.person(AMARA).get(&format!("/v2/users/me/keys/{}", key.handle)).ok();
    assert_eq!(
        listed.json["key"]["expires_at"].as_str().unwrap().get(..19),
        end.get(..19),
        "it is still listed"
    );
}

#[test]
fn keys_are_found_by_what_they_hold() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let found = |query: &str| -> Vec<String> {
        let answer = amara.get(&format!("/v2/users/me/keys?{query}")).ok();
        let keys = answer.json["keys"].as_array().unwrap();
        let mut names: Vec<_> =
            keys.iter().map(|key| key["description"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(found("").len(), 7);
    assert_eq!(found("not_expired=true").len(), 6);
    assert_eq!(found("scopes=&endpoints=&type=&page=").len(), 7, "empty is as good as absent");
    assert_eq!(found("type=personal_access_token"), ["Laptop"]);
    assert_eq!(
        found("scopes=Inputs:Add&scopes=Concepts:Add"),
        ["First steps", "Nightly catalogue import"]
    );
    assert_eq!(
        found("scopes=Search&endpoints=/clarifai.api.V2/PostSearches"),
        ["First steps", "Shop front end"]
    );
    assert_eq!(found("per_page=3&page=3").len(), 1);
    amara.get("/v2/users/me/keys?not_expired=yes").refused(400, 11_100, "not_expired");
    amara.get("/v2/users/me/keys?type=master").refused(400, 11_102, "type");
    for member in ["scopes", "endpoints"] {
        let query = format!("/v2/users/me/keys?{member}={}", "x".repeat(300));
        amara.get(&query).refused(400, 11_102, member);
    }
}

#[test]
fn a_collaborator_sees_only_keys_of_their_own() {
    let portal = Portal::start();
    let path = format!("/v2/users/{MATEO}/apps/wildfire-lookout/keys");
    let amaras = portal.person(AMARA).get(&path).ok();
    assert_eq!(amaras.json["keys"][0]["description"], "Ridge camera upload");
    assert_eq!(portal.person(MATEO).get(&path).ok().json["keys"], json!([]));
}
