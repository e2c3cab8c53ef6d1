//! Copies of a whole database, from either engine into either engine.
//!
//! The tables, their columns and their keys are read from the database itself, so that no table can be forgotten. Rows are
//! read by key in pages, all in one snapshot, and written in one transaction: a copy is whole or is not there. Both engines
//! have the same tables with the same names, and three types of columns.

use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Postgres, QueryBuilder, Row as _, Sqlite};

use super::sqlite::SqliteLease;
use super::{Store, StoreError, Stored, Tx, on, read, run};

/// Rows read and written at a time. The largest rows are the banner's files, some 100 KiB each, of which there are few.
const PAGE: usize = 200;
/// Tables that are no data: what has migrated, and what a copy says about itself.
const NOT_COPIED: [&str; 2] = ["_sqlx_migrations", "backup_manifest"];

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// A 64-bit integer.
    Integer,
    /// Bytes.
    Bytes,
}

/// A table as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Names and types of its columns, by name.
    pub columns: Vec<(String, Kind)>,
    /// Places in `columns` of the primary key's columns, in the key's order.
    pub key: Vec<usize>,
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of a text column.
    Text(Option<String>),
    /// Of an integer column.
    Integer(Option<i64>),
    /// Of a column of bytes.
    Bytes(Option<Vec<u8>>),
}

/// What a table holds: two tables with the same tally hold the same rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Name of the table.
    pub table: String,
    /// Number of rows.
    pub rows: u64,
    /// Sum modulo 2^256 of the SHA-256 of each row, so that the engines' different orders of text do not matter. It finds
    /// what a disk or a defect does; what a person does is found by the logs' signed roots.
    pub digest: [u8; 32],
}

impl Tally {
    fn of(table: &Table) -> Self {
        Self {
            table: table.name.clone(),
            rows: 0,
            digest: [0; 32],
        }
    }

    fn add(&mut self, row: &[Value]) {
        self.rows += 1;
        let mut carry = 0u16;
        for (sum, byte) in self.digest.iter_mut().zip(row_hash(row)).rev() {
            carry += u16::from(*sum) + u16::from(byte);
            *sum = carry.to_be_bytes()[1];
            carry >>= 8;
        }
    }
}

/// SHA-256 over each value's type, length and bytes, so that no two rows have one encoding.
fn row_hash(row: &[Value]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut put = |tag: u8, bytes: &[u8]| {
        hash.update([tag]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for value in row {
        match value {
            Value::Text(Some(text)) => put(1, text.as_bytes()),
            Value::Integer(Some(number)) => put(2, &number.to_be_bytes()),
            Value::Bytes(Some(bytes)) => put(3, bytes),
            Value::Text(None) | Value::Integer(None) | Value::Bytes(None) => put(0, b""),
        }
    }
    hash.finalize().into()
}

/// Table, column, type, and place in the primary key from 1; 0 for a column that is not in it.
type Described = (String, String, String, i64);

impl Store {
    /// Every table with data, by name. Error: a table without a primary key, or a type of column that is none of three.
    pub async fn catalog(&self) -> Stored<Vec<Table>> {
        const SQLITE: &str = "select m.name, p.name, lower(p.type), p.pk from sqlite_schema m \
            join pragma_table_info(m.name) p where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\'";
        const POSTGRES: &str = "select c.relname::text, a.attname::text, format_type(a.atttypid, null), \
            coalesce((select p.place from pg_index i cross join lateral \
            unnest(i.indkey::int2[]) with ordinality p (attnum, place) \
            where i.indrelid = c.oid and i.indisprimary and p.attnum = a.attnum), 0) \
            from pg_class c join pg_attribute a on a.attrelid = c.oid \
            where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace \
            and a.attnum > 0 and not a.attisdropped";
        let text = if self.is_embedded() { SQLITE } else { POSTGRES };
        let rows: Vec<Described> = read!(self, pool => sqlx::query_as(text).fetch_all(pool))?;
        tables(rows)
    }

    /// Begins to read everything as it is now. On SQLite the write-ahead file grows until the snapshot ends; no writer waits.
    pub async fn snapshot(&self) -> Stored<Tx> {
        Ok(match self {
            Self::Sqlite { reader, .. } => Tx::Sqlite(SqliteLease::begin_snapshot(reader).await?),
            Self::Postgres(connections) => {
                let mut lease = connections.lease().await?;
                lease.begin_snapshot().await?;
                Tx::Postgres(lease)
            }
        })
    }

    /// Other sessions of samtycke on this PostgreSQL database; 0 on SQLite, which a lock file keeps to one process. The
    /// store must have one connection only: a second one of its own would count.
    pub async fn other_sessions(&self) -> Stored<u64> {
        if self.is_embedded() {
            return Ok(0);
        }
        let (count,): (i64,) = read!(self, pool => sqlx::query_as(
            "select count(*) from pg_stat_activity where datname = current_database() \
             and application_name = 'samtycke' and pid <> pg_backend_pid()"
        ).fetch_one(pool))?;
        super::to_u64("a count", count)
    }
}

fn tables(mut rows: Vec<Described>) -> Stored<Vec<Table>> {
    rows.retain(|(table, ..)| !NOT_COPIED.contains(&table.as_str()));
    rows.sort();
    let mut tables: Vec<Table> = Vec::new();
    let mut keys: Vec<(i64, usize)> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some((name, column, kind, place)) = rows.next() {
        if tables.last().is_none_or(|table| table.name != name) {
            tables.push(Table {
                name: name.clone(),
                columns: Vec::new(),
                key: Vec::new(),
            });
        }
        let table = tables.last_mut().expect("one was pushed");
        if place > 0 {
            keys.push((place, table.columns.len()));
        }
        table.columns.push((column, kind_of(&name, &kind)?));
        if rows.peek().is_none_or(|(next, ..)| *next != name) {
            keys.sort_unstable();
            table.key = keys.drain(..).map(|(_, at)| at).collect();
            if table.key.is_empty() {
                return Err(StoreError::Contradiction(format!(
                    "the table {name} has no primary key, so it cannot be copied"
                )));
            }
        }
    }
    Ok(tables)
}

fn kind_of(table: &str, kind: &str) -> Stored<Kind> {
    match kind {
        "text" => Ok(Kind::Text),
        "integer" | "bigint" => Ok(Kind::Integer),
        "blob" | "bytea" => Ok(Kind::Bytes),
        other => Err(StoreError::Contradiction(format!(
            "the table {table} has a column of type {other}, which cannot be copied"
        ))),
    }
}

/// Reads one value of each type, from a row of either driver.
macro_rules! values {
    ($row:expr, $table:expr) => {
        $table
            .columns
            .iter()
            .enumerate()
            .map(|(i, (_, kind))| {
                Ok(match kind {
                    Kind::Text => Value::Text($row.try_get(i)?),
                    Kind::Integer => Value::Integer($row.try_get(i)?),
                    Kind::Bytes => Value::Bytes($row.try_get(i)?),
                })
            })
            .collect::<Result<Vec<Value>, sqlx::Error>>()
    };
}

/// Binds values to a query of either driver.
macro_rules! bind_all {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text.clone()),
                Value::Integer(number) => query.bind(*number),
                Value::Bytes(bytes) => query.bind(bytes.clone()),
            };
        }
        query
    }};
}

