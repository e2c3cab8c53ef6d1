//! A log whose database is older than its anchor comes back: the same leaves, the same root, the same states.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use samtycke_log::anchor::Anchor;
use samtycke_server::clock::Environment;
use samtycke_server::recovery::{Diagnosis, LogReport, Recovery};
use samtycke_tests::audit::{self, audit};
use samtycke_tests::world::{Tenancy, config_at};
use samtycke_tests::{Engine, World, both};
use serde_json::{Value, json};

use crate::rollback::{copy, restore};
use crate::support::{go_live, happened, new_notice, stop, until_stopped};

const PURPOSE: &str = "loomer.cookies-analys";
const OTHERS: &str = "omilon.cookies-trafikmatning.trafik";

async fn recovery(world: &World) -> Recovery {
    let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
    let opened = Recovery::open(&config, Environment::system(), None).await;
    opened.expect("it opens")
}

async fn diagnosis(world: &World, t: &Tenancy) -> Diagnosis {
    let recovery = recovery(world).await;
    let reports = recovery.diagnose().await.expect("a diagnosis");
    recovery.close().await;
    let of = |report: &LogReport| report.log.as_str() == t.log;
    reports.into_iter().find(of).expect("the log").diagnosis
}

async fn replay(world: &World, t: &Tenancy) -> Diagnosis {
    let recovery = recovery(world).await;
    let log = t.log.parse().expect("a log");
    let report = recovery.replay(&log, |_| ()).await.expect("replayed");
    recovery.close().await;
    report.diagnosis
}

async fn publish(world: &World, t: &Tenancy) {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    world
        .server
        .app
        .publisher
        .publish(&tenant)
        .await
        .expect("published");
}

async fn resolve(world: &World, t: &Tenancy, identifier: &str) -> String {
    let body = json!({"identifier": identifier, "domain": "account"});
    let resolved = world
        .post("/v1/subjects", &t.keys.service, &body)
        .await
        .expect(200);
    resolved.json["subject"]
        .as_str()
        .expect("a subject")
        .to_owned()
}

/// Everything that can happen to a log: decisions, people, keys, sites, a register with a notice.
async fn a_day(world: &World, t: &Tenancy, known: &str) -> Value {
    world.withdraw(t, known, &[PURPOSE]).await.expect(201);
    publish(world, t).await;
    let account = resolve(world, t, "the-account-of-a-test").await;
    world
        .record(t, &account, 0, &[(PURPOSE, "given")])
        .await
        .expect(201);
    let device = world.subject();
    world
        .record(t, &device, 0, &[(PURPOSE, "refused")])
        .await
        .expect(201);
    let from = json!({"from": device});
    happened(world, t, &account, "subject.linked", from)
        .await
        .expect(201);
    let key = json!({"role": "service", "label": "a new one"});
    let added = world
        .post("/v1/keys", &t.keys.operator, &key)
        .await
        .expect(201);
    let revoked = world
        .post("/v1/keys", &t.keys.operator, &key)
        .await
        .expect(201);
    let ending = json!({"role": "service", "label": "for a while", "expires": "P90D"});
    let ending = world
        .post("/v1/keys", &t.keys.operator, &ending)
        .await
        .expect(201);
    let path = format!(
        "/v1/keys/{}",
        revoked.json["key_id"].as_str().expect("an id")
    );
    world
        .send(reqwest::Method::DELETE, &path, &t.keys.operator, None)
        .await
        .expect(204);
    let site = json!({"site": "new.loomer.example", "origins": ["https://new.loomer.example"]});
    world
        .post("/v1/sites", &t.keys.operator, &site)
        .await
        .expect(201);
    publish(world, t).await;
    let changed = crate::support::register("loomer").replacen("P12M", "P11M", 1);
    go_live(world, t, &changed).await;
    new_notice(world, t).await;
    let late = world.subject();
    world
        .record(t, &late, 0, &[(PURPOSE, "refused")])
        .await
        .expect(201);
    publish(world, t).await;
    json!({
        "account": account, "key": added.json["key"], "revoked": revoked.json["key"],
        "ending": ending.json["key"],
    })
}

