use serde::{Deserialize, Serialize};

use super::one_or_two;
use crate::{
    event::{Cells, Direction, EventKind, Fact, Summary},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// A guardian no longer decides for the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianUnlinked {
    /// The guardian.
    pub guardian: SubjectId,
    /// Why.
    pub cause: UnlinkCause,
    /// How many persons hold custody from now on; 1 or 2.
    #[serde(deserialize_with = "one_or_two")]
    pub holders: u8,
}

/// Why a guardian was unlinked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnlinkCause {
    /// The custody ended: what the guardian granted counts no more where it was still needed.
    CustodyEnded,
    /// The person never was a guardian: what rests on their grant never was valid.
    LinkWrong,
}

impl UnlinkCause {
    /// The name in the log and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CustodyEnded => "custody_ended",
            Self::LinkWrong => "link_wrong",
        }
    }
}

/// The public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlinkedWhy {
    cause: UnlinkCause,
}

/// The private data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlinkedWho {
    guardian: SubjectId,
    #[serde(deserialize_with = "one_or_two")]
    holders: u8,
}

impl EventKind for GuardianUnlinked {
    const TYPE: &'static str = "guardian.unlinked";
    const VERSION: u8 = 1;
    type Public = UnlinkedWhy;
    type Private = UnlinkedWho;

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
        let why = UnlinkedWhy { cause: self.cause };
        let who = UnlinkedWho {
            guardian: self.guardian,
            holders: self.holders,
        };
        (why, who)
    }

    fn join(why: Self::Public, who: Self::Private) -> Self {
        Self {
            guardian: who.guardian,
            cause: why.cause,
            holders: who.holders,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(state.unlink_guardian(cx, &self.guardian, self.cause, self.holders))
    }

    fn summary(why: &Self::Public) -> Summary {
        Fact::plain("guardian_unlinked")
            .with("cause", why.cause.as_str())
            .into()
    }
}
