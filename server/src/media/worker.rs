//! Follows what ends a permission without an event of the person, by the environment's clock: a supervised worker that
//! opens take-downs when a campaign ends, after a publication, and once a day for what time ends. Its work is in the
//! outbox, written with the leaf that causes it, so a server that stops half-way loses none: the claim expires, another
//! claims it, and what was opened before is recognised by its id.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::campaign::Campaign;
use samtycke_core::decide::{Op, PurposeLookup as _};
use samtycke_core::id::{ScopeValue, SubjectId, TakedownId};
use samtycke_core::reason::Reason;
use samtycke_core::retention::add_calendar;
use samtycke_core::state::SubjectState;
use samtycke_core::wire::{Place, TakedownCause};

use super::Media;
use super::judge::{Occasion, judge};
use crate::clock::UnixMs;
use crate::log::read_people;
use crate::log::takedown::{JUDGE, Judgement, SWEEP, Sweep, Use, next_judgement};
use crate::store::batch::Known;
use crate::store::media::AssetRow;
use crate::store::outbox::Claim;
use crate::store::takedown::{NewTakedown, TakedownRow};
use crate::store::{StoreError, Stored};
use crate::tenant::Tenant;

/// Pause between two rounds. A check denies from the very end of a campaign; only the task comes this much later.
const ROUND_EVERY: Duration = Duration::from_mins(1);
/// How long a claim of a sweep lasts; milliseconds. A campaign of 10 000 assets takes half a minute to sweep.
const SWEEP_LEASE_MS: i64 = 5 * 60 * 1_000;
/// How long a claim of a judgement lasts; milliseconds. 100 000 assets take some ten minutes to judge.
const JUDGE_LEASE_MS: i64 = 60 * 60 * 1_000;
/// Sweeps claimed at a time.
const CLAIMS: u32 = 8;
/// Assets read at a time.
const ASSETS: u32 = 100;

