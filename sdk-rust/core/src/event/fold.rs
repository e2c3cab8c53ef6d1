//! Folds a stream of events into a subject's state (decisions.md 2 and 3).
//!
//! Restrictive events take effect on receipt. Permissive events are compare-and-set: they take effect only if the
//! sender had seen every earlier restrictive event.

use super::{Event, EventBody};
use crate::{
    decide::PurposeLookup,
    state::{Applied, ApplyContext, SubjectState},
};

/// Folds a whole stream, in order.
pub fn fold<'a>(
    events: impl IntoIterator<Item = &'a Event>,
    purposes: &dyn PurposeLookup,
) -> SubjectState {
    let mut state = SubjectState::default();
    for event in events {
        state.apply(event, purposes);
    }
    state
}

/// The registers that were live, by time.
pub trait RegisterHistory {
    /// The register and the notices that were live when the server received something at this time, in Unix
    /// milliseconds.
    fn at(&self, received_at: i64) -> &dyn PurposeLookup;
}

/// Folds a whole stream, in order, each event by the register of its receipt (E17). A state that was recorded event by
/// event is the same, whatever the register became since.
pub fn fold_by_history<'a>(
    events: impl IntoIterator<Item = &'a Event>,
    registers: &dyn RegisterHistory,
) -> SubjectState {
    let mut state = SubjectState::default();
    for event in events {
        state.apply(event, registers.at(event.received_at));
    }
    state
}

impl SubjectState {
    /// Applies the next event of the subject's stream. It never fails; an event that does not take effect permits
    /// nothing. `purposes` is the register that was live when the server received the event.
    pub fn apply(&mut self, event: &Event, purposes: &dyn PurposeLookup) -> Applied {
        self.seq = self.seq.max(event.seq);
        self.at = self.at.max(event.received_at);
        if self.erased {
            return event.body.apply_to_erased();
        }
        let cx = ApplyContext {
            seq: event.seq,
            received_at: event.received_at,
            occurred_at: event.occurred_at,
            effective_at: event.effective_at(),
            event_id: &event.event_id,
            actor: &event.actor,
            assurance: event.assurance,
            notice: event.notice.as_ref(),
            method: event.method,
            based_on: event.based_on,
            after_seqs: &event.after_seqs,
            signals: event.signals,
            purposes,
        };
        self.note_signals(&cx);
        event.body.apply(self, &cx)
    }
}

/// The order in which a batch is applied: restrictive events first, otherwise the order of receipt (decisions.md 2.5).
/// Returns indexes into `bodies`.
pub fn batch_order(bodies: &[&EventBody]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    order.sort_by_key(|&i| !bodies[i].direction().is_restrictive());
    order
}
