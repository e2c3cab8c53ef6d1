//! What each act does to the cells and to the rest of a state. A yes, a retraction and a rejection ask
//! [`SubjectState::may_widen`] first; nothing else asks anything.

use super::{
    Authorisation, Cell, CellState, Contract, Delivery, Objection, ObjectionState, RestrictiveSeqs,
    SubjectState, apply::LATE_GRANT_MS,
};
use crate::{
    decision::SupersededReason,
    event::{Act, CellRef, Event, Fault, Role},
    id::{EventId, NoticeHash, PurposeId, ScopeValue, SubjectId},
    purpose::Purpose,
};

/// Why a part of an event does not act.
pub(super) type Done = Result<(), SupersededReason>;

/// A yes, whoever said it.
pub(super) struct Yes {
    pub(super) renewed: bool,
    pub(super) explicit: bool,
    pub(super) gpc_acknowledged: bool,
}

/// Which no.
#[derive(Clone, Copy)]
pub(super) enum No {
    Refused,
    Declined,
    Withdrawn,
}

impl SubjectState {
    /// Compare-and-set, and the age of a grant that lay in a queue.
    fn may_widen(&self, event: &Event, cell: &CellRef) -> Done {
        if event
            .occurred_at
            .is_some_and(|made| event.received_at.saturating_sub(made) > LATE_GRANT_MS)
        {
            return Err(SupersededReason::LateGrant);
        }
        let blocks = |seqs: &RestrictiveSeqs| seqs.block(event.based_on, &event.after_seqs);
        let known = self.cell(&cell.purpose, &cell.scope);
        stale_if(blocks(&self.restrictive) || known.is_some_and(|c| blocks(&c.restrictive)))
    }

    pub(super) fn own_yes(&mut self, event: &Event, at: &CellRef, yes: &Yes) -> Done {
        self.may_widen(event, at)?;
        let cell = self.begin_yes(event, at, yes);
        cell.own = true;
        cell.own_event = (!cell.authorised.is_empty()).then(|| event.event_id.clone());
        cell.explicit = yes.explicit;
        cell.assurance = event.assurance;
        Ok(())
    }

    pub(super) fn guardians_yes_said(
        &mut self,
        event: &Event,
        guardian: &SubjectId,
        at: &CellRef,
        yes: &Yes,
        purpose: Option<&Purpose>,
    ) -> Done {
        if !self.takes_guardians_yes(purpose, guardian) {
            return Err(SupersededReason::NotEntitled);
        }
        self.may_widen(event, at)?;
        let own_event = self.cell_mut(at).event_id.clone();
        let cell = self.begin_yes(event, at, yes);
        if cell.own && cell.own_event.is_none() {
            cell.own_event = own_event;
        }
        cell.authorised.retain(|a| a.guardian != *guardian);
        cell.authorised.push(Authorisation {
            guardian: guardian.clone(),
            event_id: event.event_id.clone(),
            at: event.received_at,
            explicit: yes.explicit,
            assurance: event.assurance,
        });
        cell.authorised.sort_by(|a, b| a.guardian.cmp(&b.guardian));
        if let Some(cell) = self.cell(&at.purpose, &at.scope) {
            let complete = self.all_guardians_said_yes(cell);
            self.cell_mut(at).by_all_guardians = complete;
        }
        Ok(())
    }

    /// Makes the cell a yes. A child's and its guardians' yes add up only while they are about one notice and the child
    /// has not grown out of the band; otherwise, and where nobody has to join, a new yes replaces the old one whole.
    fn begin_yes(&mut self, event: &Event, at: &CellRef, yes: &Yes) -> &mut Cell {
        let band = self.age_band;
        let guardian = event.actor.role == Role::Guardian
            || matches!(event.act, Act::GuardianAuthorised { .. });
        let cell = self.cell_mut(at);
        let joins = cell.state.is_yes()
            && !cell.used
            && cell.notice == event.notice
            && cell.band_believed == band
            && cell.band_true == band
            && (guardian || !cell.authorised.is_empty());
        if !joins {
            cell.clear_yes();
            cell.band_believed = band;
            cell.band_true = band;
        }
        cell.state = if yes.renewed {
            CellState::Renewed
        } else {
            CellState::Given
        };
        cell.seq = event.seq;
        cell.at = event.received_at;
        cell.event_id = Some(event.event_id.clone());
        cell.notice.clone_from(&event.notice);
        if yes.gpc_acknowledged {
            cell.gpc_acknowledged = Some(event.seq);
        }
        cell
    }