/// What a sweep is about.
struct Swept<'a> {
    tenant: &'a Tenant,
    id: &'a ScopeValue,
    campaign: &'a Campaign,
    /// The publication of the campaign that the sweep is of.
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
        // It, or another server, may have published a campaign since the round began.
        let current = self.tenants.by_log(&tenant.log).await?;
        let tenant = current.unwrap_or_else(|| tenant.clone());
        let newest = self.tenants.newest_config_version(&tenant).await?;
        let tenant = self.tenants.at_least(&tenant, newest).await?;
        if tenant.campaigns.is_empty() || tenant.runtime.is_frozen() {
            return Ok((0, 0));
        }
        let now = self.environment.clock.now();
        // First what ends a campaign: its tasks are about the place, not about each person.
        while self.sweep_due(&tenant, now).await? {}
        while self.judge_due(&tenant, now).await? {}
        self.store.open_takedowns(&tenant.log, now).await
    }

    /// Sweeps some campaigns that are due; returns whether there were any.
    async fn sweep_due(&self, tenant: &Arc<Tenant>, now: UnixMs) -> Stored<bool> {
        let (log, until) = (&tenant.log, now + SWEEP_LEASE_MS);
        let claims = self.store.claim_due(log, SWEEP, now, until, CLAIMS).await?;
        for claim in &claims {
            if let Err(error) = self.sweep(tenant, claim, now).await {
                self.store.retry_claim(log, claim, now).await?;
                return Err(error);
            }
            self.store.finish_claim(log, claim).await?;
        }
        Ok(!claims.is_empty())
    }

    /// Judges every asset if that is due; returns whether it was.
    async fn judge_due(&self, tenant: &Arc<Tenant>, now: UnixMs) -> Stored<bool> {
        let (log, until) = (&tenant.log, now + JUDGE_LEASE_MS);
        // One at a time: the second of two would find what the first has found.
        let claims = self.store.claim_due(log, JUDGE, now, until, 1).await?;
        for claim in &claims {
            let judged = match serde_json::from_str(&claim.row.payload) {
                Ok(judgement) => self
                    .judge_all(tenant, judgement, now)
                    .await
                    .map(|()| judgement),
                Err(_) => Err(StoreError::Contradiction(
                    "a judgement cannot be read".into(),
                )),
            };
            match judged {
                Ok(Judgement { published: Some(_) }) => {
                    self.store.finish_claim(log, claim).await?;
                }
                Ok(Judgement { published: None }) => {
                    let next = next_judgement(now);
                    self.store.follow_claim(log, claim, &next).await?;
                }
                Err(error) => {
                    self.store.retry_claim(log, claim, now).await?;
                    return Err(error);
                }
            }
        }
        Ok(!claims.is_empty())
    }

    /// Opens a task for each place and person of every asset in use that the person no longer permits.
    async fn judge_all(
        &self,
        tenant: &Arc<Tenant>,
        judgement: Judgement,
        now: UnixMs,
    ) -> Stored<()> {
        let mut after = String::new();
        loop {
            let page = self
                .store
                .assets_in_use(&tenant.log, &after, ASSETS)
                .await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            last.as_str().clone_into(&mut after);
            for asset in &page {
                self.judge_asset(tenant, asset, judgement, now).await?;
            }
        }
    }

    /// Judges one asset. The head is locked meanwhile, for some milliseconds: no event and no change of the asset comes
    /// between what is read and what is opened.
    async fn judge_asset(
        &self,
        tenant: &Arc<Tenant>,
        asset: &ScopeValue,
        judgement: Judgement,
        now: UnixMs,
    ) -> Stored<()> {
        let mut tx = self.store.begin().await?;
        let head = tx.lock_head(&tenant.log).await?;
        let read = tx.dated_asset(&tenant.log, asset).await?;
        let (Some(head), Some(asset)) = (head, read) else {
            // It was deleted meanwhile.
            return tx.rollback().await;
        };
        // What was claimed may have been published after the tenant was read.
        let tenant = &*self.tenants.at_least(tenant, head.config_version).await?;
        let (cause, index, at) = match judgement.published {
            Some(published) => (TakedownCause::Publication, published.index, published.at),
            None => (TakedownCause::Time, head.size.saturating_sub(1), now),
        };
        let occasion = Occasion {
            cause,
            index,
            at,
            now,
            due: self.takedown_due,
        };
        judge(&mut tx, tenant, &asset, &occasion).await?;
        tx.commit().await
    }

    /// Opens a task for each place of the campaign's assets that it no longer permits.
    async fn sweep(&self, tenant: &Arc<Tenant>, claim: &Claim, now: UnixMs) -> Stored<()> {
        let contradiction = |what: &str| StoreError::Contradiction(what.into());
        let sweep: Sweep = serde_json::from_str(&claim.row.payload)
            .map_err(|_| contradiction("a sweep cannot be read"))?;
        let mut after = String::new();
        loop {
            let page = self
                .store
                .assets_of_campaign(&tenant.log, &sweep.campaign, &after, ASSETS);
            let page = page.await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            last.as_str().clone_into(&mut after);
            for asset in &page {
                self.sweep_asset(tenant, &sweep, claim.row.due_at, asset, now)
                    .await?;
            }
        }
    }

    async fn sweep_asset(
        &self,
        tenant: &Arc<Tenant>,
        sweep: &Sweep,
        due_at: UnixMs,
        asset: &ScopeValue,
        now: UnixMs,
    ) -> Stored<()> {
        let log = &tenant.log;
        let mut tx = self.store.begin().await?;
        let head = tx.lock_head(log).await?;
        let read = tx.dated_asset(log, asset).await?;
        let (Some(head), Some(asset)) = (head, read) else {
            // It was deleted meanwhile.
            return tx.rollback().await;
        };
        // What was claimed may have been published after the tenant was read.
        let tenant = &*self.tenants.at_least(tenant, head.config_version).await?;
        let campaign = tenant.campaigns.get(&sweep.campaign);
        let campaign = campaign
            .ok_or_else(|| StoreError::Contradiction("a sweep is of no campaign".into()))?;
        let swept = Swept {
            tenant,
            id: &sweep.campaign,
            campaign,
            index: sweep.index,
            due_at,
            now,
        };
        let read = read_people(&mut tx, tenant, &asset.row.subjects).await?;
        let people = asset.row.subjects.iter().zip(&asset.subjects_since);
        let people: Vec<_> = people
            .map(|(subject, since)| (subject, *since, read.known(subject)))
            .collect();
        let places = asset.row.places.iter().zip(&asset.places_since);
        let rows: Vec<NewTakedown> = places
            .flat_map(|(place, since)| self.to_clear(&swept, &asset.row, (place, *since), &people))
            .collect();
        tx.open_takedowns(log, &rows).await?;
        tx.commit().await
    }

    /// The tasks for one place: one for the campaign, or one for each person whose own end has come.
    fn to_clear(
        &self,
        swept: &Swept<'_>,
        asset: &AssetRow,
        (place, place_since): (&Place, UnixMs),
        people: &[(&SubjectId, UnixMs, Known)],
    ) -> Vec<NewTakedown> {
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
            // One that was cleared is cleared again only if it was shown again.
            let since = last_shown(swept, media, place).max(place_since);
            return vec![NewTakedown {
                row: self.row(asset, place, cause, swept, (at, since)),
                unless_done_since: since,
            }];
        }
        let of_person = |(subject, since, known): &(&SubjectId, UnixMs, Known)| {
            let state = known.as_ref().ok()?.as_deref();
            let ended = media
                .iter()
                .find_map(|medium| ended(swept, asset, place, medium, (subject, state)))?;
            let since = ended.max(*since).max(place_since);
            let cause = TakedownCause::CampaignEnded;
            let mut row = self.row(asset, place, cause, swept, (swept.due_at, since));
            row.id = TakedownId::of(&[row.id.as_str(), subject.as_str()]);
            row.subject = Some((*subject).clone());
            row.reason = Some(Reason::ConsentExpired);
            Some(NewTakedown {
                row,
                unless_done_since: since,
            })
        };
        people.iter().filter_map(of_person).collect()
    }

    /// A task for a place. `at`: when its cause happened. `since`: when what must be cleared ended, which tells the task from
    /// earlier ones for the same place.
    fn row(
        &self,
        asset: &AssetRow,
        place: &Place,
        cause: TakedownCause,
        swept: &Swept<'_>,
        (at, since): (UnixMs, UnixMs),
    ) -> TakedownRow {
        TakedownRow {
            id: TakedownId::of(&[
                cause.as_str(),
                swept.id.as_str(),
                &since.to_string(),
                asset.asset.as_str(),
                place.surface.as_str(),
                place.reference.as_str(),
            ]),
            asset: asset.asset.clone(),
            place: place.clone(),
            cause,
            subject: None,
            reason: None,
            idx: swept.index,
            opened_at: at,
            due_at: add_calendar(at, &self.takedown_due),
            done: None,
        }
    }
}

