//! `kill -9` under load: acknowledged events survive, no event is applied twice, and the log is sound.
//!
//! The killed server is this test binary, run again with `SAMTYCKE_TEST_CHILD` set. It is killed after a seeded number
//! of acknowledgements, never after a time, while the publisher stages and signs continuously.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::Read as _;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_server::clock::Environment;
use samtycke_server::config::Config;
use samtycke_tests::audit::{self, Audit, Seeded, audit};
use samtycke_tests::world::{Server, Tenancy, config_at};
use samtycke_tests::{Engine, World};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::note::Note;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

const CHILD: &str = "SAMTYCKE_TEST_CHILD";
const CLIENTS: u64 = 8;
const SUBJECTS: usize = 5;
const PURPOSE: &str = "loomer.cookies-analys";

fn settings(config: &mut Config) {
    audit::without_limits(config);
    // As often as the machine can, so that a kill also lands between stage, sign and advance.
    config.publish_interval = Duration::from_millis(1);
}

/// The server to kill. In an ordinary run it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Ok(place) = std::env::var(CHILD) else {
        return;
    };
    let place: Value = serde_json::from_str(&place).expect("a place");
    drop(rustls::crypto::ring::default_provider().install_default());
    let folder = place["data_dir"].as_str().expect("a folder");
    let mut config = config_at(std::path::Path::new(folder), place["postgres_url"].as_str());
    settings(&mut config);
    let server = Server::start(config, Environment::system()).await;
    println!("\nlistens on {}", server.base_url);
    // The parent never writes: this ends when the parent ends, in any way.
    let gone = || std::io::stdin().read_to_end(&mut Vec::new());
    tokio::task::spawn_blocking(gone)
        .await
        .expect("no panic")
        .expect("a pipe");
}

/// Starts the server in its own process on the world's data, and returns its address.
pub(crate) async fn start_child(world: &World) -> (Child, String) {
    start_child_with(world, &[]).await
}

/// The same with more variables in its environment.
pub(crate) async fn start_child_with(world: &World, env: &[(&str, &OsStr)]) -> (Child, String) {
    let place = json!({"data_dir": world.data_dir(), "postgres_url": world.postgres_url});
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "crash::child", "--nocapture"])
        .env(CHILD, place.to_string())
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("a child");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    while let Some(line) = lines.next_line().await.expect("a pipe") {
        if let Some(base_url) = line.strip_prefix("listens on ") {
            return (child, base_url.to_owned());
        }
    }
    panic!("the child ended before it listened");
}

/// Sends a signal to a server of [`start_child`]: `KILL`, `STOP`, `CONT`.
pub(crate) fn signal(pid: u32, name: &str) {
    let kill = std::process::Command::new("kill")
        .args([&format!("-{name}"), &pid.to_string()])
        .status();
    assert!(kill.expect("kill runs").success());
}

/// Stops a server of [`start_child`] until it gets `CONT`. Returns once none of its threads runs: one thread takes the
/// signal, and on a busy machine the others run until that thread is scheduled.
pub(crate) async fn pause(pid: u32) {
    signal(pid, "STOP");
    while !is_stopped(pid) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn is_stopped(pid: u32) -> bool {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).expect("it lives");
    threads
        .map(|thread| thread.expect("a thread").path().join("stat"))
        .all(|stat| {
            // A thread that has just ended does not run.
            let stat = std::fs::read_to_string(stat).unwrap_or_default();
            // After the name and its bracket; the name may contain anything.
            let state = stat.rsplit_once(") ").map(|(_, rest)| rest);
            state.is_none_or(|state| state.starts_with('T'))
        })
}

/// A body that was sent, and its response if any.
struct Sent {
    path: &'static str,
    body: Value,
    answer: Option<Value>,
}

/// Sends until the server dies. Counts acknowledgements; the one that reaches `fatal` kills it.
struct Hammer {
    world: Arc<World>,
    t: Tenancy,
    subjects: Arc<Vec<String>>,
    base_url: String,
    acknowledged: Arc<AtomicU64>,
    fatal: u64,
    pid: u32,
    rng: Seeded,
    /// The last seq of each subject that this sender was told.
    seen: BTreeMap<String, u64>,
}

