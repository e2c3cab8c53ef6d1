//! The only crate that names a database driver.
//!
//! Every SQL text is static and lower case, with `$1` parameters, and written once; `on!` and `read!` compile a body
//! once per driver. Only the batch's read and append have one text per engine. Column types are text, 64-bit integers
//! and bytes; times are Unix milliseconds. The server never asks the database for the time or for random numbers.

mod append;
pub mod batch;
pub mod clock;
pub mod control;
pub mod copy;
pub mod cosignature;
pub mod link;
pub mod log;
pub mod mark;
pub mod media;
pub mod objection;
pub mod outbox;
pub mod postgres;
mod restore;
pub mod scan;
pub mod sdk;
mod sqlite;
pub mod subject;
pub mod succession;
pub mod takedown;

use std::path::Path;
use std::time::Duration;

use samtycke_core::problem::{Problem, ProblemKind};
use sqlx::Connection as _;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use self::postgres::{Connections, Lease};
use self::sqlite::SqliteLease;

/// How long a request waits for a connection before it gets 503; milliseconds.
const ACQUIRE_TIMEOUT_MS: u64 = 2_000;
/// How long SQLite waits for another process's lock (of the CLI or a backup); milliseconds.
const BUSY_TIMEOUT_MS: u64 = 5_000;
/// Prepared statements per SQLite connection: a batch has 7 tables x 9 sizes of insert; the rest are some 50 texts.
const STATEMENTS_PREPARED_MAX: usize = 256;
/// Readers beside the one writer of SQLite. More readers than cores bring no gain.
const SQLITE_READERS: u32 = 4;

static SQLITE_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/sqlite");

/// Errors of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database did not answer, or rejected the statement. The outcome of a write is unknown.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The database did not answer in time, or its own timeout expired. The outcome of a commit is unknown.
    #[error("the database did not answer in time")]
    TimedOut,
    /// The transaction conflicts with another one (SQLSTATE 40001, 40P01). Nothing was written; try again.
    #[error("the transaction lost against another one")]
    Conflict,
    /// A row with that key exists. Nothing was written.
    #[error("there is such a row already")]
    Duplicate,
    /// The database cannot write, whatever is written: its disk is full, failed or read-only. Nothing was written.
    #[error("the database cannot be written: {0}")]
    CannotWrite(sqlx::Error),
    /// The connection leads to a standby, or to a primary that was replaced (SQLSTATE 25006). Nothing may rest on what it
    /// answers, and it cannot write.
    #[error("the connection leads to a PostgreSQL that is not the primary")]
    Standby,
    /// PostgreSQL is on another timeline, and the logs have not been compared with their anchor yet.
    #[error("PostgreSQL is on another timeline, and the logs are being compared with their anchor")]
    Unverified,
    /// An earlier error ended the transaction. Nothing was written.
    #[error("the transaction had ended by an earlier error")]
    RolledBack,
    /// The stored data are inconsistent: a defect, or a manual change.
    #[error("the stored data contradict themselves: {0}")]
    Contradiction(String),
    /// The root key is not the one that a log was opened with. Nothing of the log can be opened or signed with it.
    #[error("{0}")]
    OtherKey(String),
    /// The database's configuration can lose acknowledged writes.
    #[error("{0}")]
    Unsafe(String),
    /// The schema migration failed.
    #[error("migration failed: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl StoreError {
    /// Classifies a driver's error by what the caller can do about it.
    fn of(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(db) = &error {
            match db.code().as_deref() {
                Some("40001" | "40P01") => return Self::Conflict,
                // PostgreSQL's own timeouts for locks and statements.
                Some("55P03" | "57014") => return Self::TimedOut,
                // A transaction on a standby is read-only.
                Some("25006") => return Self::Standby,
                // Class 53: disk, memory or connections are used up; 58: the system below PostgreSQL failed.
                Some(code) if code.starts_with("53") || code.starts_with("58") => {
                    return Self::CannotWrite(error);
                }
                _ => {}
            }
            if db.is_unique_violation() {
                return Self::Duplicate;
            }
        }
        if sqlite::cannot_write(&error) {
            return Self::CannotWrite(error);
        }
        Self::Database(error)
    }

    /// Whether a single entry can be the cause, so that a smaller batch may succeed. False if the database is
    /// unavailable.
    pub fn is_about_one_entry(&self) -> bool {
        match self {
            Self::Duplicate | Self::Contradiction(_) => true,
            Self::Database(error) => error.as_database_error().is_some(),
            Self::Conflict
            | Self::TimedOut
            | Self::CannotWrite(_)
            | Self::RolledBack
            | Self::Standby
            | Self::Unverified
            | Self::OtherKey(_)
            | Self::Unsafe(_)
            | Self::Migration(_) => false,
        }
    }
}

