//! `GET /openapi.json`, and `GET /docs`, the same document for people.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use crate::http::cors::mark_public;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::openapi::ApiDocument;
use crate::metrics::RouteClass;
use crate::{docs, page};

/// Both documents change only with the program.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<ApiDocument>: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Public));
    endpoints!(routes, openapi, docs_page)
}

/// Serves this description for programs
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "openapi", tag = "Operation", security(),
    responses((status = 200, description = "OpenAPI 3.1.", body = Object)),
)]
pub async fn openapi(State(document): State<Arc<ApiDocument>>) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, CACHE),
    ];
    let mut response = (headers, document.json().to_owned()).into_response();
    mark_public(response.headers_mut());
    response
}

/// Serves this description for people
#[utoipa::path(
    get, path = "/docs", operation_id = "docs", tag = "Operation", security(),
    responses((status = 200, description = "The page, without any script.", body = String, content_type = "text/html")),
)]
pub async fn docs_page(State(document): State<Arc<ApiDocument>>) -> Response {
    page::response(document.page(docs::page).to_owned(), CACHE)
}
