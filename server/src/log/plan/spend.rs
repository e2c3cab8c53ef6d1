//! A use within a batch: judged under the head's lock, by the state that everything before it has left, so that of two
//! uses one passes, and none passes after a no.

use samtycke_core::service::{self, is_lost, spend_of_erased};

use super::super::{AppendOutcome, Submission, UseRejected};
use super::{Leafed, Planner};
use crate::position::Position;
use crate::store::Stored;

impl Planner<'_> {
    /// Spends a consent, or says why not; then nothing is written.
    pub(super) fn spend(&mut self, submission: &Submission) -> Stored<AppendOutcome> {
        if self.head.config_version != self.config_version {
            // A register or notice of this very batch comes first in the log, and may narrow.
            let config_version = self.head.config_version;
            return Ok(AppendOutcome::Stale { config_version });
        }
        let position = self.position();
        let denied = |denied| Ok(AppendOutcome::UseRejected(Box::new(denied)));
        if is_lost(submission.at_least, position) {
            return denied(UseRejected::token_lost(position));
        }
        let denied = |verdict| denied(UseRejected { verdict, position });
        let (event, received_at) = (&submission.event, self.received_at);
        let subject = self.deciding(&submission.subject);
        if self.known.erased.contains_key(&subject) {
            return denied(spend_of_erased(self.purposes, event, received_at));
        }
        let mut member = self.member(&subject)?;
        match service::spend(self.purposes, &mut member.state, event, received_at) {
            Ok(accepted) => {
                let leafed = Leafed::of(submission, &subject);
                let used = self.record(leafed, accepted, &mut member);
                self.members.insert(subject, member);
                Ok(used)
            }
            Err(verdict) => {
                self.members.insert(subject, member);
                denied(*verdict)
            }
        }
    }

    /// The position of the newest leaf, those of this batch included.
    fn position(&self) -> Position {
        let index = self.frontier.size().saturating_sub(1);
        Position::of(self.head.epoch, index, &self.last_leaf())
    }
}

#[cfg(test)]
mod tests;
