//! People and places that an asset gets later: they are judged when they are recorded (E10).

use samtycke_tests::both;
use serde_json::{Value, json};

use super::{asset, controller, done, five, put, takedowns, withdraw};

/// The person and the place of each open task, ordered.
fn tasks(open: &[Value]) -> Vec<(&str, &str)> {
    let mut tasks: Vec<_> = open
        .iter()
        .map(|task| {
            let place = task["place"]["ref"].as_str().expect("a place");
            (task["subject"].as_str().expect("a person"), place)
        })
        .collect();
    tasks.sort_unstable();
    tasks
}

both! {
    /// Protects who withdrew before the picture was recorded: the places that it is in already are tasks at once.
    async fn who_withdrew_before_is_a_task_at_once(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        let said = withdraw(&world, &t, &people[1], "web").await;
        let task = takedowns(&world, &t, "open").await.remove(0);
        done(&world, &t, &task).await;
        put(&world, &t, "late", &asset(&people, &[("web", "late-page"), ("print", "late-print")])).await.expect(200);
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(tasks(&open), [(people[1].as_str(), "late-page")]);
        assert_eq!((&open[0]["cause"], &open[0]["reason"]), (&json!("asset_recorded"), &json!("CONSENT_WITHDRAWN")));
        assert_eq!(open[0]["index"], said.json["index"], "the newest leaf");
    }

    /// Protects E10: "a subject added later re-checks".
    async fn a_person_who_is_added_later_is_a_task(world: World) {
        let t = controller(&world).await;
        let mut people = five(&world, &t).await;
        let stranger = world.subject();
        people.push(stranger.clone());
        let body = asset(&people, &[("web", "start-page"), ("print", "brochure-7")]);
        put(&world, &t, "group", &body).await.expect(200);
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(tasks(&open), [(stranger.as_str(), "brochure-7"), (stranger.as_str(), "start-page")]);
        put(&world, &t, "group", &body).await.expect(200);
        assert_eq!(takedowns(&world, &t, "open").await, open, "the same again changes nothing");
    }

    async fn a_place_that_is_added_later_is_a_task(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        put(&world, &t, "late", &asset(&people, &[])).await.expect(200);
        withdraw(&world, &t, &people[0], "web").await;
        let before = takedowns(&world, &t, "open").await.len();
        put(&world, &t, "late", &asset(&people, &[("web", "late-page"), ("print", "late-print")])).await.expect(200);
        let open = takedowns(&world, &t, "open").await;
        let late: Vec<Value> = open.into_iter().filter(|task| task["asset"] == json!("late")).collect();
        assert_eq!((before, tasks(&late)), (1, vec![(people[0].as_str(), "late-page")]));
    }

    /// Protects a task that is done: another change of the asset does not open it again, and the place used anew does.
    async fn a_cleared_place_is_a_task_again_only_when_it_is_used_anew(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        withdraw(&world, &t, &people[0], "web").await;
        let task = takedowns(&world, &t, "open").await.remove(0);
        world.clock.advance(1_000);
        done(&world, &t, &task).await;
        world.clock.advance(1_000);
        let (start, more) = (("web", "start-page"), ("print", "brochure-8"));
        put(&world, &t, "group", &asset(&people, &[start, more])).await.expect(200);
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new());
        put(&world, &t, "group", &asset(&people, &[more])).await.expect(200);
        world.clock.advance(1_000);
        put(&world, &t, "group", &asset(&people, &[start, more])).await.expect(200);
        assert_eq!(tasks(&takedowns(&world, &t, "open").await), [(people[0].as_str(), "start-page")]);
    }

    /// Protects another file under the same name: what was done is not about it.
    async fn another_file_is_judged_anew(world: World) {
        let t = controller(&world).await;
        let people = five(&world, &t).await;
        withdraw(&world, &t, &people[0], "web").await;
        let task = takedowns(&world, &t, "open").await.remove(0);
        world.clock.advance(1_000);
        done(&world, &t, &task).await;
        world.clock.advance(1_000);
        let mut body = asset(&people, &[("web", "start-page"), ("print", "brochure-7")]);
        body["sha256"] = json!(body["sha256"].as_str().expect("a hash").replace('9', "8"));
        put(&world, &t, "group", &body).await.expect(200);
        assert_eq!(tasks(&takedowns(&world, &t, "open").await), [(people[0].as_str(), "start-page")]);
    }
}