both! {
    /// Protects everybody after a restored backup: the replay gives the same root, the same states and the same checkpoints,
    /// and a key, a site, a register and an identifier that came after the backup are there again.
    async fn a_replay_restores_what_was_signed(world: World) {
        let mut world = world;
        let other = world.example("omilon").await;
        publish(&world, &other).await;
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await;
        world.server.stop().await;
        let older = copy(&world).await;
        world.restart().await;
        let day = a_day(&world, &t, &subject).await;
        let before = audit(&world.server.app, &t.log).await;
        let register = world.get("/v1/register", &t.keys.editor).await.expect(200).text;
        let checkpoint = world.get(&format!("/v1/logs/{}/checkpoint", t.log), "").await.expect(200).text;
        world.server.stop().await;
        restore(&world, older).await;
        world.restart().await;
        assert_eq!(world.check(&t, &subject, PURPOSE).await.json["reason"], "FAILCLOSED_RECOVERING");
        world.server.stop().await;

        let Diagnosis::Replayable { leaves } = diagnosis(&world, &t).await else {
            panic!("the journal holds all of it");
        };
        assert!(leaves >= 8, "{leaves}");
        assert_eq!(diagnosis(&world, &other).await, Diagnosis::Sound);
        assert_eq!(replay(&world, &t).await, Diagnosis::Sound);
        world.restart().await;

        let after = audit(&world.server.app, &t.log).await;
        assert_eq!((after.size, &after.hashes, &after.events), (before.size, &before.hashes, &before.events));
        assert_eq!(after.states, before.states);
        audit::prove_all(&world.server.app, &t.log, &after).await;
        let again = world.get(&format!("/v1/logs/{}/checkpoint", t.log), "").await.expect(200).text;
        assert_eq!(again, checkpoint);
        assert_eq!(world.get("/v1/register", &t.keys.editor).await.expect(200).text, register);
        assert_eq!(world.check(&t, &subject, PURPOSE).await.json["reason"], "CONSENT_WITHDRAWN");
        assert_eq!(resolve(&world, &t, "the-account-of-a-test").await, day["account"].as_str().expect("it"));
        let ask = json!({"subject": subject, "purpose": PURPOSE});
        world.post("/v1/check", day["key"].as_str().expect("a key"), &ask).await.expect(200);
        world.post("/v1/check", day["revoked"].as_str().expect("a key"), &ask).await.expect(401);
        let ending = day["ending"].as_str().expect("a key");
        world.post("/v1/check", ending, &ask).await.expect(200);
        world.withdraw(&t, day["account"].as_str().expect("it"), &[PURPOSE]).await.expect(201);
        world.record(&other, &world.subject(), 0, &[(OTHERS, "given")]).await.expect(201);
        publish(&world, &t).await;
        world.clock.advance(91 * 86_400_000);
        world.post("/v1/check", ending, &ask).await.expect_problem(401, "KEY_EXPIRED");
    }

    /// Protects auditors from a false alarm: a database that was rolled back serves no older checkpoint than before, neither while it is
    /// frozen nor in the moment after the replay.
    async fn no_older_checkpoint_is_served(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        world.server.stop().await;
        let older = copy(&world).await;
        world.restart().await;
        world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await;
        let path = format!("/v1/logs/{}/checkpoint", t.log);
        let size = |text: &str| text.lines().nth(1).and_then(|line| line.parse::<u64>().ok()).expect("a size");
        let before = size(&world.get(&path, "").await.expect(200).text);
        world.server.stop().await;
        restore(&world, older).await;
        world.restart().await;
        world.get(&path, "").await.expect_problem(503, "FAILCLOSED_RECOVERING");
        world.server.stop().await;
        assert_eq!(replay(&world, &t).await, Diagnosis::Sound);
        world.restart().await;
        let after = size(&world.get(&path, "").await.expect(200).text);
        assert!(after >= before, "{after} after {before}");
    }

    /// Protects a replay that is killed: the next one goes on where it ended, and nothing serves in between.
    async fn an_interrupted_replay_goes_on(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        world.server.stop().await;
        let older = copy(&world).await;
        world.restart().await;
        let subjects: Vec<String> = (0..5).map(|_| world.subject()).collect();
        for subject in &subjects {
            world.record(&t, subject, 0, &[(PURPOSE, "given")]).await.expect(201);
            publish(&world, &t).await;
        }
        let before = audit(&world.server.app, &t.log).await;
        world.server.stop().await;
        restore(&world, older).await;
        let recovery = recovery(&world).await;
        let log = t.log.parse().expect("a log");
        let done = until_stopped(recovery.replay(&log, |_| stop())).await;
        assert!(done.is_none(), "it was to be interrupted: {done:?}");
        recovery.close().await;
        assert!(matches!(diagnosis(&world, &t).await, Diagnosis::Replayable { leaves: 1..=4 }));
        world.restart().await;
        assert_eq!(world.check(&t, &subjects[0], PURPOSE).await.json["reason"], "FAILCLOSED_RECOVERING");
        world.server.stop().await;
        assert_eq!(replay(&world, &t).await, Diagnosis::Sound);
        world.restart().await;
        let after = audit(&world.server.app, &t.log).await;
        assert_eq!((after.hashes, after.states), (before.hashes, before.states));
    }

    /// Protects from a replay that would make another history: a journal with a gap, or with other leaves than the database
    /// has, replays nothing.
    async fn a_journal_that_does_not_fit_is_not_replayed(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        world.server.stop().await;
        let (older, folder) = (copy(&world).await, world.data_dir().join("anchor").join(&t.log));
        world.restart().await;
        world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await;
        world.server.stop().await;
        let sound = diagnosis(&world, &t).await;
        assert_eq!(sound, Diagnosis::Sound, "nothing to do");
        restore(&world, older).await;
        let log = t.log.parse().expect("a log");
        let anchor = Anchor::open(&world.data_dir().join("anchor"), &log).expect("an anchor");
        let mut batches = anchor.batches().expect("batches");
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                std::fs::remove_file(path).expect("gone");
            }
        }
        assert_eq!(replay(&world, &t).await, Diagnosis::Gap { journal_from: None });
        std::fs::remove_file(folder.join("head.json")).expect("gone");
        // Another leaf than the one that was signed.
        let last = batches.last_mut().expect("a batch").leaves.last_mut().expect("a leaf");
        let mut leaf = STANDARD.decode(&*last).expect("base64");
        leaf[20] ^= 1;
        *last = STANDARD.encode(leaf);
        for batch in &batches {
            anchor.stage(batch).expect("staged");
        }
        let replayed = replay(&world, &t).await;
        assert!(matches!(replayed, Diagnosis::Forked { .. }), "{replayed:?}");
        world.restart().await;
        assert_eq!(world.check(&t, &world.subject(), PURPOSE).await.json["reason"], "FAILCLOSED_RECOVERING");
    }
}

