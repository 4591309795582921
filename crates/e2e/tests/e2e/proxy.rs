//! A proxy between page and backend, in which calls go wrong on demand.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::portal::{Portal, runtime};

/// What goes wrong with a call.
#[derive(Clone)]
pub(crate) enum Fault {
    /// The connection breaks before the backend hears of the call.
    Down,
    /// The backend does as asked; its answer is lost.
    AnswerLost,
    /// The answer takes its time.
    Slow(Duration),
    /// There is never an answer.
    Hangs,
    /// The answer is this status, with a message as the backend words it.
    Status(u16),
    /// The answer breaks off in the middle.
    HalfBody,
    /// The answer is a web page, as proxies send.
    Html,
    /// The answer is JSON, with other types than agreed.
    WrongTypes,
    /// The answer is changed.
    Changed(fn(&mut Value)),
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Down => f.write_str("down"),
            Self::AnswerLost => f.write_str("answer lost"),
            Self::Slow(time) => write!(f, "slow by {} ms", time.as_millis()),
            Self::Hangs => f.write_str("no answer"),
            Self::Status(status) => write!(f, "status {status}"),
            Self::HalfBody => f.write_str("half a body"),
            Self::Html => f.write_str("HTML"),
            Self::WrongTypes => f.write_str("wrong types"),
            Self::Changed(_) => f.write_str("changed answer"),
        }
    }
}

/// Which call: a method, and how the path ends.
pub(crate) type Call = (&'static str, &'static str);

#[derive(Debug)]
struct Rule {
    call: Call,
    fault: Fault,
    /// How often yet; none is always.
    times: Option<usize>,
}

#[derive(Debug, Default)]
struct State {
    rules: Vec<Rule>,
    calls: Vec<String>,
}

/// The proxy. It ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Proxy {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// A proxy before a backend, at its own address.
    pub(crate) fn before(portal: &Portal) -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let listener = runtime().block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = runtime().spawn(accept(listener, portal.address, state.clone()));
        Self { url, state, task }
    }

    /// From now on, the call goes wrong every time.
    pub(crate) fn fail(&self, call: Call, fault: Fault) {
        self.state.lock().unwrap().rules.push(Rule { call, fault, times: None });
    }

    /// The call goes wrong the next time.
    pub(crate) fn fail_once(&self, call: Call, fault: Fault) {
        self.state.lock().unwrap().rules.push(Rule { call, fault, times: Some(1) });
    }

    /// From now on, nothing goes wrong.
    pub(crate) fn heal(&self) {
        self.state.lock().unwrap().rules.clear();
    }

    /// How often a call has been made.
    pub(crate) fn count(&self, (method, end): Call) -> usize {
        let calls = &self.state.lock().unwrap().calls;
        calls.iter().filter(|call| call.starts_with(method) && call.ends_with(end)).count()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, backend: SocketAddr, state: Arc<Mutex<State>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = state.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| answer(request, backend, state.clone()));
            // An error is a connection that a fault has broken.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

type Answer = Response<BoxBody<Bytes, io::Error>>;

/// Which fault is due for a call.
fn due(state: &Mutex<State>, request: &Request<Incoming>) -> Option<Fault> {
    let mut state = state.lock().unwrap();
    let path = request.uri().path();
    state.calls.push(format!("{} {path}", request.method()));
    let at = state
        .rules
        .iter()
        .position(|rule| rule.call.0 == request.method().as_str() && path.ends_with(rule.call.1))?;
    let rule = &mut state.rules[at];
    let fault = rule.fault.clone();
    if let Some(times) = &mut rule.times {
        *times -= 1;
        if *times == 0 {
            state.rules.remove(at);
        }
    }
    Some(fault)
}

async fn answer(
    request: Request<Incoming>,
    backend: SocketAddr,
    state: Arc<Mutex<State>>,
) -> io::Result<Answer> {
    match due(&state, &request) {
        None => pass(request, backend).await,
        Some(Fault::Down) => Err(io::Error::other("down")),
        Some(Fault::AnswerLost) => {
            pass(request, backend).await?.into_body().collect().await?;
            Err(io::Error::other("answer lost"))
        }
        Some(Fault::Slow(time)) => {
            tokio::time::sleep(time).await;
            pass(request, backend).await
        }
        Some(Fault::Hangs) => std::future::pending().await,
        Some(Fault::Status(status)) => Ok(refuse(status)),
        Some(Fault::HalfBody) => {
            let (mut head, body) = pass(request, backend).await?.into_parts();
            let body = body.collect().await?.to_bytes();
            head.headers.insert("content-length", body.len().into());
            let half = body.slice(..body.len() / 2);
            Ok(Response::from_parts(head, BoxBody::new(Half(Some(half), body.len() as u64))))
        }
        Some(Fault::Html) => {
            let page = "<!doctype html><title>Welcome</title><h1>Please sign in to the hotel's network</h1>";
            Ok(whole(StatusCode::OK, "text/html", page.into()))
        }
        Some(Fault::WrongTypes) => {
            // Of changes the page reads the status only.
            let reads = request.method() == "GET" || request.method() == "POST";
            let answer = json!({
                "status": if reads { json!({"code": 10000, "description": "Ok"}) } else { json!({"code": "fine"}) },
                "user": 7, "apps": "none", "collaborations": {"app": 1},
                "scope_deps": "all", "endpoint_deps": 12, "keys": {"id": [1, 2, 3]},
            });
            Ok(whole(StatusCode::OK, "application/json", answer.to_string()))
        }
        Some(Fault::Changed(change)) => {
            let mut request = request;
            request.headers_mut().remove("accept-encoding");
            let (head, body) = pass(request, backend).await?.into_parts();
            let mut answer = serde_json::from_slice(&body.collect().await?.to_bytes())?;
            change(&mut answer);
            Ok(whole(head.status, "application/json", answer.to_string()))
        }
    }
}

/// Lets the backend answer. The page's own host goes along, which the backend compares with the origin.
async fn pass(request: Request<Incoming>, backend: SocketAddr) -> io::Result<Answer> {
    let stream = TcpStream::connect(backend).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(io::Error::other)?;
    tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(io::Error::other)?;
    Ok(answer.map(|body| body.map_err(io::Error::other).boxed()))
}

/// A refusal as the backend words it.
fn refuse(status: u16) -> Answer {
    let (code, description) = match status {
        401 => (11008, "invalid or missing credentials"),
        403 => (11007, "insufficient scopes"),
        404 => (11101, "does not exist"),
        409 => (11102, "an answer to this attempt is still under way"),
        413 => (11100, "the request is too large"),
        429 => (11005, "too many requests"),
        _ => (98004, "internal error"),
    };
    let answer = json!({"status": {"code": code, "description": description, "req_id": "e2e"}});
    let mut answer =
        whole(StatusCode::from_u16(status).unwrap(), "application/json", answer.to_string());
    if status == 429 {
        answer.headers_mut().insert("retry-after", 7.into());
    }
    answer
}

fn whole(status: StatusCode, content_type: &'static str, body: String) -> Answer {
    let body = Full::new(Bytes::from(body)).map_err(|never: Infallible| match never {}).boxed();
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert("content-type", hyper::header::HeaderValue::from_static(content_type));
    answer
}

/// A body that breaks off after its first part.
struct Half(Option<Bytes>, u64);

impl Body for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(Some(self.0.take().map(Frame::data).ok_or_else(|| io::Error::other("cut off"))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.1)
    }
}
