//! Death at each step to the disk, and a power failure: only what was synced is left.
//!
//! The steps of docs/log.md are told by their syncs: a commit syncs the database's journal, staging a segment of the anchor,
//! advancing the anchor's head and then its folder. The preloaded library kills the server right after one of them.

use std::ffi::OsString;
use std::path::Path;

use samtycke_server::recovery::{Diagnosis, Recovery};
use samtycke_tests::Engine;
use samtycke_tests::world::{Tenancy, World, config_at};

use crate::crash::{Kill, Rounds};
use crate::disk::LIBRARY;

const PURPOSE: &str = "loomer.cookies-analys";

fn kill_after(number: u32, part: &str) -> Kill {
    Kill {
        after_sync: Some(format!("{number} {part}")),
        env: vec![("LD_PRELOAD", LIBRARY.as_os_str().to_owned())],
        ..Kill::default()
    }
}

/// Kills after these syncs of each step.
async fn each_step(engine: Engine, steps: &[&str], numbers: &[u32], seed: u64) {
    let mut rounds = Rounds::start(engine, seed).await;
    let log = rounds.t.log.clone();
    for step in steps.iter().copied().chain([log.as_str()]) {
        for number in numbers {
            rounds = rounds.until_killed(kill_after(*number, step)).await;
            rounds.settle().await;
        }
    }
    rounds.finish().await;
}

/// Protects C2 and the anchor: whichever step was the last one, nothing acknowledged is lost, nothing is done twice, and no
/// crash is taken for a rollback.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn death_after_any_step_on_sqlite() {
    each_step(
        Engine::Sqlite,
        &["samtycke.db-wal", ".jsonl", "head.json.new"],
        &[1, 2, 5],
        21,
    )
    .await;
}

/// The same for the steps that a server on PostgreSQL takes to its own disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn death_after_any_step_on_postgres() {
    each_step(Engine::Postgres, &[".jsonl", "head.json.new"], &[1, 3], 22).await;
}

fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (kind, target) = (
            entry.file_type().expect("a type"),
            to.join(entry.file_name()),
        );
        if kind.is_dir() {
            copy_tree(&entry.path(), &target);
        } else if kind.is_file() {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Replaces database and anchor by what was synced of them.
fn fail_power(world: &World, shadow: &Path) {
    for folder in ["db", "anchor"] {
        let place = world.data_dir().join(folder);
        std::fs::remove_dir_all(&place).expect("gone");
        copy_tree(&shadow.join(folder), &place);
    }
}

fn with_shadow(world: &World, shadow: &Path) -> Vec<(&'static str, OsString)> {
    let mut places = world.data_dir().into_os_string();
    places.push(" ");
    places.push(shadow);
    vec![
        ("LD_PRELOAD", LIBRARY.as_os_str().to_owned()),
        ("SAMTYCKE_DISK_SHADOW", places),
    ]
}

/// Protects C2 against a power failure: what was acknowledged had been synced.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_failure_loses_nothing_acknowledged() {
    let mut rounds = Rounds::start(Engine::Sqlite, 23).await;
    for acknowledged in [15, 40] {
        let folder = tempfile::tempdir().expect("a folder");
        rounds.world.server.stop().await;
        copy_tree(&rounds.world.data_dir(), folder.path());
        let kill = Kill {
            after_acknowledged: Some(acknowledged),
            env: with_shadow(&rounds.world, folder.path()),
            ..Kill::default()
        };
        rounds = rounds.until_killed(kill).await;
        fail_power(&rounds.world, folder.path());
        rounds.settle().await;
    }
    rounds.finish().await;
}

/// Protects everybody from a disk that lies: a database that loses what it said was synced is behind its anchor. Every check
/// denies, and a replay brings everything back that was signed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_lies_is_noticed_and_replayed() {
    let mut world = World::start(Engine::Sqlite).await;
    let t = world.example("loomer").await;
    let subject = world.subject();
    world
        .record(&t, &subject, 0, &[(PURPOSE, "given")])
        .await
        .expect(201);
    world.server.stop().await;
    let (shadow, control) = (
        tempfile::tempdir().expect("a folder"),
        world.data_dir().join("fault"),
    );
    copy_tree(&world.data_dir(), shadow.path());
    std::fs::write(
        &control,
        format!("dropped {}", world.data_dir().join("db").display()),
    )
    .expect("written");
    let mut env = with_shadow(&world, shadow.path());
    env.push(("SAMTYCKE_DISK_FAULT", control.into_os_string()));
    let env: Vec<_> = env
        .iter()
        .map(|(name, value)| (*name, value.as_os_str()))
        .collect();
    let (mut child, base_url) = crate::crash::start_child_with(&world, &env).await;
    let body = serde_json::json!({"event_id": world.event_id(), "subject": subject,
        "decisions": [{"purpose": PURPOSE, "decision": "withdrawn"}]});
    let request = world
        .http
        .post(format!("{base_url}/v1/withdrawals"))
        .bearer_auth(&t.keys.service);
    let withdrawn = samtycke_tests::world::Answer::to(request.json(&body))
        .await
        .expect(201);
    until_anchored(
        &world,
        &t,
        withdrawn.json["index"].as_u64().expect("an index") + 1,
    )
    .await;
    child.kill().await.expect("killed");
    fail_power(&world, shadow.path());

    world.restart().await;
    let checked = world.check(&t, &subject, PURPOSE).await.expect(200);
    assert_eq!(checked.json["reason"], "FAILCLOSED_RECOVERING");
    world.server.stop().await;
    let config = config_at(&world.data_dir(), None);
    let recovery =
        Recovery::open(&config, samtycke_server::clock::Environment::system(), None).await;
    let recovery = recovery.expect("it opens");
    let log = t.log.parse().expect("a log");
    let report = recovery.replay(&log, |_| ()).await.expect("replayed");
    assert_eq!(report.diagnosis, Diagnosis::Sound);
    recovery.close().await;
    world.restart().await;
    let checked = world.check(&t, &subject, PURPOSE).await.expect(200);
    assert_eq!(checked.json["reason"], "CONSENT_WITHDRAWN");
}

/// Waits until the anchor's head is at this size.
async fn until_anchored(world: &World, t: &Tenancy, size: u64) {
    let head = world
        .data_dir()
        .join("anchor")
        .join(&t.log)
        .join("head.json");
    for _ in 0..4_000 {
        let text = std::fs::read_to_string(&head).unwrap_or_default();
        let head: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        if head["size"].as_u64() >= Some(size) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the anchor never reached {size}");
}
