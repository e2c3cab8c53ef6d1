//! Connections to PostgreSQL with deadlines.
//!
//! A connection can die without an error: a firewall drops its state, a failover happens, a machine pauses. So every
//! statement has a deadline here in addition to PostgreSQL's own timeout. A connection that misses it is closed at
//! once. After the first miss, all connections that were idle at that time are also replaced.

mod first_contact;
mod notice;
pub(crate) mod timeline;

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{Executor as _, Postgres};

use self::timeline::Met;
pub use self::timeline::{Timeline, TimelineWatch};
use super::{ACQUIRE_TIMEOUT_MS, StoreError, Stored};
use crate::clock::{Clock as _, SystemClock};

/// Settings of every session.
///
/// - Every statement finds its rows by a key and runs thousands of times. A generic plan that ignores the current table
///   sizes keeps PostgreSQL from scanning whole tables after they have grown and before statistics are collected. An
///   unavoidable scan then counts as very expensive, and `jit` would compile it each time (100 ms), so `jit` is off.
/// - Timeouts keep a statement, a lock or a transaction of a stopped server from blocking others for long. The first
///   two are below [`STATEMENT_TIMEOUT`], so that PostgreSQL reports them while it answers at all.
/// - Keepalives from PostgreSQL detect a lost peer in 35 seconds instead of two hours.
const SESSION: &str = "set enable_seqscan = off; set plan_cache_mode = force_generic_plan; set jit = off; \
    set statement_timeout = 4000; set lock_timeout = 3000; set idle_in_transaction_session_timeout = 10000; \
    set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = 30000";
/// Session without timeouts, for migrations.
const SESSION_PATIENT: &str = "set statement_timeout = 0; set lock_timeout = 0";
/// Deadline of a statement.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(5);
/// Time limit for making a connection ready for its next use.
const RELEASE_TIMEOUT: Duration = Duration::from_secs(2);

/// A pool of connections to one PostgreSQL.
#[derive(Debug, Clone)]
pub struct Connections {
    pool: PgPool,
    doubt: Arc<Doubt>,
    timeline: Arc<TimelineWatch>,
}

/// Time at which a connection last missed its deadline.
#[derive(Debug, Default)]
struct Doubt(Mutex<Option<Instant>>);

impl Doubt {
    fn raise(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(SystemClock.monotonic());
    }

    /// Whether a connection that has been idle this long was idle before the last missed deadline.
    fn concerns(&self, idle_for: Duration) -> bool {
        let raised = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        raised.is_some_and(|at| SystemClock.monotonic().saturating_duration_since(at) <= idle_for)
    }
}

impl Connections {
    pub(super) async fn open(options: PgConnectOptions, connections_max: u32) -> Stored<Self> {
        first_contact::check(&options).await?;
        let doubt = Arc::new(Doubt::default());
        let doubted = doubt.clone();
        let timeline = Arc::new(TimelineWatch::default());
        let (met, suspected) = (timeline.clone(), doubt.clone());
        let watched = timeline.clone();
        let pool = PgPoolOptions::new()
            .max_connections(connections_max)
            .acquire_timeout(Duration::from_millis(ACQUIRE_TIMEOUT_MS))
            .test_before_acquire(false)
            .after_connect(move |conn, _| {
                let (met, suspected) = (met.clone(), suspected.clone());
                Box::pin(async move {
                    conn.execute(SESSION).await?;
                    admit(conn, &met, &suspected).await
                })
            })
            .before_acquire(move |conn, connection| {
                let is_trusted = !doubted.concerns(connection.idle_for);
                let (met, suspected) = (watched.clone(), doubted.clone());
                Box::pin(async move {
                    if is_trusted && met.is_unverified() {
                        // It may lead to the server before: the logs must be compared on the new one.
                        admit(conn, &met, &suspected).await?;
                    }
                    Ok(is_trusted)
                })
            })
            .connect_with(options.application_name("samtycke"))
            .await?;
        Ok(Self {
            pool,
            doubt,
            timeline,
        })
    }

    /// Takes a connection for exclusive use. Its statements have no time limit unless its deadline bounds them.
    pub async fn lease(&self) -> Stored<Lease> {
        Ok(Lease {
            conn: Some(self.pool.acquire().await.map_err(StoreError::of)?),
            doubt: self.doubt.clone(),
            timeline: self.timeline.clone(),
            in_transaction: false,
            is_condemned: false,
        })
    }

    /// What is known about the timelines of these connections.
    pub fn timeline(&self) -> &Arc<TimelineWatch> {
        &self.timeline
    }

    /// Connections that are open, and those of them that nobody uses.
    pub fn open_and_idle(&self) -> (usize, usize) {
        let open = usize::try_from(self.pool.size()).unwrap_or(usize::MAX);
        (open, self.pool.num_idle().min(open))
    }

