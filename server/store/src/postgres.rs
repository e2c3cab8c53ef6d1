//! Connections to PostgreSQL that answer in time, or are replaced.
//!
//! A connection can be dead without an error: a firewall that has forgotten it, a failover, a paused machine. So every
//! statement has a deadline here besides the one that PostgreSQL itself keeps, and what does not answer is closed and
//! never waited for. After the first that did not, the connections that were idle then are not trusted either.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{Executor as _, Postgres};

use super::{ACQUIRE_TIMEOUT_MS, StoreError, Stored};
use crate::clock::{Clock as _, SystemClock};

/// Settings of every session.
///
/// - Every statement finds its rows by a key and is run thousands of times: one plan, made without regard to how small
///   the tables are at the time, or it reads whole tables once they have grown and until statistics are collected. A scan
///   that cannot be avoided counts as very dear then, and would be compiled each time (100 ms) were `jit` on.
/// - Timeouts, so that a statement, a lock, or a transaction of a server that has gone stops nobody else for long. The
///   first two are below [`STATEMENT_TIMEOUT`]: while PostgreSQL answers, it is the one that says so.
/// - Keepalives from PostgreSQL's side: a peer that is gone is noticed in 35 seconds and not in two hours.
const SESSION: &str = "set enable_seqscan = off; set plan_cache_mode = force_generic_plan; set jit = off; \
    set statement_timeout = 4000; set lock_timeout = 3000; set idle_in_transaction_session_timeout = 10000; \
    set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = 30000";
/// For who may take as long as it takes: migrations.
const SESSION_PATIENT: &str = "set statement_timeout = 0; set lock_timeout = 0";
/// How long a statement's answer is waited for.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a connection may take to be ready for its next use.
const RELEASE_TIMEOUT: Duration = Duration::from_secs(2);

/// A pool of connections to one PostgreSQL.
#[derive(Debug, Clone)]
pub struct Connections {
    pool: PgPool,
    doubt: Arc<Doubt>,
}

/// When a connection last did not answer.
#[derive(Debug, Default)]
struct Doubt(Mutex<Option<Instant>>);

impl Doubt {
    fn raise(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(SystemClock.monotonic());
    }

    /// Whether a connection that has been idle for so long has been since before.
    fn concerns(&self, idle_for: Duration) -> bool {
        let raised = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        raised.is_some_and(|at| SystemClock.monotonic().saturating_duration_since(at) <= idle_for)
    }
}

impl Connections {
    pub(super) async fn open(options: PgConnectOptions, connections_max: u32) -> Stored<Self> {
        let doubt = Arc::new(Doubt::default());
        let doubted = doubt.clone();
        let pool = PgPoolOptions::new()
            .max_connections(connections_max)
            .acquire_timeout(Duration::from_millis(ACQUIRE_TIMEOUT_MS))
            .test_before_acquire(false)
            .after_connect(|conn, _| {
                Box::pin(async move {
                    conn.execute(SESSION).await?;
                    Ok(())
                })
            })
            .before_acquire(move |_, connection| {
                let is_trusted = !doubted.concerns(connection.idle_for);
                Box::pin(async move { Ok(is_trusted) })
            })
            .connect_with(options.application_name("samtycke"))
            .await?;
        Ok(Self { pool, doubt })
    }

    /// A connection of one's own. Statements on it that are not bounded by its deadline wait without end.
    pub async fn lease(&self) -> Stored<Lease> {
        Ok(Lease {
            conn: Some(self.pool.acquire().await.map_err(StoreError::of)?),
            doubt: self.doubt.clone(),
            in_transaction: false,
        })
    }

    pub(super) async fn migrate(&self, migrations: &sqlx::migrate::Migrator) -> Stored<()> {
        let mut conn = self.pool.acquire().await?;
        conn.execute(SESSION_PATIENT).await?;
        let migrated = migrations.run(&mut *conn).await;
        // Closed, so that nobody else comes by its patience.
        conn.close().await?;
        Ok(migrated?)
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// A connection that is used by one task. What becomes of it when it is dropped is bounded in time: it is ready for its
/// next use soon, or it is closed.
#[derive(Debug)]
pub struct Lease {
    /// `None` while it is dropped.
    conn: Option<PoolConnection<Postgres>>,
    doubt: Arc<Doubt>,
    in_transaction: bool,
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
    /// What bounds a statement on this connection.
    pub(crate) fn deadline(&self) -> Deadline {
        Deadline(self.doubt.clone())
    }

    pub(super) async fn begin(&mut self) -> Stored<()> {
        // Before it is sent: dropped in between, it has to be rolled back.
        self.in_transaction = true;
        self.deadline().meet(self.execute("begin")).await.map(drop)
    }

    pub(super) async fn commit(mut self) -> Stored<()> {
        self.end("commit").await
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
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(release(conn, self.in_transaction))),
            // Where nothing runs any more there is no pool to return to.
            Err(_) => drop(conn.detach()),
        }
    }
}

/// Makes a connection ready for its next use. One that was left in the middle of an answer reads that to its end first;
/// one that does not get ready in time is closed, which makes room for another.
async fn release(mut conn: PoolConnection<Postgres>, in_transaction: bool) {
    if in_transaction {
        let rolled_back = tokio::time::timeout(RELEASE_TIMEOUT, conn.execute("rollback")).await;
        if !matches!(rolled_back, Ok(Ok(_))) {
            return drop(conn.detach());
        }
    }
    // It takes the connection out of `conn`; dropped too early, it closes it.
    let returned = conn.return_to_pool();
    let _ = tokio::time::timeout(RELEASE_TIMEOUT, returned).await;
}

/// The time that one statement has.
#[derive(Debug)]
pub(crate) struct Deadline(Arc<Doubt>);

impl Deadline {
    /// The statement's answer, if it comes in time.
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
