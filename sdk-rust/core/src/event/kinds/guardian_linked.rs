use serde::{Deserialize, Serialize};

use super::one_or_two;
use crate::{
    actor::Verification,
    event::{Cells, Direction, EventKind, Fact, Summary},
    id::SubjectId,
    state::{Applied, ApplyContext, SubjectState},
};

/// The controller verified that a person holds parental responsibility for the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianLinked {
    /// The guardian.
    pub guardian: SubjectId,
    /// How the controller verified it.
    pub verification: Verification,
    /// How many persons hold custody; 1 or 2.
    #[serde(deserialize_with = "one_or_two")]
    pub holders: u8,
}

/// The public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkedHow {
    verification: Verification,
}

/// The private data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkedWho {
    guardian: SubjectId,
    #[serde(deserialize_with = "one_or_two")]
    holders: u8,
}

impl EventKind for GuardianLinked {
    const TYPE: &'static str = "guardian.linked";
    const VERSION: u8 = 1;
    type Public = LinkedHow;
    type Private = LinkedWho;

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
        let how = LinkedHow {
            verification: self.verification,
        };
        let who = LinkedWho {
            guardian: self.guardian,
            holders: self.holders,
        };
        (how, who)
    }

    fn join(how: Self::Public, who: Self::Private) -> Self {
        Self {
            guardian: who.guardian,
            verification: how.verification,
            holders: who.holders,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.link_guardian(cx, &self.guardian, self.verification, self.holders);
        Applied::whole(Ok(()))
    }

    fn summary(how: &Self::Public) -> Summary {
        Fact::plain("guardian_linked")
            .with("verification", how.verification.as_str())
            .into()
    }
}
