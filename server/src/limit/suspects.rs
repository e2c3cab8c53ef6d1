//! Addresses that keep sending keys that are not valid.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::caller::Net;
use crate::clock::Nature;

/// Addresses kept: 10 000 x 48 B = 480 kB. Beyond that it is an attack from everywhere, and all start afresh.
const SUSPECTS_MAX: usize = 10_000;

pub(super) struct Suspects {
    nature: Nature,
    /// For how long an address is suspected after its last invalid key.
    window: Duration,
    until: Mutex<HashMap<Net, Instant>>,
    /// How many there are, so that in the usual case, none, no lock is taken.
    count: AtomicUsize,
}

impl Suspects {
    pub(super) fn new(nature: Nature, window: Duration) -> Self {
        Self {
            nature,
            window,
            until: Mutex::default(),
            count: AtomicUsize::new(0),
        }
    }

    pub(super) fn add(&self, net: Net) {
        let mut until = self.lock();
        if until.len() >= SUSPECTS_MAX {
            until.clear();
        }
        until.insert(net, self.nature.clock.monotonic() + self.window);
        self.count.store(until.len(), Ordering::Relaxed);
    }

    pub(super) fn holds(&self, net: Net) -> bool {
        if self.count.load(Ordering::Relaxed) == 0 {
            return false;
        }
        let until = self.lock().get(&net).copied();
        until.is_some_and(|until| until > self.nature.clock.monotonic())
    }

    pub(super) fn sweep(&self) {
        let now = self.nature.clock.monotonic();
        let mut until = self.lock();
        until.retain(|_, until| *until > now);
        self.count.store(until.len(), Ordering::Relaxed);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Net, Instant>> {
        // A panic cannot leave the map in a state that would be wrong.
        self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
