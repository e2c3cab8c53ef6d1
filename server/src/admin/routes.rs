//! Routes for keys, sites and tenants.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use samtycke_core::id::{SiteId, TenantId};
use samtycke_core::problem::{Problem, ProblemKind};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use utoipa::ToSchema;

use crate::admin::{self, Admin, KeyRequest, KeyResponse, SiteChange, SiteRequest, SiteResponse};
use crate::http::access::{Access, Allowed, Operators, Requirement, SiteReaders};
use crate::http::answer::{Answer, ApiError};
use crate::http::body::BodyRules;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::{Body, Segment, bearer};
use crate::metrics::RouteClass;
use crate::tenant::{Role, Tenants};

/// Body of `POST /v1/tenants`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TenantRequest {
    /// Short name of the tenant, as in its register's `id`.
    pub tenant: TenantId,
    /// Name of the controller.
    pub controller: String,
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TenantResponse {
    /// Short name of the tenant.
    pub tenant: TenantId,
    /// Name of the controller.
    pub controller: String,
    /// The tenant's log.
    pub log: LogResponse,
    /// The tenant's first key, with the role operator. Present only in the response that adds the tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyResponse>,
}

/// A log with its verifier key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LogResponse {
    /// Id of the log.
    pub id: String,
    /// Origin of the log, as checkpoints name it.
    pub origin: String,
    /// Verifier key of the log.
    pub vkey: String,
}

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Admin>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Admin));
    endpoints!(
        routes,
        add_key,
        keys,
        revoke_key,
        add_site,
        sites,
        set_site,
        revoke_site,
        add_tenant,
        tenants,
    )
}

/// Makes a key
///
/// The response contains the key. The server keeps only its hash and cannot show the key again.
#[utoipa::path(
    post, path = "/v1/keys", operation_id = "add_key", tag = "Keys and sites",
    request_body(content = KeyRequest, example = json!({"role": "service", "label": "app backend"})),
    responses((status = 201, description = "The key. The server cannot show it again.", body = KeyResponse)),
)]
pub async fn add_key(
    State(state): State<Arc<Admin>>,
    Allowed { caller, .. }: Allowed<Operators>,
    body: Body<KeyRequest>,
) -> Answer<(StatusCode, Json<KeyResponse>)> {
    let tenant = caller.current(&state.tenants).await?;
    let by = Some(caller.key.key_id.as_str());
    Ok((
        StatusCode::CREATED,
        Json(admin::add_key(&state, &tenant, body.shaped, by).await?),
    ))
}

/// Lists the tenant's keys
#[utoipa::path(
    get, path = "/v1/keys", operation_id = "keys", tag = "Keys and sites",
    responses((status = 200, description = "The keys without their secrets; the server keeps only hashes.", body = Vec<KeyResponse>)),
)]
pub async fn keys(
    State(state): State<Arc<Admin>>,
    Allowed { caller, .. }: Allowed<Operators>,
) -> Answer<Json<Vec<KeyResponse>>> {
    let tenant = caller.current(&state.tenants).await?;
    Ok(Json(admin::keys(&state, &tenant).await?))
}

/// Revokes a key
#[utoipa::path(
    delete, path = "/v1/keys/{key_id}", operation_id = "revoke_key", tag = "Keys and sites",
    params(("key_id" = String, Path, description = "Public name of the key.")),
    responses((status = 204, description = "Revoked at every server.")),
)]
pub async fn revoke_key(
    State(state): State<Arc<Admin>>,
    Allowed { caller, .. }: Allowed<Operators>,
    Segment(key_id): Segment<String>,
) -> Answer<StatusCode> {
    let tenant = caller.current(&state.tenants).await?;
    admin::revoke_key(&state, &tenant, &key_id, Some(caller.key.key_id.as_str())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Adds a site that shows notices
#[utoipa::path(
    post, path = "/v1/sites", operation_id = "add_site", tag = "Keys and sites",
    request_body(content = SiteRequest, example = json!({
        "site": "app.ommej.example", "origins": ["https://app.ommej.example"]
    })),
    responses(
        (status = 201, description = "Added.", body = SiteResponse),
        (status = 409, description = "A site with this name exists."),
    ),
)]
pub async fn add_site(
    State(state): State<Arc<Admin>>,
    Allowed { caller, .. }: Allowed<Operators>,
    body: Body<SiteRequest>,
) -> Answer<(StatusCode, Json<SiteResponse>)> {
    let tenant = caller.current(&state.tenants).await?;
    let by = Some(caller.key.key_id.as_str());
    Ok((
        StatusCode::CREATED,
        Json(admin::add_site(&state, &tenant, body.shaped, by).await?),
    ))
}

