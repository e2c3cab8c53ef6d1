//! Responses: the result of a handler, and the response for a problem.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_store::StoreError;

/// The result of a handler.
pub type Answer<T> = Result<T, ApiError>;

/// A problem as a handler's error. It is also stored in the response's extensions, so that the outermost layer, which
/// knows the request id, can write the id into the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError(pub Problem);

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<ProblemKind> for ApiError {
    fn from(kind: ProblemKind) -> Self {
        Self(kind.into())
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = problem_response(&self.0, None);
        response
            .extensions_mut()
            .insert(std::sync::Arc::new(self.0));
        response
    }
}

/// The response for a problem: `application/problem+json` (RFC 9457), never cached, with `Retry-After` if a retry can
/// succeed and `WWW-Authenticate` if a key is needed.
pub fn problem_response(problem: &Problem, request_id: Option<&str>) -> Response {
    let mut response = Response::new(problem_body(problem, request_id));
    *response.status_mut() =
        StatusCode::from_u16(problem.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = retry_after_s(problem) {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    if problem.kind.status() == 401 {
        headers.insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"samtycke\""),
        );
    }
    response
}

/// The JSON body of a problem.
pub(super) fn problem_body(problem: &Problem, request_id: Option<&str>) -> Body {
    let json = serde_json::to_vec(&problem.body(request_id));
    // A problem contains texts and numbers, which always serialise. If it did not, this body still denies.
    json.map_or_else(
        |_| Body::from(Cow::Borrowed(r#"{"allow":false}"#)),
        Body::from,
    )
}

/// Seconds until a retry makes sense; never 0, which clients read as "at once". A temporary problem without a time of
/// its own gets one second.
fn retry_after_s(problem: &Problem) -> Option<u32> {
    let passes = matches!(problem.kind.status(), 429 | 503);
    problem
        .retry_after_s
        .or(passes.then_some(1))
        .map(|seconds| seconds.max(1))
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    #[tokio::test]
    async fn a_problem_is_written_as_rfc_9457_says() {
        let problem = Problem::new(ProblemKind::QuotaExceeded)
            .retry_after(0)
            .violated_policy("check");
        let response = problem_response(&problem, Some("0af1"));
        assert_eq!(response.status(), 429);
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        assert_eq!(response.headers()["retry-after"], "1");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
                "title": "Too many requests", "status": 429, "instance": "urn:request:0af1",
                "reason": "QUOTA_EXCEEDED", "allow": false, "violated-policies": ["check"],
            })
        );
    }

    #[test]
    fn a_missing_key_is_asked_for() {
        let response = ApiError::from(ProblemKind::Unauthenticated).into_response();
        assert_eq!(
            response.headers()["www-authenticate"],
            "Bearer realm=\"samtycke\""
        );
        assert!(response.headers().get("retry-after").is_none());
    }
}
