//! `contract.started`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    id::{PurposeId, ScopeValue},
    state::{Applied, ApplyContext, SubjectState},
};

/// A contract began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractStarted {
    /// The tenant's opaque id of the contract.
    pub contract: ScopeValue,
    /// The purposes that it carries; empty: every purpose that rests on contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<PurposeId>,
    /// Since when; Unix milliseconds. Absent: since it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}

impl EventKind for ContractStarted {
    const TYPE: &'static str = "contract.started";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        self.effective_from
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.start_contract(&self.contract, &self.purposes, cx.effective_at);
        Applied::whole(Ok(()))
    }
}
