//! Assets: who is in a picture, and what a check of it answers.

use reqwest::Method;
use samtycke_tests::both;
use serde_json::{Value, json};

use super::{PHOTO, SHA256, asset, blocked, check, controller, five, put, takedowns, withdraw};
use crate::support::{PERSONAL, go_live, register};

both! {
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
        let pages: Vec<String> = (0..21).map(|n| format!("page-{n}")).collect();
        let places: Vec<(&str, &str)> = pages.iter().map(|page| ("web", page.as_str())).collect();
        let tasks = put(&world, &t, "posters", &asset(&crowd[..500], &places)).await.expect_problem(422, "FIELD_INVALID");
        assert_eq!(tasks.json["violations"][0]["field"], "/places");
        put(&world, &t, "posters", &asset(&crowd[..500], &places[..20])).await.expect(200);
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

    /// Protects docs/pictures.md: its commands do what the page says.
    async fn the_page_about_pictures_plays(world: World) {
        let t = controller(&world).await;
        let page = include_str!("../../../docs/pictures.md");
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
