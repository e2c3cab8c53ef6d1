use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    state::{Applied, ApplyContext, SubjectState},
};

/// The controller lifted the restriction of processing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectUnrestricted {}

impl EventKind for SubjectUnrestricted {
    const TYPE: &'static str = "subject.unrestricted";
    const VERSION: u8 = 1;
    type Public = NoData;
    type Private = NoData;

    fn direction(&self) -> Direction {
        Direction::Permissive
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
        Applied::whole(state.lift_restriction(cx))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("unrestricted").into()
    }
}
