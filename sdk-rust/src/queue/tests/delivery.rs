//! What is sent when, and what an answer does.

use std::collections::HashMap;

use samtycke_core::decision::{DecisionKind, SupersededReason};
use samtycke_core::id::EventId;
use samtycke_core::problem::ProblemKind;
use samtycke_core::scope::Scope;

use super::world::{
    A, B, DAY_MS, Fault, Server, TestClock, consent, event, folder, grant, open, pid, recipient,
    subject, withdrawal,
};
use crate::queue::QueueError;
use crate::queue::deliver::wait;
use crate::queue::entry::Body;
use crate::queue::order::{TAKEN_BACK, UNREADABLE};
use crate::{Error, Transport};

fn events(numbers: &[u64]) -> Vec<EventId> {
    numbers.iter().map(|n| event(*n)).collect()
}

/// Protects decisions.md 2.5 and invariant 7: whatever narrows is sent before whatever widens, oldest first; and what does
/// both before what only widens.
#[tokio::test]
async fn withdrawals_are_sent_before_grants() {
    let folder = folder();
    let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
    queue.consent(grant(1, 1, &[A])).unwrap();
    let mixed = [(A, DecisionKind::Given), (B, DecisionKind::Refused)];
    queue.consent(consent(2, 2, &mixed)).unwrap();
    queue.withdraw(withdrawal(3, 3, &[A])).unwrap();
    queue.withdraw(withdrawal(4, 1, &[B])).unwrap();
    queue.consent(grant(5, 3, &[B])).unwrap();
    let flushed = queue.flush_by(&server).await;
    assert_eq!(server.tried(), events(&[3, 4, 2, 1, 5]));
    assert_eq!(
        (flushed.sent.len(), flushed.kept, flushed.saved),
        (5, 0, true)
    );
    assert_eq!(flushed.error, None);
    assert_eq!(queue.waiting(), super::super::Waiting::default());
}

/// Protects decisions.md 7: withdraw and grant in one queue is a grant; grant and withdraw is a withdrawal, and the
/// person is not asked again.
#[tokio::test]
async fn the_last_word_in_one_queue_counts() {
    let folder = folder();
    let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    queue.consent(grant(2, 1, &[A])).unwrap();
    queue.consent(grant(3, 2, &[A, B])).unwrap();
    queue.withdraw(withdrawal(4, 2, &[A])).unwrap();
    assert!(
        queue.refuses(&subject(1), &pid(A), &Scope::None),
        "until the server has both"
    );
    let flushed = queue.flush_by(&server).await;
    assert!(server.is_given(1, A) && !server.is_given(2, A) && server.is_given(2, B));
    assert!(!queue.refuses(&subject(1), &pid(A), &Scope::None));
    let [lapsed] = &flushed.superseded[..] else {
        panic!("{flushed:?}");
    };
    assert_eq!((&lapsed.event_id, &lapsed.purpose), (&event(3), &pid(A)));
    assert_eq!(lapsed.reason, Some(SupersededReason::StaleGrant));
    assert!(lapsed.taken_back && !lapsed.ask_again());
}

/// Protects decisions.md 7: a withdrawal from elsewhere that this queue has not seen blocks its grant, also behind a
/// withdrawal of its own; then the person is asked again.
#[tokio::test]
async fn a_withdrawal_from_elsewhere_is_not_hidden() {
    let folder = folder();
    let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    queue.consent(grant(2, 1, &[A])).unwrap();
    server.record(&Body::Withdrawal(Box::new(withdrawal(9, 1, &[A]))));
    let flushed = queue.flush_by(&server).await;
    assert!(!server.is_given(1, A));
    assert!(flushed.superseded[0].ask_again(), "{flushed:?}");
}

