//! The table, row by row. Each function covers some rows and returns `None` if none of them matches.

use super::{Context, Op, Question, answer::Basis, consent, retention::Stored, row::Row};
use crate::{
    id::NoticeHash,
    purpose::{CheckMode, Purpose},
    reason::Reason,
    scope::Scope,
    state::{Cell, Contract, StateWord, SubjectState},
};

/// The `art9_ground` of a purpose whose data are covered by the explicit consent to a purpose that it depends on.
const ART9_BY_DEPENDENCY: &str = "depends_on";

/// The result of a row, before it becomes a verdict.
pub(super) struct RowMatch<'a> {
    pub(super) row: Row,
    pub(super) reason: Reason,
    pub(super) may_ask: bool,
    pub(super) basis: Option<Basis>,
    pub(super) state: StateWord,
    pub(super) valid_until: Option<i64>,
    pub(super) deliver_notice: bool,
    pub(super) tell_young_person: bool,
    pub(super) cell: Option<&'a Cell>,
    pub(super) notice: Option<&'a NoticeHash>,
}

impl RowMatch<'_> {
    pub(super) fn new(
        row: impl Into<Row>,
        reason: Reason,
        basis: Option<Basis>,
        state: StateWord,
    ) -> Self {
        Self {
            row: row.into(),
            reason,
            may_ask: false,
            basis,
            state,
            valid_until: None,
            deliver_notice: false,
            tell_young_person: false,
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
    /// The scope of the check.
    pub(super) asked: &'a Scope,
    /// The scope of the purpose's own cell: none if only a purpose that it depends on has the scope of the check.
    pub(super) scope: &'a Scope,
    pub(super) stored: Stored<'a>,
    pub(super) now: i64,
}

/// Rows 2-4: what the register alone decides.
pub(super) fn before_the_subject<'a>(stored: &Stored<'_>) -> Option<RowMatch<'a>> {
    let purpose = stored.purpose;
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
    let retired = || stored.legal_hold(4, Reason::PurposeRetired, unknown);
    purpose.retired.then(retired)
}

