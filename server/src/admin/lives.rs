//! The lives of keys: when each was last used, and which end soon.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use samtycke_core::wire::format_rfc3339;

use crate::clock::{Environment, UnixMs};
use crate::metrics::{Gauge, Metrics};
use crate::store::control::KeyRow;
use crate::store::{Store, Stored};
use crate::tenant::{Tenant, Tenants, day_of};

/// Pause between two rounds: a person who has just replaced a key looks whether the new one is used.
const ROUND_EVERY: Duration = Duration::from_mins(1);
/// Keys that end are counted in every tenth round: a day more or less is what matters.
const ROUNDS_PER_COUNT: u32 = 10;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// A key ends soon within this time; milliseconds. Two weeks are enough to give a program another one.
const ENDS_SOON_MS: i64 = 14 * DAY_MS;
/// A key is unused after this many days: a program that runs each quarter uses its key more often.
const UNUSED_DAYS: i64 = 90;
/// Name of the value of the database that says since which day uses are noted.
const NOTED_SINCE: &str = "key_uses_since";

/// Writes the days of keys' uses, and says which keys end soon.
#[derive(Debug)]
pub struct KeyWatch {
    store: Store,
    tenants: Arc<Tenants>,
    environment: Environment,
    ending: Gauge,
    /// The day of the last warning, counted from 1970.
    warned_on: Mutex<Option<i64>>,
}

impl KeyWatch {
    /// The part of a server that looks after keys.
    pub fn new(
        store: Store,
        tenants: Arc<Tenants>,
        environment: Environment,
        metrics: &Metrics,
    ) -> Self {
        Self {
            store,
            tenants,
            environment,
            ending: metrics.gauge(
                "samtycke_keys_ending",
                "API keys that end by themselves within 14 days and were made for longer.",
                &[],
            ),
            warned_on: Mutex::new(None),
        }
    }

    /// Keys that end soon, as the last round counted them.
    pub fn ending(&self) -> usize {
        usize::try_from(self.ending.get()).unwrap_or(0)
    }

    /// Runs rounds while the server runs.
    pub async fn run(self: Arc<Self>) {
        loop {
            for round in 0..ROUNDS_PER_COUNT {
                // What fails is done in the next round; no request waits for it.
                if let Err(error) = self.write_uses().await {
                    tracing::warn!(%error, "the days of keys' last uses could not be written; tried again");
                }
                if round == 0
                    && let Err(error) = self.count_ending().await
                {
                    tracing::warn!(%error, "keys that end soon could not be counted; tried again");
                }
                tokio::time::sleep(ROUND_EVERY).await;
            }
        }
    }

    /// Writes the days of last uses that are not written yet, in one transaction.
    pub async fn write_uses(&self) -> Stored<()> {
        let uses = self.tenants.uses().unwritten();
        if uses.is_empty() {
            return Ok(());
        }
        let today = day_of(self.environment.clock.now());
        let mut tx = self.store.begin().await?;
        tx.init_meta(NOTED_SINCE, &today.to_string()).await?;
        for (hash, day) in &uses {
            tx.note_key_use(hash, *day).await?;
        }
        tx.commit().await?;
        self.tenants.uses().written(&uses);
        Ok(())
    }

    /// Counts the keys that end soon, and names them once a day in the log.
    pub async fn count_ending(&self) -> Stored<()> {
        let now = self.environment.clock.now();
        let warns = self.is_new_day(now);
        let mut count = 0;
        for tenant in self.tenants.all() {
            let mut ending = self.store.keys(&tenant.id).await?;
            ending.retain(|row| needs_successor(row, now));
            count += ending.len();
            if warns && !ending.is_empty() {
                warn(&tenant, &ending);
            }
        }
        self.ending.set(i64::try_from(count).unwrap_or(i64::MAX));
        Ok(())
    }

    fn is_new_day(&self, now: UnixMs) -> bool {
        let today = Some(day_of(now));
        let mut warned_on = self
            .warned_on
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *warned_on, today) != today
    }
}

