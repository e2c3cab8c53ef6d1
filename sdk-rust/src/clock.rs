//! Time and random numbers: the only place of the client that asks the system for them.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use samtycke_core::id::EventId;

use crate::Error;

/// A new event id from the system's time and random bytes.
///
/// Create one per submission and keep it until the submission was answered: it makes a second attempt the same event.
/// To choose time and bytes, as in a test, use [`EventId::from_parts`].
///
/// # Errors
/// [`Error::Rng`]: the operating system has no source of randomness, so two events could get one id.
///
/// ```
/// let event = samtycke::clock::event_id()?;
/// assert_ne!(event, samtycke::clock::event_id()?);
/// # Ok::<(), samtycke::Error>(())
/// ```
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system for random bytes"
)]
pub fn event_id() -> Result<EventId, Error> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|_| Error::Rng)?;
    Ok(EventId::from_parts(unix_ms(), random))
}

/// The system's time in Unix milliseconds, UTC.
///
/// ```
/// assert!(samtycke::clock::unix_ms() > 1_700_000_000_000);
/// ```
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system for the time"
)]
pub fn unix_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// A fraction of one, for jitter. Without a source of randomness it is one half, because a delay is not a secret.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system for random bytes"
)]
fn fraction() -> f64 {
    let mut random = [0; 2];
    getrandom::fill(&mut random).map_or(0.5, |()| f64::from(u16::from_le_bytes(random)) / 65_536.0)
}

/// A moment, read from both clocks of a machine. The time between two moments is the longer of both: the monotonic
/// clock stands still while a machine is suspended, and the wall clock can be set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Time since a start that is fixed while the process lives.
    pub(crate) monotonic: Duration,
    /// Unix milliseconds.
    pub(crate) unix_ms: i64,
}

impl Moment {
    /// The time since an earlier moment; at least the longer of both clocks.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        let wall_ms = self.unix_ms.saturating_sub(earlier.unix_ms).max(0);
        let wall = Duration::from_millis(wall_ms.unsigned_abs());
        self.monotonic.saturating_sub(earlier.monotonic).max(wall)
    }
}

/// A sleep in progress.
pub(crate) type Waiting = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The client's source of time.
pub(crate) trait Clock: Send + Sync + fmt::Debug {
    /// The present moment, by both clocks.
    fn now(&self) -> Moment;

    /// Sleeps for that time.
    fn sleep(&self, duration: Duration) -> Waiting;

    /// A fraction of one, for jitter.
    fn fraction(&self) -> f64 {
        fraction()
    }
}

/// The machine's clocks.
#[derive(Debug)]
pub(crate) struct SystemClock {
    start: Instant,
}

impl SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the system for the time"
    )]
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        Moment {
            monotonic: self.start.elapsed(),
            unix_ms: unix_ms(),
        }
    }

    fn sleep(&self, duration: Duration) -> Waiting {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_gets_an_id_of_its_own() {
        let ids: std::collections::HashSet<_> = (0..1_000).map(|_| event_id().unwrap()).collect();
        assert_eq!(ids.len(), 1_000);
        for id in ids {
            assert_eq!(EventId::parse(id.as_str()), Ok(id));
        }
    }

    /// Protects C4 and C5 on a machine that was suspended, or whose clock was set back: a stopped clock does not
    /// prolong an allow.
    #[test]
    fn elapsed_time_is_the_longer_of_both_clocks() {
        let at = |s: u64, unix_ms: i64| Moment {
            monotonic: Duration::from_secs(s),
            unix_ms,
        };
        assert_eq!(at(9, 9_000).since(at(8, 8_000)).as_secs(), 1);
        assert_eq!(at(9, 99_000).since(at(8, 8_000)).as_secs(), 91, "slept");
        assert_eq!(at(9, -5_000).since(at(8, 8_000)).as_secs(), 1, "set back");
        assert_eq!(at(8, 8_000).since(at(9, 9_000)).as_secs(), 0);
    }
}
