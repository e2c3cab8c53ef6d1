//! Group commit: what arrived during the last commit becomes the next batch, and one transaction makes it durable.
//!
//! One writer per database on SQLite, whose batch may span logs; one per log on PostgreSQL. Restrictive jobs have a
//! queue of their own, which is emptied first. The head row is locked before anything is read, so that it is mutex and
//! fencing token in one. Nobody is answered before the commit has returned.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use samtycke_core::id::{LogId, SubjectId};
use samtycke_core::leaf::LeafKind;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::state::SubjectState;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::pending::Pending;
use super::plan::{BatchContext, EntryResult, Planner};
use super::{AppendOutcome, Change, Job, tiles};
use crate::clock::{Environment, random};
use crate::store::log::HeadRow;
use crate::store::{Store, StoreError, Stored, Tx};
use crate::tenant::{Tenant, Tenants};

/// Attempts at a transaction that lost against another one; each waits up to 20 ms longer.
const CONFLICT_ATTEMPTS_MAX: u32 = 8;
/// What a client waits before it tries again when a queue is full; seconds.
const OVERLOAD_RETRY_AFTER_S: u32 = 1;

/// Limits of the queues.
#[derive(Debug, Clone, Copy)]
pub struct AppendLimits {
    /// Ordinary jobs waiting, per lane.
    pub record_queue_max: usize,
    /// Restrictive jobs waiting, per lane.
    pub withdrawal_queue_max: usize,
    /// Jobs in one transaction.
    pub batch_events_max: usize,
}

/// Takes jobs for every log.
pub struct Appender {
    /// `None` once it is closed: then the last `Shared`, and with it the sender of news, has gone with the last writer.
    open: Mutex<Option<Open>>,
}

struct Open {
    shared: Arc<Shared>,
    lanes: HashMap<Option<LogId>, Lane>,
}

struct Shared {
    store: Store,
    tenants: Arc<Tenants>,
    environment: Environment,
    limits: AppendLimits,
    dirty: mpsc::UnboundedSender<LogId>,
}

struct Lane {
    restrictive: mpsc::Sender<Work>,
    ordinary: mpsc::Sender<Work>,
    writer: JoinHandle<()>,
}

struct Work {
    tenant: Arc<Tenant>,
    job: Job,
    pending: Option<Pending>,
    reply: oneshot::Sender<EntryResult>,
}

/// Why a batch was not answered.
enum Failure {
    /// Nothing was done.
    Nothing(StoreError),
    /// The commit did not answer: it may or may not have been done.
    Unknown(StoreError),
}

impl Appender {
    /// Takes jobs; tells `dirty` which logs have grown.
    pub fn new(
        store: Store,
        tenants: Arc<Tenants>,
        environment: Environment,
        limits: AppendLimits,
        dirty: mpsc::UnboundedSender<LogId>,
    ) -> Self {
        let shared = Arc::new(Shared {
            store,
            tenants,
            environment,
            limits,
            dirty,
        });
        Self {
            open: Mutex::new(Some(Open {
                shared,
                lanes: HashMap::new(),
            })),
        }
    }

    /// Does a job and answers once it is durable. Dropping the future does not take the job back.
    ///
    /// `Overloaded` means that nothing was done; `Unavailable` that the outcome is unknown.
    pub async fn submit(&self, tenant: &Arc<Tenant>, job: Job) -> Result<AppendOutcome, Problem> {
        tenant.ensure_writable()?;
        let restrictive = job.is_restrictive();
        let (reply, answer) = oneshot::channel();
        {
            let mut open = self
                .open
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            let overloaded =
                || Problem::new(ProblemKind::Overloaded).retry_after(OVERLOAD_RETRY_AFTER_S);
            let lane = open.as_mut().ok_or_else(overloaded)?.lane(&tenant.log);
            let queue = if restrictive {
                &lane.restrictive
            } else {
                &lane.ordinary
            };
            let slot = queue.try_reserve().map_err(|_| overloaded())?;
            slot.send(Work {
                tenant: tenant.clone(),
                pending: Pending::begin(tenant, &job),
                job,
                reply,
            });
        }
        answer
            .await
            .unwrap_or_else(|_| Err(ProblemKind::Unavailable.into()))
    }

