//! Tests permissions, retries and reused verdicts on the fake server and its clock, to the millisecond and without
//! waiting.

mod bulk;
mod event;
mod life;
mod record;
mod reuse;
mod says;
mod spend;
mod tries;

use std::time::Duration;

use samtycke::decision::{Decision, DecisionKind, Method};
use samtycke::fake::{FakeConsent, Route};
use samtycke::id::SubjectId;
use samtycke::wire::{ConsentRequest, WithdrawalRequest};

fn fake() -> FakeConsent {
    FakeConsent::example().expect("the example")
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// The number of requests to a route.
fn sent(fake: &FakeConsent, route: Route) -> usize {
    fake.requests().iter().filter(|r| r.route == route).count()
}

/// A withdrawal as the program under test sends it.
fn withdrawal(subject: &SubjectId, purpose: &str) -> WithdrawalRequest {
    let said = Decision::about(purpose.parse().expect("a purpose"), DecisionKind::Withdrawn);
    let event = samtycke::clock::event_id().expect("chance");
    WithdrawalRequest::new(event, subject.clone(), vec![said])
}

/// A grant as the program under test records it.
fn grant(fake: &FakeConsent, subject: &SubjectId, purpose: &str) -> ConsentRequest {
    let said = Decision::about(purpose.parse().expect("a purpose"), DecisionKind::Given);
    ConsentRequest {
        based_on: Some(0),
        ..ConsentRequest::new(
            samtycke::clock::event_id().expect("chance"),
            subject.clone(),
            fake.notice().expect("a notice"),
            "sv".parse().expect("a language"),
            Method::Button,
            vec![said],
        )
    }
}
