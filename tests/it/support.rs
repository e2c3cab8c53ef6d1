//! Helpers that several modules use.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use samtycke_core::id::SubjectId;
use samtycke_server::clock::{SystemRng, random};
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Skatteverket's own example of a personnummer, and an address and a number that no person can have.
pub(crate) const PERSONAL: [&str; 4] = [
    "191212121212",
    "121212-1212",
    "nobody@example.com",
    "+46 70 000 00 00",
];

/// Subjects whose states share one part of the server's memory, and so the places in it.
pub(crate) fn subjects_of_one_shard(count: usize) -> Vec<String> {
    let subject = |_| {
        let mut bytes: [u8; 16] = random(&SystemRng);
        bytes[8] = 0;
        SubjectId::from_bytes(bytes).to_string()
    };
    (0..count).map(subject).collect()
}

/// One of the five registers, as it is in the repository.
pub(crate) fn register(name: &str) -> String {
    let path = format!("{}/../registers/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("one of the five registers")
}

/// A register with `extra` among the readings of one purpose.
pub(crate) fn with_analysis(text: &str, purpose: &str, extra: &str) -> String {
    let at = text
        .find(&format!("id = \"{purpose}\""))
        .expect("a purpose of the register");
    let analysis = at
        + text[at..]
            .find("[purpose.analysis]\n")
            .expect("it has a reading")
        + "[purpose.analysis]\n".len();
    format!("{}{extra}\n{}", &text[..analysis], &text[analysis..])
}

/// A register without one of its purposes.
pub(crate) fn without(text: &str, purpose: &str) -> String {
    let id = text
        .find(&format!("id = \"{purpose}\""))
        .expect("a purpose of the register");
    let from = text[..id].rfind("[[purpose]]").expect("it begins");
    let to = text[id..]
        .find("[[purpose]]\n")
        .map_or(text.len(), |next| id + next);
    let count = text.matches("[[purpose]]\n").count();
    format!("{}{}", &text[..from], &text[to..]).replace(
        &format!("purposes = {count}"),
        &format!("purposes = {}", count - 1),
    )
}

/// Drafts and publishes a register with the tenant's own keys, whatever the live notices ask.
pub(crate) async fn go_live(world: &World, t: &Tenancy, register_toml: &str) -> Answer {
    let editor = format!("Bearer {}", t.keys.editor);
    let headers = [
        ("content-type", "application/toml"),
        ("authorization", editor.as_str()),
    ];
    raw(world, Method::PUT, "/v1/register", &headers, register_toml)
        .await
        .expect(200);
    world
        .post(
            "/v1/register/publish",
            &t.keys.publisher,
            &json!({"unasked": true}),
        )
        .await
        .expect(200)
}

/// Publishes the notice that the live register makes, and returns its hash.
pub(crate) async fn new_notice(world: &World, t: &Tenancy) -> String {
    let added = world
        .post("/v1/notices", &t.keys.editor, &json!({"site": t.site}))
        .await
        .expect(201);
    let hash = added.json["hash"].as_str().expect("a hash").to_owned();
    world
        .post(
            &format!("/v1/notices/{hash}/publish"),
            &t.keys.publisher,
            &json!({}),
        )
        .await
        .expect(200);
    hash
}

/// A request with exactly these headers.
pub(crate) async fn raw(
    world: &World,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<String>,
) -> Answer {
    let mut request = world
        .http
        .request(method, format!("{}{path}", world.server.base_url))
        .body(body.into());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::to(request).await
}

/// The response to a `POST` that announces a body of this length and waits: a server that refuses it does so at once.
pub(crate) async fn announce(world: &World, path: &str, key: &str, length: usize) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let address = world.server.base_url.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("it listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

/// The same `POST` many times concurrently.
pub(crate) async fn at_once(
    world: &World,
    times: usize,
    path: &str,
    key: &str,
    body: &Value,
) -> Vec<Answer> {
    let mut posts = JoinSet::new();
    for _ in 0..times {
        let request = world
            .http
            .post(format!("{}{path}", world.server.base_url))
            .bearer_auth(key)
            .json(body);
        posts.spawn(async move { Answer::to(request).await });
    }
    posts.join_all().await
}

/// Whether a check allows, and its reason.
pub(crate) async fn verdict(
    world: &World,
    t: &Tenancy,
    subject: &str,
    purpose: &str,
) -> (bool, String) {
    let answer = world.check(t, subject, purpose).await.expect(200);
    (
        answer.json["allow"] == true,
        answer.json["reason"].as_str().expect("a reason").to_owned(),
    )
}

/// The first decision's result in a submission: outcome, and why it does not act.
#[track_caller]
pub(crate) fn outcome(answer: &Answer) -> (&str, &str) {
    assert_eq!(answer.status, 201, "{}", answer.text);
    let decision = &answer.json["decisions"][0];
    (
        decision["outcome"].as_str().expect("an outcome"),
        decision["reason"].as_str().unwrap_or(""),
    )
}

/// The events of a subject.
pub(crate) async fn history(world: &World, t: &Tenancy, subject: &str) -> Vec<Value> {
    let answer = world
        .get(&format!("/v1/subjects/{subject}/history"), &t.keys.dpo)
        .await
        .expect(200);
    answer.json["events"].as_array().expect("a list").clone()
}

/// A proof bundle as text.
pub(crate) async fn proof(world: &World, t: &Tenancy, recorded: &Answer) -> String {
    let event = recorded.json["event_id"].as_str().expect("an id");
    world
        .get(&format!("/v1/events/{event}/proof"), &t.keys.auditor)
        .await
        .expect(200)
        .text
}

/// An anonymous browser: a capability of its own and the subject derived from it.
pub(crate) struct Browser {
    pub(crate) capability: String,
    pub(crate) subject: String,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let own: [u8; 32] = random(&SystemRng);
        Self {
            capability: URL_SAFE_NO_PAD.encode(own),
            subject: SubjectId::from_capability(&own).to_string(),
        }
    }

    /// A `POST` from a page.
    pub(crate) async fn post(
        &self,
        world: &World,
        t: &Tenancy,
        origin: &str,
        path: &str,
        body: &Value,
    ) -> Answer {
        let key = format!("Bearer {}", t.keys.publishable);
        let mut headers = vec![
            ("authorization", key.as_str()),
            ("content-type", "application/json"),
            ("samtycke-capability", self.capability.as_str()),
        ];
        if !origin.is_empty() {
            headers.push(("origin", origin));
        }
        raw(world, Method::POST, path, &headers, body.to_string()).await
    }
}

/// Runs work until it is done, or until something in it ends it by [`stop`] in the middle, as a kill does.
pub(crate) async fn until_stopped<T>(work: impl Future<Output = T>) -> Option<T> {
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(|context| {
        let polled = std::panic::AssertUnwindSafe(|| work.as_mut().poll(context));
        match std::panic::catch_unwind(polled) {
            Ok(polled) => polled.map(Some),
            Err(_) => std::task::Poll::Ready(None),
        }
    })
    .await
}

/// Ends the work of [`until_stopped`] here and now.
pub(crate) fn stop() -> ! {
    std::panic::resume_unwind(Box::new("stopped"))
}

/// Runs futures concurrently, in one task, and returns their outputs in the order in which they ended.
pub(crate) async fn together<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.map(Box::pin).collect();
    let mut outputs = Vec::new();
    std::future::poll_fn(|cx| {
        running.retain_mut(|one| match one.as_mut().poll(cx) {
            std::task::Poll::Ready(output) => {
                outputs.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if running.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    outputs
}

/// A `POST` from a page of the site's own origin, with more headers, such as its choice counter.
pub(crate) async fn from_page(
    world: &World,
    t: &Tenancy,
    me: &Browser,
    path: &str,
    body: &Value,
    more: &[(&str, &str)],
) -> Answer {
    let key = format!("Bearer {}", t.keys.publishable);
    let mut headers = vec![
        ("authorization", key.as_str()),
        ("content-type", "application/json"),
        ("samtycke-capability", me.capability.as_str()),
        ("origin", t.web_origin.as_str()),
    ];
    headers.extend_from_slice(more);
    raw(world, Method::POST, path, &headers, body.to_string()).await
}

/// Posts an event with the role's key: `role` is `service` or `dpo`.
pub(crate) async fn happened(
    world: &World,
    t: &Tenancy,
    subject: &str,
    kind: &str,
    data: Value,
) -> Answer {
    let of_officer = [
        "objection.upheld",
        "objection.rejected",
        "consent.invalidated",
        "consent.revoked",
        "subject.unmerged",
        "subject.restricted",
        "subject.unrestricted",
        "correction",
    ];
    let key = if of_officer.contains(&kind) {
        &t.keys.dpo
    } else {
        &t.keys.service
    };
    let body =
        json!({"event_id": world.event_id(), "subject": subject, "kind": kind, "data": data});
    world.post("/v1/events", key, &body).await
}

/// Records one decision by somebody who has seen everything before. It is explicit where the notice asks so.
pub(crate) async fn said(
    world: &World,
    t: &Tenancy,
    subject: &str,
    purpose: &str,
    decision: &str,
) -> Answer {
    let path = format!("/v1/subjects/{subject}/decisions");
    let known = world.get(&path, &t.keys.service).await.expect(200);
    let seen = known.json["seq"].as_u64().expect("a number");
    let recorded = said_after(world, t, subject, seen, purpose, decision).await;
    recorded.expect(201)
}

/// The same by somebody who has seen the events up to this number.
pub(crate) async fn said_after(
    world: &World,
    t: &Tenancy,
    subject: &str,
    seen: u64,
    purpose: &str,
    decision: &str,
) -> Answer {
    let body = json!({
        "event_id": world.event_id(), "subject": subject, "notice": t.notice, "language": "sv",
        "method": "button", "based_on": seen,
        "decisions": [{"purpose": purpose, "decision": decision, "explicit": is_asked_alone(world, t, purpose).await}],
    });
    world.post("/v1/consents", &t.keys.service, &body).await
}

/// Whether the tenant's notice asks about a purpose in a statement of its own.
async fn is_asked_alone(world: &World, t: &Tenancy, purpose: &str) -> bool {
    let tenant = samtycke_tests::audit::tenant(&world.server.app, &t.log).await;
    let mut notices = tenant.notices.values();
    notices.any(|notice| {
        let own = &notice.manifest.layout.own_statement;
        own.iter().any(|id| id.as_str() == purpose)
    })
}
