//! One use spends a single-use consent: `POST /v1/consents/{event}/use`.

use std::collections::BTreeSet;

use samtycke_core::wire::UseResponse;
use samtycke_tests::world::{Answer, Server};
use samtycke_tests::{Engine, Tenancy, World, audit, both};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{at_once, go_live, history, proof, register, with_analysis};

const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
const ANALYTICS: &str = "loomer.cookies-analys";
/// Concurrent uses; more than one batch takes while the first is being written.
const PARALLEL: usize = 40;

fn scope(company: &str) -> Value {
    json!({"recipient": company})
}

/// Grants consent for one company, and returns the event's id.
async fn give(world: &World, t: &Tenancy, subject: &str, based_on: u64, company: &str) -> String {
    let mut body = world.consent(t, subject, based_on, &[(FORWARD, "given")]);
    body["decisions"][0]["scope"] = scope(company);
    let given = world
        .post("/v1/consents", &t.keys.service, &body)
        .await
        .expect(201);
    assert_eq!(
        given.json["decisions"][0]["outcome"], "effective",
        "{}",
        given.text
    );
    given.json["event_id"].as_str().expect("an id").to_owned()
}

fn usage(world: &World, subject: &str, company: &str) -> Value {
    json!({"event_id": world.event_id(), "subject": subject, "purpose": FORWARD, "scope": scope(company)})
}

async fn spend(world: &World, t: &Tenancy, consent: &str, body: &Value) -> Answer {
    world
        .post(
            &format!("/v1/consents/{consent}/use"),
            &t.keys.service,
            body,
        )
        .await
}

async fn check(world: &World, t: &Tenancy, subject: &str, company: &str) -> Value {
    let question = json!({"subject": subject, "purpose": FORWARD, "scope": scope(company), "op": "forward", "explain": true});
    world
        .post("/v1/check", &t.keys.service, &question)
        .await
        .expect(200)
        .json
}

/// The response to a refused use.
#[track_caller]
fn refused(answer: Answer, reason: &str, may_ask: bool) {
    let answer = answer.expect(200);
    let json = &answer.json;
    assert_eq!(
        (
            &json["used"],
            &json["allow"],
            &json["may_ask"],
            &json["reason"]
        ),
        (
            &json!(false),
            &json!(false),
            &json!(may_ask),
            &json!(reason)
        ),
        "{}",
        answer.text
    );
    assert_eq!(json.get("event_id"), None, "nothing was recorded");
    let read: UseResponse = serde_json::from_str(&answer.text).expect("an answer");
    assert!(!read.used && !read.check.verdict.allow);
}

