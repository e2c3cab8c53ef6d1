//! Counters, spans and events of a client. They tell how much, how long and why, and name no person.
//!
//! No event, span, counter or label holds a subject, an identifier, an event id, a path, a key, a capability or a
//! position.
//!
//! # Spans and events
//!
//! Logs go through the crate `tracing`, with targets that begin with `samtycke`.
//!
//! | what | level | fields |
//! |---|---|---|
//! | span `samtycke.request`, one for each time that a request is sent | debug | `route`, `attempt`, `status` |
//! | event "a check was answered" | debug | `purpose`, `allow`, `reason`, `reused`, `ms` |
//! | event "a check failed closed" | warn | `purpose`, `reason`, `error`, `ms` |
//! | event "a batch of checks failed closed" | warn | `checks`, `reason`, `error`, `ms` |
//! | event "an allow was denied: explicit consent is needed" | debug | `purpose`, `basis` |
//! | event "an allow was denied: it is for a single use, .." | warn | `purpose` |
//!
//! `route` is a template such as `/v1/subjects/{subject}/history`. `status` is HTTP's, and absent without a response.
//! The use of a single-use consent counts as a check. The caller logs the failure of any other request.
//!
//! The crates below this one also log, with the targets `reqwest`, `hyper_util` and `rustls`. At trace level they name
//! the server's host and address, but no path, header or body in the versions that are pinned here. With reqwest's
//! `connection_verbose` or hyper's unstable tracing they log everything that is sent. Keep those targets, and `hyper`
//! and `h2`, at info in production (`RUST_LOG=debug,hyper=info,hyper_util=info,h2=info,reqwest=info,rustls=info`).
//!
//! # Counts
//!
//! [`Client::counts`](crate::Client::counts) is a snapshot. With the feature `metrics` the same numbers go to the
//! recorder that the program has installed for the crate `metrics`:
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

use crate::{Cause, Checked, Error};

/// The counters of a client since it was created, shared with its clones.
///
/// Every check counts as one of `allowed`, `denied` and `failed_closed`. The numbers are read one after the other, so a
/// snapshot during a check may be off by one.
///
/// Example: see [`Client::counts`](crate::Client::counts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Requests, each once however many attempts it took.
    pub requests: u64,
    /// Repeated attempts.
    pub tries_again: u64,
    /// Failed requests: no response, a problem, or an unreadable response.
    pub requests_failed: u64,
    /// Checks that were allowed.
    pub allowed: u64,
    /// Checks that were denied by a verdict.
    pub denied: u64,
    /// Checks without a verdict, which are denied.
    pub failed_closed: u64,
    /// Allowed checks that reused an earlier verdict.
    pub reused: u64,
    /// Allowed checks that this client denied, because the purpose needs explicit consent and the allow rests on
    /// another basis.
    pub overruled: u64,
}

/// The same counters, while they count.
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

    /// Starts the `attempt`-th attempt of a request, in the returned span.
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

    /// A request has ended.
    pub(crate) fn finished(&self, route: &'static str, failed: bool, took: Duration) {
        forward::seconds("samtycke_client_request_seconds", route, took);
        if failed {
            one(&self.requests_failed);
            forward::counter("samtycke_client_requests_failed_total", "route", route);
        }
    }

    /// A check has ended, with or without a verdict.
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

    /// Many checks have ended without a verdict.
    pub(crate) fn batch_failed(&self, checks: usize, error: &Error, took: Duration) {
        let reason = error.denial();
        self.reason(false, reason, checks as u64);
        warn!(checks, %reason, %error, ms = ms(took), "a batch of checks failed closed");
    }

    /// An allow on this basis, which the purpose's type does not accept.
    pub(crate) fn overruled(&self, purpose: &str, cause: &Cause, basis: Option<Basis>) {
        one(&self.overruled);
        forward::counter_alone("samtycke_client_overruled_total");
        if *cause == Cause::SingleUse {
            warn!(
                purpose,
                "an allow was denied: it is for a single use, and the program was built with another register"
            );
            return;
        }
        debug!(
            purpose,
            ?basis,
            "an allow was denied: explicit consent is needed"
        );
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

/// Sends to the recorder of the crate `metrics`. Labels are words of this crate.
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

/// Sends to no recorder.
#[cfg(not(feature = "metrics"))]
mod forward {
    use std::time::Duration;

    pub(super) fn counter(_: &'static str, _: &'static str, _: &'static str) {}

    pub(super) fn counter_by(_: &'static str, _: &'static str, _: &'static str, _: u64) {}

    pub(super) fn counter_alone(_: &'static str) {}

    pub(super) fn seconds(_: &'static str, _: &'static str, _: Duration) {}
}
