//! What the adapters for HTTP have in common: whose data a request is about, and the answer where it may not be processed.

use std::fmt;

use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use samtycke_core::decision::Signals;
use samtycke_core::id::SubjectId;

use crate::purpose::Purpose;
use crate::{Ask, Cause, Denied};

/// Whose data a request is about, as an extension of the request.
///
/// The program's own authentication puts it there; where it is missing, nothing is permitted, and the answer is a 500,
/// because the program has a route without authentication. Where staff look at somebody else's data, it is that
/// somebody's.
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

/// A request that nobody said whose data it is about.
pub(crate) fn nobody(purpose: &'static str) -> Denied {
    tracing::error!(
        purpose,
        "a request came without a subject: is there a route without authentication?"
    );
    Denied::new(purpose, Cause::NoSubject)
}

/// The same question, with what the browser that sent the request signals.
pub(crate) fn with_signals<P: Purpose>(ask: Ask<P>, headers: &HeaderMap) -> Ask<P> {
    let is_on = |name: &str| headers.get(name).is_some_and(|value| value == "1");
    let signals = Signals {
        gpc: is_on("sec-gpc"),
        dnt: is_on("dnt"),
        ..Signals::default()
    };
    // Only what is signalled is said: an answer to a plain question may be used again.
    if signals == Signals::default() {
        ask
    } else {
        ask.signals(signals)
    }
}

/// The denial as an answer that no cache keeps.
pub(crate) fn response(denied: &Denied) -> Response<String> {
    let problem = denied.problem();
    // It holds nothing that JSON cannot say; if it did, a status without a body would still deny.
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
