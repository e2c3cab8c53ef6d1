//! Verdicts that may be reused: an allow within its `rely_ms`, if it was requested after the last withdrawal that this
//! process made. The tests are in a file beside it, because `tests/interleavings_guard.rs` compiles this file as it is.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use samtycke_core::decide::Op;
use samtycke_core::id::{PurposeId, SubjectId};
use samtycke_core::scope::Scope;

use crate::sync::{AtomicU64, Mutex, Ordering, lock};

/// Counters of withdrawals. Subjects share them; sharing costs an extra check at most.
const COUNTERS: usize = 1_024;
/// The number of verdicts kept; some 300 bytes each, so 3 MiB.
pub(crate) const ANSWERS_MAX: usize = 10_000;

/// The key of a check whose verdict can be reused.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) subject: SubjectId,
    pub(crate) purpose: PurposeId,
    pub(crate) scope: Scope,
    pub(crate) op: Op,
}

/// The number of withdrawals at the time of a check. A verdict from before the last one is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heard(u64);

/// The verdicts, and the withdrawals of this process. `A` is a verdict; the caller decides whether it still lives.
#[derive(Debug)]
pub(crate) struct Reuse<A> {
    pub(crate) answers: Mutex<HashMap<Key, Kept<A>>>,
    withdrawals: Vec<AtomicU64>,
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
            withdrawals: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
            is_on,
        }
    }

    /// Call this before a check is sent, and keep the result with its verdict.
    pub(crate) fn heard(&self, subject: &SubjectId) -> Heard {
        let counter = self.counter(subject);
        Heard(counter.map_or(0, |counter| counter.load(Ordering::SeqCst)))
    }

    /// A withdrawal is about to be sent, or was acknowledged: verdicts requested before it no longer count.
    pub(crate) fn hear_withdrawal(&self, subject: &SubjectId) {
        if let Some(counter) = self.counter(subject) {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// A verdict that may still be used.
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

    /// Keeps a verdict, unless a withdrawal came after its check.
    pub(crate) fn keep(&self, key: Key, answer: A, heard: Heard, lives: impl Fn(&A) -> bool) {
        if !self.is_on || !lives(&answer) || self.heard(&key.subject) != heard {
            return;
        }
        let mut answers = lock(&self.answers);
        if answers.len() >= ANSWERS_MAX {
            answers.retain(|_, kept| lives(&kept.answer));
        }
        // The store is still full: this check is sent again the next time, which is always correct.
        if answers.len() < ANSWERS_MAX || answers.contains_key(&key) {
            answers.insert(key, Kept { answer, heard });
        }
    }

    fn counter(&self, subject: &SubjectId) -> Option<&AtomicU64> {
        let hash = self.hasher.hash_one(subject);
        let at = usize::try_from(hash % COUNTERS as u64).ok()?;
        self.withdrawals.get(at)
    }
}
