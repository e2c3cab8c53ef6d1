//! `samtycke why`: a verdict in words.

use std::process::{Command, Stdio};

use samtycke_core::wire::format_rfc3339;
use samtycke_server::clock::Clock as _;
use samtycke_tests::{World, both};
use serde_json::Value;

use crate::process::{program, said};

const ANALYTICS: &str = "loomer.cookies-analys";
const SUBJECT: &str = "s_JxKq3mYlTn2v0cWb8ZpR4A";

fn why(world: &World, line: &[&str]) -> (i32, String, String) {
    let mut command = program(&[&["why"], line].concat());
    command.env("SAMTYCKE_DATA_DIR", world.data_dir());
    if let Some(url) = &world.postgres_url {
        command
            .env("SAMTYCKE_DATABASE_URL", url)
            .env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
    }
    said(command.output().expect("it runs"))
}

/// The text without its line breaks.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

both! {
    /// Protects a DPO who answers a person: verdict, reason, event and notice, now and at an earlier time.
    async fn why_names_the_event_and_the_notice_behind_a_verdict(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.record(&t, SUBJECT, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.clock.advance(60_000);
        let then = format_rfc3339(world.clock.now());
        world.clock.advance(60_000);
        let withdrawal = world.withdraw(&t, SUBJECT, &[ANALYTICS]).await.expect(201);
        world.server.stop().await;

        let (code, text, errors) = why(&world, &[SUBJECT, ANALYTICS]);
        assert_eq!(code, 0, "{errors}");
        let event = withdrawal.json["event_id"].as_str().expect("an id");
        for part in ["DENY  CONSENT_WITHDRAWN\n", "22 of the decision table",
                     "consent, GDPR Art. 6(1)(a)", event, "number 2 of the subject", "version 1 of www.loomer.example", "with 2 events"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let sentence = "not allowed, because the person, or a guardian, withdrew the consent (row 22)";
        assert!(unwrapped(&text).contains(sentence), "{text}");
        assert!(!text.contains('\u{1b}'), "no colours in a pipe: {text}");

        let (_, text, errors) = why(&world, &[SUBJECT, ANALYTICS, "--tenant", "loomer", "--as-of", &then]);
        assert!(text.starts_with("ALLOW  CONSENT_VALID\n") && text.contains(&then), "{text}{errors}");
        let (_, text, errors) = why(&world, &[SUBJECT, ANALYTICS, "--language", "sv"]);
        assert!(unwrapped(&text).contains("inte tillåtet, eftersom personen"), "{text}{errors}");
        let (_, json, _) = why(&world, &[SUBJECT, ANALYTICS, "--json"]);
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!((&json["reason"], &json["explain"]["row"]), (&"CONSENT_WITHDRAWN".into(), &22.into()));
    }

    /// Protects an instance with several tenants: a purpose finds its tenant, and a doubt is an error.
    async fn why_finds_the_tenant_by_the_purpose(world: World) {
        let mut world = world;
        for name in ["loomer", "omilon"] {
            world.example(name).await;
        }
        world.server.stop().await;
        let (code, text, errors) = why(&world, &[SUBJECT, ANALYTICS]);
        assert!(code == 0 && text.contains("tenant      loomer, "), "{text}{errors}");
        let (code, _, errors) = why(&world, &[SUBJECT, "loomer.nothing"]);
        assert!(code == 1 && errors.contains("--tenant"), "{errors}");
    }
}

#[test]
fn why_refuses_arguments_that_are_no_question() {
    for (more, says) in [
        (["--op", "eat"], "store, read, process"),
        (["--scope", "{\"planet\":\"mars\"}"], "must be a scope"),
        (["--as-of", "yesterday"], "RFC 3339"),
    ] {
        let line = [&["why", SUBJECT, ANALYTICS][..], &more].concat();
        let (code, _, errors) = said(program(&line).output().expect("it runs"));
        assert!(code == 2 && errors.contains(says), "{more:?}: {errors}");
    }
}

/// `script` gives the program a terminal.
#[test]
fn why_has_colours_on_a_terminal_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let added = program(&["tenant", "add", "x", "X"])
        .env("SAMTYCKE_DATA_DIR", &data)
        .output();
    assert_eq!(said(added.expect("it runs")).0, 0);
    let on_terminal = |no_color: &str| {
        let file = folder.path().join("said");
        let inner = format!(
            "'{}' why {SUBJECT} x.purpose",
            env!("CARGO_BIN_EXE_samtycke-cli")
        );
        let output = Command::new("script")
            .args(["-qec", &inner])
            .arg(&file)
            .env("SAMTYCKE_DATA_DIR", &data)
            .env("TERM", "xterm")
            .env("NO_COLOR", no_color)
            .stdin(Stdio::null())
            .output();
        assert_eq!(said(output.expect("script, of util-linux")).0, 0);
        std::fs::read_to_string(&file).expect("a record")
    };
    assert!(on_terminal("").contains("\u{1b}[1;31mDENY\u{1b}[0m"));
    assert!(!on_terminal("1").contains("\u{1b}["));
}
