//! A move from one engine to the other, with every server stopped: the same copy, after which the source cannot serve.

use std::time::Duration;

use super::{CopyError, Progress, common_tables, compare, ensure_empty, logs_of};
use crate::store::{Store, StoreError};

/// Name of the fact that a database's data were moved away, and where to.
pub const MOVED: &str = "moved";
/// Name of the fact that a database is the end of a move whose source is not marked yet.
pub const UNFINISHED: &str = "move_unfinished";

/// How often to look for sessions before a move is refused: two seconds in all.
const LOOKS: u32 = 20;
/// Time between two looks.
const LOOK_PAUSE: Duration = Duration::from_millis(100);

/// What a move has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Rows of all tables.
    pub rows: u64,
    /// Number of logs.
    pub logs: usize,
}

/// Moves everything into an empty database. `to` names it, without a password. A move that is killed can be started again:
/// until the source is marked the source serves, and the other refuses to.
///
/// # Errors
/// A server runs on one of them, the other is not empty, or the copy is not the original.
pub async fn shift(
    from: &Store,
    into: &Store,
    to: &str,
    progress: Progress<'_>,
) -> Result<Shift, CopyError> {
    for (store, which) in [(from, "the source"), (into, "the target")] {
        if is_in_use(store).await? {
            return Err(CopyError::Refused(format!(
                "a samtycke is connected to {which}; stop every server first. Nothing was moved"
            )));
        }
    }
    let is_same = into.meta("identity").await?.is_some()
        && into.meta("identity").await? == from.meta("identity").await?;
    let is_left = from.meta(MOVED).await?.is_some();
    match (is_same && into.meta(UNFINISHED).await?.is_some(), is_left) {
        // Killed between the marks: the copy is whole.
        (true, true) => {}
        (false, true) => {
            return Err(CopyError::Refused(
                "the data of this database were moved already. Nothing was moved".into(),
            ));
        }
        (true, false) => {
            return Err(CopyError::Refused(
                "the target holds the copy of a move that was killed before it ended, and the source may have changed since: \
                 empty the target and start again".into(),
            ));
        }
        (false, false) => copy(from, into, progress).await?,
    }
    mark(from, MOVED, to).await?;
    let mut tx = into.begin().await?;
    tx.forget_meta(UNFINISHED).await?;
    tx.commit().await?;
    let tables = into.catalog().await?;
    let mut counted = into.snapshot().await?;
    let tallies = counted.tallies(&tables).await?;
    counted.rollback().await?;
    Ok(Shift {
        rows: tallies.iter().map(|tally| tally.rows).sum(),
        logs: into.tenants().await?.len(),
    })
}

/// Whether a samtycke stays connected. PostgreSQL takes a moment to let go of one that has just been stopped.
async fn is_in_use(store: &Store) -> Result<bool, StoreError> {
    for _ in 0..LOOKS {
        if store.other_sessions().await? == 0 {
            return Ok(false);
        }
        tokio::time::sleep(LOOK_PAUSE).await;
    }
    Ok(true)
}

async fn copy(from: &Store, into: &Store, progress: Progress<'_>) -> Result<(), CopyError> {
    let before = logs_of(from).await?;
    let tables = common_tables(from, into).await?;
    let mut read = from.snapshot().await?;
    let mut write = into.begin().await?;
    ensure_empty(&mut write, &tables, "the target").await?;
    let was = read.copy_into(&mut write, &tables, progress).await?;
    read.rollback().await?;
    progress("verification");
    let is = write.tallies(&tables).await?;
    if let Err(error) = compare(&was, &is) {
        write.rollback().await?;
        return Err(error);
    }
    write.init_meta(UNFINISHED, "1").await?;
    write.commit().await?;
    if logs_of(into).await? != before {
        return Err(CopyError::Differs("its logs have other heads".into()));
    }
    Ok(())
}

async fn mark(store: &Store, name: &str, value: &str) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    tx.init_meta(name, value).await?;
    tx.commit().await
}

/// Fails for a database that must not serve: its data were moved away, or a move into it did not end.
pub async fn refuse_if_left(store: &Store) -> Result<(), CopyError> {
    if let Some(to) = store.meta(MOVED).await? {
        return Err(CopyError::Refused(format!(
            "the data of this database were moved to {to}, where consents and withdrawals have been recorded since. Set \
             database_url to it; to come back, move back into a new data folder with samtycke move"
        )));
    }
    if store.meta(UNFINISHED).await?.is_some() {
        return Err(CopyError::Refused(
            "a move into this database did not end. Run samtycke move again where the data come from".into(),
        ));
    }
    Ok(())
}
