//! Copies of a whole database: a backup is one file, a restore and a move are copies into an empty database.
//!
//! All three copy by the schema (`store::copy`), in one snapshot and one transaction, and compare what they have written
//! with what they have read: rows and a digest of each table, and the root of each log from the copy's own leaves. Keys are
//! in none of them: the openings in a copy stay encrypted.

mod file;
mod shift;

use samtycke_core::id::LogId;
use samtycke_log::fsck::root_of_leaves;
use serde::{Deserialize, Serialize};

pub use self::file::{RESTORED, backup, open_backup, restore};
pub use self::shift::{MOVED, Shift, UNFINISHED, refuse_if_left, shift};
use crate::clock::UnixMs;
use crate::store::copy::{Table, Tally};
use crate::store::{Store, StoreError, Tx};

/// Hears what is copied.
pub type Progress<'a> = &'a (dyn Fn(&str) + Send + Sync);

/// Why a copy was not made.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// A database did not answer, or contradicts itself.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Path of the file.
        path: std::path::PathBuf,
        /// Cause.
        source: std::io::Error,
    },
    /// Nothing was changed, for this reason.
    #[error("{0}")]
    Refused(String),
    /// What was written is not what was read. The copy was thrown away.
    #[error("the copy is not the original, and was thrown away: {0}")]
    Differs(String),
}

/// A log in a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedLog {
    /// The log's id.
    pub log: LogId,
    /// Number of leaves.
    pub size: u64,
    /// Tree hash, hex.
    pub root: String,
    /// The log's epoch.
    pub epoch: u64,
}

/// A table in a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedTable {
    /// Name of the table.
    pub table: String,
    /// Number of rows.
    pub rows: u64,
    /// Digest of all rows, hex; see [`Tally`].
    pub digest: String,
}

/// What a copy says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this form.
    pub v: u8,
    /// The program that made it.
    pub samtycke: String,
    /// The engine that it was read from.
    pub engine: String,
    /// The database's identity, which the log anchor knows.
    pub identity: String,
    /// When it was begun, Unix milliseconds.
    pub at: UnixMs,
    /// The logs.
    pub logs: Vec<CopiedLog>,
    /// The tables.
    pub tables: Vec<CopiedTable>,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

fn copied(tallies: &[Tally]) -> Vec<CopiedTable> {
    let table = |tally: &Tally| CopiedTable {
        table: tally.table.clone(),
        rows: tally.rows,
        digest: hex::encode(tally.digest),
    };
    tallies.iter().map(table).collect()
}

/// The tables of two databases, which must be the same.
async fn common_tables(from: &Store, into: &Store) -> Result<Vec<Table>, CopyError> {
    let (from, into) = (from.catalog().await?, into.catalog().await?);
    if from == into {
        return Ok(from);
    }
    let other = from.iter().find(|table| !into.contains(table));
    let other = other.or_else(|| into.iter().find(|table| !from.contains(table)));
    let name = other.map_or("", |table| &table.name);
    Err(CopyError::Refused(format!(
        "the two databases are of different versions: their tables {name} differ. Start samtycke once on the older one, \
         which brings it up to date"
    )))
}

/// Fails if a database holds anything.
async fn ensure_empty(tx: &mut Tx, tables: &[Table], what: &str) -> Result<(), CopyError> {
    match tx.first_filled(tables).await? {
        None => Ok(()),
        Some(table) => Err(CopyError::Refused(format!(
            "{what} is not empty: its table {table} has rows. Nothing was changed. Use a new data folder or a new database"
        ))),
    }
}

/// Compares two lists of tallies.
fn compare(read: &[Tally], written: &[Tally]) -> Result<(), CopyError> {
    let mut pairs = read.iter().zip(written);
    match pairs.find(|(read, written)| read != written) {
        None if read.len() == written.len() => Ok(()),
        None => Err(CopyError::Differs("a table is missing".into())),
        Some((read, written)) => Err(CopyError::Differs(format!(
            "the table {} has {} rows and was read with {}",
            read.table, written.rows, read.rows
        ))),
    }
}

/// The logs of a copy, each with the root of its own leaves.
async fn logs_of(store: &Store) -> Result<Vec<CopiedLog>, CopyError> {
    let mut logs = Vec::new();
    for tenant in store.tenants().await? {
        let head = store.head(&tenant.log).await?;
        let head = head.ok_or_else(|| StoreError::Contradiction("a log has no head".into()))?;
        if root_of_leaves(store, &tenant.log, head.size).await? != head.root {
            return Err(CopyError::Differs(format!(
                "the log {} has leaves that do not give its root; samtycke fsck {} says which",
                tenant.log, tenant.tenant
            )));
        }
        logs.push(CopiedLog {
            log: tenant.log,
            size: head.size,
            root: hex::encode(head.root),
            epoch: head.epoch,
        });
    }
    Ok(logs)
}
