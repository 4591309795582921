//! Starting, stopping and starting again.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use portal_backend::{Config, PlanName, Seed, start};
use serde_json::json;

use crate::support::{AMARA, APP, Client, Portal};

#[test]
fn a_restart_keeps_everything_and_loads_the_demo_once() {
    let mut portal = Portal::start();
    let key = portal.key(&["Inputs:Get"]);
    let before = portal.person(AMARA).get("/v2/users/me/keys").ok().json["keys"].clone();
    portal.restart();
    assert_eq!(portal.person(AMARA).get("/v2/users/me/keys").ok().json["keys"], before);
    assert_eq!(
        portal.person(AMARA).get("/v2/users/me/apps").ok().json["apps"].as_array().unwrap().len(),
        12
    );
    portal.holder(&key.secret).get("/v2/myscopes").ok();
}

/// Begins a call, and leaves out its last byte.
fn unfinished(portal: &Portal) -> TcpStream {
    let mut stream = TcpStream::connect(portal.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
        .write_all(b"POST /v2/users/me/keys HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{")
        .unwrap();
    // Long enough for the backend to take it up.
    thread::sleep(Duration::from_millis(200));
    stream
}

#[test]
fn a_call_that_outlasts_the_grace_is_dropped() {
    let mut portal = Portal::with(|config| config.grace = Duration::from_millis(200));
    let mut stream = unfinished(&portal);
    portal.restart();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.is_empty());
}

#[test]
fn a_call_that_ends_within_the_grace_is_answered() {
    let mut portal = Portal::start();
    let mut stream = unfinished(&portal);
    let answer = thread::scope(|scope| {
        scope.spawn(|| portal.restart());
        thread::sleep(Duration::from_millis(200));
        stream.write_all(b"}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
}

#[test]
fn a_repeated_request_is_known_after_a_restart() {
    let mut portal = Portal::start();
    let draft = json!({"keys": [{"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": "crop-health"}]}]});
    let post = |portal: &Portal| {
        let answer = portal
            .person(AMARA)
            .with("Idempotency-Key", "1")
            .post("/v2/users/me/keys", &draft)
            .ok();
        answer.json["keys"][0]["handle"].clone()
    };
    let first = post(&portal);
    portal.restart();
    assert_eq!(post(&portal), first);
}

#[test]
fn the_demo_fits_every_plan() {
    for plan in [PlanName::Enterprise, PlanName::Essential] {
        let portal = Portal::with(|config| config.plan = plan);
        let amara = portal.person(AMARA);
        let shared = amara.get("/v2/users/me/collaborations").ok();
        assert_eq!(shared.json["collaborations"].as_array().unwrap().len(), 2);
        assert!(amara.get("/v2/users/me/keys").ok().json["keys"].as_array().unwrap().len() >= 5);
    }
}

#[test]
fn demo_data_of_ones_own_is_taken_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo.json");
    let data = json!({
        "users": [{"id": "zoe", "name": "Zoe"}],
        "apps": [{"id": "a", "owner": "zoe"}],
        "keys": [{"user": "zoe", "owner": "zoe", "app": "a", "description": "Old", "scopes": ["Gone:Get"]}],
    });
    std::fs::write(&file, data.to_string()).unwrap();
    let portal = Portal::with(|config| config.demo = Some(Seed::read(&file).unwrap()));
    let zoe = portal.person("zoe");
    let key = zoe.get("/v2/users/me/keys").ok();
    assert_eq!(key.names("/keys/0/scopes"), ["Gone:Get"]);
    let rename = json!({"keys": [{"id": key.json["keys"][0]["id"], "description": "Older"}], "action": "overwrite"});
    zoe.patch("/v2/users/me/keys", &rename).ok();
}

#[test]
fn what_cannot_be_used_is_said_at_start() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();

    let file = folder.path().join("file");
    std::fs::write(&file, "not a database, and not a folder").unwrap();
    assert!(runtime.block_on(start(Config::new(&file))).is_err());
    assert!(runtime.block_on(start(Config::new(file.join("portal.sqlite")))).is_err());

    let portal = Portal::start();
    let taken =
        Config { listen: portal.address(), ..Config::new(folder.path().join("portal.sqlite")) };
    let error = runtime.block_on(start(taken)).unwrap_err();
    assert!(error.to_string().contains(&portal.address().to_string()));

    assert!(Seed::read(&file).is_err());
    assert!(Seed::read(&folder.path().join("absent")).is_err());
}

#[cfg(unix)]
#[test]
fn the_program_says_where_it_listens_logs_no_secret_and_ends_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_portal-backend"))
        .args(["--listen", "127.0.0.1:0", "--demo", "--data"])
        .arg(folder.path().join("data/portal.sqlite"))
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = program.stderr.take().unwrap();
    let log = std::thread::spawn(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).unwrap();
        text
    });
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on ").unwrap();

    let client = Client::new(address).with("Origin", address);
    let session = client.send("POST", "/demo/session", Vec::new()).ok();
    let cookie = session.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let person = client.with("Cookie", &cookie);
    let key = person
        .create(&json!({"description": "x", "scopes": ["Inputs:Get"], "apps": [{"id": APP}]}));
    let holder = Client::new(address).with("Authorization", &format!("Key {}", key.secret));
    holder.get("/v2/myscopes").ok();
    person.delete(&format!("/v2/users/me/keys/{}", key.secret)).refused(404, 11_009, "");
    person.delete(&format!("/v2/users/me/keys/{}", key.handle)).ok();

    let asked = Command::new("kill").args(["-TERM", &program.id().to_string()]).status().unwrap();
    assert!(asked.success() && program.wait().unwrap().success());
    let log = log.join().unwrap();
    assert!(log.contains("demo session") && log.contains(&key.handle));
    assert!(!log.contains(&key.secret[4..]), "a secret is in the log");
    assert!(!log.contains(cookie.strip_prefix("session=").unwrap()), "a session is in the log");
}
