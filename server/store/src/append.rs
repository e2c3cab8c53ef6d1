//! The batch append. Its statements have one text per engine, because each engine has its own fast way to write many
//! rows at once.

use sqlx::{QueryBuilder, SqliteConnection};

use super::batch::BatchRows;
use super::log::HeadRow;
use super::subject::state_text;
use super::{StoreError, Stored, Tx, to_i64};

/// Binds the head update after all other parameters: the new values, then the expected old ones.
macro_rules! bind_heads {
    ($query:expr, $old:expr, $new:expr) => {
        $query
            .bind(to_i64($new.size))
            .bind(&$new.root[..])
            .bind(&$new.frontier)
            .bind(&$new.last_leaf[..])
            .bind($new.last_received_at)
            .bind(to_i64($new.config_version))
            .bind(to_i64($old.size))
            .bind(to_i64($old.epoch))
    };
}

impl Tx {
    /// Writes rows and moves the head from `old` to `new`. Error: [`StoreError::Conflict`] if another server moved the
    /// head. PostgreSQL runs one statement, because each costs a round trip while the head is locked; SQLite runs a few
    /// per table.
    pub async fn append(&mut self, old: &HeadRow, new: &HeadRow, rows: &BatchRows) -> Stored<()> {
        let moved = match self {
            Self::Sqlite(tx) => {
                let written = append_sqlite(tx, new.log.as_str(), rows).await;
                written.map_err(|error| tx.failed(error))?;
                let query = sqlx::query(
                    "update log_head set size = $2, root = $3, frontier = $4, last_leaf = $5, last_received_at = $6, config_version = $7 \
                     where log = $1 and size = $8 and epoch = $9",
                );
                let query = bind_heads!(query.bind(new.log.as_str()), old, new);
                let done = query.execute(&mut **tx).await;
                done.map(|d| d.rows_affected())
                    .map_err(|error| tx.failed(error))
            }
            Self::Postgres(tx) => {
                const TEXT: &str = "with \
                    new_leaves as (insert into leaf (log, idx, leaf_hash, leaf) \
                    select $1, a.* from unnest($2::bigint[], $3::bytea[], $4::bytea[]) a), \
                    new_tiles as (insert into tile (log, level, idx, data, root) \
                    select $1, a.* from unnest($5::bigint[], $6::bigint[], $7::bytea[], $8::bytea[]) a), \
                    new_events as (insert into event (log, idx, event_id, subject, seq, body_mac, body) \
                    select $1, a.* from unnest($9::bigint[], $10::text[], $11::text[], $12::bigint[], $13::bytea[], $14::bytea[]) a), \
                    new_subjects as (insert into subject (log, subject, seq, last_leaf, state, key_epoch, wrapped_key) \
                    select $1, a.* from unnest($15::text[], $16::bigint[], $17::bytea[], $18::text[], $19::bigint[], $20::bytea[]) a \
                    on conflict (log, subject) do update \
                    set seq = excluded.seq, last_leaf = excluded.last_leaf, state = excluded.state, \
                    key_epoch = excluded.key_epoch, wrapped_key = excluded.wrapped_key), \
                    new_counts as (insert into decision_count (log, hour, purpose, decision, count) \
                    select $1, a.* from unnest($21::bigint[], $22::text[], $23::text[], $24::bigint[]) a \
                    on conflict (log, hour, purpose, decision) do update \
                    set count = decision_count.count + excluded.count), \
                    new_publications as (insert into publication (log, idx, kind, body) \
                    select $1, a.* from unnest($25::bigint[], $26::text[], $27::text[]) a), \
                    new_outbox as (insert into outbox (log, id, kind, due_at, payload, attempts) \
                    select $1, a.*, 0 from unnest($28::text[], $29::text[], $30::bigint[], $31::text[]) a) \
                    update log_head set size = $32, root = $33, frontier = $34, last_leaf = $35, last_received_at = $36, config_version = $37 \
                    where log = $1 and size = $38 and epoch = $39";
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

/// Splits rows into powers of two, largest first. It keeps statement texts few, so that each stays prepared.
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
    conn: &mut SqliteConnection,
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
        q.build().execute(&mut *conn).await?;
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
        q.build().execute(&mut *conn).await?;
    }
    for chunk in chunks(&rows.events) {
        let mut q = QueryBuilder::new(
            "insert into event (log, idx, event_id, subject, seq, body_mac, body) ",
        );
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(to_i64(r.idx))
                .push_bind(r.event_id.as_str())
                .push_bind(r.subject.as_str())
                .push_bind(to_i64(r.seq))
                .push_bind(&r.body_mac[..])
                .push_bind(&r.body);
        });
        q.build().execute(&mut *conn).await?;
    }
    for chunk in chunks(&rows.subjects) {
        let mut q = QueryBuilder::new(
            "insert into subject (log, subject, seq, last_leaf, state, key_epoch, wrapped_key) ",
        );
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(r.subject.as_str())
                .push_bind(to_i64(r.seq))
                .push_bind(&r.last_leaf[..])
                .push_bind(state_text(&r.state))
                .push_bind(r.key.as_ref().map(|key| to_i64(key.epoch)))
                .push_bind(r.key.as_ref().map(|key| &key.wrapped[..]));
        });
        q.push(
            " on conflict (log, subject) do update \
             set seq = excluded.seq, last_leaf = excluded.last_leaf, state = excluded.state, \
             key_epoch = excluded.key_epoch, wrapped_key = excluded.wrapped_key",
        );
        q.build().execute(&mut *conn).await?;
    }
    for chunk in chunks(&rows.counts) {
        let mut q =
            QueryBuilder::new("insert into decision_count (log, hour, purpose, decision, count) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(r.hour)
                .push_bind(r.purpose.as_str())
                .push_bind(r.decision.as_str())
                .push_bind(r.count);
        });
        q.push(
            " on conflict (log, hour, purpose, decision) do update \
             set count = decision_count.count + excluded.count",
        );
        q.build().execute(&mut *conn).await?;
    }
    for chunk in chunks(&rows.publications) {
        let mut q = QueryBuilder::new("insert into publication (log, idx, kind, body) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(to_i64(r.idx))
                .push_bind(&r.kind)
                .push_bind(&r.body);
        });
        q.build().execute(&mut *conn).await?;
    }
    for chunk in chunks(&rows.outbox) {
        let mut q =
            QueryBuilder::new("insert into outbox (log, id, kind, due_at, payload, attempts) ");
        q.push_values(chunk, |mut b, r| {
            b.push_bind(log)
                .push_bind(&r.id)
                .push_bind(&r.kind)
                .push_bind(r.due_at)
                .push_bind(&r.payload)
                .push_bind(0_i64);
        });
        q.build().execute(&mut *conn).await?;
    }
    Ok(())
}

