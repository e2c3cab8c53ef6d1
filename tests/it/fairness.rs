//! One tenant, key, visitor or address cannot hurt another. Each test is an attack; meanwhile somebody else records, checks
//! and withdraws. A refusal, a wrong answer or an unbounded count fails the test; times are printed beside those of the same
//! run without the attack.

use std::time::{Duration, Instant};

use reqwest::Method;
use samtycke_server::clock::{Clock as _, SystemClock};
use samtycke_tests::conformance::register;
use samtycke_tests::{Engine, Tenancy, World, both};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Browser, raw, subjects_of_one_shard};

const ANALYTICS: &str = "loomer.cookies-analys";
const STATISTICS: &str = "example.statistics";
/// Rounds of the one who is not to be hurt.
const ROUNDS: usize = 8;

/// Records, checks, withdraws and checks again, and returns how long each round took.
async fn lives(world: &World, t: &Tenancy, purpose: &str) -> Vec<Duration> {
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let began = SystemClock.monotonic();
        let subject = world.subject();
        world
            .record(t, &subject, 0, &[(purpose, "given")])
            .await
            .expect(201);
        let yes = world.check(t, &subject, purpose).await.expect(200);
        assert_eq!(yes.json["allow"], true, "{}", yes.text);
        world.withdraw(t, &subject, &[purpose]).await.expect(201);
        let no = world.check(t, &subject, purpose).await.expect(200);
        assert_eq!(no.json["allow"], false, "{}", no.text);
        took.push(SystemClock.monotonic().saturating_duration_since(began));
    }
    took.sort();
    took
}

fn print(world: &World, attack: &str, without: &[Duration], with: &[Duration]) {
    let p99 = |all: &[Duration]| all.last().map_or(0.0, Duration::as_secs_f64);
    println!(
        "{attack} ({:?}): another tenant's slowest of {ROUNDS} rounds {:.1} ms, {:.1} times that without the attack",
        world.engine,
        p99(with) * 1e3,
        p99(with) / p99(without)
    );
}

/// Sends requests without end, some at once, until it is dropped.
fn flood<F: Future<Output = ()> + Send + 'static>(
    lanes: usize,
    one: impl Fn() -> F + Clone + Send + 'static,
) -> JoinSet<()> {
    let mut flood = JoinSet::new();
    for _ in 0..lanes {
        let one = one.clone();
        flood.spawn(async move {
            loop {
                one().await;
            }
        });
    }
    flood
}

