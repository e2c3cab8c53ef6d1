//! Tests single-use consents.

use samtycke::decision::{Decision, DecisionKind};
use samtycke::fake::example::Forwarding;
use samtycke::fake::{FakeConsent, Fault, Route};
use samtycke::id::SubjectId;
use samtycke::op::Forward;
use samtycke::purpose::Recipient;
use samtycke::reason::Reason;
use samtycke::{Cause, Client, Consented, Denied};

use super::{fake, ms, sent};

fn tradesman() -> Recipient {
    Recipient("tradesman-7".parse().expect("a code"))
}

fn say(fake: &FakeConsent, person: &SubjectId, kind: DecisionKind) {
    let said = Decision {
        scope: tradesman().into(),
        ..Decision::about("example.forwarding".parse().expect("a purpose"), kind)
    };
    fake.say(person, said).expect("recorded");
}

async fn require(
    samtycke: &Client,
    person: &SubjectId,
) -> Result<Consented<Forwarding, Forward>, Denied> {
    samtycke
        .require_in::<Forwarding, Forward>(person, tradesman())
        .await
}

/// A single-use consent is used once.
#[tokio::test]
async fn a_consent_for_one_use_is_used_once() {
    let fake = fake();
    let anna = fake.subject("anna");
    say(&fake, &anna, DecisionKind::Given);
    let samtycke = fake.client();
    let mut consented = require(&samtycke, &anna).await.unwrap();
    let spent = consented.spend().await.unwrap();
    assert_eq!(spent.scope(), &tradesman());
    assert_eq!(spent.take(), Ok((anna.clone(), tradesman())));
    assert_eq!(consented.spend().await.unwrap_err().cause(), &Cause::Used);
    assert_eq!(sent(&fake, Route::Use), 1, "that one is known here");
    let denied = require(&samtycke, &anna).await.unwrap_err();
    assert_eq!(
        (denied.reason(), denied.may_ask()),
        (Reason::ConsentUsed, true)
    );
    // A new grant allows another use.
    say(&fake, &anna, DecisionKind::Given);
    assert!(
        require(&samtycke, &anna)
            .await
            .unwrap()
            .spend()
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn of_two_permissions_on_one_consent_one_gets_through() {
    let fake = fake();
    let anna = fake.subject("anna");
    say(&fake, &anna, DecisionKind::Given);
    let (here, there) = (fake.client(), fake.client());
    let mut ours = require(&here, &anna).await.unwrap();
    let mut theirs = require(&there, &anna).await.unwrap();
    assert!(ours.spend().await.is_ok());
    let denied = theirs.spend().await.unwrap_err();
    assert_eq!(denied.reason(), Reason::ConsentUsed);
}

/// A program that lost the reply repeats the request, and the server counts it as the same use.
#[tokio::test]
async fn a_use_whose_answer_got_lost_is_the_same_use() {
    let fake = fake();
    let anna = fake.subject("anna");
    say(&fake, &anna, DecisionKind::Given);
    let samtycke = fake.client();
    let mut consented = require(&samtycke, &anna).await.unwrap();
    fake.fail(Fault::AnswerLost.on(Route::Use).times(3));
    let denied = consented.spend().await.unwrap_err();
    assert!(denied.is_unavailable(), "{denied}");
    assert!(consented.spend().await.is_ok());
    let uses: Vec<_> = fake
        .requests()
        .into_iter()
        .filter(|r| r.route == Route::Use)
        .collect();
    assert_eq!(uses.len(), 4);
    assert!(
        uses.iter()
            .all(|r| r.event_id.is_some() && r.event_id == uses[0].event_id)
    );
    let events = samtycke.history(&anna).await.unwrap().events;
    assert_eq!(events.iter().filter(|e| e.used.is_some()).count(), 1);
}

#[tokio::test]
async fn a_use_after_withdrawal_or_expiry_is_rejected() {
    let fake = fake();
    let anna = fake.subject("anna");
    say(&fake, &anna, DecisionKind::Given);
    let samtycke = fake.client();
    let mut withdrawn = require(&samtycke, &anna).await.unwrap();
    let mut late = require(&samtycke, &anna).await.unwrap();
    say(&fake, &anna, DecisionKind::Withdrawn);
    assert_eq!(
        withdrawn.spend().await.unwrap_err().reason(),
        Reason::ConsentWithdrawn
    );
    fake.clock().advance(ms(2_000));
    assert_eq!(late.spend().await.unwrap_err().cause(), &Cause::Outlived);
    assert_eq!(
        sent(&fake, Route::Use),
        1,
        "what has ended is not even asked about"
    );
}

/// A grant to one recipient does not count for another.
#[tokio::test]
async fn a_grant_covers_only_the_recipient_it_names() {
    let fake = fake();
    let anna = fake.subject("anna");
    say(&fake, &anna, DecisionKind::Given);
    let other = Recipient("tradesman-8".parse().expect("a code"));
    let denied = fake
        .client()
        .require_in::<Forwarding, Forward>(&anna, other)
        .await
        .unwrap_err();
    assert_eq!(
        (denied.reason(), denied.may_ask()),
        (Reason::ScopeNotCovered, true)
    );
}

/// Protects a person from two companies that call on the word for one: what was spent for the painter is not mailed to
/// the plumber.
#[tokio::test]
async fn a_spent_use_is_for_its_recipient_alone() {
    let fake = fake();
    let anna = fake.subject("anna");
    say(&fake, &anna, DecisionKind::Given);
    let mut consented = require(&fake.client(), &anna).await.unwrap();
    let spent = consented.spend().await.unwrap();
    let evidence = spent.evidence().to_column();
    assert!(evidence.contains(r#""op":"forward""#), "{evidence}");
    assert!(evidence.contains("tradesman-7"), "{evidence}");
    let plumber = Recipient("tradesman-8".parse().expect("a code"));
    let denied = spent.take_for(&plumber).unwrap_err();
    assert_eq!(denied.cause(), &Cause::OtherScope);
    assert_eq!(denied.reason(), Reason::ScopeNotCovered);
    assert_eq!(denied.problem().status, 403);
}

/// What was spent and then kept is not used an hour later, and a refusal that this process knows ends it at once.
#[tokio::test]
async fn a_spent_use_is_not_kept() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.client();
    say(&fake, &anna, DecisionKind::Given);
    let kept = require(&samtycke, &anna).await.unwrap().spend().await;
    let kept = kept.unwrap();
    fake.clock().advance(ms(2_000));
    assert_eq!(kept.take().unwrap_err().cause(), &Cause::Outlived);

    say(&fake, &anna, DecisionKind::Given);
    let held = require(&samtycke, &anna).await.unwrap().spend().await;
    let held = held.unwrap();
    samtycke
        .withdrawn_in::<Forwarding>(&anna, tradesman())
        .await
        .unwrap();
    assert_eq!(held.take().unwrap_err().cause(), &Cause::Outlived);
}
