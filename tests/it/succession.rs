//! A log that no replay brings back: it is closed at its last signed head, and a new one goes on with the same people. Every
//! check denies until two operators have accepted what was lost.

use samtycke_core::bundle::verify::verify;
use samtycke_log::anchor::Anchor;
use samtycke_server::clock::Environment;
use samtycke_server::fsck::Inspection;
use samtycke_server::recovery::{Diagnosis, Recovery, Succession, UnknownLog};
use samtycke_tests::audit;
use samtycke_tests::world::{Tenancy, config_at};
use samtycke_tests::{Engine, World, both};
use serde_json::{Value, json};

use crate::process::{program, said};
use crate::rollback::{copy, restore};
use crate::support::{go_live, new_notice};

const PURPOSE: &str = "loomer.cookies-analys";
const WHY: &str = "the disk failed, and the newest backup was of the day before";

async fn publish(world: &World, t: &Tenancy) {
    let app = &world.server.app;
    let tenant = audit::tenant(app, &t.log).await;
    app.publisher.publish(&tenant).await.expect("published");
}

/// Everybody who was there before the loss, and what they held.
struct Before {
    /// Withdrew after the backup: the withdrawal is lost.
    forgotten: String,
    /// Withdrew before it.
    withdrawn: String,
    /// The body of a consent that was recorded before.
    sent: Value,
    receipt: Value,
    policy: String,
    proof: String,
}

/// Takes a backup, records more, and goes back to the backup with a journal that begins too late.
async fn lose(world: &mut World, t: &Tenancy) -> Before {
    let (forgotten, withdrawn) = (world.subject(), world.subject());
    let sent = world.consent(t, &forgotten, 0, &[(PURPOSE, "given")]);
    let receipt = world
        .post("/v1/consents", &t.keys.service, &sent)
        .await
        .expect(201)
        .json;
    world
        .record(t, &withdrawn, 0, &[(PURPOSE, "given")])
        .await
        .expect(201);
    world.withdraw(t, &withdrawn, &[PURPOSE]).await.expect(201);
    publish(world, t).await;
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let policy = tenant.vkey().to_owned();
    let path = format!(
        "/v1/events/{}/proof",
        sent["event_id"].as_str().expect("an id")
    );
    let proof = world.get(&path, &t.keys.auditor).await.expect(200).text;
    world.server.stop().await;
    let older = copy(world).await;
    world.restart().await;
    world.withdraw(t, &forgotten, &[PURPOSE]).await.expect(201);
    publish(world, t).await;
    world.server.stop().await;
    restore(world, older).await;
    let log = t.log.parse().expect("a log");
    let dir = world.data_dir().join("anchor");
    Anchor::open(&dir, &log).expect("an anchor");
    for entry in std::fs::read_dir(dir.join(&t.log)).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            std::fs::remove_file(path).expect("gone");
        }
    }
    Before {
        forgotten,
        withdrawn,
        sent,
        receipt,
        policy,
        proof,
    }
}

async fn succeed(world: &World, t: &mut Tenancy) -> Succession {
    let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
    let recovery = Recovery::open(&config, Environment::system(), None).await;
    let recovery = recovery.expect("it opens");
    let log = t.log.parse().expect("a log");
    let done = recovery.succeed(&log, WHY, None, |_| ()).await;
    recovery.close().await;
    let done = done.expect("a successor");
    t.log = done.log.to_string();
    t.origin.clone_from(&done.stated.origin);
    done
}

async fn operator(world: &World, t: &Tenancy) -> String {
    let key = json!({"role": "operator", "label": "the other"});
    let made = world
        .post("/v1/keys", &t.keys.operator, &key)
        .await
        .expect(201);
    made.json["key"].as_str().expect("a key").to_owned()
}

/// Two operators accept the loss by the command line: on PostgreSQL beside the server, which learns of it by itself.
async fn accept(world: &mut World, t: &Tenancy, other: &str) {
    if world.engine == Engine::Sqlite {
        world.server.stop().await;
        accept_by_command(world, t, other);
        world.restart().await;
    } else {
        accept_by_command(world, t, other);
    }
}

