//! Links on which a person answers on their own phone: `POST /v1/links` and the page `/l/{secret}`.

use reqwest::Method;
use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::raw;

const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
/// Presses of a button at the same time.
const PRESSES: usize = 8;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn question(t: &Tenancy, subject: &str) -> Value {
    json!({"subject": subject, "notice": t.notice, "purposes": [FORWARD], "scope": {"recipient": "bygg-7"}})
}

/// Makes a link and returns its id and the path of its page.
async fn link(world: &World, t: &Tenancy, subject: &str) -> (String, String) {
    let made = world
        .post("/v1/links", &t.keys.service, &question(t, subject))
        .await
        .expect(201);
    let url = made.json["url"].as_str().expect("an address");
    let at = url.find("/l/").expect("the page's path");
    (
        made.json["link"].as_str().expect("an id").to_owned(),
        url[at..].to_owned(),
    )
}

async fn page(world: &World, path: &str) -> samtycke_tests::world::Answer {
    raw(world, Method::GET, path, &[], String::new()).await
}

async fn press(world: &World, path: &str, form: &str) -> samtycke_tests::world::Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    raw(
        world,
        Method::POST,
        path,
        &headers,
        format!("purpose={FORWARD}&{form}"),
    )
    .await
}

async fn reason(world: &World, t: &Tenancy, subject: &str) -> Value {
    let question = json!({"subject": subject, "purpose": FORWARD, "scope": {"recipient": "bygg-7"}, "op": "forward"});
    let answer = world.post("/v1/check", &t.keys.service, &question).await;
    answer.expect(200).json["reason"].clone()
}

both! {
    async fn a_yes_on_the_page_is_a_consent(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (_, path) = link(&world, &t, &subject).await;
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_MISSING");
        press(&world, &path, "answer=yes&lang=sv").await.expect(303);
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_VALID");
        let shown = page(&world, &path).await.expect(200);
        assert!(shown.text.contains("class=\"receipt\""), "{}", shown.text);
    }

    /// Protects a person who consents to one recipient: the page names it.
    async fn the_page_names_what_the_answer_is_limited_to(world: World) {
        let t = world.example("loomer").await;
        let (_, path) = link(&world, &t, &world.subject()).await;
        let shown = page(&world, &path).await.expect(200);
        assert!(shown.text.contains("bygg-7"), "{}", shown.text);
    }

    async fn the_answer_is_bound_to_a_prompt(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (_, path) = link(&world, &t, &subject).await;
        press(&world, &path, "answer=yes").await.expect(303);
        let history = world.get(&format!("/v1/subjects/{subject}/history"), &t.keys.dpo).await.expect(200);
        let event = history.json["events"][0]["event_id"].as_str().expect("an event").to_owned();
        let proof = world.get(&format!("/v1/events/{event}/proof"), &t.keys.auditor).await.expect(200);
        assert!(proof.text.contains("\\\"assurance\\\":\\\"prompted\\\""), "{}", proof.text);
    }

    async fn a_grant_is_taken_back_at_the_same_address(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (_, path) = link(&world, &t, &subject).await;
        press(&world, &path, "answer=yes").await.expect(303);
        press(&world, &format!("{path}/withdrawal"), "lang=en").await.expect(303);
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_WITHDRAWN");
    }

    async fn a_question_is_answered_once(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (_, path) = link(&world, &t, &subject).await;
        press(&world, &path, "answer=no").await.expect(303);
        press(&world, &path, "answer=yes").await.expect(303);
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_REFUSED");
    }

    async fn presses_at_once_are_one_event(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (_, path) = link(&world, &t, &subject).await;
        let mut presses = JoinSet::new();
        for i in 0..PRESSES {
            let (http, url) = (world.http.clone(), format!("{}{path}", world.server.base_url));
            let answer = if i % 2 == 0 { "yes" } else { "no" };
            presses.spawn(async move {
                let form = format!("purpose={FORWARD}&answer={answer}");
                let request = http.post(url).header("content-type", "application/x-www-form-urlencoded");
                request.body(form).send().await.expect("a response").status().as_u16()
            });
        }
        while let Some(status) = presses.join_next().await {
            assert!(matches!(status.expect("it ran"), 200 | 303));
        }
        let history = world.get(&format!("/v1/subjects/{subject}/history"), &t.keys.dpo).await.expect(200);
        assert_eq!(history.json["events"].as_array().expect("events").len(), 1, "{}", history.text);
    }

    async fn an_unanswered_link_expires(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (_, path) = link(&world, &t, &subject).await;
        world.clock.advance(31 * DAY_MS);
        page(&world, &path).await.expect(404);
        press(&world, &path, "answer=yes").await.expect(404);
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_MISSING");
    }

    async fn an_answered_link_outlives_its_expiry(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (_, path) = link(&world, &t, &subject).await;
        press(&world, &path, "answer=yes").await.expect(303);
        world.clock.advance(31 * DAY_MS);
        page(&world, &path).await.expect(200);
        press(&world, &format!("{path}/withdrawal"), "").await.expect(303);
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_WITHDRAWN");
    }

    async fn a_link_that_was_taken_back_takes_no_answer(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (id, path) = link(&world, &t, &subject).await;
        let other = world.example("omilon").await;
        let taken = world.send(Method::DELETE, &format!("/v1/links/{id}"), &other.keys.service, None).await;
        taken.expect(404);
        world.send(Method::DELETE, &format!("/v1/links/{id}"), &t.keys.service, None).await.expect(204);
        press(&world, &path, "answer=yes").await.expect(404);
        assert_eq!(reason(&world, &t, &subject).await, "CONSENT_MISSING");
    }

    async fn a_made_up_address_is_no_link(world: World) {
        world.example("loomer").await;
        let gone = page(&world, "/l/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.expect(404);
        assert!(gone.text.contains("<html"), "{}", gone.text);
    }

    async fn a_link_that_could_not_be_granted_is_refused(world: World) {
        let t = world.example("loomer").await;
        let mut body = question(&t, &world.subject());
        body["scope"] = json!({});
        world.post("/v1/links", &t.keys.service, &body).await.expect_problem(422, "SCOPE_MISMATCH");
        let mut body = question(&t, &world.subject());
        body["purposes"] = json!(["loomer.anvandningsdata"]);
        let refused = world.post("/v1/links", &t.keys.service, &body).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
    }

    async fn the_page_has_no_script_and_a_neutral_title(world: World) {
        let t = world.example("loomer").await;
        let (_, path) = link(&world, &t, &world.subject()).await;
        let shown = page(&world, &format!("{path}?lang=en")).await.expect(200);
        assert!(!shown.text.contains("<script"), "{}", shown.text);
        assert!(shown.text.contains("<title>A question for you</title>"), "{}", shown.text);
        let csp = shown.headers["content-security-policy"].to_str().expect("text");
        assert!(csp.contains("default-src 'none'") && csp.contains("form-action 'self'"), "{csp}");
        assert_eq!(shown.headers["referrer-policy"], "no-referrer");
        assert_eq!(shown.headers["cache-control"], "no-store");
    }
}
