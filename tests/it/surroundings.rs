//! What stands around a server: a pool before PostgreSQL, a database that cannot be used, a proxy that nobody declared, a
//! Redis that refuses. It works, or it is refused at start with a sentence that says what to do.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::Method;
use samtycke_server::app::App;
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database, Rate};
use samtycke_tests::cluster::Cluster;
use samtycke_tests::world::{config_at, new_database};
use samtycke_tests::{Engine, World};
use serde_json::json;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;

use crate::support::{Browser, raw};

const ANALYTICS: &str = "loomer.cookies-analys";

/// A PgBouncer before the tests' PostgreSQL; dropping it stops it.
struct Pool {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Pool {
    async fn start(mode: &str, database: &str) -> Self {
        let options: PgConnectOptions = database.parse().expect("an address");
        let port = free_port();
        let folder = tempfile::tempdir().expect("a folder");
        let name = options.get_database().expect("a database");
        let (host, user) = (options.get_host(), options.get_username());
        let settings = format!(
            "[databases]\n{name} = host={host} port={} dbname={name} user={user}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
             listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = {mode}\n\
             ignore_startup_parameters = extra_float_digits\n",
            options.get_port()
        );
        let file = folder.path().join("pgbouncer.ini");
        std::fs::write(&file, settings).expect("a file");
        // PgBouncer refuses to run as root, and then has to read its file as somebody else.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))
            .expect("rights");
        let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].into_iter();
        let program = program
            .clone()
            .find(|path| std::path::Path::new(path).exists());
        let mut command = Command::new(program.unwrap_or("pgbouncer"));
        command.args(["-u", "nobody"]).arg(&file);
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let process = process.expect("PgBouncer is installed: tests/services.sh does it");
        let pool = Self {
            process,
            port,
            _folder: folder,
        };
        let listens = async {
            while tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_err()
            {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), listens)
            .await
            .expect("PgBouncer listens");
        pool
    }

    /// The same database through the pool.
    fn through(&self, database: &str) -> String {
        let (before, name) = database.rsplit_once('/').expect("a database");
        let user = before
            .split_once("://")
            .expect("a scheme")
            .1
            .split(['@', ':'])
            .next()
            .expect("a user");
        format!("postgres://{user}@127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// The sentence with which a start is refused.
async fn refused(change: impl FnOnce(&mut Config)) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config_at(folder.path(), None);
    change(&mut config);
    drop(rustls::crypto::ring::default_provider().install_default());
    let started = App::start(config, Environment::system(), None).await;
    started.expect_err("the start is refused").to_string()
}

/// Protects every client of a pool that gives sessions away: our settings and prepared statements reach none, because the
/// start is refused before any is made, with what to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pool_that_gives_sessions_away_is_refused() {
    let database = new_database().await;
    for mode in ["transaction", "statement"] {
        let pool = Pool::start(mode, &database).await;
        let url = pool.through(&database);
        let sentence = refused(|config| config.database = Database::Postgres(url.clone())).await;
        assert!(
            sentence.contains("pool_mode = session"),
            "{mode}: {sentence}"
        );
        assert!(
            sentence.contains(&format!("127.0.0.1:{}", pool.port)),
            "{mode}: {sentence}"
        );
        let mut other = PgConnection::connect(&format!("{url}?statement-cache-capacity=0"))
            .await
            .expect("a client of the pool");
        let setting = "select current_setting('enable_seqscan') || current_setting('plan_cache_mode') || current_setting('jit')";
        let row = sqlx::raw_sql(setting)
            .fetch_one(&mut other)
            .await
            .expect("a setting");
        let setting: String = sqlx::Row::get(&row, 0);
        assert!(setting.starts_with("onauto"), "{mode}: {setting}");
    }
}

/// Protects those who need a pool: with a session for each connection everything works, and nothing stays in the session.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pool_of_sessions_works() {
    let database = new_database().await;
    let pool = Pool::start("session", &database).await;
    let url = pool.through(&database);
    let mut world = World::start_with(Engine::Postgres, |config| {
        config.database = Database::Postgres(url.clone());
    })
    .await;
    let t = world.example("loomer").await;
    let subject = world.subject();
    world
        .record(&t, &subject, 0, &[(ANALYTICS, "given")])
        .await
        .expect(201);
    assert_eq!(
        world.check(&t, &subject, ANALYTICS).await.expect(200).json["allow"],
        true
    );
    world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
    assert_eq!(
        world.check(&t, &subject, ANALYTICS).await.expect(200).json["allow"],
        false
    );
    world.server.stop().await;
    let mut other = PgConnection::connect(&url)
        .await
        .expect("a client of the pool");
    let (setting,): (String,) = sqlx::query_as("select current_setting('enable_seqscan')")
        .fetch_one(&mut other)
        .await
        .expect("a setting");
    assert_eq!(setting, "on");
}

