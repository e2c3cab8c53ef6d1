//! Row 12: the signals of browsers.

use super::{
    answer::Basis,
    rows::{Evaluation, RowMatch},
};
use crate::{purpose::CheckMode, reason::Reason, state::StateWord};

impl<'a> Evaluation<'a> {
    /// Row 12: a browser's signal is an objection by automated means (GDPR Art. 21(5)). It does not affect what rests
    /// on a contract or a law.
    pub(super) fn signal(&self) -> Option<RowMatch<'a>> {
        let p = self.purpose;
        let concerned = p.third_party_sharing || p.targeted_advertising || p.direct_marketing;
        if !concerned || !self.signal_stands() {
            return None;
        }
        let by_contract = || self.contract().is_some_and(|found| found.reason.allows());
        let (reason, basis) = match p.check_mode {
            CheckMode::Consent => (Reason::GpcOptOut, Basis::Consent),
            CheckMode::ContractOrObjection if by_contract() => return None,
            mode if mode.takes_objection() => (Reason::SignalObjection, Basis::LegitimateInterest),
            _ => return None,
        };
        let said = self.cell().map_or(StateWord::Unknown, |c| c.state.into());
        Some(RowMatch::new(12, reason, Some(basis), said))
    }

    /// Only a later grant that was given with the signal in view lifts it (E7). The state keeps an acknowledgement only
    /// of an event that had a signal on. So a signal that the state does not know began after every acknowledgement.
    fn signal_stands(&self) -> bool {
        let now = self.question.signals.unwrap_or_default();
        let acknowledged = self.cell().and_then(|c| c.gpc_acknowledged);
        let known = self.state.signals_of(now.source);
        let stands = |on_now: bool, known: Option<u64>, since: Option<u64>| {
            let is_new = on_now && known.is_none();
            is_new || since.is_some_and(|since| acknowledged.is_none_or(|seq| seq < since))
        };
        stands(now.gpc, known.gpc, self.state.gpc_since)
            || self.ctx.dnt_counts && stands(now.dnt, known.dnt, self.state.dnt_since)
    }
}