    /// Stops taking jobs and waits for those that were taken. Once it returns, nobody tells the publisher any news.
    pub async fn close(&self) {
        let open = self
            .open
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        let Some(Open { shared, lanes }) = open else {
            return;
        };
        drop(shared);
        for lane in lanes.into_values() {
            drop((lane.restrictive, lane.ordinary));
            // A writer only fails by a defect, which it has logged.
            let _ = lane.writer.await;
        }
    }
}

impl Open {
    fn lane(&mut self, log: &LogId) -> &Lane {
        let key = (!self.shared.store.is_embedded()).then(|| log.clone());
        self.lanes.entry(key).or_insert_with(|| {
            let (restrictive, restrictive_jobs) =
                mpsc::channel(self.shared.limits.withdrawal_queue_max);
            let (ordinary, ordinary_jobs) = mpsc::channel(self.shared.limits.record_queue_max);
            let writer = tokio::spawn(write(self.shared.clone(), restrictive_jobs, ordinary_jobs));
            Lane {
                restrictive,
                ordinary,
                writer,
            }
        })
    }
}

impl std::fmt::Debug for Appender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Appender")
    }
}

async fn write(
    shared: Arc<Shared>,
    mut restrictive: mpsc::Receiver<Work>,
    mut ordinary: mpsc::Receiver<Work>,
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
        // In a task of its own, so that a defect costs this batch its answers (the outcome is unknown then) and not
        // every later one.
        if let Err(defect) = tokio::spawn(process(shared.clone(), batch)).await {
            tracing::error!(%defect, "a batch ended in a defect; its members were told that the outcome is unknown");
        }
    }
}

/// Commits a batch and answers its members; in halves, again, where the database refuses it for one member's sake.
async fn process(shared: Arc<Shared>, batch: Vec<Work>) {
    let mut batches = vec![batch];
    while let Some(mut batch) = batches.pop() {
        match attempt(&shared, &batch).await {
            Ok(answers) => {
                for (work, answer) in batch.into_iter().zip(answers) {
                    if let Some(pending) = &work.pending {
                        pending.end();
                    }
                    // The client may have gone; the write stands.
                    let _ = work.reply.send(answer);
                }
            }
            Err(Failure::Nothing(error)) if batch.len() > 1 && is_about_one_member(&error) => {
                let later = batch.split_off(batch.len() / 2);
                batches.push(later);
                batches.push(batch);
            }
            Err(Failure::Nothing(error)) => refuse(batch, &error),
            Err(Failure::Unknown(error)) => {
                tracing::error!(%error, members = batch.len(), "a commit did not answer; its outcome is unknown");
                for work in batch {
                    let pending = work
                        .pending
                        .or_else(|| Pending::after_unknown(&work.tenant, &work.job));
                    if let Some(pending) = pending {
                        tokio::spawn(pending.end_after_reading(shared.store.clone()));
                    }
                    let _ = work
                        .reply
                        .send(Err(Problem::new(ProblemKind::Unavailable).retry_after(1)));
                }
            }
        }
    }
}

/// Whether splitting the batch can help: not where the database is away.
fn is_about_one_member(error: &StoreError) -> bool {
    match error {
        StoreError::Duplicate | StoreError::Contradiction(_) => true,
        StoreError::Database(error) => error.as_database_error().is_some(),
        StoreError::Conflict
        | StoreError::TimedOut
        | StoreError::Unsafe(_)
        | StoreError::Migration(_) => false,
    }
}

