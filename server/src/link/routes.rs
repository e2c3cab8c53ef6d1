//! `POST /v1/links`, `DELETE /v1/links/{link}`, and the page `/l/{secret}` on which a person answers.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::id::PurposeId;
use samtycke_core::problem::ProblemKind;
use samtycke_core::wire::{LinkRequest, LinkResponse};
use serde::Deserialize;

use super::{Answer as Pressed, Links, page};
use crate::http::access::{Allowed, Servers};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::endpoint::{Admission, Entrance, Routes, endpoints};
use crate::http::extract::{Body, FormBody, Parameters, Segment};
use crate::http::problem_page::languages;
use crate::link;
use crate::metrics::RouteClass;
use crate::page::response_with_form;
use crate::tenant::Tenants;

/// The routes, and how requests to them are admitted.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Links>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Record));
    let routes = endpoints!(routes, create, revoke);
    let routes = endpoints!(
        routes.group(Admission::shown(RouteClass::Public)),
        link_page
    );
    let answers = Admission::shown(RouteClass::Record).through(Entrance::Keyless);
    let routes = endpoints!(routes.group(answers), answer);
    // A withdrawal is never shed because of other traffic.
    let withdrawals = Admission::shown(RouteClass::Withdraw).through(Entrance::Withdrawals);
    endpoints!(routes.group(withdrawals), take_back)
}

/// `?lang=`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Wanted {
    lang: Option<String>,
}

/// An answer as the page's form sends it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkAnswer {
    /// The question's purpose.
    purpose: PurposeId,
    /// `yes` or `no`.
    #[serde(default)]
    answer: Option<String>,
    /// The language that was shown.
    #[serde(default)]
    lang: Option<String>,
}

/// Makes a link on which a person answers on their own phone
///
/// The page asks each purpose by itself, in the notice's words, without JavaScript. Each question is answered once; the
/// answer and its receipt stay at the address, where a grant can be taken back. The address names neither the service nor
/// the person, and is not a capability.
#[utoipa::path(
    post, path = "/v1/links", operation_id = "create_link", tag = "Record",
    request_body(content = LinkRequest, example = json!({
        "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A",
        "notice": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "purposes": ["bjorn-lunden.foto-film-ljud"],
        "scope": {"campaign": "autumn-2026", "medium": "photo", "surface": "web"}, "variant": "adult"
    })),
    responses((status = 201, description = "The link, as an address and as a QR code.", body = LinkResponse)),
)]
pub async fn create(
    State(links): State<Arc<Links>>,
    Allowed { caller, .. }: Allowed<Servers>,
    body: Body<LinkRequest>,
) -> Answer<(StatusCode, Json<LinkResponse>)> {
    let made = link::create(&links, &caller, body.shaped).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Takes a link back: it can no longer be answered
///
/// Answers that were given stay on record, and a grant can still be taken back at the address.
#[utoipa::path(
    delete, path = "/v1/links/{link}", operation_id = "revoke_link", tag = "Record",
    params(("link" = String, Path, description = "The link's id.")),
    responses((status = 204, description = "The link can no longer be answered.")),
)]
pub async fn revoke(
    State(links): State<Arc<Links>>,
    Allowed { caller, .. }: Allowed<Servers>,
    Segment(id): Segment<String>,
) -> Answer<StatusCode> {
    link::revoke(&links, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows the page of a link
#[utoipa::path(
    get, path = "/l/{secret}", operation_id = "link_page", tag = "Record", security(),
    params(
        ("secret" = String, Path, description = "The last part of the link's address."),
        ("lang" = Option<String>, Query, description = "The language; otherwise the browser's preference applies."),
    ),
    responses(
        (status = 200, description = "The questions, or the answers with their receipts.", body = String, content_type = "text/html"),
        (status = 404, description = "The link is not valid."),
    ),
)]
pub async fn link_page(
    State(links): State<Arc<Links>>,
    Segment(secret): Segment<String>,
    Parameters(wanted): Parameters<Wanted>,
    headers: HeaderMap,
) -> Answer<Response> {
    let wanted = languages(wanted.lang.as_deref(), &headers);
    let shown = link::show(&links, &secret, &wanted).await?;
    Ok(response_with_form(page::render(&shown)))
}

/// Answers one question of a link
#[utoipa::path(
    post, path = "/l/{secret}", operation_id = "answer_link", tag = "Record", security(),
    params(("secret" = String, Path, description = "The last part of the link's address.")),
    request_body(content = LinkAnswer, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 303, description = "Recorded; the page shows the answer."),
        (status = 404, description = "The link is not valid."),
    ),
)]
pub async fn answer(
    State(links): State<Arc<Links>>,
    Segment(secret): Segment<String>,
    headers: HeaderMap,
    FormBody(form): FormBody<LinkAnswer>,
) -> Answer<Response> {
    let pressed = match form.answer.as_deref() {
        Some("yes") => Pressed::Yes,
        Some("no") => Pressed::No,
        _ => return Err(ProblemKind::ParameterInvalid.into()),
    };
    record(&links, &secret, &headers, &form, pressed).await
}

/// Takes the grant to one question of a link back
#[utoipa::path(
    post, path = "/l/{secret}/withdrawal", operation_id = "withdraw_by_link", tag = "Record", security(),
    params(("secret" = String, Path, description = "The last part of the link's address.")),
    request_body(content = LinkAnswer, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 303, description = "In force at every server; the page shows it."),
        (status = 404, description = "The link is not valid."),
    ),
)]
pub async fn take_back(
    State(links): State<Arc<Links>>,
    Segment(secret): Segment<String>,
    headers: HeaderMap,
    FormBody(form): FormBody<LinkAnswer>,
) -> Answer<Response> {
    record(&links, &secret, &headers, &form, Pressed::TakeBack).await
}

async fn record(
    links: &Links,
    secret: &str,
    headers: &HeaderMap,
    form: &LinkAnswer,
    pressed: Pressed,
) -> Answer<Response> {
    let wanted = languages(form.lang.as_deref(), headers);
    let agent = headers.get(header::USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    let device = agent.map(|agent| links.consents.agents.device(agent));
    link::answer(links, secret, &wanted, &form.purpose, pressed, device).await?;
    Ok(back(secret, form.lang.as_deref(), pressed))
}

/// Back to the page, relative to the address that the form was sent to: the server may stand below another path.
fn back(secret: &str, lang: Option<&str>, pressed: Pressed) -> Response {
    let lang = lang.filter(|lang| lang.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let query = lang.map_or_else(|| "?".to_owned(), |lang| format!("?lang={lang}"));
    let location = match pressed {
        // The link has just been found, so its secret is base64url.
        Pressed::TakeBack => format!("../{secret}{query}"),
        Pressed::Yes | Pressed::No => query,
    };
    let location = HeaderValue::from_str(&location);
    let location = location.unwrap_or_else(|_| HeaderValue::from_static("?"));
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}
