//! `guardian.declined`

use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Direction, EventKind},
    id::SubjectId,
    state::{Applied, ApplyContext, Refusal, SubjectState},
};

/// A guardian refused for the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianDeclined {
    /// The guardian.
    pub guardian: SubjectId,
    /// The cell that it is about.
    pub cell: CellRef,
}

impl EventKind for GuardianDeclined {
    const TYPE: &'static str = "guardian.declined";

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        let result = state.guardian_refusal(cx, &self.cell, Refusal::Declined);
        state.about(cx, &self.cell, result, false)
    }
}
