//! A witness for tests (C2SP tlog-witness) that can be told how to behave. `tests/witness.sh` runs one that others wrote.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path as Segment, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::verify_consistency;
use samtycke_tlog::note::{KeyKind, Note, NoteSigner};
use samtycke_tlog::witness::{AddCheckpoint, newest_path};
use tokio::sync::Notify;

/// How a witness behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As the specification says.
    Honest,
    /// It takes requests and never answers.
    Silent,
    /// It holds one request back until [`Witness::release`], and is honest to all others.
    Held,
    /// It answers 503.
    Broken,
    /// It cosigns something else under its own key.
    SignsElse,
    /// It cosigns with a key that nobody knows.
    SignsUnknown,
    /// It answers 200 with a text that is no signature line.
    Babbles,
    /// It answers 200 with more bytes than anybody reads.
    Floods,
    /// It knows no log.
    Stranger,
}

/// A checkpoint that a witness has cosigned last.
struct Seen {
    size: u64,
    note: Note,
}

struct Inner {
    signer: NoteSigner,
    manner: Mutex<Manner>,
    seen: Mutex<HashMap<String, Seen>>,
    asked: Mutex<Vec<AddCheckpoint>>,
    gate: Notify,
}

/// A witness on a port of its own.
#[derive(Clone)]
pub struct Witness {
    inner: Arc<Inner>,
    /// Its prefix.
    pub url: String,
}

impl Witness {
    /// Starts a witness with a key of this seed.
    pub async fn start(seed: u8) -> Self {
        let name = format!("witness{seed}.example/w");
        let signer = NoteSigner::from_seed(&name, KeyKind::CosignatureV1, &[seed; 32]);
        let inner = Arc::new(Inner {
            signer: signer.expect("a signer"),
            manner: Mutex::new(Manner::Honest),
            seen: Mutex::default(),
            asked: Mutex::default(),
            gate: Notify::new(),
        });
        let router = Router::new()
            .route("/add-checkpoint", post(add))
            .route("/{origin}/checkpoint", get(newest))
            .with_state(inner.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inner, url }
    }

    /// Its verifier key.
    pub fn key(&self) -> String {
        self.inner.signer.verifier().to_string()
    }

    /// Tells it how to behave from now on.
    pub fn behave(&self, manner: Manner) {
        *self.inner.manner.lock().expect("no panic") = manner;
    }

    /// Lets the request that is held back go on.
    pub fn release(&self) {
        self.inner.gate.notify_one();
    }

    /// Number of requests so far.
    pub fn asked(&self) -> usize {
        self.inner.asked.lock().expect("no panic").len()
    }

    /// What it was asked last.
    pub fn last(&self) -> Option<AddCheckpoint> {
        self.inner.asked.lock().expect("no panic").last().cloned()
    }

    /// Makes it remember a checkpoint that it has cosigned, whoever has signed it.
    pub fn remember(&self, note: Note) {
        let checkpoint = Checkpoint::parse(note.text()).expect("a checkpoint");
        let size = checkpoint.size();
        let mut seen = self.inner.seen.lock().expect("no panic");
        seen.insert(checkpoint.origin().to_owned(), Seen { size, note });
    }
}

/// Writes a policy of these witnesses into a folder, of whom `least` are a quorum.
pub fn policy(folder: &Path, witnesses: &[&Witness], least: usize) -> PathBuf {
    let mut text = String::from("# for this test\n");
    let names: Vec<_> = (1..=witnesses.len()).map(|n| format!("w{n}")).collect();
    for (name, witness) in names.iter().zip(witnesses) {
        let _ = writeln!(text, "witness {name} {} {}", witness.key(), witness.url);
    }
    let _ = writeln!(text, "group all {least} {}\nquorum all", names.join(" "));
    let path = folder.join("witnesses.txt");
    std::fs::write(&path, text).expect("written");
    path
}

async fn add(State(inner): State<Arc<Inner>>, body: String) -> Response {
    let Ok(request) = AddCheckpoint::parse(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    inner.asked.lock().expect("no panic").push(request.clone());
    let manner = *inner.manner.lock().expect("no panic");
    if manner == Manner::Held {
        *inner.manner.lock().expect("no panic") = Manner::Honest;
        inner.gate.notified().await;
    }
    let text = request.checkpoint.text().to_owned();
    match manner {
        Manner::Silent => std::future::pending().await,
        Manner::Broken => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Manner::Stranger => StatusCode::NOT_FOUND.into_response(),
        Manner::Babbles => "certainly\n".into_response(),
        Manner::Floods => "x".repeat(1_000_000).into_response(),
        Manner::SignsElse => line(&inner.signer, &text.replacen('\n', "\u{e5}\n", 1)),
        Manner::SignsUnknown => {
            let name = inner.signer.verifier().name();
            let other = NoteSigner::from_seed(name, KeyKind::CosignatureV1, &[99; 32]);
            line(&other.expect("a signer"), &text)
        }
        Manner::Honest | Manner::Held => honest(&inner, request, &text),
    }
}

fn honest(inner: &Inner, request: AddCheckpoint, text: &str) -> Response {
    let Ok(checkpoint) = Checkpoint::parse(text) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut seen = inner.seen.lock().expect("no panic");
    if let Some(last) = seen.get(checkpoint.origin()) {
        if request.old != last.size {
            return conflict(last.size);
        }
        let held = Checkpoint::parse(last.note.text()).expect("a checkpoint");
        let continues = verify_consistency(
            last.size,
            checkpoint.size(),
            &request.proof,
            held.root(),
            checkpoint.root(),
        );
        if continues.is_err() {
            return StatusCode::UNPROCESSABLE_ENTITY.into_response();
        }
    } else if request.old != 0 {
        return conflict(0);
    }
    let kept = Seen {
        size: checkpoint.size(),
        note: request.checkpoint,
    };
    seen.insert(checkpoint.origin().to_owned(), kept);
    line(&inner.signer, text)
}

fn conflict(size: u64) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/x.tlog.size")];
    (StatusCode::CONFLICT, kind, format!("{size}\n")).into_response()
}

/// A cosignature of this text at 2 000 000 000 seconds since 1970.
fn line(signer: &NoteSigner, text: &str) -> Response {
    let line = signer.cosign(text, 2_000_000_000);
    format!("{}\n", line.expect("a checkpoint")).into_response()
}

async fn newest(State(inner): State<Arc<Inner>>, Segment(origin): Segment<String>) -> Response {
    let seen = inner.seen.lock().expect("no panic");
    let path = format!("{origin}/checkpoint");
    let found = seen.iter().find(|(name, _)| newest_path(name) == path);
    match found {
        Some((_, seen)) => seen.note.to_string().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
