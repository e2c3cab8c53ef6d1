//! `GET /v1/banner/{key}`, `POST /v1/cookie` and `/v1/cookie/check`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::problem::ProblemKind;
use samtycke_core::wire::{CookieCheckRequest, CookieCheckResponse, CookieRequest, CookieResponse};

use crate::banner::Banners;
use crate::banner::consent_cookie::{self, CHOICE, CookieUpdate};
use crate::banner::{self, BannerDocument, Wanted};
use crate::clock::Environment;
use crate::http::access::{Allowed, Pages, Servers, SubjectBody};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::cors::cors;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::{Body, Parameters, Segment};
use crate::http::held::{accepts_brotli, holds};
use crate::metrics::RouteClass;
use crate::tenant::Tenants;

/// A new notice reaches every page within five minutes; during an outage, pages use the old one for a day.
const CACHE: HeaderValue =
    HeaderValue::from_static("public, max-age=300, stale-while-revalidate=86400");

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Banners>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    Environment: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::for_pages(RouteClass::Check));
    let routes = endpoints!(routes, renew, check);
    let routes = routes.group(Admission::of(RouteClass::Public));
    endpoints!(routes, document)
}

/// Serves all that a site's banner renders, in one language
///
/// The path contains the site's publishable key, so that the request needs no header and no preflight. Pages on the
/// site's origins may read the response.
#[utoipa::path(
    get, path = "/v1/banner/{key}", operation_id = "banner", tag = "Banner", security(),
    params(
        ("key" = String, Path, description = "A publishable key of the site.", example = "pk_4f1c0b2a9d3e_.."),
        ("language" = Option<String>, Query, description = "Languages in order of preference (RFC 4647 lookup); if the notice has none of them, `Accept-Language` decides, and then the register's language.", example = "sv-SE,en"),
        ("variant" = Option<samtycke_core::notice::Variant>, Query, description = "Audience of the text; if the language lacks it, the text for adults."),
        ("Accept-Language" = Option<String>, Header, description = "Used if `language` does not decide."),
        ("Accept-Encoding" = Option<String>, Header, description = "`br` selects the compressed document."),
        ("If-None-Match" = Option<String>, Header, description = "`ETag` of the cached version."),
    ),
    responses(
        (status = 200, description = "The document.", body = BannerDocument, headers(("ETag" = String))),
        (status = 304, description = "The cached version is current.", headers(("ETag" = String))),
    ),
)]
pub async fn document(
    State(banners): State<Arc<Banners>>,
    Segment(key): Segment<String>,
    Parameters(wanted): Parameters<Wanted>,
    headers: HeaderMap,
) -> Answer<Response> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    let found = banner::document(&banners, &key, &wanted, accepted.unwrap_or_default()).await?;
    let is_brotli = accepts_brotli(&headers);
    let etag = found.rendered.etag(is_brotli);
    let mut response = if holds(&headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let json = (header::CONTENT_TYPE, "application/json");
        if is_brotli {
            let packed = (header::CONTENT_ENCODING, "br");
            ([json, packed], found.rendered.brotli.clone()).into_response()
        } else {
            ([json], found.rendered.bytes.clone()).into_response()
        }
    };
    let marks = response.headers_mut();
    marks.insert(header::CACHE_CONTROL, CACHE);
    let etag = etag.parse();
    marks.insert(header::ETAG, etag.map_err(|_| ProblemKind::Internal)?);
    let vary = if found.is_negotiated {
        "Accept-Language, Accept-Encoding"
    } else {
        "Accept-Encoding"
    };
    marks.insert(header::VARY, HeaderValue::from_static(vary));
    let is_of_site = |origin: &str| found.site.allows(origin);
    cors(headers.get(header::ORIGIN), is_of_site).mark_body(marks);
    Ok(response)
}

/// Signs a browser's current consents for its cookie
///
/// The cookie contains the verdicts that `POST /v1/check` would give. `cookie` is `null` if no consent is in force. A
/// request from the site's own origin with the header `Samtycke-Choice` also gets the cookie as `Set-Cookie`.
#[utoipa::path(
    post, path = "/v1/cookie", operation_id = "renew_cookie", tag = "Banner",
    request_body(content = CookieRequest, example = json!({"subject": "s_JxKq3mYlTn2v0cWb8ZpR4A"})),
    params(("Samtycke-Choice" = Option<String>, Header, description = CHOICE, example = "7; path=/shop/; domain=example.com")),
    responses((status = 200, description = "The current consents of the browser.", body = CookieResponse, example = json!({
        "cookie": "eyJ2IjoxLCJvIjoi...fQ.zDcq1Z9o...DQ", "seq": 3, "may_ask": false
    }))),
)]
pub async fn renew(
    State(banners): State<Arc<Banners>>,
    headers: HeaderMap,
    body: SubjectBody<CookieRequest, Pages>,
) -> Answer<Response> {
    let caller = body.caller;
    let (answer, token) = banner::renew(&banners, &caller, &body.shaped).await?;
    let mut response = Json(answer).into_response();
    let said = match &token.cookie {
        Some(cookie) => CookieUpdate::Given(cookie),
        None if token.may_ask => CookieUpdate::Nothing,
        // Consent was withdrawn elsewhere, so this browser must not ask again either.
        None => CookieUpdate::Refused(&token.notice8),
    };
    consent_cookie::set(&banners, &caller, &headers, &said, response.headers_mut());
    Ok(response)
}

/// Checks a browser's cookie against the current state
///
/// For a controller's own server. An offline verification of the cookie is as fresh as the browser's last visit; this
/// check is as fresh as `POST /v1/check`. It also denies what the browser has withdrawn since the signature, and
/// all that a refusal in the browser covers.
#[utoipa::path(
    post, path = "/v1/cookie/check", operation_id = "check_cookie", tag = "Banner",
    request_body(content = CookieCheckRequest, example = json!({
        "cookie": "eyJ2IjoxLCJvIjoi...fQ.zDcq1Z9o...DQ", "purposes": ["loomer.cookies-analys"]
    })),
    responses((status = 200, description = "One verdict for each purpose.", body = CookieCheckResponse)),
)]
pub async fn check(
    State(banners): State<Arc<Banners>>,
    Allowed { caller, .. }: Allowed<Servers>,
    body: Body<CookieCheckRequest>,
) -> Answer<Json<CookieCheckResponse>> {
    Ok(Json(banner::check(&banners, &caller, &body.shaped).await?))
}
