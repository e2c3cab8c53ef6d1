//! Tests a withdrawal in the queue and the client that uses the queue.

use std::sync::Arc;

use samtycke::decision::{Decision, DecisionKind};
use samtycke::fake::example::Newsletter;
use samtycke::fake::{FakeConsent, Fault};
use samtycke::op::Process;
use samtycke::purpose::Purpose;
use samtycke::queue::Queue;
use samtycke::reason::Reason;
use samtycke::wire::{CheckRequest, WithdrawalRequest};
use samtycke::{Cause, Denied};

/// A withdrawal at a kiosk without network takes effect in this program when the call returns, for held permissions and
/// for every new check. After its delivery the server's verdict replaces it.
#[tokio::test]
async fn a_queued_withdrawal_denies_in_this_process() {
    let fake = FakeConsent::example().expect("a register");
    let folder = tempfile::tempdir().expect("a folder");
    let queue = Arc::new(Queue::open(folder.path()).expect("a queue"));
    let samtycke = fake
        .builder()
        .queue(queue.clone())
        .build()
        .expect("a client");
    let (anna, purpose) = (fake.subject("anna"), Newsletter::ID);
    fake.give(&anna, purpose).expect("recorded");
    let held = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .expect("an allow");

    fake.fail(Fault::Unreachable);
    let withdrawal = Decision::about(purpose.parse().expect("a purpose"), DecisionKind::Withdrawn);
    let event = samtycke::clock::event_id().expect("chance");
    let said = WithdrawalRequest::new(event, anna.clone(), vec![withdrawal]);
    queue.withdraw(said).expect("on disk");
    let queued = |denied: Denied| {
        assert_eq!(
            (denied.cause(), denied.reason()),
            (&Cause::Queued, Reason::ConsentWithdrawn)
        );
    };
    queued(held.subject().expect_err("a denial").clone());
    fake.heal();
    queued(
        samtycke
            .require::<Newsletter, Process>(&anna)
            .await
            .expect_err("a denial"),
    );
    let question = CheckRequest::about(anna.clone(), purpose.parse().expect("a purpose"));
    assert!(!samtycke.check(&question).await.allow());
    assert!(
        samtycke
            .check_batch(&[question])
            .await
            .iter()
            .all(|checked| !checked.allow())
    );

    assert_eq!(queue.flush(&samtycke).await.sent.len(), 1);
    let denied = samtycke
        .require::<Newsletter, Process>(&anna)
        .await
        .expect_err("a denial");
    assert!(matches!(denied.cause(), Cause::Verdict(_)), "{denied:?}");
    assert_eq!(denied.reason(), Reason::ConsentWithdrawn);
}
