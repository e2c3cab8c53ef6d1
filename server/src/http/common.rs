//! The common parts of every response: a request id, security headers, a timeout, metrics, and a problem instead of an
//! empty body.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::id::holds_personnummer;
use samtycke_core::problem::{Problem, ProblemKind};
use tower::util::MapResponseLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument as _;

use super::answer::{ApiError, problem_body};
use super::middleware::{Middleware, MiddlewareLayer, Next, ResponseFuture};
use super::problem_page::{Browser, ProblemPage};
use crate::clock::{Environment, random};
use crate::config::AccessLog;
use crate::metrics::{Counter, Metrics, RouteClass};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// The id of a request in responses, log lines and problems: 16 to 36 hexadecimal digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        // The constructors allow only ASCII.
        self.0.to_str().unwrap_or_default()
    }

    /// The client's id, if its form fits a random number and hardly anything else. The id ends up in log lines, which
    /// must not contain personal data.
    fn of_caller(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(X_REQUEST_ID)?;
        let plain = value
            .as_bytes()
            .iter()
            .all(|b| b.is_ascii_hexdigit() || *b == b'-');
        // A text of digits alone is a person's number rather than a random one, of which 1 in 1 800 has no letter.
        let has_letter = value.as_bytes().iter().any(u8::is_ascii_alphabetic);
        let is_personal = value.to_str().is_ok_and(holds_personnummer);
        (plain && has_letter && !is_personal && (16..=36).contains(&value.len()))
            .then(|| Self(value.clone()))
    }
}

/// Makes request ids: 64 random bits per server and a counter. Asking the system for random bytes at each request costs
/// more than the rest of this module. An id need not be secret.
#[derive(Debug)]
struct RequestIds {
    server: String,
    next: AtomicU64,
}

impl RequestIds {
    fn next(&self) -> RequestId {
        let id = format!(
            "{}{:016x}",
            self.server,
            self.next.fetch_add(1, Ordering::Relaxed)
        );
        RequestId(HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("0")))
    }
}

/// Parameters of [`apply`].
#[derive(Clone)]
pub struct Common(Arc<Inner>);

struct Inner {
    environment: Environment,
    metrics: Arc<Metrics>,
    ids: RequestIds,
    request_timeout: Duration,
    is_https: bool,
    access: AccessLog,
    classify: Box<dyn Fn(&str) -> Class + Send + Sync>,
    panics: Counter,
}

/// What the common layers know of a route.
#[derive(Debug, Clone, Copy)]
pub struct Class {
    /// The class for metrics.
    pub class: RouteClass,
    /// How a problem is shown, where a person's browser shows the route's responses.
    pub problem_page: Option<ProblemPage>,
}

impl Common {
    /// `classify` gets the pattern of the matched route, such as `/v1/events/{id}/proof`.
    pub fn new(
        environment: Environment,
        metrics: Arc<Metrics>,
        request_timeout: Duration,
        is_https: bool,
        access: AccessLog,
        classify: impl Fn(&str) -> Class + Send + Sync + 'static,
    ) -> Self {
        let ids = RequestIds {
            server: hex::encode(random::<8>(&*environment.rng)),
            next: AtomicU64::new(0),
        };
        let panics = metrics.counter(
            "samtycke_panics_total",
            "Handlers that panicked: defects.",
            &[],
        );
        Self(Arc::new(Inner {
            environment,
            metrics,
            ids,
            request_timeout,
            is_https,
            access,
            classify: Box::new(classify),
            panics,
        }))
    }
}

impl std::fmt::Debug for Common {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Common")
    }
}

/// Adds the common layers. Call it last, after all routes and their own layers.
pub fn apply(router: Router, common: Common) -> Router {
    let panics = common.0.panics.clone();
    router
        .fallback(async || ApiError::from(ProblemKind::NotFound))
        .method_not_allowed_fallback(method_not_allowed)
        .layer((
            MiddlewareLayer(common),
            MapResponseLayer::new(|response: axum::http::Response<_>| response.map(Body::new)),
            CatchPanicLayer::custom(move |_: Box<dyn std::any::Any + Send>| {
                // The panic message may contain a value, so it is not used; the panic hook logs the place.
                panics.increment();
                ApiError::from(ProblemKind::Internal).into_response()
            }),
        ))
}

/// The answer to a method that a route does not have.
pub async fn method_not_allowed() -> ApiError {
    ProblemKind::MethodNotAllowed.into()
}

