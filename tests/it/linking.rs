//! One person with an account and a device (rule E22): what survives a link, who answers from then on, and what an unmerge
//! parts again.

use samtycke_core::wire::format_rfc3339;
use samtycke_server::clock::Clock;
use samtycke_tests::{Engine, Tenancy, World, audit, both};
use serde_json::{Value, json};

use crate::support::{happened, history, said, said_after, verdict};

const CONSENT: &str = "loomer.cookies-analys";
const INTEREST: &str = "loomer.analysera-utvardera";
const CONTRACT: &str = "loomer.tillhandahalla-tjansterna";

async fn reason(world: &World, t: &Tenancy, subject: &str, purpose: &str) -> String {
    verdict(world, t, subject, purpose).await.1
}

async fn says(world: &World, t: &Tenancy, subject: &str, decision: &str) -> u64 {
    let recorded = said(world, t, subject, CONSENT, decision).await;
    recorded.json["seq"].as_u64().expect("a number")
}

async fn link(world: &World, t: &Tenancy, account: &str, device: &str) -> Value {
    let linked = happened(world, t, account, "subject.linked", json!({"from": device})).await;
    linked.expect(201).json
}

async fn unmerge(world: &World, t: &Tenancy, account: &str, device: &str) {
    let data = json!({"from": device, "cause": "mistake"});
    happened(world, t, account, "subject.unmerged", data)
        .await
        .expect(201);
}

/// Links a device that has said this to an account that has said that, and returns what a check of each answers.
async fn linked(world: &World, t: &Tenancy, account: &[&str], device: &[&str]) -> (String, String) {
    let (one, other) = (world.subject(), world.subject());
    for decision in account {
        says(world, t, &one, decision).await;
    }
    for decision in device {
        says(world, t, &other, decision).await;
    }
    link(world, t, &one, &other).await;
    audit::audit(&world.server.app, &t.log).await;
    (
        reason(world, t, &one, CONSENT).await,
        reason(world, t, &other, CONSENT).await,
    )
}

fn now(world: &World) -> String {
    format_rfc3339(Clock::now(&*world.clock))
}

