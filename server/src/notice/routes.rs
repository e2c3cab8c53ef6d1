//! Notices: the current and earlier ones of a site, and the publication of a new one.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::id::{NoticeHash, PurposeId, SiteId};
use samtycke_core::live::TenantView as _;
use samtycke_core::notice::ChangeClass;
use samtycke_core::problem::ProblemKind;
use samtycke_core::wire::NoticeDocument;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::access::{Allowed, Editors, Invalidators, Publishers};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::{Auth, Body, Segment};
use crate::metrics::RouteClass;
use crate::register::Registers;
use crate::register::{
    self, InvalidateRequest, Invalidated, NoticeRequest, NoticeResponse, Proposed,
    PublishedResponse,
};
use crate::tenant::{Role, Tenant, Tenants};

/// Body of `POST /v1/notices/{hash}/publish`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishNoticeRequest {
    /// Change class per purpose, to override the comparison for changes of words.
    #[serde(default)]
    pub classes: Option<BTreeMap<PurposeId, ChangeClass>>,
}

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Registers>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::for_pages(RouteClass::Admin));
    let routes = endpoints!(routes, current, by_hash);
    let routes = routes.group(Admission::of(RouteClass::Admin));
    endpoints!(routes, add, publish, invalidate)
}

/// Reads the current notice of a site
#[utoipa::path(
    get, path = "/v1/sites/{site}/notice", operation_id = "site_notice", tag = "Notices",
    params(
        ("site" = SiteId, Path, description = "Name of the site; for a publishable key, its own site."),
        ("If-None-Match" = Option<String>, Header, description = "`ETag` of the cached version."),
    ),
    responses(
        (status = 200, description = "The notice with all its texts.", body = NoticeDocument, headers(("ETag" = String))),
        (status = 304, description = "The cached version is current.", headers(("ETag" = String))),
    ),
)]
pub async fn current(
    State(registers): State<Arc<Registers>>,
    Auth(caller): Auth,
    Segment(site): Segment<SiteId>,
    headers: HeaderMap,
) -> Answer<Response> {
    let tenant = caller.current(&registers.tenants).await?;
    let own = caller.key.role != Role::Publishable || caller.key.site.as_ref() == Some(&site);
    if !own || !tenant.sites.contains_key(&site) {
        return Err(ProblemKind::NotFound.into());
    }
    let hash = tenant.current_notice(&site).ok_or(ProblemKind::NotFound)?;
    document(&registers, &tenant, hash, &headers, "private, max-age=60").await
}

/// Reads a notice by its hash
///
/// A notice never changes. Any key of the tenant may read it; a publishable key only after its publication.
#[utoipa::path(
    get, path = "/v1/notices/{hash}", operation_id = "notice", tag = "Notices",
    params(
        ("hash" = NoticeHash, Path, description = "Content address of the notice."),
        ("If-None-Match" = Option<String>, Header, description = "`ETag` of the cached version."),
    ),
    responses(
        (status = 200, description = "The notice with all its texts.", body = NoticeDocument, headers(("ETag" = String))),
        (status = 304, description = "The cached version is current.", headers(("ETag" = String))),
    ),
)]
pub async fn by_hash(
    State(registers): State<Arc<Registers>>,
    Auth(caller): Auth,
    Segment(hash): Segment<NoticeHash>,
    headers: HeaderMap,
) -> Answer<Response> {
    let tenant = caller.current(&registers.tenants).await?;
    // Every visitor has a publishable key, and no visitor has seen a draft.
    if caller.key.role == Role::Publishable && tenant.manifest(&hash).is_none() {
        return Err(ProblemKind::NotFound.into());
    }
    let tenant = registers.tenants.with_notice(&tenant, &hash).await?;
    document(
        &registers,
        &tenant,
        &hash,
        &headers,
        "private, max-age=31536000, immutable",
    )
    .await
}

async fn document(
    registers: &Registers,
    tenant: &Tenant,
    hash: &NoticeHash,
    headers: &HeaderMap,
    cache: &'static str,
) -> Answer<Response> {
    let notice = tenant.notices.get(hash).ok_or(ProblemKind::NotFound)?;
    let etag = format!("\"{hash}\"");
    let same = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|seen| seen.as_bytes() == etag.as_bytes());
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let rows = registers.store.notice_texts(&tenant.id, hash).await?;
        let mut texts: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
        for row in rows {
            let text = serde_json::from_str(&row.body).map_err(|_| ProblemKind::Internal)?;
            texts
                .entry(row.language)
                .or_default()
                .insert(row.variant, text);
        }
        let manifest = serde_json::from_str(&notice.bytes).map_err(|_| ProblemKind::Internal)?;
        Json(NoticeDocument {
            hash: hash.clone(),
            version: notice.version,
            manifest,
            texts,
        })
        .into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(
        header::ETAG,
        etag.parse().map_err(|_| ProblemKind::Internal)?,
    );
    Ok(response)
}

