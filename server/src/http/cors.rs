//! CORS: which pages may read a response (Fetch standard, "CORS protocol"). Credentials are never allowed, because no
//! route authenticates by cookie.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::origin;

/// Seconds for which a browser may cache a preflight response. Chrome caches for two hours at most.
const PREFLIGHT_AGE: HeaderValue = HeaderValue::from_static("7200");
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE");
const HEADERS: HeaderValue =
    HeaderValue::from_static("Authorization, Content-Type, Samtycke-Capability, Samtycke-Choice");
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
);

/// The result of checking a request's `Origin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cors {
    /// The request does not come from a page on another origin.
    NoOrigin,
    /// Pages on this origin may read the response.
    Allowed(HeaderValue),
    /// Pages on the origin may not read the response.
    Refused,
}

/// Checks a request's `Origin` header. `allowed` gets an origin in its canonical form (see [`crate::origin::sent`]). It
/// never gets `null`, which every sandboxed page sends.
pub fn cors(origin: Option<&HeaderValue>, allowed: impl Fn(&str) -> bool) -> Cors {
    let Some(value) = origin else {
        return Cors::NoOrigin;
    };
    // Browsers send the canonical form. A sender of another form is no browser and gets no CORS headers.
    match value.to_str().ok().and_then(origin::sent) {
        Some(origin) if allowed(origin) => Cors::Allowed(value.clone()),
        _ => Cors::Refused,
    }
}

impl Cors {
    /// Lets pages on the origin read the response, and those response headers that API clients use. A response that its
    /// handler has marked stays as it is.
    pub fn mark(&self, headers: &mut HeaderMap) {
        if headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
            return;
        }
        self.mark_body(headers);
        if let Self::Allowed(_) = self {
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /// Lets pages on the origin read the response but not those headers, for responses of every page view: the 115
    /// bytes would be a tenth of the headers, and no page reads them.
    pub fn mark_body(&self, headers: &mut HeaderMap) {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if let Self::Allowed(origin) = self {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
    }

    /// Answers a preflight. A refused preflight gets a response without the headers that allow the request.
    pub fn preflight(&self) -> Response {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if let Self::Allowed(origin) = self {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_AGE);
        }
        response
    }
}

/// Lets pages on every origin read a response, for public resources such as checkpoints and tiles.
pub fn mark_public(headers: &mut HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
}

/// Whether this is a preflight rather than another `OPTIONS` request.
pub fn is_preflight(method: &axum::http::Method, headers: &HeaderMap) -> bool {
    method == axum::http::Method::OPTIONS
        && headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evaluate_check(origin: &'static str) -> Cors {
        cors(Some(&HeaderValue::from_static(origin)), |o| {
            o == "https://shop.example.se" || o == "null"
        })
    }

    #[test]
    fn only_the_exact_origin_is_allowed() {
        assert!(matches!(
            evaluate_check("https://shop.example.se"),
            Cors::Allowed(_)
        ));
        for other in [
            "null",
            "http://shop.example.se",
            "https://shop.example.se:8443",
            "https://shop.example.se:443",
            "https://shop.example.se.evil.test",
            "https://evil-shop.example.se",
            "https://SHOP.example.se",
            "https://shop.example.se/",
            "https://a@shop.example.se",
            "",
        ] {
            assert_eq!(evaluate_check(other), Cors::Refused, "{other}");
        }
        assert_eq!(cors(None, |_| true), Cors::NoOrigin);
    }

    #[test]
    fn a_preflight_says_what_is_allowed_and_a_refused_one_nothing() {
        let response = evaluate_check("https://shop.example.se").preflight();
        assert_eq!(response.status(), 204);
        let headers = response.headers();
        assert_eq!(
            headers["access-control-allow-origin"],
            "https://shop.example.se"
        );
        assert_eq!(
            headers["access-control-allow-headers"],
            "Authorization, Content-Type, Samtycke-Capability, Samtycke-Choice"
        );
        assert_eq!(headers["access-control-max-age"], "7200");
        assert_eq!(headers["vary"], "Origin");
        let refused = evaluate_check("null").preflight();
        assert!(
            refused
                .headers()
                .keys()
                .all(|name| !name.as_str().starts_with("access-control"))
        );
        assert_eq!(refused.headers()["vary"], "Origin");
    }
}
