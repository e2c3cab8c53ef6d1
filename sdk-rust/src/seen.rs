//! What a client remembers of its server's answers: the newest event of a subject, subjects by identifier, and notices
//! by site. Each memory is bounded, and forgetting costs a request or a question, never a wrong allow.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use samtycke_core::id::{SiteId, SubjectId};
use samtycke_core::wire::{NoticeDocument, SubjectResponse};

use crate::clock::Moment;
use crate::sync::{Mutex, lock};

/// Entries of one generation; a memory holds two. Some 100 bytes for a number and 400 for a subject.
const GENERATION: usize = 5_000;
/// How long a subject is taken from memory. A person who was erased and signs up again has another subject.
const SUBJECT_LIFE: Duration = Duration::from_mins(5);

/// A bounded map. When the young generation is full it becomes the old one, and what the old one held is forgotten.
#[derive(Debug)]
struct Memory<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K: Eq + Hash, V: Clone> Memory<K, V> {
    fn new() -> Self {
        Self {
            young: HashMap::new(),
            old: HashMap::new(),
        }
    }

    fn get(&self, key: &K) -> Option<V> {
        self.young.get(key).or_else(|| self.old.get(key)).cloned()
    }

    fn put(&mut self, key: K, value: V) {
        if self.young.len() >= GENERATION && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }

    fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
    }
}

/// The memories of a client and its clones.
pub(crate) struct Seen {
    seqs: Mutex<Memory<SubjectId, u64>>,
    subjects: Mutex<Memory<String, (SubjectResponse, Moment)>>,
    notices: Mutex<Memory<SiteId, Arc<NoticeDocument>>>,
}

impl Seen {
    pub(crate) fn new() -> Self {
        Self {
            seqs: Mutex::new(Memory::new()),
            subjects: Mutex::new(Memory::new()),
            notices: Mutex::new(Memory::new()),
        }
    }

    /// The number of the newest event that an answer has shown of the subject; 0 if none has.
    pub(crate) fn seq(&self, subject: &SubjectId) -> u64 {
        lock(&self.seqs).get(subject).unwrap_or(0)
    }

    /// An answer showed the subject's events up to this number.
    pub(crate) fn saw(&self, subject: &SubjectId, seq: u64) {
        let mut seqs = lock(&self.seqs);
        if seqs.get(subject).unwrap_or(0) < seq {
            seqs.put(subject.clone(), seq);
        }
    }

    /// The subject of an identifier's HMAC, if it was resolved within the last five minutes.
    pub(crate) fn subject(&self, hmac: &String, now: Moment) -> Option<SubjectResponse> {
        let (subject, at) = lock(&self.subjects).get(hmac)?;
        (now.since(at) < SUBJECT_LIFE).then_some(subject)
    }

    pub(crate) fn resolved(&self, hmac: String, subject: SubjectResponse, at: Moment) {
        lock(&self.subjects).put(hmac, (subject, at));
    }

    /// Somebody was erased: who it was may have another subject now.
    pub(crate) fn forget_subjects(&self) {
        lock(&self.subjects).clear();
    }

    pub(crate) fn notice(&self, site: &SiteId) -> Option<Arc<NoticeDocument>> {
        lock(&self.notices).get(site)
    }

    pub(crate) fn shown(&self, site: SiteId, notice: Arc<NoticeDocument>) {
        lock(&self.notices).put(site, notice);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(number: usize) -> SubjectId {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        SubjectId::from_bytes(bytes)
    }

    #[test]
    fn the_newest_seen_event_counts_and_memory_is_bounded() {
        let seen = Seen::new();
        assert_eq!(seen.seq(&subject(0)), 0);
        seen.saw(&subject(0), 7);
        seen.saw(&subject(0), 3);
        assert_eq!(seen.seq(&subject(0)), 7);
        for number in 1..=2 * GENERATION {
            seen.saw(&subject(number), 1);
        }
        assert_eq!(seen.seq(&subject(0)), 0, "forgotten: 0 is safe");
        assert_eq!(seen.seq(&subject(2 * GENERATION)), 1);
        let seqs = lock(&seen.seqs);
        assert!(seqs.young.len() <= GENERATION && seqs.old.len() <= GENERATION);
    }
}
