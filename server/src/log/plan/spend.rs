//! A use within a batch: judged under the head's lock, by the state that everything before it has left, so that of two
//! uses one passes, and none passes after a no.

use samtycke_core::decide::{Context, Verdict, decide_use};
use samtycke_core::decision::Outcome;
use samtycke_core::event::CellRef;
use samtycke_core::id::EventId;
use samtycke_core::reason::Reason;
use samtycke_core::state::SubjectState;

use super::super::body::UseRecord;
use super::super::{Denied, Done, Submission, Used};
use super::{Effect, Planner};
use crate::position::Position;
use crate::store::Stored;

impl Planner<'_> {
    /// Spends a consent, or says why not; then nothing is written.
    pub(super) fn spend(
        &mut self,
        submission: &Submission,
        cell: &CellRef,
        consent: &EventId,
    ) -> Stored<Done> {
        if self.head.policy != self.policy {
            // A register or notice of this very batch comes first in the log, and may narrow.
            let policy = self.head.policy;
            return Ok(Done::Outdated { policy });
        }
        let position = Position {
            epoch: self.head.epoch,
            index: self.frontier.size().saturating_sub(1),
        };
        let denied = |verdict| Ok(Done::Denied(Box::new(Denied { verdict, position })));
        if submission.at_least.is_some_and(|least| least > position) {
            return denied(Verdict::fail_closed(Reason::FailclosedTokenLost));
        }
        let (context, now) = (Context::new(self.purposes), self.received_at);
        let judge = |state| decide_use(&context, Some(state), cell, consent, now);
        if self.known.erased.contains_key(&submission.subject) {
            let erased = SubjectState {
                erased: true,
                ..SubjectState::default()
            };
            return denied(judge(&erased));
        }
        let mut member = self.member(&submission.subject)?;
        let verdict = judge(&member.state);
        let event = self.numbered(submission, &member);
        let mut state = member.state.clone();
        let passes =
            verdict.allow && state.apply(&event, self.purposes).outcome == Outcome::Effective;
        if !passes {
            self.members.insert(submission.subject.clone(), member);
            return denied(if verdict.allow {
                verdict.spent()
            } else {
                verdict
            });
        }
        member.state = state;
        let effect = Effect {
            decisions: Vec::new(),
            used: Some(used(cell, verdict)),
        };
        Ok(self.record(submission, event, member, effect))
    }
}

fn used(cell: &CellRef, verdict: Verdict) -> Used {
    Used {
        record: UseRecord {
            purpose: cell.purpose.clone(),
            scope: cell.scope.clone(),
            reason: verdict.reason,
            state: verdict.state,
            obligations: verdict.obligations,
        },
        valid_until: verdict.valid_until,
    }
}

#[cfg(test)]
mod tests;
