//! `guardian.authorised`

use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Direction, EventKind},
    id::SubjectId,
    state::{Applied, ApplyContext, Grant, SubjectState},
};

/// A guardian consented for the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianAuthorised {
    /// The guardian.
    pub guardian: SubjectId,
    /// The cell that it is about.
    pub cell: CellRef,
    /// A statement of its own (GDPR Art. 9(2)(a)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explicit: bool,
}

impl EventKind for GuardianAuthorised {
    const TYPE: &'static str = "guardian.authorised";

    fn direction(&self) -> Direction {
        Direction::Permissive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        let grant = Grant {
            renewed: false,
            explicit: self.explicit,
            gpc_acknowledged: false,
        };
        let purpose = cx.purposes.purpose(&self.cell.purpose);
        let result = state.guardian_grant(cx, &self.guardian, &self.cell, &grant, purpose);
        state.about(cx, &self.cell, result, false)
    }
}
