//! What recording refuses, and that a refusal never repeats the refused value.

use samtycke_tests::{Keys, Tenancy, World, both};
use serde_json::{Value, json};

use crate::support::{Browser, PERSONAL, history, outcome, proof, verdict};

const ANALYTICS: &str = "loomer.cookies-analys";

both! {
    /// Protects the edge (S12, L1): unknown, missing, duplicate, excessive or automated input is refused with a stable
    /// reason and a pointer to the field, and nothing is stored.
    async fn a_consent_that_is_not_one_is_refused_with_a_pointer(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let given = json!({"purpose": ANALYTICS, "decision": "given"});
        let unknown_hash = format!("sha256:{}", "0".repeat(64));
        let many: Vec<Value> = (0..65).map(|i| json!({"purpose": format!("loomer.p{i}"), "decision": "given"})).collect();
        let cases: &[(&str, Value, &str, &str)] = &[
            ("/decisions/0/purpose", json!("loomer.nobody-knows"), "PURPOSE_UNKNOWN", "/decisions/0/purpose"),
            ("/decisions/0/purpose", json!("loomer.tillhandahalla-tjansterna"), "PURPOSE_NOT_IN_NOTICE", "/decisions/0/purpose"),
            ("/decisions/0/decision", json!("objection_retracted"), "PURPOSE_NOT_ASKED", "/decisions/0/decision"),
            ("/decisions/0/scope", json!({"recipient": "example-a"}), "SCOPE_MISMATCH", "/decisions/0/scope"),
            ("/decisions/0/note", json!("a name"), "FIELD_INVALID", "/decisions/0/note"),
            ("/decisions/0/decision", json!("presumed"), "FIELD_INVALID", "/decisions/0/decision"),
            ("/decisions", json!([]), "FIELD_INVALID", "/decisions"),
            ("/decisions", json!([given, given]), "CELL_REPEATED", "/decisions/1"),
            ("/decisions", json!(many), "FIELD_INVALID", "/decisions"),
            ("/notice", json!(unknown_hash), "NOTICE_UNKNOWN", "/notice"),
            ("/method", json!("api"), "METHOD_INVALID", "/method"),
            ("/method", json!("implicit"), "FIELD_INVALID", "/method"),
            ("/based_on", Value::Null, "FIELD_INVALID", "/based_on"),
            ("/based_on", json!(-1), "FIELD_INVALID", "/based_on"),
            ("/name", json!("somebody"), "FIELD_INVALID", "/name"),
            ("/occurred_at", json!("yesterday"), "FIELD_INVALID", "/occurred_at"),
            ("/ui_hash", json!("AB"), "FIELD_INVALID", "/ui_hash"),
            ("/event_id", json!("not-a-uuid"), "FIELD_INVALID", "/event_id"),
            ("/after", json!(vec![world.event_id(); 17]), "FIELD_INVALID", "/after"),
        ];
        for (field, value, reason, pointer) in cases {
            let mut body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
            let (parent, name) = field.rsplit_once('/').expect("a pointer");
            let parent = body.pointer_mut(parent).expect("a place").as_object_mut().expect("an object");
            parent.insert((*name).to_owned(), value.clone());
            let answer = world.post("/v1/consents", &t.keys.service, &body).await.expect_problem(422, reason);
            assert_eq!(answer.json["violations"][0]["field"], *pointer, "{field}: {}", answer.text);
        }
        for field in ["event_id", "subject", "notice", "language", "method", "decisions"] {
            let mut body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
            body.as_object_mut().expect("an object").remove(field);
            let answer = world.post("/v1/consents", &t.keys.service, &body).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(answer.json["violations"][0]["field"], format!("/{field}"));
        }
        assert!(history(&world, &t, &subject).await.is_empty(), "nothing was stored");
    }

    /// Protects L8 (GDPR Art. 7(3)): a refusal needs only an id, a subject and its purposes, and returns the receipt of
    /// C7. The route that is never shed accepts nothing permissive.
    async fn a_withdrawal_takes_three_fields_and_gives_a_receipt(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let answer = world.withdraw(&t, &subject, &[ANALYTICS]).await;
        assert_eq!(outcome(&answer), ("effective", ""));
        let receipt = &answer.json["receipt"];
        assert_eq!(receipt["position"], answer.json["position"]);
        assert_eq!(receipt["committed_at"], answer.json["received_at"]);
        let at = |field: &str| samtycke_core::wire::parse_rfc3339(receipt[field].as_str().expect("a time")).expect("a time");
        assert_eq!(at("in_force_everywhere_by") - at("committed_at"), 5_000, "max(D, rely_ms)");

        for kind in ["given", "renewed", "objection_retracted", "deferred"] {
            let body = json!({"event_id": world.event_id(), "subject": subject,
                "decisions": [{"purpose": ANALYTICS, "decision": kind}]});
            let answer = world.post("/v1/withdrawals", &t.keys.service, &body).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(answer.json["violations"][0]["field"], "/decisions/0/decision");
        }
        let mixed = json!({"event_id": world.event_id(), "subject": subject, "decisions": [
            {"purpose": ANALYTICS, "decision": "withdrawn"}, {"purpose": "loomer.cookies-tredjepart", "decision": "given"}]});
        world.post("/v1/withdrawals", &t.keys.service, &mixed).await.expect_problem(422, "FIELD_INVALID");
        assert_eq!(verdict(&world, &t, &subject, "loomer.cookies-tredjepart").await.1, "CONSENT_MISSING");
    }

    /// Protects S28: a value that looks like a person's number or address is refused wherever a pseudonym or a code
    /// belongs, and the refusal never repeats it.
    async fn a_personal_identifier_is_refused_and_not_repeated(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        for personal in PERSONAL {
            let places: [(&str, Value); 6] = [
                ("subject", json!(personal)),
                ("surface", json!(personal)),
                ("event_id", json!(personal)),
                ("actor", json!({"role": "staff", "ref": personal})),
                ("decisions", json!([{"purpose": ANALYTICS, "decision": "given", "scope": {"recipient": personal}}])),
                ("decisions", json!([{"purpose": personal, "decision": "given"}])),
            ];
            for (field, value) in places {
                let mut body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
                body[field] = value;
                let answer = world.post("/v1/consents", &t.keys.service, &body).await.expect(422);
                let reason = answer.json["reason"].as_str().expect("a reason");
                assert!(["PERSONAL_IDENTIFIER", "FIELD_INVALID"].contains(&reason), "{field}: {}", answer.text);
                assert!(!answer.text.contains(personal), "{field} is repeated: {}", answer.text);
            }
            let unknown_field = json!({"event_id": world.event_id(), "subject": subject, personal: 1, "decisions": []});
            let answer = world.post("/v1/withdrawals", &t.keys.service, &unknown_field).await.expect(422);
            assert!(!answer.text.contains(personal), "{}", answer.text);
            let check = json!({"subject": personal, "purpose": ANALYTICS});
            let answer = world.post("/v1/check", &t.keys.service, &check).await.expect(422);
            assert!(!answer.text.contains(personal), "{}", answer.text);
            for domain in ["account", "device"] {
                let body = json!({"identifier": personal, "domain": domain});
                let answer = world.post("/v1/subjects", &t.keys.service, &body).await.expect_problem(422, "PERSONAL_IDENTIFIER");
                assert!(!answer.text.contains(personal), "{}", answer.text);
            }
        }
        assert!(history(&world, &t, &subject).await.is_empty(), "nothing was stored");
    }

    /// Protects the assurance that a purpose can require: the key decides. Evidence of an eID or a signature raises the
    /// assurance of a server's statement; evidence alone, or a method alone, does not.
    async fn evidence_of_an_eid_makes_a_consent_signed(world: World) {
        let t = world.example("loomer").await;
        let evidence = "ab".repeat(32);
        let cases = [("eid", true, "signed"), ("signature", true, "signed"), ("eid", false, "server"), ("button", true, "server")];
        for (method, with_evidence, expected) in cases {
            let mut body = world.consent(&t, &world.subject(), 0, &[(ANALYTICS, "given")]);
            body["method"] = method.into();
            if with_evidence {
                body["evidence"] = evidence.clone().into();
            }
            let recorded = world.post("/v1/consents", &t.keys.service, &body).await.expect(201);
            let bundle = proof(&world, &t, &recorded).await;
            let assurance = format!("\\\"assurance\\\":\\\"{expected}\\\"");
            assert!(bundle.contains(&assurance), "{method}, {with_evidence}: {bundle}");
        }
    }

    /// Protects the order of grants and refusals: a grant that claims to have seen events beyond the newest is refused,
    /// because it would override every withdrawal to come. A withdrawal with such a claim is still recorded.
    async fn a_grant_cannot_have_seen_the_future(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        for based_on in [3, 9_007_199_254_740_991] {
            let refused = world.record(&t, &subject, based_on, &[(ANALYTICS, "given")]).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(refused.json["violations"][0]["field"], "/based_on");
        }
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
        let mut body = json!({"event_id": world.event_id(), "subject": subject, "based_on": 99,
            "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        world.post("/v1/withdrawals", &t.keys.service, &body).await.expect(201);
        body["event_id"] = world.event_id().into();
        world.post("/v1/withdrawals", &t.keys.dpo, &body).await.expect(201);
        assert_eq!(outcome(&world.record(&t, &subject, 4, &[(ANALYTICS, "given")]).await), ("effective", ""));
    }

    /// Protects the evidence (GDPR Art. 7(1)): a page of one site can only cite a notice of that site, because no other
    /// was shown there. A withdrawal stands whatever it cites.
    async fn a_page_cites_its_own_sites_notice(world: World) {
        let t = world.example("loomer").await;
        let shop = another_site(&world, &t, "shop.loomer.example").await;
        let me = Browser::new();
        let says = async |t: &Tenancy, path: &str, body: &Value| me.post(&world, t, &t.web_origin, path, body).await;
        let cites_other = Tenancy { notice: t.notice.clone(), ..shop.clone() };
        let body = world.consent(&cites_other, &me.subject, 0, &[(ANALYTICS, "given")]);
        let refused = says(&shop, "/v1/consents", &body).await.expect_problem(422, "NOTICE_UNKNOWN");
        assert_eq!(refused.json["violations"][0]["field"], "/notice");
        let body = world.consent(&shop, &me.subject, 0, &[(ANALYTICS, "given")]);
        says(&t, "/v1/consents", &body).await.expect_problem(422, "NOTICE_UNKNOWN");
        says(&shop, "/v1/consents", &body).await.expect(201);
        // A key without a site may cite either: the tenant's server states where it was shown.
        let by_server = world.consent(&shop, &world.subject(), 0, &[(ANALYTICS, "given")]);
        world.post("/v1/consents", &t.keys.service, &by_server).await.expect(201);
        let withdrawal = json!({"event_id": world.event_id(), "notice": t.notice, "language": "sv",
            "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        says(&shop, "/v1/withdrawals", &withdrawal).await.expect(201);
    }

    /// Protects drafts: pages may read a notice once it is published, and only the tenant's own staff before.
    async fn a_page_does_not_see_a_draft(world: World) {
        let t = world.example("loomer").await;
        let request = json!({"site": t.site, "about": "terminal", "languages": ["sv", "fi"]});
        let draft = world.post("/v1/notices", &t.keys.editor, &request).await.expect(201);
        let path = format!("/v1/notices/{}", draft.json["hash"].as_str().expect("a hash"));
        world.get(&path, &t.keys.publishable).await.expect_problem(404, "NOT_FOUND");
        world.get(&path, &t.keys.editor).await.expect(200);
        world.get(&format!("/v1/notices/{}", t.notice), &t.keys.publishable).await.expect(200);
        world.post(&format!("{path}/publish"), &t.keys.publisher, &json!({})).await.expect(200);
        world.get(&path, &t.keys.publishable).await.expect(200);
    }
}

/// The same tenant at another site, which has its own notice.
async fn another_site(world: &World, t: &Tenancy, site: &str) -> Tenancy {
    let web_origin = format!("https://{site}");
    let request = json!({"site": site, "origins": [web_origin]});
    world
        .post("/v1/sites", &t.keys.operator, &request)
        .await
        .expect(201);
    let added = world
        .post("/v1/notices", &t.keys.editor, &json!({"site": site}))
        .await
        .expect(201);
    let notice = added.json["hash"].as_str().expect("a hash").to_owned();
    let path = format!("/v1/notices/{notice}/publish");
    world
        .post(&path, &t.keys.publisher, &json!({}))
        .await
        .expect(200);
    let request = json!({"role": "publishable", "site": site});
    let key = world
        .post("/v1/keys", &t.keys.operator, &request)
        .await
        .expect(201);
    let publishable = key.json["key"].as_str().expect("a key").to_owned();
    Tenancy {
        site: site.to_owned(),
        web_origin,
        notice,
        keys: Keys {
            publishable,
            ..t.keys.clone()
        },
        ..t.clone()
    }
}