fn refuse(batch: Vec<Work>, error: &StoreError) {
    let problem = match error {
        StoreError::Duplicate => Problem::new(ProblemKind::Conflict),
        StoreError::Contradiction(_) => Problem::new(ProblemKind::Internal),
        _ => Problem::new(ProblemKind::Unavailable).retry_after(1),
    };
    if !matches!(error, StoreError::Duplicate) {
        tracing::error!(%error, members = batch.len(), "a batch could not be written; nothing was done");
    }
    for work in batch {
        if let Some(pending) = &work.pending {
            pending.end();
        }
        let _ = work.reply.send(Err(problem.clone()));
    }
}

async fn attempt(shared: &Shared, batch: &[Work]) -> Result<Vec<EntryResult>, Failure> {
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

/// What a committed batch changed on one log.
struct Effect {
    tenant: Arc<Tenant>,
    head: HeadRow,
    states: HashMap<SubjectId, Arc<SubjectState>>,
    policy_changed: bool,
}

async fn commit(shared: &Shared, batch: &[Work]) -> Result<Vec<EntryResult>, Failure> {
    let mut answers: Vec<Option<EntryResult>> = batch.iter().map(|_| None).collect();
    let mut effects = Vec::new();
    let mut tx = shared.store.begin().await.map_err(Failure::Nothing)?;
    // In the order of log ids, so that two transactions over the same logs cannot wait for each other.
    let mut by_log: BTreeMap<&LogId, Vec<usize>> = BTreeMap::new();
    for (i, work) in batch.iter().enumerate() {
        by_log.entry(&work.tenant.log).or_default().push(i);
    }
    for members in by_log.values() {
        let works: Vec<&Work> = members.iter().map(|i| &batch[*i]).collect();
        let (planned, effect) = write_log(shared, &mut tx, &works)
            .await
            .map_err(Failure::Nothing)?;
        for (i, answer) in members.iter().zip(planned) {
            answers[*i] = Some(answer);
        }
        effects.extend(effect);
    }
    tx.commit().await.map_err(|error| match error {
        // The database said that it rolled back.
        StoreError::Conflict => Failure::Nothing(error),
        error => Failure::Unknown(error),
    })?;
    for effect in effects {
        settle(shared, effect).await;
    }
    Ok(answers
        .into_iter()
        .map(|a| a.expect("every member belongs to a log"))
        .collect())
}

/// Plans and writes the members of one log within the batch's transaction.
async fn write_log(
    shared: &Shared,
    tx: &mut Tx,
    works: &[&Work],
) -> Stored<(Vec<EntryResult>, Option<Effect>)> {
    let log = &works[0].tenant.log;
    let head = tx
        .lock_head(log)
        .await?
        .ok_or_else(|| StoreError::Contradiction("a log has no head".into()))?;
    let tenant = shared
        .tenants
        .at_least(&works[0].tenant, head.policy)
        .await?;
    // Asking here, under the head's lock, is later than any question before, and costs no statement.
    let outdated = outdated(works, head.policy, shared.store.is_embedded());
    let current: Vec<&Work> = works
        .iter()
        .zip(&outdated)
        .filter_map(|(work, is_outdated)| (!is_outdated).then_some(*work))
        .collect();
    let known = read_known(tx, &tenant, &current).await?;
    let now = shared.environment.clock.now();
    let planner = Planner::new(
        head.clone(),
        known,
        &tenant.secrets,
        &*tenant,
        now,
        &*shared.environment.rng,
    )?;
    let mut plan = planner.plan(current.iter().map(|work| &work.job))?;
    let policy = plan.head.policy;
    let mut planned = plan.answers.into_iter();
    plan.answers = outdated
        .iter()
        .filter_map(|is_outdated| {
            if *is_outdated {
                Some(Ok(AppendOutcome::Stale { policy }))
            } else {
                planned.next()
            }
        })
        .collect();
    if plan.rows.leaves.is_empty() {
        return Ok((plan.answers, None));
    }
    tx.append(&head, &plan.head, &plan.rows).await?;
    tiles::complete(tx, &plan.head, head.size).await?;
    for work in current {
        if let Job::Public(leaf) = &work.job {
            apply_change(tx, &tenant, &leaf.change, now).await?;
        }
    }
    let policy_changed = plan.head.policy != head.policy;
    Ok((
        plan.answers,
        Some(Effect {
            tenant,
            head: plan.head,
            states: plan.states,
            policy_changed,
        }),
    ))
}

/// Which works were judged by another policy than they would come to act under. Those are judged anew.
fn outdated(works: &[&Work], policy: u64, is_embedded: bool) -> Vec<bool> {
    let mut published = false;
    let is_outdated = |work: &&Work| {
        let is_old = work.tenant.policy < policy;
        match &work.job {
            // On the embedded database memory is the truth, and was asked.
            Job::Event(_) => is_old && !is_embedded,
            // It says what it changes, so it knows the one before it; of a batch, only the first can.
            Job::Public(leaf) if leaf.body.leaf_kind() == LeafKind::Publication => {
                is_old || std::mem::replace(&mut published, true)
            }
            Job::Public(_) => false,
        }
    };
    works.iter().map(is_outdated).collect()
}

/// Everything the batch needs to know.
async fn read_known(tx: &mut Tx, tenant: &Tenant, works: &[&Work]) -> Stored<BatchContext> {
    let mut ids = Vec::new();
    let mut subjects = BTreeSet::new();
    for work in works {
        if let Job::Event(submission) = &work.job {
            ids.push(submission.event_id.as_str());
            ids.extend(
                submission
                    .after
                    .iter()
                    .map(samtycke_core::id::EventId::as_str),
            );
            subjects.insert(&submission.subject);
        }
    }
    if subjects.is_empty() {
        return Ok(BatchContext::default());
    }
    let names: Vec<&str> = subjects.iter().map(|subject| subject.as_str()).collect();
    let marks: Vec<[u8; 32]> = subjects
        .iter()
        .map(|subject| tenant.secrets.erased_mark(subject))
        .collect();
    let facts = tx.facts(&tenant.log, &ids, &names, &marks).await?;
    let erased = subjects
        .into_iter()
        .zip(&marks)
        .filter_map(|(subject, mark)| Some((subject.clone(), *facts.erased.get(mark)?)))
        .collect();
    Ok(BatchContext {
        events: facts.events,
        states: facts.states,
        keys: facts.keys,
        erased,
    })
}

async fn apply_change(tx: &mut Tx, tenant: &Tenant, change: &Change, now: i64) -> Stored<()> {
    match change {
        Change::PublishRegister { version } => tx.publish_register(&tenant.id, *version).await,
        Change::PublishNotice => Ok(()),
        Change::AddKey(row) => tx.insert_key(&tenant.id, row).await,
        Change::RevokeKey { key_id } => tx.revoke_key(&tenant.id, key_id, now).await.map(drop),
        Change::AddSite(row) => tx.insert_site(&tenant.id, row).await,
        Change::SetSite { site, origins } => {
            tx.set_origins(&tenant.id, site, origins).await.map(drop)
        }
        Change::RevokeSite { site } => tx.revoke_site(&tenant.id, site, now).await.map(drop),
    }
}

/// Brings memory up to what was committed, before anybody is answered.
async fn settle(shared: &Shared, effect: Effect) {
    let runtime = &effect.tenant.runtime;
    if let Some(hot) = &runtime.hot {
        for (subject, state) in effect.states {
            hot.put(&subject, state);
        }
    }
    runtime.advance(effect.head.epoch, effect.head.size, &effect.tenant.secrets);
    if effect.policy_changed
        && let Err(error) = shared.tenants.reload(&effect.tenant).await
    {
        // What is in force cannot be told any more: denying everything is the only safe answer.
        tracing::error!(%error, log = %effect.tenant.log, "a change of policy could not be read back; the log is frozen");
        runtime.freeze();
    }
    // The publisher may have stopped already; then the next start publishes.
    let _ = shared.dirty.send(effect.tenant.log.clone());
}
