//! Gauges of the server's own state: what memory knows is read at each scrape, what the database knows every few seconds.
//! Anybody who reaches `/metrics` may scrape, so a scrape asks the database nothing.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use samtycke_core::id::LogId;
use samtycke_log::publish::witnesses::Witnesses;

use super::state::Home;
use crate::clock::UnixMs;
use crate::store::Stored;

/// Interval between readings of the database. Alarms look back a minute or more.
const READ_INTERVAL: Duration = Duration::from_secs(5);

/// When a size was first seen that is not published yet, by log.
type Unpublished = HashMap<LogId, (u64, UnixMs)>;

impl Home {
    /// Updates the gauges before a scrape.
    pub fn note_gauges(&self) {
        let gauge = |name, help, value: usize| self.set(name, help, &[], value);
        let tenants = self.tenants.all();
        let frozen = tenants
            .iter()
            .filter(|t| t.runtime.is_frozen_itself())
            .count();
        let subjects = tenants
            .iter()
            .filter_map(|t| t.runtime.hot.as_ref())
            .map(crate::hot::HotStates::len)
            .sum();
        gauge("samtycke_logs", "Logs, one a tenant.", tenants.len());
        gauge(
            "samtycke_logs_frozen",
            "Logs whose database contradicts the log anchor.",
            frozen,
        );
        gauge(
            "samtycke_logs_unknown",
            "Logs that the log anchor holds and the database does not know: it is a copy from before they were opened.",
            self.unknown_logs,
        );
        gauge(
            "samtycke_logs_loss_unaccepted",
            "Logs whose checks all deny because nobody has accepted what their succession lost.",
            tenants
                .iter()
                .filter(|t| t.unaccepted_loss.is_some())
                .count(),
        );
        gauge(
            "samtycke_logs_unpublished",
            "Logs whose last publication failed, as when the disk of the log anchor is full.",
            self.publisher.failing_count(),
        );
        let witnesses = self.publisher.witnesses();
        gauge(
            "samtycke_logs_quorum_short",
            "Logs whose newest checkpoint has no quorum of witnesses.",
            witnesses.map_or(0, Witnesses::short_count),
        );
        gauge(
            "samtycke_logs_disputed",
            "Logs that a witness says it has seen larger or otherwise, without evidence.",
            witnesses.map_or(0, Witnesses::disputed_count),
        );
        gauge(
            "samtycke_writable",
            "1 where the database could be written when it was last tried.",
            usize::from(self.appender.was_writing()),
        );
        gauge(
            "samtycke_postgres_timeline_unverified",
            "1 while PostgreSQL is on a timeline that the logs have not been compared on, as after a failover.",
            usize::from(self.is_timeline_unverified()),
        );
        gauge(
            "samtycke_hot_subjects",
            "Subjects whose state is in memory.",
            subjects,
        );
        gauge(
            "samtycke_anonymous_quota_reached",
            "Sites that reached their quota of anonymous grants within the last hour.",
            self.quota.alarming_count(self.environment.clock.now()),
        );
        gauge(
            "samtycke_anchor_same_device",
            "1 where the log anchor lies on the database's device.",
            usize::from(self.anchor_same_device()),
        );
        let (restrictive, ordinary) = self.appender.waiting();
        let help = "Entries that wait for a commit.";
        for (lane, waiting) in [("restrictive", restrictive), ("ordinary", ordinary)] {
            self.set("samtycke_append_waiting", help, &[("lane", lane)], waiting);
        }
        let (open, idle) = self.store.connections();
        let help = "Connections to PostgreSQL; 0 on SQLite.";
        for (state, count) in [("used", open - idle), ("idle", idle)] {
            self.set(
                "samtycke_database_connections",
                help,
                &[("state", state)],
                count,
            );
        }
        let labels = [
            ("version", env!("CARGO_PKG_VERSION")),
            ("engine", self.store.engine()),
        ];
        let help = "1, with the version and the database of this server.";
        self.set("samtycke_build_info", help, &labels, 1);
    }

    fn set(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &[(&'static str, &'static str)],
        value: usize,
    ) {
        let gauge = self.metrics.gauge(name, help, labels);
        gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
    }

