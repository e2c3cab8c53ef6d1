//! The batch append: the only statements with a text per engine, because each engine has its own fast way to read
//! and write many rows at once.

use std::collections::HashMap;

use samtycke_core::id::{EventId, LogId, SubjectId};
use sqlx::{QueryBuilder, Sqlite};

use super::log::{EventRow, HeadRow, LeafRow, PublicationRow, TileRow, head_row};
use super::subject::{StateRow, SubjectKeyRow, state_row};
use super::{StoreError, Stored, Tx, on, parse_column, to_array, to_i64, to_u64};

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

/// What is stored of a batch's events and subjects.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Events that are in the log already.
    pub events: HashMap<EventId, KnownEvent>,
    /// States.
    pub states: HashMap<SubjectId, StateRow>,
    /// Wrapped keys.
    pub keys: HashMap<SubjectId, SubjectKeyRow>,
    /// Marks of erased subjects, and the indexes of their erasures.
    pub erased: HashMap<[u8; 32], u64>,
}

/// What sort of fact, whose, bytes, number; and an event's subject or a state's text, and an event's sequence.
type FactTuple = (
    String,
    Option<String>,
    Vec<u8>,
    i64,
    Option<String>,
    Option<i64>,
);

impl Facts {
    fn add(&mut self, (sort, name, bytes, number, text, seq): FactTuple) -> Stored<()> {
        let name = name.unwrap_or_default();
        match sort.as_str() {
            "event" => {
                let event = KnownEvent {
                    body_mac: to_array("a MAC", &bytes)?,
                    idx: to_u64("an index", number)?,
                    subject: text.map(|s| parse_column("a subject", &s)).transpose()?,
                    seq: to_u64("a sequence", seq.unwrap_or(0))?,
                };
                self.events
                    .insert(parse_column("an event id", &name)?, event);
            }
            "state" => {
                let row = state_row((name, number, bytes, text.unwrap_or_default()))?;
                self.states.insert(row.subject.clone(), row);
            }
            "key" => {
                let subject: SubjectId = parse_column("a subject", &name)?;
                let row = SubjectKeyRow {
                    subject: subject.clone(),
                    epoch: to_u64("an epoch", number)?,
                    wrapped: bytes,
                };
                self.keys.insert(subject, row);
            }
            _ => {
                let mark = to_array("a mark", &bytes)?;
                self.erased.insert(mark, to_u64("an index", number)?);
            }
        }
        Ok(())
    }
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

/// Binds what moves a head, after all other parameters: the new values, then what the old must still be.
macro_rules! bind_heads {
    ($query:expr, $old:expr, $new:expr) => {
        $query
            .bind(to_i64($new.size))
            .bind(&$new.root[..])
            .bind(&$new.frontier)
            .bind($new.last_received_at)
            .bind(to_i64($new.policy))
            .bind(to_i64($old.size))
            .bind(to_i64($old.epoch))
    };
}

impl Tx {
    /// Locks a log's head row for the rest of the transaction: mutex and fencing token in one.
    pub async fn lock_head(&mut self, log: &LogId) -> Stored<Option<HeadRow>> {
        const TEXT: &str = "select log, origin, size, root, frontier, epoch, last_received_at, policy from log_head where log = $1";
        let row = match self {
            // `begin immediate` holds the one write lock already.
            Self::Sqlite(tx) => {
                let query = sqlx::query_as(TEXT).bind(log.as_str());
                query
                    .fetch_optional(&mut **tx)
                    .await
                    .map_err(StoreError::of)
            }
            Self::Postgres(tx) => {
                const LOCKING: &str = "select log, origin, size, root, frontier, epoch, last_received_at, policy \
                                       from log_head where log = $1 for update";
                let deadline = tx.deadline();
                let query = sqlx::query_as(LOCKING).bind(log.as_str());
                deadline.meet(query.fetch_optional(&mut **tx)).await
            }
        }?;
        row.map(head_row).transpose()
    }

