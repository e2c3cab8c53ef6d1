//! Recorded events cannot be changed through the database by any connection, and both engines have one schema.

use std::collections::{BTreeMap, BTreeSet};

use samtycke_tests::world::Tenancy;
use samtycke_tests::{Engine, World, audit, both};
use serde_json::json;

use crate::raw::Raw;
use crate::support::together;

const PURPOSE: &str = "loomer.cookies-analys";

/// Append-only tables.
const APPEND_ONLY: [&str; 10] = [
    "leaf",
    "tile",
    "checkpoint",
    "cosignature",
    "witnessed",
    "publication",
    "event",
    "notice",
    "notice_text",
    "register_version",
];

/// A log with rows in every table: 256 leaves, so that it has a tile.
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
                .expect(201);
        });
        together(many).await;
    }
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    world
        .server
        .app
        .publisher
        .publish(&tenant)
        .await
        .expect("published");
    // As of a witness that was late, of a log that nobody looks at here.
    world
        .execute("insert into cosignature values ('other', 1, 'w', '-', 0)")
        .await;
    world
        .execute("insert into witnessed values ('other', 1)")
        .await;
    t
}

both! {
    /// Protects invariant 3: the database itself rejects UPDATE, DELETE, TRUNCATE and every way of replacing a row.
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
        for column in ["idx", "event_id", "subject", "seq", "body_mac", "body"] {
            raw.refuses(&format!("update event set {column} = {column}")).await;
        }
        if world.engine == Engine::Sqlite {
            // A new index with the id or seq of an existing row: the unique key would replace that row.
            for recursive in ["off", "on"] {
                raw.execute(&format!("pragma recursive_triggers = {recursive}")).await.expect("set");
                for columns in ["event_id, subject, 100000", "'x', subject, seq"] {
                    raw.refuses(&format!("insert or replace into event (log, idx, event_id, subject, seq, body_mac, body) \
                        select log, 100000, {columns}, body_mac, body from event limit 1")).await;
                }
            }
        }
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects the head: it only moves forward, in any transaction.
    async fn the_head_never_goes_back(world: World) {
        let mut world = world;
        let t = filled(&mut world).await;
        let mut raw = Raw::open(&world).await;
        for back in ["size = size - 1", "size = 0", "epoch = epoch - 1", "config_version = config_version - 1", "origin = 'x'"] {
            raw.refuses(&format!("update log_head set {back}")).await;
        }
        raw.refuses("delete from log_head").await;
        match world.engine {
            Engine::Sqlite => raw.refuses("insert or replace into log_head select * from log_head").await,
            Engine::Postgres => raw.refuses("truncate log_head").await,
        }
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects all other events from an erasure's licence: it opens only the events that it names.
    async fn an_erasure_licenses_its_own_events_only(world: World) {
        let t = world.example("loomer").await;
        let (one, two) = (world.subject(), world.subject());
        for subject in [&one, &two] {
            world.record(&t, subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        }
        let mut raw = Raw::open(&world).await;
        name_in_erasure(&mut raw, &one).await;
        raw.refuses(&format!("delete from event where subject = '{two}'")).await;
        raw.refuses(&format!("update event set body = {} where subject = '{two}'", empty(&world))).await;
        raw.refuses("delete from leaf").await;
        raw.execute(&format!("delete from event where subject = '{one}'")).await.expect("its own");
    }

    /// Protects the idempotency identity when an erasure destroys a body: the licence empties the body and changes
    /// nothing else.
    async fn an_erasure_empties_a_body_and_keeps_its_identity(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let body = world.consent(&t, &subject, 0, &[(PURPOSE, "given")]);
        world.post("/v1/consents", &t.keys.service, &body).await.expect(201);
        let mut raw = Raw::open(&world).await;
        let identity = "select event_id || ' ' || idx || ' ' || lower(hex) from \
            (select event_id, idx, HEX(body_mac) as hex from event) e".replace("HEX(body_mac)", match world.engine {
                Engine::Sqlite => "hex(body_mac)",
                Engine::Postgres => "encode(body_mac, 'hex')",
            });
        let before = raw.texts(&identity).await;
        name_in_erasure(&mut raw, &subject).await;
        let empty = empty(&world);
        for more in ["log = 'x'", "idx = 9", "event_id = 'x'", "subject = 'x'", "seq = 9", "body_mac = body"] {
            raw.refuses(&format!("update event set body = {empty}, {more}")).await;
        }
        raw.refuses("update event set body = body_mac").await;
        raw.execute(&format!("update event set body = {empty}")).await.expect("licensed");
        assert_eq!(raw.texts(&identity).await, before);
    }

    /// Protects every opening of a subject: its key is wrapped again in a later epoch or destroyed, and never replaced.
    async fn the_key_of_a_subject_is_never_replaced(world: World) {
        let t = world.example("loomer").await;
        world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        let mut raw = Raw::open(&world).await;
        let half = ["wrapped_key = last_leaf", "key_epoch = key_epoch + 1", "wrapped_key = null", "key_epoch = null",
            "wrapped_key = null, key_epoch = key_epoch + 1", "wrapped_key = last_leaf, key_epoch = key_epoch - 1"];
        for change in half {
            raw.refuses(&format!("update subject set {change}")).await;
        }
        if world.engine == Engine::Sqlite {
            raw.refuses("insert or replace into subject select log, subject, seq, last_leaf, state, key_epoch, last_leaf \
                from subject").await;
        }
        let later = "update subject set wrapped_key = last_leaf, key_epoch = key_epoch + 1";
        raw.execute(later).await.expect("a later epoch wraps it anew");
        raw.execute("update subject set wrapped_key = null, key_epoch = null").await.expect("destroyed");
        raw.refuses("update subject set wrapped_key = last_leaf, key_epoch = 9").await;
    }
}

/// Grants an erasure's licence for every event of a subject.
async fn name_in_erasure(raw: &mut Raw, subject: &str) {
    let name =
        format!("insert into erasure select log, idx from event where subject = '{subject}'");
    raw.execute(&name).await.expect("named");
}

/// An empty byte string, as a literal.
fn empty(world: &World) -> &'static str {
    match world.engine {
        Engine::Sqlite => "x''",
        Engine::Postgres => "''::bytea",
    }
}

/// One table as the engine describes it.
#[derive(Debug, PartialEq, Eq)]
struct Table {
    /// Name, type, nullability.
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

/// Protects the two engines against drift: tables, columns, types, nullability, primary and unique keys are the same,
/// so a test on one engine also says something about the other.
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
            && sqlite["event"]
                .unique
                .contains(&vec!["log".into(), "event_id".into()])
    );
    assert_eq!(json!(sqlite["leaf"].primary), json!(["log", "idx"]));
}
