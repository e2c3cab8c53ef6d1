//! Tests how long a permission is valid and what ends it.

use samtycke::fake::FakeConsent;
use samtycke::fake::example::{Allergies, Newsletter, Orders, Statistics};
use samtycke::op::Process;
use samtycke::purpose::{Many, Purpose, Unscoped};
use samtycke::reason::Reason;
use samtycke::{Cause, Denied};

use super::{fake, grant, ms, sent, withdrawal};

/// C5: no data are stored under an allow older than two seconds.
#[tokio::test]
async fn a_permission_dies_after_two_seconds() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let consented = fake
        .client()
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    assert_eq!(consented.left(), ms(2_000));
    fake.clock().advance(ms(1_999));
    assert_eq!(consented.subject(), Ok(&anna));
    fake.clock().advance(ms(1));
    assert_eq!(consented.left(), ms(0));
    assert_eq!(cause(consented.subject()), Cause::Outlived);
}

/// A large body over a slow connection is stored under a new verdict, never under one older than a permission's
/// validity.
#[tokio::test]
async fn work_longer_than_two_seconds_is_checked_again() {
    outlive::<Newsletter>().await;
    outlive::<Allergies>().await;
}

async fn outlive<P: Purpose<Scope = Unscoped, Uses = Many>>() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, P::ID).expect("a grant");
    let mut consented = fake
        .client()
        .require::<P, Process>(&anna)
        .await
        .expect("an allow");
    fake.clock().advance(ms(3_000));
    consented.ensure_fresh().await.expect("still");
    assert_eq!(sent(&fake, samtycke::fake::Route::Check), 2);
    assert_eq!(consented.left(), ms(2_000));
    assert_eq!(consented.subject(), Ok(&anna));

    fake.clock().advance(ms(3_000));
    fake.withdraw(&anna, P::ID).expect("a withdrawal");
    let denied = consented.ensure_fresh().await.expect_err("a denial");
    assert_eq!(denied.reason(), Reason::ConsentWithdrawn);
    fake.fail(samtycke::fake::Fault::Unreachable);
    let denied = consented.ensure_fresh().await.expect_err("a denial");
    assert!(denied.is_unavailable(), "{denied}");
    // Neither verdict restores it.
    assert_eq!(cause(consented.subject()), Cause::Outlived);
}

/// A withdrawal in this process during the last check ends the permission: the verdict is older.
#[tokio::test]
async fn a_withdrawal_that_overtakes_the_verdict_ends_it() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.allergies").unwrap();
    let samtycke = fake.client();
    let mut consented = samtycke.require::<Allergies, Process>(&anna).await.unwrap();
    let said = withdrawal(&anna, "example.newsletter");
    fake.before_next(move |_| async move {
        samtycke.withdraw(&said).await.unwrap();
    });
    assert_eq!(cause(consented.ensure_fresh().await), Cause::Outlived);
}

/// A withdrawal during [`samtycke::Consented::ensure_fresh`] ends the permission permanently, whatever verdict comes
/// from a server that has not recorded it.
#[tokio::test]
async fn a_withdrawal_during_a_check_outlasts_its_verdict() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    let mut consented = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    fake.fail(samtycke::fake::Fault::Unreachable);
    samtycke
        .withdraw(&withdrawal(&anna, "example.newsletter"))
        .await
        .unwrap_err();
    fake.heal();
    fake.clock().advance(ms(3_000));
    let denied = consented.ensure_fresh().await.unwrap_err();
    assert_eq!(denied.reason(), Reason::FailclosedPermissionEnded);
}

