//! Time and random numbers: the one place of the client that asks the system for either.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use samtycke_core::id::EventId;

use crate::Error;

/// A new event's id from the system's time and random bytes.
///
/// Make it once per submission and keep it until the submission was answered: it is what makes a second try the same
/// event. Where time and random bytes are to be chosen, as in a test, use [`EventId::from_parts`].
///
/// # Errors
/// [`Error::Rng`]: the operating system has no source of randomness. Without one, two events could get one id.
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

/// The system's time: milliseconds since 1970, UTC.
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

/// A fraction of one, for jitter. Without a source of randomness the middle: a delay is no secret.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system for random bytes"
)]
fn fraction() -> f64 {
    let mut random = [0; 2];
    getrandom::fill(&mut random).map_or(0.5, |()| f64::from(u16::from_le_bytes(random)) / 65_536.0)
}

/// A moment, read from both of a machine's clocks. What has passed between two of them is the longer of what either
/// says: the monotonic one stands still while a machine is suspended, and the wall clock can be set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Since some start that never changes while the process lives.
    pub(crate) monotonic: Duration,
    /// Unix milliseconds.
    pub(crate) unix_ms: i64,
}

impl Moment {
    /// How much time has passed since an earlier moment; never less than did.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        let wall_ms = self.unix_ms.saturating_sub(earlier.unix_ms).max(0);
        let wall = Duration::from_millis(wall_ms.unsigned_abs());
        self.monotonic.saturating_sub(earlier.monotonic).max(wall)
    }
}

/// What waits.
pub(crate) type Waiting = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where a client gets its time from.
pub(crate) trait Clock: Send + Sync + fmt::Debug {
    /// Now, by both clocks.
    fn now(&self) -> Moment;

    /// Waits that long.
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

    /// Protects C4 and C5 against a machine that slept and against a clock that was set back: a yes never lasts longer
    /// because one of the clocks stood still.
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