/// Builds an insert of whole rows for either driver.
macro_rules! insert {
    ($driver:ty, $head:expr, $rows:expr) => {{
        let mut builder = QueryBuilder::<$driver>::new($head);
        builder.push_values($rows, |mut row, values: &Vec<Value>| {
            for value in values {
                match value {
                    Value::Text(text) => row.push_bind(text.clone()),
                    Value::Integer(number) => row.push_bind(*number),
                    Value::Bytes(bytes) => row.push_bind(bytes.clone()),
                };
            }
        });
        builder
    }};
}

impl Tx {
    /// The next rows of a table after this key, in the key's order.
    async fn page(&mut self, table: &Table, after: Option<&[Value]>) -> Stored<Vec<Vec<Value>>> {
        let text = page_text(table, after.is_some());
        let after = after.unwrap_or_default();
        match self {
            Self::Sqlite(tx) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(text)), after);
                let rows = query.fetch_all(&mut **tx).await.map_err(StoreError::of)?;
                let rows = rows.iter().map(|row| values!(row, table));
                rows.collect::<Result<_, _>>().map_err(StoreError::of)
            }
            Self::Postgres(tx) => {
                let deadline = tx.deadline();
                let query = bind_all!(sqlx::query(AssertSqlSafe(text)), after);
                let rows = deadline.meet(query.fetch_all(&mut **tx)).await?;
                let rows = rows.iter().map(|row| values!(row, table));
                rows.collect::<Result<_, _>>().map_err(StoreError::of)
            }
        }
    }

    async fn put_page(&mut self, table: &Table, rows: &[Vec<Value>]) -> Stored<()> {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let head = ["insert into ", &table.name, " (", &columns.join(", "), ") "].concat();
        match self {
            Self::Sqlite(tx) => {
                let mut insert = insert!(Sqlite, head, rows);
                let done = insert.build().execute(&mut **tx).await;
                done.map(drop).map_err(StoreError::of)
            }
            Self::Postgres(tx) => {
                let deadline = tx.deadline();
                let mut insert = insert!(Postgres, head, rows);
                deadline
                    .meet(insert.build().execute(&mut **tx))
                    .await
                    .map(drop)
            }
        }
    }

    /// What a table holds; with `into`, its rows are also written there.
    async fn walk(&mut self, table: &Table, mut into: Option<&mut Tx>) -> Stored<Tally> {
        let mut tally = Tally::of(table);
        let mut after: Option<Vec<Value>> = None;
        loop {
            let rows = self.page(table, after.as_deref()).await?;
            let Some(last) = rows.last() else {
                return Ok(tally);
            };
            after = Some(table.key.iter().map(|at| last[*at].clone()).collect());
            for row in &rows {
                tally.add(row);
            }
            if let Some(into) = &mut into {
                into.put_page(table, &rows).await?;
            }
            if rows.len() < PAGE {
                return Ok(tally);
            }
        }
    }

    /// What these tables hold.
    pub async fn tallies(&mut self, tables: &[Table]) -> Stored<Vec<Tally>> {
        let mut tallies = Vec::with_capacity(tables.len());
        for table in tables {
            tallies.push(self.walk(table, None).await?);
        }
        Ok(tallies)
    }

    /// Copies these tables, which must be empty in the other database. Hears the name of each table before it is copied.
    pub async fn copy_into(
        &mut self,
        into: &mut Tx,
        tables: &[Table],
        progress: &(dyn Fn(&str) + Send + Sync),
    ) -> Stored<Vec<Tally>> {
        let mut tallies = Vec::with_capacity(tables.len());
        for table in tables {
            progress(&table.name);
            tallies.push(self.walk(table, Some(&mut *into)).await?);
        }
        Ok(tallies)
    }

    /// Whether the database holds no row of these tables, and otherwise the first table with one.
    pub async fn first_filled(&mut self, tables: &[Table]) -> Stored<Option<String>> {
        for table in tables {
            if !self.page(table, None).await?.is_empty() {
                return Ok(Some(table.name.clone()));
            }
        }
        Ok(None)
    }

    /// Writes what a copy says about itself into it.
    pub async fn write_manifest(&mut self, manifest: &str) -> Stored<()> {
        run!(
            &mut *self,
            sqlx::query("create table backup_manifest (manifest text not null) strict")
        )?;
        run!(
            self,
            sqlx::query("insert into backup_manifest (manifest) values ($1)").bind(manifest)
        )
    }

    /// What a copy says about itself; `None` if the file is no whole copy.
    pub async fn manifest(&mut self) -> Stored<Option<String>> {
        let (has,): (bool,) = on!(&mut *self, conn => sqlx::query_as(
            "select exists (select 1 from sqlite_schema where name = 'backup_manifest')"
        ).fetch_one(conn))?;
        if !has {
            return Ok(None);
        }
        let row: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "select manifest from backup_manifest"
        ).fetch_optional(conn))?;
        Ok(row.map(|(manifest,)| manifest))
    }

    /// Forgets a name of the database's own facts.
    pub async fn forget_meta(&mut self, name: &str) -> Stored<()> {
        run!(
            self,
            sqlx::query("delete from meta where name = $1").bind(name)
        )
    }
}

