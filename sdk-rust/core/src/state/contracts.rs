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
    /// A contract whose end is known is closed. What it carried is remembered if it was not known yet, so that the order
    /// of delivery changes nothing. A repeated start is no new contract, which has a new id: it may add purposes, and
    /// the earliest start counts.
    pub(crate) fn start_contract(
        &mut self,
        cx: &ApplyContext<'_>,
        id: &ScopeValue,
        purposes: &[PurposeId],
    ) -> ApplyResult {
        let contract = self.contract_mut(id);
        let is_closed = contract.ended_at.is_some();
        match contract.started_at {
            None => {
                contract.purposes = purposes.to_vec();
                contract.started_at = Some(cx.effective_at);
                contract.started_seq = cx.seq;
            }
            Some(start) if !is_closed => {
                contract.purposes.extend_from_slice(purposes);
                contract.started_at = Some(start.min(cx.effective_at));
            }
            Some(_) => {}
        }
        contract.purposes.sort();
        contract.purposes.dedup();
        if is_closed {
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
