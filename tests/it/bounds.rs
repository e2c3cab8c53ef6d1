//! Limits on the work that one caller can cause.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::id::SubjectId;
use samtycke_core::state::SCOPES_PER_PURPOSE_MAX;
use samtycke_core::submission::Sender;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};

use crate::support::{Browser, outcome, verdict};

const ANALYTICS: &str = "loomer.cookies-analys";
const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";

/// Number of histories that the server has read.
async fn histories_read(world: &World) -> u64 {
    let metrics = world.get("/metrics", "").await.expect(200).text;
    let line = metrics
        .lines()
        .find_map(|line| line.strip_prefix("samtycke_histories_read_total "));
    line.expect("it is counted").parse().expect("a number")
}

/// The body of a refusal for these recipients.
fn refusal(world: &World, subject: &str, codes: std::ops::Range<usize>) -> Value {
    let decisions: Vec<_> = codes
        .map(|n| json!({"purpose": FORWARD, "decision": "refused", "scope": {"recipient": format!("r-{n}")}}))
        .collect();
    json!({"event_id": world.event_id(), "subject": subject, "decisions": decisions})
}

async fn says(world: &World, t: &Tenancy, me: &Browser, path: &str, body: &Value) -> Answer {
    me.post(world, t, &t.web_origin, path, body).await
}

