//! A server on its own thread that sends the responses that a test sets, and stores the requests.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// The response to a path.
pub(crate) type Answer = fn(&str) -> (u16, Value);

pub(crate) struct Upstream {
    pub(crate) url: String,
    shared: Arc<Mutex<Shared>>,
    _alive: oneshot::Sender<()>,
}

struct Shared {
    answer: Answer,
    asked: Vec<Asked>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// JSON null if the request had no body.
    pub(crate) body: Value,
}

impl Upstream {
    pub(crate) fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a socket");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Mutex::new(Shared {
            answer,
            asked: Vec::new(),
        }));
        let (alive, ended) = oneshot::channel();
        let router = Router::new().fallback(reply).with_state(shared.clone());
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = { runtime }.enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
                tokio::select! {
                    served = axum::serve(listener, router) => served.expect("served"),
                    _ = ended => (),
                }
            });
        });
        Self {
            url,
            shared,
            _alive: alive,
        }
    }

    pub(crate) fn answer(&self, answer: Answer) {
        lock(&self.shared).answer = answer;
    }

    /// The requests since the last call.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut lock(&self.shared).asked)
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn reply(
    State(shared): State<Arc<Mutex<Shared>>>,
    method: Method,
    uri: Uri,
    body: Bytes,
) -> Response {
    let path = uri.path().to_owned();
    let mut shared = lock(&shared);
    let (status, json) = (shared.answer)(&path);
    shared.asked.push(Asked {
        method,
        path,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    });
    let status = StatusCode::from_u16(status).expect("a status");
    let mut response = (status, json.to_string()).into_response();
    if status == StatusCode::TOO_MANY_REQUESTS {
        let hour = "3600".parse().expect("a header");
        response.headers_mut().insert("retry-after", hour);
    }
    response
}

/// The id of the consent event behind the allows.
pub(crate) const CONSENT: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
/// A log position.
pub(crate) const POSITION: &str = "canaryposition";

pub(crate) fn yes(path: &str) -> (u16, Value) {
    if path.ends_with("/batch") {
        return (200, json!({"verdicts": [verdict(true), verdict(true)]}));
    }
    (200, verdict(true))
}

pub(crate) fn no(path: &str) -> (u16, Value) {
    if path.ends_with("/batch") {
        return (200, json!({"verdicts": [verdict(true), verdict(false)]}));
    }
    (200, verdict(false))
}

/// An allow that does not rest on consent.
pub(crate) fn contract(_: &str) -> (u16, Value) {
    let mut verdict = verdict(true);
    verdict["reason"] = "CONTRACT".into();
    verdict["basis"] = "contract".into();
    (200, verdict)
}

/// An allow about the past, as the server marks it.
pub(crate) fn past(path: &str) -> (u16, Value) {
    with(path, |verdict| verdict["historic"] = true.into())
}

/// An allow that owes a use.
pub(crate) fn once(path: &str) -> (u16, Value) {
    with(path, |verdict| verdict["obligations"] = json!(["use_once"]))
}

/// An allow that owes what this version does not know.
pub(crate) fn unheard_of(path: &str) -> (u16, Value) {
    with(path, |verdict| verdict["obligations"] = json!(["pay"]))
}

fn with(path: &str, change: impl Fn(&mut Value)) -> (u16, Value) {
    let (status, mut answer) = yes(path);
    match answer.get_mut("verdicts").and_then(Value::as_array_mut) {
        Some(verdicts) => verdicts.iter_mut().for_each(change),
        None => change(&mut answer),
    }
    (status, answer)
}

/// A rate-limited request: 429 with a retry time of one hour.
pub(crate) fn busy(_: &str) -> (u16, Value) {
    (429, problem(429, "RATE_LIMITED"))
}

pub(crate) fn gone(_: &str) -> (u16, Value) {
    (503, problem(503, "FAILCLOSED_UNAVAILABLE"))
}

pub(crate) fn problem(status: u16, reason: &str) -> Value {
    json!({"type": "about:blank", "title": "No", "status": status, "reason": reason, "allow": false})
}

fn verdict(allow: bool) -> Value {
    let explain = json!({"row": 32, "via": [], "event_id": CONSENT, "notice": null});
    json!({
        "allow": allow, "may_ask": false, "reason": if allow { "CONSENT_VALID" } else { "CONSENT_WITHDRAWN" },
        "basis": "consent", "state": if allow { "given" } else { "withdrawn" }, "seq": 1, "valid_until": null, "rely_ms": 0,
        "obligations": [], "position": POSITION, "explain": explain, "used": allow,
    })
}
