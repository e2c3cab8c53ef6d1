//! Another key takes the place of the one that signs a log: for a while both sign, and nobody who verifies is surprised.

use std::sync::Arc;

use samtycke_core::bundle::verify::verify;
use samtycke_log::PublishError;
use samtycke_server::app::App;
use samtycke_server::clock::Environment;
use samtycke_server::fsck::{Damage, Inspection, Report};
use samtycke_server::recovery::{Diagnosis, Recovery};
use samtycke_server::{admin, log::keys_of};
use samtycke_tests::world::{Tenancy, config_at};
use samtycke_tests::{Engine, World, audit, both};
use samtycke_tlog::note::{Note, VerifierKey};
use serde_json::json;

use crate::fsck::unguard;
use crate::process::{program, said};
use crate::raw::Raw;
use crate::rollback::{copy, restore};
use crate::support::{Browser, from_page};

const PURPOSE: &str = "loomer.cookies-analys";

/// A second root secret, from the next start on.
async fn new_epoch(world: &mut World) {
    world.server.stop().await;
    add_epoch(world);
    world.restart().await;
}

fn add_epoch(world: &World) {
    let file = world.data_dir().join("keys/root.key");
    let known = std::fs::read_to_string(&file).expect("a key");
    std::fs::write(&file, format!("{known}2 {}\n", "5a".repeat(32))).expect("written");
}

async fn add(world: &World, t: &Tenancy) -> String {
    let app = &world.server.app;
    let tenant = audit::tenant(app, &t.log).await;
    admin::add_signer(&app.admin, &tenant).await.expect("added")
}

async fn retire(world: &World, t: &Tenancy) -> Vec<String> {
    let app = &world.server.app;
    let tenant = audit::tenant(app, &t.log).await;
    let retired = admin::retire_signers(&app.admin, &tenant).await;
    retired.expect("retired")
}

async fn publish(app: &Arc<App>, t: &Tenancy) -> Result<u64, PublishError> {
    let tenant = audit::tenant(app, &t.log).await;
    app.publisher.publish(&tenant).await
}

/// Records a consent, and returns its event's id.
async fn recorded(world: &World, t: &Tenancy) -> String {
    let sent = world.consent(t, &world.subject(), 0, &[(PURPOSE, "given")]);
    world
        .post("/v1/consents", &t.keys.service, &sent)
        .await
        .expect(201);
    sent["event_id"].as_str().expect("an id").to_owned()
}

async fn proof(world: &World, t: &Tenancy, event: &str) -> String {
    let path = format!("/v1/events/{event}/proof");
    world.get(&path, &t.keys.auditor).await.expect(200).text
}

/// The exit codes of an auditor with the old key, one with the new key, and one with both.
fn verdicts(proof: &str, old: &str, new: &str) -> [u8; 3] {
    let both = format!("{old}\nlog {new}");
    [old, new, &both].map(|keys| {
        let report = verify(proof.as_bytes(), &audit::policy(keys), None);
        report.outcome.exit_code()
    })
}

async fn fsck(world: &World, t: &Tenancy) -> Report {
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
    inspection.of(&tenant).await.expect("a report")
}

async fn start(world: &World) -> Result<(), String> {
    let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
    match App::start(config, Environment::system(), None).await {
        Ok(app) => {
            app.stop().await;
            Ok(())
        }
        Err(error) => Err(error.to_string()),
    }
}

