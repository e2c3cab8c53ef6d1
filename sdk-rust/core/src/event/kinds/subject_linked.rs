//! `subject.linked`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// In the survivor's stream: another subject turned out to be the same person. The event carries that subject's
/// state, so that the stream folds without reading another; its seq is [`crate::state::joint_seq`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectLinked {
    /// Who was taken in.
    pub from: SubjectId,
    /// Their state at that moment.
    pub state: Box<SubjectState>,
}

impl EventKind for SubjectLinked {
    const TYPE: &'static str = "subject.linked";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.take_in(&self.state);
        Applied::whole(Ok(()))
    }
}
