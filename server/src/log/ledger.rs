//! What the log's entries mean: the part of a commit that knows events, tenants and states.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use samtycke_core::id::{EventId, LogId, SubjectId};
use samtycke_core::keys::Secret;
use samtycke_core::leaf::LeafKind;
use samtycke_core::retention::CalendarDuration;
use samtycke_core::service::{MERGES_MAX, other_subject};
use samtycke_core::state::SubjectState;
use samtycke_log::{Application, Entry, Lane, LogView, Logs, Plan, Submitted};
use samtycke_tlog::note::VerifierKey;
use serde_json::Value;

use super::pending::Pending;
use super::plan::{BatchContext, Planner};
use super::{AppendOutcome, Change, Job, attachment, takedown};
use crate::clock::Environment;
use crate::metrics::{Counter, Metrics};
use crate::store::batch::{BatchQuery, BatchRows, SubjectQuery};
use crate::store::log::{EventRow, HeadRow, PublicationRow};
use crate::store::{Store, Stored, Tx};
use crate::tenant::{Tenant, Tenants};

/// Plans batches of events and public leaves.
#[derive(Debug)]
pub struct Ledger {
    store: Store,
    tenants: Arc<Tenants>,
    environment: Environment,
    /// Time from a withdrawal to the day by which a place of use must be cleared.
    takedown_due: CalendarDuration,
    saved: BatchCounters,
    failed: BatchCounters,
}

/// Batches that ended in one way, and the entries in them.
#[derive(Debug)]
struct BatchCounters {
    batches: Counter,
    entries: Counter,
}

impl BatchCounters {
    fn new(outcome: &'static str, metrics: &Metrics) -> Self {
        let counter = |name, help| metrics.counter(name, help, &[("outcome", outcome)]);
        Self {
            batches: counter("samtycke_batches_total", "Commits to the logs."),
            entries: counter(
                "samtycke_batch_entries_total",
                "Entries in commits to the logs.",
            ),
        }
    }
}

/// What a committed batch changes in memory.
#[derive(Debug)]
pub struct Effect {
    tenant: Arc<Tenant>,
    states: HashMap<SubjectId, Arc<SubjectState>>,
}

impl Ledger {
    /// A ledger over these tenants.
    pub fn new(
        store: Store,
        tenants: Arc<Tenants>,
        environment: Environment,
        takedown_due: CalendarDuration,
        metrics: &Metrics,
    ) -> Self {
        Self {
            store,
            tenants,
            environment,
            takedown_due,
            saved: BatchCounters::new("saved", metrics),
            failed: BatchCounters::new("failed", metrics),
        }
    }
}

impl Entry for Job {
    fn lane(&self) -> Lane {
        if self.is_restrictive() {
            Lane::Restrictive
        } else {
            Lane::Ordinary
        }
    }
}

impl LogView for Tenant {
    fn log(&self) -> &LogId {
        &self.log
    }

    fn origin(&self) -> &str {
        &self.origin
    }

    fn signing_seed(&self, vkey: &str) -> Option<Secret> {
        self.secrets.signer_of(vkey).map(|(seed, _)| seed)
    }

    fn own_keys(&self) -> Vec<VerifierKey> {
        self.secrets.own_keys(&self.origin)
    }

    fn is_preventive(&self) -> bool {
        Self::is_preventive(self)
    }

    fn is_frozen(&self) -> bool {
        self.runtime.is_frozen()
    }

    fn freeze(&self) {
        self.runtime.freeze();
    }

    fn freeze_behind(&self) {
        self.runtime.freeze_behind();
    }
}

impl Logs for Tenants {
    type View = Tenant;

    fn all(&self) -> Vec<Arc<Tenant>> {
        Self::all(self)
    }

    async fn by_log(&self, log: &LogId) -> Stored<Option<Arc<Tenant>>> {
        Self::by_log(self, log).await
    }

    async fn attachments(
        &self,
        tenant: &Tenant,
        events: &[EventRow],
        publications: &[PublicationRow],
    ) -> Stored<Vec<Value>> {
        attachment::attachments(self.store(), tenant, events, publications).await
    }
}

impl Application for Ledger {
    type View = Tenant;
    type Entry = Job;
    type Outcome = AppendOutcome;
    type Effect = Effect;
    type InFlight = Pending;

    fn begin(&self, tenant: &Arc<Tenant>, job: &Job) -> Option<Pending> {
        Pending::begin(tenant, job)
    }

