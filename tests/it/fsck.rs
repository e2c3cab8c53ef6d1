//! Damage behind the database's guards is found and named, and what is computed from what was recorded is written anew.

use std::path::Path;
use std::sync::Arc;

use samtycke_log::PublishError;
use samtycke_server::fsck::{Damage, Inspection, Report};
use samtycke_tests::witness::{Manner, Witness, policy};
use samtycke_tests::world::Tenancy;
use samtycke_tests::{Engine, World, audit, both};
use serde_json::Value;

use crate::process::{program, said};
use crate::raw::Raw;
use crate::support::together;

const PURPOSE: &str = "loomer.cookies-analys";

/// A log in which this many people give and withdraw in turns, so often; published.
async fn filled(world: &mut World, people: usize, times: u64) -> Tenancy {
    world.restart_with(audit::without_limits).await;
    let t = world.example("loomer").await;
    let (shared, t_ref) = (&*world, &t);
    let many = (0..people).map(|_| async move {
        let subject = shared.subject();
        for time in 0..times {
            let answer = if time % 2 == 0 {
                shared
                    .record(t_ref, &subject, time, &[(PURPOSE, "given")])
                    .await
            } else {
                shared.withdraw(t_ref, &subject, &[PURPOSE]).await
            };
            answer.expect(201);
        }
    });
    together(many).await;
    publish(world, &t).await.expect("published");
    t
}

async fn publish(world: &World, t: &Tenancy) -> Result<u64, PublishError> {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    world.server.app.publisher.publish(&tenant).await
}

async fn fsck(world: &World, t: &Tenancy, repair: bool) -> Report {
    let app = &world.server.app;
    let tenant = audit::tenant(app, &t.log).await;
    let inspection = Inspection {
        store: &app.store,
        tenants: &app.tenants,
        anchor_dir: Some(&app.config.anchor_dir),
        repair,
        pause: None,
        progress: &|_, _, _| {},
    };
    inspection.of(&tenant).await.expect("a report")
}

const TABLES: [&str; 13] = [
    "register_version",
    "notice_text",
    "leaf",
    "tile",
    "checkpoint",
    "cosignature",
    "publication",
    "event",
    "subject",
    "decision_count",
    "published",
    "log_head",
    "guardian_of",
];

/// Takes every guard off, as a holder of the database's password can.
pub(crate) async fn unguard(world: &World, raw: &mut Raw) {
    if world.engine == Engine::Sqlite {
        for name in raw
            .texts("select name from sqlite_schema where type = 'trigger'")
            .await
        {
            raw.execute(&format!("drop trigger {name}"))
                .await
                .expect("dropped");
        }
    } else {
        for table in TABLES {
            raw.execute(&format!("alter table {table} disable trigger user"))
                .await
                .expect("off");
        }
    }
}

