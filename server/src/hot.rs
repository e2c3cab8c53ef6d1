//! Hot state: subjects' states in memory, on the embedded database, where one process is the only writer.
//!
//! The writer updates it before it acknowledges, so a check that begins after an acknowledgement sees the write
//! (consistency.md C1). A restrictive write in flight is marked *pending*: checks of its subject deny from the moment
//! the server receives the write. If the outcome is unknown, they deny until the server has read the state again.
//!
//! Anybody can make up subjects, so the number of states is bounded; beyond it the ones that were not used for longest
//! go, and a check of such a subject reads the database. What was read is kept only if no write to the same part of the
//! memory has ended meanwhile: else a state from before a withdrawal could be put back after the state with the
//! withdrawal had been evicted.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use samtycke_core::id::SubjectId;
use samtycke_core::state::SubjectState;

/// Each map operation takes a lock. This many shards keep 64 connections from contending for one.
const SHARDS: usize = 64;

type Map = HashMap<[u8; 16], Slot, BuildHasherDefault<SubjectHasher>>;

#[derive(Debug)]
struct Slot {
    state: Arc<SubjectState>,
    /// Whether it was read since the last search for a state to evict.
    is_used: AtomicBool,
}

#[derive(Default)]
struct Shard {
    slots: Map,
    /// The subjects in the order in which they are looked at for eviction.
    queue: VecDeque<[u8; 16]>,
    /// Number of writes that ended.
    writes: u64,
    /// Whether a subject may have a state that is not in memory.
    has_gaps: bool,
}

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

/// What memory knows of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Its state.
    State(Arc<SubjectState>),
    /// It has no state.
    Nothing,
    /// The database knows. Begin the read after this answer, and hand its result to [`HotStates::keep`] with the same
    /// ticket.
    AskDatabase(Ticket),
}

/// The moment at which a read of the database began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

/// The states of one log.
pub struct HotStates {
    shards: Vec<RwLock<Shard>>,
    shard_subjects_max: usize,
    pending_count: AtomicUsize,
    /// Number of restrictive writes in flight, per subject.
    pending: Mutex<HashMap<SubjectId, usize>>,
}

impl std::fmt::Debug for HotStates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HotStates({} subjects)", self.len())
    }
}

impl HotStates {
    /// Room for about this many subjects.
    pub fn new(subjects_max: usize) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| RwLock::default()).collect(),
            shard_subjects_max: subjects_max.div_ceil(SHARDS),
            pending_count: AtomicUsize::new(0),
            pending: Mutex::default(),
        }
    }

    /// What memory knows of a subject.
    pub fn get(&self, subject: &SubjectId) -> Known {
        let key = subject.to_bytes();
        let shard = self.read(&key);
        match shard.slots.get(&key) {
            Some(slot) => {
                slot.is_used.store(true, Ordering::Relaxed);
                Known::State(slot.state.clone())
            }
            None if shard.has_gaps => Known::AskDatabase(Ticket(shard.writes)),
            None => Known::Nothing,
        }
    }

    /// The state in memory, if it is there. Every subject that was merged into another is.
    pub fn in_memory(&self, subject: &SubjectId) -> Option<Arc<SubjectState>> {
        let key = subject.to_bytes();
        self.read(&key)
            .slots
            .get(&key)
            .map(|slot| slot.state.clone())
    }

    /// A ticket for a read that begins now.
    pub fn ticket(&self, subject: &SubjectId) -> Ticket {
        Ticket(self.read(&subject.to_bytes()).writes)
    }

    /// Sets the state of a subject that a write made, unless the stored one is later.
    pub fn put(&self, subject: &SubjectId, state: Arc<SubjectState>) {
        let key = subject.to_bytes();
        let mut shard = self.write(&key);
        shard.writes += 1;
        shard.insert(key, state, self.shard_subjects_max);
    }

    /// Sets the state of a subject to what its events add up to, whatever memory holds: that may be damaged, and later than any
    /// event. The caller holds the lock of the log's head.
    pub fn replace(&self, subject: &SubjectId, state: Arc<SubjectState>) {
        let key = subject.to_bytes();
        let mut shard = self.write(&key);
        shard.writes += 1;
        match shard.slots.get_mut(&key) {
            Some(slot) => slot.state = state,
            None => shard.insert(key, state, self.shard_subjects_max),
        }
    }

    /// Keeps a state that was read from the database, unless a write has ended since the ticket was given: then what
    /// was read may be older than that write. Returns whether it was kept.
    pub fn keep(&self, subject: &SubjectId, state: Arc<SubjectState>, ticket: Ticket) -> bool {
        let key = subject.to_bytes();
        let mut shard = self.write(&key);
        let is_current = shard.writes == ticket.0;
        if is_current {
            shard.insert(key, state, self.shard_subjects_max);
        }
        is_current
    }

    /// Number of subjects whose state is in memory.
    pub fn len(&self) -> usize {
        let len = |shard: &RwLock<Shard>| {
            let shard = shard.read().unwrap_or_else(PoisonError::into_inner);
            shard.slots.len()
        };
        self.shards.iter().map(len).sum()
    }

    /// Whether no state is in memory.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Denies a subject's checks while a restrictive write is in flight.
    pub fn begin_restrictive(&self, subject: &SubjectId) {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        *pending.entry(subject.clone()).or_default() += 1;
        self.pending_count.fetch_add(1, Ordering::SeqCst);
    }

    /// Removes one such mark: the state contains the write, or nothing was written.
    pub fn end_restrictive(&self, subject: &SubjectId) {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
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
                .unwrap_or_else(PoisonError::into_inner)
                .contains_key(subject)
    }

    fn read(&self, key: &[u8; 16]) -> RwLockReadGuard<'_, Shard> {
        let shard = self.shard(key).read();
        shard.unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, key: &[u8; 16]) -> RwLockWriteGuard<'_, Shard> {
        let shard = self.shard(key).write();
        shard.unwrap_or_else(PoisonError::into_inner)
    }

    fn shard(&self, key: &[u8; 16]) -> &RwLock<Shard> {
        let mut hasher = BuildHasherDefault::<SubjectHasher>::default().build_hasher();
        hasher.write(&key[8..]);
        &self.shards
            [usize::try_from(hasher.finish() % SHARDS as u64).expect("fewer than 2^16 shards")]
    }
}

