//! Ommej: an app in which children answer questions, a staff view of the answers (Horizon), testers and advisory boards.
//! The register is complete; nothing is changed.

use samtycke_tests::both;
use serde_json::{Value, json};

use super::story::Story;

const ACCOUNT: &str = "ommej.appkonto";
const ANSWERS: &str = "ommej.appsvar";
const TO_THE_SERVICE: &str = "ommej.svar-till-verksamhet";
const HORIZON: &str = "ommej.horizon-admin";
const TESTER: &str = "ommej.apptestare";
const BOARD: &str = "ommej.advisory-boards.produktutveckling";
const BOARD_MARKETING: &str = "ommej.advisory-boards.marknadsforing";

fn at(service: &str) -> Value {
    json!({"scope": {"recipient": service}})
}

fn view(service: &str) -> Value {
    json!({"scope": {"recipient": service}, "op": "view"})
}

fn explicit() -> Value {
    json!({"explicit": true})
}

async fn band(story: &Story<'_>, child: &str, band: &str, until: Option<String>) {
    let mut data = json!({"band": band, "verification": "eid", "country": "SE"});
    if let Some(until) = until {
        data["until"] = until.into();
    }
    let set = story.event(child, "age.band_set", data).await;
    story.outcome(&format!("the band {band}"), &set, "effective");
}

async fn linked(story: &Story<'_>, child: &str, guardian: &str, holders: u8) {
    let data = json!({"guardian": guardian, "verification": "eid", "holders": holders});
    let linked = story.event(child, "guardian.linked", data).await;
    story.outcome("a guardian is linked", &linked, "effective");
}

/// What a verdict obliges the caller to.
fn owed(verdict: &Value) -> Value {
    verdict
        .get("obligations")
        .cloned()
        .unwrap_or_else(|| json!([]))
}

/// An answer without what names the request.
fn bytes(mut answer: Value) -> Value {
    for own in ["event_id", "received_at", "instance"] {
        answer.as_object_mut().expect("an object").remove(own);
    }
    if let Some(receipt) = answer["receipt"].as_object_mut() {
        receipt.clear();
    }
    answer
}

