//! `terms.accepted`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    id::NoticeHash,
    state::{Applied, ApplyContext, SubjectState},
};

/// Terms were accepted. That is no consent (GDPR Art. 7(2)), so it changes no cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsAccepted {
    /// The terms' content address.
    pub terms: NoticeHash,
}

impl EventKind for TermsAccepted {
    const TYPE: &'static str = "terms.accepted";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, _: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        Applied::whole(Ok(()))
    }
}
