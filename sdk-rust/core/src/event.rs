//! An event: one submission, one leaf in the log, one `seq`.
//!
//! What happened is an [`EventBody`]: one of the kinds that [`kinds`] lists, each in a file of its own. Every field is
//! typed and an unknown field is an error: a name or a telephone number has nowhere to go.

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
    fold::{batch_order, fold},
    joined::{Joined, JoinedCell, JoinedGuardian, JoinedObjection},
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

/// One submission, in the order that the server gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Order within the subject's stream, from 1. This alone is order.
    pub seq: u64,
    /// When the server received it; Unix milliseconds. Never decreases within a log.
    pub received_at: i64,
    /// When the client says it happened; Unix milliseconds. Evidence, never order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<i64>,
    /// The client's id of the submission.
    pub event_id: EventId,
    /// Who acted.
    pub actor: Actor,
    /// How strongly it is bound to the person.
    #[serde(default)]
    pub assurance: Assurance,
    /// The notice that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How the person expressed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The seq that the client had seen; 0: nothing.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub based_on: u64,
    /// The seqs of the events that the client named in `after`: its own offline queue, at most [`AFTER_EVENTS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_seqs: Vec<u64>,
    /// The browser's signals; `None` where the sender is not a browser or did not say, which changes nothing.
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
    /// When it took effect in the world; Unix milliseconds: `effective_from` where the body has one, else receipt.
    pub fn effective_at(&self) -> i64 {
        self.body.effective_from().unwrap_or(self.received_at)
    }

    /// Whether a question about `as_of`, asked with what was known at `known_at` (both Unix milliseconds), sees it.
    pub fn is_seen(&self, known_at: i64, as_of: i64) -> bool {
        self.received_at <= known_at && self.effective_at() <= as_of
    }
}
