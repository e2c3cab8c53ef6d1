//! Omilon: a banner that refuses as easily as it accepts, panels and letters asked one by one, and objections that are
//! decided. Where the register leaves bases open, the story is told of its completed copy.

use samtycke_tests::both;
use serde_json::{Value, json};

use super::TEXT;
use super::story::Story;
use crate::completions::completed;
use crate::support::Browser;

const TRAFFIC: &str = "omilon.cookies-trafikmatning.trafik";
const FUNCTION: &str = "omilon.cookies-trafikmatning.funktion";
const PIXELS: &str = "omilon.sparningsbilder-marknadsforing";
const SURVEY: &str = "omilon.undersokningar-paneler-nyhetsbrev.undersokning";
const PANEL: &str = "omilon.undersokningar-paneler-nyhetsbrev.panel";
const OFFER: &str = "omilon.undersokningar-paneler-nyhetsbrev.erbjudande";
const LETTER: &str = "omilon.undersokningar-paneler-nyhetsbrev.nyhetsbrev";
const DEVELOPMENT: &str = "omilon.utveckling-tjansteutbud";
const EXPERIENCE: &str = "omilon.anvandarupplevelse";
const INVOICES: &str = "omilon.fakturainformation";

fn decided(story: &Story<'_>, me: &Browser, based_on: u64, word: &str) -> Value {
    let decisions = [TRAFFIC, FUNCTION, PIXELS].map(|p| json!({"purpose": p, "decision": word}));
    json!({"event_id": story.world.event_id(), "subject": me.subject, "notice": story.t.notice, "language": "sv",
        "method": "button", "based_on": based_on, "decisions": decisions})
}

