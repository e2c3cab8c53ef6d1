//! Rows of a child's consent: 26 and 28. What guardians permit is in row 32.

use samtycke_tests::both;
use serde_json::json;

use super::band;
use crate::scenarios::story::Story;

const BOARD: &str = "ommej.advisory-boards.produktutveckling";

/// A child of 7 to 12 who consented, and the guardian who is linked to it.
pub(super) async fn family(story: &Story<'_>) -> (String, String) {
    let (child, guardian) = (story.world.subject(), story.world.subject());
    band(story, &child, "7_12", None).await;
    let data = json!({"guardian": guardian, "verification": "eid", "holders": 1});
    story
        .event(&child, "guardian.linked", data)
        .await
        .expect(201);
    story
        .decides(&child, BOARD, "given", json!({}))
        .await
        .expect(201);
    (child, guardian)
}

pub(super) async fn authorises(story: &Story<'_>, child: &str, guardian: &str) {
    let granted = story
        .guardian(
            child,
            guardian,
            "guardian.authorised",
            json!({"purpose": BOARD}),
        )
        .await;
    story.outcome("the guardian authorises", &granted, "effective");
}

both! {
    async fn row_26_a_guardian_must_still_authorise(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let (child, _) = family(&story).await;
        let denied = story.row("26", &child, BOARD, json!({}), "deny GUARDIAN_PENDING").await;
        story.same("the child is not asked again", &denied["may_ask"], &json!(false));
        story.end().await;
    }

    async fn row_28_a_guardians_consent_ends_at_18(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let (child, guardian) = family(&story).await;
        authorises(&story, &child, &guardian).await;
        band(&story, &child, "adult", None).await;
        let asked = story.row("28", &child, BOARD, json!({}), "deny AGED_OUT").await;
        story.same("the adult may be asked", &asked["may_ask"], &json!(true));
        story.end().await;
    }

    /// Rows 21 and 22 by another voice than the child's (E8c).
    async fn row_21_and_row_22_by_a_guardian(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let (child, guardian) = family(&story).await;
        story.guardian(&child, &guardian, "guardian.declined", json!({"purpose": BOARD})).await;
        story.row("21", &child, BOARD, json!({}), "deny CONSENT_REFUSED").await;
        authorises(&story, &child, &guardian).await;
        story.guardian(&child, &guardian, "guardian.withdrawn", json!({"purpose": BOARD})).await;
        story.row("22", &child, BOARD, json!({}), "deny CONSENT_WITHDRAWN").await;
        story.end().await;
    }
}
