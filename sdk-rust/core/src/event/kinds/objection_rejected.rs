//! `objection.rejected`

use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Direction, EventKind},
    id::ScopeValue,
    state::{Applied, ApplyContext, SubjectState},
};

/// The controller has compelling grounds to go on (GDPR Art. 21(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionRejected {
    /// The cell that it is about.
    pub cell: CellRef,
    /// A code of the grounds in the tenant's own list; no free text.
    pub grounds: ScopeValue,
}

impl EventKind for ObjectionRejected {
    const TYPE: &'static str = "objection.rejected";

    fn direction(&self) -> Direction {
        Direction::Permissive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        let result = state.reject_objection(cx, &self.cell);
        state.about(cx, &self.cell, result, true)
    }
}
