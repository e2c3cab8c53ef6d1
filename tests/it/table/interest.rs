//! Rows of legitimate interest: 18 to 20.

use samtycke_tests::both;
use serde_json::json;

use super::grant::new_version;
use crate::scenarios::TEXT;
use crate::scenarios::story::Story;

const EVALUATION: &str = "loomer.analysera-utvardera";

both! {
    async fn row_18_legitimate_interest_is_told_first_and_anew(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.row("18", &subject, EVALUATION, json!({}), "deny NOT_INFORMED").await;
        story.told(&subject, &[EVALUATION]).await;
        story.row("20", &subject, EVALUATION, json!({}), "allow LEGITIMATE_INTEREST").await;
        new_version(&story, EVALUATION, "material_consent").await;
        story.row("18", &subject, EVALUATION, json!({}), "deny NOT_INFORMED").await;
        story.end().await;
    }

    async fn row_19_an_objection_stops_until_it_is_decided(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.told(&subject, &[EVALUATION]).await;
        story.decides(&subject, EVALUATION, "objected", json!({})).await;
        story.row("19", &subject, EVALUATION, json!({}), "deny OBJECTION_PENDING").await;
        story.officer(&subject, "objection.upheld", json!({"purpose": EVALUATION})).await;
        story.row("19", &subject, EVALUATION, json!({}), "deny OBJECTED").await;
        story.end().await;
    }

    async fn row_20_no_objection_stands(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.told(&subject, &[EVALUATION]).await;
        story.row("20", &subject, EVALUATION, json!({}), "allow LEGITIMATE_INTEREST").await;
        story.decides(&subject, EVALUATION, "objected", json!({})).await;
        let rejection = json!({"purpose": EVALUATION, "grounds": "security", "balancing_test": TEXT});
        story.officer(&subject, "objection.rejected", rejection).await;
        story.row("20", &subject, EVALUATION, json!({}), "allow OBJECTION_REJECTED").await;
        story.end().await;
    }
}
