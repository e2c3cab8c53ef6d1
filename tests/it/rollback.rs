//! A restored older database: it has lost withdrawals, so its log denies everything until it is recovered.

use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_core::leaf::Leaf;
use samtycke_log::PublishError;
use samtycke_log::anchor::{Anchor, AnchorHead, StagedBatch};
use samtycke_tests::audit::{self, audit, policy, root_of};
use samtycke_tests::world::{Tenancy, postgres_url};
use samtycke_tests::{Engine, World, both};
use samtycke_tlog::merkle::Hash;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

const PURPOSE: &str = "loomer.cookies-analys";
const OTHERS: &str = "omilon.cookies-trafikmatning.trafik";

async fn publish(world: &World, t: &Tenancy) -> Result<u64, PublishError> {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    world.server.app.publisher.publish(&tenant).await
}

/// A copy of a stopped server's database.
pub(crate) enum Copy {
    Files(PathBuf),
    Database(String),
}

async fn admin(statement: String) {
    let mut admin = PgConnection::connect(&postgres_url())
        .await
        .expect("PostgreSQL answers");
    admin.execute(AssertSqlSafe(statement)).await.expect("done");
}

fn tenant_log(t: &Tenancy) -> samtycke_core::id::LogId {
    t.log.parse().expect("a log")
}

fn database_name(world: &World) -> String {
    let url = world.postgres_url.as_ref().expect("PostgreSQL");
    url.rsplit_once('/')
        .expect("an address ends with a database")
        .1
        .to_owned()
}

fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}

pub(crate) async fn copy(world: &World) -> Copy {
    if world.engine == Engine::Sqlite {
        let to = world.data_dir().join("older");
        copy_files(&world.data_dir().join("db"), &to);
        Copy::Files(to)
    } else {
        let (name, older) = (
            database_name(world),
            format!("{}_older", database_name(world)),
        );
        admin(format!("create database {older} template {name}")).await;
        Copy::Database(older)
    }
}

pub(crate) async fn restore(world: &World, copy: Copy) {
    match copy {
        Copy::Files(from) => {
            let db = world.data_dir().join("db");
            std::fs::remove_dir_all(&db).expect("gone");
            copy_files(&from, &db);
        }
        Copy::Database(older) => {
            let name = database_name(world);
            admin(format!("drop database {name}")).await;
            admin(format!("alter database {older} rename to {name}")).await;
        }
    }
}

/// The duties of a frozen log: deny, refuse, and still return its records.
async fn expect_frozen(world: &World, t: &Tenancy, subject: &str, event: &str) {
    for extra in [
        json!({}),
        json!({"as_of": "2030-01-01T00:00:00.000Z"}),
        json!({"known_at": "2030-01-01T00:00:00.000Z"}),
    ] {
        let mut body = json!({"subject": subject, "purpose": PURPOSE});
        body.as_object_mut()
            .expect("an object")
            .extend(extra.as_object().expect("an object").clone());
        let check = world
            .post("/v1/check", &t.keys.service, &body)
            .await
            .expect(200);
        assert_eq!(
            (&check.json["allow"], &check.json["reason"]),
            (&json!(false), &json!("FAILCLOSED_RECOVERING")),
            "{body}"
        );
        let batch = world
            .post(
                "/v1/check/batch",
                &t.keys.service,
                &json!({"checks": [body]}),
            )
            .await
            .expect(200);
        assert!(
            batch.text.contains("FAILCLOSED_RECOVERING") && !batch.text.contains("\"allow\":true"),
            "{}",
            batch.text
        );
    }
    world
        .record(t, subject, 0, &[(PURPOSE, "given")])
        .await
        .expect_problem(503, "FAILCLOSED_RECOVERING");
    world
        .withdraw(t, subject, &[PURPOSE])
        .await
        .expect_problem(503, "FAILCLOSED_RECOVERING");
    // Other tenants are still served, and the probe of an orchestrator must not take them away.
    let serves_others = world.server.app.tenants.all().len() > 1;
    let ready = world.get("/readyz", "").await;
    assert_eq!(
        (
            ready.status.as_u16(),
            &ready.json["ready"],
            &ready.json["frozen_logs"]
        ),
        (
            if serves_others { 200 } else { 503 },
            &json!(serves_others),
            &json!(1)
        )
    );

    let history = world
        .get(&format!("/v1/subjects/{subject}/history"), &t.keys.service)
        .await
        .expect(200);
    assert_eq!(history.json["events"][0]["event_id"], *event);
    assert_eq!(history.json["frozen"], true);
    let decisions = world
        .get(
            &format!("/v1/subjects/{subject}/decisions"),
            &t.keys.service,
        )
        .await
        .expect(200);
    assert_eq!(decisions.json["frozen"], true, "{}", decisions.text);
    let bundle = world
        .get(&format!("/v1/events/{event}/proof"), &t.keys.auditor)
        .await
        .expect(200);
    let report =
        samtycke_core::bundle::verify::verify(bundle.text.as_bytes(), &policy(&t.vkey), None);
    assert_eq!(report.outcome.exit_code(), 0, "{report}");
    world
        .get(&format!("/v1/logs/{}/checkpoint", t.log), "")
        .await
        .expect_problem(503, "FAILCLOSED_RECOVERING");
    world
        .get(&format!("/v1/logs/{}/tile/0/000.p/1", t.log), "")
        .await
        .expect(200);
    assert!(
        matches!(publish(world, t).await, Err(PublishError::RolledBack(_))),
        "nothing is signed"
    );
}

