use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Cells, Direction, EventKind, NoData, Summary},
    state::{Applied, ApplyContext, SubjectState},
};

/// The controller accepted an objection (GDPR Art. 21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionUpheld {
    /// The affected cell.
    pub cell: CellRef,
}

impl EventKind for ObjectionUpheld {
    const TYPE: &'static str = "objection.upheld";
    const VERSION: u8 = 1;
    type Public = CellRef;
    type Private = NoData;

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn cells(&self) -> Cells<'_> {
        Cells::one(&self.cell)
    }

    fn split(self) -> (Self::Public, Self::Private) {
        (self.cell, NoData {})
    }

    fn join(cell: Self::Public, _: Self::Private) -> Self {
        Self { cell }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.uphold_objection(cx, &self.cell);
        state.about(cx, &self.cell, Ok(()), true)
    }

    fn summary(cell: &Self::Public) -> Summary {
        Summary::of_cell("upheld", cell)
    }
}
