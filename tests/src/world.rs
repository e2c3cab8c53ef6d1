//! The test world: a server with its database, data folder and port.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use reqwest::Method;
use samtycke_core::id::{EventId, SiteId, SubjectId, TenantId};
use samtycke_core::problem::ProblemKind;
use samtycke_server::admin::add_tenant;
use samtycke_server::admin::{self, KeyRequest, SiteRequest};
use samtycke_server::app::App;
use samtycke_server::clock::{Clock, Environment, Rng, SystemClock, SystemRng, UnixMs, random};
use samtycke_server::config::Config;
use samtycke_server::http::serve::{ServeLimits, serve};
use samtycke_server::register::{self, NoticeRequest};
use samtycke_server::tenant::Role;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub use crate::answer::Answer;
pub use crate::services::{new_database, postgres_url, redis_url};

/// The purposes of the five registers that only explicit consent permits. Each is asked in an event of its own (rule E14).
const EXPLICIT: [&str; 3] = [
    "ommej.appsvar",
    "ommej.svar-till-verksamhet",
    "ommej.apptestare",
];

/// The database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, the embedded default.
    Sqlite,
    /// A database on the PostgreSQL of `SAMTYCKE_TEST_POSTGRES_URL`.
    Postgres,
}

/// A clock that a test can move; it starts at the system's time and runs.
#[derive(Debug, Default)]
pub struct TestClock {
    ahead_ms: AtomicI64,
    jumped_ms: AtomicI64,
}

impl TestClock {
    /// Moves the wall clock; a negative value moves it back.
    pub fn advance(&self, ms: i64) {
        self.ahead_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Sets the wall clock forward while no time passes, as the server notices it; a negative value sets it back.
    pub fn jump(&self, ms: i64) {
        self.jumped_ms.fetch_add(ms, Ordering::SeqCst);
        self.advance(ms);
    }
}

impl Clock for TestClock {
    fn now(&self) -> UnixMs {
        SystemClock.now() + self.ahead_ms.load(Ordering::SeqCst)
    }

    fn monotonic(&self) -> Instant {
        SystemClock.monotonic()
    }

    fn ahead_ms(&self) -> i64 {
        self.jumped_ms.load(Ordering::SeqCst)
    }
}

/// A tenant's keys, one of each role.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Bound to the tenant's site.
    pub publishable: String,
    /// Records and checks.
    pub service: String,
    /// Drafts registers and notices.
    pub editor: String,
    /// Publishes drafts.
    pub publisher: String,
    /// Reads and erases subjects.
    pub dpo: String,
    /// Fetches proofs.
    pub auditor: String,
    /// Administers keys and sites.
    pub operator: String,
}

/// A tenant with a register, a site, a published notice and keys.
#[derive(Debug, Clone)]
pub struct Tenancy {
    /// The tenant's name.
    pub id: String,
    /// The tenant's log.
    pub log: String,
    /// The log's origin.
    pub origin: String,
    /// The log's verifier key.
    pub vkey: String,
    /// The tenant's site.
    pub site: String,
    /// The site's origin.
    pub web_origin: String,
    /// Hash of the published notice; empty if the register asks for nothing.
    pub notice: String,
    /// The tenant's keys.
    pub keys: Keys,
}

/// A running server of a world.
pub struct Server {
    /// The server's inner state.
    pub app: Arc<App>,
    /// The server's address.
    pub base_url: String,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<std::io::Result<()>>>,
}

/// A server with its own database, data folder and port.
pub struct World {
    /// The database engine.
    pub engine: Engine,
    /// The first server; most tests need no other.
    pub server: Server,
    /// The servers' clock.
    pub clock: Arc<TestClock>,
    /// URL of the PostgreSQL database.
    pub postgres_url: Option<String>,
    /// An HTTP client.
    pub http: reqwest::Client,
    folder: TempDir,
}

impl World {
    /// A fresh server without tenants.
    pub async fn start(engine: Engine) -> Self {
        Self::start_with(engine, |_| {}).await
    }

