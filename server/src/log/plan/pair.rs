//! Merged subjects within a batch: which stream decides, and the two events of a link or an unmerge.

use samtycke_core::id::SubjectId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::service::{self, MERGES_MAX, Pair};

use super::super::Submission;
use super::{EntryResult, Leafed, Planner};
use crate::store::Stored;

impl Planner<'_> {
    /// The subject whose stream decides for this one: itself, or the last one that it was merged into. What a merged
    /// device says is said by its person, so it is recorded where the person's checks are answered from.
    pub(super) fn deciding(&self, subject: &SubjectId) -> SubjectId {
        let mut deciding = subject.clone();
        for _ in 0..MERGES_MAX {
            let member = self.members.get(&deciding).map(|member| &member.state);
            let state =
                member.or_else(|| self.known.subjects.get(&deciding).map(|row| &*row.state));
            match state.and_then(|state| state.merged_into.clone()) {
                Some(next) => deciding = next,
                None => break,
            }
        }
        deciding
    }

    /// Records a link or an unmerge: two leaves, one in each stream, in one transaction.
    pub(super) fn pair(
        &mut self,
        submission: &Submission,
        other: &SubjectId,
    ) -> Stored<EntryResult> {
        let subject = self.deciding(&submission.subject);
        let second = submission.event_id.of_other_stream();
        if self.known.events.contains_key(&second) || self.seen.contains_key(&second) {
            return Ok(Err(ProblemKind::EventIdReused.into()));
        }
        if self.known.erased.contains_key(&subject) {
            return Ok(Err(ProblemKind::SubjectErased.into()));
        }
        if subject == *other || self.known.erased.contains_key(other) {
            return Ok(Err(Problem::new(ProblemKind::FieldInvalid).field(
                "/data/from",
                "must be another subject, and one that was not erased",
            )));
        }
        let mut survivor = self.member(&subject)?;
        let mut merged = self.member(other)?;
        let pair = service::pair(
            self.purposes,
            &subject,
            &mut survivor.state,
            &mut merged.state,
            &submission.event,
            self.received_at,
        );
        match pair {
            Ok(Pair {
                survivor: first,
                other: second,
            }) => {
                let leafed = Leafed::of(submission, &subject);
                let outcome = self.record(leafed, first, &mut survivor);
                self.record(Leafed::of(submission, other), second, &mut merged);
                self.members.insert(subject, survivor);
                self.members.insert(other.clone(), merged);
                Ok(Ok(outcome))
            }
            Err(problem) => {
                self.members.insert(subject, survivor);
                self.members.insert(other.clone(), merged);
                Ok(Err(problem))
            }
        }
    }
}
