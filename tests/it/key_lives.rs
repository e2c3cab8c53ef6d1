//! When keys were last used, and which end soon: what an operator sees, and what it costs a request.

use samtycke_tests::{Engine, Tenancy, World, both};
use serde_json::{Value, json};

const ANALYTICS: &str = "loomer.cookies-analys";
const DAY_MS: i64 = 86_400_000;

/// The key of this id as the route lists it.
async fn listed(world: &World, t: &Tenancy, id: &str) -> Value {
    let keys = world.get("/v1/keys", &t.keys.operator).await.expect(200);
    let keys = keys.json.as_array().expect("keys").clone();
    keys.into_iter()
        .find(|key| key["key_id"] == id)
        .expect("the key")
}

/// A new service key: its id and itself.
async fn add(world: &World, t: &Tenancy, expires: Option<&str>) -> (String, String) {
    let add = json!({"role": "service", "expires": expires});
    let made = world
        .post("/v1/keys", &t.keys.operator, &add)
        .await
        .expect(201);
    let text = |name: &str| made.json[name].as_str().expect("a text").to_owned();
    (text("key_id"), text("key"))
}

async fn metric(world: &World) -> String {
    let metrics = world.get("/metrics", "").await.expect(200).text;
    let line = metrics
        .lines()
        .find(|line| line.starts_with("samtycke_keys_ending "));
    line.expect("the metric").to_owned()
}

both! {
    /// Protects the replacement of a key: the list says on which day each was last used, at any server, after a restart
    /// and in another day; and nothing of it is written by the request.
    async fn the_list_says_when_a_key_was_last_used(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let (id, key) = add(&world, &t, None).await;
        assert_eq!(listed(&world, &t, &id).await["last_used_on"], Value::Null);
        let question = json!({"subject": world.subject(), "purpose": ANALYTICS});
        let first = world.day(0);
        world.post("/v1/check", &key, &question).await.expect(200);
        assert_eq!(listed(&world, &t, &id).await["last_used_on"], Value::Null, "the request wrote nothing");
        world.server.app.key_watch.write_uses().await.expect("written");
        assert_eq!(listed(&world, &t, &id).await["last_used_on"], first.as_str());
        world.clock.advance(2 * DAY_MS);
        assert_eq!(listed(&world, &t, &id).await["last_used_on"], first.as_str());
        world.post("/v1/check", &key, &question).await.expect(200);
        let third = world.day(0);
        // A stop writes what no round has written.
        world.restart().await;
        assert_eq!(listed(&world, &t, &id).await["last_used_on"], third.as_str());
    }

    /// Protects the list from servers that disagree: an older day takes back nothing, and a day that a clock which was
    /// ahead has written does not stay.
    async fn a_later_day_stays_unless_it_is_of_the_future(world: World) {
        let t = world.example("loomer").await;
        let (id, key) = add(&world, &t, None).await;
        let question = json!({"subject": world.subject(), "purpose": ANALYTICS});
        let today = world.day(0);
        world.post("/v1/check", &key, &question).await.expect(200);
        world.server.app.key_watch.write_uses().await.expect("written");
        world.clock.advance(-DAY_MS);
        world.post("/v1/check", &key, &question).await.expect(200);
        world.server.app.key_watch.write_uses().await.expect("written");
        assert_eq!(listed(&world, &t, &id).await["last_used_on"], today.as_str());
        let of_3000 = "update api_key set last_used_day = 376200";
        world.execute(of_3000).await;
        world.clock.advance(DAY_MS);
        world.post("/v1/check", &key, &question).await.expect(200);
        world.server.app.key_watch.write_uses().await.expect("written");
        assert_eq!(listed(&world, &t, &id).await["last_used_on"], today.as_str());
    }

    /// Protects operators from keys that nobody remembers: after 90 days without a use the list says so, and no longer
    /// once the key is used or revoked.
    async fn a_key_that_nobody_uses_is_named(world: World) {
        let t = world.example("loomer").await;
        let (id, key) = add(&world, &t, None).await;
        let watch = &world.server.app.key_watch;
        world.get("/v1/keys", &t.keys.operator).await.expect(200);
        watch.write_uses().await.expect("written");
        world.clock.advance(89 * DAY_MS);
        assert_eq!(listed(&world, &t, &id).await["unused"], Value::Null);
        world.clock.advance(DAY_MS);
        assert_eq!(listed(&world, &t, &id).await["unused"], true);
        let question = json!({"subject": world.subject(), "purpose": ANALYTICS});
        world.post("/v1/check", &key, &question).await.expect(200);
        watch.write_uses().await.expect("written");
        assert_eq!(listed(&world, &t, &id).await["unused"], Value::Null);
    }

    /// Protects a program from an end that surprises it: two weeks before, metric and readiness count the key, also one that
    /// another server has made, until it is revoked; one that was made for a week is meant to end.
    async fn keys_that_end_soon_are_counted(world: World) {
        let t = world.example("loomer").await;
        let other = match world.engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(world.second_server().await),
        };
        let (id, _) = add(&world, &t, Some("P90D")).await;
        let watch = &other.as_ref().unwrap_or(&world.server).app.key_watch;
        watch.count_ending().await.expect("counted");
        assert_eq!(watch.ending(), 0);
        world.clock.advance(77 * DAY_MS);
        add(&world, &t, Some("P7D")).await;
        watch.count_ending().await.expect("counted");
        assert_eq!(watch.ending(), 1);
        world.server.app.key_watch.count_ending().await.expect("counted");
        assert_eq!(metric(&world).await, "samtycke_keys_ending 1");
        let ready = world.get("/readyz", "").await.expect(200);
        assert_eq!(ready.json["keys_ending"], 1);
        let path = format!("/v1/keys/{id}");
        world.send(reqwest::Method::DELETE, &path, &t.keys.operator, None).await.expect(204);
        watch.count_ending().await.expect("counted");
        assert_eq!(watch.ending(), 0);
    }
}