/// A cookie consent ends after a year, to the millisecond.
#[tokio::test]
async fn a_permission_dies_when_its_consent_runs_out() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.statistics").unwrap();
    let samtycke = fake.client();
    let consented = samtycke
        .require::<Statistics, Process>(&anna)
        .await
        .unwrap();
    assert_eq!(consented.left(), ms(2_000));
    let question =
        samtycke::wire::CheckRequest::about(anna.clone(), "example.statistics".parse().unwrap());
    let until = samtycke
        .check(&question)
        .await
        .verdict()
        .valid_until
        .unwrap();
    fake.clock().set(until - 300);

    let consented = samtycke
        .require::<Statistics, Process>(&anna)
        .await
        .unwrap();
    assert_eq!(consented.left(), ms(300));
    fake.clock().advance(ms(299));
    assert_eq!(consented.subject(), Ok(&anna));
    fake.clock().advance(ms(1));
    assert_eq!(cause(consented.subject()), Cause::Outlived);
    let denied = samtycke
        .require::<Statistics, Process>(&anna)
        .await
        .unwrap_err();
    assert_eq!(
        (denied.reason(), denied.may_ask()),
        (Reason::ConsentExpired, true)
    );
}

/// A person's withdrawal takes effect at once in the process that made it, delivered or not, and affects no more people
/// than necessary.
#[tokio::test]
async fn a_local_withdrawal_ends_the_permission_at_once() {
    let fake = fake();
    let samtycke = fake.client();
    let anna = fake.subject("anna");
    let others: Vec<_> = (0..8)
        .map(|i| fake.subject(&format!("other-{i}")))
        .collect();
    for person in others.iter().chain([&anna]) {
        fake.give(person, "example.newsletter").unwrap();
        fake.give(person, "example.allergies").unwrap();
    }
    let news = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    let allergies = samtycke.require::<Allergies, Process>(&anna).await.unwrap();
    let mut theirs = Vec::new();
    for other in &others {
        theirs.push(
            samtycke
                .require::<Newsletter, Process>(other)
                .await
                .unwrap(),
        );
    }
    samtycke
        .withdraw(&withdrawal(&anna, "example.newsletter"))
        .await
        .unwrap();
    assert_eq!(cause(news.subject()), Cause::Outlived);
    // The client does not know what else the withdrawal affects, so it repeats checks with older verdicts.
    assert_eq!(cause(allergies.subject()), Cause::Outlived);
    assert!(samtycke.require::<Allergies, Process>(&anna).await.is_ok());
    // People share 1 024 counters, so one of the eight may be checked again, but not all of them.
    assert!(theirs.iter().any(|consented| consented.subject().is_ok()));

    let lost = samtycke.require::<Allergies, Process>(&anna).await.unwrap();
    fake.fail(samtycke::fake::Fault::Unreachable);
    samtycke
        .withdraw(&withdrawal(&anna, "example.allergies"))
        .await
        .unwrap_err();
    assert_eq!(
        cause(lost.subject()),
        Cause::Outlived,
        "it could not be delivered"
    );
}

/// Some processing must not rest on an older verdict at all: the last check before a commit is a new one.
#[tokio::test]
async fn ensure_fresh_finds_a_withdrawal_from_elsewhere() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.allergies").unwrap();
    let mut consented = fake
        .client()
        .require::<Allergies, Process>(&anna)
        .await
        .unwrap();
    fake.clock().advance(ms(1_500));
    consented.ensure_fresh().await.unwrap();
    assert_eq!(sent(&fake, samtycke::fake::Route::Check), 2);
    assert_eq!(consented.left(), ms(2_000), "another two seconds");

    fake.withdraw(&anna, "example.allergies").unwrap();
    assert!(
        consented.subject().is_ok(),
        "this process has not heard of it"
    );
    let denied = consented.ensure_fresh().await.unwrap_err();
    assert_eq!(
        (denied.reason(), denied.may_ask()),
        (Reason::ConsentWithdrawn, false)
    );

    fake.fail(samtycke::fake::Fault::Unreachable);
    let denied = consented.ensure_fresh().await.unwrap_err();
    assert!(denied.is_unavailable(), "{denied}");
}