fn warn(tenant: &Tenant, ending: &[KeyRow]) {
    let ends = |row: &KeyRow| {
        let end = row.expires_at.map(format_rfc3339).unwrap_or_default();
        format!("{} at {end}", row.key_id)
    };
    let ends: Vec<String> = ending.iter().map(ends).collect();
    tracing::warn!(
        log = %tenant.log,
        keys = ends.join(", "),
        "API keys end within 14 days; give their programs others (samtycke key add), and revoke these"
    );
}

/// Whether a key ends within two weeks, or has ended by itself.
pub fn ends_soon(expires_at: Option<UnixMs>, now: UnixMs) -> bool {
    expires_at.is_some_and(|end| end - now <= ENDS_SOON_MS)
}

/// Whether somebody must be told that a key ends soon: it is live, and was not made for so short a time.
fn needs_successor(row: &KeyRow, now: UnixMs) -> bool {
    let long = row
        .expires_at
        .is_some_and(|end| end - row.created_at > ENDS_SOON_MS);
    is_live(row, now) && long && ends_soon(row.expires_at, now)
}

fn is_live(row: &KeyRow, now: UnixMs) -> bool {
    row.revoked_at.is_none() && row.expires_at.is_none_or(|end| end > now)
}

/// Whether a key is live and no use of it is known for 90 days. `since`: the day from which uses are noted, as
/// [`noted_since`] reads it; before it, nothing is known.
pub(super) fn is_unused(row: &KeyRow, since: Option<i64>, now: UnixMs) -> bool {
    let Some(since) = since else {
        return false;
    };
    let made = day_of(row.created_at).max(since);
    let last = row.last_used_day.map_or(made, |day| day.max(made));
    is_live(row, now) && day_of(now) - last >= UNUSED_DAYS
}

/// The day from which the uses of keys are noted in this database.
pub(super) async fn noted_since(store: &Store) -> Stored<Option<i64>> {
    let since = store.meta(NOTED_SINCE).await?;
    Ok(since.and_then(|day| day.parse().ok()))
}

/// A day since 1970 as `2027-03-31`.
pub(super) fn day_text(day: i64) -> String {
    let midnight = format_rfc3339(day.saturating_mul(DAY_MS));
    midnight.split('T').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(created: i64, used: Option<i64>, ends: Option<i64>) -> KeyRow {
        KeyRow {
            key_hash: [0; 32],
            key_id: "k_1".into(),
            role: "service".into(),
            site: None,
            label: String::new(),
            created_at: created * DAY_MS,
            revoked_at: None,
            expires_at: ends.map(|day| day * DAY_MS),
            last_used_day: used,
        }
    }

    /// Protects operators from a list that calls a key unused about which nothing can be known, and from one that is
    /// silent about a key that nobody needs.
    #[test]
    fn unused_is_a_live_key_without_a_use_for_90_days() {
        let now = 200 * DAY_MS;
        let unused = |row: &KeyRow, since| is_unused(row, since, now);
        assert!(unused(&key(1, None, None), Some(1)));
        assert!(unused(&key(1, Some(110), None), Some(1)));
        assert!(!unused(&key(1, Some(111), None), Some(1)), "89 days ago");
        assert!(!unused(&key(111, None, None), Some(1)), "made 89 days ago");
        assert!(!unused(&key(1, None, None), Some(111)), "noted for 89 days");
        assert!(!unused(&key(1, None, None), None), "nothing was ever noted");
        assert!(!unused(&key(1, None, Some(200)), Some(1)), "it has ended");
        let revoked = KeyRow {
            revoked_at: Some(5),
            ..key(1, None, None)
        };
        assert!(!unused(&revoked, Some(1)));
        assert_eq!(day_text(0), "1970-01-01");
    }

    /// Protects operators from a program that stops at night, and from alarms about keys that were made for a day.
    #[test]
    fn a_key_that_ends_soon_needs_a_successor() {
        let now = 200 * DAY_MS;
        let needs = |row: &KeyRow| needs_successor(row, now);
        assert!(needs(&key(1, None, Some(214))));
        assert!(!needs(&key(1, None, Some(215))), "15 days are left");
        assert!(!needs(&key(1, None, Some(200))), "it has ended");
        assert!(!needs(&key(199, None, Some(201))), "made for two days");
        assert!(!needs(&key(1, None, None)));
    }
}