async fn expect_open(world: &World, t: &Tenancy, purpose: &str) {
    let subject = world.subject();
    world
        .record(t, &subject, 0, &[(purpose, "given")])
        .await
        .expect(201);
    let check = world.check(t, &subject, purpose).await.expect(200);
    assert!(
        !check.json["reason"]
            .as_str()
            .expect("a reason")
            .starts_with("FAILCLOSED"),
        "{}",
        check.text
    );
    publish(world, t).await.expect("published");
}

/// A consent from before the copy was made, and the copy.
async fn grant_then_copy(world: &mut World, t: &Tenancy) -> (String, String, Copy) {
    let subject = world.subject();
    let given = world
        .record(t, &subject, 0, &[(PURPOSE, "given")])
        .await
        .expect(201);
    publish(world, t).await.expect("published");
    world.server.stop().await;
    let copy = copy(world).await;
    world.restart().await;
    (
        subject,
        given.json["event_id"].as_str().expect("an id").to_owned(),
        copy,
    )
}

both! {
    /// Protects people from a restore: an older copy without a later withdrawal freezes its log and signs nothing. The
    /// log of another tenant, which has lost nothing, continues.
    async fn an_older_copy_denies_everything(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let other = world.example("omilon").await;
        publish(&world, &other).await.expect("published");
        let (subject, event, older) = grant_then_copy(&mut world, &t).await;
        world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
        publish(&world, &t).await.expect("published");
        world.server.stop().await;
        restore(&world, older).await;
        world.restart().await;
        expect_frozen(&world, &t, &subject, &event).await;
        expect_open(&world, &other, OTHERS).await;
        // A restart does not recover it.
        world.restart().await;
        let check = world.check(&t, &subject, PURPOSE).await.expect(200);
        assert_eq!(check.json["reason"], "FAILCLOSED_RECOVERING");
    }

    /// Protects staged leaves that are not yet signed: the server died between stage and advance. The copy is older
    /// than the journal, though not older than the anchor's head.
    async fn a_copy_older_than_the_journal_denies_everything(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let (subject, event, older) = grant_then_copy(&mut world, &t).await;
        let head = world.data_dir().join("anchor").join(&t.log).join("head.json");
        let head_then = std::fs::read(&head).expect("a head");
        world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
        world.server.stop().await;
        std::fs::write(&head, head_then).expect("written");
        restore(&world, older).await;
        world.restart().await;
        expect_frozen(&world, &t, &subject, &event).await;
    }

    /// Protects a crash from being mistaken for a rollback: the journal is ahead of the head, the database is complete,
    /// and the log continues.
    async fn a_journal_ahead_of_its_head_is_no_rollback(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        publish(&world, &t).await.expect("published");
        world.server.stop().await;
        let head = world.data_dir().join("anchor").join(&t.log).join("head.json");
        let head_then = std::fs::read(&head).expect("a head");
        world.restart().await;
        expect_open(&world, &t, PURPOSE).await;
        world.server.stop().await;
        std::fs::write(&head, head_then).expect("written");
        world.restart().await;
        expect_open(&world, &t, PURPOSE).await;
        audit(&world.server.app, &t.log).await;
    }

    /// Protects the signature: a leaf changed behind the triggers is detected before the next signing.
    async fn a_tampered_leaf_is_noticed_before_the_next_signature(world: World) {
        let mut world = world;
        world.restart_with(|config| config.publish_interval = std::time::Duration::from_mins(10)).await;
        let t = world.example("loomer").await;
        publish(&world, &t).await.expect("published");
        let before = world.get(&format!("/v1/logs/{}/checkpoint", t.log), "").await.expect(200);
        let subject = world.subject();
        let given = world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        tamper(&world, &t).await;
        assert!(matches!(publish(&world, &t).await, Err(PublishError::RolledBack(_))));
        let after = world.server.app.store.checkpoint_at_most(&tenant_log(&t), i64::MAX as u64).await;
        let after = after.expect("a read").map(|(_, note)| note);
        assert_eq!(Some(before.text), after, "nothing was signed");
        let check = world.check(&t, &subject, PURPOSE).await.expect(200);
        assert_eq!(check.json["reason"], "FAILCLOSED_RECOVERING");
        let event = given.json["event_id"].as_str().expect("an id");
        world.get(&format!("/v1/events/{event}/proof"), &t.keys.auditor).await.expect_problem(503, "NOT_SEALED");
    }

    /// Protects the anchor's meaning: if it belongs to another database, origin or epoch, or has another root, the
    /// anchor is trusted and the database is not.
    async fn an_anchor_that_does_not_fit_freezes(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        publish(&world, &t).await.expect("published");
        world.server.stop().await;
        let path = world.data_dir().join("anchor").join(&t.log).join("head.json");
        let head: AnchorHead = serde_json::from_slice(&std::fs::read(&path).expect("a head")).expect("a head");
        let misfits = [
            AnchorHead { identity: "0".repeat(32), ..head.clone() },
            AnchorHead { origin: "elsewhere.example/logs/x".into(), ..head.clone() },
            AnchorHead { epoch: head.epoch + 1, ..head.clone() },
            AnchorHead { root: "0".repeat(64), ..head.clone() },
            AnchorHead { size: head.size + 1, ..head.clone() },
        ];
        for misfit in misfits {
            std::fs::write(&path, serde_json::to_vec(&misfit).expect("JSON")).expect("written");
            world.restart().await;
            let check = world.check(&t, &world.subject(), PURPOSE).await.expect(200);
            assert_eq!(check.json["reason"], "FAILCLOSED_RECOVERING", "{misfit:?}");
            world.server.stop().await;
        }
        std::fs::write(&path, serde_json::to_vec(&head).expect("JSON")).expect("written");
        world.restart().await;
        expect_open(&world, &t, PURPOSE).await;
    }

    /// Protects recovery: the journal alone, batch by batch, reproduces every signed root, and has every event and key
    /// of the database.
    async fn the_journal_replays_to_the_same_root(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        for _ in 0..3 {
            let subject = world.subject();
            world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
            publish(&world, &t).await.expect("published");
            world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
            publish(&world, &t).await.expect("published");
        }
        let seen = audit(&world.server.app, &t.log).await;
        let rows = world.server.app.store.events(&t.log.parse().expect("a log"), 0, seen.size).await.expect("events");
        let macs: Vec<_> = rows.iter().map(|row| STANDARD.encode(row.body_mac)).collect();
        world.server.stop().await;
        let anchor = Anchor::open(&world.data_dir().join("anchor"), &t.log.parse().expect("a log")).expect("an anchor");
        let batches = anchor.batches().expect("batches");
        assert!(batches.len() >= 6, "each publication staged");
        let hashes = replayed(&batches);
        assert_eq!(hashes, seen.hashes);
        let head = anchor.head().expect("a head").expect("a head");
        assert_eq!((head.size, head.root), (seen.size, hex::encode(root_of(&seen.hashes))));
        let events: Vec<_> = batches.iter().flat_map(|b| &b.events).map(|e| (e.id.to_string(), e.idx)).collect();
        let stored: Vec<_> = seen.events.iter().map(|(id, e)| (id.clone(), e.index)).collect();
        assert_eq!(events.iter().collect::<std::collections::BTreeSet<_>>(), stored.iter().collect());
        let staged: Vec<_> = batches.iter().flat_map(|b| &b.events).map(|e| e.mac.clone()).collect();
        assert_eq!(staged, macs, "a replay restores the idempotency identities");
        for batch in &batches {
            for event in &batch.events {
                assert!(batch.keys.iter().any(|key| key.0 == event.subject), "an event comes with its subject's key");
            }
        }
    }
}