both! {
    /// Protects "one consent per company before contact details are forwarded, single use". The check names the
    /// consent, and the use spends it. From then on neither a check nor a use allows, until there is a new grant. A
    /// grant for one company means nothing for another.
    async fn a_consent_is_spent_by_its_use(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let consent = give(&world, &t, &subject, 0, "bygg-7").await;
        let before = check(&world, &t, &subject, "bygg-7").await;
        assert_eq!((&before["allow"], &before["rely_ms"], &before["explain"]["event_id"]), (&json!(true), &json!(0), &json!(consent)));

        refused(spend(&world, &t, &consent, &usage(&world, &subject, "bygg-8")).await, "SCOPE_NOT_COVERED", true);
        refused(spend(&world, &t, &world.event_id(), &usage(&world, &subject, "bygg-7")).await, "CONSENT_USED", false);
        refused(spend(&world, &t, &consent, &usage(&world, &world.subject(), "bygg-7")).await, "CONSENT_MISSING", true);
        assert_eq!(check(&world, &t, &subject, "bygg-7").await, before, "what did not pass changed nothing");

        let body = usage(&world, &subject, "bygg-7");
        let used = spend(&world, &t, &consent, &body).await.expect(201);
        let read: UseResponse = serde_json::from_str(&used.text).expect("an answer");
        assert!(read.used && read.check.verdict.allow && used.text.contains("CONSENT_VALID"), "{}", used.text);
        assert_eq!((&used.json["event_id"], &used.json["seq"], &used.json["rely_ms"]), (&body["event_id"], &json!(2), &json!(0)));
        let question = json!({"subject": subject, "purpose": FORWARD, "scope": scope("bygg-7"), "at_least": used.json["position"], "explain": true});
        let after = world.post("/v1/check", &t.keys.service, &question).await.expect(200).json;
        assert_eq!((&after["allow"], &after["may_ask"], &after["reason"]), (&json!(false), &json!(true), &json!("CONSENT_USED")));
        assert_eq!(after["explain"]["event_id"], json!(consent));
        refused(spend(&world, &t, &consent, &usage(&world, &subject, "bygg-7")).await, "CONSENT_USED", true);

        let other = give(&world, &t, &subject, 2, "bygg-8").await;
        let renewed = give(&world, &t, &subject, 3, "bygg-7").await;
        refused(spend(&world, &t, &consent, &usage(&world, &subject, "bygg-7")).await, "CONSENT_USED", false);
        refused(spend(&world, &t, &other, &usage(&world, &subject, "bygg-7")).await, "CONSENT_USED", false);
        spend(&world, &t, &renewed, &usage(&world, &subject, "bygg-7")).await.expect(201);
        assert_eq!(check(&world, &t, &subject, "bygg-8").await["allow"], true);
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects decisions.md 4: of many concurrent uses, each with its own id, exactly one passes, and the log has one
    /// leaf for it.
    async fn of_parallel_uses_one_passes(world: World) {
        let t = world.example("loomer").await;
        let servers = two_servers(&world).await;
        for round in 0..3 {
            let subject = world.subject();
            let consent = give(&world, &t, &subject, 0, "bygg-7").await;
            let answers = race(&world, &t, &servers, &consent, &subject).await;
            let passed: Vec<&Answer> = answers.iter().filter(|a| a.json["used"] == true).collect();
            assert_eq!(passed.len(), 1, "round {round}");
            for answer in &answers {
                let expected = if answer.json["used"] == true { (201, "CONSENT_VALID") } else { (200, "CONSENT_USED") };
                assert_eq!((answer.status.as_u16(), answer.json["reason"].as_str()), (expected.0, Some(expected.1)), "{}", answer.text);
            }
            assert_eq!(history(&world, &t, &subject).await.len(), 2, "what did not pass leaves nothing");
        }
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects "a passed use may be acted on": a use never passes after a withdrawal was acknowledged. If the two
    /// race, the use that passed comes before the withdrawal in the person's stream.
    async fn a_withdrawal_between_check_and_use_wins(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let consent = give(&world, &t, &subject, 0, "bygg-7").await;
        assert_eq!(check(&world, &t, &subject, "bygg-7").await["allow"], true);
        let no = |subject: &str| json!({"event_id": world.event_id(), "subject": subject,
            "decisions": [{"purpose": FORWARD, "decision": "withdrawn", "scope": scope("bygg-7")}]});
        world.post("/v1/withdrawals", &t.keys.service, &no(&subject)).await.expect(201);
        refused(spend(&world, &t, &consent, &usage(&world, &subject, "bygg-7")).await, "CONSENT_WITHDRAWN", false);

        for _ in 0..10 {
            let subject = world.subject();
            let consent = give(&world, &t, &subject, 0, "bygg-7").await;
            let (body, no) = (usage(&world, &subject, "bygg-7"), no(&subject));
            let (used, withdrawn) = tokio::join!(
                spend(&world, &t, &consent, &body),
                world.post("/v1/withdrawals", &t.keys.service, &no)
            );
            let withdrawn = withdrawn.expect(201);
            if used.json["used"] == true {
                assert!(used.json["seq"].as_u64() < withdrawn.json["seq"].as_u64(), "{} {}", used.text, withdrawn.text);
            } else {
                refused(used, "CONSENT_WITHDRAWN", false);
            }
        }
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects retries: the same use again gets the first response again, also after a withdrawal and concurrently.
    /// Another body, or the same one about another consent, is an error. A use cannot take over another event's id.
    async fn the_same_use_again_is_the_first_answer_again(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let consent = give(&world, &t, &subject, 0, "bygg-7").await;
        let body = usage(&world, &subject, "bygg-7");
        let path = format!("/v1/consents/{consent}/use");
        let answers = at_once(&world, 20, &path, &t.keys.service, &body).await;
        let texts: BTreeSet<&str> = answers.iter().map(|a| a.text.as_str()).collect();
        assert_eq!(texts.len(), 1, "{texts:?}");
        let first = &answers[0].clone().expect(201).text;
        assert_eq!(answers.iter().filter(|a| !a.headers.contains_key("idempotent-replayed")).count(), 1);
        let withdrawn = json!({"event_id": world.event_id(), "subject": subject,
            "decisions": [{"purpose": FORWARD, "decision": "withdrawn", "scope": scope("bygg-7")}]});
        world.post("/v1/withdrawals", &t.keys.service, &withdrawn).await.expect(201);
        let again = spend(&world, &t, &consent, &body).await.expect(201);
        assert_eq!((&again.text, again.headers.contains_key("idempotent-replayed")), (first, true));

        let other = give(&world, &t, &subject, 3, "bygg-8").await;
        spend(&world, &t, &other, &body).await.expect_problem(422, "EVENT_ID_REUSED");
        let mut changed = body.clone();
        changed["scope"] = scope("bygg-8");
        spend(&world, &t, &consent, &changed).await.expect_problem(422, "EVENT_ID_REUSED");
        let mut taken = usage(&world, &subject, "bygg-8");
        taken["event_id"] = json!(other);
        spend(&world, &t, &other, &taken).await.expect_problem(422, "EVENT_ID_REUSED");
        assert_eq!(check(&world, &t, &subject, "bygg-8").await["allow"], true);
        assert_eq!(history(&world, &t, &subject).await.len(), 4);

        // The register has dropped the purpose: the retry still gets its response.
        go_live(&world, &t, &with_analysis(&register("loomer"), FORWARD, "single_use = false")).await;
        assert_eq!(spend(&world, &t, &consent, &body).await.expect(201).text, *first);
        spend(&world, &t, &other, &usage(&world, &subject, "bygg-8")).await.expect_problem(422, "NOT_SINGLE_USE");
    }

    /// Protects the edges: a consent that is not single-use accepts no use. A narrower register, and an unknown
    /// position, deny. A body with any other field is refused.
    async fn a_use_is_refused_where_a_check_would_be(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let consent = give(&world, &t, &subject, 0, "bygg-7").await;
        let mut wrong = usage(&world, &subject, "bygg-7");
        wrong["purpose"] = json!(ANALYTICS);
        let answer = spend(&world, &t, &consent, &wrong).await.expect_problem(422, "NOT_SINGLE_USE");
        assert_eq!(answer.json["violations"][0]["field"], "/purpose");
        wrong["purpose"] = json!("loomer.nobody-knows");
        refused(spend(&world, &t, &consent, &wrong).await, "PURPOSE_UNKNOWN", false);
        for (field, value) in [("note", json!("Anna")), ("decisions", json!([])), ("event_id", json!("x"))] {
            let mut body = usage(&world, &subject, "bygg-7");
            body[field] = value;
            spend(&world, &t, &consent, &body).await.expect_problem(422, "FIELD_INVALID");
        }
        spend(&world, &t, "not-an-id", &usage(&world, &subject, "bygg-7")).await.expect_problem(404, "NOT_FOUND");
        let mut forged = usage(&world, &subject, "bygg-7");
        forged["at_least"] = json!("AAAA");
        let answer = spend(&world, &t, &consent, &forged).await.expect_problem(422, "POSITION_INVALID");
        assert_eq!(answer.json["violations"][0]["field"], "/at_least");
        let beyond = samtycke_server::position::Position::of(9, 0, &[0; 32]);
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        forged["at_least"] = json!(beyond.token(&tenant.secrets.position));
        refused(spend(&world, &t, &consent, &forged).await, "FAILCLOSED_TOKEN_LOST", false);

        let retired = register("loomer").replacen("consent_kind = \"forward_contact_details\"", "consent_kind = \"forward_contact_details\"\nretired = true", 1);
        go_live(&world, &t, &retired).await;
        refused(spend(&world, &t, &consent, &usage(&world, &subject, "bygg-7")).await, "PURPOSE_RETIRED", false);
        assert_eq!(history(&world, &t, &subject).await.len(), 1);
    }

    /// Protects evidence: a use is in the person's history, and its proof says which consent was spent and with which
    /// key. `ctx`, which has no personal data, does not name the consent.
    async fn a_use_is_proved(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let consent = give(&world, &t, &subject, 0, "bygg-7").await;
        let used = spend(&world, &t, &consent, &usage(&world, &subject, "bygg-7")).await.expect(201);
        let events = history(&world, &t, &subject).await;
        assert_eq!(events[1]["used"], json!({"purpose": FORWARD, "scope": scope("bygg-7"), "consent": consent}));
        assert_eq!((&events[1]["type"], &events[1]["decisions"]), (&json!("consent.used"), &json!([])));
        assert_eq!(events[0].get("used"), None);

        let bundle = proof(&world, &t, &used).await;
        let report = samtycke_core::bundle::verify::verify(bundle.as_bytes(), &audit::policy(&t.vkey), None);
        assert_eq!(report.outcome.exit_code(), 0, "{report}");
        let (ctx, sub) = (report.ctx.expect("opened"), report.sub.expect("opened"));
        assert_eq!(ctx["data"], json!({"purpose": FORWARD, "scope": scope("bygg-7"), "reason": "CONSENT_VALID"}));
        assert_eq!(ctx["results"], json!([{"outcome": "effective", "state": "given"}]));
        assert!(!ctx.to_string().contains(&consent) && !ctx.to_string().contains(&subject), "{ctx}");
        assert_eq!((&sub["data"]["consent"], &sub["actor"]["role"]), (&json!(consent), &json!("controller")));
        let keys = world.get("/v1/keys", &t.keys.operator).await.expect(200).text;
        assert!(keys.contains(sub["actor"]["ref"].as_str().expect("a key's name")));

        let past = json!({"subject": subject, "purpose": FORWARD, "scope": scope("bygg-7"), "as_of": used.json["received_at"]});
        let then = world.post("/v1/check", &t.keys.service, &past).await.expect(200);
        assert_eq!(then.json["reason"], "CONSENT_USED", "questions about the past see it: {}", then.text);
    }
}

/// The server, and on PostgreSQL a second one on the same database.
async fn two_servers(world: &World) -> Vec<Server> {
    if world.engine == Engine::Sqlite {
        return Vec::new();
    }
    vec![world.second_server().await]
}

/// Many concurrent uses of one consent, each with its own id, spread over the servers.
async fn race(
    world: &World,
    t: &Tenancy,
    others: &[Server],
    consent: &str,
    subject: &str,
) -> Vec<Answer> {
    let bases: Vec<&str> = std::iter::once(&world.server)
        .chain(others)
        .map(|server| server.base_url.as_str())
        .collect();
    let mut posts = JoinSet::new();
    for i in 0..PARALLEL {
        let url = format!("{}/v1/consents/{consent}/use", bases[i % bases.len()]);
        let body = usage(world, subject, "bygg-7");
        let request = world
            .http
            .post(url)
            .bearer_auth(&t.keys.service)
            .json(&body);
        posts.spawn(async move { Answer::to(request).await });
    }
    posts.join_all().await
}
