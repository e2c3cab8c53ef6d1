//! Field values in any body: null, and text that a database cannot store.

use reqwest::Method;
use samtycke_tests::both;
use serde_json::{Value, json};

use crate::support::{raw, register, verdict};

const ANALYTICS: &str = "loomer.cookies-analys";

both! {
    /// Protects clients that write every field of a type (Kotlin, Java): null means the same as leaving a field out.
    async fn a_null_is_taken_as_left_out(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let service = &t.keys.service;
        let bare = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        let mut full = bare.clone();
        for field in ["variant", "after", "occurred_at", "signals", "ui_hash", "surface", "evidence", "actor"] {
            full[field] = Value::Null;
        }
        full["decisions"][0]["scope"] = Value::Null;
        let first = world.post("/v1/consents", service, &full).await.expect(201);
        for again in [full, bare] {
            let replayed = world.post("/v1/consents", service, &again).await.expect(201);
            assert_eq!(replayed.json["index"], first.json["index"]);
            assert_eq!(replayed.headers["idempotent-replayed"], "true");
        }

        for empty in [Value::Null, json!({}), json!({"recipient": null})] {
            let question = json!({"subject": subject, "purpose": ANALYTICS, "op": null, "scope": empty, "item": null, "signals": null,
                "at_least": null, "as_of": null, "known_at": null, "explain": null});
            let answer = world.post("/v1/check", service, &question).await.expect(200);
            assert_eq!(answer.json["allow"], true, "{}", answer.text);
            let batch = world.post("/v1/check/batch", service, &json!({"checks": [question]})).await.expect(200);
            assert_eq!(batch.json["verdicts"][0]["allow"], true, "{}", batch.text);
        }
        let no = json!({"event_id": world.event_id(), "subject": subject, "notice": null, "language": null, "method": null, "based_on": null,
            "after": null, "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn", "scope": {}, "explicit": null}]});
        world.post("/v1/withdrawals", service, &no).await.expect(201);
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
        let key = json!({"role": "auditor", "site": null, "label": null});
        world.post("/v1/keys", &t.keys.operator, &key).await.expect(201);

        // A required field is missing.
        let nobody = json!({"subject": null, "purpose": ANALYTICS});
        let refused = world.post("/v1/check", service, &nobody).await.expect_problem(422, "FIELD_INVALID");
        assert_eq!(refused.json["violations"][0]["field"], "/subject");
    }

    /// Protects clients that must tell an invalid field from a temporary error: both databases give the same 422.
    async fn a_text_with_a_nul_is_refused_with_its_field(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let mut consent = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        consent["surface"] = "web\0".into();
        let instance = world.server.app.keyring.instance().expect("a key").to_owned();
        let cases = [
            ("/v1/keys", &t.keys.operator, json!({"role": "auditor", "label": "shop\0"}), "/label"),
            ("/v1/tenants", &instance, json!({"tenant": "other", "controller": "Other\0AB"}), "/controller"),
            ("/v1/sites", &t.keys.operator, json!({"site": "a.example", "origins": ["https://a.example", "\0"]}), "/origins/1"),
            ("/v1/subjects", &t.keys.service, json!({"identifier": "customer\0", "domain": "account"}), "/identifier"),
            ("/v1/consents", &t.keys.service, consent, "/surface"),
            ("/v1/check", &t.keys.service, json!({"subject": subject, "purpose": ANALYTICS, "at_least": "\0"}), "/at_least"),
        ];
        for (path, key, body, field) in cases {
            let answer = world.post(path, key, &body).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(answer.json["violations"][0]["field"], field, "{path}: {}", answer.text);
        }
        for path in ["/sdk/banner%00.js", "/assets/%00", "/v1/banner/pk_%00", "/declaration/pk_%00", "/v1/notices/%00", "/?language=%00"] {
            let answer = world.get(path, "").await;
            assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text);
        }
        let removed = world.send(Method::DELETE, "/v1/keys/k_%00", &t.keys.operator, None).await;
        removed.expect_problem(404, "NOT_FOUND");

        let register = register("loomer").replacen("controller = \"", r#"controller = "\u0000"#, 1);
        let editor = format!("Bearer {}", t.keys.editor);
        let headers = [("content-type", "application/toml"), ("authorization", editor.as_str())];
        let answer = raw(&world, Method::PUT, "/v1/register", &headers, register).await.expect(422);
        assert!(answer.text.contains("`controller` must not hold the character U+0000"), "{}", answer.text);
    }
}
