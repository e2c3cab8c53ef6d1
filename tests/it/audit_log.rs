//! `samtycke audit` and `samtycke log export`: an auditor's copy of a log.

use std::fs;
use std::path::{Path, PathBuf};

use samtycke_tests::audit;
use samtycke_tests::world::Tenancy;
use samtycke_tests::{World, both};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::{Frontier, Hash, leaf_hash};
use samtycke_tlog::note::{KeyKind, Note, NoteSigner};
use samtycke_tlog::tile::{Tile, TileKind, encode_entries};
use serde_json::Value;
use tempfile::TempDir;

use crate::process::program;

/// A log in files, made here: no server, and any history.
struct Files {
    folder: TempDir,
    signer: NoteSigner,
    entries: Vec<Vec<u8>>,
}

impl Files {
    fn new(size: usize) -> Self {
        let signer = NoteSigner::from_seed("log.example/logs/a", KeyKind::Ed25519, &[1; 32]);
        let files = Self {
            folder: tempfile::tempdir().expect("a folder"),
            signer: signer.expect("a name"),
            entries: Vec::new(),
        };
        files.grown(size)
    }

    /// The same log with more entries, and its tiles and checkpoint written.
    fn grown(mut self, size: usize) -> Self {
        let more = self.entries.len()..size;
        self.entries
            .extend(more.map(|at| at.to_string().into_bytes()));
        self.write();
        self
    }

    /// The same log with another entry at one place.
    fn forked(mut self, at: usize) -> Self {
        self.entries[at] = b"another".to_vec();
        self.write();
        self
    }

    fn write(&self) {
        let size = self.entries.len() as u64;
        for (index, entries) in (0..).zip(self.entries.chunks(256)) {
            let tile = Tile::in_tree(TileKind::Entries, index, size).expect("a bundle");
            self.save(
                &tile.to_string(),
                &encode_entries(entries.iter().map(Vec::as_slice)).expect("short"),
            );
        }
        let mut hashes: Vec<Hash> = self.entries.iter().map(|entry| leaf_hash(entry)).collect();
        let mut level = 0;
        while !hashes.is_empty() {
            for (index, tile) in (0..).zip(hashes.chunks(256)) {
                let of = Tile::in_tree(TileKind::Hashes { level }, index, size).expect("a tile");
                self.save(&of.to_string(), &tile.concat());
            }
            hashes = hashes.chunks_exact(256).map(root_of).collect();
            level += 1;
        }
        self.save("checkpoint", self.head(self.entries.len()).as_bytes());
    }

    /// The signed checkpoint of the first entries.
    fn head(&self, size: usize) -> String {
        let hashes: Vec<Hash> = self.entries[..size]
            .iter()
            .map(|entry| leaf_hash(entry))
            .collect();
        let head = Checkpoint::new(self.signer.verifier().name(), size as u64, root_of(&hashes));
        let text = head.expect("an origin").to_string();
        Note::new(&text, vec![self.signer.sign(&text).expect("a note")])
            .expect("a note")
            .to_string()
    }

    fn save(&self, path: &str, bytes: &[u8]) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    /// Mirrors it, from its files.
    fn mirror(&self, copy: &Path) -> (i32, String, String) {
        let vkey = self.signer.verifier().to_string();
        run(&[
            "audit",
            "mirror",
            &text(self.folder.path()),
            &text(copy),
            "--vkey",
            &vkey,
            "--json",
        ])
    }
}

fn root_of(hashes: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for hash in hashes {
        frontier.append(*hash);
    }
    frontier.root()
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = program(arguments).output().expect("the program runs");
    let said = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (
        output.status.code().expect("an end"),
        said(output.stdout),
        said(output.stderr),
    )
}

fn json(said: &str) -> Value {
    serde_json::from_str(said).expect("JSON")
}

/// Every file below a folder, without hidden ones.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all
}

/// Protects an auditor's memory: a larger tree needs no more of it. 70 000 leaves have three levels of tiles.
#[test]
fn a_mirror_holds_few_hashes_of_a_large_log() {
    let (small, large) = (Files::new(5_000), Files::new(70_000));
    let folder = tempfile::tempdir().expect("a folder");
    let peak = |log: &Files, name: &str| {
        let (code, said, errors) = log.mirror(&folder.path().join(name));
        assert_eq!(code, 0, "{said}{errors}");
        json(&said)["peak_hashes"].as_u64().expect("a number")
    };
    let (small, large) = (peak(&small, "small"), peak(&large, "large"));
    assert_eq!(
        small, large,
        "both are in the middle of their tiles at the most"
    );
    assert!(large <= 9 * 256, "{large}");
}

