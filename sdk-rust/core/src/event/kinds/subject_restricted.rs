//! `subject.restricted`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    state::{Applied, ApplyContext, SubjectState},
};

/// Processing is restricted (GDPR Art. 18), for every cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRestricted {}

impl EventKind for SubjectRestricted {
    const TYPE: &'static str = "subject.restricted";

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.restricted = true;
        state.restrictive.push(cx.seq);
        Applied::whole(Ok(()))
    }
}