fn page_text(table: &Table, is_later: bool) -> String {
    let columns: Vec<&str> = table
        .columns
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let key: Vec<&str> = table.key.iter().map(|at| columns[*at]).collect();
    let (columns, name, by) = (columns.join(", "), &table.name, key.join(", "));
    let rows = PAGE;
    let after = if is_later {
        let places: Vec<String> = (1..=key.len()).map(|place| format!("${place}")).collect();
        format!(" where ({by}) > ({})", places.join(", "))
    } else {
        String::new()
    };
    format!("select {columns} from {name}{after} order by {by} limit {rows}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the verification of a copy: a changed, lost, doubled or moved value changes the tally, the order does not.
    #[test]
    fn a_tally_is_of_the_rows_and_not_of_their_order() {
        let table = Table {
            name: "t".into(),
            columns: vec![("a".into(), Kind::Text), ("b".into(), Kind::Bytes)],
            key: vec![0],
        };
        let row =
            |a: &str, b: &[u8]| vec![Value::Text(Some(a.into())), Value::Bytes(Some(b.into()))];
        let tally = |rows: &[Vec<Value>]| {
            let mut tally = Tally::of(&table);
            for row in rows {
                tally.add(row);
            }
            tally
        };
        let (one, two) = (row("x", b"1"), row("y", b"2"));
        let both = tally(&[one.clone(), two.clone()]);
        assert_eq!(both, tally(&[two.clone(), one.clone()]));
        for other in [
            vec![one.clone()],
            vec![one.clone(), one.clone()],
            vec![one.clone(), two.clone(), two.clone()],
            vec![row("x", b"2"), row("y", b"1")],
            vec![row("x1", b""), two.clone()],
            vec![
                vec![Value::Text(None), Value::Bytes(Some(b"1".into()))],
                two,
            ],
        ] {
            assert_ne!(both, tally(&other), "{other:?}");
        }
    }
}
