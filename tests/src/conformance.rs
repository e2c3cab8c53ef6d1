//! Scenarios that run on everything that answers as a server does: the API on both databases, `samtycke dev`, and the
//! fake server of the Rust client. Each scenario is written once, against the client, and states the whole answer.
//!
//! A scenario in one of the lists runs on all backends. Each creates its own people. Those that move the clock move it
//! ahead. Those that publish come last and restore the register.

mod ask;
mod contract;
mod guardian;
mod interest;
mod link;
mod notice;
mod officer;
mod order;
mod place;
mod refuse;
mod register;
mod say;
mod time;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use self::place::{Api, Backend, Double, Place};
pub use self::register::register;

/// One scenario.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// What it protects, as its function's name.
    pub name: &'static str,
    /// Whether it needs a clock that a test can move.
    needs_clock: bool,
    run: fn(Arc<Place>) -> Running,
}

type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The result of a scenario on a backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The scenario passed.
    Held,
    /// The scenario failed; its panic is in the test's output.
    Failed,
    /// The backend's clock cannot be moved.
    NoClock,
}

/// Every scenario, in the order in which they run.
pub fn scenarios() -> Vec<Scenario> {
    [
        say::SCENARIOS,
        ask::SCENARIOS,
        order::SCENARIOS,
        refuse::SCENARIOS,
        contract::SCENARIOS,
        interest::SCENARIOS,
        officer::SCENARIOS,
        guardian::SCENARIOS,
        link::SCENARIOS,
        time::SCENARIOS,
        notice::SCENARIOS,
    ]
    .concat()
}

/// Runs every scenario on one backend.
pub async fn run(place: Place) -> Vec<(&'static str, Outcome)> {
    let place = Arc::new(place);
    let mut outcomes = Vec::new();
    for scenario in scenarios() {
        let outcome = if scenario.needs_clock && !place.backend.has_clock() {
            Outcome::NoClock
        } else if tokio::spawn((scenario.run)(place.clone())).await.is_ok() {
            Outcome::Held
        } else {
            Outcome::Failed
        };
        outcomes.push((scenario.name, outcome));
    }
    outcomes
}

/// Makes scenarios of functions: `SCENARIOS`, in order. `[clock]` marks those that move the clock.
macro_rules! suite {
    ($($(#[doc = $doc:literal])* $([$clock:ident])? fn $name:ident($at:ident) $body:block)+) => {
        pub(super) const SCENARIOS: &[super::Scenario] = &[
            $(super::Scenario {
                name: stringify!($name),
                needs_clock: suite!(@clock $($clock)?),
                run: |place| Box::pin(async move { $name(&place).await }),
            }),+
        ];
        $(
            $(#[doc = $doc])*
            async fn $name($at: &super::Place) $body
        )+
    };
    (@clock clock) => { true };
    (@clock) => { false };
}

use suite;