    fn batch_ended(&self, entries: usize, is_saved: bool) {
        let counters = if is_saved { &self.saved } else { &self.failed };
        counters.batches.increment();
        counters
            .entries
            .add(u64::try_from(entries).unwrap_or(u64::MAX));
    }

    fn end(&self, pending: Pending) {
        pending.end();
    }

    fn outcome_unknown(&self, tenant: &Arc<Tenant>, job: &Job, pending: Option<Pending>) {
        let pending = pending.or_else(|| Pending::after_unknown(tenant, job));
        if let Some(pending) = pending {
            tokio::spawn(pending.end_after_reading(self.store.clone()));
        }
    }

    async fn plan(
        &self,
        tx: &mut Tx,
        head: &HeadRow,
        entries: &[Submitted<'_, Self>],
    ) -> Stored<Plan<Self>> {
        let tenant = self
            .tenants
            .at_least(entries[0].view, head.config_version)
            .await?;
        if tenant.log != head.log {
            // The log was closed: its entries go to the successor, judged anew.
            return Ok(all_stale(tenant, head, entries.len()));
        }
        // Checking here, under the head's lock, is later than any check before, and costs no statement.
        let stale = stale(entries, head.config_version, self.store.is_embedded());
        let current: Vec<&Job> = entries
            .iter()
            .zip(&stale)
            .filter_map(|(submitted, is_stale)| (!is_stale).then_some(submitted.entry))
            .collect();
        let context = read_context(tx, &tenant, &current).await?;
        let before = takedown::states_before(&tenant, &context);
        let now = self.environment.plausible_now();
        let publishes = current.iter().any(|job| matches!(job, Job::Public(_)));
        let after_event = publishes && tx.ends_with_event(&tenant.log, head.size).await?;
        let planner = Planner::new(
            head.clone(),
            context,
            &tenant.secrets,
            &*tenant,
            now,
            &*self.environment.rng,
        )?;
        let plan = planner
            .clock_ahead(self.environment.clock.ahead_ms() > 0)
            .after_event(after_event)
            .pictures(!tenant.campaigns.is_empty())
            .plan(current.iter().copied())?;
        for job in &current {
            if let Job::Public(leaf) = job {
                write_change(tx, &tenant, &leaf.change, now).await?;
            }
        }
        takedown::open(tx, &tenant, &before, &plan, &current, self.takedown_due).await?;
        tx.write_marks(&tenant.log, &plan.marks).await?;
        tx.write_kept(&tenant.log, &plan.kept).await?;
        let config_version = plan.head.config_version;
        let mut answers = plan.answers.into_iter();
        let results = stale
            .into_iter()
            .filter_map(|is_stale| {
                if is_stale {
                    Some(Ok(AppendOutcome::Stale { config_version }))
                } else {
                    answers.next()
                }
            })
            .collect();
        Ok(Plan {
            head: plan.head,
            rows: plan.rows,
            results,
            effect: Effect {
                tenant,
                states: plan.states,
            },
        })
    }

    async fn settle(&self, old: &HeadRow, new: &HeadRow, effect: Effect) {
        let Effect { tenant, states } = effect;
        let runtime = &tenant.runtime;
        if let Some(hot) = &runtime.hot {
            for (subject, state) in states {
                hot.put(&subject, state);
            }
        }
        runtime.advance(new.position(), &tenant.secrets);
        if new.config_version != old.config_version
            && let Err(error) = self.tenants.reload(&tenant).await
        {
            // The server no longer knows what is in force: denying everything is the only safe answer.
            tracing::error!(%error, log = %tenant.log, "a change of the configuration could not be read back; the log is frozen");
            runtime.freeze();
        }
    }
}

/// The plan of a batch whose log is none of the tenant's any more.
fn all_stale(tenant: Arc<Tenant>, head: &HeadRow, entries: usize) -> Plan<Ledger> {
    let config_version = head.config_version;
    let stale = || Ok(AppendOutcome::Stale { config_version });
    Plan {
        head: head.clone(),
        rows: BatchRows::default(),
        results: std::iter::repeat_with(stale).take(entries).collect(),
        effect: Effect {
            tenant,
            states: HashMap::new(),
        },
    }
}

/// Which entries were validated against an older configuration than the one they would take effect under. The caller validates
/// them again.
fn stale(entries: &[Submitted<'_, Ledger>], config_version: u64, is_embedded: bool) -> Vec<bool> {
    let mut has_publication = false;
    let is_stale = |submitted: &Submitted<'_, Ledger>| {
        let is_old = submitted.view.config_version < config_version;
        match submitted.entry {
            // On the embedded database memory is current, and was asked.
            Job::Event(_) => is_old && !is_embedded,
            // A publication says what it changes, so it must know the one before it; of a batch, only the first can.
            Job::Public(leaf) if leaf.body.leaf_kind() == LeafKind::Publication => {
                is_old || std::mem::replace(&mut has_publication, true)
            }
            Job::Public(_) => false,
        }
    };
    entries.iter().map(is_stale).collect()
}

/// Everything that the plan of these entries needs to know.
async fn read_context(tx: &mut Tx, tenant: &Tenant, jobs: &[&Job]) -> Stored<BatchContext> {
    let mut query = BatchQuery::default();
    let mut subjects = BTreeSet::new();
    let of_other: Vec<EventId> = jobs
        .iter()
        .filter_map(|job| job.id_in_other_stream())
        .collect();
    query.events.extend(&of_other);
    for job in jobs {
        if let Job::Event(submission) = job {
            query.events.push(&submission.event_id);
            query.events.extend(&submission.after);
            let prompt = submission.page.prompt.as_ref();
            query.prompts.extend(prompt.map(|used| &used.prompt));
            subjects.insert(&submission.subject);
            subjects.extend(other_subject(&submission.event.body));
        }
    }
    if subjects.is_empty() {
        return Ok(BatchContext::default());
    }
    let subjects = subjects.into_iter();
    query.subjects = subjects
        .map(|subject| subject_query(tenant, subject))
        .collect();
    let mut context = with_survivors(tx, tenant, &query).await?;
    let events = BatchQuery {
        events: query.events,
        ..BatchQuery::default()
    };
    for log in &tenant.closed_logs {
        let earlier = tx.batch_context(log, &events).await?;
        context.events.extend(earlier.events);
    }
    Ok(context)
}

/// What is known of these people under the head's lock.
pub async fn read_people(
    tx: &mut Tx,
    tenant: &Tenant,
    people: &[SubjectId],
) -> Stored<BatchContext> {
    let query = BatchQuery {
        subjects: people.iter().map(|s| subject_query(tenant, s)).collect(),
        ..BatchQuery::default()
    };
    with_survivors(tx, tenant, &query).await
}

async fn with_survivors(
    tx: &mut Tx,
    tenant: &Tenant,
    query: &BatchQuery<'_>,
) -> Stored<BatchContext> {
    let mut context = tx.batch_context(&tenant.log, query).await?;
    // What a merged subject says is recorded in the stream that decides for it.
    for _ in 0..MERGES_MAX {
        let survivors: Vec<_> = context.unread_survivors().cloned().collect();
        if survivors.is_empty() {
            break;
        }
        let query = BatchQuery {
            subjects: survivors.iter().map(|s| subject_query(tenant, s)).collect(),
            ..BatchQuery::default()
        };
        let more = tx.batch_context(&tenant.log, &query).await?;
        context.subjects.extend(more.subjects);
        context.erased.extend(more.erased);
    }
    Ok(context)
}

fn subject_query<'s>(tenant: &Tenant, subject: &'s SubjectId) -> SubjectQuery<'s> {
    SubjectQuery {
        subject,
        erased: tenant.secrets.erased_mark(subject),
        refusal: tenant.secrets.refusal_mark(subject),
    }
}

async fn write_change(tx: &mut Tx, tenant: &Tenant, change: &Change, now: i64) -> Stored<()> {
    match change {
        Change::PublishRegister { version } => tx.publish_register(&tenant.id, *version).await,
        Change::PublishNotice
        | Change::PublishCampaign
        | Change::AcceptLoss
        | Change::SetSigners => Ok(()),
        Change::AddKey(row) => tx.insert_key(&tenant.id, row).await,
        Change::RevokeKey { key_id } => tx.revoke_key(&tenant.id, key_id, now).await.map(drop),
        Change::AddSite(row) => tx.insert_site(&tenant.id, row).await,
        Change::SetSite { site, origins } => {
            tx.set_origins(&tenant.id, site, origins).await.map(drop)
        }
        Change::RevokeSite { site } => tx.revoke_site(&tenant.id, site, now).await.map(drop),
    }
}
