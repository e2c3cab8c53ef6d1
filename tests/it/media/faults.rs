//! Servers that stop half-way lose no task.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use samtycke_core::id::LogId;
use samtycke_server::clock::Clock as _;
use samtycke_server::log::takedown::{JUDGE, SWEEP, next_judgement};
use samtycke_tests::{Engine, World, audit, both};
use serde_json::json;

use super::{
    DAY_MS, PHOTO, asset, controller, day, five, give, publish, put, round, scope, takedowns,
    withdraw,
};
use crate::crash::{signal, start_child};
use crate::support::{go_live, register, without};

both! {
    /// Protects the end of a campaign against a server that stops half-way: its claim expires, another round does the work,
    /// and what was opened before is not opened twice.
    async fn a_sweep_that_was_lost_is_done_again(world: World) {
        let t = controller(&world).await;
        five(&world, &t).await;
        world.clock.advance(101 * DAY_MS);
        let log = LogId::parse(&t.log).expect("a log");
        let now = world.clock.now();
        // The claim of a server that stopped.
        let store = &world.server.app.store;
        let claims = store.claim_due(&log, SWEEP, now, now + 60_000, 10).await.expect("claimed");
        assert_eq!(claims.len(), 1);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await.len(), 0, "the work is claimed");
        world.clock.advance(61_000);
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(open.len(), 2);
        assert!(!store.finish_claim(&log, &claims[0]).await.expect("a read"), "the old claim is void");
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, open);
    }

    /// Protects what a publication ends against a server that stops before, or half-way through, its round.
    async fn a_judgement_that_was_lost_is_done_again(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        go_live(&world, &t, &without(&register("bjorn-lunden"), PHOTO)).await;
        let log = LogId::parse(&t.log).expect("a log");
        let now = world.clock.now();
        // The claim of a server that stopped.
        let store = &world.server.app.store;
        let claims = store.claim_due(&log, JUDGE, now, now + 60_000, 10).await.expect("claimed");
        assert_eq!(claims.len(), 1);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await.len(), 0, "the work is claimed");
        world.clock.advance(61_000);
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(open.len(), people.len() * 2);
        assert!(!store.finish_claim(&log, &claims[0]).await.expect("a read"), "the old claim is void");
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, open);
    }

    /// Protects the daily work: after it is done it is due on the next day, and the claim of a stopped server adds none.
    async fn the_daily_judgement_is_one_row(world: World) {
        let t = controller(&world).await;
        five(&world, &t).await;
        let log = LogId::parse(&t.log).expect("a log");
        let store = &world.server.app.store;
        world.clock.advance(3 * DAY_MS);
        let now = world.clock.now();
        let lost = store.claim_due(&log, JUDGE, now, now + 60_000, 10).await.expect("claimed");
        assert_eq!(lost.len(), 1);
        world.clock.advance(61_000);
        round(&world).await;
        store.follow_claim(&log, &lost[0], &next_judgement(now)).await.expect("nothing to follow");
        let now = world.clock.now() + DAY_MS;
        let next = store.claim_due(&log, JUDGE, now, now + 60_000, 10).await.expect("claimed");
        assert_eq!(next.len(), 1);
    }

    /// Protects what a publication ends against a restart before any round.
    async fn a_restart_loses_no_judgement(world: World) {
        let mut world = world;
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        go_live(&world, &t, &without(&register("bjorn-lunden"), PHOTO)).await;
        world.restart().await;
        // The server's own first round may have claimed the work.
        while takedowns(&world, &t, "open").await.len() < people.len() * 2 {
            round(&world).await;
        }
        assert_eq!(takedowns(&world, &t, "open").await.len(), people.len() * 2);
    }
}

/// Protects the open tasks against `kill -9`: each withdrawal that the log holds has its task, whenever the server died.
async fn withdrawals_under_kill(engine: Engine) {
    let mut world = World::start_with(engine, audit::without_limits).await;
    let t = controller(&world).await;
    publish(&world, &t, &day(&world, 100)).await;
    let people: Vec<String> = (0..40).map(|_| world.subject()).collect();
    for subject in &people {
        give(&world, &t, subject, 0).await;
    }
    put(&world, &t, "crowd", &asset(&people, &[("web", "stand")]))
        .await
        .expect(200);
    world.server.stop().await;
    let shared = Arc::new(world);
    let (mut child, base_url) = start_child(&shared).await;
    let pid = child.id().expect("it lives");
    let acknowledged = Arc::new(AtomicU64::new(0));
    let clients: Vec<_> = people
        .chunks(10)
        .map(|chunk| {
            let (world, t, base_url) = (shared.clone(), t.clone(), base_url.clone());
            let (chunk, acknowledged) = (chunk.to_vec(), acknowledged.clone());
            tokio::spawn(async move {
                for subject in chunk {
                    let body = json!({"event_id": world.event_id(), "subject": subject, "decisions":
                        [{"purpose": PHOTO, "decision": "withdrawn", "scope": scope("photo", "web")}]});
                    let request = world
                        .http
                        .post(format!("{base_url}/v1/withdrawals"))
                        .bearer_auth(&t.keys.service);
                    if request.json(&body).send().await.is_err() {
                        return;
                    }
                    if acknowledged.fetch_add(1, Ordering::SeqCst) + 1 == 15 {
                        signal(pid, "KILL");
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("no panic");
    }
    assert!(!child.wait().await.expect("it ended").success());
    let mut world = Arc::into_inner(shared).expect("every client has ended");
    world.restart_with(audit::without_limits).await;
    // A write waits for the end of the dead server's transaction.
    withdraw(&world, &t, &people[39], "web").await;
    let open = takedowns(&world, &t, "open").await;
    let mut withdrawn = 0;
    for subject in &people {
        let path = format!("/v1/subjects/{subject}/decisions");
        let state = world.get(&path, &t.keys.dpo).await.expect(200).json;
        let is_withdrawn = state.to_string().contains("withdrawn");
        let has_task = open.iter().any(|task| task["subject"] == json!(subject));
        assert_eq!(is_withdrawn, has_task, "{state}");
        withdrawn += u64::from(is_withdrawn);
    }
    assert!(withdrawn >= acknowledged.load(Ordering::SeqCst));
    audit::audit(&world.server.app, &t.log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_takedown_is_lost_by_a_kill_on_sqlite() {
    withdrawals_under_kill(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_takedown_is_lost_by_a_kill_on_postgres() {
    withdrawals_under_kill(Engine::Postgres).await;
}
