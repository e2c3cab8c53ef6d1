//! A clock that stands still until a test moves it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::clock::{Clock, Moment, Waiting};
use crate::sync::{Mutex, lock};

/// The start of every such clock: 2026-01-01T12:00:00Z.
const BEGIN_MS: i64 = 1_767_268_800_000;

/// The clock of a [`FakeConsent`](super::FakeConsent) and its clients. Clones share one clock.
///
/// It moves by its own methods, by [`Fault::Slow`](super::Fault::Slow) and [`Fault::TimedOut`](super::Fault::TimedOut),
/// and when a client waits before a retry. Such a wait passes on this clock and takes no real time.
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
pub struct FakeClock(Arc<Mutex<Hands>>);

/// The time that has passed, and the wall clock's reading at the start, in milliseconds.
struct Hands {
    passed: Duration,
    began_ms: i64,
}

impl FakeClock {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Hands {
            passed: Duration::ZERO,
            began_ms: BEGIN_MS,
        })))
    }

    /// The wall clock: Unix milliseconds, UTC. Example: see [`FakeClock`].
    pub fn unix_ms(&self) -> i64 {
        self.now().unix_ms
    }

    /// Moves both clocks ahead. Example: see [`FakeClock`].
    pub fn advance(&self, duration: Duration) {
        let mut hands = lock(&self.0);
        hands.passed = hands.passed.saturating_add(duration);
    }

    /// Sets the wall clock alone, forward or back, as a correction does. Forward is also what a machine sees after a
    /// suspend, because its monotonic clock stood still.
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
        let mut hands = lock(&self.0);
        hands.began_ms = unix_ms.saturating_sub(ms(hands.passed));
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Moment {
        let hands = lock(&self.0);
        Moment {
            monotonic: hands.passed,
            unix_ms: hands.began_ms.saturating_add(ms(hands.passed)),
        }
    }

    fn sleep(&self, duration: Duration) -> Waiting {
        Box::pin(Pass {
            clock: self.clone(),
            left: Some(duration),
        })
    }

    /// Always the longest wait, so the time after a retry is known.
    fn fraction(&self) -> f64 {
        1.0
    }
}

fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl fmt::Debug for FakeClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FakeClock").field(&self.unix_ms()).finish()
    }
}

/// Lets time pass when it is awaited, and gives other tasks a turn.
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
