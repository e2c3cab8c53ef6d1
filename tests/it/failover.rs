//! PostgreSQL fails over: what a server may still rely on, and how it comes back.

use std::time::Duration;

use samtycke_server::config::{Config, Database};
use samtycke_tests::cluster::Cluster;
use samtycke_tests::proxy::{Link, Proxy};
use samtycke_tests::world::{Engine, Server, Tenancy, World, config_at};
use serde_json::json;
use tempfile::TempDir;

const ANALYTICS: &str = "loomer.cookies-analys";

/// A server that reaches its PostgreSQL through a proxy, which can follow another one.
async fn behind(proxy: &Proxy) -> World {
    let address = proxy.address();
    World::start_with(Engine::Postgres, |config| through(config, address)).await
}

fn through(config: &mut Config, address: std::net::SocketAddr) {
    config.database = Database::Postgres(format!("postgres://postgres@{address}/postgres"));
}

/// A second server on the same anchor and keys, which reaches PostgreSQL another way.
async fn second(world: &World, proxy: &Proxy) -> Server {
    let mut config = config_at(&world.data_dir(), world.postgres_url.as_deref());
    through(&mut config, proxy.address());
    let environment = samtycke_server::clock::Environment {
        clock: world.clock.clone(),
        rng: std::sync::Arc::new(samtycke_server::clock::SystemRng),
    };
    Server::start(config, environment).await
}

async fn ask(world: &World, server: &Server, t: &Tenancy, subject: &str) -> serde_json::Value {
    let body = json!({"subject": subject, "purpose": ANALYTICS});
    let answer = server.send(
        &world.http,
        reqwest::Method::POST,
        "/v1/check",
        &t.keys.service,
        Some(&body),
    );
    answer.await.json
}

/// Asks until the check answers this reason; every answer before must deny.
async fn until_reason(world: &World, server: &Server, t: &Tenancy, subject: &str, reason: &str) {
    for _ in 0..2_000 {
        let answer = ask(world, server, t, subject).await;
        if answer["reason"] == reason {
            return;
        }
        assert_eq!(answer["allow"], false, "{answer}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{reason} was never answered");
}

/// Asks until the server has met another timeline and compared its logs; every answer before must deny.
async fn until_compared(world: &World, server: &Server, t: &Tenancy, subject: &str) {
    for _ in 0..2_000 {
        let answer = ask(world, server, t, subject).await;
        assert_eq!(answer["allow"], false, "{answer}");
        let ready = server.send(&world.http, reqwest::Method::GET, "/readyz", "", None);
        let ready = ready.await.json;
        if ready["frozen_logs"] == 1 && ready["timeline_unverified"] == false {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the logs were never compared");
}

/// Waits until everything that was committed is signed and anchored.
async fn publish(world: &World, t: &Tenancy) {
    let tenant = samtycke_tests::audit::tenant(&world.server.app, &t.log).await;
    world
        .server
        .app
        .publisher
        .publish(&tenant)
        .await
        .expect("published");
}

async fn grant(world: &World, t: &Tenancy) -> String {
    let subject = world.subject();
    world
        .record(t, &subject, 0, &[(ANALYTICS, "given")])
        .await
        .expect(201);
    subject
}

/// Protects people from a failover that loses a withdrawal: the promoted standby lacks what was acknowledged, so no server
/// allows on it and none signs a second history. Neither does a server that never saw the withdrawal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failover_that_lost_a_withdrawal_allows_nothing() {
    let mut primary = Cluster::primary(&["synchronous_commit=local"]).await;
    let standby = primary.standby("standby").await;
    let (proxy, other) = (
        Proxy::to(primary.address()).await,
        Proxy::to(primary.address()).await,
    );
    let world = behind(&proxy).await;
    let t = world.example("loomer").await;
    let mut unaware = second(&world, &other).await;
    let subject = grant(&world, &t).await;
    publish(&world, &t).await;
    until_reason(&world, &unaware, &t, &subject, "CONSENT_VALID").await;
    let at = current_lsn(&primary).await;
    standby
        .until(&format!("pg_last_wal_replay_lsn() >= '{at}'"))
        .await;
    // From here on the standby receives nothing.
    standby.run("alter system set primary_conninfo = ''").await;
    standby.run("select pg_reload_conf()").await;
    primary
        .until("not exists (select 1 from pg_stat_replication)")
        .await;
    world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
    publish(&world, &t).await;

    proxy.follow(standby.address());
    other.follow(standby.address());
    primary.kill();
    standby.promote().await;

    for server in [&world.server, &unaware] {
        until_compared(&world, server, &t, &subject).await;
        let answer = ask(&world, server, &t, &subject).await;
        assert_eq!(answer["reason"], "FAILCLOSED_RECOVERING", "{answer}");
    }
    world
        .withdraw(&t, &subject, &[ANALYTICS])
        .await
        .expect_problem(503, "FAILCLOSED_RECOVERING");
    let ready = world.get("/readyz", "").await;
    assert_eq!(ready.json["frozen_logs"], 1, "{}", ready.text);
    // A server that starts now knows nothing of its own, and has the anchor.
    let mut fresh = second(&world, &other).await;
    assert_eq!(
        ask(&world, &fresh, &t, &subject).await["reason"],
        "FAILCLOSED_RECOVERING"
    );
    fresh.stop().await;
    unaware.stop().await;
}

/// Protects the service: a failover that lost nothing is noticed, compared, and served on without a restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failover_that_lost_nothing_is_served_on() {
    let mut primary = Cluster::primary(&["synchronous_standby_names=standby"]).await;
    // The standby must be there before anything can commit.
    let standby = primary.standby("standby").await;
    let proxy = Proxy::to(primary.address()).await;
    let world = behind(&proxy).await;
    let t = world.example("loomer").await;
    let (kept, withdrawn) = (grant(&world, &t).await, grant(&world, &t).await);
    world
        .withdraw(&t, &withdrawn, &[ANALYTICS])
        .await
        .expect(201);
    proxy.follow(standby.address());
    primary.kill();
    standby.promote().await;
    until_reason(&world, &world.server, &t, &kept, "CONSENT_VALID").await;
    until_reason(&world, &world.server, &t, &withdrawn, "CONSENT_WITHDRAWN").await;
    world.withdraw(&t, &kept, &[ANALYTICS]).await.expect(201);
    publish(&world, &t).await;
    let ready = world.get("/readyz", "").await.expect(200);
    assert_eq!(
        (
            &ready.json["frozen_logs"],
            &ready.json["timeline_unverified"]
        ),
        (&json!(0), &json!(false))
    );
}

/// Protects from a pool that leads to a standby: it may not have replayed a withdrawal, so its answers count for nothing,
/// and the server recovers by itself once the way leads to the primary again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_answers_no_check() {
    let primary = Cluster::primary(&[]).await;
    let standby = primary.standby("standby").await;
    let (proxy, other) = (
        Proxy::to(primary.address()).await,
        Proxy::to(primary.address()).await,
    );
    let world = behind(&proxy).await;
    let t = world.example("loomer").await;
    let mut switched = second(&world, &other).await;
    let subject = grant(&world, &t).await;
    until_reason(&world, &switched, &t, &subject, "CONSENT_VALID").await;
    let at = current_lsn(&primary).await;
    standby
        .until(&format!("pg_last_wal_replay_lsn() >= '{at}'"))
        .await;
    standby.run("select pg_wal_replay_pause()").await;
    other.follow(standby.address());
    // Its connections to the primary end before the withdrawal.
    other.set(Link::Down);
    until_reason(&world, &switched, &t, &subject, "FAILCLOSED_UNAVAILABLE").await;
    other.set(Link::Open);
    world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
    for _ in 0..20 {
        let answer = ask(&world, &switched, &t, &subject).await;
        assert_eq!(answer["allow"], false, "{answer}");
    }
    other.follow(primary.address());
    until_reason(&world, &switched, &t, &subject, "CONSENT_WITHDRAWN").await;
    let ready = switched
        .send(&world.http, reqwest::Method::GET, "/readyz", "", None)
        .await;
    assert_eq!(
        ready.json["frozen_logs"], 0,
        "a lagging standby is no rollback: {}",
        ready.text
    );
    switched.stop().await;
}

