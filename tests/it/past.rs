//! The past under registers that have changed since (E17): what was in force at a moment, and what an event meant on its
//! receipt.

use samtycke_core::wire::format_rfc3339;
use samtycke_server::clock::Clock;
use samtycke_tests::{Tenancy, World, audit, both};
use serde_json::{Value, json};

use crate::support::{go_live, register, verdict, with_analysis, without};

const ANALYTICS: &str = "loomer.cookies-analys";
const ACCOUNT: &str = "ommej.appkonto";
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn now(world: &World) -> String {
    format_rfc3339(Clock::now(&*world.clock))
}

/// The reason of a check about the past.
async fn then(world: &World, t: &Tenancy, subject: &str, purpose: &str, moments: &Value) -> String {
    let mut question = json!({"subject": subject, "purpose": purpose});
    for (field, at) in moments.as_object().expect("fields") {
        question[field] = at.clone();
    }
    let answer = world
        .post("/v1/check", &t.keys.service, &question)
        .await
        .expect(200);
    answer.json["reason"].as_str().expect("a reason").to_owned()
}

/// A guardian's withdrawal by the service key.
async fn guardian_withdraws(world: &World, t: &Tenancy, subject: &str, purpose: &str) {
    let body = json!({
        "event_id": world.event_id(), "subject": subject,
        "actor": {"role": "guardian", "ref": world.subject()},
        "decisions": [{"purpose": purpose, "decision": "withdrawn"}],
    });
    let answer = world.post("/v1/withdrawals", &t.keys.service, &body).await;
    assert!(!answer.status.is_server_error(), "{}", answer.text);
}

/// The register in which guardians of a child under 13 are heard about no purpose, and every decision is the person's.
fn without_ages() -> String {
    register("ommej").replace("age_rule = \"iss_preventive\"", "age_rule = \"none\"")
}

both! {
    async fn a_past_moment_is_judged_by_its_own_register(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.clock.advance(30 * DAY);
        let february = now(&world);
        world.clock.advance(DAY);
        go_live(&world, &t, &with_analysis(&register("loomer"), ANALYTICS, "retired = true")).await;
        world.clock.advance(10 * DAY);
        let april = now(&world);
        let ask = async |moments: Value| then(&world, &t, &subject, ANALYTICS, &moments).await;
        assert_eq!(ask(json!({"as_of": february, "known_at": april})).await, "CONSENT_VALID");
        assert_eq!(ask(json!({"as_of": february})).await, "CONSENT_VALID");
        assert_eq!(ask(json!({"as_of": april})).await, "PURPOSE_RETIRED");
        assert_eq!(ask(json!({"as_of": april, "known_at": february})).await, "PURPOSE_RETIRED");
    }

    /// Protects invariant 6 over a changing register: the clock stands still, so that nothing but the log's own time tells
    /// the events before a publication from those after it.
    async fn a_state_is_the_fold_by_the_registers_of_its_time(world: World) {
        let t = world.example("ommej").await;
        let subject = world.subject();
        let (with, no_ages) = (register("ommej"), without_ages());
        world.record(&t, &subject, 0, &[(ACCOUNT, "given")]).await.expect(201);
        for text in [&no_ages, &with, &no_ages] {
            guardian_withdraws(&world, &t, &subject, ACCOUNT).await;
            go_live(&world, &t, text).await;
            audit::audit(&world.server.app, &t.log).await;
            let live = verdict(&world, &t, &subject, ACCOUNT).await.1;
            let folded = then(&world, &t, &subject, ACCOUNT, &json!({"known_at": "2100-01-01T00:00:00Z"})).await;
            assert_eq!(folded, live, "from the state and from the events");
        }
    }

    async fn a_purpose_that_was_dropped_is_unknown(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        go_live(&world, &t, &without(&register("loomer"), ANALYTICS)).await;
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "PURPOSE_UNKNOWN".to_owned()));
        let item = json!({"item": {"anchors": {"account.closed": "2026-01-01"}}});
        assert_eq!(then(&world, &t, &subject, ANALYTICS, &item).await, "PURPOSE_UNKNOWN");
    }
}
