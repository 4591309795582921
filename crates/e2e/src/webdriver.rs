//! The WebDriver protocol, as far as the tests need it: plain HTTP, the same for every browser's driver.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

use crate::patience::wait;

/// The name under which the protocol hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser that the tests can drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit, in its small browser for GTK.
    WebKit,
}

impl Engine {
    /// Where its driver is; none if it is not there.
    #[must_use]
    pub fn driver(self) -> Option<PathBuf> {
        std::env::var_os(match self {
            Self::Chromium => "CHROMEDRIVER",
            Self::Firefox => "GECKODRIVER",
            Self::WebKit => "WEBKITWEBDRIVER",
        })
        .map(PathBuf::from)
    }

    fn capabilities(self) -> Value {
        match self {
            Self::Chromium => {
                let file = std::env::var_os("E2E_WEBDRIVER_JSON")
                    .expect("E2E_WEBDRIVER_JSON names the browser's options");
                let mut options: Value =
                    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
                options["goog:loggingPrefs"] = json!({"browser": "ALL"});
                options["unhandledPromptBehavior"] = json!("ignore");
                options
            }
            Self::Firefox => json!({"moz:firefoxOptions": {"args": ["-headless"]}}),
            Self::WebKit => {
                let browser = std::env::var_os("WEBKIT_BROWSER")
                    .expect("WEBKIT_BROWSER names WebKit's MiniBrowser");
                let (binary, args) = (browser.to_string_lossy(), ["--automation"]);
                json!({"webkitgtk:browserOptions": {"binary": binary, "args": args}})
            }
        }
    }
}

/// Why a command was refused: the protocol's error and its message.
#[derive(Debug)]
pub struct Refusal(pub String);

/// An element of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Element(String);

impl Element {
    /// The element that a script answered with.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        Some(Self(value.get(ELEMENT)?.as_str()?.to_owned()))
    }

    /// What a script is given for it.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({ELEMENT: self.0})
    }
}

/// A driver and one session of its browser. Both end with it, also when a test fails.
#[derive(Debug)]
pub struct Session {
    driver: Child,
    /// A display for a browser that insists on one.
    display: Option<Child>,
    agent: Agent,
    url: String,
}

impl Session {
    /// Starts the driver and a browser.
    #[must_use]
    pub fn start(engine: Engine) -> Self {
        Self::with(engine, |_| ())
    }

    /// Starts the driver and a browser with other capabilities than the usual ones.
    #[must_use]
    pub fn with(engine: Engine, change: impl FnOnce(&mut Value)) -> Self {
        let program = engine.driver().unwrap_or_else(|| {
            panic!("no driver is named for {engine:?}; `cargo xtask test e2e` names them")
        });
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|socket| socket.local_addr())
            .unwrap()
            .port();
        let mut command = Command::new(&program);
        match engine {
            Engine::Chromium | Engine::WebKit => command.arg(format!("--port={port}")),
            Engine::Firefox => command.args(["--port", &port.to_string()]),
        };
        let mut display = None;
        if engine == Engine::WebKit {
            let (child, name) = start_display();
            display = Some(child);
            command.env("DISPLAY", name).env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
            // Its sandbox does not start where everything runs as root, as in a container.
            command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        }
        let driver =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let driver =
            driver.unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .build();
        let mut session =
            Self { driver, display, agent: agent.into(), url: format!("http://127.0.0.1:{port}") };
        wait(Duration::from_secs(30), || session.call("GET", "status", None))
            .unwrap_or_else(|_| panic!("{} does not answer", program.display()));
        let mut capabilities = engine.capabilities();
        change(&mut capabilities);
        let wanted = json!({"capabilities": {"alwaysMatch": capabilities}});
        let answer = session.call("POST", "session", Some(wanted)).unwrap();
        session.url = format!("{}/session/{}", session.url, answer["sessionId"].as_str().unwrap());
        session
    }

    fn call(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, Refusal> {
        let url = if path.is_empty() { self.url.clone() } else { format!("{}/{path}", self.url) };
        let answer = match (method, body) {
            ("GET", _) => self.agent.get(url).call(),
            ("DELETE", _) => self.agent.delete(url).call(),
            (_, body) => self.agent.post(url).send_json(body.unwrap_or_else(|| json!({}))),
        };
        let mut text = String::new();
        answer
            .map_err(|error| Refusal(error.to_string()))?
            .into_body()
            .into_reader()
            .read_to_string(&mut text)
            .map_err(|error| Refusal(error.to_string()))?;
        let mut answer: Value = serde_json::from_str(&text).map_err(|_| Refusal(text))?;
        let value = answer["value"].take();
        match value.get("error") {
            Some(error) => Err(Refusal(format!("{error}: {}", value["message"]))),
            None => Ok(value),
        }
    }

    /// Asks the session for something.
    pub fn get(&self, path: &str) -> Result<Value, Refusal> {
        self.call("GET", path, None)
    }

    /// Has the session do something.
    pub fn post(&self, path: &str, body: Value) -> Result<Value, Refusal> {
        self.call("POST", path, Some(body))
    }

    /// Has the session drop something.
    pub fn delete(&self, path: &str) -> Result<Value, Refusal> {
        self.call("DELETE", path, None)
    }

    /// Runs a script: the body of a function that is given `arguments`. A promise is waited for.
    pub fn script(&self, script: &str, arguments: Value) -> Result<Value, Refusal> {
        self.post("execute/sync", json!({"script": script, "args": arguments}))
    }

    /// A command of Chromium's own protocol.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.post("goog/cdp/execute", json!({"cmd": command, "params": parameters})).unwrap()
    }

    /// Asks about an element.
    pub fn of(&self, element: &Element, what: &str) -> Result<Value, Refusal> {
        self.get(&format!("element/{}/{what}", element.0))
    }

    /// Does something to an element.
    pub fn to(&self, element: &Element, what: &str, body: Value) -> Result<Value, Refusal> {
        self.post(&format!("element/{}/{what}", element.0), body)
    }

    /// Ends the browser and the driver.
    pub fn end(&mut self) {
        let _ = self.delete("");
        for child in [Some(&mut self.driver), self.display.as_mut()].into_iter().flatten() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts an X server without a screen, and answers it and its name.
fn start_display() -> (Child, String) {
    let mut display = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1400x1200x24", "-nolisten", "tcp"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is installed (on Debian: `apt-get install xvfb`)");
    let mut number = String::new();
    BufReader::new(display.stdout.take().unwrap()).read_line(&mut number).unwrap();
    (display, format!(":{}", number.trim()))
}
