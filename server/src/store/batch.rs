//! The batch append: the only statements with a text per engine, because each engine has its own fast way to read
//! and write many rows at once.

use std::collections::HashMap;

use samtycke_core::id::{EventId, LogId, SubjectId};
use sqlx::{QueryBuilder, Sqlite};

use super::log::{EventRow, HeadRow, LeafRow, PublicationRow, TileRow, head_row};
use super::subject::{StateRow, StateTuple, SubjectKeyRow, state_row};
use super::{StoreError, Stored, Tx, natural, on, parsed, sized, stored};

/// An event that is already in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownEvent {
    /// MAC of the body it came with.
    pub body_mac: [u8; 32],
    /// Index in the log.
    pub idx: u64,
    /// Whose; `None` for a public leaf.
    pub subject: Option<SubjectId>,
    /// Number within the subject's stream; 0 for a public leaf.
    pub seq: u64,
}

/// Everything one batch adds to one log.
#[derive(Debug, Clone, Default)]
pub struct BatchRows {
    /// New leaves, gapless.
    pub leaves: Vec<LeafRow>,
    /// Full tiles that the leaves completed.
    pub tiles: Vec<TileRow>,
    /// New events.
    pub events: Vec<EventRow>,
    /// Their idempotency identities: id, MAC of the body, index.
    pub identities: Vec<(EventId, [u8; 32], u64)>,
    /// States that changed.
    pub states: Vec<StateRow>,
    /// Keys of new subjects.
    pub keys: Vec<SubjectKeyRow>,
    /// Decisions counted: hour, purpose, decision, how many.
    pub counts: Vec<(i64, String, &'static str, i64)>,
    /// Bodies of public leaves.
    pub publications: Vec<PublicationRow>,
}

impl Tx {
    /// Locks a log's head row for the rest of the transaction: mutex and fencing token in one.
    pub async fn lock_head(&mut self, log: &LogId) -> Stored<Option<HeadRow>> {
        const TEXT: &str = "select log, origin, size, root, frontier, epoch, last_received_at, policy from log_head where log = $1";
        let row = match self {
            // `begin immediate` holds the one write lock already.
            Self::Sqlite(tx) => sqlx::query_as(TEXT).bind(log.as_str()).fetch_optional(&mut **tx).await,
            Self::Postgres(tx) => {
                const LOCKING: &str = "select log, origin, size, root, frontier, epoch, last_received_at, policy \
                                       from log_head where log = $1 for update";
                sqlx::query_as(LOCKING).bind(log.as_str()).fetch_optional(&mut **tx).await
            }
        }
        .map_err(StoreError::of)?;
        row.map(head_row).transpose()
    }

    /// Which of these events are in the log already.
    pub async fn known_events(
        &mut self,
        log: &LogId,
        ids: &[&str],
    ) -> Stored<HashMap<EventId, KnownEvent>> {
        type Row = (String, Vec<u8>, i64, Option<String>, Option<i64>);
        let rows: Vec<Row> = match self {
            Self::Sqlite(tx) => {
                sqlx::query_as(
                    "select i.event_id, i.body_mac, i.idx, e.subject, e.seq from idempotency i \
                     left join event e on e.log = i.log and e.idx = i.idx \
                     where i.log = $1 and i.event_id in (select value from json_each($2))",
                )
                .bind(log.as_str())
                .bind(json_list(ids))
                .fetch_all(&mut **tx)
                .await
            }
            Self::Postgres(tx) => {
                sqlx::query_as(
                    "select i.event_id, i.body_mac, i.idx, e.subject, e.seq from idempotency i \
                     left join event e on e.log = i.log and e.idx = i.idx \
                     where i.log = $1 and i.event_id = any($2)",
                )
                .bind(log.as_str())
                .bind(ids)
                .fetch_all(&mut **tx)
                .await
            }
        }
        .map_err(StoreError::of)?;
        rows.into_iter()
            .map(|(id, mac, idx, subject, seq)| {
                Ok((
                    parsed("an event id", &id)?,
                    KnownEvent {
                        body_mac: sized("a MAC", &mac)?,
                        idx: natural("an index", idx)?,
                        subject: subject.map(|s| parsed("a subject", &s)).transpose()?,
                        seq: natural("a sequence", seq.unwrap_or(0))?,
                    },
                ))
            })
            .collect()
    }

