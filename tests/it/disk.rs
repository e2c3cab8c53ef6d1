//! A disk that is full, broken or read-only, and works again: the server says so, loses nothing that it acknowledged, and
//! goes on without a restart.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use reqwest::Method;
use samtycke_tests::audit;
use samtycke_tests::world::Answer;
use samtycke_tests::world::{Engine, Tenancy, World};
use serde_json::{Value, json};
use tokio::process::Child;

use crate::crash::start_child_with;

const PURPOSE: &str = "loomer.cookies-analys";

/// The preloaded library that breaks a disk on command.
pub(crate) static LIBRARY: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let library = folder.join(format!("disk-{}.so", std::process::id()));
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/faults/disk.c");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .status();
    assert!(compiled.expect("a C compiler").success());
    library
});

/// A server in a process of its own, whose disk the test breaks.
struct Broken {
    world: World,
    t: Tenancy,
    base_url: String,
    control: PathBuf,
    child: Child,
}

impl Broken {
    async fn start() -> Self {
        let mut world = World::start(Engine::Sqlite).await;
        let t = world.example("loomer").await;
        world.server.stop().await;
        let control = world.data_dir().join("fault");
        std::fs::write(&control, "").expect("written");
        let env: [(&str, &OsStr); 2] = [
            ("LD_PRELOAD", LIBRARY.as_os_str()),
            ("SAMTYCKE_DISK_FAULT", control.as_os_str()),
        ];
        let (child, base_url) = start_child_with(&world, &env).await;
        Self {
            world,
            t,
            base_url,
            control,
            child,
        }
    }

    /// Breaks the files below a folder of the data folder; an empty kind mends them.
    fn fault(&self, kind: &str, folder: &str) {
        let line = format!("{kind} {}", self.world.data_dir().join(folder).display());
        let line = if kind.is_empty() { String::new() } else { line };
        let new = self.control.with_extension("new");
        std::fs::write(&new, line).expect("written");
        std::fs::rename(new, &self.control).expect("replaced");
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let url = format!("{}{path}", self.base_url);
        let mut request = self.world.http.request(method, url);
        request = request.bearer_auth(&self.t.keys.service);
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::to(request).await
    }

    async fn record(&self, subject: &str) -> Answer {
        let body = self
            .world
            .consent(&self.t, subject, 0, &[(PURPOSE, "given")]);
        self.send(Method::POST, "/v1/consents", Some(&body)).await
    }

    async fn withdraw(&self, subject: &str) -> Answer {
        let body = json!({"event_id": self.world.event_id(), "subject": subject,
            "decisions": [{"purpose": PURPOSE, "decision": "withdrawn"}]});
        self.send(Method::POST, "/v1/withdrawals", Some(&body))
            .await
    }

    async fn reason(&self, subject: &str) -> Value {
        let body = json!({"subject": subject, "purpose": PURPOSE});
        let checked = self.send(Method::POST, "/v1/check", Some(&body)).await;
        checked.expect(200).json["reason"].clone()
    }

    async fn ready(&self, field: &str) -> Value {
        self.send(Method::GET, "/readyz", None)
            .await
            .expect(200)
            .json[field]
            .clone()
    }
}

/// Protects withdrawals after the fault: each error by which SQLite ends a transaction itself is over when its cause is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_be_written_comes_back() {
    let broken = Broken::start().await;
    let person = broken.world.subject();
    broken.record(&person).await.expect(201);
    let mut acknowledged = vec![person];
    for kind in ["full", "broken", "unsynced", "read-only"] {
        let subject = broken.world.subject();
        broken.record(&subject).await.expect(201);
        broken.fault(kind, "db/");
        broken
            .record(&broken.world.subject())
            .await
            .expect_problem(503, "FAILCLOSED_UNAVAILABLE");
        broken
            .withdraw(&subject)
            .await
            .expect_problem(503, "FAILCLOSED_UNAVAILABLE");
        assert_eq!(broken.ready("writable").await, false, "{kind}");
        broken.fault("", "");
        assert_eq!(broken.ready("writable").await, true, "{kind}");
        broken.withdraw(&subject).await.expect(201);
        assert_eq!(broken.reason(&subject).await, "CONSENT_WITHDRAWN", "{kind}");
        let later = broken.world.subject();
        broken.record(&later).await.expect(201);
        acknowledged.push(later);
    }
    for subject in &acknowledged {
        assert_eq!(broken.reason(subject).await, "CONSENT_VALID");
    }
    let Broken {
        mut world,
        t,
        mut child,
        ..
    } = broken;
    child.kill().await.expect("killed");
    world.restart().await;
    audit::audit(&world.server.app, &t.log).await;
    for subject in &acknowledged {
        assert_eq!(
            world.check(&t, subject, PURPOSE).await.json["reason"],
            "CONSENT_VALID"
        );
    }
}

/// Protects the service from the anchor's disk: consents and withdrawals go on, `/readyz` tells, and what was committed is
/// signed once the disk works again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_anchor_that_cannot_be_written_comes_back() {
    let broken = Broken::start().await;
    for kind in ["full", "broken", "unsynced", "read-only"] {
        let subject = broken.world.subject();
        broken.fault(kind, "anchor/");
        broken.record(&subject).await.expect(201);
        until(&broken, 1).await;
        broken.withdraw(&subject).await.expect(201);
        assert_eq!(broken.reason(&subject).await, "CONSENT_WITHDRAWN", "{kind}");
        broken.fault("", "");
        until(&broken, 0).await;
    }
}

async fn until(broken: &Broken, unpublished: u64) {
    for _ in 0..4_000 {
        if broken.ready("unpublished_logs").await == unpublished {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("never {unpublished} unpublished logs");
}

/// Protects C1: a second server on the same database is kept out, also where files were deleted under the first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_is_kept_out() {
    let world = World::start(Engine::Sqlite).await;
    world.example("loomer").await;
    for name in ["lock", "samtycke.db-shm"] {
        let _ = std::fs::remove_file(world.data_dir().join("db").join(name));
        let config = samtycke_tests::world::config_at(&world.data_dir(), None);
        let environment = samtycke_server::clock::Environment::system();
        let second = samtycke_server::app::App::start(config, environment, None).await;
        let refused = second.map(drop).expect_err("the first has it");
        assert!(refused.to_string().contains("in use"), "{refused}");
    }
}
