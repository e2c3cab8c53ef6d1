//! One suite for every implementation of the server's interface: see `samtycke_tests::conformance`.

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert_eq};
use proptest::test_runner::{Config, TestRunner};
use samtycke::Error;
use samtycke::decide::Verdict;
use samtycke::decision::{Decision, DecisionKind, Method};
use samtycke::fake::FakeConsent;
use samtycke::id::{EventId, NoticeHash, PurposeId, ScopeValue, SubjectId};
use samtycke::keys::Secret;
use samtycke::scope::Scope;
use samtycke::wire::{
    AgeBandSetData, CheckRequest, ConsentInvalidatedData, ConsentRequest, ContractEndedData,
    ContractStartedData, CorrectionData, EventData, EventRequest, GuardianLinkedData,
    GuardianUnlinkedData, NoticeDeliveredData, ObjectionRejectedData, ObjectionUpheldData,
    SubjectLinkedData, SubjectRestrictedData, SubjectUnmergedData, SubjectUnrestrictedData,
};
use samtycke_core::actor::Verification;
use samtycke_core::age::AgeBand;
use samtycke_core::civil_day::CivilDay;
use samtycke_core::event::kinds::{Fault, UnlinkCause};
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

/// One event of a person: what it is, its purpose, how much of the past its sender had seen, and whether it lies behind
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
/// The number of events in [`happening`].
const EVENTS: usize = 17;
const PURPOSES: [&str; 9] = [
    "example.newsletter",
    "example.digest",
    "example.player",
    "example.allergies",
    "example.improvement",
    "example.retired",
    "example.agreement",
    "example.offers",
    "example.club",
];

/// A person, and others who may turn out to be the same or to be guardians.
struct Family {
    person: SubjectId,
    device: SubjectId,
    guardian: SubjectId,
}

/// The data of an event that no person decides.
fn happening(
    which: usize,
    purpose: &PurposeId,
    family: &Family,
    notice: &NoticeHash,
    first: &EventId,
    now: i64,
) -> EventData {
    let code = |code: &str| code.parse::<ScopeValue>().expect("a code");
    let (purpose, scope, cause) = (purpose.clone(), Scope::None, code("cause"));
    let (contract, verification) = (code("c-1"), Verification::Eid);
    let age = |band| AgeBandSetData {
        band,
        until: None,
        country: None,
        verification,
    };
    let guardian = family.guardian.clone();
    let from = family.device.clone();
    let all_scopes = false;
    match which {
        0 | 1 => NoticeDeliveredData {
            notice: notice.clone(),
            purposes: vec![purpose],
            language: "sv".parse().expect("a language"),
            variant: None,
        }
        .into(),
        2 | 3 => ContractStartedData {
            contract,
            purposes: vec![purpose],
        }
        .into(),
        4 => ContractEndedData {
            contract,
            last_day: CivilDay::of(now).to_string(),
        }
        .into(),
        5 => age(AgeBand::Adult).into(),
        6 => age(AgeBand::From7To12).into(),
        7 => GuardianLinkedData {
            guardian,
            verification,
            holders: 1,
        }
        .into(),
        8 => GuardianUnlinkedData {
            guardian,
            cause: UnlinkCause::LinkWrong,
            holders: 1,
        }
        .into(),
        9 => SubjectLinkedData { from }.into(),
        10 => SubjectUnmergedData { from, cause }.into(),
        11 => ObjectionUpheldData { purpose, scope }.into(),
        12 => ObjectionRejectedData {
            purpose,
            scope,
            grounds: cause,
            balancing_test: notice.clone(),
        }
        .into(),
        13 => ConsentInvalidatedData {
            purpose,
            scope,
            all_scopes,
            cause,
        }
        .into(),
        14 => SubjectRestrictedData { cause }.into(),
        15 => SubjectUnrestrictedData { cause }.into(),
        _ => CorrectionData {
            corrects: first.clone(),
            fault: Fault::WrongSubject,
        }
        .into(),
    }
}

fn answer<A: std::fmt::Debug>(answered: Result<A, Error>) -> String {
    match answered {
        Ok(recorded) => format!("{recorded:?}"),
        Err(Error::Problem(problem)) => format!("{} {:?}", problem.reason, problem.violations),
        Err(error) => panic!("no answer: {error}"),
    }
}

