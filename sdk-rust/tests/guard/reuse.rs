//! Tests reused verdicts.

use samtycke::fake::Route;
use samtycke::fake::example::{Allergies, Newsletter};
use samtycke::op::Process;
use samtycke::reason::Reason;

use super::{fake, ms, sent, withdrawal};

/// C7: an allow is reused for its reuse time and not a millisecond longer, and its permission does not outlive it.
#[tokio::test]
async fn an_answer_is_used_again_for_as_long_as_it_may_be_relied_on() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    let _ = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    fake.withdraw(&anna, "example.newsletter").unwrap();
    fake.clock().advance(ms(4_500));
    let consented = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    assert_eq!(sent(&fake, Route::Check), 1);
    assert_eq!(
        consented.left(),
        ms(500),
        "no more than the answer had left"
    );
    fake.clock().advance(ms(499));
    assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
    fake.clock().advance(ms(1));
    assert!(consented.subject().is_err());
    let denied = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap_err();
    assert_eq!(denied.reason(), Reason::ConsentWithdrawn);
    assert_eq!(sent(&fake, Route::Check), 2);
}

#[tokio::test]
async fn a_denial_is_checked_again_each_time() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.client();
    assert!(
        samtycke
            .require::<Newsletter, Process>(&anna)
            .await
            .is_err()
    );
    fake.give(&anna, "example.newsletter").unwrap();
    assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
}

/// A special category needs a new check each time.
#[tokio::test]
async fn a_special_category_is_asked_about_each_time() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.allergies").unwrap();
    let samtycke = fake.client();
    for asked in 1..=3 {
        let mut consented = samtycke.require::<Allergies, Process>(&anna).await.unwrap();
        consented.ensure_fresh().await.unwrap();
        assert_eq!(sent(&fake, Route::Check), asked * 2);
    }
}

#[tokio::test]
async fn nothing_is_used_again_where_that_is_switched_off() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.builder().reuse(false).build().unwrap();
    for asked in 1..=3 {
        assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
        assert_eq!(sent(&fake, Route::Check), asked);
    }
}

/// A person's own withdrawal takes effect at once in the process that made it.
#[tokio::test]
async fn a_local_withdrawal_ends_reuse() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
    // A clone belongs to the same process.
    let elsewhere_in_the_program = samtycke.clone();
    elsewhere_in_the_program
        .withdraw(&withdrawal(&anna, "example.newsletter"))
        .await
        .unwrap();
    let denied = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap_err();
    assert_eq!(denied.reason(), Reason::ConsentWithdrawn);
}

/// The same for a verdict in transit: it was an allow when the server sent it.
#[tokio::test]
async fn a_verdict_overtaken_by_a_withdrawal_denies() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    let (same, person) = (samtycke.clone(), anna.clone());
    fake.after_next(async move |_| {
        same.withdraw(&withdrawal(&person, "example.newsletter"))
            .await
            .unwrap();
    });
    let overtaken = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    assert!(overtaken.subject().is_err(), "it was on its way");
    let denied = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap_err();
    assert_eq!(
        denied.reason(),
        Reason::ConsentWithdrawn,
        "and it was not kept"
    );
    assert_eq!(sent(&fake, Route::Check), 2);
}

/// C4: a changed clock does not prolong an allow.
#[tokio::test]
async fn a_clock_that_is_set_makes_no_answer_last_longer() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
    fake.clock().set(fake.clock().unix_ms() - 3_600_000);
    fake.clock().advance(ms(5_000));
    fake.clock().set(fake.clock().unix_ms() + 3_600_000);
    assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
    assert_eq!(sent(&fake, Route::Check), 2, "five seconds have passed");
    fake.clock().set(fake.clock().unix_ms() + 5_000);
    assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
    assert_eq!(sent(&fake, Route::Check), 3, "the machine slept for five");
}
