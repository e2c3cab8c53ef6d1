//! Time and random numbers, as parameters. Nothing else in the server asks the system for either; clippy refuses it.

use std::sync::Arc;
use std::time::{Duration, Instant};

/// Unix time in milliseconds, UTC.
pub type UnixMs = i64;

/// Where the server gets its time from.
pub trait Clock: Send + Sync + 'static {
    /// Wall-clock time; may step. Order never depends on it alone (`received_at` is monotone per log).
    fn now(&self) -> UnixMs;

    /// A monotonic reading, for deadlines and durations within this process.
    fn monotonic(&self) -> Instant;
}

/// Where the server gets its random bytes from.
pub trait Rng: Send + Sync + 'static {
    /// Fills the bytes from a cryptographically secure source.
    fn fill(&self, bytes: &mut [u8]);
}

/// `N` random bytes.
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

/// The system's cryptographically secure source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRng;

impl Rng for SystemRng {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the system for random bytes"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        // Without random bytes no key can be made and no answer can be trusted: stopping is the only safe thing.
        getrandom::fill(bytes).expect("the operating system has a source of randomness");
    }
}

/// Clock and random numbers together, as handlers carry them.
#[derive(Clone)]
pub struct Environment {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Random numbers.
    pub rng: Arc<dyn Rng>,
}

impl Environment {
    /// The system's.
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
