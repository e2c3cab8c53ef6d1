//! A use within a batch: judged under the head's lock, by the state that everything before it has left, so that of two
//! uses one passes, and none passes after a no.

use samtycke_core::decide::{Verdict, spend};
use samtycke_core::decision::Outcome;
use samtycke_core::event::EventBody;
use samtycke_core::event::kinds::ConsentUsed;
use samtycke_core::event::opening::EventResult;
use samtycke_core::reason::Reason;
use samtycke_core::service::is_lost;
use samtycke_core::state::SubjectState;

use super::super::{AppendOutcome, Submission, UseRejected};
use super::Planner;
use crate::position::Position;
use crate::store::Stored;

impl Planner<'_> {
    /// Spends a consent, or says why not; then nothing is written.
    pub(super) fn spend(
        &mut self,
        submission: &Submission,
        used: &ConsentUsed,
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
        if is_lost(submission.at_least, position) {
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
        let mut event = self.numbered(submission, &member.state);
        let (verdict, state) = spend(self.purposes, &member.state, &event);
        let Some(state) = state else {
            self.members.insert(submission.subject.clone(), member);
            return denied(verdict);
        };
        member.state = state;
        let result = EventResult {
            outcome: Outcome::Effective,
            reason: None,
            state: Some(verdict.state),
        };
        event.body = EventBody::from(used.clone().allowed_by(&verdict));
        Ok(self.record(submission, event, member, vec![result]))
    }
}

#[cfg(test)]
mod tests;
