//! Properties of every response.

use std::time::Duration;

use reqwest::Method;
use samtycke_server::config::Rate;
use samtycke_tests::world::redis_url;
use samtycke_tests::{Engine, both};
use serde_json::json;

use crate::support::{Browser, announce, at_once, history, raw, verdict};

const ANALYTICS: &str = "loomer.cookies-analys";
/// Few enough that a test uses them up, and refilled so slowly that none returns while it runs.
const THREE: Rate = Rate {
    quota: 1,
    window_s: 3_600,
    burst: 3,
};

both! {
    /// Protects clients: for any invalid request the response is a problem that denies, with a stable reason.
    async fn whatever_is_wrong_is_a_problem_that_denies(world: World) {
        let t = world.example("loomer").await;
        let key = format!("Bearer {}", t.keys.service);
        let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
        let bodies = [
            ("{", 400, "JSON_SYNTAX"),
            ("", 400, "JSON_SYNTAX"),
            ("{\"subject\":1,\"subject\":2}", 400, "JSON_DUPLICATE_KEY"),
            ("{\"based_on\":1.5}", 422, "JSON_NOT_CANONICAL"),
            ("{\"based_on\":9007199254740993}", 422, "JSON_NOT_CANONICAL"),
            (&deep, 400, "JSON_TOO_DEEP"),
            ("[]", 422, "FIELD_INVALID"),
        ];
        for path in ["/v1/check", "/v1/consents", "/v1/withdrawals"] {
            for (body, status, reason) in bodies {
                let headers = [("authorization", key.as_str()), ("content-type", "application/json")];
                raw(&world, Method::POST, path, &headers, body).await.expect_problem(status, reason);
            }
            let large = announce(&world, path, &t.keys.service, 65_537).await;
            assert!(large.starts_with("HTTP/1.1 413 ") && large.contains("BODY_TOO_LARGE"), "{large}");
            assert!(large.contains("\"allow\":false"), "{large}");
            let form = [("authorization", key.as_str()), ("content-type", "application/x-www-form-urlencoded")];
            raw(&world, Method::POST, path, &form, "a=b").await.expect_problem(415, "CONTENT_TYPE_UNSUPPORTED");
            raw(&world, Method::PATCH, path, &form, "").await.expect_problem(405, "METHOD_NOT_ALLOWED");
        }
        for path in ["/v1/nothing", "/v1/logs/none/checkpoint", "/assets/none.css", "/v1/logs/%ff/tile/0/000", "/assets/%ff",
            "/favicon.ico"] {
            raw(&world, Method::GET, path, &[], "").await.expect_problem(404, "NOT_FOUND");
        }
        let operator = format!("Bearer {}", t.keys.operator);
        raw(&world, Method::DELETE, "/v1/keys/%ff", &[("authorization", &operator)], "").await.expect_problem(404, "NOT_FOUND");
        let consistency = format!("/v1/logs/{}/consistency?from=2&to=1", t.log);
        raw(&world, Method::GET, &consistency, &[], "").await.expect_problem(400, "PARAMETER_INVALID");
    }

    /// Protects every response: a request id that also stands in the problem, and headers that restrict what a browser
    /// may do with it, on pages, tiles, health and errors alike.
    async fn every_answer_has_an_id_and_the_security_headers(world: World) {
        let t = world.example("loomer").await;
        let checkpoint = format!("/v1/logs/{}/checkpoint", t.log);
        for path in ["/", "/healthz", "/readyz", "/metrics", "/v1/keys", "/nothing", checkpoint.as_str()] {
            let answer = raw(&world, Method::GET, path, &[], "").await;
            let header = |name: &str| answer.headers.get(name).map(|v| v.to_str().expect("text").to_owned()).unwrap_or_default();
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
            assert!(header("content-security-policy").contains("default-src 'none'"), "{path}");
            assert!(!header("cache-control").is_empty(), "{path}");
            assert!(header("strict-transport-security").is_empty(), "this server is not reached by https");
            let id = header("x-request-id");
            assert_eq!(id.len(), 32, "{path}");
            if answer.json["allow"] == false {
                assert_eq!(answer.json["instance"], format!("urn:request:{id}"));
            }
        }
        // A page that loads a script has its own policy; a policy on the script would have no effect.
        let script = raw(&world, Method::GET, "/sdk/banner.js", &[], "").await;
        assert_eq!(script.headers["x-content-type-options"], "nosniff");
        assert!(!script.headers.contains_key("content-security-policy"));
        let own = "0123456789abcdef-0123";
        let kept = raw(&world, Method::GET, "/healthz", &[("x-request-id", own)], "").await;
        assert_eq!(kept.headers["x-request-id"], own);
        for not_kept in ["nobody@example.com", "short", "0123456789abcdefg"] {
            let answer = raw(&world, Method::GET, "/healthz", &[("x-request-id", not_kept)], "").await;
            assert_ne!(answer.headers["x-request-id"], not_kept);
        }
    }

    /// Protects CORS: pages of a live site may call, other pages get no permission; logs are open to every page.
    async fn pages_of_a_site_may_ask_and_others_may_not(world: World) {
        let t = world.example("loomer").await;
        let preflight = async |origin: &str, path: &str| {
            let headers = [("origin", origin), ("access-control-request-method", "POST"),
                ("access-control-request-headers", "authorization,samtycke-capability")];
            raw(&world, Method::OPTIONS, path, &headers, "").await
        };
        let tallies = format!("/v1/banner/{}/tallies", t.keys.publishable);
        for path in ["/v1/consents", "/v1/withdrawals", "/v1/check", &tallies] {
            let ours = preflight(&t.web_origin, path).await.expect(204);
            assert_eq!(ours.headers["access-control-allow-origin"], t.web_origin.as_str(), "{path}");
            assert!(!ours.headers.contains_key("access-control-allow-credentials"));
            for foreign in ["https://evil.example", "null"] {
                let theirs = preflight(foreign, path).await;
                assert!(!theirs.headers.contains_key("access-control-allow-origin"), "{path} from {foreign}");
            }
        }
        let operators = preflight(&t.web_origin, "/v1/keys").await;
        assert!(!operators.headers.contains_key("access-control-allow-origin"), "keys are not made in pages");
        let checkpoint = format!("/v1/logs/{}/checkpoint", t.log);
        let log = raw(&world, Method::GET, &checkpoint, &[("origin", "https://monitor.example")], "").await;
        assert_eq!(log.headers["access-control-allow-origin"], "*");
    }

    /// Protects the quotas: a rejected request learns when to retry, and a person's refusal still passes.
    async fn a_withdrawal_passes_when_every_other_quota_is_gone(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.restart_with(|config| {
            let rate = &mut config.limits.rate;
            (rate.check, rate.record, rate.admin, rate.public) = (THREE, THREE, THREE, THREE);
        }).await;
        for left in (0..3).rev() {
            let answer = world.check(&t, &subject, ANALYTICS).await.expect(200);
            assert!(answer.headers["ratelimit"].to_str().expect("text").starts_with(&format!("\"check\";r={left};")));
            assert_eq!(answer.headers["ratelimit-policy"], "\"check\";q=1;w=3600");
        }
        let refused = world.check(&t, &subject, ANALYTICS).await.expect_problem(429, "QUOTA_EXCEEDED");
        let wait: u32 = refused.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
        assert!((1..=3_600).contains(&wait));
        assert_eq!(refused.json["violated-policies"], json!(["check"]));
        for i in 0..4 {
            let body = world.consent(&t, &world.subject(), 0, &[(ANALYTICS, "given")]);
            let expected = if i < 3 { 201 } else { 429 };
            world.post("/v1/consents", &t.keys.service, &body).await.expect(expected);
        }
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        world.post("/v1/check", &t.keys.dpo, &json!({"subject": subject, "purpose": ANALYTICS})).await.expect(200);
    }

    /// Protects withdrawals from a flood: one browser's are counted separately from all others, and the tenant's server
    /// and officer do not share the browser's allowance.
    async fn one_subjects_withdrawals_take_nothing_from_anothers(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.restart_with(|config| config.limits.rate.withdraw_per_subject = THREE).await;
        let (loud, quiet) = (Browser::new(), Browser::new());
        let refusal = |subject: &str| json!({"event_id": world.event_id(), "subject": subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "refused"}]});
        for _ in 0..3 {
            loud.post(&world, &t, &t.web_origin, "/v1/withdrawals", &refusal(&loud.subject)).await.expect(200);
        }
        loud.post(&world, &t, &t.web_origin, "/v1/withdrawals", &refusal(&loud.subject)).await
            .expect_problem(429, "QUOTA_EXCEEDED");
        quiet.post(&world, &t, &t.web_origin, "/v1/withdrawals", &refusal(&quiet.subject)).await.expect(200);
        for key in [&t.keys.service, &t.keys.dpo] {
            for _ in 0..4 {
                world.post("/v1/withdrawals", key, &refusal(&loud.subject)).await.expect(201);
            }
        }
    }

    /// Protects a person from callers that know the person's subject: requests without the subject's capability do not
    /// use up its withdrawals.
    async fn a_strangers_withdrawals_do_not_count_against_the_subject(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.restart_with(|config| config.limits.rate.withdraw_per_subject = THREE).await;
        let (person, stranger) = (Browser::new(), Browser::new());
        let refusal = || json!({"event_id": world.event_id(), "subject": person.subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "refused"}]});
        for _ in 0..5 {
            stranger.post(&world, &t, &t.web_origin, "/v1/withdrawals", &refusal()).await
                .expect_problem(403, "CAPABILITY_INVALID");
        }
        for _ in 0..3 {
            person.post(&world, &t, &t.web_origin, "/v1/withdrawals", &refusal()).await.expect(200);
        }
    }

    /// Protects withdrawals behind one address, such as an undeclared proxy: requests without a valid key have an
    /// allowance of their own.
    async fn requests_without_a_key_take_nothing_from_valid_ones(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.restart_with(|config| {
            let rate = &mut config.limits.rate;
            (rate.unauthenticated, rate.withdraw_per_address) = (THREE, THREE);
        }).await;
        let browser = Browser::new();
        let refusal = || json!({"event_id": world.event_id(), "subject": browser.subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "refused"}]});
        for (key, status) in [("", 401), ("sk_service_made_up", 401), ("sk_service_another", 401), ("", 429), ("sk_dpo_made_up", 429)] {
            world.post("/v1/withdrawals", key, &refusal()).await.expect(status);
        }
        for key in [&t.keys.service, &t.keys.dpo] {
            for _ in 0..4 {
                world.post("/v1/withdrawals", key, &refusal()).await.expect(201);
            }
        }
        for _ in 0..3 {
            browser.post(&world, &t, &t.web_origin, "/v1/withdrawals", &refusal()).await.expect(201);
        }
        let checked = json!({"subject": browser.subject, "purpose": ANALYTICS});
        world.post("/v1/check", &t.keys.service, &checked).await.expect(200);
        world.get("/v1/keys", &t.keys.operator).await.expect(200);
    }

    /// Protects the instance's operator: its key has an allowance of its own too.
    async fn the_instances_key_has_an_allowance_of_its_own(world: World) {
        let mut world = world;
        world.restart_with(|config| config.limits.rate.unauthenticated = THREE).await;
        let instance = world.server.app.keyring.instance().expect("a key").to_owned();
        for status in [401, 401, 401, 429] {
            world.get("/v1/tenants", "sk_operator_made_up").await.expect(status);
        }
        world.get("/v1/tenants", &instance).await.expect(200);
    }

    /// Protects shared limits: two servers share one allowance through Redis, and each falls back to its own when Redis
    /// is down. Redis never decides more than that.
    async fn redis_shares_an_allowance_and_its_absence_costs_nothing(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        let question = json!({"subject": subject, "purpose": ANALYTICS});
        let with = |url: String| move |config: &mut samtycke_server::config::Config| {
            config.limits.rate.check = THREE;
            config.redis_url = Some(url);
        };
        world.restart_with(with(redis_url())).await;
        for _ in 0..2 {
            world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        }
        // Acts as a second server: the same keys and Redis, and empty counters of its own.
        world.restart_with(with(redis_url())).await;
        world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        world.post("/v1/check", &t.keys.service, &question).await.expect_problem(429, "QUOTA_EXCEEDED");

        world.restart_with(with("redis://127.0.0.1:1".into())).await;
        for expected in [200, 200, 200, 429] {
            world.post("/v1/check", &t.keys.service, &question).await.expect(expected);
        }
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
    }

    /// Protects shutdown: open requests get a response, acknowledged events are in the log after a restart, and all of
    /// them were published before the server ended.
    async fn a_stop_loses_nothing_that_was_acknowledged(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        let body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        let answers = at_once(&world, 8, "/v1/consents", &t.keys.service, &body).await;
        assert!(answers.iter().all(|a| a.status == 201));
        let last = world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        let stopped = tokio::time::timeout(Duration::from_secs(20), world.restart()).await;
        stopped.expect("a stop does not wait for itself");
        let checkpoint = world.get(&format!("/v1/logs/{}/checkpoint", t.log), "").await.expect(200);
        let size: u64 = checkpoint.text.lines().nth(1).expect("a size").parse().expect("a number");
        assert!(size > last.json["index"].as_u64().expect("an index"), "all was published: {size}");
        assert_eq!(history(&world, &t, &subject).await.len(), 2);
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
    }

    /// Protects operation: health, readiness and metrics, without any tenant, subject or key.
    async fn metrics_name_no_subject(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let given = world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.check(&t, &subject, ANALYTICS).await.expect(200);
        assert_eq!(world.get("/healthz", "").await.expect(200).text, "ok\n");
        let ready = world.get("/readyz", "").await.expect(200);
        let engine = if world.engine == Engine::Sqlite { "sqlite" } else { "postgres" };
        assert_eq!((&ready.json["ready"], &ready.json["engine"], &ready.json["frozen_logs"]), (&json!(true), &json!(engine), &json!(0)));
        let metrics = world.get("/metrics", "").await.expect(200).text;
        assert!(metrics.contains("samtycke_logs 1\n"), "{metrics}");
        for secret in [&t.id, &t.log, &t.site, &subject, &t.keys.service, &"127.0.0.1".to_owned(), &ANALYTICS.to_owned(),
            &given.json["event_id"].as_str().expect("an id").to_owned()] {
            assert!(!metrics.contains(secret.as_str()), "{secret}");
        }
    }
}
