use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::ScopeValue,
    state::{Applied, ApplyContext, SubjectState},
};

/// Processing of every cell is restricted (GDPR Art. 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRestricted {
    /// The code of the cause in the tenant's own list; no free text.
    pub cause: ScopeValue,
}

impl EventKind for SubjectRestricted {
    const TYPE: &'static str = "subject.restricted";
    const VERSION: u8 = 1;
    type Public = Self;
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
        (self, NoData {})
    }

    fn join(public: Self::Public, _: Self::Private) -> Self {
        public
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.restricted = Some(cx.seq);
        state.restrictive.push(cx.seq);
        Applied::whole(Ok(()))
    }

    fn summary(public: &Self::Public) -> Summary {
        Fact::plain("restricted")
            .with("cause", public.cause.as_str())
            .into()
    }
}
