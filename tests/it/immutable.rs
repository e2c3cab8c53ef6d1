//! What was recorded cannot be changed through the database, whoever is connected; and both engines have one schema.

use std::collections::{BTreeMap, BTreeSet};

use samtycke_tests::world::Tenancy;
use samtycke_tests::{Engine, World, audit, both};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

const PURPOSE: &str = "loomer.cookies-analys";

/// Tables that only ever grow.
const APPEND_ONLY: [&str; 9] = [
    "leaf",
    "tile",
    "checkpoint",
    "publication",
    "event",
    "idempotency",
    "notice",
    "notice_text",
    "register_version",
];

/// Somebody else's connection: it has set nothing up.
enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    async fn open(world: &World) -> Self {
        if world.engine == Engine::Sqlite {
            let file = format!(
                "sqlite://{}",
                world.data_dir().join("db/samtycke.db").display()
            );
            let mut raw = SqliteConnection::connect(&file)
                .await
                .expect("a connection");
            raw.execute("pragma recursive_triggers = off")
                .await
                .expect("off");
            raw.execute("pragma busy_timeout = 5000")
                .await
                .expect("set");
            Self::Sqlite(raw)
        } else {
            Self::Postgres(
                PgConnection::connect(world.postgres_url.as_ref().expect("PostgreSQL"))
                    .await
                    .expect("a connection"),
            )
        }
    }

    async fn execute(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(raw) => raw.execute(sql).await.map(drop),
            Self::Postgres(raw) => raw.execute(sql).await.map(drop),
        }
    }

    async fn texts(&mut self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let rows: Vec<(String,)> = match self {
            Self::Sqlite(raw) => sqlx::query_as(sql).fetch_all(raw).await.expect("rows"),
            Self::Postgres(raw) => sqlx::query_as(sql).fetch_all(raw).await.expect("rows"),
        };
        rows.into_iter().map(|(text,)| text).collect()
    }

    /// The statement fails, and by our guard, not by a mistake in it.
    async fn refuses(&mut self, sql: &str) {
        let error = self.execute(sql).await.expect_err(sql).to_string();
        assert!(
            error.contains("append-only") || error.contains("never"),
            "{sql}: {error}"
        );
    }

    async fn count(&mut self, table: &str) -> String {
        self.texts(&format!("select cast(count(*) as text) from {table}"))
            .await
            .remove(0)
    }
}

