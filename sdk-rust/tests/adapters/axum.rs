use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::FromRef;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use http_body::Frame;
use samtycke::axum::Subject;
use samtycke::fake::FakeConsent;
use samtycke::fake::example::Newsletter;
use samtycke::op::{Forward, Operation, Process, Publish, Read, Store, View};
use samtycke::{Client, Consented, Denied};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::upstream::{busy, contract, gone, no, yes};
use crate::{Answers, News, Upstream, client, subject};

#[derive(Clone)]
pub(crate) struct App {
    pub(crate) samtycke: Client,
}

impl FromRef<App> for Client {
    fn from_ref(app: &App) -> Self {
        app.samtycke.clone()
    }
}

async fn handler<O: Operation>(consented: Consented<News, O>) -> Result<String, Denied> {
    Ok(consented.subject()?.as_str().to_owned())
}

async fn explicit(consented: Consented<Answers, Process>) -> Result<String, Denied> {
    Ok(consented.subject()?.as_str().to_owned())
}

fn router(upstream: &Upstream) -> Router {
    Router::new()
        .route("/process", get(handler::<Process>))
        .route("/store", get(handler::<Store>))
        .route("/read", get(handler::<Read>))
        .route("/forward", get(handler::<Forward>))
        .route("/publish", get(handler::<Publish>))
        .route("/view", get(handler::<View>))
        .route("/explicit", get(explicit))
        .with_state(App {
            samtycke: client(upstream),
        })
}

/// A request after the program's own authentication.
fn request(path: &str) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = path.parse().expect("a path");
    request.extensions_mut().insert(Subject(subject(1)));
    request
}

async fn sent(upstream: &Upstream, request: Request<Body>) -> (StatusCode, HeaderMap, Value) {
    let response = router(upstream).oneshot(request).await;
    read_all(response.expect("infallible")).await
}

pub(crate) async fn read_all(response: Response) -> (StatusCode, HeaderMap, Value) {
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, 10_000).await.expect("a body");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let json = serde_json::from_slice(&bytes).unwrap_or(Value::String(text));
    (head.status, head.headers, json)
}

/// A handler checks the operation in its signature for the subject that the authentication named.
#[tokio::test]
async fn a_handler_asks_for_the_operation_it_names() {
    let upstream = Upstream::start(yes);
    for op in ["process", "store", "read", "forward", "publish", "view"] {
        let (status, _, body) = sent(&upstream, request(&format!("/{op}"))).await;
        assert_eq!((status, body), (StatusCode::OK, subject(1).as_str().into()));
        let asked = upstream.asked();
        assert_eq!(asked.len(), 1);
        assert_eq!((&asked[0].path[..]), "/v1/check");
        assert_eq!(asked[0].body["op"], op);
        assert_eq!(asked[0].body["purpose"], "example.news");
        assert_eq!(asked[0].body["subject"], subject(1).as_str());
        assert_eq!(asked[0].body.get("signals"), None);
    }
}

/// A browser's signal counts without any code in the handler.
#[tokio::test]
async fn browser_signals_are_part_of_the_check() {
    let upstream = Upstream::start(yes);
    let mut signalling = request("/process");
    let headers = signalling.headers_mut();
    headers.insert("sec-gpc", "1".parse().expect("a value"));
    headers.insert("dnt", "0".parse().expect("a value"));
    sent(&upstream, signalling).await;
    let signals = json!({"gpc": true, "dnt": false});
    assert_eq!(upstream.asked()[0].body["signals"], signals);
}

/// Invariant 8 for an outside caller: the handler is not called, and the response states the reason and not the
/// subject.
#[tokio::test]
async fn denials_answer_403_or_503_and_are_not_cached() {
    let upstream = Upstream::start(no);
    let (status, headers, body) = sent(&upstream, request("/store")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers.get("retry-after"), None);
    assert_eq!(body["reason"], "CONSENT_WITHDRAWN");
    assert_eq!(
        (&body["allow"], &body["may_ask"]),
        (&json!(false), &json!(false))
    );
    assert!(!body.to_string().contains(subject(1).as_str()), "{body}");

    upstream.answer(gone);
    let (status, headers, body) = sent(&upstream, request("/store")).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(body["reason"], "FAILCLOSED_UNAVAILABLE");

    upstream.answer(busy);
    let (status, headers, body) = sent(&upstream, request("/store")).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(headers["retry-after"], "3600", "as the server said");
    assert_eq!(body["reason"], "FAILCLOSED_OVERLOAD");
}

