//! What the tests share: submissions that write themselves, a clock to set, and a server that is samtycke's own fold.

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use samtycke_core::decide::NoRegister;
use samtycke_core::decision::{Decision, DecisionKind, Method};
use samtycke_core::event::kinds::Decisions;
use samtycke_core::event::{Actor, Event, EventBody};
use samtycke_core::id::{EventId, NoticeHash, PurposeId, ScopeValue, SubjectId};
use samtycke_core::problem::{Problem, ProblemBody, ProblemKind};
use samtycke_core::purpose::Assurance;
use samtycke_core::scope::Scope;
use samtycke_core::state::SubjectState;
use samtycke_core::wire::{ConsentRequest, DecisionResponse, RecordResponse, WithdrawalRequest};

use tempfile::TempDir;

use crate::clock::{Clock, Moment, Waiting};
use crate::queue::Queue;
use crate::queue::deliver::Courier;
use crate::queue::entry::Body;
use crate::{Error, Transport};

pub(super) const A: &str = "t.a";
pub(super) const B: &str = "t.b";
pub(super) const DAY_MS: i64 = 86_400_000;
/// 2026-01-15T12:00:00Z; Unix milliseconds.
const T0: i64 = 1_768_478_400_000;

pub(super) fn pid(text: &str) -> PurposeId {
    text.parse().unwrap()
}

pub(super) fn subject(n: u8) -> SubjectId {
    SubjectId::from_bytes([n; 16])
}

pub(super) fn event(n: u64) -> EventId {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    EventId::from_parts(T0, random)
}

pub(super) fn said(cells: &[(&str, DecisionKind)]) -> Vec<Decision> {
    let all = cells.iter();
    all.map(|(id, kind)| Decision::about(pid(id), *kind))
        .collect()
}

pub(super) fn consent(n: u64, who: u8, cells: &[(&str, DecisionKind)]) -> ConsentRequest {
    ConsentRequest {
        based_on: Some(0),
        ..ConsentRequest::new(
            event(n),
            subject(who),
            NoticeHash::of(b"notice"),
            "sv".parse().unwrap(),
            Method::Button,
            said(cells),
        )
    }
}

/// A yes to these purposes.
pub(super) fn grant(n: u64, who: u8, purposes: &[&str]) -> ConsentRequest {
    let cells: Vec<_> = purposes.iter().map(|p| (*p, DecisionKind::Given)).collect();
    consent(n, who, &cells)
}

/// A no to these purposes.
pub(super) fn withdrawal(n: u64, who: u8, purposes: &[&str]) -> WithdrawalRequest {
    let cells: Vec<_> = purposes
        .iter()
        .map(|p| (*p, DecisionKind::Withdrawn))
        .collect();
    WithdrawalRequest::new(event(n), subject(who), said(&cells))
}

pub(super) fn recipient(text: &str) -> Scope {
    Scope::Recipient(ScopeValue::parse(text).unwrap())
}

pub(super) fn problem(kind: ProblemKind) -> ProblemBody {
    Problem::new(kind).body(None)
}

/// A clock that stands still until it is set. What sleeps wakes at once, or never, and is written down.
#[derive(Debug)]
pub(super) struct TestClock {
    wakes: bool,
    now: Mutex<Moment>,
    pub(super) slept: Mutex<Vec<Duration>>,
}

impl TestClock {
    pub(super) fn new() -> Arc<Self> {
        Self::that_wakes(true)
    }

    pub(super) fn stopped() -> Arc<Self> {
        Self::that_wakes(false)
    }

    fn that_wakes(wakes: bool) -> Arc<Self> {
        let now = Moment {
            monotonic: Duration::ZERO,
            unix_ms: T0,
        };
        Arc::new(Self {
            wakes,
            now: Mutex::new(now),
            slept: Mutex::default(),
        })
    }

    /// Time passes, by both clocks.
    pub(super) fn pass(&self, ms: i64) {
        let mut now = self.now.lock().unwrap();
        now.unix_ms += ms;
        now.monotonic += Duration::from_millis(ms.unsigned_abs());
    }

    /// Somebody sets the wall clock.
    pub(super) fn set(&self, by_ms: i64) {
        self.now.lock().unwrap().unix_ms += by_ms;
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Waiting {
        self.slept.lock().unwrap().push(duration);
        if self.wakes {
            Box::pin(tokio::task::yield_now())
        } else {
            Box::pin(std::future::pending())
        }
    }
}

/// A folder in memory where the system has one: syncing a disk a hundred thousand times takes minutes and shows nothing,
/// since no test can take the power away.
pub(super) fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

pub(super) fn open(folder: &Path, clock: &Arc<TestClock>) -> Queue {
    Queue::open_with(folder, clock.clone()).unwrap()
}

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Nothing,
    /// Never sent.
    Unreachable,
    /// Recorded, and the response is lost.
    AnswerLost,
    /// Sent, and not recorded.
    Lost,
    /// Answered by this problem.
    Problem(ProblemKind),
    /// Answered by something that is not samtycke.
    Portal,
    /// Answered as if it had been another event.
    Another,
}

