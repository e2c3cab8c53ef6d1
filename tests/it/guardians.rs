//! Guardians (rule E8): what a guardian's word about a preventive service leaves, and what a linked guardian reads and
//! decides with the capability of the guardian's own subject.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use samtycke_core::id::SubjectId;
use samtycke_server::clock::{SystemRng, random};
use samtycke_tests::world::Answer;
use samtycke_tests::{Engine, Tenancy, World, both};
use serde_json::{Value, json};

use crate::raw::Raw;
use crate::support::{happened, raw, said, verdict};

const PREVENTIVE: &str = "ommej.appkonto";
const TESTER: &str = "ommej.apptestare";
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A guardian with a subject of their own browser.
struct Guardian {
    subject: String,
    capability: String,
}

impl Guardian {
    fn new() -> Self {
        let secret: [u8; 32] = random(&SystemRng);
        Self {
            subject: SubjectId::from_capability(&secret).to_string(),
            capability: URL_SAFE_NO_PAD.encode(secret),
        }
    }

    async fn send(
        &self,
        world: &World,
        t: &Tenancy,
        method: Method,
        path: &str,
        body: &str,
    ) -> Answer {
        let bearer = format!("Bearer {}", t.keys.publishable);
        let headers = [
            ("authorization", bearer.as_str()),
            ("origin", &t.web_origin),
            ("content-type", "application/json"),
            ("samtycke-capability", &self.capability),
        ];
        raw(world, method, path, &headers, body).await
    }

    async fn reads(&self, world: &World, t: &Tenancy, child: &str, what: &str) -> Answer {
        self.send(
            world,
            t,
            Method::GET,
            &format!("/v1/subjects/{child}/{what}"),
            "",
        )
        .await
    }

    async fn says(&self, world: &World, t: &Tenancy, child: &str, body: &Value) -> Answer {
        let path = format!("/v1/subjects/{child}/decisions");
        self.send(world, t, Method::POST, &path, &body.to_string())
            .await
    }
}

fn word(world: &World, t: &Tenancy, purpose: &str, decision: &str) -> Value {
    let mut body = json!({"event_id": world.event_id(), "purpose": purpose, "decision": decision});
    if decision == "given" {
        body["notice"] = json!(t.notice);
        body["language"] = json!("sv");
        body["method"] = json!("button");
        body["explicit"] = json!(true);
    }
    body
}

async fn link(world: &World, t: &Tenancy, child: &str, guardian: &Guardian, verification: &str) {
    let data = json!({"guardian": guardian.subject, "verification": verification, "holders": 1});
    happened(world, t, child, "guardian.linked", data)
        .await
        .expect(201);
}

async fn band(world: &World, t: &Tenancy, child: &str, band: &str) {
    let data = json!({"band": band, "verification": "eid"});
    happened(world, t, child, "age.band_set", data)
        .await
        .expect(201);
}

/// A child of 12 with a linked guardian.
async fn family(world: &World, t: &Tenancy) -> (String, Guardian) {
    let (child, guardian) = (world.subject(), Guardian::new());
    band(world, t, &child, "7_12").await;
    link(world, t, &child, &guardian, "eid").await;
    (child, guardian)
}

/// The number of rows of each table.
async fn rows(world: &World) -> Vec<(String, String)> {
    let mut raw = Raw::open(world).await;
    let names = match world.engine {
        Engine::Sqlite => {
            "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name"
        }
        Engine::Postgres => {
            "select table_name::text from information_schema.tables where table_schema = 'public' order by 1"
        }
    };
    let mut counted = Vec::new();
    for table in raw.texts(names).await {
        // What the publisher writes meanwhile is no trace of a request.
        if !["checkpoint", "published", "tile", "log_head"].contains(&table.as_str()) {
            let count = raw.count(&table).await;
            counted.push((table, count));
        }
    }
    counted
}

