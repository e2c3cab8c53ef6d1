//! Copies of a whole database: a backup beside writers, its restore, and the move between the engines.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use samtycke_core::id::LogId;
use samtycke_server::app::{App, adopt_anchor};
use samtycke_server::backup::{
    CopyError, Manifest, RESTORED, backup, refuse_if_left, restore, shift,
};
use samtycke_server::clock::{Clock as _, Environment};
use samtycke_server::store::Store;
use samtycke_tests::services::new_database;
use samtycke_tests::world::{Tenancy, config_at};
use samtycke_tests::{Engine, World, audit, both};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use tempfile::TempDir;

use crate::process::{program, said};
use crate::raw::Raw;

const PURPOSE: &str = "loomer.cookies-analys";

fn silent(_: &str) {}

async fn write(world: &World, file: &Path) -> Result<Manifest, CopyError> {
    backup(&world.server.app.store, file, 1, &silent).await
}

/// An empty database of the same engine, in a new data folder that has the keys, and the log anchor if it is wanted.
async fn empty(world: &World, with_anchor: bool) -> (TempDir, Option<String>, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut parts = vec!["keys"];
    parts.extend(with_anchor.then_some("anchor"));
    for part in parts {
        copy_folder(&world.data_dir().join(part), &folder.path().join(part));
    }
    let url = match world.engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(new_database().await),
    };
    let store = open(folder.path(), url.as_deref()).await;
    (folder, url, store)
}

