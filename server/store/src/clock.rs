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

    /// How far the wall clock is ahead of the time that has passed since the process began, if it is more than
    /// [`JUMP_MAX_MS`]; milliseconds, else 0. Then nothing may be recorded for good with its time, and what is due by it is not
    /// deleted. Checks and keys go by it all the same: what has ended by it opens nothing.
    fn ahead_ms(&self) -> i64 {
        0
    }
}

/// How far the wall clock may move ahead of the time that passes; milliseconds. A day is more than a time zone set wrong, and
/// a wrong time within it ends a consent a day late at most.
pub const JUMP_MAX_MS: i64 = 24 * 60 * 60 * 1_000;

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

/// The system's clock, which knows when it began and so notices that it was set forward.
#[derive(Debug, Clone)]
pub struct WatchedClock<C = SystemClock> {
    clock: C,
    started_at: UnixMs,
    began: Instant,
    /// How long the machine runs, sleep included, where the system says so.
    uptime: fn() -> Option<Duration>,
    first_uptime: Option<Duration>,
}

impl WatchedClock {
    /// The system's clock, watched from now on.
    pub fn system() -> Self {
        Self::of(SystemClock, uptime)
    }
}

impl<C: Clock> WatchedClock<C> {
    fn of(clock: C, uptime: fn() -> Option<Duration>) -> Self {
        Self {
            started_at: clock.now(),
            began: clock.monotonic(),
            uptime,
            first_uptime: uptime(),
            clock,
        }
    }

    fn ahead_of(&self, passed: Duration) -> i64 {
        let passed_ms = i64::try_from(passed.as_millis()).unwrap_or(i64::MAX);
        self.clock.now() - self.started_at.saturating_add(passed_ms)
    }
}

impl<C: Clock> Clock for WatchedClock<C> {
    fn now(&self) -> UnixMs {
        self.clock.now()
    }

    fn monotonic(&self) -> Instant {
        self.clock.monotonic()
    }

    fn ahead_ms(&self) -> i64 {
        let passed = self.clock.monotonic().saturating_duration_since(self.began);
        if self.ahead_of(passed) <= JUMP_MAX_MS {
            return 0;
        }
        // The monotonic clock of Linux stops while the machine sleeps.
        let uptimes = self.first_uptime.zip((self.uptime)());
        let with_sleep = uptimes.map(|(first, now)| now.saturating_sub(first));
        let ahead = self.ahead_of(with_sleep.map_or(passed, |slept| slept.max(passed)));
        if ahead > JUMP_MAX_MS { ahead } else { 0 }
    }
}

/// Time since the machine was started, sleep included, from Linux' `/proc/uptime`; elsewhere `None`.
fn uptime() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/uptime").ok()?;
    let seconds = text.split_ascii_whitespace().next()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
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
            clock: Arc::new(WatchedClock::system()),
            rng: Arc::new(SystemRng),
        }
    }

    /// The time for what is recorded or deleted for good: the wall clock's, without a jump forward that nothing explains.
    pub fn plausible_now(&self) -> UnixMs {
        self.clock.now() - self.clock.ahead_ms()
    }
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Environment")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Wall clock and monotonic clock that a test sets.
    struct Hands(Mutex<(UnixMs, Instant)>);

    impl Hands {
        fn pass(&self, wall_ms: i64, monotonic: Duration) {
            let mut hands = self.0.lock().unwrap();
            hands.0 += wall_ms;
            hands.1 += monotonic;
        }
    }

    impl Clock for Arc<Hands> {
        fn now(&self) -> UnixMs {
            self.0.lock().unwrap().0
        }
        fn monotonic(&self) -> Instant {
            self.0.lock().unwrap().1
        }
    }

    fn hands() -> Arc<Hands> {
        Arc::new(Hands(Mutex::new((1_000_000, SystemClock.monotonic()))))
    }

    /// Protects a log from the time of a clock that was set forward, and a right clock from being doubted: after months of
    /// running, when it is set back, and when it is corrected by an hour.
    #[test]
    fn a_jump_forward_is_noticed_until_it_is_undone() {
        let hands = hands();
        let clock = WatchedClock::of(hands.clone(), || None);
        hands.pass(90 * JUMP_MAX_MS, Duration::from_hours(90 * 24));
        hands.pass(3_600_000, Duration::ZERO);
        assert_eq!(clock.ahead_ms(), 0);
        hands.pass(3_650 * JUMP_MAX_MS, Duration::ZERO);
        assert_eq!(clock.ahead_ms(), 3_650 * JUMP_MAX_MS + 3_600_000);
        hands.pass(-3_650 * JUMP_MAX_MS, Duration::ZERO);
        assert_eq!(clock.ahead_ms(), 0);
        hands.pass(-3_650 * JUMP_MAX_MS, Duration::ZERO);
        assert_eq!(clock.ahead_ms(), 0, "behind is not ahead");
    }

    /// Protects a server on a machine that slept for a week: its clock is right.
    #[test]
    fn a_sleep_is_no_jump() {
        static SLEPT: Mutex<Duration> = Mutex::new(Duration::from_mins(1));
        let hands = hands();
        let clock = WatchedClock::of(hands.clone(), || Some(*SLEPT.lock().unwrap()));
        *SLEPT.lock().unwrap() += Duration::from_hours(7 * 24);
        hands.pass(7 * JUMP_MAX_MS, Duration::ZERO);
        assert_eq!(clock.ahead_ms(), 0);
        hands.pass(2 * JUMP_MAX_MS, Duration::ZERO);
        assert_eq!(
            clock.ahead_ms(),
            2 * JUMP_MAX_MS,
            "asleep for seven days, and not for nine"
        );
    }
}
