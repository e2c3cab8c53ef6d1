//! Epochs of the root key: subjects' keys are wrapped anew beside writers, and an epoch that nothing needs is destroyed, so that
//! older copies of what was erased stay closed for ever.

use std::sync::Arc;

use samtycke_core::bundle::verify::verify;
use samtycke_server::app::App;
use samtycke_server::clock::{Environment, SystemRng};
use samtycke_server::epochs::rewrap;
use samtycke_server::fsck::Inspection;
use samtycke_server::keyring::change_roots;
use samtycke_server::recovery::{Diagnosis, Recovery};
use samtycke_tests::world::{Tenancy, config_at};
use samtycke_tests::{World, audit, both};

use crate::process::{program, said};
use crate::raw::Raw;
use crate::rollback::{copy, restore};
use crate::support::{stop, together, until_stopped};

const PURPOSE: &str = "loomer.cookies-analys";
/// More than one page of keys.
const PEOPLE: usize = 210;

/// Another epoch in root.key, from the next start on.
async fn new_epoch(world: &mut World, is_unused: bool) {
    world.server.stop().await;
    let folder = world.data_dir().join("keys");
    let added = change_roots(&folder, &SystemRng, |roots| {
        roots.add(is_unused, &SystemRng)
    });
    assert_eq!(added.expect("added"), 2);
    world.restart_with(audit::without_limits).await;
}

async fn people(world: &World, t: &Tenancy, count: usize) -> Vec<String> {
    let people: Vec<String> = (0..count).map(|_| world.subject()).collect();
    let give = people.iter().map(|subject| async move {
        let given = world.record(t, subject, 0, &[(PURPOSE, "given")]).await;
        given.expect(201);
    });
    together(give).await;
    people
}

/// How many subjects' keys are wrapped under an epoch.
async fn wrapped_under(world: &World, epoch: u64) -> usize {
    let mut raw = Raw::open(world).await;
    let subjects = format!("select subject from subject where key_epoch = {epoch}");
    raw.texts(&subjects).await.len()
}

async fn rewrapped(world: &World, t: &Tenancy, progress: impl Fn(u64)) -> u64 {
    let app = &world.server.app;
    let tenant = audit::tenant(app, &t.log).await;
    let done = rewrap(
        &app.store,
        &tenant,
        &app.admin.keyring,
        &SystemRng,
        progress,
    );
    done.await.expect("wrapped anew")
}

async fn publish(world: &World, t: &Tenancy) {
    let app = &world.server.app;
    let tenant = audit::tenant(app, &t.log).await;
    app.publisher.publish(&tenant).await.expect("published");
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
    assert!(report.findings.is_empty(), "{report:?}");
}

async fn reason(world: &World, t: &Tenancy, subject: &str) -> String {
    let check = world.check(t, subject, PURPOSE).await.expect(200);
    check.json["reason"].as_str().expect("a reason").to_owned()
}

