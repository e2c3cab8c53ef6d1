//! `POST /v1/prompts`, `POST /v1/banner/{key}/prompts`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::wire::{PromptRequest, PromptResponse};

use crate::http::access::{Allowed, ServersAndPages};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::cors::cors;
use crate::http::endpoint::{Admission, Entrance, Routes, endpoints};
use crate::http::extract::{Body, PageKey, PlainBody};
use crate::metrics::RouteClass;
use crate::prompt::{self, Prompts};
use crate::tenant::Tenants;

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Prompts>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::for_pages(RouteClass::Record));
    let routes = endpoints!(routes, issue);
    let keyless = Admission::for_pages(RouteClass::Record).through(Entrance::Keyless);
    endpoints!(routes.group(keyless), issue_to_page)
}

/// Issues a prompt for a notice that is shown now
///
/// A consent that carries the prompt has the assurance `prompted` where a page's has `browser`. It must name the same
/// notice, language and variant, be recorded on the same site and, where a server has named the person, be that
/// person's. One consent can use it, within 30 days. Each prompt is counted as a notice that was shown, without any
/// subject.
#[utoipa::path(
    post, path = "/v1/prompts", operation_id = "issue_prompt", tag = "Record",
    request_body(content = PromptRequest, example = json!({
        "notice": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "language": "sv", "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A"
    })),
    responses((status = 200, description = "The prompt.", body = PromptResponse, example = json!({
        "prompt": "ADm1bQ0n3vJx5u2pYc8sKQRpq3pA0d8mY2l6Wc1xTn4bZ0eHvg", "expires_at": "2026-12-21T12:00:00.000Z"
    }))),
)]
pub async fn issue(
    State(prompts): State<Arc<Prompts>>,
    Allowed { caller, .. }: Allowed<ServersAndPages>,
    body: Body<PromptRequest>,
) -> Answer<Json<PromptResponse>> {
    Ok(Json(prompt::issue(&prompts, &caller, &body.shaped).await?))
}

/// Issues a prompt to a page
///
/// As `POST /v1/prompts`, with the key in the path. The same JSON is taken as `text/plain`, which a page of another
/// origin sends without a preflight.
#[utoipa::path(
    post, path = "/v1/banner/{key}/prompts", operation_id = "issue_prompt_to_page", tag = "Banner", security(),
    request_body(content = PromptRequest, example = json!({
        "notice": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "language": "sv", "variant": "adult"
    })),
    params(("key" = String, Path, description = "A publishable key of the site.", example = "pk_4f1c0b2a9d3e_..")),
    responses(
        (status = 200, description = "The prompt.", body = PromptResponse, example = json!({
            "prompt": "ADm1bQ0n3vJx5u2pYc8sKQRpq3pA0d8mY2l6Wc1xTn4bZ0eHvg"
        })),
        (status = 403, description = "The page is of none of the site's origins."),
        (status = 404, description = "The key is no publishable key of a live site."),
    ),
)]
pub async fn issue_to_page(
    State(prompts): State<Arc<Prompts>>,
    PageKey(caller): PageKey,
    headers: HeaderMap,
    PlainBody(request): PlainBody<PromptRequest>,
) -> Answer<Response> {
    let issued = prompt::issue(&prompts, &caller, &request).await?;
    let mut response = Json(PromptResponse {
        expires_at: None,
        ..issued
    })
    .into_response();
    // The caller's origin has been checked with its key.
    cors(headers.get(header::ORIGIN), |_| true).mark_body(response.headers_mut());
    Ok(response)
}
