//! The quota of leaves that pages can write about subjects that browsers have made themselves. Anybody can make up such
//! subjects, and a leaf stays for ever.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use samtycke_core::id::{LogId, SiteId};
use samtycke_core::problem::Problem;

use crate::clock::UnixMs;
use crate::http::limit::RateLimits;
use crate::tenant::Tenant;

/// How long after a site reached its quota it counts as alarming; milliseconds.
const ALARM_MS: i64 = 60 * 60 * 1_000;

/// Counts anonymous leaves by site, and remembers which sites have reached their quota.
#[derive(Debug)]
pub struct AnonymousQuota {
    limits: RateLimits,
    /// When this server last refused a grant, or would have.
    reached: Mutex<BTreeMap<(LogId, SiteId), UnixMs>>,
}

impl AnonymousQuota {
    /// A quota that counts with these limits.
    pub fn new(limits: RateLimits) -> Self {
        Self {
            limits,
            reached: Mutex::default(),
        }
    }

    /// Takes `leaves` from the site's quota.
    ///
    /// # Errors
    /// `QUOTA_EXCEEDED` with the time to wait. A refusal or withdrawal ignores it.
    pub async fn take(
        &self,
        tenant: &Tenant,
        site: &SiteId,
        leaves: u64,
        now: UnixMs,
    ) -> Result<(), Problem> {
        for _ in 0..leaves {
            let taken = self
                .limits
                .anonymous_leaf(tenant.log.as_str(), site.as_str());
            if let Err(problem) = taken.await {
                self.alarm(tenant, site, now);
                return Err(problem);
            }
        }
        Ok(())
    }

    /// The sites of a log that have reached their quota within the last hour.
    pub fn alarming(&self, log: &LogId, now: UnixMs) -> Vec<SiteId> {
        let reached = self.reached();
        let recent = reached.iter().filter(|(_, at)| now - **at < ALARM_MS);
        let own = recent.filter(|((of, _), _)| of == log);
        own.map(|((_, site), _)| site.clone()).collect()
    }

    /// The number of sites that have reached their quota within the last hour.
    pub fn alarming_count(&self, now: UnixMs) -> usize {
        let reached = self.reached();
        reached.values().filter(|at| now - **at < ALARM_MS).count()
    }

    /// Logged when it begins, and again each hour while it lasts.
    fn alarm(&self, tenant: &Tenant, site: &SiteId, now: UnixMs) {
        let place = (tenant.log.clone(), site.clone());
        let mut reached = self.reached();
        let is_known = reached.get(&place).is_some_and(|at| now - *at < ALARM_MS);
        if is_known {
            return;
        }
        reached.insert(place, now);
        drop(reached);
        tracing::warn!(log = %tenant.log, %site, "a site has reached its quota of anonymous grants; further ones get 429");
    }

    fn reached(&self) -> MutexGuard<'_, BTreeMap<(LogId, SiteId), UnixMs>> {
        // A panic cannot leave the map in an invalid state.
        self.reached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
