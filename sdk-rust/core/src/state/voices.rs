//! Refusals by voice: the person's own and each guardian's. Only the voice that refused lifts its refusal (rule E8).

use super::{
    ApplyContext, ApplyResult, Cell, CellState, Refusal, SubjectState, VoiceRefusal,
    acts::{said_at, settle},
};
use crate::{
    age::AgeBand,
    cell_ref::CellRef,
    decision::SupersededReason,
    id::SubjectId,
    purpose::{AgeRule, Purpose},
    scope::Scope,
};

/// Who decides in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The person, or one who records the person's word.
    Own,
    /// A linked guardian.
    Guardian(SubjectId),
}

impl Voice {
    fn guardian(&self) -> Option<&SubjectId> {
        match self {
            Self::Own => None,
            Self::Guardian(id) => Some(id),
        }
    }
}

impl SubjectState {
    /// A refusal takes effect on receipt. After a grant that still counts it is a withdrawal, except a guardian's before
    /// all have answered. It never weakens a stronger refusal.
    ///
    /// Beyond a browser's limit of scopes it leaves its seq against late grants and no cell: without a cell, consent is
    /// missing.
    pub(crate) fn refuse(
        &mut self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        refusal: Refusal,
        voice: &Voice,
    ) {
        let is_new = self.find(&at.purpose, &at.scope).is_err();
        if is_new && !self.has_room(cx.assurance, &at.purpose, 0) {
            self.restrictive.push(cx.seq);
            return;
        }
        let lapsed = self.has_lapsed(at, cx);
        let cell = self.cell_mut(at);
        let next = match (cell.state, refusal) {
            (CellState::Invalidated, _) => CellState::Invalidated,
            (_, Refusal::Withdrawn) | (CellState::Withdrawn, _) => CellState::Withdrawn,
            (CellState::Revoked, _) => CellState::Revoked,
            (CellState::Given | CellState::Renewed, _) if lapsed => CellState::Refused,
            (CellState::Given | CellState::Renewed, Refusal::Declined)
                if !cell.by_all_guardians =>
            {
                CellState::Refused
            }
            (CellState::Given | CellState::Renewed, _) => CellState::Withdrawn,
            _ => CellState::Refused,
        };
        settle(cell, cx, next);
        let guardian = voice.guardian().cloned();
        let before = cell.refusals.iter().find(|r| r.guardian == guardian);
        let withdrew = next == CellState::Withdrawn || before.is_some_and(|r| r.withdrew);
        cell.refusals.retain(|r| r.guardian != guardian);
        cell.refusals.push(VoiceRefusal {
            guardian,
            seq: cx.seq,
            at: said_at(cx),
            withdrew,
        });
        cell.refusals.sort_by(|a, b| a.guardian.cmp(&b.guardian));
    }

    /// A grant lifts the refusal of its own voice. It has no effect while another voice's stands. A child under seven is
    /// not asked for its assent, so its refusal does not bind its guardians; a young person who decides alone is not
    /// bound by theirs.
    pub(crate) fn lift_refusal(
        &mut self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        voice: &Voice,
        purpose: Option<&Purpose>,
    ) -> ApplyResult {
        let age = self.age_at(cx.received_at);
        let alone = *voice == Voice::Own && self.decides_alone(purpose, cx.received_at);
        let too_young = *voice != Voice::Own && age == Some(AgeBand::Under7);
        let lifted = |r: &VoiceRefusal| {
            r.guardian.as_ref() == voice.guardian()
                || (alone && r.guardian.is_some())
                || (too_young && r.guardian.is_none())
        };
        let index = self.find(&at.purpose, &at.scope).ok();
        if let Some(cell) = index.and_then(|index| self.cells.get_mut(index)) {
            cell.refusals.retain(|r| !lifted(r));
        }
        let exact = index.and_then(|index| self.cells.get(index));
        if exact.is_some_and(|cell| !cell.refusals.is_empty()) {
            return Err(SupersededReason::StandingNo);
        }
        let everywhere = self
            .cell(&at.purpose, &Scope::None)
            .filter(|_| !at.scope.is_none());
        let stands = |r: &VoiceRefusal| !lifted(r) && !exact.is_some_and(|c| has_granted(c, r));
        if everywhere.is_some_and(|cell| cell.refusals.iter().any(stands)) {
            return Err(SupersededReason::StandingNo);
        }
        Ok(())
    }

    /// Whether a refusal by this voice binds the person: their own does, and a guardian's unless the young person decides
    /// alone; then a guardian takes back only what that guardian granted (rule E8).
    pub(crate) fn is_bound_by(
        &self,
        cx: &ApplyContext<'_>,
        voice: &Voice,
        at: &CellRef,
        purpose: Option<&Purpose>,
    ) -> bool {
        let Some(guardian) = voice.guardian() else {
            return true;
        };
        let known = self.cell(&at.purpose, &at.scope);
        let granted = |cell: &Cell| cell.authorised.iter().any(|a| a.guardian == *guardian);
        !self.decides_alone(purpose, cx.received_at) || known.is_some_and(granted)
    }

    /// Whether the person is known to be old enough to decide about the purpose without guardians.
    fn decides_alone(&self, purpose: Option<&Purpose>, now: i64) -> bool {
        let has_rule = |p: &&Purpose| matches!(p.age_rule, AgeRule::Iss | AgeRule::Maturity);
        self.age_at(now) == Some(AgeBand::Adult)
            || purpose
                .filter(has_rule)
                .is_some_and(|p| self.needs_guardian(p, now) == Some(false))
    }

    /// A guardian's refusals go with the link. Without any other the person is asked again.
    pub(super) fn drop_refusals_of(&mut self, guardian: &SubjectId) {
        for cell in &mut self.cells {
            let before = cell.refusals.len();
            cell.refusals
                .retain(|r| r.guardian.as_ref() != Some(guardian));
            let by_voice = matches!(cell.state, CellState::Refused | CellState::Withdrawn);
            if cell.refusals.len() == before || !by_voice {
                continue;
            }
            cell.state = if cell.refusals.is_empty() {
                CellState::Unknown
            } else if cell.refusals.iter().any(|r| r.withdrew) {
                CellState::Withdrawn
            } else {
                CellState::Refused
            };
        }
    }
}

impl Cell {
    /// The refusals that count for a purpose. A preventive service hears no guardian.
    pub(crate) fn standing_refusals(
        &self,
        purpose: &Purpose,
    ) -> impl Iterator<Item = &VoiceRefusal> {
        let hears_guardians = purpose.age_rule != AgeRule::IssPreventive;
        let counts = move |voice: &&VoiceRefusal| hears_guardians || voice.guardian.is_none();
        self.refusals.iter().filter(counts)
    }

    /// What is left of a grant beside the refusals of other voices.
    pub(super) fn with_refusals(&self, said: CellState, purpose: &Purpose) -> CellState {
        let refused = || self.standing_refusals(purpose);
        match said {
            CellState::Invalidated | CellState::Revoked => said,
            _ if refused().any(|voice| voice.withdrew) => CellState::Withdrawn,
            CellState::Withdrawn => said,
            _ if refused().next().is_some() => CellState::Refused,
            _ => said,
        }
    }
}

/// Whether the voice that refused every scope has granted this one since.
fn has_granted(cell: &Cell, refusal: &VoiceRefusal) -> bool {
    let granted = match &refusal.guardian {
        None => cell.own,
        Some(id) => cell.authorised.iter().any(|a| a.guardian == *id),
    };
    granted && cell.state.is_granted() && cell.seq > refusal.seq
}
