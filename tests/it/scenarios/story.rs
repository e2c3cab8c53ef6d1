//! One controller's story: events of its people, and what checks answer at each step.

use std::cell::RefCell;
use std::collections::BTreeMap;

use reqwest::Method;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, audit};
use serde_json::{Map, Value, json};

use super::DAY_MS;

/// A story. Every step that is not as expected is kept, so that one run tells them all; `end` fails with them.
pub(crate) struct Story<'a> {
    pub(crate) world: &'a World,
    pub(crate) t: &'a Tenancy,
    /// The last number of each stream that the tenant's server has seen.
    seen: RefCell<BTreeMap<String, u64>>,
    wrong: RefCell<Vec<String>>,
}

impl<'a> Story<'a> {
    pub(crate) fn of(world: &'a World, t: &'a Tenancy) -> Self {
        Self {
            world,
            t,
            seen: RefCell::default(),
            wrong: RefCell::default(),
        }
    }

    /// A day, this many days from now.
    pub(crate) fn day(&self, days: i64) -> String {
        self.world.day(days)
    }

    pub(crate) fn days_pass(&self, days: i64) {
        self.world.clock.advance(days * DAY_MS);
    }

    /// The subject of an identifier that only the controller knows.
    pub(crate) async fn person(&self, domain: &str, identifier: &str) -> String {
        let body = json!({"domain": domain, "identifier": identifier});
        let made = self
            .world
            .post("/v1/subjects", &self.t.keys.service, &body)
            .await
            .expect(200);
        made.json["subject"].as_str().expect("a subject").to_owned()
    }

    async fn send(&self, path: &str, key: &str, subject: &str, mut body: Value) -> Answer {
        body["event_id"] = self.world.event_id().into();
        body["subject"] = subject.into();
        if path != "/v1/withdrawals" {
            let seen = self.seen.borrow().get(subject).copied().unwrap_or(0);
            body["based_on"] = seen.into();
        }
        let answer = self.world.post(path, key, &body).await;
        if let Some(seq) = answer.json["seq"].as_u64() {
            self.seen.borrow_mut().insert(subject.to_owned(), seq);
        }
        answer
    }

    /// An event of the tenant's server.
    pub(crate) async fn event(&self, subject: &str, kind: &str, data: Value) -> Answer {
        self.send(
            "/v1/events",
            &self.t.keys.service,
            subject,
            json!({"kind": kind, "data": data}),
        )
        .await
    }

    /// The same, with further fields of the request.
    pub(crate) async fn dated(
        &self,
        subject: &str,
        kind: &str,
        data: Value,
        more: Value,
    ) -> Answer {
        let body = joined(json!({"kind": kind, "data": data}), more);
        self.send("/v1/events", &self.t.keys.service, subject, body)
            .await
    }

    /// An event of the tenant's data protection officer.
    pub(crate) async fn officer(&self, subject: &str, kind: &str, data: Value) -> Answer {
        self.send(
            "/v1/events",
            &self.t.keys.dpo,
            subject,
            json!({"kind": kind, "data": data}),
        )
        .await
    }

    /// A guardian's word about a child.
    pub(crate) async fn guardian(
        &self,
        child: &str,
        guardian: &str,
        kind: &str,
        mut data: Value,
    ) -> Answer {
        if kind == "guardian.authorised" {
            data["notice"] = self.t.notice.clone().into();
            data["language"] = "sv".into();
            data["method"] = "button".into();
        }
        let actor = json!({"role": "guardian", "ref": guardian, "verification": "eid"});
        let body = json!({"kind": kind, "data": data, "actor": actor});
        self.send("/v1/events", &self.t.keys.service, child, body)
            .await
    }

    /// A decision of the person's own, on the tenant's page. `extra` are further fields of the decision.
    pub(crate) async fn decides(
        &self,
        subject: &str,
        purpose: &str,
        word: &str,
        extra: Value,
    ) -> Answer {
        self.decides_with(subject, purpose, word, extra, json!({}))
            .await
    }

