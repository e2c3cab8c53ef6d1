use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::ScopeValue,
    state::{Applied, ApplyContext, SubjectState},
};

/// A contract ended or will end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractEnded {
    /// The contract.
    pub contract: ScopeValue,
    /// When it ends; Unix milliseconds. Absent: on receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}

impl EventKind for ContractEnded {
    const TYPE: &'static str = "contract.ended";
    const VERSION: u8 = 1;
    type Public = NoData;
    type Private = Self;

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        self.effective_from
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

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(state.end_contract(&self.contract, cx.effective_at))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("contract_ended").into()
    }
}
