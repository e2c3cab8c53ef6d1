//! Hot state: every subject's state in memory, on the embedded database, where one process is the only writer.
//!
//! The writer updates it before it acknowledges, so a check that begins after an acknowledgement sees the write
//! (consistency.md C1). A restrictive write in flight is marked *pending*: checks of its cells deny from the moment it
//! was received, and go on denying if its outcome is unknown, until the state has been read again.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use samtycke_core::id::SubjectId;
use samtycke_core::state::SubjectState;

/// Locks are held for a map operation only; this many keep 64 connections from meeting on one.
const SHARDS: usize = 64;

type Shard = HashMap<[u8; 16], Arc<SubjectState>, BuildHasherDefault<SubjectHasher>>;

/// A subject's bits are random already: hashing them again would only cost time.
#[derive(Default)]
pub struct SubjectHasher(u64);

impl Hasher for SubjectHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk::<8>() {
            self.0 ^= u64::from_le_bytes(*first);
        }
    }
}

/// The states of one log.
pub struct HotStates {
    shards: Vec<RwLock<Shard>>,
    pending_count: AtomicUsize,
    /// How many restrictive writes of each subject are in flight.
    pending: Mutex<HashMap<SubjectId, usize>>,
}

impl std::fmt::Debug for HotStates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HotStates({} subjects)", self.len())
    }
}

impl Default for HotStates {
    fn default() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| RwLock::default()).collect(),
            pending_count: AtomicUsize::new(0),
            pending: Mutex::default(),
        }
    }
}

impl HotStates {
    /// The state of a subject, if it has any.
    pub fn get(&self, subject: &SubjectId) -> Option<Arc<SubjectState>> {
        let key = subject.to_bytes();
        self.shard(&key)
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .get(&key)
            .cloned()
    }

    /// Sets the state of a subject, unless a later one stands there: whoever reads a state again after an unknown
    /// outcome may have read it before a write that has been acknowledged since.
    pub fn put(&self, subject: &SubjectId, state: Arc<SubjectState>) {
        let key = subject.to_bytes();
        let mut shard = self
            .shard(&key)
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if shard.get(&key).is_none_or(|stands| stands.seq <= state.seq) {
            shard.insert(key, state);
        }
    }

    /// How many subjects have a state.
    pub fn len(&self) -> usize {
        self.shards
            .iter()
            .map(|s| {
                s.read()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .len()
            })
            .sum()
    }

    /// Whether no subject has a state.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Denies a subject's checks while a restrictive write is in flight.
    pub fn begin_restrictive(&self, subject: &SubjectId) {
        let mut pending = self
            .pending
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *pending.entry(subject.clone()).or_default() += 1;
        self.pending_count.fetch_add(1, Ordering::SeqCst);
    }

    /// Takes one such mark back, once the state holds the write, or the write is known not to have happened.
    pub fn end_restrictive(&self, subject: &SubjectId) {
        let mut pending = self
            .pending
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(writes) = pending.get_mut(subject) {
            *writes -= 1;
            if *writes == 0 {
                pending.remove(subject);
            }
        }
        self.pending_count.fetch_sub(1, Ordering::SeqCst);
    }

    /// Whether a restrictive write on any of a subject's purposes is in flight.
    ///
    /// All purposes of the subject count, not only the one asked about: others may depend on it.
    pub fn is_pending(&self, subject: &SubjectId) -> bool {
        self.pending_count.load(Ordering::SeqCst) > 0
            && self
                .pending
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .contains_key(subject)
    }

    fn shard(&self, key: &[u8; 16]) -> &RwLock<Shard> {
        let mut hasher = BuildHasherDefault::<SubjectHasher>::default().build_hasher();
        hasher.write(&key[8..]);
        &self.shards
            [usize::try_from(hasher.finish() % SHARDS as u64).expect("fewer than 2^16 shards")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects C1: a state that was read before an acknowledged withdrawal does not take its place.
    #[test]
    fn an_older_state_never_replaces_a_later_one() {
        let (hot, subject) = (HotStates::default(), SubjectId::from_bytes([7; 16]));
        let state = |seq, at| {
            Arc::new(SubjectState {
                seq,
                at,
                ..SubjectState::default()
            })
        };
        hot.put(&subject, state(2, 20));
        hot.put(&subject, state(1, 10));
        assert_eq!(hot.get(&subject), Some(state(2, 20)));
        hot.put(&subject, state(2, 21));
        hot.put(&subject, state(3, 30));
        assert_eq!(hot.get(&subject), Some(state(3, 30)));
    }

    /// Protects C1 where two restrictive writes of one subject are in flight: the first to end does not lift the other.
    #[test]
    fn checks_are_denied_until_the_last_write_has_ended() {
        let (hot, subject) = (HotStates::default(), SubjectId::from_bytes([7; 16]));
        hot.begin_restrictive(&subject);
        hot.begin_restrictive(&subject);
        hot.end_restrictive(&subject);
        assert!(hot.is_pending(&subject));
        hot.end_restrictive(&subject);
        assert!(!hot.is_pending(&subject));
    }
}