both! {
    /// The banner: a refusal is one press, as a grant is, leaves nothing about a stranger, and lasts.
    async fn omilon_offers_an_equal_refusal(world: World) {
        let t = world.example("omilon").await;
        let story = Story::of(&world, &t);
        let shown = world.get(&format!("/v1/sites/{}/notice", t.site), &t.keys.service).await.expect(200);
        let buttons = shown.json.pointer("/manifest/layout/buttons").cloned().unwrap_or_default();
        story.same("refuse stands first, beside accept", &buttons, &json!(["refuse", "accept", "settings"]));

        let me = Browser::new();
        let refuses = decided(&story, &me, 0, "refused");
        me.post(&world, &t, &t.web_origin, "/v1/consents", &refuses).await.expect(200);
        for purpose in [TRAFFIC, FUNCTION, PIXELS] {
            story.expect("nothing runs", &me.subject, purpose, "deny CONSENT_MISSING").await;
        }
        let accepts = decided(&story, &me, 1, "given");
        me.post(&world, &t, &t.web_origin, "/v1/consents", &accepts).await.expect(201);
        for purpose in [TRAFFIC, FUNCTION, PIXELS] {
            story.expect("of its own accord", &me.subject, purpose, "allow CONSENT_VALID").await;
        }
        let body = json!({"event_id": world.event_id(), "subject": me.subject,
            "decisions": [{"purpose": PIXELS, "decision": "withdrawn"}]});
        me.post(&world, &t, &t.web_origin, "/v1/withdrawals", &body).await.expect(201);
        story.expect("pixels are taken back", &me.subject, PIXELS, "deny CONSENT_WITHDRAWN").await;
        story.expect("and the rest stays", &me.subject, TRAFFIC, "allow CONSENT_VALID").await;
        story.days_pass(400);
        let old = story.expect("a year later", &me.subject, TRAFFIC, "deny CONSENT_EXPIRED").await;
        story.same("the banner asks again", &old["may_ask"], &json!(true));
        story.end().await;
    }

    /// Survey, panel, offer and letter stand in one row and are four questions.
    async fn omilon_asks_panel_and_letter_apart(world: World) {
        let t = world.example("omilon").await;
        let story = Story::of(&world, &t);
        let member = story.person("email", "panel@example.com").await;
        let row = "omilon.undersokningar-paneler-nyhetsbrev";
        story.expect("the row itself", &member, row, "deny REGISTER_INCOMPLETE").await;
        let whole = story.decides(&member, row, "given", json!({})).await;
        story.refused("the row cannot be granted", &whole, "PURPOSE_NOT_IN_NOTICE");
        let mut granted: Vec<&str> = Vec::new();
        for part in [PANEL, LETTER, SURVEY, OFFER] {
            story.expect("not asked yet", &member, part, "deny CONSENT_MISSING").await;
            story.decides(&member, part, "given", json!({})).await;
            granted.push(part);
            for purpose in &granted {
                story.expect("asked and granted", &member, purpose, "allow CONSENT_VALID").await;
            }
        }
        story.decides(&member, LETTER, "withdrawn", json!({})).await;
        story.expect("no letter", &member, LETTER, "deny CONSENT_WITHDRAWN").await;
        story.decides(&member, OFFER, "objected", json!({})).await;
        story.expect("no offers", &member, OFFER, "deny OBJECTED_MARKETING").await;
        for part in [PANEL, SURVEY] {
            story.expect("the panel goes on", &member, part, "allow CONSENT_VALID").await;
        }
        story.end().await;
    }

    /// Objections: told, objected, and decided by the data protection officer, one rejected with grounds and a balancing
    /// test, one upheld (Art. 21(1)).
    async fn omilon_decides_objections(world: World) {
        let t = world.tenancy("omilon", &completed("omilon")).await;
        let story = Story::of(&world, &t);
        let customer = story.person("account", "kund-17").await;
        for purpose in [DEVELOPMENT, EXPERIENCE] {
            story.expect("not told", &customer, purpose, "deny NOT_INFORMED").await;
        }
        story.told(&customer, &[DEVELOPMENT, EXPERIENCE]).await;
        for purpose in [DEVELOPMENT, EXPERIENCE] {
            story.expect("told", &customer, purpose, "allow LEGITIMATE_INTEREST").await;
            let objected = story.decides(&customer, purpose, "objected", json!({})).await;
            story.outcome("an objection", &objected, "effective");
            story.expect("paused until it is decided", &customer, purpose, "deny OBJECTION_PENDING").await;
        }
        let bare = story.officer(&customer, "objection.rejected", json!({"purpose": DEVELOPMENT, "grounds": "security"})).await;
        story.refused("no rejection without a balancing test", &bare, "FIELD_INVALID");
        let rejection = json!({"purpose": DEVELOPMENT, "grounds": "security", "balancing_test": TEXT});
        let by_server = story.event(&customer, "objection.rejected", rejection.clone()).await;
        story.same("a server does not decide", &json!(by_server.status.as_u16()), &json!(403));
        story.outcome("rejected", &story.officer(&customer, "objection.rejected", rejection).await, "effective");
        story.expect("on compelling grounds", &customer, DEVELOPMENT, "allow OBJECTION_REJECTED").await;
        story.outcome("upheld", &story.officer(&customer, "objection.upheld", json!({"purpose": EXPERIENCE})).await, "effective");
        story.expect("for good", &customer, EXPERIENCE, "deny OBJECTED").await;
        let late = json!({"purpose": EXPERIENCE, "grounds": "security", "balancing_test": TEXT});
        let late = story.officer(&customer, "objection.rejected", late).await;
        story.outcome("what was upheld is not rejected", &late, "superseded NOTHING_TO_CHANGE");
        let own = story.decides(&customer, EXPERIENCE, "objection_retracted", json!({})).await;
        story.outcome("the person takes it back", &own, "effective");
        story.expect("and is served", &customer, EXPERIENCE, "allow LEGITIMATE_INTEREST").await;
        story.decides(&customer, DEVELOPMENT, "objected", json!({})).await;
        story.expect("a new objection is new", &customer, DEVELOPMENT, "deny OBJECTION_PENDING").await;
        story.end().await;
    }

    /// Invoices for at least seven years, disclosure by law; what the policy gives no basis for is denied.
    async fn omilon_keeps_what_the_law_requires(world: World) {
        let t = world.example("omilon").await;
        let story = Story::of(&world, &t);
        let customer = world.subject();
        let item = |year: &str, op: &str| json!({"op": op, "item": {"anchors": {"fiscal_year.calendar_year_end": year}}});
        for op in ["store", "read"] {
            story.expect_of("six years old", &customer, INVOICES, item("2020-12-31", op), "allow LEGAL_OBLIGATION").await;
        }
        story.expect_of("not on the web", &customer, INVOICES, json!({"op": "publish"}), "deny OP_NOT_COVERED").await;
        let forward = json!({"op": "forward"});
        story.expect_of("to an authority", &customer, "omilon.utlamning-myndighet", forward.clone(), "allow LEGAL_OBLIGATION").await;
        let own = "omilon.egen-utredning";
        story.expect_of("an inquiry of its own is no law", &customer, own, forward, "deny REGISTER_INCOMPLETE").await;
        story.end().await;
    }
}
