//! Commands in the wrong folder: they report that it holds no data, and create nothing.

use std::path::Path;

use samtycke_tests::both;
use samtycke_tests::world::{Engine, World};

use crate::process::{program, said};

/// Every command that needs existing data.
const ABOUT_DATA: [&[&str]; 15] = [
    &["anchor", "adopt"],
    &["recover"],
    &["tenant", "list"],
    &["tenant", "lookup-key", "loomer"],
    &["tenant", "revoke", "loomer"],
    &["site", "list", "loomer"],
    &["site", "add", "loomer", "www.loomer.example"],
    &["site", "revoke", "loomer", "www.loomer.example"],
    &["key", "list", "loomer"],
    &["key", "add", "loomer", "service"],
    &["key", "revoke", "loomer", "k_0123456789ab"],
    &["policy", "loomer"],
    &["register", "import", "registers/loomer.toml"],
    &["register", "publish", "loomer"],
    &["notice", "draft", "loomer", "www.loomer.example"],
];

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a name")
    };
    entries.map(name).collect()
}

#[test]
fn cli_place_without_data_stays_empty() {
    for line in ABOUT_DATA {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let output = program(line).env("SAMTYCKE_DATA_DIR", &data).output();
        let (code, printed, errors) = said(output.expect("it runs"));
        assert_eq!((code, printed.as_str()), (1, ""), "{line:?}: {errors}");
        for part in [
            "data holds no data",
            "SAMTYCKE_DATA_DIR",
            "samtycke tenant add",
        ] {
            assert!(errors.contains(part), "{line:?}: {errors}");
        }
        assert_eq!(names(folder.path()), [""; 0], "{line:?}");
    }
}

/// The same with an external database: an empty one stays empty, and one in use gets no other keys.
#[tokio::test(flavor = "multi_thread")]
async fn cli_place_of_another_database_stays_as_it_is() {
    let world = World::start(Engine::Postgres).await;
    world.example("loomer").await;
    let url = world.postgres_url.clone().expect("an address");
    let empty = samtycke_tests::world::new_database().await;
    for line in ABOUT_DATA {
        for (url, says) in [
            (&empty, "the database holds no data"),
            (&url, "holds no keys"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let output = program(line)
                .env("SAMTYCKE_DATA_DIR", folder.path())
                .env("SAMTYCKE_DATABASE_URL", url)
                .env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true")
                .output();
            let (code, _, errors) = said(output.expect("it runs"));
            assert!(code == 1 && errors.contains(says), "{line:?}: {errors}");
            assert_eq!(names(folder.path()), [""; 0], "{line:?}");
        }
    }
}

both! {
    /// The control: with the world's own folder the same commands find their data.
    async fn cli_place_with_data_is_read(world: World) {
        let mut world = world;
        world.example("loomer").await;
        world.server.stop().await;
        for line in [&["tenant", "list"][..], &["site", "list", "loomer"], &["policy", "loomer"]] {
            let mut command = program(line);
            command.env("SAMTYCKE_DATA_DIR", world.data_dir());
            if let Some(url) = &world.postgres_url {
                command.env("SAMTYCKE_DATABASE_URL", url).env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
            }
            let (code, printed, errors) = said(command.output().expect("it runs"));
            assert_eq!(code, 0, "{line:?}: {errors}");
            assert!(printed.contains("loomer"), "{line:?}: {printed}");
        }
    }
}
