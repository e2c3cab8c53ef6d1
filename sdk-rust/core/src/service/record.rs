//! What an event does when a backend takes it: the next of its subject's stream, judged by the state before it.

use super::UseRejected;
use crate::{
    decide::{self, PurposeLookup, Verdict},
    decision::Outcome,
    event::{Event, EventBody, opening::EventResult},
    position::Position,
    problem::{Problem, ProblemKind},
    reason::Reason,
    state::SubjectState,
    submission::admit,
};

/// An event with its number and time, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The event.
    pub event: Event,
    /// What became of it, and of each of its cells.
    pub results: Vec<EventResult>,
}

/// Takes what a person said: `state` becomes the one after it. `received_at` is the log's time in Unix milliseconds;
/// `after_seqs` are those of [`after_seqs`](super::after_seqs).
///
/// # Errors
/// Those of [`admit`]; then `state` has not changed.
pub fn record(
    purposes: &dyn PurposeLookup,
    state: &mut SubjectState,
    event: &Event,
    received_at: i64,
    after_seqs: Vec<u64>,
) -> Result<Accepted, Problem> {
    let event = Event {
        after_seqs,
        ..numbered(event, state, received_at)
    };
    admit(purposes, state, &event)?;
    let results = state.apply(&event, purposes).results();
    Ok(Accepted { event, results })
}

/// Judges an event of a subject who was erased: nothing is revived, and nothing stands in the way of what restricts
/// (decisions.md 2.7). What passes is answered by [`already_erased`](super::already_erased), and gets no leaf.
///
/// # Errors
/// [`ProblemKind::SubjectErased`] where the event is permissive.
pub fn admit_erased(event: &Event) -> Result<(), Problem> {
    if event.body.direction().is_permissive() {
        return Err(ProblemKind::SubjectErased.into());
    }
    Ok(())
}

/// Spends a consent, if a check for forwarding allows at `received_at` (Unix milliseconds) and rests on that consent:
/// `state` becomes the one after it, and the event says what the check answered.
///
/// # Errors
/// What the check answers instead; then `state` has not changed.
pub fn spend(
    purposes: &dyn PurposeLookup,
    state: &mut SubjectState,
    event: &Event,
    received_at: i64,
) -> Result<Accepted, Box<Verdict>> {
    let event = numbered(event, state, received_at);
    let (verdict, spent) = decide::spend(purposes, state, &event);
    let (EventBody::ConsentUsed(used), Some(spent)) = (&event.body, spent) else {
        return Err(Box::new(verdict));
    };
    let body = EventBody::from(used.clone().allowed_by(&verdict));
    *state = spent;
    let result = EventResult {
        outcome: Outcome::Effective,
        reason: None,
        state: Some(verdict.state),
    };
    Ok(Accepted {
        event: Event { body, ..event },
        results: vec![result],
    })
}

/// What the check answers to the use of a consent of a subject who was erased.
pub fn spend_of_erased(purposes: &dyn PurposeLookup, event: &Event, received_at: i64) -> Verdict {
    let erased = SubjectState {
        erased: true,
        ..SubjectState::default()
    };
    let event = numbered(event, &erased, received_at);
    decide::spend(purposes, &erased, &event).0
}

fn numbered(event: &Event, state: &SubjectState, received_at: i64) -> Event {
    Event {
        seq: state.seq.saturating_add(1),
        received_at,
        ..event.clone()
    }
}

impl UseRejected {
    /// A use that demands a position which the log has lost.
    pub fn token_lost(head: Position) -> Self {
        Self {
            verdict: Verdict::fail_closed(Reason::FailclosedTokenLost),
            position: head,
        }
    }
}