    /// The states of these subjects.
    pub async fn states(
        &mut self,
        log: &LogId,
        subjects: &[&str],
    ) -> Stored<HashMap<SubjectId, StateRow>> {
        let rows: Vec<StateTuple> = match self {
            Self::Sqlite(tx) => {
                sqlx::query_as(
                    "select subject, seq, last_leaf, state from subject_state \
                     where log = $1 and subject in (select value from json_each($2))",
                )
                .bind(log.as_str())
                .bind(json_list(subjects))
                .fetch_all(&mut **tx)
                .await
            }
            Self::Postgres(tx) => {
                sqlx::query_as(
                    "select subject, seq, last_leaf, state from subject_state \
                     where log = $1 and subject = any($2)",
                )
                .bind(log.as_str())
                .bind(subjects)
                .fetch_all(&mut **tx)
                .await
            }
        }
        .map_err(StoreError::of)?;
        rows.into_iter()
            .map(|row| state_row(row).map(|r| (r.subject.clone(), r)))
            .collect()
    }

    /// The wrapped keys of these subjects.
    pub async fn subject_keys(
        &mut self,
        log: &LogId,
        subjects: &[&str],
    ) -> Stored<HashMap<SubjectId, SubjectKeyRow>> {
        let rows: Vec<(String, i64, Vec<u8>)> = match self {
            Self::Sqlite(tx) => {
                sqlx::query_as(
                    "select subject, epoch, wrapped from subject_key \
                     where log = $1 and subject in (select value from json_each($2))",
                )
                .bind(log.as_str())
                .bind(json_list(subjects))
                .fetch_all(&mut **tx)
                .await
            }
            Self::Postgres(tx) => {
                sqlx::query_as(
                    "select subject, epoch, wrapped from subject_key where log = $1 and subject = any($2)",
                )
                .bind(log.as_str())
                .bind(subjects)
                .fetch_all(&mut **tx)
                .await
            }
        }
        .map_err(StoreError::of)?;
        rows.into_iter()
            .map(|(subject, epoch, wrapped)| {
                let subject: SubjectId = parsed("a subject", &subject)?;
                let row = SubjectKeyRow {
                    subject: subject.clone(),
                    epoch: natural("an epoch", epoch)?,
                    wrapped,
                };
                Ok((subject, row))
            })
            .collect()
    }

    /// Which of these marks belong to erased subjects.
    pub async fn erased_marks(
        &mut self,
        log: &LogId,
        marks: &[[u8; 32]],
    ) -> Stored<HashMap<[u8; 32], u64>> {
        let rows: Vec<(Vec<u8>, i64)> = match self {
            Self::Sqlite(tx) => {
                let marks: Vec<String> = marks.iter().map(hex::encode).collect();
                let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
                sqlx::query_as(
                    "select mark, idx from erased \
                     where log = $1 and mark in (select unhex(value) from json_each($2))",
                )
                .bind(log.as_str())
                .bind(json_list(&marks))
                .fetch_all(&mut **tx)
                .await
            }
            Self::Postgres(tx) => {
                let marks: Vec<&[u8]> = marks.iter().map(<[u8; 32]>::as_slice).collect();
                sqlx::query_as("select mark, idx from erased where log = $1 and mark = any($2)")
                    .bind(log.as_str())
                    .bind(marks)
                    .fetch_all(&mut **tx)
                    .await
            }
        }
        .map_err(StoreError::of)?;
        rows.into_iter()
            .map(|(mark, idx)| Ok((sized("a mark", &mark)?, natural("an index", idx)?)))
            .collect()
    }

