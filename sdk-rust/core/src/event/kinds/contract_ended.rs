use serde::{Deserialize, Serialize};

use crate::{
    civil_day::CivilDay,
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::ScopeValue,
    state::{Applied, ApplyContext, SubjectState},
};

/// A contract ended or will end. It may be one whose start was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractEnded {
    /// The contract.
    pub contract: ScopeValue,
    /// Its last day: it is live through it, and over at the next midnight in Stockholm.
    pub last_day: CivilDay,
}

impl EventKind for ContractEnded {
    const TYPE: &'static str = "contract.ended";
    const VERSION: u8 = 1;
    type Public = NoData;
    type Private = Self;

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        Some(self.last_day.end())
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
        Applied::whole(state.end_contract(&self.contract, self.last_day))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("contract_ended").into()
    }
}
