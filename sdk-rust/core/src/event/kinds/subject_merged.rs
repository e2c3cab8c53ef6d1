//! `subject.merged`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// In the other's stream: from now on the survivor answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectMerged {
    /// The survivor.
    pub into: SubjectId,
}

impl EventKind for SubjectMerged {
    const TYPE: &'static str = "subject.merged";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.merged_into = Some(self.into.clone());
        Applied::whole(Ok(()))
    }
}
