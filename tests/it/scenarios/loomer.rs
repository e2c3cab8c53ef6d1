//! Loomer: contact details forwarded to one company by one consent, an account that ends, and a browser that objects. Where
//! the register leaves a basis open, the story is told of its completed copy; in another copy a purpose has a named end.

use samtycke_tests::both;
use samtycke_tests::world::Answer;
use serde_json::{Value, json};

use super::story::Story;
use crate::completions::{changed, completed};
use crate::support::{go_live, register};

const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
const SERVICE: &str = "loomer.tillhandahalla-tjansterna";
const THIRD_PARTY: &str = "loomer.cookies-tredjepart";
const ANALYTICS: &str = "loomer.cookies-analys";
const EVALUATION: &str = "loomer.analysera-utvardera";
const NEWS: &str = "loomer.information-om-tjansterna";
const USAGE: &str = "loomer.anvandningsdata";

fn to(company: &str) -> Value {
    json!({"scope": {"recipient": company}, "op": "forward"})
}

/// The time for which an evaluation goes on ends with the purpose, so that the policy's year after the account is its end.
fn bound() -> String {
    let text = register("loomer");
    let at = text
        .find(&format!("id = \"{EVALUATION}\"\n"))
        .expect("the purpose");
    let open = "rule = \"while(purpose.active)\"\n";
    let named = format!("{open}end_events = [\"purpose.retired\"]\n");
    format!(
        "{}{}",
        &text[..at],
        changed(&text[at..], "the end of the purpose", open, &named)
    )
}

/// Publishes a version of the policy in which two purposes have changed, and returns the notice's hash.
async fn new_version(story: &Story<'_>, words: &str, class: &str) -> String {
    let (world, t) = (story.world, story.t);
    let titles = register("loomer").replace("title_en = \"", &format!("title_en = \"{words}"));
    go_live(world, t, &titles).await;
    let site = json!({"site": t.site});
    let added = world
        .post("/v1/notices", &t.keys.editor, &site)
        .await
        .expect(201);
    let hash = added.json["hash"].as_str().expect("a hash").to_owned();
    let classes = json!({"classes": {ANALYTICS: class, EVALUATION: class}});
    let path = format!("/v1/notices/{hash}/publish");
    world
        .post(&path, &t.keys.publisher, &classes)
        .await
        .expect(200);
    hash
}

async fn consents(story: &Story<'_>, person: &str, company: &str) -> String {
    let given = story
        .decides(
            person,
            FORWARD,
            "given",
            json!({"scope": {"recipient": company}}),
        )
        .await;
    story.outcome("the person agrees to one company", &given, "effective");
    given.json["event_id"].as_str().expect("an id").to_owned()
}

async fn forwards(story: &Story<'_>, person: &str, consent: &str, company: &str) -> Answer {
    let body = json!({"event_id": story.world.event_id(), "subject": person, "purpose": FORWARD,
        "scope": {"recipient": company}});
    story
        .world
        .post(
            &format!("/v1/consents/{consent}/use"),
            &story.t.keys.service,
            &body,
        )
        .await
}

