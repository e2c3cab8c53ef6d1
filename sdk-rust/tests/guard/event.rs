//! Tests that one call records what happened to a person, and what the client does after it.

use std::time::Duration;

use samtycke::Error;
use samtycke::core::age::AgeBand;
use samtycke::decision::{Decision, DecisionKind, Outcome};
use samtycke::event::CivilDay;
use samtycke::fake::example::{Improvement, Newsletter, Orders};
use samtycke::fake::{FakeConsent, Fault, Route};
use samtycke::id::PurposeId;
use samtycke::op::Process;
use samtycke::reason::Reason;
use samtycke::record::Verification;
use samtycke::scope::Scope;
use samtycke::wire::{
    CheckRequest, EventRequest, ObjectionUpheldData, SubjectRestrictedData, WithdrawalRequest,
};

use super::{fake, sent};

#[tokio::test]
async fn one_call_records_what_happened() {
    let fake = fake();
    let samtycke = fake.builder().language("sv").build().unwrap();
    let (kim, parent) = (fake.subject("kim"), fake.subject("parent"));
    let told = samtycke.told::<(Improvement, Orders)>(&kim, &fake.site());
    let told = told.await.unwrap();
    assert_eq!((told.outcome, told.cells.len()), (Outcome::Effective, 2));
    let informed = samtycke.require::<Improvement, Process>(&kim).await;
    assert_eq!(
        informed.unwrap().evidence().reason,
        Reason::LegitimateInterest
    );

    let contract = "c-4711".parse().unwrap();
    let started = samtycke.contract_started::<Orders>(&kim, contract);
    assert_eq!(started.await.unwrap().outcome, Outcome::Effective);
    let day = CivilDay::parse("2026-06-30").unwrap();
    let ended = samtycke.contract_ended(&kim, "c-4711".parse().unwrap(), day);
    assert!(ended.await.unwrap().receipt.is_some());
    let band = samtycke.age_band(&kim, AgeBand::Thirteen, Verification::Eid);
    band.until(day).await.unwrap();
    let linked = samtycke.guardian_linked(&kim, &parent, Verification::Eid);
    linked.holders(2).await.unwrap();

    let events = samtycke.history(&kim).await.unwrap().events;
    let types: Vec<_> = events.iter().map(|event| event.type_.as_str()).collect();
    assert_eq!(
        types,
        [
            "notice.delivered",
            "contract.started",
            "contract.ended",
            "age.band_set",
            "guardian.linked"
        ]
    );
}

/// What a recorded event has shown of the person counts as seen, so the next grant takes effect.
#[tokio::test]
async fn a_recorded_event_counts_as_seen() {
    let fake = fake();
    let samtycke = fake.builder().language("sv").build().unwrap();
    let kim = fake.subject("kim");
    let restricted = SubjectRestrictedData {
        cause: "disputed".parse().unwrap(),
    };
    let event_id = samtycke::clock::event_id().unwrap();
    let event = EventRequest::new(event_id, kim.clone(), restricted);
    let officer = fake.dpo().language("sv").build().unwrap();
    officer.event(&event).await.unwrap();
    let known = officer.told::<Improvement>(&kim, &fake.site());
    assert_eq!(known.request().await.unwrap().based_on, Some(1));
    let unknown = samtycke.told::<Improvement>(&kim, &fake.site());
    assert_eq!(unknown.request().await.unwrap().based_on, Some(0));
}

/// Protects C1: a device's verdict from before is not used after it was linked.
#[tokio::test]
async fn a_linked_device_is_asked_about_anew() {
    let fake = fake();
    let samtycke = fake.client();
    let (account, device) = (fake.subject("account"), fake.subject("device"));
    fake.give(&device, "example.newsletter").unwrap();
    for _ in 0..2 {
        let allowed = samtycke.require::<Newsletter, Process>(&device).await;
        assert!(allowed.is_ok());
    }
    assert_eq!(sent(&fake, Route::Check), 1, "the verdict is reused");
    samtycke.linked(&account, &device).await.unwrap();
    let denied = samtycke.require::<Newsletter, Process>(&device).await;
    assert_eq!(denied.unwrap_err().reason(), Reason::ConsentMissing);
}

