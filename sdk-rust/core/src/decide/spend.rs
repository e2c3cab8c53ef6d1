//! The use of a single-use consent: what the check answers, and a no where its yes rests on another consent.

use super::{Context, Op, Question, Verdict, decide};
use crate::{event::CellRef, id::EventId, reason::Reason, state::SubjectState};

/// Whether this consent may be spent now. It is what [`decide`] answers to `op: forward`; and `CONSENT_USED` where that
/// is a yes which another consent than the named one gives. `state` is that of the subject, `now` Unix milliseconds.
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
    let rests_on = verdict.explain.take().and_then(|explain| explain.event_id);
    if verdict.allow && rests_on.as_ref() != Some(consent) {
        return verdict.spent();
    }
    verdict
}

impl Verdict {
    /// The no to whoever names a consent that is spent, or that another one has replaced. Nobody is to be asked: whether
    /// a consent is live is for the next check to say.
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
            row: 27,
            ..self
        }
    }
}
