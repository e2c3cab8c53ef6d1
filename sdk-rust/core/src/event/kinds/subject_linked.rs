use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, Joined, NoData, Summary},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// Stands in the survivor's stream: another subject is the same person. The event carries that subject's cells, so that
/// folding the stream needs no other stream. Its seq is [`crate::state::joint_seq`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectLinked {
    /// The merged subject.
    pub from: SubjectId,
    /// The merged subject's state at that moment, as far as it is joined.
    pub joined: Box<Joined>,
}

impl EventKind for SubjectLinked {
    const TYPE: &'static str = "subject.linked";
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
        state.take_in(&self.joined);
        Applied::whole(Ok(()))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("subject_linked").into()
    }
}
