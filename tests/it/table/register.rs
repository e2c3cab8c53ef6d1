//! Rows that the register decides, and what an item's dates decide: 1 to 4, 8 to 10.

use samtycke_tests::both;
use serde_json::json;

use crate::completions::stated;
use crate::scenarios::story::Story;
use crate::support::{register, with_analysis};

const ANALYTICS: &str = "loomer.cookies-analys";
const EVALUATION: &str = "loomer.analysera-utvardera";
const INVOICES: &str = "omilon.fakturainformation";
const HORIZON: &str = "ommej.horizon-admin";

both! {
    async fn row_1_no_live_register_has_the_purpose(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        story.row("1", &world.subject(), "loomer.unknown", json!({}), "deny PURPOSE_UNKNOWN").await;
        let before = json!({"as_of": "2001-01-01T00:00:00Z"});
        story.row("1", &world.subject(), ANALYTICS, before, "deny PURPOSE_UNKNOWN").await;
        story.end().await;
    }

    async fn row_2_a_processor_does_not_decide(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        story.row("2", &world.subject(), "ommej.molnlagring", json!({}), "deny NOT_CONTROLLER").await;
        story.end().await;
    }

    /// A basis or a time that is not stated, and several purposes in one row.
    async fn row_3_what_the_register_leaves_open_is_denied(world: World) {
        for (name, purpose) in [
            ("omilon", "omilon.kundrelation"),
            ("supplier", "supplier.medlemsregistrering"),
            ("ommej", "ommej.advisory-boards"),
        ] {
            let t = world.example(name).await;
            let story = Story::of(&world, &t);
            story.row("3", &world.subject(), purpose, json!({}), "deny REGISTER_INCOMPLETE").await;
            story.end().await;
        }
    }

    async fn row_4_a_retired_purpose_is_denied_and_a_law_still_reads(world: World) {
        let text = ["omilon.sparningsbilder-marknadsforing", INVOICES]
            .iter()
            .fold(register("omilon"), |text, purpose| with_analysis(&text, purpose, "retired = true"));
        let t = world.tenancy("omilon", &text).await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        let item = |op: &str| json!({"op": op, "item": {"anchors": {"fiscal_year.calendar_year_end": "2025-12-31"}}});
        story.row("4", &subject, "omilon.sparningsbilder-marknadsforing", json!({}), "deny PURPOSE_RETIRED").await;
        story.row("4", &subject, INVOICES, item("process"), "deny PURPOSE_RETIRED").await;
        story.row("4", &subject, INVOICES, json!({"op": "read"}), "deny RETENTION_UNKNOWN").await;
        let held = story.row("4", &subject, INVOICES, item("read"), "allow LEGAL_HOLD_ONLY").await;
        assert!(held["valid_until"].is_string(), "until the data must be erased: {held}");
        story.end().await;
    }

    async fn row_8_retention_forbids_storing_and_ends(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let (subject, remote, demo) = (world.subject(), "bjorn-lunden.fjarrstyrning", "bjorn-lunden.demo");
        story.event(&subject, "contract.started", json!({"contract": "c-1", "purposes": [remote]})).await;
        story.told(&subject, &[demo]).await;
        story.row("8", &subject, remote, json!({"op": "store"}), "deny RETENTION_NONE").await;
        story.row("14", &subject, remote, json!({"op": "process"}), "allow CONTRACT").await;
        let item = |days: i64| json!({"op": "read", "item": {"anchors": {"item.collected": story.day(-days)}}});
        story.row("20", &subject, demo, item(50), "allow LEGITIMATE_INTEREST").await;
        story.row("8", &subject, demo, item(70), "deny RETENTION_PASSED").await;
        story.end().await;
    }

    async fn row_9_what_it_depends_on_is_denied(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let denied = story.row("9", &world.subject(), HORIZON, json!({"op": "view"}), "deny DEPENDENCY_DENIED").await;
        assert!(denied["dependency"].is_string(), "it names the purpose: {denied}");
        story.end().await;
    }

    async fn row_10_a_special_category_needs_a_ground(world: World) {
        let text = stated(&register("loomer"), EVALUATION, "special_category", "\"possible\"");
        let t = world.tenancy("loomer", &text).await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.told(&subject, &[EVALUATION]).await;
        story.row("10", &subject, EVALUATION, json!({}), "deny ART9_GROUND_MISSING").await;
        story.end().await;
    }
}
