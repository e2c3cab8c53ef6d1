//! One suite for everything that answers as a server does: see `samtycke_tests::conformance`.

use samtycke::fake::FakeConsent;
use samtycke::keys::Secret;
use samtycke_tests::conformance::{Api, Double, Outcome, Place, register, run, scenarios};
use samtycke_tests::{World, both};
use serde_json::Value;

use crate::process::{Running, program};

/// Every scenario held, and as many ran as there are; the table is printed for whoever looks.
#[track_caller]
fn held(backend: &str, outcomes: &[(&str, Outcome)], may_lack_a_clock: bool) {
    for (scenario, outcome) in outcomes {
        println!("{backend:10} {outcome:8?} {scenario}");
    }
    assert_eq!(outcomes.len(), scenarios().len());
    assert!(outcomes.len() >= 25, "the suite has lost its scenarios");
    let failed = |outcome: &Outcome| match outcome {
        Outcome::Held => false,
        Outcome::Failed => true,
        Outcome::NoClock => !may_lack_a_clock,
    };
    let failed: Vec<_> = outcomes
        .iter()
        .filter(|(_, outcome)| failed(outcome))
        .collect();
    assert!(failed.is_empty(), "{backend}: {failed:?}");
}

both! {
    async fn the_api_conforms(world: World) {
        let t = world.tenancy("example", &register()).await;
        let outcomes = run(Place::on(Api::of(&world, &t).await)).await;
        held(&format!("{:?}", world.engine), &outcomes, false);
    }
}

#[tokio::test]
async fn the_double_conforms() {
    let fake = FakeConsent::new(&register()).expect("a register");
    held("double", &run(Place::on(Double(fake))).await, false);
}

/// The program that a developer starts: the same answers, except where its clock would have to be moved.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dev_conforms() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("register.toml");
    std::fs::write(&file, register()).expect("a file");
    let file = file.to_str().expect("UTF-8");
    let running = Running::start(program(&["dev", "--json", "--register", file]), "{");
    let said: Value = serde_json::from_str(&running.printed).expect("JSON");
    let tenant = &said["tenants"][0];
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut lookup_key = [0; 32];
    hex::decode_to_slice(text(&tenant["lookup_key"]), &mut lookup_key).expect("hex");
    let api = Api {
        base_url: text(&said["base_url"]),
        service: text(&tenant["keys"]["service"]),
        editor: text(&tenant["keys"]["editor"]),
        publisher: text(&tenant["keys"]["publisher"]),
        lookup_key: Secret::from_bytes(lookup_key),
        site: text(&tenant["site"]),
        clock: None,
    };
    held("dev", &run(Place::on(api)).await, true);
    running.stop();
}
