//! Which pages may read an answer (Fetch standard, "CORS protocol"). Cookies are never used, so credentials never are.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::origin;

/// Seconds for which a browser may remember a preflight's answer; two hours is as long as Chrome remembers.
const PREFLIGHT_AGE: HeaderValue = HeaderValue::from_static("7200");
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE");
const HEADERS: HeaderValue =
    HeaderValue::from_static("Authorization, Content-Type, Samtycke-Capability, Samtycke-Choice");
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
);

/// What a request's `Origin` may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cors {
    /// The request does not come from a page of another origin.
    NoOrigin,
    /// Pages of this origin may read the answer.
    Allowed(HeaderValue),
    /// They may not.
    Refused,
}

/// Judges a request's `Origin` header. `allowed` is asked with an origin in its one spelling (see
/// [`crate::origin::sent`]); `null`, which every sandboxed page sends, never gets that far.
pub fn cors(origin: Option<&HeaderValue>, allowed: impl Fn(&str) -> bool) -> Cors {
    let Some(value) = origin else {
        return Cors::NoOrigin;
    };
    // Browsers send the one spelling; whoever sends another is none, and is told nothing.
    match value.to_str().ok().and_then(origin::sent) {
        Some(origin) if allowed(origin) => Cors::Allowed(value.clone()),
        _ => Cors::Refused,
    }
}

impl Cors {
    /// Marks an answer so that pages of the origin may read it, with the headers that an API's client acts upon.
    pub fn mark(&self, headers: &mut HeaderMap) {
        self.mark_body(headers);
        if let Self::Allowed(_) = self {
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /// The same without those headers: for answers of every page view, where their 115 bytes are a tenth of the headers
    /// and nobody reads them.
    pub fn mark_body(&self, headers: &mut HeaderMap) {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if let Self::Allowed(origin) = self {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
    }

    /// Answers a preflight. A refused one is answered too, without the headers that would allow anything.
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

/// Lets pages of every origin read an answer: for what is public by itself, such as checkpoints and tiles.
pub fn mark_public(headers: &mut HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
}

/// Whether this is a preflight, and no other `OPTIONS` request.
pub fn is_preflight(method: &axum::http::Method, headers: &HeaderMap) -> bool {
    method == axum::http::Method::OPTIONS
        && headers.contains_key(header::ORIGIN)
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(origin: &'static str) -> Cors {
        cors(Some(&HeaderValue::from_static(origin)), |o| {
            o == "https://shop.example.se" || o == "null"
        })
    }

    #[test]
    fn only_the_exact_origin_is_allowed() {
        assert!(matches!(judge("https://shop.example.se"), Cors::Allowed(_)));
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
            assert_eq!(judge(other), Cors::Refused, "{other}");
        }
        assert_eq!(cors(None, |_| true), Cors::NoOrigin);
    }

    #[test]
    fn a_preflight_says_what_is_allowed_and_a_refused_one_nothing() {
        let response = judge("https://shop.example.se").preflight();
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
        let refused = judge("null").preflight();
        assert!(
            refused
                .headers()
                .keys()
                .all(|name| !name.as_str().starts_with("access-control"))
        );
        assert_eq!(refused.headers()["vary"], "Origin");
    }
}
