//! `GET /v1/objections`: objections that wait for the controller's decision, with the day by which the person must be told
//! (GDPR Art. 12(3), 21(1); Regulation 1182/71).

use samtycke_core::wire::parse_rfc3339;
use samtycke_server::clock::Clock;
use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};

use crate::support::{go_live, happened, register, with_analysis};

const INTEREST: &str = "loomer.analysera-utvardera";
const MARKETING: &str = "loomer.information-om-tjansterna";
const SHA256: &str = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const DAY: i64 = 24 * 60 * 60 * 1_000;

async fn objects(world: &World, t: &Tenancy, subject: &str, purpose: &str) -> u64 {
    let body = json!({"event_id": world.event_id(), "subject": subject,
        "decisions": [{"purpose": purpose, "decision": "objected"}]});
    let answer = world
        .post("/v1/withdrawals", &t.keys.service, &body)
        .await
        .expect(201);
    answer.json["seq"].as_u64().expect("a number")
}

async fn page(world: &World, t: &Tenancy, query: &str) -> Value {
    let path = format!("/v1/objections{query}");
    world.get(&path, &t.keys.dpo).await.expect(200).json
}

/// The subjects of the list, in its order.
async fn waiting(world: &World, t: &Tenancy) -> Vec<String> {
    let page = page(world, t, "").await;
    let rows = page["objections"].as_array().expect("a list").clone();
    rows.iter()
        .map(|row| row["subject"].as_str().expect("a subject").to_owned())
        .collect()
}

fn go_to(world: &World, time: &str) {
    let at = parse_rfc3339(time).expect("a time");
    world.clock.advance(at - Clock::now(&*world.clock));
}

both! {
    async fn an_objection_is_listed_until_it_is_decided(world: World) {
        let t = world.example("loomer").await;
        let (upheld, rejected, retracted) = (world.subject(), world.subject(), world.subject());
        for subject in [&upheld, &rejected, &retracted] {
            objects(&world, &t, subject, INTEREST).await;
        }
        assert_eq!(waiting(&world, &t).await.len(), 3);
        happened(&world, &t, &upheld, "objection.upheld", json!({"purpose": INTEREST})).await.expect(201);
        assert!(!waiting(&world, &t).await.contains(&upheld));
        let mut body = json!({"event_id": world.event_id(), "subject": rejected, "kind": "objection.rejected", "based_on": 1,
            "data": {"purpose": INTEREST, "grounds": "fraud", "balancing_test": SHA256}});
        let answer = world.post("/v1/events", &t.keys.dpo, &body).await.expect(201);
        assert_eq!(answer.json["outcome"], "effective", "{}", answer.text);
        assert_eq!(waiting(&world, &t).await, std::slice::from_ref(&retracted));
        body = json!({"event_id": world.event_id(), "subject": retracted, "notice": t.notice, "language": "sv",
            "method": "button", "based_on": 1, "decisions": [{"purpose": INTEREST, "decision": "objection_retracted"}]});
        world.post("/v1/consents", &t.keys.service, &body).await.expect(201);
        assert_eq!(waiting(&world, &t).await, [""; 0]);
        objects(&world, &t, &retracted, INTEREST).await;
        assert_eq!(waiting(&world, &t).await, [retracted]);
    }

    async fn direct_marketing_is_never_listed(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        objects(&world, &t, &subject, MARKETING).await;
        assert_eq!(waiting(&world, &t).await, [""; 0]);
        objects(&world, &t, &subject, INTEREST).await;
        assert_eq!(waiting(&world, &t).await.len(), 1);
        let marketing = with_analysis(&register("loomer"), INTEREST, "direct_marketing = true");
        go_live(&world, &t, &marketing).await;
        assert_eq!(waiting(&world, &t).await, [""; 0], "there is nothing to decide any more");
    }

    async fn a_new_register_finds_what_it_makes_an_objection(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        objects(&world, &t, &subject, MARKETING).await;
        let plain = register("loomer").replacen("direct_marketing = true\n", "", 1);
        go_live(&world, &t, &plain).await;
        world.server.app.objections.round().await;
        assert_eq!(waiting(&world, &t).await, [subject]);
    }

    async fn a_month_ends_on_a_working_day(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        go_to(&world, "2027-01-29T10:00:00.000Z");
        objects(&world, &t, &subject, INTEREST).await;
        let listed = page(&world, &t, "?state=open").await["objections"][0].clone();
        assert_eq!(listed["due_on"], "2027-03-01", "28 February is a Sunday");
        assert_eq!((&listed["subject"], &listed["purpose"]), (&json!(subject), &json!(INTEREST)));
        assert_eq!(listed["overdue"], false);
        go_to(&world, "2027-03-01T22:59:00.000Z");
        assert_eq!(page(&world, &t, "").await["objections"][0]["overdue"], false);
        go_to(&world, "2027-03-01T23:00:00.000Z");
        assert_eq!(page(&world, &t, "").await["objections"][0]["overdue"], true);
    }

    async fn what_is_due_first_is_first_page_by_page(world: World) {
        let t = world.example("loomer").await;
        let mut subjects = Vec::new();
        for _ in 0..5 {
            let subject = world.subject();
            objects(&world, &t, &subject, INTEREST).await;
            subjects.push(subject);
            world.clock.advance(7 * DAY);
        }
        assert_eq!(waiting(&world, &t).await, subjects);
        let (mut found, mut query) = (Vec::new(), "?limit=2".to_owned());
        loop {
            let page = page(&world, &t, &query).await;
            let rows = page["objections"].as_array().expect("a list");
            found.extend(rows.iter().map(|row| row["subject"].as_str().expect("a subject").to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            query = format!("?limit=2&after={next}");
        }
        assert_eq!(found, subjects);
        for wrong in ["?limit=0", "?limit=1001", "?after=x", "?after=bm8"] {
            world.get(&format!("/v1/objections{wrong}"), &t.keys.dpo).await.expect_problem(400, "PARAMETER_INVALID");
        }
    }

    async fn a_linked_device_waits_as_its_account(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        objects(&world, &t, &device, INTEREST).await;
        happened(&world, &t, &account, "subject.linked", json!({"from": device})).await.expect(201);
        assert_eq!(waiting(&world, &t).await, std::slice::from_ref(&account));
        let data = json!({"from": device, "cause": "mistake"});
        happened(&world, &t, &account, "subject.unmerged", data).await.expect(201);
        let mut apart = [account, device];
        apart.sort();
        let mut found = waiting(&world, &t).await;
        found.sort();
        assert_eq!(found, apart);
    }

    async fn what_waits_and_is_overdue_is_counted(world: World) {
        let t = world.example("loomer").await;
        objects(&world, &t, &world.subject(), INTEREST).await;
        world.clock.advance(40 * DAY);
        objects(&world, &t, &world.subject(), INTEREST).await;
        world.server.app.objections.round().await;
        let metrics = world.server.app.metrics.render();
        assert!(metrics.contains("samtycke_objections_open 2"), "{metrics}");
        assert!(metrics.contains("samtycke_objections_overdue 1"), "{metrics}");
    }
}