fn accept_by_command(world: &World, t: &Tenancy, other: &str) {
    let run = |key: &str, more: &[&str]| {
        let arguments = [&["recover", t.id.as_str(), "--accept-loss"], more].concat();
        let mut command = program(&arguments);
        command
            .env("SAMTYCKE_DATA_DIR", world.data_dir())
            .env("SAMTYCKE_KEY", key);
        if let Some(url) = &world.postgres_url {
            command.env("SAMTYCKE_DATABASE_URL", url);
            command.env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
        }
        said(command.output().expect("it runs"))
    };
    let (code, _, errors) = run(&t.keys.dpo, &[]);
    assert!(
        code == 1 && !errors.is_empty(),
        "an officer is no operator: {errors}"
    );
    let (code, printed, errors) = run(&t.keys.operator, &[]);
    assert_eq!((code, errors.as_str()), (0, ""), "{printed}");
    assert!(printed.contains("Nothing has changed yet"), "{printed}");
    let proposal = printed
        .lines()
        .find_map(|line| line.trim().strip_prefix("proposal     "));
    let proposal = proposal.expect("a proposal").trim().to_owned();
    let (code, _, errors) = run(&t.keys.operator, &["--proposal", &proposal]);
    assert!(
        code == 1 && errors.contains("another operator"),
        "nobody is two people: {errors}"
    );
    let (code, printed, errors) = run(other, &["--proposal", &proposal]);
    assert_eq!((code, errors.as_str()), (0, ""), "{printed}");
    let (code, _, errors) = run(other, &["--proposal", &proposal]);
    assert!(
        code == 1 && errors.contains("no loss"),
        "a proposal counts once: {errors}"
    );
}

async fn reason(world: &World, t: &Tenancy, subject: &str) -> String {
    let answer = world.check(t, subject, PURPOSE).await.expect(200).json;
    answer["reason"].as_str().expect("a reason").to_owned()
}