/// A request that anybody can make, as often as it gets an answer.
fn anybody(
    world: &World,
    method: Method,
    path: &str,
    headers: &[(&'static str, String)],
    body: &Value,
) -> impl Fn() -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> + Clone + Send + 'static {
    let (http, url) = (
        world.http.clone(),
        format!("{}{path}", world.server.base_url),
    );
    let (headers, body) = (headers.to_vec(), body.to_string());
    move || {
        let mut request = http.request(method.clone(), &url).body(body.clone());
        for (name, value) in &headers {
            request = request.header(*name, value);
        }
        Box::pin(async move {
            let _ = request.send().await;
        })
    }
}

both! {
    /// Protects tenants and people from what visitors and strangers can send: wrong capabilities and no key at all, from the
    /// same address; made-up origins, scopes, questions about the past and choices without a subject.
    async fn what_anybody_can_send_refuses_nobody_else(world: World) {
        let (t, other) = (world.example("loomer").await, world.tenancy("example", &register()).await);
        let without = lives(&world, &other, STATISTICS).await;
        let (victim, mallory) = (Browser::new(), Browser::new());
        let page = format!("Bearer {}", t.keys.publishable);
        let json_type = ("content-type", "application/json".to_owned());
        let headers = |capability: &Browser| vec![
            ("authorization", page.clone()), ("origin", t.web_origin.clone()), json_type.clone(),
            ("samtycke-capability", capability.capability.clone()),
        ];
        let withdrawal = json!({"event_id": world.event_id(), "subject": victim.subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        let past = json!({"subject": mallory.subject, "purpose": ANALYTICS, "as_of": "2026-01-01T00:00:00.000Z"});
        let recipients: Vec<_> = (0..64).map(|n| json!({"purpose": "loomer.vidareformedling", "decision": "refused",
            "scope": {"recipient": format!("r-{n}")}})).collect();
        let scopes = json!({"event_id": world.event_id(), "subject": mallory.subject, "decisions": recipients});
        let choice = json!({"notice": t.notice, "choice": "refused"});
        let tallies = format!("/v1/banner/{}/tallies", t.keys.publishable);
        let made_up = vec![("origin", "https://made.up.example".to_owned()), ("access-control-request-method", "POST".into())];
        let attacks = [
            ("wrong capabilities", anybody(&world, Method::POST, "/v1/withdrawals", &headers(&mallory), &withdrawal)),
            ("no key", anybody(&world, Method::POST, "/v1/withdrawals", std::slice::from_ref(&json_type), &withdrawal)),
            ("questions about the past", anybody(&world, Method::POST, "/v1/check", &headers(&mallory), &past)),
            ("made-up origins", anybody(&world, Method::OPTIONS, "/v1/consents", &made_up, &Value::Null)),
            ("scopes", anybody(&world, Method::POST, "/v1/withdrawals", &headers(&mallory), &scopes)),
            ("choices", anybody(&world, Method::POST, &tallies, &[("origin", t.web_origin.clone()), json_type.clone()], &choice)),
            ("the page at /", anybody(&world, Method::GET, "/", &[], &Value::Null)),
        ];
        for (name, attack) in attacks {
            let attack = flood(8, attack);
            let with = lives(&world, &other, STATISTICS).await;
            // The person whose subject the attacker knows: by the tenant's server.
            world.withdraw(&t, &victim.subject, &[ANALYTICS]).await.expect(201);
            drop(attack);
            print(&world, name, &without, &with);
        }
    }

    /// Protects the one writer: choices that arrive together are counted in few commits, each exactly once.
    async fn choices_share_commits(world: World) {
        let t = world.example("loomer").await;
        let path = format!("/v1/banner/{}/tallies", t.keys.publishable);
        let headers = [("origin", t.web_origin.as_str()), ("content-type", "application/json")];
        let commits = world.server.app.metrics.counter("samtycke_tally_commits_total", "", &[]);
        let choices = (0..150).map(|n| {
            let choice = if n % 3 == 0 { "deferred" } else { "refused" };
            let body = json!({"notice": t.notice, "choice": choice}).to_string();
            raw(&world, Method::POST, &path, &headers, body)
        });
        for answer in crate::support::together(choices).await {
            answer.expect(204);
        }
        let log = t.log.parse().expect("a log");
        let counted = world.server.app.store.tallies(&log, 0).await.expect("counts");
        let of = |choice: &str| counted.iter().filter(|row| row.choice == choice).map(|row| row.count).sum::<u64>();
        assert_eq!((of("refused"), of("deferred")), (100, 50));
        println!("150 choices ({:?}): {} commits", world.engine, commits.get());
        assert!(commits.get() <= 50, "{} commits", commits.get());
    }

    /// Protects the database from the page that anybody may ask for: it reads one checkpoint an hour, not one a second.
    async fn the_page_reads_no_more_than_it_shows(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.restart_with(|config| config.public_overview = true).await;
        let began = SystemClock.monotonic();
        world.get("/", "").await.expect(200);
        let before = SystemClock.monotonic().saturating_duration_since(began);
        let hour = 3_600_000;
        let now = world.clock.now() / hour * hour + hour / 2;
        // One checkpoint a second for a day, each one leaf larger; the published size bounds what is shown.
        let seconds = "with recursive s (n) as (select 1 union all select n + 1 from s where n < 86400)";
        let insert = format!("{seconds} insert into checkpoint (log, size, note, at) select '{}', 100000 + n, '', {now} - 1000 * (86400 - n) from s", t.log);
        world.execute(&insert).await;
        let log = t.log.parse().expect("a log");
        let store = &world.server.app.store;
        assert_eq!(store.size_before(&log, now - 3_600_000 + 1).await.expect("a size"), 100_000 + 82_800);
        world.restart_with(|config| config.public_overview = true).await;
        let began = SystemClock.monotonic();
        world.get("/", "").await.expect(200);
        let after = SystemClock.monotonic().saturating_duration_since(began);
        println!("the page over 86 400 checkpoints ({:?}): {:.1} times that over few", world.engine,
            after.as_secs_f64() / before.as_secs_f64());
        assert!(world.server.app.home.hourly_sizes.lock().expect("no panic").len() <= 24);
        let plan = world.plan(&format!("select size from checkpoint where log = '{}' and at < {now} order by at desc, size desc limit 1", t.log)).await;
        assert!(plan.contains("checkpoint_by_time"), "{plan}");
    }
}

/// Protects every other tenant, and the same tenant's checks, from commits that hang: the records that wait hold a share of
/// the places.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_tenants_stuck_commits_shed_nobody_else() {
    let world =
        World::start_with(Engine::Postgres, |config| config.limits.in_flight_max = 32).await;
    let (t, other) = (
        world.example("loomer").await,
        world.tenancy("example", &register()).await,
    );
    let without = lives(&world, &other, STATISTICS).await;
    let mut holder = world.server.app.store.begin().await.expect("a transaction");
    let log = t.log.parse().expect("a log");
    holder
        .lock_head(&log)
        .await
        .expect("a read")
        .expect("a head");
    let service = ("authorization", format!("Bearer {}", t.keys.service));
    let headers = [service, ("content-type", "application/json".to_owned())];
    let body = world.consent(&t, &world.subject(), 0, &[(ANALYTICS, "given")]);
    let attack = flood(
        64,
        anybody(&world, Method::POST, "/v1/consents", &headers, &body),
    );
    let labels = [("queue", "ordinary"), ("bound", "share")];
    let shed = world
        .server
        .app
        .metrics
        .counter("samtycke_shed_total", "", &labels);
    let full = async {
        while shed.get() == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), full)
        .await
        .expect("the tenant reaches its share");
    let with = lives(&world, &other, STATISTICS).await;
    world
        .check(&t, &world.subject(), ANALYTICS)
        .await
        .expect(200);
    drop(attack);
    // PostgreSQL may have ended it meanwhile, as it ends whoever says nothing for ten seconds.
    let _ = holder.rollback().await;
    let all = [("queue", "ordinary"), ("bound", "all")];
    let shed_all = world
        .server
        .app
        .metrics
        .counter("samtycke_shed_total", "", &all)
        .get();
    assert_eq!(shed_all, 0, "places stay free for the others");
    print(&world, "stuck commits", &without, &with);
}

/// Protects memory from made-up subjects, and everybody from what is not in memory: beyond the bound states are evicted, and
/// grants and withdrawals answer as before, also after a restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subjects_beyond_memory_answer_as_the_others() {
    const PLACES: usize = 4;
    let limit = |config: &mut samtycke_server::config::Config| {
        samtycke_tests::audit::without_limits(config);
        config.limits.hot_subjects_max = 64 * PLACES;
    };
    let mut world = World::start_with(Engine::Sqlite, limit).await;
    let t = world.example("loomer").await;
    let subjects = subjects_of_one_shard(40);
    for subject in &subjects {
        world
            .record(&t, subject, 0, &[(ANALYTICS, "given")])
            .await
            .expect(201);
    }
    let in_memory = |world: &World| {
        let tenants = world.server.app.tenants.all();
        tenants
            .iter()
            .filter_map(|t| t.runtime.hot.as_ref())
            .map(samtycke_server::hot::HotStates::len)
            .sum::<usize>()
    };
    assert_eq!(in_memory(&world), PLACES);
    for (n, subject) in subjects.iter().enumerate() {
        let yes = world.check(&t, subject, ANALYTICS).await.expect(200);
        assert_eq!(yes.json["allow"], true, "{}", yes.text);
        if n % 2 == 0 {
            let position = world
                .withdraw(&t, subject, &[ANALYTICS])
                .await
                .expect(201)
                .json["position"]
                .clone();
            let question = json!({"subject": subject, "purpose": ANALYTICS, "at_least": position});
            let no = world
                .post("/v1/check", &t.keys.service, &question)
                .await
                .expect(200);
            assert_eq!(no.json["reason"], "CONSENT_WITHDRAWN", "{}", no.text);
        }
    }
    for _ in 0..2 {
        for (n, subject) in subjects.iter().enumerate() {
            let answer = world.check(&t, subject, ANALYTICS).await.expect(200);
            assert_eq!(answer.json["allow"], n % 2 == 1, "{}", answer.text);
        }
        assert_eq!(in_memory(&world), PLACES);
        world.restart_with(limit).await;
    }
    let nobody = world
        .check(&t, &subjects_of_one_shard(1)[0], ANALYTICS)
        .await
        .expect(200);
    assert_eq!(nobody.json["reason"], "CONSENT_MISSING");
    samtycke_tests::audit::audit(&world.server.app, &t.log).await;
    let began: Instant = SystemClock.monotonic();
    for subject in &subjects {
        world.check(&t, subject, ANALYTICS).await.expect(200);
    }
    let evicted = SystemClock.monotonic().saturating_duration_since(began);
    let again = SystemClock.monotonic();
    for _ in &subjects {
        world.check(&t, &subjects[39], ANALYTICS).await.expect(200);
    }
    let kept = SystemClock.monotonic().saturating_duration_since(again);
    println!(
        "a check of an evicted subject takes {:.1} times one in memory",
        evicted.as_secs_f64() / kept.as_secs_f64()
    );
}
