//! Rows that the subject's own standing decides: 5 and 7. Row 6 has no route yet, see `page`.

use samtycke_tests::both;
use serde_json::json;

use crate::scenarios::story::Story;

const ANALYTICS: &str = "loomer.cookies-analys";
const INVOICES: &str = "omilon.fakturainformation";
const PIXELS: &str = "omilon.sparningsbilder-marknadsforing";

both! {
    async fn row_5_a_merged_subject_answers_from_the_survivor(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let (account, phone) = (world.subject(), world.subject());
        story.decides(&account, ANALYTICS, "given", json!({})).await;
        story.event(&account, "subject.linked", json!({"from": phone})).await;
        story.through(5, "32", &phone, ANALYTICS, json!({}), "allow CONSENT_VALID").await;
        story.end().await;
    }

    async fn row_7_a_restriction_denies_until_the_persons_own_consent(world: World) {
        let t = world.example("omilon").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.decides(&subject, PIXELS, "given", json!({})).await;
        story.officer(&subject, "subject.restricted", json!({"cause": "accuracy"})).await;
        let item = |op: &str| json!({"op": op, "item": {"anchors": {"fiscal_year.calendar_year_end": "2025-12-31"}}});
        story.row("7", &subject, PIXELS, json!({}), "deny RESTRICTED").await;
        story.row("7", &subject, INVOICES, item("process"), "deny RESTRICTED").await;
        story.row("7", &subject, INVOICES, item("read"), "allow LEGAL_HOLD_ONLY").await;
        story.decides(&subject, PIXELS, "given", json!({})).await;
        story.row("32", &subject, PIXELS, json!({}), "allow CONSENT_VALID").await;
        story.end().await;
    }
}
