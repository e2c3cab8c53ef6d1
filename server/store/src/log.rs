//! Reads of the log's tables: heads, leaves, tiles, checkpoints, publications, events.

use samtycke_core::id::{EventId, LogId, SubjectId};
use samtycke_core::position::Position;

use super::{Store, StoreError, Stored, Tx, parse_column, read, run, to_array, to_i64, to_u64};
use crate::clock::UnixMs;

/// A log's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadRow {
    /// Id of the log.
    pub log: LogId,
    /// `<host>/logs/<log id>`, fixed when the log is opened.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Tree hash at `size`.
    pub root: [u8; 32],
    /// The compact range at `size`, as `samtycke_tlog::merkle::Frontier` writes it.
    pub frontier: Vec<u8>,
    /// Grows with every restore or failover that may have lost entries.
    pub epoch: u64,
    /// Hash of the newest leaf.
    pub last_leaf: [u8; 32],
    /// The newest `received_at`; the next one is never smaller.
    pub last_received_at: UnixMs,
    /// Grows with every change of keys, sites, register or notices.
    pub config_version: u64,
}

impl HeadRow {
    /// The position of the newest leaf.
    pub fn position(&self) -> Position {
        Position::of(self.epoch, self.size.saturating_sub(1), &self.last_leaf)
    }
}

/// Where a leaf stands. A tenant has several logs where one succeeded another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafPlace {
    /// The log.
    pub log: LogId,
    /// Index in the log.
    pub index: u64,
}

/// A leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafRow {
    /// Index of the leaf.
    pub idx: u64,
    /// SHA-256(0x00 | leaf).
    pub leaf_hash: [u8; 32],
    /// The leaf's 82 bytes.
    pub leaf: Vec<u8>,
}

/// A full tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileRow {
    /// Level of the tile.
    pub level: u8,
    /// Index within the level.
    pub idx: u64,
    /// 256 hashes.
    pub data: Vec<u8>,
    /// The tile's own hash: an entry of the level above.
    pub root: [u8; 32],
}

/// A stored event; its body is encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Index in the log.
    pub idx: u64,
    /// The event's id.
    pub event_id: EventId,
    /// Subject of the event.
    pub subject: SubjectId,
    /// Number within the subject's stream, from 1.
    pub seq: u64,
    /// MAC of the submitted body. Together with the id it is the idempotency identity.
    pub body_mac: [u8; 32],
    /// The exact bytes of both openings, encrypted under the subject's key.
    pub body: Vec<u8>,
}

/// A public leaf's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRow {
    /// Index in the log.
    pub idx: u64,
    /// Kind: the body's `type`.
    pub kind: String,
    /// The exact bytes that the leaf commits to.
    pub body: String,
}

pub(super) type HeadTuple = (
    String,
    String,
    i64,
    Vec<u8>,
    Vec<u8>,
    i64,
    Vec<u8>,
    i64,
    i64,
);

pub(super) fn head_row(row: HeadTuple) -> Stored<HeadRow> {
    let (log, origin, size, root, frontier, epoch, last_leaf, last_received_at, config_version) =
        row;
    Ok(HeadRow {
        log: parse_column("a log", &log)?,
        origin,
        size: to_u64("a size", size)?,
        root: to_array("a root", &root)?,
        frontier,
        epoch: to_u64("an epoch", epoch)?,
        last_leaf: to_array("a leaf hash", &last_leaf)?,
        last_received_at,
        config_version: to_u64("a configuration version", config_version)?,
    })
}

impl Store {
    /// The head of one log.
    pub async fn head(&self, log: &LogId) -> Stored<Option<HeadRow>> {
        let row: Option<HeadTuple> = read!(self, pool => sqlx::query_as(
            "select log, origin, size, root, frontier, epoch, last_leaf, last_received_at, config_version from log_head where log = $1"
        ).bind(log.as_str()).fetch_optional(pool))?;
        row.map(head_row).transpose()
    }