/// Protects an auditor who was interrupted: what is there is verified and kept, what is missing or damaged comes anew.
#[test]
fn a_mirror_continues_and_repairs() {
    let log = Files::new(1_300);
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy");
    let (code, said, errors) = log.mirror(&copy);
    assert_eq!(code, 0, "{said}{errors}");
    let all = json(&said)["fetched"].as_u64().expect("a number");
    let (_, said, _) = log.mirror(&copy);
    assert_eq!(
        (
            json(&said)["fetched"].as_u64(),
            json(&said)["kept"].as_u64()
        ),
        (Some(0), Some(all))
    );
    // As a kill leaves it: no checkpoint yet, half a file beside its place, and some tiles not there.
    fs::remove_file(copy.join("checkpoint")).expect("removed");
    fs::write(copy.join("tile/0/.000.1.half"), [7; 100]).expect("written");
    fs::remove_file(copy.join("tile/0/001")).expect("removed");
    fs::write(copy.join("tile/entries/002"), [7; 100]).expect("damaged");
    let (code, said, errors) = log.mirror(&copy);
    assert_eq!(
        (code, json(&said)["fetched"].as_u64()),
        (0, Some(2)),
        "{said}{errors}"
    );
    // A grown log: old partial tiles stay for whoever holds the old checkpoint.
    let log = log.grown(2_000);
    let (code, said, errors) = log.mirror(&copy);
    assert_eq!(code, 0, "{said}{errors}");
    assert!(copy.join("tile/0/005.p/20").exists() && copy.join("tile/0/005").exists());
    assert!(copy.join("checkpoints/1300").exists() && copy.join("checkpoints/2000").exists());
}

/// Protects against a server that hands out what it has not signed, wherever in the tree.
#[test]
fn a_mirror_refuses_any_wrong_tile() {
    let log = Files::new(70_000);
    let wrong = [
        "tile/0/000",
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/000",
        "tile/entries/273.p/112",
    ];
    for path in wrong {
        let place = log.folder.path().join(path);
        let right = fs::read(&place).expect("a tile");
        let mut bytes = right.clone();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&place, &bytes).expect("written");
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("copy");
        let (code, said, errors) = log.mirror(&copy);
        assert_eq!(code, 1, "{path}: {said}{errors}");
        assert!(
            !copy.join("checkpoint").exists() && !copy.join(path).exists(),
            "{path}"
        );
        fs::write(&place, &right).expect("written");
    }
}

/// Protects everybody who relies on one history: a second one is found and both signatures are kept.
#[test]
fn a_mirror_finds_a_fork_and_a_rollback() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, change) in [
        (
            "fork of the same size",
            (|log: Files| log.forked(3)) as fn(Files) -> Files,
        ),
        ("fork that grew", |log| log.forked(3).grown(900)),
        ("fork at a full tile", |log| log.forked(255).grown(1_000)),
        ("rollback", |mut log| {
            log.entries.truncate(500);
            log.write();
            log
        }),
        ("rollback to another history", |mut log| {
            log.entries.truncate(500);
            log.forked(3)
        }),
    ] {
        let log = Files::new(700);
        let copy = folder.path().join(name);
        assert_eq!(log.mirror(&copy).0, 0);
        let held = fs::read_to_string(copy.join("checkpoint")).expect("a checkpoint");
        let log = change(log);
        let (code, said, errors) = log.mirror(&copy);
        assert_eq!((code, said.as_str()), (5, ""), "{name}: {errors}");
        assert!(
            errors.starts_with("samtycke: FORK: ") && errors.trim().lines().count() == 1,
            "{errors}"
        );
        assert_eq!(
            errors.contains("went back"),
            name == "rollback",
            "{name}: {errors}"
        );
        let mut kept: Vec<String> = files(&copy.join("evidence"))
            .iter()
            .map(|file| fs::read_to_string(file).expect("text"))
            .collect();
        kept.sort();
        let mut both = vec![held.clone(), log.head(log.entries.len())];
        both.sort();
        assert_eq!(kept, both, "{name}");
        assert_eq!(
            fs::read_to_string(copy.join("checkpoint")).expect("text"),
            held,
            "{name}: the copy stays"
        );
    }
}