async fn is_sound(world: &World, t: &Tenancy) {
    let app = &world.server.app;
    let tenant = audit::tenant(app, &t.log).await;
    let inspection = Inspection {
        store: &app.store,
        tenants: &app.tenants,
        anchor_dir: Some(&app.config.anchor_dir),
        repair: false,
        pause: None,
        progress: &|_, _, _| {},
    };
    let report = inspection.of(&tenant).await.expect("a report");
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

both! {
    /// Protects a controller whose log is lost in part: it goes on with everybody whom the database knows, says publicly what
    /// it lost, and allows nothing until two people have accepted that.
    async fn a_log_that_lost_entries_goes_on_in_another(world: World) {
        let mut world = world;
        let mut t = world.example("loomer").await;
        let before = lose(&mut world, &t).await;
        let closed = t.log.clone();
        let done = succeed(&world, &mut t).await;
        assert_eq!(done.stated.lost(), 1);
        world.restart().await;
        assert_eq!(reason(&world, &t, &before.forgotten).await, "FAILCLOSED_RECOVERING");
        let other = operator(&world, &t).await;
        // What people say is recorded meanwhile, and counts once.
        let late = world.subject();
        let fresh = world.consent(&t, &late, 0, &[(PURPOSE, "given")]);
        world.post("/v1/consents", &t.keys.service, &fresh).await.expect(201);
        let again = world.post("/v1/consents", &t.keys.service, &before.sent).await.expect(201).json;
        assert_eq!(again["leaf_hash"], before.receipt["leaf_hash"]);
        assert_eq!(reason(&world, &t, &late).await, "FAILCLOSED_RECOVERING");

        accept(&mut world, &t, &other).await;
        assert_eq!(reason(&world, &t, &before.withdrawn).await, "CONSENT_WITHDRAWN");
        assert_eq!(reason(&world, &t, &late).await, "CONSENT_VALID");
        // What the log has forgotten, nobody can know: that is what was accepted.
        assert_eq!(reason(&world, &t, &before.forgotten).await, "CONSENT_VALID");
        world.withdraw(&t, &before.forgotten, &[PURPOSE]).await.expect(201);
        let path = format!("/v1/subjects/{}/history", before.forgotten);
        let history = world.get(&path, &t.keys.dpo).await.expect(200).json;
        assert_eq!(history["events"].as_array().map(Vec::len), Some(2), "{history}");
        publish(&world, &t).await;
        is_sound(&world, &t).await;

        // A position of the closed log denies, and freezes nothing.
        let ask = json!({"subject": late, "purpose": PURPOSE, "at_least": before.receipt["position"]});
        let answer = world.post("/v1/check", &t.keys.service, &ask).await.expect(200).json;
        assert_eq!(answer["reason"], "FAILCLOSED_TOKEN_LOST");
        assert_eq!(reason(&world, &t, &late).await, "CONSENT_VALID");

        // The closed log is served as it was, and its proofs stay valid under its own key.
        let path = format!("/v1/events/{}/proof", before.sent["event_id"].as_str().expect("an id"));
        let proof = world.get(&path, &t.keys.auditor).await.expect(200).text;
        for proof in [&proof, &before.proof] {
            let report = verify(proof.as_bytes(), &audit::policy(&before.policy), None);
            assert_eq!(report.outcome.exit_code(), 0, "{report}");
        }
        world.get(&format!("/v1/logs/{closed}/checkpoint"), "").await.expect(200);
        let path = format!("/v1/events/{}/proof", fresh["event_id"].as_str().expect("an id"));
        let proof = world.get(&path, &t.keys.auditor).await.expect(200).text;
        let report = verify(proof.as_bytes(), &audit::policy(&done.stated.vkey), None);
        assert_eq!(report.outcome.exit_code(), 0, "{report}");
    }

    /// Protects everything that belongs to a tenant rather than to its log: pages, capabilities, the SDK's identifiers, registers
    /// and notices are the same after a succession, and after a second one.
    async fn a_tenant_stays_itself_through_two_successions(world: World) {
        let mut world = world;
        let mut t = world.example("loomer").await;
        let body = json!({"identifier": "the-account-of-a-test", "domain": "account"});
        let account = world.post("/v1/subjects", &t.keys.service, &body).await.expect(200).json;
        let register = world.get("/v1/register", &t.keys.editor).await.expect(200).text;
        for _ in 0..2 {
            lose(&mut world, &t).await;
            succeed(&world, &mut t).await;
            world.restart().await;
            let other = operator(&world, &t).await;
            accept(&mut world, &t, &other).await;
            let again = world.post("/v1/subjects", &t.keys.service, &body).await.expect(200).json;
            assert_eq!(again["subject"], account["subject"]);
            assert_eq!(world.get("/v1/register", &t.keys.editor).await.expect(200).text, register);
            // The page's key names its site by the tenant's first log.
            let path = format!("/v1/banner/{}", t.keys.publishable);
            world.get(&path, "").await.expect(200);
        }
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        let changed = crate::support::register("loomer").replacen("P12M", "P11M", 1);
        go_live(&world, &t, &changed).await;
        new_notice(&world, &t).await;
        publish(&world, &t).await;
        is_sound(&world, &t).await;
        world.restart().await;
        is_sound(&world, &t).await;
    }

    /// Protects a log that can go on: nothing closes it.
    async fn a_log_that_can_go_on_is_not_closed(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        world.server.stop().await;
        let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
        let recovery = Recovery::open(&config, Environment::system(), None).await.expect("it opens");
        let log = t.log.parse().expect("a log");
        let refused = recovery.succeed(&log, WHY, None, |_| ()).await.expect_err("it is sound");
        assert!(refused.to_string().contains("is sound"), "{refused}");
        recovery.close().await;
        world.restart().await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_VALID");
    }

    /// Protects a withdrawal that was recorded after a succession: a copy of the database from before it knows nothing of that, and its
    /// closed log, which fits the anchor, is relied on no more.
    async fn a_copy_from_before_a_succession_is_frozen(world: World) {
        let mut world = world;
        let mut t = world.example("loomer").await;
        let closed = t.log.clone();
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await;
        world.server.stop().await;
        let before = copy(&world).await;
        let folder = world.data_dir().join("anchor").join(&closed);
        let head = std::fs::read(folder.join("head.json")).expect("a head");
        std::fs::remove_dir_all(&folder).expect("lost");
        let done = succeed(&world, &mut t).await;
        world.restart().await;
        world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
        publish(&world, &t).await;
        world.server.stop().await;
        restore(&world, before).await;
        // The copy fits the closed log's head, as long as nobody says that it is closed.
        std::fs::write(folder.join("head.json"), head).expect("found again");

        let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
        let recovery = Recovery::open(&config, Environment::system(), None).await.expect("it opens");
        let found = recovery.diagnose().await.expect("a diagnosis");
        let unknown = recovery.unknown().await.expect("an answer");
        recovery.close().await;
        let closed = Diagnosis::Closed { successor: done.log.clone(), leaves: 2 };
        assert_eq!(found[0].diagnosis, closed);
        assert_eq!(unknown, [UnknownLog { log: done.log.clone(), leaves: 2 }]);
        world.restart().await;
        assert_eq!(reason(&world, &t, &subject).await, "FAILCLOSED_RECOVERING");
        let ready = world.get("/readyz", "").await.expect(503).json;
        assert_eq!((&ready["frozen_logs"], &ready["unknown_logs"]), (&json!(1), &json!(1)), "{ready}");
    }

    /// Protects a tenant that was added after the backup: the restored database does not know it, and says so; others go on.
    async fn a_tenant_that_a_copy_lacks_is_named(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await;
        world.server.stop().await;
        let before = copy(&world).await;
        world.restart().await;
        let late = world.example("omilon").await;
        publish(&world, &late).await;
        let ready = world.get("/readyz", "").await.expect(200).json;
        assert_eq!(ready["unknown_logs"], 0, "{ready}");
        world.server.stop().await;
        restore(&world, before).await;
        world.restart().await;
        let ready = world.get("/readyz", "").await.expect(200).json;
        assert_eq!((&ready["frozen_logs"], &ready["unknown_logs"]), (&json!(0), &json!(1)), "{ready}");
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_VALID");
        world.server.stop().await;
        let mut command = program(&["fsck", "--all"]);
        command.env("SAMTYCKE_DATA_DIR", world.data_dir());
        if let Some(url) = &world.postgres_url {
            command.env("SAMTYCKE_DATABASE_URL", url);
            command.env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
        }
        let (code, printed, _) = said(command.output().expect("it runs"));
        assert!(code == 3 && printed.contains(&late.log), "{printed}");
        world.restart().await;
    }

    /// Protects a controller whose database and anchor were restored together: only a checkpoint that somebody else holds tells,
    /// and it must have the log's own signature.
    async fn a_checkpoint_of_others_closes_a_log(world: World) {
        let mut world = world;
        let mut t = world.example("loomer").await;
        publish(&world, &t).await;
        world.server.stop().await;
        let anchor = world.data_dir().join("anchor");
        let older = copy(&world).await;
        crate::anchors::copy_folder(&anchor, &world.data_dir().join("older-anchor"));
        world.restart().await;
        let agrees = world.get(&format!("/v1/logs/{}/checkpoint", t.log), "").await.expect(200).text;
        world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await;
        let held = world.get(&format!("/v1/logs/{}/checkpoint", t.log), "").await.expect(200).text;
        world.server.stop().await;
        restore(&world, older).await;
        std::fs::remove_dir_all(&anchor).expect("gone");
        crate::anchors::copy_folder(&world.data_dir().join("older-anchor"), &anchor);

        let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
        let recovery = Recovery::open(&config, Environment::system(), None).await.expect("it opens");
        let log = t.log.parse().expect("a log");
        let forged = held.replacen("\n1", "\n9", 1);
        for (note, says) in [("", "no signed note"), (forged.as_str(), "no signature"), (agrees.as_str(), "agrees")] {
            let refused = recovery.succeed(&log, WHY, Some(note), |_| ()).await.expect_err("refused");
            assert!(refused.to_string().contains(says), "{refused}");
        }
        let done = recovery.succeed(&log, WHY, Some(&held), |_| ()).await.expect("a successor");
        recovery.close().await;
        assert_eq!(done.stated.lost(), 1);
        t.log = done.log.to_string();
        world.restart().await;
        assert_eq!(reason(&world, &t, &world.subject()).await, "FAILCLOSED_RECOVERING");
        let counted = world.get("/readyz", "").await.expect(200).json;
        assert_eq!(counted["unaccepted_losses"], 1, "{counted}");
        is_sound(&world, &t).await;
    }
}