impl Hammer {
    async fn run(mut self) -> Vec<Sent> {
        let mut all = Vec::new();
        loop {
            let subject = self.rng.pick(&self.subjects).clone();
            let (path, body) = if self.rng.below(3) == 0 {
                let decisions = json!([{"purpose": PURPOSE, "decision": "withdrawn"}]);
                (
                    "/v1/withdrawals",
                    json!({"event_id": self.world.event_id(), "subject": subject, "decisions": decisions}),
                )
            } else {
                let seen = self.seen.get(&subject).copied().unwrap_or(0);
                let given = [(PURPOSE, "given")];
                (
                    "/v1/consents",
                    self.world.consent(&self.t, &subject, seen, &given),
                )
            };
            let answer = self.post(path, &body).await;
            if let Some(seq) = answer.as_ref().and_then(|answer| answer["seq"].as_u64()) {
                self.seen.insert(subject, seq);
            }
            let died = answer.is_none();
            all.push(Sent { path, body, answer });
            if died {
                return all;
            }
            if self.acknowledged.fetch_add(1, Ordering::SeqCst) + 1 == self.fatal {
                signal(self.pid, "KILL");
            }
        }
    }

    async fn post(&self, path: &str, body: &Value) -> Option<Value> {
        let request = self
            .world
            .http
            .post(format!("{}{path}", self.base_url))
            .bearer_auth(&self.t.keys.service);
        let response = request.json(body).send().await.ok()?;
        let status = response.status().as_u16();
        let answer = response.json::<Value>().await.ok()?;
        assert_eq!(status, 201, "{answer}");
        Some(answer)
    }
}

/// Reads checkpoints until the server dies.
async fn watch(world: Arc<World>, base_url: String, log: String) -> BTreeMap<u64, [u8; 32]> {
    let mut seen = BTreeMap::new();
    loop {
        let read = async {
            let response = world
                .http
                .get(format!("{base_url}/v1/logs/{log}/checkpoint"))
                .send()
                .await
                .ok()?;
            response.text().await.ok()
        };
        let Some(note) = read.await else { return seen };
        let note = Note::parse(&note).expect("a note");
        let checkpoint = Checkpoint::parse(note.text()).expect("a checkpoint");
        let other = seen.insert(checkpoint.size(), *checkpoint.root());
        assert!(
            other.is_none_or(|root| root == *checkpoint.root()),
            "two trees of one size were signed"
        );
    }
}

/// Every acknowledged event is there as it was answered; a retry always gets the same response.
async fn settle(world: &World, t: &Tenancy, sent: &mut [Sent], seen: &Audit) {
    for one in sent.iter_mut() {
        let id = one.body["event_id"].as_str().expect("an id");
        let there = seen.events.get(id);
        if let Some(answer) = &one.answer {
            let entry = there.unwrap_or_else(|| panic!("an acknowledged event is lost: {answer}"));
            assert_eq!(
                (answer["index"].as_u64(), answer["seq"].as_u64()),
                (Some(entry.index), Some(entry.seq))
            );
            assert_eq!(answer["leaf_hash"], *entry.leaf_hash);
        }
        let again = world
            .post(one.path, &t.keys.service, &one.body)
            .await
            .expect(201);
        assert_eq!(
            again.headers.contains_key("idempotent-replayed"),
            there.is_some(),
            "a replay exactly if it is there"
        );
        if let Some(answer) = &one.answer {
            assert_eq!(again.json, *answer, "a retry gets the first answer");
        } else if let Some(entry) = there {
            assert_eq!(again.json["index"].as_u64(), Some(entry.index));
        }
        one.answer = Some(again.json);
    }
}

/// What ends a round, and the variables of the server's process.
#[derive(Default)]
pub(crate) struct Kill {
    /// A signal after so many acknowledgements.
    pub(crate) after_acknowledged: Option<u64>,
    /// The preloaded library, after this sync: `N PART`, counted from when the server listens.
    pub(crate) after_sync: Option<String>,
    /// Variables for the library.
    pub(crate) env: Vec<(&'static str, OsString)>,
}

/// Rounds of load, each ended by a kill, and what was sent and seen in them.
pub(crate) struct Rounds {
    pub(crate) world: World,
    pub(crate) t: Tenancy,
    subjects: Arc<Vec<String>>,
    seed: u64,
    round: u64,
    sent: Vec<Sent>,
    checkpoints: BTreeMap<u64, [u8; 32]>,
}

impl Rounds {
    pub(crate) async fn start(engine: Engine, own_seed: u64) -> Self {
        let seed = samtycke_tests::seed(own_seed);
        let world = World::start_with(engine, settings).await;
        let t = world.example("loomer").await;
        let subjects = Arc::new((0..SUBJECTS).map(|_| world.subject()).collect::<Vec<_>>());
        Self {
            world,
            t,
            subjects,
            seed,
            round: 0,
            sent: Vec::new(),
            checkpoints: BTreeMap::new(),
        }
    }