    /// Reads from the database what its gauges show, until the server stops.
    pub async fn watch_database(self: Arc<Self>) {
        let mut unpublished = Unpublished::new();
        // Alarms need a value from the start on.
        self.note_logs(0, 0, 0);
        self.note_clock(0);
        loop {
            // A failure is logged where it is handled by requests, and `up` and readiness show it.
            let _ = self.read_logs(&mut unpublished).await;
            tokio::time::sleep(READ_INTERVAL).await;
        }
    }

    async fn read_logs(&self, unpublished: &mut Unpublished) -> Stored<()> {
        let now = self.environment.clock.now();
        let (mut leaves, mut lag_ms, mut behind_ms) = (0, 0, 0);
        for tenant in self.tenants.all() {
            let published = self.store.published(&tenant.log).await?;
            let published = published.map_or(0, |(size, _)| size);
            leaves += published;
            let Some(head) = self.store.head(&tenant.log).await? else {
                continue;
            };
            behind_ms = behind_ms.max(head.last_received_at - now);
            // Published late on purpose, so that nobody sees a child answer.
            if tenant.is_preventive() {
                continue;
            }
            let size = head.size;
            if let Some(since) = waits_since(unpublished, &tenant.log, size, published, now) {
                lag_ms = lag_ms.max(now - since);
            }
        }
        let due = self.store.oldest_due().await?;
        let overdue_ms = due.map_or(0, |due| (now - due).max(0));
        self.note_logs(leaves, lag_ms, overdue_ms);
        self.note_clock(behind_ms);
        Ok(())
    }

    fn note_clock(&self, behind_ms: i64) {
        let ahead_ms = self.environment.clock.ahead_ms();
        self.set(
            "samtycke_clock_ahead_seconds",
            "How far this server's clock has jumped ahead of the time that passed, if more than a day; else 0.",
            &[],
            usize::try_from(ahead_ms / 1_000).unwrap_or(0),
        );
        self.set(
            "samtycke_clock_behind_seconds",
            "How far this server's clock is behind the newest event of a log.",
            &[],
            usize::try_from(behind_ms / 1_000).unwrap_or(0),
        );
    }

    fn note_logs(&self, leaves: u64, lag_ms: i64, overdue_ms: i64) {
        let whole = |value: i64| usize::try_from(value).unwrap_or(0);
        self.set(
            "samtycke_log_leaves",
            "Published leaves of all logs.",
            &[],
            usize::try_from(leaves).unwrap_or(usize::MAX),
        );
        self.set(
            "samtycke_publish_lag_seconds",
            "Age of the oldest leaf that no published checkpoint covers, within some seconds; without preventive services.",
            &[],
            whole(lag_ms / 1_000),
        );
        self.set(
            "samtycke_outbox_overdue_seconds",
            "How long ago the oldest piece of work in the outbox was due.",
            &[],
            whole(overdue_ms / 1_000),
        );
    }
}

/// When the oldest leaf that is not published was first seen; `None` if all are.
fn waits_since(
    unpublished: &mut Unpublished,
    log: &LogId,
    size: u64,
    published: u64,
    now: UnixMs,
) -> Option<UnixMs> {
    match unpublished.get(log) {
        Some((seen, since)) if published < *seen => Some(*since),
        _ if published < size => {
            unpublished.insert(log.clone(), (size, now));
            Some(now)
        }
        _ => {
            unpublished.remove(log);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the alarm from a log that grows all the time and is published all the time: that is no lag.
    #[test]
    fn only_what_stays_unpublished_ages() {
        let (mut unpublished, log) = (Unpublished::new(), LogId::from_bytes([1; 16]));
        let mut at = |size, published, now| {
            waits_since(&mut unpublished, &log, size, published, now).map(|since| now - since)
        };
        assert_eq!(at(5, 5, 0), None);
        assert_eq!(at(9, 5, 10), Some(0));
        assert_eq!(at(12, 8, 20), Some(10));
        assert_eq!(at(15, 9, 30), Some(0));
        assert_eq!(at(15, 14, 45), Some(15));
        assert_eq!(at(15, 15, 50), None);
    }
}
