//! Tests how often a request is sent, with which id, and for how long.

use samtycke::fake::example::{Allergies, Newsletter};
use samtycke::fake::{FakeConsent, Fault, FaultRule, Route};
use samtycke::op::Process;
use samtycke::problem::ProblemKind;
use samtycke::reason::Reason;
use samtycke::{Error, Transport};

use super::{fake, grant, ms, sent, withdrawal};

/// Each fault, the number of attempts of a check, a grant and a withdrawal under it, and their total time in ms. Waits
/// have their maximum: 50, 100, 200, 400.
const FAULTS: [(Fault, [usize; 3], [i64; 3]); 9] = [
    (Fault::Unreachable, [3, 3, 5], [150, 150, 750]),
    (Fault::Broken, [3, 3, 5], [150, 150, 750]),
    (Fault::AnswerLost, [3, 3, 5], [150, 150, 750]),
    // Each attempt takes half of the remaining time, and the last takes all of it.
    (Fault::TimedOut, [3, 3, 5], [2_000, 10_000, 10_000]),
    // The client waits a second if the server requests it, and starts no attempt that cannot end before the deadline.
    (
        Fault::Problem {
            kind: ProblemKind::QuotaExceeded,
            retry_after_s: Some(1),
        },
        [2, 3, 5],
        [1_050, 2_150, 4_750],
    ),
    (
        Fault::Problem {
            kind: ProblemKind::Overloaded,
            retry_after_s: Some(30),
        },
        [1, 1, 1],
        [0, 0, 0],
    ),
    (
        Fault::Problem {
            kind: ProblemKind::FieldInvalid,
            retry_after_s: None,
        },
        [1, 1, 1],
        [0, 0, 0],
    ),
    (Fault::Garbage, [1, 1, 1], [0, 0, 0]),
    (Fault::Page(502), [3, 3, 5], [150, 150, 750]),
];

async fn check(fake: &FakeConsent) {
    let denied = fake
        .client()
        .require::<Newsletter, Process>(&fake.subject("anna"))
        .await
        .expect_err("a denial");
    assert!(denied.is_unavailable() && !denied.may_ask(), "{denied:?}");
}

/// The number of attempts and their time, for each fault and each kind of request. The limits protect an overloaded
/// server, and a withdrawal must still arrive.
#[tokio::test]
async fn a_request_is_sent_as_often_as_may_help() {
    for (fault, tries, took) in FAULTS {
        for (i, route) in [Route::Check, Route::Consents, Route::Withdrawals]
            .into_iter()
            .enumerate()
        {
            let fake = fake();
            let anna = fake.subject("anna");
            fake.fail(fault);
            let begun = fake.clock().unix_ms();
            match route {
                Route::Check => check(&fake).await,
                Route::Consents => {
                    let said = grant(&fake, &anna, "example.newsletter");
                    fake.client().record(&said).await.unwrap_err();
                }
                _ => {
                    fake.client()
                        .withdraw(&withdrawal(&anna, "example.newsletter"))
                        .await
                        .unwrap_err();
                }
            }
            let what = format!("{fault:?} {route:?}");
            assert_eq!(sent(&fake, route), tries[i], "{what}");
            assert_eq!(fake.clock().unix_ms() - begun, took[i], "{what}");
            let requests = fake.requests();
            let same = requests.iter().all(|r| r.event_id == requests[0].event_id);
            assert!(
                same && requests[0].event_id.is_some() == (route != Route::Check),
                "{what}"
            );
        }
    }
}

/// No error becomes an allow: whatever fails, and however often, nothing is permitted.
#[tokio::test]
async fn every_fault_denies() {
    let more = [
        Fault::Page(200),
        Fault::Page(201),
        Fault::Page(403),
        Fault::Slow(ms(3_600_000)),
        Fault::problem(ProblemKind::Unauthenticated),
        Fault::problem(ProblemKind::Recovering),
    ];
    for fault in FAULTS.iter().map(|(fault, ..)| *fault).chain(more) {
        let fake = fake();
        fake.give(&fake.subject("anna"), "example.newsletter")
            .unwrap();
        fake.fail(fault);
        check(&fake).await;
        fake.heal();
        let healed = fake
            .client()
            .require::<Newsletter, Process>(&fake.subject("anna"))
            .await;
        assert!(healed.is_ok(), "{fault:?}: {healed:?}");
    }
}

