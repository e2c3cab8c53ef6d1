use axum::body::Body;
use axum::routing::{get, post};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use axum::http::Method;

use super::*;
use crate::clock::{Rng, SystemClock};

struct Sevens;

impl Rng for Sevens {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

fn classify(route: &str) -> Class {
    let class = if route == "/check/{id}" {
        RouteClass::Check
    } else {
        RouteClass::Admin
    };
    Class {
        class,
        problem_page: None,
    }
}

fn common(metrics: &Arc<Metrics>, is_https: bool) -> Common {
    let environment = Environment {
        clock: Arc::new(SystemClock),
        rng: Arc::new(Sevens),
    };
    Common::new(
        environment,
        metrics.clone(),
        Duration::from_millis(300),
        is_https,
        AccessLog::All,
        classify,
    )
}

fn router() -> Router {
    let page = (
        [
            ("content-type", "text/html; charset=utf-8"),
            ("content-security-policy", "default-src 'self'"),
        ],
        "x",
    );
    Router::new()
        .route("/check/{id}", get(async || "yes"))
        .route("/page", get(async move || page))
        .route(
            "/panic",
            post(async || panic!("19900101-1234") as &'static str),
        )
        .route(
            "/slow",
            get(async || std::future::pending::<&'static str>().await),
        )
        .route(
            "/id",
            get(async |axum::Extension(id): axum::Extension<RequestId>| id.as_str().to_owned()),
        )
}

async fn ask(method: Method, path: &str, is_https: bool) -> (Response<Body>, Arc<Metrics>) {
    let metrics = Arc::new(Metrics::default());
    let request = Request::builder()
        .method(method)
        .uri(path)
        .body(Body::empty())
        .unwrap();
    (
        apply(router(), common(&metrics, is_https))
            .oneshot(request)
            .await
            .unwrap(),
        metrics,
    )
}

async fn json(response: Response) -> serde_json::Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn every_answer_has_its_headers() {
    let (response, metrics) = ask(Method::GET, "/check/1", true).await;
    let headers = response.headers();
    assert_eq!(headers["x-request-id"], "07070707070707070000000000000000");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert_eq!(
        headers["content-security-policy"],
        "default-src 'none'; frame-ancestors 'none'"
    );
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["strict-transport-security"], "max-age=63072000");
    assert!(!headers.contains_key("permissions-policy"));
    let rendered = metrics.render();
    assert!(
        rendered.contains("requests_total{class=\"check\",method=\"GET\",status=\"200\"} 1\n"),
        "{rendered}"
    );
    let (plain, _) = ask(Method::GET, "/check/1", false).await;
    assert!(!plain.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn a_page_keeps_its_own_policy() {
    let (response, _) = ask(Method::GET, "/page", false).await;
    assert_eq!(
        response.headers()["content-security-policy"],
        "default-src 'self'"
    );
    assert!(response.headers().contains_key("permissions-policy"));
}

#[tokio::test]
async fn an_unknown_route_or_method_answers_a_problem() {
    let (response, _) = ask(Method::GET, "/nowhere", false).await;
    assert_eq!(response.status(), 404);
    let body = json(response).await;
    assert_eq!(
        body["instance"],
        "urn:request:07070707070707070000000000000000"
    );
    assert_eq!(body["allow"], false);
    let (response, _) = ask(Method::DELETE, "/page", false).await;
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "GET,HEAD");
    assert_eq!(json(response).await["reason"], "METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn a_panic_is_a_problem_that_repeats_nothing() {
    let (response, metrics) = ask(Method::POST, "/panic", false).await;
    assert_eq!(response.status(), 500);
    let body = json(response).await;
    assert_eq!(body["reason"], "FAILCLOSED_INTERNAL");
    assert_eq!(body["allow"], false);
    assert!(!body.to_string().contains("1990"));
    assert!(metrics.render().contains("samtycke_panics_total 1\n"));
}

#[tokio::test]
async fn a_request_that_takes_too_long_denies() {
    let (response, _) = ask(Method::GET, "/slow", false).await;
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["retry-after"], "1");
    let body = json(response).await;
    assert_eq!(
        (&body["reason"], &body["allow"]),
        (&"FAILCLOSED_UNAVAILABLE".into(), &false.into())
    );
}

#[tokio::test]
async fn only_a_caller_s_id_that_is_a_number_is_kept() {
    let metrics = Arc::new(Metrics::default());
    let app = apply(router(), common(&metrics, false));
    let kept = "0197a2c4-7b1e-7000-8000-00000000abcd";
    for (sent, expected) in [
        (kept, kept),
        ("0123456789abcdef", "0123456789abcdef"),
        (
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "4bf92f3577b34da6a3ce929d0e0e4736",
        ),
        ("19121212-12121212-1212", "07070707070707070000000000000000"),
        ("abcdef-121212-1212-ab", "07070707070707070000000000000001"),
        ("short", "07070707070707070000000000000002"),
        (
            "anna.andersson@example.se",
            "07070707070707070000000000000003",
        ),
        (
            "0123456789abcdef0123456789abcdef0123456",
            "07070707070707070000000000000004",
        ),
    ] {
        let request = Request::get("/id")
            .header("x-request-id", sent)
            .body(Body::empty())
            .unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["x-request-id"], expected);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body, expected.as_bytes());
    }
}
