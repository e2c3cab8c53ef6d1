//! A witness by other authors (PyPI's aics-witness) sees a live server's log.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use samtycke_server::config::Config;
use samtycke_tests::witness::Witness;
use samtycke_tests::world::Tenancy;
use samtycke_tests::{Engine, World};

use crate::process::{program, root, said};
use crate::rollback::{copy, restore};
use crate::support::proof;
use crate::witness::{PURPOSE, allows, copy_all, publish, published, published_of, until_ready};

/// A witness that others wrote: PyPI's aics-witness, in a process of its own.
struct Theirs {
    child: Child,
    url: String,
    key: String,
}

impl Drop for Theirs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One of their programs, as `tests/witness.sh` runs it.
fn theirs(arguments: &[&str]) -> Command {
    let mut command = Command::new("bash");
    command.arg("tests/witness.sh").args(arguments);
    command.current_dir(root());
    command
}

fn run(mut command: Command) -> String {
    let (code, printed, errors) = said(command.output().expect("it runs"));
    assert_eq!(code, 0, "{printed}{errors}");
    printed
}

impl Theirs {
    /// Starts a new witness that trusts this log, with its files in a folder.
    fn start(folder: &Path, t: &Tenancy) -> Self {
        let config = folder.join("witness.json").display().to_string();
        let words = |command: &str, more: &[&str]| {
            let first = ["aics-witness", command, "--config", config.as_str()];
            theirs(&[&first[..], more].concat())
        };
        let init = [
            "--name",
            "witness.example/theirs",
            "--listen",
            "127.0.0.1:0",
        ];
        let key = run(words("init", &init)).trim().to_owned();
        run(words(
            "add-log",
            &["--origin", &t.origin, "--vkey", &t.vkey],
        ));
        let mut serve = words("serve", &[]);
        let mut child = serve.stderr(Stdio::piped()).spawn().expect("it runs");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let listening = lines
            .by_ref()
            .map_while(Result::ok)
            .find(|line| line.contains("listening on "));
        let line = listening.expect("it listens");
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        let url = url.expect("an address").to_owned();
        // Its log is read to the end, so that it never waits for a reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, url, key }
    }
}

/// Writes a file into a folder.
fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path
}

fn samtycke(world: &World, policy: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = program(arguments);
    command.env("SAMTYCKE_DATA_DIR", world.data_dir());
    command.env("SAMTYCKE_WITNESS_POLICY", policy);
    said(command.output().expect("it runs"))
}

/// Protects level 2 as auditors will have it: a witness by other authors cosigns a live server's log, their verifier accepts
/// our checkpoint, `samtycke verify` gives level 2 under the policy that `samtycke policy` prints, and a log that was rolled
/// back with its anchor is refused by the witness and frozen by its evidence.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_of_others_sees_the_log() {
    let mut world = World::start(Engine::Sqlite).await;
    let t = world.example("loomer").await;
    let folder = tempfile::tempdir().expect("a folder");
    let witness = Theirs::start(folder.path(), &t);
    let line = format!("witness theirs {} {}/\n", witness.key, witness.url);
    let set = file(folder.path(), "set.txt", &format!("{line}quorum theirs\n"));
    let with = |config: &mut Config| config.witness_policy = Some(set.clone());
    world.restart_with(with).await;
    published(&world, &t).await;
    let subject = world.subject();
    let recorded = published_of(&world, &t, &subject).await;

    let bundle = proof(&world, &t, &recorded).await;
    let bundle = file(folder.path(), "proof.json", &bundle);
    let (code, policy, errors) = samtycke(&world, &set, &["policy", "loomer"]);
    assert!(code == 0 && policy.contains(&line), "{policy}{errors}");
    let strict = policy.replace(
        "quorum theirs",
        &format!(
            "witness ours {}\ngroup both all theirs ours\nquorum both",
            Witness::start(3).await.key()
        ),
    );
    for (text, wanted, words) in [(&policy, 0, "proof level 2"), (&strict, 2, "quorum")] {
        let policy = file(folder.path(), "policy.txt", text);
        let paths = [&bundle, &policy].map(|path| path.display().to_string());
        let (code, printed, errors) =
            samtycke(&world, &set, &["verify", &paths[0], "--policy", &paths[1]]);
        assert!(
            code == wanted && printed.contains(words),
            "{code}: {printed}{errors}"
        );
    }

    let served = world
        .get(&format!("/v1/logs/{}/checkpoint", t.log), "")
        .await
        .expect(200)
        .text;
    let note = file(folder.path(), "checkpoint", &served)
        .display()
        .to_string();
    let keys = [
        "--log-key",
        &t.vkey,
        "--witness-key",
        &witness.key,
        "--quorum",
        "1",
    ];
    let verify = [
        "aics-tlog",
        "verify-checkpoint",
        "--note",
        &note,
        "--origin",
        &t.origin,
    ];
    let printed = run(theirs(&[&verify[..], &keys].concat()));
    assert!(
        printed.contains("\"ok\": true") && printed.contains("witness.example/theirs"),
        "{printed}"
    );

    world.server.stop().await;
    let (older, anchor) = (copy(&world).await, world.data_dir().join("anchor"));
    copy_all(&anchor, &folder.path().join("anchor"));
    world.restart_with(with).await;
    assert!(allows(&world, &t, &subject).await);
    world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
    publish(&world, &t).await.expect("published");
    world.server.stop().await;
    restore(&world, older).await;
    std::fs::remove_dir_all(&anchor).expect("gone");
    copy_all(&folder.path().join("anchor"), &anchor);
    world.restart_with(with).await;
    until_ready(&world, (0, 0, 1)).await;
    assert!(!allows(&world, &t, &subject).await);
}
