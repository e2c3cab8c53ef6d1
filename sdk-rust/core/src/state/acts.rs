//! The effect of each kind of act on the cells and the rest of a state. A grant, a retraction and a rejection call
//! [`SubjectState::may_widen`] first; nothing else does.

use super::{
    ApplyContext, ApplyResult, Authorisation, Cell, CellState, Delivery, Objection, ObjectionState,
    RestrictiveSeqs, SubjectState, Voice, applied::LATE_GRANT_MS, hearing::takes_grants,
    merge::merge_at,
};
use crate::{
    actor::Role,
    cell_ref::CellRef,
    decision::{Method, SupersededReason},
    event::Joined,
    id::{EventId, NoticeHash, PurposeId, SubjectId},
    notice::Variant,
    notice_standing::NoticeStanding,
    purpose::{Assurance, CheckMode, Purpose},
    scope::Scope,
};

/// A grant by the person or a guardian.
pub(crate) struct Grant {
    pub(crate) renewed: bool,
    pub(crate) explicit: bool,
    pub(crate) gpc_acknowledged: bool,
}

/// The kind of refusal.
#[derive(Clone, Copy)]
pub(crate) enum Refusal {
    Refused,
    Declined,
    Withdrawn,
}

impl SubjectState {
    /// Compare-and-set, and the age limit of a grant from a client's queue. What staff record with evidence may be late,
    /// such as a signed paper, also a guardian's (rule E20).
    fn may_widen(&self, cx: &ApplyContext<'_>, cell: &CellRef) -> ApplyResult {
        let is_late = |made| cx.received_at.saturating_sub(made) > LATE_GRANT_MS;
        let by_guardian = matches!(cx.actor.role, Role::Guardian | Role::Authority);
        let on_paper = by_guardian
            && cx.assurance >= Assurance::Server
            && cx.method.is_some_and(Method::is_on_paper);
        let may_be_late = cx.actor.role == Role::Staff || on_paper;
        if !may_be_late && cx.occurred_at.is_some_and(is_late) {
            return Err(SupersededReason::LateGrant);
        }
        let blocks = |seqs: &RestrictiveSeqs| seqs.block(cx.based_on, cx.after_seqs);
        let known = self.cell(&cell.purpose, &cell.scope);
        stale_if(blocks(&self.restrictive) || known.is_some_and(|c| blocks(&c.restrictive)))
    }

    pub(crate) fn own_grant(
        &mut self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        grant: &Grant,
        purpose: Option<&Purpose>,
    ) -> ApplyResult {
        self.may_widen(cx, at)?;
        takes_grants(cx, purpose)?;
        self.lift_refusal(cx, at, &Voice::Own, purpose)?;
        let cell = self.begin_grant(cx, at, grant, purpose, false);
        cell.own = true;
        cell.own_event = (!cell.authorised.is_empty()).then(|| cx.event_id.clone());
        cell.explicit = grant.explicit;
        cell.assurance = cx.assurance;
        // Where only consent permits, a new consent takes the person's objection back.
        if let Some(objection) = &mut cell.objection
            && purpose.is_some_and(|p| p.check_mode == CheckMode::Consent)
        {
            objection.state = ObjectionState::Retracted;
        }
        Ok(())
    }

    pub(crate) fn guardian_grant(
        &mut self,
        cx: &ApplyContext<'_>,
        guardian: &SubjectId,
        at: &CellRef,
        grant: &Grant,
        purpose: Option<&Purpose>,
    ) -> ApplyResult {
        let link = self.guardians.iter().find(|g| g.id == *guardian);
        let verification = link.map(|link| link.verification);
        let entitled = self.accepts_guardians_grant(purpose, guardian, cx.received_at);
        let Some(verification) = verification.filter(|_| entitled) else {
            return Err(SupersededReason::NotEntitled);
        };
        self.may_widen(cx, at)?;
        takes_grants(cx, purpose)?;
        self.lift_refusal(cx, at, &Voice::Guardian(guardian.clone()), purpose)?;
        let own_event = self.cell_mut(at).event_id.clone();
        let cell = self.begin_grant(cx, at, grant, purpose, true);
        if cell.own && cell.own_event.is_none() {
            cell.own_event = own_event;
        }
        cell.authorised.retain(|a| a.guardian != *guardian);
        cell.authorised.push(Authorisation {
            guardian: guardian.clone(),
            event_id: cx.event_id.clone(),
            at: said_at(cx),
            verification,
            explicit: grant.explicit,
            assurance: cx.assurance,
        });
        cell.authorised.sort_by(|a, b| a.guardian.cmp(&b.guardian));
        if let Some(cell) = self.cell(&at.purpose, &at.scope) {
            let complete = self.is_complete(cell, cx.purposes);
            self.cell_mut(at).by_all_guardians = complete;
        }
        Ok(())
    }

