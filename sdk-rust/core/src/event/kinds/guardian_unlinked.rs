//! `guardian.unlinked`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// Custody ended, or the link was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianUnlinked {
    /// The guardian.
    pub guardian: SubjectId,
}

impl EventKind for GuardianUnlinked {
    const TYPE: &'static str = "guardian.unlinked";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.unlink_guardian(&self.guardian);
        Applied::whole(Ok(()))
    }
}
