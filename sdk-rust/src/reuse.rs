//! Answers that may be used again: a yes for as long as its `rely_ms` says and no longer, and never one that was asked for
//! before this process itself heard a no.

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
const ANSWERS_MAX: usize = 10_000;

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
    answers: Mutex<HashMap<Key, Kept<A>>>,
    noes: Vec<AtomicU64>,
    hasher: RandomState,
    is_on: bool,
}

#[derive(Debug)]
struct Kept<A> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer that lives until then.
    type Until = u64;

    fn key(subject: u8) -> Key {
        Key {
            subject: SubjectId::from_bytes([subject; 16]),
            purpose: "example.news".parse().unwrap(),
            scope: Scope::None,
            op: Op::Process,
        }
    }

    fn get(reuse: &Reuse<Until>, key: &Key, now: u64) -> Option<Until> {
        reuse.get(key, |until| now < *until)
    }

    fn keep(reuse: &Reuse<Until>, key: Key, heard: Heard) {
        reuse.keep(key, 5_000, heard, |until| *until > 0);
    }

    /// Protects C7: a yes is used for as long as its answer says, and for nobody else and nothing else.
    #[test]
    fn an_answer_is_used_until_its_time_and_for_its_question_only() {
        let reuse = Reuse::new(true);
        keep(&reuse, key(1), reuse.heard(&key(1).subject));
        assert_eq!(get(&reuse, &key(1), 4_999), Some(5_000));
        assert_eq!(get(&reuse, &key(2), 0), None);
        let other = Key {
            op: Op::Read,
            ..key(1)
        };
        assert_eq!(get(&reuse, &other, 0), None);
        assert_eq!(get(&reuse, &key(1), 5_000), None);
        assert_eq!(get(&reuse, &key(1), 0), None, "what has ended is forgotten");
    }

    /// Protects that a person's own no is in force at once in the process that heard it, also against an answer that was
    /// on its way meanwhile.
    #[test]
    fn nothing_that_was_asked_before_a_no_is_used_after_it() {
        let reuse = Reuse::new(true);
        let heard = reuse.heard(&key(1).subject);
        keep(&reuse, key(1), heard);
        reuse.hear_no(&key(1).subject);
        assert_eq!(get(&reuse, &key(1), 0), None);
        keep(&reuse, key(1), heard);
        assert_eq!(get(&reuse, &key(1), 0), None, "it was on its way");
    }

    #[test]
    fn nothing_is_kept_where_reuse_is_off_and_there_is_an_end_to_it_where_it_is_on() {
        let off = Reuse::new(false);
        keep(&off, key(1), off.heard(&key(1).subject));
        assert_eq!(get(&off, &key(1), 0), None);

        let on = Reuse::new(true);
        for i in 0..ANSWERS_MAX + 10 {
            let mut bytes = [0; 16];
            bytes[..8].copy_from_slice(&i.to_le_bytes());
            let key = Key {
                subject: SubjectId::from_bytes(bytes),
                ..key(0)
            };
            let heard = on.heard(&key.subject);
            keep(&on, key, heard);
        }
        assert_eq!(lock(&on.answers).len(), ANSWERS_MAX);
    }
}
