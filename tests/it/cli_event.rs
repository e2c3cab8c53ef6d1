//! `samtycke event`: what is no person's own decision, recorded from the command line.

use samtycke_core::wire::EventData;
use samtycke_tests::{World, both};
use serde_json::{Value, json};

use crate::process::{program, said};

const SUBJECT: &str = "s_JxKq3mYlTn2v0cWb8ZpR4A";
const OTHER: &str = "s_AAAAAAAAAAAAAAAAAAAAAA";
const FILES: &str = "bjorn-lunden.kundfiler";
const DEMO: &str = "bjorn-lunden.demo";
const PICTURE: &str = "bjorn-lunden.foto-film-ljud";

fn run(world: &World, line: &[&str]) -> (i32, String, String) {
    let mut command = program(line);
    command.env("SAMTYCKE_DATA_DIR", world.data_dir());
    if let Some(url) = &world.postgres_url {
        command
            .env("SAMTYCKE_DATABASE_URL", url)
            .env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true");
    }
    said(command.output().expect("it runs"))
}

fn ok(world: &World, line: &[&str]) -> String {
    let (code, out, errors) = run(world, line);
    assert_eq!(code, 0, "{line:?}: {errors}");
    out
}

fn why(world: &World, purpose: &str) -> String {
    let text = ok(world, &["why", SUBJECT, purpose]);
    let first = text.lines().next().unwrap_or_default();
    first.to_owned()
}

