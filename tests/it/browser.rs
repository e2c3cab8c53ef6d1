//! Browsers: capabilities, origins, and identifiers that become subjects.

use reqwest::Method;
use samtycke_core::pseudonym::{Domain, identifier_hmac};
use samtycke_tests::both;
use serde_json::json;

use crate::support::{Browser, raw, verdict};

const ANALYTICS: &str = "loomer.cookies-analys";

both! {
    /// Protects T7: a browser writes and reads only its own subject. A caller that merely knows a subject's id can
    /// neither read, change nor claim it.
    async fn a_browser_holds_its_own_subject_only(world: World) {
        let t = world.example("loomer").await;
        let (me, you) = (Browser::new(), Browser::new());
        let consent = |subject: &str| world.consent(&t, subject, 0, &[(ANALYTICS, "given")]);
        me.post(&world, &t, &t.web_origin, "/v1/consents", &consent(&me.subject)).await.expect(201);
        let question = json!({"subject": me.subject, "purpose": ANALYTICS});
        assert_eq!(me.post(&world, &t, &t.web_origin, "/v1/check", &question).await.expect(200).json["allow"], true);

        let no = json!({"event_id": world.event_id(), "subject": me.subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        let none = Browser { capability: String::new(), subject: String::new() };
        let the_id = Browser { capability: me.subject.clone(), subject: String::new() };
        for thief in [&you, &none, &the_id] {
            for (path, body) in [("/v1/consents", &consent(&me.subject)), ("/v1/withdrawals", &no), ("/v1/check", &question),
                ("/v1/check/batch", &json!({"checks": [question]}))] {
                thief.post(&world, &t, &t.web_origin, path, body).await.expect_problem(403, "CAPABILITY_INVALID");
            }
            let key = format!("Bearer {}", t.keys.publishable);
            for what in ["decisions", "history"] {
                let headers = [("authorization", key.as_str()), ("samtycke-capability", thief.capability.as_str())];
                let path = format!("/v1/subjects/{}/{what}", me.subject);
                raw(&world, Method::GET, &path, &headers, "").await.expect_problem(403, "CAPABILITY_INVALID");
            }
        }
        assert_eq!(verdict(&world, &t, &me.subject, ANALYTICS).await, (true, "CONSENT_VALID".into()));
    }

    /// Protects the binding of a publishable key to its site: another origin, `null`, and a write without an origin are
    /// refused.
    async fn a_publishable_key_works_from_its_own_origin_only(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let body = world.consent(&t, &me.subject, 0, &[(ANALYTICS, "given")]);
        let near = format!("{}.evil.example", t.web_origin);
        for origin in ["", "null", "https://evil.example", "http://www.loomer.example", near.as_str()] {
            me.post(&world, &t, origin, "/v1/consents", &body).await.expect_problem(403, "ORIGIN_NOT_ALLOWED");
        }
        let mut staff = body.clone();
        staff["actor"] = json!({"role": "staff"});
        me.post(&world, &t, &t.web_origin, "/v1/consents", &staff).await.expect_problem(403, "FORBIDDEN");
        me.post(&world, &t, &t.web_origin, "/v1/consents", &body).await.expect(201);
    }

    /// Protects the lifetime of a capability that the server made: an hour, one subject, one tenant.
    async fn a_capability_of_the_server_ends_after_an_hour(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let resolve = json!({"identifier": "customer-7", "domain": "account"});
        let made = world.post("/v1/subjects", &t.keys.service, &resolve).await.expect(200);
        let me = Browser {
            capability: made.json["capability"].as_str().expect("one").to_owned(),
            subject: made.json["subject"].as_str().expect("one").to_owned(),
        };
        let question = json!({"subject": me.subject, "purpose": ANALYTICS});
        me.post(&world, &t, &t.web_origin, "/v1/check", &question).await.expect(200);
        me.post(&world, &other, &other.web_origin, "/v1/check", &question).await.expect_problem(403, "CAPABILITY_INVALID");
        let somebody_else = json!({"subject": world.subject(), "purpose": ANALYTICS});
        me.post(&world, &t, &t.web_origin, "/v1/check", &somebody_else).await.expect_problem(403, "CAPABILITY_INVALID");
        world.clock.advance(60 * 60 * 1_000);
        me.post(&world, &t, &t.web_origin, "/v1/check", &question).await.expect_problem(403, "CAPABILITY_INVALID");
    }

    /// Protects S11: the SDK and the server derive the same pseudonym for an identifier, in any spelling. The same
    /// identifier at two tenants, or in two domains, gives two subjects.
    async fn an_identifier_and_its_hmac_are_one_subject(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let resolve = async |key: &str, body: serde_json::Value| {
            world.post("/v1/subjects", key, &body).await.expect(200).json["subject"].as_str().expect("one").to_owned()
        };
        let plain = resolve(&t.keys.service, json!({"identifier": " Nobody@Example.com ", "domain": "email"})).await;
        let tenant = world.server.app.tenants.all().into_iter().find(|x| x.id.as_str() == "loomer").expect("it");
        let hmac = hex::encode(identifier_hmac(&tenant.secrets.lookup, Domain::Email, "nobody@example.com"));
        assert_eq!(resolve(&t.keys.service, json!({"identifier_hmac": hmac, "domain": "email"})).await, plain);
        assert_ne!(resolve(&other.keys.service, json!({"identifier": "nobody@example.com", "domain": "email"})).await, plain);
        assert_ne!(resolve(&other.keys.service, json!({"identifier_hmac": hmac, "domain": "email"})).await, plain);
        assert_ne!(resolve(&t.keys.service, json!({"identifier": "nobody", "domain": "account"})).await, plain);
        let both = json!({"identifier": "x", "identifier_hmac": hmac, "domain": "account"});
        world.post("/v1/subjects", &t.keys.service, &both).await.expect_problem(422, "FIELD_INVALID");
    }
}
