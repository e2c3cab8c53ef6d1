//! Contracts: each ends at the earliest end ever said, in whatever order its events arrive (rule E4).

use super::{ApplyContext, ApplyResult, Contract, SubjectState};
use crate::{
    civil_day::CivilDay,
    decision::SupersededReason,
    id::{PurposeId, ScopeValue},
};

impl Contract {
    /// The last day on which it was live, if its end is known.
    pub fn last_day(&self) -> Option<CivilDay> {
        let end = self.ended_at?;
        Some(CivilDay::of(end.saturating_sub(1)))
    }
}

impl SubjectState {
    /// A contract whose end is known is closed. A repeated start is no new contract, which has a new id: it may add
    /// purposes, and the earliest start counts. Both are remembered of a closed contract too, so that the order of
    /// delivery changes nothing.
    pub(crate) fn start_contract(
        &mut self,
        cx: &ApplyContext<'_>,
        id: &ScopeValue,
        purposes: &[PurposeId],
    ) -> ApplyResult {
        let contract = self.contract_mut(id);
        if contract.started_at.is_none() {
            contract.started_seq = cx.seq;
        }
        let started = contract.started_at.unwrap_or(cx.effective_at);
        contract.started_at = Some(started.min(cx.effective_at));
        contract.purposes.extend_from_slice(purposes);
        contract.purposes.sort();
        contract.purposes.dedup();
        if contract.ended_at.is_some() {
            return Err(SupersededReason::ContractClosed);
        }
        Ok(())
    }

    pub(crate) fn end_contract(&mut self, id: &ScopeValue, last_day: CivilDay) -> ApplyResult {
        let contract = self.contract_mut(id);
        let end = last_day.end();
        if contract.ended_at.is_some_and(|known| end > known) {
            return Err(SupersededReason::ContractClosed);
        }
        contract.ended_at = Some(end);
        Ok(())
    }

    fn contract_mut(&mut self, id: &ScopeValue) -> &mut Contract {
        let index = match self.contracts.binary_search_by(|c| c.id.cmp(id)) {
            Ok(index) => index,
            Err(index) => {
                let unknown = Contract {
                    id: id.clone(),
                    purposes: Vec::new(),
                    started_at: None,
                    started_seq: 0,
                    ended_at: None,
                };
                self.contracts.insert(index, unknown);
                index
            }
        };
        &mut self.contracts[index]
    }
}
