//! Input that nobody means well with.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use portal_backend::seed::SeedApp;
use serde_json::{Value, json};

use crate::support::{AMARA, APP, Portal};

/// Sends bytes as they are, and answers what comes back.
fn raw(portal: &Portal, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(portal.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn what_is_no_json_is_told_from_json_of_the_wrong_type() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let post = |body: &str| amara.send("POST", "/v2/users/me/keys", body.as_bytes().to_vec());
    for body in
        ["", "{", "{\"keys\": [{\"descr", "<html>", "\u{feff}{}", "{} {}", "{\"keys\": []}]", "nul"]
    {
        post(body).refused(400, 11_100, "");
    }
    for (body, field) in [
        ("[]", ""),
        ("\"keys\"", ""),
        ("{\"keys\": {}}", "keys"),
        ("{\"keys\": [{\"description\": 5}]}", "keys[0].description"),
        ("{\"keys\": [{\"description\": null}]}", "keys[0].description"),
        ("{\"keys\": [{\"scopes\": \"All\"}]}", "keys[0].scopes"),
        ("{\"keys\": [{\"scopes\": [1]}]}", "keys[0].scopes[0]"),
        ("{\"keys\": [{\"apps\": [\"crop-health\"]}]}", "keys[0].apps[0]"),
        ("{\"keys\": [{\"expires_at\": 1}]}", "keys[0].expires_at"),
    ] {
        let answer = post(body);
        assert_eq!(answer.codes(), (400, 11_100), "{body}: {}", answer.text);
        if !field.is_empty() {
            answer.refused(400, 11_100, field);
            assert!(answer.details().contains(field));
        }
    }
}

#[test]
fn unknown_members_are_ignored() {
    let portal = Portal::start();
    let body = json!({"user_app_id": {"user_id": "x"}, "keys": [{"description": "x", "scopes": ["Inputs:Get"],
        "apps": [{"id": APP, "x": 1}], "authorized_idp_ids": [], "future": {"a": [1]}}]});
    portal.person(AMARA).post("/v2/users/me/keys", &body).ok();
}

#[test]
fn a_body_that_is_too_large_is_refused_as_such() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    for size in [256 * 1024 + 1, 3 * 1024 * 1024] {
        let answer = amara.send("POST", "/v2/users/me/keys", vec![b' '; size]);
        answer.refused(413, 11_102, "");
    }
    let mut body = json!({"keys": []}).to_string().into_bytes();
    body.resize(256 * 1024, b' ');
    amara.send("POST", "/v2/users/me/keys", body).refused(400, 11_102, "keys");
}

#[test]
fn deep_json_is_refused() {
    let portal = Portal::start();
    let body = format!("{{\"keys\": {}", "[".repeat(100_000));
    let answer = portal.person(AMARA).send("POST", "/v2/users/me/keys", body.into_bytes());
    assert_eq!(answer.codes(), (400, 11_100));
    assert!(answer.details().len() < 1_000);
}

#[test]
fn long_names_are_refused_and_not_echoed_in_full() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    let long = "x".repeat(10_000);
    let post = |draft: Value| amara.post("/v2/users/me/keys", &json!({"keys": [draft]}));
    let many: Vec<_> = (0..10_000).map(|each| format!("S:{each}")).collect();
    for draft in [
        json!({"description": long, "scopes": ["Inputs:Get"], "apps": [{"id": APP}]}),
        json!({"description": "x", "scopes": [long], "apps": [{"id": APP}]}),
        json!({"description": "x", "scopes": ["Inputs:Get"], "endpoints": [long], "apps": [{"id": APP}]}),
        json!({"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": long}]}),
        json!({"description": "x", "scopes": many, "apps": [{"id": APP}]}),
        json!({"description": "x", "type": long, "scopes": ["Inputs:Get"], "apps": [{"id": APP}]}),
        json!({"description": "x", "expires_at": long, "scopes": ["Inputs:Get"], "apps": [{"id": APP}]}),
    ] {
        let answer = post(draft);
        assert_eq!(answer.codes(), (400, 11_102), "{}", answer.text);
        assert!(answer.text.len() < 3_000, "{}", answer.text.len());
    }
    let answer = post(json!({"description": {"x": long}}));
    assert_eq!(answer.codes(), (400, 11_100));
    amara.get(&format!("/v2/users/me/keys/{long}")).refused(404, 11_009, "");
    amara.get(&format!("/v2/users/{long}")).refused(404, 11_101, "");
}

