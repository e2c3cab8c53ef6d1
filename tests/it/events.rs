//! `POST /v1/events` (rule E1): each kind, who may send it, what it takes, and what it answers.

use samtycke_core::bundle::verify::verify;
use samtycke_tests::audit::{self, policy};
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};

use crate::support::{happened, history, proof, said};

const CONSENT: &str = "loomer.cookies-analys";
const INTEREST: &str = "loomer.analysera-utvardera";
const CONTRACT: &str = "loomer.tillhandahalla-tjansterna";
const SHA256: &str = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const SERVICE: &str = "service";
const DPO: &str = "dpo";

fn key<'t>(t: &'t Tenancy, role: &str) -> &'t str {
    if role == DPO {
        &t.keys.dpo
    } else {
        &t.keys.service
    }
}

fn event(world: &World, subject: &str, kind: &str, data: &Value) -> Value {
    json!({"event_id": world.event_id(), "subject": subject, "kind": kind, "data": data})
}

/// Every kind with data that it takes, the role that may send it, and whether it restricts.
fn kinds(world: &World, t: &Tenancy) -> Vec<(&'static str, Value, &'static str, bool)> {
    let other = world.subject();
    let cell = json!({"purpose": CONSENT, "cause": "wrong-text"});
    vec![
        (
            "notice.delivered",
            json!({"notice": t.notice, "purposes": [CONSENT], "language": "sv"}),
            SERVICE,
            false,
        ),
        ("objection.upheld", json!({"purpose": INTEREST}), DPO, true),
        (
            "objection.rejected",
            json!({"purpose": INTEREST, "grounds": "fraud", "balancing_test": SHA256}),
            DPO,
            false,
        ),
        (
            "contract.started",
            json!({"contract": "c-1", "purposes": [CONTRACT]}),
            SERVICE,
            false,
        ),
        (
            "contract.ended",
            json!({"contract": "c-1", "last_day": "2099-06-30"}),
            SERVICE,
            true,
        ),
        (
            "terms.accepted",
            json!({"terms": SHA256, "version": "3"}),
            SERVICE,
            false,
        ),
        (
            "age.band_set",
            json!({"band": "16_17", "verification": "eid"}),
            SERVICE,
            true,
        ),
        (
            "guardian.linked",
            json!({"guardian": other, "verification": "eid", "holders": 1}),
            SERVICE,
            true,
        ),
        (
            "guardian.unlinked",
            json!({"guardian": other, "cause": "custody_ended", "holders": 1}),
            SERVICE,
            true,
        ),
        ("consent.invalidated", cell.clone(), DPO, true),
        ("consent.revoked", cell, DPO, true),
        (
            "subject.linked",
            json!({"from": world.subject()}),
            SERVICE,
            true,
        ),
        (
            "subject.restricted",
            json!({"cause": "accuracy"}),
            DPO,
            true,
        ),
        (
            "subject.unrestricted",
            json!({"cause": "checked"}),
            DPO,
            false,
        ),
    ]
}

fn pointers(answer: &Answer) -> Vec<&str> {
    let errors = answer.json["violations"].as_array();
    let errors = errors.into_iter().flatten();
    errors.filter_map(|error| error["field"].as_str()).collect()
}

async fn reason(world: &World, t: &Tenancy, subject: &str, purpose: &str) -> String {
    let answer = world.check(t, subject, purpose).await.expect(200);
    answer.json["reason"].as_str().expect("a reason").to_owned()
}