    /// A no acts on receipt. On a yes it is a withdrawal, except a guardian's before all have answered; and it never
    /// makes a stronger no weaker.
    ///
    /// Beyond the scopes that a browser may decide on, it leaves its seq against late grants and no cell: without one,
    /// consent is missing.
    pub(super) fn no(&mut self, event: &Event, at: &CellRef, no: No) {
        let is_new = self.find(&at.purpose, &at.scope).is_err();
        if is_new && !self.has_room(event, &at.purpose, 0) {
            self.restrictive.push(event.seq);
            return;
        }
        let cell = self.cell_mut(at);
        let next = match (cell.state, no) {
            (CellState::Invalidated, _) => CellState::Invalidated,
            (_, No::Withdrawn) | (CellState::Withdrawn, _) => CellState::Withdrawn,
            (CellState::Revoked, _) => CellState::Revoked,
            (CellState::Given | CellState::Renewed, No::Declined) if !cell.by_all_guardians => {
                CellState::Refused
            }
            (CellState::Given | CellState::Renewed, _) => CellState::Withdrawn,
            _ => CellState::Refused,
        };
        settle(cell, event, next);
    }

    /// The controller's, an authority's or the service's end of a consent. A person's own no outlasts a revocation.
    pub(super) fn end(&mut self, event: &Event, at: &CellRef, state: CellState) {
        let cell = self.cell_mut(at);
        let next = match (cell.state, state) {
            (said, CellState::Revoked) if said.is_no() => said,
            _ => state,
        };
        settle(cell, event, next);
    }

    /// "Not now" takes nothing back and lifts no no.
    pub(super) fn defer(&mut self, event: &Event, at: &CellRef) -> Done {
        let cell = self.cell_mut(at);
        if cell.state.is_yes() || cell.state.is_no() {
            return Err(SupersededReason::NothingToChange);
        }
        cell.state = CellState::Deferred;
        mark(cell, event);
        Ok(())
    }

    pub(super) fn objection(&mut self, event: &Event, at: &CellRef, state: ObjectionState) {
        let cell = self.cell_mut(at);
        let upheld = cell
            .objection
            .is_some_and(|o| o.state == ObjectionState::Upheld);
        let keeps = upheld && state == ObjectionState::Objected;
        cell.objection = Some(Objection {
            state: if keeps { ObjectionState::Upheld } else { state },
            seq: event.seq,
        });
    }

    pub(super) fn retract_objection(&mut self, event: &Event, at: &CellRef, yes: &Yes) -> Done {
        self.may_widen(event, at)?;
        self.told(event, at);
        // A plain no may stand for an objection; where neither was said there is nothing to take back.
        let cell = self.cell_mut(at);
        if cell.objection.is_some() || cell.state.is_no() {
            self.objection(event, at, ObjectionState::Retracted);
        }
        if yes.gpc_acknowledged {
            self.cell_mut(at).gpc_acknowledged = Some(event.seq);
        }
        Ok(())
    }

    /// Direct marketing cannot be defended against an objection (GDPR Art. 21(3)).
    pub(super) fn reject_objection(
        &mut self,
        event: &Event,
        at: &CellRef,
        purpose: Option<&Purpose>,
    ) -> Done {
        let known = self.cell(&at.purpose, &at.scope).and_then(|c| c.objection);
        let pending = known.is_some_and(|o| o.state == ObjectionState::Objected);
        if !pending || purpose.is_none_or(|p| p.direct_marketing) {
            return Err(SupersededReason::NothingToChange);
        }
        self.may_widen(event, at)?;
        self.objection(event, at, ObjectionState::Rejected);
        Ok(())
    }