/// What is done to a table, and what must be found.
const CASES: [(&str, &str, Damage); 23] = [
    (
        "leaf",
        "update leaf set leaf_hash = (select leaf_hash from leaf where idx = 2) where idx = 1",
        Damage::LeafHash,
    ),
    (
        "leaf",
        "update leaf set leaf = (select leaf from leaf where idx = 3) where idx = 2",
        Damage::HeadRoot,
    ),
    (
        "leaf",
        "delete from leaf where idx = 5",
        Damage::LeafMissing,
    ),
    ("tile", "update tile set data = root", Damage::TileWrong),
    (
        "tile",
        "update tile set root = (select leaf_hash from leaf where idx = 2)",
        Damage::TileWrong,
    ),
    ("tile", "delete from tile", Damage::TileMissing),
    (
        "checkpoint",
        "update checkpoint set note = replace(note, 'A', 'B')",
        Damage::CheckpointSignature,
    ),
    (
        "event",
        "delete from event where idx = (select max(idx) from event)",
        Damage::EventMissing,
    ),
    (
        "event",
        "update event set body = (select body from event where idx = (select max(idx) from event)) \
         where idx = (select min(idx) from event)",
        Damage::EventUnreadable,
    ),
    (
        "publication",
        "update publication set body = body || ' '",
        Damage::PublicationCommitment,
    ),
    (
        "register_version",
        "update register_version set body = replace(body, 'loomer', 'lomer')",
        Damage::Document,
    ),
    ("notice_text", "delete from notice_text", Damage::Document),
    (
        "publication",
        "delete from publication where idx = 1",
        Damage::PublicationMissing,
    ),
    (
        "subject",
        "update subject set state = (select max(state) from subject) \
         where subject = (select min(subject) from subject where state <> (select max(state) from subject))",
        Damage::State,
    ),
    (
        "subject",
        "update subject set state = 'x' where subject = (select min(subject) from subject)",
        Damage::State,
    ),
    (
        "subject",
        "update subject set seq = 1 where subject = (select min(subject) from subject)",
        Damage::State,
    ),
    (
        "subject",
        "update subject set last_leaf = (select leaf_hash from leaf where idx = 2) \
         where subject = (select min(subject) from subject)",
        Damage::State,
    ),
    (
        "subject",
        "delete from subject where subject = (select min(subject) from subject)",
        Damage::SubjectMissing,
    ),
    (
        "subject",
        "update subject set wrapped_key = (select wrapped_key from subject where subject = (select max(subject) from subject)) \
         where subject = (select min(subject) from subject)",
        Damage::EventUnreadable,
    ),
    (
        "decision_count",
        "update decision_count set count = count + 1",
        Damage::Counts,
    ),
    (
        "published",
        "update published set size = size + 1000",
        Damage::Published,
    ),
    (
        "log_head",
        "update log_head set frontier = (select leaf_hash from leaf where idx = 2)",
        Damage::HeadFrontier,
    ),
    (
        "guardian_of",
        "insert into guardian_of (log, guardian, subject) select log, 's_x', min(subject) from subject group by log",
        Damage::Kept,
    ),
];

