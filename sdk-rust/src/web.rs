//! What the HTTP adapters share: the person of a request, and the response to a denial.

use std::fmt;

use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use samtycke_core::decision::Signals;
use samtycke_core::id::SubjectId;

use crate::op::Operation;
use crate::purpose::Purpose;
use crate::{Ask, Cause, Denied};

/// The person whose data a request is about, as an extension of the request.
///
/// The program's own authentication inserts it. Without it the response is a 500, because a route lacks authentication.
/// Where staff read another person's data, it is that person.
///
/// ```
/// # fn sign_in(request: &mut axum::http::Request<()>, subject: samtycke::id::SubjectId) {
/// request.extensions_mut().insert(samtycke::axum::Subject(subject));
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Subject(pub SubjectId);

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject")
    }
}

/// The denial of a request without a person.
pub(crate) fn without_subject(purpose: &'static str) -> Denied {
    tracing::error!(
        purpose,
        "a request came without a subject: is there a route without authentication?"
    );
    Denied::new(purpose, Cause::NoSubject)
}

/// The same check with the signals of the browser that sent the request.
pub(crate) fn with_signals<P: Purpose, O: Operation>(
    ask: Ask<P, O>,
    headers: &HeaderMap,
) -> Ask<P, O> {
    let is_on = |name: &str| headers.get(name).is_some_and(|value| value == "1");
    let signals = Signals {
        gpc: is_on("sec-gpc"),
        dnt: is_on("dnt"),
        ..Signals::default()
    };
    // Only signals that are set are part of the check: the verdict on a check without signals may be reused.
    if signals == Signals::default() {
        ask
    } else {
        ask.signals(signals)
    }
}

/// The denial as a response that caches do not keep.
pub(crate) fn response(denied: &Denied) -> Response<String> {
    let problem = denied.problem();
    // JSON can hold every field. If not, a status without a body would still deny.
    let mut response = Response::new(serde_json::to_string(&problem).unwrap_or_default());
    *response.status_mut() =
        StatusCode::from_u16(problem.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/problem+json");
    headers.insert(CONTENT_TYPE, json);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(wait) = denied.retry_after() {
        headers.insert(RETRY_AFTER, wait.as_secs().into());
    }
    response
}
