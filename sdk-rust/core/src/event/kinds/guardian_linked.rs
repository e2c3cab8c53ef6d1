//! `guardian.linked`

use serde::{Deserialize, Serialize};

use crate::{
    actor::Verification,
    event::{Direction, EventKind},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// A person was found to hold parental responsibility for the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianLinked {
    /// The guardian.
    pub guardian: SubjectId,
    /// How that was verified.
    pub verification: Verification,
}

impl EventKind for GuardianLinked {
    const TYPE: &'static str = "guardian.linked";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.link_guardian(&self.guardian, self.verification);
        Applied::whole(Ok(()))
    }
}
