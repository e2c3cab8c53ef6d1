//! Refusals from a page about subjects without a stream: in force at once, and beside the log.

use samtycke_server::log::MarkSweeper;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, audit, both};
use serde_json::{Value, json};

use crate::support::{Browser, verdict};

const ANALYTICS: &str = "loomer.cookies-analys";
const THIRD_PARTY: &str = "loomer.cookies-tredjepart";
const HOUR_MS: i64 = 60 * 60 * 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn refusal(world: &World, me: &Browser, purposes: &[&str]) -> Value {
    let refused = purposes
        .iter()
        .map(|p| json!({"purpose": p, "decision": "refused"}));
    json!({"event_id": world.event_id(), "subject": me.subject, "decisions": refused.collect::<Vec<_>>()})
}

fn grant(world: &World, t: &Tenancy, me: &Browser, purposes: &[&str], after: &[&Value]) -> Value {
    let given: Vec<_> = purposes.iter().map(|p| (*p, "given")).collect();
    let mut body = world.consent(t, &me.subject, 0, &given);
    body["after"] = after
        .iter()
        .map(|event| event["event_id"].clone())
        .collect();
    body
}

async fn refuses(world: &World, t: &Tenancy, me: &Browser, body: &Value) -> Answer {
    me.post(world, t, &t.web_origin, "/v1/withdrawals", body)
        .await
}

async fn grants(world: &World, t: &Tenancy, me: &Browser, body: &Value) -> Answer {
    me.post(world, t, &t.web_origin, "/v1/consents", body).await
}

async fn size(world: &World, t: &Tenancy) -> u64 {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let head = world.server.app.store.head(&tenant.log).await;
    head.expect("read").expect("a head").size
}

/// Outcome and reason of each decision of an answer.
fn outcomes(answer: &Answer) -> Vec<(String, String)> {
    let decisions = answer.json["decisions"].as_array().expect("a list").iter();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    decisions
        .map(|d| (word(&d["outcome"]), word(&d["reason"])))
        .collect()
}

fn effective() -> (String, String) {
    ("effective".into(), String::new())
}

fn stale() -> (String, String) {
    ("superseded".into(), "STALE_GRANT".into())
}

async fn marks(world: &World, t: &Tenancy, me: &Browser) -> u64 {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let subject = me.subject.parse().expect("a subject");
    let mark = tenant.secrets.refusal_mark(&subject);
    let known = world
        .server
        .app
        .store
        .acquaintance(&tenant.log, &subject, &mark, 0)
        .await;
    known.expect("read").marks
}

