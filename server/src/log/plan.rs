//! One batch on one log, worked out in memory under the head's lock: who is a duplicate, what acts, which leaves,
//! which rows. Nothing here can fail for one member's data in a way that would cost the others their commit.

pub(crate) mod kept;
mod marks;
mod member;
mod pair;
mod spend;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use samtycke_core::decide::PurposeLookup;
use samtycke_core::decision::DecisionKind;
use samtycke_core::event::EventBody;
use samtycke_core::event::kinds::Decisions;
use samtycke_core::event::opening::{DisplayContext, LoggedEvent, Stream, hour_of};
use samtycke_core::id::{EventId, LogId, PurposeId, SubjectId};
use samtycke_core::leaf::{Leaf, LeafKind, commit_ctx, commit_sub};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{PublicBody, PublicRecord};
use samtycke_core::service::{self, Accepted, admit_erased, after_seqs, other_subject, replay_of};
use samtycke_core::state::SubjectState;
use samtycke_tlog::merkle::Frontier;

use self::kept::Before;
pub use self::kept::{RECOUNT, waiting};
pub use self::marks::replay_marked;
use self::marks::{Entered, Marks};
use self::member::Member;
use super::{AppendOutcome, AppendedEvent, Job, PublicLeaf, Submission, takedown};
use crate::clock::{Rng, UnixMs, random};
use crate::position::Position;
pub use crate::store::batch::BatchContext;
use crate::store::batch::{BatchRows, DecisionCountRow};
use crate::store::log::{EventRow, HeadRow, LeafRow, PublicationRow};
use crate::store::mark::MarkChanges;
use crate::store::objection::Kept;
use crate::store::subject::SubjectRow;
use crate::store::{StoreError, Stored};
use crate::tenant::Secrets;

/// A job's answer, once the batch is durable.
pub type EntryResult = Result<AppendOutcome, Problem>;

/// A batch's effect on one log.
#[derive(Debug)]
pub struct Plan {
    /// The head after it.
    pub head: HeadRow,
    /// Rows to write. Tiles are added by the caller, who can read the entries they need.
    pub rows: BatchRows,
    /// Answers, in the order of the jobs.
    pub answers: Vec<EntryResult>,
    /// States that changed.
    pub states: HashMap<SubjectId, Arc<SubjectState>>,
    /// Marks and used prompts, which the batch writes also where it has no leaf.
    pub marks: MarkChanges,
    /// Waiting objections and guardians that the batch changes.
    pub kept: Kept,
}

/// What a leaf says beside its event.
struct Leafed<'s> {
    log: &'s LogId,
    subject: &'s SubjectId,
    body_mac: [u8; 32],
    display: DisplayContext,
}

/// Works out a batch. `now` is the wall clock; the log's own time never goes back.
pub struct Planner<'a> {
    secrets: &'a Secrets,
    purposes: &'a dyn PurposeLookup,
    rng: &'a dyn Rng,
    known: BatchContext,
    frontier: Frontier,
    head: HeadRow,
    rows: BatchRows,
    members: HashMap<SubjectId, Member>,
    /// Answers of this batch by event id, with the MAC of the body: twins collapse here.
    seen: HashMap<EventId, ([u8; 32], EntryResult)>,
    /// Decisions of this batch, counted without any subject.
    counts: BTreeMap<(PurposeId, DecisionKind), i64>,
    marks: Marks,
    received_at: UnixMs,
    /// Why a grant would get a wrong time for good: the clock is far behind the log, or has jumped forward.
    clock_fault: Option<&'static str>,
    /// When a publication of this batch goes live. It is later than every event before it and every event of the batch,
    /// which take effect under the register from before: times tell which register an event was received under.
    published_at: UnixMs,
    /// Whether the log's last leaf before this batch is an event.
    after_event: bool,
    /// Whether the tenant has pictures: a campaign, without which there is no asset.
    has_pictures: bool,
    /// The configuration version that `purposes` are of: a public leaf of the batch makes a newer one.
    config_version: u64,
}

/// How far the log's newest event may be ahead of the clock; milliseconds. Within it the log's time stands still. Beyond it
/// either clock was wrong by more than a time zone, and a grant would be received, and so end, at a wrong time. Refusals and
/// withdrawals have no end, so they are always taken.
const CLOCK_BEHIND_MAX_MS: i64 = 24 * 60 * 60 * 1_000;