both! {
    async fn each_kind_is_recorded_with_its_own_key(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        for (kind, data, role, restricts) in kinds(&world, &t) {
            let body = event(&world, &subject, kind, &data);
            let other = if role == DPO { SERVICE } else { DPO };
            let refused = world.post("/v1/events", key(&t, other), &body).await.expect_problem(403, "FORBIDDEN");
            assert_eq!(pointers(&refused), ["/kind"], "{kind}: {}", refused.text);
            let recorded = world.post("/v1/events", key(&t, role), &body).await.expect(201);
            assert_eq!(recorded.json["receipt"].is_object(), restricts, "{kind}: {}", recorded.text);
            assert!(recorded.json["outcome"].is_string(), "{kind}: {}", recorded.text);
        }
        audit::audit(&world.server.app, &t.log).await;
    }

    async fn a_field_that_a_kind_lacks_is_named_below_data(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        for (kind, mut data, role, _) in kinds(&world, &t) {
            data["surplus"] = json!(1);
            let body = event(&world, &subject, kind, &data);
            let refused = world.post("/v1/events", key(&t, role), &body).await.expect_problem(422, "FIELD_INVALID");
            assert!(pointers(&refused).iter().all(|p| p.starts_with("/data")), "{kind}: {}", refused.text);
            assert!(!pointers(&refused).is_empty(), "{kind}: {}", refused.text);
        }
    }

    async fn an_unknown_kind_is_refused(world: World) {
        let t = world.example("loomer").await;
        for kind in ["decisions", "consent.used", "subject.merged", "subject.erased", "contract"] {
            let body = event(&world, &world.subject(), kind, &json!({}));
            let refused = world.post("/v1/events", &t.keys.service, &body).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(pointers(&refused), ["/kind"], "{kind}: {}", refused.text);
        }
    }

    async fn the_same_event_again_gets_the_same_answer(world: World) {
        let t = world.example("loomer").await;
        let mut body = event(&world, &world.subject(), "contract.started", &json!({"contract": "c-1", "purposes": [CONTRACT]}));
        let first = world.post("/v1/events", &t.keys.service, &body).await.expect(201);
        assert!(!first.headers.contains_key("idempotent-replayed"));
        let again = world.post("/v1/events", &t.keys.service, &body).await.expect(201);
        assert_eq!(again.headers["idempotent-replayed"], "true");
        assert_eq!(again.json, first.json);
        body["data"]["contract"] = json!("c-2");
        world.post("/v1/events", &t.keys.service, &body).await.expect_problem(422, "EVENT_ID_REUSED");
    }

    async fn a_link_again_gets_the_same_answer(world: World) {
        let t = world.example("loomer").await;
        let body = event(&world, &world.subject(), "subject.linked", &json!({"from": world.subject()}));
        let first = world.post("/v1/events", &t.keys.service, &body).await.expect(201);
        let again = world.post("/v1/events", &t.keys.service, &body).await.expect(201);
        assert_eq!(again.json, first.json);
    }

    async fn the_outcome_is_told_for_each_purpose(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let started = json!({"contract": "c-1", "purposes": [CONTRACT]});
        let answer = happened(&world, &t, &subject, "contract.started", started.clone()).await.expect(201);
        assert_eq!(answer.json["cells"], json!([{"purpose": CONTRACT, "outcome": "effective"}]));
        let ended = json!({"contract": "c-1", "last_day": "2020-06-30"});
        happened(&world, &t, &subject, "contract.ended", ended).await.expect(201);
        let late = happened(&world, &t, &subject, "contract.started", started).await.expect(201);
        assert_eq!(late.json["outcome"], "superseded", "{}", late.text);
        assert_eq!(late.json["reason"], "CONTRACT_CLOSED", "{}", late.text);
        assert_eq!(late.json["cells"][0]["reason"], "CONTRACT_CLOSED", "{}", late.text);
    }

    async fn a_contract_answers_checks_until_it_ends(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        assert_eq!(reason(&world, &t, &subject, CONTRACT).await, "CONTRACT_MISSING");
        happened(&world, &t, &subject, "contract.started", json!({"contract": "c", "purposes": [CONTRACT]})).await.expect(201);
        assert_eq!(reason(&world, &t, &subject, CONTRACT).await, "CONTRACT");
        happened(&world, &t, &subject, "contract.ended", json!({"contract": "c", "last_day": "2020-01-31"})).await.expect(201);
        assert_ne!(reason(&world, &t, &subject, CONTRACT).await, "CONTRACT");
    }

    async fn accepted_terms_answer_no_check(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let accepted = happened(&world, &t, &subject, "terms.accepted", json!({"terms": SHA256, "version": "1"})).await.expect(201);
        assert_eq!(accepted.json["cells"], json!([]));
        assert_eq!(reason(&world, &t, &subject, CONTRACT).await, "CONTRACT_MISSING");
        assert_eq!(reason(&world, &t, &subject, CONSENT).await, "CONSENT_MISSING");
    }

    async fn one_to_64_purposes_are_named(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let many: Vec<String> = (0..65).map(|i| format!("loomer.p{i}")).collect();
        for purposes in [json!([]), json!(many)] {
            let data = json!({"contract": "c", "purposes": purposes});
            let refused = happened(&world, &t, &subject, "contract.started", data).await;
            assert_eq!(refused.status, 422, "{}", refused.text);
            assert_eq!(pointers(&refused), ["/data/purposes"], "{}", refused.text);
        }
        let twice = json!({"contract": "c", "purposes": [CONTRACT, CONTRACT]});
        let refused = happened(&world, &t, &subject, "contract.started", twice).await.expect_problem(422, "CELL_REPEATED");
        assert_eq!(pointers(&refused), ["/data/purposes/1"]);
    }

    async fn a_contract_carries_what_rests_on_contract(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let data = json!({"contract": "c", "purposes": [CONTRACT, CONSENT]});
        let refused = happened(&world, &t, &subject, "contract.started", data).await.expect_problem(422, "PURPOSE_NOT_ASKED");
        assert_eq!(pointers(&refused), ["/data/purposes/1"]);
        let data = json!({"contract": "c", "purposes": ["loomer.nothing"]});
        happened(&world, &t, &subject, "contract.started", data).await.expect_problem(422, "PURPOSE_UNKNOWN");
    }

    async fn a_delivery_names_what_its_notice_tells(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let told = |notice: &str, purpose: &str| json!({"notice": notice, "purposes": [purpose], "language": "sv"});
        let data = told(&t.notice, CONTRACT);
        let answer = happened(&world, &t, &subject, "notice.delivered", data).await;
        if answer.status != 201 {
            answer.expect_problem(422, "PURPOSE_NOT_IN_NOTICE");
        }
        let refused = happened(&world, &t, &subject, "notice.delivered", told(SHA256, INTEREST)).await.expect_problem(422, "NOTICE_UNKNOWN");
        assert_eq!(pointers(&refused), ["/data/notice"]);
        let other = world.example("omilon").await;
        let refused = happened(&world, &t, &subject, "notice.delivered", told(&other.notice, INTEREST)).await;
        refused.expect_problem(422, "NOTICE_UNKNOWN");
    }

    async fn legitimate_interest_waits_for_a_delivery(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        assert_eq!(reason(&world, &t, &subject, INTEREST).await, "NOT_INFORMED");
        let data = json!({"notice": t.notice, "purposes": [INTEREST], "language": "sv"});
        happened(&world, &t, &subject, "notice.delivered", data).await.expect(201);
        assert_eq!(reason(&world, &t, &subject, INTEREST).await, "LEGITIMATE_INTEREST");
    }

    async fn only_some_kinds_are_dated_back(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let dated_back = ["contract.started", "consent.invalidated", "correction"];
        for (kind, data, role, _) in kinds(&world, &t) {
            let mut body = event(&world, &subject, kind, &data);
            body["effective_from"] = json!("2026-01-01T00:00:00.000Z");
            let answer = world.post("/v1/events", key(&t, role), &body).await;
            if dated_back.contains(&kind) {
                answer.expect(201);
            } else {
                let refused = answer.expect_problem(422, "FIELD_INVALID");
                assert_eq!(pointers(&refused), ["/effective_from"], "{kind}");
            }
        }
    }

    async fn a_correction_takes_a_grant_back(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let given = said(&world, &t, &subject, CONSENT, "given").await;
        let data = json!({"corrects": given.json["event_id"], "fault": "wrong_subject"});
        let answer = happened(&world, &t, &subject, "correction", data).await.expect(201);
        assert_eq!(answer.json["outcome"], "effective", "{}", answer.text);
        assert_ne!(reason(&world, &t, &subject, CONSENT).await, "CONSENT_VALID");
    }

    async fn a_restriction_stops_and_its_lifting_releases(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        said(&world, &t, &subject, CONSENT, "given").await;
        let stopped = happened(&world, &t, &subject, "subject.restricted", json!({"cause": "accuracy"})).await.expect(201);
        assert_eq!(reason(&world, &t, &subject, CONSENT).await, "RESTRICTED");
        let mut body = event(&world, &subject, "subject.unrestricted", &json!({"cause": "checked"}));
        let unseen = world.post("/v1/events", &t.keys.dpo, &body).await.expect(201);
        assert_eq!(unseen.json["outcome"], "superseded", "{}", unseen.text);
        body["event_id"] = json!(world.event_id());
        body["based_on"] = stopped.json["seq"].clone();
        world.post("/v1/events", &t.keys.dpo, &body).await.expect(201);
        assert_eq!(reason(&world, &t, &subject, CONSENT).await, "CONSENT_VALID");
    }

    async fn a_guardians_word_needs_the_guardian_as_actor(world: World) {
        let t = world.example("loomer").await;
        let (child, guardian) = (world.subject(), world.subject());
        let mut body = event(&world, &child, "guardian.withdrawn", &json!({"purpose": CONSENT}));
        let refused = world.post("/v1/events", &t.keys.service, &body).await.expect_problem(422, "FIELD_INVALID");
        assert_eq!(pointers(&refused), ["/actor"]);
        body["actor"] = json!({"role": "guardian", "ref": guardian, "verification": "eid"});
        let unlinked = world.post("/v1/events", &t.keys.service, &body).await.expect(201);
        assert_eq!(unlinked.json["cells"][0]["reason"], "NOT_ENTITLED", "{}", unlinked.text);
        happened(&world, &t, &child, "guardian.linked", json!({"guardian": guardian, "verification": "eid", "holders": 1})).await.expect(201);
        body["event_id"] = json!(world.event_id());
        let heard = world.post("/v1/events", &t.keys.service, &body).await.expect(201);
        assert_eq!(heard.json["outcome"], "effective", "{}", heard.text);
        assert!(heard.json["receipt"].is_object(), "{}", heard.text);
    }

    async fn each_kind_is_in_the_history_and_proven_offline(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let mut recorded = Vec::new();
        for (kind, data, role, _) in kinds(&world, &t) {
            let body = event(&world, &subject, kind, &data);
            recorded.push(world.post("/v1/events", key(&t, role), &body).await.expect(201));
        }
        let known = history(&world, &t, &subject).await;
        let types: Vec<&str> = known.iter().filter_map(|event| event["type"].as_str()).collect();
        let kinds: Vec<&str> = kinds(&world, &t).iter().map(|(kind, ..)| *kind).collect();
        assert_eq!(types, kinds);
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        world.server.app.publisher.publish(&tenant).await.expect("published");
        let policy = policy(&t.vkey);
        for event in &recorded {
            let bundle = proof(&world, &t, event).await;
            let report = verify(bundle.as_bytes(), &policy, None);
            assert_eq!(report.outcome.exit_code(), 0, "{:?}: {bundle}", report.outcome);
        }
    }
}
