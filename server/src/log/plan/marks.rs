//! Refusals about subjects without a stream, within a batch: kept as marks, and entered as the first leaves of a stream
//! that begins.

use samtycke_core::decide::PurposeLookup;
use samtycke_core::event::kinds::Decisions;
use samtycke_core::event::opening::{DisplayContext, EventResult};
use samtycke_core::event::{Event, EventBody};
use samtycke_core::id::SubjectId;
use samtycke_core::problem::Problem;
use samtycke_core::service::{self, Accepted, replay_of};
use samtycke_core::state::SubjectState;
use samtycke_core::submission::holds_without_cell;

use super::super::mark::{MARK_MS, MARKS_PER_SUBJECT_MAX, MarkFacts, MarkedRefusal};
use super::super::{AppendOutcome, Submission};
use super::{EntryResult, Leafed, Member, Planner};
use crate::clock::UnixMs;
use crate::store::Stored;
use crate::store::mark::{MarkChanges, MarkRow};

/// The marks that a batch reads and changes.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The marks that count, oldest first: read, or new.
    rows: Vec<MarkRow>,
    /// What the batch changes.
    pub(super) changes: MarkChanges,
}

impl Marks {
    /// Marks that are older than [`MARK_MS`] no longer count, swept or not.
    pub(super) fn new(rows: Vec<MarkRow>, now: UnixMs) -> Self {
        let rows = rows.into_iter().filter(|row| row.at + MARK_MS > now);
        Self {
            rows: rows.collect(),
            changes: MarkChanges::default(),
        }
    }

    fn of(&self, mark: &[u8; 32]) -> Vec<MarkRow> {
        let own = self.rows.iter().filter(|row| row.mark == *mark);
        own.cloned().collect()
    }

    fn remove(&mut self, row: &MarkRow) {
        self.rows.retain(|known| known.event_id != row.event_id);
        let added = self.changes.added.len();
        self.changes
            .added
            .retain(|new| new.event_id != row.event_id);
        if self.changes.added.len() == added {
            self.changes.removed.push(row.event_id.clone());
        }
    }

    fn add(&mut self, row: MarkRow) {
        self.changes.added.push(row.clone());
        self.rows.push(row);
    }
}

/// A mark of a stream that begins, applied to its state.
pub(super) struct Entered {
    row: MarkRow,
    pub(super) accepted: Accepted,
}