/// A server with samtycke's own fold, whose answers a test can take away.
#[derive(Default)]
pub(super) struct Server {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    now: i64,
    subjects: HashMap<SubjectId, (SubjectState, Vec<EventId>)>,
    first: HashMap<EventId, (Body, RecordResponse)>,
    faults: VecDeque<Fault>,
    faults_of: HashMap<EventId, Fault>,
    tried: Vec<EventId>,
    recorded: Vec<EventId>,
}

impl Server {
    /// What happens to the next requests; after them nothing does.
    pub(super) fn faults(&self, faults: &[Fault]) {
        self.lock().faults = faults.iter().copied().collect();
    }

    /// What happens to this event, whenever it is sent.
    pub(super) fn fault_of(&self, n: u64, fault: Fault) {
        self.lock().faults_of.insert(event(n), fault);
    }

    /// Time at the server; Unix milliseconds.
    pub(super) fn at(&self, unix_ms: i64) {
        self.lock().now = unix_ms;
    }

    /// From another device.
    pub(super) fn record(&self, body: &Body) -> RecordResponse {
        self.lock().record(body)
    }

    pub(super) fn seq(&self, who: &SubjectId) -> u64 {
        self.lock().subjects.get(who).map_or(0, |(s, _)| s.seq)
    }

    pub(super) fn is_given(&self, who: u8, purpose: &str) -> bool {
        let inner = self.lock();
        let state = inner.subjects.get(&subject(who));
        let cell = state.and_then(|(s, _)| s.cell(&pid(purpose), &Scope::None));
        cell.is_some_and(|cell| cell.state.is_granted())
    }

    /// Every request that reached it or should have, in order.
    pub(super) fn tried(&self) -> Vec<EventId> {
        self.lock().tried.clone()
    }

    /// The log.
    pub(super) fn recorded(&self) -> Vec<EventId> {
        self.lock().recorded.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Courier for Server {
    async fn deliver(&self, body: &Body) -> Result<RecordResponse, Error> {
        tokio::task::yield_now().await;
        let mut inner = self.lock();
        inner.tried.push(body.event_id().clone());
        let next = inner.faults.pop_front().unwrap_or(Fault::Nothing);
        let own = inner.faults_of.get(body.event_id()).copied();
        match own.unwrap_or(next) {
            Fault::Nothing => Ok(inner.record(body)),
            Fault::Unreachable => Err(Transport::Connect.into()),
            Fault::AnswerLost => {
                inner.record(body);
                Err(Transport::TimedOut.into())
            }
            Fault::Lost => Err(Transport::Broken.into()),
            Fault::Problem(kind) => Err(Error::Problem(Box::new(problem(kind)))),
            Fault::Portal => Err(Error::Decode("not the JSON that this version knows")),
            Fault::Another => {
                let mut answer = inner.record(body);
                answer.event_id = event(u64::MAX);
                Ok(answer)
            }
        }
    }
}

impl Inner {
    /// As the server does: once for each id, in the order of arrival, `after` looked up in the subject's own stream.
    fn record(&mut self, body: &Body) -> RecordResponse {
        if let Some((then, answer)) = self.first.get(body.event_id()) {
            assert!(then == body, "an event's body changed between two tries");
            return answer.clone();
        }
        let (state, stream) = self.subjects.entry(body.subject().clone()).or_default();
        let named = |id: &EventId| stream.iter().position(|known| known == id);
        let seqs = body.after().iter().filter_map(named);
        let event = Event {
            seq: state.seq + 1,
            received_at: self.now,
            occurred_at: body.said_at(),
            event_id: body.event_id().clone(),
            actor: Actor::SUBJECT,
            // A kiosk with a publishable key: what a server records may be late (E20).
            assurance: Assurance::Browser,
            notice: None,
            language: None,
            method: None,
            based_on: match body {
                Body::Consent(said) => said.based_on.unwrap_or(0),
                Body::Withdrawal(_) => 0,
            },
            after_seqs: seqs.map(|at| at as u64 + 1).collect(),
            signals: None,
            body: EventBody::from(Decisions(body.decisions().to_vec())),
        };
        let applied = state.apply(&event, &NoRegister);
        stream.push(event.event_id.clone());
        self.recorded.push(event.event_id.clone());
        let decisions = applied.decisions.into_iter().map(|one| DecisionResponse {
            purpose: one.purpose,
            scope: one.scope,
            state: one.state,
            outcome: one.outcome,
            reason: one.reason,
        });
        let answer = RecordResponse {
            event_id: event.event_id,
            seq: Some(event.seq),
            index: None,
            position: None,
            leaf_hash: None,
            received_at: String::new(),
            decisions: decisions.collect(),
            receipt: None,
            cookie: None,
        };
        self.first
            .insert(body.event_id().clone(), (body.clone(), answer.clone()));
        answer
    }
}
