use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Request, Response, StatusCode};
use axum::routing::get;
use samtycke::axum::Subject;
use samtycke::id::SubjectId;
use samtycke::op::{Read, Store};
use samtycke::tower::{Permit, RequireConsent};
use samtycke::{Consented, Denied};
use serde_json::json;
use tower::{Layer as _, Service, ServiceExt as _, service_fn};

use crate::axum::{App, read_all};
use crate::upstream::{gone, no, yes};
use crate::{News, Upstream, client, subject};

fn whose(request: &Parts) -> Option<SubjectId> {
    request.headers.get("whose")?.to_str().ok()?.parse().ok()
}

fn request(path: &str) -> Request<Body> {
    let request = Request::get(path).header("whose", subject(1).as_str());
    request.body(Body::empty()).expect("a request")
}

fn layer(upstream: &Upstream) -> RequireConsent<News, Read> {
    RequireConsent::new(client(upstream), whose)
}

/// The service does not start to handle a denied request.
#[tokio::test]
async fn the_service_is_called_only_after_an_allow() {
    let upstream = Upstream::start(yes);
    let called = Arc::new(AtomicU32::new(0));
    let counter = called.clone();
    let inner = service_fn(move |_: Request<Body>| {
        counter.fetch_add(1, SeqCst);
        ready(Ok::<_, Infallible>(Response::new(Body::from("inner"))))
    });
    let service = layer(&upstream).layer(inner);
    let send = async |request| {
        let response = service.clone().oneshot(request).await.expect("infallible");
        read_all(response.map(Body::new)).await
    };

    let (status, _, body) = send(request("/")).await;
    assert_eq!((status, body), (StatusCode::OK, "inner".into()));
    let asked = upstream.asked();
    assert_eq!((asked.len(), &asked[0].body["op"]), (1, &json!("read")));

    upstream.answer(no);
    let (status, headers, body) = send(request("/")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(body["reason"], "CONSENT_WITHDRAWN");

    upstream.answer(gone);
    assert_eq!(send(request("/")).await.0, StatusCode::SERVICE_UNAVAILABLE);

    upstream.answer(yes);
    upstream.asked();
    let nobody = Request::new(Body::empty());
    assert_eq!(send(nobody).await.0, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(upstream.asked(), []);
    assert_eq!(called.load(SeqCst), 1, "once, for the one yes");
}

/// One permission covers one operation: http's extensions can be cloned, and a permission cannot.
#[tokio::test]
async fn a_permission_is_taken_once() {
    let upstream = Upstream::start(yes);
    let inner = service_fn(async |request: Request<Body>| {
        let copy = request.extensions().clone();
        let first = Permit::<News, Read>::take(request.extensions());
        let second = Permit::<News, Read>::take(&copy);
        let subject = first.expect("a permission").subject().cloned();
        let text = format!(
            "{:?} {}",
            second.map(drop),
            subject == Ok(crate::subject(1))
        );
        Ok::<_, Infallible>(Response::new(Body::from(text)))
    });
    let response = layer(&upstream).layer(inner).oneshot(request("/")).await;
    let (_, _, body) = read_all(response.expect("infallible").map(Body::new)).await;
    assert_eq!(body, "None true");
}

async fn read(consented: Consented<News, Read>) -> Result<String, Denied> {
    Ok(consented.subject()?.as_str().to_owned())
}

async fn twice(a: Consented<News, Read>, b: Consented<News, Read>) -> Result<String, Denied> {
    Ok(format!("{}", a.subject()? == b.subject()?))
}

async fn store(consented: Consented<News, Store>) -> Result<String, Denied> {
    Ok(consented.subject()?.as_str().to_owned())
}

/// Layer and extractor together make one check. The extractor takes no permission for another operation or person.
#[tokio::test]
async fn an_extractor_reuses_the_layers_permission_if_it_fits() {
    let upstream = Upstream::start(yes);
    let router: Router = Router::new()
        .route("/read", get(read))
        .route("/twice", get(twice))
        .route("/store", get(store))
        .layer(layer(&upstream))
        .with_state(App {
            samtycke: client(&upstream),
        });
    let send = async |request| {
        let response = router.clone().oneshot(request).await;
        let (status, _, body) = read_all(response.expect("infallible")).await;
        let asked = upstream.asked().into_iter();
        let asked: Vec<_> = asked
            .map(|a| (a.body["op"].clone(), a.body["subject"].clone()))
            .collect();
        (status, body, asked)
    };
    let one = json!(subject(1).as_str());
    let two = json!(subject(2).as_str());
    let (op_read, op_store) = (json!("read"), json!("store"));

    let (status, body, asked) = send(request("/read")).await;
    assert_eq!((status, &body), (StatusCode::OK, &one));
    assert_eq!(asked, [(op_read.clone(), one.clone())], "once");

    let (_, body, asked) = send(request("/twice")).await;
    assert_eq!((body, asked.len()), (json!(true), 2), "one permission each");

    let (_, _, asked) = send(request("/store")).await;
    assert_eq!(asked[1], (op_store, one.clone()), "another operation");

    let mut other = request("/read");
    other.extensions_mut().insert(Subject(subject(2)));
    let (_, body, asked) = send(other).await;
    assert_eq!(body, two, "the authentication's word counts");
    assert_eq!(asked[1], (op_read, two));
}

/// A service whose readiness belongs to its caller, such as one that reserves a place in a queue.
struct Reserved {
    is_ready: bool,
}

impl Clone for Reserved {
    fn clone(&self) -> Self {
        Self { is_ready: false }
    }
}

impl Service<Request<Body>> for Reserved {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.is_ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        assert!(self.is_ready, "called without having been asked");
        self.is_ready = false;
        ready(Ok(Response::default()))
    }
}

/// Backpressure: the layer calls the same service that reported readiness.
#[tokio::test]
async fn the_service_that_is_ready_is_the_one_that_is_called() {
    let upstream = Upstream::start(yes);
    let mut service = layer(&upstream).layer(Reserved { is_ready: false });
    for _ in 0..2 {
        let ready = service.ready().await.expect("infallible");
        let answer = ready.call(request("/")).await.expect("infallible");
        assert_eq!(answer.status(), StatusCode::OK);
    }
}