/// A write that arrived but whose reply was lost is recorded once.
#[tokio::test]
async fn a_write_whose_answer_got_lost_is_one_event() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.client();
    fake.fail(Fault::AnswerLost.times(1));
    let said = grant(&fake, &anna, "example.newsletter");
    let recorded = samtycke.record(&said).await.unwrap();
    assert_eq!((recorded.seq, sent(&fake, Route::Consents)), (Some(1), 2));
    fake.fail(Fault::AnswerLost.times(4));
    let withdrawn = samtycke
        .withdraw(&withdrawal(&anna, "example.newsletter"))
        .await
        .unwrap();
    assert_eq!(
        (withdrawn.seq, sent(&fake, Route::Withdrawals)),
        (Some(2), 5)
    );
    assert_eq!(samtycke.history(&anna).await.unwrap().events.len(), 2);
    // A manual repetition gets the first reply again.
    assert_eq!(samtycke.record(&said).await, Ok(recorded));
}

/// A server that has just recovered is protected: checks may be retried ten times at once and then one in ten;
/// withdrawals are always retried.
#[tokio::test]
async fn check_retries_need_budget_and_withdrawal_retries_do_not() {
    let fake = fake();
    let anna = fake.subject("anna");
    let samtycke = fake.client();
    fake.fail(Fault::Unreachable);
    for _ in 0..50 {
        assert!(
            samtycke
                .require::<Newsletter, Process>(&anna)
                .await
                .is_err()
        );
    }
    let again = sent(&fake, Route::Check) - 50;
    assert!((10..=15).contains(&again), "{again}");
    samtycke
        .withdraw(&withdrawal(&anna, "example.newsletter"))
        .await
        .unwrap_err();
    assert_eq!(sent(&fake, Route::Withdrawals), 5);
}

/// A check ends after two seconds, and a later response does not count.
#[tokio::test]
async fn a_slow_answer_counts_while_there_is_time_for_it() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.allergies").unwrap();
    let samtycke = fake.client();
    fake.fail(Fault::Slow(ms(999)).times(1));
    let consented = samtycke.require::<Allergies, Process>(&anna).await.unwrap();
    assert_eq!(fake.requests()[0].deadline, ms(1_000));
    assert_eq!(
        consented.left(),
        ms(1_001),
        "its life began with the question"
    );

    fake.forget_requests();
    let begun = fake.clock().unix_ms();
    fake.fail(Fault::Slow(ms(5_000)));
    let denied = samtycke
        .require::<Allergies, Process>(&anna)
        .await
        .unwrap_err();
    assert!(matches!(
        denied.cause(),
        samtycke::Cause::Error(Error::Transport(Transport::TimedOut))
    ));
    assert_eq!(fake.clock().unix_ms() - begun, 2_000);
    let at: Vec<_> = fake.requests().iter().map(|r| r.at_ms - begun).collect();
    assert_eq!(at, [0, 1_050, 1_625]);
}

#[tokio::test]
async fn faults_apply_in_order_to_the_requests_they_select() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    fake.fail(Fault::Garbage.on(Route::History));
    let garbage: FaultRule = Fault::problem(ProblemKind::Recovering).times(1);
    fake.fail(garbage.on(Route::Check));
    fake.fail(Fault::Garbage.times(1).on(Route::Check));
    assert!(samtycke.decisions(&anna).await.is_ok());
    assert!(matches!(
        samtycke.history(&anna).await,
        Err(Error::Decode(_))
    ));
    let denied = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .unwrap_err();
    assert_eq!(
        denied.reason(),
        Reason::FailclosedUnavailable,
        "busy, and then garbage"
    );
    assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
    assert!(samtycke.history(&anna).await.is_err());
    fake.heal();
    assert!(samtycke.history(&anna).await.is_ok());
}
