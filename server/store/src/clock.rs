//! Time and random numbers as parameters. Clippy forbids every other use of the system's clock and randomness.

use std::sync::Arc;
use std::time::{Duration, Instant};

/// Unix time in milliseconds, UTC.
pub type UnixMs = i64;

/// The source of time.
pub trait Clock: Send + Sync + 'static {
    /// Wall-clock time. It may jump, so order never depends on it alone (`received_at` is monotonic per log).
    fn now(&self) -> UnixMs;

    /// A monotonic reading, for deadlines and durations within this process.
    fn monotonic(&self) -> Instant;
}

/// The source of random bytes.
pub trait Rng: Send + Sync + 'static {
    /// Fills the slice from a cryptographically secure source.
    fn fill(&self, bytes: &mut [u8]);
}

/// Returns `N` random bytes.
pub fn random<const N: usize>(rng: &dyn Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill(&mut bytes);
    bytes
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the system for the time"
    )]
    fn now(&self) -> UnixMs {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or(Duration::ZERO);
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the system for the time"
    )]
    fn monotonic(&self) -> Instant {
        Instant::now()
    }
}

/// The system's cryptographically secure random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRng;

impl Rng for SystemRng {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the system for random bytes"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        // Without random bytes the server can make no key and its answers are not trustworthy, so it stops.
        getrandom::fill(bytes).expect("the operating system has a source of randomness");
    }
}

/// Clock and random numbers together, as handlers carry them.
#[derive(Clone)]
pub struct Environment {
    /// Source of time.
    pub clock: Arc<dyn Clock>,
    /// Source of random bytes.
    pub rng: Arc<dyn Rng>,
}

impl Environment {
    /// The system's clock and random source.
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            rng: Arc::new(SystemRng),
        }
    }
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Environment")
    }
}
