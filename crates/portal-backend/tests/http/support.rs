//! A backend of the test's own, and a client.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use portal_backend::clock::Clock;
use portal_backend::{Backend, Config, Seed, start};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use ureq::Agent;
use ureq::http::Request;

/// The demo's person, and the two who share an app with her.
pub(crate) const AMARA: &str = "amara-okafor";
pub(crate) const LINDQVIST: &str = "lindqvist-labs";
pub(crate) const MATEO: &str = "mateo-rivas";

/// An app of Amara's without keys.
pub(crate) const APP: &str = "crop-health";

/// A clock that a test can put forward.
#[derive(Debug, Default)]
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        Timestamp::now().as_millisecond() + self.0.load(Ordering::Relaxed)
    }
}

/// A backend with demo data that ends with the test.
pub(crate) struct Portal {
    folder: TempDir,
    config: Config,
    clock: Arc<TestClock>,
    runtime: Runtime,
    backend: Option<Backend>,
}

impl Portal {
    pub(crate) fn start() -> Self {
        Self::with(|_| ())
    }

    pub(crate) fn with(adapt: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(TestClock::default());
        let mut config = Config::new(folder.path().join("data/portal.sqlite"));
        config.demo = Some(Seed::demo().unwrap());
        config.clock = Arc::clone(&clock) as Arc<dyn Clock>;
        adapt(&mut config);
        let runtime = Runtime::new().unwrap();
        let backend = Some(runtime.block_on(start(config.clone())).unwrap());
        Self { folder, config, clock, runtime, backend }
    }

    /// A backend with a plan of the test's own.
    pub(crate) fn with_plan(plan: &Value) -> Self {
        Self::with(|config| {
            let file = config.data.ancestors().nth(2).unwrap().join("plan.json");
            std::fs::write(&file, plan.to_string()).unwrap();
            config.catalog = Some(file);
        })
    }

    /// Stops the backend and starts it again on the same database.
    pub(crate) fn restart(&mut self) {
        let backend = self.backend.take().unwrap();
        self.runtime.block_on(backend.stop()).unwrap();
        self.backend = Some(self.runtime.block_on(start(self.config.clone())).unwrap());
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.backend.as_ref().unwrap().address()
    }

    pub(crate) fn put_forward(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }

    /// A time from now, as the wire has it.
    pub(crate) fn in_seconds(&self, seconds: i64) -> String {
        Timestamp::from_millisecond(self.clock.now_ms() + seconds * 1_000).unwrap().to_string()
    }

    /// A client without any credential.
    pub(crate) fn anybody(&self) -> Client {
        Client::new(&format!("http://{}", self.address()))
    }

    /// A signed-in person in a browser on the page.
    pub(crate) fn person(&self, user_id: &str) -> Client {
        let token = self.runtime.block_on(self.backend.as_ref().unwrap().sign_in(user_id)).unwrap();
        let client = self.anybody();
        let base = client.base.clone();
        client.with("Cookie", &format!("session={}", token.expose())).with("Origin", &base)
    }

    /// Whoever holds the secret.
    pub(crate) fn holder(&self, secret: &str) -> Client {
        self.anybody().with("Authorization", &format!("Key {secret}"))
    }

    /// Amara makes a key for one of her apps.
    pub(crate) fn key(&self, scopes: &[&str]) -> NewKey {
        self.key_for(&json!({"id": APP}), scopes, &[])
    }

    /// Amara makes a key for an app.
    pub(crate) fn key_for(&self, app: &Value, scopes: &[&str], endpoints: &[&str]) -> NewKey {
        let draft = json!({"description": "A test", "scopes": scopes, "endpoints": endpoints, "apps": [app]});
        self.person(AMARA).create(&draft)
    }

    /// Amara makes a personal access token.
    pub(crate) fn token(&self, scopes: &[&str]) -> NewKey {
        let draft =
            json!({"description": "A test", "type": "personal_access_token", "scopes": scopes});
        self.person(AMARA).create(&draft)
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        if let Some(backend) = self.backend.take() {
            let _ = self.runtime.block_on(backend.stop());
        }
    }
}

/// A key that has just been made.
pub(crate) struct NewKey {
    pub(crate) secret: String,
    pub(crate) handle: String,
}

#[derive(Clone)]
pub(crate) struct Client {
    agent: Agent,
    pub(crate) base: String,
    headers: Vec<(String, String)>,
}

impl Client {
    /// A client of the backend at an address, without any credential.
    pub(crate) fn new(base: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .build()
            .into();
        Self { agent, base: base.to_owned(), headers: Vec::new() }
    }

    /// The same client with one more header, or another value of it.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.without(name);
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    pub(crate) fn without(&self, name: &str) -> Self {
        let mut client = self.clone();
        client.headers.retain(|(each, _)| !each.eq_ignore_ascii_case(name));
        client
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(each, _)| each.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, Vec::new())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, body.to_string().into_bytes())
    }

    pub(crate) fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send("PATCH", path, body.to_string().into_bytes())
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, Vec::new())
    }

    pub(crate) fn send(&self, method: &str, path: &str, body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut response = match body.as_slice() {
            [] => self.agent.run(request.body(()).unwrap()).unwrap(),
            _ => self
                .agent
                .run(request.header("Content-Type", "application/json").body(body).unwrap())
                .unwrap(),
        };
        let body = response.body_mut().read_to_vec().unwrap();
        let headers = response.headers().iter();
        Answer {
            http: response.status().as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
            json: serde_json::from_slice(&body).unwrap_or(Value::Null),
            text: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Makes one key, which must go well.
    pub(crate) fn create(&self, draft: &Value) -> NewKey {
        let answer = self.post("/v2/users/me/keys", &json!({"keys": [draft]})).ok();
        let text = |member: &str| answer.json["keys"][0][member].as_str().unwrap().to_owned();
        NewKey { secret: text("id"), handle: text("handle") }
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) http: u16,
    headers: Vec<(String, String)>,
    pub(crate) json: Value,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// Status and code.
    pub(crate) fn codes(&self) -> (u16, u64) {
        (self.http, self.json["status"]["code"].as_u64().unwrap_or_default())
    }

    /// The answer of a call that must have gone well.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.codes(), (200, 10_000), "{}", self.text);
        self
    }

    /// Checks that the call was refused, says why, and about which member of the request.
    #[track_caller]
    pub(crate) fn refused(&self, http: u16, code: u64, field: &str) {
        assert_eq!(self.codes(), (http, code), "{}", self.text);
        assert_eq!(
            self.json["status"]["field"].as_str().unwrap_or_default(),
            field,
            "{}",
            self.text
        );
        assert!(!self.details().is_empty());
        assert!(!self.json["status"]["req_id"].as_str().unwrap().is_empty());
    }

    pub(crate) fn details(&self) -> &str {
        self.json["status"]["details"].as_str().unwrap_or_default()
    }

    /// The strings of a list in the answer.
    pub(crate) fn names(&self, pointer: &str) -> Vec<&str> {
        let list = self.json.pointer(pointer).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}