#[test]
fn markup_quotes_and_unicode_come_back_as_they_went() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    for text in [
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE keys; --",
        "\"\\ %00 ${x}",
        "مفتاح 钥匙 🗝️",
        "a\u{0301}",
    ] {
        let draft = json!({"description": text, "scopes": ["Inputs:Get"], "apps": [{"id": APP}]});
        let key = amara.create(&draft);
        let answer = amara.get(&format!("/v2/users/me/keys/{}", key.handle)).ok();
        assert_eq!(answer.json["key"]["description"], text);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[test]
fn apps_with_hostile_names_are_served_as_they_are() {
    let names = ["x".repeat(10_000), "<script>alert(1)</script>".into(), "\u{202e}reversed".into()];
    let portal = Portal::with(|config| {
        let apps = names.iter().enumerate().map(|(place, name)| SeedApp {
            id: format!("0{place}"),
            owner: AMARA.into(),
            name: name.clone(),
            ..SeedApp::default()
        });
        config.demo.as_mut().unwrap().apps.extend(apps);
    });
    let answer = portal.person(AMARA).get("/v2/users/me/apps?per_page=3").ok();
    for (place, name) in names.iter().enumerate() {
        assert_eq!(answer.json["apps"][place]["name"], *name);
    }
}

#[test]
fn paths_that_lead_nowhere_are_answered_in_json() {
    let portal = Portal::start();
    let amara = portal.person(AMARA);
    for path in
        ["/v2", "/v2/", "/v2/nothing", "/v2/users", "/v2/users/me/keys/a/b", "/v2/users/%ff/apps"]
    {
        amara.get(path).refused(404, 11_101, "");
    }
    amara.send("PUT", "/v2/users/me/keys", Vec::new()).refused(405, 11_101, "");
    amara.get("/access/v1/evaluation").refused(405, 11_101, "");
    amara.get("/v2/users/me/apps?%ff=%").ok();
}

#[test]
fn a_request_id_is_taken_over_if_it_is_harmless() {
    let portal = Portal::start();
    let answer = portal.anybody().with("X-Request-ID", "trace-1.a_B").get("/v2/myscopes");
    assert_eq!(answer.json["status"]["req_id"], "trace-1.a_B");
    assert_eq!(answer.header("x-request-id"), Some("trace-1.a_B"));
    for id in ["with space", "<b>", &"x".repeat(65)] {
        let answer = portal.anybody().with("X-Request-ID", id).get("/v2/myscopes");
        let own = answer.json["status"]["req_id"].as_str().unwrap();
        assert!(own != id && own.len() == 16);
    }
}

#[test]
fn a_call_that_takes_too_long_is_ended() {
    let portal = Portal::with(|config| config.timeout = Duration::from_millis(200));
    let token = portal.token(&["All"]);
    let head = format!(
        "POST /v2/users/me/keys HTTP/1.1\r\nHost: x\r\nAuthorization: Key {}\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{{\"ke",
        token.secret
    );
    let answer = raw(&portal, head.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"code\":10020"));
}

#[test]
fn too_many_calls_at_a_time_are_told_to_come_again() {
    let portal = Portal::with(|config| config.max_in_flight = 0);
    let answer = portal.anybody().get("/v2/myscopes");
    answer.refused(429, 11_005, "");
    assert_eq!(answer.header("retry-after"), Some("1"));
}

#[test]
fn half_a_request_harms_nobody() {
    let portal = Portal::start();
    let mut stream = TcpStream::connect(portal.address()).unwrap();
    stream
        .write_all(b"POST /v2/users/me/keys HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{")
        .unwrap();
    drop(stream);
    raw(&portal, b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n");
    portal.person(AMARA).get("/v2/users/me").ok();
}
