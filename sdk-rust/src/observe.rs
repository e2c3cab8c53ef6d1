//! What a client counts and says of itself: how much, how long and why, and never of whom.
//!
//! No event, span, count or label holds a subject, an identifier, an event's id, a path, a key, a capability or a position.
//!
//! # Spans and events
//!
//! Of the crate `tracing`, with targets that begin with `samtycke`.
//!
//! | what | level | fields |
//! |---|---|---|
//! | span `samtycke.request`, one for each time that a request is sent | debug | `route`, `attempt`, `status` |
//! | event "a check was answered" | debug | `purpose`, `allow`, `reason`, `reused`, `ms` |
//! | event "a check failed closed" | warn | `purpose`, `reason`, `error`, `ms` |
//! | event "a batch of checks failed closed" | warn | `checks`, `reason`, `error`, `ms` |
//! | event "a yes was not taken" | debug | `purpose`, `basis` |
//!
//! `route` is a template such as `/v1/subjects/{subject}/history`, `status` is HTTP's, and absent where nothing was
//! answered. A use of a consent for one use counts as a check. Any other request's failure is its caller's to log.
//!
//! The crates below this one log too, with targets `reqwest`, `hyper_util` and `rustls`. At trace level they name the server's
//! host and address; no path, header or body in the versions that are pinned here. A program that switches on reqwest's
//! own `connection_verbose`, or builds hyper with its unstable tracing, logs whatever is sent: keep those targets, and `hyper`
//! and `h2`, at info in production (`RUST_LOG=debug,hyper=info,hyper_util=info,h2=info,reqwest=info,rustls=info`).
//!
//! # Counts
//!
//! [`Client::counts`](crate::Client::counts) is a snapshot. With the feature `metrics` the same goes to the recorder that the
//! program has installed for the crate `metrics`:
//!
//! | name | kind | labels |
//! |---|---|---|
//! | `samtycke_client_requests_total` | counter | `route` |
//! | `samtycke_client_tries_again_total` | counter | `route` |
//! | `samtycke_client_requests_failed_total` | counter | `route` |
//! | `samtycke_client_request_seconds` | histogram: all tries of a request, and the waits between them | `route` |
//! | `samtycke_client_checks_total` | counter | `reason` |
//! | `samtycke_client_checks_reused_total` | counter | `reason` |
//! | `samtycke_client_overruled_total` | counter | |

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use samtycke_core::decide::Basis;
use samtycke_core::reason::Reason;
use tracing::field::Empty;
use tracing::{Span, debug, debug_span, warn};

use crate::{Checked, Error};

/// What a client has done since it was made; its clones count together.
///
/// Every question that was asked is in one of `allowed`, `denied` and `failed_closed`. The numbers are read one after the
/// other, so that a snapshot taken in the midst of a check may be one apart.
///
/// Example: see [`Client::counts`](crate::Client::counts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Requests, each once however often it was sent.
    pub requests: u64,
    /// Times that a request was sent again.
    pub tries_again: u64,
    /// Requests that came to nothing: no answer, a problem, or an answer that cannot be read.
    pub requests_failed: u64,
    /// Questions that were answered with a yes.
    pub allowed: u64,
    /// Questions that were answered with a no.
    pub denied: u64,
    /// Questions that nobody could answer, which is a no.
    pub failed_closed: u64,
    /// Of the questions that were answered with a yes, those for which an earlier answer still stood.
    pub reused: u64,
    /// Of the questions that were answered with a yes, those where it was not taken: the purpose needs explicit consent, and
    /// the yes rests on another basis.
    pub overruled: u64,
}

/// The same, while it is counted.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    requests: AtomicU64,
    tries_again: AtomicU64,
    requests_failed: AtomicU64,
    allowed: AtomicU64,
    denied: AtomicU64,
    failed_closed: AtomicU64,
    reused: AtomicU64,
    overruled: AtomicU64,
}

