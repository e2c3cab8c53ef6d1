//! The outcome of an event, and of each of its decisions.

use serde::{Deserialize, Serialize};

use super::{ApplyContext, CellState, ObjectionState, StateWord, SubjectState};
use crate::{
    cell_ref::CellRef,
    decision::{Outcome, SupersededReason},
    event::{Cells, NamedCell, opening::EventResult},
    id::PurposeId,
    purpose::Purpose,
    scope::Scope,
};

/// Why an event, or a part of it, has no effect.
pub type ApplyResult = Result<(), SupersededReason>;

/// A grant that arrives longer than this after it was made has no effect; ms: 30 days.
pub const LATE_GRANT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// The outcome of one decision, as the response to `POST /v1/consents` has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionResult {
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The state of the cell, or of its objection.
    pub state: StateWord,
    /// The outcome.
    pub outcome: Outcome,
    /// Why it was superseded, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
}

/// The outcome of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The outcome as a whole: superseded if every part was, pending if a part waits for a guardian.
    pub outcome: Outcome,
    /// Why it was superseded, if it was.
    pub reason: Option<SupersededReason>,
    /// The outcome of each decision, in the event's order; one for an act about a single cell, none for others.
    pub decisions: Vec<DecisionResult>,
}

impl SubjectState {
    /// The outcome of an event about a single cell.
    pub(crate) fn about(
        &self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        result: ApplyResult,
        objecting: bool,
    ) -> Applied {
        let purpose = cx.purposes.purpose(&at.purpose);
        Applied::sum(vec![self.result(cx, at, result, purpose, objecting)])
    }

    /// The outcome of a decision about a cell, in the state after it.
    pub(crate) fn result(
        &self,
        cx: &ApplyContext<'_>,
        at: &CellRef,
        result: ApplyResult,
        purpose: Option<&Purpose>,
        objecting: bool,
    ) -> DecisionResult {
        let cell = self.cell(&at.purpose, &at.scope);
        let marketing = purpose.is_some_and(|p| p.direct_marketing);
        let consent = cell.map_or(CellState::Unknown, |cell| match purpose {
            Some(purpose) => self.standing(cell, purpose, cx.received_at).state,
            None => cell.state,
        });
        let objection = cell.and_then(|c| c.objection).map(|o| o.state);
        let state = match objection {
            Some(ObjectionState::Objected) if objecting && marketing => StateWord::Upheld,
            Some(objection) if objecting => objection.into(),
            None if objecting => StateWord::Informed,
            _ => consent.into(),
        };
        let outcome = match outcome_of(result) {
            Outcome::Effective if state == StateWord::PendingGuardian => Outcome::PendingGuardian,
            outcome => outcome,
        };
        DecisionResult {
            purpose: at.purpose.clone(),
            scope: at.scope.clone(),
            state,
            outcome,
            reason: result.err(),
        }
    }
}

impl Applied {
    /// The outcome of an event about the subject as a whole.
    pub(crate) fn whole(result: ApplyResult) -> Self {
        Self {
            outcome: outcome_of(result),
            reason: result.err(),
            decisions: Vec::new(),
        }
    }

    /// The outcome of decisions about several cells: of the strongest part.
    pub(crate) fn sum(decisions: Vec<DecisionResult>) -> Self {
        let all = |outcome| !decisions.is_empty() && decisions.iter().all(|d| d.outcome == outcome);
        let waits = decisions
            .iter()
            .any(|d| d.outcome == Outcome::PendingGuardian);
        let acts = decisions
            .iter()
            .any(|d| matches!(d.outcome, Outcome::Effective | Outcome::PendingGuardian));
        let outcome = if all(Outcome::NotApplicable) {
            Outcome::NotApplicable
        } else if !acts && !decisions.is_empty() {
            Outcome::Superseded
        } else if waits {
            Outcome::PendingGuardian
        } else {
            Outcome::Effective
        };
        let first = decisions.iter().find(|d| d.outcome == outcome);
        let reason = first.and_then(|d| d.reason);
        Self {
            outcome,
            reason,
            decisions,
        }
    }

    /// The outcome of an event about an erased subject: a restrictive one succeeds, and nothing else happens.
    pub(crate) fn on_erased(cells: &Cells<'_>, is_restrictive: bool) -> Self {
        match cells {
            Cells::None | Cells::Every => Self::whole(on_erased(is_restrictive)),
            Cells::These(named) => Self::sum(
                named
                    .iter()
                    .map(|cell| DecisionResult::on_erased(*cell, is_restrictive))
                    .collect(),
            ),
        }
    }

    /// As it is recorded: one for each cell that the event names, else one for the subject as a whole.
    pub fn results(&self) -> Vec<EventResult> {
        if self.decisions.is_empty() {
            return vec![EventResult {
                outcome: self.outcome,
                reason: self.reason,
                state: None,
            }];
        }
        let each = self.decisions.iter().map(|result| EventResult {
            outcome: result.outcome,
            reason: result.reason,
            state: Some(result.state),
        });
        each.collect()
    }
}

impl DecisionResult {
    /// The outcome of a guardian's decision that is not heard. It says nothing of the person: neither the state nor
    /// whether there is one (rule E8).
    pub(crate) fn unheard(at: &CellRef) -> Self {
        Self {
            purpose: at.purpose.clone(),
            scope: at.scope.clone(),
            state: StateWord::Unknown,
            outcome: Outcome::Superseded,
            reason: Some(SupersededReason::NotEntitled),
        }
    }

    /// The outcome about one cell of an erased subject.
    pub(crate) fn on_erased(cell: NamedCell<'_>, is_restrictive: bool) -> Self {
        let result = on_erased(is_restrictive);
        Self {
            purpose: cell.purpose.clone(),
            scope: cell.scope.clone(),
            state: StateWord::Erased,
            outcome: outcome_of(result),
            reason: result.err(),
        }
    }
}

/// After erasure only restrictive events succeed (decisions.md 2.7).
fn on_erased(is_restrictive: bool) -> ApplyResult {
    if is_restrictive {
        Ok(())
    } else {
        Err(SupersededReason::SubjectErased)
    }
}

fn outcome_of(result: ApplyResult) -> Outcome {
    match result {
        Ok(()) => Outcome::Effective,
        Err(reason) if reason.is_not_applicable() => Outcome::NotApplicable,
        Err(_) => Outcome::Superseded,
    }
}
