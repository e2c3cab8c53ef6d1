//! The requests to ours, and the peers for comparison.

use std::path::PathBuf;

use samtycke_core::id::{EventId, SubjectId};
use samtycke_server::clock::{Clock as _, SystemClock, SystemRng, random};
use sqlx::{Connection as _, Executor as _};
use tokio::process::Command;

use super::load::Requests;
use super::serve::Hello;
use super::{Fallible, http};

/// Pseudo-random numbers (splitmix64), cheap enough to make for each request.
#[derive(Debug, Clone)]
pub(crate) struct Chances(u64);

impl Chances {
    /// The same seed gives the same numbers.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or(0)
    }
}

/// Consents, each of a new subject: the most expensive record, with a key of its own.
pub(crate) struct Records {
    key: String,
    notice: String,
    chances: Chances,
    subject: String,
    request: Vec<u8>,
}

impl Records {
    /// The purpose that they grant.
    pub(crate) const PURPOSE: &'static str = "ommej.appkonto";

    /// The records of one connection; no two runs make the same.
    pub(crate) fn new(hello: &Hello, connection: usize) -> Self {
        let seed = u64::from_le_bytes(random(&SystemRng)) ^ connection as u64;
        Self {
            key: hello.key.clone(),
            notice: hello.notice.clone(),
            chances: Chances::new(seed),
            subject: String::new(),
            request: Vec::new(),
        }
    }

    /// The subject of the last one.
    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    fn bytes(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.chances.next().to_le_bytes());
        bytes[8..].copy_from_slice(&self.chances.next().to_le_bytes());
        bytes
    }
}

impl Requests for Records {
    fn next(&mut self) -> &[u8] {
        let mut id = [0; 10];
        id.copy_from_slice(&self.bytes()[..10]);
        let event = EventId::from_parts(SystemClock.now(), id);
        self.subject = SubjectId::from_bytes(self.bytes()).to_string();
        let body = format!(
            r#"{{"event_id":"{event}","subject":"{}","notice":"{}","language":"sv","method":"button","based_on":0,"decisions":[{{"purpose":"{}","decision":"given","explicit":true}}]}}"#,
            self.subject,
            self.notice,
            Self::PURPOSE,
        );
        self.request = http::post("/v1/consents", &self.key, &body);
        &self.request
    }
}

/// A database of the PostgreSQL that `tests/services.sh` started; dropped when the benchmark ends.
pub(crate) struct Database {
    /// Its address.
    pub(crate) url: String,
    server: String,
    name: String,
}

impl Database {
    /// A new, empty one.
    pub(crate) async fn new(of: &str) -> Fallible<Self> {
        let server = std::env::var("SAMTYCKE_TEST_POSTGRES_URL").map_err(|_| {
            "SAMTYCKE_TEST_POSTGRES_URL is not set: run `make bench`, or tests/services.sh --postgres-durable run .."
        })?;
        let name = format!("bench_{of}_{}", std::process::id());
        let (base, _) = server
            .rsplit_once('/')
            .ok_or("an address ends with a database")?;
        let url = format!("{base}/{name}");
        let database = Self { url, server, name };
        database
            .admin(&format!("create database {}", database.name))
            .await?;
        Ok(database)
    }

    /// Drops it.
    pub(crate) async fn end(self) -> Fallible<()> {
        self.admin(&format!("drop database {} with (force)", self.name))
            .await
    }

    /// Runs a statement in it.
    pub(crate) async fn run(&self, statement: &str) -> Fallible<()> {
        execute(&self.url, statement).await
    }

    async fn admin(&self, statement: &str) -> Fallible<()> {
        execute(&self.server, statement).await
    }
}

async fn execute(url: &str, statement: &str) -> Fallible<()> {
    let mut connection = sqlx::PgConnection::connect(url).await?;
    connection
        .execute(sqlx::AssertSqlSafe(statement.to_owned()))
        .await?;
    Ok(connection.close().await?)
}

/// PostgreSQL's own load generator, inserting one 400-byte row into one table.
pub(crate) struct Pgbench {
    program: PathBuf,
    script: tempfile::NamedTempFile,
    database: Database,
}

impl Pgbench {
    /// `None` if the program is missing.
    pub(crate) async fn find() -> Fallible<Option<Self>> {
        let Some(program) = program() else {
            return Ok(None);
        };
        let database = Database::new("peer").await?;
        database
            .run("create table row (id bigserial primary key, body text not null)")
            .await?;
        let script = tempfile::NamedTempFile::new()?;
        std::fs::write(
            script.path(),
            format!("insert into row (body) values ('{}');\n", "x".repeat(400)),
        )?;
        Ok(Some(Self {
            program,
            script,
            database,
        }))
    }

    /// Durable rows per second.
    pub(crate) async fn rate(&self, connections: usize, seconds: u64) -> Fallible<f64> {
        let output = Command::new(&self.program)
            .args([
                "-n",
                "-M",
                "prepared",
                "-c",
                &connections.to_string(),
                "-j",
                &connections.min(2).to_string(),
            ])
            .args(["-T", &seconds.to_string(), "-f"])
            .arg(self.script.path())
            .arg(&self.database.url)
            .output()
            .await?;
        let text = String::from_utf8_lossy(&output.stdout);
        let tps = text
            .lines()
            .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        tps.ok_or_else(|| {
            format!(
                "pgbench failed: {text}{}",
                String::from_utf8_lossy(&output.stderr)
            )
            .into()
        })
    }

    /// Drops its table.
    pub(crate) async fn end(self) -> Fallible<()> {
        self.database.end().await
    }
}

/// The newest version's program, in Debian's layout; otherwise the one on the path.
fn program() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<(u32, PathBuf)> = installed
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin/pgbench")))
        })
        .filter(|(_, path)| path.exists())
        .collect();
    found.sort();
    let on_path = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .map(|folder| folder.join("pgbench"))
            .find(|path| path.exists())
    };
    found.pop().map(|(_, path)| path).or_else(on_path)
}
