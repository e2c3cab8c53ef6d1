//! `subject.erased`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    state::{Applied, ApplyContext, SubjectState},
};

/// The subject was erased (GDPR Art. 17): restrictive, for every cell, for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectErased {}

impl EventKind for SubjectErased {
    const TYPE: &'static str = "subject.erased";

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.erase(cx);
        Applied::whole(Ok(()))
    }
}
