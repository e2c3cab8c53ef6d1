//! Statements that a request costs (E8e), as the database driver logs them inside the request's span. What a guardian
//! asks about a child must not cost more than the same about a subject that does not exist.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use samtycke_core::id::SubjectId;
use samtycke_server::clock::{SystemRng, random};
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, both, logged};
use serde_json::{Value, json};

use crate::support::{happened, raw, said};

const PREVENTIVE: &str = "ommej.appkonto";
const TESTER: &str = "ommej.apptestare";

/// The statements of the request that got this answer, without their times. Reading the head, by which a server on
/// PostgreSQL knows the newest configuration, is about no subject and is left out.
fn of(answer: &Answer) -> Vec<String> {
    let id = answer.headers["x-request-id"].to_str().expect("text");
    let span = format!("request{{id={id:?}");
    let lines = logged::lines();
    let mine = lines
        .lines()
        .filter(|line| line.contains(&span) && line.contains("sqlx::query"));
    mine.map(|line| {
        let text = line.split("summary=").nth(1).expect("a statement");
        text.split(" rows_affected=")
            .next()
            .unwrap_or_default()
            .to_owned()
    })
    .filter(|statement| !statement.contains("from log_head"))
    .collect()
}

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

    /// A request with the guardian's own capability.
    async fn sends(
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
}

/// A child of 12, with a guardian who is linked by an eID.
async fn child(world: &World, t: &Tenancy, guardian: &Guardian) -> String {
    let child = world.subject();
    let band = json!({"band": "7_12", "verification": "eid"});
    happened(world, t, &child, "age.band_set", band)
        .await
        .expect(201);
    let link = json!({"guardian": guardian.subject, "verification": "eid", "holders": 1});
    happened(world, t, &child, "guardian.linked", link)
        .await
        .expect(201);
    child
}

/// A guardian's word through the tenant's server: on each path that takes one, in each kind.
fn words() -> [(&'static str, Value); 3] {
    let cell = || json!({"purpose": PREVENTIVE});
    [
        (
            "/v1/events",
            json!({"kind": "guardian.withdrawn", "data": cell()}),
        ),
        (
            "/v1/events",
            json!({"kind": "guardian.declined", "data": cell()}),
        ),
        (
            "/v1/withdrawals",
            json!({"decisions": [{"purpose": PREVENTIVE, "decision": "withdrawn"}]}),
        ),
    ]
}

async fn says(
    world: &World,
    t: &Tenancy,
    guardian: &Guardian,
    child: &str,
    (path, mut body): (&str, Value),
) -> Answer {
    body["event_id"] = world.event_id().into();
    body["subject"] = child.into();
    body["actor"] = json!({"role": "guardian", "ref": guardian.subject, "verification": "eid"});
    world.post(path, &t.keys.service, &body).await
}

both! {
    /// E8e: a child with an account, a child without one and a subject that does not exist cost the same statements:
    /// none. What the log writes is no statement of a request: that there is none of it either,
    /// `guardians::a_word_about_a_preventive_service_leaves_nothing` shows.
    async fn a_preventive_word_costs_no_statement(world: World) {
        logged::install();
        let t = world.example("ommej").await;
        let guardian = Guardian::new();
        let (user, known, unknown) = (child(&world, &t, &guardian).await, child(&world, &t, &guardian).await, world.subject());
        said(&world, &t, &user, PREVENTIVE, "given").await;
        for word in words() {
            for whose in [&user, &known, &unknown] {
                let answer = says(&world, &t, &guardian, whose, word.clone()).await;
                assert_eq!(answer.status, 200, "{}", answer.text);
                assert_eq!(of(&answer), Vec::<String>::new(), "{word:?}");
            }
        }
        // A request that reads what the subject did has statements, so the count can fail.
        let path = format!("/v1/subjects/{user}/history");
        let read = world.get(&path, &t.keys.dpo).await.expect(200);
        assert!(!of(&read).is_empty(), "{}", read.text);
    }

    /// E8f: with the guardian's own capability, a child of others and a subject that does not exist cost one statement,
    /// the same, whether the child has an account or not.
    async fn a_strangers_question_costs_one_statement(world: World) {
        logged::install();
        let t = world.example("ommej").await;
        let (guardian, stranger) = (Guardian::new(), Guardian::new());
        let (user, known, unknown) = (child(&world, &t, &guardian).await, child(&world, &t, &guardian).await, world.subject());
        said(&world, &t, &user, PREVENTIVE, "given").await;
        said(&world, &t, &user, TESTER, "given").await;
        let mut costs = Vec::new();
        for whose in [&user, &known, &unknown] {
            let decisions = format!("/v1/subjects/{whose}/decisions");
            let history = format!("/v1/subjects/{whose}/history");
            let word = |purpose: &str| json!({"event_id": world.event_id(), "purpose": purpose, "decision": "withdrawn"}).to_string();
            let of_child = [
                of(&stranger.sends(&world, &t, Method::GET, &decisions, "").await.expect_problem(403, "CAPABILITY_INVALID")),
                of(&stranger.sends(&world, &t, Method::GET, &history, "").await.expect_problem(403, "CAPABILITY_INVALID")),
                of(&stranger.sends(&world, &t, Method::POST, &decisions, &word(TESTER)).await.expect_problem(403, "CAPABILITY_INVALID")),
                of(&stranger.sends(&world, &t, Method::POST, &decisions, &word(PREVENTIVE)).await.expect_problem(403, "CAPABILITY_INVALID")),
            ];
            assert!(of_child.iter().all(|statements| statements.len() == 1), "{of_child:?}");
            costs.push(of_child);
        }
        assert_eq!(costs[0], costs[1]);
        assert_eq!(costs[0], costs[2]);
        // The child's own guardian costs more, so the count can fail.
        let path = format!("/v1/subjects/{user}/decisions");
        let read = guardian.sends(&world, &t, Method::GET, &path, "").await.expect(200);
        assert!(of(&read).len() > 1, "{:?}", of(&read));
    }
}
