//! Björn Lundén: pictures of customers, a newsletter under contract, invoices, and former customers. The register is
//! complete; nothing is changed.

use reqwest::Method;
use samtycke_core::campaign::LastDay;
use samtycke_core::wire::{format_rfc3339, parse_rfc3339};
use samtycke_server::clock::Clock as _;
use samtycke_tests::both;
use samtycke_tests::world::Answer;
use serde_json::{Value, json};

use super::story::Story;
use super::{DAY_MS, SHA256, TEXT};
use crate::support::raw;

const PHOTO: &str = "bjorn-lunden.foto-film-ljud";
const LETTER: &str = "bjorn-lunden.nyhetsbrev";
const INVOICES: &str = "bjorn-lunden.leverantorsreskontra";
const LEDGER: &str = "bjorn-lunden.kundreskontra";

fn shown(surface: &str) -> Value {
    json!({"campaign": "spring", "medium": "photo", "surface": surface})
}

/// The spring campaign, which ends in a hundred days.
async fn campaign(story: &Story<'_>) {
    let body = json!({"ends_on": story.day(100), "media": ["photo"], "surfaces": ["web", "print"], "advertising": true});
    story
        .put("/v1/campaigns/spring", &story.t.keys.publisher, &body)
        .await
        .expect(200);
}

/// A picture of these people on the start page and in a brochure.
async fn picture(story: &Story<'_>, people: &[String]) {
    let places =
        json!([{"surface": "web", "ref": "start-page"}, {"surface": "print", "ref": "brochure-7"}]);
    let body = json!({"sha256": SHA256, "subjects": people, "campaign": "spring", "purpose": PHOTO, "medium": "photo",
        "places": places});
    story
        .put("/v1/assets/group", &story.t.keys.service, &body)
        .await
        .expect(200);
}

async fn may_show(story: &Story<'_>, surface: &str) -> Value {
    let body = json!({"asset": "group", "surface": surface, "medium": "photo"});
    story
        .world
        .post("/v1/assets/check", &story.t.keys.service, &body)
        .await
        .expect(200)
        .json
}

async fn open_tasks(story: &Story<'_>) -> Vec<Value> {
    let listed = story
        .world
        .get("/v1/takedowns?state=open", &story.t.keys.dpo)
        .await
        .expect(200);
    listed.json["takedowns"].as_array().expect("a list").clone()
}

/// A form that a person signed five weeks ago, recorded by staff who keep it (E20).
async fn signed_form(story: &Story<'_>, person: &str, surface: &str) -> Answer {
    let signed = story.world.clock.now() - 35 * DAY_MS;
    let form = json!({"method": "signature", "surface": "paper", "evidence": SHA256,
        "actor": {"role": "staff", "ref": "s-7"}, "occurred_at": format_rfc3339(signed)});
    story
        .decides_with(
            person,
            PHOTO,
            "given",
            json!({"scope": shown(surface)}),
            form,
        )
        .await
}

/// A page of the person's own phone, and its answer.
async fn press(story: &Story<'_>, path: &str, form: &str) {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    raw(story.world, Method::POST, path, &headers, form)
        .await
        .expect(303);
}