/// Protects `after`: it names the queue's own withdrawals of the same cells and subject, and nothing else, so it hides
/// nothing else; at most 16, the newest.
#[tokio::test]
async fn a_grant_names_the_withdrawals_it_follows() {
    let folder = folder();
    let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    queue.withdraw(withdrawal(2, 1, &[B])).unwrap();
    queue.withdraw(withdrawal(3, 2, &[A])).unwrap();
    let mut elsewhere = withdrawal(4, 1, &[A]);
    elsewhere.decisions[0].scope = recipient("example-a");
    queue.withdraw(elsewhere).unwrap();
    let mixed = [(A, DecisionKind::Refused), (B, DecisionKind::Given)];
    queue.consent(consent(5, 1, &mixed)).unwrap();
    queue.consent(grant(6, 1, &[A])).unwrap();
    for n in 10..27 {
        queue.withdraw(withdrawal(n, 3, &[A])).unwrap();
    }
    queue.consent(grant(30, 3, &[A])).unwrap();
    let after: HashMap<_, _> = queue.shared.inside(|order, _| {
        let all = order.all().into_iter().map(|(entry, _)| &entry.body);
        all.map(|body| (body.event_id().clone(), body.after().to_vec()))
            .collect()
    });
    assert_eq!(after[&event(5)], events(&[2]));
    assert_eq!(after[&event(6)], events(&[5, 1]));
    let newest: Vec<u64> = (11..27).rev().collect();
    assert_eq!(after[&event(30)], events(&newest));
    let flushed = queue.flush_by(&server).await;
    assert!(server.is_given(1, A) && server.is_given(1, B));
    assert!(!server.is_given(3, A), "one no more than can be named");
    assert!(
        flushed
            .superseded
            .iter()
            .any(|one| one.event_id == event(30) && one.ask_again())
    );
}