    /// Loads a server of its own process until it is killed. The world's server is stopped afterwards.
    pub(crate) async fn until_killed(mut self, kill: Kill) -> Self {
        self.world.server.stop().await;
        let shared = Arc::new(self.world);
        let mut env = kill.env;
        let fatal = kill.after_acknowledged.unwrap_or(u64::MAX);
        let control = shared.data_dir().join("kill");
        env.push(("SAMTYCKE_DISK_KILL", control.clone().into_os_string()));
        let env: Vec<(&str, &OsStr)> = env.iter().map(|(k, v)| (*k, v.as_os_str())).collect();
        let (mut child, base_url) = start_child_with(&shared, &env).await;
        if let Some(sync) = kill.after_sync {
            std::fs::write(control.with_extension("new"), sync).expect("written");
            std::fs::rename(control.with_extension("new"), &control).expect("armed");
        }
        let acknowledged = Arc::new(AtomicU64::new(0));
        let watcher = tokio::spawn(watch(shared.clone(), base_url.clone(), self.t.log.clone()));
        let hammers: Vec<_> = (0..CLIENTS)
            .map(|i| {
                let hammer = Hammer {
                    world: shared.clone(),
                    t: self.t.clone(),
                    subjects: self.subjects.clone(),
                    base_url: base_url.clone(),
                    acknowledged: acknowledged.clone(),
                    fatal,
                    pid: child.id().expect("it lives"),
                    rng: Seeded(self.seed * 10_000 + self.round * 100 + i),
                    seen: BTreeMap::new(),
                };
                tokio::spawn(hammer.run())
            })
            .collect();
        for hammer in hammers {
            self.sent.extend(hammer.await.expect("no panic"));
        }
        self.checkpoints.extend(watcher.await.expect("no panic"));
        let status = child.wait().await.expect("it ended");
        assert!(!status.success(), "it was killed: {status}");
        let _ = std::fs::remove_file(control);
        self.round += 1;
        self.world = Arc::into_inner(shared).expect("every client has ended");
        self
    }

    /// Starts the world's server again; everything that was acknowledged is there, and the log is sound.
    pub(crate) async fn settle(&mut self) {
        self.world.restart_with(settings).await;
        // A write waits for the head's lock, and so for the end of the dead server's transaction.
        self.world
            .withdraw(&self.t, &self.world.subject(), &[PURPOSE])
            .await
            .expect(201);
        let seen = audit(&self.world.server.app, &self.t.log).await;
        settle(&self.world, &self.t, &mut self.sent, &seen).await;
    }

    /// Every checkpoint that was ever served still holds, and nothing was taken for a rollback.
    pub(crate) async fn finish(self) {
        let seen = audit(&self.world.server.app, &self.t.log).await;
        audit::prove_all(&self.world.server.app, &self.t.log, &seen).await;
        let ready = self.world.get("/readyz", "").await.expect(200);
        assert_eq!(
            ready.json["frozen_logs"], 0,
            "a crash is no rollback: {}",
            ready.text
        );
        for (size, root) in self.checkpoints {
            let prefix = audit::root_of(&seen.hashes[..usize::try_from(size).expect("small")]);
            assert_eq!(
                STANDARD.encode(prefix),
                STANDARD.encode(root),
                "the checkpoint of size {size} still holds"
            );
        }
    }
}

async fn rounds(engine: Engine, seed: u64) {
    let mut rng = Seeded(samtycke_tests::seed(seed));
    let mut rounds = Rounds::start(engine, seed).await;
    for _ in 0..3 {
        let fatal = 20 + rng.below(60);
        let kill = Kill {
            after_acknowledged: Some(fatal),
            ..Kill::default()
        };
        rounds = rounds.until_killed(kill).await;
        rounds.settle().await;
    }
    let served = rounds.checkpoints.len();
    assert!(
        served > 3,
        "checkpoints were served while it lived: {served}"
    );
    rounds.finish().await;
}

/// Protects C2 on SQLite: after three kills under load, acknowledged events are durable.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    rounds(Engine::Sqlite, 11).await;
}

/// The same with a server on PostgreSQL, which keeps running.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_postgres() {
    rounds(Engine::Postgres, 12).await;
}
