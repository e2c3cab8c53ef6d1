//! Rows of a law and of a contract: 13 to 17.

use samtycke_tests::both;
use serde_json::json;

use crate::completions::changed;
use crate::scenarios::DAY_MS;
use crate::scenarios::story::Story;
use crate::support::{register, with_analysis};

const INVOICES: &str = "omilon.fakturainformation";
const SUPPLIERS: &str = "bjorn-lunden.leverantorsreskontra";
const LEDGER: &str = "bjorn-lunden.kundreskontra";
const FORUM: &str = "bjorn-lunden.forum";
const SUPPORT: &str = "bjorn-lunden.support";

/// A contract that carries a purpose, and ended two days ago.
async fn over(story: &Story<'_>, subject: &str, purpose: &str) {
    let begun = samtycke_server::clock::Clock::now(&*story.world.clock) - 60 * DAY_MS;
    let begun = json!({"effective_from": samtycke_core::wire::format_rfc3339(begun)});
    let data = json!({"contract": "c-1", "purposes": [purpose]});
    story
        .dated(subject, "contract.started", data, begun)
        .await
        .expect(201);
    let data = json!({"contract": "c-1", "last_day": story.day(-2)});
    story
        .event(subject, "contract.ended", data)
        .await
        .expect(201);
}

async fn live(story: &Story<'_>, subject: &str, purpose: &str) {
    let data = json!({"contract": "c-2", "purposes": [purpose]});
    story
        .event(subject, "contract.started", data)
        .await
        .expect(201);
}

both! {
    async fn row_13_a_law_permits_all_but_publication(world: World) {
        let t = world.example("omilon").await;
        let story = Story::of(&world, &t);
        for op in ["process", "forward", "read", "store"] {
            story.row("13", &world.subject(), INVOICES, json!({"op": op}), "allow LEGAL_OBLIGATION").await;
        }
        story.row("13", &world.subject(), INVOICES, json!({"op": "publish"}), "deny OP_NOT_COVERED").await;
        story.end().await;
    }

    async fn row_14_a_contract_is_live_or_asserted(world: World) {
        let text = with_analysis(&register("bjorn-lunden"), SUPPORT, "contract_asserted = true");
        let t = world.tenancy("bjorn-lunden", &text).await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        live(&story, &subject, LEDGER).await;
        story.row("14", &subject, LEDGER, json!({}), "allow CONTRACT").await;
        story.row("14", &subject, SUPPORT, json!({}), "allow CONTRACT_ASSERTED").await;
        story.end().await;
    }

    async fn row_15_an_ended_contract_is_read_within_its_retention(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        over(&story, &subject, SUPPORT).await;
        story.row("15", &subject, SUPPORT, json!({}), "deny CONTRACT_ENDED").await;
        let read = story.row("15", &subject, SUPPORT, json!({"op": "read"}), "allow CONTRACT_RETENTION").await;
        assert!(read["valid_until"].is_string(), "until the data must be erased: {read}");
        let other = world.subject();
        over(&story, &other, "bjorn-lunden.kundfiler").await;
        story.row("15", &other, "bjorn-lunden.kundfiler", json!({"op": "read"}), "deny RETENTION_UNKNOWN").await;
        story.days_pass(3 * 366);
        story.row("15", &subject, SUPPORT, json!({"op": "read"}), "deny CONTRACT_ENDED").await;
        story.end().await;
    }

    /// A customer, a former customer and a prospect of one purpose (E5).
    async fn row_16_a_contract_comes_before_an_objection(world: World) {
        let text = register("bjorn-lunden");
        let at = text.find(&format!("id = \"{FORUM}\"\n")).expect("the purpose");
        let from = "rule = \"after(item.collected, P3Y)\"\nanchor = \"item.collected\"";
        let to = "rule = \"after(contract.ended, P3Y)\"\nanchor = \"contract.ended\"";
        let text = format!("{}{}", &text[..at], changed(&text[at..], "a retention from the contract's end", from, to));
        let t = world.tenancy("bjorn-lunden", &text).await;
        let story = Story::of(&world, &t);
        let [customer, former, prospect] = [(); 3].map(|()| world.subject());
        live(&story, &customer, FORUM).await;
        story.through(16, "14", &customer, FORUM, json!({}), "allow CONTRACT").await;
        over(&story, &former, FORUM).await;
        story.through(16, "15", &former, FORUM, json!({"op": "read"}), "allow CONTRACT_RETENTION").await;
        story.through(16, "18", &former, FORUM, json!({}), "deny NOT_INFORMED").await;
        for subject in [&former, &prospect] {
            story.told(subject, &[FORUM]).await;
            story.through(16, "20", subject, FORUM, json!({}), "allow LEGITIMATE_INTEREST").await;
            story.decides(subject, FORUM, "objected", json!({})).await;
            story.through(16, "19", subject, FORUM, json!({}), "deny OBJECTION_PENDING").await;
        }
        story.end().await;
    }

    async fn row_17_no_contract_is_known(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.row("17", &subject, LEDGER, json!({}), "deny CONTRACT_MISSING").await;
        story.row("13", &subject, SUPPLIERS, json!({}), "allow LEGAL_OBLIGATION").await;
        story.end().await;
    }
}
