//! `objection.upheld`

use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Direction, EventKind},
    state::{Applied, ApplyContext, ObjectionState, SubjectState},
};

/// The controller accepted an objection (GDPR Art. 21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionUpheld {
    /// The cell that it is about.
    pub cell: CellRef,
}

impl EventKind for ObjectionUpheld {
    const TYPE: &'static str = "objection.upheld";

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.set_objection(cx, &self.cell, ObjectionState::Upheld);
        state.about(cx, &self.cell, Ok(()), true)
    }
}
