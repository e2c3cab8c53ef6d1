//! The use of a single-use consent: the verdict of the check, and a denial if its grant rests on another consent.

use super::{Context, Obligation, Op, PurposeLookup, Question, Verdict, decide};
use crate::{
    decision::Outcome,
    event::{CellRef, Event, EventBody, kinds::ConsentUsed},
    id::EventId,
    reason::Reason,
    state::SubjectState,
};

/// Whether this consent may be spent now: the verdict of [`decide`] on `op: forward`, without the obligation to spend it,
/// and `CONSENT_USED` if that allows by another consent than the named one. `state` is the subject's, `now` Unix milliseconds.
pub fn decide_use(
    ctx: &Context<'_>,
    state: Option<&SubjectState>,
    cell: &CellRef,
    consent: &EventId,
    now: i64,
) -> Verdict {
    let question = Question {
        scope: cell.scope.clone(),
        op: Op::Forward,
        explain: true,
        ..Question::about(cell.purpose.clone())
    };
    let mut verdict = decide(ctx, state, &question, now);
    verdict.obligations.retain(|o| *o != Obligation::UseOnce);
    let rests_on = verdict.explain.take().and_then(|explain| explain.event_id);
    if verdict.allow && rests_on.as_ref() != Some(consent) {
        return verdict.spent();
    }
    verdict
}

/// Spends a consent: the verdict on an event that uses one, and if it allows the state after it. Without a state
/// nothing has changed. The event already has its number and time.
pub fn spend(
    register: &dyn PurposeLookup,
    state: &SubjectState,
    event: &Event,
) -> (Verdict, Option<SubjectState>) {
    let EventBody::ConsentUsed(ConsentUsed { cell, consent, .. }) = &event.body else {
        return (Verdict::fail_closed(Reason::FailclosedUnavailable), None);
    };
    let context = Context::new(register);
    let verdict = decide_use(&context, Some(state), cell, consent, event.received_at);
    let mut spent = state.clone();
    let acts = spent.apply(event, register).outcome == Outcome::Effective;
    match (verdict.allow, acts) {
        (false, _) => (verdict, None),
        (true, false) => (verdict.spent(), None),
        (true, true) => (verdict, Some(spent)),
    }
}

impl Verdict {
    /// The verdict for a use that names a spent or replaced consent. It permits no prompt: the next check says whether
    /// a consent is live.
    #[must_use]
    pub fn spent(self) -> Self {
        Self {
            allow: false,
            may_ask: false,
            reason: Reason::ConsentUsed,
            valid_until: None,
            rely_ms: 0,
            obligations: Vec::new(),
            explain: None,
            row: 27.into(),
            ..self
        }
    }
}
