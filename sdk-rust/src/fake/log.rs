//! The fake server's log: every event, and the states that they lead to. The order is the log's, as with a server.

use std::collections::HashMap;

use samtycke_core::event::opening::EventResult;
use samtycke_core::event::{Event, RegisterHistory, fold_by_history};
use samtycke_core::id::{EventId, SiteId, SubjectId};
use samtycke_core::keys::Secret;
use samtycke_core::live::TenantView;
use samtycke_core::position::Position;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::service::{
    self, Accepted, AppendedEvent, MERGES_MAX, Pair, UseRejected, after_seqs, other_subject,
    replay_of,
};
use samtycke_core::state::SubjectState;
use samtycke_core::wire::HistoryEvent;

/// A recorded event.
#[derive(Debug)]
struct Recorded {
    event: Event,
    index: u64,
    place: Place,
    results: Vec<EventResult>,
}

/// The surface that an event was made on.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) site: Option<SiteId>,
}

/// A subject's events and state.
#[derive(Debug, Default)]
struct Stream {
    state: SubjectState,
    events: Vec<Recorded>,
}

/// What an event id stands for, for ever: the submission, and its first answer.
#[derive(Debug)]
struct Identity {
    body: Vec<u8>,
    subject: SubjectId,
    seq: u64,
    answer: Vec<u8>,
}

/// One log.
#[derive(Debug)]
pub(super) struct Log {
    size: u64,
    last_received_at: i64,
    /// Whether the last leaf is an event and not a publication.
    ends_with_event: bool,
    position_key: Secret,
    streams: HashMap<SubjectId, Stream>,
    identities: HashMap<EventId, Identity>,
}

impl Log {
    pub(super) fn new(position_key: Secret) -> Self {
        Self {
            size: 0,
            last_received_at: i64::MIN,
            ends_with_event: false,
            position_key,
            streams: HashMap::new(),
            identities: HashMap::new(),
        }
    }

    /// The log's time, which never goes back.
    pub(super) fn received_at(&self, now: i64) -> i64 {
        now.max(self.last_received_at)
    }

    /// When a publication of now goes live: later than every event before it, also while the clock stands still,
    /// because times tell which decision had seen which notice.
    pub(super) fn published_at(&self, now: i64) -> i64 {
        let later = self.last_received_at.saturating_add(1);
        if self.ends_with_event {
            now.max(later)
        } else {
            self.received_at(now)
        }
    }

    /// Appends a publication.
    pub(super) fn publish(&mut self, at: i64) {
        self.append(at);
        self.ends_with_event = false;
    }

    /// Appends a leaf, and returns its place.
    fn append(&mut self, received_at: i64) -> u64 {
        let index = self.size;
        self.size = self.size.saturating_add(1);
        self.last_received_at = received_at;
        self.ends_with_event = true;
        index
    }

    pub(super) fn head(&self) -> Position {
        at(self.size.saturating_sub(1))
    }

    /// The key of the log's position tokens.
    pub(super) fn position_key(&self) -> &Secret {
        &self.position_key
    }

    /// Every subject and its state.
    pub(super) fn states(&self) -> impl Iterator<Item = (&SubjectId, &SubjectState)> {
        self.streams
            .iter()
            .map(|(subject, stream)| (subject, &stream.state))
    }

    pub(super) fn state(&self, subject: &SubjectId) -> Option<&SubjectState> {
        Some(&self.streams.get(subject)?.state)
    }

    /// The subject whose stream decides for this one: itself, or the last one that it was merged into (row 5).
    pub(super) fn deciding(&self, subject: &SubjectId) -> SubjectId {
        let mut deciding = subject.clone();
        for _ in 0..MERGES_MAX {
            match self.state(&deciding).and_then(|s| s.merged_into.clone()) {
                Some(survivor) => deciding = survivor,
                None => break,
            }
        }
        deciding
    }

    /// The state that decided for a subject after the visible events: that of the subject that it was merged into by
    /// then, if it was.
    pub(super) fn state_then(
        &self,
        subject: &SubjectId,
        registers: &dyn RegisterHistory,
        known_at: i64,
        as_of: i64,
    ) -> SubjectState {
        let state_of =
            |subject: &SubjectId| self.own_state_then(subject, registers, known_at, as_of);
        let mut state = state_of(subject);
        for _ in 0..MERGES_MAX {
            match state.merged_into.take() {
                Some(survivor) => state = state_of(&survivor),
                None => break,
            }
        }
        state
    }

    /// The state after the visible events, each by the register of its receipt.
    fn own_state_then(
        &self,
        subject: &SubjectId,
        registers: &dyn RegisterHistory,
        known_at: i64,
        as_of: i64,
    ) -> SubjectState {
        let events = self.streams.get(subject).map(|s| s.events.as_slice());
        let events = events.unwrap_or_default().iter().map(|r| &r.event);
        fold_by_history(events.filter(|e| e.is_seen(known_at, as_of)), registers)
    }

    /// The first answer to an event that was recorded before.
    pub(super) fn replay(&self, event: &EventId, body: &[u8]) -> Result<Option<Vec<u8>>, Problem> {
        let known = self.identities.get(event);
        replay_of(known.map(|k| (k.body.as_slice(), k.answer.clone())), body)
    }