both! {
    /// Five people in a picture: three by a click, one by a signed form, and one on her own phone. One takes herself out of all pictures.
    async fn bjorn_lunden_shows_a_picture_while_all_agree(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let people: Vec<String> = (0..5).map(|_| world.subject()).collect();
        let early = story.decides(&people[0], PHOTO, "given", json!({"scope": shown("web")})).await;
        story.refused("a campaign that is not published", &early, "CAMPAIGN_UNKNOWN");
        campaign(&story).await;
        story.days_pass(40);
        for person in &people[..3] {
            for surface in ["web", "print"] {
                let said = story.decides(person, PHOTO, "given", json!({"scope": shown(surface)})).await;
                story.outcome("a person agrees", &said, "effective");
            }
        }
        for surface in ["web", "print"] {
            let said = signed_form(&story, &people[3], surface).await;
            story.outcome("a form that was signed five weeks ago", &said, "effective");
        }
        let scope = |surface: &str| json!({"scope": shown(surface), "op": "publish"});
        story.expect_of("on the web", &people[0], PHOTO, scope("web"), "allow CONSENT_VALID").await;
        story.expect_of("not at a fair", &people[0], PHOTO, scope("fair"), "deny SCOPE_NOT_COVERED").await;
        picture(&story, &people).await;
        story.same("four of five", &may_show(&story, "web").await["allow"], &json!(false));
        let hers = open_tasks(&story).await;
        let of_whom: Vec<&Value> = hers.iter().map(|task| &task["subject"]).collect();
        story.same("it is shown before she was asked", &json!(of_whom), &json!([people[4], people[4]]));

        let link = json!({"subject": people[4], "notice": t.notice, "purposes": [PHOTO], "scope": shown("web")});
        let made = world.post("/v1/links", &t.keys.service, &link).await.expect(201);
        let url = made.json["url"].as_str().expect("an address");
        let path = &url[url.find("/l/").expect("the page's path")..];
        press(&story, path, &format!("purpose={PHOTO}&answer=yes&lang=sv")).await;
        story.expect_of("the fifth, by the code on the wall", &people[4], PHOTO, scope("web"), "allow CONSENT_VALID").await;
        story.same("all five on the web", &may_show(&story, "web").await["allow"], &json!(true));
        story.same("she was not asked about print", &may_show(&story, "print").await["allow"], &json!(false));

        story.decides(&people[2], PHOTO, "withdrawn", json!({"all_scopes": true})).await;
        let blocked = may_show(&story, "web").await;
        let by = json!([{"subject": people[2], "reason": "CONSENT_WITHDRAWN"}]);
        story.same("one takes herself out", &json!([blocked["allow"], blocked["blocked_by"]]), &json!([false, by]));
        let mut tasks = open_tasks(&story).await;
        tasks.retain(|task| !hers.contains(task));
        let mut places: Vec<&str> = tasks.iter().filter_map(|task| task["place"]["ref"].as_str()).collect();
        places.sort_unstable();
        story.same("both places must be cleared", &json!(places), &json!(["brochure-7", "start-page"]));
        for task in &tasks {
            story.same("of whom", &task["subject"], &json!(people[2]));
            let due = task["due_at"].as_str().and_then(parse_rfc3339).map(|at| LastDay::of_instant(at).to_string());
            story.same("a week remains", &json!(due), &json!(story.day(7)));
        }
        story.days_pass(8);
        let late = open_tasks(&story).await;
        story.same("a task that waits is overdue", &json!(late.iter().all(|task| task["overdue"] == true)), &json!(true));
        for task in &late {
            let path = format!("/v1/takedowns/{}/done", task["takedown"].as_str().expect("an id"));
            world.post(&path, &t.keys.dpo, &json!({"evidence": SHA256})).await.expect(200);
        }
        story.same("cleared", &json!(open_tasks(&story).await), &json!([]));
        press(&story, &format!("{path}/withdrawal"), &format!("purpose={PHOTO}&lang=sv")).await;
        story.expect_of("at the same link", &people[4], PHOTO, scope("web"), "deny CONSENT_WITHDRAWN").await;

        story.days_pass(95);
        story.expect_of("after the campaign", &people[0], PHOTO, scope("web"), "deny CONSENT_EXPIRED").await;
        story.end().await;
    }

    /// The newsletter rests on a contract, and is direct marketing: an objection is absolute (Art. 21(3), E3).
    async fn bjorn_lunden_stops_a_newsletter_for_good(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let customer = story.person("account", "kund-17").await;
        let carried = |contract: &str| json!({"contract": contract, "purposes": [LETTER, LEDGER]});
        story.event(&customer, "contract.started", carried("a-1")).await;
        story.expect("a subscriber", &customer, LETTER, "allow CONTRACT").await;
        let objected = story.decides(&customer, LETTER, "objected", json!({})).await;
        story.outcome("an objection is heard on a contract too", &objected, "effective");
        story.expect("no letter", &customer, LETTER, "deny OBJECTED_MARKETING").await;
        story.expect("the contract is not ended", &customer, LEDGER, "allow CONTRACT").await;
        let rejected = json!({"purpose": LETTER, "grounds": "commercial", "balancing_test": TEXT});
        let rejected = story.officer(&customer, "objection.rejected", rejected).await;
        story.outcome("a rejection", &rejected, "superseded NOTHING_TO_CHANGE");
        story.expect("no grounds outweigh it", &customer, LETTER, "deny OBJECTED_MARKETING").await;
        story.event(&customer, "contract.started", carried("a-2")).await;
        story.expect("no new contract lifts it", &customer, LETTER, "deny OBJECTED_MARKETING").await;
        let system = json!({"actor": {"role": "system"}});
        let lifted = story.decides_with(&customer, LETTER, "objection_retracted", json!({}), system).await;
        story.refused("nor a program", &lifted, "ACTOR_CANNOT_WIDEN");
        let own = story.decides(&customer, LETTER, "objection_retracted", json!({})).await;
        story.outcome("the person takes it back", &own, "effective");
        story.expect("a letter again", &customer, LETTER, "allow CONTRACT").await;
        let refused = story.decides(&customer, LEDGER, "objected", json!({})).await;
        story.outcome("an invoice is not marketing", &refused, "not_applicable BASIS_NOT_OBJECTABLE");
        story.expect("and is sent", &customer, LEDGER, "allow CONTRACT").await;
        story.end().await;
    }

    /// Accounts payable: the bookkeeping law keeps the invoice, with and without a contract, and publishes nothing (E5).
    async fn bjorn_lunden_keeps_invoices_by_law(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let supplier = world.subject();
        for op in ["store", "read"] {
            story.expect_of("without a contract", &supplier, INVOICES, json!({"op": op}), "allow LEGAL_OBLIGATION").await;
        }
        story.event(&supplier, "contract.started", json!({"contract": "l-1", "purposes": [INVOICES]})).await;
        story.expect("under one", &supplier, INVOICES, "allow CONTRACT").await;
        story.event(&supplier, "contract.ended", json!({"contract": "l-1", "last_day": story.day(0)})).await;
        story.expect("on its last day", &supplier, INVOICES, "allow CONTRACT").await;
        story.days_pass(2);
        story.expect_of("after it", &supplier, INVOICES, json!({"op": "read"}), "allow LEGAL_OBLIGATION").await;
        story.expect_of("no law publishes it", &supplier, INVOICES, json!({"op": "publish"}), "deny OP_NOT_COVERED").await;
        let item = |year: &str| json!({"op": "read", "item": {"anchors": {"fiscal_year.calendar_year_end": year}}});
        story.expect_of("six years old", &supplier, INVOICES, item("2020-12-31"), "allow LEGAL_OBLIGATION").await;
        story.expect_of("eight years old", &supplier, INVOICES, item("2018-12-31"), "deny RETENTION_PASSED").await;
        for law in ["bjorn-lunden.pub-avtal", "bjorn-lunden.rattighetsregister", "bjorn-lunden.incidenter"] {
            story.expect("a register that the law requires", &supplier, law, "allow LEGAL_OBLIGATION").await;
        }
        story.end().await;
    }

    /// A customer leaves: its data may be read until the date in the register, then no more; a telephone call is answered
    /// as a prospect's (E5).
    async fn bjorn_lunden_reads_a_former_customer_for_a_year(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let customer = world.subject();
        let calls = "bjorn-lunden.kontakt-telefon";
        let files = "bjorn-lunden.fjarrstyrning";
        let carried = json!({"contract": "a-1", "purposes": [LEDGER, LETTER, calls, files]});
        story.event(&customer, "contract.started", carried).await;
        story.expect("a customer", &customer, LEDGER, "allow CONTRACT").await;
        story.expect("support looks", &customer, files, "allow CONTRACT").await;
        story.expect_of("and stores nothing", &customer, files, json!({"op": "store"}), "deny RETENTION_NONE").await;
        story.event(&customer, "contract.ended", json!({"contract": "a-1", "last_day": story.day(0)})).await;
        let read = json!({"op": "read"});
        story.days_pass(2);
        story.expect("nothing new", &customer, LEDGER, "deny CONTRACT_ENDED").await;
        let kept = story.expect_of("to read", &customer, LEDGER, read.clone(), "allow CONTRACT_RETENTION").await;
        assert!(!kept["valid_until"].is_null(), "until a date: {kept}");
        story.expect_of("the letter's address", &customer, LETTER, read.clone(), "allow CONTRACT_RETENTION").await;
        story.expect("a call from a person who was not told", &customer, calls, "deny NOT_INFORMED").await;
        story.told(&customer, &[calls]).await;
        story.expect("a call", &customer, calls, "allow LEGITIMATE_INTEREST").await;
        story.decides(&customer, calls, "objected", json!({})).await;
        story.expect("an objection", &customer, calls, "deny OBJECTION_PENDING").await;
        story.days_pass(31);
        story.expect_of("thirty days later", &customer, LETTER, read.clone(), "deny CONTRACT_ENDED").await;
        story.expect_of("the ledger is still there", &customer, LEDGER, read.clone(), "allow CONTRACT_RETENTION").await;
        story.days_pass(335);
        story.expect_of("after a year", &customer, LEDGER, read, "deny CONTRACT_ENDED").await;
        let again = story.event(&customer, "contract.started", json!({"contract": "a-1", "purposes": [LEDGER]})).await;
        story.outcome("an ended contract does not begin again", &again, "superseded CONTRACT_CLOSED");
        story.event(&customer, "contract.started", json!({"contract": "a-2", "purposes": [LEDGER]})).await;
        story.expect("a new one does", &customer, LEDGER, "allow CONTRACT").await;
        story.end().await;
    }

    /// The website: the terminal's consent first, then legitimate interest, each taken back for itself (row 11, E13).
    async fn bjorn_lunden_measures_visits_with_two_questions(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let (visitor, visits) = (world.subject(), "bjorn-lunden.webbplatsbesok");
        story.told(&visitor, &[visits]).await;
        story.expect("told is not asked", &visitor, visits, "deny TERMINAL_CONSENT_MISSING").await;
        story.decides(&visitor, visits, "given", json!({})).await;
        story.expect("cookies and interest", &visitor, visits, "allow LEGITIMATE_INTEREST").await;
        story.decides(&visitor, visits, "objected", json!({})).await;
        story.expect("the interest is objected to", &visitor, visits, "deny OBJECTION_PENDING").await;
        story.officer(&visitor, "objection.upheld", json!({"purpose": visits})).await;
        story.expect("and the controller agrees", &visitor, visits, "deny OBJECTED").await;
        story.decides(&visitor, visits, "withdrawn", json!({})).await;
        story.expect("no cookies either", &visitor, visits, "deny TERMINAL_CONSENT_WITHDRAWN").await;
        story.end().await;
    }
}
