//! Judges every use of an asset at once, and opens a task for each that a person in it does not permit: when the asset is
//! recorded, after a publication, and once a day.

use std::collections::{BTreeMap, BTreeSet};

use samtycke_core::campaign::Campaign;
use samtycke_core::decide::Op;
use samtycke_core::id::{ScopeValue, SubjectId, TakedownId};
use samtycke_core::reason::Reason;
use samtycke_core::retention::{CalendarDuration, add_calendar};
use samtycke_core::wire::TakedownCause;

use crate::clock::UnixMs;
use crate::log::read_people;
use crate::log::takedown::Use;
use crate::store::batch::Known;
use crate::store::media::{AssetRow, DatedAsset};
use crate::store::takedown::{NewTakedown, TakedownRow};
use crate::store::{Stored, Tx};
use crate::tenant::Tenant;

/// Why an asset is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    /// The cause of the tasks.
    pub(super) cause: TakedownCause,
    /// Log index of the leaf that caused it, or of the newest one.
    pub(super) index: u64,
    /// When it happened.
    pub(super) at: UnixMs,
    /// The moment by which people are judged.
    pub(super) now: UnixMs,
    /// Time to clear a place.
    pub(super) due: CalendarDuration,
}

/// Opens a task for each place and person that does not permit it, unless one is open, or was done since the person last
/// said something about it and since the asset has had both. The caller holds the head's lock.
///
/// What the campaign no longer shows, it opens none for: that is a task of the campaign.
pub(super) async fn judge(
    tx: &mut Tx,
    tenant: &Tenant,
    asset: &DatedAsset,
    occasion: &Occasion,
) -> Stored<()> {
    let row = &asset.row;
    let campaign = tenant.campaigns.get(&row.campaign);
    let Some(campaign) = campaign.filter(|campaign| !campaign.has_ended(occasion.now)) else {
        return Ok(());
    };
    if row.places.is_empty() {
        return Ok(());
    }
    let people = read_people(tx, tenant, &row.subjects).await?;
    let surfaces: BTreeSet<&ScopeValue> = row.places.iter().map(|place| &place.surface).collect();
    let mut rows = Vec::new();
    for (subject, since) in row.subjects.iter().zip(&asset.subjects_since) {
        let known = people.known(subject);
        // A person answers for a surface, however many places it has.
        let denied = surfaces.iter().filter_map(|surface| {
            let denied = denied(
                tenant,
                row,
                (campaign, surface),
                (subject, &known),
                occasion.now,
            )?;
            Some((*surface, denied))
        });
        let denied: BTreeMap<&ScopeValue, Denied> = denied.collect();
        for (place, place_since) in row.places.iter().zip(&asset.places_since) {
            if let Some(denied) = denied.get(&place.surface) {
                let since = denied.said_at.max(*since).max(*place_since);
                rows.push(NewTakedown {
                    row: takedown(asset, (subject, place), denied.reason, since, occasion),
                    unless_done_since: since,
                });
            }
        }
    }
    tx.open_takedowns(&tenant.log, &rows).await
}

/// A surface on which a person does not permit an asset.
struct Denied {
    reason: Reason,
    /// When the person last said something about it.
    said_at: UnixMs,
}

fn denied(
    tenant: &Tenant,
    row: &AssetRow,
    (campaign, surface): (&Campaign, &ScopeValue),
    (subject, known): (&SubjectId, &Known),
    now: UnixMs,
) -> Option<Denied> {
    let media = row.medium.as_ref().map(std::slice::from_ref);
    let media = media.unwrap_or(&campaign.media).iter();
    let mut shown = media.filter(|medium| campaign.covers(medium, surface));
    shown.find_map(|medium| {
        let asked = Use {
            purpose: &row.purpose,
            campaign: &row.campaign,
            medium,
            surface,
        };
        let state = match known {
            Ok(state) => state.as_deref(),
            Err(reason) => {
                let (reason, said_at) = (*reason, UnixMs::MIN);
                return Some(Denied { reason, said_at });
            }
        };
        let reason = asked.judge(tenant, subject, state, Op::Publish, now);
        let scope = asked.scope(tenant);
        let cell = state.and_then(|state| state.cell_or_every(&row.purpose, &scope));
        let said_at = cell.map_or(UnixMs::MIN, |cell| cell.at);
        (!reason.allows()).then_some(Denied { reason, said_at })
    })
}

fn takedown(
    asset: &DatedAsset,
    (subject, place): (&SubjectId, &samtycke_core::wire::Place),
    reason: Reason,
    since: UnixMs,
    occasion: &Occasion,
) -> TakedownRow {
    let cause = match (occasion.cause, reason) {
        // A publication is often judged before the day's end is.
        (TakedownCause::Publication, Reason::ConsentExpired | Reason::AgedOut) => {
            TakedownCause::Time
        }
        (cause, _) => cause,
    };
    TakedownRow {
        id: TakedownId::of(&[
            cause.as_str(),
            &since.to_string(),
            subject.as_str(),
            asset.row.asset.as_str(),
            place.surface.as_str(),
            place.reference.as_str(),
        ]),
        asset: asset.row.asset.clone(),
        place: place.clone(),
        cause,
        subject: Some(subject.clone()),
        reason: Some(reason),
        idx: occasion.index,
        opened_at: occasion.at,
        due_at: add_calendar(occasion.at, &occasion.due),
        done: None,
    }
}
