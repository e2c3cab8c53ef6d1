//! The retention part of rows 4, 6, 7, 8 and 15: until when the data may be kept, from the item's anchors, else from what
//! the subject's state knows.

use super::{Context, Op, answer::Basis, rows::RowMatch};
use crate::{
    purpose::{CheckMode, Purpose},
    reason::Reason,
    retention::{Anchors, CONTRACT_ENDED, Retention, erase_due},
    scope::Scope,
    state::{StateWord, SubjectState},
};

/// The result of a purpose's retention rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeping {
    /// The data may be kept until this instant; Unix milliseconds.
    Until(i64),
    /// The data should have been erased.
    Passed,
    /// Nothing may be stored for the purpose: the rule is `none`.
    NonePermitted,
    /// Neither the item nor the state gives a date.
    Unknown,
}

impl Keeping {
    fn of(retention: &Retention, now: i64) -> Self {
        let held = retention.hold.as_ref().and_then(|hold| hold.until);
        let by_law = retention.erase_refused_before.filter(|at| *at != i64::MAX);
        match (retention.due, by_law.max(held)) {
            _ if retention.none => Self::NonePermitted,
            (Some(due), _) if due <= now => Self::Passed,
            (Some(until), _) => Self::Until(until),
            // A lower bound alone sets no date to erase, but until then the law requires the data.
            (None, Some(until)) if now < until => Self::Until(until),
            (None, _) => Self::Unknown,
        }
    }
}

/// A purpose's data of one subject, as retention sees them at one moment.
#[derive(Clone, Copy)]
pub(super) struct Stored<'a> {
    pub(super) ctx: &'a Context<'a>,
    pub(super) purpose: &'a Purpose,
    pub(super) state: &'a SubjectState,
    pub(super) scope: &'a Scope,
    pub(super) op: Op,
    /// Whether the check asks about this purpose, and not about one that depends on it.
    pub(super) is_asked: bool,
    pub(super) now: i64,
}

impl<'a> Stored<'a> {
    fn item(&self) -> Option<&'a Anchors> {
        self.ctx.item.filter(|_| self.is_asked)
    }

    fn known(&self) -> Anchors {
        self.state
            .retention_anchors(self.ctx.register, self.purpose, self.scope, self.now)
    }

    fn keeping(&self, known: Anchors) -> Keeping {
        let Some((terms, params)) = self.ctx.register.retention(&self.purpose.id) else {
            return Keeping::Unknown;
        };
        let anchors = match self.item() {
            Some(item) => item.clone().or(known),
            None => known,
        };
        Keeping::of(&erase_due(terms, &anchors, params, self.now), self.now)
    }

    /// Rows 4, 6 and 7: a law requires the data to be kept, so reading stays possible until they must be erased.
    pub(super) fn legal_hold<'m>(
        &self,
        row: u8,
        otherwise: Reason,
        state: StateWord,
    ) -> RowMatch<'m> {
        let obligation = matches!(
            self.purpose.check_mode,
            CheckMode::LegalObligation | CheckMode::ContractAndLegalObligation
        );
        if !obligation || self.op != Op::Read {
            return RowMatch::new(row, otherwise, None, state);
        }
        let law = Some(Basis::LegalObligation);
        match self.keeping(self.known()) {
            Keeping::Until(until) => RowMatch {
                valid_until: Some(until),
                ..RowMatch::new(row, Reason::LegalHoldOnly, law, state)
            },
            Keeping::Unknown => RowMatch::new(row, Reason::RetentionUnknown, None, state),
            Keeping::Passed | Keeping::NonePermitted => RowMatch::new(row, otherwise, None, state),
        }
    }

    /// Row 8. Without an item, a purpose's own rows answer for the consent, the objection and the contract that it rests
    /// on; only for a purpose on another basis the end of the person's last contract counts here.
    pub(super) fn row<'m>(&self) -> Option<RowMatch<'m>> {
        if !self.is_asked {
            return None;
        }
        let keeping = if self.item().is_some() {
            self.keeping(self.known())
        } else {
            self.keeping_without_item()?
        };
        let reason = match keeping {
            Keeping::NonePermitted if self.op == Op::Store => Reason::RetentionNone,
            Keeping::Passed => Reason::RetentionPassed,
            _ => return None,
        };
        Some(RowMatch::new(8, reason, None, StateWord::Unknown))
    }

    fn keeping_without_item(&self) -> Option<Keeping> {
        let mode = self.purpose.check_mode;
        // After the contract a law may still require the data, but only for as long as they may be kept.
        let other_basis =
            !mode.rests_on_contract() || mode == CheckMode::ContractAndLegalObligation;
        let after_contract = other_basis && !self.state.contracts.is_empty();
        if self.op != Op::Store && !after_contract {
            return None;
        }
        let mut anchors = Anchors::default();
        if after_contract && let Some(day) = self.known().get(CONTRACT_ENDED) {
            anchors.set(CONTRACT_ENDED, day);
        }
        Some(self.keeping(anchors))
    }

    /// Row 15: after the contract, its data may be read for as long as they may be kept.
    pub(super) fn after_contract<'m>(&self) -> RowMatch<'m> {
        let found =
            |reason| RowMatch::new(15, reason, Some(Basis::Contract), StateWord::ContractEnded);
        if self.op != Op::Read {
            return found(Reason::ContractEnded);
        }
        match self.keeping(self.known()) {
            Keeping::Until(until) => RowMatch {
                valid_until: Some(until),
                ..found(Reason::ContractRetention)
            },
            Keeping::Unknown => found(Reason::RetentionUnknown),
            Keeping::Passed | Keeping::NonePermitted => found(Reason::ContractEnded),
        }
    }
}
