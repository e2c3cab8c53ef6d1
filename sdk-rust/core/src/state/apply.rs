//! What an event does to a state (sections 2 and 3).
//!
//! Whatever narrows acts on receipt. Whatever widens is compare-and-set: it acts only if no no that its sender had not
//! seen has come in between.

use serde::{Deserialize, Serialize};

use super::{
    CellState, ObjectionState, RestrictiveSeqs, StateWord, SubjectState,
    acts::{Done, No, Yes, stale_if},
    merge::merge_at,
};
use crate::{
    decide::PurposeLookup,
    decision::{Decision, DecisionKind, Outcome, SupersededReason},
    event::{Act, CellRef, Event, Role},
    id::PurposeId,
    purpose::Purpose,
    scope::Scope,
};

/// A grant that arrives longer than this after it was made does not act; ms: 30 days.
pub const LATE_GRANT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// What became of one decision; the shape is that of the answer to `POST /v1/consents`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionResult {
    /// About which purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Where the cell, or its objection, stands now.
    pub state: StateWord,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was superseded, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
}

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What became of it as a whole: superseded if every part of it was, pending if some part waits for a guardian.
    pub outcome: Outcome,
    /// Why it was superseded, where it was.
    pub reason: Option<SupersededReason>,
    /// What became of each decision, in the event's order; one for an act about a single cell, none for others.
    pub decisions: Vec<DecisionResult>,
}

/// The state that a whole stream, in order, leads to.
pub fn fold<'a>(
    events: impl IntoIterator<Item = &'a Event>,
    purposes: &dyn PurposeLookup,
) -> SubjectState {
    let mut state = SubjectState::default();
    for event in events {
        state.apply(event, purposes);
    }
    state
}

impl SubjectState {
    /// Applies the next event of the subject's stream. Total: it never fails, and an event that must not act leaves
    /// nothing but its seq. `purposes` is the register that was live when the event was received.
    pub fn apply(&mut self, event: &Event, purposes: &dyn PurposeLookup) -> Applied {
        self.seq = self.seq.max(event.seq);
        self.at = self.at.max(event.received_at);
        if self.erased {
            return erased(event);
        }
        self.note_signals(event);
        match &event.act {
            Act::Decisions(decisions) => {
                let each = decisions.iter().map(|d| self.decision(event, d, purposes));
                Applied::sum(each.collect())
            }
            Act::GuardianAuthorised {
                guardian,
                cell,
                explicit,
            } => {
                let yes = Yes {
                    renewed: false,
                    explicit: *explicit,
                    gpc_acknowledged: false,
                };
                let purpose = purposes.purpose(&cell.purpose);
                let done = self.guardians_yes_said(event, guardian, cell, &yes, purpose);
                self.about(cell, done, purpose, false)
            }
            Act::GuardianDeclined { cell, .. } => {
                self.guardians_no(event, cell, No::Declined, purposes)
            }
            Act::GuardianWithdrawn { cell, .. } => {
                self.guardians_no(event, cell, No::Withdrawn, purposes)
            }
            Act::ObjectionUpheld { cell } => {
                self.objection(event, cell, ObjectionState::Upheld);
                self.about(cell, Ok(()), purposes.purpose(&cell.purpose), true)
            }
            Act::ObjectionRejected { cell, .. } => {
                let purpose = purposes.purpose(&cell.purpose);
                let done = self.reject_objection(event, cell, purpose);
                self.about(cell, done, purpose, true)
            }
            Act::ConsentInvalidated { cell, .. } => {
                self.end(event, cell, CellState::Invalidated);
                self.about(cell, Ok(()), purposes.purpose(&cell.purpose), false)
            }
            Act::ConsentRevoked { cell } => {
                self.end(event, cell, CellState::Revoked);
                self.about(cell, Ok(()), purposes.purpose(&cell.purpose), false)
            }
            Act::ConsentUsed { cell, consent } => {
                let done = self.spend(cell, consent);
                self.about(cell, done, purposes.purpose(&cell.purpose), false)
            }
            Act::Correction {
                corrects, fault, ..
            } => Applied::of(self.correct(event, corrects, *fault)),
            other => Applied::of(self.subject_act(event, other)),
        }
    }