/// Protects C2: after a lost answer the same submission is sent again under the same id, and is one event.
#[tokio::test]
async fn a_lost_answer_is_asked_for_again() {
    let folder = folder();
    let clock = TestClock::new();
    let (queue, server) = (open(folder.path(), &clock), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    queue.consent(grant(2, 1, &[A])).unwrap();
    server.faults(&[Fault::AnswerLost]);
    let flushed = queue.flush_by(&server).await;
    assert_eq!((flushed.sent.len(), flushed.kept), (0, 2));
    assert_eq!(flushed.error, Some(Transport::TimedOut.into()));
    assert!(
        queue.refuses(&subject(1), &pid(A), &Scope::None),
        "it is not acknowledged"
    );
    drop(queue);
    clock.pass(DAY_MS);
    let queue = open(folder.path(), &clock);
    assert_eq!(queue.flush_by(&server).await.sent.len(), 2);
    assert_eq!(
        server.tried(),
        events(&[1, 1, 2]),
        "the grant waited for the withdrawal"
    );
    assert_eq!(server.recorded(), events(&[1, 2]));
    assert!(server.is_given(1, A));
}

/// A withdrawal that the server rejects for good stays on disk and denies until it is acknowledged.
#[tokio::test]
async fn a_rejected_withdrawal_denies_until_acknowledged() {
    let folder = folder();
    let clock = TestClock::new();
    let (queue, server) = (open(folder.path(), &clock), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    server.faults(&[Fault::Problem(ProblemKind::PurposeUnknown)]);
    let flushed = queue.flush_by(&server).await;
    let [refused] = &flushed.refused[..] else {
        panic!("{flushed:?}");
    };
    assert_eq!(
        (refused.status, refused.reason.as_str()),
        (422, "PURPOSE_UNKNOWN")
    );
    assert_eq!(refused.denied, [(pid(A), Scope::None)]);
    for _ in 0..2 {
        assert_eq!(queue.flush_by(&server).await.sent, []);
        assert!(queue.refuses(&subject(1), &pid(A), &Scope::None));
    }
    drop(queue);
    let queue = open(folder.path(), &clock);
    assert_eq!((queue.opened().refused, queue.opened().waiting), (1, 0));
    assert_eq!(queue.refused(), flushed.refused);
    assert!(queue.refuses(&subject(1), &pid(A), &Scope::None));
    assert_eq!(queue.acknowledge(&event(1)), Ok(true));
    assert_eq!(queue.acknowledge(&event(1)), Ok(false));
    assert!(!queue.refuses(&subject(1), &pid(A), &Scope::None));
    drop(queue);
    assert_eq!(open(folder.path(), &clock).refused(), []);
    assert_eq!(server.tried().len(), 1);
}

/// If the server rejects a withdrawal, the grant that it took back is not sent, because it would take effect.
#[tokio::test]
async fn a_rejected_withdrawal_drops_the_grant_before_it() {
    let folder = folder();
    let clock = TestClock::new();
    let (queue, server) = (open(folder.path(), &clock), Server::default());
    queue.consent(grant(1, 1, &[A])).unwrap();
    queue.consent(grant(2, 1, &[B])).unwrap();
    queue.withdraw(withdrawal(3, 1, &[A])).unwrap();
    queue.consent(grant(4, 1, &[A])).unwrap();
    server.fault_of(3, Fault::Problem(ProblemKind::ScopeMismatch));
    let flushed = queue.flush_by(&server).await;
    assert_eq!(server.tried(), events(&[3, 2, 4]));
    let reasons: Vec<_> = flushed
        .refused
        .iter()
        .map(|one| one.reason.as_str())
        .collect();
    assert_eq!(reasons, [TAKEN_BACK, "SCOPE_MISMATCH"]);
    drop(queue);
    let queue = open(folder.path(), &clock);
    assert_eq!(queue.refused(), flushed.refused, "also after a restart");
    assert_ne!(TAKEN_BACK, UNREADABLE);
}

/// Protects what people said from what is wrong with a key, a network or a server: nothing of it is final.
#[tokio::test]
async fn an_unrelated_problem_keeps_the_submission() {
    for (fault, tries) in [
        (Fault::Unreachable, 1),
        (Fault::AnswerLost, 3),
        (Fault::Lost, 3),
        (Fault::Portal, 3),
        (Fault::Another, 3),
        (Fault::Problem(ProblemKind::Unauthenticated), 1),
        (Fault::Problem(ProblemKind::CapabilityInvalid), 3),
        (Fault::Problem(ProblemKind::QuotaExceeded), 1),
        (Fault::Problem(ProblemKind::Unavailable), 1),
        (Fault::Problem(ProblemKind::RequestTimeout), 3),
        (Fault::Problem(ProblemKind::Internal), 3),
    ] {
        let folder = folder();
        let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
        for n in 1..=4 {
            queue.withdraw(withdrawal(n, 1, &[A])).unwrap();
        }
        server.faults(&[fault; 4]);
        let flushed = queue.flush_by(&server).await;
        assert_eq!((flushed.kept, flushed.refused.len()), (4, 0), "{fault:?}");
        assert_eq!(server.tried().len(), tries, "{fault:?}");
        assert!(flushed.error.is_some() && queue.refuses(&subject(1), &pid(A), &Scope::None));
        server.faults(&[]);
        assert_eq!(queue.flush_by(&server).await.sent.len(), 4, "{fault:?}");
    }
}

/// A submission that fails by itself delays the grants of its own subject, and nothing else; no other withdrawal of
/// that subject either.
#[tokio::test]
async fn one_that_fails_by_itself_holds_up_its_own_subject() {
    let folder = folder();
    let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    queue.withdraw(withdrawal(2, 1, &[B])).unwrap();
    queue.consent(grant(3, 1, &[A])).unwrap();
    queue.consent(grant(4, 2, &[A])).unwrap();
    queue.consent(grant(5, 2, &[B])).unwrap();
    queue.consent(grant(6, 3, &[A])).unwrap();
    server.fault_of(1, Fault::Problem(ProblemKind::Internal));
    server.fault_of(4, Fault::Problem(ProblemKind::Internal));
    let flushed = queue.flush_by(&server).await;
    assert_eq!(server.recorded(), events(&[2, 6]));
    assert_eq!(server.tried(), events(&[1, 2, 4, 6]));
    assert_eq!(flushed.kept, 4);
}

/// Several submissions that fail by themselves come last the next time.
#[tokio::test]
async fn three_that_fail_by_themselves_do_not_end_every_flush() {
    let folder = folder();
    let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
    for n in 1..=4 {
        queue.withdraw(withdrawal(n, 1, &[A])).unwrap();
        server.fault_of(n, Fault::Lost);
    }
    for n in 5..=6 {
        queue.withdraw(withdrawal(n, 2, &[A])).unwrap();
    }
    let flushed = queue.flush_by(&server).await;
    assert!(flushed.ended_early && flushed.sent.is_empty());
    let flushed = queue.flush_by(&server).await;
    assert_eq!((flushed.sent.len(), flushed.kept), (2, 4));
    assert_eq!(server.tried(), events(&[1, 2, 3, 4, 5, 6, 1, 2, 3]));
    server.fault_of(1, Fault::Nothing);
    server.fault_of(4, Fault::Nothing);
    assert_eq!(queue.flush_by(&server).await.sent.len(), 2);
}

/// A withdrawal does not wait five minutes for another that fails by itself: it is sent at once while the server
/// answers.
#[tokio::test]
async fn one_that_fails_by_itself_delays_nothing_that_is_said_later() {
    let folder = folder();
    let clock = TestClock::stopped();
    let (queue, server) = (open(folder.path(), &clock), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    server.fault_of(1, Fault::Problem(ProblemKind::Internal));
    let run = queue.run_by(&server, drop);
    let until = async {
        while clock.slept.lock().unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        queue.withdraw(withdrawal(2, 2, &[A])).unwrap();
        while server.recorded().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        never = run => match never {},
        () = until => {}
    }
    assert_eq!(server.recorded(), events(&[2]));
}

/// Protects decisions.md 7, an erased subject: its grant is refused for good, and says so.
#[tokio::test]
async fn a_grant_to_an_erased_subject_is_restrictive() {
    let folder = folder();
    let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
    queue.consent(grant(1, 1, &[A])).unwrap();
    server.faults(&[Fault::Problem(ProblemKind::SubjectErased)]);
    let flushed = queue.flush_by(&server).await;
    assert_eq!(flushed.refused[0].reason, "SUBJECT_ERASED");
    assert_eq!(
        (
            flushed.refused[0].lost.len(),
            flushed.refused[0].denied.len()
        ),
        (1, 0)
    );
}

/// Protects the loop: at once while the server answers; longer and longer, and never all at the same moment, while it does
/// not; and whatever was added is sent without being asked.
#[tokio::test]
async fn the_loop_sends_at_once_and_waits_longer_and_longer() {
    let folder = folder();
    let clock = TestClock::new();
    let (queue, server) = (open(folder.path(), &clock), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    server.faults(&[Fault::Unreachable; 12]);
    let run = queue.run_by(&server, drop);
    let until = async {
        while queue.waiting().withdrawals > 0 {
            tokio::task::yield_now().await;
        }
        queue.withdraw(withdrawal(2, 1, &[B])).unwrap();
        while queue.waiting().withdrawals > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        never = run => match never {},
        () = until => {}
    }
    assert_eq!(server.recorded(), events(&[1, 2]));
    let slept = clock.slept.lock().unwrap().clone();
    assert_eq!(slept.len(), 12);
    for (i, slept) in slept.iter().enumerate() {
        let least = (1_000_u128 << i.min(16)).min(200_000);
        assert!(
            (least..=least * 3 / 2).contains(&slept.as_millis()),
            "{i}: {slept:?}"
        );
    }
    assert!(wait(0, 0.0).as_millis() == 1_000 && wait(u32::MAX, 1.0).as_millis() == 300_000);
}

/// Protects the promise that no person ends up in a log line.
#[tokio::test]
async fn nothing_that_is_printed_names_a_person() {
    let folder = folder();
    let (queue, server) = (open(folder.path(), &TestClock::new()), Server::default());
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    queue.consent(grant(2, 1, &[B])).unwrap();
    queue.consent(grant(3, 2, &[B])).unwrap();
    server.record(&Body::Withdrawal(Box::new(withdrawal(9, 1, &[B]))));
    server.fault_of(1, Fault::Problem(ProblemKind::FieldInvalid));
    server.fault_of(3, Fault::Portal);
    let flushed = queue.flush_by(&server).await;
    assert_eq!((flushed.superseded.len(), flushed.refused.len()), (1, 1));
    assert!(matches!(flushed.error, Some(Error::Decode(_))));
    let texts = format!(
        "{flushed:?} {:?} {:?} {queue:?} {:?} {}",
        flushed.superseded,
        queue.refused(),
        queue.opened(),
        QueueError::InUse
    );
    for secret in [
        subject(1).as_str(),
        subject(2).as_str(),
        event(1).as_str(),
        event(2).as_str(),
    ] {
        assert!(!texts.contains(secret), "{texts}");
    }
}
