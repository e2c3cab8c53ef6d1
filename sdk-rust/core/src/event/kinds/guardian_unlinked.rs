use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// Custody ended, or the link was an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianUnlinked {
    /// The guardian.
    pub guardian: SubjectId,
}

impl EventKind for GuardianUnlinked {
    const TYPE: &'static str = "guardian.unlinked";
    const VERSION: u8 = 1;
    type Public = NoData;
    type Private = Self;

    fn direction(&self) -> Direction {
        Direction::Neutral
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
        state.unlink_guardian(&self.guardian);
        Applied::whole(Ok(()))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("guardian_unlinked").into()
    }
}
