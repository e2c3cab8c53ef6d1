//! Prompts: what a person was shown, signed, for one consent.

use reqwest::Method;
use samtycke_server::config::Rate;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, audit, both};
use serde_json::{Value, json};

use crate::support::{Browser, raw, together};

const ANALYTICS: &str = "loomer.cookies-analys";
const HOUR_MS: i64 = 60 * 60 * 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What a page of the tenant shows.
fn view(t: &Tenancy) -> Value {
    json!({"notice": t.notice, "language": "sv"})
}

/// Asks for a prompt as the banner does.
async fn issued(world: &World, t: &Tenancy, view: &Value) -> Answer {
    let path = format!("/v1/banner/{}/prompts", t.keys.publishable);
    let headers = [
        ("content-type", "text/plain;charset=UTF-8"),
        ("origin", t.web_origin.as_str()),
    ];
    raw(world, Method::POST, &path, &headers, view.to_string()).await
}

async fn prompt(world: &World, t: &Tenancy, view: &Value) -> String {
    let answer = issued(world, t, view).await.expect(200);
    answer.json["prompt"].as_str().expect("a token").to_owned()
}

/// A grant that answers a prompt.
fn grant(world: &World, t: &Tenancy, subject: &str, prompt: &str) -> Value {
    let mut body = world.consent(t, subject, 0, &[(ANALYTICS, "given")]);
    body["prompt"] = json!(prompt);
    body
}

async fn says(world: &World, t: &Tenancy, me: &Browser, body: &Value) -> Answer {
    me.post(world, t, &t.web_origin, "/v1/consents", body).await
}

async fn served(world: &World, t: &Tenancy) -> u64 {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let store = &world.server.app.store;
    let rows = store.tallies(&tenant.log, 0).await.expect("counts");
    let served = rows.iter().filter(|row| row.choice == "served");
    served.map(|row| row.count).sum()
}

/// What a proof says about how a consent was shown.
async fn opened(world: &World, t: &Tenancy, recorded: &Answer) -> Value {
    let event = recorded.json["event_id"].as_str().expect("an id");
    let path = format!("/v1/events/{event}/proof");
    world.get(&path, &t.keys.dpo).await.expect(200).json
}

