//! Faults between a client and its server, and the requests that they apply to.

use std::time::Duration;

use samtycke_core::problem::{Problem, ProblemKind};

use super::Route;
use crate::Transport;
use crate::upstream::Incoming;

/// A fault. It applies to every request until [`FakeConsent::heal`]; [`Self::times`] and [`Self::on`] limit it. No
/// fault can turn a denial into an allow.
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
    /// No connection: the request is not processed.
    Unreachable,
    /// The connection breaks before the request arrives: it is not processed.
    Broken,
    /// The request is processed, and then the connection breaks.
    AnswerLost,
    /// The request is not processed and gets no response: its whole deadline passes on the clock.
    TimedOut,
    /// The request is processed, and its response takes this long. With a shorter deadline the response is lost.
    Slow(Duration),
    /// The server answers a problem. See [`Self::problem`].
    Problem {
        /// The kind of problem.
        kind: ProblemKind,
        /// The `Retry-After`, in seconds.
        retry_after_s: Option<u32>,
    },
    /// Another server answers 200 with an unreadable body.
    Garbage,
    /// A proxy answers its own page, with this status.
    Page(u16),
}

/// A [`Fault`] and the requests that it applies to. Example: see [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultRule {
    pub(super) fault: Fault,
    pub(super) route: Option<Route>,
    pub(super) left: Option<u32>,
}

impl Fault {
    /// The server answers this problem, with the `Retry-After` of a server: one second for a temporary problem (429 and
    /// 503), otherwise none. Example: see [`Fault`].
    pub fn problem(kind: ProblemKind) -> Self {
        Self::Problem {
            kind,
            retry_after_s: matches!(kind.status(), 429 | 503).then_some(1),
        }
    }

    /// Limits the fault to the next requests of this number. Example: see [`Fault`].
    pub fn times(self, times: u32) -> FaultRule {
        FaultRule::from(self).times(times)
    }

    /// Limits the fault to one route. Example: see [`Fault`].
    pub fn on(self, route: Route) -> FaultRule {
        FaultRule::from(self).on(route)
    }
}

impl FaultRule {
    /// Limits the fault to the next requests of this number. Example: see [`Fault`].
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// Limits the fault to one route. Example: see [`Fault`].
    #[must_use]
    pub fn on(mut self, route: Route) -> Self {
        self.route = Some(route);
        self
    }

    /// Whether the fault applies to this request; then it has one request less.
    fn takes(&mut self, route: Route) -> bool {
        if self.route.is_some_and(|only| only != route) || self.left == Some(0) {
            return false;
        }
        self.left = self.left.map(|left| left.saturating_sub(1));
        true
    }
}

impl From<Fault> for FaultRule {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            route: None,
            left: None,
        }
    }
}

/// The faults in the order in which they were injected.
#[derive(Debug, Default)]
pub(super) struct Script(Vec<FaultRule>);

impl Script {
    pub(super) fn add(&mut self, rule: FaultRule) {
        self.0.push(rule);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault of the next request to this route.
    pub(super) fn next(&mut self, route: Route) -> Option<Fault> {
        let fault = self
            .0
            .iter_mut()
            .find_map(|f| f.takes(route).then_some(f.fault));
        self.0.retain(|rule| rule.left != Some(0));
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

/// Applies a fault to a request. `carry_out` is called where the request arrives, `pass` where time passes.
pub(super) fn apply_fault(
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
