//! Tests that one call records one decision, and what the client says of itself.

use samtycke::Error;
use samtycke::decision::{DecisionKind, Method, Outcome, SupersededReason};
use samtycke::fake::example::{Allergies, Forwarding, Improvement, Newsletter};
use samtycke::fake::{Fault, Route};
use samtycke::op::Process;
use samtycke::pseudonym::Domain;
use samtycke::purpose::Recipient;
use samtycke::scope::Scope;

use super::{fake, ms, sent};

#[tokio::test]
async fn one_call_records_one_decision() {
    let fake = fake();
    let samtycke = fake.builder().language("sv").build().unwrap();
    let kim = samtycke.subject(Domain::Email, "kim@example.com").await;
    let kim = kim.unwrap().subject;
    let given = samtycke.given::<Newsletter>(&kim, &fake.site()).await;
    assert!(given.unwrap().is_effective());
    assert!(samtycke.require::<Newsletter, Process>(&kim).await.is_ok());
    let withdrawn = samtycke.withdrawn::<Newsletter>(&kim).await.unwrap();
    assert!(withdrawn.is_effective() && withdrawn.response().receipt.is_some());
    assert!(samtycke.require::<Newsletter, Process>(&kim).await.is_err());

    let events = samtycke.history(&kim).await.unwrap().events;
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].decisions[0].decision, DecisionKind::Given);
}

/// The second decision of a person needs no second look at the notice's texts, nor at the pseudonym.
#[tokio::test]
async fn what_is_known_is_not_fetched_again() {
    let fake = fake();
    let samtycke = fake.builder().language("sv").build().unwrap();
    for _ in 0..2 {
        let kim = samtycke.subject(Domain::Email, "Kim@example.com").await;
        let kim = kim.unwrap().subject;
        let given = samtycke.given::<Newsletter>(&kim, &fake.site());
        let request = given.request().await.unwrap();
        assert_eq!(Some(request.notice), fake.notice());
    }
    assert_eq!(sent(&fake, Route::Subjects), 1);
    assert_eq!(sent(&fake, Route::Notice), 2, "asked, and not sent again");

    // A notice that went live meanwhile is the one that is named.
    let register = samtycke::core::register::EXAMPLE;
    let changed = register.replace("direct_marketing = true", "direct_marketing = false");
    fake.publish_register(&changed).unwrap();
    let newer = fake.publish_notice();
    let anna = fake.subject("anna");
    let given = samtycke.given::<Newsletter>(&anna, &fake.site());
    assert_eq!(Some(given.request().await.unwrap().notice), newer);

    fake.clock().advance(ms(300_000));
    samtycke
        .subject(Domain::Email, "kim@example.com")
        .await
        .unwrap();
    assert_eq!(sent(&fake, Route::Subjects), 2, "after five minutes");
}

/// Protects a refusal that the program has not seen: the grant waits for a new question, and then counts.
#[tokio::test]
async fn a_grant_over_an_unseen_refusal_asks_again() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    fake.withdraw(&anna, "example.newsletter").unwrap();
    let samtycke = fake.builder().language("sv").build().unwrap();
    let given = samtycke.given::<Newsletter>(&anna, &fake.site()).await;
    let given = given.unwrap();
    assert!(given.must_ask_again() && !given.is_effective());
    assert_eq!(given.reason(), Some(SupersededReason::StaleGrant));
    // The response showed the refusal, so the answer to the new question is about it.
    let again = samtycke.given::<Newsletter>(&anna, &fake.site()).await;
    assert!(again.unwrap().is_effective());
}

/// A check that says "may be asked" shows the refusal to the client too; an answer drawn before it stays old.
#[tokio::test]
async fn a_check_counts_as_seen() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.withdraw(&anna, "example.newsletter").unwrap();
    let samtycke = fake.builder().language("sv").build().unwrap();
    assert!(
        samtycke
            .require::<Newsletter, Process>(&anna)
            .await
            .is_err()
    );
    let site = fake.site();
    let old = samtycke.given::<Newsletter>(&anna, &site).based_on(0);
    assert_eq!(old.await.unwrap().outcome(), Some(Outcome::Superseded));
    let given = samtycke.given::<Newsletter>(&anna, &site).await;
    assert!(given.unwrap().is_effective());
}

