//! The table, row by row. Each function covers some rows and returns `None` if none of them matches.

use super::{Context, Op, Question, RetentionStanding, answer::Basis, consent};
use crate::{
    id::NoticeHash,
    notice_standing::NoticeStanding,
    purpose::{CheckMode, Purpose},
    reason::Reason,
    scope::Scope,
    state::{Cell, ObjectionState, StateWord, SubjectState},
};

/// The result of a row, before it becomes a verdict.
pub(super) struct RowMatch<'a> {
    pub(super) row: u8,
    pub(super) reason: Reason,
    pub(super) may_ask: bool,
    pub(super) basis: Option<Basis>,
    pub(super) state: StateWord,
    pub(super) valid_until: Option<i64>,
    pub(super) deliver_notice: bool,
    pub(super) cell: Option<&'a Cell>,
    pub(super) notice: Option<&'a NoticeHash>,
}

impl RowMatch<'_> {
    pub(super) fn new(row: u8, reason: Reason, basis: Option<Basis>, state: StateWord) -> Self {
        Self {
            row,
            reason,
            may_ask: false,
            basis,
            state,
            valid_until: None,
            deliver_notice: false,
            cell: None,
            notice: None,
        }
    }
}

/// One purpose of one subject at one moment.
pub(super) struct Evaluation<'a> {
    pub(super) ctx: &'a Context<'a>,
    pub(super) purpose: &'a Purpose,
    pub(super) state: &'a SubjectState,
    pub(super) question: &'a Question,
    pub(super) scope: &'a Scope,
    pub(super) retention: RetentionStanding,
    pub(super) now: i64,
}

/// A law requires the data to be kept, so reading stays possible while they may be kept.
fn legal_hold<'a>(
    row: u8,
    otherwise: Reason,
    state: StateWord,
    purpose: &Purpose,
    op: Op,
    retention: RetentionStanding,
) -> RowMatch<'a> {
    let obligation = matches!(
        purpose.check_mode,
        CheckMode::LegalObligation | CheckMode::ContractAndLegalObligation
    );
    if obligation && op == Op::Read && retention != RetentionStanding::Passed {
        RowMatch::new(
            row,
            Reason::LegalHoldOnly,
            Some(Basis::LegalObligation),
            state,
        )
    } else {
        RowMatch::new(row, otherwise, None, state)
    }
}

/// Rows 2-4: what the register alone decides.
pub(super) fn before_the_subject<'a>(
    purpose: &Purpose,
    op: Op,
    retention: RetentionStanding,
) -> Option<RowMatch<'a>> {
    let unknown = StateWord::Unknown;
    if purpose.check_mode == CheckMode::Processor {
        return Some(RowMatch::new(2, Reason::NotController, None, unknown));
    }
    if purpose.check_mode == CheckMode::NotStated
        || !purpose.incomplete.is_empty()
        || !purpose.parts.is_empty()
    {
        return Some(RowMatch::new(3, Reason::RegisterIncomplete, None, unknown));
    }
    let retired = || legal_hold(4, Reason::PurposeRetired, unknown, purpose, op, retention);
    purpose.retired.then(retired)
}