both! {
    /// Protects the log from strangers, and a person's refusal: it is answered as in force, and no leaf is written.
    async fn a_strangers_refusal_writes_no_leaf(world: World) {
        let t = world.example("loomer").await;
        let (before, me) = (size(&world, &t).await, Browser::new());
        let answer = refuses(&world, &t, &me, &refusal(&world, &me, &[ANALYTICS])).await.expect(200);
        assert_eq!(outcomes(&answer), [effective()]);
        assert_eq!(answer.json["decisions"][0]["state"], "refused");
        assert_eq!(answer.json["seq"], 1, "the number that it has once the stream begins");
        for none in ["index", "position", "leaf_hash"] {
            assert!(answer.json.get(none).is_none(), "{none}: {}", answer.text);
        }
        let receipt = &answer.json["receipt"];
        assert!(receipt["in_force_everywhere_by"].is_string() && receipt.get("position").is_none(), "{receipt}");
        assert_eq!(size(&world, &t).await, before);
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        let subject = me.subject.parse().expect("a subject");
        assert!(world.server.app.store.state(&tenant.log, &subject).await.expect("read").is_none());
        assert_eq!(marks(&world, &t, &me).await, 1);
        assert_eq!(verdict(&world, &t, &me.subject, ANALYTICS).await, (false, "CONSENT_MISSING".into()));
    }

    /// Protects a refusal from an older grant that arrives after it, exactly as a leaf would.
    async fn a_grant_that_had_not_seen_a_mark_is_stale(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let older = grant(&world, &t, &me, &[ANALYTICS, THIRD_PARTY], &[]);
        refuses(&world, &t, &me, &refusal(&world, &me, &[ANALYTICS])).await.expect(200);
        world.clock.advance(29 * DAY_MS);
        let answer = grants(&world, &t, &me, &older).await.expect(201);
        assert_eq!(outcomes(&answer), [stale(), effective()]);
        assert_eq!(answer.json["seq"], 2, "the mark is the first leaf of the stream");
        assert_eq!(marks(&world, &t, &me).await, 0);
        assert_eq!(verdict(&world, &t, &me.subject, ANALYTICS).await, (false, "CONSENT_REFUSED".into()));
        assert_eq!(verdict(&world, &t, &me.subject, THIRD_PARTY).await, (true, "CONSENT_VALID".into()));
    }

    /// Protects a person who changes their mind: a grant that names the mark's event came after it.
    async fn a_grant_that_names_the_mark_acts(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let no = refusal(&world, &me, &[ANALYTICS]);
        let older = grant(&world, &t, &me, &[ANALYTICS], &[]);
        refuses(&world, &t, &me, &no).await.expect(200);
        let newer = grant(&world, &t, &me, &[ANALYTICS], &[&no]);
        assert_eq!(outcomes(&grants(&world, &t, &me, &newer).await.expect(201)), [effective()]);
        // The mark counts for the rest of the queue too.
        assert_eq!(outcomes(&grants(&world, &t, &me, &older).await.expect(201)), [stale()]);
        assert_eq!(verdict(&world, &t, &me.subject, ANALYTICS).await, (true, "CONSENT_VALID".into()));
    }

    /// Protects a client that counts: the number of a mark's answer is what a later grant has seen.
    async fn a_grant_that_has_seen_the_marks_number_acts(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        for seq in 1..=2 {
            let no = refusal(&world, &me, &[ANALYTICS]);
            assert_eq!(refuses(&world, &t, &me, &no).await.expect(200).json["seq"], seq);
        }
        let mut half = grant(&world, &t, &me, &[ANALYTICS], &[]);
        half["based_on"] = json!(1);
        let mut all = grant(&world, &t, &me, &[ANALYTICS], &[]);
        all["based_on"] = json!(2);
        assert_eq!(outcomes(&grants(&world, &t, &me, &half).await.expect(201)), [stale()]);
        assert_eq!(outcomes(&grants(&world, &t, &me, &all).await.expect(201)), [effective()]);
    }

    /// Protects two refusals of one queue: a grant that names one of them has not seen the other.
    async fn each_mark_must_be_named(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let no = [refusal(&world, &me, &[ANALYTICS]), refusal(&world, &me, &[THIRD_PARTY])];
        for no in &no {
            refuses(&world, &t, &me, no).await.expect(200);
        }
        let half = grant(&world, &t, &me, &[ANALYTICS, THIRD_PARTY], &[&no[0]]);
        let answer = grants(&world, &t, &me, &half).await.expect(201);
        assert_eq!((outcomes(&answer), answer.json["seq"].as_u64()), (vec![effective(), stale()], Some(3)));
    }

    /// Protects retries: the same refusal gets the same answer while it is a mark, and as a leaf after that.
    async fn a_marks_retry_gets_the_first_answer(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let no = refusal(&world, &me, &[ANALYTICS]);
        let first = refuses(&world, &t, &me, &no).await.expect(200);
        world.clock.advance(30 * DAY_MS);
        let again = refuses(&world, &t, &me, &no).await.expect(200);
        assert_eq!((&again.json, &again.headers["idempotent-replayed"]), (&first.json, &"true".parse().expect("text")));
        let mut other = no.clone();
        other["decisions"][0]["purpose"] = json!(THIRD_PARTY);
        refuses(&world, &t, &me, &other).await.expect_problem(422, "EVENT_ID_REUSED");
        let you = Browser::new();
        let mut yours = no.clone();
        yours["subject"] = json!(you.subject);
        refuses(&world, &t, &you, &yours).await.expect_problem(422, "EVENT_ID_REUSED");
        grants(&world, &t, &me, &grant(&world, &t, &me, &[THIRD_PARTY], &[&no])).await.expect(201);
        let logged = refuses(&world, &t, &me, &no).await.expect(201);
        assert_eq!((logged.json["seq"].as_u64(), outcomes(&logged)), (Some(1), vec![effective()]));
        assert_eq!(verdict(&world, &t, &me.subject, THIRD_PARTY).await, (true, "CONSENT_VALID".into()));
    }

    /// Protects storage limitation (GDPR Art. 5(1)(e)): after 31 days a mark counts no more, and is deleted.
    async fn a_mark_is_gone_after_31_days(world: World) {
        let t = world.example("loomer").await;
        let (me, you) = (Browser::new(), Browser::new());
        for who in [&me, &you] {
            refuses(&world, &t, who, &refusal(&world, who, &[ANALYTICS])).await.expect(200);
        }
        let app = &world.server.app;
        let sweeper = MarkSweeper {
            store: app.store.clone(),
            tenants: app.tenants.clone(),
            environment: app.environment.clone(),
        };
        world.clock.advance(31 * DAY_MS - HOUR_MS);
        sweeper.sweep().await.expect("swept");
        assert_eq!(marks(&world, &t, &me).await, 1);
        world.clock.advance(HOUR_MS);
        let new = grant(&world, &t, &you, &[ANALYTICS], &[]);
        assert_eq!(outcomes(&grants(&world, &t, &you, &new).await.expect(201)), [effective()]);
        sweeper.sweep().await.expect("swept");
        assert_eq!(marks(&world, &t, &me).await + marks(&world, &t, &you).await, 0);
    }

    /// Protects what silence permits: an objection about a stranger is a leaf, since without one the check would allow.
    async fn an_objection_of_a_stranger_is_a_leaf(world: World) {
        let t = world.example("bjorn-lunden").await;
        let objectable = objectable(&world, &t).await;
        let me = Browser::new();
        let no = json!({"event_id": world.event_id(), "subject": me.subject,
            "decisions": [{"purpose": objectable, "decision": "objected"}]});
        let answer = refuses(&world, &t, &me, &no).await.expect(201);
        assert_eq!(answer.json["seq"], 1);
    }

    /// Protects a tenant's server: what it records about a person is evidence, and always a leaf.
    async fn a_servers_refusal_is_a_leaf(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let no = refusal(&world, &me, &[ANALYTICS]);
        assert_eq!(world.post("/v1/withdrawals", &t.keys.service, &no).await.expect(201).json["seq"], 1);
    }

    /// Protects a person who refuses again and again: no refusal is lost, however many there are.
    async fn the_seventeenth_mark_takes_up_the_first(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let first = refusal(&world, &me, &[THIRD_PARTY]);
        refuses(&world, &t, &me, &first).await.expect(200);
        let mut named = Vec::new();
        for _ in 0..16 {
            world.clock.advance(1);
            named.push(refusal(&world, &me, &[ANALYTICS]));
            refuses(&world, &t, &me, named.last().expect("one")).await.expect(200);
        }
        assert_eq!(marks(&world, &t, &me).await, 16);
        let older = grant(&world, &t, &me, &[THIRD_PARTY, ANALYTICS], &[]);
        assert_eq!(outcomes(&grants(&world, &t, &me, &older).await.expect(201)), [stale(), stale()]);
    }

    /// Protects the privacy of a mark: the subject's id stands in no column.
    async fn a_mark_does_not_say_whose_it_is(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let no = refusal(&world, &me, &[ANALYTICS]);
        refuses(&world, &t, &me, &no).await.expect(200);
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        let id = no["event_id"].as_str().expect("an id").parse().expect("an id");
        let row = world.server.app.store.refusal_mark(&tenant.log, &id).await.expect("read").expect("a row");
        let subject: samtycke_core::id::SubjectId = me.subject.parse().expect("a subject");
        assert!(!row.facts.contains(&me.subject) && !row.mark.starts_with(&subject.to_bytes()));
    }
}

