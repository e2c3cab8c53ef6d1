//! Counts the objections that wait, and says once a day that some are overdue.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::{Objections, decided_purposes};
use crate::log::plan::{RECOUNT, waiting};
use crate::store::Stored;
use crate::store::objection::Kept;
use crate::tenant::Tenant;

/// Pause between two rounds: a deadline is a day.
const ROUND_EVERY: Duration = Duration::from_mins(5);
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How long a claim lasts; milliseconds. A log of ten million subjects takes some ten minutes to read.
const LEASE_MS: i64 = 60 * 60 * 1_000;
/// Subjects read at a time: the head is locked meanwhile, for some milliseconds.
const SUBJECTS: u32 = 200;

impl Objections {
    /// Runs rounds while the server runs.
    pub async fn count_forever(self: Arc<Self>) {
        loop {
            self.round().await;
            tokio::time::sleep(ROUND_EVERY).await;
        }
    }

    /// Counts what waits in every log. A log that cannot be read is counted in the next round.
    pub async fn round(&self) {
        let now = self.environment.clock.now();
        let alarms = self.is_new_day(now);
        let (mut open, mut overdue) = (0, 0);
        for tenant in self.tenants.all() {
            match self.count(&tenant, now).await {
                Ok((more_open, more_overdue)) => {
                    open += more_open;
                    overdue += more_overdue;
                    if alarms && more_overdue > 0 {
                        tracing::warn!(
                            log = %tenant.log,
                            overdue = more_overdue,
                            "objections wait longer than the month of GDPR Art. 12(3); GET /v1/objections lists them"
                        );
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, log = %tenant.log, "objections could not be counted; tried again");
                }
            }
        }
        let gauge = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.open.set(gauge(open));
        self.overdue.set(gauge(overdue));
    }

    fn is_new_day(&self, now: i64) -> bool {
        let today = Some(now.div_euclid(DAY_MS));
        let mut alarmed_on = self
            .alarmed_on
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *alarmed_on, today) != today
    }

    async fn count(&self, tenant: &Arc<Tenant>, now: i64) -> Stored<(u64, u64)> {
        // Another server may have published a register.
        let newest = self.tenants.newest_config_version(tenant).await?;
        let tenant = self.tenants.at_least(tenant, newest).await?;
        self.recount(&tenant, now).await?;
        let (mut open, mut overdue) = (0, 0);
        for purpose in decided_purposes(&tenant) {
            let counted = self.store.count_objections(&tenant.log, purpose, now);
            let (more_open, more_overdue) = counted.await?;
            open += more_open;
            overdue += more_overdue;
        }
        Ok((open, overdue))
    }

    /// Does the work that a publication of a register has left.
    async fn recount(&self, tenant: &Tenant, now: i64) -> Stored<()> {
        if tenant.runtime.is_frozen() {
            return Ok(());
        }
        let (log, until) = (&tenant.log, now + LEASE_MS);
        for claim in self.store.claim_due(log, RECOUNT, now, until, 1).await? {
            if let Err(error) = self.read_anew(tenant).await {
                self.store.retry_claim(log, &claim, now).await?;
                return Err(error);
            }
            self.store.finish_claim(log, &claim).await?;
        }
        Ok(())
    }

    /// Writes the waiting objections of every subject by the live register. No event comes between what is read and what
    /// is written, because both happen under the head's lock.
    async fn read_anew(&self, tenant: &Tenant) -> Stored<()> {
        let mut after = String::new();
        loop {
            let mut tx = self.store.begin().await?;
            tx.lock_head(&tenant.log).await?;
            let page = self
                .store
                .subjects_after(&tenant.log, &after, SUBJECTS)
                .await?;
            let Some(last) = page.last() else {
                return tx.rollback().await;
            };
            let rows = page.iter();
            let objections = rows.flat_map(|row| waiting(&row.subject, &row.state, tenant));
            let kept = Kept {
                objections: objections.collect(),
                ..Kept::default()
            };
            tx.forget_objections(&tenant.log, &after, &last.subject)
                .await?;
            tx.write_kept(&tenant.log, &kept).await?;
            tx.commit().await?;
            last.subject.as_str().clone_into(&mut after);
        }
    }
}
