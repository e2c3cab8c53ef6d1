//! Pictures, film and sound (E10): campaigns with an end, the people in an asset, and the places that must be cleared.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::Method;
use samtycke_core::id::LogId;
use samtycke_server::clock::Clock as _;
use samtycke_server::log::takedown::SWEEP;
use samtycke_tests::world::Answer;
use samtycke_tests::{Engine, Tenancy, World, audit, both};
use serde_json::{Value, json};

use crate::crash::{signal, start_child};
use crate::raw::Raw;
use crate::support::{PERSONAL, go_live, register};

const PHOTO: &str = "bjorn-lunden.foto-film-ljud";
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const DAY_MS: i64 = 86_400_000;
/// A purpose that rests on a legal obligation.
const OBLIGATION: &str = "omilon.fakturainformation";

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
    let at = world.clock.now() + days * DAY_MS;
    samtycke_core::wire::format_rfc3339(at)[..10].to_owned()
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

both! {
    /// Protects E10: one of five people in a picture withdraws. The picture is denied, the person is named, and the place is
    /// a task until somebody says with evidence that it is cleared.
    async fn one_of_five_people_withdraws(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        let before = check(&world, &t, "group", "web").await;
        assert_eq!((&before["allow"], &before["blocked_by"]), (&json!(true), &json!([])));
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new());

        let said = withdraw(&world, &t, &people[2], "web").await;
        let after = check(&world, &t, "group", "web").await;
        assert_eq!(after["allow"], false);
        assert_eq!(blocked(&after), [(people[2].as_str(), "CONSENT_WITHDRAWN")]);
        assert_eq!(check(&world, &t, "group", "print").await["allow"], true, "the brochure was not meant");

        let open = takedowns(&world, &t, "open").await;
        assert_eq!(open.len(), 1);
        let task = &open[0];
        assert_eq!(task["place"], json!({"surface": "web", "ref": "start-page"}));
        assert_eq!((&task["asset"], &task["cause"]), (&json!("group"), &json!("person")));
        assert_eq!((&task["subject"], &task["reason"]), (&json!(people[2]), &json!("CONSENT_WITHDRAWN")));
        assert_eq!((&task["index"], &task["opened_at"]), (&said.json["index"], &said.json["received_at"]));
        assert_eq!((&task["age_days"], &task["overdue"]), (&json!(0), &json!(false)));

        let closed = done(&world, &t, task).await.json;
        assert_eq!((&closed["state"], &closed["evidence"]), (&json!("done"), &json!(SHA256)));
        assert_eq!(done(&world, &t, task).await.json["done_at"], closed["done_at"], "the same again changes nothing");
        assert_eq!(takedowns(&world, &t, "open").await.len(), 0);
        assert_eq!(takedowns(&world, &t, "done").await.len(), 1);
        assert_eq!(check(&world, &t, "group", "web").await["allow"], false, "cleared is not permitted");
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects a second acknowledgement: other evidence does not replace the first.
    async fn a_takedown_is_done_once(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        withdraw(&world, &t, &people[0], "web").await;
        let task = takedowns(&world, &t, "open").await.remove(0);
        done(&world, &t, &task).await;
        let path = format!("/v1/takedowns/{}/done", task["takedown"].as_str().expect("an id"));
        let other = json!({"evidence": SHA256.replace('9', "8")});
        world.post(&path, &t.keys.dpo, &other).await.expect_problem(422, "FIELD_INVALID");
        world.post(&path, &t.keys.dpo, &json!({"evidence": "a screenshot"})).await.expect_problem(422, "FIELD_INVALID");
    }

    /// Protects the acknowledgement: a person who consents again permits the picture, and the task stays open.
    async fn a_new_consent_closes_no_task(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        let seq = withdraw(&world, &t, &people[0], "web").await.json["seq"].as_u64().expect("a number");
        give(&world, &t, &people[0], seq).await;
        assert_eq!(check(&world, &t, "group", "web").await["allow"], true);
        let open = takedowns(&world, &t, "open").await;
        assert_eq!((open.len(), &open[0]["state"]), (1, &json!("open")));
        withdraw(&world, &t, &people[0], "web").await;
        assert_eq!(takedowns(&world, &t, "open").await, open, "one open task of a person and place is enough");
    }

    /// Protects each person: two who withdraw are two tasks, each with a due date of its own.
    async fn each_person_is_a_task_of_their_own(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        withdraw(&world, &t, &people[0], "web").await;
        world.clock.advance(2 * DAY_MS);
        withdraw(&world, &t, &people[1], "web").await;
        let open = takedowns(&world, &t, "open").await;
        let subjects: Vec<_> = open.iter().map(|task| task["subject"].as_str()).collect();
        assert_eq!(subjects, [Some(people[0].as_str()), Some(people[1].as_str())]);
        assert_ne!(open[0]["due_at"], open[1]["due_at"]);
    }

    /// Protects E10 and the setting takedown_due: a task is due seven days after the withdrawal, its age is shown, and
    /// an overdue one is counted.
    async fn an_old_task_is_overdue_and_counted(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        withdraw(&world, &t, &people[0], "web").await;
        world.clock.advance(6 * DAY_MS);
        round(&world).await;
        let task = takedowns(&world, &t, "open").await.remove(0);
        assert_eq!((&task["age_days"], &task["overdue"]), (&json!(6), &json!(false)));
        assert_eq!((gauge(&world, "samtycke_takedowns_open"), gauge(&world, "samtycke_takedowns_overdue")), (1, 0));
        world.clock.advance(DAY_MS + 3_600_000);
        round(&world).await;
        let task = takedowns(&world, &t, "open").await.remove(0);
        assert_eq!((&task["age_days"], &task["overdue"]), (&json!(7), &json!(true)));
        assert_eq!(gauge(&world, "samtycke_takedowns_overdue"), 1);
        done(&world, &t, &task).await;
        round(&world).await;
        assert_eq!(gauge(&world, "samtycke_takedowns_overdue"), 0);
    }

    /// Protects decisions.md 6: after the last day of a campaign nothing of it may be shown, and each place is a task.
    async fn the_end_of_a_campaign_opens_tasks(world: World) {
        let t = controller(&world).await;
        five(&world, &t).await;
        world.clock.advance(99 * DAY_MS);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await.len(), 0, "it runs through its last day");
        world.clock.advance(2 * DAY_MS);
        let over = check(&world, &t, "group", "web").await;
        assert_eq!(over["allow"], false);
        assert!(blocked(&over).iter().all(|(_, reason)| *reason == "CONSENT_EXPIRED"), "{over}");
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        let places: Vec<_> = open.iter().map(|task| task["place"]["ref"].as_str().expect("a place")).collect();
        assert!(places.len() == 2 && places.contains(&"start-page") && places.contains(&"brochure-7"), "{places:?}");
        let seen = world.get("/v1/campaigns/spring", &t.keys.dpo).await.expect(200).json;
        assert_eq!((&seen["ended"], &open[0]["opened_at"]), (&json!(true), &seen["ends_at"]));
        assert_eq!((&open[0]["cause"], &open[0]["subject"]), (&json!("campaign_ended"), &Value::Null));
        done(&world, &t, &open[0]).await;
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await.len(), 1, "one task for each end of a campaign");
    }

    /// Protects E10: an earlier end is restrictive. It acts before it is answered, needs no publisher, and opens tasks.
    async fn a_campaign_may_end_earlier(world: World) {
        let t = controller(&world).await;
        five(&world, &t).await;
        let yesterday = json!({"ends_on": day(&world, -2)});
        let ended = world.post("/v1/campaigns/spring/end", &t.keys.service, &yesterday).await.expect(200);
        assert_eq!((&ended.json["ended"], &ended.json["version"]), (&json!(true), &json!(2)));
        assert_eq!(check(&world, &t, "group", "web").await["allow"], false);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await.len(), 2);
        let later = json!({"ends_on": day(&world, 10)});
        world.post("/v1/campaigns/spring/end", &t.keys.service, &later).await.expect_problem(422, "FIELD_INVALID");
        world.post("/v1/campaigns/other/end", &t.keys.service, &later).await.expect_problem(404, "NOT_FOUND");
    }

    /// Protects E10: a later end is a new campaign for consent. Who consented before permits until the end that stood
    /// then, and the place is a task when it comes; who consents anew permits until the new one.
    async fn a_later_end_does_not_prolong_a_consent(world: World) {
        let t = controller(&world).await;
        publish(&world, &t, &day(&world, 10)).await;
        let (old, new) = (world.subject(), world.subject());
        give(&world, &t, &old, 0).await;
        publish(&world, &t, &day(&world, 100)).await;
        give(&world, &t, &new, 0).await;
        for (name, subject) in [("old", &old), ("new", &new)] {
            put(&world, &t, name, &asset(std::slice::from_ref(subject), &[("web", name)])).await.expect(200);
        }
        world.clock.advance(12 * DAY_MS);
        let verdict = check(&world, &t, "old", "web").await;
        assert_eq!((&verdict["allow"], blocked(&verdict)), (&json!(false), vec![(old.as_str(), "CONSENT_EXPIRED")]));
        assert_eq!(check(&world, &t, "new", "web").await["allow"], true);
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!((open.len(), &open[0]["subject"], &open[0]["cause"]), (1, &json!(old), &json!("campaign_ended")));
    }

    /// Protects new surfaces: they need new consents, and a surface that is taken away must be cleared.
    async fn surfaces_widen_for_new_consents_only(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        let put_campaign = async |surfaces: Value| {
            let mut body = campaign(&day(&world, 100));
            body["surfaces"] = surfaces;
            world.send(Method::PUT, "/v1/campaigns/spring", &t.keys.publisher, Some(&body)).await.expect(200)
        };
        put_campaign(json!(["web", "print", "fair"])).await;
        let fair = check(&world, &t, "group", "fair").await;
        assert_eq!((&fair["allow"], fair["blocked_by"].as_array().map(Vec::len)), (&json!(false), Some(people.len())));
        put_campaign(json!(["print"])).await;
        assert_eq!(check(&world, &t, "group", "web").await["allow"], false);
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!((open.len(), &open[0]["cause"], &open[0]["place"]["surface"]), (1, &json!("campaign_narrowed"), &json!("web")));
    }

    /// Protects the log: a campaign is one public leaf per version, and the same request again is none.
    async fn a_campaign_is_a_leaf_of_the_log(world: World) {
        let t = controller(&world).await;
        let first = publish(&world, &t, &day(&world, 10)).await;
        let again = publish(&world, &t, &day(&world, 10)).await;
        assert_eq!(again.json, first.json);
        let second = publish(&world, &t, &day(&world, 9)).await;
        assert_eq!((&second.json["version"], second.json["index"].as_u64() > first.json["index"].as_u64()), (&json!(2), true));
        let listed = world.get("/v1/campaigns", &t.keys.auditor).await.expect(200).json;
        assert_eq!(listed, json!({"campaigns": [second.json]}));
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects questions about the past: they are judged by the campaign that was published then.
    async fn the_past_has_the_campaign_of_then(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        let then = samtycke_core::wire::format_rfc3339(world.clock.now());
        world.clock.advance(DAY_MS);
        let ends = json!({"ends_on": day(&world, -3)});
        world.post("/v1/campaigns/spring/end", &t.keys.dpo, &ends).await.expect(200);
        let mut question = json!({"subject": people[0], "purpose": PHOTO, "op": "publish", "scope": scope("photo", "web")});
        let now = world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        question["as_of"] = json!(then);
        let past = world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        assert_eq!((&now.json["reason"], &past.json["reason"]), (&json!("CONSENT_EXPIRED"), &json!("CONSENT_VALID")));
    }

    /// Protects the widening of what people are asked: only a publisher publishes a campaign.
    async fn only_a_publisher_publishes_a_campaign(world: World) {
        let t = controller(&world).await;
        let body = campaign(&day(&world, 10));
        for key in [&t.keys.editor, &t.keys.service, &t.keys.dpo] {
            let answer = world.send(Method::PUT, "/v1/campaigns/spring", key, Some(&body)).await;
            answer.expect_problem(403, "FORBIDDEN");
        }
        let mut endless = body.clone();
        endless.as_object_mut().expect("an object").remove("ends_on");
        let path = "/v1/campaigns/spring";
        let answer = world.send(Method::PUT, path, &t.keys.publisher, Some(&endless)).await;
        answer.expect_problem(422, "FIELD_INVALID");
        endless["ends_on"] = json!("2027-02-30");
        let answer = world.send(Method::PUT, path, &t.keys.publisher, Some(&endless)).await;
        answer.expect_problem(422, "FIELD_INVALID");
    }

    /// Protects the people in a picture: those who are added later, and those of whom nothing is known, permit nothing.
    async fn someone_added_later_is_checked_too(world: World) {
        let t = controller(&world).await;
        let mut people = five(&world, &t).await;
        let stranger = world.subject();
        people.push(stranger.clone());
        put(&world, &t, "group", &asset(&people, &[("web", "start-page")])).await.expect(200);
        let verdict = check(&world, &t, "group", "web").await;
        assert_eq!(blocked(&verdict), [(stranger.as_str(), "CONSENT_MISSING")]);
        people.pop();
        let body = asset(&people, &[("web", "start-page")]);
        let put_again = put(&world, &t, "group", &body).await.expect(200);
        assert_eq!(put(&world, &t, "group", &body).await.expect(200).json, put_again.json);
        let read = world.get("/v1/assets/group", &t.keys.service).await.expect(200);
        assert_eq!((read.json["subjects"].as_array().map(Vec::len), &read.json), (Some(5), &put_again.json));
        assert_eq!(check(&world, &t, "group", "web").await["allow"], true);
    }

    /// Protects fail-closed: what is not known as an asset is denied, and so is what was forgotten.
    async fn an_unknown_asset_is_denied(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        let unknown = check(&world, &t, "nothing", "web").await;
        assert_eq!((&unknown["allow"], &unknown["reason"]), (&json!(false), &json!("ASSET_UNKNOWN")));
        withdraw(&world, &t, &people[0], "web").await;
        let gone = world.send(Method::DELETE, "/v1/assets/group", &t.keys.service, None).await;
        gone.expect(204);
        assert_eq!(check(&world, &t, "group", "web").await["reason"], "ASSET_UNKNOWN");
        world.get("/v1/assets/group", &t.keys.service).await.expect_problem(404, "NOT_FOUND");
        assert_eq!(takedowns(&world, &t, "open").await.len(), 1, "the place is still to be cleared");
    }

    /// Protects the limit of 500 people, and everything that an asset refers to.
    async fn an_asset_names_what_exists(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        let crowd: Vec<String> = (0..501).map(|_| world.subject()).collect();
        put(&world, &t, "crowd", &asset(&crowd, &[])).await.expect_problem(422, "FIELD_INVALID");
        put(&world, &t, "crowd", &asset(&crowd[..500], &[])).await.expect(200);
        let denied = check(&world, &t, "crowd", "web").await;
        assert_eq!(denied["blocked_by"].as_array().map(Vec::len), Some(500));
        put(&world, &t, "none", &asset(&[], &[])).await.expect_problem(422, "FIELD_INVALID");
        for (field, value, reason) in [
            ("campaign", json!("autumn"), "CAMPAIGN_UNKNOWN"),
            ("purpose", json!("bjorn-lunden.nothing"), "PURPOSE_UNKNOWN"),
            ("medium", json!("sculpture"), "FIELD_INVALID"),
            ("sha256", json!("abc"), "FIELD_INVALID"),
            ("places", json!([{"surface": "radio", "ref": "a"}]), "FIELD_INVALID"),
            ("title", json!("Anna at the fair"), "FIELD_INVALID"),
        ] {
            let mut body = asset(&people, &[]);
            body[field] = value;
            put(&world, &t, "bad", &body).await.expect_problem(422, reason);
        }
        for personal in PERSONAL {
            let mut body = asset(&people, &[]);
            body["places"] = json!([{"surface": "web", "ref": personal}]);
            put(&world, &t, "bad", &body).await.expect(422);
        }
    }

    /// Protects invariant 9: another tenant finds no campaign, no asset and no task, and its people are its own.
    async fn another_tenant_sees_no_picture(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        withdraw(&world, &t, &people[0], "web").await;
        let task = takedowns(&world, &t, "open").await.remove(0);
        let other = world.example("loomer").await;
        assert_eq!(takedowns(&world, &other, "open").await.len(), 0);
        assert_eq!(check(&world, &other, "group", "web").await["reason"], "ASSET_UNKNOWN");
        let done = format!("/v1/takedowns/{}/done", task["takedown"].as_str().expect("an id"));
        world.post(&done, &other.keys.dpo, &json!({"evidence": SHA256})).await.expect_problem(404, "NOT_FOUND");
        world.get("/v1/assets/group", &other.keys.dpo).await.expect_problem(404, "NOT_FOUND");
        world.get("/v1/campaigns/spring", &other.keys.dpo).await.expect_problem(404, "NOT_FOUND");
        let campaigns = world.get("/v1/campaigns", &other.keys.dpo).await.expect(200).json;
        assert_eq!(campaigns, json!({"campaigns": []}));
        let gone = world.send(Method::DELETE, "/v1/assets/group", &other.keys.service, None).await;
        gone.expect_problem(404, "NOT_FOUND");
        assert_eq!(takedowns(&world, &t, "open").await, [task]);
    }

    /// Protects E24: "take me out of all pictures" is a task for each place of every asset that the person is in. Where the
    /// service takes no such withdrawal, one that names each cell does the same.
    async fn take_me_out_of_all_pictures(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        put(&world, &t, "portrait", &asset(&people[..1], &[("web", "team-page")])).await.expect(200);
        put(&world, &t, "others", &asset(&people[1..], &[("web", "others")])).await.expect(200);
        let withdrawal = |decisions: Value| json!({"event_id": world.event_id(), "subject": people[0], "decisions": decisions});
        let all = withdrawal(json!([{"purpose": PHOTO, "decision": "withdrawn", "all_scopes": true}]));
        let said = world.post("/v1/withdrawals", &t.keys.service, &all).await;
        if said.status == 422 {
            let each = json!([
                {"purpose": PHOTO, "decision": "withdrawn", "scope": scope("photo", "web")},
                {"purpose": PHOTO, "decision": "withdrawn", "scope": scope("photo", "print")},
            ]);
            world.post("/v1/withdrawals", &t.keys.service, &withdrawal(each)).await.expect(201);
        } else {
            said.expect(201);
        }
        let open = takedowns(&world, &t, "open").await;
        let mut places: Vec<_> = open.iter().map(|task| task["place"]["ref"].as_str().expect("a place")).collect();
        places.sort_unstable();
        assert_eq!(places, ["brochure-7", "start-page", "team-page"]);
        assert!(open.iter().all(|task| task["subject"] == json!(people[0])));
    }

    /// Protects the list's pages: each task is on one of them, the one that is due first first.
    async fn the_list_of_tasks_has_pages(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        for subject in &people {
            withdraw(&world, &t, subject, "web").await;
        }
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/v1/takedowns?limit=2{after}");
            let page = world.get(&path, &t.keys.service).await.expect(200).json;
            seen.extend(page["takedowns"].as_array().expect("a list").clone());
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(seen, takedowns(&world, &t, "open").await);
        assert_eq!(seen.len(), 5);
        for bad in ["limit=0", "limit=1001", "after=x", "state=maybe", "more=1"] {
            let answer = world.get(&format!("/v1/takedowns?{bad}"), &t.keys.service).await;
            answer.expect_problem(400, "PARAMETER_INVALID");
        }
    }

    /// Protects the end of a campaign against a server that stops half-way: its claim expires, another round does the work,
    /// and what was opened before is not opened twice.
    async fn a_sweep_that_was_lost_is_done_again(world: World) {
        let t = controller(&world).await;
        five(&world, &t).await;
        world.clock.advance(101 * DAY_MS);
        let log = LogId::parse(&t.log).expect("a log");
        let now = world.clock.now();
        // The claim of a server that stopped.
        let store = &world.server.app.store;
        let claims = store.claim_due(&log, SWEEP, now, now + 60_000, 10).await.expect("claimed");
        assert_eq!(claims.len(), 1);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await.len(), 0, "the work is claimed");
        world.clock.advance(61_000);
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(open.len(), 2);
        assert!(!store.finish_claim(&log, &claims[0]).await.expect("a read"), "the old claim is void");
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, open);
    }

    /// Protects invariant 3 for tasks: the database lets a task be done once, with evidence, and changes nothing else.
    async fn a_task_cannot_be_changed_in_the_database(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        withdraw(&world, &t, &people[0], "web").await;
        let mut raw = Raw::open(&world).await;
        for change in ["due_at = 0", "opened_at = 0", "idx = 0", "cause = 'x'", "subject = 'x'", "asset = 'x'", "ref = 'x'",
            "done_at = 1", "evidence = 'x'", "done_at = 1, done_by = 'k'"] {
            raw.refuses(&format!("update takedown set {change}")).await;
        }
        raw.refuses("delete from takedown").await;
        match world.engine {
            Engine::Sqlite => raw.refuses("insert or replace into takedown select * from takedown").await,
            Engine::Postgres => raw.refuses("truncate takedown").await,
        }
        raw.execute("update takedown set done_at = 1, done_by = 'k', evidence = 'x'").await.expect("done");
        raw.refuses("update takedown set evidence = 'y'").await;
        raw.refuses("update takedown set done_at = null, done_by = null, evidence = null").await;
        raw.execute("update takedown set subject = null").await.expect("an erasure takes the subject away");
    }

    /// Protects E10 and lag 1978:800, 1 §: pictures that advertise need consent, whatever basis the register has for them.
    async fn advertising_needs_consent(world: World) {
        let t = world.example("omilon").await;
        let (purpose, subject) = (OBLIGATION, world.subject());
        for (name, advertising) in [("fair", false), ("advert", true)] {
            let mut body = campaign(&day(&world, 10));
            body["advertising"] = json!(advertising);
            let path = format!("/v1/campaigns/{name}");
            world.send(Method::PUT, &path, &t.keys.publisher, Some(&body)).await.expect(200);
            let mut body = asset(std::slice::from_ref(&subject), &[("web", "page")]);
            body["campaign"] = json!(name);
            body["purpose"] = json!(purpose);
            put(&world, &t, name, &body).await.expect(200);
        }
        let verdict = async |name: &str| {
            let body = json!({"asset": name, "surface": "web", "medium": "photo", "op": "store"});
            world.post("/v1/assets/check", &t.keys.service, &body).await.expect(200).json
        };
        assert_eq!(verdict("fair").await["allow"], true);
        assert_eq!(blocked(&verdict("advert").await), [(subject.as_str(), "CONSENT_MISSING")]);
    }

    /// Protects docs/pictures.md: its commands do what the page says.
    async fn the_page_about_pictures_plays(world: World) {
        let t = controller(&world).await;
        let page = include_str!("../../docs/pictures.md");
        let mut played = Vec::new();
        for command in page.split("\napi ").skip(1) {
            let command = command.split("```").next().expect("a block ends");
            let (head, body) = command.split_once('"').expect("a key");
            let [method, path] = head.split_whitespace().collect::<Vec<_>>().try_into().expect("two words");
            let (role, body) = body.split_once('"').expect("a key ends");
            let key = match role {
                "$PUBLISHER_KEY" => &t.keys.publisher,
                "$SERVICE_KEY" => &t.keys.service,
                _ => &t.keys.dpo,
            };
            let mut path = path.trim_matches('\'').to_owned();
            if path.ends_with("/done") {
                let subject = "s_JxKq3mYlTn2v0cWb8ZpR4A";
                withdraw(&world, &t, subject, "web").await;
                let task = takedowns(&world, &t, "open").await.remove(0);
                path = format!("/v1/takedowns/{}/done", task["takedown"].as_str().expect("an id"));
            }
            let body: Option<Value> = serde_json::from_str(body.trim().trim_matches('\'')).ok();
            world.send(method.parse().expect("a method"), &path, key, body.as_ref()).await.expect(200);
            played.push(method.to_owned());
        }
        assert_eq!(played, ["PUT", "PUT", "POST", "GET", "POST"]);
        assert_eq!(takedowns(&world, &t, "done").await.len(), 1);
    }

    /// Protects the register: a purpose that leaves it takes the permission away, and a check says so.
    async fn a_retired_purpose_permits_no_picture(world: World) {
        let t = controller(&world).await;
        five(&world, &t).await;
        let retired = register("bjorn-lunden");
        let retired = crate::support::without(&retired, PHOTO);
        go_live(&world, &t, &retired).await;
        let verdict = check(&world, &t, "group", "web").await;
        assert!(blocked(&verdict).iter().all(|(_, reason)| *reason == "PURPOSE_UNKNOWN"), "{verdict}");
        assert_eq!(verdict["allow"], false);
    }
}

