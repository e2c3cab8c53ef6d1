//! Defects that other products had, as tests that would find them here; the names say what went wrong there.
//!
//! | defect | where it is tested |
//! |---|---|
//! | no authentication (OpenFGC) | `tenancy::each_role_may_do_what_the_matrix_says` |
//! | expiry written and never read (c15t) | here, and core's table |
//! | signed prompt usable for another subject and domain (c15t) | `prompt::a_prompt_fits_only_what_was_shown` |
//! | reads scan the table (c15t) | with the figures of the benchmark, a later step |
//! | identity salt in the public source, bcrypt per check (Fides) | keys are derived from the root secret: `keyring`; figures later |
//! | a cron without cutoff deletes the ledger (convex-consent) | the database's guards, with the log |
//! | erase leaves the full copy in the audit log (Consenti) | with erasure, a later step |
//! | signature checked with the key from the same request, predecessor not covered by the hash (GovStack) | with the log and its bundles |
//! | deleted receipts still served (OneTrust) | with erasure and receipts, a later step |
//! | age-up sends nothing (k-ID) | with guardians and webhooks, a later step |

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use samtycke_server::config::Rate;
use samtycke_tests::both;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Browser, announce, go_live, history, outcome, raw, register, verdict};

const ANALYTICS: &str = "loomer.cookies-analys";
const THIRD_PARTY: &str = "loomer.cookies-tredjepart";
const DAY_MS: i64 = 24 * 3_600_000;

