//! The page that declares what a site stores on and reads from its visitors' devices.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use samtycke_core::problem::ProblemKind;
use serde::Deserialize;

use crate::auth::Caller;
use crate::declaration::live::Declarations;
use crate::declaration::{self, live};
use crate::http::answer::Answer;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::{Parameters, Segment};
use crate::metrics::RouteClass;
use crate::page;
use crate::tenant::{Role, Tenants};

/// `?language=` as for the banner document, or `?lang=`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Wanted {
    language: Option<String>,
    lang: Option<String>,
}

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Declarations>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Public));
    endpoints!(routes, declaration_page)
}

/// Shows a site's cookie declaration as a page
///
/// The page is generated from the live register and the notice that the site shows. The publishable key is not secret,
/// because the site's own pages contain it.
#[utoipa::path(
    get, path = "/declaration/{key}", operation_id = "declaration", tag = "Banner", security(),
    params(
        ("key" = String, Path, description = "A publishable key of the site."),
        ("language" = Option<String>, Query, description = "Languages in order of preference. If the notice has none of them, the browser's preference applies."),
        ("lang" = Option<String>, Query, description = "Another name for `language`."),
    ),
    responses((status = 200, description = "The page, without any script.", body = String, content_type = "text/html")),
)]
pub async fn declaration_page(
    State(declarations): State<Arc<Declarations>>,
    Segment(key): Segment<String>,
    Parameters(wanted): Parameters<Wanted>,
    headers: HeaderMap,
) -> Answer<Response> {
    // Any key but a live publishable one is not found, so that the page does not reveal whether a secret key is valid.
    let caller = Caller::identify(&declarations.tenants, &key, None)
        .await
        .map_err(|problem| match problem.kind {
            ProblemKind::Unauthenticated | ProblemKind::KeyExpired => ProblemKind::NotFound.into(),
            _ => problem,
        })?;
    let (Role::Publishable, Some(site)) = (caller.key.role, &caller.key.site) else {
        return Err(ProblemKind::NotFound.into());
    };
    let tenant = caller.current(&declarations.tenants).await?;
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let wished = wanted.language.or(wanted.lang).unwrap_or_default();
    // One list: of two languages with equal preference the first counts.
    let wanted = format!("{wished},{accepted}");
    let declaration = live::declaration(&declarations, &tenant, site, &wanted).await?;
    let cache = HeaderValue::from_static("public, max-age=300");
    let mut response = page::response(declaration::render(&declaration), cache);
    let vary = HeaderValue::from_static("Accept-Language");
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}
