//! `consent.revoked`

use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Direction, EventKind},
    state::{Applied, ApplyContext, CellState, SubjectState},
};

/// The controller takes the consent out of use; past processing stays lawful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentRevoked {
    /// The cell that it is about.
    pub cell: CellRef,
}

impl EventKind for ConsentRevoked {
    const TYPE: &'static str = "consent.revoked";

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.end_consent(cx, &self.cell, CellState::Revoked);
        state.about(cx, &self.cell, Ok(()), false)
    }
}
