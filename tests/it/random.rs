//! Random operations from seeds: for any requests in any order, the rows agree with each other.

use std::sync::Arc;

use futures_like::join_all;
use samtycke_core::decision::Outcome;
use samtycke_core::event::EventBody;
use samtycke_server::log::prove;
use samtycke_tests::audit::{self, Seeded, audit, prove_all};
use samtycke_tests::world::Tenancy;
use samtycke_tests::{Engine, World};
use serde_json::{Value, json};

const PURPOSES: [&str; 3] = [
    "loomer.cookies-analys",
    "loomer.cookies-tredjepart",
    "loomer.cookies-nodvandiga.val",
];
const CLIENTS: u64 = 6;
const STEPS: u64 = 15;

/// Runs futures concurrently and returns their results in order.
mod futures_like {
    pub(super) async fn join_all<T: Send + 'static>(
        work: Vec<impl Future<Output = T> + Send + 'static>,
    ) -> Vec<T> {
        let tasks: Vec<_> = work.into_iter().map(tokio::spawn).collect();
        let mut done = Vec::new();
        for task in tasks {
            done.push(task.await.expect("no panic"));
        }
        done
    }
}

/// One client's random walk. Returns every body that it sent, with the response that must never change.
async fn client(
    world: Arc<World>,
    t: Tenancy,
    subjects: Arc<Vec<String>>,
    seed: u64,
) -> Vec<(&'static str, Value, Value)> {
    let mut rng = Seeded(seed);
    let mut sent: Vec<(&'static str, Value, Value)> = Vec::new();
    for _ in 0..STEPS {
        let subject = rng.pick(&subjects).clone();
        match rng.below(10) {
            0 if !sent.is_empty() => repeat(&world, &t, rng.pick(&sent)).await,
            1 if !sent.is_empty() => alter(&world, &t, rng.pick(&sent)).await,
            2..=4 => {
                let purposes = &PURPOSES[..usize::try_from(1 + rng.below(3)).expect("small")];
                let decision = *rng.pick(&["withdrawn", "refused"]);
                let body = json!({
                    "event_id": world.event_id(), "subject": subject,
                    "decisions": purposes.iter().map(|p| json!({"purpose": p, "decision": decision})).collect::<Vec<_>>(),
                });
                sent.push(twins(&world, &t, "/v1/withdrawals", body).await);
            }
            _ => {
                let known = world
                    .get(
                        &format!("/v1/subjects/{subject}/decisions"),
                        &t.keys.service,
                    )
                    .await
                    .expect(200);
                let seq = known.json["seq"].as_u64().expect("a seq");
                let based_on =
                    [0, seq, seq.saturating_sub(2)][usize::try_from(rng.below(3)).expect("small")];
                let purpose = *rng.pick(&PURPOSES);
                let decision = *rng.pick(&["given", "given", "renewed", "refused", "deferred"]);
                let mut body = world.consent(&t, &subject, based_on, &[(purpose, decision)]);
                if rng.below(3) == 0 {
                    // An offline queue, honest or not: earlier events of this client, perhaps of another subject.
                    let after: Vec<&Value> = sent
                        .iter()
                        .rev()
                        .take(2)
                        .map(|(_, body, _)| &body["event_id"])
                        .collect();
                    body["after"] = json!(after);
                }
                sent.push(twins(&world, &t, "/v1/consents", body).await);
            }
        }
    }
    sent
}

/// Sends a new body twice at once, like a double click: one event, one response.
async fn twins(
    world: &World,
    t: &Tenancy,
    path: &'static str,
    body: Value,
) -> (&'static str, Value, Value) {
    let (one, two) = tokio::join!(
        world.post(path, &t.keys.service, &body),
        world.post(path, &t.keys.service, &body)
    );
    let (one, two) = (one.expect(201), two.expect(201));
    assert_eq!(one.json, two.json, "twins have one answer");
    let replays = [&one, &two]
        .iter()
        .filter(|a| a.headers.contains_key("idempotent-replayed"))
        .count();
    assert_eq!(replays, 1, "exactly one of two twins is a replay");
    (path, body, one.json)
}

async fn repeat(world: &World, t: &Tenancy, (path, body, answer): &(&'static str, Value, Value)) {
    let again = world.post(path, &t.keys.service, body).await.expect(201);
    assert_eq!(again.json, *answer, "a retry gets the first answer");
    assert!(again.headers.contains_key("idempotent-replayed"));
}

async fn alter(world: &World, t: &Tenancy, (path, body, _): &(&'static str, Value, Value)) {
    let mut altered = body.clone();
    altered["signals"] = json!({"gpc": true, "dnt": true});
    let refused = world.post(path, &t.keys.service, &altered).await;
    assert_eq!(
        refused.json["reason"], "EVENT_ID_REUSED",
        "{}",
        refused.text
    );
}

async fn walk(engine: Engine, seed: u64) {
    let world = Arc::new(World::start_with(engine, audit::without_limits).await);
    let t = world.example("loomer").await;
    let subjects = Arc::new((0..4).map(|_| world.subject()).collect::<Vec<_>>());
    let clients = (0..CLIENTS)
        .map(|i| client(world.clone(), t.clone(), subjects.clone(), seed * 1_000 + i))
        .collect();
    let sent: Vec<_> = join_all(clients).await.into_iter().flatten().collect();

    let app = &world.server.app;
    let seen = audit(app, &t.log).await;
    assert_eq!(
        seen.events.len(),
        sent.len(),
        "one event for each body, however often it was sent"
    );
    for (_, body, answer) in &sent {
        let entry = &seen.events[body["event_id"].as_str().expect("an id")];
        assert_eq!(
            (answer["index"].as_u64(), answer["seq"].as_u64()),
            (Some(entry.index), Some(entry.seq))
        );
        assert_eq!(answer["leaf_hash"], *entry.leaf_hash);
    }
    for subject in subjects.iter() {
        withdrawal_is_not_outlived(&world, &t, subject).await;
    }
    prove_all(app, &t.log, &seen).await;

    // The last event is a refusal: nothing allows, whatever came before.
    for subject in subjects.iter() {
        world.withdraw(&t, subject, &PURPOSES).await.expect(201);
        for purpose in PURPOSES {
            let answer = world.check(&t, subject, purpose).await.expect(200);
            assert_eq!(answer.json["allow"], false, "{}", answer.text);
        }
    }
    audit(app, &t.log).await;
}

/// An allow rests on a grant that acted and is newer than every refusal.
async fn withdrawal_is_not_outlived(world: &World, t: &Tenancy, subject: &str) {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let subject_id = subject.parse().expect("a subject");
    let history = prove::history(&world.server.app.store, &tenant, &subject_id)
        .await
        .expect("a history");
    for purpose in PURPOSES {
        let said = history.iter().flat_map(|opened| {
            let decisions = match &opened.logged.event.body {
                EventBody::Decisions(decisions) => decisions.0.as_slice(),
                _ => &[],
            };
            let about = decisions
                .iter()
                .zip(&opened.logged.results)
                .filter(|(d, _)| d.purpose.as_str() == purpose);
            let seq = opened.logged.event.seq;
            about.map(move |(d, result)| (seq, d.decision, result.outcome))
        });
        let said: Vec<_> = said.collect();
        let newest = |it: &dyn Fn(&(u64, _, Outcome)) -> bool| {
            said.iter()
                .filter(|s| it(s))
                .map(|s| s.0)
                .max()
                .unwrap_or(0)
        };
        let no = newest(
            &|(_, d, _): &(u64, samtycke_core::decision::DecisionKind, _)| d.is_restrictive(),
        );
        let yes = newest(&|(_, d, outcome)| d.is_permissive() && *outcome == Outcome::Effective);
        let answer = world.check(t, subject, purpose).await.expect(200);
        let allow = answer.json["allow"].as_bool().expect("a verdict");
        assert_eq!(
            allow,
            yes > no,
            "{purpose}: newest no {no}, newest yes that acted {yes}: {said:?}: {}",
            answer.text
        );
    }
}

/// Protects invariant 6 and C1 on SQLite. After any operations state == fold(events) == hot state, indexes and seqs
/// have no gaps, retries change nothing, every leaf proves, and no grant outlives a later refusal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_operations_leave_a_sound_log_on_sqlite() {
    for seed in 1..=2 {
        walk(Engine::Sqlite, seed).await;
    }
}

/// The same on PostgreSQL.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_operations_leave_a_sound_log_on_postgres() {
    for seed in 3..=4 {
        walk(Engine::Postgres, seed).await;
    }
}
