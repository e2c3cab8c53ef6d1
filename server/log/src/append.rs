//! Group commit: entries that arrive during one commit form the next batch, and one transaction makes it durable.
//!
//! SQLite has one writer per database, whose batch may span logs; PostgreSQL has one writer per log. Restrictive
//! entries have their own queue, and the writer empties it first. The writer locks the head row before it reads
//! anything else, so the row is both mutex and fencing token. Callers get a reply only after the commit succeeds.

mod commit;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use samtycke_core::id::LogId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_store::clock::{Environment, random};
use samtycke_store::{Store, StoreError};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use self::commit::{Failure, commit};
use crate::{Application, Entry as _, EntryResult, Lane, LogView as _};

/// Attempts at a transaction that conflicts with another one; each attempt waits up to 20 ms longer.
const CONFLICT_ATTEMPTS_MAX: u32 = 8;
/// `Retry-After` when a queue is full; seconds.
const OVERLOAD_RETRY_AFTER_S: u32 = 1;

/// Limits of the queues.
#[derive(Debug, Clone, Copy)]
pub struct AppendLimits {
    /// Ordinary entries that may wait, per writer.
    pub record_queue_max: usize,
    /// Restrictive entries that may wait, per writer.
    pub withdrawal_queue_max: usize,
    /// Most entries in one transaction.
    pub batch_events_max: usize,
}

/// Queues the entries of every log for their writers.
pub struct Appender<A: Application> {
    /// `None` after `close`. The last writer then drops the last `Shared` and with it the sender to the publisher.
    open: Mutex<Option<Open<A>>>,
    /// Whether the last batch could not be written, whatever was in it.
    is_failing: Arc<AtomicBool>,
    store: Store,
    environment: Environment,
}

struct Open<A: Application> {
    shared: Arc<Shared<A>>,
    writers: HashMap<Option<LogId>, Writer<A>>,
}

struct Shared<A> {
    store: Store,
    application: A,
    environment: Environment,
    limits: AppendLimits,
    dirty: mpsc::UnboundedSender<LogId>,
    is_failing: Arc<AtomicBool>,
}

struct Writer<A: Application> {
    restrictive: mpsc::Sender<Work<A>>,
    ordinary: mpsc::Sender<Work<A>>,
    task: JoinHandle<()>,
}

struct Work<A: Application> {
    view: Arc<A::View>,
    entry: A::Entry,
    in_flight: Option<A::InFlight>,
    reply: oneshot::Sender<EntryResult<A>>,
}

impl<A: Application> Appender<A> {
    /// Builds an appender. It sends to `dirty` the id of each log that has grown.
    pub fn new(
        store: Store,
        application: A,
        environment: Environment,
        limits: AppendLimits,
        dirty: mpsc::UnboundedSender<LogId>,
    ) -> Self {
        let is_failing = Arc::new(AtomicBool::new(false));
        let shared = Arc::new(Shared {
            store: store.clone(),
            application,
            environment: environment.clone(),
            limits,
            dirty,
            is_failing: is_failing.clone(),
        });
        Self {
            is_failing,
            store,
            environment,
            open: Mutex::new(Some(Open {
                shared,
                writers: HashMap::new(),
            })),
        }
    }

    /// Appends an entry and returns its outcome once it is durable. Dropping the future does not cancel the entry.
    ///
    /// Errors: `Recovering` while the log is frozen and `Overloaded` when the queue is full; nothing was written.
    /// `Unavailable`: the outcome is unknown.
    pub async fn submit(&self, view: &Arc<A::View>, entry: A::Entry) -> EntryResult<A> {
        if view.is_frozen() {
            return Err(ProblemKind::Recovering.into());
        }
        let (reply, answer) = oneshot::channel();
        {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            let overloaded =
                || Problem::new(ProblemKind::Overloaded).retry_after(OVERLOAD_RETRY_AFTER_S);
            let open = open.as_mut().ok_or_else(overloaded)?;
            let writer = open.writer(view.log());
            let queue = match entry.lane() {
                Lane::Restrictive => &writer.restrictive,
                Lane::Ordinary => &writer.ordinary,
            };
            let slot = queue.clone().try_reserve_owned();
            let slot = slot.map_err(|_| overloaded())?;
            slot.send(Work {
                view: view.clone(),
                in_flight: open.shared.application.begin(view, &entry),
                entry,
                reply,
            });
        }
        answer
            .await
            .unwrap_or_else(|_| Err(ProblemKind::Unavailable.into()))
    }

    /// Whether entries can be written now. After a batch that the database could not write at all (its disk is full, say), it
    /// tries a write, so that the answer does not wait for the next entry.
    pub async fn is_writing(&self) -> bool {
        if !self.is_failing.load(Ordering::SeqCst) {
            return true;
        }
        let written = self.store.probe_write(self.environment.clock.now()).await;
        if written.is_ok() {
            self.is_failing.store(false, Ordering::SeqCst);
        }
        written.is_ok()
    }

    /// The same as of the last batch or probe, without a write.
    pub fn was_writing(&self) -> bool {
        !self.is_failing.load(Ordering::SeqCst)
    }