    /// Acts about the subject as a whole.
    fn subject_act(&mut self, event: &Event, act: &Act) -> Done {
        match act {
            Act::GuardianLinked {
                guardian,
                verification,
            } => {
                self.link_guardian(guardian, *verification);
            }
            Act::GuardianUnlinked { guardian } => self.unlink_guardian(guardian),
            Act::AgeBandSet { band, country } => self.set_age(*band, *country),
            Act::NoticeDelivered { notice, purposes } => self.deliver(notice, purposes),
            Act::ContractStarted {
                contract, purposes, ..
            } => {
                self.start_contract(contract, purposes, event.effective_at());
            }
            Act::ContractEnded { contract, .. } => {
                let open = self.contracts.iter_mut().find(|c| c.id == *contract);
                let open = open.ok_or(SupersededReason::NothingToChange)?;
                open.ended_at = Some(event.effective_at());
            }
            Act::CampaignEnded { campaign, .. } => {
                self.campaigns.retain(|(id, _)| id != campaign);
                self.campaigns
                    .push((campaign.clone(), event.effective_at()));
                self.campaigns.sort();
            }
            Act::SubjectLinked { state, .. } => *self = merge_at(self, state, self.seq),
            Act::SubjectMerged { into } => self.merged_into = Some(into.clone()),
            Act::SubjectUnmerged { state, .. } => {
                self.merged_into = None;
                if let Some(state) = state {
                    *self = merge_at(self, state, self.seq);
                }
            }
            Act::SubjectRestricted {} => {
                self.restricted = true;
                self.restrictive.push(event.seq);
            }
            Act::SubjectUnrestricted {} => {
                let blocked = self.restrictive.block(event.based_on, &event.after_seqs);
                stale_if(blocked)?;
                self.restricted = false;
            }
            Act::SubjectErased {} => {
                *self = Self {
                    seq: self.seq,
                    at: self.at,
                    erased: true,
                    restrictive: RestrictiveSeqs::only(event.seq),
                    ..Self::default()
                };
            }
            // Terms are no consent; the acts about cells have been dealt with.
            _ => {}
        }
        Ok(())
    }

    fn decision(
        &mut self,
        event: &Event,
        said: &Decision,
        purposes: &dyn PurposeLookup,
    ) -> DecisionResult {
        let cell = CellRef {
            purpose: said.purpose.clone(),
            scope: said.scope.clone(),
        };
        let purpose = purposes.purpose(&said.purpose);
        let yes = Yes {
            renewed: said.decision == DecisionKind::Renewed,
            explicit: said.explicit,
            gpc_acknowledged: said.gpc_acknowledged,
        };
        let guardian = event.actor.role == Role::Guardian;
        let objecting = matches!(
            said.decision,
            DecisionKind::Objected | DecisionKind::ObjectionRetracted
        );
        let done = match said.decision {
            _ if guardian && !Self::hears_guardian(purpose) => Err(SupersededReason::NotEntitled),
            DecisionKind::Given | DecisionKind::Renewed if guardian => match event.actor.guardian()
            {
                Some(id) => self.guardians_yes_said(event, &id, &cell, &yes, purpose),
                None => Err(SupersededReason::NotEntitled),
            },
            DecisionKind::Given | DecisionKind::Renewed => self.own_yes(event, &cell, &yes),
            DecisionKind::Refused => {
                self.no(event, &cell, No::Refused);
                Ok(())
            }
            DecisionKind::Withdrawn => {
                self.no(event, &cell, No::Withdrawn);
                Ok(())
            }
            DecisionKind::Deferred => self.defer(event, &cell),
            DecisionKind::Objected => {
                self.told(event, &cell);
                self.objection(event, &cell, ObjectionState::Objected);
                self.cell_mut(&cell).restrictive.push(event.seq);
                Ok(())
            }
            DecisionKind::ObjectionRetracted => self.retract_objection(event, &cell, &yes),
        };
        self.result(&cell, done, purpose, objecting)
    }