    /// Leaf hashes `from..to`.
    pub async fn leaf_hashes(&self, log: &LogId, from: u64, to: u64) -> Stored<Vec<[u8; 32]>> {
        let rows: Vec<(Vec<u8>,)> = read!(self, pool => sqlx::query_as(
            "select leaf_hash from leaf where log = $1 and idx >= $2 and idx < $3 order by idx"
        ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(pool))?;
        rows.iter().map(|(h,)| to_array("a leaf hash", h)).collect()
    }

    /// Roots of the full tiles `from..to` of a level.
    pub async fn tile_roots(
        &self,
        log: &LogId,
        level: u8,
        from: u64,
        to: u64,
    ) -> Stored<Vec<[u8; 32]>> {
        let rows: Vec<(Vec<u8>,)> = read!(self, pool => sqlx::query_as(
            "select root from tile where log = $1 and level = $2 and idx >= $3 and idx < $4 order by idx"
        ).bind(log.as_str()).bind(i64::from(level)).bind(to_i64(from)).bind(to_i64(to)).fetch_all(pool))?;
        rows.iter()
            .map(|(h,)| to_array("a tile's root", h))
            .collect()
    }

    /// The hashes of one full tile, if it is stored.
    pub async fn tile(&self, log: &LogId, level: u8, idx: u64) -> Stored<Option<Vec<u8>>> {
        let row: Option<(Vec<u8>,)> = read!(self, pool => sqlx::query_as(
            "select data from tile where log = $1 and level = $2 and idx = $3"
        ).bind(log.as_str()).bind(i64::from(level)).bind(to_i64(idx)).fetch_optional(pool))?;
        Ok(row.map(|(data,)| data))
    }

    /// Leaves `from..to`.
    pub async fn leaves(&self, log: &LogId, from: u64, to: u64) -> Stored<Vec<LeafRow>> {
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = read!(self, pool => sqlx::query_as(
            "select idx, leaf_hash, leaf from leaf where log = $1 and idx >= $2 and idx < $3 order by idx"
        ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(pool))?;
        rows.into_iter()
            .map(|(idx, hash, leaf)| {
                Ok(LeafRow {
                    idx: to_u64("an index", idx)?,
                    leaf_hash: to_array("a leaf hash", &hash)?,
                    leaf,
                })
            })
            .collect()
    }

    /// The hash of one leaf; `None` beyond the log's end.
    pub async fn leaf_hash(&self, log: &LogId, idx: u64) -> Stored<Option<[u8; 32]>> {
        Ok(self.leaf_hashes(log, idx, idx + 1).await?.pop())
    }

    /// The log index of an event, and the MAC of its submitted body.
    pub async fn event_identity(
        &self,
        log: &LogId,
        event_id: &EventId,
    ) -> Stored<Option<(u64, [u8; 32])>> {
        let row: Option<(i64, Vec<u8>)> = read!(self, pool => sqlx::query_as(
            "select idx, body_mac from event where log = $1 and event_id = $2"
        ).bind(log.as_str()).bind(event_id.as_str()).fetch_optional(pool))?;
        row.map(|(idx, mac)| Ok((to_u64("an index", idx)?, to_array("a MAC", &mac)?)))
            .transpose()
    }

    /// The events `from..to` of a log; indexes of public leaves and of erased events are missing.
    pub async fn events(&self, log: &LogId, from: u64, to: u64) -> Stored<Vec<EventRow>> {
        let rows: Vec<EventTuple> = read!(self, pool => sqlx::query_as(
            "select idx, event_id, subject, seq, body_mac, body from event \
             where log = $1 and idx >= $2 and idx < $3 and length(body) > 0 order by idx"
        ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(pool))?;
        rows.into_iter().map(event_row).collect()
    }

    /// Up to `limit` of a subject's events from `seq` on, oldest first.
    pub async fn subject_events(
        &self,
        log: &LogId,
        subject: &SubjectId,
        from_seq: u64,
        limit: u32,
    ) -> Stored<Vec<EventRow>> {
        let rows: Vec<EventTuple> = read!(self, pool => sqlx::query_as(
            "select idx, event_id, subject, seq, body_mac, body from event \
             where log = $1 and subject = $2 and seq >= $3 and length(body) > 0 order by seq limit $4"
        ).bind(log.as_str()).bind(subject.as_str()).bind(to_i64(from_seq)).bind(i64::from(limit)).fetch_all(pool))?;
        rows.into_iter().map(event_row).collect()
    }

    /// The public leaves `from..to` of a log, oldest first.
    pub async fn publications(
        &self,
        log: &LogId,
        from: u64,
        to: u64,
    ) -> Stored<Vec<PublicationRow>> {
        let rows: Vec<(i64, String, String)> = read!(self, pool => sqlx::query_as(
            "select idx, kind, body from publication where log = $1 and idx >= $2 and idx < $3 order by idx"
        ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(pool))?;
        rows.into_iter()
            .map(|(idx, kind, body)| {
                Ok(PublicationRow {
                    idx: to_u64("an index", idx)?,
                    kind,
                    body,
                })
            })
            .collect()
    }

    /// The largest signed checkpoint of at most `size` leaves: its size, and its note with every cosignature.
    pub async fn checkpoint_at_most(
        &self,
        log: &LogId,
        size: u64,
    ) -> Stored<Option<(u64, String)>> {
        let row: Option<(i64, String)> = read!(self, pool => sqlx::query_as(
            "select size, note from checkpoint where log = $1 and size <= $2 order by size desc limit 1"
        ).bind(log.as_str()).bind(to_i64(size)).fetch_optional(pool))?;
        let Some((size, note)) = row else {
            return Ok(None);
        };
        let size = to_u64("a size", size)?;
        Ok(Some((size, self.with_late(log, size, note).await?)))
    }

    /// The size of the last checkpoint that was signed before a time; 0 if there was none. It reads one row, however many
    /// checkpoints there are.
    pub async fn size_before(&self, log: &LogId, end: UnixMs) -> Stored<u64> {
        let row: Option<(i64,)> = read!(self, pool => sqlx::query_as(
            "select size from checkpoint where log = $1 and at < $2 order by at desc, size desc limit 1"
        ).bind(log.as_str()).bind(end).fetch_optional(pool))?;
        row.map_or(Ok(0), |(size,)| to_u64("a size", size))
    }

    /// The latest `limit` public leaves before this index that are no change of a key or site, newest first.
    pub async fn latest_publications(
        &self,
        log: &LogId,
        before: u64,
        limit: u32,
    ) -> Stored<Vec<PublicationRow>> {
        let rows: Vec<(i64, String, String)> = read!(self, pool => sqlx::query_as(
            "select idx, kind, body from publication where log = $1 and idx < $2 and kind in \
             ('notice.published', 'register.published', 'notice.invalidated') order by idx desc limit $3"
        ).bind(log.as_str()).bind(to_i64(before)).bind(i64::from(limit)).fetch_all(pool))?;
        let row = |(idx, kind, body)| {
            let idx = to_u64("an index", idx)?;
            Ok(PublicationRow { idx, kind, body })
        };
        rows.into_iter().map(row).collect()
    }

    /// The published size, and the time since which it is public.
    pub async fn published(&self, log: &LogId) -> Stored<Option<(u64, UnixMs)>> {
        let row: Option<(i64, i64)> = read!(self, pool => sqlx::query_as(
            "select size, at from published where log = $1"
        ).bind(log.as_str()).fetch_optional(pool))?;
        row.map(|(size, at)| Ok((to_u64("a size", size)?, at)))
            .transpose()
    }

    /// Stores a signed checkpoint unless that size has one. The log's signature is deterministic, so both have the same.
    pub async fn insert_checkpoint(
        &self,
        log: &LogId,
        size: u64,
        note: &str,
        at: UnixMs,
    ) -> Stored<()> {
        let mut tx = self.begin().await?;
        run!(
            &mut tx,
            sqlx::query(
                "insert into checkpoint (log, size, note, at) select $1, $2, $3, $4 \
             where not exists (select 1 from checkpoint where log = $1 and size = $2)"
            )
            .bind(log.as_str())
            .bind(to_i64(size))
            .bind(note)
            .bind(at)
        )
        .or_else(|error| match error {
            // Another server stored it first.
            StoreError::Duplicate => Ok(()),
            other => Err(other),
        })?;
        tx.commit().await
    }

    /// Moves the public view forward.
    pub async fn publish(&self, log: &LogId, size: u64, at: UnixMs) -> Stored<()> {
        let mut tx = self.begin().await?;
        run!(
            &mut tx,
            sqlx::query(
                "insert into published (log, size, at) values ($1, $2, $3) \
             on conflict (log) do update set size = $2, at = $3 where published.size < $2"
            )
            .bind(log.as_str())
            .bind(to_i64(size))
            .bind(at)
        )?;
        tx.commit().await
    }
}

type EventTuple = (i64, String, String, i64, Vec<u8>, Vec<u8>);

fn event_row((idx, event_id, subject, seq, body_mac, body): EventTuple) -> Stored<EventRow> {
    Ok(EventRow {
        idx: to_u64("an index", idx)?,
        event_id: parse_column("an event id", &event_id)?,
        subject: parse_column("a subject", &subject)?,
        seq: to_u64("a sequence", seq)?,
        body_mac: to_array("a MAC", &body_mac)?,
        body,
    })
}

impl Tx {
    /// Opens a log. Error: [`StoreError::Duplicate`] if it exists.
    pub async fn insert_head(&mut self, row: &HeadRow) -> Stored<()> {
        run!(self, sqlx::query(
            "insert into log_head (log, origin, size, root, frontier, epoch, last_leaf, last_received_at, config_version) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ).bind(row.log.as_str()).bind(&row.origin).bind(to_i64(row.size)).bind(&row.root[..]).bind(&row.frontier)
        .bind(to_i64(row.epoch)).bind(&row.last_leaf[..]).bind(row.last_received_at).bind(to_i64(row.config_version)))
    }
}