    /// The hashes of level `level` entries `from..to`: leaf hashes at level 0, roots of full tiles above.
    pub async fn entries(
        &mut self,
        log: &LogId,
        level: u8,
        from: u64,
        to: u64,
    ) -> Stored<Vec<[u8; 32]>> {
        let rows: Vec<(Vec<u8>,)> = if let Some(below) = level.checked_sub(1) {
            on!(self, conn => sqlx::query_as(
                "select root from tile where log = $1 and level = $2 and idx >= $3 and idx < $4 order by idx"
            ).bind(log.as_str()).bind(i64::from(below)).bind(stored(from)).bind(stored(to)).fetch_all(conn))?
        } else {
            on!(self, conn => sqlx::query_as(
                "select leaf_hash from leaf where log = $1 and idx >= $2 and idx < $3 order by idx"
            ).bind(log.as_str()).bind(stored(from)).bind(stored(to)).fetch_all(conn))?
        };
        rows.iter().map(|(h,)| sized("a hash", h)).collect()
    }

    /// Writes a batch's rows: one statement per table on PostgreSQL, a few on SQLite.
    pub async fn append(&mut self, log: &LogId, rows: &BatchRows) -> Stored<()> {
        match self {
            Self::Sqlite(tx) => append_sqlite(tx, log.as_str(), rows).await,
            Self::Postgres(tx) => append_postgres(tx, log.as_str(), rows).await,
        }
        .map_err(StoreError::of)
    }

    /// Moves the head from `old` to `new`; [`StoreError::Conflict`] where somebody else moved it.
    pub async fn advance_head(&mut self, old: &HeadRow, new: &HeadRow) -> Stored<()> {
        let row: Option<(i64,)> = on!(self, conn => sqlx::query_as(
            "update log_head set size = $2, root = $3, frontier = $4, last_received_at = $5, policy = $6 \
             where log = $1 and size = $7 and epoch = $8 returning size"
        ).bind(new.log.as_str()).bind(stored(new.size)).bind(&new.root[..]).bind(&new.frontier)
        .bind(new.last_received_at).bind(stored(new.policy)).bind(stored(old.size)).bind(stored(old.epoch))
        .fetch_optional(conn))?;
        row.map(|_| ()).ok_or(StoreError::Conflict)
    }
}

fn json_list(texts: &[&str]) -> String {
    serde_json::to_string(texts).expect("a list of strings is always JSON")
}

/// Powers of two, largest first, that add up to `rows`: few distinct statement texts, so that each stays prepared.
fn chunks<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let size = match rest.len() {
            0 => return None,
            n => 1 << n.min(256).ilog2(),
        };
        let (now, later) = rest.split_at(size);
        rest = later;
        Some(now)
    })
}