    /// Turns the cell into a grant. The grants of a child and its guardians add up only while they are about one notice
    /// and the child has not left the age band. Otherwise, and where no guardian is needed, a new grant replaces the
    /// old one.
    fn begin_grant(
        &mut self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        grant: &Grant,
        purpose: Option<&Purpose>,
        by_guardian: bool,
    ) -> &mut Cell {
        let band = match purpose {
            Some(purpose) => self.age_for(purpose, cx.received_at),
            None => self.age_at(cx.received_at),
        };
        let end = cx.campaign_end(&at.scope);
        // What has ended is joined by nobody: a later campaign day does not revive it (rule E10).
        let is_over = self.is_over(at, cx);
        let cell = self.cell_mut(at);
        let joins = cell.state.is_granted()
            && !is_over
            && !cell.used
            && cell.notice.as_ref() == cx.notice
            && cell.band_believed == band
            && cell.band_true == band
            && (by_guardian || !cell.authorised.is_empty());
        if !joins {
            cell.clear_grant();
            cell.band_believed = band;
            cell.band_true = band;
        }
        cell.state = if grant.renewed {
            CellState::Renewed
        } else {
            CellState::Given
        };
        mark(cell, cx);
        cell.notice = cx.notice.cloned();
        // Grants that add up are about one campaign as the first of them knew it.
        cell.campaign_end = match (cell.campaign_end, end) {
            (Some(first), Some(end)) => Some(first.min(end)),
            (first, end) => first.or(end),
        };
        if acknowledges(cx, grant) {
            cell.gpc_acknowledged = Some(cx.seq);
        }
        cell
    }

    /// The end of a consent by the controller, an authority or the service. A person's own refusal outlasts a
    /// revocation.
    pub(crate) fn end_consents(
        &mut self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        all_scopes: bool,
        state: CellState,
    ) {
        if !all_scopes {
            return self.end_consent(cx, at, state);
        }
        for cell in self.cells_of(&at.purpose) {
            self.end_consent(cx, &cell, state);
        }
        // A grant in transit for a scope without a cell must not take effect.
        self.restrictive.push(cx.seq);
    }

    /// The cells of a purpose.
    pub(crate) fn cells_of(&self, purpose: &PurposeId) -> Vec<CellRef> {
        let known = self.cells.iter().filter(|c| c.purpose == *purpose);
        let cell = |cell: &Cell| CellRef {
            purpose: purpose.clone(),
            scope: cell.scope.clone(),
        };
        known.map(cell).collect()
    }

    fn end_consent(&mut self, cx: &ApplyContext<'_>, at: &CellRef, state: CellState) {
        let cell = self.cell_mut(at);
        let next = match (cell.state, state) {
            (said, CellState::Revoked) if said.is_refused() => said,
            _ => state,
        };
        settle(cell, cx, next);
    }

    /// "Not now" withdraws nothing and lifts no refusal.
    pub(crate) fn defer(&mut self, cx: &ApplyContext<'_>, at: &CellRef) -> ApplyResult {
        let cell = self.cell_mut(at);
        if cell.state.is_granted() || cell.state.is_refused() {
            return Err(SupersededReason::NothingToChange);
        }
        cell.state = CellState::Deferred;
        mark(cell, cx);
        Ok(())
    }

    pub(crate) fn set_objection(
        &mut self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        state: ObjectionState,
    ) {
        let cell = self.cell_mut(at);
        let upheld = cell
            .objection
            .is_some_and(|o| o.state == ObjectionState::Upheld);
        let keeps = upheld && state == ObjectionState::Objected;
        let state = if keeps { ObjectionState::Upheld } else { state };
        let again = cell.objection.filter(|o| o.state == state);
        cell.objection = Some(Objection {
            state,
            seq: cx.seq,
            at: again.map_or(cx.received_at, |o| o.at),
        });
    }