/// The answer without what is of the request itself.
fn without_own(answer: &Answer) -> Value {
    let mut json = answer.json.clone();
    let fields = json.as_object_mut().expect("an object");
    fields.remove("event_id");
    fields.remove("received_at");
    if let Some(receipt) = fields.get_mut("receipt").and_then(Value::as_object_mut) {
        receipt.remove("committed_at");
        receipt.remove("in_force_everywhere_by");
    }
    json
}

both! {
    async fn a_word_about_a_preventive_service_leaves_nothing(world: World) {
        let t = world.example("ommej").await;
        let (user, known, unknown) = (world.subject(), world.subject(), world.subject());
        let guardian = Guardian::new();
        for child in [&user, &known] {
            band(&world, &t, child, "7_12").await;
            link(&world, &t, child, &guardian, "eid").await;
        }
        said(&world, &t, &user, PREVENTIVE, "given").await;
        let before = rows(&world).await;
        let actor = json!({"role": "guardian", "ref": guardian.subject, "verification": "eid"});
        let mut answers = Vec::new();
        for child in [&user, &known, &unknown] {
            let mut of_child = Vec::new();
            for (path, body) in [
                ("/v1/events", json!({"kind": "guardian.withdrawn", "data": {"purpose": PREVENTIVE}})),
                ("/v1/events", json!({"kind": "guardian.declined", "data": {"purpose": PREVENTIVE}})),
                ("/v1/withdrawals", json!({"decisions": [{"purpose": PREVENTIVE, "decision": "withdrawn"}]})),
            ] {
                let mut body = body;
                body["event_id"] = json!(world.event_id());
                body["subject"] = json!(child);
                body["actor"] = actor.clone();
                let answer = world.post(path, &t.keys.service, &body).await;
                of_child.push((answer.status, without_own(&answer)));
            }
            answers.push(of_child);
        }
        assert_eq!(answers[0], answers[1], "a child with an account, and one without");
        assert_eq!(answers[0], answers[2], "and a subject that does not exist");
        assert_eq!(rows(&world).await, before, "no leaf, no row, no count");
        assert_eq!(verdict(&world, &t, &user, PREVENTIVE).await.1, "CONSENT_VALID");
    }

    async fn a_guardian_reads_what_hears_guardians(world: World) {
        let t = world.example("ommej").await;
        let (child, guardian) = family(&world, &t).await;
        said(&world, &t, &child, PREVENTIVE, "given").await;
        said(&world, &t, &child, TESTER, "given").await;
        let seen = guardian.reads(&world, &t, &child, "decisions").await.expect(200);
        assert!(!seen.text.contains(PREVENTIVE), "{}", seen.text);
        let cells = seen.json["decisions"].as_array().expect("a list");
        assert_eq!(cells.len(), 1, "{}", seen.text);
        assert_eq!((&cells[0]["purpose"], &cells[0]["seq"], &seen.json["seq"]), (&json!(TESTER), &json!(0), &json!(0)));
        assert!(cells[0]["token"].is_string(), "{}", seen.text);
        let history = guardian.reads(&world, &t, &child, "history").await.expect(200);
        assert!(!history.text.contains(PREVENTIVE), "{}", history.text);
        let events = history.json["events"].as_array().expect("a list");
        assert_eq!(events.len(), 1, "{}", history.text);
        assert_eq!(events[0]["seq"], 1, "counted without the others");
    }

    async fn a_preventive_account_changes_nothing_that_is_read(world: World) {
        let t = world.example("ommej").await;
        let (child, guardian) = family(&world, &t).await;
        said(&world, &t, &child, TESTER, "given").await;
        let read = async || {
            let decisions = guardian.reads(&world, &t, &child, "decisions").await.expect(200);
            let history = guardian.reads(&world, &t, &child, "history").await.expect(200);
            (decisions.text, history.text)
        };
        let before = read().await;
        said(&world, &t, &child, PREVENTIVE, "given").await;
        world.withdraw(&t, &child, &[PREVENTIVE]).await.expect(201);
        assert_eq!(read().await, before);
    }

    async fn a_guardian_authorises_and_withdraws(world: World) {
        let t = world.example("ommej").await;
        let (child, guardian) = family(&world, &t).await;
        said(&world, &t, &child, TESTER, "given").await;
        let cells = guardian.reads(&world, &t, &child, "decisions").await.expect(200);
        let mut yes = word(&world, &t, TESTER, "given");
        yes["based_on"] = cells.json["decisions"][0]["token"].clone();
        let given = guardian.says(&world, &t, &child, &yes).await.expect(201);
        assert_eq!(given.json["decisions"][0]["outcome"], "effective", "{}", given.text);
        assert!(given.json["seq"].is_null(), "{}", given.text);
        let again = guardian.says(&world, &t, &child, &yes).await.expect(201);
        assert_eq!(again.headers["idempotent-replayed"], "true");
        assert_eq!(again.json, given.json);
        let no = word(&world, &t, TESTER, "withdrawn");
        let taken = guardian.says(&world, &t, &child, &no).await.expect(201);
        assert!(taken.json["receipt"].is_object(), "{}", taken.text);
        assert!(!verdict(&world, &t, &child, TESTER).await.0);
    }

    async fn an_unseen_withdrawal_stops_a_guardians_grant(world: World) {
        let t = world.example("ommej").await;
        let (child, guardian) = family(&world, &t).await;
        said(&world, &t, &child, TESTER, "given").await;
        let cells = guardian.reads(&world, &t, &child, "decisions").await.expect(200);
        world.withdraw(&t, &child, &[TESTER]).await.expect(201);
        let mut yes = word(&world, &t, TESTER, "given");
        yes["based_on"] = cells.json["decisions"][0]["token"].clone();
        let late = guardian.says(&world, &t, &child, &yes).await.expect(201);
        assert_eq!(late.json["decisions"][0]["outcome"], "superseded", "{}", late.text);
    }

    async fn who_is_no_guardian_meets_a_subject_that_does_not_exist(world: World) {
        let t = world.example("ommej").await;
        let (child, guardian) = family(&world, &t).await;
        let (weak_child, grown, unknown) = (world.subject(), world.subject(), world.subject());
        let (stranger, weak, former) = (Guardian::new(), Guardian::new(), Guardian::new());
        band(&world, &t, &weak_child, "7_12").await;
        link(&world, &t, &weak_child, &weak, "self_declared").await;
        link(&world, &t, &child, &former, "eid").await;
        let data = json!({"guardian": former.subject, "cause": "custody_ended", "holders": 1});
        happened(&world, &t, &child, "guardian.unlinked", data).await.expect(201);
        link(&world, &t, &grown, &guardian, "eid").await;
        band(&world, &t, &grown, "adult").await;
        let cases = [
            (&stranger, &unknown), (&stranger, &child), (&weak, &weak_child), (&former, &child), (&guardian, &grown),
        ];
        let mut answers = Vec::new();
        for (who, whose) in cases {
            let read = who.reads(&world, &t, whose, "decisions").await;
            let history = who.reads(&world, &t, whose, "history").await;
            let said = who.says(&world, &t, whose, &word(&world, &t, TESTER, "withdrawn")).await;
            for answer in [&read, &history, &said] {
                answer.clone().expect_problem(403, "CAPABILITY_INVALID");
            }
            answers.push([read, history, said].map(|answer| answer.text));
        }
        // A problem names its own request.
        let same = |texts: &[String; 3]| texts.clone().map(|text| {
            let mut json: Value = serde_json::from_str(&text).expect("JSON");
            json.as_object_mut().expect("an object").retain(|name, _| name != "request_id" && name != "instance");
            json
        });
        for other in &answers[1..] {
            assert_eq!(same(other), same(&answers[0]));
        }
    }

    /// A link names one subject of the guardian's; the account and every telephone linked to it lead to the child, and the
    /// voice stays one (rules E8f and E22).
    async fn a_guardian_comes_with_each_of_their_linked_subjects(world: World) {
        let t = world.example("ommej").await;
        let (child, account) = family(&world, &t).await;
        let (telephone, tablet) = (Guardian::new(), Guardian::new());
        let merge = async |kind: &str, into: &Guardian, from: &Guardian| {
            let mut data = json!({"from": from.subject});
            if kind == "subject.unmerged" {
                data["cause"] = json!("mistake");
            }
            happened(&world, &t, &into.subject, kind, data).await.expect(201);
        };
        telephone.reads(&world, &t, &child, "decisions").await.expect_problem(403, "CAPABILITY_INVALID");
        merge("subject.linked", &account, &telephone).await;
        merge("subject.linked", &account, &tablet).await;
        for each in [&account, &telephone, &tablet] {
            each.reads(&world, &t, &child, "decisions").await.expect(200);
        }
        let said = telephone.says(&world, &t, &child, &word(&world, &t, TESTER, "withdrawn")).await;
        said.expect(201);
        let cells = account.reads(&world, &t, &child, "decisions").await.expect(200);
        let mut yes = word(&world, &t, TESTER, "given");
        yes["based_on"] = cells.json["decisions"][0]["token"].clone();
        let given = account.says(&world, &t, &child, &yes).await.expect(201);
        assert_eq!(given.json["decisions"][0]["outcome"], "effective", "the refusal was the same voice's: {}", given.text);
        merge("subject.unmerged", &account, &telephone).await;
        telephone.reads(&world, &t, &child, "decisions").await.expect_problem(403, "CAPABILITY_INVALID");

        let (new_account, linked) = (Guardian::new(), tablet);
        let child = world.subject();
        band(&world, &t, &child, "7_12").await;
        link(&world, &t, &child, &linked, "eid").await;
        merge("subject.unmerged", &account, &linked).await;
        merge("subject.linked", &new_account, &linked).await;
        new_account.reads(&world, &t, &child, "decisions").await.expect(200);
        account.reads(&world, &t, &child, "decisions").await.expect_problem(403, "CAPABILITY_INVALID");
    }

    /// A purpose with iss_preventive refuses guardians (rule E8e).
    async fn a_preventive_purpose_takes_no_guardians_word(world: World) {
        let t = world.example("ommej").await;
        let (child, guardian) = family(&world, &t).await;
        said(&world, &t, &child, PREVENTIVE, "given").await;
        let before = rows(&world).await;
        for decision in ["given", "refused", "withdrawn"] {
            let body = word(&world, &t, PREVENTIVE, decision);
            let refused = guardian.says(&world, &t, &child, &body).await;
            refused.expect_problem(403, "CAPABILITY_INVALID");
        }
        assert_eq!(rows(&world).await, before);
    }

    async fn the_link_ends_on_the_day_of_18(world: World) {
        let t = world.example("ommej").await;
        let (child, guardian) = (world.subject(), Guardian::new());
        link(&world, &t, &child, &guardian, "eid").await;
        let data = json!({"band": "16_17", "until": world.day(3), "verification": "eid"});
        happened(&world, &t, &child, "age.band_set", data).await.expect(201);
        guardian.reads(&world, &t, &child, "decisions").await.expect(200);
        world.clock.advance(3 * DAY);
        guardian.reads(&world, &t, &child, "decisions").await.expect_problem(403, "CAPABILITY_INVALID");
        let no = word(&world, &t, TESTER, "withdrawn");
        guardian.says(&world, &t, &child, &no).await.expect_problem(403, "CAPABILITY_INVALID");
    }

    async fn a_grant_needs_its_notice(world: World) {
        let t = world.example("ommej").await;
        let (child, guardian) = family(&world, &t).await;
        for field in ["notice", "language", "method"] {
            let mut body = word(&world, &t, TESTER, "given");
            body.as_object_mut().expect("an object").remove(field);
            let refused = guardian.says(&world, &t, &child, &body).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(refused.json["violations"][0]["field"], format!("/{field}"), "{}", refused.text);
        }
    }
}
