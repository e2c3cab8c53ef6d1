//! The operator's way back after a stale backup: `samtycke recover` and `samtycke anchor adopt` as they are typed.

use std::path::Path;

use samtycke_tests::audit::{self, audit};
use samtycke_tests::{World, both};

use crate::process::{program, said};
use crate::rollback::{copy, restore};

const PURPOSE: &str = "loomer.cookies-analys";

fn run(world: &World, anchor_dir: Option<&Path>, arguments: &[&str]) -> (i32, String, String) {
    let mut command = program(arguments);
    command.env("SAMTYCKE_DATA_DIR", world.data_dir());
    if let Some(url) = &world.postgres_url {
        command.env("SAMTYCKE_DATABASE_URL", url);
        command.env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
    }
    if let Some(folder) = anchor_dir {
        command.env("SAMTYCKE_ANCHOR_DIR", folder);
    }
    said(command.output().expect("it runs"))
}

both! {
    /// Protects people of a tenant that is newer than the restored backup: the database knows nothing of them, and the anchor
    /// does, so the operator is told before a server starts.
    async fn a_log_that_the_database_lacks_is_named(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        world.server.stop().await;
        let older = copy(&world).await;
        world.restart().await;
        let new = world.example("omilon").await;
        let tenant = audit::tenant(&world.server.app, &new.log).await;
        world.server.app.publisher.publish(&tenant).await.expect("published");
        world.server.stop().await;
        let (code, printed, errors) = run(&world, None, &["recover"]);
        assert_eq!((code, errors.as_str()), (0, ""), "{printed}");
        restore(&world, older).await;
        let (code, printed, errors) = run(&world, None, &["recover"]);
        assert_eq!((code, errors.as_str()), (4, ""), "{printed}");
        let said = format!("not in the database: log {}\n", new.log);
        assert!(printed.contains(&said) && printed.contains("newer backup"), "{printed}");
        assert!(printed.contains("sound"), "the other log is: {printed}");
        let (code, printed, _) = run(&world, None, &["recover", &new.log]);
        assert!(code == 4 && printed.contains(&said), "{printed}");
        let (code, printed, _) = run(&world, None, &["recover", "loomer"]);
        assert!(code == 0 && !printed.contains(&said), "{printed}");
    }

    /// Protects the operator at three in the morning: each command says what is wrong and what to type next, until the log is
    /// as it was signed.
    async fn an_operator_comes_back_from_a_stale_backup(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        world.server.stop().await;
        let older = copy(&world).await;
        world.restart().await;
        world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        world.server.app.publisher.publish(&tenant).await.expect("published");
        let before = audit(&world.server.app, &t.log).await;
        world.server.stop().await;
        let (code, printed, _) = run(&world, None, &["recover"]);
        assert!(code == 0 && printed.contains("sound"), "{printed}");
        restore(&world, older).await;

        let (code, printed, errors) = run(&world, None, &["recover"]);
        assert_eq!((code, errors.as_str()), (3, ""), "{printed}");
        assert!(printed.contains("lacks 1 leaves") && printed.contains("samtycke recover loomer --replay"), "{printed}");
        let (code, printed, errors) = run(&world, None, &["recover", "omilon", "--replay"]);
        assert!(code == 1 && errors.contains("no tenant or log"), "{printed}{errors}");
        let (code, printed, errors) = run(&world, None, &["recover", "loomer", "--replay"]);
        assert_eq!((code, errors.as_str()), (0, ""), "{printed}");
        assert!(printed.contains("Now start the server"), "{printed}");
        let file = printed.lines().last().expect("a line").trim_start_matches("This is also in ").trim_end_matches('.');
        let report = std::fs::read_to_string(file).expect("a report");
        assert!(report.contains(&t.origin), "{report}");

        world.restart().await;
        let after = audit(&world.server.app, &t.log).await;
        assert_eq!((after.hashes, after.states), (before.hashes, before.states));
        assert_eq!(world.check(&t, &subject, PURPOSE).await.json["reason"], "CONSENT_WITHDRAWN");
    }

    /// Protects the anchor's move: the command compares every log, and a server starts on the new folder alone.
    async fn an_operator_moves_the_anchor(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        let size = world.server.app.publisher.publish(&tenant).await.expect("published");
        world.server.stop().await;
        let elsewhere = world.data_dir().join("elsewhere");
        let (code, printed, errors) = run(&world, Some(&elsewhere), &["anchor", "adopt"]);
        assert!(code == 1 && errors.contains("--from-database"), "{printed}{errors}");
        crate::anchors::copy_folder(&world.data_dir().join("anchor"), &elsewhere);
        let (code, printed, errors) = run(&world, Some(&elsewhere), &["anchor", "adopt"]);
        assert_eq!((code, errors.as_str()), (0, ""), "{printed}");
        let agrees = format!("{}: agrees with the anchor up to {size} leaves", t.origin);
        assert!(printed.contains(&agrees), "{printed}");
        let (code, _, errors) = run(&world, None, &["recover"]);
        assert!(code == 1 && errors.contains("samtycke anchor adopt"), "the old folder: {errors}");
        world.restart_with(|config| config.anchor_dir = elsewhere).await;
    }
}