const CLOCK_BEHIND: &str =
    "the server's clock is more than a day behind its log; grants are refused until it is right";
const CLOCK_AHEAD: &str = "the server's clock has jumped forward by more than a day; grants are refused until it is right";

fn clock_is_wrong(detail: &'static str) -> Problem {
    tracing::error!("{detail}");
    Problem::new(ProblemKind::Unavailable)
        .detail(detail)
        .retry_after(60)
}

impl<'a> Planner<'a> {
    /// Begins a batch on a locked head.
    pub fn new(
        head: HeadRow,
        mut known: BatchContext,
        secrets: &'a Secrets,
        purposes: &'a dyn PurposeLookup,
        now: UnixMs,
        rng: &'a dyn Rng,
    ) -> Stored<Self> {
        let frontier = Frontier::from_bytes(&head.frontier)
            .map_err(|_| StoreError::Contradiction("a log's frontier cannot be read".into()))?;
        if frontier.size() != head.size || frontier.root() != head.root {
            return Err(StoreError::Contradiction(
                "a log's frontier does not give its root".into(),
            ));
        }
        let received_at = now.max(head.last_received_at);
        let marks = Marks::new(std::mem::take(&mut known.marks), received_at);
        Ok(Self {
            marks,
            config_version: head.config_version,
            secrets,
            purposes,
            rng,
            known,
            frontier,
            head,
            rows: BatchRows::default(),
            members: HashMap::new(),
            seen: HashMap::new(),
            counts: BTreeMap::new(),
            received_at,
            clock_fault: (received_at - now > CLOCK_BEHIND_MAX_MS).then_some(CLOCK_BEHIND),
            published_at: received_at,
            after_event: false,
            has_pictures: false,
        })
    }

    /// Says whether the clock has jumped forward: `now` is without the jump, and what a grant was made with may not be.
    #[must_use]
    pub fn clock_ahead(mut self, is_ahead: bool) -> Self {
        if is_ahead {
            self.clock_fault = Some(CLOCK_AHEAD);
        }
        self
    }

    /// Says whether the log's last leaf is an event.
    #[must_use]
    pub fn after_event(mut self, is_event: bool) -> Self {
        self.after_event = is_event;
        self
    }

    /// Says whether the tenant has pictures.
    #[must_use]
    pub fn pictures(mut self, has_some: bool) -> Self {
        self.has_pictures = has_some;
        self
    }

