//! Campaigns: their last day, their versions, and who publishes them.

use reqwest::Method;
use samtycke_server::clock::Clock as _;
use samtycke_tests::{audit, both};
use serde_json::{Value, json};

use crate::scenarios::story::Story;

use super::{
    DAY_MS, PHOTO, asset, blocked, campaign, check, controller, day, done, five, give, publish,
    put, round, scope, takedowns,
};

/// A purpose that rests on a legal obligation.
const OBLIGATION: &str = "omilon.fakturainformation";
/// A purpose that rests on legitimate interest.
const INTEREST: &str = "loomer.analysera-utvardera";

both! {
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
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(open.len(), 1, "one task for each end of a campaign");
        done(&world, &t, &open[0]).await;
        let mut wider = campaign(seen["ends_on"].as_str().expect("a day"));
        wider["surfaces"] = json!(["web", "print", "fair"]);
        world.send(Method::PUT, "/v1/campaigns/spring", &t.keys.publisher, Some(&wider)).await.expect(200);
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new(), "nothing was shown again");
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
        done(&world, &t, &open[0]).await;
        publish(&world, &t, &day(&world, 200)).await;
        round(&world).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new(), "a new version opens nothing that is done");
    }

    /// Protects places that are in use again: a campaign that ends a second time on the same day is a task again.
    async fn a_campaign_that_ends_again_opens_tasks_again(world: World) {
        let t = controller(&world).await;
        five(&world, &t).await;
        let last = day(&world, 100);
        world.clock.advance(102 * DAY_MS);
        round(&world).await;
        for task in takedowns(&world, &t, "open").await {
            done(&world, &t, &task).await;
        }
        publish(&world, &t, &day(&world, 100)).await;
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        assert!(open.iter().all(|task| !task["subject"].is_null()), "the campaign runs: {open:?}");
        for task in open {
            done(&world, &t, &task).await;
        }
        publish(&world, &t, &last).await;
        round(&world).await;
        let open = takedowns(&world, &t, "open").await;
        let of_campaign = open.iter().filter(|task| task["subject"].is_null());
        assert_eq!(of_campaign.count(), 2, "{open:?}");
    }

    /// Protects lag 1978:800, 1 §: a campaign that begins to advertise needs consent, and the places are tasks at once.
    async fn a_campaign_that_begins_to_advertise_opens_tasks(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        Story::of(&world, &t).told(&subject, &[INTEREST]).await;
        let advertising = async |yes: bool| {
            let mut body = campaign(&day(&world, 10));
            body["advertising"] = json!(yes);
            world.send(Method::PUT, "/v1/campaigns/fair", &t.keys.publisher, Some(&body)).await.expect(200);
            round(&world).await;
        };
        advertising(false).await;
        let mut body = asset(std::slice::from_ref(&subject), &[("web", "page")]);
        body["campaign"] = json!("fair");
        body["purpose"] = json!(INTEREST);
        put(&world, &t, "stand", &body).await.expect(200);
        advertising(false).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new());
        advertising(true).await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!((open.len(), &open[0]["cause"], &open[0]["reason"]), (1, &json!("publication"), &json!("CONSENT_MISSING")));
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
        done(&world, &t, &open[0]).await;
        let (narrow, wide) = (json!(["print", "fair"]), json!(["web", "print"]));
        for (surfaces, tasks) in [(&narrow, 0), (&wide, 0), (&narrow, 1)] {
            world.clock.advance(1_000);
            put_campaign(surfaces.clone()).await;
            round(&world).await;
            let open = takedowns(&world, &t, "open").await;
            let of_place = open.iter().filter(|task| task["cause"] == "campaign_narrowed");
            assert_eq!(of_place.count(), tasks, "{surfaces} {open:?}");
        }
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
}
