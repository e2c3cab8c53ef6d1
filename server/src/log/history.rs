//! How many subjects' whole histories are read at once. A history is as long as its subject's stream, and each of its
//! events is read, opened and folded.

use samtycke_core::id::LogId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::submission::Sender;
use sha2::{Digest as _, Sha256};

use crate::metrics::{Counter, Metrics};
use crate::share::{Seat, Share, Shares};

/// Places for those who read histories: some for the tenants' servers and staff, as many for browsers, so that no
/// visitor takes a place of a data protection officer. Of each, a tenant has a share.
#[derive(Debug)]
pub struct HistoryPlaces {
    servers: Shares<[u8; 32]>,
    browsers: Shares<[u8; 32]>,
    read: Counter,
    shed: Counter,
}

/// A place to read histories from, until it is dropped.
#[derive(Debug)]
pub struct HistoryPlace<'a> {
    read: &'a Counter,
    _seat: Seat<[u8; 32]>,
}

impl HistoryPlaces {
    /// At most `max` at once, for servers and for browsers each.
    pub fn new(max: usize, metrics: &Metrics) -> Self {
        let shed = "Requests turned away because too many were in work: of all, or of their own tenant or caller.";
        let places = |callers| {
            let labels = [("queue", "history"), ("callers", callers)];
            let help = "Requests in work.";
            Shares::new(
                max,
                metrics.gauge("samtycke_requests_in_work", help, &labels),
            )
        };
        Self {
            servers: places("servers"),
            browsers: places("others"),
            read: metrics.counter(
                "samtycke_histories_read_total",
                "Subjects' whole histories that were read.",
                &[],
            ),
            shed: metrics.counter(
                "samtycke_shed_total",
                shed,
                &[("queue", "history"), ("bound", "all")],
            ),
        }
    }

    /// Takes a place for a request to this log at once, or never: whoever waited would hold a place of the requests in
    /// work meanwhile.
    ///
    /// # Errors
    /// `FAILCLOSED_OVERLOAD`, with when to come again.
    pub fn take(&self, sender: Sender, log: &LogId) -> Result<HistoryPlace<'_>, Problem> {
        let places = match sender {
            Sender::Server => &self.servers,
            Sender::Person => &self.browsers,
        };
        let tenant: [u8; 32] = Sha256::digest(log.as_str()).into();
        let Ok(seat) = places.take([Some((tenant, Share::LARGE)), None]) else {
            self.shed.increment();
            return Err(Problem::new(ProblemKind::Overloaded).retry_after(1));
        };
        Ok(HistoryPlace {
            read: &self.read,
            _seat: seat,
        })
    }
}

impl HistoryPlace<'_> {
    /// Counts a history that is read.
    pub fn note_read(&self) {
        self.read.increment();
    }
}
