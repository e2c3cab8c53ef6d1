//! One transaction: plan and write a batch, log by log, then apply it to memory.

use std::collections::BTreeMap;

use samtycke_core::id::LogId;
use samtycke_store::log::HeadRow;
use samtycke_store::{StoreError, Stored, Tx};

use super::{Shared, Work};
use crate::{Application, EntryResult, LogView as _, Submitted, tiles};

/// Why a batch was not committed.
pub(super) enum Failure {
    /// Nothing was written.
    Nothing(StoreError),
    /// The commit did not return: the batch may or may not be durable.
    Unknown(StoreError),
}

/// A batch on one log that is written but not yet committed.
struct Written<A: Application> {
    old: HeadRow,
    new: HeadRow,
    effect: A::Effect,
}

/// Commits a batch, applies it to memory and returns its outcomes in order.
pub(super) async fn commit<A: Application>(
    shared: &Shared<A>,
    batch: &[Work<A>],
) -> Result<Vec<EntryResult<A>>, Failure> {
    let mut results: Vec<Option<EntryResult<A>>> = batch.iter().map(|_| None).collect();
    let mut written = Vec::new();
    let mut tx = shared.store.begin().await.map_err(Failure::Nothing)?;
    // In the order of log ids, so that two transactions over the same logs cannot deadlock.
    let mut by_log: BTreeMap<&LogId, Vec<usize>> = BTreeMap::new();
    for (i, work) in batch.iter().enumerate() {
        by_log.entry(work.view.log()).or_default().push(i);
    }
    for (log, places) in by_log {
        let entries: Vec<_> = places
            .iter()
            .map(|i| Submitted {
                view: &batch[*i].view,
                entry: &batch[*i].entry,
            })
            .collect();
        let (log_results, log_written) = write(shared, &mut tx, log, &entries)
            .await
            .map_err(Failure::Nothing)?;
        for (i, result) in places.into_iter().zip(log_results) {
            results[i] = Some(result);
        }
        written.extend(log_written);
    }
    tx.commit().await.map_err(|error| match error {
        // The database reported a rollback.
        StoreError::Conflict | StoreError::RolledBack => Failure::Nothing(error),
        error => Failure::Unknown(error),
    })?;
    for Written { old, new, effect } in written {
        shared.application.settle(&old, &new, effect).await;
        // The publisher may have stopped already; the next start then publishes the log.
        let _ = shared.dirty.send(new.log);
    }
    Ok(results
        .into_iter()
        .map(|result| result.expect("every entry belongs to a log"))
        .collect())
}

/// Plans and writes the entries of one log. If the plan has no leaf, nothing is written.
async fn write<A: Application>(
    shared: &Shared<A>,
    tx: &mut Tx,
    log: &LogId,
    entries: &[Submitted<'_, A>],
) -> Stored<(Vec<EntryResult<A>>, Option<Written<A>>)> {
    let old = tx
        .lock_head(log)
        .await?
        .ok_or_else(|| StoreError::Contradiction("a log has no head".into()))?;
    let plan = shared.application.plan(tx, &old, entries).await?;
    if plan.rows.leaves.is_empty() {
        return Ok((plan.results, None));
    }
    tiles::append(tx, &old, &plan.head, &plan.rows).await?;
    let written = Written {
        old,
        new: plan.head,
        effect: plan.effect,
    };
    Ok((plan.results, Some(written)))
}
