//! Counts requests by route class, method and status in a table of atomics, so that counting takes no lock.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::http::Method;

use super::{Histogram, heading, labels, line};

/// The class of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RouteClass {
    /// Checks.
    Check,
    /// Records, events, tallies, prompts, subjects.
    Record,
    /// Withdrawals.
    Withdraw,
    /// Notices, checkpoints, tiles, the banner.
    Public,
    /// Administration by staff.
    Admin,
    /// Health, metrics, documentation.
    Operate,
    /// No matching route.
    Other,
}

impl RouteClass {
    const ALL: [Self; 7] = [
        Self::Check,
        Self::Record,
        Self::Withdraw,
        Self::Public,
        Self::Admin,
        Self::Operate,
        Self::Other,
    ];

    /// The class's word in labels and in the names of rate-limit policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Record => "record",
            Self::Withdraw => "withdraw",
            Self::Public => "public",
            Self::Admin => "admin",
            Self::Operate => "operate",
            Self::Other => "other",
        }
    }
}

const METHODS: [&str; 8] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other",
];

/// The statuses that the server sends; the last entry counts all others.
const STATUSES: [&str; 24] = [
    "200", "201", "202", "204", "206", "301", "303", "304", "400", "401", "403", "404", "405",
    "408", "409", "410", "412", "413", "415", "422", "429", "500", "503", "other",
];

const CELLS: usize = RouteClass::ALL.len() * METHODS.len() * STATUSES.len();

#[derive(Debug)]
pub(super) struct Requests {
    /// 7 x 8 x 24 x 8 B = 11 kB.
    counts: Box<[AtomicU64]>,
    took: [Histogram; RouteClass::ALL.len()],
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            counts: (0..CELLS).map(|_| AtomicU64::new(0)).collect(),
            took: Default::default(),
        }
    }
}

impl Requests {
    pub(super) fn count(&self, class: RouteClass, method: &Method, status: u16, took: Duration) {
        let method = METHODS
            .iter()
            .position(|m| *m == method.as_str())
            .unwrap_or(METHODS.len() - 1);
        self.counts[cell(class as usize, method, status_index(status))]
            .fetch_add(1, Ordering::Relaxed);
        self.took[class as usize].observe(took);
    }

    pub(super) fn render(&self, out: &mut String) {
        if self.took.iter().all(|took| took.count() == 0) {
            return;
        }
        let name = "samtycke_http_requests_total";
        heading(out, name, "Answered requests.", "counter");
        for class in RouteClass::ALL {
            for (m, method) in METHODS.iter().enumerate() {
                for (s, status) in STATUSES.iter().enumerate() {
                    let count = self.counts[cell(class as usize, m, s)].load(Ordering::Relaxed);
                    if count > 0 {
                        let labels = labels(&[
                            ("class", class.word()),
                            ("method", method),
                            ("status", status),
                        ]);
                        line(out, name, &labels, count);
                    }
                }
            }
        }
        let name = "samtycke_http_request_seconds";
        heading(out, name, "Time until the head of the answer.", "histogram");
        for class in RouteClass::ALL {
            let took = &self.took[class as usize];
            if took.count() > 0 {
                took.render(out, name, &labels(&[("class", class.word())]));
            }
        }
    }
}

fn cell(class: usize, method: usize, status: usize) -> usize {
    (class * METHODS.len() + method) * STATUSES.len() + status
}

fn status_index(status: u16) -> usize {
    // Nearly all statuses are 200.
    if status == 200 {
        return 0;
    }
    let known = STATUSES
        .iter()
        .position(|known| known.parse() == Ok(status));
    known.unwrap_or(STATUSES.len() - 1)
}
