//! Follows the ends of campaigns: a supervised worker that opens take-downs when an end passes, by the environment's
//! clock. Its work is in the outbox, written with the campaign's leaf, so a server that stops half-way loses none: the
//! claim expires, another claims it, and what was opened before is recognised by its id.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::campaign::Campaign;
use samtycke_core::decide::Op;
use samtycke_core::id::{ScopeValue, SubjectId, TakedownId};
use samtycke_core::reason::Reason;
use samtycke_core::retention::add_calendar;
use samtycke_core::state::SubjectState;
use samtycke_core::wire::{Place, TakedownCause};

use super::Media;
use crate::clock::UnixMs;
use crate::log::takedown::{SWEEP, Sweep, Use};
use crate::store::media::{AssetRow, TakedownRow};
use crate::store::outbox::Claim;
use crate::store::{StoreError, Stored};
use crate::tenant::Tenant;

/// Pause between two rounds. A check denies from the very end of a campaign; only the task comes this much later.
const ROUND_EVERY: Duration = Duration::from_mins(1);
/// How long a claim lasts; milliseconds. A campaign of 10 000 assets takes half a minute to sweep.
const LEASE_MS: i64 = 5 * 60 * 1_000;
/// Sweeps claimed at a time.
const CLAIMS: u32 = 8;
/// Assets read at a time.
const ASSETS: u32 = 100;

/// What a sweep is about.
struct Swept<'a> {
    tenant: &'a Tenant,
    id: &'a ScopeValue,
    campaign: &'a Campaign,
    index: u64,
    due_at: UnixMs,
    now: UnixMs,
}

impl Media {
    /// Runs rounds while the server runs.
    pub async fn follow_campaigns(self: Arc<Self>) {
        loop {
            self.round().await;
            tokio::time::sleep(ROUND_EVERY).await;
        }
    }

    /// Sweeps the campaigns whose end has come, and counts what is open. A log whose round fails is tried again in the next
    /// round.
    pub async fn round(&self) {
        let (mut open, mut overdue) = (0, 0);
        for tenant in self.tenants.all() {
            match self.follow(&tenant).await {
                Ok((more_open, more_overdue)) => {
                    open += more_open;
                    overdue += more_overdue;
                }
                Err(error) => {
                    tracing::warn!(%error, log = %tenant.log, "campaigns could not be followed; tried again");
                }
            }
        }
        let gauge = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.open.set(gauge(open));
        self.overdue.set(gauge(overdue));
    }

    async fn follow(&self, tenant: &Arc<Tenant>) -> Stored<(u64, u64)> {
        // Another server may have published the campaign.
        let newest = self.tenants.newest_config_version(tenant).await?;
        let tenant = self.tenants.at_least(tenant, newest).await?;
        if tenant.campaigns.is_empty() || tenant.runtime.is_frozen() {
            return Ok((0, 0));
        }
        let now = self.environment.clock.now();
        loop {
            let until = now + LEASE_MS;
            let claims = self.store.claim_due(&tenant.log, SWEEP, now, until, CLAIMS);
            let claims = claims.await?;
            if claims.is_empty() {
                return self.store.open_takedowns(&tenant.log, now).await;
            }
            for claim in claims {
                if let Err(error) = self.sweep(&tenant, &claim, now).await {
                    self.store.retry_claim(&tenant.log, &claim, now).await?;
                    return Err(error);
                }
                self.store.finish_claim(&tenant.log, &claim).await?;
            }
        }
    }