/// Maps an error to the client's problem. The server logs the error itself and sends nothing of it.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Contradiction(_) => ProblemKind::Internal.into(),
            StoreError::Unverified => Self::new(ProblemKind::Recovering).retry_after(1),
            _ => Self::new(ProblemKind::Unavailable).retry_after(1),
        }
    }
}

/// The result of a store operation.
pub type Stored<T> = Result<T, StoreError>;

/// A database of either engine.
#[derive(Debug, Clone)]
pub enum Store {
    /// One writer and several readers of one file.
    Sqlite {
        /// The only connection that writes.
        writer: SqlitePool,
        /// Connections that only read.
        reader: SqlitePool,
    },
    /// A pool of one PostgreSQL.
    Postgres(Connections),
}

/// A transaction on either engine.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite: begun with `immediate`, so it holds the only write lock.
    Sqlite(SqliteLease),
    /// On PostgreSQL: read committed; locking the head row first makes it safe.
    Postgres(Lease),
}

/// Runs one body on the driver behind a [`Tx`].
macro_rules! on {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                let done = $body.await;
                done.map_err(|error| tx.failed(error))
            }
            $crate::Tx::Postgres(tx) => {
                let deadline = tx.deadline();
                let $conn = &mut **tx;
                deadline.meet($body).await
            }
        }
    };
}

/// Runs one statement without a result on the driver behind a [`Tx`].
macro_rules! run {
    ($tx:expr, $query:expr) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => {
                let done = $query.execute(&mut **tx).await;
                done.map(drop).map_err(|error| tx.failed(error))
            }
            $crate::Tx::Postgres(tx) => {
                let deadline = tx.deadline();
                deadline.meet($query.execute(&mut **tx)).await.map(drop)
            }
        }
    };
}

/// Runs one reading body on the driver behind a [`Store`], outside any transaction.
macro_rules! read {
    ($store:expr, $pool:ident => $body:expr) => {
        match $store {
            $crate::Store::Sqlite { reader: $pool, .. } => {
                $body.await.map_err($crate::StoreError::of)
            }
            $crate::Store::Postgres(connections) => {
                let mut lease = connections.lease().await?;
                let deadline = lease.deadline();
                let $pool = &mut *lease;
                deadline.meet($body).await
            }
        }
    };
}

/// Reads rows that a check rests on, outside any transaction. On PostgreSQL the statement also reads the timeline, and an
/// error says that nothing may rest on the rows. `$timeline` takes it from a row.
macro_rules! read_confirmed {
    ($store:expr, $row:ty, [$sqlite:literal, $postgres:literal], [$($bind:expr),*], $timeline:expr) => {
        match $store {
            $crate::Store::Sqlite { reader, .. } => {
                let query = sqlx::query_as::<_, $row>($sqlite);
                let query = query$(.bind($bind))*;
                query.fetch_all(reader).await.map_err($crate::StoreError::of)
            }
            $crate::Store::Postgres(connections) => {
                let mut lease = connections.lease().await?;
                let deadline = lease.deadline();
                let query = sqlx::query_as::<_, $row>($postgres);
                let query = query$(.bind($bind))*;
                let rows: Vec<$row> = deadline.meet(query.fetch_all(&mut *lease)).await?;
                let read: fn(&$row) -> Option<&str> = $timeline;
                if let Some(row) = rows.first() {
                    lease.confirm_timeline(read(row))?;
                }
                Ok(rows)
            }
        }
    };
}

