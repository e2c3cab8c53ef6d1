//! Rows of a consent that does not permit: 21 to 25, 27 and 29.

use samtycke_tests::both;
use serde_json::json;

use super::{adult, band};
use crate::scenarios::story::Story;
use crate::support::{register, with_analysis};

const ANALYTICS: &str = "loomer.cookies-analys";
const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
const PHOTO: &str = "bjorn-lunden.foto-film-ljud";
const BOARD: &str = "ommej.advisory-boards.produktutveckling";
const TESTER: &str = "ommej.apptestare";

both! {
    async fn row_21_a_refusal_stands_and_waits(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.decides(&subject, ANALYTICS, "refused", json!({})).await;
        let denied = story.row("21", &subject, ANALYTICS, json!({}), "deny CONSENT_REFUSED").await;
        story.same("not asked again at once", &denied["may_ask"], &json!(false));
        story.days_pass(190);
        let later = story.row("21", &subject, ANALYTICS, json!({}), "deny CONSENT_REFUSED").await;
        story.same("but after half a year", &later["may_ask"], &json!(true));
        story.end().await;
    }

    async fn row_22_a_withdrawal_stands_for_good(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.decides(&subject, ANALYTICS, "given", json!({})).await;
        story.decides(&subject, ANALYTICS, "withdrawn", json!({})).await;
        story.days_pass(1_000);
        let denied = story.row("22", &subject, ANALYTICS, json!({}), "deny CONSENT_WITHDRAWN").await;
        story.same("never asked again", &denied["may_ask"], &json!(false));
        story.end().await;
    }

    async fn row_23_a_consent_is_invalid_or_revoked(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        for (kind, verdict) in [
            ("consent.invalidated", "deny CONSENT_INVALIDATED"),
            ("consent.revoked", "deny CONSENT_REVOKED"),
        ] {
            let subject = world.subject();
            story.decides(&subject, ANALYTICS, "given", json!({})).await;
            story.officer(&subject, kind, json!({"purpose": ANALYTICS, "cause": "wrong-text"})).await;
            story.row("23", &subject, ANALYTICS, json!({}), verdict).await;
        }
        story.end().await;
    }

    async fn row_24_the_age_is_unknown_or_no_longer_known(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        let asked = story.row("24", &subject, BOARD, json!({}), "deny AGE_UNKNOWN").await;
        story.same("it may be asked", &asked["may_ask"], &json!(true));
        band(&story, &subject, "15", Some(story.day(30))).await;
        story.decides(&subject, BOARD, "given", json!({})).await;
        story.row("32", &subject, BOARD, json!({}), "allow CONSENT_VALID").await;
        story.days_pass(31);
        story.row("24", &subject, BOARD, json!({}), "deny AGE_UNKNOWN").await;
        story.end().await;
    }

    async fn row_25_nothing_was_decided_for_this_scope(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        let to = |company: &str| json!({"scope": {"recipient": company}});
        story.row("25", &subject, ANALYTICS, json!({}), "deny CONSENT_MISSING").await;
        story.decides(&subject, ANALYTICS, "deferred", json!({})).await;
        story.row("25", &subject, ANALYTICS, json!({}), "deny CONSENT_DEFERRED").await;
        story.decides(&subject, FORWARD, "given", to("malaren")).await;
        let asked = story.row("25", &subject, FORWARD, to("rormokaren"), "deny SCOPE_NOT_COVERED").await;
        story.same("it may be asked", &asked["may_ask"], &json!(true));
        story.end().await;
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let unknown = json!({"scope": {"campaign": "summer", "medium": "photo", "surface": "web"}});
        let denied = story.row("25", &subject, PHOTO, unknown, "deny SCOPE_NOT_COVERED").await;
        story.same("not for an unknown campaign", &denied["may_ask"], &json!(false));
        story.end().await;
    }

    async fn row_27_a_consent_is_over_or_used_up(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        let to = || json!({"scope": {"recipient": "malaren"}});
        let given = story.decides(&subject, FORWARD, "given", to()).await;
        story.decides(&subject, ANALYTICS, "given", json!({})).await;
        let path = format!("/v1/consents/{}/use", given.json["event_id"].as_str().expect("an id"));
        let spent = json!({"event_id": world.event_id(), "subject": subject, "purpose": FORWARD, "scope": {"recipient": "malaren"}});
        world.post(&path, &t.keys.service, &spent).await.expect(201);
        story.row("27", &subject, FORWARD, to(), "deny CONSENT_USED").await;
        story.days_pass(400);
        let asked = story.row("27", &subject, ANALYTICS, json!({}), "deny CONSENT_EXPIRED").await;
        story.same("it is asked anew", &asked["may_ask"], &json!(true));
        story.end().await;
    }

    async fn row_29_a_consent_is_too_weak(world: World) {
        let text = with_analysis(&register("ommej"), BOARD, "assurance_min = \"signed\"");
        let t = world.tenancy("ommej", &text).await;
        let story = Story::of(&world, &t);
        let subject = adult(&story).await;
        story.decides(&subject, TESTER, "given", json!({})).await;
        story.row("29", &subject, TESTER, json!({}), "deny EXPLICIT_CONSENT_REQUIRED").await;
        story.decides(&subject, BOARD, "given", json!({})).await;
        let asked = story.row("29", &subject, BOARD, json!({}), "deny ASSURANCE_TOO_LOW").await;
        story.same("it may be asked", &asked["may_ask"], &json!(true));
        story.end().await;
    }
}
