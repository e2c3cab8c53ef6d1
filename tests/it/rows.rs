//! Rows that a record writes, on both engines, counted by the database itself.

use std::collections::BTreeMap;

use samtycke_tests::{Engine, Tenancy, World, audit, both};

use crate::raw::Raw;
use crate::support::together;

const PURPOSE: &str = "loomer.cookies-analys";
/// Records measured; each has its own subject.
const RECORDS: usize = 1_000;
/// Records whose counts are measured.
const COUNTED_RECORDS: usize = 200;
/// Records sent at the same time.
const AT_A_TIME: usize = 50;
/// Most rows that a record may write.
const ROWS_PER_RECORD_MAX: usize = 3;
/// Tables written once per batch or checkpoint, however many records it has.
const PER_BATCH: [&str; 4] = ["log_head", "tile", "checkpoint", "published"];

/// Makes the database log every row that is inserted or updated from now on.
async fn count_writes(world: &World, raw: &mut Raw) {
    let names = match world.engine {
        Engine::Sqlite => {
            "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
        }
        Engine::Postgres => {
            "select table_name::text from information_schema.tables where table_schema = 'public'"
        }
    };
    let tables = raw.texts(names).await;
    raw.execute("create table written (name text not null)")
        .await
        .expect("made");
    if world.engine == Engine::Postgres {
        let function = "create function note_write() returns trigger language plpgsql as $$ \
            begin insert into written values (tg_table_name); return null; end $$";
        raw.execute(function).await.expect("made");
    }
    for table in tables {
        for act in ["insert", "update"] {
            let trigger = match world.engine {
                Engine::Sqlite => format!(
                    "create trigger note_{table}_{act} after {act} on {table} \
                     begin insert into written values ('{table}'); end"
                ),
                Engine::Postgres => format!(
                    "create trigger note_{act} after {act} on {table} for each row execute function note_write()"
                ),
            };
            raw.execute(&trigger).await.expect("made");
        }
    }
}

/// Rows written since the last call, by table.
async fn take_written(raw: &mut Raw) -> BTreeMap<String, usize> {
    let mut written = BTreeMap::new();
    for name in raw.texts("select name from written").await {
        *written.entry(name).or_default() += 1;
    }
    raw.execute("delete from written").await.expect("deleted");
    written
}

/// Bytes of the database and its indexes.
async fn database_bytes(world: &World, raw: &mut Raw) -> i64 {
    let text = match world.engine {
        Engine::Sqlite => {
            "select cast(page_count * page_size as text) from pragma_page_count(), pragma_page_size()"
        }
        Engine::Postgres => {
            "select cast(sum(pg_total_relation_size(c.oid)) as text) from pg_class c \
             where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'written'"
        }
    };
    raw.texts(text).await.remove(0).parse().expect("a number")
}

/// One decision for each of these subjects.
async fn record_all(
    world: &World,
    t: &Tenancy,
    subjects: &[String],
    decision: &str,
    based_on: u64,
) {
    for some in subjects.chunks(AT_A_TIME) {
        let requests = some.iter().map(|subject| async move {
            world
                .record(t, subject, based_on, &[(PURPOSE, decision)])
                .await
                .expect(201);
        });
        together(requests).await;
    }
}

fn rows_per_record(written: &BTreeMap<String, usize>) -> usize {
    let rows = written
        .iter()
        .filter(|(table, _)| !PER_BATCH.contains(&table.as_str()) && *table != "decision_count");
    rows.map(|(_, count)| count)
        .sum::<usize>()
        .div_ceil(RECORDS)
}

both! {
    /// Protects the cost of a record: a leaf, an event with its identity, and a subject with its state and key.
    async fn a_record_writes_three_rows(world: World) {
        let mut world = world;
        world.restart_with(audit::without_limits).await;
        let t = world.example("loomer").await;
        let mut raw = Raw::open(&world).await;
        let subjects: Vec<String> = (0..RECORDS).map(|_| world.subject()).collect();
        count_writes(&world, &mut raw).await;
        let before = database_bytes(&world, &mut raw).await;
        record_all(&world, &t, &subjects, "given", 0).await;
        let first = take_written(&mut raw).await;
        let grown = database_bytes(&world, &mut raw).await - before;
        record_all(&world, &t, &subjects, "refused", 1).await;
        let later = take_written(&mut raw).await;
        println!("{:?}: {RECORDS} first records wrote {first:?}", world.engine);
        println!("{:?}: {RECORDS} later records wrote {later:?}", world.engine);
        println!("{:?}: {} bytes of the database an event", world.engine, grown / i64::try_from(RECORDS).expect("small"));
        assert_eq!(later["leaf"], RECORDS);
        assert!(rows_per_record(&first) <= ROWS_PER_RECORD_MAX, "{first:?}");
        assert!(rows_per_record(&later) <= ROWS_PER_RECORD_MAX, "{later:?}");
    }

    /// Protects the size of the counts: one row per batch, purpose and decision, however many records the batch has.
    async fn counts_do_not_grow_with_a_batch(world: World) {
        let mut world = world;
        world.restart_with(audit::without_limits).await;
        let t = world.example("loomer").await;
        let mut raw = Raw::open(&world).await;
        count_writes(&world, &mut raw).await;
        let subjects: Vec<String> = (0..COUNTED_RECORDS).map(|_| world.subject()).collect();
        record_all(&world, &t, &subjects, "given", 0).await;
        let written = take_written(&mut raw).await;
        // The head moves once per batch, and once more when a tile is completed.
        assert!(written["decision_count"] <= written["log_head"], "{written:?}");
        assert!(written["decision_count"] < COUNTED_RECORDS / 2, "{written:?}");
    }
}