/// Protects those who replay while servers run: on PostgreSQL each of them denies until the database holds everything that
/// was signed, and then serves by itself, with the withdrawal that the backup had lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_server_serves_after_the_replay() {
    let mut world = World::start(Engine::Postgres).await;
    let t = world.example("loomer").await;
    let (subject, other) = (world.subject(), world.subject());
    for person in [&subject, &other] {
        let given = world.record(&t, person, 0, &[(PURPOSE, "given")]).await;
        given.expect(201);
    }
    publish(&world, &t).await;
    world.server.stop().await;
    let older = copy(&world).await;
    world.restart().await;
    world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
    publish(&world, &t).await;
    world.server.stop().await;
    restore(&world, older).await;
    world.restart().await;
    let second = world.second_server().await;
    let checked = world.check(&t, &subject, PURPOSE).await.expect(200);
    assert_eq!(checked.json["reason"], "FAILCLOSED_RECOVERING");
    let frozen = world.get("/readyz", "").await.expect(503);
    assert_eq!(frozen.json["frozen_logs"], 1);
    assert_eq!(replay(&world, &t).await, Diagnosis::Sound);
    let asked = json!({"subject": subject, "purpose": PURPOSE});
    for server in [&world.server, &second] {
        let path = "/v1/check";
        let mut reason = json!("FAILCLOSED_RECOVERING");
        for _ in 0..1_000 {
            let key = &t.keys.service;
            let answer = server.send(&world.http, Method::POST, path, key, Some(&asked));
            reason = answer.await.expect(200).json["reason"].clone();
            if reason != "FAILCLOSED_RECOVERING" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(reason, "CONSENT_WITHDRAWN");
    }
    let checked = world.check(&t, &other, PURPOSE).await.expect(200);
    assert_eq!(checked.json["reason"], "CONSENT_VALID");
    world.get("/readyz", "").await.expect(200);
    world.withdraw(&t, &other, &[PURPOSE]).await.expect(201);
    publish(&world, &t).await;
}