type PgQuery<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// Binds the first parameters of [`Tx::append`]: the log, then an array for each column of each table.
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
        .bind(column(&rows.events, |r| &r.body_mac[..]))
        .bind(column(&rows.events, |r| &r.body[..]))
        .bind(column(&rows.subjects, |r| r.subject.as_str()))
        .bind(column(&rows.subjects, |r| to_i64(r.seq)))
        .bind(column(&rows.subjects, |r| &r.last_leaf[..]))
        .bind(column(&rows.subjects, |r| state_text(&r.state)))
        .bind(column(&rows.subjects, |r| {
            r.key.as_ref().map(|key| to_i64(key.epoch))
        }))
        .bind(column(&rows.subjects, |r| {
            r.key.as_ref().map(|key| &key.wrapped[..])
        }))
        .bind(column(&rows.counts, |r| r.hour))
        .bind(column(&rows.counts, |r| r.purpose.as_str()))
        .bind(column(&rows.counts, |r| r.decision.as_str()))
        .bind(column(&rows.counts, |r| r.count))
        .bind(column(&rows.publications, |r| to_i64(r.idx)))
        .bind(column(&rows.publications, |r| r.kind.as_str()))
        .bind(column(&rows.publications, |r| r.body.as_str()))
        .bind(column(&rows.outbox, |r| r.id.as_str()))
        .bind(column(&rows.outbox, |r| r.kind.as_str()))
        .bind(column(&rows.outbox, |r| r.due_at))
        .bind(column(&rows.outbox, |r| r.payload.as_str()))
}

#[cfg(test)]
mod tests {
    use super::chunks;

    /// Protects the prepared statements of SQLite: any batch needs at most nine texts per table.
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
