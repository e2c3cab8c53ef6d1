//! One suite for every implementation of the server's interface: see `samtycke_tests::conformance`.

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert_eq};
use proptest::test_runner::{Config, TestRunner};
use samtycke::Error;
use samtycke::decide::Verdict;
use samtycke::decision::{Decision, DecisionKind, Method};
use samtycke::fake::FakeConsent;
use samtycke::id::{EventId, SubjectId};
use samtycke::keys::Secret;
use samtycke::wire::{CheckRequest, ConsentRequest};
use samtycke_tests::conformance::{Api, Double, Outcome, Place, register, run, scenarios};
use samtycke_tests::{Engine, World, both};
use serde_json::Value;

use crate::process::{Running, program};

/// Every scenario passes, and all of them ran; prints the table.
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

/// The program that a developer starts: the same results, except where its clock would have to move.
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
        dpo: text(&tenant["keys"]["dpo"]),
        lookup_key: Secret::from_bytes(lookup_key),
        site: text(&tenant["site"]),
        clock: None,
    };
    held("dev", &run(Place::on(api)).await, true);
    running.stop();
}

/// One event of a person: its kind, its purpose, how much of the past its sender had seen, and whether it lies behind
/// the event before it.
type Step = (usize, usize, u64, bool);

const KINDS: [DecisionKind; 7] = [
    DecisionKind::Given,
    DecisionKind::Renewed,
    DecisionKind::Refused,
    DecisionKind::Deferred,
    DecisionKind::Withdrawn,
    DecisionKind::Objected,
    DecisionKind::ObjectionRetracted,
];
const PURPOSES: [&str; 6] = [
    "example.newsletter",
    "example.digest",
    "example.player",
    "example.allergies",
    "example.improvement",
    "example.retired",
];

/// The same steps on both implementations: the response to each step, then a check of every purpose.
async fn answers(place: &Place, person: &SubjectId, steps: &[(Step, EventId)]) -> Vec<String> {
    let notice = place.notice().await;
    let mut answers = Vec::new();
    for (i, ((kind, purpose, unseen, behind), event)) in steps.iter().enumerate() {
        let (kind, purpose) = (KINDS[*kind], PURPOSES[*purpose].parse().expect("a purpose"));
        let said = Decision {
            explicit: i % 2 == 0,
            ..Decision::about(purpose, kind)
        };
        let seen = place.client.decisions(person).await.expect("decisions").seq;
        let before = i.checked_sub(1).map(|before| steps[before].1.clone());
        let request = ConsentRequest {
            based_on: Some(seen.saturating_sub(*unseen)),
            after: before.filter(|_| *behind).into_iter().collect(),
            ..ConsentRequest::new(
                event.clone(),
                person.clone(),
                notice.clone(),
                "sv".parse().expect("a language"),
                Method::Button,
                vec![said],
            )
        };
        answers.push(match place.client.record(&request).await {
            Ok(recorded) => format!("{:?} {:?}", recorded.seq, recorded.decisions),
            Err(Error::Problem(problem)) => format!("{} {:?}", problem.reason, problem.violations),
            Err(error) => panic!("no answer: {error}"),
        });
        for purpose in PURPOSES {
            let asked = CheckRequest::about(person.clone(), purpose.parse().expect("a purpose"));
            let checked = place.client.check(&asked).await;
            assert_eq!(checked.error(), None);
            let verdict = Verdict {
                valid_until: None,
                ..checked.verdict().clone()
            };
            answers.push(format!("{verdict:?}"));
        }
    }
    answers
}

/// Protects programs tested with the double: the server responds the same, for any events in any order.
#[test]
fn the_double_answers_random_people_as_the_server_does() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (server, double, _world) = runtime.block_on(async {
        let world = World::start(Engine::Sqlite).await;
        let t = world.tenancy("example", &register()).await;
        let server = Place::on(Api::of(&world, &t).await);
        let double = Place::on(Double(FakeConsent::new(&register()).expect("a register")));
        assert_eq!(server.notice().await, double.notice().await);
        (server, double, world)
    });
    let step = (0..KINDS.len(), 0..PURPOSES.len(), 0_u64..3, any::<bool>());
    let mut runner = TestRunner::new(Config {
        cases: 20,
        failure_persistence: None,
        ..Config::default()
    });
    let run = runner.run(&vec(step, 1..8), |steps| {
        let event = |step| (step, samtycke::clock::event_id().expect("chance"));
        let steps: Vec<_> = steps.into_iter().map(event).collect();
        let person = server.person();
        runtime.block_on(async {
            let theirs = answers(&server, &person, &steps).await;
            prop_assert_eq!(answers(&double, &person, &steps).await, theirs);
            Ok(())
        })
    });
    run.expect("the same answers");
}
