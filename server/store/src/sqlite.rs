//! Transactions of an embedded database, which has one connection that writes.
//!
//! SQLite ends a transaction by itself when it cannot write (`SQLITE_FULL`, `SQLITE_IOERR`, `SQLITE_NOMEM`, `SQLITE_BUSY`,
//! `SQLITE_INTERRUPT`; sqlite.org/lang_transaction.html, section 3.1). What the connection believes about its transaction
//! is then wrong. So a transaction is begun and ended here in plain SQL, and a connection whose transaction did not end
//! as it was told to is closed; the next writer opens a new one.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Executor as _, Sqlite};

use super::{StoreError, Stored};

/// SQLite's primary result code of a constraint, a trigger's refusal included: the statement is undone, and its
/// transaction goes on.
const CONSTRAINT: i64 = 19;
/// Primary codes that say that the database cannot be written now, whatever is written: PERM, BUSY, LOCKED, NOMEM, READONLY,
/// INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB.
const CANNOT_WRITE: [i64; 12] = [3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26];

/// The primary result code of a driver's error, where SQLite gave it.
pub(super) fn primary_code(error: &sqlx::Error) -> Option<i64> {
    let error = error.as_database_error()?;
    error.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    let extended: i64 = error.code()?.parse().ok()?;
    Some(extended & 0xff)
}

/// Whether SQLite cannot write at all, so that a smaller batch fails as well.
pub(super) fn cannot_write(error: &sqlx::Error) -> bool {
    primary_code(error).is_some_and(|code| CANNOT_WRITE.contains(&code))
}

/// A connection in a transaction. Dropping it undoes the transaction.
#[derive(Debug)]
pub struct SqliteLease {
    /// `None` during the drop.
    conn: Option<PoolConnection<Sqlite>>,
    in_transaction: bool,
    /// An error that may have ended the transaction. What follows it would be written without one.
    is_spoiled: bool,
}

const TAKEN: &str = "a lease has its connection until it is dropped";

impl Deref for SqliteLease {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.conn.as_ref().expect(TAKEN)
    }
}

impl DerefMut for SqliteLease {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.conn.as_mut().expect(TAKEN)
    }
}

impl SqliteLease {
    /// Takes the writing connection and begins a transaction that holds the write lock.
    pub(super) async fn begin(writer: &SqlitePool) -> Stored<Self> {
        Self::begin_with(writer, "begin immediate").await
    }

    /// Takes a reading connection and begins to read everything as it is now.
    pub(super) async fn begin_snapshot(reader: &SqlitePool) -> Stored<Self> {
        Self::begin_with(reader, "begin").await
    }

    async fn begin_with(pool: &SqlitePool, statement: &'static str) -> Stored<Self> {
        let conn = pool.acquire().await.map_err(StoreError::of)?;
        let mut lease = Self {
            conn: Some(conn),
            // Set before sending: where the future is dropped in between, the transaction still needs its end.
            in_transaction: true,
            is_spoiled: false,
        };
        let begun = lease.execute(statement).await;
        begun.map_err(|error| lease.failed(error))?;
        Ok(lease)
    }

    /// Notes a statement's error and classifies it.
    pub(super) fn failed(&mut self, error: sqlx::Error) -> StoreError {
        self.is_spoiled |= primary_code(&error) != Some(CONSTRAINT);
        StoreError::of(error)
    }

    pub(super) async fn commit(mut self) -> Stored<()> {
        if self.is_spoiled {
            return Err(StoreError::RolledBack);
        }
        self.end("commit").await
    }

    pub(super) async fn rollback(mut self) -> Stored<()> {
        if self.is_spoiled {
            return Ok(());
        }
        self.end("rollback").await
    }

    async fn end(&mut self, statement: &'static str) -> Stored<()> {
        let ended = self.execute(statement).await;
        self.in_transaction = ended.is_err();
        ended.map(drop).map_err(|error| self.failed(error))
    }
}

impl Drop for SqliteLease {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if !self.in_transaction {
            return;
        }
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(release(conn, self.is_spoiled))),
            // Without a runtime there is no pool to return to.
            Err(_) => drop(conn.detach()),
        }
    }
}

/// Makes the connection ready for its next transaction, or closes it, which frees its place in the pool.
async fn release(mut conn: PoolConnection<Sqlite>, is_spoiled: bool) {
    if is_spoiled || conn.execute("rollback").await.is_err() {
        // Closing undoes whatever is still open. Its own failure leaves nothing to do.
        let _ = conn.close().await;
    }
}

#[cfg(test)]
mod tests;
