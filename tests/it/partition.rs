//! Proof without the engine: the demands of a cluster that spreads logs over nodes, tested on `PostgreSQL` itself.

use std::collections::BTreeMap;

use samtycke_tests::{Engine, World};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

const PARTITIONS: usize = 4;

fn migration() -> String {
    let folder = format!("{}/../migrations/postgres", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|e| e.expect("an entry").path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a migration"))
        .collect()
}

/// The `create table` statements of tables with a `log`, each followed by its partitions. `tenant` and `link` are not among
/// them: they map a tenant, and the secret of a link's address, to a log, and every node has a copy. So does
/// `log_succession`, which maps a closed log to its successor.
fn partitioned(migration: &str) -> BTreeMap<String, String> {
    let mut tables = BTreeMap::new();
    for statement in migration.split(";\n") {
        let Some(at) = statement.find("create table ") else {
            continue;
        };
        let statement = &statement[at..];
        let name = statement["create table ".len()..]
            .split([' ', '('])
            .next()
            .expect("a name");
        if ["tenant", "link", "log_succession"].contains(&name)
            || !statement.contains("    log text not null,")
        {
            continue;
        }
        let mut sql = format!("{statement} partition by hash (log);\n");
        for i in 0..PARTITIONS {
            let values = format!("for values with (modulus {PARTITIONS}, remainder {i})");
            sql.push_str(
                &[
                    "create table ",
                    name,
                    "_p",
                    &i.to_string(),
                    " partition of ",
                    name,
                    " ",
                    &values,
                    ";\n",
                ]
                .concat(),
            );
        }
        tables.insert(name.to_owned(), sql);
    }
    tables
}

/// A statement of a later migration that adds a column to one of the tables.
fn added_column(statement: &str, tables: &BTreeMap<String, String>) -> Option<String> {
    let at = statement.find("alter table ")?;
    let table = statement[at..].split(' ').nth(2)?;
    let known = tables.contains_key(table);
    known.then(|| statement[at..].to_owned())
}

async fn scratch() -> (World, PgConnection) {
    let world = World::start(Engine::Postgres).await;
    let mut raw = PgConnection::connect(world.postgres_url.as_ref().expect("PostgreSQL"))
        .await
        .expect("a connection");
    raw.execute("create schema scratch")
        .await
        .expect("a schema");
    raw.execute("set search_path = scratch").await.expect("set");
    (world, raw)
}

/// Protects the way to a cluster. `PostgreSQL` refuses a unique key without the partition key, so every key of every
/// table with a log includes `log`. Each hot statement, as the store has it, touches one partition.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logs_can_be_spread_over_nodes() {
    let (_world, mut raw) = scratch().await;
    let tables = partitioned(&migration());
    assert!(tables.len() >= 13, "{:?}", tables.keys());
    for (name, sql) in &tables {
        let made = raw.execute(AssertSqlSafe(sql.clone())).await;
        made.unwrap_or_else(|error| panic!("{name} cannot be partitioned by log: {error}"));
    }
    let migration = migration();
    let columns = migration.split(";\n");
    for column in columns.filter_map(|statement| added_column(statement, &tables)) {
        raw.execute(AssertSqlSafe(column)).await.expect("a column");
    }
    // Rows, so that no plan is trivial.
    raw.execute("insert into subject select 'log' || l, 's' || s, 1, '', '', 1, '' from generate_series(1, 40) l, generate_series(1, 40) s")
        .await
        .expect("rows");
    raw.execute("analyze").await.expect("analysed");

    let mut explained = 0;
    for (place, text) in hot_statements() {
        let plan = explain(&mut raw, "custom", &place, &text).await.to_string();
        for table in tables.keys() {
            let touched = (0..PARTITIONS)
                .filter(|i| plan.contains(&format!("\"{table}_p{i}\"")))
                .count();
            assert!(
                touched <= 1,
                "{place} touches {touched} partitions of {table}: {text}\n{plan}"
            );
        }
        explained += 1;
    }
    assert!(explained >= 20, "{explained} statements were explained");
}

/// Protects recording on a database that has just been filled. Until statistics are collected, which takes a minute or
/// more, a plan made while the tables were empty must not read a whole log. A join by `log` alone does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_reads_a_whole_log_without_statistics() {
    let (_world, mut raw) = scratch().await;
    raw.execute(AssertSqlSafe(migration()))
        .await
        .expect("the schema");
    raw.execute("set enable_seqscan = off").await.expect("set");
    // A succession moves all of a log's people, once, while no server runs.
    let mut statements = hot_statements();
    statements.retain(|(place, _)| place != "succession.rs");
    for (place, text) in statements {
        let mut grows = vec!["leaf", "event", "subject", "outbox"];
        // Open tasks are counted, but a new one is compared with those of its place and person only.
        if text.starts_with("insert into takedown") {
            grows.push("takedown");
        }
        let plan = explain(&mut raw, "generic", &place, &text).await;
        walk(&plan, &mut |node| {
            let word = |name: &str| node.get(name).and_then(|v| v.as_str()).unwrap_or_default();
            let of = word("Relation Name").to_owned() + word("Index Name");
            let large = grows.iter().any(|table| {
                of.strip_prefix(table).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with('_') || rest.starts_with(table)
                })
            });
            let whole = word("Node Type") == "Seq Scan" || word("Index Cond") == "(log = $1)";
            assert!(
                !(large && whole),
                "{place} reads all of {of}: {text}\n{plan}"
            );
        });
    }
}

