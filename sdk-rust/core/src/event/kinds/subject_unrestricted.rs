use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::ScopeValue,
    state::{Applied, ApplyContext, SubjectState},
};

/// The controller lifted the restriction of processing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectUnrestricted {
    /// The code of the cause in the tenant's own list; no free text.
    pub cause: ScopeValue,
}

impl EventKind for SubjectUnrestricted {
    const TYPE: &'static str = "subject.unrestricted";
    const VERSION: u8 = 1;
    type Public = Self;
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
        (self, NoData {})
    }

    fn join(public: Self::Public, _: Self::Private) -> Self {
        public
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(state.lift_restriction(cx))
    }

    fn summary(public: &Self::Public) -> Summary {
        Fact::plain("unrestricted")
            .with("cause", public.cause.as_str())
            .into()
    }
}
