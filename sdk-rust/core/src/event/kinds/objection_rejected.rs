use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::{NoticeHash, PurposeId, ScopeValue},
    scope::Scope,
    state::{Applied, ApplyContext, SubjectState},
};

/// The controller rejected an objection on compelling grounds (GDPR Art. 21(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionRejected {
    /// The affected cell.
    pub cell: CellRef,
    /// The code of the grounds in the tenant's own list; no free text.
    pub grounds: ScopeValue,
    /// The SHA-256 of the text of the balancing test, which the controller keeps.
    pub balancing_test: NoticeHash,
}

/// The public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectedObjection {
    purpose: PurposeId,
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    scope: Scope,
    grounds: ScopeValue,
    balancing_test: NoticeHash,
}

impl EventKind for ObjectionRejected {
    const TYPE: &'static str = "objection.rejected";
    const VERSION: u8 = 1;
    type Public = RejectedObjection;
    type Private = NoData;

    fn direction(&self) -> Direction {
        Direction::Permissive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn cells(&self) -> Cells<'_> {
        Cells::one(&self.cell)
    }

    fn split(self) -> (Self::Public, Self::Private) {
        let CellRef { purpose, scope } = self.cell;
        let public = RejectedObjection {
            purpose,
            scope,
            grounds: self.grounds,
            balancing_test: self.balancing_test,
        };
        (public, NoData {})
    }

    fn join(public: Self::Public, _: Self::Private) -> Self {
        let RejectedObjection {
            purpose,
            scope,
            grounds,
            balancing_test,
        } = public;
        Self {
            cell: CellRef { purpose, scope },
            grounds,
            balancing_test,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        let result = state.reject_objection(cx, &self.cell);
        state.about(cx, &self.cell, result, true)
    }

    fn summary(public: &Self::Public) -> Summary {
        Fact::about("rejected", &public.purpose, &public.scope)
            .with("grounds", public.grounds.as_str())
            .with("balancing_test", public.balancing_test.as_str())
            .into()
    }
}
