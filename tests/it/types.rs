//! A register's purposes as types: printed, saved, used, and compared with the live register.

use samtycke::id::SubjectId;
use samtycke::op::Process;
use samtycke::problem::ProblemKind;
use samtycke::reason::Reason;
use samtycke::register::{Disagreement, Facts};
use samtycke::{Client, Error};
use samtycke_tests::{World, both, purposes};

use crate::process::program;
use crate::support::{go_live, register, with_analysis, without};

const KEPT: &str = "tests/vectors/purposes-ommej.rs";

fn client(world: &World, key: &str) -> Client {
    Client::builder(&world.server.base_url, key)
        .build()
        .expect("a client")
}

both! {
    /// Protects every program of the five controllers from a false alarm: types made from a register agree with it, and
    /// a changed text needs no new build.
    async fn types_agree_with_the_register_that_they_were_made_from(world: World) {
        let five: [(&str, &Facts); 5] = [
            ("bjorn-lunden", &purposes::bjorn_lunden::REGISTER),
            ("loomer", &purposes::loomer::REGISTER),
            ("omilon", &purposes::omilon::REGISTER),
            ("ommej", &purposes::ommej::REGISTER),
            ("supplier", &purposes::supplier::REGISTER),
        ];
        for (name, facts) in five {
            let t = world.example(name).await;
            for key in [&t.keys.service, &t.keys.auditor] {
                assert_eq!(client(&world, key).register_agrees(facts).await, Ok(()), "{name}");
            }
            if name == "ommej" {
                let text = register(name).replace("Svar på frågor i appen", "Svar i appen");
                go_live(&world, &t, &text).await;
                assert_eq!(client(&world, &t.keys.service).register_agrees(facts).await, Ok(()));
            }
        }
    }

    /// Protects a program from continuing after the controller has decided otherwise: it learns where its types and the
    /// live register differ.
    async fn a_program_is_told_where_it_and_the_live_register_part_ways(world: World) {
        let t = world.example("ommej").await;
        let service = client(&world, &t.keys.service);
        let text = with_analysis(&register("ommej"), "ommej.demo", "retired = true");
        let text = with_analysis(&text, "ommej.nyhetsbrev", "scope_type = \"site\"");
        let text = without(&text, "ommej.crm");
        let answers = "special_category = \"possible\"\nage_rule = \"iss_preventive\"";
        assert_eq!(text.matches(answers).count(), 2, "the answers in the app, and who sees them");
        let text = text.replacen(answers, &answers.replace("possible", "no"), 1);
        go_live(&world, &t, &text).await;

        let said = service.register_agrees(&purposes::ommej::REGISTER).await.expect_err("it differs");
        assert!(matches!(&said, Disagreement::Differs(all) if all.len() == 4), "{said:?}");
        let lines = [
            "ommej.appsvar: permitted by explicit consent only, and now without",
            "ommej.demo: retired",
            "ommej.crm: no longer in the register",
            "ommej.nyhetsbrev: limited to nothing, and now to one site",
        ];
        assert_eq!(said.to_string().lines().collect::<Vec<_>>(), lines);

        let other = world.example("loomer").await;
        let said = client(&world, &other.keys.service).register_agrees(&purposes::ommej::REGISTER).await;
        let line = "the program was built with the register of ommej, and the key is one of loomer";
        assert_eq!(said.expect_err("another tenant").to_string(), line);
    }

    /// Protects a program that starts while the server is unreachable: unknown is not agreement.
    async fn an_unreadable_register_does_not_agree(world: World) {
        let t = world.example("ommej").await;
        let facts = &purposes::ommej::REGISTER;
        let said = client(&world, &t.keys.publishable).register_agrees(facts).await;
        let Err(Disagreement::Unanswered(error @ Error::Problem(_))) = said else {
            panic!("{said:?}");
        };
        assert_eq!((error.kind(), error.is_transient()), (Some(ProblemKind::Forbidden), false));
    }

    /// Protects the path from a register's row to a guard in code.
    async fn a_generated_type_is_asked_about(world: World) {
        let t = world.example("ommej").await;
        let subject: SubjectId = world.subject().parse().expect("a subject");
        let service = client(&world, &t.keys.service);
        let denied = service.require::<purposes::ommej::Appsvar, Process>(&subject).await;
        let denied = denied.expect_err("nobody has said anything");
        assert_eq!((denied.reason(), denied.may_ask()), (Reason::ConsentMissing, true));
    }
}

fn rust(arguments: &[&str]) -> (i32, String, String) {
    let all = [&["register", "rust", "registers/ommej.toml"], arguments].concat();
    let output = program(&all).output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let code = output.status.code().expect("an exit code");
    (code, text(output.stdout), text(output.stderr))
}

/// Protects repositories that store the generated source: CI fails when it does not match the register, and shows
/// where.
#[test]
fn cli_register_rust_prints_and_checks_the_source() {
    let kept = std::fs::read_to_string(format!("{}/../{KEPT}", env!("CARGO_MANIFEST_DIR")));
    let kept = kept.expect("the golden source");
    assert_eq!(rust(&[]), (0, kept, String::new()));
    assert_eq!(rust(&["--check", KEPT]), (0, String::new(), String::new()));

    let renamed = ["--name", "ommej.horizon-admin=AdminView"];
    let (code, said, _) = rust(&[&renamed[..], &["--check", KEPT]].concat());
    let mut lines = said.lines();
    let head = "tests/vectors/purposes-ommej.rs does not match registers/ommej.toml (- the file, + the register):";
    assert_eq!((code, lines.next()), (1, Some(head)));
    let changed: Vec<&str> = lines.map(|line| &line[8..]).collect();
    let of = |name: &str| {
        [
            format!("pub enum {name} {{}}"),
            format!("impl purpose::Purpose for {name} {{"),
            format!("        register::Fact::of::<{name}>(register::CheckMode::Contract),"),
        ]
    };
    for line in of("HorizonAdmin").iter().chain(&of("AdminView")) {
        assert!(changed.contains(&line.as_str()), "{line} in {said}");
    }
    assert_eq!(changed.len(), 6, "{said}");

    let (code, said, error) = rust(&[
        "--name",
        "ommej.horizon=AdminView",
        "--name",
        "ommej.kop=kop",
    ]);
    assert_eq!((code, said.as_str()), (1, ""));
    for line in [
        "registers/ommej.toml: `ommej.horizon` cannot be the type `AdminView`: it is no purpose of this register",
        "registers/ommej.toml: `ommej.kop` would be the type `kop`, which is no name of one",
    ] {
        assert!(error.contains(line), "{error}");
    }
}