    /// Plans every job, in order.
    pub fn plan<'j>(mut self, jobs: impl Iterator<Item = &'j Job>) -> Stored<Plan> {
        let mut answers = Vec::new();
        let jobs: Vec<&Job> = jobs.collect();
        let same_time = self.after_event && self.received_at == self.head.last_received_at;
        if same_time || jobs.iter().any(|job| matches!(job, Job::Event(_))) {
            self.published_at = self.received_at.saturating_add(1);
        }
        for job in jobs {
            answers.push(match job {
                Job::Event(submission) => self.event(submission)?,
                Job::Public(leaf) => Ok(self.public(leaf)),
            });
        }
        self.head.size = self.frontier.size();
        self.head.root = self.frontier.root();
        self.head.frontier = self.frontier.to_bytes();
        self.head.last_leaf = self.last_leaf();
        if !self.rows.publications.is_empty() {
            self.head.last_received_at = self.published_at;
        } else if !self.rows.leaves.is_empty() {
            self.head.last_received_at = self.received_at;
        }
        self.rows.counts = self
            .counts
            .into_iter()
            .map(|((purpose, decision), count)| DecisionCountRow {
                hour: hour_of(self.received_at),
                purpose,
                decision,
                count,
            })
            .collect();
        let mut states = HashMap::new();
        let mut kept = Kept::default();
        for (subject, member) in self.members {
            // A member whose every event was refused has nothing new.
            let Some(last_leaf) = member.last_leaf.filter(|_| member.changed) else {
                continue;
            };
            let after = Before::of(&member.state, self.purposes);
            member.before.until(after, &subject, &mut kept);
            let state = Arc::new(member.state);
            self.rows.subjects.push(SubjectRow {
                subject: subject.clone(),
                seq: state.seq,
                last_leaf,
                state: state.clone(),
                key: Some(member.wrapped_key),
            });
            states.insert(subject, state);
        }
        Ok(Plan {
            head: self.head,
            rows: self.rows,
            answers,
            states,
            marks: self.marks.changes,
            kept,
        })
    }

    fn event(&mut self, submission: &Submission) -> Stored<EntryResult> {
        if let Some(answer) = self.replay(submission) {
            return Ok(answer);
        }
        if let Some(answer) = self.replay_of_mark(submission)? {
            return Ok(answer);
        }
        if let Some(fault) = self.clock_fault
            && !submission.event.body.direction().is_restrictive()
        {
            return Ok(Err(clock_is_wrong(fault)));
        }
        let planned = self.new_event(submission)?;
        self.seen.insert(
            submission.event_id.clone(),
            (submission.body_mac, planned.clone()),
        );
        Ok(planned)
    }

    /// The answer to what was sent before, in this batch or an earlier one.
    fn replay(&self, submission: &Submission) -> Option<EntryResult> {
        let twin = self.seen.get(&submission.event_id);
        let twin = twin.map(|(mac, planned)| {
            let again = planned.clone().map(AppendOutcome::replayed);
            (mac, again)
        });
        let stored = self.known.events.get(&submission.event_id);
        let stored = stored.map(|known| {
            let again = AppendOutcome::Replay {
                place: known.place.clone(),
            };
            (&known.body_mac, Ok(again))
        });
        replay_of(twin.or(stored), &submission.body_mac)
            .unwrap_or_else(|problem| Some(Err(problem)))
    }

    fn new_event(&mut self, submission: &Submission) -> Stored<EntryResult> {
        if let EventBody::ConsentUsed(_) = &submission.event.body {
            return self.spend(submission).map(Ok);
        }
        if let Some(other) = other_subject(&submission.event.body) {
            return self.pair(submission, other);
        }
        let subject = self.deciding(&submission.subject);
        if self.known.erased.contains_key(&subject) {
            let admitted = admit_erased(&submission.event);
            return Ok(admitted.map(|()| AppendOutcome::AlreadyErased));
        }
        if let Some(answer) = self.mark(submission)? {
            return Ok(answer);
        }
        if let Some(used) = &submission.page.prompt
            && !self.known.prompts.insert(used.prompt.clone())
        {
            return Ok(Err(prompt_used()));
        }
        let planned = self.next_of_stream(submission, &subject)?;
        if let Some(used) = &submission.page.prompt {
            if planned.is_ok() {
                self.marks.changes.prompts.push(used.clone());
            } else {
                self.known.prompts.remove(&used.prompt);
            }
        }
        Ok(planned)
    }

    /// Records the next event of a stream, after the marks of its subject if it is the first.
    fn next_of_stream(
        &mut self,
        submission: &Submission,
        subject: &SubjectId,
    ) -> Stored<EntryResult> {
        let mut member = self.member(subject)?;
        let mut state = member.state.clone();
        let entered = self.enter_marks(subject, &mut state)?;
        let after_seqs = self.after_seqs(submission, subject, &entered);
        let taken = service::record(
            self.purposes,
            &mut state,
            &submission.event,
            self.received_at,
            after_seqs,
        );
        let planned = match taken {
            Ok(accepted) => {
                member.state = state;
                self.record_marks(submission, entered, &mut member);
                self.count(&accepted.event.body);
                let leafed = Leafed::of(submission, subject);
                Ok(self.record(leafed, accepted, &mut member))
            }
            // The subject's next event of this batch goes on from the same state.
            Err(problem) => Err(problem),
        };
        self.members.insert(subject.clone(), member);
        Ok(planned)
    }

    fn count(&mut self, body: &EventBody) {
        if let EventBody::Decisions(Decisions(decisions)) = body {
            for decision in decisions {
                *self
                    .counts
                    .entry((decision.purpose.clone(), decision.decision))
                    .or_default() += 1;
            }
        }
    }

    /// Appends the leaf of an event that has been applied to its member's state.
    fn record(
        &mut self,
        leafed: Leafed<'_>,
        accepted: Accepted,
        member: &mut Member,
    ) -> AppendOutcome {
        let Accepted { event, results } = accepted;
        let index = self.frontier.size();
        let logged = LoggedEvent {
            log: leafed.log.clone(),
            stream: Stream::Subject(leafed.subject.clone()),
            prev: member.last_leaf,
            event,
            display: leafed.display,
            expires: None,
            results,
        };
        let openings = logged.write();
        let LoggedEvent { event, results, .. } = logged;
        let keys = member.key.event(&event.event_id);
        let leaf = Leaf::hidden(
            LeafKind::Event,
            commit_ctx(keys.r_ctx.expose(), &openings.ctx),
            commit_sub(keys.r_sub.expose(), &openings.sub),
        )
        .expect("events are hidden");
        let leaf_hash = self.push_leaf(&leaf);
        let nonce = random(self.rng);
        self.rows.events.push(EventRow {
            idx: index,
            event_id: event.event_id.clone(),
            subject: leafed.subject.clone(),
            seq: event.seq,
            body_mac: leafed.body_mac,
            body: keys.seal_body(&nonce, &self.head.log, &event.event_id, &openings.pack()),
        });
        member.last_leaf = Some(leaf_hash);
        member.changed = true;
        AppendOutcome::Recorded(Box::new(AppendedEvent {
            event_id: event.event_id,
            position: Position::of(self.head.epoch, index, &leaf_hash),
            seq: event.seq,
            leaf_hash: Some(leaf_hash),
            received_at: self.received_at,
            body: event.body,
            results,
            replayed: false,
        }))
    }

    /// Appends a public leaf.
    fn public(&mut self, public: &PublicLeaf) -> AppendOutcome {
        let index = self.frontier.size();
        let record = PublicRecord {
            log: self.head.log.clone(),
            at: self.published_at,
            by: public.by.clone(),
            body: public.body.clone(),
        };
        let body = record.write();
        let leaf = Leaf::public(record.body.leaf_kind(), body.as_bytes())
            .expect("a public leaf's kind is public");
        let leaf_hash = self.push_leaf(&leaf);
        self.rows.publications.push(PublicationRow {
            idx: index,
            kind: record.body.type_name().into(),
            body,
        });
        if let PublicBody::RegisterPublished(_) = &record.body {
            let recount = kept::recount(index, self.received_at);
            self.rows.outbox.push(recount);
        }
        if let PublicBody::CampaignPublished(published) = &record.body {
            let sweeps = takedown::due_sweeps(published, index, self.received_at);
            self.rows.outbox.extend(sweeps);
        }
        let due = takedown::due_judgement(&record, index, self.received_at, self.has_pictures);
        self.rows.outbox.extend(due);
        self.head.config_version += 1;
        AppendOutcome::Published {
            index,
            epoch: self.head.epoch,
            leaf_hash,
        }
    }

    /// Hash of the newest leaf, those of this batch included.
    fn last_leaf(&self) -> [u8; 32] {
        let newest = self.rows.leaves.last();
        newest.map_or(self.head.last_leaf, |leaf| leaf.leaf_hash)
    }

    fn push_leaf(&mut self, leaf: &Leaf) -> [u8; 32] {
        let bytes = leaf.to_bytes();
        let leaf_hash = leaf.hash();
        let idx = self.frontier.append(leaf_hash);
        self.rows.leaves.push(LeafRow {
            idx,
            leaf_hash,
            leaf: bytes.to_vec(),
        });
        leaf_hash
    }

    /// The subject's state and key as they stand in this batch: read, or new.
    fn after_seqs(
        &self,
        submission: &Submission,
        subject: &SubjectId,
        entered: &[Entered],
    ) -> Vec<u64> {
        after_seqs(&submission.after, subject, |id| {
            let mut entered = entered.iter().map(|mark| &mark.accepted.event);
            let entered = entered.find(|event| event.event_id == *id);
            let entered = entered.map(|event| (subject, event.seq));
            let here = self.rows.events.iter().find(|row| row.event_id == *id);
            let here = here.map(|row| (&row.subject, row.seq));
            let stored = self.known.events.get(id);
            entered
                .or(here)
                .or_else(|| stored.map(|known| (&known.subject, known.seq)))
        })
    }
}

impl<'s> Leafed<'s> {
    fn of(submission: &'s Submission, subject: &'s SubjectId) -> Self {
        Self {
            log: &submission.log,
            subject,
            body_mac: submission.body_mac,
            display: submission.shown.clone(),
        }
    }
}

fn prompt_used() -> Problem {
    Problem::new(ProblemKind::PromptInvalid)
        .field("/prompt", "must be one that was not used before")
}
