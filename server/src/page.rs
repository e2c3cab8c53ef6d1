//! The common parts of every page: the base style sheet, the policy that forbids scripts and inline styles, and the
//! response.

use std::fmt::Write as _;
use std::sync::OnceLock;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

/// The `Content-Security-Policy` of every page.
pub const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                       form-action 'none'; frame-ancestors 'none'";

/// Colours, type and focus for every page.
const BASE: &str = include_str!("page/base.css");

/// A page's style sheet: the common one, followed by the page's own.
#[derive(Debug)]
pub struct StyleSheet {
    name: &'static str,
    own: &'static str,
    css: OnceLock<String>,
}

impl StyleSheet {
    /// The style sheet of the page with this name.
    pub const fn new(name: &'static str, own: &'static str) -> Self {
        Self {
            name,
            own,
            css: OnceLock::new(),
        }
    }

    /// The CSS text.
    pub fn css(&self) -> &str {
        self.css.get_or_init(|| format!("{BASE}\n{}", self.own))
    }

    /// The sheet's path. It contains the SHA-256 of the text, so that browsers may cache the file without expiry.
    pub fn path(&self) -> String {
        let mut path = format!("/assets/{}.", self.name);
        for byte in &Sha256::digest(self.css())[..8] {
            // Writing to a String cannot fail.
            let _ = write!(path, "{byte:02x}");
        }
        path.push_str(".css");
        path
    }
}

/// Builds the response that carries a page with a form of its own, which no cache keeps and no address leaks from.
pub fn response_with_form(html: String) -> Response {
    let csp = CSP.replace("form-action 'none'", "form-action 'self'");
    let mut response = response(html, HeaderValue::from_static("no-store"));
    let headers = response.headers_mut();
    if let Ok(csp) = HeaderValue::from_str(&csp) {
        headers.insert(header::CONTENT_SECURITY_POLICY, csp);
    }
    let no_referrer = HeaderValue::from_static("no-referrer");
    headers.insert(header::REFERRER_POLICY, no_referrer);
    let noindex = HeaderValue::from_static("noindex");
    headers.insert(HeaderName::from_static("x-robots-tag"), noindex);
    response
}

/// Builds the response that carries a page.
pub fn response(html: String, cache: HeaderValue) -> Response {
    let headers: [(HeaderName, HeaderValue); 3] = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CSP),
        ),
        (header::CACHE_CONTROL, cache),
    ];
    (headers, html).into_response()
}
