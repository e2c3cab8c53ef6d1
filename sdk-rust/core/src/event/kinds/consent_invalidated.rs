use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Cells, Direction, EventKind, Since, Summary},
    state::{Applied, ApplyContext, CellState, SubjectState},
};

/// The consent was never valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentInvalidated {
    /// The affected cell.
    pub cell: CellRef,
    /// When the consent became invalid; Unix milliseconds. Absent: on receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}

impl EventKind for ConsentInvalidated {
    const TYPE: &'static str = "consent.invalidated";
    const VERSION: u8 = 1;
    type Public = CellRef;
    type Private = Since;

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        self.effective_from
    }

    fn cells(&self) -> Cells<'_> {
        Cells::one(&self.cell)
    }

    fn split(self) -> (Self::Public, Self::Private) {
        let effective_from = self.effective_from;
        (self.cell, Since { effective_from })
    }

    fn join(cell: Self::Public, private: Self::Private) -> Self {
        Self {
            cell,
            effective_from: private.effective_from,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.end_consent(cx, &self.cell, CellState::Invalidated);
        state.about(cx, &self.cell, Ok(()), false)
    }

    fn summary(cell: &Self::Public) -> Summary {
        Summary::of_cell("invalidated", cell)
    }
}
