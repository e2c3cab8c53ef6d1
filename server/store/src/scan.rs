//! Rows as they stand, for the program that looks for damage: nothing is parsed or checked on the way, because a row that
//! contradicts itself is what it looks for. Each read is one page by key, so that it blocks no writer for longer.

use samtycke_core::id::LogId;

use super::subject::{WrappedKey, wrapped_key};
use super::{Store, Stored, Tx, on, read, run, to_i64, to_u64};
use crate::clock::UnixMs;

/// A leaf as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLeaf {
    /// Index of the leaf.
    pub idx: u64,
    /// What should be its hash.
    pub leaf_hash: Vec<u8>,
    /// What should be 82 bytes.
    pub leaf: Vec<u8>,
}

/// A full tile as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawTile {
    /// What should be 256 hashes.
    pub data: Vec<u8>,
    /// What should be their root.
    pub root: Vec<u8>,
}

/// An event as it stands, with the hash of its leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawEvent {
    /// Index in the log.
    pub idx: u64,
    /// The event's id.
    pub event_id: String,
    /// Subject of the event.
    pub subject: String,
    /// Number within the subject's stream.
    pub seq: u64,
    /// Both openings, encrypted; empty after an erasure.
    pub body: Vec<u8>,
    /// The hash of the leaf at its index; `None` if there is no such leaf.
    pub leaf_hash: Option<Vec<u8>>,
}

/// A subject as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSubject {
    /// The subject's id.
    pub subject: String,
    /// Number of its last event.
    pub seq: u64,
    /// What should be the hash of its last leaf.
    pub last_leaf: Vec<u8>,
    /// What should be a state's JSON.
    pub state: String,
    /// Wrapped key; `None` after an erasure destroyed it.
    pub key: Option<WrappedKey>,
}

/// A signed head as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawCheckpoint {
    /// Number of leaves.
    pub size: u64,
    /// What should be a signed note.
    pub note: String,
}

/// A count of decisions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RawCount {
    /// The purpose.
    pub purpose: String,
    /// The decision.
    pub decision: String,
    /// How often it was recorded in the hour.
    pub count: i64,
}

type EventColumns = (i64, String, String, i64, Vec<u8>, Option<Vec<u8>>);
type SubjectColumns = (String, i64, Vec<u8>, String, Option<i64>, Option<Vec<u8>>);

fn raw_event((idx, event_id, subject, seq, body, leaf_hash): EventColumns) -> Stored<RawEvent> {
    Ok(RawEvent {
        idx: to_u64("an index", idx)?,
        event_id,
        subject,
        seq: to_u64("a sequence", seq)?,
        body,
        leaf_hash,
    })
}

fn raw_subject(
    (subject, seq, last_leaf, state, epoch, wrapped): SubjectColumns,
) -> Stored<RawSubject> {
    Ok(RawSubject {
        subject,
        seq: to_u64("a sequence", seq)?,
        last_leaf,
        state,
        key: wrapped_key(epoch, wrapped)?,
    })
}

