//! Pictures, film and sound (E10): campaigns with an end, the people in an asset, and the places that must be cleared.

mod assets;
mod campaigns;
mod faults;
mod lapsed;
mod linked;
mod recorded;
mod takedowns;

use reqwest::Method;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World};
use serde_json::{Value, json};

use crate::support::register;

const PHOTO: &str = "bjorn-lunden.foto-film-ljud";
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const DAY_MS: i64 = 86_400_000;

/// A controller whose customers are asked about pictures, without a rule about their age.
async fn controller(world: &World) -> Tenancy {
    let register = register("bjorn-lunden").replace(
        "consent_kind = \"photo_film_audio\"\nspecial_category = \"no\"\nage_rule = \"maturity\"",
        "consent_kind = \"photo_film_audio\"\nspecial_category = \"no\"\nage_rule = \"none\"",
    );
    world.tenancy("bjorn-lunden", &register).await
}

/// The day in this many days, by the world's clock.
fn day(world: &World, days: i64) -> String {
    world.day(days)
}

fn campaign(ends_on: &str) -> Value {
    json!({"ends_on": ends_on, "media": ["photo", "film"], "surfaces": ["web", "print"], "advertising": true})
}

async fn publish(world: &World, t: &Tenancy, ends_on: &str) -> Answer {
    let path = "/v1/campaigns/spring";
    let body = campaign(ends_on);
    world
        .send(Method::PUT, path, &t.keys.publisher, Some(&body))
        .await
        .expect(200)
}

fn scope(medium: &str, surface: &str) -> Value {
    json!({"campaign": "spring", "medium": medium, "surface": surface})
}

/// A consent to photos on the web, and in print.
async fn give(world: &World, t: &Tenancy, subject: &str, based_on: u64) -> u64 {
    let mut seq = based_on;
    for surface in ["web", "print"] {
        let mut body = world.consent(t, subject, seq, &[(PHOTO, "given")]);
        body["decisions"][0]["scope"] = scope("photo", surface);
        let given = world
            .post("/v1/consents", &t.keys.service, &body)
            .await
            .expect(201);
        assert_eq!(given.json["decisions"][0]["outcome"], "effective");
        seq = given.json["seq"].as_u64().expect("a number");
    }
    seq
}

async fn withdraw(world: &World, t: &Tenancy, subject: &str, surface: &str) -> Answer {
    let body = json!({"event_id": world.event_id(), "subject": subject,
        "decisions": [{"purpose": PHOTO, "decision": "withdrawn", "scope": scope("photo", surface)}]});
    world
        .post("/v1/withdrawals", &t.keys.service, &body)
        .await
        .expect(201)
}

fn asset(subjects: &[String], places: &[(&str, &str)]) -> Value {
    let places: Vec<Value> = places
        .iter()
        .map(|(surface, place)| json!({"surface": surface, "ref": place}))
        .collect();
    json!({"sha256": SHA256, "subjects": subjects, "campaign": "spring", "purpose": PHOTO, "medium": "photo",
        "places": places})
}

async fn put(world: &World, t: &Tenancy, name: &str, body: &Value) -> Answer {
    let path = format!("/v1/assets/{name}");
    world
        .send(Method::PUT, &path, &t.keys.service, Some(body))
        .await
}

async fn check(world: &World, t: &Tenancy, name: &str, surface: &str) -> Value {
    let body = json!({"asset": name, "surface": surface, "medium": "photo"});
    let answer = world.post("/v1/assets/check", &t.keys.service, &body).await;
    answer.expect(200).json
}

async fn takedowns(world: &World, t: &Tenancy, state: &str) -> Vec<Value> {
    let path = format!("/v1/takedowns?state={state}");
    let answer = world.get(&path, &t.keys.dpo).await.expect(200);
    answer.json["takedowns"].as_array().expect("a list").clone()
}

async fn done(world: &World, t: &Tenancy, task: &Value) -> Answer {
    let id = task["takedown"].as_str().expect("an id");
    let path = format!("/v1/takedowns/{id}/done");
    let evidence = json!({"evidence": SHA256});
    world.post(&path, &t.keys.dpo, &evidence).await.expect(200)
}

/// Five people, each of whom consented, in one picture on the start page and in a brochure.
async fn five(world: &World, t: &Tenancy) -> Vec<String> {
    publish(world, t, &day(world, 100)).await;
    let people: Vec<String> = (0..5).map(|_| world.subject()).collect();
    for subject in &people {
        give(world, t, subject, 0).await;
    }
    let places = [("web", "start-page"), ("print", "brochure-7")];
    put(world, t, "group", &asset(&people, &places))
        .await
        .expect(200);
    people
}

async fn round(world: &World) {
    world.server.app.media.round().await;
}

/// A gauge as the server reports it.
fn gauge(world: &World, name: &str) -> i64 {
    let text = world.server.app.metrics.render();
    let line = text.lines().find(|line| line.starts_with(name));
    let value = line.and_then(|line| line.rsplit(' ').next());
    value.and_then(|value| value.parse().ok()).expect("a gauge")
}

/// Why a check denies, by subject.
fn blocked(verdict: &Value) -> Vec<(&str, &str)> {
    let people = verdict["blocked_by"].as_array().expect("a list");
    people
        .iter()
        .map(|one| {
            (
                one["subject"].as_str().expect("a subject"),
                one["reason"].as_str().expect("a reason"),
            )
        })
        .collect()
}