/// Protects an auditor without a network: consistency is proven from the copy, and serves `verify`.
#[test]
fn a_copy_proves_consistency_offline() {
    let log = Files::new(70_000);
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy");
    assert_eq!(log.mirror(&copy).0, 0);
    let save = |name: &str, head: String| {
        let path = folder.path().join(name);
        fs::write(&path, head).expect("written");
        text(&path)
    };
    let new = save("new", log.head(70_000));
    for size in [1, 255, 256, 257, 65_536, 69_999, 70_000] {
        let old = save("old", log.head(size));
        let (code, said, errors) = run(&["audit", "consistency", &text(&copy), &old, &new]);
        assert_eq!(code, 0, "{size}: {said}{errors}");
        assert!(said.starts_with("CONSISTENT: "), "{said}");
    }
    let other = Files::new(300).forked(7);
    let old = save("old", other.head(300));
    assert_eq!(
        run(&["audit", "consistency", &text(&copy), &old, &new]).0,
        5
    );
    let strange = save("strange", "not a checkpoint\n".into());
    assert_eq!(
        run(&["audit", "consistency", &text(&copy), &strange, &new]).0,
        4
    );
    assert_eq!(
        run(&["audit", "consistency", &text(folder.path()), &old, &new]).0,
        4
    );
}

both! {
    /// Protects the whole way: a live log is copied over HTTP, exported as files, copied from these, and a sample of its
    /// leaves proven by bundles that the controller hands out.
    async fn a_live_log_is_mirrored_and_sampled(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let mut events = Vec::new();
        for seq in 0..4 {
            let given = world.record(&t, &subject, seq, &[("loomer.cookies-analys", "given")]).await.expect(201);
            events.push(given.json["event_id"].as_str().expect("an id").to_owned());
        }
        published(&world, &t).await;
        let folder = tempfile::tempdir().expect("a folder");
        let [exported, copy, again, bundles] = ["exported", "copy", "again", "bundles"].map(|name| folder.path().join(name));
        let prefix = format!("{}/v1/logs/{}", world.server.base_url, t.log);
        let run_here = |arguments: Vec<String>| async move {
            let ran = tokio::task::spawn_blocking(move || run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()));
            ran.await.expect("it ends")
        };
        let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        for (command, from, to) in [
            (["log", "export"], prefix.clone(), &exported),
            (["audit", "mirror"], text(&exported), &copy),
            (["audit", "mirror"], prefix.clone(), &again),
        ] {
            let arguments = words(&[command[0], command[1], &from, &text(to), "--vkey", &t.vkey]);
            let (code, said, errors) = run_here(arguments).await;
            assert_eq!(code, 0, "{command:?}: {said}{errors}");
        }
        let paths = |folder: &Path| {
            let mut all: Vec<PathBuf> = files(folder).iter().map(|file| file.strip_prefix(folder).expect("below").to_owned()).collect();
            all.sort();
            all
        };
        assert_eq!(paths(&exported), paths(&copy), "a file server and a server hold one log");

        let sample = |more: &[&str]| {
            let mut arguments = words(&["audit", "sample", &text(&copy), "--count", "10000", "--vkey", &t.vkey, "--json", "--seed", "00"]);
            arguments.extend(words(more));
            run_here(arguments)
        };
        let (code, said, errors) = sample(&[]).await;
        assert_eq!(code, 0, "{said}{errors}");
        let leaves = json(&said)["leaves"].as_array().expect("a list").len();
        assert!(leaves > events.len());
        fs::create_dir(&bundles).expect("made");
        for event in &events {
            let bundle = world.get(&format!("/v1/events/{event}/proof"), &t.keys.auditor).await.expect(200);
            fs::write(bundles.join(event), bundle.text).expect("written");
        }
        fs::write(bundles.join("strange"), "{}").expect("written");
        let (code, said, errors) = sample(&["--bundles", &text(&bundles)]).await;
        assert_eq!(code, 1, "the log's own leaves were not handed in: {said}{errors}");
        let checked = json(&said);
        assert_eq!(checked["proven"].as_array().expect("a list").len(), events.len());
        assert_eq!(checked["missing"].as_array().expect("a list").len(), leaves - events.len());
        assert_eq!(checked["refused"].as_array().expect("a list").len(), 1);
    }
}

/// Waits until the newest checkpoint holds every leaf.
async fn published(world: &World, t: &Tenancy) {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let done = world.server.app.publisher.publish(&tenant).await;
    done.expect("published");
}