    /// A fresh server whose settings a test changes.
    pub async fn start_with(engine: Engine, change: impl FnOnce(&mut Config)) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a folder");
        let postgres_url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(new_database().await),
        };
        let clock = Arc::new(TestClock::default());
        let mut config = config_at(folder.path(), postgres_url.as_deref());
        change(&mut config);
        let server = Server::start(config, environment(&clock)).await;
        Self {
            engine,
            server,
            clock,
            postgres_url,
            http: client(),
            folder,
        }
    }

    /// A server on a data folder and a database that are there already. Its clock starts at `now`; Unix milliseconds.
    pub async fn open(
        engine: Engine,
        folder: TempDir,
        postgres_url: Option<String>,
        now: UnixMs,
    ) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clock = Arc::new(TestClock::default());
        clock.advance(now - clock.now());
        let config = config_at(folder.path(), postgres_url.as_deref());
        let server = Server::start(config, environment(&clock)).await;
        Self {
            engine,
            server,
            clock,
            postgres_url,
            http: client(),
            folder,
        }
    }

    /// Another server on the same database (PostgreSQL) with the same root secrets and log anchor.
    pub async fn second_server(&self) -> Server {
        self.second_server_with(|_| {}).await
    }

    /// The same with changed settings.
    pub async fn second_server_with(&self, change: impl FnOnce(&mut Config)) -> Server {
        assert_eq!(self.engine, Engine::Postgres, "SQLite has one server");
        let mut config = config_at(self.folder.path(), self.postgres_url.as_deref());
        change(&mut config);
        Server::start(config, environment(&self.clock)).await
    }

    /// Stops the server and starts it again on the same data.
    pub async fn restart(&mut self) {
        self.restart_with(|_| {}).await;
    }

    /// The same with changed settings.
    pub async fn restart_with(&mut self, change: impl FnOnce(&mut Config)) {
        self.server.stop().await;
        let mut config = config_at(self.folder.path(), self.postgres_url.as_deref());
        change(&mut config);
        self.server = Server::start(config, environment(&self.clock)).await;
    }

    /// Runs a statement on the database, beside the server.
    pub async fn execute(&self, statement: &str) {
        use sqlx::{Connection as _, Executor as _};
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        if let Some(url) = &self.postgres_url {
            let mut raw = sqlx::PgConnection::connect(url)
                .await
                .expect("a connection");
            raw.execute(statement).await.expect("a statement");
        } else {
            let file = format!("{}/db/samtycke.db", self.data_dir().display());
            let mut raw = sqlx::SqliteConnection::connect(&file)
                .await
                .expect("a connection");
            raw.execute(statement).await.expect("a statement");
        }
    }

    /// How the database would run a query.
    pub async fn plan(&self, query: &str) -> String {
        use sqlx::{Connection as _, Executor as _, Row as _};
        if let Some(url) = &self.postgres_url {
            let mut raw = sqlx::PgConnection::connect(url)
                .await
                .expect("a connection");
            raw.execute("set enable_seqscan = off")
                .await
                .expect("a setting");
            let explain = sqlx::AssertSqlSafe(format!("explain {query}"));
            let rows = sqlx::query(explain)
                .fetch_all(&mut raw)
                .await
                .expect("a plan");
            rows.iter()
                .map(|row| row.get::<String, _>(0) + "\n")
                .collect()
        } else {
            let file = format!("{}/db/samtycke.db", self.data_dir().display());
            let mut raw = sqlx::SqliteConnection::connect(&file)
                .await
                .expect("a connection");
            let explain = sqlx::AssertSqlSafe(format!("explain query plan {query}"));
            let rows = sqlx::query(explain)
                .fetch_all(&mut raw)
                .await
                .expect("a plan");
            rows.iter()
                .map(|row| row.get::<String, _>("detail") + "\n")
                .collect()
        }
    }

    /// The server's data folder.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// One of the five example controllers, ready: register and notice published, a site, and a key of each role.
    pub async fn example(&self, name: &str) -> Tenancy {
        let path = format!("{}/../registers/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("one of the five registers");
        self.tenancy(name, &text).await
    }

    /// A tenant with this register, ready.
    pub async fn tenancy(&self, name: &str, register_toml: &str) -> Tenancy {
        tenancy(&self.server.app, name, register_toml).await
    }

    /// A request with a key and a JSON body.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        key: &str,
        body: Option<&Value>,
    ) -> Answer {
        self.server.send(&self.http, method, path, key, body).await
    }

    /// `POST` with a key.
    pub async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, key, Some(body)).await
    }

    /// `GET` with a key.
    pub async fn get(&self, path: &str, key: &str) -> Answer {
        self.send(Method::GET, path, key, None).await
    }

    /// Records decisions with the tenant's service key: `[("ommej.appkonto", "given")]`.
    pub async fn record(
        &self,
        t: &Tenancy,
        subject: &str,
        based_on: u64,
        decisions: &[(&str, &str)],
    ) -> Answer {
        self.post(
            "/v1/consents",
            &t.keys.service,
            &self.consent(t, subject, based_on, decisions),
        )
        .await
    }

    /// The body of a consent.
    pub fn consent(
        &self,
        t: &Tenancy,
        subject: &str,
        based_on: u64,
        decisions: &[(&str, &str)],
    ) -> Value {
        let said = |(purpose, decision): &(&str, &str)| {
            let mut said = json!({"purpose": purpose, "decision": decision});
            if EXPLICIT.contains(purpose) && *decision == "given" {
                said["explicit"] = json!(true);
            }
            said
        };
        json!({
            "event_id": self.event_id(), "subject": subject, "notice": t.notice, "language": "sv",
            "method": "button", "based_on": based_on,
            "decisions": decisions.iter().map(said).collect::<Vec<_>>(),
        })
    }

    /// Withdraws with the tenant's service key.
    pub async fn withdraw(&self, t: &Tenancy, subject: &str, purposes: &[&str]) -> Answer {
        let body = json!({
            "event_id": self.event_id(), "subject": subject,
            "decisions": purposes.iter().map(|p| json!({"purpose": p, "decision": "withdrawn"})).collect::<Vec<_>>(),
        });
        self.post("/v1/withdrawals", &t.keys.service, &body).await
    }

    /// Checks with the tenant's service key.
    pub async fn check(&self, t: &Tenancy, subject: &str, purpose: &str) -> Answer {
        self.post(
            "/v1/check",
            &t.keys.service,
            &json!({"subject": subject, "purpose": purpose}),
        )
        .await
    }

    /// The civil day in Stockholm in this many days, `YYYY-MM-DD`: the days of contracts, campaigns and ages.
    pub fn day(&self, days: i64) -> String {
        use samtycke_server::clock::Clock as _;
        let at = self.clock.now() + days * 86_400_000;
        samtycke_core::campaign::LastDay::of_instant(at).to_string()
    }

    /// A new subject.
    pub fn subject(&self) -> String {
        SubjectId::from_bytes(random(&SystemRng)).to_string()
    }

    /// A new event id.
    pub fn event_id(&self) -> String {
        EventId::from_parts(self.clock.now(), random(&SystemRng)).to_string()
    }
}

