//! On which day each key was last used: noted in memory by requests, and written by a worker.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use crate::clock::UnixMs;

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// The day of a time, UTC, in days since 1970.
pub fn day_of(at: UnixMs) -> i64 {
    at.div_euclid(DAY_MS)
}

/// The days on which keys were last used at this server. A request takes a lock that others share, and waits for no
/// database; only the first of a day takes it alone. There are no more entries than keys that exist.
#[derive(Debug, Default)]
pub struct KeyUses {
    by_key: RwLock<HashMap<[u8; 32], Use>>,
}

#[derive(Debug, Clone, Copy)]
struct Use {
    day: i64,
    is_written: bool,
}

impl KeyUses {
    /// Notes that a request came with the key of this hash.
    pub fn note(&self, key_hash: &[u8; 32], now: UnixMs) {
        let day = day_of(now);
        let known = self.by_key.read().unwrap_or_else(PoisonError::into_inner);
        if known.get(key_hash).is_some_and(|last| last.day == day) {
            return;
        }
        drop(known);
        let first = Use {
            day,
            is_written: false,
        };
        let mut known = self.by_key.write().unwrap_or_else(PoisonError::into_inner);
        // Another request may have been the first meanwhile, and may be written already.
        if known.get(key_hash).is_none_or(|last| last.day != day) {
            known.insert(*key_hash, first);
        }
    }

    /// The keys whose day is not written yet, in the order of their hashes, which every server's transaction keeps to.
    pub fn unwritten(&self) -> Vec<([u8; 32], i64)> {
        let known = self.by_key.read().unwrap_or_else(PoisonError::into_inner);
        let waiting = known.iter().filter(|(_, last)| !last.is_written);
        let mut waiting: Vec<_> = waiting.map(|(hash, last)| (*hash, last.day)).collect();
        waiting.sort_unstable();
        waiting
    }

    /// Marks days as written, unless the key was used on another day meanwhile.
    pub fn written(&self, uses: &[([u8; 32], i64)]) {
        let mut known = self.by_key.write().unwrap_or_else(PoisonError::into_inner);
        for (hash, day) in uses {
            if let Some(last) = known.get_mut(hash).filter(|last| last.day == *day) {
                last.is_written = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the database from a write per request: a key waits once a day, however often it is used.
    #[test]
    fn a_key_is_written_once_a_day() {
        let (uses, key) = (KeyUses::default(), [1; 32]);
        for at in [0, 1, DAY_MS - 1] {
            uses.note(&key, at);
        }
        assert_eq!(uses.unwritten(), [(key, 0)]);
        uses.written(&[(key, 0)]);
        uses.note(&key, 5);
        assert_eq!(uses.unwritten(), []);
        uses.note(&key, DAY_MS);
        uses.written(&[(key, 0)]);
        assert_eq!(
            uses.unwritten(),
            [(key, 1)],
            "the new day is not written yet"
        );
    }
}
