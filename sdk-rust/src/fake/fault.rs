//! What can go wrong between a client and its server, and for which requests it does.

use std::time::Duration;

use samtycke_core::problem::{Problem, ProblemKind};

use super::Route;
use crate::Transport;
use crate::upstream::Incoming;

/// Something that goes wrong. By itself it goes wrong with every request until [`FakeConsent::heal`]; [`Self::times`] and
/// [`Self::on`] limit it. None of them can turn a no into a yes.
///
/// ```
/// # use samtycke::fake::{FakeConsent, Fault, Route};
/// # use samtycke::problem::ProblemKind;
/// # use std::time::Duration;
/// # let fake = FakeConsent::example()?;
/// fake.fail(Fault::Unreachable);
/// fake.heal();
/// // The next request's answer gets lost, and the one after it waits for half a second.
/// fake.fail(Fault::AnswerLost.times(1));
/// fake.fail(Fault::Slow(Duration::from_millis(500)).times(1));
/// // A server that sheds load, but takes withdrawals.
/// fake.fail(Fault::problem(ProblemKind::Overloaded).on(Route::Check));
/// # Ok::<(), samtycke::fake::RegisterErrors>(())
/// ```
///
/// [`FakeConsent::heal`]: super::FakeConsent::heal
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// No connection: nothing is carried out.
    Unreachable,
    /// The connection breaks before the request has arrived: nothing is carried out.
    Broken,
    /// The request is carried out, and then the connection breaks.
    AnswerLost,
    /// Nothing is carried out, and nobody says so: all the time that the request had passes on the clock.
    TimedOut,
    /// The request is carried out, and its answer takes this long. Where the request had less time, the answer is lost.
    Slow(Duration),
    /// The server turns the request away. See [`Self::problem`].
    Problem {
        /// Why.
        kind: ProblemKind,
        /// How long it wants to be left alone; seconds.
        retry_after_s: Option<u32>,
    },
    /// Something answers 200 that is no samtycke: its body cannot be read.
    Garbage,
    /// A proxy in between answers a page of its own, with this status.
    Page(u16),
}

/// A [`Fault`], and which requests it is for. Example: see [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failing {
    pub(super) fault: Fault,
    pub(super) route: Option<Route>,
    pub(super) left: Option<u32>,
}

impl Fault {
    /// The server turns the request away for this reason, and says when to come back as a server does: after a second
    /// where it passes by itself (429 and 503), else not at all. Example: see [`Fault`].
    pub fn problem(kind: ProblemKind) -> Self {
        Self::Problem {
            kind,
            retry_after_s: matches!(kind.status(), 429 | 503).then_some(1),
        }
    }

    /// For the next so many requests only. Example: see [`Fault`].
    pub fn times(self, times: u32) -> Failing {
        Failing::from(self).times(times)
    }

    /// For requests to one route only. Example: see [`Fault`].
    pub fn on(self, route: Route) -> Failing {
        Failing::from(self).on(route)
    }
}

impl Failing {
    /// For the next so many requests only. Example: see [`Fault`].
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// For requests to one route only. Example: see [`Fault`].
    #[must_use]
    pub fn on(mut self, route: Route) -> Self {
        self.route = Some(route);
        self
    }

    /// Whether this is one that it is for; then it is for one less.
    fn takes(&mut self, route: Route) -> bool {
        if self.route.is_some_and(|only| only != route) || self.left == Some(0) {
            return false;
        }
        self.left = self.left.map(|left| left.saturating_sub(1));
        true
    }
}

impl From<Fault> for Failing {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            route: None,
            left: None,
        }
    }
}

/// Everything that is to go wrong, in the order in which it was said.
#[derive(Debug, Default)]
pub(super) struct Script(Vec<Failing>);

impl Script {
    pub(super) fn add(&mut self, failing: Failing) {
        self.0.push(failing);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What goes wrong with the next request to this route.
    pub(super) fn next(&mut self, route: Route) -> Option<Fault> {
        let fault = self
            .0
            .iter_mut()
            .find_map(|f| f.takes(route).then_some(f.fault));
        self.0.retain(|failing| failing.left != Some(0));
        fault
    }
}

/// A problem as it is sent.
pub(super) fn refused(problem: &Problem) -> Incoming {
    let passes = matches!(problem.kind.status(), 429 | 503);
    let retry_after = problem.retry_after_s.or(passes.then_some(1));
    Incoming {
        status: problem.kind.status(),
        retry_after: retry_after.map(|s| Duration::from_secs(u64::from(s.max(1)))),
        body: serde_json::to_vec(&problem.body(None)).ok(),
    }
}

/// What a fault makes of a request. `carry_out` is called where the request arrives, `pass` where time does.
pub(super) fn befall(
    fault: Option<Fault>,
    deadline: Duration,
    pass: impl FnOnce(Duration),
    carry_out: impl FnOnce() -> Incoming,
) -> Result<Incoming, Transport> {
    match fault {
        None => Ok(carry_out()),
        Some(Fault::Unreachable) => Err(Transport::Connect),
        Some(Fault::Broken) => Err(Transport::Broken),
        Some(Fault::AnswerLost) => {
            drop(carry_out());
            Err(Transport::Broken)
        }
        Some(Fault::TimedOut) => {
            pass(deadline);
            Err(Transport::TimedOut)
        }
        Some(Fault::Slow(duration)) => {
            let incoming = carry_out();
            pass(duration.min(deadline));
            if duration < deadline {
                Ok(incoming)
            } else {
                Err(Transport::TimedOut)
            }
        }
        Some(Fault::Problem {
            kind,
            retry_after_s,
        }) => Ok(Incoming {
            retry_after: retry_after_s.map(|s| Duration::from_secs(u64::from(s))),
            ..refused(&Problem::new(kind))
        }),
        Some(Fault::Garbage) => Ok(page(200)),
        Some(Fault::Page(status)) => Ok(page(status)),
    }
}

fn page(status: u16) -> Incoming {
    Incoming {
        status,
        retry_after: None,
        body: Some(b"<!doctype html><title>Somebody else</title>".to_vec()),
    }
}
