//! A use within a batch: judged under the head's lock, by the state that everything before it has left, so that of two
//! uses one passes, and none passes after a no.

use samtycke_core::decide::{Verdict, spend};
use samtycke_core::event::CellRef;
use samtycke_core::reason::Reason;
use samtycke_core::state::SubjectState;

use super::super::body::UseRecord;
use super::super::{AppendOutcome, Submission, UseRejected, Used};
use super::{Effect, Planner};
use crate::position::Position;
use crate::store::Stored;

impl Planner<'_> {
    /// Spends a consent, or says why not; then nothing is written.
    pub(super) fn spend(
        &mut self,
        submission: &Submission,
        cell: &CellRef,
    ) -> Stored<AppendOutcome> {
        if self.head.config_version != self.config_version {
            // A register or notice of this very batch comes first in the log, and may narrow.
            let config_version = self.head.config_version;
            return Ok(AppendOutcome::Stale { config_version });
        }
        let position = Position {
            epoch: self.head.epoch,
            index: self.frontier.size().saturating_sub(1),
        };
        let denied = |verdict| {
            Ok(AppendOutcome::UseRejected(Box::new(UseRejected {
                verdict,
                position,
            })))
        };
        if submission.at_least.is_some_and(|least| least > position) {
            return denied(Verdict::fail_closed(Reason::FailclosedTokenLost));
        }
        if self.known.erased.contains_key(&submission.subject) {
            let erased = SubjectState {
                erased: true,
                ..SubjectState::default()
            };
            return denied(spend(self.purposes, &erased, &self.numbered(submission, &erased)).0);
        }
        let mut member = self.member(&submission.subject)?;
        let event = self.numbered(submission, &member.state);
        let (verdict, state) = spend(self.purposes, &member.state, &event);
        let Some(state) = state else {
            self.members.insert(submission.subject.clone(), member);
            return denied(verdict);
        };
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
