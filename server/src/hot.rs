//! Hot state: every subject's state in memory, on the embedded database, where one process is the only writer.
//!
//! The writer updates it before it acknowledges, so a check that begins after an acknowledgement sees the write
//! (consistency.md C1). A restrictive write in flight is marked *pending*: checks of its subject deny from the moment
//! the server receives the write. If the outcome is unknown, they deny until the server has read the state again.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use samtycke_core::id::SubjectId;
use samtycke_core::state::SubjectState;

/// Each map operation takes a lock. This many shards keep 64 connections from contending for one.
const SHARDS: usize = 64;

type Shard = HashMap<[u8; 16], Arc<SubjectState>, BuildHasherDefault<SubjectHasher>>;

/// Uses a subject's bits as its hash: they are random already.
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
    /// Number of restrictive writes in flight, per subject.
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
    /// The state of a subject; `None` if it has none.
    pub fn get(&self, subject: &SubjectId) -> Option<Arc<SubjectState>> {
        let key = subject.to_bytes();
        self.shard(&key)
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .get(&key)
            .cloned()
    }

    /// Sets the state of a subject unless the stored one is later. A caller that reads a state again after an unknown
    /// outcome may have read it before a write that was acknowledged since.
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

    /// Number of subjects with a state.
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

    /// Removes one such mark: the state contains the write, or nothing was written.
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
    /// All purposes of the subject count, not only the checked one, because the checked purpose may depend on another.
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

    /// Protects C1: a state read before an acknowledged withdrawal does not replace the state with the withdrawal.
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

    /// Protects C1 with two restrictive writes of one subject in flight: the end of the first does not end the denial.
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