/// A log with something in every table: 256 leaves, so that there is a tile.
async fn filled(world: &mut World) -> Tenancy {
    world.restart_with(audit::without_limits).await;
    let t = world.example("loomer").await;
    let shared = &*world;
    let t_ref = &t;
    for _ in 0..8 {
        let many = (0..32).map(|_| async move {
            let body = shared.consent(t_ref, &shared.subject(), 0, &[(PURPOSE, "given")]);
            shared
                .post("/v1/consents", &t_ref.keys.service, &body)
                .await
                .expect(201)
        });
        let mut many: Vec<_> = many.map(Box::pin).collect();
        std::future::poll_fn(|cx| {
            many.retain_mut(|one| one.as_mut().poll(cx).is_pending());
            if many.is_empty() {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
    }
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    world
        .server
        .app
        .publisher
        .publish(&tenant)
        .await
        .expect("published");
    t
}

both! {
    /// Protects invariant 3: UPDATE, DELETE, TRUNCATE and every way of replacing a row fail in the database itself.
    async fn a_recorded_event_cannot_be_changed(world: World) {
        let mut world = world;
        let t = filled(&mut world).await;
        let mut raw = Raw::open(&world).await;
        for table in APPEND_ONLY {
            let before = raw.count(table).await;
            assert_ne!(before, "0", "{table} holds something");
            let column = match table {
                "notice" | "notice_text" | "register_version" => "tenant",
                _ => "log",
            };
            raw.refuses(&format!("update {table} set {column} = {column}")).await;
            raw.refuses(&format!("update {table} set {column} = 'x'")).await;
            raw.refuses(&format!("delete from {table}")).await;
            if world.engine == Engine::Sqlite {
                for recursive in ["off", "on"] {
                    raw.execute(&format!("pragma recursive_triggers = {recursive}")).await.expect("set");
                    raw.refuses(&format!("insert or replace into {table} select * from {table} limit 1")).await;
                    raw.refuses(&format!("replace into {table} select * from {table} limit 1")).await;
                    raw.refuses(&format!("update or replace {table} set {column} = {column}")).await;
                }
            } else {
                raw.refuses(&format!("truncate {table}")).await;
                raw.refuses(&format!("truncate {table} cascade")).await;
                raw.refuses(&format!("insert into {table} select * from {table} limit 1 on conflict on constraint \
                    {table}_pkey do update set {column} = excluded.{column}")).await;
            }
            assert_eq!(raw.count(table).await, before, "{table}");
        }
        if world.engine == Engine::Sqlite {
            // Another index, but somebody's seq: the unique key would be the row that is replaced.
            raw.refuses("insert or replace into event (log, idx, event_id, subject, seq, body) \
                select log, 100000, event_id, subject, seq, body from event limit 1").await;
        }
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects the head: it moves forward or not at all, whoever moves it.
    async fn the_head_never_goes_back(world: World) {
        let mut world = world;
        let t = filled(&mut world).await;
        let mut raw = Raw::open(&world).await;
        for back in ["size = size - 1", "size = 0", "epoch = epoch - 1", "policy = policy - 1", "origin = 'x'"] {
            raw.refuses(&format!("update log_head set {back}")).await;
        }
        raw.refuses("delete from log_head").await;
        match world.engine {
            Engine::Sqlite => raw.refuses("insert or replace into log_head select * from log_head").await,
            Engine::Postgres => raw.refuses("truncate log_head").await,
        }
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects everybody else's events from an erasure's licence: it opens one subject's events, not the next one's.
    async fn an_erasure_licenses_its_own_subject_only(world: World) {
        let t = world.example("loomer").await;
        let (one, two) = (world.subject(), world.subject());
        for subject in [&one, &two] {
            world.record(&t, subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        }
        let mut raw = Raw::open(&world).await;
        raw.execute(&format!("insert into erasure (log, subject) values ('{}', '{one}')", t.log)).await.expect("named");
        raw.refuses(&format!("delete from event where subject = '{two}'")).await;
        raw.refuses("delete from idempotency").await;
        raw.refuses("delete from leaf").await;
        raw.refuses(&format!("update event set seq = 9 where subject = '{one}'")).await;
        raw.execute(&format!("delete from event where subject = '{one}'")).await.expect("its own");
    }
}

/// One table as either engine describes it.
#[derive(Debug, PartialEq, Eq)]
struct Table {
    /// Name, type, whether it may be null.
    columns: Vec<(String, String, bool)>,
    primary: Vec<String>,
    unique: BTreeSet<Vec<String>>,
}

async fn sqlite_schema(raw: &mut Raw) -> BTreeMap<String, Table> {
    let mut schema = BTreeMap::new();
    let names = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like '_sqlx_%'";
    for table in raw.texts(names).await {
        let columns = raw
            .texts(&format!("select name || ' ' || lower(type) || ' ' || \"notnull\" from pragma_table_info('{table}') order by cid"))
            .await;
        let columns = columns.iter().map(|line| {
            let [name, type_, not_null] = line
                .split(' ')
                .collect::<Vec<_>>()
                .try_into()
                .expect("three words");
            let type_ = match type_ {
                "integer" => "bigint",
                "blob" => "bytea",
                other => other,
            };
            (name.to_owned(), type_.to_owned(), not_null == "0")
        });
        let primary =
            format!("select name from pragma_table_info('{table}') where pk > 0 order by pk");
        let indexes = format!(
            "select name from pragma_index_list('{table}') where \"unique\" = 1 and origin = 'u'"
        );
        let mut unique = BTreeSet::new();
        for index in raw.texts(&indexes).await {
            unique.insert(
                raw.texts(&format!(
                    "select name from pragma_index_info('{index}') order by seqno"
                ))
                .await,
            );
        }
        let table_is = Table {
            columns: columns.collect(),
            primary: raw.texts(&primary).await,
            unique,
        };
        schema.insert(table, table_is);
    }
    schema
}

async fn postgres_schema(raw: &mut Raw) -> BTreeMap<String, Table> {
    let mut schema = BTreeMap::new();
    let names = "select table_name::text from information_schema.tables where table_schema = 'public' and table_name not like '\\_sqlx\\_%'";
    for table in raw.texts(names).await {
        let columns = raw
            .texts(&format!("select column_name || ' ' || data_type || ' ' || is_nullable from information_schema.columns \
                where table_schema = 'public' and table_name = '{table}' order by ordinal_position"))
            .await;
        let columns = columns.iter().map(|line| {
            let [name, type_, nullable] = line
                .split(' ')
                .collect::<Vec<_>>()
                .try_into()
                .expect("three words");
            (name.to_owned(), type_.to_owned(), nullable == "YES")
        });
        let mut keys = BTreeMap::new();
        for kind in ["PRIMARY KEY", "UNIQUE"] {
            let lists = raw
                .texts(&format!("select string_agg(k.column_name, ' ' order by k.ordinal_position) \
                    from information_schema.table_constraints c join information_schema.key_column_usage k \
                    on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name and k.table_name = c.table_name \
                    where c.table_schema = 'public' and c.table_name = '{table}' and c.constraint_type = '{kind}' \
                    group by c.constraint_name"))
                .await;
            let lists: BTreeSet<Vec<String>> = lists
                .iter()
                .map(|list| list.split(' ').map(str::to_owned).collect())
                .collect();
            keys.insert(kind, lists);
        }
        let primary = keys["PRIMARY KEY"].first().cloned().unwrap_or_default();
        schema.insert(
            table,
            Table {
                columns: columns.collect(),
                primary,
                unique: keys["UNIQUE"].clone(),
            },
        );
    }
    schema
}

/// Protects the two engines against drifting apart: tables, columns, types, nullability, primary and unique keys are
/// the same, so that whatever one test shows on one engine says something about the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_one_schema() {
    let (sqlite, postgres) = (
        World::start(Engine::Sqlite).await,
        World::start(Engine::Postgres).await,
    );
    let sqlite = sqlite_schema(&mut Raw::open(&sqlite).await).await;
    let postgres = postgres_schema(&mut Raw::open(&postgres).await).await;
    assert_eq!(
        sqlite.keys().collect::<Vec<_>>(),
        postgres.keys().collect::<Vec<_>>()
    );
    for (name, table) in &sqlite {
        assert_eq!(table, &postgres[name], "{name}");
        assert!(!table.primary.is_empty(), "{name} has a key");
    }
    assert!(
        sqlite.len() > 15
            && sqlite["event"]
                .unique
                .contains(&vec!["log".into(), "subject".into(), "seq".into()])
    );
    assert_eq!(json!(sqlite["leaf"].primary), json!(["log", "idx"]));
}
