//! Apply.

use serde::{Deserialize, Serialize};

use super::{StateWord, SubjectState};
use crate::{
    decide::PurposeLookup,
    decision::{Outcome, SupersededReason},
    event::Event,
    id::PurposeId,
    scope::Scope,
};

/// A grant that arrives longer than this after it was made does not act; ms: 30 days.
pub const LATE_GRANT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// What became of one decision; the shape is that of the answer to `POST /v1/consents`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionResult {
    /// About which purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Where the cell, or its objection, stands now.
    pub state: StateWord,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was superseded, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
}

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What became of it as a whole: superseded if every part of it was.
    pub outcome: Outcome,
    /// Why it was superseded, where it was.
    pub reason: Option<SupersededReason>,
    /// What became of each decision, in the event's order; one for an act about a single cell, none for others.
    pub decisions: Vec<DecisionResult>,
}

impl SubjectState {
    /// Applies the next event of the subject's stream. Total: it never fails, and an event that must not act leaves
    /// nothing but its seq.
    pub fn apply(&mut self, event: &Event, purposes: &dyn PurposeLookup) -> Applied {
        let _ = (event, purposes);
        todo!()
    }
}

/// The state that a whole stream, in order, leads to.
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
