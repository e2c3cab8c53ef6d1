//! Edge cases of docs/decisions.md section 8 that no other test plays through the API, and the list of all of them.

use samtycke_tests::{both, world::Answer};
use serde_json::{Value, json};

use crate::completions::changed;
use crate::scenarios::story::Story;
use crate::support::{Browser, go_live, new_notice, register, without};
use crate::table::grant::new_version;

const ANALYTICS: &str = "loomer.cookies-analys";
const PHOTO: &str = "bjorn-lunden.foto-film-ljud";
const TESTER: &str = "ommej.apptestare";
const BOARD: &str = "ommej.advisory-boards.produktutveckling";
const PAGE: &str = include_str!("../../docs/decisions.md");

fn outcome(answer: &Answer) -> Value {
    let decision = &answer.json["decisions"][0];
    json!([decision["outcome"], decision["reason"]])
}

both! {
    /// A grant that was captured on its way: under its own id it is the first answer again, under another it has not
    /// seen the withdrawal.
    async fn a_captured_grant_revives_nothing(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        let mut grant = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        world.post("/v1/consents", &t.keys.service, &grant).await.expect(201);
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        let again = world.post("/v1/consents", &t.keys.service, &grant).await.expect(201);
        assert_eq!(again.headers["idempotent-replayed"], "true");
        story.expect("the first answer again", &subject, ANALYTICS, "deny CONSENT_WITHDRAWN").await;
        grant["event_id"] = world.event_id().into();
        let renamed = world.post("/v1/consents", &t.keys.service, &grant).await.expect(201);
        story.same("under another id", &outcome(&renamed), &json!(["superseded", "STALE_GRANT"]));
        story.expect("nor that", &subject, ANALYTICS, "deny CONSENT_WITHDRAWN").await;
        story.end().await;
    }

    /// A visitor who clears the cookies is a new subject, who is asked; what the old one decided stays and grants nothing.
    async fn a_visitor_without_cookies_is_asked_anew(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let (before, after) = (Browser::new(), Browser::new());
        let grant = world.consent(&t, &before.subject, 0, &[(ANALYTICS, "given")]);
        before.post(&world, &t, &t.web_origin, "/v1/consents", &grant).await.expect(201);
        let asked = story.expect("cleared", &after.subject, ANALYTICS, "deny CONSENT_MISSING").await;
        story.same("and asked", &asked["may_ask"], &json!(true));
        story.expect("the old record stays", &before.subject, ANALYTICS, "allow CONSENT_VALID").await;
        let refusal = world.consent(&t, &after.subject, 0, &[(ANALYTICS, "refused")]);
        after.post(&world, &t, &t.web_origin, "/v1/consents", &refusal).await.expect(200);
        story.expect("a stranger's refusal leaves no record", &after.subject, ANALYTICS, "deny CONSENT_MISSING").await;
        story.end().await;
    }

    /// A purpose is split: the consent to the whole is none to its parts, and both are asked.
    async fn a_purpose_that_is_split_is_asked_in_both_parts(world: World) {
        const WHOLE: &str = "omilon.cookies-trafikmatning";
        let parts = ["omilon.cookies-trafikmatning.trafik", "omilon.cookies-trafikmatning.funktion"];
        let in_one = parts.iter().fold(register("omilon"), |text, part| without(&text, part));
        let in_one = changed(&in_one, "in one piece", "parts = [\"trafik\", \"funktion\"]\n", "");
        let mut t = world.tenancy("omilon", &in_one).await;
        let subject = world.subject();
        {
            let story = Story::of(&world, &t);
            story.decides(&subject, WHOLE, "given", json!({})).await;
            story.expect("in one piece", &subject, WHOLE, "allow CONSENT_VALID").await;
            story.end().await;
        }
        go_live(&world, &t, &register("omilon")).await;
        t.notice = new_notice(&world, &t).await;
        let story = Story::of(&world, &t);
        let denied = story.expect("the whole", &subject, WHOLE, "deny REGISTER_INCOMPLETE").await;
        story.same("names its parts", &denied["parts"], &json!(parts));
        for part in parts {
            let asked = story.expect("a part", &subject, part, "deny CONSENT_MISSING").await;
            story.same("is asked", &asked["may_ask"], &json!(true));
            story.decides(&subject, part, "given", json!({})).await;
            story.expect("and granted", &subject, part, "allow CONSENT_VALID").await;
        }
        story.end().await;
    }

    /// Of two with custody one loses it: what both granted is counted anew among who is left (E8b).
    async fn the_end_of_custody_counts_the_quorum_anew(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let [child, mother, father] = [(); 3].map(|()| world.subject());
        story.event(&child, "age.band_set", json!({"band": "7_12", "verification": "eid"})).await.expect(201);
        for guardian in [&mother, &father] {
            let link = json!({"guardian": guardian, "verification": "eid", "holders": 2});
            story.event(&child, "guardian.linked", link).await.expect(201);
        }
        story.decides(&child, TESTER, "given", json!({"explicit": true})).await;
        story.guardian(&child, &mother, "guardian.authorised", json!({"purpose": TESTER, "explicit": true})).await;
        story.expect("one of two", &child, TESTER, "deny GUARDIAN_PENDING").await;
        let ended = json!({"guardian": father, "cause": "custody_ended", "holders": 1});
        story.event(&child, "guardian.unlinked", ended).await.expect(201);
        story.expect("one of one", &child, TESTER, "allow GUARDIAN_CONSENT").await;
        story.end().await;
    }

    /// A campaign ends earlier and is then prolonged: who consented before the end stays without effect, also within the
    /// end that stood when they consented (E10).
    async fn a_campaign_that_is_prolonged_revives_nothing(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let campaign = async |days: i64| {
            let body = json!({"ends_on": story.day(days), "media": ["photo"], "surfaces": ["web"], "advertising": true});
            story.put("/v1/campaigns/spring", &t.keys.publisher, &body).await.expect(200);
        };
        let scope = || json!({"scope": {"campaign": "spring", "medium": "photo", "surface": "web"}});
        let (before, after) = (world.subject(), world.subject());
        campaign(100).await;
        story.decides(&before, PHOTO, "given", scope()).await;
        campaign(10).await;
        story.days_pass(12);
        story.expect_of("over", &before, PHOTO, scope(), "deny CONSENT_EXPIRED").await;
        campaign(200).await;
        story.decides(&after, PHOTO, "given", scope()).await;
        story.expect_of("a new campaign for consent", &before, PHOTO, scope(), "deny CONSENT_EXPIRED").await;
        story.expect_of("a new consent", &after, PHOTO, scope(), "allow CONSENT_VALID").await;
        story.end().await;
    }

    /// An age that is corrected down makes what the child decided alone invalid, until it is asked anew (E9).
    async fn an_age_that_is_corrected_down_invalidates(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let child = world.subject();
        let band = |band: &str| json!({"band": band, "verification": "eid"});
        story.event(&child, "age.band_set", band("16_17")).await.expect(201);
        story.decides(&child, BOARD, "given", json!({})).await;
        story.expect("decided alone", &child, BOARD, "allow CONSENT_VALID").await;
        story.event(&child, "age.band_set", band("7_12")).await.expect(201);
        story.expect("too young", &child, BOARD, "deny CONSENT_INVALIDATED").await;
        story.decides(&child, BOARD, "given", json!({})).await;
        story.expect("asked anew", &child, BOARD, "deny GUARDIAN_PENDING").await;
        story.end().await;
    }

    /// A notice is published between view and click. The click cites what was shown: it counts after a change that must
    /// be told, which is then owed.
    async fn a_notice_published_between_view_and_click(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        new_version(&story, ANALYTICS, "material_notice").await;
        let clicked = story.decides(&subject, ANALYTICS, "given", json!({})).await;
        story.outcome("the notice that was shown", &clicked, "effective");
        let owed = story.expect("counts", &subject, ANALYTICS, "allow CONSENT_VALID").await;
        story.same("the change is owed", &owed["obligations"], &json!(["deliver_notice"]));
        story.end().await;
    }

    /// The same with a change that needs consent: the click does not count (E19).
    async fn a_material_change_between_view_and_click(world: World) {
        let t = world.example("loomer").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        new_version(&story, ANALYTICS, "material_consent").await;
        let clicked = story.decides(&subject, ANALYTICS, "given", json!({})).await;
        story.outcome("the notice that was shown", &clicked, "superseded NOTICE_STALE");
        story.expect("is asked anew", &subject, ANALYTICS, "deny CONSENT_MISSING").await;
        story.end().await;
    }
}

/// Protects the list of edge cases in docs/decisions.md section 8: each names a test that exists.
#[test]
fn every_edge_case_has_its_test() {
    let (_, section) = PAGE
        .split_once("\n## 8. Edge cases\n")
        .expect("the section");
    let rows: Vec<&str> = section
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() >= 30, "{} edge cases", rows.len());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for row in rows {
        let named: Vec<&str> = row
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.contains("::"))
            .collect();
        assert!(!named.is_empty(), "no test: {row}");
        for name in named {
            let (file, test) = name.rsplit_once("::").expect("a file and a test");
            let text = std::fs::read_to_string(root.join(file))
                .unwrap_or_else(|_| panic!("{file} of {row}"));
            assert!(text.contains(&format!("fn {test}(")), "{name} of {row}");
        }
    }
}
