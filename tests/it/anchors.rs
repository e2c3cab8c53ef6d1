//! Which folder vouches for the logs: a server starts on its own anchor and on no other.

use std::path::{Path, PathBuf};

use samtycke_server::app::{AdoptedLog, App, adopt_anchor};
use samtycke_server::clock::Environment;
use samtycke_server::config::Config;
use samtycke_tests::world::{Tenancy, config_at};
use samtycke_tests::{World, audit, both};
use serde_json::json;

const PURPOSE: &str = "loomer.cookies-analys";

fn config(world: &World, anchor_dir: &Path) -> Config {
    let mut config = config_at(&world.data_dir(), world.postgres_url.as_deref());
    anchor_dir.clone_into(&mut config.anchor_dir);
    config
}

/// Starts a server on this anchor folder and stops it, or says why it does not start.
async fn start(world: &World, anchor_dir: &Path) -> Result<(), String> {
    match App::start(config(world, anchor_dir), Environment::system(), None).await {
        Ok(app) => {
            app.stop().await;
            Ok(())
        }
        Err(error) => Err(error.to_string()),
    }
}

async fn adopt(
    world: &World,
    anchor_dir: &Path,
    from_database: bool,
) -> Result<Vec<AdoptedLog>, String> {
    let (config, environment) = (config(world, anchor_dir), Environment::system());
    let adopted = adopt_anchor(&config, &environment, None, from_database).await;
    adopted.map_err(|error| error.to_string())
}

/// A tenant whose log was signed, and its server stopped.
async fn signed(world: &mut World) -> Tenancy {
    let t = world.example("loomer").await;
    let subject = world.subject();
    world
        .record(&t, &subject, 0, &[(PURPOSE, "given")])
        .await
        .expect(201);
    publish(world, &t).await;
    world.server.stop().await;
    t
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

fn anchor(world: &World) -> PathBuf {
    world.data_dir().join("anchor")
}

fn elsewhere(world: &World, name: &str) -> PathBuf {
    world.data_dir().join(name)
}

both! {
    /// Protects from a disk that is not mounted and from a misspelt path: an empty folder notices no rollback.
    async fn an_empty_folder_is_no_anchor(world: World) {
        let mut world = world;
        signed(&mut world).await;
        let (kept, missing) = (elsewhere(&world, "kept"), anchor(&world));
        std::fs::rename(&missing, &kept).expect("moved");
        let refused = start(&world, &missing).await.expect_err("the folder is missing");
        assert!(refused.contains("samtycke anchor adopt"), "{refused}");
        assert!(!missing.exists(), "it is not made anew");
        std::fs::create_dir(&missing).expect("an empty folder");
        start(&world, &missing).await.expect_err("the folder is empty");
        start(&world, &kept).await.expect("the folder has moved with its claim");
    }

    /// Protects from another installation's folder, and from the copy that an adopted anchor has replaced.
    async fn another_anchor_is_refused(world: World) {
        let mut world = world;
        signed(&mut world).await;
        let other = World::start(world.engine).await;
        let refused = start(&world, &anchor(&other)).await.expect_err("another installation's");
        assert!(refused.contains("this database was signed with"), "{refused}");
        let refused = adopt(&world, &anchor(&other), true).await.expect_err("another installation's");
        assert!(refused.contains("another database"), "{refused}");
        let copy = elsewhere(&world, "copy");
        copy_folder(&anchor(&world), &copy);
        adopt(&world, &copy, false).await.expect("it agrees");
        start(&world, &anchor(&world)).await.expect_err("the old folder");
        start(&world, &copy).await.expect("the adopted one");
    }

    /// Protects recovery after the anchor is lost: the operator says so, and from then on a rollback is noticed again.
    async fn a_lost_anchor_is_taken_from_the_database(world: World) {
        let mut world = world;
        let t = signed(&mut world).await;
        std::fs::remove_dir_all(anchor(&world)).expect("lost");
        let refused = adopt(&world, &anchor(&world), false).await.expect_err("nothing to agree with");
        assert!(refused.contains("--from-database"), "{refused}");
        let adopted = adopt(&world, &anchor(&world), true).await.expect("adopted");
        assert!(adopted.iter().all(|log| log.is_from_database && log.size.is_some()), "{adopted:?}");
        world.restart().await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await;
        assert_eq!(world.check(&t, &subject, PURPOSE).await.json["allow"], true);
        world.server.stop().await;
        let again = adopt(&world, &anchor(&world), false).await.expect("it agrees");
        assert!(again.iter().all(|log| !log.is_from_database), "{again:?}");
    }

    /// Protects from adopting away an alarm: a folder that is ahead of the database is not adopted.
    async fn an_anchor_ahead_of_the_database_is_not_adopted(world: World) {
        let mut world = world;
        let t = signed(&mut world).await;
        let head = anchor(&world).join(&t.log).join("head.json");
        let mut ahead: serde_json::Value = serde_json::from_slice(&std::fs::read(&head).expect("a head")).expect("JSON");
        ahead["size"] = json!(ahead["size"].as_u64().expect("a size") + 1);
        std::fs::write(&head, ahead.to_string()).expect("written");
        for from_database in [false, true] {
            let refused = adopt(&world, &anchor(&world), from_database).await.expect_err("it is ahead");
            assert!(refused.contains("samtycke recover"), "{refused}");
        }
    }

    /// Protects one log whose folder is gone within the right anchor: it is frozen, and the others serve.
    async fn a_log_without_its_folder_is_frozen(world: World) {
        let mut world = world;
        let other = world.example("omilon").await;
        publish(&world, &other).await;
        let t = signed(&mut world).await;
        std::fs::remove_dir_all(anchor(&world).join(&t.log)).expect("gone");
        world.restart().await;
        let check = world.check(&t, &world.subject(), PURPOSE).await.expect(200);
        assert_eq!(check.json["reason"], "FAILCLOSED_RECOVERING");
        let ready = world.get("/readyz", "").await.expect(200);
        assert_eq!((&ready.json["ready"], &ready.json["frozen_logs"]), (&json!(true), &json!(1)));
        publish(&world, &other).await;
    }

    /// Protects from a folder that vanishes under a running server: nothing is signed, `/readyz` says so, nothing is made
    /// anew, and the server goes on by itself when the folder is back.
    async fn a_folder_that_vanishes_stops_the_signatures(world: World) {
        let mut world = world;
        world.restart_with(|config| config.publish_interval = std::time::Duration::from_millis(5)).await;
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        let kept = elsewhere(&world, "kept");
        std::fs::rename(anchor(&world), &kept).expect("moved");
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        until_unpublished(&world, 1).await;
        assert!(!anchor(&world).exists(), "it is not made anew");
        assert_eq!(world.check(&t, &subject, PURPOSE).await.json["allow"], true);
        std::fs::rename(&kept, anchor(&world)).expect("moved back");
        until_unpublished(&world, 0).await;
        let metrics = world.get("/metrics", "").await.expect(200);
        assert!(metrics.text.contains("samtycke_logs_unpublished 0"), "{}", metrics.text);
    }
}

async fn until_unpublished(world: &World, logs: u64) {
    for _ in 0..2_000 {
        let ready = world.get("/readyz", "").await.expect(200);
        if ready.json["unpublished_logs"] == logs {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("never {logs} unpublished logs");
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
