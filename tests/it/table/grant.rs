//! Rows of a consent and its notice: 30 to 32.

use samtycke_tests::both;
use serde_json::{Value, json};

use super::band;
use super::guardian::{authorises, family};
use crate::scenarios::story::Story;
use crate::support::{go_live, register};

const ANALYTICS: &str = "loomer.cookies-analys";
const BOARD: &str = "ommej.advisory-boards.produktutveckling";

/// Publishes a notice with other words, in which the change of one purpose is of this class.
pub(crate) async fn new_version(story: &Story<'_>, purpose: &str, class: &str) {
    let (world, t) = (story.world, story.t);
    let text = register("loomer").replace("title_en = \"", "title_en = \"Now: ");
    go_live(world, t, &text).await;
    let added = world
        .post("/v1/notices", &t.keys.editor, &json!({"site": t.site}))
        .await
        .expect(201);
    let hash = added.json["hash"].as_str().expect("a hash");
    publishes(story, hash, json!({"classes": {purpose: class}})).await;
}

async fn publishes(story: &Story<'_>, hash: &str, classes: Value) {
    let path = format!("/v1/notices/{hash}/publish");
    let published = story
        .world
        .post(&path, &story.t.keys.publisher, &classes)
        .await;
    published.expect(200);
}

both! {
    async fn row_30_a_change_needs_consent(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.decides(&subject, ANALYTICS, "given", json!({})).await;
        new_version(&story, ANALYTICS, "material_consent").await;
        let asked = story.row("30", &subject, ANALYTICS, json!({}), "deny NOTICE_STALE").await;
        story.same("it is asked anew", &asked["may_ask"], &json!(true));
        story.end().await;
    }

    async fn row_31_a_change_must_be_told(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.decides(&subject, ANALYTICS, "given", json!({})).await;
        new_version(&story, ANALYTICS, "material_notice").await;
        let owed = story.row("31", &subject, ANALYTICS, json!({}), "allow CONSENT_VALID").await;
        story.same("the caller tells", &owed["obligations"], &json!(["deliver_notice"]));
        story.end().await;
    }

    async fn row_32_a_live_consent_permits(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.decides(&subject, ANALYTICS, "given", json!({})).await;
        story.row("32", &subject, ANALYTICS, json!({}), "allow CONSENT_VALID").await;
        story.decides(&subject, ANALYTICS, "renewed", json!({})).await;
        story.row("32", &subject, ANALYTICS, json!({}), "allow CONSENT_RENEWED").await;
        new_version(&story, ANALYTICS, "material_consent").await;
        publishes(&story, &t.notice, json!({})).await;
        story.row("32", &subject, ANALYTICS, json!({}), "allow NOTICE_EQUIVALENT").await;
        story.end().await;
    }

    /// Row 32 for a child: guardians consent, and their consent goes on where the young person decides alone.
    async fn row_32_guardians_permit_and_are_carried_on(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let (child, guardian) = family(&story).await;
        authorises(&story, &child, &guardian).await;
        story.row("32", &child, BOARD, json!({}), "allow GUARDIAN_CONSENT").await;
        band(&story, &child, "15", None).await;
        story.row("32", &child, BOARD, json!({}), "allow GUARDIAN_CONSENT_CARRIED").await;
        story.end().await;
    }
}