    /// Opens a task for each place of the campaign's assets that it no longer permits.
    async fn sweep(&self, tenant: &Tenant, claim: &Claim, now: UnixMs) -> Stored<()> {
        let contradiction = |what: &str| StoreError::Contradiction(what.into());
        let sweep: Sweep = serde_json::from_str(&claim.row.payload)
            .map_err(|_| contradiction("a sweep cannot be read"))?;
        let campaign = tenant.campaigns.get(&sweep.campaign);
        let campaign = campaign.ok_or_else(|| contradiction("a sweep is of no campaign"))?;
        let swept = Swept {
            tenant,
            id: &sweep.campaign,
            campaign,
            index: sweep.index,
            due_at: claim.row.due_at,
            now,
        };
        let mut after = String::new();
        loop {
            let page = self
                .store
                .assets_of_campaign(&tenant.log, swept.id, &after, ASSETS);
            let page = page.await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            last.as_str().clone_into(&mut after);
            for asset in &page {
                self.sweep_asset(&swept, asset).await?;
            }
        }
    }

    async fn sweep_asset(&self, swept: &Swept<'_>, asset: &ScopeValue) -> Stored<()> {
        let log = &swept.tenant.log;
        let (Some(asset), Some(read)) = (
            self.store.asset(log, asset).await?,
            self.store.asset_states(log, asset).await?,
        ) else {
            // It was deleted meanwhile.
            return Ok(());
        };
        let people = read.asset.map(|asset| asset.subjects).unwrap_or_default();
        let people: Vec<_> = people.into_iter().zip(read.states).collect();
        let places = asset.places.iter();
        let rows: Vec<TakedownRow> = places
            .flat_map(|place| self.to_clear(swept, &asset, place, &people))
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let mut tx = self.store.begin().await?;
        for row in &rows {
            tx.open_takedown(log, row).await?;
        }
        tx.commit().await
    }

    /// The tasks for one place: one for the campaign, or one for each person whose own end has come.
    fn to_clear(
        &self,
        swept: &Swept<'_>,
        asset: &AssetRow,
        place: &Place,
        people: &[(SubjectId, Option<SubjectState>)],
    ) -> Vec<TakedownRow> {
        let campaign = swept.campaign;
        let is_shown = |medium: &ScopeValue| campaign.covers(medium, &place.surface);
        let media = asset.medium.as_ref().map(std::slice::from_ref);
        let media = media.unwrap_or(&campaign.media);
        let whole = if campaign.has_ended(swept.now) {
            Some((TakedownCause::CampaignEnded, campaign.ends_at))
        } else if media.iter().any(is_shown) {
            None
        } else {
            Some((TakedownCause::CampaignNarrowed, swept.due_at))
        };
        if let Some((cause, at)) = whole {
            return vec![self.row(swept, asset, place, cause, at, None)];
        }
        let has_expired = |(subject, state): &&(SubjectId, Option<SubjectState>)| {
            let expired = |medium: &ScopeValue| {
                let asked = Use {
                    purpose: &asset.purpose,
                    campaign: swept.id,
                    medium,
                    surface: &place.surface,
                };
                let state = state.as_ref();
                let (op, now) = (Op::Publish, swept.now);
                asked.judge(swept.tenant, subject, state, op, now) == Reason::ConsentExpired
            };
            media.iter().any(expired)
        };
        let expired = people.iter().filter(has_expired);
        let cause = TakedownCause::CampaignEnded;
        expired
            .map(|(subject, _)| self.row(swept, asset, place, cause, swept.due_at, Some(subject)))
            .collect()
    }

    fn row(
        &self,
        swept: &Swept<'_>,
        asset: &AssetRow,
        place: &Place,
        cause: TakedownCause,
        at: UnixMs,
        subject: Option<&SubjectId>,
    ) -> TakedownRow {
        TakedownRow {
            id: TakedownId::of(&[
                cause.as_str(),
                swept.id.as_str(),
                &at.to_string(),
                subject.map_or("", SubjectId::as_str),
                asset.asset.as_str(),
                place.surface.as_str(),
                place.reference.as_str(),
            ]),
            asset: asset.asset.clone(),
            place: place.clone(),
            cause,
            subject: subject.cloned(),
            reason: subject.map(|_| Reason::ConsentExpired),
            idx: swept.index,
            opened_at: at,
            due_at: add_calendar(at, &self.takedown_due),
            done: None,
        }
    }
}
