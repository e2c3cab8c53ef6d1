//! Concurrent clients, and a checker for the history that they saw.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use samtycke_core::decision::DecisionKind;
use samtycke_core::event::fold;
use samtycke_core::id::SubjectId;
use samtycke_core::live::evaluate_check;
use samtycke_core::wire::CheckRequest;
use samtycke_server::clock::{Clock as _, SystemClock};
use samtycke_server::log::prove;
use samtycke_tests::audit::{self, Seeded, audit};
use samtycke_tests::history::{Op, Verdicts, What, check};
use samtycke_tests::world::Tenancy;
use samtycke_tests::{Engine, World};
use serde_json::{Value, json};

const PURPOSES: [&str; 2] = ["loomer.cookies-analys", "loomer.cookies-tredjepart"];
const CLIENTS: usize = 8;
const STEPS: usize = 50;

/// One client: mostly checks, some grants and some refusals, on subjects that it shares with the others.
struct Client {
    world: Arc<World>,
    bases: Arc<Vec<String>>,
    t: Tenancy,
    subjects: Arc<Vec<String>>,
    number: usize,
    rng: Seeded,
}

impl Client {
    async fn run(mut self) -> Vec<Op> {
        let mut seqs: BTreeMap<String, u64> = BTreeMap::new();
        let mut ops = Vec::new();
        for _ in 0..STEPS {
            let subject = self.rng.pick(&self.subjects).clone();
            // The load balancer of two servers: each request may reach another server.
            let base = self.rng.pick(&self.bases).clone();
            let purpose = *self.rng.pick(&PURPOSES);
            let began = SystemClock.monotonic();
            let what = match self.rng.below(10) {
                0..=1 => {
                    let body = json!({
                        "event_id": self.world.event_id(), "subject": subject,
                        "decisions": [{"purpose": purpose, "decision": "withdrawn"}],
                    });
                    let answer = self.post(&base, "/v1/withdrawals", &body, 201).await;
                    write(&answer, &[purpose], &[])
                }
                2..=4 => {
                    let based_on = seqs.get(&subject).copied().unwrap_or(0);
                    let body =
                        self.world
                            .consent(&self.t, &subject, based_on, &[(purpose, "given")]);
                    let answer = self.post(&base, "/v1/consents", &body, 201).await;
                    write(&answer, &[], &[purpose])
                }
                _ => {
                    let body = json!({"subject": subject, "purpose": purpose});
                    let answer = self.post(&base, "/v1/check", &body, 200).await;
                    let closed = answer["reason"]
                        .as_str()
                        .expect("a reason")
                        .starts_with("FAILCLOSED");
                    What::Check {
                        purpose: purpose.to_owned(),
                        allow: answer["allow"].as_bool().expect("a verdict"),
                        seq: (!closed).then(|| answer["seq"].as_u64().expect("a seq")),
                    }
                }
            };
            if let What::Write { seq: Some(seq), .. } | What::Check { seq: Some(seq), .. } = what {
                seqs.insert(subject.clone(), seq);
            }
            ops.push(Op {
                client: self.number,
                subject,
                began,
                ended: SystemClock.monotonic(),
                what,
            });
        }
        ops
    }

    async fn post(&self, base: &str, path: &str, body: &Value, status: u16) -> Value {
        let request = self
            .world
            .http
            .post(format!("{base}{path}"))
            .bearer_auth(&self.t.keys.service)
            .json(body);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), status);
        response.json().await.expect("JSON")
    }
}

fn write(answer: &Value, no_to: &[&str], yes_to: &[&str]) -> What {
    let owned = |list: &[&str]| list.iter().map(|p| (*p).to_owned()).collect();
    let seq = Some(answer["seq"].as_u64().expect("a seq"));
    What::Write {
        seq,
        acknowledged: true,
        no_to: owned(no_to),
        yes_to: owned(yes_to),
    }
}