    /// Keeps the first answer to an event.
    pub(super) fn keep(&mut self, subject: &SubjectId, seq: u64, event: EventId, answer: Answered) {
        let Answered { body, answer } = answer;
        let subject = self.deciding(subject);
        let identity = Identity {
            body,
            subject,
            seq,
            answer,
        };
        self.identities.insert(event, identity);
    }

    /// Records an event. What a merged subject says is said by its person, so it is recorded where the person's checks
    /// are answered from.
    pub(super) fn record(
        &mut self,
        live: &dyn TenantView,
        subject: &SubjectId,
        event: &Event,
        after: &[EventId],
        place: Place,
        now: i64,
    ) -> Result<AppendedEvent, Problem> {
        if let Some(other) = other_subject(&event.body) {
            return self.pair(live, subject, other, event, now);
        }
        let subject = &self.deciding(subject);
        let received_at = self.received_at(now);
        let after_seqs = self.after_seqs(subject, after);
        let mut state = self.state(subject).cloned().unwrap_or_default();
        let accepted = service::record(live, &mut state, event, received_at, after_seqs)?;
        Ok(self.take(subject, state, accepted, place))
    }

    /// Records a link or an unmerge: an event in each stream.
    fn pair(
        &mut self,
        live: &dyn TenantView,
        subject: &SubjectId,
        other: &SubjectId,
        event: &Event,
        now: i64,
    ) -> Result<AppendedEvent, Problem> {
        let subject = &self.deciding(subject);
        let second = event.event_id.of_other_stream();
        if self.identities.contains_key(&second) {
            return Err(ProblemKind::EventIdReused.into());
        }
        if subject == other {
            return Err(Problem::new(ProblemKind::FieldInvalid).field(
                "/data/from",
                "must be another subject, and one that was not erased",
            ));
        }
        let received_at = self.received_at(now);
        let state_of = |subject| self.state(subject).cloned().unwrap_or_default();
        let (mut survivor, mut merged) = (state_of(subject), state_of(other));
        let Pair {
            survivor: first,
            other: theirs,
        } = service::pair(
            live,
            subject,
            &mut survivor,
            &mut merged,
            event,
            received_at,
        )?;
        let seq = theirs.event.seq;
        let appended = self.take(subject, survivor, first, Place { site: None });
        self.take(other, merged, theirs, Place { site: None });
        // No request has this body, so the id is good for none.
        let identity = Identity {
            body: Vec::new(),
            subject: other.clone(),
            seq,
            answer: Vec::new(),
        };
        self.identities.insert(second, identity);
        Ok(appended)
    }

    /// Spends a consent, or returns why not; then nothing has changed.
    pub(super) fn spend(
        &mut self,
        live: &dyn TenantView,
        subject: &SubjectId,
        event: &Event,
        now: i64,
    ) -> Result<AppendedEvent, Box<UseRejected>> {
        let subject = &self.deciding(subject);
        let mut state = self.state(subject).cloned().unwrap_or_default();
        let spent = service::spend(live, &mut state, event, self.received_at(now));
        let accepted = spent.map_err(|verdict| {
            let position = self.head();
            Box::new(UseRejected {
                verdict: *verdict,
                position,
            })
        })?;
        Ok(self.take(subject, state, accepted, Place { site: None }))
    }

    /// Appends an event that leads to this state.
    fn take(
        &mut self,
        subject: &SubjectId,
        state: SubjectState,
        accepted: Accepted,
        place: Place,
    ) -> AppendedEvent {
        let Accepted { event, results } = accepted;
        let index = self.append(event.received_at);
        let stream = self.streams.entry(subject.clone()).or_default();
        stream.state = state;
        let appended = AppendedEvent {
            event_id: event.event_id.clone(),
            position: at(index),
            seq: event.seq,
            leaf_hash: None,
            received_at: event.received_at,
            body: event.body.clone(),
            results: results.clone(),
            replayed: false,
        };
        stream.events.push(Recorded {
            event,
            index,
            place,
            results,
        });
        appended
    }

    pub(super) fn history(&self, subject: &SubjectId) -> Vec<HistoryEvent> {
        let stream = self.streams.get(subject);
        let events = stream.map(|s| s.events.as_slice()).unwrap_or_default();
        events.iter().map(Recorded::history).collect()
    }

    /// The numbers, within the subject's stream, of the events that a submission names. Unknown events and those of
    /// other subjects count as none.
    fn after_seqs(&self, subject: &SubjectId, after: &[EventId]) -> Vec<u64> {
        after_seqs(after, subject, |id| {
            let identity = self.identities.get(id)?;
            Some((&identity.subject, identity.seq))
        })
    }
}

/// The submission with an event's id, and its answer.
pub(super) struct Answered {
    pub(super) body: Vec<u8>,
    pub(super) answer: Vec<u8>,
}

impl Recorded {
    fn history(&self) -> HistoryEvent {
        let site = self.place.site.clone();
        HistoryEvent::of(&self.event, &self.results, self.index, site)
    }
}

/// The double has no tree, and no leaf that a token could be bound to.
fn at(index: u64) -> Position {
    Position::of(1, index, &[0; 32])
}
