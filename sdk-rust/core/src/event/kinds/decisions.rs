//! `decisions`

use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    decision::{Decision, DecisionKind, SupersededReason},
    event::{Direction, EventKind, Role},
    state::{Applied, ApplyContext, DecisionResult, Grant, Refusal, SubjectState},
};

/// What a person, or a guardian, decided; each about a cell of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions(pub Vec<Decision>);

impl EventKind for Decisions {
    const TYPE: &'static str = "decisions";

    fn direction(&self) -> Direction {
        let narrows = self.0.iter().any(|d| d.decision.is_restrictive());
        let widens = self.0.iter().any(|d| d.decision.is_permissive());
        match (narrows, widens) {
            (true, true) => Direction::Mixed,
            (true, false) => Direction::Restrictive,
            (false, true) => Direction::Permissive,
            (false, false) => Direction::Neutral,
        }
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        let each = self.0.iter().map(|decision| decide(state, cx, decision));
        Applied::sum(each.collect())
    }

    fn apply_to_erased(&self) -> Applied {
        let each = self.0.iter();
        Applied::sum(each.map(DecisionResult::on_erased).collect())
    }
}

fn decide(state: &mut SubjectState, cx: &ApplyContext<'_>, decision: &Decision) -> DecisionResult {
    let cell = CellRef {
        purpose: decision.purpose.clone(),
        scope: decision.scope.clone(),
    };
    let purpose = cx.purposes.purpose(&cell.purpose);
    let grant = Grant {
        renewed: decision.decision == DecisionKind::Renewed,
        explicit: decision.explicit,
        gpc_acknowledged: decision.gpc_acknowledged,
    };
    let by_guardian = cx.actor.role == Role::Guardian;
    let objecting = matches!(
        decision.decision,
        DecisionKind::Objected | DecisionKind::ObjectionRetracted
    );
    let result = match decision.decision {
        _ if by_guardian && !SubjectState::hears_guardian(purpose) => {
            Err(SupersededReason::NotEntitled)
        }
        DecisionKind::Given | DecisionKind::Renewed if by_guardian => match cx.actor.guardian() {
            Some(id) => state.guardian_grant(cx, &id, &cell, &grant, purpose),
            None => Err(SupersededReason::NotEntitled),
        },
        DecisionKind::Given | DecisionKind::Renewed => state.own_grant(cx, &cell, &grant),
        DecisionKind::Refused => {
            state.refuse(cx, &cell, Refusal::Refused);
            Ok(())
        }
        DecisionKind::Withdrawn => {
            state.refuse(cx, &cell, Refusal::Withdrawn);
            Ok(())
        }
        DecisionKind::Deferred => state.defer(cx, &cell),
        DecisionKind::Objected => {
            state.object(cx, &cell);
            Ok(())
        }
        DecisionKind::ObjectionRetracted => state.retract_objection(cx, &cell, &grant),
    };
    state.result(&cell, result, purpose, objecting)
}
