//! `GET /openapi.json`, and `GET /docs`, the same for people.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use super::cors::mark_public;
use super::openapi;
use crate::{docs, home};

/// Both change only with the program.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// This description, for programs
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "openapi", tag = "Operation", security(),
    responses((status = 200, description = "OpenAPI 3.1.", body = Object)),
)]
pub async fn openapi() -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, CACHE),
    ];
    let mut response = (headers, openapi::JSON.as_str()).into_response();
    mark_public(response.headers_mut());
    response
}

/// This description, for people
#[utoipa::path(
    get, path = "/docs", operation_id = "docs", tag = "Operation", security(),
    responses((status = 200, description = "The page, without any script.", body = String, content_type = "text/html")),
)]
pub async fn page() -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(home::CSP),
        ),
        (header::CACHE_CONTROL, CACHE),
    ];
    (headers, docs::PAGE.as_str()).into_response()
}