impl Planner<'_> {
    /// The answer to a refusal that was kept as a mark before.
    pub(super) fn replay_of_mark(&self, submission: &Submission) -> Stored<Option<EntryResult>> {
        let known = |row: &&MarkRow| row.event_id == submission.event_id;
        let Some(row) = self.marks.rows.iter().find(known) else {
            return Ok(None);
        };
        let replayed = match replay_of(Some((&row.body_mac, ())), &submission.body_mac) {
            Ok(_) => {
                let seq = count(&self.marks.of(&row.mark), row);
                let marked = marked(self.purposes, row, seq)?;
                Ok(AppendOutcome::Marked(Box::new(marked)))
            }
            Err(problem) => Err(problem),
        };
        Ok(Some(replayed))
    }

    /// Keeps a page's refusal as a mark, if its subject has no stream and each of its decisions holds without a cell.
    pub(super) fn mark(&mut self, submission: &Submission) -> Stored<Option<EntryResult>> {
        let (subject, event) = (&submission.subject, &submission.event);
        if !submission.page.is_anonymous || self.has_stream(subject) {
            return Ok(None);
        }
        let Some(mut facts) = MarkFacts::of(event).filter(|_| self.holds_without_stream(event))
        else {
            return Ok(None);
        };
        let results = match results(self.purposes, event, self.received_at) {
            Ok(results) => results,
            Err(problem) => return Ok(Some(Err(problem))),
        };
        let mark = self.secrets.refusal_mark(subject);
        let own = self.marks.of(&mark);
        if let Some(oldest) = own.first().filter(|_| own.len() >= MARKS_PER_SUBJECT_MAX) {
            facts.take_up(MarkFacts::read(oldest)?);
            self.marks.remove(oldest);
        }
        // No two marks of a subject have the same time, so that their order stays the one of their numbers.
        let last = own.last().map_or(i64::MIN, |last| last.at);
        let at = self.received_at.max(last.saturating_add(1));
        let row = MarkRow {
            event_id: submission.event_id.clone(),
            mark,
            body_mac: submission.body_mac,
            at,
            facts: facts.to_text(),
        };
        self.marks.add(row.clone());
        let seq = count(&self.marks.of(&mark), &row);
        Ok(Some(Ok(AppendOutcome::Marked(Box::new(MarkedRefusal {
            event_id: event.event_id.clone(),
            at,
            seq,
            body: event.body.clone(),
            results,
            replayed: false,
        })))))
    }

    fn has_stream(&self, subject: &SubjectId) -> bool {
        let member = self.members.get(subject);
        member.is_some_and(|member| member.state.seq > 0)
            || self.known.subjects.contains_key(subject)
    }

    /// Whether every decision only restricts, and a missing cell denies what it is about.
    fn holds_without_stream(&self, event: &Event) -> bool {
        let EventBody::Decisions(Decisions(decisions)) = &event.body else {
            return false;
        };
        decisions
            .iter()
            .all(|decision| holds_without_cell(self.purposes, decision))
    }

    /// Applies the marks of a subject whose stream begins, oldest first. Nothing is recorded yet.
    pub(super) fn enter_marks(
        &self,
        subject: &SubjectId,
        state: &mut SubjectState,
    ) -> Stored<Vec<Entered>> {
        let mut entered = Vec::new();
        if state.seq > 0 || self.marks.rows.is_empty() {
            return Ok(entered);
        }
        for row in self.marks.of(&self.secrets.refusal_mark(subject)) {
            let event = MarkFacts::read(&row)?.event(&row);
            let taken = service::record(self.purposes, state, &event, self.received_at, Vec::new());
            // A register that has changed meanwhile may leave no room for a cell: then silence denies.
            if let Ok(accepted) = taken {
                entered.push(Entered { row, accepted });
            }
        }
        Ok(entered)
    }

    /// Records the entered marks as leaves, in their order.
    pub(super) fn record_marks(
        &mut self,
        submission: &Submission,
        entered: Vec<Entered>,
        member: &mut Member,
    ) {
        for Entered { row, accepted } in entered {
            self.marks.remove(&row);
            self.count(&accepted.event.body);
            let display = DisplayContext {
                site: submission.shown.site.clone(),
                ..DisplayContext::default()
            };
            let leafed = Leafed {
                log: &submission.log,
                subject: &submission.subject,
                body_mac: row.body_mac,
                display,
            };
            let event_id = row.event_id.clone();
            let outcome = self.record(leafed, accepted, member);
            self.seen.insert(event_id, (row.body_mac, Ok(outcome)));
        }
    }
}

/// The place of a mark among those of its subject, from 1: the number that it has once the stream begins.
fn count(of_subject: &[MarkRow], row: &MarkRow) -> u64 {
    let place = of_subject
        .iter()
        .position(|mark| mark.event_id == row.event_id);
    place.map_or(0, |place| u64::try_from(place).map_or(0, |place| place + 1))
}

/// What a kept mark was answered.
fn marked(purposes: &dyn PurposeLookup, row: &MarkRow, seq: u64) -> Stored<MarkedRefusal> {
    let event = MarkFacts::read(row)?.event(row);
    let results = results(purposes, &event, row.at).unwrap_or_default();
    Ok(MarkedRefusal {
        event_id: row.event_id.clone(),
        at: row.at,
        seq,
        body: event.body,
        results,
        replayed: true,
    })
}

/// The outcomes of a refusal about a subject without a stream.
fn results(
    purposes: &dyn PurposeLookup,
    event: &Event,
    at: UnixMs,
) -> Result<Vec<EventResult>, Problem> {
    let mut state = SubjectState::default();
    let accepted = service::record(purposes, &mut state, event, at, Vec::new())?;
    Ok(accepted.results)
}

/// The answer to a retry of a refusal that was kept as this mark, if it is one. `of_subject` are all marks of its subject.
///
/// # Errors
/// Inside, [`ProblemKind::EventIdReused`](samtycke_core::problem::ProblemKind::EventIdReused) where the body is another
/// one.
pub fn replay_marked(
    purposes: &dyn PurposeLookup,
    of_subject: &[MarkRow],
    row: &MarkRow,
    body_mac: &[u8; 32],
    now: UnixMs,
) -> Stored<Result<Option<MarkedRefusal>, Problem>> {
    if row.at + MARK_MS <= now {
        return Ok(Ok(None));
    }
    match replay_of(Some((&row.body_mac, ())), body_mac) {
        Ok(_) => Ok(Ok(Some(marked(purposes, row, count(of_subject, row))?))),
        Err(problem) => Ok(Err(problem)),
    }
}

#[cfg(test)]
mod tests;
