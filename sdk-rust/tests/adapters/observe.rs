use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, Once, PoisonError};

use metrics::atomics::AtomicU64;
use metrics::{
    Counter, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use samtycke::decision::{Decision, DecisionKind, Method};
use samtycke::keys::Secret;
use samtycke::op::{self, Process};
use samtycke::pseudonym::{Domain, identifier_hmac};
use samtycke::purpose::Recipient;
use samtycke::wire::{CheckRequest, ConsentRequest, WithdrawalRequest};
use samtycke::{Client, Counts};
use serde_json::{Value, json};

use crate::upstream::{CONSENT, POSITION, busy, contract, gone, no, yes};
use crate::{Answers, Forward, News, Upstream, client, subject};

const EMAIL: &str = "zanzibar.nobody@example.com";
const CAPABILITY: &str = "c_canarycapability";

/// All log lines of this process, at every level, from this crate and its dependencies.
static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Keeper;

impl Write for Keeper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
        lines.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(|| Keeper)
            .init();
    });
}

fn lines() -> String {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    String::from_utf8_lossy(&lines).into_owned()
}

/// Responds to every route as a server would.
fn everything(path: &str) -> (u16, Value) {
    let recorded = json!({"event_id": CONSENT, "position": POSITION, "received_at": "2026-11-22T08:00:00Z", "decisions": []});
    let person = json!({"subject": subject(7).as_str(), "capability": CAPABILITY, "expires_at": "2026-11-22T09:00:00Z"});
    match path {
        "/v1/consents" | "/v1/withdrawals" => (201, recorded),
        "/v1/subjects" => (200, person),
        path if path.ends_with("/history") => {
            (200, json!({"subject": subject(7).as_str(), "events": []}))
        }
        path if path.ends_with("/decisions") => (
            200,
            json!({"subject": subject(7).as_str(), "seq": 0, "decisions": []}),
        ),
        path => yes(path),
    }
}

fn question(purpose: &str) -> CheckRequest {
    CheckRequest {
        at_least: Some(POSITION.to_owned()),
        ..CheckRequest::about(subject(7), purpose.parse().expect("a purpose"))
    }
}

/// Sends every request that a client can send about one person.
async fn use_everything(samtycke: &Client) {
    let _ = samtycke.subject(Domain::Email, EMAIL).await;
    let news = "example.news".parse().expect("a purpose");
    let said = ConsentRequest::new(
        CONSENT.parse().expect("an id"),
        subject(7),
        format!("sha256:{}", "9f".repeat(32))
            .parse()
            .expect("a hash"),
        "sv".parse().expect("a language"),
        Method::Button,
        vec![Decision::about(news, DecisionKind::Given)],
    );
    let _ = samtycke.record(&said).await;
    let _ = samtycke.check(&question("example.news")).await;
    let questions = [question("example.news"), question("example.answers")];
    let _ = samtycke.check_batch(&questions).await;
    if let Ok(mut consented) = samtycke.require::<Answers, Process>(&subject(7)).await {
        let _ = consented.ensure_fresh().await;
    }
    let company = Recipient("example-ab".parse().expect("a recipient"));
    if let Ok(mut consented) = samtycke
        .require_in::<Forward, op::Forward>(&subject(7), company)
        .await
    {
        let _ = consented.spend().await;
    }
    let _ = samtycke.decisions(&subject(7)).await;
    let _ = samtycke.history(&subject(7)).await;
    let _ = samtycke.proof(&said.event_id).await;
    let no = Decision::about(
        "example.news".parse().expect("one"),
        DecisionKind::Withdrawn,
    );
    let no = WithdrawalRequest::new(said.event_id, subject(7), vec![no]);
    let _ = samtycke.withdraw(&no).await;
}

/// No log line at any level names a person, whatever the operation and its result.
#[tokio::test]
async fn log_lines_name_no_subject() {
    listen();
    let upstream = Upstream::start(everything);
    let build = |url: &str| {
        let builder = Client::builder(url, "sam_service_canarykey");
        let builder = builder.lookup_key(Secret::from_bytes([0xa7; 32]));
        builder.capability(CAPABILITY).build().expect("a client")
    };
    for answer in [everything, yes, no, contract, busy, gone] {
        upstream.answer(answer);
        use_everything(&build(&upstream.url)).await;
    }
    use_everything(&build("http://127.0.0.1:1")).await;

    let lines = lines();
    for what in [
        r#"samtycke.request{route="/v1/subjects/{subject}/history" attempt=1"#,
        r#"samtycke.request{route="/v1/consents/{event}/use" attempt=1 status=200}"#,
        "a check was answered",
        "a check failed closed",
        "a batch of checks failed closed",
        "an allow was denied: explicit consent is needed",
    ] {
        assert!(lines.contains(what), "{what} was not logged");
    }
    let key = Secret::from_bytes([0xa7; 32]);
    let hmac = hex::encode(identifier_hmac(&key, Domain::Email, EMAIL));
    let sent = upstream.asked().into_iter().map(|asked| asked.body);
    assert!(sent.into_iter().any(|body| body["identifier_hmac"] == hmac));
    for secret in [
        subject(7).as_str(),
        CONSENT,
        POSITION,
        CAPABILITY,
        "canarykey",
        "zanzibar",
        &hmac,
        "a7a7a7a7",
        "167, 167",
    ] {
        let line = lines.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} was logged");
    }
}