impl Store {
    /// Leaves `from..to`.
    pub async fn raw_leaves(&self, log: &LogId, from: u64, to: u64) -> Stored<Vec<RawLeaf>> {
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = read!(self, pool => sqlx::query_as(
            "select idx, leaf_hash, leaf from leaf where log = $1 and idx >= $2 and idx < $3 order by idx"
        ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(pool))?;
        let leaf = |(idx, leaf_hash, leaf)| {
            Ok(RawLeaf {
                idx: to_u64("an index", idx)?,
                leaf_hash,
                leaf,
            })
        };
        rows.into_iter().map(leaf).collect()
    }

    /// One full tile, if it is stored.
    pub async fn raw_tile(&self, log: &LogId, level: u8, idx: u64) -> Stored<Option<RawTile>> {
        let row: Option<(Vec<u8>, Vec<u8>)> = read!(self, pool => sqlx::query_as(
            "select data, root from tile where log = $1 and level = $2 and idx = $3"
        ).bind(log.as_str()).bind(i64::from(level)).bind(to_i64(idx)).fetch_optional(pool))?;
        Ok(row.map(|(data, root)| RawTile { data, root }))
    }

    /// The first stored tile of a level from an index on.
    pub async fn tile_from(&self, log: &LogId, level: u8, idx: u64) -> Stored<Option<u64>> {
        let row: Option<(i64,)> = read!(self, pool => sqlx::query_as(
            "select idx from tile where log = $1 and level = $2 and idx >= $3 order by idx limit 1"
        ).bind(log.as_str()).bind(i64::from(level)).bind(to_i64(idx)).fetch_optional(pool))?;
        row.map(|(idx,)| to_u64("an index", idx)).transpose()
    }

    /// Up to `limit` signed heads after this size, smallest first.
    pub async fn raw_checkpoints(
        &self,
        log: &LogId,
        after: u64,
        limit: u32,
    ) -> Stored<Vec<RawCheckpoint>> {
        let rows: Vec<(i64, String)> = read!(self, pool => sqlx::query_as(
            "select size, note from checkpoint where log = $1 and size > $2 order by size limit $3"
        ).bind(log.as_str()).bind(to_i64(after)).bind(i64::from(limit)).fetch_all(pool))?;
        let checkpoint = |(size, note)| {
            Ok(RawCheckpoint {
                size: to_u64("a size", size)?,
                note,
            })
        };
        rows.into_iter().map(checkpoint).collect()
    }

    /// The events `from..to` of a log, those with an emptied body included.
    pub async fn raw_events(&self, log: &LogId, from: u64, to: u64) -> Stored<Vec<RawEvent>> {
        let rows: Vec<EventColumns> = read!(self, pool => sqlx::query_as(
            "select e.idx, e.event_id, e.subject, e.seq, e.body, \
             (select l.leaf_hash from leaf l where l.log = $1 and l.idx = e.idx) from event e \
             where e.log = $1 and e.idx >= $2 and e.idx < $3 order by e.idx"
        ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(pool))?;
        rows.into_iter().map(raw_event).collect()
    }

    /// Up to `limit` of a subject's events after `seq`, oldest first.
    pub async fn raw_stream(
        &self,
        log: &LogId,
        subject: &str,
        after_seq: u64,
        limit: u32,
    ) -> Stored<Vec<RawEvent>> {
        let rows: Vec<EventColumns> = read!(self, pool => sqlx::query_as(
            "select e.idx, e.event_id, e.subject, e.seq, e.body, \
             (select l.leaf_hash from leaf l where l.log = $1 and l.idx = e.idx) from event e \
             where e.log = $1 and e.subject = $2 and e.seq > $3 order by e.seq limit $4"
        ).bind(log.as_str()).bind(subject).bind(to_i64(after_seq)).bind(i64::from(limit)).fetch_all(pool))?;
        rows.into_iter().map(raw_event).collect()
    }

    /// Up to `limit` subjects of a log after this one, in order.
    pub async fn raw_subjects(
        &self,
        log: &LogId,
        after: &str,
        limit: u32,
    ) -> Stored<Vec<RawSubject>> {
        let rows: Vec<SubjectColumns> = read!(self, pool => sqlx::query_as(
            "select subject, seq, last_leaf, state, key_epoch, wrapped_key from subject \
             where log = $1 and subject > $2 order by subject limit $3"
        ).bind(log.as_str()).bind(after).bind(i64::from(limit)).fetch_all(pool))?;
        rows.into_iter().map(raw_subject).collect()
    }

    /// One subject.
    pub async fn raw_subject(&self, log: &LogId, subject: &str) -> Stored<Option<RawSubject>> {
        let row: Option<SubjectColumns> = read!(self, pool => sqlx::query_as(
            "select subject, seq, last_leaf, state, key_epoch, wrapped_key from subject \
             where log = $1 and subject = $2"
        ).bind(log.as_str()).bind(subject).fetch_optional(pool))?;
        row.map(raw_subject).transpose()
    }

    /// Which of these guardians the table beside the states has for a subject, and into whom it says the subject was merged.
    pub async fn kept_about(
        &self,
        log: &LogId,
        subject: &str,
        guardians: &[String],
    ) -> Stored<(Vec<String>, Vec<String>)> {
        let mut known = Vec::new();
        for guardian in guardians {
            if self.guards(log, guardian, subject).await? {
                known.push(guardian.clone());
            }
        }
        let survivors: Vec<(String,)> = read!(self, pool => sqlx::query_as(
            "select survivor from merged_subject where log = $1 and subject = $2 order by survivor"
        ).bind(log.as_str()).bind(subject).fetch_all(pool))?;
        let survivors = survivors.into_iter().map(|(survivor,)| survivor);
        Ok((known, survivors.collect()))
    }

    /// Whether the table beside the states has this guardian of a subject.
    pub async fn guards(&self, log: &LogId, guardian: &str, subject: &str) -> Stored<bool> {
        let row: Option<(String,)> = read!(self, pool => sqlx::query_as(
            "select guardian from guardian_of where log = $1 and guardian = $2 and subject = $3"
        ).bind(log.as_str()).bind(guardian).bind(subject).fetch_optional(pool))?;
        Ok(row.is_some())
    }

    /// Up to `limit` pairs of guardian and subject after this one, in order.
    pub async fn guardians_after(
        &self,
        log: &LogId,
        (guardian, subject): (&str, &str),
        limit: u32,
    ) -> Stored<Vec<(String, String)>> {
        read!(self, pool => sqlx::query_as(
            "select guardian, subject from guardian_of \
             where log = $1 and (guardian, subject) > ($2, $3) order by guardian, subject limit $4"
        ).bind(log.as_str()).bind(guardian).bind(subject).bind(i64::from(limit)).fetch_all(pool))
    }

    /// The decisions of one hour, by purpose and decision.
    pub async fn raw_counts(&self, log: &LogId, hour: i64) -> Stored<Vec<RawCount>> {
        let rows: Vec<(String, String, i64)> = read!(self, pool => sqlx::query_as(
            "select purpose, decision, count from decision_count where log = $1 and hour = $2"
        ).bind(log.as_str()).bind(hour).fetch_all(pool))?;
        let count = |(purpose, decision, count)| RawCount {
            purpose,
            decision,
            count,
        };
        let mut counts: Vec<RawCount> = rows.into_iter().map(count).collect();
        counts.sort();
        Ok(counts)
    }

    /// The first hour from this one on in which decisions were counted.
    pub async fn counted_from(&self, log: &LogId, hour: i64) -> Stored<Option<i64>> {
        let row: Option<(i64,)> = read!(self, pool => sqlx::query_as(
            "select hour from decision_count where log = $1 and hour >= $2 order by hour limit 1"
        ).bind(log.as_str()).bind(hour).fetch_optional(pool))?;
        Ok(row.map(|(hour,)| hour))
    }

    /// Rows that point at nothing: people and places of assets that are not there, and take-downs of leaves beyond the
    /// log's end. Each is a table and the asset or task.
    pub async fn media_orphans(
        &self,
        log: &LogId,
        size: u64,
        limit: u32,
    ) -> Stored<Vec<(String, String)>> {
        read!(self, pool => sqlx::query_as(
            "select 'asset_person', p.asset from asset_person p where p.log = $1 and not exists \
             (select 1 from asset a where a.log = $1 and a.asset = p.asset) \
             union select 'asset_use', u.asset from asset_use u where u.log = $1 and not exists \
             (select 1 from asset a where a.log = $1 and a.asset = u.asset) \
             union select 'takedown', t.id from takedown t where t.log = $1 and t.idx >= $2 limit $3"
        ).bind(log.as_str()).bind(to_i64(size)).bind(i64::from(limit)).fetch_all(pool))
    }

    /// Up to `limit` subjects that a pseudonym leads to, after this one, in order.
    pub async fn pseudonyms_after(
        &self,
        log: &LogId,
        after: &[u8],
        limit: u32,
    ) -> Stored<Vec<(Vec<u8>, String)>> {
        read!(self, pool => sqlx::query_as(
            "select ref, subject from pseudonym where log = $1 and ref > $2 order by ref limit $3"
        ).bind(log.as_str()).bind(after).bind(i64::from(limit)).fetch_all(pool))
    }
}

/// The triggers that keep a tile from being changed or removed.
const TILE_GUARDS: [&str; 2] = ["tile_never_updated", "tile_never_deleted"];

impl Tx {
    /// Writes a subject's state anew; its key stays as it is.
    pub async fn put_state(
        &mut self,
        log: &LogId,
        subject: &str,
        seq: u64,
        last_leaf: &[u8; 32],
        state: &str,
    ) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "update subject set seq = $3, last_leaf = $4, state = $5 where log = $1 and subject = $2"
            )
            .bind(log.as_str())
            .bind(subject)
            .bind(to_i64(seq))
            .bind(&last_leaf[..])
            .bind(state)
        )
    }

    /// Writes what stands beside one subject's state anew: its guardians, and its survivor.
    pub async fn put_kept_about(
        &mut self,
        log: &LogId,
        subject: &str,
        guardians: &[String],
        survivor: Option<&str>,
    ) -> Stored<()> {
        for text in [
            "delete from guardian_of where log = $1 and subject = $2",
            "delete from merged_subject where log = $1 and subject = $2",
        ] {
            run!(
                &mut *self,
                sqlx::query(text).bind(log.as_str()).bind(subject)
            )?;
        }
        for guardian in guardians {
            run!(
                &mut *self,
                sqlx::query("insert into guardian_of (log, guardian, subject) values ($1, $2, $3)")
                    .bind(log.as_str())
                    .bind(guardian)
                    .bind(subject)
            )?;
        }
        if let Some(survivor) = survivor {
            run!(
                self,
                sqlx::query(
                    "insert into merged_subject (log, survivor, subject) values ($1, $2, $3)"
                )
                .bind(log.as_str())
                .bind(survivor)
                .bind(subject)
            )?;
        }
        Ok(())
    }

    /// Writes the counts of one hour anew.
    pub async fn put_counts(&mut self, log: &LogId, hour: i64, counts: &[RawCount]) -> Stored<()> {
        run!(
            &mut *self,
            sqlx::query("delete from decision_count where log = $1 and hour = $2")
                .bind(log.as_str())
                .bind(hour)
        )?;
        for count in counts {
            run!(
                &mut *self,
                sqlx::query(
                    "insert into decision_count (log, hour, purpose, decision, count) values ($1, $2, $3, $4, $5)"
                )
                .bind(log.as_str())
                .bind(hour)
                .bind(&count.purpose)
                .bind(&count.decision)
                .bind(count.count)
            )?;
        }
        Ok(())
    }

    /// Sets how far the public may see, also backwards: only for a pointer that names no signed head.
    pub async fn put_published(&mut self, log: &LogId, size: u64, at: UnixMs) -> Stored<()> {
        run!(
            self,
            sqlx::query("update published set size = $2, at = $3 where log = $1")
                .bind(log.as_str())
                .bind(to_i64(size))
                .bind(at)
        )
    }

    /// Puts a tile in the place of a damaged one, or of none; removes it where `tile` is `None`. A tile is computed from
    /// leaves, so nothing that was recorded changes. Its guards are taken off and put back in this transaction: no other
    /// connection ever sees the table without them.
    pub async fn put_tile(
        &mut self,
        log: &LogId,
        level: u8,
        idx: u64,
        tile: Option<&RawTile>,
    ) -> Stored<()> {
        let guards = self.lift_tile_guards().await?;
        run!(
            &mut *self,
            sqlx::query("delete from tile where log = $1 and level = $2 and idx = $3")
                .bind(log.as_str())
                .bind(i64::from(level))
                .bind(to_i64(idx))
        )?;
        if let Some(tile) = tile {
            run!(
                &mut *self,
                sqlx::query(
                    "insert into tile (log, level, idx, data, root) values ($1, $2, $3, $4, $5)"
                )
                .bind(log.as_str())
                .bind(i64::from(level))
                .bind(to_i64(idx))
                .bind(&tile.data)
                .bind(&tile.root)
            )?;
        }
        self.put_tile_guards_back(guards).await
    }

    /// On SQLite, returns the texts of the triggers that it drops.
    async fn lift_tile_guards(&mut self) -> Stored<Vec<String>> {
        if matches!(self, Self::Postgres(_)) {
            for text in [
                "alter table tile disable trigger tile_never_updated",
                "alter table tile disable trigger tile_never_deleted",
            ] {
                run!(&mut *self, sqlx::query(text))?;
            }
            return Ok(Vec::new());
        }
        let mut texts = Vec::new();
        for guard in TILE_GUARDS {
            let row: Option<(String,)> = on!(&mut *self, conn => sqlx::query_as(
                "select sql from sqlite_schema where type = 'trigger' and name = $1"
            ).bind(guard).fetch_optional(conn))?;
            texts.extend(row.map(|(text,)| text));
        }
        for text in [
            "drop trigger if exists tile_never_updated",
            "drop trigger if exists tile_never_deleted",
        ] {
            run!(&mut *self, sqlx::query(text))?;
        }
        Ok(texts)
    }

    async fn put_tile_guards_back(&mut self, texts: Vec<String>) -> Stored<()> {
        if matches!(self, Self::Postgres(_)) {
            for text in [
                "alter table tile enable trigger tile_never_updated",
                "alter table tile enable trigger tile_never_deleted",
            ] {
                run!(&mut *self, sqlx::query(text))?;
            }
            return Ok(());
        }
        for text in texts {
            // The database's own text, as the migration wrote it.
            run!(&mut *self, sqlx::query(sqlx::AssertSqlSafe(text)))?;
        }
        Ok(())
    }
}
