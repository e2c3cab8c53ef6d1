//! A clock that stands still until it is moved.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::clock::{Clock, Moment, Waiting};
use crate::sync::{Mutex, lock};

/// When every such clock begins: 2026-01-01T12:00:00Z.
const BEGIN_MS: i64 = 1_767_268_800_000;

/// The time of a [`FakeConsent`](super::FakeConsent) and of its clients. Clones are one clock.
///
/// Nothing moves it but its own methods, [`Fault::Slow`](super::Fault::Slow) and
/// [`Fault::TimedOut`](super::Fault::TimedOut), and a client that waits before it tries again: that wait passes here, and
/// takes no real time.
///
/// ```
/// use std::time::Duration;
/// use samtycke::fake::FakeConsent;
///
/// let fake = FakeConsent::example()?;
/// let clock = fake.clock();
/// let begin = clock.unix_ms();
/// clock.advance(Duration::from_secs(3));
/// assert_eq!(clock.unix_ms(), begin + 3_000);
/// # Ok::<(), samtycke::fake::RegisterErrors>(())
/// ```
#[derive(Clone)]
pub struct FakeClock(Arc<Mutex<Moment>>);

impl FakeClock {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Moment {
            monotonic: Duration::ZERO,
            unix_ms: BEGIN_MS,
        })))
    }

    /// The wall clock: Unix milliseconds, UTC. Example: see [`FakeClock`].
    pub fn unix_ms(&self) -> i64 {
        self.now().unix_ms
    }

    /// Time passes. Example: see [`FakeClock`].
    pub fn advance(&self, duration: Duration) {
        let mut now = lock(&self.0);
        now.monotonic = now.monotonic.saturating_add(duration);
        let ms = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        now.unix_ms = now.unix_ms.saturating_add(ms);
    }

    /// Sets the wall clock alone, as somebody does who corrects it, forward or back. Forward is also what a machine finds
    /// that was suspended: its other clock has stood still meanwhile.
    ///
    /// ```
    /// # use samtycke::fake::FakeConsent;
    /// let fake = FakeConsent::example()?;
    /// let an_hour_ago = fake.clock().unix_ms() - 3_600_000;
    /// fake.clock().set(an_hour_ago);
    /// assert_eq!(fake.clock().unix_ms(), an_hour_ago);
    /// # Ok::<(), samtycke::fake::RegisterErrors>(())
    /// ```
    pub fn set(&self, unix_ms: i64) {
        lock(&self.0).unix_ms = unix_ms;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Moment {
        *lock(&self.0)
    }

    fn sleep(&self, duration: Duration) -> Waiting {
        Box::pin(Pass {
            clock: self.clone(),
            left: Some(duration),
        })
    }

    /// Always the longest wait, so that the time after a retry is known.
    fn fraction(&self) -> f64 {
        1.0
    }
}

impl fmt::Debug for FakeClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FakeClock").field(&self.unix_ms()).finish()
    }
}

/// Lets time pass when it is awaited, and everybody else's tasks have a turn.
struct Pass {
    clock: FakeClock,
    left: Option<Duration>,
}

impl Future for Pass {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(duration) = self.left.take() else {
            return Poll::Ready(());
        };
        self.clock.advance(duration);
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
