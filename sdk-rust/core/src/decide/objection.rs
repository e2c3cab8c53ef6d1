//! Rows 12b and 18-20: what the person was told, and objections.

use super::{
    answer::Basis,
    row::Row,
    rows::{Evaluation, RowMatch},
};
use crate::{
    id::NoticeHash,
    notice_standing::NoticeStanding,
    purpose::CheckMode,
    reason::Reason,
    state::{Cell, Delivery, Objection, ObjectionState, StateWord},
};

impl<'a> Evaluation<'a> {
    /// Row 12b: an objection to direct marketing is absolute, whatever the basis (GDPR Art. 21(2)-(3)).
    pub(super) fn objected_marketing(&self) -> Option<RowMatch<'a>> {
        let objected = self.purpose.direct_marketing && self.objected().is_some();
        let reason = Reason::ObjectedMarketing;
        objected.then(|| RowMatch::new(Row::MARKETING, reason, None, StateWord::Upheld))
    }

    /// Rows 18-20. Row 12b has answered objections to direct marketing.
    pub(super) fn objection(&self) -> RowMatch<'a> {
        let basis = Some(Basis::LegitimateInterest);
        let informed = |standing: &NoticeStanding| *standing != NoticeStanding::StaleConsent;
        let Some((notice, standing)) = self.told().filter(|(_, standing)| informed(standing))
        else {
            return RowMatch::new(18, Reason::NotInformed, basis, StateWord::NotInformed);
        };
        let (row, reason, state) = match self.objected() {
            Some(ObjectionState::Upheld) => (19, Reason::Objected, StateWord::Upheld),
            Some(ObjectionState::Objected) => (19, Reason::ObjectionPending, StateWord::Objected),
            Some(ObjectionState::Rejected) => (20, Reason::ObjectionRejected, StateWord::Rejected),
            Some(ObjectionState::Retracted) | None => {
                (20, Reason::LegitimateInterest, StateWord::Informed)
            }
        };
        RowMatch {
            deliver_notice: standing == NoticeStanding::StaleNotice,
            cell: self.cell(),
            notice: Some(notice),
            ..RowMatch::new(row, reason, basis, state)
        }
    }

    /// The standing objection, the strongest one if the check's scope is not of the purpose's type.
    fn objected(&self) -> Option<ObjectionState> {
        let strength = |state: &ObjectionState| match state {
            ObjectionState::Retracted => 0,
            ObjectionState::Rejected => 1,
            ObjectionState::Objected => 2,
            ObjectionState::Upheld => 3,
        };
        self.cells_in_question()
            .filter_map(|cell| {
                let objection = cell.objection?;
                (!self.granted_after(cell, objection)).then_some(objection.state)
            })
            .filter(|state| *state != ObjectionState::Retracted)
            .max_by_key(strength)
    }

    /// Whether an objection stands, so that a consent to a part of the processing would change nothing.
    pub(super) fn is_objected_to(&self) -> bool {
        let standing = [ObjectionState::Objected, ObjectionState::Upheld];
        self.objected()
            .is_some_and(|state| standing.contains(&state))
    }

    /// Where the purpose rests on consent, the person's own later grant lifts the objection.
    fn granted_after(&self, cell: &Cell, objection: Objection) -> bool {
        self.purpose.check_mode == CheckMode::Consent
            && cell.state.is_granted()
            && cell.own
            && cell.seq > objection.seq
    }

    /// The last notice that told the person of this purpose, delivered or answered, and its standing since then. A
    /// notice that does not speak of the purpose tells nothing.
    fn told(&self) -> Option<(&'a NoticeHash, NoticeStanding)> {
        let answered = self.of_purpose().filter_map(|cell| {
            let notice = cell.notice.as_ref()?;
            Some((cell.at, notice))
        });
        self.deliveries()
            .map(|told| (told.at, &told.notice))
            .chain(answered)
            .map(|(at, notice)| (at, notice, self.notice_standing(notice, at)))
            .filter(|(.., standing)| standing.speaks())
            .max_by_key(|(at, ..)| *at)
            .map(|(_, notice, standing)| (notice, standing))
    }

    /// The standing of the last notice that was delivered about this purpose, since its delivery.
    pub(super) fn delivered(&self) -> Option<NoticeStanding> {
        self.deliveries()
            .map(|told| (told.at, self.notice_standing(&told.notice, told.at)))
            .filter(|(_, standing)| standing.speaks())
            .max_by_key(|(at, _)| *at)
            .map(|(_, standing)| standing)
    }

    /// The deliveries that name this purpose.
    pub(super) fn deliveries(&self) -> impl Iterator<Item = &'a Delivery> + use<'a> {
        let id = &self.purpose.id;
        let all = self.state.deliveries.iter();
        all.filter(move |told| told.purposes.contains(id))
    }

    /// The purpose's cells that the check is about: the one of its scope, or all if its scope is of another type. What was
    /// said under a scope of a type that the purpose had once counts for every scope that it has today.
    pub(super) fn cells_in_question(&self) -> impl Iterator<Item = &'a Cell> + use<'a> {
        let scope = self.asked;
        let of_type = self.purpose.scope_type;
        let wrong_type = scope.scope_type() != of_type;
        let of_another_type =
            move |cell: &Cell| !cell.scope.is_none() && cell.scope.scope_type() != of_type;
        // What was said about every scope counts where nothing was said about this one since.
        let exact = self.state.cell(&self.purpose.id, scope);
        let said_since = move |every: &Cell| {
            let of = |cell: &Cell| cell.objection.map(|objection| objection.seq);
            exact.is_some_and(|exact| of(exact).is_some() && of(exact) > of(every))
        };
        let is_every = move |cell: &Cell| cell.scope.is_none() && !said_since(cell);
        self.of_purpose().filter(move |cell| {
            wrong_type || cell.scope == *scope || of_another_type(cell) || is_every(cell)
        })
    }

    /// `known_at`: when the notice was answered or delivered; the person had seen what was published by then.
    pub(super) fn notice_standing(&self, notice: &NoticeHash, known_at: i64) -> NoticeStanding {
        let register = self.ctx.register;
        register.notice_standing(&self.purpose.id, notice, known_at)
    }
}
