//! Assets: the people in a picture, film or recording, and where it is used.

use std::collections::BTreeSet;

use samtycke_core::id::{ScopeValue, SubjectId};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::ScopeType;
use samtycke_core::service::check_count;
use samtycke_core::wire::{
    ASSET_PLACES_MAX, ASSET_SUBJECTS_MAX, AssetRequest, AssetResponse, Place, TakedownCause,
};

use super::judge::{Occasion, judge};
use super::{Media, check_digest};
use crate::auth::Caller;
use crate::clock::UnixMs;
use crate::store::media::AssetRow;
use crate::tenant::Tenant;

/// Most tasks that one change of an asset opens: people times places.
const PEOPLE_AT_PLACES_MAX: usize = 10_000;

/// Replaces what is known of an asset, and opens a task for each place and person that does not permit it. The same request
/// again changes nothing, also after the campaign's end.
///
/// It waits for the log's head, so that a withdrawal which is recorded after the response finds the asset, and one that was
/// recorded before is found by it.
pub(super) async fn put(
    media: &Media,
    caller: &Caller,
    asset: &ScopeValue,
    request: AssetRequest,
) -> Result<AssetResponse, Problem> {
    let row = row(asset, request)?;
    let log = &caller.tenant.log;
    caller.tenant.ensure_writable()?;
    if media.store.asset(log, asset).await?.as_ref() == Some(&row) {
        return Ok(response(row));
    }
    let mut tx = media.store.begin().await?;
    let head = tx.lock_head(log).await?.ok_or(ProblemKind::Internal)?;
    let tenant = caller
        .at_config_version(&media.tenants, head.config_version)
        .await?;
    let now = media.environment.clock.now().max(head.last_received_at);
    check(&tenant, &row, now)?;
    let old = tx.dated_asset(log, asset).await?;
    let anew = old.is_some_and(|old| is_another(&old.row, &row));
    tx.put_asset(log, &row, now, anew).await?;
    let dated = tx.dated_asset(log, asset).await?;
    let occasion = Occasion {
        cause: TakedownCause::AssetRecorded,
        index: head.size.saturating_sub(1),
        at: now,
        now,
        due: media.takedown_due,
    };
    judge(
        &mut tx,
        &tenant,
        &dated.ok_or(ProblemKind::Internal)?,
        &occasion,
    )
    .await?;
    tx.commit().await?;
    Ok(response(row))
}

/// Whether what people are asked about has changed, so that no task that was done before is about it.
fn is_another(old: &AssetRow, new: &AssetRow) -> bool {
    let asked = |row: &AssetRow| {
        let AssetRow {
            sha256,
            campaign,
            purpose,
            medium,
            ..
        } = row.clone();
        (sha256, campaign, purpose, medium)
    };
    asked(old) != asked(new)
}

/// An asset.
pub(super) async fn get(
    media: &Media,
    tenant: &Tenant,
    asset: &ScopeValue,
) -> Result<AssetResponse, Problem> {
    let row = media.store.asset(&tenant.log, asset).await?;
    row.map(response)
        .ok_or_else(|| ProblemKind::NotFound.into())
}

/// Forgets an asset; its take-downs stay.
pub(super) async fn delete(
    media: &Media,
    tenant: &Tenant,
    asset: &ScopeValue,
) -> Result<(), Problem> {
    tenant.ensure_writable()?;
    let mut tx = media.store.begin().await?;
    tx.lock_head(&tenant.log).await?;
    let was_there = tx.delete_asset(&tenant.log, asset).await?;
    tx.commit().await?;
    if was_there {
        Ok(())
    } else {
        Err(ProblemKind::NotFound.into())
    }
}

fn row(asset: &ScopeValue, request: AssetRequest) -> Result<AssetRow, Problem> {
    check_digest("/sha256", &request.sha256)?;
    let people = request.subjects.len();
    check_count("/subjects", "subjects", people, ASSET_SUBJECTS_MAX)?;
    if request.places.len() > ASSET_PLACES_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/places",
            format!("must hold at most {ASSET_PLACES_MAX} places"),
        ));
    }
    // Each person may have to be taken out of each place, at one moment.
    if people * request.places.len() > PEOPLE_AT_PLACES_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/places",
            format!(
                "must hold at most {} places, for {people} people",
                PEOPLE_AT_PLACES_MAX / people
            ),
        ));
    }
    let subjects: BTreeSet<SubjectId> = request.subjects.into_iter().collect();
    let places: BTreeSet<Place> = request.places.into_iter().collect();
    Ok(AssetRow {
        asset: asset.clone(),
        sha256: request.sha256,
        campaign: request.campaign,
        purpose: request.purpose,
        medium: request.medium,
        subjects: subjects.into_iter().collect(),
        places: places.into_iter().collect(),
    })
}

/// Error: the campaign is unknown or over, or it has no such medium or surface; or the purpose is none that people in a
/// picture are asked about.
fn check(tenant: &Tenant, row: &AssetRow, now: UnixMs) -> Result<(), Problem> {
    let campaign = tenant.campaigns.get(&row.campaign);
    let campaign = campaign
        .filter(|campaign| !campaign.has_ended(now))
        .ok_or_else(|| {
            Problem::new(ProblemKind::CampaignUnknown).field(
                "/campaign",
                "must be a campaign of this tenant that has not ended",
            )
        })?;
    let live = tenant.register.as_ref();
    let purpose = live.and_then(|live| live.register.purpose(&row.purpose));
    let purpose = purpose.ok_or_else(|| {
        Problem::new(ProblemKind::PurposeUnknown)
            .field("/purpose", "must be a purpose of the register")
    })?;
    if !matches!(purpose.scope_type, ScopeType::Campaign | ScopeType::None) {
        return Err(Problem::new(ProblemKind::ScopeMismatch).field(
            "/purpose",
            "must be a purpose whose decisions have no scope, or a campaign with medium and surface",
        ));
    }
    if row
        .medium
        .as_ref()
        .is_some_and(|m| !campaign.media.contains(m))
    {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/medium", "must be a medium of the campaign"));
    }
    let unknown = |place: &Place| !campaign.surfaces.contains(&place.surface);
    if row.places.iter().any(unknown) {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/places", "must be on surfaces of the campaign"));
    }
    Ok(())
}

fn response(row: AssetRow) -> AssetResponse {
    AssetResponse {
        asset: row.asset,
        sha256: row.sha256,
        subjects: row.subjects,
        campaign: row.campaign,
        purpose: row.purpose,
        medium: row.medium,
        places: row.places,
    }
}
