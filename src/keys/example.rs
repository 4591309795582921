//! A call to try a new key with: one that this very key may make.

use js_sys::{JSON, encode_uri_component};
use portal_api::{Key, Secret};
use scope_rules::Outcome;
use wasm_bindgen::JsValue;

use crate::picture::Parts;

/// A call that is easy to try.
struct Easy {
    rpc: &'static str,
    method: &'static str,
    /// The path below the app.
    path: &'static str,
    body: &'static str,
    /// The same body for Python.
    python: &'static str,
}

const fn get(rpc: &'static str, path: &'static str) -> Easy {
    Easy { rpc, method: "GET", path, body: "", python: "" }
}

/// A search for anything.
const fn search(rpc: &'static str, path: &'static str) -> Easy {
    let body = r#"{"searches": [{"query": {}}]}"#;
    let python = "\n        searches=[resources_pb2.Search(query=resources_pb2.Query())],";
    Easy { rpc, method: "POST", path, body, python }
}

/// The calls, the easiest first.
const EASY: [Easy; 12] = [
    get("MyScopes", "/myscopes"),
    get("ListInputs", "/inputs"),
    get("ListConcepts", "/concepts"),
    get("ListModels", "/models"),
    get("ListWorkflows", "/workflows"),
    get("ListDatasets", "/datasets"),
    get("ListAnnotations", "/annotations"),
    get("ListTasks", "/tasks"),
    get("ListCollaborators", "/collaborators"),
    get("GetApp", ""),
    search("PostInputsSearches", "/inputs/searches"),
    search("PostSearches", "/searches"),
];

/// A call that a key may make.
pub(crate) struct Example {
    easy: &'static Easy,
    url: String,
    user: String,
    app: Option<String>,
}

impl Example {
    /// The easiest call that the key may make, if it may make one that is easy.
    pub(crate) fn of(key: &Key, picture: &Parts, base: &str) -> Option<Self> {
        let may_call = |easy: &&Easy| {
            let line = picture.outline.lines.iter().find(|line| &*line.rpc == easy.rpc);
            line.is_some_and(|line| picture.access.decide(line.id).outcome() != Outcome::Rejected)
        };
        let easy = EASY.iter().find(may_call)?;
        let app = key.apps.first();
        let mut url = match (base, web_sys::window()) {
            // The page's own origin.
            ("", Some(window)) => window.location().origin().unwrap_or_default(),
            (base, _) => base.to_owned(),
        };
        url.push_str("/v2");
        if let Some(app) = app {
            for part in ["/users/", &segment(&app.user_id), "/apps/", &segment(&app.id)] {
                url.push_str(part);
            }
        } else if easy.rpc != "MyScopes" {
            return None;
        }
        url.push_str(easy.path);
        let user = app.map(|app| app.user_id.clone()).unwrap_or_default();
        Some(Self { easy, url, user, app: app.map(|app| app.id.clone()) })
    }

    /// The call for a shell.
    pub(crate) fn curl(&self, secret: &Secret) -> Secret {
        let Easy { method, body, .. } = self.easy;
        let [option, method, space] = if *method == "GET" { [""; 3] } else { ["-X ", method, " "] };
        let [content, body, end] = if body.is_empty() {
            [""; 3]
        } else {
            [" -H 'Content-Type: application/json' -d '", body, "'"]
        };
        written(&[
            "curl ",
            option,
            method,
            space,
            "'",
            &self.url,
            "' -H 'Authorization: Key ",
            secret.expose(),
            "'",
            content,
            body,
            end,
        ])
    }

    /// The call for the official Python client.
    pub(crate) fn python(&self, secret: &Secret) -> Secret {
        let Easy { rpc, python, .. } = self.easy;
        let user = literal(&self.user);
        let app = self.app.as_deref().map(literal);
        let [begin, user, between, app, end] = match &app {
            Some(app) => {
                let begin = "\n        user_app_id=resources_pb2.UserAppIDSet(user_id=";
                [begin, &user, ", app_id=", app, "),"]
            }
            None => [""; 5],
        };
        let last = if app.is_empty() && python.is_empty() { "" } else { "\n    " };
        written(&[
            "from clarifai_grpc.channel.clarifai_channel import ClarifaiChannel\n\
             from clarifai_grpc.grpc.api import resources_pb2, service_pb2, service_pb2_grpc\n\n\
             stub = service_pb2_grpc.V2Stub(ClarifaiChannel.get_grpc_channel())\n\
             response = stub.",
            rpc,
            "(\n    service_pb2.",
            rpc,
            "Request(",
            begin,
            user,
            between,
            app,
            end,
            python,
            last,
            "),\n    metadata=((\"authorization\", \"Key ",
            secret.expose(),
            "\"),),\n)\nprint(response)",
        ])
    }
}

/// A text with a secret, in one piece from the beginning: one that grows leaves copies of the secret behind.
fn written(parts: &[&str]) -> Secret {
    Secret::from(parts.concat())
}

/// A segment of the path. An id that its owner chose must not end the quotes of the shell.
fn segment(id: &str) -> String {
    String::from(encode_uri_component(id)).replace('\'', "%27")
}

/// A text as Python spells it, which is as JSON does.
fn literal(text: &str) -> String {
    JSON::stringify(&JsValue::from_str(text)).map(String::from).unwrap_or_default()
}
