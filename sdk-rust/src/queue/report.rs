//! The results that the queue returns to its caller.

use std::fmt;

use samtycke_core::decision::SupersededReason;
use samtycke_core::id::{EventId, PurposeId, SubjectId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::RecordResponse;

use super::entry::{Body, Entry, Refusal};
use crate::Error;

/// The state of a queue when it was opened.
///
/// Example: see [`Queue::opened`](super::Queue::opened).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Opened {
    /// Waiting submissions.
    pub waiting: usize,
    /// Submissions that were rejected for good and not acknowledged.
    pub refused: usize,
    /// Unreadable lines of the journal: damage, or the work of another program. Each may have been a withdrawal. The
    /// damaged file stays in the folder, as `journal.unreadable-` and a time. Grants before such a line are not sent:
    /// they are in [`Queue::refused`](super::Queue::refused), with the reason `QUEUE_UNREADABLE`.
    pub unreadable: usize,
    /// The last line was incomplete, as after a power failure. No caller was told that it was queued.
    pub torn: bool,
}

/// The number of waiting submissions.
///
/// Example: see [`Queue::waiting`](super::Queue::waiting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Waiting {
    /// Submissions with a restrictive decision.
    pub withdrawals: usize,
    /// All others.
    pub others: usize,
}

/// The result of a flush.
///
/// Example: see [`Queue::flush`](super::Queue::flush).
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
#[must_use = "it lists whom to ask again, and which withdrawals the server rejected"]
pub struct Flushed {
    /// The answers to recorded submissions, in the order of sending, with the receipts of withdrawals.
    pub sent: Vec<RecordResponse>,
    /// Decisions that were recorded without effect.
    pub superseded: Vec<Lapsed>,
    /// Grants that were given up unsent, more than 30 days old.
    pub too_old: Vec<Lapsed>,
    /// Submissions that were rejected for good during this flush; see [`Queue::refused`](super::Queue::refused).
    pub refused: Vec<Refused>,
    /// Submissions that still wait.
    pub kept: usize,
    /// Why the last attempted one of them waits.
    pub error: Option<Error>,
    /// Whether it ended early: the server cannot be reached, or asks for a pause.
    pub ended_early: bool,
    /// Whether every result is on disk. Others are sent once more after a restart, which changes nothing: the server
    /// gives its first answer again.
    pub saved: bool,
}

/// A decision without effect, although it was made and, if it was sent, recorded.
///
/// Example: see [`Queue::flush`](super::Queue::flush).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lapsed {
    /// The event's id.
    pub event_id: EventId,
    /// The subject.
    pub subject: SubjectId,
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope.
    pub scope: Scope,
    /// Why it has no effect.
    pub reason: Option<SupersededReason>,
    /// The person has withdrawn it through this queue.
    pub taken_back: bool,
}

/// A submission that was rejected for good. Sending it again would change nothing.
///
/// Example: see [`Queue::refused`](super::Queue::refused).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The event's id, which [`Queue::acknowledge`](super::Queue::acknowledge) takes.
    pub event_id: EventId,
    /// The subject.
    pub subject: SubjectId,
    /// Its restrictive decisions: denied here until the rejection is acknowledged.
    pub denied: Vec<(PurposeId, Scope)>,
    /// Its grants: ask again.
    pub lost: Vec<(PurposeId, Scope)>,
    /// The problem's HTTP status; 0 if the queue gave it up.
    pub status: u16,
    /// The problem's reason ([`crate::problem::ProblemKind::reason`]). Or `QUEUE_TAKEN_BACK`: a grant that a later
    /// withdrawal took back, after the server rejected that withdrawal. Or `QUEUE_UNREADABLE`, see
    /// [`Opened::unreadable`].
    pub reason: String,
}

impl Lapsed {
    /// Whether the person may be asked again: the grant came too late or after a withdrawal that this queue had not
    /// seen, and the person has not withdrawn it.
    ///
    /// Example: see [`Queue::flush`](super::Queue::flush).
    pub fn ask_again(&self) -> bool {
        use SupersededReason::{LateGrant, StaleGrant};
        !self.taken_back && matches!(self.reason, Some(StaleGrant | LateGrant))
    }

    /// The decisions without effect in an answer.
    pub(super) fn of_answer(entry: &Entry, answer: &RecordResponse) -> Vec<Self> {
        use samtycke_core::decision::Outcome::Superseded;
        let all = answer
            .decisions
            .iter()
            .filter(|said| said.outcome == Superseded);
        all.map(|said| Self {
            event_id: entry.body.event_id().clone(),
            subject: entry.body.subject().clone(),
            purpose: said.purpose.clone(),
            scope: said.scope.clone(),
            reason: said.reason,
            taken_back: is_taken_back(entry, &said.purpose, &said.scope),
        })
        .collect()
    }

    /// The grants of an entry that came too late.
    pub(super) fn of_late(entry: &Entry) -> Vec<Self> {
        let all = entry.body.widened();
        all.map(|(at, said)| Self {
            event_id: entry.body.event_id().clone(),
            subject: entry.body.subject().clone(),
            purpose: said.purpose.clone(),
            scope: said.scope.clone(),
            reason: Some(SupersededReason::LateGrant),
            taken_back: entry.taken_back.contains(&at),
        })
        .collect()
    }
}

fn is_taken_back(entry: &Entry, purpose: &PurposeId, scope: &Scope) -> bool {
    let mut widened = entry.body.widened();
    widened.any(|(at, said)| {
        said.purpose == *purpose && said.scope == *scope && entry.taken_back.contains(&at)
    })
}

impl Refused {
    pub(super) fn of((entry, refusal): &(Entry, Refusal)) -> Self {
        let body: &Body = &entry.body;
        let cell =
            |said: &samtycke_core::decision::Decision| (said.purpose.clone(), said.scope.clone());
        Self {
            event_id: body.event_id().clone(),
            subject: body.subject().clone(),
            denied: body.narrowed().map(cell).collect(),
            lost: body.widened().map(|(_, said)| cell(said)).collect(),
            status: refusal.status,
            reason: refusal.reason.clone(),
        }
    }
}

/// Leaves the person out.
impl fmt::Debug for Lapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lapsed")
            .field("purpose", &self.purpose)
            .field("reason", &self.reason)
            .field("taken_back", &self.taken_back)
            .finish_non_exhaustive()
    }
}

/// Leaves the person out.
impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused")
            .field("status", &self.status)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// Leaves the people out: numbers only.
impl fmt::Debug for Flushed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flushed")
            .field("sent", &self.sent.len())
            .field("superseded", &self.superseded.len())
            .field("too_old", &self.too_old.len())
            .field("refused", &self.refused)
            .field("kept", &self.kept)
            .field("error", &self.error)
            .field("ended_early", &self.ended_early)
            .field("saved", &self.saved)
            .finish()
    }
}