/// GDPR Art. 9(2)(a): an allow on another basis denies if the purpose needs explicit consent.
#[tokio::test]
async fn a_basis_other_than_explicit_consent_answers_403() {
    let upstream = Upstream::start(contract);
    let (status, _, body) = sent(&upstream, request("/explicit")).await;
    assert_eq!(
        (status, &body["reason"]),
        (StatusCode::FORBIDDEN, &json!("EXPLICIT_CONSENT_REQUIRED"))
    );
}

/// A route without authentication is denied.
#[tokio::test]
async fn a_request_without_subject_is_denied_without_a_check() {
    let upstream = Upstream::start(yes);
    let mut nobody = request("/store");
    nobody.extensions_mut().clear();
    let (status, headers, body) = sent(&upstream, nobody).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(
        (&body["allow"], &body["status"]),
        (&json!(false), &json!(500))
    );
    assert_eq!(upstream.asked(), []);
}

/// A body whose only chunk arrives late.
struct Late {
    fake: FakeConsent,
    after: Duration,
    piece: Option<Bytes>,
}

impl HttpBody for Late {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let piece = self.piece.take();
        if piece.is_some() {
            self.fake.clock().advance(self.after);
        }
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }
}

async fn save(mut consented: Consented<Newsletter, Store>, text: String) -> Result<String, Denied> {
    consented.ensure_fresh().await?;
    Ok(format!("{} {text}", consented.subject()?.as_str()))
}

async fn forget(consented: Consented<Newsletter, Store>, _: String) -> Result<String, Denied> {
    Ok(consented.subject()?.as_str().to_owned())
}

/// The result for a body that takes this long, and the number of checks; `meanwhile` runs while the body arrives.
async fn slow(
    path: &str,
    after: Duration,
    meanwhile: impl FnOnce(&FakeConsent, &samtycke::id::SubjectId),
) -> (StatusCode, Value, usize) {
    let fake = FakeConsent::example().expect("the example");
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").expect("a grant");
    let router = Router::new()
        .route("/save", post(save))
        .route("/forget", post(forget))
        .with_state(App {
            samtycke: fake.client(),
        });
    let body = Body::new(Late {
        fake: fake.clone(),
        after,
        piece: Some(Bytes::from_static(b"a photo")),
    });
    let mut request = Request::post(path).body(body).expect("a request");
    request.extensions_mut().insert(Subject(anna.clone()));
    meanwhile(&fake, &anna);
    let response = router.oneshot(request).await.expect("infallible");
    let (status, _, json) = read_all(response).await;
    (status, json, fake.requests().len())
}

/// A slow upload is checked again after it has arrived.
#[tokio::test]
async fn a_body_may_take_longer_than_a_permission_lives() {
    let (status, said, asked) = slow("/save", Duration::from_secs(8), |_, _| {}).await;
    assert_eq!((status, asked), (StatusCode::OK, 2), "{said}");
    assert!(said.to_string().contains("a photo"), "{said}");

    let withdrawn = |fake: &FakeConsent, anna: &samtycke::id::SubjectId| {
        let anna = anna.clone();
        fake.after_next(|fake| async move {
            fake.withdraw(&anna, "example.newsletter")
                .expect("a withdrawal");
        });
    };
    let (status, said, _) = slow("/save", Duration::from_secs(8), withdrawn).await;
    assert_eq!(
        (status, &said["reason"]),
        (StatusCode::FORBIDDEN, &json!("CONSENT_WITHDRAWN"))
    );
}

/// A handler that does not check again gets the cause of its denial.
#[tokio::test]
async fn a_handler_that_does_not_ask_again_is_told_so() {
    let (status, said, _) = slow("/forget", Duration::from_secs(8), |_, _| {}).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(said["reason"], "FAILCLOSED_PERMISSION_ENDED");
    assert_eq!(
        said["title"],
        "The permission had ended before it was used; ask again"
    );
}