/// Lists the tenant's sites
#[utoipa::path(
    get, path = "/v1/sites", operation_id = "sites", tag = "Keys and sites",
    responses((status = 200, description = "All sites, revoked sites included.", body = Vec<SiteResponse>)),
)]
pub async fn sites(
    State(state): State<Arc<Admin>>,
    Allowed { caller, .. }: Allowed<SiteReaders>,
) -> Answer<Json<Vec<SiteResponse>>> {
    let tenant = caller.current(&state.tenants).await?;
    Ok(Json(admin::sites(&state, &tenant).await?))
}

/// Replaces a site's origins
///
/// The new list replaces the old one at every server before the response is sent. Keys, notices and recorded decisions
/// do not change.
#[utoipa::path(
    put, path = "/v1/sites/{site}", operation_id = "set_site", tag = "Keys and sites",
    params(("site" = SiteId, Path, description = "Name of the site.")),
    request_body(content = SiteChange, example = json!({
        "origins": ["https://www.loomer.example", "https://shop.loomer.example"]
    })),
    responses((status = 200, description = "The changed site.", body = SiteResponse)),
)]
pub async fn set_site(
    State(state): State<Arc<Admin>>,
    Allowed { caller, .. }: Allowed<Operators>,
    Segment(site): Segment<SiteId>,
    body: Body<SiteChange>,
) -> Answer<Json<SiteResponse>> {
    let tenant = caller.current(&state.tenants).await?;
    let by = Some(caller.key.key_id.as_str());
    let site = admin::set_site(&state, &tenant, &site, body.shaped, by).await?;
    Ok(Json(site))
}

/// Revokes a site
#[utoipa::path(
    delete, path = "/v1/sites/{site}", operation_id = "revoke_site", tag = "Keys and sites",
    params(("site" = SiteId, Path, description = "Name of the site.")),
    responses((status = 204, description = "Revoked at every server.")),
)]
pub async fn revoke_site(
    State(state): State<Arc<Admin>>,
    Allowed { caller, .. }: Allowed<Operators>,
    Segment(site): Segment<SiteId>,
) -> Answer<StatusCode> {
    let tenant = caller.current(&state.tenants).await?;
    admin::revoke_site(&state, &tenant, &site, Some(caller.key.key_id.as_str())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Adds a tenant
///
/// Requires the instance key. A tenant is one controller with its own log.
#[utoipa::path(
    post, path = "/v1/tenants", operation_id = "add_tenant", tag = "Tenants",
    request_body(content = TenantRequest, example = json!({"tenant": "loomer", "controller": "Loomer AB"})),
    responses(
        (status = 201, description = "Added, with its log and its first key.", body = TenantResponse),
        (status = 409, description = "A tenant with this name exists."),
    ),
)]
pub async fn add_tenant(
    State(state): State<Arc<Admin>>,
    _: Instance,
    body: Body<TenantRequest>,
) -> Answer<(StatusCode, Json<TenantResponse>)> {
    let request = body.shaped;
    let named = matches!(request.controller.chars().count(), 1..=120);
    if !named {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/controller", "must be 1 to 120 characters")
            .into());
    }
    let tenant = admin::add_tenant(&state, request.tenant, &request.controller).await?;
    let first = KeyRequest {
        role: Role::Operator,
        site: None,
        label: "first key".into(),
        expires: None,
    };
    let key = admin::add_key(&state, &tenant, first, None).await?;
    let answer = tenant_answer(&tenant, Some(key));
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Lists every tenant
///
/// Requires the instance key.
#[utoipa::path(
    get, path = "/v1/tenants", operation_id = "tenants", tag = "Tenants",
    responses((status = 200, description = "All tenants, without keys.", body = Vec<TenantResponse>)),
)]
pub async fn tenants(
    State(state): State<Arc<Admin>>,
    _: Instance,
) -> Answer<Json<Vec<TenantResponse>>> {
    Ok(Json(
        state
            .tenants
            .all()
            .iter()
            .map(|tenant| tenant_answer(tenant, None))
            .collect(),
    ))
}

fn tenant_answer(tenant: &crate::tenant::Tenant, key: Option<KeyResponse>) -> TenantResponse {
    TenantResponse {
        tenant: tenant.id.clone(),
        controller: tenant.controller.clone(),
        log: LogResponse {
            id: tenant.log.to_string(),
            origin: tenant.origin.clone(),
            vkey: tenant.vkey().to_owned(),
        },
        key,
    }
}

impl Access for Instance {
    const REQUIREMENT: Option<Requirement> = Some(Requirement::Instance);
}

/// A caller with the instance key. Extracted before the body, so that the server parses no other caller's body.
#[derive(Debug)]
pub struct Instance;

impl<S> FromRequestParts<S> for Instance
where
    Arc<Admin>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let state = Arc::<Admin>::from_ref(state);
        let genuine = bearer(&parts.headers)
            .zip(state.keyring.instance())
            .is_some_and(|(key, instance)| bool::from(key.as_bytes().ct_eq(instance.as_bytes())));
        if genuine {
            Ok(Self)
        } else {
            Err(ProblemKind::Unauthenticated.into())
        }
    }
}