    /// The controller accepts the objection.
    pub(crate) fn uphold_objection(&mut self, cx: &ApplyContext<'_>, at: &CellRef) {
        self.set_objection(cx, at, ObjectionState::Upheld);
        self.cell_mut(at).restrictive.push(cx.seq);
    }

    /// The person objects (GDPR Art. 21(1)). Where only consent permits, that is a refusal or withdrawal.
    pub(crate) fn object(&mut self, cx: &ApplyContext<'_>, at: &CellRef, voice: &Voice) {
        self.told(cx, at);
        let purpose = cx.purposes.purpose(&at.purpose);
        if purpose.is_some_and(|p| p.check_mode == CheckMode::Consent) {
            self.refuse(cx, at, Refusal::Refused, voice);
        }
        self.set_objection(cx, at, ObjectionState::Objected);
        self.cell_mut(at).restrictive.push(cx.seq);
    }

    pub(crate) fn retract_objection(
        &mut self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        grant: &Grant,
    ) -> ApplyResult {
        self.may_widen(cx, at)?;
        self.told(cx, at);
        // A refusal may stand for an objection; without either there is nothing to retract.
        let cell = self.cell_mut(at);
        if cell.objection.is_some_and(|o| o.seq == cell.seq) && cell.state == CellState::Refused {
            // The objection itself was the refusal of a consent that nobody had given.
            cell.refusals.retain(|r| r.guardian.is_some());
            if cell.refusals.is_empty() {
                cell.state = CellState::Unknown;
            }
        }
        let is_known = cell.objection.is_some() || cell.state.is_refused();
        let every = self.cell(&at.purpose, &Scope::None);
        if is_known || every.is_some_and(|cell| cell.objection.is_some()) {
            self.set_objection(cx, at, ObjectionState::Retracted);
        }
        if acknowledges(cx, grant) {
            self.cell_mut(at).gpc_acknowledged = Some(cx.seq);
        }
        Ok(())
    }

    /// Direct marketing cannot be defended against an objection (GDPR Art. 21(3)).
    pub(crate) fn reject_objection(&mut self, cx: &ApplyContext<'_>, at: &CellRef) -> ApplyResult {
        let purpose = cx.purposes.purpose(&at.purpose);
        let known = self.cell(&at.purpose, &at.scope).and_then(|c| c.objection);
        let pending = known.is_some_and(|o| o.state == ObjectionState::Objected);
        if !pending || purpose.is_none_or(|p| p.direct_marketing) {
            return Err(SupersededReason::NothingToChange);
        }
        self.may_widen(cx, at)?;
        self.set_objection(cx, at, ObjectionState::Rejected);
        Ok(())
    }

    /// Compare-and-set on the grant, so one of two parallel uses fails.
    pub(crate) fn spend(&mut self, at: &CellRef, consent: &EventId) -> ApplyResult {
        let found = self.find(&at.purpose, &at.scope);
        let cell = found.ok().and_then(|i| self.cells.get_mut(i));
        match cell {
            Some(cell)
                if cell.state.is_granted()
                    && !cell.used
                    && cell.event_id.as_ref() == Some(consent) =>
            {
                cell.used = true;
                Ok(())
            }
            _ => Err(SupersededReason::AlreadyUsed),
        }
    }

    /// Ends every consent that rests on this event, as never given.
    pub(crate) fn invalidate_grants_of(
        &mut self,
        cx: &ApplyContext<'_>,
        corrects: &EventId,
    ) -> ApplyResult {
        let rests_on = |cell: &&mut Cell| {
            cell.state.is_granted()
                && (cell.event_id.as_ref() == Some(corrects)
                    || cell.own_event.as_ref() == Some(corrects)
                    || cell.authorised.iter().any(|a| a.event_id == *corrects))
        };
        let mut found = Err(SupersededReason::NothingToChange);
        for cell in self.cells.iter_mut().filter(rests_on) {
            settle(cell, cx, CellState::Invalidated);
            found = Ok(());
        }
        found
    }

