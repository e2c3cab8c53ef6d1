//! `subject.unrestricted`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    state::{Applied, ApplyContext, SubjectState},
};

/// The restriction is lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectUnrestricted {}

impl EventKind for SubjectUnrestricted {
    const TYPE: &'static str = "subject.unrestricted";

    fn direction(&self) -> Direction {
        Direction::Permissive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(state.lift_restriction(cx))
    }
}