/// The same steps on both implementations: the response to each step, then a check of every purpose.
async fn answers(place: &Place, family: &Family, steps: &[(Step, EventId)]) -> Vec<String> {
    let notice = place.notice().await;
    let mut answers = Vec::new();
    for (i, ((kind, purpose, unseen, behind), event)) in steps.iter().enumerate() {
        let purpose: PurposeId = PURPOSES[*purpose].parse().expect("a purpose");
        let (sender, of_device) = (&family.person, i % 3 == 2);
        let sender = if of_device { &family.device } else { sender };
        let seen = place.client.decisions(sender).await.expect("decisions").seq;
        let based_on = Some(seen.saturating_sub(*unseen));
        let before = i.checked_sub(1).map(|before| steps[before].1.clone());
        let after: Vec<_> = before.filter(|_| *behind).into_iter().collect();
        answers.push(if let Some(kind) = KINDS.get(*kind) {
            let said = Decision {
                explicit: i % 2 == 0,
                ..Decision::about(purpose, *kind)
            };
            let request = ConsentRequest {
                based_on,
                after,
                ..ConsentRequest::new(
                    event.clone(),
                    sender.clone(),
                    notice.clone(),
                    "sv".parse().expect("a language"),
                    Method::Button,
                    vec![said],
                )
            };
            let recorded = place.client.record(&request).await;
            answer(recorded.map(|recorded| (recorded.seq, recorded.decisions)))
        } else {
            let (which, first) = (kind - KINDS.len(), &steps[0].1);
            let now = place.backend.now();
            let data = happening(which, &purpose, family, &notice, first, now);
            let request = EventRequest {
                based_on,
                after,
                ..EventRequest::new(event.clone(), family.person.clone(), data)
            };
            let client = if which >= 10 {
                &place.officer
            } else {
                &place.client
            };
            let recorded = client.event(&request).await;
            answer(recorded.map(|e| (e.seq, e.outcome, e.reason, e.cells, e.receipt.is_some())))
        });
        for subject in [&family.person, &family.device] {
            for purpose in PURPOSES {
                let purpose = purpose.parse().expect("a purpose");
                let asked = CheckRequest::about(subject.clone(), purpose);
                let checked = place.client.check(&asked).await;
                assert_eq!(checked.error(), None);
                let verdict = Verdict {
                    valid_until: None,
                    ..checked.verdict().clone()
                };
                answers.push(format!("{verdict:?}"));
            }
            let history = place.client.history(subject).await.expect("a history");
            let facts = history
                .events
                .into_iter()
                .map(|e| (e.seq, e.type_, e.facts));
            answers.push(format!("{:?}", facts.collect::<Vec<_>>()));
        }
    }
    answers
}

/// Protects programs tested with the double: the server responds the same, for any events in any order; and what it
/// holds is what its log folds to.
#[test]
fn the_double_answers_random_people_as_the_server_does() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (server, double, world, log) = runtime.block_on(async {
        let world = World::start(Engine::Sqlite).await;
        let t = world.tenancy("example", &register()).await;
        let server = Place::on(Api::of(&world, &t).await);
        let double = Place::on(Double(FakeConsent::new(&register()).expect("a register")));
        assert_eq!(server.notice().await, double.notice().await);
        (server, double, world, t.log)
    });
    let kinds = 0..KINDS.len() + EVENTS;
    let step = (kinds, 0..PURPOSES.len(), 0_u64..3, any::<bool>());
    let mut runner = TestRunner::new(Config {
        cases: 30,
        failure_persistence: None,
        ..Config::default()
    });
    let run = runner.run(&vec(step, 1..10), |steps| {
        let event = |step| (step, samtycke::clock::event_id().expect("chance"));
        let steps: Vec<_> = steps.into_iter().map(event).collect();
        let family = Family {
            person: server.person(),
            device: server.person(),
            guardian: server.person(),
        };
        runtime.block_on(async {
            let theirs = answers(&server, &family, &steps).await;
            prop_assert_eq!(answers(&double, &family, &steps).await, theirs);
            Ok(())
        })
    });
    run.expect("the same answers");
    // It compares each stored state with the fold of its events.
    let audited = runtime.block_on(samtycke_tests::audit::audit(&world.server.app, &log));
    assert!(!audited.states.is_empty());
}
