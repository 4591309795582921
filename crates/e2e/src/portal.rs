//! The backend, in this process, with a database of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use portal_backend::{Backend, Config, Seed, start};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use ureq::Agent;

/// Whom the demo signs in.
pub const USER: &str = "amara-okafor";

/// What the backends and proxies of all tests run on.
pub fn runtime() -> &'static Runtime {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    &RUNTIME
}

/// A backend with demo data that serves the built page, and somebody who is signed in.
#[derive(Debug)]
pub struct Portal {
    /// Where it listens.
    pub address: SocketAddr,
    /// The page's address.
    pub url: String,
    backend: Option<Backend>,
    agent: Agent,
    cookie: String,
    _folder: TempDir,
}

impl Portal {
    /// A backend as it is set up by default.
    #[must_use]
    pub fn start() -> Self {
        Self::with(|_| {})
    }

    /// A backend that is set up otherwise.
    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::new(folder.path().join("portal.sqlite"));
        config.site = Some(site());
        config.demo = Some(Seed::demo().unwrap());
        change(&mut config);
        let backend = runtime().block_on(start(config)).unwrap();
        let address = backend.address();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let url = format!("http://{address}");
        let mut portal = Self {
            address,
            url,
            backend: Some(backend),
            agent: agent.into(),
            cookie: String::new(),
            _folder: folder,
        };
        portal.cookie = portal.sign_in(USER);
        portal
    }

    /// Signs somebody in, and answers the cookie.
    pub fn sign_in(&self, user: &str) -> String {
        let backend = self.backend.as_ref().unwrap();
        format!("session={}", runtime().block_on(backend.sign_in(user)).unwrap().expose())
    }

    /// Calls as whoever is signed in, and answers the HTTP status and the body.
    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        self.call_as(&[("cookie", &self.cookie), ("origin", &self.url)], method, path, body)
    }

    /// Calls with the given headers.
    pub fn call_as(
        &self,
        headers: &[(&str, &str)],
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> (u16, Value) {
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map(Value::to_string);
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let mut answer = self.agent.run(request.body(body.unwrap_or_default()).unwrap()).unwrap();
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or_default())
    }

    /// The keys of an app of one's own.
    pub fn keys(&self, app: &str) -> Vec<Value> {
        let (status, answer) =
            self.call("GET", &format!("/v2/users/me/apps/{app}/keys?per_page=1000"), None);
        assert_eq!(status, 200, "{answer}");
        answer["keys"].as_array().unwrap().clone()
    }

    /// Makes a key, and answers what `PostKeys` says of it.
    pub fn create(&self, key: &Value) -> Result<Value, Value> {
        let (status, mut answer) =
            self.call("POST", "/v2/users/me/keys", Some(&json!({"keys": [key]})));
        if status == 200 { Ok(answer["keys"][0].take()) } else { Err(answer) }
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        if let Some(backend) = self.backend.take() {
            let _ = runtime().block_on(backend.stop());
        }
    }
}

/// The built page.
fn site() -> PathBuf {
    std::env::var_os("E2E_SITE")
        .expect("E2E_SITE names the built page; `cargo xtask test e2e` builds it and says so")
        .into()
}