both! {
    /// Protects other callers from an anonymous visitor's long history: a page cannot ask about the past, alone or in a
    /// batch, and the response names the refused field. The tenant's servers and officer can ask.
    async fn a_page_cannot_ask_about_the_past(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        for field in ["as_of", "known_at"] {
            let question = json!({"subject": me.subject, "purpose": ANALYTICS, field: "2026-01-01T00:00:00.000Z"});
            let refused = says(&world, &t, &me, "/v1/check", &question).await.expect_problem(403, "FORBIDDEN");
            assert_eq!(refused.json["violations"][0]["field"], format!("/{field}"), "{}", refused.text);
            let batch = json!({"checks": [{"subject": me.subject, "purpose": ANALYTICS}, question]});
            let refused = says(&world, &t, &me, "/v1/check/batch", &batch).await.expect_problem(403, "FORBIDDEN");
            assert_eq!(refused.json["violations"][0]["field"], format!("/checks/1/{field}"), "{}", refused.text);
            for key in [&t.keys.service, &t.keys.dpo] {
                world.post("/v1/check", key, &question).await.expect(200);
                world.post("/v1/check/batch", key, &batch).await.expect(200);
            }
        }
        let now = json!({"checks": [{"subject": me.subject, "purpose": ANALYTICS}]});
        says(&world, &t, &me, "/v1/check/batch", &now).await.expect(200);
    }

    /// Protects against the cost of a batch: each subject's history is read once, in any order of questions. Each
    /// question still gets its own result at its own position.
    async fn a_batch_reads_each_history_once(world: World) {
        let t = world.example("loomer").await;
        let (one, other) = (world.subject(), world.subject());
        let now = || samtycke_core::wire::format_rfc3339(samtycke_server::clock::Clock::now(&*world.clock));
        let before = now();
        world.clock.advance(60_000);
        world.record(&t, &one, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.record(&t, &other, 0, &[(ANALYTICS, "refused")]).await.expect(201);
        world.clock.advance(60_000);
        let given = now();
        world.clock.advance(60_000);
        world.withdraw(&t, &one, &[ANALYTICS]).await.expect(201);
        world.clock.advance(60_000);

        let ask = |subject: &str, field: &str, at: &str| json!({"subject": subject, "purpose": ANALYTICS, field: at});
        let checks = json!([ask(&one, "as_of", &given), ask(&other, "as_of", &given), {"subject": one, "purpose": ANALYTICS},
            ask(&one, "as_of", &before), ask(&other, "as_of", &before), ask(&one, "known_at", &given), ask(&one, "as_of", &given)]);
        let read = histories_read(&world).await;
        let answer = world.post("/v1/check/batch", &t.keys.service, &json!({"checks": checks})).await.expect(200);
        let verdicts = answer.json["verdicts"].as_array().expect("a list").iter();
        let reasons: Vec<_> = verdicts.map(|v| v["reason"].as_str().expect("a reason")).collect();
        assert_eq!(reasons, ["CONSENT_VALID", "CONSENT_REFUSED", "CONSENT_WITHDRAWN", "CONSENT_MISSING", "CONSENT_MISSING",
            "CONSENT_VALID", "CONSENT_VALID"]);
        assert_eq!(histories_read(&world).await - read, 2);
    }

    /// Protects memory and processor: the number of concurrent history reads is bounded, and further ones are rejected
    /// at once. Visitors and the tenant's own staff have separate places.
    async fn so_many_histories_are_read_at_once(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.restart_with(|config| config.limits.history_in_flight_max = 1).await;
        let me = Browser::new();
        let app = world.server.app.clone();
        let question = json!({"subject": me.subject, "purpose": ANALYTICS, "as_of": "2026-01-01T00:00:00.000Z"});
        let batch = json!({"checks": [question]});
        let history = format!("/v1/subjects/{}/history", me.subject);
        let by_page = async || {
            let key = format!("Bearer {}", t.keys.publishable);
            let headers = [("authorization", key.as_str()), ("samtycke-capability", me.capability.as_str())];
            crate::support::raw(&world, reqwest::Method::GET, &history, &headers, "").await
        };
        let log: samtycke_core::id::LogId = t.log.parse().expect("a log's id");
        let place = app.checks.histories.take(Sender::Server, &log).expect("a place");
        let refused = world.post("/v1/check", &t.keys.service, &question).await.expect_problem(503, "FAILCLOSED_OVERLOAD");
        assert_eq!(refused.headers["retry-after"], "1");
        world.post("/v1/check/batch", &t.keys.dpo, &batch).await.expect_problem(503, "FAILCLOSED_OVERLOAD");
        world.get(&history, &t.keys.dpo).await.expect_problem(503, "FAILCLOSED_OVERLOAD");
        by_page().await.expect(200);
        world.check(&t, &me.subject, ANALYTICS).await.expect(200);
        drop(place);

        let place = app.checks.histories.take(Sender::Person, &log).expect("a place");
        by_page().await.expect_problem(503, "FAILCLOSED_OVERLOAD");
        world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        world.get(&history, &t.keys.dpo).await.expect(200);
        drop(place);
        by_page().await.expect(200);
    }

    /// Protects the writer and the memory: one browser may decide on a bounded number of recipients of a purpose.
    /// Refusals beyond it are recorded and denied without enlarging the subject's state. The tenant's server has no
    /// such bound.
    async fn a_browser_decides_on_so_many_recipients(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        // With a stream: a stranger's refusals would be kept beside the log.
        let first = world.consent(&t, &me.subject, 0, &[(ANALYTICS, "given")]);
        says(&world, &t, &me, "/v1/consents", &first).await.expect(201);
        for from in (0..SCOPES_PER_PURPOSE_MAX).step_by(64) {
            says(&world, &t, &me, "/v1/withdrawals", &refusal(&world, &me.subject, from..from + 64)).await.expect(201);
        }
        let decided = async || {
            let answer = world.get(&format!("/v1/subjects/{}/decisions", me.subject), &t.keys.dpo).await.expect(200);
            let decisions = answer.json["decisions"].as_array().expect("a list").iter();
            decisions.filter(|decision| decision["purpose"] == FORWARD).count()
        };
        assert_eq!(decided().await, SCOPES_PER_PURPOSE_MAX);
        let beyond = says(&world, &t, &me, "/v1/withdrawals", &refusal(&world, &me.subject, 500..564)).await;
        assert_eq!(outcome(&beyond), ("effective", ""));
        assert_eq!(decided().await, SCOPES_PER_PURPOSE_MAX);
        let question = json!({"subject": me.subject, "purpose": FORWARD, "op": "forward", "scope": {"recipient": "r-500"}});
        let denied = world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        assert_eq!(denied.json["allow"], false, "{}", denied.text);

        let consent = |code: &str| {
            let seq = beyond.json["seq"].as_u64().expect("a seq");
            let mut body = world.consent(&t, &me.subject, seq, &[(FORWARD, "given")]);
            body["decisions"][0]["scope"] = json!({"recipient": code});
            body
        };
        let refused = says(&world, &t, &me, "/v1/consents", &consent("r-500")).await.expect_problem(422, "SCOPES_TOO_MANY");
        assert_eq!(refused.json["violations"][0]["field"], "/decisions/0/scope");
        // A refused event of a batch leaves the subject unchanged for the next.
        assert_eq!(outcome(&says(&world, &t, &me, "/v1/consents", &consent("r-0")).await), ("effective", ""));
        let by_server = world.post("/v1/consents", &t.keys.service, &consent("r-501")).await;
        assert_eq!(outcome(&by_server), ("effective", ""));
        assert_eq!(decided().await, SCOPES_PER_PURPOSE_MAX + 1);
    }

    /// Protects one visitor in 4 096: a browser's capability with the same prefix as the server's own still opens its
    /// subject, for a grant, its cookie and a refusal.
    async fn a_browsers_capability_may_begin_as_the_servers_do(world: World) {
        let t = world.example("loomer").await;
        let mut own = [5_u8; 32];
        (own[0], own[1]) = (0x73, 0xf5);
        let me = Browser { capability: URL_SAFE_NO_PAD.encode(own), subject: SubjectId::from_capability(&own).to_string() };
        assert!(me.capability.starts_with("c_"));
        let given = world.consent(&t, &me.subject, 0, &[(ANALYTICS, "given")]);
        let given = says(&world, &t, &me, "/v1/consents", &given).await.expect(201);
        assert!(given.json["cookie"].is_string(), "{}", given.text);
        let key = format!("Bearer {}", t.keys.publishable);
        let headers = [("authorization", key.as_str()), ("content-type", "application/json"), ("origin", t.web_origin.as_str()),
            ("samtycke-capability", me.capability.as_str()), ("sec-fetch-site", "same-origin"), ("samtycke-choice", "1")];
        let renewed = crate::support::raw(&world, reqwest::Method::POST, "/v1/cookie", &headers, "{}").await.expect(200);
        let cookie = renewed.headers["set-cookie"].to_str().expect("ASCII");
        assert!(cookie.contains(&format!(".{};", me.capability)), "{cookie}");
        let withdrawn = json!({"event_id": world.event_id(), "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        says(&world, &t, &me, "/v1/withdrawals", &withdrawn).await.expect(201);
        assert_eq!(verdict(&world, &t, &me.subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
    }
}