    /// Everything that a batch must know before it is worked out, in one statement: which of these events are in the
    /// log, the states and keys of these subjects, and which of these marks belong to erased ones.
    pub async fn facts(
        &mut self,
        log: &LogId,
        ids: &[&str],
        subjects: &[&str],
        marks: &[[u8; 32]],
    ) -> Stored<Facts> {
        let rows: Vec<FactTuple> = match self {
            Self::Sqlite(tx) => {
                const TEXT: &str = "select 'event', i.event_id, i.body_mac, i.idx, \
                     (select e.subject from event e where e.log = $1 and e.idx = i.idx), \
                     (select e.seq from event e where e.log = $1 and e.idx = i.idx) \
                     from idempotency i where i.log = $1 and i.event_id in (select value from json_each($2)) \
                     union all select 'state', subject, last_leaf, seq, state, null \
                     from subject_state where log = $1 and subject in (select value from json_each($3)) \
                     union all select 'key', subject, wrapped, epoch, null, null \
                     from subject_key where log = $1 and subject in (select value from json_each($3)) \
                     union all select 'erased', null, mark, idx, null, null \
                     from erased where log = $1 and mark in (select unhex(value) from json_each($4))";
                let marks: Vec<String> = marks.iter().map(hex::encode).collect();
                let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
                sqlx::query_as(TEXT)
                    .bind(log.as_str())
                    .bind(json_list(ids))
                    .bind(json_list(subjects))
                    .bind(json_list(&marks))
                    .fetch_all(&mut **tx)
                    .await
                    .map_err(StoreError::of)
            }
            Self::Postgres(tx) => {
                // Row by row, because a plan that is made while the tables are small may otherwise read all of the log
                // once they are large, until statistics are collected.
                const TEXT: &str = "select 'event', i.event_id, i.body_mac, i.idx, \
                     (select e.subject from event e where e.log = $1 and e.idx = i.idx), \
                     (select e.seq from event e where e.log = $1 and e.idx = i.idx) \
                     from unnest($2::text[]) a(event_id) cross join lateral \
                     (select event_id, body_mac, idx from idempotency where log = $1 and event_id = a.event_id limit 1) i \
                     union all select 'state', s.subject, s.last_leaf, s.seq, s.state, null \
                     from unnest($3::text[]) a(subject) cross join lateral \
                     (select subject, last_leaf, seq, state from subject_state where log = $1 and subject = a.subject limit 1) s \
                     union all select 'key', k.subject, k.wrapped, k.epoch, null, null \
                     from unnest($3::text[]) a(subject) cross join lateral \
                     (select subject, wrapped, epoch from subject_key where log = $1 and subject = a.subject limit 1) k \
                     union all select 'erased', null, x.mark, x.idx, null, null \
                     from unnest($4::bytea[]) a(mark) cross join lateral \
                     (select mark, idx from erased where log = $1 and mark = a.mark limit 1) x";
                let marks: Vec<&[u8]> = marks.iter().map(<[u8; 32]>::as_slice).collect();
                let deadline = tx.deadline();
                let query = sqlx::query_as(TEXT)
                    .bind(log.as_str())
                    .bind(ids)
                    .bind(subjects)
                    .bind(marks);
                deadline.meet(query.fetch_all(&mut **tx)).await
            }
        }?;
        let mut facts = Facts::default();
        for row in rows {
            facts.add(row)?;
        }
        Ok(facts)
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
            ).bind(log.as_str()).bind(i64::from(below)).bind(to_i64(from)).bind(to_i64(to)).fetch_all(conn))?
        } else {
            on!(self, conn => sqlx::query_as(
                "select leaf_hash from leaf where log = $1 and idx >= $2 and idx < $3 order by idx"
            ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(conn))?
        };
        rows.iter().map(|(h,)| to_array("a hash", h)).collect()
    }

    /// Writes rows and moves the head from `old` to `new`; [`StoreError::Conflict`] where somebody else moved it. One
    /// statement on PostgreSQL, because each costs a journey there and back under the head's lock; a few per table on
    /// SQLite.
    pub async fn append(&mut self, old: &HeadRow, new: &HeadRow, rows: &BatchRows) -> Stored<()> {
        let moved = match self {
            Self::Sqlite(tx) => {
                append_sqlite(tx, new.log.as_str(), rows)
                    .await
                    .map_err(StoreError::of)?;
                let query = sqlx::query(
                    "update log_head set size = $2, root = $3, frontier = $4, last_received_at = $5, policy = $6 \
                     where log = $1 and size = $7 and epoch = $8",
                );
                let query = bind_heads!(query.bind(new.log.as_str()), old, new);
                let done = query.execute(&mut **tx).await;
                done.map(|d| d.rows_affected()).map_err(StoreError::of)
            }
            Self::Postgres(tx) => {
                const TEXT: &str = "with \
                    new_leaves as (insert into leaf (log, idx, leaf_hash, leaf) \
                    select $1, a.* from unnest($2::bigint[], $3::bytea[], $4::bytea[]) a), \
                    new_tiles as (insert into tile (log, level, idx, data, root) \
                    select $1, a.* from unnest($5::bigint[], $6::bigint[], $7::bytea[], $8::bytea[]) a), \
                    new_events as (insert into event (log, idx, event_id, subject, seq, body) \
                    select $1, a.* from unnest($9::bigint[], $10::text[], $11::text[], $12::bigint[], $13::bytea[]) a), \
                    new_identities as (insert into idempotency (log, event_id, body_mac, idx) \
                    select $1, a.* from unnest($14::text[], $15::bytea[], $16::bigint[]) a), \
                    new_states as (insert into subject_state (log, subject, seq, last_leaf, state) \
                    select $1, a.* from unnest($17::text[], $18::bigint[], $19::bytea[], $20::text[]) a \
                    on conflict (log, subject) do update \
                    set seq = excluded.seq, last_leaf = excluded.last_leaf, state = excluded.state), \
                    new_keys as (insert into subject_key (log, subject, epoch, wrapped) \
                    select $1, a.* from unnest($21::text[], $22::bigint[], $23::bytea[]) a), \
                    new_counts as (insert into decision_count (log, hour, purpose, decision, count) \
                    select $1, a.* from unnest($24::bigint[], $25::text[], $26::text[], $27::bigint[]) a \
                    on conflict (log, hour, purpose, decision) do update \
                    set count = decision_count.count + excluded.count), \
                    new_publications as (insert into publication (log, idx, kind, body) \
                    select $1, a.* from unnest($28::bigint[], $29::text[], $30::text[]) a) \
                    update log_head set size = $31, root = $32, frontier = $33, last_received_at = $34, policy = $35 \
                    where log = $1 and size = $36 and epoch = $37";
                let query = bind_rows(sqlx::query(TEXT), new.log.as_str(), rows);
                let query = bind_heads!(query, old, new);
                let deadline = tx.deadline();
                let done = deadline.meet(query.execute(&mut **tx)).await;
                done.map(|d| d.rows_affected())
            }
        };
        match moved? {
            0 => Err(StoreError::Conflict),
            _ => Ok(()),
        }
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
                .push_bind(to_i64(r.idx))
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
                .push_bind(to_i64(r.idx))
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
                .push_bind(to_i64(r.idx))
                .push_bind(r.event_id.as_str())
                .push_bind(r.subject.as_str())
                .push_bind(to_i64(r.seq))
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
                .push_bind(to_i64(*idx));
        });
        q.build().execute(&mut **tx).await?;
    }
    for chunk in chunks(&rows.states) {
        let mut q =
            QueryBuilder::new("insert into subject_state (log, subject, seq, last_leaf, state) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(r.subject.as_str())
                .push_bind(to_i64(r.seq))
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
                .push_bind(to_i64(r.epoch))
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
                .push_bind(to_i64(r.idx))
                .push_bind(&r.kind)
                .push_bind(&r.body);
        });
        q.build().execute(&mut **tx).await?;
    }
    Ok(())
}