both! {
    /// Protects a DPO who records a contract by hand: the next check answers from it.
    async fn event_records_a_contract_and_its_end(world: World) {
        let mut world = world;
        world.example("bjorn-lunden").await;
        world.server.stop().await;
        assert_eq!(why(&world, FILES), "DENY  CONTRACT_MISSING");
        let text = ok(&world, &["event", "contract.started", SUBJECT, "--contract", "c-4711", "--purpose", FILES]);
        for part in [&format!("contract.started is recorded for {SUBJECT}"), &format!("{FILES}: in force"), "1 of the subject", "leaf hash"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(why(&world, FILES), "ALLOW  CONTRACT");
        ok(&world, &["event", "contract.ended", SUBJECT, "--contract", "c-4711", "--last-day", "2020-06-30"]);
        assert_eq!(why(&world, FILES), "DENY  CONTRACT_ENDED");
    }

    /// Protects a person whose objection is decided (GDPR Art. 21(1)): the officer's role is the command's.
    async fn event_decides_an_objection(world: World) {
        let mut world = world;
        let t = world.example("bjorn-lunden").await;
        let body = json!({
            "event_id": world.event_id(), "subject": SUBJECT, "decisions": [{"purpose": DEMO, "decision": "objected"}],
        });
        world.post("/v1/withdrawals", &t.keys.service, &body).await.expect(201);
        world.server.stop().await;
        ok(&world, &["event", "notice.delivered", SUBJECT, "--notice", &t.notice, "--language", "sv", "--purpose", DEMO]);
        let test = format!("sha256:{}", "a".repeat(64));
        let line = ["event", "objection.rejected", SUBJECT, "--purpose", DEMO, "--grounds", "fraud", "--balancing-test", &test];
        let text = ok(&world, &line);
        assert!(text.contains("on record and without effect") && text.contains("--based-on"), "{text}");
        let text = ok(&world, &[&line[..], &["--based-on", "1"]].concat());
        assert!(text.contains(&format!("{DEMO}: in force")), "{text}");
        assert_eq!(why(&world, DEMO), "ALLOW  OBJECTION_REJECTED");
        ok(&world, &["event", "objection.upheld", SUBJECT, "--purpose", DEMO]);
        assert_eq!(why(&world, DEMO), "DENY  OBJECTED");
    }

    /// Protects a script that repeats a command after a failure: the event counts once.
    async fn event_with_the_same_id_counts_once(world: World) {
        let mut world = world;
        world.example("bjorn-lunden").await;
        let id = world.event_id();
        world.server.stop().await;
        let line = ["event", "subject.restricted", SUBJECT, "--cause", "accuracy", "--event-id", &id];
        let first = ok(&world, &[&line[..], &["--json"]].concat());
        let again = ok(&world, &[&line[..], &["--json"]].concat());
        assert_eq!(first, again);
        let answer: Value = serde_json::from_str(&first).expect("JSON");
        assert_eq!((&answer["event_id"], &answer["outcome"]), (&json!(id), &json!("effective")));
        assert!(ok(&world, &line).contains("was recorded before"));
        assert_eq!(why(&world, FILES), "DENY  RESTRICTED");
    }

    /// Protects a child (GDPR Art. 8): the band, the guardian and the guardian's word come from the command line alone.
    async fn event_links_a_guardian_who_authorises(world: World) {
        let mut world = world;
        let t = world.example("ommej").await;
        world.server.stop().await;
        let event = |more: &[&str]| ok(&world, &[&["event"][..], more].concat());
        event(&["age.band_set", SUBJECT, "--band", "13", "--country", "SE", "--verification", "self_declared"]);
        event(&["guardian.linked", SUBJECT, "--guardian", OTHER, "--verification", "eid", "--holders", "1"]);
        let board = "ommej.advisory-boards.produktutveckling";
        let text = event(&["guardian.authorised", SUBJECT, "--guardian", OTHER, "--verification", "eid", "--purpose", board,
            "--notice", &t.notice, "--language", "sv", "--method", "eid", "--based-on", "2"]);
        assert!(text.contains("number      3 of the subject"), "{text}");
        let text = event(&["guardian.withdrawn", SUBJECT, "--guardian", OTHER, "--purpose", board, "--all-scopes"]);
        assert!(text.contains(board), "{text}");
    }

    /// Protects an operator from a silent failure: a refused event says which field is wrong, and nothing is recorded.
    async fn event_that_is_refused_names_the_field(world: World) {
        let mut world = world;
        for name in ["bjorn-lunden", "loomer"] {
            world.example(name).await;
        }
        world.server.stop().await;
        let (code, out, errors) = run(&world, &["event", "contract.started", SUBJECT, "--contract", "c-1", "--purpose", PICTURE]);
        assert!(code == 1 && out.is_empty() && errors.contains("/data/purposes/0"), "{errors}");
        let (code, _, errors) = run(&world, &["event", "subject.restricted", SUBJECT, "--cause", "accuracy"]);
        assert!(code == 1 && errors.contains("--tenant"), "{errors}");
        assert_eq!(why(&world, FILES), "DENY  CONTRACT_MISSING");
    }
}

/// Protects the list: a kind of the API that has no command fails here.
#[test]
fn event_has_a_command_for_each_kind_with_its_article() {
    for kind in EventData::WORDS {
        let (code, text, errors) = said(
            program(&["event", kind, "--help"])
                .output()
                .expect("it runs"),
        );
        assert_eq!(code, 0, "{kind}: {errors}");
        assert!(text.contains("(GDPR Art. "), "{kind}: {text}");
    }
}

#[test]
fn event_refuses_words_that_no_kind_has() {
    for (line, says) in [
        (
            &[
                "age.band_set",
                SUBJECT,
                "--band",
                "12",
                "--verification",
                "eid",
            ][..],
            "7_12, 13",
        ),
        (
            &[
                "guardian.linked",
                SUBJECT,
                "--guardian",
                OTHER,
                "--verification",
                "phone",
                "--holders",
                "1",
            ],
            "email_confirmed",
        ),
        (
            &[
                "correction",
                SUBJECT,
                "--corrects",
                "x",
                "--fault",
                "evidence",
            ],
            "--corrects",
        ),
        (
            &[
                "subject.restricted",
                SUBJECT,
                "--cause",
                "x",
                "--actor",
                "subject",
            ],
            "controller, staff",
        ),
        (
            &[
                "contract.started",
                SUBJECT,
                "--contract",
                "c",
                "--purpose",
                FILES,
                "--effective-from",
                "soon",
            ],
            "RFC 3339",
        ),
        (&["contract.begun", SUBJECT], "contract.begun"),
    ] {
        let line = [&["event"][..], line].concat();
        let (code, _, errors) = said(program(&line).output().expect("it runs"));
        assert!(code == 2 && errors.contains(says), "{line:?}: {errors}");
    }
}
