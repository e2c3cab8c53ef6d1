//! Answers that may be used again: a yes for as long as its `rely_ms` says and no longer, and never one that was asked for
//! before this process itself heard a no. Its tests stand apart, because `tests/interleavings_guard.rs` takes this file as it is.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use samtycke_core::decide::Op;
use samtycke_core::id::{PurposeId, SubjectId};
use samtycke_core::scope::Scope;

use crate::sync::{AtomicU64, Mutex, Ordering, lock};

/// Counters of noes; a subject has one of them, and shares it. Sharing only costs a question.
const COUNTERS: usize = 1_024;
/// Answers kept; some 300 bytes each, so 3 MiB.
pub(crate) const ANSWERS_MAX: usize = 10_000;

/// What is asked, as far as an answer can be used again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) subject: SubjectId,
    pub(crate) purpose: PurposeId,
    pub(crate) scope: Scope,
    pub(crate) op: Op,
}

/// How many noes had been heard when something was asked. What was asked before the last of them says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heard(u64);

/// The answers, and the noes that this process has heard. `A` is an answer; whether one still lives its keeper knows.
#[derive(Debug)]
pub(crate) struct Reuse<A> {
    pub(crate) answers: Mutex<HashMap<Key, Kept<A>>>,
    noes: Vec<AtomicU64>,
    hasher: RandomState,
    is_on: bool,
}

#[derive(Debug)]
pub(crate) struct Kept<A> {
    answer: A,
    heard: Heard,
}

impl<A: Clone> Reuse<A> {
    pub(crate) fn new(is_on: bool) -> Self {
        Self {
            answers: Mutex::new(HashMap::new()),
            noes: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
            is_on,
        }
    }

    /// To be called before a question is sent, and kept with its answer.
    pub(crate) fn heard(&self, subject: &SubjectId) -> Heard {
        let counter = self.counter(subject);
        Heard(counter.map_or(0, |counter| counter.load(Ordering::SeqCst)))
    }

    /// A no is about to be sent, or was just acknowledged: whatever was asked for before says nothing any more.
    pub(crate) fn hear_no(&self, subject: &SubjectId) {
        if let Some(counter) = self.counter(subject) {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// An answer that may still be used.
    pub(crate) fn get(&self, key: &Key, lives: impl FnOnce(&A) -> bool) -> Option<A> {
        if !self.is_on {
            return None;
        }
        let heard = self.heard(&key.subject);
        let mut answers = lock(&self.answers);
        let kept = answers.get(key)?;
        if kept.heard == heard && lives(&kept.answer) {
            return Some(kept.answer.clone());
        }
        answers.remove(key);
        None
    }

    /// Keeps an answer, unless a no was heard since it was asked for.
    pub(crate) fn keep(&self, key: Key, answer: A, heard: Heard, lives: impl Fn(&A) -> bool) {
        if !self.is_on || !lives(&answer) || self.heard(&key.subject) != heard {
            return;
        }
        let mut answers = lock(&self.answers);
        if answers.len() >= ANSWERS_MAX {
            answers.retain(|_, kept| lives(&kept.answer));
        }
        // Still full: this one is asked for again the next time, which is never wrong.
        if answers.len() < ANSWERS_MAX || answers.contains_key(&key) {
            answers.insert(key, Kept { answer, heard });
        }
    }

    fn counter(&self, subject: &SubjectId) -> Option<&AtomicU64> {
        let hash = self.hasher.hash_one(subject);
        let at = usize::try_from(hash % COUNTERS as u64).ok()?;
        self.noes.get(at)
    }
}
