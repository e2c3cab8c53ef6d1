//! The root key: a server starts with the one that its logs were opened with, and with no other.

use samtycke_server::app::App;
use samtycke_server::clock::Environment;
use samtycke_tests::world::config_at;
use samtycke_tests::{World, both};

const PURPOSE: &str = "loomer.cookies-analys";

async fn start(world: &World, root_key: Option<String>) -> Result<(), String> {
    let config = config_at(&world.data_dir(), world.postgres_url.as_deref());
    match App::start(config, Environment::system(), root_key).await {
        Ok(app) => {
            app.stop().await;
            Ok(())
        }
        Err(error) => Err(error.to_string()),
    }
}

both! {
    /// Protects withdrawals: with another root key old consents would be allowed, their withdrawals refused, and the same
    /// origin signed with another key. The server names the key that it needs, and changes nothing.
    async fn another_root_key_is_refused(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        world.server.stop().await;
        let file = world.data_dir().join("keys/root.key");
        let own = std::fs::read_to_string(&file).expect("a key");
        let other = format!("1 {}\n", "5a".repeat(32));
        std::fs::write(&file, &other).expect("written");
        let refused = start(&world, None).await.expect_err("another key");
        assert!(refused.contains(&t.vkey), "it names the expected key: {refused}");
        assert!(refused.contains("Restore the root key"), "{refused}");
        assert!(!refused.contains(&"5a".repeat(8)), "it prints no secret");
        let refused = start(&world, Some(format!("1 {}\n", "6b".repeat(32)))).await;
        assert!(refused.is_err(), "another key from the environment");
        std::fs::write(&file, &own).expect("written");
        world.restart().await;
        world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
    }

    /// Protects a key in the environment: the right one is accepted without a file.
    async fn the_own_key_from_the_environment_is_accepted(world: World) {
        let mut world = world;
        world.example("loomer").await;
        world.server.stop().await;
        let file = world.data_dir().join("keys/root.key");
        let own = std::fs::read_to_string(&file).expect("a key");
        let aside = file.with_extension("aside");
        std::fs::rename(&file, &aside).expect("moved");
        start(&world, Some(own)).await.expect("it starts");
        std::fs::rename(&aside, &file).expect("moved back");
        world.restart().await;
    }
}
