//! Events arrive in any order: contracts and custody end in one state, whatever came first (E4, E8).

use samtycke_tests::both;
use serde_json::{Value, json};

use super::story::Story;
use super::{DAY_MS, TEXT};

const LEDGER: &str = "bjorn-lunden.kundreskontra";
const BOARD: &str = "ommej.advisory-boards.produktutveckling";

/// Every order of some indexes.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(count - 1);
    let with = |order: &Vec<usize>, at: usize| {
        let mut longer = order.clone();
        longer.insert(at, count - 1);
        longer
    };
    shorter
        .iter()
        .flat_map(|order| (0..count).map(move |at| with(order, at)))
        .collect()
}

/// What checks answer, now and later, of a contract.
async fn answers(story: &Story<'_>, subject: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for op in ["process", "read"] {
        let answer = story.check(subject, LEDGER, json!({"op": op})).await;
        all.push(json!([
            answer["allow"],
            answer["reason"],
            answer["valid_until"]
        ]));
    }
    all
}

both! {
    /// A start, an end, an earlier end and a late repetition of the start: in each of 24 orders the earliest end counts.
    async fn a_contract_has_one_end_in_any_order(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let begun = samtycke_core::wire::format_rfc3339(samtycke_server::clock::Clock::now(&*world.clock) - 60 * DAY_MS);
        let started = || ("contract.started", json!({"contract": "c-1", "purposes": [LEDGER]}));
        let ended = |days: i64| ("contract.ended", json!({"contract": "c-1", "last_day": story.day(days)}));
        let events = [started(), ended(20), ended(10), started()];
        let mut people = Vec::new();
        for order in orders(events.len()) {
            let subject = world.subject();
            for i in &order {
                let (kind, data) = events[*i].clone();
                let more = if kind == "contract.started" { json!({"effective_from": begun}) } else { json!({}) };
                story.dated(&subject, kind, data, more).await.expect(201);
            }
            people.push((order, subject));
        }
        for days in [0, 15, 360] {
            story.days_pass(days);
            let first = answers(&story, &people[0].1).await;
            for (order, subject) in &people {
                story.same(&format!("{order:?} after {days} days"), &json!(answers(&story, subject).await), &json!(first));
            }
        }
        story.end().await;
    }

    /// The child's assent, the guardian's grant and an event about neither, in each order.
    async fn a_quorum_is_filled_in_any_order(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        for order in orders(3) {
            let (child, mother) = (world.subject(), world.subject());
            let band = json!({"band": "7_12", "verification": "eid"});
            story.event(&child, "age.band_set", band).await.expect(201);
            let data = json!({"guardian": mother, "verification": "eid", "holders": 1});
            story.event(&child, "guardian.linked", data).await.expect(201);
            for i in &order {
                match i {
                    0 => story.decides(&child, BOARD, "given", json!({})).await,
                    1 => story.guardian(&child, &mother, "guardian.authorised", json!({"purpose": BOARD})).await,
                    _ => story.event(&child, "terms.accepted", json!({"terms": TEXT, "version": "1"})).await,
                };
            }
            story.expect(&format!("{order:?}"), &child, BOARD, "allow GUARDIAN_CONSENT").await;
        }
        story.end().await;
    }

    /// Two devices, one of which refused, join an account in either order (E22): the answers are the same.
    async fn devices_join_an_account_in_any_order(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let purposes = ["loomer.cookies-analys", "loomer.cookies-relevans", "loomer.cookies-tredjepart"];
        let mut seen = Vec::new();
        for order in orders(2) {
            let (account, devices) = (world.subject(), [world.subject(), world.subject()]);
            story.decides(&account, purposes[0], "given", json!({})).await.expect(201);
            story.decides(&account, purposes[1], "given", json!({})).await.expect(201);
            story.decides(&devices[0], purposes[0], "refused", json!({})).await.expect(201);
            story.decides(&devices[1], purposes[2], "given", json!({})).await.expect(201);
            for i in order {
                story.event(&account, "subject.linked", json!({"from": devices[i]})).await.expect(201);
            }
            story.expect("silent devices change nothing", &account, purposes[1], "allow CONSENT_VALID").await;
            let mut answers = Vec::new();
            for purpose in purposes {
                let answer = story.check(&account, purpose, json!({})).await;
                answers.push(json!([answer["allow"], answer["reason"]]));
            }
            seen.push(json!(answers));
        }
        story.same("either order", &seen[0], &seen[1]);
        story.end().await;
    }
}