both! {
    /// One consent for each company, spent by one forwarding (E23). What the painter gets does not serve the plumber.
    async fn loomer_forwards_once_for_each_company(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let person = story.person("account", "anvandare-17").await;
        story.expect_of("no company was named", &person, FORWARD, to("malaren"), "deny CONSENT_MISSING").await;
        let all = story.decides(&person, FORWARD, "given", json!({})).await;
        story.refused("no consent for any company", &all, "SCOPE_MISMATCH");

        let painter = consents(&story, &person, "malaren").await;
        let owed = story.expect_of("the painter", &person, FORWARD, to("malaren"), "allow CONSENT_VALID").await;
        story.same("the caller spends it", &json!([owed["rely_ms"], owed["obligations"]]), &json!([0, ["use_once"]]));
        story.expect_of("not the plumber", &person, FORWARD, to("rormokaren"), "deny SCOPE_NOT_COVERED").await;
        let wrong = forwards(&story, &person, &painter, "rormokaren").await.expect(200);
        story.same("nor by the painter's consent", &json!([wrong.json["used"], wrong.json["reason"]]), &json!([false, "SCOPE_NOT_COVERED"]));
        story.same("sent to the painter", &forwards(&story, &person, &painter, "malaren").await.expect(201).json["used"], &json!(true));
        let spent = story.expect_of("spent", &person, FORWARD, to("malaren"), "deny CONSENT_USED").await;
        story.same("the person may be asked", &spent["may_ask"], &json!(true));
        let again = forwards(&story, &person, &painter, "malaren").await.expect(200);
        story.same("not twice", &json!([again.json["used"], again.json["reason"]]), &json!([false, "CONSENT_USED"]));

        let plumber = consents(&story, &person, "rormokaren").await;
        let decisions = json!({"scope": {"recipient": "rormokaren"}});
        story.decides(&person, FORWARD, "withdrawn", decisions).await;
        let late = forwards(&story, &person, &plumber, "rormokaren").await.expect(200);
        story.same("a withdrawal comes first", &json!([late.json["used"], late.json["reason"]]), &json!([false, "CONSENT_WITHDRAWN"]));

        let roofer = consents(&story, &person, "taklaggaren").await;
        story.days_pass(32);
        let old = forwards(&story, &person, &roofer, "taklaggaren").await.expect(200);
        story.same("an unspent consent does not live for ever", &json!([old.json["used"], old.json["reason"]]), &json!([false, "CONSENT_EXPIRED"]));
        story.end().await;
    }

    /// The account carries the service. After it everything about the person has one year left.
    async fn loomer_keeps_a_year_after_the_account(world: World) {
        let t = world.tenancy("loomer", &bound()).await;
        let story = Story::of(&world, &t);
        let person = world.subject();
        story.expect("no account", &person, SERVICE, "deny CONTRACT_MISSING").await;
        story.event(&person, "contract.started", json!({"contract": "konto-1", "purposes": [SERVICE]})).await;
        story.told(&person, &[EVALUATION, NEWS]).await;
        for (purpose, verdict) in [
            (SERVICE, "allow CONTRACT"), (EVALUATION, "allow LEGITIMATE_INTEREST"), (NEWS, "allow LEGITIMATE_INTEREST"),
        ] {
            story.expect("with an account", &person, purpose, verdict).await;
        }
        story.decides(&person, NEWS, "objected", json!({})).await;
        story.expect("no news", &person, NEWS, "deny OBJECTED_MARKETING").await;
        story.event(&person, "contract.ended", json!({"contract": "konto-1", "last_day": story.day(0)})).await;
        story.days_pass(2);
        story.expect("the account is closed", &person, SERVICE, "deny CONTRACT_ENDED").await;
        let closed = story.day(-2);
        let item = || json!({"op": "read", "item": {"anchors": {"account.deregistered": closed}}});
        story.days_pass(363);
        story.expect_of("within the year", &person, EVALUATION, item(), "allow LEGITIMATE_INTEREST").await;
        story.days_pass(3);
        story.expect_of("after it", &person, EVALUATION, item(), "deny RETENTION_PASSED").await;
        story.end().await;
    }

    /// Global Privacy Control: heard where data go to third parties, until the person consents with the signal in view.
    async fn loomer_hears_a_browsers_signal(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let person = world.subject();
        let gpc = || json!({"signals": {"gpc": true}});
        for purpose in [THIRD_PARTY, ANALYTICS] {
            story.decides(&person, purpose, "given", json!({})).await;
            story.expect("without a signal", &person, purpose, "allow CONSENT_VALID").await;
        }
        story.expect_of("third parties hear it", &person, THIRD_PARTY, gpc(), "deny GPC_OPT_OUT").await;
        story.expect_of("analytics of its own does not", &person, ANALYTICS, gpc(), "allow CONSENT_VALID").await;
        let blank = story.decides(&person, THIRD_PARTY, "given", json!({"gpc_acknowledged": true})).await;
        story.refused("no acknowledgement of what was not there", &blank, "GPC_NOT_SIGNALLED");
        let seen = story.decides_with(&person, THIRD_PARTY, "given", json!({"gpc_acknowledged": true}), gpc()).await;
        story.outcome("a consent with the signal in view", &seen, "effective");
        story.expect_of("counts", &person, THIRD_PARTY, gpc(), "allow CONSENT_VALID").await;
        story.end().await;
    }

    /// A device joins an account (E22): what both decided is answered by the stricter of them, and nothing is granted
    /// from the device.
    async fn loomer_links_a_device_to_an_account(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let (account, phone, tablet) = (world.subject(), world.subject(), world.subject());
        story.decides(&account, ANALYTICS, "given", json!({})).await;
        story.decides(&account, THIRD_PARTY, "given", json!({})).await;
        story.decides(&phone, "loomer.cookies-relevans", "given", json!({})).await;
        story.told(&phone, &[EVALUATION]).await;
        story.outcome("a phone", &story.event(&account, "subject.linked", json!({"from": phone})).await, "effective");
        for subject in [&account, &phone] {
            story.expect("a silent device changes nothing", subject, ANALYTICS, "allow CONSENT_VALID").await;
            story.expect("and grants nothing", subject, "loomer.cookies-relevans", "deny CONSENT_MISSING").await;
            story.expect("nor was anybody told", subject, EVALUATION, "deny NOT_INFORMED").await;
        }
        story.decides(&tablet, ANALYTICS, "refused", json!({})).await;
        story.event(&account, "subject.linked", json!({"from": tablet})).await;
        for subject in [&account, &tablet, &phone] {
            let denied = story.check(subject, ANALYTICS, json!({})).await;
            story.same("the stricter survives", &denied["allow"], &json!(false));
            story.expect("what it did not refuse stays", subject, THIRD_PARTY, "allow CONSENT_VALID").await;
        }
        story.end().await;
    }

    /// Usage data reach into the device: the copy states legitimate interest, and both questions are asked (E13).
    async fn loomer_asks_the_device_before_usage_data(world: World) {
        let t = world.tenancy("loomer", &completed("loomer")).await;
        let story = Story::of(&world, &t);
        let person = world.subject();
        story.told(&person, &[USAGE]).await;
        story.expect("told", &person, USAGE, "deny TERMINAL_CONSENT_MISSING").await;
        story.decides(&person, USAGE, "given", json!({})).await;
        story.expect("and asked", &person, USAGE, "allow LEGITIMATE_INTEREST").await;
        story.decides(&person, USAGE, "objected", json!({})).await;
        story.expect("an objection", &person, USAGE, "deny OBJECTION_PENDING").await;
        story.end().await;
    }

    /// A new version of the policy is announced: what must be told is owed until it is delivered, and what needs consent
    /// denies until the person was asked, or told, anew (E6, rows 30 and 31).
    async fn loomer_announces_a_new_version(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let person = world.subject();
        story.decides(&person, ANALYTICS, "given", json!({})).await;
        story.told(&person, &[EVALUATION]).await;
        story.days_pass(30);
        let told = new_version(&story, "Nu: ", "material_notice").await;
        for (purpose, verdict) in [(ANALYTICS, "allow CONSENT_VALID"), (EVALUATION, "allow LEGITIMATE_INTEREST")] {
            let owed = story.expect("an important change", &person, purpose, verdict).await;
            story.same("must be told", &owed["obligations"], &json!(["deliver_notice"]));
        }
        let data = json!({"notice": told, "purposes": [ANALYTICS, EVALUATION], "language": "sv"});
        story.event(&person, "notice.delivered", data).await.expect(201);
        for purpose in [ANALYTICS, EVALUATION] {
            let answer = story.check(&person, purpose, json!({})).await;
            story.same("and is told", &json!([answer["allow"], answer["obligations"]]), &json!([true, []]));
        }
        story.days_pass(30);
        let asked = new_version(&story, "Nytt: ", "material_consent").await;
        let stale = story.expect("another purpose than before", &person, ANALYTICS, "deny NOTICE_STALE").await;
        story.same("is asked anew", &stale["may_ask"], &json!(true));
        story.expect("or told anew", &person, EVALUATION, "deny NOT_INFORMED").await;
        let old = story.decides(&person, ANALYTICS, "given", json!({})).await;
        story.outcome("a consent to the old version", &old, "superseded NOTICE_STALE");
        let current = json!({"notice": asked});
        story.decides_with(&person, ANALYTICS, "given", json!({}), current).await;
        story.expect("to the new one", &person, ANALYTICS, "allow CONSENT_VALID").await;
        let data = json!({"notice": asked, "purposes": [EVALUATION], "language": "sv"});
        story.event(&person, "notice.delivered", data).await.expect(201);
        story.expect("told", &person, EVALUATION, "allow LEGITIMATE_INTEREST").await;
        story.end().await;
    }
}