    pub(crate) fn lift_restriction(&mut self, cx: &ApplyContext<'_>) -> ApplyResult {
        stale_if(self.restrictive.block(cx.based_on, cx.after_seqs))?;
        self.restricted = None;
        Ok(())
    }

    /// Leaves a mark that the subject was erased, and nothing else.
    pub(crate) fn erase(&mut self, cx: &ApplyContext<'_>) {
        *self = Self {
            seq: self.seq,
            at: self.at,
            erased: true,
            restrictive: RestrictiveSeqs::only(cx.seq),
            ..Self::default()
        };
    }

    /// Merges the state of another subject who is the same person.
    pub(crate) fn take_in(&mut self, other: &Joined) {
        *self = merge_at(self, &Self::from(other), self.seq);
    }

    /// A person who objects, or retracts an objection, on a notice was told.
    pub(crate) fn told(&mut self, cx: &ApplyContext<'_>, at: &CellRef) {
        if let Some(notice) = cx.notice {
            // A notice that does not speak of the purpose tells nothing.
            let _ = self.deliver(
                cx,
                notice,
                std::slice::from_ref(&at.purpose),
                Variant::Adult,
            );
        }
    }

    /// Remembers the last notice delivered about each purpose. One that does not speak of a purpose changes nothing for
    /// it (rule E6).
    pub(crate) fn deliver(
        &mut self,
        cx: &ApplyContext<'_>,
        notice: &NoticeHash,
        purposes: &[PurposeId],
        variant: Variant,
    ) -> ApplyResult {
        let speaks = |purpose: &&PurposeId| {
            let standing = cx.purposes.notice_standing(purpose, notice, cx.received_at);
            standing != NoticeStanding::Unknown
        };
        let mut told: Vec<PurposeId> = purposes.iter().filter(speaks).cloned().collect();
        if told.is_empty() {
            return Err(SupersededReason::NothingToChange);
        }
        told.sort();
        told.dedup();
        for delivery in &mut self.deliveries {
            delivery.purposes.retain(|p| !told.contains(p));
        }
        self.deliveries.retain(|d| !d.purposes.is_empty());
        self.deliveries.push(Delivery {
            notice: notice.clone(),
            purposes: told,
            at: cx.received_at,
            variant,
        });
        Ok(())
    }

    pub(crate) fn cell_mut(&mut self, at: &CellRef) -> &mut Cell {
        let index = match self.find(&at.purpose, &at.scope) {
            Ok(index) => index,
            Err(index) => {
                let cell = Cell::new(at.purpose.clone(), at.scope.clone());
                self.cells.insert(index, cell);
                index
            }
        };
        &mut self.cells[index]
    }
}

pub(crate) fn stale_if(blocked: bool) -> ApplyResult {
    if blocked {
        Err(SupersededReason::StaleGrant)
    } else {
        Ok(())
    }
}

/// When the event was said, at the latest when it was received; Unix milliseconds.
pub(super) fn said_at(cx: &ApplyContext<'_>) -> i64 {
    cx.occurred_at
        .map_or(cx.received_at, |said| said.min(cx.received_at))
}

/// Whether a grant was made with the signal in view: the event itself carries it (rule E7).
fn acknowledges(cx: &ApplyContext<'_>, grant: &Grant) -> bool {
    grant.gpc_acknowledged && cx.signals.is_some_and(|signals| signals.gpc || signals.dnt)
}

/// Sets a refusal in the cell and remembers it against late grants.
pub(super) fn settle(cell: &mut Cell, cx: &ApplyContext<'_>, next: CellState) {
    cell.restrictive.push(cx.seq);
    let repeated = cell.state == next && next != CellState::Refused;
    cell.clear_grant();
    cell.state = next;
    if !repeated {
        mark(cell, cx);
    }
}

fn mark(cell: &mut Cell, cx: &ApplyContext<'_>) {
    cell.seq = cx.seq;
    cell.at = cx.received_at;
    cell.said_at = Some(said_at(cx)).filter(|said| *said < cx.received_at);
    cell.event_id = Some(cx.event_id.clone());
    if cx.notice.is_some() {
        cell.notice = cx.notice.cloned();
    }
}