pub(crate) use on;
pub(crate) use read;
pub(crate) use read_confirmed;
pub(crate) use run;

impl Store {
    /// Opens the SQLite database in this file; creates it if it is missing.
    pub async fn sqlite(file: &Path) -> Stored<Self> {
        // `NORMAL` loses acknowledged commits on a power failure.
        Self::open(file, SqliteSynchronous::Full).await
    }

    /// Opens a database whose commits do not wait for the disk, for data that may be lost.
    pub async fn throwaway(file: &Path) -> Stored<Self> {
        Self::open(file, SqliteSynchronous::Off).await
    }

    /// Opens a database in one file, without a write-ahead file beside it: a copy that is carried elsewhere. One that may
    /// be written is created if it is missing, and brought to this version's schema. Commits do not wait for the disk; sync the file when it is whole.
    pub async fn single_file(file: &Path, read_only: bool) -> Stored<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(!read_only)
            .read_only(read_only)
            .immutable(read_only);
        let options = if read_only {
            options
        } else {
            options
                .journal_mode(SqliteJournalMode::Delete)
                .synchronous(SqliteSynchronous::Off)
        };
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await?;
        if !read_only {
            SQLITE_MIGRATIONS.run(&pool).await?;
        }
        Ok(Self::Sqlite {
            writer: pool.clone(),
            reader: pool,
        })
    }

    async fn open(file: &Path, synchronous: SqliteSynchronous) -> Stored<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .pragma("recursive_triggers", "on")
            .busy_timeout(Duration::from_millis(BUSY_TIMEOUT_MS))
            .statement_cache_capacity(STATEMENTS_PREPARED_MAX);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            .acquire_timeout(Duration::from_millis(ACQUIRE_TIMEOUT_MS))
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        Ok(Self::Sqlite { writer, reader })
    }

    /// Opens a PostgreSQL database. Error: the database can lose acknowledged commits (`fsync` or `synchronous_commit`
    /// off) and `allow_unsafe` is false.
    pub async fn postgres(url: &str, connections_max: u32, allow_unsafe: bool) -> Stored<Self> {
        let options: PgConnectOptions = url.parse().map_err(StoreError::Database)?;
        let store = Self::Postgres(Connections::open(options, connections_max).await?);
        if !allow_unsafe {
            for setting in ["fsync", "synchronous_commit"] {
                let (value,): (String,) = read!(&store, pool =>
                    sqlx::query_as("select current_setting($1)").bind(setting).fetch_one(pool))?;
                if value == "off" {
                    return Err(StoreError::Unsafe(format!(
                        "PostgreSQL runs with {setting} = off and would lose acknowledged withdrawals when the power \
                         fails; turn it on, or set allow_unsafe_postgres = true for a test"
                    )));
                }
            }
        }
        Ok(store)
    }

    /// Whether a commit waits until a standby has it too; `None` on the embedded database. Without a standby a failover can
    /// lose what was acknowledged.
    pub async fn waits_for_standby(&self) -> Stored<Option<bool>> {
        let Self::Postgres(_) = self else {
            return Ok(None);
        };
        let (waits,): (bool,) = read!(self, pool => sqlx::query_as(
            "select current_setting('synchronous_standby_names') <> '' \
             and current_setting('synchronous_commit') not in ('off', 'local')"
        ).fetch_one(pool))?;
        Ok(Some(waits))
    }

    /// Migrates the schema to the current version.
    pub async fn migrate(&self) -> Stored<()> {
        match self {
            Self::Sqlite { writer, .. } => {
                SQLITE_MIGRATIONS.run(writer).await?;
            }
            Self::Postgres(connections) => {
                let migrations = sqlx::migrate!("../../migrations/postgres");
                connections.migrate(&migrations).await?;
            }
        }
        Ok(())
    }

    /// Whether the database has a schema. A database without one holds no data of this server.
    pub async fn has_schema(&self) -> Stored<bool> {
        const SQLITE: &str = "select exists (select 1 from sqlite_schema where name = 'tenant')";
        const POSTGRES: &str = "select to_regclass('tenant') is not null";
        let text = if self.is_embedded() { SQLITE } else { POSTGRES };
        let (has,): (bool,) = read!(self, pool => sqlx::query_as(text).fetch_one(pool))?;
        Ok(has)
    }

    /// Begins a write transaction.
    pub async fn begin(&self) -> Stored<Tx> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(SqliteLease::begin(writer).await?),
            Self::Postgres(connections) => {
                let mut lease = connections.lease().await?;
                lease.begin().await?;
                Tx::Postgres(lease)
            }
        })
    }

    /// What is known about the timelines of PostgreSQL; `None` on the embedded database, which has one history.
    pub fn timeline(&self) -> Option<&std::sync::Arc<postgres::TimelineWatch>> {
        match self {
            Self::Sqlite { .. } => None,
            Self::Postgres(connections) => Some(connections.timeline()),
        }
    }

    /// Whether one process owns the database, so that its memory is authoritative between commits.
    pub fn is_embedded(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// `sqlite` or `postgres`.
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// Connections to PostgreSQL that are open, and those of them that nobody uses; zeros on SQLite.
    pub fn connections(&self) -> (usize, usize) {
        match self {
            Self::Sqlite { .. } => (0, 0),
            Self::Postgres(connections) => connections.open_and_idle(),
        }
    }

    /// Checks that the database answers.
    pub async fn ping(&self) -> Stored<()> {
        let _: (i64,) =
            read!(self, pool => sqlx::query_as("select cast(1 as bigint)").fetch_one(pool))?;
        Ok(())
    }

    /// Writes a row that nobody reads, to learn whether the database can be written.
    pub async fn probe_write(&self, at: clock::UnixMs) -> Stored<()> {
        let mut tx = self.begin().await?;
        tx.set_meta("write_probe", &at.to_string()).await?;
        tx.commit().await
    }

    /// Closes every connection after its statements end, and merges SQLite's journal into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, reader } => {
                reader.close().await;
                if let Ok(mut conn) = writer.acquire().await {
                    // A failure leaves the journal beside the file, which is equally durable.
                    let _ = sqlx::query("pragma wal_checkpoint(truncate)")
                        .execute(&mut *conn)
                        .await;
                    let _ = conn.ping().await;
                }
                writer.close().await;
            }
            Self::Postgres(connections) => connections.close().await,
        }
    }
}