    fn guardians_no(
        &mut self,
        event: &Event,
        at: &CellRef,
        no: No,
        purposes: &dyn PurposeLookup,
    ) -> Applied {
        let purpose = purposes.purpose(&at.purpose);
        let done = if Self::hears_guardian(purpose) {
            self.no(event, at, no);
            Ok(())
        } else {
            Err(SupersededReason::NotEntitled)
        };
        self.about(at, done, purpose, false)
    }

    fn about(
        &self,
        at: &CellRef,
        done: Done,
        purpose: Option<&Purpose>,
        objecting: bool,
    ) -> Applied {
        Applied::sum(vec![self.result(at, done, purpose, objecting)])
    }

    fn result(
        &self,
        at: &CellRef,
        done: Done,
        purpose: Option<&Purpose>,
        objecting: bool,
    ) -> DecisionResult {
        let cell = self.cell(&at.purpose, &at.scope);
        let marketing = purpose.is_some_and(|p| p.direct_marketing);
        let consent = cell.map_or(CellState::Unknown, |cell| match purpose {
            Some(purpose) => self.standing(cell, purpose).state,
            None => cell.state,
        });
        let objection = cell.and_then(|c| c.objection).map(|o| o.state);
        let state = match objection {
            Some(ObjectionState::Objected) if objecting && marketing => StateWord::Upheld,
            Some(objection) if objecting => objection.into(),
            None if objecting => StateWord::Informed,
            _ => consent.into(),
        };
        let outcome = match done {
            Err(_) => Outcome::Superseded,
            Ok(()) if state == StateWord::PendingGuardian => Outcome::PendingGuardian,
            Ok(()) => Outcome::Effective,
        };
        DecisionResult {
            purpose: at.purpose.clone(),
            scope: at.scope.clone(),
            state,
            outcome,
            reason: done.err(),
        }
    }
}

impl Applied {
    fn of(done: Done) -> Self {
        Self {
            outcome: if done.is_ok() {
                Outcome::Effective
            } else {
                Outcome::Superseded
            },
            reason: done.err(),
            decisions: Vec::new(),
        }
    }

    fn sum(decisions: Vec<DecisionResult>) -> Self {
        let all = |outcome| !decisions.is_empty() && decisions.iter().all(|d| d.outcome == outcome);
        let waits = decisions
            .iter()
            .any(|d| d.outcome == Outcome::PendingGuardian);
        let outcome = if all(Outcome::Superseded) {
            Outcome::Superseded
        } else if waits {
            Outcome::PendingGuardian
        } else {
            Outcome::Effective
        };
        let reason = match outcome {
            Outcome::Superseded => decisions.first().and_then(|d| d.reason),
            _ => None,
        };
        Self {
            outcome,
            reason,
            decisions,
        }
    }
}

/// After erasure a no is granted from the mark, and nothing else happens (section 2, rule 7).
fn erased(event: &Event) -> Applied {
    let refused = Err(SupersededReason::SubjectErased);
    let answer = |no: bool| if no { Ok(()) } else { refused };
    let Act::Decisions(decisions) = &event.act else {
        return Applied::of(answer(event.act.is_restrictive()));
    };
    let each = decisions.iter().map(|said| {
        let done: Done = answer(said.decision.is_restrictive());
        DecisionResult {
            purpose: said.purpose.clone(),
            scope: said.scope.clone(),
            state: StateWord::Erased,
            outcome: if done.is_ok() {
                Outcome::Effective
            } else {
                Outcome::Superseded
            },
            reason: done.err(),
        }
    });
    Applied::sum(each.collect())
}
