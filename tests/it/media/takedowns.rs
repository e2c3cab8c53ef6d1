//! Places that must be cleared: what opens a task, and how it ends.

use samtycke_tests::{Engine, audit, both};
use serde_json::{Value, json};

use super::{
    DAY_MS, PHOTO, SHA256, asset, blocked, check, controller, done, five, gauge, give, put, round,
    scope, takedowns, withdraw,
};
use crate::raw::Raw;

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
}
