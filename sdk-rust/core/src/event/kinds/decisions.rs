use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::{
    cell_ref::CellRef,
    decision::{Decision, DecisionKind, Method, Outcome, SupersededReason},
    event::{Cells, Direction, EventKind, Fact, NoData, Role, Summary},
    purpose::{Assurance, CheckMode, Purpose},
    scope::Scope,
    state::{
        Applied, ApplyContext, DecisionResult, Grant, Refusal, StateWord, SubjectState, Voice,
        hearing,
    },
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
    let Some(voice) = state.voice(cx, purpose) else {
        return DecisionResult::unheard(&cell);
    };
    let kind = decision.decision;
    if !kind.is_restrictive() {
        return decide_cell(state, cx, &cell, decision, &voice);
    }
    let objecting = objecting(hearing::meant(purpose, kind), purpose);
    if !state.is_bound_by(cx, &voice, &cell, purpose) {
        return DecisionResult::unheard(&cell);
    }
    if let Err(reason) = hearing::hears(purpose, kind) {
        return state.result(cx, &cell, Err(reason), purpose, objecting);
    }
    if decision.all_scopes || hearing::lacks_scope(purpose, cell.scope.scope_type()) {
        return all_scopes(state, cx, &cell, kind, &voice);
    }
    narrow(state, cx, &cell, kind, &voice);
    state.result(cx, &cell, Ok(()), purpose, objecting)
}

/// A decision that restricts nothing.
fn decide_cell(
    state: &mut SubjectState,
    cx: &ApplyContext<'_>,
    cell: &CellRef,
    decision: &Decision,
    voice: &Voice,
) -> DecisionResult {
    let purpose = cx.purposes.purpose(&cell.purpose);
    let kind = decision.decision;
    let grant = Grant {
        renewed: kind == DecisionKind::Renewed,
        explicit: decision.explicit,
        gpc_acknowledged: decision.gpc_acknowledged,
    };
    let result = match (kind, voice) {
        _ if kind.is_permissive() && !may_widen(cx, kind, voice) => {
            Err(SupersededReason::NotEntitled)
        }
        (DecisionKind::Given | DecisionKind::Renewed, Voice::Guardian(id)) => {
            state.guardian_grant(cx, id, cell, &grant, purpose)
        }
        (DecisionKind::Given | DecisionKind::Renewed, Voice::Own) => {
            state.own_grant(cx, cell, &grant, purpose)
        }
        (DecisionKind::ObjectionRetracted, _) => state.retract_objection(cx, cell, &grant),
        (
            DecisionKind::Deferred
            | DecisionKind::Refused
            | DecisionKind::Withdrawn
            | DecisionKind::Objected,
            _,
        ) => state.defer(cx, cell),
    };
    state.result(cx, cell, result, purpose, objecting(kind, purpose))
}

/// Whether the actor may permit anything for the person (rule E2): the person, a guardian, or staff who record the
/// person's own statement. An objection is the person's alone (GDPR Art. 21).
fn may_widen(cx: &ApplyContext<'_>, kind: DecisionKind, voice: &Voice) -> bool {
    match cx.actor.role {
        Role::Subject => true,
        _ if kind == DecisionKind::ObjectionRetracted => false,
        Role::Staff => {
            cx.assurance >= Assurance::Server && cx.method.is_some_and(Method::is_recorded_by_staff)
        }
        Role::Guardian | Role::Authority => *voice != Voice::Own,
        Role::Controller | Role::System => false,
    }
}

/// Whether the result is about the objection. Where only consent permits, an objection is a refusal.
fn objecting(kind: DecisionKind, purpose: Option<&Purpose>) -> bool {
    let is_refusal = |p: &Purpose| p.check_mode == CheckMode::Consent && !p.direct_marketing;
    matches!(
        kind,
        DecisionKind::Objected | DecisionKind::ObjectionRetracted
    ) && !purpose.is_some_and(is_refusal)
}

fn narrow(
    state: &mut SubjectState,
    cx: &ApplyContext<'_>,
    cell: &CellRef,
    kind: DecisionKind,
    voice: &Voice,
) {
    let known = state.cell(&cell.purpose, &cell.scope);
    let ends_a_grant =
        kind != DecisionKind::Objected && known.is_some_and(|c| c.state.is_granted());
    if hearing::meant(cx.purposes.purpose(&cell.purpose), kind) == DecisionKind::Objected {
        state.object(cx, cell, voice);
        if !ends_a_grant {
            return;
        }
    }
    let refusal = match kind {
        DecisionKind::Withdrawn => Refusal::Withdrawn,
        // A guardian's refusal withdraws nothing until all guardians have decided.
        _ if *voice != Voice::Own => Refusal::Declined,
        _ => Refusal::Refused,
    };
    state.refuse(cx, cell, refusal, voice);
}

/// Restricts each cell of the purpose, and the one without a scope, which stands for the scopes without a decision. An
/// earlier grant for one of those that is still in transit must not take effect. Nor must an earlier grant for another
/// purpose; the person is then asked again.
fn all_scopes(
    state: &mut SubjectState,
    cx: &ApplyContext<'_>,
    named: &CellRef,
    kind: DecisionKind,
    voice: &Voice,
) -> DecisionResult {
    let purpose = cx.purposes.purpose(&named.purpose);
    let every = CellRef {
        purpose: named.purpose.clone(),
        scope: Scope::None,
    };
    let objecting = objecting(hearing::meant(purpose, kind), purpose);
    let mut word = StateWord::Unknown;
    let scoped = state.cells_of(&named.purpose);
    let scoped = scoped.into_iter().filter(|cell| !cell.scope.is_none());
    for cell in std::iter::once(every).chain(scoped) {
        narrow(state, cx, &cell, kind, voice);
        let result = state.result(cx, &cell, Ok(()), purpose, objecting);
        word = result.state;
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