    /// The same, with further fields of the request.
    pub(crate) async fn decides_with(
        &self,
        subject: &str,
        purpose: &str,
        word: &str,
        extra: Value,
        more: Value,
    ) -> Answer {
        let decision = joined(json!({"purpose": purpose, "decision": word}), extra);
        let restricts = ["refused", "withdrawn", "objected"].contains(&word);
        let (path, body) = if restricts {
            ("/v1/withdrawals", json!({"decisions": [decision]}))
        } else {
            let notice = json!({"notice": self.t.notice, "language": "sv", "method": "button"});
            (
                "/v1/consents",
                joined(notice, json!({"decisions": [decision]})),
            )
        };
        self.send(path, &self.t.keys.service, subject, joined(body, more))
            .await
    }

    /// The tenant's notice reaches the person.
    pub(crate) async fn told(&self, subject: &str, purposes: &[&str]) {
        let data = json!({"notice": self.t.notice, "purposes": purposes, "language": "sv"});
        let told = self.event(subject, "notice.delivered", data).await;
        self.same(
            "the notice is delivered",
            &told.json["outcome"],
            &json!("effective"),
        );
    }

    /// A check, with further fields of the question.
    pub(crate) async fn check(&self, subject: &str, purpose: &str, more: Value) -> Value {
        let question = joined(json!({"subject": subject, "purpose": purpose}), more);
        self.world
            .post("/v1/check", &self.t.keys.service, &question)
            .await
            .expect(200)
            .json
    }

    /// The check must answer `allow REASON` or `deny REASON`.
    pub(crate) async fn expect(
        &self,
        step: &str,
        subject: &str,
        purpose: &str,
        verdict: &str,
    ) -> Value {
        self.expect_of(step, subject, purpose, json!({}), verdict)
            .await
    }

    /// The same of a question with further fields.
    pub(crate) async fn expect_of(
        &self,
        step: &str,
        subject: &str,
        purpose: &str,
        more: Value,
        verdict: &str,
    ) -> Value {
        let answer = self.check(subject, purpose, more.clone()).await;
        let allows = if answer["allow"] == true {
            "allow"
        } else {
            "deny"
        };
        let got = format!(
            "{allows} {}",
            answer["reason"].as_str().unwrap_or("without a reason")
        );
        if got != verdict {
            self.wrong
                .borrow_mut()
                .push(format!("{step}: {purpose} {more} is {got}, not {verdict}"));
        }
        answer
    }

    /// What was recorded must have had this outcome, on its first cell: `effective`, or `superseded STALE_GRANT`.
    pub(crate) fn outcome(&self, step: &str, answer: &Answer, expected: &str) {
        let cells = ["/decisions/0", "/cells/0", ""];
        let cell = cells
            .iter()
            .filter_map(|at| answer.json.pointer(at))
            .find(|cell| cell["outcome"].is_string());
        let word = |field: &str| cell.and_then(|cell| cell[field].as_str()).unwrap_or("");
        let got = format!("{} {}", word("outcome"), word("reason"));
        if got.trim() != expected {
            self.wrong.borrow_mut().push(format!(
                "{step}: {}: {got:?}, not {expected:?}",
                answer.text
            ));
        }
    }

    /// The answer must be a problem with this reason.
    pub(crate) fn refused(&self, step: &str, answer: &Answer, reason: &str) {
        if answer.status != 422 || answer.json["reason"] != reason {
            self.wrong.borrow_mut().push(format!(
                "{step}: {} {}, not {reason}",
                answer.status, answer.text
            ));
        }
    }

    /// Two values must be equal.
    pub(crate) fn same(&self, step: &str, got: &Value, expected: &Value) {
        if got != expected {
            self.wrong
                .borrow_mut()
                .push(format!("{step}: {got}, not {expected}"));
        }
    }

    /// `PUT` with a key.
    pub(crate) async fn put(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.world.send(Method::PUT, path, key, Some(body)).await
    }

    /// Fails with every step that was not as expected. The log is audited: the live state equals the fold of the events.
    pub(crate) async fn end(self) {
        audit::audit(&self.world.server.app, &self.t.log).await;
        let wrong = self.wrong.into_inner();
        assert!(
            wrong.is_empty(),
            "{} steps:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }
}

/// Two objects in one.
pub(crate) fn joined(a: Value, b: Value) -> Value {
    let fields = |value: Value| match value {
        Value::Object(fields) => fields,
        other => panic!("not an object: {other}"),
    };
    let mut all: Map<String, Value> = fields(a);
    all.extend(fields(b));
    Value::Object(all)
}
