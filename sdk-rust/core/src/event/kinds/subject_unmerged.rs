//! `subject.unmerged`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// The two were not the same person after all. In the stream of the one who was taken in it carries the survivor's
/// state, since a refusal made meanwhile may have been theirs; in the survivor's it carries none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectUnmerged {
    /// The other one.
    pub from: SubjectId,
    /// The survivor's state at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Box<SubjectState>>,
}

impl EventKind for SubjectUnmerged {
    const TYPE: &'static str = "subject.unmerged";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.merged_into = None;
        if let Some(survivor) = &self.state {
            state.take_in(survivor);
        }
        Applied::whole(Ok(()))
    }
}
