//! Row 12c: the purpose no longer rests on consent, and the person had decided about a consent (E15).

use super::{
    Op,
    consent::refusal,
    row::Row,
    rows::{Evaluation, RowMatch},
};
use crate::{
    notice_standing::NoticeStanding,
    purpose::CheckMode,
    reason::Reason,
    state::{Cell, Contract, ObjectionState},
};

impl<'a> Evaluation<'a> {
    /// Row 12c. A controller may not go over to another basis in silence, nor against a refusal (EDPB 05/2020, 122-123).
    /// What a law requires to be kept may still be stored and read.
    pub(super) fn basis_changed(&self) -> Option<RowMatch<'a>> {
        let denied = self.refused_before().or_else(|| self.basis_untold())?;
        let by_law = matches!(
            self.purpose.check_mode,
            CheckMode::LegalObligation | CheckMode::ContractAndLegalObligation
        );
        if by_law && matches!(self.question.op, Op::Store | Op::Read) {
            return Some(self.obligation());
        }
        Some(denied)
    }

    /// A refusal stands until the person concludes a contract or takes the refusal back.
    fn refused_before(&self) -> Option<RowMatch<'a>> {
        self.cells_in_question()
            .filter(|cell| !self.has_acted_since(cell))
            .find_map(|cell| {
                let refused = refusal(self, cell)?;
                Some(RowMatch {
                    row: Row::BASIS_CHANGED,
                    may_ask: false,
                    cell: Some(cell),
                    ..refused
                })
            })
    }

    /// A grant, and no notice of the new basis was delivered since.
    fn basis_untold(&self) -> Option<RowMatch<'a>> {
        let cell = self
            .cells_in_question()
            .find(|cell| cell.state.is_granted() && refusal(self, cell).is_none())?;
        let told = self.delivered();
        let told = told.is_some_and(|standing| standing != NoticeStanding::StaleConsent);
        let changed = || RowMatch {
            cell: Some(cell),
            ..RowMatch::new(
                Row::BASIS_CHANGED,
                Reason::BasisChanged,
                None,
                cell.state.into(),
            )
        };
        (!told).then(changed)
    }

    /// Whether, after a refusal in the cell, the person concluded a contract that carries the purpose, or retracted. A
    /// contract does not lift a refusal of direct marketing (GDPR Art. 21(3)).
    fn has_acted_since(&self, cell: &Cell) -> bool {
        let refusals = cell
            .refusals
            .iter()
            .map(|refused| (refused.seq, refused.at));
        let (refused_seq, refused_at) = refusals.fold((cell.seq, cell.at), |newest, refused| {
            (newest.0.max(refused.0), newest.1.max(refused.1))
        });
        let retracted = cell
            .objection
            .is_some_and(|o| o.state == ObjectionState::Retracted && o.seq > refused_seq);
        let by_contract = matches!(
            self.purpose.check_mode,
            CheckMode::Contract
                | CheckMode::ContractOrObjection
                | CheckMode::ContractAndLegalObligation
        );
        let concluded = |contract: &Contract| {
            // One that had begun before, and was only recorded later, is no act after the refusal.
            let started = contract
                .started_at
                .is_some_and(|start| refused_at <= start && start <= self.now);
            started && contract.started_seq > refused_seq && self.carries(contract)
        };
        retracted
            || by_contract
                && !self.purpose.direct_marketing
                && self.state.contracts.iter().any(concluded)
    }
}
