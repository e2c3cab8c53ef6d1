//! PostgreSQL behind a network that drops packets: connections stay open and never respond again.

use std::net::{SocketAddr, ToSocketAddrs as _};

use reqwest::Method;
use samtycke_server::config::Database;
use samtycke_server::store::Store;
use samtycke_tests::proxy::Proxy;
use samtycke_tests::world::{Engine, Tenancy, World, postgres_url};

use crate::support::at_once;

const ANALYTICS: &str = "loomer.cookies-analys";
/// The connections of a test server's pool.
const CONNECTIONS: usize = 8;

/// PostgreSQL's address.
fn postgres() -> SocketAddr {
    let url = postgres_url();
    let (_, rest) = url.split_once("://").expect("an address");
    let authority = rest.split('/').next().expect("an authority");
    let host = authority.rsplit('@').next().expect("a host");
    let mut found = host.to_socket_addrs().expect("a host and a port");
    found.next().expect("an address")
}

/// A server that reaches PostgreSQL through a proxy.
async fn behind_a_proxy() -> (World, Proxy) {
    let proxy = Proxy::to(postgres()).await;
    let address = proxy.address();
    let world = World::start_with(Engine::Postgres, |config| {
        let Database::Postgres(url) = &mut config.database else {
            panic!("PostgreSQL");
        };
        let (before, name) = url.rsplit_once('/').expect("a database");
        let (credentials, _) = before.rsplit_once('@').expect("a user");
        *url = format!("{credentials}@{address}/{name}");
    })
    .await;
    (world, proxy)
}

/// Checks until every connection of the pool is in use, so that none opens later.
async fn use_all_connections(world: &World, t: &Tenancy, subject: &str) {
    let body = serde_json::json!({"subject": subject, "purpose": ANALYTICS});
    for answer in at_once(world, 8 * CONNECTIONS, "/v1/check", &t.keys.service, &body).await {
        answer.expect(200);
    }
}

/// Protects from a manual restart: a connection that does not respond times out and is replaced.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_never_answer_are_replaced() {
    let (world, proxy) = behind_a_proxy().await;
    let t = world.example("loomer").await;
    let subject = world.subject();
    world
        .record(&t, &subject, 0, &[(ANALYTICS, "given")])
        .await
        .expect(201);
    use_all_connections(&world, &t, &subject).await;

    proxy.swallow();
    // The first caller meets the dead connection and is denied.
    let first = world.check(&t, &subject, ANALYTICS).await;
    assert_eq!(first.status.as_u16(), 503, "{}", first.text);
    assert_eq!(first.json["allow"], false, "{}", first.text);
    // The other connections are replaced together, not one by one.
    let second = world.check(&t, &subject, ANALYTICS).await.expect(200);
    assert_eq!(second.json["allow"], true, "{}", second.text);
    use_all_connections(&world, &t, &subject).await;

    world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
    let denied = world.check(&t, &subject, ANALYTICS).await.expect(200);
    assert_eq!(denied.json["reason"], "CONSENT_WITHDRAWN");
    let ready = world.send(Method::GET, "/readyz", "", None).await;
    assert_eq!(ready.status.as_u16(), 200, "{}", ready.text);
}

/// Protects the queue of all writes: a lost commit blocks it for a limited time. Sending the same event again shows
/// whether it was recorded.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_was_swallowed_can_be_sent_again() {
    let (world, proxy) = behind_a_proxy().await;
    let t = world.example("loomer").await;
    let subject = world.subject();
    let body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
    use_all_connections(&world, &t, &subject).await;
    proxy.swallow();
    world
        .post("/v1/consents", &t.keys.service, &body)
        .await
        .expect_problem(503, "FAILCLOSED_UNAVAILABLE");
    world
        .post("/v1/consents", &t.keys.service, &body)
        .await
        .expect(201);
    let allowed = world.check(&t, &subject, ANALYTICS).await.expect(200);
    assert_eq!(allowed.json["allow"], true, "{}", allowed.text);
}

/// Protects every server from a peer that holds a log's head and has died: PostgreSQL itself ends a session that waits
/// too long.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_for_a_held_lock_ends() {
    let world = World::start(Engine::Postgres).await;
    let t = world.example("loomer").await;
    let mut other = world.server.app.store.begin().await.expect("a transaction");
    let log = t.log.parse().expect("a log");
    other
        .lock_head(&log)
        .await
        .expect("a read")
        .expect("a head");
    let subject = world.subject();
    let body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
    world
        .post("/v1/consents", &t.keys.service, &body)
        .await
        .expect_problem(503, "FAILCLOSED_UNAVAILABLE");
    other.rollback().await.expect("it ends");
    world
        .post("/v1/consents", &t.keys.service, &body)
        .await
        .expect(201);
}

/// Protects PostgreSQL's processors from compiling a plan for each invented origin, and every server from waiting for a
/// dead one. Migrations may take as long as they need, and their timeout applies to no other statement.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_session_has_timeouts_and_no_jit() {
    let world = World::start(Engine::Postgres).await;
    let Store::Postgres(connections) = &world.server.app.store else {
        panic!("PostgreSQL");
    };
    let mut leases = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut lease = connections.lease().await.expect("a connection");
        for (setting, expected) in [
            ("jit", "off"),
            ("statement_timeout", "4s"),
            ("lock_timeout", "3s"),
            ("idle_in_transaction_session_timeout", "10s"),
        ] {
            let (value,): (String,) = sqlx::query_as("select current_setting($1)")
                .bind(setting)
                .fetch_one(&mut *lease)
                .await
                .expect("a setting");
            assert_eq!(value, expected, "{setting}");
        }
        // Held, so that each uses another connection.
        leases.push(lease);
    }
}