    pub(super) async fn migrate(&self, migrations: &sqlx::migrate::Migrator) -> Stored<()> {
        let mut conn = self.pool.acquire().await?;
        conn.execute(SESSION_PATIENT).await?;
        let migrated = migrations.run(&mut *conn).await;
        // Closed, so that no other caller gets a session without timeouts.
        conn.close().await?;
        Ok(migrated?)
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// A connection that one task uses. Dropping it takes bounded time: the connection becomes ready for its next use, or
/// it is closed.
#[derive(Debug)]
pub struct Lease {
    /// `None` during the drop.
    conn: Option<PoolConnection<Postgres>>,
    doubt: Arc<Doubt>,
    timeline: Arc<TimelineWatch>,
    in_transaction: bool,
    /// Whether it leads to a server that must not be asked again.
    is_condemned: bool,
}

const TAKEN: &str = "a lease has its connection until it is dropped";

impl Deref for Lease {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.conn.as_ref().expect(TAKEN)
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.conn.as_mut().expect(TAKEN)
    }
}

impl Lease {
    /// The deadline for a statement on this connection.
    pub(crate) fn deadline(&self) -> Deadline {
        Deadline(self.doubt.clone())
    }

    pub(super) async fn begin(&mut self) -> Stored<()> {
        // Set before sending: if the future is dropped in between, the transaction still needs a rollback.
        self.in_transaction = true;
        self.deadline().meet(self.execute("begin")).await.map(drop)
    }

    /// Begins to read everything as it is now.
    pub(super) async fn begin_snapshot(&mut self) -> Stored<()> {
        const TEXT: &str = "begin isolation level repeatable read, read only";
        self.in_transaction = true;
        self.deadline().meet(self.execute(TEXT)).await.map(drop)
    }

    /// Takes note of the timeline that a statement read on this connection, which is null on a standby. Error: nothing may
    /// rest on what the statement read. Where it leads to no primary, the connection is closed, and the idle ones with it.
    pub(crate) fn confirm_timeline(&mut self, read: Option<&str>) -> Stored<()> {
        let confirmed = self.timeline.confirm(read);
        if let Err(StoreError::Standby) = &confirmed {
            self.is_condemned = true;
            self.doubt.raise();
        }
        confirmed
    }

    /// Commits. Where PostgreSQL warns, the wait for a standby was cancelled, and the outcome is unknown: only this primary
    /// has the transaction, and a failover loses it.
    pub(super) async fn commit(mut self) -> Stored<()> {
        let (ended, has_warned) = notice::with_warnings(self.end("commit")).await;
        ended?;
        if has_warned {
            tracing::error!(
                "PostgreSQL warned during a commit, as when its wait for a standby is cancelled; the outcome counts as unknown"
            );
            return Err(StoreError::TimedOut);
        }
        Ok(())
    }

    pub(super) async fn rollback(mut self) -> Stored<()> {
        self.end("rollback").await
    }

    async fn end(&mut self, statement: &'static str) -> Stored<()> {
        let ended = self.deadline().meet(self.execute(statement)).await;
        self.in_transaction = ended.is_err();
        ended.map(drop)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if self.is_condemned {
            return drop(conn.detach());
        }
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(release(conn, self.in_transaction))),
            // Without a runtime there is no pool to return to.
            Err(_) => drop(conn.detach()),
        }
    }
}

/// Admits a new connection only if it leads to a primary, and not to one that another server has replaced.
async fn admit(
    conn: &mut PgConnection,
    met: &TimelineWatch,
    doubt: &Doubt,
) -> Result<(), sqlx::Error> {
    let refused = |why: &str| Err(sqlx::Error::Protocol(why.into()));
    let Some(timeline) = timeline::read(conn).await? else {
        return refused("this PostgreSQL is a standby; samtycke needs the primary");
    };
    match met.meet(timeline) {
        Met::Accepted => Ok(()),
        Met::New { is_first } => {
            if is_first {
                // What is idle leads to the server before, which may still answer.
                doubt.raise();
            }
            Ok(())
        }
        Met::Stale => refused("this PostgreSQL was replaced by another primary"),
    }
}

/// Makes a connection ready for its next use. It first reads a half-read answer to its end. If that takes too long, the
/// connection is closed, which frees its place in the pool.
async fn release(mut conn: PoolConnection<Postgres>, in_transaction: bool) {
    if in_transaction {
        let rolled_back = tokio::time::timeout(RELEASE_TIMEOUT, conn.execute("rollback")).await;
        if !matches!(rolled_back, Ok(Ok(_))) {
            return drop(conn.detach());
        }
    }
    // `return_to_pool` takes the connection out of `conn`; dropping the future early closes the connection.
    let returned = conn.return_to_pool();
    let _ = tokio::time::timeout(RELEASE_TIMEOUT, returned).await;
}

/// The time limit of one statement.
#[derive(Debug)]
pub(crate) struct Deadline(Arc<Doubt>);

impl Deadline {
    /// Returns the statement's result, or an error at the deadline.
    pub(crate) async fn meet<T>(
        &self,
        statement: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Stored<T> {
        let answer = tokio::time::timeout(STATEMENT_TIMEOUT, statement).await;
        let answer = answer.map_err(|_| {
            self.0.raise();
            StoreError::TimedOut
        })?;
        answer.map_err(StoreError::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_connections_are_dropped_after_a_fault() {
        let doubt = Doubt::default();
        assert!(!doubt.concerns(Duration::MAX));
        doubt.raise();
        assert!(doubt.concerns(Duration::from_hours(1)));
        assert!(!doubt.concerns(Duration::ZERO));
    }
}