/// Protects the open tasks against `kill -9`: each withdrawal that the log holds has its task, whenever the server died.
async fn withdrawals_under_kill(engine: Engine) {
    let mut world = World::start_with(engine, audit::without_limits).await;
    let t = controller(&world).await;
    publish(&world, &t, &day(&world, 100)).await;
    let people: Vec<String> = (0..40).map(|_| world.subject()).collect();
    for subject in &people {
        give(&world, &t, subject, 0).await;
    }
    put(&world, &t, "crowd", &asset(&people, &[("web", "stand")]))
        .await
        .expect(200);
    world.server.stop().await;
    let shared = Arc::new(world);
    let (mut child, base_url) = start_child(&shared).await;
    let pid = child.id().expect("it lives");
    let acknowledged = Arc::new(AtomicU64::new(0));
    let clients: Vec<_> = people
        .chunks(10)
        .map(|chunk| {
            let (world, t, base_url) = (shared.clone(), t.clone(), base_url.clone());
            let (chunk, acknowledged) = (chunk.to_vec(), acknowledged.clone());
            tokio::spawn(async move {
                for subject in chunk {
                    let body = json!({"event_id": world.event_id(), "subject": subject, "decisions":
                        [{"purpose": PHOTO, "decision": "withdrawn", "scope": scope("photo", "web")}]});
                    let request = world
                        .http
                        .post(format!("{base_url}/v1/withdrawals"))
                        .bearer_auth(&t.keys.service);
                    if request.json(&body).send().await.is_err() {
                        return;
                    }
                    if acknowledged.fetch_add(1, Ordering::SeqCst) + 1 == 15 {
                        signal(pid, "KILL");
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("no panic");
    }
    assert!(!child.wait().await.expect("it ended").success());
    let mut world = Arc::into_inner(shared).expect("every client has ended");
    world.restart_with(audit::without_limits).await;
    // A write waits for the end of the dead server's transaction.
    withdraw(&world, &t, &people[39], "web").await;
    let open = takedowns(&world, &t, "open").await;
    let mut withdrawn = 0;
    for subject in &people {
        let path = format!("/v1/subjects/{subject}/decisions");
        let state = world.get(&path, &t.keys.dpo).await.expect(200).json;
        let is_withdrawn = state.to_string().contains("withdrawn");
        let has_task = open.iter().any(|task| task["subject"] == json!(subject));
        assert_eq!(is_withdrawn, has_task, "{state}");
        withdrawn += u64::from(is_withdrawn);
    }
    assert!(withdrawn >= acknowledged.load(Ordering::SeqCst));
    audit::audit(&world.server.app, &t.log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_takedown_is_lost_by_a_kill_on_sqlite() {
    withdrawals_under_kill(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_takedown_is_lost_by_a_kill_on_postgres() {
    withdrawals_under_kill(Engine::Postgres).await;
}
