//! Sessions, their cookie, and where writes come from.

use portal_backend::Config;
use serde_json::json;

use crate::support::{AMARA, APP, MATEO, Portal};

fn draft() -> serde_json::Value {
    json!({"keys": [{"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]}]})
}

#[test]
fn without_a_credential_there_is_no_answer() {
    let portal = Portal::start();
    let anybody = portal.anybody();
    for path in [
        "/v2/users/me",
        "/v2/users/me/apps",
        "/v2/users/me/scopes",
        "/v2/users/me/keys",
        "/v2/myscopes",
    ] {
        anybody.get(path).refused(401, 11_008, "");
    }
    anybody.post("/v2/users/me/keys", &draft()).refused(401, 11_008, "");
    anybody.post("/access/v1/evaluation", &json!({})).refused(401, 11_008, "");
}

#[test]
fn a_header_that_is_no_key_is_refused() {
    let portal = Portal::start();
    let secret = portal.key(&["Inputs:Get"]).secret;
    let long = format!("Key {}", "a".repeat(10_000));
    let bearer = format!("Bearer {secret}");
    for value in ["Key", "Key ", "Key x", "nonsense", &bearer, &long] {
        portal.anybody().with("Authorization", value).get("/v2/myscopes").refused(401, 11_008, "");
    }
    portal.anybody().with("Authorization", &format!("key {secret}")).get("/v2/myscopes").ok();
}

#[test]
fn a_key_in_the_header_counts_more_than_the_cookie() {
    let portal = Portal::start();
    portal
        .person(AMARA)
        .with("Authorization", "Key x")
        .get("/v2/users/me")
        .refused(401, 11_008, "");
}

#[test]
fn the_demo_session_is_a_strict_cookie_that_scripts_cannot_read() {
    let portal = Portal::start();
    let anybody = portal.anybody();
    let origin = anybody.base.clone();
    let answer = anybody.with("Origin", &origin).post("/demo/session", &json!({})).ok();
    assert_eq!(answer.json["user"]["id"], AMARA);
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["session=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let value = cookie.split(';').next().unwrap();
    assert_eq!(anybody.with("Cookie", value).get("/v2/users/me").ok().json["user"]["id"], AMARA);
}

#[test]
fn the_demo_session_may_be_another_demo_users() {
    let portal = Portal::start();
    let anybody = portal.anybody();
    let client = anybody.with("Origin", &anybody.base);
    let answer = client.post("/demo/session", &json!({"user_id": MATEO})).ok();
    assert_eq!(answer.json["user"]["id"], MATEO);
    client.post("/demo/session", &json!({"user_id": "nobody"})).refused(404, 11_101, "");
    assert_eq!(client.send("POST", "/demo/session", Vec::new()).ok().json["user"]["id"], AMARA);
}

#[test]
fn there_is_no_demo_session_without_a_demo() {
    let portal = Portal::with(|config: &mut Config| config.demo = None);
    let anybody = portal.anybody();
    anybody
        .with("Origin", &anybody.base)
        .post("/demo/session", &json!({}))
        .refused(404, 11_101, "");
}

#[test]
fn the_demo_session_is_for_this_machine_only() {
    let portal = Portal::start();
    let anybody = portal.anybody();
    let foreign =
        anybody.with("Host", "portal.example.org").with("Origin", "http://portal.example.org");
    foreign.post("/demo/session", &json!({})).refused(404, 11_101, "");
    let forwarded = anybody
        .with("X-Forwarded-Host", "portal.example.org")
        .with("Origin", "http://portal.example.org");
    forwarded.post("/demo/session", &json!({})).refused(404, 11_101, "");

    let answer = anybody.with("Origin", &anybody.base).post("/demo/session", &json!({})).ok();
    let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    anybody
        .with("Cookie", &cookie)
        .with("Host", "portal.example.org")
        .get("/v2/users/me")
        .refused(401, 11_008, "");
    anybody.with("Cookie", &cookie).get("/v2/users/me").ok();
}

#[test]
fn a_demo_session_ends_with_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("portal.sqlite");
    let cookie = {
        let portal = Portal::with(|config| config.data.clone_from(&data));
        let anybody = portal.anybody();
        let answer = anybody.with("Origin", &anybody.base).post("/demo/session", &json!({})).ok();
        answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    };
    let portal = Portal::with(|config| {
        config.data.clone_from(&data);
        config.demo = None;
    });
    portal.anybody().with("Cookie", &cookie).get("/v2/users/me").refused(401, 11_008, "");
}

#[test]
fn a_write_comes_from_the_page_itself() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    amara.without("Origin").post("/v2/users/me/keys", &draft()).refused(403, 10_020, "");
    for origin in ["null", "https://evil.example", "http://127.0.0.1", "http://localhost:1"] {
        let client = amara.with("Origin", origin);
        client.post("/v2/users/me/keys", &draft()).refused(403, 10_020, "");
        client.delete("/v2/users/me/keys/key_1").refused(403, 10_020, "");
        client.patch("/v2/users/me/keys", &json!({})).refused(403, 10_020, "");
        client.post("/access/v1/evaluation", &json!({})).refused(403, 10_020, "");
    }
    amara
        .with("Sec-Fetch-Site", "cross-site")
        .post("/v2/users/me/keys", &draft())
        .refused(403, 10_020, "");
    amara.with("Sec-Fetch-Site", "same-origin").post("/v2/users/me/keys", &draft()).ok();
}

#[test]
fn a_write_through_the_development_proxy_comes_from_the_page() {
    let portal = Portal::start();
    let proxied = portal
        .person(AMARA)
        .with("Host", "127.0.0.1")
        .with("X-Forwarded-Host", "localhost:8081")
        .with("Origin", "http://localhost:8081");
    proxied.post("/v2/users/me/keys", &draft()).ok();
}

#[test]
fn a_key_writes_from_anywhere() {
    let portal = Portal::start();
    let token = portal.token(&["All"]);
    let holder = portal.holder(&token.secret).with("Origin", "https://elsewhere.example");
    holder.post("/v2/users/me/keys", &draft()).ok();
}

#[test]
fn a_session_ends() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    amara.get("/v2/users/me").ok();
    portal.put_forward(3_601);
    amara.get("/v2/users/me").refused(401, 11_008, "");
}

#[test]
fn a_session_outlives_a_restart() {
    let mut portal = Portal::start();
    let amara = portal.person(AMARA);
    portal.restart();
    let again = portal.anybody().with("Cookie", amara.header("Cookie").unwrap());
    again.get("/v2/users/me").ok();
}