/// Protects C2: a commit whose wait for the standby was cancelled is not acknowledged, because only the primary has it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_without_its_standby_is_unknown() {
    let primary = Cluster::primary(&[]).await;
    let proxy = Proxy::to(primary.address()).await;
    let world = behind(&proxy).await;
    let t = world.example("loomer").await;
    let subject = world.subject();
    publish(&world, &t).await;
    primary
        .run("alter system set synchronous_standby_names = 'nobody'")
        .await;
    primary.run("select pg_reload_conf()").await;
    primary
        .until("current_setting('synchronous_standby_names') = 'nobody'")
        .await;
    let waiting = "exists (select 1 from pg_stat_activity where wait_event = 'SyncRep')";
    let cancelled = async {
        primary.until(waiting).await;
        primary
            .run("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'")
            .await;
    };
    let body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
    let (answer, ()) = tokio::join!(
        world.post("/v1/consents", &t.keys.service, &body),
        cancelled
    );
    answer.expect_problem(503, "FAILCLOSED_UNAVAILABLE");
    primary
        .run("alter system set synchronous_standby_names = ''")
        .await;
    primary.run("select pg_reload_conf()").await;
    let again = world
        .post("/v1/consents", &t.keys.service, &body)
        .await
        .expect(201);
    assert!(
        again.headers.contains_key("idempotent-replayed"),
        "the primary had it"
    );
}

/// Protects the operator who demands a standby: the server does not start without one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demanded_standby_must_be_configured() {
    let primary = Cluster::primary(&[]).await;
    let folder = TempDir::new().expect("a folder");
    let start = async || {
        let mut config = config_at(folder.path(), Some(&primary.url("postgres")));
        config.require_synchronous_standby = true;
        let environment = samtycke_server::clock::Environment::system();
        let app = samtycke_server::app::App::start(config, environment, None).await;
        app.map(drop).map_err(|error| error.to_string())
    };
    let refused = start().await.expect_err("no standby");
    assert!(refused.contains("synchronous_standby_names"), "{refused}");
}

async fn current_lsn(primary: &Cluster) -> String {
    let mut connection = primary.connect().await;
    let (lsn,): (String,) = sqlx::query_as("select pg_current_wal_lsn()::text")
        .fetch_one(&mut connection)
        .await
        .expect("a position");
    lsn
}
