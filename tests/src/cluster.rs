//! PostgreSQL servers of a test's own: a primary and its standbys, which can be paused, killed and promoted.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;

/// One PostgreSQL server; dropping it kills it.
pub struct Cluster {
    folder: TempDir,
    port: u16,
    child: Child,
}

impl Cluster {
    /// A new primary with these settings (`name=value`), in a folder of its own.
    pub async fn primary(settings: &[&str]) -> Self {
        let folder = folder();
        let data = folder.path().join("data");
        let made = program("initdb")
            .arg(format!("--pgdata={}", data.display()))
            .args([
                "--username=postgres",
                "--auth=trust",
                "--no-sync",
                "--locale=C",
                "--encoding=UTF8",
            ])
            .output()
            .expect("initdb runs");
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        Self::start(folder, settings).await
    }

    /// A standby that streams from this server.
    pub async fn standby(&self, name: &str) -> Self {
        let folder = folder();
        let copied = program("pg_basebackup")
            .arg(format!("--pgdata={}", folder.path().join("data").display()))
            .arg(format!(
                "--dbname=host=127.0.0.1 port={} user=postgres application_name={name}",
                self.port
            ))
            .args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync"])
            .output()
            .expect("pg_basebackup runs");
        assert!(
            copied.status.success(),
            "{}",
            String::from_utf8_lossy(&copied.stderr)
        );
        Self::start(folder, &[]).await
    }

    async fn start(folder: TempDir, settings: &[&str]) -> Self {
        let port = free_port();
        let child = Self::spawn(folder.path(), port, settings);
        let cluster = Self {
            folder,
            port,
            child,
        };
        cluster.wait_until_it_answers().await;
        cluster
    }

    fn spawn(folder: &Path, port: u16, settings: &[&str]) -> Child {
        let mut postgres = program("postgres");
        postgres
            .arg("-D")
            .arg(folder.join("data"))
            .args(["-p", &port.to_string()]);
        let common = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
        ];
        for setting in common.iter().chain(settings) {
            postgres.args(["-c", setting]);
        }
        let log = std::fs::File::create(folder.join("log")).expect("a log");
        let errors = log.try_clone().expect("a log");
        postgres.stdin(Stdio::null()).stdout(log).stderr(errors);
        postgres.spawn().expect("postgres runs")
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// The URL of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@{}/{database}", self.address())
    }

    /// A connection to its database `postgres`.
    pub async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url("postgres"))
            .await
            .expect("PostgreSQL answers")
    }

    /// Runs a statement.
    pub async fn run(&self, statement: &str) {
        let mut connection = self.connect().await;
        let statement = AssertSqlSafe(statement.to_owned());
        connection.execute(statement).await.expect("done");
    }

    /// Asks a question whose answer is yes or no until it is yes.
    pub async fn until(&self, question: &str) {
        let mut connection = self.connect().await;
        loop {
            let asked = sqlx::query_as(AssertSqlSafe(format!("select {question}")));
            let (is_so,): (bool,) = asked.fetch_one(&mut connection).await.expect("an answer");
            if is_so {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Makes a standby the primary.
    pub async fn promote(&self) {
        self.run("select pg_promote()").await;
        self.until("not pg_is_in_recovery()").await;
    }

    /// Ends it as a power failure does.
    pub fn kill(&mut self) {
        let postmaster = std::fs::read_to_string(self.folder.path().join("data/postmaster.pid"));
        let pid = postmaster.expect("it runs");
        let pid = pid.lines().next().expect("a pid").to_owned();
        let killed = Command::new("kill").args(["-9", &pid]).status();
        assert!(killed.expect("kill runs").success());
        let _ = self.child.wait();
    }

    async fn wait_until_it_answers(&self) {
        for _ in 0..6_000 {
            if PgConnection::connect(&self.url("postgres")).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        panic!("PostgreSQL did not start:\n{log}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder in which the user that runs PostgreSQL may write.
fn folder() -> TempDir {
    let folder = tempfile::Builder::new()
        .prefix("samtycke-cluster")
        .tempdir_in("/tmp")
        .expect("a folder");
    if is_root() {
        let given = Command::new("chown")
            .arg("postgres")
            .arg(folder.path())
            .status();
        assert!(given.expect("chown runs").success());
    }
    folder
}

/// A program of PostgreSQL. It refuses to run as root; there it runs as the user whom its package made. It ends with the test.
fn program(name: &str) -> Command {
    let path = programs().join(name);
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]);
    if is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.arg(path).current_dir("/");
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.trim_ascii() == b"0"
}

/// The folder of the newest version's programs, as Debian lays them out; else where the path has them.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| {
            let path = version.ok()?.path();
            let number = path.file_name()?.to_str()?.parse().ok()?;
            let bin = path.join("bin");
            bin.join("initdb").exists().then_some((number, bin))
        })
        .collect();
    folders.sort();
    if let Some((_, newest)) = folders.pop() {
        return newest;
    }
    let found = Command::new("pg_config").arg("--bindir").output();
    let found = found.expect("PostgreSQL's programs: make test installs them");
    PathBuf::from(String::from_utf8_lossy(&found.stdout).trim())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
