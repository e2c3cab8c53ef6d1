//! An event: one submission, one leaf in the log, one `seq`.
//!
//! An [`EventBody`] states what happened. Its kind is one of those in [`kinds`], each in its own file. Every field is
//! typed and an unknown field is an error, so an event has no place for a name or a telephone number.

mod cells;
mod fold;
mod joined;
pub mod kind;
pub mod kinds;
pub mod opening;
mod summary;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use self::{
    cells::{Cells, NamedCell},
    fold::{RegisterHistory, batch_order, fold, fold_by_history},
    joined::{Joined, JoinedCell, JoinedGuardian, JoinedObjection, JoinedRefusal},
    kind::{Direction, EventKind, NoData, Since},
    kinds::EventBody,
    summary::{Fact, Summary},
};
pub use crate::{
    actor::{Actor, Role, Verification},
    cell_ref::CellRef,
    state::AFTER_EVENTS_MAX,
};
use crate::{
    decision::{Method, Signals},
    id::{EventId, Language, NoticeHash},
    purpose::Assurance,
};

/// One submission, with the sequence number and time that the server assigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The position in the subject's stream, from 1. Only this field defines the order.
    pub seq: u64,
    /// When the server received it; Unix milliseconds. It never decreases within a log.
    pub received_at: i64,
    /// When it happened, by the client's account; Unix milliseconds. It is evidence and never defines the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<i64>,
    /// The client's id of the submission.
    pub event_id: EventId,
    /// The actor.
    pub actor: Actor,
    /// How strongly the event is bound to the person.
    #[serde(default)]
    pub assurance: Assurance,
    /// The notice that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// The language of the notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How the person expressed the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The last seq that the client had seen; 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub based_on: u64,
    /// The seqs of the events that the client named in `after`: its own offline queue, at most [`AFTER_EVENTS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_seqs: Vec<u64>,
    /// The browser's signals; `None` if the sender is not a browser or sent none, which changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// What happened.
    #[serde(rename = "act")]
    pub body: EventBody,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn is_zero(value: &u64) -> bool {
    *value == 0
}

impl Event {
    /// When the event takes effect; Unix milliseconds: `effective_from` if the body has one, otherwise the time of
    /// receipt.
    pub fn effective_at(&self) -> i64 {
        self.body.effective_from().unwrap_or(self.received_at)
    }

    /// Whether a query for the time `as_of`, with the knowledge of `known_at` (both Unix milliseconds), includes the
    /// event.
    pub fn is_seen(&self, known_at: i64, as_of: i64) -> bool {
        self.received_at <= known_at && self.effective_at() <= as_of
    }
}
