//! Routes for campaigns, assets, checks of an asset, and take-downs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use samtycke_core::id::{ScopeValue, TakedownId};
use samtycke_core::problem::ProblemKind;
use samtycke_core::wire::{
    AssetCheckRequest, AssetCheckResponse, AssetRequest, AssetResponse, CampaignEndRequest,
    CampaignRequest, CampaignResponse, CampaignsResponse, TakedownDoneRequest, TakedownResponse,
    TakedownState, TakedownsResponse,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Media, asset, campaign, check, takedown};
use crate::clock::Environment;
use crate::http::access::{
    Allowed, CampaignEnders, Publishers, RegisterReaders, Servers, ServersAndDpo,
};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::{Body, Parameters, Segment, whole_if_there};
use crate::metrics::RouteClass;
use crate::tenant::Tenants;

/// Query of `GET /v1/takedowns`.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TakedownsQuery {
    /// Which take-downs; absent: `open`.
    #[serde(default)]
    pub state: TakedownState,
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Take-downs of the page, 1 to 1000; absent: 100.
    #[serde(default, deserialize_with = "whole_if_there")]
    pub limit: Option<u32>,
}

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Media>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    Environment: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Check));
    let routes = endpoints!(routes, check_asset);
    // A server records assets as often as it records consents.
    let routes = routes.group(Admission::of(RouteClass::Record));
    let routes = endpoints!(routes, put_asset, asset, delete_asset);
    let routes = routes.group(Admission::of(RouteClass::Admin));
    endpoints!(
        routes,
        put_campaign,
        end_campaign,
        campaign,
        campaigns,
        takedowns,
        finish_takedown,
    )
}

/// Publishes a campaign
///
/// A campaign has a last day. An earlier one acts at once, at every server; a later one holds for consents from now on,
/// and those that were given keep the end that stood then. A new medium or surface needs new consents. It takes a
/// publisher, because it widens what people may be asked; `POST /v1/campaigns/{campaign}/end` narrows without one.
#[utoipa::path(
    put, path = "/v1/campaigns/{campaign}", operation_id = "put_campaign", tag = "Pictures",
    params(("campaign" = ScopeValue, Path, description = "The tenant's own code of the campaign.")),
    request_body(content = CampaignRequest, example = json!({
        "ends_on": "2027-06-30", "media": ["photo", "film"], "surfaces": ["web", "print"], "advertising": true
    })),
    responses((status = 200, description = "Live at every server, and in the log.", body = CampaignResponse)),
)]
pub async fn put_campaign(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<Publishers>,
    Segment(name): Segment<ScopeValue>,
    body: Body<CampaignRequest>,
) -> Answer<Json<CampaignResponse>> {
    let tenant = caller.current(&media.tenants).await?;
    let by = &caller.key.key_id;
    let answer = campaign::publish(&media, &tenant, &name, &body.shaped, by).await?;
    Ok(Json(answer))
}

/// Ends a campaign earlier
///
/// Checks deny from the end on, and a task is opened for each place of use. Yesterday ends it now.
#[utoipa::path(
    post, path = "/v1/campaigns/{campaign}/end", operation_id = "end_campaign", tag = "Pictures",
    params(("campaign" = ScopeValue, Path, description = "The campaign.")),
    request_body(content = CampaignEndRequest, example = json!({"ends_on": "2026-11-29"})),
    responses(
        (status = 200, description = "In force at every server, and in the log.", body = CampaignResponse),
        (status = 404, description = "There is no such campaign."),
    ),
)]
pub async fn end_campaign(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<CampaignEnders>,
    Segment(name): Segment<ScopeValue>,
    body: Body<CampaignEndRequest>,
) -> Answer<Json<CampaignResponse>> {
    let tenant = caller.current(&media.tenants).await?;
    let by = &caller.key.key_id;
    let answer = campaign::end(&media, &tenant, &name, body.shaped, by).await?;
    Ok(Json(answer))
}

/// Reads a campaign
#[utoipa::path(
    get, path = "/v1/campaigns/{campaign}", operation_id = "campaign", tag = "Pictures",
    params(("campaign" = ScopeValue, Path, description = "The campaign.")),
    responses(
        (status = 200, description = "The campaign as it is in force.", body = CampaignResponse),
        (status = 404, description = "There is no such campaign."),
    ),
)]
pub async fn campaign(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<RegisterReaders>,
    Segment(name): Segment<ScopeValue>,
) -> Answer<Json<CampaignResponse>> {
    let tenant = caller.current(&media.tenants).await?;
    let now = media.environment.clock.now();
    let found = campaign::one(&tenant, &name, now);
    Ok(Json(found.ok_or(ProblemKind::NotFound)?))
}

/// Lists the campaigns
#[utoipa::path(
    get, path = "/v1/campaigns", operation_id = "campaigns", tag = "Pictures",
    responses((status = 200, description = "Each campaign as it is in force, also those that are over.", body = CampaignsResponse)),
)]
pub async fn campaigns(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<RegisterReaders>,
) -> Answer<Json<CampaignsResponse>> {
    let tenant = caller.current(&media.tenants).await?;
    let now = media.environment.clock.now();
    Ok(Json(campaign::all(&tenant, now)))
}