async fn open(folder: &Path, url: Option<&str>) -> Store {
    let store = match url {
        None => {
            std::fs::create_dir_all(folder.join("db")).expect("a folder");
            Store::sqlite(&folder.join("db/samtycke.db")).await
        }
        Some(url) => Store::postgres(url, 1, true).await,
    };
    let store = store.expect("a database");
    store.migrate().await.expect("a schema");
    store
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// A person who gave and one who withdrew again.
async fn two_people(world: &World, t: &Tenancy) -> (String, String) {
    let (gives, withdraws) = (world.subject(), world.subject());
    for subject in [&gives, &withdraws] {
        world
            .record(t, subject, 0, &[(PURPOSE, "given")])
            .await
            .expect(201);
    }
    world.withdraw(t, &withdraws, &[PURPOSE]).await.expect(201);
    (gives, withdraws)
}

async fn reason(world: &World, t: &Tenancy, subject: &str) -> String {
    let check = world.check(t, subject, PURPOSE).await.expect(200);
    check.json["reason"].as_str().expect("a reason").to_owned()
}

both! {
    /// Protects people who withdrew after a backup, where the anchor is not mounted: one operator cannot call the restored copy whole.
    /// Its log stays frozen until it is compared with its own anchor, or until two operators accept the loss.
    async fn a_restored_copy_does_not_vouch_for_itself(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let (gives, _) = two_people(&world, &t).await;
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        world.server.app.publisher.publish(&tenant).await.expect("published");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one.backup");
        write(&world, &file).await.expect("a backup");
        world.server.stop().await;
        let (data, url, into) = empty(&world, false).await;
        restore(&file, &into, data.path(), &silent).await.expect("restored");
        into.close().await;
        let config = config_at(data.path(), url.as_deref());
        let adopted = adopt_anchor(&config, &Environment::system(), None, true).await.expect("adopted");
        assert!(adopted[0].stays_frozen && adopted[0].size.is_none(), "{adopted:?}");
        let mut alone = World::open(world.engine, data, url, world.clock.now()).await;
        assert_eq!(reason(&alone, &t, &gives).await, "FAILCLOSED_RECOVERING");
        alone.server.stop().await;

        // With its own anchor it is whole, and from then on like any other.
        let (data, url, into) = empty(&world, true).await;
        restore(&file, &into, data.path(), &silent).await.expect("restored");
        into.close().await;
        let whole = World::open(world.engine, data, url, world.clock.now()).await;
        assert_eq!(reason(&whole, &t, &gives).await, "CONSENT_VALID");
        assert_eq!(whole.server.app.store.meta(RESTORED).await.expect("a read"), None);
        world.restart().await;
    }

    /// Protects an operator whose database is gone while keys and anchor are there: no server begins anew beside them, and the
    /// backup is brought back into the same place.
    async fn a_lost_database_is_restored_and_not_begun_anew(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let (gives, withdraws) = two_people(&world, &t).await;
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        world.server.app.publisher.publish(&tenant).await.expect("published");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one.backup");
        write(&world, &file).await.expect("a backup");
        world.server.stop().await;
        match world.engine {
            Engine::Sqlite => std::fs::remove_dir_all(world.data_dir().join("db")).expect("lost"),
            Engine::Postgres => world.postgres_url = Some(new_database().await),
        }
        let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
        let refused = App::start(config, Environment::system(), None).await.expect_err("it is new");
        let refused = refused.to_string();
        assert!(refused.contains("samtycke restore FILE"), "{refused}");
        let store = open(&world.data_dir(), world.postgres_url.as_deref()).await;
        restore(&file, &store, &world.data_dir(), &silent).await.expect("restored into the same place");
        store.close().await;
        world.restart().await;
        assert_eq!(reason(&world, &t, &gives).await, "CONSENT_VALID");
        assert_eq!(reason(&world, &t, &withdraws).await, "CONSENT_WITHDRAWN");
    }

    /// Protects every record: a backup that is made while others write is of one moment, holds every table, and a restored
    /// database answers, proves and refuses changes as the old one does.
    async fn backup_beside_writers_restores_whole(world: World) {
        let t = world.example("loomer").await;
        let (gives, withdraws) = two_people(&world, &t).await;
        let world = Arc::new(world);
        let writer = tokio::spawn({
            let (world, t) = (world.clone(), t.clone());
            async move {
                for _ in 0..60 {
                    world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
                }
            }
        });
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one.backup");
        let manifest = write(&world, &file).await.expect("a backup");
        writer.await.expect("written");
        let size = manifest.logs[0].size;
        assert!(size > 4 && manifest.logs[0].log.as_str() == t.log);
        let named: BTreeSet<&str> = manifest.tables.iter().map(|table| table.table.as_str()).collect();
        assert!(named.contains("leaf") && named.contains("refusal_mark") && named.len() > 25, "{named:?}");
        let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
        let again = write(&world, &file).await.expect_err("it exists");
        assert!(again.to_string().contains("never overwrites"), "{again}");

        let (data, url, into) = empty(&world, false).await;
        assert_eq!(restore(&file, &into, data.path(), &silent).await.expect("restored"), manifest);
        let full = restore(&file, &into, data.path(), &silent).await.expect_err("it is not empty");
        assert!(full.to_string().contains("is not empty"), "{full}");
        // As if it had been compared with its anchor: without that nobody may call it whole.
        let mut tx = into.begin().await.expect("begun");
        tx.forget_meta(RESTORED).await.expect("forgotten");
        tx.commit().await.expect("committed");
        into.close().await;
        // The anchor is not in the file: a server does not start on an empty one until an operator says so.
        let config = config_at(data.path(), url.as_deref());
        adopt_anchor(&config, &Environment::system(), None, true).await.expect("adopted");
        let restored = World::open(world.engine, data, url, world.clock.now()).await;
        assert_eq!(audit::audit(&restored.server.app, &t.log).await.size, size);
        assert_eq!(reason(&restored, &t, &gives).await, "CONSENT_VALID");
        assert_eq!(reason(&restored, &t, &withdraws).await, reason(&world, &t, &withdraws).await);
        let mut raw = Raw::open(&restored).await;
        raw.refuses("update leaf set log = log").await;
        raw.refuses("delete from event").await;
        raw.refuses("update log_head set size = 0").await;
    }

    /// Protects people whose withdrawal is newer than the backup: the restored log denies everything until it is recovered.
    async fn backup_that_is_older_than_the_anchor_freezes(world: World) {
        let t = world.example("loomer").await;
        let (gives, _) = two_people(&world, &t).await;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one.backup");
        write(&world, &file).await.expect("a backup");
        world.withdraw(&t, &gives, &[PURPOSE]).await.expect(201);
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        world.server.app.publisher.publish(&tenant).await.expect("published");
        let (data, url, into) = empty(&world, true).await;
        restore(&file, &into, data.path(), &silent).await.expect("restored");
        into.close().await;
        let restored = World::open(world.engine, data, url, world.clock.now()).await;
        assert_eq!(reason(&restored, &t, &gives).await, "FAILCLOSED_RECOVERING");
        restored.record(&t, &gives, 0, &[(PURPOSE, "given")]).await.expect_problem(503, "FAILCLOSED_RECOVERING");
    }

    /// Protects a restore from a file that a disk or a transfer has changed: nothing of it reaches the database.
    async fn backup_that_is_damaged_is_refused(world: World) {
        let t = world.example("loomer").await;
        two_people(&world, &t).await;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one.backup");
        write(&world, &file).await.expect("a backup");
        let (data, _, into) = empty(&world, false).await;
        let refused = async |name: &str, damage: &[&str]| {
            let damaged = folder.path().join(name);
            std::fs::copy(&file, &damaged).expect("a copy");
            let mut raw = SqliteConnection::connect(&format!("sqlite://{}", damaged.display())).await.expect("open");
            for statement in damage {
                raw.execute(sqlx::AssertSqlSafe((*statement).to_owned())).await.expect(statement);
            }
            raw.close().await.expect("closed");
            let error = restore(&damaged, &into, data.path(), &silent).await.expect_err(name);
            assert!(error.to_string().contains(name), "{error}");
        };
        refused("row-lost", &["delete from decision_count"]).await;
        refused("byte-changed", &["drop trigger event_never_updated", "update event set body = x'00' where idx = (select max(idx) from event)"]).await;
        refused("row-added", &["insert into meta (name, value) values ('x', 'y')"]).await;
        refused("table-lost", &["drop table link"]).await;
        refused("unfinished", &["drop table backup_manifest"]).await;
        let half = folder.path().join("half");
        let bytes = std::fs::read(&file).expect("bytes");
        std::fs::write(&half, &bytes[..bytes.len() / 2]).expect("written");
        restore(&half, &into, data.path(), &silent).await.expect_err("half a file");
        restore(&folder.path().join("none"), &into, data.path(), &silent).await.expect_err("no file");
        assert_eq!(into.tenants().await.expect("a read").len(), 0, "nothing came in");
        restore(&file, &into, data.path(), &silent).await.expect("the whole one comes in");
    }
}

/// Protects a table that is added later from being forgotten: what is copied is what either engine says it has, and both
/// say the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backup_knows_every_table_of_both_engines() {
    let (sqlite, postgres) = (
        World::start(Engine::Sqlite).await,
        World::start(Engine::Postgres).await,
    );
    let catalog = sqlite.server.app.store.catalog().await.expect("a catalog");
    assert_eq!(
        catalog,
        postgres
            .server
            .app
            .store
            .catalog()
            .await
            .expect("a catalog")
    );
    let copied: BTreeSet<String> = catalog.iter().map(|table| table.name.clone()).collect();
    let mut raw = Raw::open(&sqlite).await;
    let all = raw.texts("select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name <> '_sqlx_migrations'").await;
    assert_eq!(copied, all.into_iter().collect());
}