impl Counters {
    pub(crate) fn snapshot(&self) -> Counts {
        Counts {
            requests: self.requests.load(Relaxed),
            tries_again: self.tries_again.load(Relaxed),
            requests_failed: self.requests_failed.load(Relaxed),
            allowed: self.allowed.load(Relaxed),
            denied: self.denied.load(Relaxed),
            failed_closed: self.failed_closed.load(Relaxed),
            reused: self.reused.load(Relaxed),
            overruled: self.overruled.load(Relaxed),
        }
    }

    /// A request is about to be sent, for the `attempt`-th time, in the span that comes back.
    pub(crate) fn attempt(&self, route: &'static str, attempt: u32) -> Span {
        if attempt == 1 {
            one(&self.requests);
            forward::counter("samtycke_client_requests_total", "route", route);
        } else {
            one(&self.tries_again);
            forward::counter("samtycke_client_tries_again_total", "route", route);
        }
        debug_span!("samtycke.request", route, attempt, status = Empty)
    }

    /// A request will not be sent again.
    pub(crate) fn finished(&self, route: &'static str, failed: bool, took: Duration) {
        forward::seconds("samtycke_client_request_seconds", route, took);
        if failed {
            one(&self.requests_failed);
            forward::counter("samtycke_client_requests_failed_total", "route", route);
        }
    }

    /// A question was answered, or could not be.
    pub(crate) fn checked(&self, purpose: &str, checked: &Checked, reused: bool, took: Duration) {
        let reason = checked.reason();
        self.reason(checked.allow(), reason, 1);
        if reused {
            one(&self.reused);
            let label = reason.as_str();
            forward::counter("samtycke_client_checks_reused_total", "reason", label);
        }
        if reason.is_fail_closed() {
            let error = checked.error().map(tracing::field::display);
            warn!(purpose, %reason, error, ms = ms(took), "a check failed closed");
        } else {
            let allow = checked.allow();
            debug!(purpose, allow, %reason, reused, ms = ms(took), "a check was answered");
        }
    }

    /// Many questions, none of which could be answered.
    pub(crate) fn batch_failed(&self, checks: usize, error: &Error, took: Duration) {
        let reason = error.denial();
        self.reason(false, reason, checks as u64);
        warn!(checks, %reason, %error, ms = ms(took), "a batch of checks failed closed");
    }

    /// A yes on this basis, where nothing but explicit consent will do.
    pub(crate) fn overruled(&self, purpose: &str, basis: Option<Basis>) {
        one(&self.overruled);
        forward::counter_alone("samtycke_client_overruled_total");
        debug!(purpose, ?basis, "a yes was not taken");
    }

    fn reason(&self, allow: bool, reason: Reason, checks: u64) {
        let counter = match (allow, reason.is_fail_closed()) {
            (true, _) => &self.allowed,
            (false, true) => &self.failed_closed,
            (false, false) => &self.denied,
        };
        counter.fetch_add(checks, Relaxed);
        forward::counter_by(
            "samtycke_client_checks_total",
            "reason",
            reason.as_str(),
            checks,
        );
    }
}

fn one(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

fn ms(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

/// To the recorder of the crate `metrics`. Labels are words of this crate's own.
#[cfg(feature = "metrics")]
mod forward {
    use std::time::Duration;

    pub(super) fn counter(name: &'static str, label: &'static str, value: &'static str) {
        counter_by(name, label, value, 1);
    }

    pub(super) fn counter_by(
        name: &'static str,
        label: &'static str,
        value: &'static str,
        by: u64,
    ) {
        metrics::counter!(name, label => value).increment(by);
    }

    pub(super) fn counter_alone(name: &'static str) {
        metrics::counter!(name).increment(1);
    }

    pub(super) fn seconds(name: &'static str, route: &'static str, took: Duration) {
        metrics::histogram!(name, "route" => route).record(took.as_secs_f64());
    }
}

/// To nobody.
#[cfg(not(feature = "metrics"))]
mod forward {
    use std::time::Duration;

    pub(super) fn counter(_: &'static str, _: &'static str, _: &'static str) {}

    pub(super) fn counter_by(_: &'static str, _: &'static str, _: &'static str, _: u64) {}

    pub(super) fn counter_alone(_: &'static str) {}

    pub(super) fn seconds(_: &'static str, _: &'static str, _: Duration) {}
}
