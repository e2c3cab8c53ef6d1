//! Which history of which PostgreSQL a connection reads.
//!
//! PostgreSQL begins a new timeline whenever a standby becomes the primary, and after a point-in-time recovery. The new
//! history may lack the last commits of the old one. So a server that meets another timeline relies on nothing that it
//! reads there until it has compared the logs with their anchor (consistency.md, "PostgreSQL").
//!
//! The timeline is that of the WAL that is written now. `pg_control_checkpoint()` names the old one until the first
//! checkpoint after a promotion. A statement that a check rests on reads it too: eight hex digits, null on a standby, at a
//! cost of 7 microseconds.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use sqlx::{PgConnection, Row as _};
use tokio::sync::Notify;

use crate::StoreError;

const TIMELINE: &str = "select case when pg_is_in_recovery() then null else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end";

/// A history of a PostgreSQL cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The cluster's system identifier; empty where the role may not read it.
    pub system: String,
    /// Number of the timeline, from 1.
    pub number: u32,
}

impl std::fmt::Display for Timeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.system, self.number)
    }
}

/// What a server knows about the timelines that its connections read.
#[derive(Debug, Default)]
pub struct TimelineWatch {
    known: Mutex<Known>,
    /// Number of the accepted timeline; 0 before the first connection.
    accepted: AtomicU32,
    is_unverified: AtomicBool,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Known {
    accepted: Option<Timeline>,
    /// A newer one that nothing has been compared with yet.
    unverified: Option<Timeline>,
}

/// What a connection's timeline means for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// The accepted timeline.
    Accepted,
    /// Another one: it must be verified first.
    New {
        /// Whether no connection had it before.
        is_first: bool,
    },
    /// An older one of the same cluster: a primary that another server has replaced.
    Stale,
}

impl TimelineWatch {
    /// Whether the database has moved to a timeline that no log has been compared with yet. Every check denies meanwhile.
    pub fn is_unverified(&self) -> bool {
        self.is_unverified.load(Ordering::SeqCst)
    }

    /// The accepted timeline; `None` before the first connection.
    pub fn accepted(&self) -> Option<Timeline> {
        self.known().accepted.clone()
    }

    /// Waits for a timeline that must be verified.
    pub async fn unverified(&self) -> Timeline {
        loop {
            let changed = self.changed.notified();
            if let Some(timeline) = self.known().unverified.clone() {
                return timeline;
            }
            changed.await;
        }
    }

    /// Accepts a timeline whose logs have been compared, unless a newer one was met meanwhile.
    pub fn accept(&self, timeline: &Timeline) {
        let mut known = self.known();
        if known.unverified.as_ref() == Some(timeline) {
            known.unverified = None;
            known.accepted = Some(timeline.clone());
            self.accepted.store(timeline.number, Ordering::SeqCst);
            self.is_unverified.store(false, Ordering::SeqCst);
        }
    }

    /// Relies on nothing before this timeline, which another server has accepted: this server's connections lead to a primary
    /// that was replaced.
    pub fn distrust(&self, newer: &Timeline) {
        let mut known = self.known();
        if known
            .accepted
            .as_ref()
            .is_some_and(|accepted| accepted.number < newer.number)
        {
            known.unverified = Some(newer.clone());
            self.is_unverified.store(true, Ordering::SeqCst);
            self.changed.notify_waiters();
        }
    }

    /// Takes note of a connection's timeline.
    pub(super) fn meet(&self, timeline: Timeline) -> Met {
        let mut known = self.known();
        let Some(accepted) = &known.accepted else {
            self.accepted.store(timeline.number, Ordering::SeqCst);
            known.accepted = Some(timeline);
            return Met::Accepted;
        };
        let newest = known.unverified.as_ref().unwrap_or(accepted);
        if *newest == timeline {
            return if known.unverified.is_some() {
                Met::New { is_first: false }
            } else {
                Met::Accepted
            };
        }
        if newest.system == timeline.system && timeline.number < newest.number {
            return Met::Stale;
        }
        tracing::error!(
            accepted = %accepted, new = %timeline,
            "PostgreSQL is on another timeline, as after a failover: every check denies until the logs are compared with their anchor"
        );
        known.unverified = Some(timeline);
        self.is_unverified.store(true, Ordering::SeqCst);
        self.changed.notify_waiters();
        Met::New { is_first: true }
    }