    /// Compare-and-set on the grant, so that of two parallel uses one loses.
    pub(super) fn spend(&mut self, at: &CellRef, consent: &EventId) -> Done {
        let found = self.find(&at.purpose, &at.scope);
        let cell = found.ok().and_then(|i| self.cells.get_mut(i));
        match cell {
            Some(cell)
                if cell.state.is_yes() && !cell.used && cell.event_id.as_ref() == Some(consent) =>
            {
                cell.used = true;
                Ok(())
            }
            _ => Err(SupersededReason::AlreadyUsed),
        }
    }

    pub(super) fn correct(&mut self, event: &Event, corrects: &EventId, fault: Fault) -> Done {
        if fault == Fault::Evidence {
            return Ok(());
        }
        let rests_on = |cell: &&mut Cell| {
            cell.state.is_yes()
                && (cell.event_id.as_ref() == Some(corrects)
                    || cell.own_event.as_ref() == Some(corrects)
                    || cell.authorised.iter().any(|a| a.event_id == *corrects))
        };
        let mut found = Err(SupersededReason::NothingToChange);
        for cell in self.cells.iter_mut().filter(rests_on) {
            settle(cell, event, CellState::Invalidated);
            found = Ok(());
        }
        found
    }

    pub(super) fn start_contract(
        &mut self,
        id: &ScopeValue,
        purposes: &[PurposeId],
        started_at: i64,
    ) {
        self.contracts.retain(|c| c.id != *id);
        self.contracts.push(Contract {
            id: id.clone(),
            purposes: purposes.to_vec(),
            started_at,
            ended_at: None,
        });
        self.contracts.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Whoever objects, or takes it back, in front of a notice has been told.
    pub(super) fn told(&mut self, event: &Event, at: &CellRef) {
        if let Some(notice) = &event.notice {
            self.deliver(notice, std::slice::from_ref(&at.purpose));
        }
    }

    pub(super) fn deliver(&mut self, notice: &NoticeHash, purposes: &[PurposeId]) {
        for delivery in &mut self.deliveries {
            delivery.purposes.retain(|p| !purposes.contains(p));
        }
        match self.deliveries.iter_mut().find(|d| d.notice == *notice) {
            Some(delivery) => delivery.purposes.extend_from_slice(purposes),
            None => self.deliveries.push(Delivery {
                notice: notice.clone(),
                purposes: purposes.to_vec(),
            }),
        }
        self.deliveries.retain(|d| !d.purposes.is_empty());
        for delivery in &mut self.deliveries {
            delivery.purposes.sort();
            delivery.purposes.dedup();
        }
    }

    /// A signal that goes on is a no and counts on receipt. One that goes off counts only if the sender had seen the
    /// on: an old submission from a queue must not lift a newer objection.
    pub(super) fn note_signals(&mut self, event: &Event) {
        let Some(signals) = event.signals.filter(|_| event.actor.role == Role::Subject) else {
            return;
        };
        for (on, since) in [
            (signals.gpc, &mut self.gpc_since),
            (signals.dnt, &mut self.dnt_since),
        ] {
            if on {
                since.get_or_insert(event.seq);
            } else if since.is_some_and(|seq| event.based_on >= seq) {
                *since = None;
            }
        }
    }

    pub(super) fn cell_mut(&mut self, at: &CellRef) -> &mut Cell {
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

pub(super) fn stale_if(blocked: bool) -> Done {
    if blocked {
        Err(SupersededReason::StaleGrant)
    } else {
        Ok(())
    }
}

/// Puts the cell into a no and remembers it against late grants.
fn settle(cell: &mut Cell, event: &Event, next: CellState) {
    cell.restrictive.push(event.seq);
    let repeated = cell.state == next && next != CellState::Refused;
    cell.clear_yes();
    cell.state = next;
    if !repeated {
        mark(cell, event);
    }
}

fn mark(cell: &mut Cell, event: &Event) {
    cell.seq = event.seq;
    cell.at = event.received_at;
    cell.event_id = Some(event.event_id.clone());
    if event.notice.is_some() {
        cell.notice.clone_from(&event.notice);
    }
}