both! {
    /// Protects the assurance of a page's consent: with a prompt it is `prompted`, without one `browser`.
    async fn a_prompt_raises_a_pages_assurance(world: World) {
        let t = world.example("loomer").await;
        for (token, assurance) in [(true, "prompted"), (false, "browser")] {
            let me = Browser::new();
            let mut body = grant(&world, &t, &me.subject, &prompt(&world, &t, &view(&t)).await);
            if !token {
                body.as_object_mut().expect("fields").remove("prompt");
            }
            let recorded = says(&world, &t, &me, &body).await.expect(201);
            let proof = opened(&world, &t, &recorded).await.to_string();
            let quoted = format!("\\\"assurance\\\":\\\"{assurance}\\\"");
            assert!(proof.contains(&quoted), "{assurance}: {proof}");
            assert_eq!(proof.contains("\\\"prompt\\\":\\\"p_"), token, "{proof}");
        }
    }

    /// Protects the binding of a prompt to what was shown, where, and to whom.
    async fn a_prompt_fits_only_what_was_shown(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let me = Browser::new();
        let refused = async |body: Value| {
            let answer = says(&world, &t, &me, &body).await.expect_problem(422, "PROMPT_INVALID");
            assert_eq!(answer.json["violations"][0]["field"], "/prompt", "{}", answer.text);
        };
        let token = prompt(&world, &t, &view(&t)).await;
        let mut english = grant(&world, &t, &me.subject, &token);
        english["language"] = json!("en");
        refused(english).await;
        refused(grant(&world, &t, &me.subject, &prompt(&world, &other, &view(&other)).await)).await;
        for broken in ["", "AAAA", "p_AAAAAAAAAAAAAAAAAAAAAA", &token[4..]] {
            refused(grant(&world, &t, &me.subject, broken)).await;
        }
        let asks_you = json!({"notice": t.notice, "language": "sv", "subject": world.subject()});
        let for_you = world.post("/v1/prompts", &t.keys.service, &asks_you).await.expect(200);
        refused(grant(&world, &t, &me.subject, for_you.json["prompt"].as_str().expect("one"))).await;
        says(&world, &t, &me, &grant(&world, &t, &me.subject, &token)).await.expect(201);
    }

    /// Protects a page of another site of the same tenant: its notice was not shown here.
    async fn a_prompt_of_another_site_is_invalid(world: World) {
        let t = world.example("loomer").await;
        let site = json!({"site": "shop.example", "origins": ["https://shop.example"]});
        world.post("/v1/sites", &t.keys.operator, &site).await.expect(201);
        let notice = world.post("/v1/notices", &t.keys.editor, &json!({"site": "shop.example"})).await.expect(201);
        let hash = notice.json["hash"].as_str().expect("a hash");
        world.post(&format!("/v1/notices/{hash}/publish"), &t.keys.publisher, &json!({})).await.expect(200);
        let me = Browser::new();
        let asks = json!({"notice": hash, "language": "sv", "subject": me.subject});
        let there = world.post("/v1/prompts", &t.keys.service, &asks).await.expect(200);
        let body = grant(&world, &t, &me.subject, there.json["prompt"].as_str().expect("one"));
        says(&world, &t, &me, &body).await.expect_problem(422, "PROMPT_INVALID");
        issued(&world, &t, &json!({"notice": hash, "language": "sv"})).await.expect_problem(422, "NOTICE_UNKNOWN");
    }

    /// Protects the subject that a server asks: only that person's answer fits.
    async fn a_servers_prompt_is_for_one_subject(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let mut asks = view(&t);
        world.post("/v1/prompts", &t.keys.service, &asks).await.expect_problem(422, "FIELD_INVALID");
        asks["subject"] = json!(me.subject);
        issued(&world, &t, &asks).await.expect_problem(403, "FORBIDDEN");
        let token = world.post("/v1/prompts", &t.keys.service, &asks).await.expect(200);
        let body = grant(&world, &t, &me.subject, token.json["prompt"].as_str().expect("one"));
        says(&world, &t, &me, &body).await.expect(201);
    }

    /// Protects a prompt's time limit, and the retry of a consent that was recorded in time.
    async fn a_prompt_expires_after_thirty_days(world: World) {
        let t = world.example("loomer").await;
        let (early, late) = (Browser::new(), Browser::new());
        let [one, two] = [prompt(&world, &t, &view(&t)).await, prompt(&world, &t, &view(&t)).await];
        world.clock.advance(30 * DAY_MS - HOUR_MS);
        let in_time = grant(&world, &t, &early.subject, &one);
        says(&world, &t, &early, &in_time).await.expect(201);
        world.clock.advance(HOUR_MS);
        says(&world, &t, &late, &grant(&world, &t, &late.subject, &two)).await.expect_problem(422, "PROMPT_INVALID");
        let again = says(&world, &t, &early, &in_time).await.expect(201);
        assert_eq!(again.headers["idempotent-replayed"], "true");
    }

    /// Protects single use: of consents that answer one prompt at the same moment one is recorded.
    async fn one_consent_uses_a_prompt(world: World) {
        let t = world.example("loomer").await;
        let token = prompt(&world, &t, &view(&t)).await;
        let people: Vec<Browser> = (0..8).map(|_| Browser::new()).collect();
        let bodies: Vec<Value> = people.iter().map(|me| grant(&world, &t, &me.subject, &token)).collect();
        let all = people.iter().zip(&bodies).map(|(me, body)| says(&world, &t, me, body));
        let mut passed = 0;
        for answer in together(all).await {
            match answer.status.as_u16() {
                201 => passed += 1,
                _ => { answer.expect_problem(422, "PROMPT_INVALID"); }
            }
        }
        assert_eq!(passed, 1);
        for (me, body) in people.iter().zip(&bodies) {
            let again = says(&world, &t, me, body).await;
            assert!([201, 422].contains(&again.status.as_u16()), "{}", again.text);
            passed += u32::from(again.status == 201);
        }
        assert_eq!(passed, 2, "the same consent again is a retry");
    }

    /// Protects a refusal: no prompt stands in its way, and it uses none up.
    async fn a_refusal_passes_with_any_prompt(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let good = prompt(&world, &t, &view(&t)).await;
        for token in ["nonsense", good.as_str()] {
            let mut body = world.consent(&t, &me.subject, 0, &[(ANALYTICS, "refused")]);
            body["prompt"] = json!(token);
            says(&world, &t, &me, &body).await.expect(200);
            let no = json!({"event_id": world.event_id(), "subject": me.subject, "prompt": token,
                "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
            me.post(&world, &t, &t.web_origin, "/v1/withdrawals", &no).await.expect(200);
        }
        let you = Browser::new();
        says(&world, &t, &you, &grant(&world, &t, &you.subject, &good)).await.expect(201);
    }

    /// Protects the number of notices shown: each prompt counts once, by site and notice, with no subject in it.
    async fn each_prompt_counts_as_a_notice_shown(world: World) {
        let t = world.example("loomer").await;
        assert_eq!(served(&world, &t).await, 0);
        for _ in 0..3 {
            prompt(&world, &t, &view(&t)).await;
        }
        assert_eq!(served(&world, &t).await, 3);
        issued(&world, &t, &json!({"notice": t.notice, "language": "xx"})).await.expect_problem(422, "FIELD_INVALID");
        assert_eq!(served(&world, &t).await, 3);
        let metrics = world.get("/metrics", "").await.expect(200).text;
        assert!(metrics.contains("samtycke_prompts_issued_total 3\n"), "{metrics}");
    }

    /// Protects the log against made-up browsers: beyond the site's quota no grant is recorded, and refusals pass at
    /// once.
    async fn anonymous_grants_have_a_quota_per_site(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.restart_with(|config| {
            config.public_overview = true;
            config.limits.rate.anonymous_leaf = Rate { quota: 1, window_s: 3_600, burst: 5 };
        }).await;
        let before = size(&world, &t).await;
        let known = Browser::new();
        let recorded = says(&world, &t, &known, &given(&world, &t, &known)).await.expect(201);
        for n in 0..30 {
            let made_up = Browser::new();
            let no = json!({"event_id": world.event_id(), "subject": made_up.subject,
                "decisions": [{"purpose": ANALYTICS, "decision": "refused"}]});
            let headers = headers(&t, &made_up, &format!("10.0.0.{}", n % 3));
            let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
            raw(&world, Method::POST, "/v1/withdrawals", &headers, no.to_string()).await.expect(200);
            let body = given(&world, &t, &made_up).to_string();
            let answer = raw(&world, Method::POST, "/v1/consents", &headers, body).await;
            if answer.status != 201 {
                let refused = answer.expect_problem(429, "QUOTA_EXCEEDED");
                assert!(refused.headers.contains_key("retry-after"));
            }
        }
        assert!(size(&world, &t).await - before <= 5, "no more leaves than the quota");
        // Who has a stream is counted no more.
        let mut again = given(&world, &t, &known);
        again["based_on"] = recorded.json["seq"].clone();
        says(&world, &t, &known, &again).await.expect(201);
        let metrics = world.get("/metrics", "").await.expect(200).text;
        assert!(metrics.contains("samtycke_anonymous_quota_reached 1\n"), "{metrics}");
        let home = raw(&world, Method::GET, "/?lang=en", &[], "").await.expect(200).text;
        assert!(home.contains("More unknown browsers than expected"), "the page says so");
    }
}

/// Protects single use on two servers that share a database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_consent_uses_a_prompt_on_two_servers() {
    let world = World::start(samtycke_tests::Engine::Postgres).await;
    let t = world.example("loomer").await;
    let second = world.second_server().await;
    let token = prompt(&world, &t, &view(&t)).await;
    let mut passed = 0;
    let people: Vec<Browser> = (0..8).map(|_| Browser::new()).collect();
    let sent = people.iter().enumerate().map(|(n, me)| {
        let server = if n % 2 == 0 { &world.server } else { &second };
        let body = grant(&world, &t, &me.subject, &token);
        let request = world
            .http
            .post(format!("{}/v1/consents", server.base_url))
            .bearer_auth(&t.keys.publishable)
            .header("origin", &t.web_origin)
            .header("samtycke-capability", &me.capability)
            .json(&body);
        async move { request.send().await.expect("an answer").status().as_u16() }
    });
    for status in together(sent).await {
        match status {
            201 => passed += 1,
            other => assert_eq!(other, 422),
        }
    }
    assert_eq!(passed, 1);
}

fn given(world: &World, t: &Tenancy, me: &Browser) -> Value {
    world.consent(t, &me.subject, 0, &[(ANALYTICS, "given")])
}

fn headers(t: &Tenancy, me: &Browser, address: &str) -> Vec<(&'static str, String)> {
    vec![
        ("content-type", "application/json".into()),
        ("authorization", format!("Bearer {}", t.keys.publishable)),
        ("origin", t.web_origin.clone()),
        ("samtycke-capability", me.capability.clone()),
        ("x-forwarded-for", address.into()),
    ]
}

async fn size(world: &World, t: &Tenancy) -> u64 {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let head = world
        .server
        .app
        .store
        .head(&tenant.log)
        .await
        .expect("read");
    head.expect("a head").size
}
