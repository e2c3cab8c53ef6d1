//! The effect of each kind of act on the cells and the rest of a state. A grant, a retraction and a rejection call
//! [`SubjectState::may_widen`] first; nothing else does.

use super::{
    ApplyContext, ApplyResult, Authorisation, Cell, CellState, Contract, Delivery, Objection,
    ObjectionState, RestrictiveSeqs, SubjectState, applied::LATE_GRANT_MS, merge::merge_at,
};
use crate::{
    actor::Role,
    cell_ref::CellRef,
    decision::SupersededReason,
    event::Joined,
    id::{EventId, NoticeHash, PurposeId, ScopeValue, SubjectId},
    notice::Variant,
    purpose::Purpose,
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
    /// Compare-and-set, and the age limit of a queued grant.
    fn may_widen(&self, cx: &ApplyContext<'_>, cell: &CellRef) -> ApplyResult {
        if cx
            .occurred_at
            .is_some_and(|made| cx.received_at.saturating_sub(made) > LATE_GRANT_MS)
        {
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
    ) -> ApplyResult {
        self.may_widen(cx, at)?;
        let cell = self.begin_grant(cx, at, grant, false);
        cell.own = true;
        cell.own_event = (!cell.authorised.is_empty()).then(|| cx.event_id.clone());
        cell.explicit = grant.explicit;
        cell.assurance = cx.assurance;
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
        if !self.accepts_guardians_grant(purpose, guardian) {
            return Err(SupersededReason::NotEntitled);
        }
        self.may_widen(cx, at)?;
        let own_event = self.cell_mut(at).event_id.clone();
        let cell = self.begin_grant(cx, at, grant, true);
        if cell.own && cell.own_event.is_none() {
            cell.own_event = own_event;
        }
        cell.authorised.retain(|a| a.guardian != *guardian);
        cell.authorised.push(Authorisation {
            guardian: guardian.clone(),
            event_id: cx.event_id.clone(),
            at: cx.received_at,
            explicit: grant.explicit,
            assurance: cx.assurance,
        });
        cell.authorised.sort_by(|a, b| a.guardian.cmp(&b.guardian));
        if let Some(cell) = self.cell(&at.purpose, &at.scope) {
            let complete = self.all_guardians_granted(cell);
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
        by_guardian: bool,
    ) -> &mut Cell {
        let band = self.age_band;
        let end = cx.campaign_end(&at.scope);
        let cell = self.cell_mut(at);
        let joins = cell.state.is_granted()
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
        cell.seq = cx.seq;
        cell.at = cx.received_at;
        cell.event_id = Some(cx.event_id.clone());
        cell.notice = cx.notice.cloned();
        // Grants that add up are about one campaign as the first of them knew it.
        cell.campaign_end = match (cell.campaign_end, end) {
            (Some(first), Some(end)) => Some(first.min(end)),
            (first, end) => first.or(end),
        };
        if grant.gpc_acknowledged {
            cell.gpc_acknowledged = Some(cx.seq);
        }
        cell
    }

    /// A refusal takes effect on receipt. After a grant it is a withdrawal, except a guardian's before all have
    /// answered. It never weakens a stronger refusal.
    ///
    /// Beyond a browser's limit of scopes it leaves its seq against late grants and no cell: without a cell, consent is
    /// missing.
    pub(crate) fn refuse(&mut self, cx: &ApplyContext<'_>, at: &CellRef, refusal: Refusal) {
        let is_new = self.find(&at.purpose, &at.scope).is_err();
        if is_new && !self.has_room(cx.assurance, &at.purpose, 0) {
            self.restrictive.push(cx.seq);
            return;
        }
        let cell = self.cell_mut(at);
        let next = match (cell.state, refusal) {
            (CellState::Invalidated, _) => CellState::Invalidated,
            (_, Refusal::Withdrawn) | (CellState::Withdrawn, _) => CellState::Withdrawn,
            (CellState::Revoked, _) => CellState::Revoked,
            (CellState::Given | CellState::Renewed, Refusal::Declined)
                if !cell.by_all_guardians =>
            {
                CellState::Refused
            }
            (CellState::Given | CellState::Renewed, _) => CellState::Withdrawn,
            _ => CellState::Refused,
        };
        settle(cell, cx, next);
    }

    /// The end of a consent by the controller, an authority or the service. A person's own refusal outlasts a
    /// revocation.
    pub(crate) fn end_consent(&mut self, cx: &ApplyContext<'_>, at: &CellRef, state: CellState) {
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
        cell.objection = Some(Objection {
            state: if keeps { ObjectionState::Upheld } else { state },
            seq: cx.seq,
        });
    }

    /// The person objects (GDPR Art. 21(1)).
    pub(crate) fn object(&mut self, cx: &ApplyContext<'_>, at: &CellRef) {
        self.told(cx, at);
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
        if cell.objection.is_some() || cell.state.is_refused() {
            self.set_objection(cx, at, ObjectionState::Retracted);
        }
        if grant.gpc_acknowledged {
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

    pub(crate) fn start_contract(
        &mut self,
        id: &ScopeValue,
        purposes: &[PurposeId],
        started_at: i64,
    ) {
        self.contracts.retain(|c| c.id != *id);
        self.contracts.push(Contract {
            id: id.clone(),
            purposes: purposes.to_vec(),
            started_at: Some(started_at),
            started_seq: 0,
            ended_at: None,
        });
        self.contracts.sort_by(|a, b| a.id.cmp(&b.id));
    }

    pub(crate) fn end_contract(&mut self, id: &ScopeValue, ended_at: i64) -> ApplyResult {
        let open = self.contracts.iter_mut().find(|c| c.id == *id);
        let open = open.ok_or(SupersededReason::NothingToChange)?;
        open.ended_at = Some(ended_at);
        Ok(())
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
            self.deliver(notice, std::slice::from_ref(&at.purpose));
        }
    }

    pub(crate) fn deliver(&mut self, notice: &NoticeHash, purposes: &[PurposeId]) {
        for delivery in &mut self.deliveries {
            delivery.purposes.retain(|p| !purposes.contains(p));
        }
        match self.deliveries.iter_mut().find(|d| d.notice == *notice) {
            Some(delivery) => delivery.purposes.extend_from_slice(purposes),
            None => self.deliveries.push(Delivery {
                notice: notice.clone(),
                purposes: purposes.to_vec(),
                at: 0,
                variant: Variant::Adult,
            }),
        }
        self.deliveries.retain(|d| !d.purposes.is_empty());
        for delivery in &mut self.deliveries {
            delivery.purposes.sort();
            delivery.purposes.dedup();
        }
    }

    /// A signal that turns on is a refusal and counts on receipt. One that turns off counts only if the sender had seen
    /// it on: an old submission from a queue must not lift a newer objection.
    pub(crate) fn note_signals(&mut self, cx: &ApplyContext<'_>) {
        let Some(signals) = cx.signals.filter(|_| cx.actor.role == Role::Subject) else {
            return;
        };
        for (on, since) in [
            (signals.gpc, &mut self.gpc_since),
            (signals.dnt, &mut self.dnt_since),
        ] {
            if on {
                since.get_or_insert(cx.seq);
            } else if since.is_some_and(|seq| cx.based_on >= seq) {
                *since = None;
            }
        }
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

/// Sets a refusal in the cell and remembers it against late grants.
fn settle(cell: &mut Cell, cx: &ApplyContext<'_>, next: CellState) {
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
    cell.event_id = Some(cx.event_id.clone());
    if cx.notice.is_some() {
        cell.notice = cx.notice.cloned();
    }
}