impl Middleware for Common {
    fn handle<S: Next>(&self, mut request: Request, next: &mut S) -> ResponseFuture {
        let common = self.0.clone();
        let started = common.environment.clock.monotonic();
        let method = request.method().clone();
        let id = RequestId::of_caller(request.headers()).unwrap_or_else(|| common.ids.next());
        request.extensions_mut().insert(id.clone());
        let route = request.extensions().get::<MatchedPath>();
        let other = Class {
            class: RouteClass::Other,
            problem_page: None,
        };
        let Class {
            class,
            problem_page,
        } = route.map_or(other, |route| (common.classify)(route.as_str()));
        let browser = problem_page.and_then(|render| Browser::of(&request, render));
        let route = route.cloned();
        let span = tracing::info_span!(
            "request",
            id = id.as_str(),
            class = class.word(),
            key = tracing::field::Empty
        );
        let lines = Lines {
            span: span.clone(),
            route,
            is_admin: class == RouteClass::Admin && !method.is_safe(),
            access: common.access,
        };
        let deadline = tokio::time::Instant::from_std(started + common.request_timeout);
        let answer = next.call(request).instrument(span);
        Box::pin(async move {
            let answer = tokio::time::timeout_at(deadline, answer).await;
            // After the timeout the handler was dropped midway, and it is unknown whether it wrote anything. This kind
            // says so.
            let mut response = answer
                .unwrap_or_else(|_| Ok(ApiError::from(ProblemKind::Unavailable).into_response()))?;
            name_problem(&mut response, &id, browser.as_ref());
            secure(response.headers_mut(), common.is_https);
            response.headers_mut().insert(X_REQUEST_ID, id.0);
            let clock = &common.environment.clock;
            let took = clock.monotonic().saturating_duration_since(started);
            common
                .metrics
                .request(class, &method, response.status().as_u16(), took);
            lines.write(&method, response.status().as_u16(), took);
            Ok(response)
        })
    }
}

/// The log lines of one request. They have the route's pattern and never a path, an address or a body: a path can hold a
/// subject, and an address is personal data.
struct Lines {
    /// Has the request's id and, where a key was found, the key's id.
    span: tracing::Span,
    route: Option<MatchedPath>,
    is_admin: bool,
    access: AccessLog,
}

impl Lines {
    fn write(&self, method: &axum::http::Method, status: u16, took: Duration) {
        let is_wanted = match self.access {
            AccessLog::None => false,
            AccessLog::Failures => status >= 500,
            AccessLog::All => true,
        };
        if !is_wanted && !self.is_admin {
            return;
        }
        let route = self.route.as_ref().map_or("none", MatchedPath::as_str);
        let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        // A method can be any word of the caller's.
        let method = match method.as_str() {
            known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known,
            _ => "other",
        };
        self.span.in_scope(|| {
            if self.is_admin {
                tracing::info!(target: "samtycke::admin", method, route, status, took_ms, "a change by staff");
            } else {
                tracing::info!(target: "samtycke::access", method, route, status, took_ms, "request");
            }
        });
    }
}

/// Writes the request id into a problem's body, or shows the problem to the person whose browser asked.
fn name_problem(response: &mut Response, id: &RequestId, browser: Option<&Browser>) {
    let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() else {
        return;
    };
    response.headers_mut().remove(header::CONTENT_LENGTH);
    match browser {
        Some(browser) => browser.show(&problem, response),
        None => *response.body_mut() = problem_body(&problem, Some(id.as_str())),
    }
}

/// Adds the headers that keep a browser from misusing a response. A handler that serves a page or a cacheable file sets
/// its own headers, which stay.
fn secure(headers: &mut HeaderMap, is_https: bool) {
    // Reserve space for these, the id and the limits at once instead of growing twice.
    headers.reserve(8);
    let mut default = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "no-referrer");
    default(header::CACHE_CONTROL, "no-store");
    if is_https {
        // Two years, as the preload lists require. The header leaves out sub-domains, which may belong to others.
        default(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000");
    }
    let is = |media: &[u8]| {
        let sent = headers.get(header::CONTENT_TYPE);
        sent.is_some_and(|sent| sent.as_bytes().starts_with(media))
    };
    let (is_page, is_script) = (is(b"text/html"), is(b"text/javascript"));
    let is_fetched =
        is(b"application/json") && headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    // The policy of the embedding page applies to a script and to what its own requests get. A policy here would only
    // add bytes to every first visit.
    if !is_script && !is_fetched {
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(HeaderValue::from_static(
                "default-src 'none'; frame-ancestors 'none'",
            ));
    }
    if is_page {
        // Only pages need this header, so checks do not carry it.
        let none = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers
            .entry(PERMISSIONS_POLICY)
            .or_insert(HeaderValue::from_static(none));
    }
}

/// Logs only the place of a panic. The default hook prints the message, which may contain a value. Call it once, at
/// start.
pub fn log_panics_by_place() {
    std::panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map_or_else(String::new, ToString::to_string);
        tracing::error!(place, "panicked at {place}");
    }));
}

#[cfg(test)]
mod tests;