/// For each subject, purpose and n: the pure decision on the fold of the first n events.
async fn verdicts(world: &World, t: &Tenancy, subjects: &[String]) -> Verdicts {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let now = SystemClock.now();
    let mut verdicts = Verdicts::new();
    for subject in subjects {
        let id: SubjectId = subject.parse().expect("a subject");
        let events = prove::events(&world.server.app.store, &tenant, &id)
            .await
            .expect("events");
        for purpose in PURPOSES {
            let question: CheckRequest =
                serde_json::from_value(json!({"subject": subject, "purpose": purpose}))
                    .expect("a question");
            let by_seq = (0..=events.len()).map(|n| {
                let state = fold(&events[..n], &*tenant);
                evaluate_check(&*tenant, &question, (n > 0).then_some(&state), now)
                    .expect("a verdict")
                    .allow
            });
            verdicts.insert((subject.clone(), purpose.to_owned()), by_seq.collect());
        }
    }
    verdicts
}

async fn storm(engine: Engine, servers: usize, seed: u64) {
    let world = World::start_with(engine, audit::without_limits).await;
    let subjects = (0..3).map(|_| world.subject()).collect();
    storm_over(world, subjects, servers, seed).await;
}

async fn storm_over(world: World, subjects: Vec<String>, servers: usize, seed: u64) {
    let t = world.example("loomer").await;
    let mut others = Vec::new();
    let mut bases = vec![world.server.base_url.clone()];
    for _ in 1..servers {
        let server = world.second_server().await;
        bases.push(server.base_url.clone());
        others.push(server);
    }
    let (world, bases) = (Arc::new(world), Arc::new(bases));
    let subjects = Arc::new(subjects);
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let client = Client {
                world: world.clone(),
                bases: bases.clone(),
                t: t.clone(),
                subjects: subjects.clone(),
                number,
                rng: Seeded(seed * 100 + number as u64),
            };
            tokio::spawn(client.run())
        })
        .collect();
    let mut ops = Vec::new();
    for client in clients {
        ops.extend(client.await.expect("no panic"));
    }
    let verdicts = verdicts(&world, &t, &subjects).await;
    if let Err(contradiction) = check(&ops, &verdicts) {
        panic!("seed {seed}: {contradiction}");
    }
    let allows = ops
        .iter()
        .filter(|op| matches!(op.what, What::Check { allow: true, .. }))
        .count();
    let denies = ops
        .iter()
        .filter(|op| {
            matches!(
                op.what,
                What::Check {
                    allow: false,
                    seq: Some(_),
                    ..
                }
            )
        })
        .count();
    assert!(
        allows > 10 && denies > 10,
        "the history says something: {allows} allows, {denies} denies"
    );
    audit(&world.server.app, &t.log).await;
    for mut server in others {
        server.stop().await;
    }
}

/// Protects C1 on SQLite: checks from hot state and writes form one linear history per subject.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hot_state_is_linearizable_on_sqlite() {
    storm(Engine::Sqlite, 1, 1).await;
}

/// Protects C1 where memory is full: three subjects share one place, so that their states are evicted, read and kept again
/// while they are written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn evicted_states_are_linearizable_on_sqlite() {
    let world = World::start_with(Engine::Sqlite, |config| {
        audit::without_limits(config);
        config.limits.hot_subjects_max = 1;
    })
    .await;
    storm_over(world, crate::support::subjects_of_one_shard(3), 1, 3).await;
}

/// Protects C1 on PostgreSQL: two servers on one database form one history per subject.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_are_linearizable_on_postgres() {
    storm(Engine::Postgres, 2, 2).await;
}

// The checker itself.

const P: &str = "p";

struct Bench(Instant, Vec<Op>);

impl Bench {
    fn new() -> Self {
        Self(SystemClock.monotonic(), Vec::new())
    }

    fn op(mut self, client: usize, (began, ended): (u64, u64), what: What) -> Self {
        let at = |ms| self.0 + Duration::from_millis(ms);
        let op = Op {
            client,
            subject: "s".into(),
            began: at(began),
            ended: at(ended),
            what,
        };
        self.1.push(op);
        self
    }

    /// For a log in which seq 1 is a grant, 2 a refusal, 3 a grant.
    fn judged(&self) -> Result<(), String> {
        let verdicts = Verdicts::from([(("s".into(), P.into()), vec![false, true, false, true])]);
        check(&self.1, &verdicts)
    }
}