    /// Takes note of the timeline that a statement read, which is null on a standby. Error: nothing may rest on what the
    /// statement read.
    pub(super) fn confirm(&self, read: Option<&str>) -> Result<(), StoreError> {
        let number = read.map(|digits| u32::from_str_radix(digits, 16));
        let Some(Ok(number)) = number else {
            return Err(StoreError::Standby);
        };
        if number == self.accepted.load(Ordering::SeqCst) && !self.is_unverified() {
            return Ok(());
        }
        let system = self.accepted().map(|accepted| accepted.system);
        match self.meet(Timeline {
            system: system.unwrap_or_default(),
            number,
        }) {
            Met::Accepted => Ok(()),
            Met::New { .. } => Err(StoreError::Unverified),
            Met::Stale => Err(StoreError::Standby),
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads a connection's timeline; `None` on a standby.
pub(super) async fn read(conn: &mut PgConnection) -> Result<Option<Timeline>, sqlx::Error> {
    let number = sqlx::query(TIMELINE).fetch_one(&mut *conn).await?;
    let Some(digits) = number.try_get::<Option<String>, _>(0)? else {
        return Ok(None);
    };
    let number = u32::from_str_radix(&digits, 16)
        .map_err(|_| sqlx::Error::Protocol("a timeline is eight hex digits".into()))?;
    let system = sqlx::query("select system_identifier::text from pg_control_system()")
        .fetch_one(&mut *conn)
        .await;
    let system = match system {
        Ok(row) => row.try_get(0)?,
        // Some hosts keep the control file from ordinary roles. The number alone still tells of a failover.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501") => {
            String::new()
        }
        Err(error) => return Err(error),
    };
    Ok(Some(Timeline { system, number }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(system: &str, number: u32) -> Timeline {
        Timeline {
            system: system.into(),
            number,
        }
    }

    /// Protects withdrawals across a failover: what a new timeline says counts only after it was compared.
    #[tokio::test]
    async fn a_new_timeline_is_unverified_until_accepted() {
        let watch = TimelineWatch::default();
        assert_eq!(watch.meet(timeline("a", 1)), Met::Accepted);
        assert!(watch.confirm(Some("00000001")).is_ok() && !watch.is_unverified());
        assert_eq!(watch.meet(timeline("a", 2)), Met::New { is_first: true });
        assert_eq!(watch.meet(timeline("a", 2)), Met::New { is_first: false });
        assert!(watch.is_unverified());
        for read in ["00000001", "00000002"] {
            assert!(watch.confirm(Some(read)).is_err(), "{read}");
        }
        assert_eq!(watch.unverified().await, timeline("a", 2));
        watch.accept(&timeline("a", 2));
        assert!(watch.confirm(Some("00000002")).is_ok() && !watch.is_unverified());
    }

    /// Protects against the primary that was replaced: it may still answer, and knows nothing of later withdrawals.
    #[test]
    fn a_replaced_primary_is_stale() {
        let watch = TimelineWatch::default();
        watch.meet(timeline("a", 2));
        assert_eq!(watch.meet(timeline("a", 1)), Met::Stale);
        assert!(matches!(
            watch.confirm(Some("00000001")),
            Err(StoreError::Standby)
        ));
        watch.meet(timeline("a", 3));
        assert_eq!(
            watch.meet(timeline("a", 2)),
            Met::Stale,
            "also before 3 is verified"
        );
        assert_eq!(watch.accepted(), Some(timeline("a", 2)));
    }

    /// Protects against a standby and against another cluster with the same number.
    #[test]
    fn a_standby_and_another_cluster_are_noticed() {
        let watch = TimelineWatch::default();
        watch.meet(timeline("a", 1));
        assert!(matches!(watch.confirm(None), Err(StoreError::Standby)));
        assert!(!watch.is_unverified(), "a standby is no new timeline");
        assert_eq!(watch.meet(timeline("b", 1)), Met::New { is_first: true });
        watch.accept(&timeline("a", 9));
        assert!(watch.is_unverified(), "only what was met can be accepted");
        watch.accept(&timeline("b", 1));
        assert!(!watch.is_unverified());
    }
}