both! {
    /// The app: an account on a pseudonymised address, and an explicit consent before each answer is stored. The staff
    /// view depends on the child's own live consent to that very service.
    async fn ommej_stores_and_shows_answers_by_consent(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let child = story.person("email", "barnet@example.com").await;
        story.same("one address is one person", &json!(story.person("email", "Barnet@Example.com").await), &json!(child));
        assert!(!child.contains("barnet"), "{child}");

        story.expect("before the account", &child, ACCOUNT, "deny CONSENT_MISSING").await;
        story.outcome("the child signs up", &story.decides(&child, ACCOUNT, "given", json!({})).await, "effective");
        story.expect("with an account", &child, ACCOUNT, "allow CONSENT_VALID").await;
        let store = json!({"op": "store"});
        story.expect_of("an account is no answer", &child, ANSWERS, store.clone(), "deny CONSENT_MISSING").await;

        let plain = story.decides(&child, ANSWERS, "given", json!({"explicit": false})).await;
        story.outcome("a consent that is not explicit is recorded", &plain, "effective");
        story.expect_of("and does not do", &child, ANSWERS, store.clone(), "deny EXPLICIT_CONSENT_REQUIRED").await;
        story.outcome("the child says it in its own statement", &story.decides(&child, ANSWERS, "given", explicit()).await, "effective");
        let stored = story.expect_of("before an answer", &child, ANSWERS, store.clone(), "allow CONSENT_VALID").await;
        story.same("each answer is checked", &stored["rely_ms"], &json!(0));

        story.expect_of("no service was chosen", &child, HORIZON, view("kommun-a"), "deny DEPENDENCY_DENIED").await;
        let said = story.decides(&child, TO_THE_SERVICE, "given", json!({"explicit": true, "scope": {"recipient": "kommun-a"}})).await;
        story.outcome("the child chooses a service", &said, "effective");
        let seen = story.expect_of("its staff may look", &child, HORIZON, view("kommun-a"), "allow CONTRACT_ASSERTED").await;
        story.same("never relied on", &seen["rely_ms"], &json!(0));
        assert!(!seen["valid_until"].is_null(), "the view ends with the consent: {seen}");
        story.expect_of("another's may not", &child, HORIZON, view("kommun-b"), "deny DEPENDENCY_DENIED").await;
        story.expect_of("the answers go there", &child, TO_THE_SERVICE, at("kommun-a"), "allow CONSENT_VALID").await;

        story.decides(&child, ANSWERS, "withdrawn", json!({})).await;
        for op in ["view", "read"] {
            let question = json!({"scope": {"recipient": "kommun-a"}, "op": op});
            story.expect_of("withdrawn", &child, HORIZON, question, "deny DEPENDENCY_DENIED").await;
        }
        let denied = story.expect_of("no new answer", &child, ANSWERS, store.clone(), "deny CONSENT_WITHDRAWN").await;
        story.same("nor a prompt", &denied["may_ask"], &json!(false));
        story.expect("the account stays", &child, ACCOUNT, "allow CONSENT_VALID").await;
        story.decides(&child, ANSWERS, "given", explicit()).await;
        story.expect_of("of its own accord again", &child, HORIZON, view("kommun-a"), "allow CONTRACT_ASSERTED").await;
        let all = json!({"all_scopes": true});
        story.decides(&child, TO_THE_SERVICE, "withdrawn", all).await;
        story.expect_of("no service any more", &child, HORIZON, view("kommun-a"), "deny DEPENDENCY_DENIED").await;
        story.expect_of("the answers stay", &child, ANSWERS, store.clone(), "allow CONSENT_VALID").await;

        story.days_pass(366);
        let asked = story.expect_of("after a year", &child, ANSWERS, store, "deny CONSENT_EXPIRED").await;
        story.same("the child is asked anew", &asked["may_ask"], &json!(true));
        story.end().await;
    }

    /// A guardian is not heard about the preventive service, and the answer does not tell that there is an account (E8e).
    async fn ommej_does_not_hear_a_guardian_about_the_app(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let (child, stranger, guardian) = (world.subject(), world.subject(), world.subject());
        story.decides(&child, ACCOUNT, "given", json!({})).await;
        story.decides(&child, ANSWERS, "given", explicit()).await;
        linked(&story, &child, &guardian, 1).await;
        for (kind, data) in [
            ("guardian.withdrawn", json!({"purpose": ANSWERS})),
            ("guardian.declined", json!({"purpose": ACCOUNT})),
            ("guardian.authorised", json!({"purpose": ACCOUNT})),
        ] {
            let known = story.guardian(&child, &guardian, kind, data.clone()).await;
            let unknown = story.guardian(&stranger, &guardian, kind, data).await;
            story.same(kind, &json!([known.status.as_u16(), bytes(known.json)]), &json!([unknown.status.as_u16(), bytes(unknown.json)]));
        }
        story.expect("the account", &child, ACCOUNT, "allow CONSENT_VALID").await;
        story.expect("the answers", &child, ANSWERS, "allow CONSENT_VALID").await;
        story.expect("the stranger", &stranger, ACCOUNT, "deny CONSENT_MISSING").await;
        story.end().await;
    }

    /// Child testers: health data need the child's assent and every custodian, each with an eID, each able to stop it (E8a,
    /// E8c).
    async fn ommej_tests_with_assent_and_both_guardians(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let (child, mother, father) = (world.subject(), world.subject(), world.subject());
        story.expect("no age is known", &child, TESTER, "deny AGE_UNKNOWN").await;
        band(&story, &child, "7_12", None).await;
        story.outcome("the child wants to", &story.decides(&child, TESTER, "given", explicit()).await, "pending_guardian");
        story.expect("assent alone", &child, TESTER, "deny GUARDIAN_PENDING").await;
        linked(&story, &child, &mother, 2).await;
        let data = json!({"purpose": TESTER, "explicit": true});
        story.guardian(&child, &mother, "guardian.authorised", data.clone()).await;
        story.expect("one of two", &child, TESTER, "deny GUARDIAN_PENDING").await;
        linked(&story, &child, &father, 2).await;
        story.expect("the other is known and silent", &child, TESTER, "deny GUARDIAN_PENDING").await;
        story.guardian(&child, &father, "guardian.authorised", data.clone()).await;
        story.expect("both", &child, TESTER, "allow GUARDIAN_CONSENT").await;

        story.guardian(&child, &father, "guardian.withdrawn", json!({"purpose": TESTER})).await;
        story.expect("one of them is enough to stop it", &child, TESTER, "deny CONSENT_WITHDRAWN").await;
        story.guardian(&child, &mother, "guardian.authorised", data.clone()).await;
        story.expect("the mother cannot lift the father's", &child, TESTER, "deny CONSENT_WITHDRAWN").await;
        story.guardian(&child, &father, "guardian.authorised", data.clone()).await;
        story.expect("he can, and then all must grant anew", &child, TESTER, "deny GUARDIAN_PENDING").await;
        story.guardian(&child, &mother, "guardian.authorised", data.clone()).await;
        story.expect("both again, and the child's assent is missing", &child, TESTER, "deny CONSENT_MISSING").await;
        story.decides(&child, TESTER, "given", explicit()).await;
        story.expect("all three again", &child, TESTER, "allow GUARDIAN_CONSENT").await;
        story.decides(&child, TESTER, "withdrawn", json!({})).await;
        story.expect("and so can the child", &child, TESTER, "deny CONSENT_WITHDRAWN").await;
        story.guardian(&child, &mother, "guardian.authorised", data).await;
        story.expect("whom no guardian overrules", &child, TESTER, "deny CONSENT_WITHDRAWN").await;
        story.end().await;
    }

    /// The advisory board: one row of two purposes, asked apart. Marketing is objected to for good.
    async fn ommej_asks_its_advisory_board_part_by_part(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let adult = world.subject();
        band(&story, &adult, "adult", None).await;
        story.expect("the row itself", &adult, "ommej.advisory-boards", "deny REGISTER_INCOMPLETE").await;
        story.decides(&adult, BOARD, "given", json!({})).await;
        story.expect("one part", &adult, BOARD, "allow CONSENT_VALID").await;
        story.expect("is not the other", &adult, BOARD_MARKETING, "deny CONSENT_MISSING").await;
        story.decides(&adult, BOARD_MARKETING, "given", json!({})).await;
        story.expect("asked for itself", &adult, BOARD_MARKETING, "allow CONSENT_VALID").await;
        story.decides(&adult, BOARD_MARKETING, "objected", json!({})).await;
        story.expect("no marketing", &adult, BOARD_MARKETING, "deny OBJECTED_MARKETING").await;
        story.expect("product development goes on", &adult, BOARD, "allow CONSENT_VALID").await;
        story.end().await;
    }

    /// The birthdays of a board member (E9): 13, 15 and 18, by a moved clock.
    async fn ommej_grows_up_with_a_board_member(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let (child, mother) = (world.subject(), world.subject());
        band(&story, &child, "7_12", Some(story.day(200))).await;
        linked(&story, &child, &mother, 1).await;
        story.decides(&child, BOARD, "given", json!({})).await;
        story.guardian(&child, &mother, "guardian.authorised", json!({"purpose": BOARD})).await;
        story.expect("at twelve", &child, BOARD, "allow GUARDIAN_CONSENT").await;
        story.days_pass(201);
        let asked = story.expect("at the thirteenth birthday", &child, BOARD, "deny AGE_UNKNOWN").await;
        story.same("the age is asked", &asked["may_ask"], &json!(true));
        band(&story, &child, "13", None).await;
        story.expect("at thirteen", &child, BOARD, "allow GUARDIAN_CONSENT").await;
        story.days_pass(366);
        story.expect("a year later", &child, BOARD, "deny AGE_UNKNOWN").await;
        band(&story, &child, "14", None).await;
        story.expect("at fourteen", &child, BOARD, "allow GUARDIAN_CONSENT").await;
        story.days_pass(366);
        band(&story, &child, "15", None).await;
        let carried = story.expect("at fifteen", &child, BOARD, "allow GUARDIAN_CONSENT_CARRIED").await;
        story.same("the young person must be told", &owed(&carried), &json!(["tell_young_person"]));
        let data = json!({"notice": t.notice, "purposes": [BOARD], "language": "sv", "variant": "teen"});
        story.event(&child, "notice.delivered", data).await;
        let told = story.expect("once told", &child, BOARD, "allow GUARDIAN_CONSENT_CARRIED").await;
        story.same("nothing is owed", &owed(&told), &json!([]));
        story.days_pass(366);
        band(&story, &child, "16_17", None).await;
        story.expect("at sixteen", &child, BOARD, "allow GUARDIAN_CONSENT_CARRIED").await;
        story.days_pass(2 * 366);
        story.expect("at the eighteenth birthday", &child, BOARD, "deny AGE_UNKNOWN").await;
        band(&story, &child, "adult", None).await;
        let aged = story.expect("an adult", &child, BOARD, "deny AGED_OUT").await;
        story.same("is asked", &aged["may_ask"], &json!(true));
        story.decides(&child, BOARD, "given", json!({})).await;
        story.expect("and decides", &child, BOARD, "allow CONSENT_VALID").await;
        story.end().await;
    }

    /// Customers and the market: contracts with the customer, legitimate interest with the notice, processing for others.
    async fn ommej_serves_customers_and_prospects(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let customer = story.person("account", "kund-17").await;
        story.expect("a stranger", &customer, "ommej.kop", "deny CONTRACT_MISSING").await;
        story.expect("a prospect who was not told", &customer, "ommej.demo", "deny NOT_INFORMED").await;
        story.told(&customer, &["ommej.demo", "ommej.kontakt-telefon-chatt", "ommej.nyhetsbrev"]).await;
        story.expect("a prospect", &customer, "ommej.demo", "allow LEGITIMATE_INTEREST").await;
        story.expect("a prospect calls", &customer, "ommej.kontakt-telefon-chatt", "allow LEGITIMATE_INTEREST").await;
        let carried = json!({"contract": "avtal-17", "purposes": ["ommej.kop", "ommej.kontakt-telefon-chatt"]});
        story.event(&customer, "contract.started", carried).await;
        story.expect("a customer", &customer, "ommej.kop", "allow CONTRACT").await;
        story.expect("a customer calls", &customer, "ommej.kontakt-telefon-chatt", "allow CONTRACT").await;
        story.expect("not what the contract does not carry", &customer, "ommej.support", "deny CONTRACT_MISSING").await;
        story.expect("a letter", &customer, "ommej.nyhetsbrev", "allow LEGITIMATE_INTEREST").await;
        story.decides(&customer, "ommej.nyhetsbrev", "objected", json!({})).await;
        story.expect("no letter", &customer, "ommej.nyhetsbrev", "deny OBJECTED_MARKETING").await;
        story.expect("stored for the customer", &customer, "ommej.molnlagring", "deny NOT_CONTROLLER").await;
        story.end().await;
    }
}
