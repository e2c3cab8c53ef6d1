//! Which verdicts are reused.

use samtycke_core::decide::Op;
use samtycke_core::id::SubjectId;
use samtycke_core::scope::Scope;

use crate::reuse::*;
use crate::sync::lock;

/// A verdict that lives until then.
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

/// Protects C7: an allow is reused only within its time, and only for its own subject and check.
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

/// A person's own withdrawal is in force at once in the process that made it, also against a verdict that was on its
/// way.
#[test]
fn a_verdict_from_before_a_withdrawal_is_not_reused() {
    let reuse = Reuse::new(true);
    let heard = reuse.heard(&key(1).subject);
    keep(&reuse, key(1), heard);
    reuse.hear_withdrawal(&key(1).subject);
    assert_eq!(get(&reuse, &key(1), 0), None);
    keep(&reuse, key(1), heard);
    assert_eq!(get(&reuse, &key(1), 0), None, "it was on its way");
}

#[test]
fn reuse_keeps_nothing_when_off_and_is_bounded_when_on() {
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
