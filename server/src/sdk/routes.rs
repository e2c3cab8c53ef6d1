//! The banner's files, and the Global Privacy Control statement. Public, and the same for every client.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::problem::ProblemKind;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::answer::Answer;
use crate::http::cors::mark_public;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::Segment;
use crate::http::held::{accepts_brotli, holds};
use crate::metrics::RouteClass;
use crate::sdk;
use crate::sdk::earlier::EarlierFiles;

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Ten minutes: how long a new release may take to reach a page. For a day after that, browsers use the old file while
/// they fetch the new one, so that no page waits. Its parts stay available longer: `sdk::earlier::KEPT_DAYS`.
const SHORT: HeaderValue =
    HeaderValue::from_static("public, max-age=600, stale-while-revalidate=86400");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The server's support of Global Privacy Control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct GpcSupport {
    /// Whether the server honours the signal.
    pub gpc: bool,
    /// Date since which this applies.
    #[serde(rename = "lastUpdate")]
    #[schema(example = "2026-11-22")]
    pub last_update: &'static str,
}

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<EarlierFiles>: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Public));
    endpoints!(routes, file, gpc)
}

/// Serves a file of the banner
///
/// `banner.js` is the entry for a tag that follows releases. A file whose name contains a hash never changes, and stays
/// available for 400 days after the last release that contains it. `integrity.json` has the hash of every file by its
/// name, for the `integrity` of a tag or of an import map (Subresource Integrity).
#[utoipa::path(
    get, path = "/sdk/{file}", operation_id = "sdk_file", tag = "Banner", security(),
    params(
        ("file" = String, Path, description = "File name, such as `banner.js`; `/sdk/integrity.json` lists all names."),
        ("If-None-Match" = Option<String>, Header, description = "`ETag` of the cached version."),
        ("Accept-Encoding" = Option<String>, Header, description = "`br` selects the compressed file."),
    ),
    responses(
        (status = 200, description = "The file.", content((String = "text/javascript"), (Object = "application/json")), headers(("ETag" = String))),
        (status = 304, description = "The cached version is current.", headers(("ETag" = String))),
    ),
)]
pub async fn file(
    State(files): State<Arc<EarlierFiles>>,
    Segment(name): Segment<String>,
    request: HeaderMap,
) -> Answer<Response> {
    let file = find(&files, &name).await?.ok_or(ProblemKind::NotFound)?;
    let is_brotli = !file.brotli.is_empty() && accepts_brotli(&request);
    // The two encodings have different bytes, so their strong tags differ (RFC 9110, 8.8.3.3).
    let encoding = if is_brotli { "-br" } else { "" };
    let etag = format!("\"{}{encoding}\"", file.tag);
    let mut response = if holds(&request, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let body = if is_brotli { file.brotli } else { file.body };
        let media = [(header::CONTENT_TYPE, file.content_type)];
        (media, body).into_response()
    };
    let headers = response.headers_mut();
    if is_brotli && headers.contains_key(header::CONTENT_TYPE) {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    let cache = if file.immutable { IMMUTABLE } else { SHORT };
    headers.insert(header::CACHE_CONTROL, cache);
    headers.insert(
        header::ETAG,
        etag.parse().map_err(|_| ProblemKind::Internal)?,
    );
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    for_every_page(headers);
    Ok(response)
}

/// A file to send.
struct Sent {
    body: Bytes,
    brotli: Bytes,
    content_type: String,
    tag: String,
    immutable: bool,
}

/// Finds a file of this release, or of another release that pages may still name.
async fn find(files: &EarlierFiles, name: &str) -> Answer<Option<Sent>> {
    if let Some(file) = sdk::file(name) {
        return Ok(Some(Sent {
            body: Bytes::from_static(file.body),
            brotli: Bytes::from_static(file.brotli),
            content_type: file.content_type.into(),
            tag: file.tag().into(),
            immutable: file.immutable,
        }));
    }
    let file = files.find(name).await;
    let file = file?;
    Ok(file.map(|file| Sent {
        tag: sdk::tag_of(&file.body),
        body: file.body.clone(),
        brotli: file.brotli.clone(),
        content_type: file.content_type.clone(),
        immutable: true,
    }))
}

/// Serves the Global Privacy Control statement
///
/// For a site that proxies the path under its own name.
#[utoipa::path(
    get, path = "/.well-known/gpc.json", operation_id = "gpc", tag = "Banner", security(),
    responses((status = 200, description = "The server honours the signal.", body = GpcSupport)),
)]
pub async fn gpc() -> Response {
    let support = GpcSupport {
        gpc: true,
        last_update: "2026-11-22",
    };
    let mut response = Json(support).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, SHORT);
    for_every_page(headers);
    response
}

/// Lets pages of every origin load the file, including pages with isolation (COEP).
fn for_every_page(headers: &mut HeaderMap) {
    mark_public(headers);
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Browsers cache a file whose name contains a hash without expiry, so only hashed names are immutable.
    #[test]
    fn only_hashed_names_are_immutable() {
        assert!(!sdk::file("banner.js").expect("the entry").immutable);
        for file in sdk::FILES {
            let is_hashed = file.name.split('.').any(|part| {
                part.len() >= 8
                    && part
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            });
            assert!(!file.immutable || is_hashed, "{}", file.name);
            assert!(file.integrity.starts_with("sha384-"), "{}", file.name);
        }
        assert!(sdk::pinned_entry().is_some());
    }
}
