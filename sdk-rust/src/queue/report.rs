//! What the queue tells its caller.

use std::fmt;

use samtycke_core::decision::SupersededReason;
use samtycke_core::id::{EventId, PurposeId, SubjectId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::RecordAnswer;

use super::entry::{Body, Entry, Refusal};
use crate::Error;

/// What was found when a queue was opened.
///
/// Example: see [`Queue::opened`](super::Queue::opened).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Opened {
    /// Submissions that wait.
    pub waiting: usize,
    /// Submissions that were refused for good and that nobody has taken notice of.
    pub refused: usize,
    /// Lines of the journal that cannot be read: damage, or the work of another program. Each may have been a no. The
    /// damaged file is in the folder, as `journal.unreadable-` and a time. What said yes before such a line is not sent: it
    /// is among [`Queue::refused`](super::Queue::refused), with the reason `QUEUE_UNREADABLE`.
    pub unreadable: usize,
    /// The last line was not written to its end, as after a power failure. Nobody had been told that it was queued.
    pub torn: bool,
}

/// How many submissions wait.
///
/// Example: see [`Queue::waiting`](super::Queue::waiting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Waiting {
    /// Those that say a no.
    pub noes: usize,
    /// The others.
    pub others: usize,
}

/// What a flush came to.
///
/// Example: see [`Queue::flush`](super::Queue::flush).
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
#[must_use = "it says who has to be asked again, and which noes the server will not have"]
pub struct Flushed {
    /// The answers to what was recorded, in the order of sending: receipts of withdrawals among them.
    pub sent: Vec<RecordAnswer>,
    /// Decisions that were recorded and do not act.
    pub superseded: Vec<Lapsed>,
    /// Grants that were given up unsent, more than 30 days after they were said.
    pub too_old: Vec<Lapsed>,
    /// What has been refused for good during this flush; see [`Queue::refused`](super::Queue::refused).
    pub refused: Vec<Refused>,
    /// Submissions that still wait.
    pub kept: usize,
    /// Why the last of them that was tried waits.
    pub error: Option<Error>,
    /// Whether it ended before everything had been tried: the server cannot be reached, or asks to be left alone.
    pub ended_early: bool,
    /// Whether what became of every submission is on disk. What is not will be sent once more after a restart, which
    /// changes nothing: the server gives its first answer again.
    pub saved: bool,
}

/// A decision that does not act, although it was said and, where it was sent, recorded.
///
/// Example: see [`Queue::flush`](super::Queue::flush).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lapsed {
    /// Its event.
    pub event_id: EventId,
    /// Whose.
    pub subject: SubjectId,
    /// About which purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    pub scope: Scope,
    /// Why it does not act.
    pub reason: Option<SupersededReason>,
    /// The person took it back through this same queue.
    pub taken_back: bool,
}

/// A submission that was refused for good. Sending it again would change nothing.
///
/// Example: see [`Queue::refused`](super::Queue::refused).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// Its id; what [`Queue::acknowledge`](super::Queue::acknowledge) takes.
    pub event_id: EventId,
    /// Whose.
    pub subject: SubjectId,
    /// What it says no to: denied here until the refusal is acknowledged.
    pub denied: Vec<(PurposeId, Scope)>,
    /// What it says yes to: ask again.
    pub lost: Vec<(PurposeId, Scope)>,
    /// The problem's HTTP status; 0 where the queue itself gave it up.
    pub status: u16,
    /// The problem's reason ([`crate::problem::ProblemKind::reason`]); or `QUEUE_TAKEN_BACK`: a yes that a later no took
    /// back, where the server refused that no; or `QUEUE_UNREADABLE`, see [`Opened::unreadable`].
    pub reason: String,
}

impl Lapsed {
    /// Whether the person may be asked again: it came too late or after a no that this queue had not seen, and they have
    /// not taken it back themself.
    ///
    /// Example: see [`Queue::flush`](super::Queue::flush).
    pub fn ask_again(&self) -> bool {
        use SupersededReason::{LateGrant, StaleGrant};
        !self.taken_back && matches!(self.reason, Some(StaleGrant | LateGrant))
    }

    /// What the answer says does not act.
    pub(super) fn of_answer(entry: &Entry, answer: &RecordAnswer) -> Vec<Self> {
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

    /// All that an entry says yes to, which came too late.
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

/// Without the person.
impl fmt::Debug for Lapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lapsed")
            .field("purpose", &self.purpose)
            .field("reason", &self.reason)
            .field("taken_back", &self.taken_back)
            .finish_non_exhaustive()
    }
}

/// Without the person.
impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused")
            .field("status", &self.status)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// Without the people: counts.
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