/// Makes a tenant ready on any server.
pub async fn tenancy(app: &Arc<App>, name: &str, register_toml: &str) -> Tenancy {
    let id: TenantId = name.parse().expect("a tenant's name");
    let tenant = add_tenant(&app.admin, id.clone(), name)
        .await
        .expect("a tenant");
    register::draft(&app.registers, &tenant, register_toml)
        .await
        .expect("a draft");
    register::publish(&app.registers, &tenant, None, None)
        .await
        .expect("a register");
    let site: SiteId = format!("www.{name}.example").parse().expect("a site");
    let web_origin = format!("https://{site}");
    let current = || async {
        app.tenants
            .by_log(&tenant.log)
            .await
            .expect("a read")
            .expect("the tenant")
    };
    let request = SiteRequest {
        site: site.clone(),
        origins: vec![web_origin.clone()],
    };
    admin::add_site(&app.admin, &current().await, request, None)
        .await
        .expect("a site");
    let request = NoticeRequest::draft(site.clone());
    let notice = match register::add_notice(&app.registers, &*current().await, request).await {
        Ok(notice) => {
            register::publish_notice(&app.registers, &current().await, &notice.hash, None, None)
                .await
                .expect("published");
            notice.hash.to_string()
        }
        // The supplier's register asks for nothing.
        Err(problem) if problem.kind == ProblemKind::NoticeInvalid => String::new(),
        Err(problem) => panic!("a notice: {problem:?}"),
    };
    let mut made = Vec::new();
    for role in Role::ALL {
        let request = KeyRequest {
            role,
            site: (role == Role::Publishable).then(|| site.clone()),
            label: String::new(),
            expires: None,
        };
        let key = admin::add_key(&app.admin, &current().await, request, None)
            .await
            .expect("a key");
        made.push(key.key.expect("a new key is shown"));
    }
    let [
        publishable,
        service,
        editor,
        publisher,
        dpo,
        auditor,
        operator,
    ] = made.try_into().expect("one key for each role");
    Tenancy {
        id: name.to_owned(),
        log: tenant.log.to_string(),
        origin: tenant.origin.clone(),
        vkey: tenant.vkey().to_owned(),
        site: site.to_string(),
        web_origin,
        notice,
        keys: Keys {
            publishable,
            service,
            editor,
            publisher,
            dpo,
            auditor,
            operator,
        },
    }
}

