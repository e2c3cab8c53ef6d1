//! Permissions that end without an event of the person: by a publication, and by time.

use samtycke_tests::{Engine, Tenancy, World, both};
use serde_json::{Value, json};

use super::{
    DAY_MS, PHOTO, asset, blocked, check, controller, day, done, five, give, publish, put, round,
    takedowns,
};
use crate::support::{go_live, happened, register, with_analysis, without};

/// A controller whose register says something more about pictures, and a person who permits one on the start page.
async fn one(world: &World, extra: &str) -> (Tenancy, String) {
    let register = with_analysis(&register("bjorn-lunden"), PHOTO, extra);
    let t = world.tenancy("bjorn-lunden", &register).await;
    publish(world, &t, &day(world, 1_000)).await;
    let subject = world.subject();
    (t, subject)
}

async fn portrait(world: &World, t: &Tenancy, subject: &str) {
    give(world, t, subject, 0).await;
    let body = asset(&[subject.to_owned()], &[("web", "start-page")]);
    put(world, t, "portrait", &body).await.expect(200);
    round(world).await;
    assert_eq!(check(world, t, "portrait", "web").await["allow"], true);
    assert_eq!(takedowns(world, t, "open").await, Vec::<Value>::new());
}

async fn invalidate(world: &World, t: &Tenancy) -> Value {
    let path = format!("/v1/notices/{}/invalidate", t.notice);
    let mut body = json!({"purposes": [PHOTO], "cause": "the text named the wrong surface"});
    let proposed = world.post(&path, &t.keys.dpo, &body).await.expect(202);
    body["proposal"] = proposed.json["proposal"].clone();
    let done = world.post(&path, &t.keys.publisher, &body).await;
    done.expect(200).json
}

both! {
    /// Protects the places of a purpose that leaves the register: the next round opens each task once.
    async fn a_register_without_the_purpose_opens_tasks(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        world.clock.advance(1_000);
        let live = go_live(&world, &t, &without(&register("bjorn-lunden"), PHOTO)).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new(), "a round comes first");
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(open.len(), people.len() * 2);
        let facts = |task: &Value| (task["cause"].clone(), task["reason"].clone(), task["index"].clone());
        let expected = (json!("publication"), json!("PURPOSE_UNKNOWN"), live.json["index"].clone());
        assert!(open.iter().all(|task| facts(task) == expected), "{open:?} {}", live.text);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, open);
    }

    async fn a_retired_purpose_opens_tasks(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        go_live(&world, &t, &with_analysis(&register("bjorn-lunden"), PHOTO, "retired = true")).await;
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!((open.len(), &open[0]["reason"]), (people.len() * 2, &json!("PURPOSE_RETIRED")));
    }

    /// Protects E19: a notice that is declared invalid carries no picture either.
    async fn an_invalidated_notice_opens_tasks(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        world.clock.advance(1_000);
        let leaf = invalidate(&world, &t).await;
        let verdict = check(&world, &t, "group", "web").await;
        assert!(blocked(&verdict).iter().all(|(_, reason)| *reason == "CONSENT_INVALIDATED"), "{verdict}");
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(open.len(), people.len() * 2);
        assert_eq!((&open[0]["cause"], &open[0]["reason"]), (&json!("publication"), &json!("CONSENT_INVALIDATED")));
        assert_eq!(open[0]["index"], leaf["index"]);
    }

    /// Protects rows 30-32: a notice that asks for something else makes the consent stale.
    async fn a_notice_that_asks_anew_opens_tasks(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        go_live(&world, &t, &register("bjorn-lunden").replacen("title_en = \"", "title_en = \"Now: ", 40)).await;
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new(), "other words end nothing");
        let made = world.post("/v1/notices", &t.keys.editor, &json!({"site": t.site})).await.expect(201);
        let path = format!("/v1/notices/{}/publish", made.json["hash"].as_str().expect("a hash"));
        let class = json!({"classes": {PHOTO: "material_consent"}});
        world.post(&path, &t.keys.publisher, &class).await.expect(200);
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!((open.len(), &open[0]["reason"]), (people.len() * 2, &json!("NOTICE_STALE")));
    }

    /// Protects `validity`: a consent that runs out is a task on the next day, once, also after it is done.
    async fn a_consent_that_expires_opens_a_task(world: World) {
        let (t, subject) = one(&world, "validity = \"P30D\"").await;
        portrait(&world, &t, &subject).await;
        world.clock.advance(29 * DAY_MS);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new());
        world.clock.advance(2 * DAY_MS);
        assert_eq!(blocked(&check(&world, &t, "portrait", "web").await), [(subject.as_str(), "CONSENT_EXPIRED")]);
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!((open.len(), &open[0]["cause"], &open[0]["reason"]), (1, &json!("time"), &json!("CONSENT_EXPIRED")));
        done(&world, &t, &open[0]).await;
        world.clock.advance(2 * DAY_MS);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new(), "a task is done once");
    }

    /// Protects a permission that was renewed after a task was done: when it runs out too, that is another task.
    async fn a_renewed_consent_that_expires_opens_another_task(world: World) {
        let (t, subject) = one(&world, "validity = \"P30D\"").await;
        portrait(&world, &t, &subject).await;
        world.clock.advance(31 * DAY_MS);
        round(&world).await;
        done(&world, &t, &takedowns(&world, &t, "open").await[0]).await;
        world.clock.advance(DAY_MS);
        let path = format!("/v1/subjects/{subject}/decisions");
        let known = world.get(&path, &t.keys.service).await.expect(200);
        give(&world, &t, &subject, known.json["seq"].as_u64().expect("a number")).await;
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new());
        world.clock.advance(31 * DAY_MS);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await.len(), 1);
    }

    /// Protects the young: an age that has run out is a task on the next day.
    async fn an_age_that_runs_out_opens_a_task(world: World) {
        let (t, subject) = one(&world, "age_rule = \"maturity\"\nguardian_below = 15").await;
        let band = json!({"band": "16_17", "verification": "eid"});
        happened(&world, &t, &subject, "age.band_set", band).await.expect(201);
        portrait(&world, &t, &subject).await;
        world.clock.advance(2 * 366 * DAY_MS);
        let verdict = check(&world, &t, "portrait", "web").await;
        assert_eq!(verdict["allow"], false);
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!((open.len(), &open[0]["cause"]), (1, &json!("time")));
        assert_eq!(open[0]["reason"].as_str(), Some(blocked(&verdict)[0].1));
    }
}

/// Protects several servers: two that come to the same work at the same time open each task once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_open_a_task_once() {
    let world = World::start(Engine::Postgres).await;
    let t = controller(&world).await;
    let people = five(&world, &t).await;
    let mut second = world.second_server().await;
    go_live(&world, &t, &without(&register("bjorn-lunden"), PHOTO)).await;
    world.clock.advance(2 * DAY_MS);
    // Now both a publication and a day are due.
    let expected = people.len() * 2;
    while takedowns(&world, &t, "open").await.len() < expected {
        tokio::join!(round(&world), second.app.media.round());
    }
    tokio::join!(round(&world), second.app.media.round());
    assert_eq!(takedowns(&world, &t, "open").await.len(), expected);
    second.stop().await;
}
