use serde::{Deserialize, Serialize};

use super::one_to_64;
use crate::{
    event::{Cells, Direction, EventKind, Fact, Summary},
    id::{PurposeId, ScopeValue},
    scope::Scope,
    state::{Applied, ApplyContext, SubjectState},
};

/// A contract began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractStarted {
    /// The tenant's opaque contract id.
    pub contract: ScopeValue,
    /// The purposes that rest on the contract; 1 to 64.
    #[serde(deserialize_with = "one_to_64")]
    pub purposes: Vec<PurposeId>,
    /// When the contract began; Unix milliseconds. Absent: on receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}

/// The public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractCarries {
    #[serde(deserialize_with = "one_to_64")]
    purposes: Vec<PurposeId>,
}

/// The private data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractIdentity {
    contract: ScopeValue,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effective_from: Option<i64>,
}

impl EventKind for ContractStarted {
    const TYPE: &'static str = "contract.started";
    const VERSION: u8 = 1;
    type Public = ContractCarries;
    type Private = ContractIdentity;

    fn direction(&self) -> Direction {
        Direction::Permissive
    }

    fn effective_from(&self) -> Option<i64> {
        self.effective_from
    }

    fn cells(&self) -> Cells<'_> {
        Cells::None
    }

    fn split(self) -> (Self::Public, Self::Private) {
        let public = ContractCarries {
            purposes: self.purposes,
        };
        let private = ContractIdentity {
            contract: self.contract,
            effective_from: self.effective_from,
        };
        (public, private)
    }

    fn join(public: Self::Public, private: Self::Private) -> Self {
        Self {
            contract: private.contract,
            purposes: public.purposes,
            effective_from: private.effective_from,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(state.start_contract(cx, &self.contract, &self.purposes))
    }

    fn summary(public: &Self::Public) -> Summary {
        let about = |purpose| Fact::about("contract_started", purpose, &Scope::None);
        Summary(public.purposes.iter().map(about).collect())
    }
}
