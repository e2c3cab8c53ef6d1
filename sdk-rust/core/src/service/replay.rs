//! What an event's id stands for: one body, for ever (decisions.md 2.4).

use serde_json::{Value, json};

use crate::{
    id::{EventId, SubjectId},
    json::canonical,
    problem::{Problem, ProblemKind},
};

/// What a retry is answered from: `None` for an event that is new, else what is known of the first one. `known` holds the
/// body that was first sent under the event's id, and `body` is what is sent now: both as the backend compares them, such
/// as MACs of the canonical bytes.
///
/// # Errors
/// [`ProblemKind::EventIdReused`] where the body is another one.
pub fn replay_of<B: PartialEq + ?Sized, T>(
    known: Option<(&B, T)>,
    body: &B,
) -> Result<Option<T>, Problem> {
    match known {
        None => Ok(None),
        Some((first, answer)) if first == body => Ok(Some(answer)),
        Some(_) => Err(ProblemKind::EventIdReused.into()),
    }
}

/// The canonical body of a use. Which consent is spent stands in the path: the same body to another one is another use.
pub fn use_body(body: &Value, consent: &EventId) -> Vec<u8> {
    canonical(&json!({"use": body, "consent": consent}))
}

/// The numbers, within the subject's stream, of the events that a submission names in `after`. Events that are unknown,
/// or another subject's, name nothing.
pub fn after_seqs<'k>(
    after: &[EventId],
    subject: &SubjectId,
    known: impl Fn(&EventId) -> Option<(&'k SubjectId, u64)>,
) -> Vec<u64> {
    let known = after.iter().filter_map(known);
    known
        .filter(|(of, _)| *of == subject)
        .map(|(_, seq)| seq)
        .collect()
}