impl<'a> Evaluation<'a> {
    /// Rows 6-7.
    pub(super) fn subject(&self) -> Option<RowMatch<'a>> {
        let (row, reason, state) = if self.state.erased {
            (6, Reason::SubjectErased, StateWord::Erased)
        } else if self.is_restricted() {
            (7, Reason::Restricted, StateWord::Restricted)
        } else {
            return None;
        };
        Some(self.stored.legal_hold(row, reason, state))
    }

    /// Row 7. The person's own consent from after the restriction permits (GDPR Art. 18(2)).
    fn is_restricted(&self) -> bool {
        let by_consent = self.purpose.check_mode == CheckMode::Consent;
        let consented_since = |restricted: u64| {
            self.cell().is_some_and(|cell| {
                cell.state.is_granted()
                    && cell.own
                    && cell.authorised.is_empty()
                    && cell.seq > restricted
            })
        };
        let restricted = self.state.restricted;
        restricted.is_some_and(|seq| !(by_consent && consented_since(seq)))
    }

    /// Rows 10-32.
    pub(super) fn bases(&self, via: &mut Vec<u8>) -> RowMatch<'a> {
        if self.lacks_art9_ground() {
            return RowMatch::new(10, Reason::Art9GroundMissing, None, StateWord::Unknown);
        }
        let terminal = match self.terminal_gate() {
            Some(gate) if !gate.reason.allows() => return gate,
            gate => gate,
        };
        via.extend(terminal.is_some().then_some(11));
        let campaign = self.campaign_gate();
        let by_consent = self.purpose.check_mode == CheckMode::Consent;
        let asks_consent = by_consent || terminal.is_some() || campaign.is_some();
        let changed = || self.basis_changed().filter(|_| !asks_consent);
        let before_the_basis = self
            .signal()
            .or_else(|| self.objected_marketing())
            .or_else(changed);
        if let Some(found) = before_the_basis {
            return found;
        }
        let campaign = match campaign {
            Some(gate) if !gate.reason.allows() => return gate,
            gate => gate,
        };
        via.extend(campaign.is_some().then_some(32));
        let mut found = self.basis(via);
        for gate in terminal.into_iter().chain(campaign) {
            found.valid_until = earliest(found.valid_until, gate.valid_until);
            found.deliver_notice |= gate.deliver_notice;
            found.tell_young_person |= gate.tell_young_person;
            found.cell = found.cell.or(gate.cell);
        }
        found
    }

    /// Rows 13-32, by the mode of the purpose.
    fn basis(&self, via: &mut Vec<u8>) -> RowMatch<'a> {
        match self.purpose.check_mode {
            CheckMode::Consent => consent::rows(self),
            CheckMode::LegalObligation => self.obligation(),
            CheckMode::Contract => self.contract().unwrap_or_else(contract_missing),
            CheckMode::ContractAndLegalObligation => match self.contract() {
                Some(found) if found.row == 14 => found,
                _ => self.obligation(),
            },
            CheckMode::ContractOrObjection => {
                via.push(16);
                let found = self.contract().filter(|found| found.reason.allows());
                found.unwrap_or_else(|| self.objection())
            }
            CheckMode::Objection | CheckMode::TerminalConsentAndObjection => self.objection(),
            // Rows 2 and 3 have decided these; here they would still deny.
            CheckMode::Processor | CheckMode::NotStated => {
                RowMatch::new(3, Reason::RegisterIncomplete, None, StateWord::Unknown)
            }
        }
    }

    /// Row 10. The explicit consent to a purpose that this one depends on is a ground, if that purpose needs one; row 9
    /// has found it to be live.
    fn lacks_art9_ground(&self) -> bool {
        let p = self.purpose;
        if p.check_mode == CheckMode::Consent || !p.special_category.needs_ground() {
            return false;
        }
        let explicit = |id| {
            let below = self.ctx.register.purpose(id);
            below.is_some_and(Purpose::needs_explicit_consent)
        };
        match p.art9_ground.as_deref() {
            Some(ART9_BY_DEPENDENCY) => !p.depends_on.iter().any(explicit),
            stated => stated.is_none(),
        }
    }

    /// Row 11: storing in, or reading from, the terminal needs a consent, whatever the basis of the processing.
    fn terminal_gate(&self) -> Option<RowMatch<'a>> {
        let mode = self.purpose.check_mode;
        let reaches =
            self.purpose.terminal_access || mode == CheckMode::TerminalConsentAndObjection;
        if !reaches || self.purpose.strictly_necessary || mode == CheckMode::Consent {
            return None;
        }
        let consent = consent::rows(self);
        if consent.reason.allows() {
            return Some(consent);
        }
        Some(RowMatch {
            row: 11.into(),
            reason: consent.reason.at_the_terminal(),
            may_ask: consent.may_ask && !self.is_objected_to(),
            ..consent
        })
    }

    /// A picture of a person in advertising needs consent, whatever the basis (lag 1978:800, 1 §). What a campaign that
    /// the register does not know is for cannot be told, so it denies.
    fn campaign_gate(&self) -> Option<RowMatch<'a>> {
        if self.purpose.check_mode == CheckMode::Consent {
            return None;
        }
        let Scope::Campaign { campaign, .. } = self.scope else {
            return None;
        };
        match self.ctx.register.campaign(campaign) {
            None => Some(consent::campaign_unknown(self)),
            Some(campaign) => campaign.advertising.then(|| {
                let consent = consent::rows(self);
                RowMatch {
                    may_ask: consent.may_ask && !self.is_objected_to(),
                    ..consent
                }
            }),
        }
    }

    /// Rows 14-15; `None` without a known or asserted contract. Of several, the last to end counts.
    pub(super) fn contract(&self) -> Option<RowMatch<'a>> {
        let basis = Some(Basis::Contract);
        let begun = self.state.contracts.iter().filter(|c| {
            self.carries(c) && c.started_at.or(c.ended_at).is_some_and(|at| at <= self.now)
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
            return Some(self.stored.after_contract());
        }
        let asserted =
            || RowMatch::new(14, Reason::ContractAsserted, basis, StateWord::ContractLive);
        self.purpose.contract_asserted.then(asserted)
    }

    /// Whether a contract carries the purpose. One of which only the end is known carries what it names.
    pub(super) fn carries(&self, contract: &Contract) -> bool {
        let every = contract.purposes.is_empty() && contract.started_at.is_some();
        every || contract.purposes.contains(&self.purpose.id)
    }

    /// Row 13. A law that requires processing does not permit publication (GDPR Art. 5(1)(b), 6(1)(c)).
    pub(super) fn obligation(&self) -> RowMatch<'a> {
        let reason = match self.question.op {
            Op::Publish => Reason::OpNotCovered,
            Op::Store | Op::Read | Op::Process | Op::Forward | Op::View => Reason::LegalObligation,
        };
        let basis = Some(Basis::LegalObligation);
        RowMatch::new(13, reason, basis, StateWord::Unknown)
    }

    pub(super) fn of_purpose(&self) -> impl Iterator<Item = &'a Cell> + use<'a> {
        let id = &self.purpose.id;
        self.state.cells.iter().filter(move |c| c.purpose == *id)
    }

    pub(super) fn cell(&self) -> Option<&'a Cell> {
        self.state.cell_or_every(&self.purpose.id, self.scope)
    }
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