/// A purpose of the tenant that takes objections and no consent.
async fn objectable(world: &World, t: &Tenancy) -> String {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let live = tenant.register.as_ref().expect("a register");
    let purposes = live.register.purposes.iter();
    let mut takes = purposes.filter(|p| {
        p.check_mode.takes_objection() && !p.check_mode.asks_consent() && p.incomplete.is_empty()
    });
    takes.next().expect("one").id.to_string()
}

/// Protects marks on two servers: a refusal at one keeps an older grant at the other from taking effect.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_counts_at_every_server() {
    let world = World::start(samtycke_tests::Engine::Postgres).await;
    let t = world.example("loomer").await;
    let second = world.second_server().await;
    let me = Browser::new();
    let older = grant(&world, &t, &me, &[ANALYTICS], &[]);
    let no = refusal(&world, &me, &[ANALYTICS]);
    refuses(&world, &t, &me, &no).await.expect(200);
    let request = world
        .http
        .post(format!("{}/v1/consents", second.base_url))
        .bearer_auth(&t.keys.publishable)
        .header("origin", &t.web_origin)
        .header("samtycke-capability", &me.capability)
        .json(&older);
    let answer = request.send().await.expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    assert_eq!(answer["decisions"][0]["reason"], "STALE_GRANT", "{answer}");
}
