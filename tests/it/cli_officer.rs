//! What the data protection officer does from the command line: `samtycke objections` and `samtycke notice invalidate`.

use samtycke_tests::{World, both};
use serde_json::{Value, json};

use crate::process::{program, said};
use crate::support::{said as says, verdict};

const INTEREST: &str = "loomer.analysera-utvardera";
const ANALYTICS: &str = "loomer.cookies-analys";
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn run(world: &World, key: &str, line: &[&str]) -> (i32, String, String) {
    let mut command = program(line);
    command.env("SAMTYCKE_DATA_DIR", world.data_dir());
    command.env("SAMTYCKE_KEY", key);
    if let Some(url) = &world.postgres_url {
        command
            .env("SAMTYCKE_DATABASE_URL", url)
            .env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
    }
    said(command.output().expect("it runs"))
}

fn ok(world: &World, key: &str, line: &[&str]) -> String {
    let (code, out, errors) = run(world, key, line);
    assert_eq!(code, 0, "{line:?}: {errors}");
    out
}

async fn objects(world: &World, key: &str) -> String {
    let subject = world.subject();
    let body = json!({"event_id": world.event_id(), "subject": subject,
        "decisions": [{"purpose": INTEREST, "decision": "objected"}]});
    world.post("/v1/withdrawals", key, &body).await.expect(201);
    subject
}

both! {
    /// Protects a person whose objection waits (GDPR Art. 12(3)): the officer sees how long is left, and what is late.
    async fn objections_are_listed_with_the_days_left(world: World) {
        let mut world = world;
        // The command has the system's clock, and a log's time never goes back.
        world.clock.advance(-100 * DAY);
        let t = world.example("loomer").await;
        let late = objects(&world, &t.keys.service).await;
        world.clock.advance(100 * DAY);
        let new = objects(&world, &t.keys.service).await;
        world.server.stop().await;
        let text = ok(&world, "", &["objections"]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "loomer: 2 waiting, 1 overdue", "{text}");
        assert!(lines[1].contains("OVERDUE by ") && lines[1].contains(&late), "{text}");
        assert!(lines[2].contains(" days left") && lines[2].contains(&new), "{text}");
        assert!(lines[2].contains(INTEREST), "{text}");
        let json = ok(&world, "", &["objections", "--tenant", "loomer", "--json"]);
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["objections"][0]["overdue"], true);
        assert_eq!(json["objections"][1]["subject"], json!(new));
        ok(&world, "", &["event", "objection.upheld", &late, "--purpose", INTEREST]);
        ok(&world, "", &["event", "objection.upheld", &new, "--purpose", INTEREST]);
        assert_eq!(ok(&world, "", &["objections"]), "No objection waits for a decision of loomer.\n");
    }

    /// Protects consents from one person's mistake (rule E19): an officer proposes, and a publisher confirms the same.
    async fn two_people_invalidate_a_notice(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        says(&world, &t, &subject, ANALYTICS, "given").await;
        world.server.stop().await;
        let line = ["notice", "invalidate", "loomer", &t.notice, "--purpose", ANALYTICS, "--cause", "the text named another recipient"];
        let text = ok(&world, &t.keys.dpo, &line);
        assert!(text.contains("it would end 1 consent on"), "{text}");
        let token = text.split_once("proposal     ").and_then(|(_, rest)| rest.lines().next()).expect("a proposal");
        let with = |more: &[&'static str]| [&line[..], &["--proposal", token], more].concat();
        let (code, _, errors) = run(&world, &t.keys.dpo, &with(&[]));
        assert!(code == 1 && errors.contains("publisher"), "{errors}");
        let (code, _, errors) = run(&world, &t.keys.publisher, &line);
        assert!(code == 1 && errors.contains("dpo"), "{errors}");
        let (code, _, errors) = run(&world, &t.keys.publisher, &with(&["--effective-from", "2026-01-01T00:00:00Z"]));
        assert!(code == 1 && errors.contains("/proposal"), "{errors}");
        let done = ok(&world, &t.keys.publisher, &with(&["--json"]));
        let done: Value = serde_json::from_str(&done).expect("JSON");
        assert_eq!((&done["consents"], &done["purposes"]), (&json!(1), &json!([ANALYTICS])));
        world.restart().await;
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await.1, "CONSENT_INVALIDATED");
    }

    async fn a_key_of_another_tenant_invalidates_nothing(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let other = world.example("omilon").await;
        world.server.stop().await;
        let line = ["notice", "invalidate", "loomer", &t.notice, "--purpose", ANALYTICS, "--cause", "wrong text"];
        let (code, _, errors) = run(&world, &other.keys.dpo, &line);
        assert!(code == 1 && errors.contains("another tenant than loomer"), "{errors}");
        let (code, _, errors) = run(&world, "sk_dpo_made_up", &line);
        assert!(code == 1 && errors.contains("API key"), "{errors}");
    }
}