/// When a person's consent to a use ended, if it has and nothing else denies the use before.
fn ended(
    swept: &Swept<'_>,
    asset: &AssetRow,
    place: &Place,
    medium: &ScopeValue,
    (subject, state): (&SubjectId, Option<&SubjectState>),
) -> Option<UnixMs> {
    let asked = Use {
        purpose: &asset.purpose,
        campaign: swept.id,
        medium,
        surface: &place.surface,
    };
    let reason = asked.judge(swept.tenant, subject, state, Op::Publish, swept.now);
    if reason != Reason::ConsentExpired {
        return None;
    }
    let cell = state?.cell_or_every(&asset.purpose, &asked.scope(swept.tenant))?;
    let purpose = swept.tenant.purpose(&asset.purpose)?;
    let end = state?.ends_at(cell, purpose, cell.from(), swept.tenant);
    Some(end.unwrap_or(cell.at).max(cell.at))
}

/// Until when the versions of the campaign showed a place in one of these media.
fn last_shown(swept: &Swept<'_>, media: &[ScopeValue], place: &Place) -> UnixMs {
    let versions = swept.tenant.campaign_versions.iter();
    let versions: Vec<_> = versions
        .filter(|version| version.published.campaign == *swept.id)
        .collect();
    let next = versions.iter().skip(1).map(|version| version.at);
    let shown = versions
        .iter()
        .zip(next.chain([swept.now]))
        .filter_map(|(version, until)| {
            let campaign = Campaign::from(&version.published);
            let is_shown = |medium: &ScopeValue| campaign.covers(medium, &place.surface);
            let until = campaign.ends_at.min(until);
            (until > version.at && media.iter().any(is_shown)).then_some(until)
        });
    shown.max().unwrap_or(UnixMs::MIN)
}