/// Protects whoever starts a server: a database or a Redis that cannot be used is named with host and port, with what to do,
/// and without any password.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_used_is_said_with_what_to_do() {
    let database = new_database().await;
    let options: PgConnectOptions = database.parse().expect("an address");
    let (host, port, user) = (
        options.get_host(),
        options.get_port(),
        options.get_username(),
    );
    let closed = free_port();
    let cases = [
        (
            format!("postgres://{user}:hemligt@127.0.0.1:{closed}/x"),
            format!("127.0.0.1:{closed}"),
            "start it, or correct the host",
        ),
        (
            format!("postgres://{user}:hemligt@no-such-host.invalid/x"),
            "no-such-host.invalid:5432".into(),
            "correct the host",
        ),
        (
            format!("postgres://{user}:hemligt@{host}:{port}/no_such_database"),
            format!("{host}:{port}"),
            "createdb no_such_database",
        ),
        (
            format!("{database}?sslmode=require"),
            format!("{host}:{port}"),
            "sslmode",
        ),
        (
            format!("postgres://no_such_user:hemligt@{host}:{port}/x"),
            format!("{host}:{port}"),
            "correct database_url",
        ),
    ];
    for (url, place, cure) in cases {
        let sentence = refused(|config| config.database = Database::Postgres(url.clone())).await;
        println!("{sentence}");
        assert!(
            sentence.contains(&place) && sentence.contains(cure),
            "{sentence}"
        );
        assert!(
            !sentence.contains("hemligt") && !sentence.contains("pool timed out"),
            "{sentence}"
        );
    }
    let redis = samtycke_tests::world::redis_url();
    let place = redis
        .rsplit_once("//")
        .expect("an address")
        .1
        .trim_end_matches('/')
        .to_owned();
    let sentence =
        refused(|config| config.redis_url = Some(format!("redis://:hemligt@{place}"))).await;
    println!("{sentence}");
    assert!(
        sentence.contains(&place)
            && sentence.contains("redis_url")
            && !sentence.contains("hemligt"),
        "{sentence}"
    );
}

/// Protects whoever mistypes a password, or leaves it out: PostgreSQL's refusal is said with the user and what to correct, and
/// what was typed is in no part of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_said_without_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let readable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), readable).expect("set");
    let rules = folder.path().join("hba");
    let lines = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    std::fs::write(&rules, lines).expect("written");
    let postgres = Cluster::primary(&[&format!("hba_file={}", rules.display())]).await;
    postgres
        .run("create role anna login password 'annat'")
        .await;
    let place = postgres.address();
    for login in [
        "anna:hemligt",
        "anna:he%40ml%2Figt",
        "nobody:hemligt",
        "anna",
    ] {
        let url = format!("postgres://{login}@{place}/postgres");
        let sentence = refused(|config| config.database = Database::Postgres(url.clone())).await;
        println!("{sentence}");
        let user = login.split(':').next().expect("a user");
        let said = format!(
            "PostgreSQL at {place} refused the password of {user:?}; correct it in database_url"
        );
        assert_eq!(sentence, said);
    }
}

