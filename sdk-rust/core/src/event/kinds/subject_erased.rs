use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    state::{Applied, ApplyContext, SubjectState},
};

/// The subject was erased (GDPR Art. 17). The event restricts every cell permanently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectErased {}

impl EventKind for SubjectErased {
    const TYPE: &'static str = "subject.erased";
    const VERSION: u8 = 1;
    type Public = NoData;
    type Private = NoData;

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
        (NoData {}, NoData {})
    }

    fn join(_: Self::Public, _: Self::Private) -> Self {
        Self {}
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.erase(cx);
        Applied::whole(Ok(()))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("erased").into()
    }
}