/// Protects a move and the way back: every row, the identity and the logs arrive, the anchor goes on, and the database that
/// was left cannot serve again by mistake.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_goes_to_postgres_and_back() {
    let mut world = World::start(Engine::Sqlite).await;
    let t = world.example("loomer").await;
    let (gives, withdraws) = two_people(&world, &t).await;
    world.server.stop().await;
    let url = new_database().await;
    let data = world.data_dir();
    let (from, into) = (open(&data, None).await, open(&data, Some(&url)).await);
    let moved = shift(&from, &into, "postgres://db/x", &silent)
        .await
        .expect("moved");
    assert!(moved.rows > 50 && moved.logs == 1, "{moved:?}");
    let left = refuse_if_left(&from)
        .await
        .expect_err("it was left")
        .to_string();
    assert!(left.contains("postgres://db/x"), "{left}");
    refuse_if_left(&into).await.expect("it serves");
    shift(&from, &into, "postgres://db/x", &silent)
        .await
        .expect_err("it was left");
    let file = data.join("late.backup");
    backup(&from, &file, 1, &silent)
        .await
        .expect_err("the other one is to be backed up");
    from.close().await;
    into.close().await;

    let folder = tempfile::tempdir().expect("a folder");
    for part in ["keys", "anchor"] {
        copy_folder(&data.join(part), &folder.path().join(part));
    }
    let mut on_postgres = World::open(
        Engine::Postgres,
        folder,
        Some(url.clone()),
        world.clock.now(),
    )
    .await;
    audit::audit(&on_postgres.server.app, &t.log).await;
    assert_eq!(reason(&on_postgres, &t, &gives).await, "CONSENT_VALID");
    on_postgres
        .withdraw(&t, &gives, &[PURPOSE])
        .await
        .expect(201);
    let (busy, nowhere) = (
        open(&data, Some(&url)).await,
        open(&on_postgres.data_dir(), None).await,
    );
    let running = shift(&busy, &nowhere, "sqlite", &silent)
        .await
        .expect_err("a server runs");
    assert!(
        running.to_string().contains("stop every server"),
        "{running}"
    );
    on_postgres.server.stop().await;
    shift(&busy, &nowhere, "sqlite", &silent)
        .await
        .expect("moved back");
    busy.close().await;
    nowhere.close().await;
    let back = tempfile::tempdir().expect("a folder");
    for part in ["keys", "anchor", "db"] {
        copy_folder(&on_postgres.data_dir().join(part), &back.path().join(part));
    }
    let back = World::open(Engine::Sqlite, back, None, world.clock.now()).await;
    audit::audit(&back.server.app, &t.log).await;
    assert_ne!(reason(&back, &t, &gives).await, "CONSENT_VALID");
    let log: LogId = t.log.parse().expect("a log");
    assert!(
        back.server
            .app
            .store
            .head(&log)
            .await
            .expect("a read")
            .is_some()
    );
    let _ = withdraws;
}