/// Protects withdrawals behind a proxy that nobody declared: people who share its address take nothing from each other, and
/// an operator sees it in readiness and in a metric.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_undeclared_proxy_refuses_no_withdrawal() {
    let world = World::start_with(Engine::Sqlite, |config| {
        config.limits.rate.withdraw_per_address = Rate {
            quota: 1,
            window_s: 3600,
            burst: 2,
        };
    })
    .await;
    let t = world.example("loomer").await;
    let key = format!("Bearer {}", t.keys.publishable);
    let withdraw = async |forwarded: Option<&str>| {
        let me = Browser::new();
        let body = json!({"event_id": world.event_id(), "subject": me.subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        let mut headers = vec![
            ("authorization", key.as_str()),
            ("origin", t.web_origin.as_str()),
            ("content-type", "application/json"),
            ("samtycke-capability", me.capability.as_str()),
        ];
        headers.extend(forwarded.map(|address| ("x-forwarded-for", address)));
        raw(
            &world,
            Method::POST,
            "/v1/withdrawals",
            &headers,
            body.to_string(),
        )
        .await
    };
    let ready = world.get("/readyz", "").await.expect(200);
    assert_eq!(ready.json["forwarded_ignored"], false);
    for n in 0..20 {
        withdraw(Some(&format!("192.0.2.{n}"))).await.expect(200);
    }
    let ready = world.get("/readyz", "").await.expect(200);
    assert_eq!(ready.json["forwarded_ignored"], true);
    let metrics = world.get("/metrics", "").await.expect(200).text;
    assert!(
        metrics.contains("samtycke_forwarded_ignored_total 20\n"),
        "{metrics}"
    );
    for _ in 0..2 {
        withdraw(None).await.expect(200);
    }
    withdraw(None).await.expect_problem(429, "QUOTA_EXCEEDED");
}

/// Protects two people at two servers: what one drafts the other can read and publish, though a draft is in force nowhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_of_one_server_is_known_to_the_other() {
    let world = World::start(Engine::Postgres).await;
    let t = world.example("loomer").await;
    let (mut reader, mut publisher) = (world.second_server().await, world.second_server().await);
    let site = format!("/v1/sites/{}/notice", t.site);
    for server in [&reader, &publisher] {
        // They have loaded the tenant before the draft.
        server
            .send(&world.http, Method::GET, &site, &t.keys.editor, None)
            .await
            .expect(200);
    }
    let drafted = world
        .post(
            "/v1/notices",
            &t.keys.editor,
            &json!({"site": t.site, "languages": ["en"]}),
        )
        .await
        .expect(201);
    let path = format!(
        "/v1/notices/{}",
        drafted.json["hash"].as_str().expect("a hash")
    );
    reader
        .send(&world.http, Method::GET, &path, &t.keys.publishable, None)
        .await
        .expect(404);
    reader
        .send(&world.http, Method::GET, &path, &t.keys.editor, None)
        .await
        .expect(200);
    let publish = format!("{path}/publish");
    publisher
        .send(
            &world.http,
            Method::POST,
            &publish,
            &t.keys.publisher,
            Some(&json!({})),
        )
        .await
        .expect(200);
    reader.stop().await;
    publisher.stop().await;
}

/// Protects pseudonyms and states from other users of the machine: what a server keeps is for its own user only, also in a
/// folder that was open before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_reads_what_a_server_keeps() {
    let world = World::start(Engine::Sqlite).await;
    let mode = |path: &std::path::Path| {
        std::fs::metadata(path)
            .expect("a folder")
            .permissions()
            .mode()
            & 0o777
    };
    let folders = ["db", "anchor", "keys"].map(|name| world.data_dir().join(name));
    for folder in &folders {
        assert_eq!(mode(folder), 0o700, "{}", folder.display());
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("rights");
    }
    let mut world = world;
    world.restart().await;
    for folder in &folders {
        assert_eq!(mode(folder), 0o750, "{}", folder.display());
    }
}