both! {
    /// Protects every row that is not looked at for years: each kind of damage is found by its name, is repaired where it
    /// follows from what was recorded, and is left alone where only a copy has it.
    async fn fsck_names_each_damage(world: World) {
        let mut world = world;
        let t = filled(&mut world, 24, 12).await;
        let sound = fsck(&world, &t, false).await;
        assert_eq!(sound.findings, [], "a sound log");
        assert!(sound.leaves > 288 && sound.subjects == 24 && sound.checkpoints > 0, "{sound:?}");
        let mut raw = Raw::open(&world).await;
        for table in TABLES {
            raw.execute(&format!("create table keep_{table} as select * from {table}")).await.expect("kept");
        }
        for (table, damage, expected) in CASES {
            unguard(&world, &mut raw).await;
            raw.execute(damage).await.expect(damage);
            let found = fsck(&world, &t, false).await;
            assert!(found.has(expected), "{damage}: {:?}", found.findings);
            let repaired = fsck(&world, &t, true).await;
            if expected.is_projection() {
                assert_eq!(repaired.standing(), 0, "{damage}: {:?}", repaired.findings);
                assert_eq!(fsck(&world, &t, false).await.findings, [], "{damage}");
                if table == "published" {
                    continue;
                }
                let same = format!("select cast(count(*) as text) from (select * from {table} except select * from keep_{table}) x");
                assert_eq!(raw.texts(&same).await, ["0"], "{damage} is undone exactly");
            } else {
                assert!(repaired.standing() > 0, "{damage}");
                unguard(&world, &mut raw).await;
                raw.execute(&format!("delete from {table}")).await.expect("emptied");
                raw.execute(&format!("insert into {table} select * from keep_{table}")).await.expect("back");
            }
        }
        assert_eq!(fsck(&world, &t, false).await.findings, []);
    }

    /// Protects proofs from a late cosignature that is not the witness's: it is in no signed row, and is looked at all the same.
    async fn fsck_verifies_late_cosignatures(world: World) {
        let mut world = world;
        let witness = Witness::start(1).await;
        let file = policy(&world.data_dir(), &[&witness], 1);
        world.restart_with(|config| config.witness_policy = Some(file)).await;
        let t = world.example("loomer").await;
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        let publish = async || world.server.app.publisher.publish(&tenant).await.expect("published");
        publish().await;
        witness.behave(Manner::Stranger);
        world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        let size = publish().await;
        witness.behave(Manner::Honest);
        assert_eq!(publish().await, size);
        let mut raw = Raw::open(&world).await;
        assert_eq!(raw.count("cosignature").await, "1");
        assert_eq!(fsck(&world, &t, false).await.findings, []);
        unguard(&world, &mut raw).await;
        for damage in ["line = replace(line, 'witness1', 'witness2')", "size = size - 1", "line = 'x'"] {
            raw.execute(&format!("update cosignature set {damage}")).await.expect(damage);
            let found = fsck(&world, &t, true).await;
            assert!(found.has(Damage::Cosignature) && found.standing() == 1, "{damage}: {:?}", found.findings);
        }
    }

    /// Protects a state from being repaired into what is missing: while a withdrawal's row is gone, the fold of the rest
    /// would allow again.
    async fn fsck_repairs_no_state_of_a_damaged_stream(world: World) {
        let mut world = world;
        let t = filled(&mut world, 16, 2).await;
        let mut raw = Raw::open(&world).await;
        unguard(&world, &mut raw).await;
        raw.execute("delete from event where seq = 2").await.expect("gone");
        let before = raw.texts("select state from subject order by subject").await;
        let report = fsck(&world, &t, true).await;
        assert!(report.has(Damage::EventMissing) && report.has(Damage::State), "{:?}", report.findings);
        assert_eq!(raw.texts("select state from subject order by subject").await, before);
    }

    /// Protects a person whose row somebody has overwritten with another's: after the repair the server that runs says no, whether
    /// the other's row was earlier or later than their own.
    async fn a_repaired_state_counts_at_once(world: World) {
        let mut world = world;
        world.restart_with(audit::without_limits).await;
        let t = world.example("loomer").await;
        let (early, late, no) = (world.subject(), world.subject(), [world.subject(), world.subject()]);
        for subject in [&early, &late, &no[0], &no[1]] {
            world.record(&t, subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        }
        for subject in [&late, &no[0], &no[1]] {
            world.withdraw(&t, subject, &[PURPOSE]).await.expect(201);
        }
        world.record(&t, &late, 2, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await.expect("published");
        world.server.stop().await;
        let mut raw = Raw::open(&world).await;
        unguard(&world, &mut raw).await;
        for (subject, other) in no.iter().zip([&early, &late]) {
            let copy = format!("update subject set state = (select state from subject where subject = '{other}') where subject = '{subject}'");
            raw.execute(&copy).await.expect("overwritten");
        }
        drop(raw);
        world.restart().await;
        assert_eq!(fsck(&world, &t, true).await.standing(), 0);
        for subject in &no {
            let check = world.check(&t, subject, PURPOSE).await.expect(200);
            assert_eq!(check.json["reason"], "CONSENT_WITHDRAWN");
        }
    }

    /// Protects a repair from leaving the door open: the guards of the table stand again afterwards.
    async fn fsck_puts_the_guards_of_tiles_back(world: World) {
        let mut world = world;
        let t = filled(&mut world, 24, 12).await;
        let mut raw = Raw::open(&world).await;
        let trigger = if world.engine == Engine::Sqlite {
            let text = raw.texts("select sql from sqlite_schema where name = 'tile_never_deleted'").await.remove(0);
            raw.execute("drop trigger tile_never_deleted").await.expect("dropped");
            text
        } else {
            raw.execute("alter table tile disable trigger tile_never_deleted").await.expect("off");
            "alter table tile enable trigger tile_never_deleted".into()
        };
        raw.execute("delete from tile").await.expect("gone");
        raw.execute(&trigger).await.expect("on");
        assert_eq!(fsck(&world, &t, true).await.standing(), 0);
        raw.refuses("update tile set root = root").await;
        raw.refuses("delete from tile").await;
    }

    /// Protects the signature from bytes that rot between the commit and the next signature: the hashes beside them still
    /// fit every root, so that only reading the leaves back shows it.
    async fn fsck_of_a_full_tile_comes_before_its_signature(world: World) {
        let mut world = world;
        let t = filled(&mut world, 16, 2).await;
        world.restart_with(|config| config.publish_interval = std::time::Duration::from_mins(10)).await;
        let (shared, t_ref) = (&world, &t);
        for _ in 0..8 {
            let many = (0..32).map(|_| async move {
                shared.record(t_ref, &shared.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
            });
            together(many).await;
        }
        let mut raw = Raw::open(&world).await;
        unguard(&world, &mut raw).await;
        raw.execute("update leaf set leaf = (select leaf from leaf where idx = 201) where idx = 200").await.expect("rotten");
        let refused = publish(&world, &t).await;
        assert!(matches!(refused, Err(PublishError::RolledBack(_))), "{refused:?}");
        let check = world.check(&t, &world.subject(), PURPOSE).await.expect(200);
        assert_eq!(check.json["reason"], "FAILCLOSED_RECOVERING");
    }

    /// Protects the nightly look: it counts what stands, and freezes the log whose leaves contradict a root, and no other.
    async fn fsck_of_the_night_freezes_one_log(world: World) {
        let mut world = world;
        let t = filled(&mut world, 16, 2).await;
        let other = world.example("omilon").await;
        let app = world.server.app.clone();
        app.scrubber.round(None).await;
        assert!(app.metrics.render().contains("\nsamtycke_fsck_findings 0\n"));
        let mut raw = Raw::open(&world).await;
        unguard(&world, &mut raw).await;
        raw.execute("update decision_count set count = count + 1").await.expect("damaged");
        app.scrubber.round(None).await;
        assert!(app.metrics.render().contains("\nsamtycke_fsck_findings 1\n"));
        let frozen = async |log: &str| audit::tenant(&app, log).await;
        assert!(!frozen(&t.log).await.runtime.is_frozen(), "a wrong count contradicts no root");
        raw.execute(&format!(
            "update leaf set leaf = (select leaf from leaf where idx = 3 and log = '{0}') where idx = 2 and log = '{0}'", t.log
        )).await.expect("damaged");
        app.scrubber.round(None).await;
        assert!(frozen(&t.log).await.runtime.is_frozen() && !frozen(&other.log).await.runtime.is_frozen());
    }

    /// Protects operators from an alarm about nothing: it runs while others write, and finds none of it damaged.
    async fn fsck_beside_writers_finds_nothing(world: World) {
        let mut world = world;
        let t = filled(&mut world, 16, 2).await;
        let world = Arc::new(world);
        let writer = tokio::spawn({
            let (world, t) = (world.clone(), t.clone());
            async move {
                for _ in 0..100 {
                    let subject = world.subject();
                    world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
                    world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
                }
            }
        });
        let mut runs = 0;
        while !writer.is_finished() {
            let report = fsck(&world, &t, runs % 2 == 0).await;
            assert_eq!(report.findings, [], "run {runs}");
            runs += 1;
        }
        writer.await.expect("written");
        assert!(runs > 0);
    }
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

/// Protects the night when a state cannot even be read: no server starts, and the command finds and repairs it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fsck_repairs_what_keeps_a_server_from_starting() {
    let mut world = World::start(Engine::Sqlite).await;
    let t = filled(&mut world, 16, 2).await;
    world.server.stop().await;
    let mut raw = Raw::open(&world).await;
    raw.execute("update subject set state = 'x'")
        .await
        .expect("damaged");
    let data = world.data_dir();
    let (code, out, errors) = run(&data, &["fsck"]);
    assert_eq!(code, 3, "{out}{errors}");
    assert!(
        out.contains("DAMAGED: 16 rows") && out.contains("samtycke fsck loomer --repair"),
        "{out}"
    );
    assert_ne!(
        run(&data, &["key", "list", "loomer"]).0,
        0,
        "no server starts on it"
    );
    let (code, out, errors) = run(&data, &["fsck", "--all", "--repair", "--json"]);
    assert_eq!(code, 0, "{out}{errors}");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["standing"], 0);
    assert_eq!(json["reports"][0]["findings"][0]["damage"], "state.fold");
    assert_eq!(run(&data, &["fsck", &t.log]).0, 0);
    assert_eq!(run(&data, &["fsck", "nobody"]).0, 1);
    world.restart().await;
    audit::audit(&world.server.app, &t.log).await;
}