impl Server {
    /// Starts a server on a free port.
    pub async fn start(config: Config, environment: Environment) -> Self {
        let app = App::start(config, environment, None)
            .await
            .expect("the server starts");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address: SocketAddr = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let limits = ServeLimits {
            shutdown_drain: Duration::from_secs(5),
            ..ServeLimits::of(&app.config)
        };
        let router = samtycke_server::app::router(&app);
        let serving = {
            let app = app.clone();
            tokio::spawn(async move {
                let shutdown = async { drop(stopped.await) };
                serve(listener, router, limits, &app.metrics, shutdown).await
            })
        };
        Self {
            app,
            base_url: format!("http://{address}"),
            stop: Some(stop),
            serving: Some(serving),
        }
    }

    /// Stops listening, drains, publishes, closes.
    pub async fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            serving.await.expect("no panic").expect("served");
            self.app.stop().await;
        }
    }

    /// A request with a key and a JSON body.
    pub async fn send(
        &self,
        http: &reqwest::Client,
        method: Method,
        path: &str,
        key: &str,
        body: Option<&Value>,
    ) -> Answer {
        let mut request = http.request(method, format!("{}{path}", self.base_url));
        if !key.is_empty() {
            request = request.bearer_auth(key);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::to(request).await
    }
}

/// Settings for a server with this data folder.
pub fn config_at(data_dir: &Path, postgres_url: Option<&str>) -> Config {
    let mut env = vec![
        (
            "SAMTYCKE_DATA_DIR".to_owned(),
            data_dir.display().to_string(),
        ),
        ("SAMTYCKE_PUBLISH_INTERVAL_MS".to_owned(), "50".to_owned()),
        (
            "SAMTYCKE_ALLOW_UNSAFE_POSTGRES".to_owned(),
            "true".to_owned(),
        ),
    ];
    if let Some(url) = postgres_url {
        env.push(("SAMTYCKE_DATABASE_URL".to_owned(), url.to_owned()));
        env.push((
            "SAMTYCKE_DATABASE_CONNECTIONS_MAX".to_owned(),
            "8".to_owned(),
        ));
    }
    Config::load(None, env.into_iter()).expect("settings")
}

fn environment(clock: &Arc<TestClock>) -> Environment {
    Environment {
        clock: clock.clone(),
        rng: Arc::new(SystemRng) as Arc<dyn Rng>,
    }
}

/// A client with a time-out of half a minute.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .timeout(Duration::from_secs(30))
        // A test sees the redirect itself.
        .redirect(reqwest::redirect::Policy::none())
        // The servers of the tests speak plain HTTP, and reading the system's certificates takes longer than a request.
        .tls_certs_only([])
        .build()
        .expect("a client")
}
