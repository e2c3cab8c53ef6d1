use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, Joined, Summary},
    id::{ScopeValue, SubjectId},
    state::{Applied, ApplyContext, SubjectState},
};

/// The two subjects are different people after all. In the merged subject's stream the event carries the survivor's
/// cells, because a refusal recorded in the meantime may have been that subject's. In the survivor's stream it carries
/// none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectUnmerged {
    /// The other subject.
    pub from: SubjectId,
    /// The survivor's state at that moment, as far as it is joined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<Box<Joined>>,
    /// The code of the cause in the tenant's own list; no free text.
    pub cause: ScopeValue,
}

/// The public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnmergedWhy {
    cause: ScopeValue,
}

/// The private data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnmergedWho {
    from: SubjectId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    joined: Option<Box<Joined>>,
}

impl EventKind for SubjectUnmerged {
    const TYPE: &'static str = "subject.unmerged";
    const VERSION: u8 = 1;
    type Public = UnmergedWhy;
    type Private = UnmergedWho;

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
        let why = UnmergedWhy { cause: self.cause };
        let who = UnmergedWho {
            from: self.from,
            joined: self.joined,
        };
        (why, who)
    }

    fn join(why: Self::Public, who: Self::Private) -> Self {
        Self {
            from: who.from,
            joined: who.joined,
            cause: why.cause,
        }
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.merged_into = None;
        if let Some(survivor) = &self.joined {
            state.take_in(survivor);
        }
        Applied::whole(Ok(()))
    }

    fn summary(why: &Self::Public) -> Summary {
        Fact::plain("subject_unmerged")
            .with("cause", why.cause.as_str())
            .into()
    }
}