async fn append_sqlite(
    tx: &mut sqlx::Transaction<'static, Sqlite>,
    log: &str,
    rows: &BatchRows,
) -> Result<(), sqlx::Error> {
    for chunk in chunks(&rows.leaves) {
        let mut q = QueryBuilder::new("insert into leaf (log, idx, leaf_hash, leaf) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(stored(r.idx))
                .push_bind(&r.leaf_hash[..])
                .push_bind(&r.leaf);
        });
        q.build().execute(&mut **tx).await?;
    }
    for chunk in chunks(&rows.tiles) {
        let mut q = QueryBuilder::new("insert into tile (log, level, idx, data, root) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(i64::from(r.level))
                .push_bind(stored(r.idx))
                .push_bind(&r.data)
                .push_bind(&r.root[..]);
        });
        q.build().execute(&mut **tx).await?;
    }
    for chunk in chunks(&rows.events) {
        let mut q =
            QueryBuilder::new("insert into event (log, idx, event_id, subject, seq, body) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(stored(r.idx))
                .push_bind(r.event_id.as_str())
                .push_bind(r.subject.as_str())
                .push_bind(stored(r.seq))
                .push_bind(&r.body);
        });
        q.build().execute(&mut **tx).await?;
    }
    for chunk in chunks(&rows.identities) {
        let mut q = QueryBuilder::new("insert into idempotency (log, event_id, body_mac, idx) ");
        q.push_values(chunk, |mut b, (id, mac, idx)| {
            b.push_bind(log)
                .push_bind(id.as_str())
                .push_bind(&mac[..])
                .push_bind(stored(*idx));
        });
        q.build().execute(&mut **tx).await?;
    }
    for chunk in chunks(&rows.states) {
        let mut q =
            QueryBuilder::new("insert into subject_state (log, subject, seq, last_leaf, state) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(r.subject.as_str())
                .push_bind(stored(r.seq))
                .push_bind(&r.last_leaf[..])
                .push_bind(&r.state);
        });
        q.push(
            " on conflict (log, subject) do update \
             set seq = excluded.seq, last_leaf = excluded.last_leaf, state = excluded.state",
        );
        q.build().execute(&mut **tx).await?;
    }
    for chunk in chunks(&rows.keys) {
        let mut q = QueryBuilder::new("insert into subject_key (log, subject, epoch, wrapped) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(r.subject.as_str())
                .push_bind(stored(r.epoch))
                .push_bind(&r.wrapped);
        });
        q.build().execute(&mut **tx).await?;
    }
    for chunk in chunks(&rows.counts) {
        let mut q =
            QueryBuilder::new("insert into decision_count (log, hour, purpose, decision, count) ");
        q.push_values(chunk, |mut b, (hour, purpose, decision, count)| {
            b.push_bind(log)
                .push_bind(hour)
                .push_bind(purpose)
                .push_bind(*decision)
                .push_bind(count);
        });
        q.push(
            " on conflict (log, hour, purpose, decision) do update \
             set count = decision_count.count + excluded.count",
        );
        q.build().execute(&mut **tx).await?;
    }
    for chunk in chunks(&rows.publications) {
        let mut q = QueryBuilder::new("insert into publication (log, idx, kind, body) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(stored(r.idx))
                .push_bind(&r.kind)
                .push_bind(&r.body);
        });
        q.build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn append_postgres(
    tx: &mut sqlx::Transaction<'static, sqlx::Postgres>,
    log: &str,
    rows: &BatchRows,
) -> Result<(), sqlx::Error> {
    fn column<T, C>(rows: &[T], of: impl Fn(&T) -> C) -> Vec<C> {
        rows.iter().map(of).collect()
    }
    if !rows.leaves.is_empty() {
        sqlx::query(
            "insert into leaf (log, idx, leaf_hash, leaf) \
             select $1, a.* from unnest($2::bigint[], $3::bytea[], $4::bytea[]) a",
        )
        .bind(log)
        .bind(column(&rows.leaves, |r| stored(r.idx)))
        .bind(column(&rows.leaves, |r| r.leaf_hash.to_vec()))
        .bind(column(&rows.leaves, |r| r.leaf.clone()))
        .execute(&mut **tx)
        .await?;
    }
    if !rows.tiles.is_empty() {
        sqlx::query(
            "insert into tile (log, level, idx, data, root) \
             select $1, a.* from unnest($2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[]) a",
        )
        .bind(log)
        .bind(column(&rows.tiles, |r| i64::from(r.level)))
        .bind(column(&rows.tiles, |r| stored(r.idx)))
        .bind(column(&rows.tiles, |r| r.data.clone()))
        .bind(column(&rows.tiles, |r| r.root.to_vec()))
        .execute(&mut **tx)
        .await?;
    }
    if !rows.events.is_empty() {
        sqlx::query(
            "insert into event (log, idx, event_id, subject, seq, body) \
             select $1, a.* from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bytea[]) a",
        )
        .bind(log)
        .bind(column(&rows.events, |r| stored(r.idx)))
        .bind(column(&rows.events, |r| r.event_id.to_string()))
        .bind(column(&rows.events, |r| r.subject.to_string()))
        .bind(column(&rows.events, |r| stored(r.seq)))
        .bind(column(&rows.events, |r| r.body.clone()))
        .execute(&mut **tx)
        .await?;
    }
    if !rows.identities.is_empty() {
        sqlx::query(
            "insert into idempotency (log, event_id, body_mac, idx) \
             select $1, a.* from unnest($2::text[], $3::bytea[], $4::bigint[]) a",
        )
        .bind(log)
        .bind(column(&rows.identities, |r| r.0.to_string()))
        .bind(column(&rows.identities, |r| r.1.to_vec()))
        .bind(column(&rows.identities, |r| stored(r.2)))
        .execute(&mut **tx)
        .await?;
    }
    if !rows.states.is_empty() {
        sqlx::query(
            "insert into subject_state (log, subject, seq, last_leaf, state) \
             select $1, a.* from unnest($2::text[], $3::bigint[], $4::bytea[], $5::text[]) a \
             on conflict (log, subject) do update \
             set seq = excluded.seq, last_leaf = excluded.last_leaf, state = excluded.state",
        )
        .bind(log)
        .bind(column(&rows.states, |r| r.subject.to_string()))
        .bind(column(&rows.states, |r| stored(r.seq)))
        .bind(column(&rows.states, |r| r.last_leaf.to_vec()))
        .bind(column(&rows.states, |r| r.state.clone()))
        .execute(&mut **tx)
        .await?;
    }
    if !rows.keys.is_empty() {
        sqlx::query(
            "insert into subject_key (log, subject, epoch, wrapped) \
             select $1, a.* from unnest($2::text[], $3::bigint[], $4::bytea[]) a",
        )
        .bind(log)
        .bind(column(&rows.keys, |r| r.subject.to_string()))
        .bind(column(&rows.keys, |r| stored(r.epoch)))
        .bind(column(&rows.keys, |r| r.wrapped.clone()))
        .execute(&mut **tx)
        .await?;
    }
    if !rows.counts.is_empty() {
        sqlx::query(
            "insert into decision_count (log, hour, purpose, decision, count) \
             select $1, a.* from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[]) a \
             on conflict (log, hour, purpose, decision) do update \
             set count = decision_count.count + excluded.count",
        )
        .bind(log)
        .bind(column(&rows.counts, |r| r.0))
        .bind(column(&rows.counts, |r| r.1.clone()))
        .bind(column(&rows.counts, |r| r.2))
        .bind(column(&rows.counts, |r| r.3))
        .execute(&mut **tx)
        .await?;
    }
    if !rows.publications.is_empty() {
        sqlx::query(
            "insert into publication (log, idx, kind, body) \
             select $1, a.* from unnest($2::bigint[], $3::text[], $4::text[]) a",
        )
        .bind(log)
        .bind(column(&rows.publications, |r| stored(r.idx)))
        .bind(column(&rows.publications, |r| r.kind.clone()))
        .bind(column(&rows.publications, |r| r.body.clone()))
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::chunks;

    /// Protects the prepared statements of SQLite: whatever the batch, at most nine texts per table.
    #[test]
    fn chunks_are_powers_of_two_and_add_up() {
        for n in [0usize, 1, 2, 3, 5, 100, 255, 256, 300, 1000] {
            let rows = vec![0u8; n];
            let sizes: Vec<usize> = chunks(&rows).map(<[u8]>::len).collect();
            assert_eq!(sizes.iter().sum::<usize>(), n);
            assert!(
                sizes.iter().all(|s| s.is_power_of_two() && *s <= 256),
                "{sizes:?}"
            );
        }
    }
}