both! {
    /// Protects auditors: with the old policy and with the new one each proof verifies while both keys sign, and a proof from before
    /// stays what it is.
    async fn while_two_keys_sign_each_policy_verifies(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let early = recorded(&world, &t).await;
        let before = proof(&world, &t, &early).await;
        new_epoch(&mut world).await;
        let (old, new) = (t.vkey.clone(), add(&world, &t).await);
        assert_ne!(old, new);
        assert_eq!(verdicts(&before, &old, &new), [0, 2, 0]);
        let late = recorded(&world, &t).await;
        publish(&world.server.app, &t).await.expect("published");
        for event in [&early, &late] {
            let proof = proof(&world, &t, event).await;
            assert_eq!(verdicts(&proof, &old, &new), [0, 0, 0]);
        }

        assert_eq!(retire(&world, &t).await, std::slice::from_ref(&old));
        let last = recorded(&world, &t).await;
        publish(&world.server.app, &t).await.expect("published");
        for event in [&early, &late, &last] {
            let proof = proof(&world, &t, event).await;
            assert_eq!(verdicts(&proof, &old, &new), [2, 0, 0], "the retired key signs no more");
        }
        assert_eq!(verdicts(&before, &old, &new), [0, 2, 0]);
        let report = fsck(&world, &t).await;
        assert!(report.findings.is_empty(), "{report:?}");
        world.restart().await;
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        assert_eq!(tenant.vkey(), new);
    }

    /// Protects from a log without a key, and from a retired key that comes back.
    async fn a_key_is_added_once_and_the_last_one_stays(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let app = &world.server.app;
        let tenant = audit::tenant(app, &t.log).await;
        let early = admin::add_signer(&app.admin, &tenant).await.expect_err("there is no other root secret");
        assert!(early.detail.as_deref().is_some_and(|why| why.contains("add a root secret first")), "{early:?}");
        admin::retire_signers(&app.admin, &tenant).await.expect_err("it is the only one");
        new_epoch(&mut world).await;
        add(&world, &t).await;
        retire(&world, &t).await;
        let app = &world.server.app;
        let tenant = audit::tenant(app, &t.log).await;
        admin::add_signer(&app.admin, &tenant).await.expect_err("it signs already");
        admin::retire_signers(&app.admin, &tenant).await.expect_err("it is the only one");
        let keys = keys_of(&app.store, &tenant.log, u64::MAX >> 1).await.expect("keys");
        assert_eq!((keys.all().len(), keys.live().count()), (2, 1));
    }

    /// Protects a log from an old copy of root.key: a server without the newest key does not start, and says which key it
    /// lacks.
    async fn an_old_copy_of_the_root_key_is_refused(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let file = world.data_dir().join("keys/root.key");
        let old = std::fs::read_to_string(&file).expect("a key");
        new_epoch(&mut world).await;
        let new = add(&world, &t).await;
        world.server.stop().await;
        let whole = std::fs::read_to_string(&file).expect("a key");
        std::fs::write(&file, &old).expect("written");
        let refused = start(&world).await.expect_err("an old copy");
        assert!(refused.contains("old copy") && refused.contains(&new), "{refused}");
        std::fs::write(&file, &whole).expect("written");
        world.restart().await;
        publish(&world.server.app, &t).await.expect("published");
    }

    /// Protects a replay: what was signed with two keys comes back from the anchor, with the leaves that name them.
    async fn a_replay_restores_the_keys(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        recorded(&world, &t).await;
        publish(&world.server.app, &t).await.expect("published");
        world.server.stop().await;
        let older = copy(&world).await;
        add_epoch(&world);
        world.restart().await;
        let new = add(&world, &t).await;
        retire(&world, &t).await;
        let event = recorded(&world, &t).await;
        publish(&world.server.app, &t).await.expect("published");
        world.server.stop().await;
        restore(&world, older).await;
        let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
        let recovery = Recovery::open(&config, Environment::system(), None).await.expect("it opens");
        let log = t.log.parse().expect("a log");
        let replayed = recovery.replay(&log, |_| ()).await.expect("replayed");
        recovery.close().await;
        assert_eq!(replayed.diagnosis, Diagnosis::Sound);
        world.restart().await;
        let proof = proof(&world, &t, &event).await;
        assert_eq!(verdicts(&proof, &t.vkey, &new), [2, 0, 0]);
        let report = fsck(&world, &t).await;
        assert!(report.findings.is_empty(), "{report:?}");
    }

    /// Protects from a head that only a leaked key has signed: while two keys sign, a checkpoint with one signature is damage.
    async fn a_head_that_lacks_a_signature_is_found(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        new_epoch(&mut world).await;
        let new = VerifierKey::parse(&add(&world, &t).await).expect("a key");
        let size = publish(&world.server.app, &t).await.expect("published");
        let log = t.log.parse().expect("a log");
        let note = world.server.app.store.checkpoint_of(&log, size).await.expect("a read");
        let note = Note::parse(&note.expect("a checkpoint")).expect("a note");
        assert_eq!(note.signatures().len(), 2);
        let only = note.signatures().iter().find(|line| !new.claims(line)).expect("the old one");
        let short = Note::new(note.text(), vec![only.clone()]).expect("a note");
        let mut raw = Raw::open(&world).await;
        unguard(&world, &mut raw).await;
        raw.execute(&format!("update checkpoint set note = '{short}' where size = {size}")).await.expect("changed");
        let report = fsck(&world, &t).await;
        assert!(report.has(Damage::CheckpointSignature), "{report:?}");
    }

    /// Protects from a holder of the database's password who retires a key by hand: only what the tree holds counts.
    async fn a_row_that_the_tree_does_not_hold_changes_no_key(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        new_epoch(&mut world).await;
        add(&world, &t).await;
        let mut raw = Raw::open(&world).await;
        unguard(&world, &mut raw).await;
        let change = "update publication set body = replace(body, 'signer.added', 'signer.retired') where kind = 'signer.added'";
        raw.execute(change).await.expect("changed");
        drop(raw);
        world.server.stop().await;
        let refused = start(&world).await.expect_err("a row by hand");
        assert!(refused.contains("is not the one in its tree"), "{refused}");
        let mut raw = Raw::open(&world).await;
        let back = change.replace("body, 'signer.added', 'signer.retired'", "body, 'signer.retired', 'signer.added'");
        raw.execute(&back).await.expect("changed back");
        drop(raw);
        world.restart().await;
        publish(&world.server.app, &t).await.expect("published");
    }

    /// Protects browsers: a consent cookie is signed with the key that every policy in use knows, and one of a retired key
    /// vouches for nothing.
    async fn a_cookie_of_a_retired_key_is_refused(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        new_epoch(&mut world).await;
        let (old, new) = (t.vkey.clone(), add(&world, &t).await);
        let me = Browser::new();
        let body = world.consent(&t, &me.subject, 0, &[(PURPOSE, "given")]);
        let given = from_page(&world, &t, &me, "/v1/consents", &body, &[]).await.expect(201);
        let cookie = given.json["cookie"].as_str().expect("a cookie").to_owned();
        let document = world.get(&format!("/v1/banner/{}", t.keys.publishable), "").await.expect(200);
        assert_eq!(document.json["log"]["vkey"], old.as_str());
        let ask = json!({"cookie": cookie, "purposes": [PURPOSE]});
        let asked = world.post("/v1/cookie/check", &t.keys.service, &ask).await.expect(200);
        assert_eq!(asked.json["verdicts"][0]["allow"], true);
        retire(&world, &t).await;
        world.post("/v1/cookie/check", &t.keys.service, &ask).await.expect_problem(422, "COOKIE_INVALID");
        let body = json!({"subject": me.subject});
        let renewed = from_page(&world, &t, &me, "/v1/cookie", &body, &[]).await.expect(200);
        let ask = json!({"cookie": renewed.json["cookie"], "purposes": [PURPOSE]});
        let asked = world.post("/v1/cookie/check", &t.keys.service, &ask).await.expect(200);
        assert_eq!(asked.json["verdicts"][0]["allow"], true);
        let document = world.get(&format!("/v1/banner/{}", t.keys.publishable), "").await.expect(200);
        assert_eq!(document.json["log"]["vkey"], new.as_str());
    }

    /// Protects an operator: the command line adds a key, prints the policy with both, and retires the old one, which the policy
    /// keeps as a comment.
    async fn the_command_line_replaces_a_key(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.server.stop().await;
        add_epoch(&world);
        let run = |arguments: &[&str]| {
            let mut command = program(arguments);
            command.env("SAMTYCKE_DATA_DIR", world.data_dir());
            if let Some(url) = &world.postgres_url {
                command.env("SAMTYCKE_DATABASE_URL", url);
                command.env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
            }
            let (code, printed, errors) = said(command.output().expect("it runs"));
            assert_eq!(code, 0, "{arguments:?}: {errors}");
            printed
        };
        let new = run(&["signer", "add", t.id.as_str()]);
        let policy = run(&["policy", t.id.as_str()]);
        let lines = |text: &str| text.lines().filter(|line| line.starts_with("log ")).count();
        assert_eq!((lines(&policy), policy.contains(new.trim())), (2, true), "{policy}");
        assert_eq!(run(&["signer", "retire", t.id.as_str()]).trim(), t.vkey);
        let policy = run(&["policy", t.id.as_str()]);
        assert_eq!((lines(&policy), policy.contains(&t.vkey)), (1, true), "{policy}");
        samtycke_core::bundle::policy::Policy::parse(&policy).expect("a policy");
        let listed = run(&["signer", "list", t.id.as_str()]);
        assert!(listed.contains("signed from leaf 0 to leaf") && listed.contains("signs since leaf"), "{listed}");
        let checked = run(&["keys", "check"]);
        assert!(checked.contains(new.trim()) && !checked.contains(&t.vkey), "{checked}");
    }
}

/// Protects a second server that was not given the new root.key: its checks and writes go on, it signs nothing, and it says so.
#[tokio::test]
async fn a_server_without_the_new_key_signs_nothing() {
    let mut world = World::start(Engine::Postgres).await;
    let t = world.example("loomer").await;
    world.server.stop().await;
    let file = world.data_dir().join("keys/root.key");
    let old = std::fs::read_to_string(&file).expect("a key");
    add_epoch(&world);
    let whole = std::fs::read_to_string(&file).expect("a key");
    world.restart().await;
    std::fs::write(&file, &old).expect("written");
    let mut second = world.second_server().await;
    std::fs::write(&file, &whole).expect("written");
    publish(&second.app, &t).await.expect("published");
    add(&world, &t).await;
    let refused = publish(&second.app, &t)
        .await
        .expect_err("it lacks the key");
    assert!(
        matches!(refused, PublishError::UnknownSigner(_)),
        "{refused}"
    );
    let subject = world.subject();
    world
        .record(&t, &subject, 0, &[(PURPOSE, "given")])
        .await
        .expect(201);
    publish(&world.server.app, &t)
        .await
        .expect("the other one signs");
    second.stop().await;
}
