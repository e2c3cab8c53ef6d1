//! The hosting supplier: accepted terms, contracts, and processing for customers. The stories
//! are told of the register's completed copy, with the customers for whom it processes.

use samtycke_tests::both;
use serde_json::json;

use super::TEXT;
use super::story::Story;
use crate::completions::{changed, completed};
use crate::support::PERSONAL;

const MEMBERS: &str = "supplier.medlemsregistrering";
const DELIVERY: &str = "supplier.tjansteleverans";
const LOGS: &str = "supplier.loggning-monitorering-backup";
const PROCESSING: &str = "supplier.bitradesbehandling";

/// The completed copy, with the customers for whom it processes.
fn with_customers() -> String {
    let customers = "\n[[recipient]]\nid = \"kund-a\"\nname = \"Kunden AB\"\ncontact = \"dataskydd@kunden.example\"\nrole = \"controller\"\n\n\
        [[recipient]]\nid = \"kund-b\"\nname = \"Butiken AB\"\nrole = \"controller\"\n";
    let first = "\n[[purpose]]\n";
    changed(
        &completed("supplier"),
        "customers",
        first,
        &format!("{customers}{first}"),
    )
}

both! {
    /// As published, the register leaves bases and a time open: everything that the supplier decides on is denied.
    async fn the_supplier_is_denied_what_it_does_not_state(world: World) {
        let t = world.example("supplier").await;
        let story = Story::of(&world, &t);
        let member = world.subject();
        story.event(&member, "contract.started", json!({"contract": "m-1", "purposes": [MEMBERS]})).await;
        for purpose in [MEMBERS, DELIVERY, LOGS, "supplier.medlemsidentifiering"] {
            story.expect("as published", &member, purpose, "deny REGISTER_INCOMPLETE").await;
        }
        story.expect("for its customers", &member, PROCESSING, "deny NOT_CONTROLLER").await;
        story.end().await;
    }

    /// Accepted terms are an event of their own: no consent, and no contract (E1, Art. 7(2)).
    async fn the_supplier_needs_more_than_accepted_terms(world: World) {
        let t = world.tenancy("supplier", &with_customers()).await;
        let story = Story::of(&world, &t);
        let member = story.person("account", "medlem-17").await;
        let accepted = story.event(&member, "terms.accepted", json!({"terms": TEXT, "version": "2026-01"})).await;
        story.outcome("the terms are accepted", &accepted, "effective");
        for number in PERSONAL {
            let named = json!({"contract": number, "purposes": [MEMBERS]});
            let refused = story.event(&member, "contract.started", named).await;
            story.refused("a contract that names the member", &refused, "FIELD_INVALID");
        }
        for purpose in [MEMBERS, DELIVERY] {
            story.expect("terms alone", &member, purpose, "deny CONTRACT_MISSING").await;
        }
        story.event(&member, "contract.started", json!({"contract": "m-1", "purposes": [MEMBERS, DELIVERY]})).await;
        for purpose in [MEMBERS, DELIVERY] {
            story.expect("a contract", &member, purpose, "allow CONTRACT").await;
        }
        let noticed = story.event(&member, "contract.ended", json!({"contract": "m-1", "last_day": story.day(30)})).await;
        story.outcome("notice to quit", &noticed, "effective");
        let live = story.expect("until its last day", &member, DELIVERY, "allow CONTRACT").await;
        assert!(!live["valid_until"].is_null(), "the answer ends with the contract: {live}");
        let later = story.event(&member, "contract.ended", json!({"contract": "m-1", "last_day": story.day(60)})).await;
        story.outcome("a later end does not count", &later, "superseded CONTRACT_CLOSED");
        story.days_pass(32);
        for purpose in [MEMBERS, DELIVERY] {
            story.expect("after it", &member, purpose, "deny CONTRACT_ENDED").await;
        }
        story.end().await;
    }

    /// A processor's answer names the customer that decides (E12), and no other in its place.
    async fn the_supplier_names_the_customer_that_decides(world: World) {
        let t = world.tenancy("supplier", &with_customers()).await;
        let story = Story::of(&world, &t);
        let person = world.subject();
        for (customer, name, contact) in [
            ("kund-a", json!("Kunden AB"), json!("dataskydd@kunden.example")),
            ("kund-b", json!("Butiken AB"), json!(null)),
            ("kund-c", json!(null), json!(null)),
        ] {
            let question = json!({"on_behalf_of": customer});
            let answer = story.expect_of("for a customer", &person, PROCESSING, question, "deny NOT_CONTROLLER").await;
            story.same(customer, &json!([answer["controller"], answer["controller_contact"]]), &json!([name, contact]));
        }
        story.end().await;
    }

    /// The access log rests on legitimate interest and is kept for the declared time.
    async fn the_supplier_keeps_its_log_for_the_declared_time(world: World) {
        let t = world.tenancy("supplier", &with_customers()).await;
        let story = Story::of(&world, &t);
        let member = world.subject();
        story.expect("the member was not told", &member, LOGS, "deny NOT_INFORMED").await;
        story.told(&member, &[LOGS]).await;
        story.expect("told", &member, LOGS, "allow LEGITIMATE_INTEREST").await;
        let line = |days: i64| json!({"op": "read", "item": {"anchors": {"item.created": story.day(-days)}}});
        story.expect_of("a line of last month", &member, LOGS, line(40), "deny RETENTION_PASSED").await;
        story.end().await;
    }
}