both! {
    async fn silence_changes_nothing_and_grants_nothing(world: World) {
        let t = world.example("loomer").await;
        for (account, device, expected) in [
            (&["given"][..], &[][..], "CONSENT_VALID"),
            (&[], &["given"], "CONSENT_MISSING"),
            (&["given"], &["refused"], "CONSENT_REFUSED"),
            (&["refused"], &["given"], "CONSENT_REFUSED"),
            (&[], &["refused"], "CONSENT_REFUSED"),
            (&["given"], &["given", "withdrawn"], "CONSENT_WITHDRAWN"),
            (&["given"], &["given"], "CONSENT_VALID"),
            (&["given"], &["deferred"], "CONSENT_VALID"),
        ] {
            let found = linked(&world, &t, account, device).await;
            assert_eq!(found, (expected.to_owned(), expected.to_owned()), "{account:?} and {device:?}");
        }
    }

    async fn a_contract_of_the_device_is_not_taken(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        let data = json!({"contract": "c-1", "purposes": [CONTRACT]});
        happened(&world, &t, &device, "contract.started", data).await.expect(201);
        assert_eq!(reason(&world, &t, &device, CONTRACT).await, "CONTRACT");
        link(&world, &t, &account, &device).await;
        assert_eq!(reason(&world, &t, &account, CONTRACT).await, "CONTRACT_MISSING");
        assert_eq!(reason(&world, &t, &device, CONTRACT).await, "CONTRACT_MISSING");
    }

    async fn a_delivery_to_the_device_is_not_taken(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        let data = json!({"notice": t.notice, "purposes": [INTEREST], "language": "sv"});
        happened(&world, &t, &device, "notice.delivered", data).await.expect(201);
        link(&world, &t, &account, &device).await;
        assert_eq!(reason(&world, &t, &device, INTEREST).await, "NOT_INFORMED");
    }

    async fn the_device_answers_from_the_account(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        says(&world, &t, &device, "given").await;
        let before = now(&world);
        world.clock.advance(60_000);
        link(&world, &t, &account, &device).await;
        says(&world, &t, &account, "given").await;
        let mut question = json!({"subject": device, "purpose": CONSENT, "explain": true});
        let answer = world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        assert_eq!(answer.json["reason"], "CONSENT_VALID", "{}", answer.text);
        let via = answer.json["explain"]["via"].as_array().expect("a path");
        assert!(via.contains(&json!(5)), "{}", answer.text);
        let batch = json!({"checks": [question, {"subject": account, "purpose": CONSENT}]});
        let both = world.post("/v1/check/batch", &t.keys.service, &batch).await.expect(200);
        let answers = both.json["verdicts"].as_array().expect("verdicts");
        assert!(answers.iter().all(|a| a["reason"] == "CONSENT_VALID"), "{}", both.text);
        let shown = world.get(&format!("/v1/subjects/{device}/decisions"), &t.keys.service).await.expect(200);
        assert_eq!(shown.json["decisions"][0]["state"], "given", "{}", shown.text);
        world.withdraw(&t, &account, &[CONSENT]).await.expect(201);
        question["as_of"] = json!(before);
        let then = world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        assert_eq!(then.json["reason"], "CONSENT_VALID", "the device's own stream: {}", then.text);
    }

    async fn a_withdrawal_on_the_device_acts_on_the_account(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        says(&world, &t, &account, "given").await;
        link(&world, &t, &account, &device).await;
        assert_eq!(reason(&world, &t, &account, CONSENT).await, "CONSENT_VALID");
        world.withdraw(&t, &device, &[CONSENT]).await.expect(201);
        assert_eq!(reason(&world, &t, &account, CONSENT).await, "CONSENT_WITHDRAWN");
        assert_eq!(reason(&world, &t, &device, CONSENT).await, "CONSENT_WITHDRAWN");
    }

    async fn a_grant_from_before_the_link_is_superseded(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        says(&world, &t, &account, "refused").await;
        let seen = says(&world, &t, &device, "given").await;
        link(&world, &t, &account, &device).await;
        let late = said_after(&world, &t, &device, seen, CONSENT, "given").await.expect(201);
        assert_eq!(late.json["decisions"][0]["outcome"], "superseded", "{}", late.text);
        assert_eq!(reason(&world, &t, &account, CONSENT).await, "CONSENT_REFUSED");
    }

    async fn a_device_is_linked_once_and_never_to_itself(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        link(&world, &t, &account, &device).await;
        let again = happened(&world, &t, &world.subject(), "subject.linked", json!({"from": device})).await;
        again.expect_problem(409, "CONFLICT");
        let back = happened(&world, &t, &device, "subject.linked", json!({"from": account})).await;
        back.expect_problem(422, "FIELD_INVALID");
        let itself = happened(&world, &t, &account, "subject.linked", json!({"from": account})).await;
        itself.expect_problem(422, "FIELD_INVALID");
        let stranger = json!({"from": world.subject(), "cause": "mistake"});
        happened(&world, &t, &account, "subject.unmerged", stranger).await.expect_problem(422, "FIELD_INVALID");
    }

    async fn a_link_has_a_leaf_in_each_stream(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        says(&world, &t, &device, "given").await;
        let answer = link(&world, &t, &account, &device).await;
        let index = answer["index"].as_u64().expect("an index");
        let of_account = history(&world, &t, &account).await;
        let of_device = history(&world, &t, &device).await;
        assert_eq!(of_account.last().expect("an event")["type"], "subject.linked");
        let merged = of_device.last().expect("an event");
        assert_eq!(merged["type"], "subject.merged");
        assert_eq!(merged["index"].as_u64(), Some(index + 1));
        assert_eq!(merged["received_at"], answer["received_at"]);
    }

    async fn an_unmerge_parts_them_and_refusals_stay(world: World) {
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        says(&world, &t, &account, "given").await;
        says(&world, &t, &device, "given").await;
        link(&world, &t, &account, &device).await;
        world.withdraw(&t, &device, &[CONSENT]).await.expect(201);
        unmerge(&world, &t, &account, &device).await;
        assert_eq!(reason(&world, &t, &account, CONSENT).await, "CONSENT_WITHDRAWN");
        assert!(!verdict(&world, &t, &device, CONSENT).await.0, "the withdrawal was said on the device");
        says(&world, &t, &account, "given").await;
        assert_eq!(reason(&world, &t, &account, CONSENT).await, "CONSENT_VALID");
        assert!(!verdict(&world, &t, &device, CONSENT).await.0, "they answer apart");
        audit::audit(&world.server.app, &t.log).await;
    }

    async fn a_link_survives_a_restart(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let (account, device) = (world.subject(), world.subject());
        says(&world, &t, &account, "given").await;
        link(&world, &t, &account, &device).await;
        world.restart().await;
        assert_eq!(reason(&world, &t, &device, CONSENT).await, "CONSENT_VALID");
        world.withdraw(&t, &device, &[CONSENT]).await.expect(201);
        assert_eq!(reason(&world, &t, &account, CONSENT).await, "CONSENT_WITHDRAWN");
    }
}

/// Protects rule E22 across servers: a link that one server records is followed by the other at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_server_follows_a_link() {
    let world = World::start(Engine::Postgres).await;
    let t = world.example("loomer").await;
    let mut second = world.second_server().await;
    let (account, device) = (world.subject(), world.subject());
    says(&world, &t, &device, "given").await;
    link(&world, &t, &account, &device).await;
    let question = json!({"subject": device, "purpose": CONSENT});
    let post = reqwest::Method::POST;
    let there = second
        .send(
            &world.http,
            post.clone(),
            "/v1/check",
            &t.keys.service,
            Some(&question),
        )
        .await;
    assert_eq!(there.expect(200).json["reason"], "CONSENT_MISSING");
    let withdrawal = json!({"event_id": world.event_id(), "subject": device,
        "decisions": [{"purpose": CONSENT, "decision": "withdrawn"}]});
    second
        .send(
            &world.http,
            post,
            "/v1/withdrawals",
            &t.keys.service,
            Some(&withdrawal),
        )
        .await
        .expect(201);
    assert!(!verdict(&world, &t, &account, CONSENT).await.0);
    audit::audit(&world.server.app, &t.log).await;
    second.stop().await;
}