fn said(seq: u64, decision: DecisionKind) -> What {
    let list = |is: bool| if is { vec![P.to_owned()] } else { Vec::new() };
    What::Write {
        seq: Some(seq),
        acknowledged: true,
        no_to: list(decision.is_restrictive()),
        yes_to: list(decision.is_permissive()),
    }
}

fn asked(allow: bool, seq: Option<u64>) -> What {
    What::Check {
        purpose: P.into(),
        allow,
        seq,
    }
}

/// A grant (0-10) and a refusal (20-30): the beginning of every history below.
fn yes_no() -> Bench {
    Bench::new()
        .op(1, (0, 10), said(1, DecisionKind::Given))
        .op(1, (20, 30), said(2, DecisionKind::Withdrawn))
}

/// Protects the checker: correct histories pass, including overlapping ones that allow either order.
#[test]
fn the_checker_accepts_what_may_be() {
    let good = yes_no()
        .op(2, (11, 19), asked(true, Some(1)))
        .op(2, (21, 29), asked(true, Some(1)))
        .op(3, (21, 29), asked(false, Some(2)))
        .op(2, (31, 32), asked(false, Some(2)))
        .op(2, (33, 34), asked(false, None))
        .op(1, (40, 50), said(3, DecisionKind::Given))
        .op(2, (51, 52), asked(true, Some(3)));
    assert_eq!(good.judged(), Ok(()));
}

/// Protects the checker: each of these histories is wrong, and the intended rule rejects it.
#[test]
fn the_checker_catches_every_kind_of_lie() {
    let lies: [(&str, Bench); 7] = [
        // An allow from seq 1 after the refusal of seq 2 was acknowledged.
        (
            "must lie in 2..=2",
            yes_no().op(2, (31, 32), asked(true, Some(1))),
        ),
        // The same, with a seq that hides it: the log denies there.
        (
            "the log gives Some(false)",
            yes_no().op(2, (31, 32), asked(true, Some(2))),
        ),
        // An allow from a write that had not been sent.
        (
            "must lie in 1..=1",
            yes_no().op(2, (11, 12), asked(false, Some(2))),
        ),
        // A client sees the past return while the refusal is still in flight.
        (
            "had seen seq 2",
            Bench::new()
                .op(1, (0, 10), said(1, DecisionKind::Given))
                .op(1, (20, 90), said(2, DecisionKind::Withdrawn))
                .op(2, (30, 31), asked(false, Some(2)))
                .op(2, (32, 33), asked(true, Some(1))),
        ),
        // Acknowledged writes swap places.
        (
            "has the larger seq",
            Bench::new()
                .op(1, (0, 10), said(2, DecisionKind::Withdrawn))
                .op(2, (20, 30), said(1, DecisionKind::Given)),
        ),
        // One seq twice.
        (
            "two writes have seq 1",
            Bench::new().op(1, (0, 9), said(1, DecisionKind::Given)).op(
                2,
                (0, 9),
                said(1, DecisionKind::Given),
            ),
        ),
        // An allow that failed closed.
        (
            "failed closed allowed",
            yes_no().op(2, (31, 32), asked(true, None)),
        ),
    ];
    for (says, lie) in lies {
        let contradiction = lie.judged().expect_err("a lie");
        assert!(contradiction.contains(says), "{says}: {contradiction}");
    }
}

/// Protects C1's own rule in the checker, which does not need the log: even if log and server agreed on a stale grant,
/// an acknowledged refusal without a newer grant makes the allow wrong.
#[test]
fn the_checker_catches_a_stale_allow_that_the_log_agrees_with() {
    let history = yes_no().op(2, (31, 32), asked(true, Some(2)));
    let agreeing = Verdicts::from([(("s".into(), P.into()), vec![false, true, true])]);
    let contradiction = check(&history.1, &agreeing).expect_err("a lie");
    assert!(
        contradiction.contains("after the no of seq 2"),
        "{contradiction}"
    );
}