both! {
    /// c15t: the store reported consent once the banner had been answered, also by "reject all". Refusals were not
    /// stored per purpose, and the audit log held one kind.
    async fn has_consent_true_after_reject_all(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let all = ["loomer.cookies-nodvandiga.val", ANALYTICS, THIRD_PARTY];
        world.record(&t, &subject, 0, &all.map(|p| (p, "refused"))).await.expect(201);
        for purpose in all {
            assert_eq!(verdict(&world, &t, &subject, purpose).await, (false, "CONSENT_REFUSED".into()), "{purpose}");
        }
        world.record(&t, &subject, 1, &[(ANALYTICS, "given")]).await.expect(201);
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        let events = history(&world, &t, &subject).await;
        let kinds: Vec<&str> = events.iter().map(|e| e["decisions"][0]["decision"].as_str().expect("a kind")).collect();
        assert_eq!(kinds, ["refused", "given", "withdrawn"]);
        assert_eq!(events[0]["decisions"].as_array().expect("a list").len(), 3, "one for each purpose");
    }

    /// c15t: a consent still counted after its expiry; the date was written and never read.
    async fn has_consent_true_after_expiry(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let live = world.check(&t, &subject, ANALYTICS).await.expect(200);
        assert!(live.json["valid_until"].is_string(), "a cookie's consent ends: {}", live.text);
        world.clock.advance(400 * DAY_MS);
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_EXPIRED".into()));
    }

    /// c15t: of two posts with one timestamp and other choices, it echoed the new one and kept the old.
    async fn same_timestamp_echoes_the_new_choice_and_keeps_the_old(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let said = samtycke_core::wire::format_rfc3339(samtycke_server::clock::Clock::now(&*world.clock));
        for (seq, (kind, state)) in [("given", "given"), ("refused", "withdrawn"), ("given", "given")].into_iter().enumerate() {
            let mut body = world.consent(&t, &subject, seq as u64, &[(ANALYTICS, kind)]);
            body["occurred_at"] = said.clone().into();
            let answer = world.post("/v1/consents", &t.keys.service, &body).await.expect(201);
            assert_eq!(answer.json["decisions"][0]["state"], state);
            let kept = world.get(&format!("/v1/subjects/{subject}/decisions"), &t.keys.service).await.expect(200);
            assert_eq!(kept.json["decisions"][0]["state"], state, "what was echoed is what is kept");
        }
    }

    /// c15t: an unauthenticated PATCH moved a subject to any account. Consenti: a POST with a known visitor id
    /// overwrote it and handed out its ownership cookie.
    async fn knowing_a_subjects_id_hands_it_over(world: World) {
        let t = world.example("loomer").await;
        let (owner, thief) = (Browser::new(), Browser::new());
        let consent = world.consent(&t, &owner.subject, 0, &[(ANALYTICS, "given")]);
        owner.post(&world, &t, &t.web_origin, "/v1/consents", &consent).await.expect(201);
        for method in [Method::PATCH, Method::PUT, Method::POST] {
            let path = format!("/v1/subjects/{}", owner.subject);
            raw(&world, method, &path, &[("content-type", "application/json")], "{}").await.expect_problem(404, "NOT_FOUND");
        }
        let claim = json!({"identifier": owner.subject, "domain": "account"});
        thief.post(&world, &t, &t.web_origin, "/v1/subjects", &claim).await.expect_problem(403, "FORBIDDEN");
        let claimed = world.post("/v1/subjects", &t.keys.service, &claim).await.expect(200);
        assert_ne!(claimed.json["subject"], owner.subject, "an identifier never names a subject");
        let other = world.consent(&t, &owner.subject, 1, &[(ANALYTICS, "refused")]);
        thief.post(&world, &t, &t.web_origin, "/v1/consents", &other).await.expect_problem(403, "CAPABILITY_INVALID");
        assert!(verdict(&world, &t, &owner.subject, ANALYTICS).await.0);
    }

    /// c15t: the public check told any caller whether a person existed and what they had answered.
    async fn the_public_check_is_an_oracle(world: World) {
        let t = world.example("loomer").await;
        let known = world.subject();
        world.record(&t, &known, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let curious = Browser::new();
        let mut answers = Vec::new();
        for subject in [&known, &world.subject()] {
            let question = json!({"subject": subject, "purpose": ANALYTICS});
            world.post("/v1/check", "", &question).await.expect_problem(401, "UNAUTHENTICATED");
            let mut answer = curious.post(&world, &t, &t.web_origin, "/v1/check", &question).await.expect(403).json;
            answer["instance"] = Value::Null;
            answers.push(answer);
        }
        assert_eq!(answers[0], answers[1]);
    }

    /// c15t: any origin could record for any domain.
    async fn an_untrusted_origin_records_for_any_domain(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let me = Browser::new();
        let body = world.consent(&t, &me.subject, 0, &[(ANALYTICS, "given")]);
        me.post(&world, &t, &other.web_origin, "/v1/consents", &body).await.expect_problem(403, "ORIGIN_NOT_ALLOWED");
        me.post(&world, &other, &other.web_origin, "/v1/consents", &body).await.expect_problem(422, "NOTICE_UNKNOWN");
    }

    /// c15t: eight first posts at once made three rows of one purpose.
    async fn eight_parallel_first_posts_make_three_rows(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let mut posts = JoinSet::new();
        for _ in 0..8 {
            let body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
            let url = format!("{}/v1/consents", world.server.base_url);
            let request = world.http.post(url).bearer_auth(&t.keys.service).json(&body);
            posts.spawn(async move { request.send().await.expect("an answer").status().as_u16() });
        }
        assert_eq!(posts.join_all().await, [201; 8]);
        let seqs: Vec<u64> = history(&world, &t, &subject).await.iter().map(|e| e["seq"].as_u64().expect("a number")).collect();
        assert_eq!(seqs, [1, 2, 3, 4, 5, 6, 7, 8]);
        let kept = world.get(&format!("/v1/subjects/{subject}/decisions"), &t.keys.service).await.expect(200);
        assert_eq!(kept.json["decisions"].as_array().expect("a list").len(), 1);
    }

    /// c15t: a body of 5 MB with 200 invented purposes was accepted.
    async fn invented_purposes_are_accepted(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let names: Vec<String> = (0..200).map(|i| format!("loomer.invented-{i}")).collect();
        let invented: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "given")).collect();
        world.record(&t, &subject, 0, &invented).await.expect_problem(422, "FIELD_INVALID");
        world.record(&t, &subject, 0, &invented[..1]).await.expect_problem(422, "PURPOSE_UNKNOWN");
        world.withdraw(&t, &subject, &[invented[0].0]).await.expect_problem(422, "PURPOSE_UNKNOWN");
        let large = announce(&world, "/v1/consents", &t.keys.service, 5_000_000).await;
        assert!(large.starts_with("HTTP/1.1 413 "), "{large}");
        assert!(history(&world, &t, &subject).await.is_empty());
    }

    /// Fides: a correction of the wording made a valid choice outdated.
    async fn a_wording_fix_makes_a_valid_choice_outdated(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let title = "title_sv = \"Vidareförmedling av kontaktuppgifter\"";
        let fixed = register("loomer").replacen(title, "title_sv = \"Vidareförmedling av dina kontaktuppgifter\"", 1);
        assert_ne!(fixed, register("loomer"));
        go_live(&world, &t, &fixed).await;
        let added = world.post("/v1/notices", &t.keys.editor, &json!({"site": t.site})).await.expect(201);
        let hash = added.json["hash"].as_str().expect("a hash");
        assert_ne!(hash, t.notice, "it is another notice");
        let editorial = json!({"classes": {ANALYTICS: "editorial"}});
        world.post(&format!("/v1/notices/{hash}/publish"), &t.keys.publisher, &editorial).await.expect(200);
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (true, "CONSENT_VALID".into()));
        let open_page = world.record(&t, &world.subject(), 0, &[(ANALYTICS, "given")]).await;
        assert_eq!(outcome(&open_page), ("effective", ""), "published between view and click: the old notice counts");
    }

    /// Consenti: its HMAC did not cover the time, so the holder of a token could prolong it.
    async fn the_hmac_leaves_the_time_out(world: World) {
        let t = world.example("loomer").await;
        let resolve = json!({"identifier": "customer-7", "domain": "account"});
        let made = world.post("/v1/subjects", &t.keys.service, &resolve).await.expect(200).json;
        let issued = made["capability"].as_str().and_then(|c| c.strip_prefix("c_")).expect("a capability");
        let mut bytes = URL_SAFE_NO_PAD.decode(issued).expect("base64url");
        bytes[3] ^= 1; // 50 days later
        let prolonged = Browser {
            capability: format!("c_{}", URL_SAFE_NO_PAD.encode(bytes)),
            subject: made["subject"].as_str().expect("one").to_owned(),
        };
        let question = json!({"subject": prolonged.subject, "purpose": ANALYTICS});
        prolonged.post(&world, &t, &t.web_origin, "/v1/check", &question).await.expect_problem(403, "CAPABILITY_INVALID");
    }

    /// probo: without its configuration it granted everything. Here a tenant without a register denies everything.
    async fn a_config_outage_grants_everything(world: World) {
        let instance = world.server.app.keyring.instance().expect("a key").to_owned();
        let tenant = json!({"tenant": "nothing-yet", "controller": "Nothing Yet AB"});
        let made = world.post("/v1/tenants", &instance, &tenant).await.expect(201);
        let operator = made.json["key"]["key"].as_str().expect("its first key");
        let service = world.post("/v1/keys", operator, &json!({"role": "service", "label": ""})).await.expect(201);
        let service = service.json["key"].as_str().expect("a key");
        let question = json!({"subject": world.subject(), "purpose": "nothing-yet.anything"});
        let answer = world.post("/v1/check", service, &question).await.expect(200);
        assert_eq!((&answer.json["allow"], &answer.json["reason"]), (&json!(false), &json!("PURPOSE_UNKNOWN")));
    }

    /// c15t: the caller's address was taken from a header that the caller writes.
    async fn the_address_comes_from_a_spoofable_header(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        // No proxy is trusted here, so withdrawals with such a header count by the wider of the two.
        let two = Rate { quota: 1, window_s: 3_600, burst: 2 };
        world.restart_with(|c| {
            c.limits.rate.withdraw_per_address = two;
            c.limits.rate.withdraw_per_key = two;
        }).await;
        let key = format!("Bearer {}", t.keys.publishable);
        for (i, expected) in [200, 200, 429].into_iter().enumerate() {
            let browser = Browser::new();
            let body = json!({"event_id": world.event_id(), "subject": browser.subject,
                "decisions": [{"purpose": ANALYTICS, "decision": "refused"}]});
            let address = format!("192.0.2.{i}");
            let headers = [("authorization", key.as_str()), ("content-type", "application/json"),
                ("samtycke-capability", browser.capability.as_str()), ("origin", t.web_origin.as_str()),
                ("x-forwarded-for", address.as_str()), ("forwarded", "for=192.0.2.9"), ("x-real-ip", address.as_str())];
            raw(&world, Method::POST, "/v1/withdrawals", &headers, body.to_string()).await.expect(expected);
        }
    }
}
