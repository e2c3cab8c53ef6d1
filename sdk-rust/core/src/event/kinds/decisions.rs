use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    cell_ref::CellRef,
    decision::{Decision, DecisionKind, Outcome, SupersededReason},
    event::{Cells, Direction, EventKind, Fact, NoData, Role, Summary},
    state::{Applied, ApplyContext, DecisionResult, Grant, Refusal, StateWord, SubjectState},
};

/// The decisions of a person or a guardian. Each concerns a different cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions(pub Vec<Decision>);

/// The public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedPublic {
    #[serde(deserialize_with = "at_least_one")]
    decisions: Vec<Decision>,
}

fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Decision>, D::Error> {
    let decisions = Vec::deserialize(deserializer)?;
    if decisions.is_empty() {
        return Err(D::Error::custom("no decision"));
    }
    Ok(decisions)
}

impl EventKind for Decisions {
    const TYPE: &'static str = "decisions";
    const VERSION: u8 = 1;
    type Public = DecidedPublic;
    type Private = NoData;

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

    fn cells(&self) -> Cells<'_> {
        Cells::of_decisions(&self.0)
    }

    fn split(self) -> (Self::Public, Self::Private) {
        let public = DecidedPublic { decisions: self.0 };
        (public, NoData {})
    }

    fn join(public: Self::Public, _: Self::Private) -> Self {
        Self(public.decisions)
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        let each = self.0.iter().map(|decision| decide(state, cx, decision));
        Applied::sum(each.collect())
    }

    fn apply_to_erased(&self) -> Applied {
        let Cells::These(named) = self.cells() else {
            return Applied::whole(Ok(()));
        };
        let each = named.into_iter().zip(&self.0).map(|(cell, decision)| {
            DecisionResult::on_erased(cell, decision.decision.is_restrictive())
        });
        Applied::sum(each.collect())
    }

    fn summary(public: &Self::Public) -> Summary {
        Summary(public.decisions.iter().map(Fact::from).collect())
    }
}

fn decide(state: &mut SubjectState, cx: &ApplyContext<'_>, decision: &Decision) -> DecisionResult {
    let cell = CellRef {
        purpose: decision.purpose.clone(),
        scope: decision.scope.clone(),
    };
    let purpose = cx.purposes.purpose(&cell.purpose);
    let by_guardian = cx.actor.role == Role::Guardian;
    if by_guardian && !SubjectState::hears_guardian(purpose) {
        let objecting = is_about_objection(decision.decision);
        let result = Err(SupersededReason::NotEntitled);
        return state.result(&cell, result, purpose, objecting);
    }
    if decision.all_scopes && decision.decision.is_restrictive() {
        return all_scopes(state, cx, &cell, decision.decision);
    }
    decide_cell(state, cx, &cell, decision)
}

fn decide_cell(
    state: &mut SubjectState,
    cx: &ApplyContext<'_>,
    cell: &CellRef,
    decision: &Decision,
) -> DecisionResult {
    let purpose = cx.purposes.purpose(&cell.purpose);
    let grant = Grant {
        renewed: decision.decision == DecisionKind::Renewed,
        explicit: decision.explicit,
        gpc_acknowledged: decision.gpc_acknowledged,
    };
    let by_guardian = cx.actor.role == Role::Guardian;
    let result = match decision.decision {
        DecisionKind::Given | DecisionKind::Renewed if by_guardian => match cx.actor.guardian() {
            Some(id) => state.guardian_grant(cx, &id, cell, &grant, purpose),
            None => Err(SupersededReason::NotEntitled),
        },
        DecisionKind::Given | DecisionKind::Renewed => state.own_grant(cx, cell, &grant),
        DecisionKind::Refused | DecisionKind::Withdrawn | DecisionKind::Objected => {
            narrow(state, cx, cell, decision.decision);
            Ok(())
        }
        DecisionKind::Deferred => state.defer(cx, cell),
        DecisionKind::ObjectionRetracted => state.retract_objection(cx, cell, &grant),
    };
    state.result(cell, result, purpose, is_about_objection(decision.decision))
}

fn is_about_objection(kind: DecisionKind) -> bool {
    matches!(
        kind,
        DecisionKind::Objected | DecisionKind::ObjectionRetracted
    )
}

fn narrow(state: &mut SubjectState, cx: &ApplyContext<'_>, cell: &CellRef, kind: DecisionKind) {
    let refusal = match kind {
        DecisionKind::Objected => return state.object(cx, cell),
        DecisionKind::Withdrawn => Refusal::Withdrawn,
        DecisionKind::Refused
        | DecisionKind::Given
        | DecisionKind::Renewed
        | DecisionKind::Deferred
        | DecisionKind::ObjectionRetracted => {
            // A guardian's refusal withdraws nothing until all guardians have decided.
            if cx.actor.role == Role::Guardian {
                Refusal::Declined
            } else {
                Refusal::Refused
            }
        }
    };
    state.refuse(cx, cell, refusal);
}

/// Restricts each cell of the purpose. A scope without a decision has no cell to restrict, but an earlier grant for it
/// that is still in transit must not take effect. Nor must an earlier grant for another purpose; the person is then
/// asked again.
fn all_scopes(
    state: &mut SubjectState,
    cx: &ApplyContext<'_>,
    named: &CellRef,
    kind: DecisionKind,
) -> DecisionResult {
    let purpose = cx.purposes.purpose(&named.purpose);
    let known = state.cells.iter().filter(|c| c.purpose == named.purpose);
    let scopes: Vec<_> = known.map(|cell| cell.scope.clone()).collect();
    let mut word = match kind {
        DecisionKind::Objected => StateWord::Objected,
        DecisionKind::Withdrawn => StateWord::Withdrawn,
        DecisionKind::Refused
        | DecisionKind::Given
        | DecisionKind::Renewed
        | DecisionKind::Deferred
        | DecisionKind::ObjectionRetracted => StateWord::Refused,
    };
    for scope in scopes {
        let cell = CellRef {
            purpose: named.purpose.clone(),
            scope,
        };
        narrow(state, cx, &cell, kind);
        word = state
            .result(&cell, Ok(()), purpose, kind == DecisionKind::Objected)
            .state;
    }
    state.restrictive.push(cx.seq);
    DecisionResult {
        purpose: named.purpose.clone(),
        scope: named.scope.clone(),
        state: word,
        outcome: Outcome::Effective,
        reason: None,
    }
}