/// Stores a notice, or drafts one from the live register
///
/// Without `manifest`, the server drafts the notice from the register: about everything, or, for a banner, about the
/// use of the terminal only. This does not publish the notice.
#[utoipa::path(
    post, path = "/v1/notices", operation_id = "add_notice", tag = "Notices",
    request_body(content = NoticeRequest, example = json!({
        "site": "www.ommej.example", "about": "terminal", "languages": ["sv", "en", "ar"], "variants": ["adult", "teen"]
    })),
    responses((status = 201, description = "The notice is stored but not published.", body = NoticeResponse)),
)]
pub async fn add(
    State(registers): State<Arc<Registers>>,
    Allowed { caller, .. }: Allowed<Editors>,
    body: Body<NoticeRequest>,
) -> Answer<(StatusCode, Json<NoticeResponse>)> {
    let tenant = caller.current(&registers.tenants).await?;
    let answer = register::add_notice(&registers, &tenant, body.shaped).await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Makes a notice the current one of its site
#[utoipa::path(
    post, path = "/v1/notices/{hash}/publish", operation_id = "publish_notice", tag = "Notices",
    params(("hash" = NoticeHash, Path, description = "Content address of the notice.")),
    request_body(content = PublishNoticeRequest, example = json!({"classes": {"ommej.appsvar": "editorial"}})),
    responses(
        (status = 200, description = "Live at every server, and in the log.", body = PublishedResponse),
        (status = 409, description = "`NOTICE_OUTDATED`: the register has changed a purpose of the notice so that people must be asked again; store the notice anew."),
        (status = 422, description = "`NOTICE_INVALID`: the notice asks what the live register does not say."),
    ),
)]
pub async fn publish(
    State(registers): State<Arc<Registers>>,
    Allowed { caller, .. }: Allowed<Publishers>,
    Segment(hash): Segment<NoticeHash>,
    body: Body<PublishNoticeRequest>,
) -> Answer<Json<PublishedResponse>> {
    let tenant = caller.current(&registers.tenants).await?;
    let by = Some(caller.key.key_id.as_str());
    Ok(Json(
        register::publish_notice(&registers, &tenant, &hash, body.shaped.classes, by).await?,
    ))
}

/// Declares every consent on a notice to some purposes invalid
///
/// It takes two people: the data protection officer's key proposes, and is answered with a `proposal`; a publisher's key
/// sends the same body with it. Then one leaf of the log records it, and each of these consents denies
/// `CONSENT_INVALIDATED`.
#[utoipa::path(
    post, path = "/v1/notices/{hash}/invalidate", operation_id = "invalidate_notice", tag = "Notices",
    params(("hash" = NoticeHash, Path, description = "Content address of the notice.")),
    request_body(content = InvalidateRequest, example = json!({
        "purposes": ["ommej.appsvar"], "cause": "the text named the wrong recipient", "effective_from": "2026-11-02T00:00:00Z"
    })),
    responses(
        (status = 200, description = "In force at every server, and in the log.", body = Invalidated),
        (status = 202, description = "Proposed by the data protection officer; nothing has changed.", body = Proposed),
        (status = 404, description = "The tenant never published the notice."),
    ),
)]
pub async fn invalidate(
    State(registers): State<Arc<Registers>>,
    Allowed { caller, .. }: Allowed<Invalidators>,
    Segment(hash): Segment<NoticeHash>,
    body: Body<InvalidateRequest>,
) -> Answer<Response> {
    let tenant = caller.current(&registers.tenants).await?;
    let by = caller.key.key_id.as_str();
    if caller.key.role == Role::Dpo {
        let proposed = register::propose(&registers, &tenant, &hash, body.shaped, by).await?;
        return Ok((StatusCode::ACCEPTED, Json(proposed)).into_response());
    }
    let done = register::confirm(&registers, &tenant, &hash, body.shaped, by).await?;
    Ok(Json(done).into_response())
}
