//! The succession of logs: a log that is closed, and the one that goes on with its people.
//!
//! Leaves, tiles, checkpoints, public bodies and events stay in the log that they are leaves of. Everything that is
//! computed or kept about people moves to the successor, so that whatever reads a state reads one log only.

use samtycke_core::id::{LogId, TenantId};

use super::{Store, StoreError, Stored, Tx, parse_column, read, run, to_i64, to_u64};
use crate::clock::UnixMs;

/// A log that was closed, and its successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessionRow {
    /// The closed log.
    pub log: LogId,
    /// The tenant of both.
    pub tenant: TenantId,
    /// The log that goes on.
    pub successor: LogId,
    /// How many leaves of the closed log the database held.
    pub kept: u64,
    /// Time of the succession.
    pub at: UnixMs,
}

type Row = (String, String, String, i64, i64);

fn succession_row((log, tenant, successor, kept, at): Row) -> Stored<SuccessionRow> {
    Ok(SuccessionRow {
        log: parse_column("a log", &log)?,
        tenant: parse_column("a tenant", &tenant)?,
        successor: parse_column("a log", &successor)?,
        kept: to_u64("a size", kept)?,
        at,
    })
}

impl Store {
    /// The closed logs of a tenant, the first one first.
    pub async fn successions(&self, tenant: &TenantId) -> Stored<Vec<SuccessionRow>> {
        let rows: Vec<Row> = read!(self, pool => sqlx::query_as(
            "select log, tenant, successor, kept, at from log_succession where tenant = $1 order by at, log"
        ).bind(tenant.as_str()).fetch_all(pool))?;
        let rows: Stored<Vec<SuccessionRow>> = rows.into_iter().map(succession_row).collect();
        in_order(rows?)
    }

    /// The tenant of a log that was closed.
    pub async fn tenant_of_closed_log(&self, log: &LogId) -> Stored<Option<TenantId>> {
        let row: Option<(String,)> = read!(self, pool => sqlx::query_as(
            "select tenant from log_succession where log = $1"
        ).bind(log.as_str()).fetch_optional(pool))?;
        row.map(|(tenant,)| parse_column("a tenant", &tenant))
            .transpose()
    }
}

/// Follows the rows from the first log on: two successions may have one time.
fn in_order(mut rows: Vec<SuccessionRow>) -> Stored<Vec<SuccessionRow>> {
    let mut ordered: Vec<SuccessionRow> = Vec::with_capacity(rows.len());
    while !rows.is_empty() {
        let follows = |row: &SuccessionRow| match ordered.last() {
            Some(last) => row.log == last.successor,
            None => rows.iter().all(|other| other.successor != row.log),
        };
        let next = rows.iter().position(follows);
        let next = next.ok_or_else(|| {
            StoreError::Contradiction("the closed logs of a tenant are no chain".into())
        })?;
        ordered.push(rows.remove(next));
    }
    Ok(ordered)
}

impl Tx {
    /// Closes a log: its successor, whose head must be there, becomes the tenant's log. [`Tx::move_people`] completes it in
    /// the same transaction. Whoever has read the closed log's head learns from its configuration version that it is not
    /// current.
    pub async fn succeed(&mut self, row: &SuccessionRow) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into log_succession (log, tenant, successor, kept, at) values ($1, $2, $3, $4, $5)"
            )
            .bind(row.log.as_str())
            .bind(row.tenant.as_str())
            .bind(row.successor.as_str())
            .bind(to_i64(row.kept))
            .bind(row.at)
        )?;
        run!(
            self,
            sqlx::query("update tenant set log = $2 where tenant = $1 and log = $3")
                .bind(row.tenant.as_str())
                .bind(row.successor.as_str())
                .bind(row.log.as_str())
        )?;
        run!(
            self,
            sqlx::query("update log_head set config_version = config_version + 1 where log = $1")
                .bind(row.log.as_str())
        )?;
        Ok(())
    }

    /// Moves some of what is kept about people to the successor, and returns how many rows. 0: all of it has moved.
    pub async fn move_people(&mut self, log: &LogId, successor: &LogId) -> Stored<u64> {
        for text in MOVES {
            macro_rules! query {
                () => {
                    sqlx::query(text)
                        .bind(log.as_str())
                        .bind(successor.as_str())
                        .bind(i64::from(ROWS))
                };
            }
            let moved = match self {
                Self::Sqlite(tx) => {
                    let done = query!().execute(&mut **tx).await;
                    done.map(|done| done.rows_affected())
                        .map_err(|error| tx.failed(error))
                }
                Self::Postgres(tx) => {
                    let deadline = tx.deadline();
                    let done = deadline.meet(query!().execute(&mut **tx)).await;
                    done.map(|done| done.rows_affected())
                }
            };
            match moved? {
                0 => {}
                moved => return Ok(moved),
            }
        }
        Ok(0)
    }
}

