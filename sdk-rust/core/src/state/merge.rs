//! Merge.

use super::SubjectState;

/// The seq of the event that joins two streams: one past both.
pub fn joint_seq(a: &SubjectState, b: &SubjectState) -> u64 {
    a.seq.max(b.seq).saturating_add(1)
}

/// Two states of one person.
pub fn merge(a: &SubjectState, b: &SubjectState) -> SubjectState {
    let _ = (a, b);
    todo!()
}