both! {
    /// Protects what people said while keys are wrapped anew: their withdrawals count, every event opens, and no key stays behind.
    async fn keys_are_wrapped_anew_beside_writers(world: World) {
        let mut world = world;
        world.restart_with(audit::without_limits).await;
        let t = world.example("loomer").await;
        let people = people(&world, &t, PEOPLE).await;
        new_epoch(&mut world, false).await;
        let withdraw = async {
            for subject in people.iter().step_by(10) {
                world.withdraw(&t, subject, &[PURPOSE]).await.expect(201);
            }
        };
        let (wrapped, ()) = tokio::join!(rewrapped(&world, &t, |_| ()), withdraw);
        assert_eq!(wrapped, PEOPLE as u64);
        assert_eq!((wrapped_under(&world, 1).await, wrapped_under(&world, 2).await), (0, PEOPLE));
        for (index, subject) in people.iter().enumerate().step_by(5) {
            let expected = if index % 10 == 0 { "CONSENT_WITHDRAWN" } else { "CONSENT_VALID" };
            assert_eq!(reason(&world, &t, subject).await, expected);
        }
        is_sound(&world, &t).await;
        assert_eq!(rewrapped(&world, &t, |_| ()).await, 0, "there is nothing left");
        let late = world.subject();
        world.record(&t, &late, 0, &[(PURPOSE, "given")]).await.expect(201);
        assert_eq!(wrapped_under(&world, 2).await, PEOPLE + 1);
    }

    /// Protects a run that is stopped: what it has wrapped stays, and the next run takes the rest.
    async fn a_stopped_run_goes_on_where_it_ended(world: World) {
        let mut world = world;
        world.restart_with(audit::without_limits).await;
        let t = world.example("loomer").await;
        people(&world, &t, PEOPLE).await;
        new_epoch(&mut world, false).await;
        assert_eq!(until_stopped(rewrapped(&world, &t, |_| stop())).await, None);
        let first = wrapped_under(&world, 2).await;
        assert!(first > 0 && first < PEOPLE, "{first}");
        assert_eq!(rewrapped(&world, &t, |_| ()).await, (PEOPLE - first) as u64);
        assert_eq!(wrapped_under(&world, 1).await, 0);
        is_sound(&world, &t).await;
    }

    /// Protects a replay across a rewrap: a person whose key the backup holds under the old epoch, and the anchor under the new one,
    /// is the same person.
    async fn a_replay_goes_on_across_a_rewrap(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let known = people(&world, &t, 2).await;
        publish(&world, &t).await;
        world.server.stop().await;
        let older = copy(&world).await;
        world.restart().await;
        // One is new to the copy, and stands in the journal under both epochs.
        let late = people(&world, &t, 1).await.remove(0);
        publish(&world, &t).await;
        new_epoch(&mut world, false).await;
        rewrapped(&world, &t, |_| ()).await;
        for subject in [&known[0], &late] {
            world.withdraw(&t, subject, &[PURPOSE]).await.expect(201);
        }
        publish(&world, &t).await;
        world.server.stop().await;
        restore(&world, older).await;
        let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
        let recovery = Recovery::open(&config, Environment::system(), None).await.expect("it opens");
        let log = t.log.parse().expect("a log");
        let replayed = recovery.replay(&log, |_| ()).await.expect("replayed");
        recovery.close().await;
        assert_eq!(replayed.diagnosis, Diagnosis::Sound);
        world.restart().await;
        for (subject, expected) in [(&known[0], "CONSENT_WITHDRAWN"), (&known[1], "CONSENT_VALID"), (&late, "CONSENT_WITHDRAWN")] {
            assert_eq!(reason(&world, &t, subject).await, expected);
        }
        assert_eq!((wrapped_under(&world, 1).await, wrapped_under(&world, 2).await), (1, 2));
        is_sound(&world, &t).await;
        assert_eq!(rewrapped(&world, &t, |_| ()).await, 1, "the one whom the journal did not name again");
    }

    /// Protects servers that were not given the new secret yet: nothing is wrapped under an epoch before it is put into use.
    async fn an_unused_epoch_wraps_nothing(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        new_epoch(&mut world, true).await;
        people(&world, &t, 1).await;
        assert_eq!((wrapped_under(&world, 1).await, wrapped_under(&world, 2).await), (1, 0));
        world.server.stop().await;
        let folder = world.data_dir().join("keys");
        change_roots(&folder, &SystemRng, |roots| roots.put_into_use(2)).expect("in use");
        world.restart().await;
        people(&world, &t, 1).await;
        assert_eq!((wrapped_under(&world, 1).await, wrapped_under(&world, 2).await), (1, 1));
    }

    /// Protects an operator by the book: an epoch is destroyed only when no key, no log and no backup needs it; then everything goes
    /// on, and a backup from before opens nowhere.
    async fn an_epoch_is_destroyed_when_nothing_needs_it(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        let sent = world.consent(&t, &subject, 0, &[(PURPOSE, "given")]);
        world.post("/v1/consents", &t.keys.service, &sent).await.expect(201);
        let path = format!("/v1/events/{}/proof", sent["event_id"].as_str().expect("an id"));
        let before = world.get(&path, &t.keys.auditor).await.expect(200).text;
        world.server.stop().await;
        let backups = tempfile::tempdir().expect("a folder");
        let file = |name: &str| backups.path().join(name).display().to_string();
        let (old, new) = (file("old.backup"), file("new.backup"));
        let run = |arguments: &[&str]| {
            let mut command = program(arguments);
            command.env("SAMTYCKE_DATA_DIR", world.data_dir());
            if let Some(url) = &world.postgres_url {
                command.env("SAMTYCKE_DATABASE_URL", url);
                command.env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
            }
            said(command.output().expect("it runs"))
        };
        let done = |arguments: &[&str]| {
            let (code, printed, errors) = run(arguments);
            assert_eq!(code, 0, "{arguments:?}: {errors}");
            printed
        };
        let refused = |backup: &str, says: &str| {
            let (code, _, errors) = run(&["keys", "destroy", "1", "--backup", backup]);
            assert!(code == 1 && errors.contains(says), "{says}: {errors}");
        };
        done(&["backup", &old]);
        refused(&old, "newest epoch in use");
        assert!(done(&["keys", "epoch", "--unused"]).contains("Epoch 2"));
        refused(&old, "newest epoch in use");
        done(&["keys", "use", "2"]);
        refused(&old, "signs the log of loomer");
        let vkey = done(&["signer", "add", "loomer"]).trim().to_owned();
        done(&["signer", "retire", "loomer"]);
        refused(&old, "run samtycke keys rewrap first");
        assert!(done(&["keys", "rewrap"]).contains("1 keys wrapped anew"));
        refused(&old, "in the backup are wrapped under it");
        refused(&file("none"), "no such file");
        done(&["backup", &new]);
        done(&["keys", "destroy", "1", "--backup", &new]);
        let root = std::fs::read_to_string(world.data_dir().join("keys/root.key")).expect("keys");
        assert!(!root.contains("\n1 ") && root.contains("\n2 "), "epoch 1 is gone");
        assert!(done(&["keys", "check"]).contains(&vkey));

        world.restart().await;
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_VALID");
        let after = world.get(&path, &t.keys.auditor).await.expect(200).text;
        for (proof, key) in [(&before, &t.vkey), (&after, &vkey)] {
            let report = verify(proof.as_bytes(), &audit::policy(key), None);
            assert_eq!(report.outcome.exit_code(), 0, "{report}");
        }
        world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
        is_sound(&world, &t).await;
        world.server.stop().await;

        // The old backup beside the keys of today: it serves nothing.
        let data = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(data.path().join("keys")).expect("a folder");
        for name in ["root.key", "instance.key"] {
            let from = world.data_dir().join("keys").join(name);
            std::fs::copy(from, data.path().join("keys").join(name)).expect("a key");
        }
        let mut command = program(&["restore", &old]);
        command.env("SAMTYCKE_DATA_DIR", data.path());
        assert_eq!(said(command.output().expect("it runs")).0, 0);
        let config = config_at(data.path(), None);
        let opened = App::start(config, Environment::system(), None).await;
        let opened: Result<(), String> = opened.map(|app: Arc<App>| drop(app)).map_err(|error| error.to_string());
        opened.expect_err("nothing of it can be opened");
        world.restart().await;
    }
}