/// Rows moved by one statement: PostgreSQL ends one that takes longer than four seconds.
const ROWS: u32 = 5_000;

/// What moves with the people, and by which key. A mark of an erasure is never changed, so that it is copied.
const MOVES: [&str; 16] = [
    "insert into erased (log, mark, idx) select $2, mark, idx from erased e where log = $1 \
     and not exists (select 1 from erased d where d.log = $2 and d.mark = e.mark) limit $3",
    "update subject set log = $2 where log = $1 and subject in (select subject from subject where log = $1 limit $3)",
    "update pseudonym set log = $2 where log = $1 and ref in (select ref from pseudonym where log = $1 limit $3)",
    "update decision_count set log = $2 where log = $1 and (hour, purpose, decision) in (select hour, purpose, decision from decision_count where log = $1 limit $3)",
    "update tally set log = $2 where log = $1 and (hour, site, notice, choice) in (select hour, site, notice, choice from tally where log = $1 limit $3)",
    "update outbox set log = $2 where log = $1 and id in (select id from outbox where log = $1 limit $3)",
    "update asset set log = $2 where log = $1 and asset in (select asset from asset where log = $1 limit $3)",
    "update asset_person set log = $2 where log = $1 and (asset, subject) in (select asset, subject from asset_person where log = $1 limit $3)",
    "update asset_use set log = $2 where log = $1 and (asset, surface, ref) in (select asset, surface, ref from asset_use where log = $1 limit $3)",
    "update takedown set log = $2 where log = $1 and id in (select id from takedown where log = $1 limit $3)",
    "update prompt_used set log = $2 where log = $1 and prompt in (select prompt from prompt_used where log = $1 limit $3)",
    "update refusal_mark set log = $2 where log = $1 and event_id in (select event_id from refusal_mark where log = $1 limit $3)",
    "update link set log = $2 where log = $1 and token in (select token from link where log = $1 limit $3)",
    "update open_objection set log = $2 where log = $1 and (subject, purpose, scope) in (select subject, purpose, scope from open_objection where log = $1 limit $3)",
    "update guardian_of set log = $2 where log = $1 and (guardian, subject) in (select guardian, subject from guardian_of where log = $1 limit $3)",
    "update merged_subject set log = $2 where log = $1 and (survivor, subject) in (select survivor, subject from merged_subject where log = $1 limit $3)",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects whoever adds a table: what is kept about people of a log goes to its successor, and nothing is forgotten.
    #[test]
    fn every_table_of_people_moves() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/sqlite");
        let stays = [
            "tenant",
            "log_head",
            "leaf",
            "tile",
            "checkpoint",
            "published",
            "event",
            "publication",
            "cosignature",
            "witnessed",
            "erasure",
            "log_succession",
        ];
        let mut tables = std::collections::BTreeSet::new();
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(file).unwrap();
            for statement in text.split(";\n") {
                if let Some((_, name)) = statement.split_once("create table ") {
                    let (name, columns) = name.split_once(" (").unwrap();
                    if columns.contains("    log text not null") {
                        tables.insert(name.to_owned());
                    }
                } else if let Some((_, name)) = statement.split_once("drop table ") {
                    tables.remove(name.trim());
                }
            }
        }
        for stays in stays {
            assert!(tables.remove(stays), "{stays}");
        }
        let moves = |table: &String| {
            MOVES.iter().any(|text| {
                text.starts_with(&format!("update {table} set log = $2 "))
                    || text.starts_with(&format!("insert into {table} (log, "))
            })
        };
        let forgotten: Vec<_> = tables.iter().filter(|table| !moves(table)).collect();
        assert!(forgotten.is_empty(), "{forgotten:?}");
        assert_eq!(tables.len(), MOVES.len());
    }

    fn row(from: u8, to: u8) -> SuccessionRow {
        SuccessionRow {
            log: LogId::from_bytes([from; 16]),
            tenant: "mine".parse().unwrap(),
            successor: LogId::from_bytes([to; 16]),
            kept: 1,
            at: 7,
        }
    }

    #[test]
    fn closed_logs_come_in_the_order_of_their_chain() {
        let ordered = in_order(vec![row(3, 9), row(1, 2), row(2, 3)]).unwrap();
        assert_eq!(ordered, [row(1, 2), row(2, 3), row(3, 9)]);
        assert_eq!(in_order(Vec::new()).unwrap(), []);
    }

    #[test]
    fn logs_that_succeed_each_other_in_a_ring_are_a_contradiction() {
        assert!(in_order(vec![row(1, 2), row(2, 1)]).is_err());
        assert!(in_order(vec![row(1, 2), row(3, 4)]).is_err());
    }
}