/// The leaf hashes of a journal; each batch must continue the previous one, and reach the root that it states.
fn replayed(batches: &[StagedBatch]) -> Vec<Hash> {
    let mut hashes: Vec<Hash> = Vec::new();
    for batch in batches {
        assert_eq!(
            (batch.from, batch.to - batch.from),
            (hashes.len() as u64, batch.leaves.len() as u64)
        );
        for leaf in &batch.leaves {
            let bytes = STANDARD.decode(leaf).expect("base64");
            hashes.push(Leaf::parse(&bytes).expect("a leaf").hash());
        }
        assert_eq!(batch.root, hex::encode(root_of(&hashes)));
    }
    hashes
}

/// Changes the hash of leaf 1, as a holder of the database's password can.
async fn tamper(world: &World, t: &Tenancy) {
    let update = format!(
        "update leaf set leaf_hash = (select leaf_hash from leaf where log = '{0}' and idx = 2) where log = '{0}' and idx = 1",
        t.log
    );
    if world.engine == Engine::Sqlite {
        let file = format!(
            "sqlite://{}",
            world.data_dir().join("db/samtycke.db").display()
        );
        let mut raw = SqliteConnection::connect(&file)
            .await
            .expect("a connection");
        let (trigger,): (String,) =
            sqlx::query_as("select sql from sqlite_schema where name = 'leaf_never_updated'")
                .fetch_one(&mut raw)
                .await
                .expect("a trigger");
        raw.execute("drop trigger leaf_never_updated")
            .await
            .expect("dropped");
        raw.execute(AssertSqlSafe(update)).await.expect("updated");
        raw.execute(AssertSqlSafe(trigger)).await.expect("made");
    } else {
        let mut raw = PgConnection::connect(world.postgres_url.as_ref().expect("PostgreSQL"))
            .await
            .expect("a connection");
        raw.execute("alter table leaf disable trigger leaf_never_updated")
            .await
            .expect("disabled");
        raw.execute(AssertSqlSafe(update)).await.expect("updated");
        raw.execute("alter table leaf enable trigger leaf_never_updated")
            .await
            .expect("enabled");
    }
}