type PgQuery<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// Binds the first thirty parameters of [`Tx::append`]: the log, then an array for each column of each table.
fn bind_rows<'q>(query: PgQuery<'q>, log: &'q str, rows: &'q BatchRows) -> PgQuery<'q> {
    fn column<'r, T, C>(rows: &'r [T], of: impl Fn(&'r T) -> C) -> Vec<C> {
        rows.iter().map(of).collect()
    }
    query
        .bind(log)
        .bind(column(&rows.leaves, |r| to_i64(r.idx)))
        .bind(column(&rows.leaves, |r| &r.leaf_hash[..]))
        .bind(column(&rows.leaves, |r| &r.leaf[..]))
        .bind(column(&rows.tiles, |r| i64::from(r.level)))
        .bind(column(&rows.tiles, |r| to_i64(r.idx)))
        .bind(column(&rows.tiles, |r| &r.data[..]))
        .bind(column(&rows.tiles, |r| &r.root[..]))
        .bind(column(&rows.events, |r| to_i64(r.idx)))
        .bind(column(&rows.events, |r| r.event_id.as_str()))
        .bind(column(&rows.events, |r| r.subject.as_str()))
        .bind(column(&rows.events, |r| to_i64(r.seq)))
        .bind(column(&rows.events, |r| &r.body[..]))
        .bind(column(&rows.identities, |r| r.0.as_str()))
        .bind(column(&rows.identities, |r| &r.1[..]))
        .bind(column(&rows.identities, |r| to_i64(r.2)))
        .bind(column(&rows.states, |r| r.subject.as_str()))
        .bind(column(&rows.states, |r| to_i64(r.seq)))
        .bind(column(&rows.states, |r| &r.last_leaf[..]))
        .bind(column(&rows.states, |r| r.state.as_str()))
        .bind(column(&rows.keys, |r| r.subject.as_str()))
        .bind(column(&rows.keys, |r| to_i64(r.epoch)))
        .bind(column(&rows.keys, |r| &r.wrapped[..]))
        .bind(column(&rows.counts, |r| r.0))
        .bind(column(&rows.counts, |r| r.1.as_str()))
        .bind(column(&rows.counts, |r| r.2))
        .bind(column(&rows.counts, |r| r.3))
        .bind(column(&rows.publications, |r| to_i64(r.idx)))
        .bind(column(&rows.publications, |r| r.kind.as_str()))
        .bind(column(&rows.publications, |r| r.body.as_str()))
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