/// Protects a move that was killed: half of one cannot serve, and it says what to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_was_killed_serves_once() {
    let mut world = World::start(Engine::Sqlite).await;
    let t = world.example("loomer").await;
    two_people(&world, &t).await;
    world.server.stop().await;
    let (from, into) = (
        open(&world.data_dir(), None).await,
        open(&world.data_dir(), Some(&new_database().await)).await,
    );
    shift(&from, &into, "postgres://db/x", &silent)
        .await
        .expect("moved");
    // As it is between the two marks.
    let mut tx = into.begin().await.expect("begun");
    tx.init_meta("move_unfinished", "1").await.expect("marked");
    tx.commit().await.expect("committed");
    refuse_if_left(&into).await.expect_err("it did not end");
    shift(&from, &into, "postgres://db/x", &silent)
        .await
        .expect("it ends now");
    refuse_if_left(&into).await.expect("it serves");
    // As it is before the first mark.
    let mut tx = into.begin().await.expect("begun");
    tx.init_meta("move_unfinished", "1").await.expect("marked");
    tx.commit().await.expect("committed");
    let mut tx = from.begin().await.expect("begun");
    tx.forget_meta("moved").await.expect("unmarked");
    tx.commit().await.expect("committed");
    refuse_if_left(&from).await.expect("the source serves");
    let error = shift(&from, &into, "postgres://db/x", &silent)
        .await
        .expect_err("it may have changed");
    assert!(error.to_string().contains("empty the target"), "{error}");
}

fn run(data: &Path, line: &[&str]) -> (i32, String, String) {
    let mut program = program(line);
    said(
        program
            .env("SAMTYCKE_DATA_DIR", data)
            .output()
            .expect("it runs"),
    )
}

/// Protects the operator's way through: back up, lose the folder, put the keys back, restore, look, serve.
#[test]
fn backup_and_restore_by_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, new) = (folder.path().join("data"), folder.path().join("new"));
    let file = folder.path().join("one.backup").display().to_string();
    let ok = |data: &Path, line: &[&str]| {
        let (code, out, errors) = run(data, line);
        assert_eq!(code, 0, "{line:?}: {out}{errors}");
        out
    };
    ok(&data, &["tenant", "add", "loomer", "Loomer AB"]);
    let made = ok(&data, &["backup", &file]);
    assert!(
        made.contains("verified") && made.contains("root.key"),
        "{made}"
    );
    assert_eq!(run(&data, &["backup", &file]).0, 1);
    let restored = ok(&new, &["restore", &file]);
    assert!(restored.contains("put your copy of root.key"), "{restored}");
    // The log anchor is brought back with the data: without it nobody can tell what is missing.
    copy_folder(&data.join("anchor"), &new.join("anchor"));
    let (code, _, errors) = run(&new, &["fsck"]);
    assert!(code == 1 && errors.contains("keys"), "{errors}");
    copy_folder(&data.join("keys"), &new.join("keys"));
    assert!(ok(&new, &["fsck"]).contains("sound"));
    assert_eq!(
        ok(&new, &["policy", "loomer"]),
        ok(&data, &["policy", "loomer"])
    );
    assert_eq!(
        run(&data, &["restore", &file]).0,
        1,
        "a folder in use is not overwritten"
    );
    assert_eq!(run(&data, &["move", "--to", "sqlite"]).0, 1);
    let (code, _, errors) = run(&data, &["move", "--to", "mysql://x"]);
    assert!(code == 1 && errors.contains("postgres://"), "{errors}");
}