    /// How many entries wait for a commit, at all writers: restrictive ones, and ordinary ones.
    pub fn waiting(&self) -> (usize, usize) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let writers = open.iter().flat_map(|open| open.writers.values());
        let waits = |queue: &mpsc::Sender<Work<A>>| queue.max_capacity() - queue.capacity();
        writers.fold((0, 0), |(restrictive, ordinary), writer| {
            (
                restrictive + waits(&writer.restrictive),
                ordinary + waits(&writer.ordinary),
            )
        })
    }

    /// Stops accepting entries and waits for queued ones. After it returns, the publisher receives no more log ids.
    pub async fn close(&self) {
        let open = self
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(Open { shared, writers }) = open else {
            return;
        };
        drop(shared);
        for writer in writers.into_values() {
            drop((writer.restrictive, writer.ordinary));
            // A writer task fails only by a panic, which is logged already.
            let _ = writer.task.await;
        }
    }
}

impl<A: Application> Open<A> {
    fn writer(&mut self, log: &LogId) -> &Writer<A> {
        let key = (!self.shared.store.is_embedded()).then(|| log.clone());
        self.writers.entry(key).or_insert_with(|| {
            let limits = &self.shared.limits;
            let (restrictive, restrictive_works) = mpsc::channel(limits.withdrawal_queue_max);
            let (ordinary, ordinary_works) = mpsc::channel(limits.record_queue_max);
            let task = tokio::spawn(write(
                self.shared.clone(),
                restrictive_works,
                ordinary_works,
            ));
            Writer {
                restrictive,
                ordinary,
                task,
            }
        })
    }
}

impl<A: Application> std::fmt::Debug for Appender<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Appender")
    }
}

async fn write<A: Application>(
    shared: Arc<Shared<A>>,
    mut restrictive: mpsc::Receiver<Work<A>>,
    mut ordinary: mpsc::Receiver<Work<A>>,
) {
    loop {
        let first = tokio::select! {
            biased;
            Some(work) = restrictive.recv() => work,
            Some(work) = ordinary.recv() => work,
            else => return,
        };
        let mut batch = vec![first];
        for queue in [&mut restrictive, &mut ordinary] {
            while batch.len() < shared.limits.batch_events_max {
                let Ok(work) = queue.try_recv() else { break };
                batch.push(work);
            }
        }
        // A task of its own isolates a panic: only this batch loses its replies (its outcome is then unknown), later
        // batches continue.
        if let Err(defect) = tokio::spawn(process(shared.clone(), batch)).await {
            tracing::error!(%defect, "a batch panicked; its callers were told that the outcome is unknown");
        }
    }
}

/// Commits a batch and replies to its callers. Splits it in halves when the database rejects it because of one entry.
async fn process<A: Application>(shared: Arc<Shared<A>>, batch: Vec<Work<A>>) {
    let mut batches = vec![batch];
    while let Some(mut batch) = batches.pop() {
        match attempt(&shared, &batch).await {
            Ok(results) => {
                shared.is_failing.store(false, Ordering::SeqCst);
                shared.application.batch_ended(batch.len(), true);
                for (work, result) in batch.into_iter().zip(results) {
                    if let Some(mark) = work.in_flight {
                        shared.application.end(mark);
                    }
                    // The client may have disconnected; the write stays.
                    let _ = work.reply.send(result);
                }
            }
            Err(Failure::Nothing(error)) if batch.len() > 1 && error.is_about_one_entry() => {
                let later = batch.split_off(batch.len() / 2);
                batches.push(later);
                batches.push(batch);
            }
            Err(Failure::Nothing(error)) => {
                if !error.is_about_one_entry() {
                    shared.is_failing.store(true, Ordering::SeqCst);
                }
                refuse(&shared, batch, &error);
            }
            Err(Failure::Unknown(error)) => {
                shared.is_failing.store(true, Ordering::SeqCst);
                tracing::error!(%error, entries = batch.len(), "a commit did not return; its outcome is unknown");
                shared.application.batch_ended(batch.len(), false);
                for work in batch {
                    shared
                        .application
                        .outcome_unknown(&work.view, &work.entry, work.in_flight);
                    let unavailable = Problem::new(ProblemKind::Unavailable).retry_after(1);
                    let _ = work.reply.send(Err(unavailable));
                }
            }
        }
    }
}

fn refuse<A: Application>(shared: &Shared<A>, batch: Vec<Work<A>>, error: &StoreError) {
    let problem = match error {
        StoreError::Duplicate => Problem::new(ProblemKind::Conflict),
        StoreError::Contradiction(_) => Problem::new(ProblemKind::Internal),
        _ => Problem::new(ProblemKind::Unavailable).retry_after(1),
    };
    if !matches!(error, StoreError::Duplicate) {
        tracing::error!(%error, entries = batch.len(), "a batch could not be written; nothing was stored");
    }
    shared.application.batch_ended(batch.len(), false);
    for work in batch {
        if let Some(mark) = work.in_flight {
            shared.application.end(mark);
        }
        let _ = work.reply.send(Err(problem.clone()));
    }
}

async fn attempt<A: Application>(
    shared: &Shared<A>,
    batch: &[Work<A>],
) -> Result<Vec<EntryResult<A>>, Failure> {
    let mut attempt = 1;
    loop {
        match commit(shared, batch).await {
            Err(Failure::Nothing(StoreError::Conflict)) if attempt < CONFLICT_ATTEMPTS_MAX => {
                let [jitter] = random(&*shared.environment.rng);
                let wait_ms = u64::from(attempt) * (1 + u64::from(jitter) % 20);
                tokio::time::sleep(Duration::from_millis(wait_ms)).await;
                attempt += 1;
            }
            other => return other,
        }
    }
}