#[tokio::test]
async fn an_event_whose_answer_was_lost_is_one_event() {
    let fake = fake();
    let samtycke = fake.builder().language("sv").build().unwrap();
    let kim = fake.subject("kim");
    fake.fail(Fault::AnswerLost.times(1).on(Route::Events));
    let told = samtycke.told::<Improvement>(&kim, &fake.site()).await;
    assert_eq!(told.unwrap().seq, Some(1));
    assert_eq!(sent(&fake, Route::Events), 2);
    assert_eq!(samtycke.history(&kim).await.unwrap().events.len(), 1);
}

/// A restrictive event is sent as often as a withdrawal.
#[tokio::test]
async fn a_restrictive_event_is_retried_as_a_withdrawal_is() {
    let fake = fake();
    let kim = fake.subject("kim");
    fake.fail(Fault::Broken.times(4).on(Route::Events));
    let day = CivilDay::parse("2026-06-30").unwrap();
    let ended = fake
        .client()
        .contract_ended(&kim, "c-1".parse().unwrap(), day);
    assert!(ended.await.unwrap().receipt.is_some());
    assert_eq!(sent(&fake, Route::Events), 5);
}

/// E12: who asks a processor learns which customer to ask, and how to reach it.
#[tokio::test]
async fn a_processor_names_its_customer() {
    let register = samtycke::core::register::EXAMPLE
        .replace(
            "check_mode = \"consent\"\nconsent_kind = \"panel_newsletter\"",
            "check_mode = \"processor\"\ncontroller_pointer = \"Kunden\"\nconsent_kind = \"none\"",
        )
        .replace(
            "id = \"klippet\"",
            "id = \"klippet\"\ncontact = \"https://klippet.example/kontakt\"",
        );
    let fake = FakeConsent::new(&register).unwrap();
    let about = CheckRequest::about(fake.subject("kim"), "example.newsletter".parse().unwrap());
    let asked = CheckRequest {
        on_behalf_of: Some("klippet".parse().unwrap()),
        ..about
    };
    let checked = fake.client().check(&asked).await;
    let verdict = checked.verdict();
    assert_eq!(verdict.reason, Reason::NotController);
    assert_eq!(
        (
            verdict.controller.as_deref(),
            verdict.controller_contact.as_deref()
        ),
        (
            Some("Klippet (fiktivt bolag)"),
            Some("https://klippet.example/kontakt")
        )
    );
}

/// A service key does not decide what is for the data protection officer.
#[tokio::test]
async fn a_kind_for_the_officer_is_refused_to_a_service_key() {
    let fake = fake();
    let restricted = SubjectRestrictedData {
        cause: "disputed".parse().unwrap(),
    };
    let event_id = samtycke::clock::event_id().unwrap();
    let event = EventRequest::new(event_id, fake.subject("kim"), restricted);
    let Err(Error::Problem(problem)) = fake.client().event(&event).await else {
        panic!("a problem")
    };
    assert_eq!(
        (problem.reason.as_str(), problem.status),
        ("FORBIDDEN", 403)
    );
    assert_eq!(problem.violations[0].field, "/kind");
    assert!(fake.dpo().build().unwrap().event(&event).await.is_ok());
}

/// An objection waits for the officer until it is decided, and is overdue after a month (GDPR Art. 12(3)).
#[tokio::test]
async fn an_officer_reads_the_objections_that_wait() {
    let fake = fake();
    let officer = fake.dpo().build().unwrap();
    let kim = fake.subject("kim");
    let purpose: PurposeId = "example.improvement".parse().unwrap();
    let objected = Decision::about(purpose.clone(), DecisionKind::Objected);
    let event_id = samtycke::clock::event_id().unwrap();
    let said = WithdrawalRequest::new(event_id, kim.clone(), vec![objected]);
    fake.client().withdraw(&said).await.unwrap();

    let page = officer.objections(None).await.unwrap();
    let [waiting] = page.objections.as_slice() else {
        panic!("one objection: {page:?}")
    };
    assert_eq!((&waiting.subject, &waiting.purpose), (&kim, &purpose));
    assert!(!waiting.overdue && page.next.is_none());
    assert_eq!(sent(&fake, Route::Objections), 1);
    fake.clock().advance(Duration::from_hours(24 * 40));
    assert!(officer.objections(None).await.unwrap().objections[0].overdue);

    let upheld = ObjectionUpheldData {
        purpose,
        scope: Scope::None,
    };
    let event_id = samtycke::clock::event_id().unwrap();
    let decided = EventRequest::new(event_id, kim, upheld);
    officer.event(&decided).await.unwrap();
    assert_eq!(officer.objections(None).await.unwrap().objections, []);
}
