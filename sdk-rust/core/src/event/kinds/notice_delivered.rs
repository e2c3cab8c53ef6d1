//! `notice.delivered`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    id::{NoticeHash, PurposeId},
    state::{Applied, ApplyContext, SubjectState},
};

/// The person was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeDelivered {
    /// What they were shown or sent.
    pub notice: NoticeHash,
    /// The purposes that it spoke of.
    pub purposes: Vec<PurposeId>,
}

impl EventKind for NoticeDelivered {
    const TYPE: &'static str = "notice.delivered";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.deliver(&self.notice, &self.purposes);
        Applied::whole(Ok(()))
    }
}
