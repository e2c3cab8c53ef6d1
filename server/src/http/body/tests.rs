use axum::http::HeaderValue;
use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only the errors are looked at")]
struct Shape {
    subject: String,
    #[serde(default)]
    count: u8,
    #[serde(default)]
    id: Option<Loud>,
    #[serde(default)]
    decisions: Vec<Decision>,
}

/// A type whose error message repeats its input.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Loud;

impl TryFrom<String> for Loud {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "loud" {
            Ok(Self)
        } else {
            Err(format!("no such thing as {text}"))
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
#[expect(dead_code, reason = "only the errors are looked at")]
struct Decision {
    purpose: String,
    decision: Word,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Given,
    Refused,
}

fn rules(timeout: Duration) -> BodyRules {
    BodyRules {
        bytes_max: 300,
        timeout,
        depth_max: 4,
        parse: super::super::strict::parse,
    }
}

fn headers(content_type: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(content_type))])
}

async fn read(content_type: &'static str, body: Body) -> Result<(Shape, Value), Problem> {
    read_json(
        &headers(content_type),
        body,
        &rules(Duration::from_secs(10)),
    )
    .await
}

async fn violation(body: &'static str) -> (String, String) {
    let problem = read("application/json", Body::from(body))
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::FieldInvalid, "{body}");
    let violation = problem.violations.into_iter().next().unwrap();
    (violation.field, violation.message.into_owned())
}

/// A body that sends this many bytes without announcing them, and then never ends.
fn endless(bytes: usize) -> Body {
    let full = http_body_util::Full::new(Bytes::from(vec![b' '; bytes]));
    Body::new(full.with_trailers(std::future::pending()))
}

#[tokio::test]
async fn a_body_of_the_right_shape_is_read() {
    let body = r#"{"subject":"s_1","count":3}"#;
    for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
        let (shape, value) = read(content_type, Body::from(body)).await.unwrap();
        assert_eq!((shape.subject.as_str(), shape.count), ("s_1", 3));
        assert_eq!(value["count"], 3);
    }
}

#[tokio::test]
async fn other_content_types_are_refused() {
    for content_type in [
        "text/plain",
        "application/jsonp",
        "application/x-www-form-urlencoded",
    ] {
        let problem = read(content_type, Body::from("{}")).await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::ContentTypeUnsupported);
    }
}

#[tokio::test]
async fn a_large_body_is_refused_announced_or_not() {
    let mut announced = headers("application/json");
    announced.insert(header::CONTENT_LENGTH, 301.into());
    // The body never ends; the announced length is enough.
    let body = endless(0);
    let problem = read_bytes(&announced, body, &rules(Duration::from_secs(10)))
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::BodyTooLarge);
    let chunked = endless(301);
    let problem = read("application/json", chunked).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::BodyTooLarge);
    let small = Body::from(vec![b' '; 300]);
    assert_eq!(
        read("application/json", small).await.unwrap_err().kind,
        ProblemKind::JsonSyntax
    );
}

#[tokio::test]
async fn a_slow_body_is_given_up() {
    let body = endless(3);
    let rules = rules(Duration::from_millis(20));
    let problem = read_json::<Shape>(&headers("application/json"), body, &rules)
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::RequestTimeout);
}

#[tokio::test]
async fn problems_name_the_field_and_what_would_be_right() {
    let table = [
        ("{}", "/subject", "is missing"),
        (
            r#"{"subject":"s","subjct":1}"#,
            "/subjct",
            "is not known here; expected one of subject, count, id, decisions",
        ),
        (r#"{"subject":17}"#, "/subject", "expected a string"),
        (r#"{"subject":"s","count":256}"#, "/count", "expected u8"),
        (
            r#"{"subject":"s","decisions":[{"purpose":"p","decision":"given"},{"purpose":"p","decision":"gievn"}]}"#,
            "/decisions/1/decision",
            "expected given or refused",
        ),
        (
            r#"{"subject":"s","decisions":[{"purpose":"p"}]}"#,
            "/decisions/0/decision",
            "is missing",
        ),
        (
            r#"{"subject":"s","decisions":[{"x":1}]}"#,
            "/decisions/0/x",
            "is not known here; expected purpose or decision",
        ),
        ("[]", "", "expected an object"),
        ("7", "", "expected an object"),
    ];
    for (body, field, message) in table {
        assert_eq!(
            violation(body).await,
            (field.to_owned(), message.to_owned()),
            "{body}"
        );
    }
}

/// Protects the promise that a response never repeats a value, which may be personal data.
#[tokio::test]
async fn values_are_never_repeated() {
    for body in [
        r#"{"subject":"s","count":"19900101-1234"}"#,
        r#"{"subject":"s","count":", expected 19900101-1234"}"#,
        r#"{"subject":"s","id":"19900101-1234"}"#,
        r#"{"subject":"s","decisions":[{"purpose":"p","decision":"19900101-1234, expected x"}]}"#,
        r#"{"subject":"s","19900101-1234":1}"#,
        r#"{"subject":"s","a@19900101-1234.se`, expected `x":1}"#,
        r#"{"subject":"s","decisions":[{"19900101-1234":"given"}]}"#,
        r#"["19900101-1234"]"#,
        r#""19900101-1234""#,
        r#"{"subject": 19900101-1234}"#,
    ] {
        let problem = read("application/json", Body::from(body))
            .await
            .unwrap_err();
        assert!(!problem.to_string().contains("1990"), "{problem}");
    }
}

#[tokio::test]
async fn nesting_is_limited() {
    let problem = read("application/json", Body::from("[[[[[]]]]]"))
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::JsonTooDeep);
}
