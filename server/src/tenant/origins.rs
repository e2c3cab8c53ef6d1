//! The web origins of every site in the database, for preflight requests. A preflight carries no key, and its sender
//! can invent origins. So an unknown origin does not cause a query of its own: the server reads all origins at once,
//! and at most once per interval.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::clock::Clock;
use crate::origin::covers;
use crate::store::Stored;

/// How long a reading is valid. Another server recognises a new site's origin at most this much later.
const GOOD_FOR: Duration = Duration::from_secs(1);

/// The origins of the last reading.
pub(super) struct SharedOrigins {
    clock: Arc<dyn Clock>,
    read: Mutex<Reading>,
}

#[derive(Default)]
struct Reading {
    at: Option<Instant>,
    origins: Vec<String>,
}

impl std::fmt::Debug for SharedOrigins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedOrigins")
    }
}

impl SharedOrigins {
    /// Starts empty; the first unknown origin causes a reading.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            read: Mutex::default(),
        }
    }

    /// Whether a live site has this origin. `read` returns every registered origin.
    pub(super) async fn has(
        &self,
        origin: &str,
        read: impl AsyncFnOnce() -> Stored<Vec<String>>,
    ) -> bool {
        // Held during the reading, so that concurrent callers wait for the same result.
        let mut reading = self.read.lock().await;
        let now = self.clock.monotonic();
        let is_good = |at: Instant| now.saturating_duration_since(at) < GOOD_FOR;
        if !reading.at.is_some_and(is_good) {
            // A failed reading is not retried before the interval ends either; the known origins stay.
            reading.at = Some(now);
            if let Ok(origins) = read().await {
                reading.origins = origins;
            }
        }
        reading
            .origins
            .iter()
            .any(|registered| covers(registered, origin))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::clock::{SystemClock, UnixMs};
    use crate::store::StoreError;

    struct HandClock(Instant, AtomicU64);

    impl Clock for HandClock {
        fn now(&self) -> UnixMs {
            0
        }

        fn monotonic(&self) -> Instant {
            self.0 + Duration::from_millis(self.1.load(Ordering::SeqCst))
        }
    }

    /// Protects the database from pages that invent origins, and a new site from waiting longer than the interval.
    #[tokio::test]
    async fn made_up_origins_cost_one_reading_in_a_while() {
        let clock = Arc::new(HandClock(SystemClock.monotonic(), AtomicU64::new(0)));
        let shared = SharedOrigins::new(clock.clone());
        let readings = Cell::new(0);
        let site = Cell::new("https://a.example");
        let read = async || {
            readings.set(readings.get() + 1);
            Ok(vec![
                site.get().to_owned(),
                "https://*--b.example.com".to_owned(),
            ])
        };
        assert!(shared.has("https://a.example", read).await);
        for i in 0..1_000 {
            assert!(!shared.has(&format!("https://x{i}.example"), read).await);
        }
        assert!(shared.has("https://pr-1--b.example.com", read).await);
        assert_eq!(readings.get(), 1);

        site.set("https://new.example");
        assert!(!shared.has("https://new.example", read).await);
        clock.1.store(1_000, Ordering::SeqCst);
        assert!(shared.has("https://new.example", read).await);
        assert!(!shared.has("https://a.example", read).await, "it is gone");
        assert_eq!(readings.get(), 2);

        clock.1.store(2_000, Ordering::SeqCst);
        let fails = async || Err(StoreError::TimedOut);
        assert!(shared.has("https://new.example", fails).await);
        assert!(!shared.has("https://x.example", fails).await);
    }
}
