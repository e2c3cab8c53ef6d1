//! Campaigns: published as leaves of the tenant's log, like registers and notices.
//!
//! A publication widens what people may be asked, so it takes a publisher, as for a register. To end a campaign earlier
//! only narrows, and must not wait for a publisher.

use std::collections::BTreeSet;
use std::sync::Arc;

use samtycke_core::campaign::LastDay;
use samtycke_core::id::ScopeValue;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{CampaignPublished, PublicBody};
use samtycke_core::service::check_count;
use samtycke_core::wire::{
    CAMPAIGN_VALUES_MAX, CampaignEndRequest, CampaignRequest, CampaignResponse, CampaignsResponse,
    format_rfc3339,
};

use super::Media;
use crate::clock::UnixMs;
use crate::log::{AppendOutcome, Change, Job, PublicLeaf};
use crate::tenant::{ApiKey, CampaignVersion, Tenant};

/// Publishes a campaign, or a new version of one. It is logged and in force at every server before the response is sent.
pub(super) async fn publish(
    media: &Media,
    tenant: &Arc<Tenant>,
    campaign: &ScopeValue,
    request: &CampaignRequest,
    by: &str,
) -> Result<CampaignResponse, Problem> {
    check_count("/media", "media", request.media.len(), CAMPAIGN_VALUES_MAX)?;
    let surfaces = request.surfaces.len();
    check_count("/surfaces", "surfaces", surfaces, CAMPAIGN_VALUES_MAX)?;
    log(media, tenant, campaign, &Wanted::Whole(request), by).await
}

/// Ends a campaign earlier.
pub(super) async fn end(
    media: &Media,
    tenant: &Arc<Tenant>,
    campaign: &ScopeValue,
    request: CampaignEndRequest,
    by: &str,
) -> Result<CampaignResponse, Problem> {
    let wanted = Wanted::EndsOn(request.ends_on);
    log(media, tenant, campaign, &wanted, by).await
}

/// The campaigns in force, by name.
pub(super) fn all(tenant: &Tenant, now: UnixMs) -> CampaignsResponse {
    let names: BTreeSet<&ScopeValue> = tenant.campaigns.names().collect();
    let campaigns = names.into_iter().filter_map(|name| one(tenant, name, now));
    CampaignsResponse {
        campaigns: campaigns.collect(),
    }
}

/// A campaign as it is in force.
pub(super) fn one(tenant: &Tenant, campaign: &ScopeValue, now: UnixMs) -> Option<CampaignResponse> {
    let version = tenant.campaign_version(campaign)?;
    Some(response(version, now))
}

/// The requested publication.
enum Wanted<'a> {
    Whole(&'a CampaignRequest),
    EndsOn(LastDay),
}

/// Logs a publication unless it is in force. If another one was logged since the tenant was loaded, the comparison starts
/// again; each repetition means that another caller published meanwhile.
async fn log(
    media: &Media,
    tenant: &Arc<Tenant>,
    campaign: &ScopeValue,
    wanted: &Wanted<'_>,
    by: &str,
) -> Result<CampaignResponse, Problem> {
    let mut tenant = tenant.clone();
    loop {
        let Some(published) = next(&tenant, campaign, wanted)? else {
            let now = media.environment.clock.now();
            return one(&tenant, campaign, now).ok_or_else(|| ProblemKind::Internal.into());
        };
        let leaf = PublicLeaf {
            body: PublicBody::from(published),
            by: Some(by.to_owned()),
            change: Change::PublishCampaign,
        };
        let job = Job::Public(Box::new(leaf));
        match media.appender.submit(&tenant, job).await? {
            AppendOutcome::Published { index, .. } => {
                let newer = tenant.config_version + 1;
                let tenant = media.tenants.at_least(&tenant, newer).await?;
                // From the newest on: a closed log may have had one with this index.
                let mut versions = tenant.campaign_versions.iter().rev();
                let version = versions.find(|version| version.index == index);
                let version = version.ok_or(ProblemKind::Internal)?;
                return Ok(response(version, media.environment.clock.now()));
            }
            AppendOutcome::Stale { config_version } => {
                tenant = media.tenants.at_least(&tenant, config_version).await?;
                let now = media.environment.clock.now();
                let lives = |key: &ApiKey| key.key_id == by && !key.has_expired(now);
                if !tenant.keys.values().any(lives) {
                    return Err(ProblemKind::Unauthenticated.into());
                }
            }
            _ => return Err(ProblemKind::Internal.into()),
        }
    }
}

/// The version to publish; `None` if the wanted one is in force.
fn next(
    tenant: &Tenant,
    campaign: &ScopeValue,
    wanted: &Wanted<'_>,
) -> Result<Option<CampaignPublished>, Problem> {
    let current = tenant.campaign_version(campaign).map(|v| &v.published);
    let version = current.map_or(1, |current| current.version.saturating_add(1));
    let next = match (wanted, current) {
        (Wanted::Whole(request), _) => CampaignPublished {
            campaign: campaign.clone(),
            version,
            ends_on: request.ends_on,
            media: ordered(&request.media),
            surfaces: ordered(&request.surfaces),
            advertising: request.advertising,
        },
        (Wanted::EndsOn(_), None) => return Err(ProblemKind::NotFound.into()),
        (Wanted::EndsOn(day), Some(current)) if *day > current.ends_on => {
            return Err(Problem::new(ProblemKind::FieldInvalid).field(
                "/ends_on",
                "must not be later than the present last day; a later one takes PUT and a publisher",
            ));
        }
        (Wanted::EndsOn(day), Some(current)) => CampaignPublished {
            version,
            ends_on: *day,
            ..current.clone()
        },
    };
    let is_same = current.is_some_and(|current| {
        let version = current.version;
        CampaignPublished {
            version,
            ..next.clone()
        } == *current
    });
    Ok((!is_same).then_some(next))
}

fn ordered(values: &[ScopeValue]) -> Vec<ScopeValue> {
    let set: BTreeSet<ScopeValue> = values.iter().cloned().collect();
    set.into_iter().collect()
}

fn response(version: &CampaignVersion, now: UnixMs) -> CampaignResponse {
    let published = &version.published;
    let ends_at = published.ends_on.ends_at();
    CampaignResponse {
        campaign: published.campaign.clone(),
        version: published.version,
        ends_on: published.ends_on,
        ends_at: format_rfc3339(ends_at),
        ended: now >= ends_at,
        media: published.media.clone(),
        surfaces: published.surfaces.clone(),
        advertising: published.advertising,
        published_at: format_rfc3339(version.at),
        index: version.index,
    }
}