/// Records who is in an asset and where it is used
///
/// The lists replace those from before; the same request again changes nothing. Everybody in it is judged when it is
/// answered: for each place that a person does not permit there is a task at once, also for people and places that are added
/// later. Someone who is added permits nothing yet. Codes of the tenant's own, no names, addresses or text.
#[utoipa::path(
    put, path = "/v1/assets/{asset}", operation_id = "put_asset", tag = "Pictures",
    params(("asset" = ScopeValue, Path, description = "The tenant's own code of the asset.")),
    request_body(content = AssetRequest, example = json!({
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "subjects": ["s_JxKq3mYlTn2v0cWb8ZpR4A"], "campaign": "spring", "purpose": "bjorn-lunden.foto-film-ljud",
        "medium": "photo", "places": [{"surface": "web", "ref": "start-page"}]
    })),
    responses((status = 200, description = "The asset.", body = AssetResponse)),
)]
pub async fn put_asset(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<Servers>,
    Segment(name): Segment<ScopeValue>,
    body: Body<AssetRequest>,
) -> Answer<Json<AssetResponse>> {
    Ok(Json(asset::put(&media, &caller, &name, body.shaped).await?))
}

/// Reads an asset
#[utoipa::path(
    get, path = "/v1/assets/{asset}", operation_id = "read_asset", tag = "Pictures",
    params(("asset" = ScopeValue, Path, description = "The asset.")),
    responses(
        (status = 200, description = "The asset.", body = AssetResponse),
        (status = 404, description = "There is no such asset."),
    ),
)]
pub async fn asset(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<ServersAndDpo>,
    Segment(name): Segment<ScopeValue>,
) -> Answer<Json<AssetResponse>> {
    Ok(Json(asset::get(&media, &caller.tenant, &name).await?))
}

/// Forgets an asset
///
/// Checks of it are denied from then on. Its open take-downs stay open: they are about places that are still to be cleared.
#[utoipa::path(
    delete, path = "/v1/assets/{asset}", operation_id = "delete_asset", tag = "Pictures",
    params(("asset" = ScopeValue, Path, description = "The asset.")),
    responses(
        (status = 204, description = "Forgotten."),
        (status = 404, description = "There is no such asset."),
    ),
)]
pub async fn delete_asset(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<ServersAndDpo>,
    Segment(name): Segment<ScopeValue>,
) -> Answer<StatusCode> {
    asset::delete(&media, &caller.tenant, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// May this picture be shown here now?
///
/// Allows only if each person in it permits the purpose, campaign, medium and surface; the others are named. Who was linked
/// to another subject answers as that one. An unknown
/// asset, or one without people, is denied. Ask before each publication: an allow may not be kept.
#[utoipa::path(
    post, path = "/v1/assets/check", operation_id = "check_asset", tag = "Pictures",
    request_body(content = AssetCheckRequest, example = json!({
        "asset": "spring-014", "surface": "web", "medium": "photo"
    })),
    responses((status = 200, description = "The verdict, allow or deny.", body = AssetCheckResponse, example = json!({
        "allow": false, "blocked_by": [{"subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "reason": "CONSENT_WITHDRAWN"}],
        "position": "AAAAAQAAAAAAASCmXo0vJ3yT5nKq7dWe"
    }))),
)]
pub async fn check_asset(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<ServersAndDpo>,
    body: Body<AssetCheckRequest>,
) -> Answer<Json<AssetCheckResponse>> {
    Ok(Json(check::check(&media, &caller, &body.shaped).await?))
}

/// Lists places that must be cleared
///
/// A task for each place of use: of a person who no longer permits it, and of a campaign that ended. A person's own decision
/// opens it in its transaction, a publication or the end of a campaign within a minute, and time alone, such as a consent
/// that expires, on the next day. It stays open until it is acknowledged, also if the person consents again.
#[utoipa::path(
    get, path = "/v1/takedowns", operation_id = "takedowns", tag = "Pictures",
    params(TakedownsQuery),
    responses((status = 200, description = "A page, the one that is due first first.", body = TakedownsResponse)),
)]
pub async fn takedowns(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<ServersAndDpo>,
    Parameters(query): Parameters<TakedownsQuery>,
) -> Answer<Json<TakedownsResponse>> {
    let TakedownsQuery {
        state,
        after,
        limit,
    } = query;
    let page = takedown::page(&media, &caller.tenant, state, after.as_deref(), limit);
    Ok(Json(page.await?))
}

/// Acknowledges that a place is cleared
#[utoipa::path(
    post, path = "/v1/takedowns/{takedown}/done", operation_id = "finish_takedown", tag = "Pictures",
    params(("takedown" = TakedownId, Path, description = "The take-down.")),
    request_body(content = TakedownDoneRequest, example = json!({
        "evidence": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    })),
    responses(
        (status = 200, description = "Done.", body = TakedownResponse),
        (status = 404, description = "There is no such take-down."),
    ),
)]
pub async fn finish_takedown(
    State(media): State<Arc<Media>>,
    Allowed { caller, .. }: Allowed<ServersAndDpo>,
    Segment(id): Segment<TakedownId>,
    body: Body<TakedownDoneRequest>,
) -> Answer<Json<TakedownResponse>> {
    let by = &caller.key.key_id;
    let done = takedown::done(&media, &caller.tenant, &id, body.shaped, by);
    Ok(Json(done.await?))
}