/// A failed check logs one warning, regardless of the number of attempts.
#[tokio::test]
async fn a_failure_is_logged_once_where_it_denies() {
    listen();
    let upstream = Upstream::start(gone);
    let checked = client(&upstream).check(&question("example.warned")).await;
    assert!(!checked.allow());
    assert_eq!(upstream.asked().len(), 3, "it was tried again");
    let lines = lines();
    let warned = lines
        .lines()
        .filter(|line| line.contains("example.warned") && line.contains("WARN"));
    let warned: Vec<_> = warned.collect();
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].contains("FAILCLOSED_UNAVAILABLE"), "{warned:?}");
}

/// Each check is counted once, by its outcome.
#[tokio::test]
async fn calls_are_counted_by_outcome() {
    let upstream = Upstream::start(yes);
    let samtycke = client(&upstream);
    let _ = samtycke.check(&question("example.news")).await;
    let company = Recipient("example-ab".parse().expect("a recipient"));
    let ask = samtycke.require_in::<Forward, op::Forward>(&subject(1), company);
    let mut consented = ask.await.expect("an allow");
    let _spent = consented.spend().await.expect("unused");
    upstream.answer(contract);
    assert!(
        samtycke
            .require::<Answers, Process>(&subject(1))
            .await
            .is_err()
    );
    upstream.answer(no);
    let questions = [question("example.news"), question("example.answers")];
    let _ = samtycke.check_batch(&questions).await;
    upstream.answer(gone);
    let _ = samtycke.clone().check_batch(&questions).await;

    let mut expected = Counts::default();
    expected.requests = 6;
    expected.tries_again = 2;
    expected.requests_failed = 1;
    expected.allowed = 5;
    expected.denied = 1;
    expected.failed_closed = 2;
    expected.overruled = 1;
    assert_eq!(samtycke.counts(), expected);
}

/// A reused verdict counts as a check and not as a request.
#[tokio::test]
async fn reused_verdicts_are_counted() {
    let upstream = Upstream::start(|path| {
        let (status, mut verdict) = yes(path);
        verdict["rely_ms"] = 5_000.into();
        (status, verdict)
    });
    let samtycke = client(&upstream);
    for _ in 0..3 {
        let _consented = samtycke
            .require::<News, Process>(&subject(1))
            .await
            .expect("an allow");
    }
    let counts = samtycke.counts();
    assert_eq!((counts.requests, counts.allowed, counts.reused), (1, 3, 2));
}

/// Stores metrics as a program's recorder receives them, by name and labels.
#[derive(Default)]
struct Kept {
    counters: Mutex<BTreeMap<String, Arc<AtomicU64>>>,
    observed: Arc<Observed>,
}

#[derive(Default)]
struct Observed(Mutex<Vec<f64>>);

impl HistogramFn for Observed {
    fn record(&self, value: f64) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(value);
    }
}

impl Recorder for Kept {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let labels = key
            .labels()
            .map(|label| format!("{}={}", label.key(), label.value()));
        let name = format!("{} {}", key.name(), labels.collect::<Vec<_>>().join(" "));
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        Counter::from_arc(
            counters
                .entry(name.trim_end().to_owned())
                .or_default()
                .clone(),
        )
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        assert_eq!(key.name(), "samtycke_client_request_seconds");
        Histogram::from_arc(self.observed.clone())
    }
}

/// Dashboards depend on the metric names; their labels are route templates and reasons.
#[test]
fn the_same_is_told_to_the_programs_recorder() {
    let upstream = Upstream::start(yes);
    let samtycke = samtycke::blocking::Client::new(client(&upstream)).expect("a thread");
    let kept = Kept::default();
    metrics::with_local_recorder(&kept, || {
        let _ = samtycke.check(&question("example.news"));
        upstream.answer(gone);
        let _ = samtycke.history(&subject(1));
        let questions = [question("example.news"), question("example.answers")];
        let _ = samtycke.check_batch(&questions);
    });
    let counters = kept.counters.into_inner().expect("no panic");
    let counters = counters.iter();
    let counters: Vec<_> = counters
        .map(|(name, count)| {
            (
                name.as_str(),
                count.load(std::sync::atomic::Ordering::SeqCst),
            )
        })
        .collect();
    let expected = [
        ("samtycke_client_checks_total reason=CONSENT_VALID", 1),
        (
            "samtycke_client_checks_total reason=FAILCLOSED_UNAVAILABLE",
            2,
        ),
        (
            "samtycke_client_requests_failed_total route=/v1/check/batch",
            1,
        ),
        (
            "samtycke_client_requests_failed_total route=/v1/subjects/{subject}/history",
            1,
        ),
        ("samtycke_client_requests_total route=/v1/check", 1),
        ("samtycke_client_requests_total route=/v1/check/batch", 1),
        (
            "samtycke_client_requests_total route=/v1/subjects/{subject}/history",
            1,
        ),
        ("samtycke_client_tries_again_total route=/v1/check/batch", 2),
        (
            "samtycke_client_tries_again_total route=/v1/subjects/{subject}/history",
            2,
        ),
    ];
    assert_eq!(counters, expected);
    let observed = kept
        .observed
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    assert_eq!(observed.len(), 3);
    assert!(observed.iter().all(|seconds| (0.0..10.0).contains(seconds)));
}
