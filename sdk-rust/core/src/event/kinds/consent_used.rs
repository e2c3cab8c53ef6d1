//! `consent.used`

use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Direction, EventKind},
    id::EventId,
    state::{Applied, ApplyContext, SubjectState},
};

/// A single-use consent was spent; compare-and-set on the grant that it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentUsed {
    /// The cell that it is about.
    pub cell: CellRef,
    /// The event that gave the consent.
    pub consent: EventId,
}

impl EventKind for ConsentUsed {
    const TYPE: &'static str = "consent.used";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        let result = state.spend(&self.cell, &self.consent);
        state.about(cx, &self.cell, result, false)
    }
}
