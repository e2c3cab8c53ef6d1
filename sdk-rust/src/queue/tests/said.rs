//! What is taken, how it is completed, how it ages, and what it denies.

use samtycke_core::decision::{DecisionKind, Method};
use samtycke_core::scope::Scope;

use super::world::{
    A, B, DAY_MS, Fault, Server, TestClock, consent, event, folder, grant, open, pid, recipient,
    subject, withdrawal,
};
use crate::clock::Clock as _;
use crate::queue::QueueError;

/// Protects the person who clicks twice, and two people from one id.
#[tokio::test]
async fn the_same_submission_again_is_the_same() {
    let folder = folder();
    let clock = TestClock::new();
    let (queue, server) = (open(folder.path(), &clock), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    clock.pass(1_000);
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    queue.consent(grant(2, 1, &[A])).unwrap();
    queue.consent(grant(2, 1, &[A])).unwrap();
    assert_eq!(
        (queue.waiting().withdrawals, queue.waiting().others),
        (1, 1)
    );
    assert_eq!(
        queue.withdraw(withdrawal(2, 1, &[A])),
        Err(QueueError::EventIdReused)
    );
    assert_eq!(
        queue.withdraw(withdrawal(1, 2, &[B])),
        Err(QueueError::EventIdReused)
    );
    assert!(
        queue.refuses(&subject(2), &pid(B), &Scope::None),
        "a person withdrew"
    );
    assert!(queue.flush_by(&server).await.saved);
    assert_eq!(server.recorded(), [event(1), event(2)]);
    drop(queue);
    std::fs::remove_file(folder.path().join("journal")).unwrap();
    let queue_of_one = open(folder.path(), &clock);
    queue_of_one.withdraw(withdrawal(1, 1, &[A])).unwrap();
    queue_of_one.withdraw(withdrawal(1, 1, &[A])).unwrap();
    let _flushed = queue_of_one.flush_by(&Server::default()).await;
    assert!(
        !queue_of_one.refuses(&subject(1), &pid(A), &Scope::None),
        "two clicks are one withdrawal"
    );
}

/// A grant that would be rejected is reported while the person can still be asked; a withdrawal is never rejected here.
#[tokio::test]
async fn a_grant_that_would_be_refused_is_not_queued() {
    let folder = folder();
    let queue = open(folder.path(), &TestClock::new());
    let mut without = grant(1, 1, &[A]);
    without.based_on = None;
    let mut by_program = grant(2, 1, &[A]);
    by_program.method = Method::Api;
    let mut yesterday = grant(3, 1, &[A]);
    yesterday.occurred_at = Some("yesterday".into());
    for said in [
        without,
        by_program,
        yesterday,
        grant(4, 1, &[]),
        grant(5, 1, &[A; 65]),
    ] {
        assert!(matches!(queue.consent(said), Err(QueueError::Invalid(_))));
    }
    let mut long = grant(6, 1, &[A]);
    long.ui_hash = Some("0".repeat(crate::queue::ENTRY_BYTES_MAX));
    assert_eq!(queue.consent(long), Err(QueueError::TooLong));
    assert_eq!(queue.waiting().others, 0);
    let mut late = withdrawal(7, 1, &[A]);
    late.occurred_at = Some("yesterday".into());
    queue.withdraw(late).unwrap();
    let mut mixed = consent(
        8,
        1,
        &[(A, DecisionKind::Given), (B, DecisionKind::Refused)],
    );
    mixed.based_on = None;
    queue.consent(mixed).unwrap();
    assert_eq!(queue.waiting().withdrawals, 2);
}

/// Protects S1: a withdrawal denies its cell and no other; without a scope it denies every scope of its purpose.
#[test]
fn a_queued_withdrawal_denies_its_cell() {
    let folder = folder();
    let queue = open(folder.path(), &TestClock::new());
    let mut one = withdrawal(1, 1, &[A]);
    one.decisions[0].scope = recipient("example-a");
    queue.withdraw(one).unwrap();
    queue.withdraw(withdrawal(2, 1, &[B])).unwrap();
    let mixed = [
        ("t.c", DecisionKind::Objected),
        ("t.d", DecisionKind::Given),
    ];
    queue.consent(consent(3, 1, &mixed)).unwrap();
    let refuses = |who, purpose, scope| queue.refuses(&subject(who), &pid(purpose), &scope);
    assert!(refuses(1, A, recipient("example-a")) && !refuses(1, A, recipient("example-b")));
    assert!(!refuses(1, A, Scope::None) && !refuses(2, A, recipient("example-a")));
    assert!(refuses(1, B, Scope::None) && refuses(1, B, recipient("example-b")));
    assert!(refuses(1, "t.c", Scope::None) && !refuses(1, "t.d", Scope::None));
}

/// Protects decisions.md 2.5: a grant is given up after 30 days and its person asked again, unless they have withdrawn
/// it; a restrictive decision is never given up.
#[tokio::test]
async fn a_grant_is_given_up_after_thirty_days() {
    let folder = folder();
    let clock = TestClock::new();
    let (queue, server) = (open(folder.path(), &clock), Server::default());
    queue.consent(grant(1, 1, &[A, B])).unwrap();
    queue
        .consent(consent(
            2,
            2,
            &[(A, DecisionKind::Given), (B, DecisionKind::Refused)],
        ))
        .unwrap();
    queue
        .consent(consent(3, 3, &[(A, DecisionKind::Deferred)]))
        .unwrap();
    queue.withdraw(withdrawal(4, 1, &[B])).unwrap();
    clock.pass(30 * DAY_MS);
    server.faults(&[Fault::Unreachable]);
    assert_eq!(
        queue.flush_by(&server).await.too_old,
        [],
        "30 days are not more than 30 days"
    );
    server.at(clock.now().unix_ms + 1);
    clock.pass(1);
    let flushed = queue.flush_by(&server).await;
    assert_eq!(server.recorded(), [event(4), event(2), event(3)]);
    let again: Vec<_> = flushed
        .too_old
        .iter()
        .map(|one| (&one.purpose, one.ask_again()))
        .collect();
    assert_eq!(again, [(&pid(A), true), (&pid(B), false)]);
    assert!(
        flushed
            .superseded
            .iter()
            .any(|one| one.subject == subject(2) && one.ask_again())
    );
    assert!(!server.is_given(2, A) && flushed.kept == 0);
    drop(queue);
    assert_eq!(open(folder.path(), &clock).opened().waiting, 0);
}

/// Protects a fresh grant from a clock that leaps, in this process and over a restart: the server judges it.
#[tokio::test]
async fn a_leaping_clock_drops_no_fresh_grant() {
    let hour = 3_600_000;
    for leap in [
        2 * hour,
        -3 * DAY_MS,
        31 * DAY_MS,
        -31 * DAY_MS,
        40_000 * DAY_MS,
    ] {
        let folder = folder();
        let clock = TestClock::new();
        let (queue, server) = (open(folder.path(), &clock), Server::default());
        let real = clock.now().unix_ms;
        server.at(real);
        queue.consent(grant(1, 1, &[A])).unwrap();
        clock.set(leap);
        assert_eq!(queue.flush_by(&server).await.sent.len(), 1, "{leap}");
        assert!(server.is_given(1, A), "{leap}");

        // Said by a wrong clock, that is put right before it is sent: judged by what it says, here and there.
        queue.consent(grant(2, 1, &[B])).unwrap();
        clock.set(-leap);
        let flushed = queue.flush_by(&server).await;
        assert_eq!(
            server.is_given(1, B),
            leap > -30 * DAY_MS,
            "{leap}: {flushed:?}"
        );

        // 29 days in the queue; opened by a clock that is two hours ahead.
        queue.consent(grant(3, 2, &[A])).unwrap();
        drop(queue);
        clock.pass(29 * DAY_MS);
        clock.set(2 * hour);
        let queue = open(folder.path(), &clock);
        server.at(real + 29 * DAY_MS);
        assert_eq!(queue.flush_by(&server).await.too_old, []);
        assert!(server.is_given(2, A));
    }
}