/// Protects GDPR Art. 9(2)(a): consent to health data is a statement of its own, or it is not recorded.
#[tokio::test]
async fn a_special_category_is_recorded_explicitly_or_not() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.builder().language("sv").build().unwrap();
    let given = samtycke.given::<Allergies>(&anna, &fake.site()).await;
    assert_eq!(given, Err(Error::NotExplicit));
    assert_eq!(fake.requests(), [], "nothing was sent");
    let given = samtycke.given::<Allergies>(&anna, &fake.site()).explicit();
    assert!(given.await.unwrap().is_effective());
    assert!(samtycke.require::<Allergies, Process>(&anna).await.is_ok());
}

/// A record does not guess the language: a wrong one would be a false statement of what the person read.
#[tokio::test]
async fn a_notice_of_several_languages_needs_one_named() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.client();
    let given = samtycke.given::<Newsletter>(&anna, &fake.site()).await;
    assert_eq!(given, Err(Error::Language));
    let given = samtycke.given::<Newsletter>(&anna, &fake.site());
    assert_eq!(given.language("??").await, Err(Error::Language));
    let notice = samtycke.notice(&fake.site()).await.unwrap();
    let given = samtycke.given::<Newsletter>(&anna, &notice).language("en");
    assert!(given.await.unwrap().is_effective());
    assert!(fake.builder().language("??").build().is_err());
}

/// A consent for one recipient is recorded and withdrawn for that one; a withdrawal without one is for all (E24).
#[tokio::test]
async fn a_scoped_decision_names_its_scope_or_all() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.builder().language("sv").build().unwrap();
    let painter = Recipient("painter-ab".parse().expect("a code"));
    let given = samtycke.given_in::<Forwarding>(&anna, &fake.site(), painter.clone());
    assert!(given.await.unwrap().is_effective());
    let one = samtycke.withdrawn_in::<Forwarding>(&anna, painter.clone());
    let one = one.request().unwrap();
    assert_eq!(one.decisions[0].scope, Scope::from(painter));
    assert!(!one.decisions[0].all_scopes);
    let all = samtycke.withdrawn::<Forwarding>(&anna).request().unwrap();
    assert!(all.decisions[0].all_scopes && all.decisions[0].scope.is_none());
    let plain = samtycke.withdrawn::<Newsletter>(&anna).request().unwrap();
    assert!(!plain.decisions[0].all_scopes, "it has no scopes");
}

#[tokio::test]
async fn the_builder_says_the_rest() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.client();
    let paper = "ab".repeat(32);
    let event = samtycke::clock::event_id().unwrap();
    let notice = fake.notice().unwrap();
    let given = samtycke
        .given::<Newsletter>(&anna, &notice)
        .language("sv")
        .method(Method::Signature)
        .surface("paper".parse().unwrap())
        .evidence(&paper)
        .occurred_at(1_763_812_800_000)
        .event_id(event.clone());
    let request = given.request().await.unwrap();
    assert_eq!((request.event_id, request.notice), (event, notice));
    assert_eq!(request.method, Method::Signature);
    assert_eq!(request.evidence, Some(paper));
    let occurred = request.occurred_at.as_deref();
    assert_eq!(occurred, Some("2025-11-22T12:00:00.000Z"));
    assert_eq!(request.based_on, Some(0), "nothing was seen");

    let objected = samtycke.objected::<Improvement>(&anna).request().unwrap();
    assert_eq!(objected.decisions[0].decision, DecisionKind::Objected);
    let refused = samtycke.refused::<Newsletter>(&anna).request().unwrap();
    assert_eq!(refused.decisions[0].decision, DecisionKind::Refused);
}

/// A lost response makes no second event.
#[tokio::test]
async fn a_decision_whose_answer_got_lost_is_one_event() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.builder().language("sv").build().unwrap();
    fake.fail(Fault::AnswerLost.times(1).on(Route::Consents));
    let given = samtycke.given::<Newsletter>(&anna, &fake.site()).await;
    assert!(given.unwrap().is_effective());
    assert_eq!(sent(&fake, Route::Consents), 2);
    assert_eq!(samtycke.history(&anna).await.unwrap().events.len(), 1);
}
