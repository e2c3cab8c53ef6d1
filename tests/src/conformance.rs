//! One body of scenarios for everything that answers as a server does: the API on both databases, `samtycke dev`, and the
//! double in the Rust client. Each is written once, against the client, and says in full what it is answered.
//!
//! A scenario that is added to one of the lists runs on all of them. Each makes its own people; those that move the clock
//! move it ahead, and those that publish come last and leave the register as they found it.

mod ask;
mod notice;
mod order;
mod place;
mod refuse;
mod say;
mod time;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use self::place::{Api, Backend, Double, Place, register};

/// One scenario.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// What it protects, in a few words.
    pub name: &'static str,
    /// Whether it needs a clock that can be moved.
    needs_clock: bool,
    run: fn(Arc<Place>) -> Running,
}

type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What became of one scenario on one backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It held.
    Held,
    /// It failed; its panic stands in the test's output.
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

/// Makes scenarios of functions: `SCENARIOS`, in their order. Behind `clock` stand those that move it.
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