impl Shard {
    fn insert(&mut self, key: [u8; 16], state: Arc<SubjectState>, subjects_max: usize) {
        if let Some(slot) = self.slots.get_mut(&key) {
            if slot.state.seq <= state.seq {
                slot.state = state;
            }
            return;
        }
        let slot = Slot {
            state,
            is_used: AtomicBool::new(false),
        };
        self.slots.insert(key, slot);
        self.queue.push_back(key);
        self.evict(subjects_max);
    }

    /// Evicts states until the bound holds, those first that were not read since the last look (the "second chance"
    /// algorithm). Two rounds look at each state as often as it takes.
    fn evict(&mut self, subjects_max: usize) {
        for _ in 0..2 * self.queue.len() {
            if self.slots.len() <= subjects_max {
                return;
            }
            let Some(key) = self.queue.pop_front() else {
                return;
            };
            let Some(slot) = self.slots.get(&key) else {
                continue;
            };
            // A write about a merged subject has to find the survivor at once, and only a tenant's server merges.
            let stays = slot.state.merged_into.is_some();
            if stays || slot.is_used.swap(false, Ordering::Relaxed) {
                self.queue.push_back(key);
            } else {
                self.slots.remove(&key);
                self.has_gaps = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(seq: u64, at: i64) -> Arc<SubjectState> {
        Arc::new(SubjectState {
            seq,
            at,
            ..SubjectState::default()
        })
    }

    /// Subjects of one shard, so that its bound can be tested alone.
    fn subject(number: u8) -> SubjectId {
        let mut bytes = [0; 16];
        bytes[0] = number;
        SubjectId::from_bytes(bytes)
    }

    /// Protects C1: a state read before an acknowledged withdrawal does not replace the state with the withdrawal.
    #[test]
    fn an_older_state_never_replaces_a_later_one() {
        let (hot, subject) = (HotStates::new(1_000), subject(7));
        hot.put(&subject, state(2, 20));
        hot.put(&subject, state(1, 10));
        assert_eq!(hot.get(&subject), Known::State(state(2, 20)));
        hot.put(&subject, state(2, 21));
        hot.put(&subject, state(3, 30));
        assert_eq!(hot.get(&subject), Known::State(state(3, 30)));
    }

    /// Protects C1: a state that was read before a withdrawal ended is not put back after the withdrawal was evicted.
    #[test]
    fn an_old_read_is_not_kept_after_a_write() {
        let hot = HotStates::new(1);
        hot.put(&subject(1), state(1, 10));
        hot.put(&subject(2), state(1, 10));
        let Known::AskDatabase(ticket) = hot.get(&subject(1)) else {
            panic!("the first was evicted");
        };
        hot.put(&subject(1), state(2, 20));
        hot.put(&subject(2), state(2, 20));
        assert!(matches!(hot.get(&subject(1)), Known::AskDatabase(_)));
        assert!(!hot.keep(&subject(1), state(1, 10), ticket));
        let Known::AskDatabase(ticket) = hot.get(&subject(1)) else {
            panic!("the old state was kept");
        };
        assert!(hot.keep(&subject(1), state(2, 20), ticket));
        assert_eq!(hot.get(&subject(1)), Known::State(state(2, 20)));
    }

    /// Protects memory: however many subjects there are, so many are kept, those in use among them. Before the first
    /// is evicted, a subject that is not in memory has no state.
    #[test]
    fn memory_is_bounded_and_what_is_used_stays() {
        let hot = HotStates::new(64 * 4);
        assert_eq!(hot.get(&subject(0)), Known::Nothing);
        for number in 0..=255 {
            hot.put(&subject(number), state(1, 10));
            assert_eq!(hot.get(&subject(0)), Known::State(state(1, 10)));
        }
        assert_eq!(hot.len(), 4);
        let mut other = [0; 16];
        other[8] = 1;
        assert_eq!(hot.get(&SubjectId::from_bytes(other)), Known::Nothing);
    }

    /// Protects the survivor of a merge: the link to it is never evicted, and if there are more links than places, they
    /// all stay.
    #[test]
    fn merged_subjects_stay_in_memory() {
        let hot = HotStates::new(64);
        for number in 0..5 {
            let merged = SubjectState {
                seq: 1,
                merged_into: Some(subject(200)),
                ..SubjectState::default()
            };
            hot.put(&subject(number), Arc::new(merged));
        }
        for number in 100..150 {
            hot.put(&subject(number), state(1, 10));
        }
        assert_eq!(hot.len(), 5);
        assert!((0..5).all(|number| hot.in_memory(&subject(number)).is_some()));
    }

    /// Protects C1 with two restrictive writes of one subject in flight: the end of the first does not end the denial.
    #[test]
    fn checks_are_denied_until_the_last_write_has_ended() {
        let (hot, subject) = (HotStates::new(64), subject(7));
        hot.begin_restrictive(&subject);
        hot.begin_restrictive(&subject);
        hot.end_restrictive(&subject);
        assert!(hot.is_pending(&subject));
        hot.end_restrictive(&subject);
        assert!(!hot.is_pending(&subject));
    }
}