/// Every object of a plan.
fn walk(
    value: &serde_json::Value,
    visit: &mut impl FnMut(&serde_json::Map<String, serde_json::Value>),
) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|v| walk(v, visit)),
        serde_json::Value::Object(fields) => {
            visit(fields);
            fields.values().for_each(|v| walk(v, visit));
        }
        _ => {}
    }
}

/// The plan for the parameters that the driver sends: a `custom` or a `generic` one.
async fn explain(raw: &mut PgConnection, sort: &str, place: &str, text: &str) -> serde_json::Value {
    let mode = format!("set plan_cache_mode = force_{sort}_plan");
    raw.execute(AssertSqlSafe(mode)).await.expect("set");
    raw.execute(AssertSqlSafe(format!("prepare hot as {text}")))
        .await
        .unwrap_or_else(|error| panic!("{place}: {error}: {text}"));
    let (types,): (Vec<String>,) = sqlx::query_as(
        "select parameter_types::text[] from pg_prepared_statements where name = 'hot'",
    )
    .fetch_one(&mut *raw)
    .await
    .expect("types");
    let values: Vec<&str> = types
        .iter()
        .enumerate()
        .map(|(i, type_)| match &**type_ {
            _ if i == 0 => "'log7'",
            "text" => "'s7'",
            "bigint" => "1",
            "bytea" => "'\\x00'",
            "text[]" => "array['s7', 's8']",
            "bigint[]" => "array[1, 2]",
            "bytea[]" => "array['\\x00'::bytea, '\\x01']",
            other => panic!("{place}: a parameter of type {other}: {text}"),
        })
        .collect();
    let explain = format!("explain (format json) execute hot({})", values.join(", "));
    let (plan,): (serde_json::Value,) = sqlx::query_as(AssertSqlSafe(explain))
        .fetch_one(&mut *raw)
        .await
        .expect("a plan");
    raw.execute("deallocate hot").await.expect("gone");
    plan
}

/// The Rust files below a folder, without its tests.
fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|e| e.expect("an entry").path());
    let found = paths.flat_map(|path| {
        if path.is_dir() {
            sources(&path)
        } else {
            vec![path]
        }
    });
    found.filter(|path| !path.ends_with("tests.rs")).collect()
}

/// Every SQL statement in the Rust source of `server/store`, with its location.
fn statements() -> Vec<(String, String)> {
    let store = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/store/src");
    let mut paths = sources(std::path::Path::new(store));
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let source = std::fs::read_to_string(&path).expect("a source");
        // No statement contains a quote, so every second piece between quotes is a string. A quote in a comment would
        // shift the pieces; their count detects that.
        let code: String = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for piece in code.split('"').skip(1).step_by(2) {
            let text = piece.replace("\\\n", " ");
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if ["select ", "insert ", "update ", "delete ", "with "]
                .iter()
                .any(|verb| text.starts_with(verb))
            {
                found.push((
                    path.file_name()
                        .expect("a name")
                        .to_string_lossy()
                        .into_owned(),
                    text,
                ));
            }
        }
    }
    assert!(
        found.len() > 40,
        "the lint reads the store: {}",
        found.len()
    );
    found
}

/// The statements of `PostgreSQL`'s dialect over tables with a log: the checks, and the batch append's.
fn hot_statements() -> Vec<(String, String)> {
    let tables = partitioned(&migration());
    let of_a_log = |text: &str| {
        text.split([' ', '(', ','])
            .any(|word| tables.contains_key(word))
    };
    let foreign = |text: &str| {
        text.contains("json_each")
            || text.ends_with(") ")
            || text.ends_with(')') && text.starts_with("insert") && !text.contains('$')
    };
    statements()
        .into_iter()
        .filter(|(_, text)| of_a_log(text) && !foreign(text) && text.contains('$'))
        .collect()
}

/// Protects the rules of dependencies.md, "Engines beyond one machine", in every statement of the store.
#[test]
fn statements_keep_the_rules() {
    let forbidden = [
        "now()",
        "current_timestamp",
        "random()",
        "gen_random_uuid",
        "nextval",
        "serial",
        "skip locked",
        "listen ",
        "notify ",
        "pg_advisory",
        "pg_try_advisory",
        "savepoint",
        "temporary",
        "create ",
        "drop ",
        "alter ",
    ];
    for (place, text) in statements() {
        for word in forbidden {
            assert!(!text.contains(word), "{place}: {word:?} in {text}");
        }
        assert_eq!(
            text,
            text.to_lowercase(),
            "{place}: statements are lower case"
        );
        assert!(
            !text.contains(" offset "),
            "{place}: pages are by key: {text}"
        );
    }
}

/// Protects the same rules in the schema of both engines.
#[test]
fn the_schema_keeps_the_rules() {
    let sqlite = std::fs::read_dir(format!(
        "{}/../migrations/sqlite",
        env!("CARGO_MANIFEST_DIR")
    ))
    .expect("a folder");
    let sqlite: String = sqlite
        .map(|e| std::fs::read_to_string(e.expect("an entry").path()).expect("a migration"))
        .collect();
    for schema in [migration(), sqlite] {
        let code: String = schema
            .lines()
            .filter(|l| !l.trim_start().starts_with("--"))
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join("\n");
        for word in [
            "serial",
            "sequence",
            "autoincrement",
            "identity (",
            "generated ",
            "now()",
            "current_timestamp",
            "references ",
            " enum",
            "default ",
        ] {
            assert!(!code.contains(word), "{word:?} in a migration");
        }
        for line in code.lines().filter(|l| l.contains("index")) {
            assert!(
                !line.contains("unique index") || !line.contains("where"),
                "a partial unique index: {line}"
            );
        }
    }
}
