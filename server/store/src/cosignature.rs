//! Cosignatures of witnesses: those that came after their checkpoint was stored, and which checkpoints had a quorum.

use samtycke_core::id::LogId;

use super::{Store, StoreError, Stored, read, run, to_i64, to_u64};
use crate::clock::UnixMs;

/// A cosignature of a stored checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateCosignature {
    /// The witness's verifier key.
    pub witness: String,
    /// The signature line, without its newline.
    pub line: String,
}

impl Store {
    /// The note of a stored checkpoint, with the cosignatures that came after it was stored.
    pub(super) async fn with_late(&self, log: &LogId, size: u64, note: String) -> Stored<String> {
        let lines: Vec<(String,)> = read!(self, pool => sqlx::query_as(
            "select line from cosignature where log = $1 and size = $2 order by witness"
        ).bind(log.as_str()).bind(to_i64(size)).fetch_all(pool))?;
        let late = lines.into_iter().map(|(line,)| line + "\n");
        Ok(late.fold(note, |note, line| note + &line))
    }

    /// The note of the checkpoint of exactly this size, with every cosignature.
    pub async fn checkpoint_of(&self, log: &LogId, size: u64) -> Stored<Option<String>> {
        let newest = self.checkpoint_at_most(log, size).await?;
        Ok(newest.filter(|(at, _)| *at == size).map(|(_, note)| note))
    }

    /// Up to `limit` late cosignatures after this one (a size and a witness), as they are, each with its checkpoint's note, if
    /// that is there.
    pub async fn raw_cosignatures(
        &self,
        log: &LogId,
        (size, witness): (u64, &str),
        limit: u32,
    ) -> Stored<Vec<(u64, LateCosignature, Option<String>)>> {
        let rows: Vec<(i64, String, String, Option<String>)> = read!(self, pool => sqlx::query_as(
            "select s.size, s.witness, s.line, \
             (select c.note from checkpoint c where c.log = $1 and c.size = s.size) from cosignature s \
             where s.log = $1 and (s.size > $2 or (s.size = $2 and s.witness > $3)) order by s.size, s.witness limit $4"
        ).bind(log.as_str()).bind(to_i64(size)).bind(witness).bind(i64::from(limit)).fetch_all(pool))?;
        let row = |(size, witness, line, note)| {
            Ok((
                to_u64("a size", size)?,
                LateCosignature { witness, line },
                note,
            ))
        };
        rows.into_iter().map(row).collect()
    }

    /// Adds a cosignature to a stored checkpoint, unless that witness's is there.
    pub async fn insert_cosignature(
        &self,
        log: &LogId,
        size: u64,
        late: &LateCosignature,
        at: UnixMs,
    ) -> Stored<()> {
        let mut tx = self.begin().await?;
        run!(
            &mut tx,
            sqlx::query(
                "insert into cosignature (log, size, witness, line, at) select $1, $2, $3, $4, $5 \
             where not exists (select 1 from cosignature where log = $1 and size = $2 and witness = $3)"
            )
            .bind(log.as_str())
            .bind(to_i64(size))
            .bind(&late.witness)
            .bind(&late.line)
            .bind(at)
        )
        .or_else(ignore_twin)?;
        tx.commit().await
    }

    /// Notes that the checkpoint of this size has a quorum of witnesses.
    pub async fn insert_witnessed(&self, log: &LogId, size: u64) -> Stored<()> {
        let mut tx = self.begin().await?;
        run!(
            &mut tx,
            sqlx::query(
                "insert into witnessed (log, size) select $1, $2 \
             where not exists (select 1 from witnessed where log = $1 and size = $2)"
            )
            .bind(log.as_str())
            .bind(to_i64(size))
        )
        .or_else(ignore_twin)?;
        tx.commit().await
    }

    /// The size of the newest checkpoint with a quorum of witnesses that has more than this number of leaves.
    pub async fn witnessed_beyond(&self, log: &LogId, leaves: u64) -> Stored<Option<u64>> {
        let row: Option<(i64,)> = read!(self, pool => sqlx::query_as(
            "select size from witnessed where log = $1 and size > $2 order by size desc limit 1"
        ).bind(log.as_str()).bind(to_i64(leaves)).fetch_optional(pool))?;
        row.map(|(size,)| to_u64("a size", size)).transpose()
    }
}

/// Another server stored the same row first.
fn ignore_twin<T: Default>(error: StoreError) -> Stored<T> {
    match error {
        StoreError::Duplicate => Ok(T::default()),
        other => Err(other),
    }
}