impl<'a> Evaluation<'a> {
    /// Rows 6-7.
    pub(super) fn subject(&self) -> Option<RowMatch<'a>> {
        let (row, reason, state) = if self.state.erased {
            (6, Reason::SubjectErased, StateWord::Erased)
        } else if self.state.restricted.is_some() {
            (7, Reason::Restricted, StateWord::Restricted)
        } else {
            return None;
        };
        Some(legal_hold(
            row,
            reason,
            state,
            self.purpose,
            self.question.op,
            self.retention,
        ))
    }

    /// Row 8.
    pub(super) fn retention(&self) -> Option<RowMatch<'a>> {
        let reason = match self.retention {
            RetentionStanding::NonePermitted if self.question.op == Op::Store => {
                Reason::RetentionNone
            }
            RetentionStanding::Passed => Reason::RetentionPassed,
            RetentionStanding::Open | RetentionStanding::NonePermitted => return None,
        };
        Some(RowMatch::new(8, reason, None, StateWord::Unknown))
    }

    /// Rows 10-32.
    pub(super) fn bases(&self, via: &mut Vec<u8>) -> RowMatch<'a> {
        let mode = self.purpose.check_mode;
        if mode != CheckMode::Consent && self.purpose.lacks_art9_ground() {
            return RowMatch::new(10, Reason::Art9GroundMissing, None, StateWord::Unknown);
        }
        let mut gate = None;
        if self.has_terminal_gate() {
            let consent = consent::rows(self);
            if !consent.reason.allows() {
                let reason = consent.reason.at_the_terminal();
                return RowMatch {
                    row: 11,
                    reason,
                    ..consent
                };
            }
            via.push(11);
            gate = Some(consent);
        }
        if let Some(found) = self.signal() {
            return found;
        }
        let mut found = match mode {
            CheckMode::Consent => consent::rows(self),
            CheckMode::LegalObligation => obligation(),
            CheckMode::Contract => self.contract().unwrap_or_else(contract_missing),
            CheckMode::ContractAndLegalObligation => match self.contract() {
                Some(found) if found.row == 15 => obligation(),
                other => other.unwrap_or_else(contract_missing),
            },
            CheckMode::ContractOrObjection => {
                via.push(16);
                self.contract().unwrap_or_else(|| self.objection())
            }
            CheckMode::Objection | CheckMode::TerminalConsentAndObjection => self.objection(),
            // Rows 2 and 3 have decided these; here they would still deny.
            CheckMode::Processor | CheckMode::NotStated => {
                RowMatch::new(3, Reason::RegisterIncomplete, None, StateWord::Unknown)
            }
        };
        if let Some(gate) = gate {
            found.valid_until = earliest(found.valid_until, gate.valid_until);
            found.deliver_notice |= gate.deliver_notice;
            found.cell = found.cell.or(gate.cell);
        }
        found
    }

    /// Row 11: storing in, or reading from, the terminal needs a consent, whatever the basis of the processing.
    fn has_terminal_gate(&self) -> bool {
        let mode = self.purpose.check_mode;
        let reaches =
            self.purpose.terminal_access || mode == CheckMode::TerminalConsentAndObjection;
        reaches && !self.purpose.strictly_necessary && mode != CheckMode::Consent
    }

    /// Row 12: a browser's signal is an objection by automated means (GDPR Art. 21(5)). Only a later grant that was
    /// given with the signal in view lifts it. It does not affect what rests on a contract or a law.
    fn signal(&self) -> Option<RowMatch<'a>> {
        let p = self.purpose;
        let now = self.question.signals.unwrap_or_default();
        let dnt = self.ctx.dnt_counts && (now.dnt || self.state.dnt_since.is_some());
        let on = now.gpc || self.state.gpc_since.is_some() || dnt;
        let concerned = p.third_party_sharing || p.targeted_advertising || p.direct_marketing;
        if !on || !concerned {
            return None;
        }
        let dnt_since = self.state.dnt_since.filter(|_| self.ctx.dnt_counts);
        let since = self.state.gpc_since.max(dnt_since).unwrap_or(0);
        let acknowledged = self.cell().and_then(|c| c.gpc_acknowledged);
        if acknowledged.is_some_and(|seq| seq >= since) {
            return None;
        }
        let (reason, basis) = match p.check_mode {
            CheckMode::Consent => (Reason::GpcOptOut, Basis::Consent),
            CheckMode::ContractOrObjection if self.contract().is_some() => return None,
            mode if mode.takes_objection() => (Reason::SignalObjection, Basis::LegitimateInterest),
            _ => return None,
        };
        let said = self.cell().map_or(StateWord::Unknown, |c| c.state.into());
        Some(RowMatch::new(12, reason, Some(basis), said))
    }

    /// Rows 14-15; `None` without a known or asserted contract. Of several, the last to end counts.
    fn contract(&self) -> Option<RowMatch<'a>> {
        let basis = Some(Basis::Contract);
        let begun = self.state.contracts.iter().filter(|c| {
            let carries = c.purposes.is_empty() || c.purposes.contains(&self.purpose.id);
            carries && c.started_at.is_some_and(|start| start <= self.now)
        });
        let live = |ended: Option<i64>| ended.is_none_or(|end| self.now < end);
        let mut any = false;
        let mut until: Option<Option<i64>> = None;
        for contract in begun {
            any = true;
            if live(contract.ended_at) {
                until = Some(match (until, contract.ended_at) {
                    (None, end) => end,
                    (Some(Some(a)), Some(b)) => Some(a.max(b)),
                    (Some(_), _) => None,
                });
            }
        }
        if let Some(valid_until) = until {
            let found = RowMatch::new(14, Reason::Contract, basis, StateWord::ContractLive);
            return Some(RowMatch {
                valid_until,
                ..found
            });
        }
        if any {
            let readable =
                self.question.op == Op::Read && self.retention == RetentionStanding::Open;
            let reason = if readable {
                Reason::ContractRetention
            } else {
                Reason::ContractEnded
            };
            return Some(RowMatch::new(15, reason, basis, StateWord::ContractEnded));
        }
        let asserted =
            || RowMatch::new(14, Reason::ContractAsserted, basis, StateWord::ContractLive);
        self.purpose.contract_asserted.then(asserted)
    }

    /// Rows 18-20.
    fn objection(&self) -> RowMatch<'a> {
        let basis = Some(Basis::LegitimateInterest);
        let told = self.told().map(|n| (n, self.notice_standing(n, i64::MAX)));
        let Some((notice, standing)) = told.filter(|(_, s)| *s != NoticeStanding::Unknown) else {
            return RowMatch::new(18, Reason::NotInformed, basis, StateWord::NotInformed);
        };
        let (row, reason, state) = match self.objected() {
            Some(_) if self.purpose.direct_marketing => {
                (19, Reason::ObjectedMarketing, StateWord::Upheld)
            }
            Some(ObjectionState::Upheld) => (19, Reason::Objected, StateWord::Upheld),
            Some(ObjectionState::Objected) => (19, Reason::ObjectionPending, StateWord::Objected),
            Some(ObjectionState::Rejected) => (20, Reason::ObjectionRejected, StateWord::Rejected),
            Some(ObjectionState::Retracted) | None => {
                (20, Reason::LegitimateInterest, StateWord::Informed)
            }
        };
        RowMatch {
            deliver_notice: matches!(
                standing,
                NoticeStanding::StaleNotice | NoticeStanding::StaleConsent
            ),
            cell: self.cell(),
            notice: Some(notice),
            ..RowMatch::new(row, reason, basis, state)
        }
    }

    /// The standing objection, the strongest one if the check's scope is not of the purpose's type. A refusal of what
    /// does not rest on consent is an objection.
    fn objected(&self) -> Option<ObjectionState> {
        let wrong_type = self.scope.scope_type() != self.purpose.scope_type;
        let asks_consent = self.purpose.check_mode.asks_consent();
        let strength = |state: &ObjectionState| match state {
            ObjectionState::Retracted => 0,
            ObjectionState::Rejected => 1,
            ObjectionState::Objected => 2,
            ObjectionState::Upheld => 3,
        };
        let of_cell = |cell: &Cell| {
            let newest = cell.objection.map_or(0, |o| o.seq);
            let refused = cell.state.is_refused() && !asks_consent && cell.seq >= newest;
            let no = refused.then_some(ObjectionState::Objected);
            cell.objection
                .map(|o| o.state)
                .into_iter()
                .chain(no)
                .max_by_key(strength)
        };
        let exact = self.state.cell(&self.purpose.id, self.scope);
        let every =
            |cell: &Cell| cell.scope.is_none() && exact.is_none_or(|c| c.objection.is_none());
        self.of_purpose()
            .filter(|cell| wrong_type || cell.scope == *self.scope || every(cell))
            .filter_map(of_cell)
            .filter(|state| *state != ObjectionState::Retracted)
            .max_by_key(strength)
    }

    /// The last notice that told the person of this purpose: delivered, or answered.
    pub(super) fn told(&self) -> Option<&'a NoticeHash> {
        let answered = || self.of_purpose().find_map(|c| c.notice.as_ref());
        self.state.delivered(&self.purpose.id).or_else(answered)
    }

    pub(super) fn of_purpose(&self) -> impl Iterator<Item = &'a Cell> + use<'a> {
        let id = &self.purpose.id;
        self.state.cells.iter().filter(move |c| c.purpose == *id)
    }

    pub(super) fn cell(&self) -> Option<&'a Cell> {
        self.state.cell_or_every(&self.purpose.id, self.scope)
    }

    /// `known_at`: when the notice was answered; the person had seen what was published by then.
    pub(super) fn notice_standing(&self, notice: &NoticeHash, known_at: i64) -> NoticeStanding {
        let register = self.ctx.register;
        register.notice_standing(&self.purpose.id, notice, known_at)
    }
}

fn obligation<'a>() -> RowMatch<'a> {
    let basis = Some(Basis::LegalObligation);
    RowMatch::new(13, Reason::LegalObligation, basis, StateWord::Unknown)
}

fn contract_missing<'a>() -> RowMatch<'a> {
    RowMatch::new(
        17,
        Reason::ContractMissing,
        Some(Basis::Contract),
        StateWord::Unknown,
    )
}

pub(super) fn earliest(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (known, other) => known.or(other),
    }
}
