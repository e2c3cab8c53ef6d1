use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// Stands in the merged subject's stream: from now on the survivor's stream decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectMerged {
    /// The surviving subject.
    pub into: SubjectId,
}

impl EventKind for SubjectMerged {
    const TYPE: &'static str = "subject.merged";
    const VERSION: u8 = 1;
    type Public = NoData;
    type Private = Self;

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn cells(&self) -> Cells<'_> {
        Cells::Every
    }

    fn split(self) -> (Self::Public, Self::Private) {
        (NoData {}, self)
    }

    fn join(_: Self::Public, private: Self::Private) -> Self {
        private
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.merged_into = Some(self.into.clone());
        Applied::whole(Ok(()))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("subject_merged").into()
    }
}