impl Tx {
    /// Commits the transaction. An error leaves the outcome unknown.
    pub async fn commit(self) -> Stored<()> {
        match self {
            Self::Sqlite(lease) => lease.commit().await,
            Self::Postgres(lease) => lease.commit().await,
        }
    }

    /// Undoes the transaction.
    pub async fn rollback(self) -> Stored<()> {
        match self {
            Self::Sqlite(lease) => lease.rollback().await,
            Self::Postgres(lease) => lease.rollback().await,
        }
    }
}

/// A list for SQLite's `json_each`, which has no arrays.
pub(crate) fn json_list(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    serde_json::to_string(&texts).expect("a list of strings is always JSON")
}

/// Parses a stored text. Error: [`StoreError::Contradiction`] if it does not parse.
pub(crate) fn parse_column<T: std::str::FromStr>(what: &str, text: &str) -> Stored<T> {
    text.parse()
        .map_err(|_| StoreError::Contradiction(format!("{what} cannot be read")))
}

/// Converts stored bytes to an array. Error: their length is wrong.
pub(crate) fn to_array<const N: usize>(what: &str, bytes: &[u8]) -> Stored<[u8; N]> {
    bytes.try_into().map_err(|_| {
        StoreError::Contradiction(format!("{what} has {} bytes, not {N}", bytes.len()))
    })
}

/// Converts a stored number. Error: it is negative.
pub(crate) fn to_u64(what: &str, value: i64) -> Stored<u64> {
    u64::try_from(value).map_err(|_| StoreError::Contradiction(format!("{what} is negative")))
}

/// Converts a number to the database's integer type.
pub(crate) fn to_i64(value: u64) -> i64 {
    i64::try_from(value).expect("sizes, indexes and sequences stay far below 2^63")
}