/// The server gets no needless checks, and verdicts on special categories are never reused.
#[tokio::test]
async fn ensure_fresh_does_not_ask_while_the_answer_may_be_relied_on() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let mut consented = fake
        .client()
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    fake.clock().advance(ms(1_900));
    consented.ensure_fresh().await.unwrap();
    assert_eq!(fake.requests().len(), 1);
    assert_eq!(consented.left(), ms(100), "and it brings no more time");
}

/// A program's own definition of the register's `example.orders`, stricter than the register.
enum Strict {}

impl Purpose for Strict {
    const ID: &'static str = "example.orders";
    const EXPLICIT_CONSENT: bool = true;
    type Scope = Unscoped;
    type Uses = Many;
}

/// GDPR Art. 9(2)(a): neither "accept all" nor a contract is explicit consent.
#[tokio::test]
async fn a_special_category_takes_explicit_consent_and_nothing_else() {
    let fake = fake();
    let samtycke = fake.client();
    let anna = fake.subject("anna");
    samtycke
        .record(&grant(&fake, &anna, "example.allergies"))
        .await
        .unwrap();
    let denied = samtycke
        .require::<Allergies, Process>(&anna)
        .await
        .unwrap_err();
    assert_eq!(
        (denied.reason(), denied.may_ask()),
        (Reason::ExplicitConsentRequired, true)
    );

    assert!(
        samtycke.require::<Orders, Process>(&anna).await.is_ok(),
        "a contract permits it"
    );
    let denied = samtycke
        .require::<Strict, Process>(&anna)
        .await
        .unwrap_err();
    assert_eq!(
        (denied.cause(), denied.may_ask()),
        (&Cause::NotExplicit, false)
    );
}

/// C4: a machine's sleep and a changed clock do not prolong a permission.
#[tokio::test]
async fn a_clock_that_is_set_makes_no_permission_live_longer() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    let consented = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    // After a minute of sleep the wall clock is ahead and the monotonic clock is unchanged.
    fake.clock().set(fake.clock().unix_ms() + 60_000);
    assert_eq!(cause(consented.subject()), Cause::Outlived);

    let consented = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    fake.clock().set(fake.clock().unix_ms() - 3_600_000);
    assert!(consented.left() <= ms(2_000), "an hour is not gained");
    fake.clock().advance(ms(1_999));
    assert!(consented.subject().is_ok());
    fake.clock().advance(ms(1));
    assert_eq!(cause(consented.subject()), Cause::Outlived);
}

/// No printed text names a person or a key.
#[tokio::test]
async fn nothing_that_is_printed_names_a_person_or_a_key() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    let consented = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap();
    let denied = samtycke
        .require::<Allergies, Process>(&anna)
        .await
        .unwrap_err();
    let history = samtycke.history(&anna).await.unwrap();
    assert_eq!(history.events.len(), 1);
    for text in [
        format!("{fake:?} {samtycke:?}"),
        format!("{consented:?} {denied:?} {denied}"),
        format!("{:?}", fake.requests()),
        serde_json::to_string(&denied.problem()).unwrap(),
    ] {
        for secret in [anna.as_str(), "sam_service", "Bearer", "anna"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

/// Without a grant the fake server permits nothing, and it has no switch for that.
#[tokio::test]
async fn the_fake_denies_what_was_never_granted() {
    let fake = FakeConsent::example().unwrap();
    let anna = fake.subject("anna");
    let samtycke = fake.client();
    assert!(
        samtycke
            .require::<Newsletter, Process>(&anna)
            .await
            .is_err()
    );
    assert!(samtycke.require::<Allergies, Process>(&anna).await.is_err());
    assert!(
        samtycke
            .require::<Statistics, Process>(&anna)
            .await
            .is_err()
    );
    fake.give(&anna, "example.newsletter").unwrap();
    assert!(
        samtycke
            .require::<Newsletter, Process>(&fake.subject("bertil"))
            .await
            .is_err()
    );
}

#[track_caller]
fn cause<T: std::fmt::Debug>(outcome: Result<T, Denied>) -> Cause {
    outcome.expect_err("it was denied").cause().clone()
}
