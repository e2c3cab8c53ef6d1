//! How many subjects' whole histories are read at once. A history is as long as its subject's stream, and each of its
//! events is read, opened and folded.

use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::submission::Sender;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::metrics::{Counter, Metrics};

/// Places for those who read histories: some for the tenants' servers and staff, as many for browsers, so that no
/// visitor takes a place of a data protection officer.
#[derive(Debug)]
pub struct HistoryPlaces {
    servers: Semaphore,
    browsers: Semaphore,
    read: Counter,
    shed: Counter,
}

/// A place to read histories from, until it is dropped.
#[derive(Debug)]
pub struct HistoryPlace<'a> {
    read: &'a Counter,
    _permit: SemaphorePermit<'a>,
}

impl HistoryPlaces {
    /// At most `max` at once, for servers and for browsers each.
    pub fn new(max: usize, metrics: &Metrics) -> Self {
        let max = max.min(Semaphore::MAX_PERMITS);
        let shed = "Requests turned away because too many were in work.";
        Self {
            servers: Semaphore::new(max),
            browsers: Semaphore::new(max),
            read: metrics.counter(
                "samtycke_histories_read_total",
                "Subjects' whole histories that were read.",
                &[],
            ),
            shed: metrics.counter("samtycke_shed_total", shed, &[("queue", "history")]),
        }
    }

    /// Takes a place at once, or never: whoever waited would hold a place of the requests in work meanwhile.
    ///
    /// # Errors
    /// `FAILCLOSED_OVERLOAD`, with when to come again.
    pub fn take(&self, sender: Sender) -> Result<HistoryPlace<'_>, Problem> {
        let places = match sender {
            Sender::Server => &self.servers,
            Sender::Person => &self.browsers,
        };
        let Ok(permit) = places.try_acquire() else {
            self.shed.increment();
            return Err(Problem::new(ProblemKind::Overloaded).retry_after(1));
        };
        Ok(HistoryPlace {
            read: &self.read,
            _permit: permit,
        })
    }
}

impl HistoryPlace<'_> {
    /// Counts a history that is read.
    pub fn note_read(&self) {
        self.read.increment();
    }
}
