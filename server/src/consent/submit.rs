//! From a judged submission to its durable end: judged anew where the configuration has changed meanwhile, and answered
//! from the log where it repeats.

use std::sync::Arc;

use samtycke_core::event::Event;
use samtycke_core::id::EventId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::service::{Posted, already_erased, replay_of, unheard};
use samtycke_core::submission;

use super::{Consents, Recorded};
use crate::auth::Caller;
use crate::clock::UnixMs;
use crate::log::mark::MARK_MS;
use crate::log::plan::replay_marked;
use crate::log::{
    AppendOutcome, AppendedEvent, Job, MarkedRefusal, Submission, UseRejected, prove,
};
use crate::store::log::LeafPlace;
use crate::tenant::{Tenant, Tenants};

/// How a submission ended, once that is durable.
pub(crate) enum SubmissionOutcome {
    /// In the log, now or before.
    Logged(Arc<Tenant>, Box<AppendedEvent>),
    /// Kept as a mark, now or before.
    Marked(Box<MarkedRefusal>),
    /// Met by the mark of an erased subject.
    AlreadyErased(Box<Event>),
    /// Not heard, and not recorded.
    Unheard(Box<Event>),
    /// Without a trace: a use that the check does not let pass.
    UseRejected(Arc<Tenant>, Box<UseRejected>),
}

impl SubmissionOutcome {
    pub(super) fn recorded(self, posted: Posted, now: UnixMs) -> Result<Recorded, Problem> {
        match self {
            Self::Logged(tenant, receipt) => Ok(Recorded {
                answer: receipt.answer(posted, &tenant.secrets.position),
                replayed: receipt.replayed,
                in_log: true,
            }),
            Self::Marked(marked) => Ok(Recorded {
                answer: marked.answer(),
                replayed: marked.replayed,
                in_log: false,
            }),
            Self::AlreadyErased(event) => Ok(Recorded {
                answer: already_erased(&event, now),
                replayed: false,
                in_log: false,
            }),
            Self::Unheard(event) => Ok(Recorded {
                answer: unheard(&event, now),
                replayed: false,
                in_log: false,
            }),
            // Only uses are denied.
            Self::UseRejected(..) => Err(ProblemKind::Internal.into()),
        }
    }
}

/// Judges a submission by the copy of the tenant at hand and records it. The transaction that would record it says
/// where the copy is outdated, so that asking costs no statement of its own; a refusal is checked against the newest
/// configuration before it is given. Every further lap means that somebody changed it meanwhile. `body` is what the
/// event's identity covers.
pub(crate) async fn submit_at_current_version(
    consents: &Consents,
    authority: Authority<'_>,
    event_id: &EventId,
    body: &[u8],
    evaluate_check: impl Fn(&Tenant) -> Result<Submission, Problem>,
) -> Result<SubmissionOutcome, Problem> {
    let mut tenant = authority.tenant().clone();
    loop {
        let config_version = match evaluate_check(&tenant) {
            // A guardian's word about a preventive service leaves no trace, and takes the time of no statement (rule E8).
            Ok(submission) if submission::is_unheard(&*tenant, &submission.event) => {
                return Ok(SubmissionOutcome::Unheard(Box::new(submission.event)));
            }
            Ok(submission) => match submit(consents, &tenant, submission).await? {
                Ok(ended) => return Ok(ended),
                Err(Stale { config_version }) => config_version,
            },
            Err(refused) => {
                let newest = authority.current(&consents.tenants).await?;
                if newest.config_version <= tenant.config_version {
                    return replay(consents, &tenant, event_id, body)
                        .await?
                        .ok_or(refused);
                }
                newest.config_version
            }
        };
        tenant = authority
            .at_config_version(&consents.tenants, config_version)
            .await?;
    }
}

/// Whose permission a submission rests on. It is asked again where the configuration has changed meanwhile.
#[derive(Clone, Copy)]
pub enum Authority<'a> {
    /// A key of the tenant.
    Caller(&'a Caller),
    /// A link that the tenant made for one subject.
    Link(&'a Arc<Tenant>),
}

impl Authority<'_> {
    fn tenant(&self) -> &Arc<Tenant> {
        match self {
            Self::Caller(caller) => &caller.tenant,
            Self::Link(tenant) => tenant,
        }
    }

    async fn current(&self, tenants: &Tenants) -> Result<Arc<Tenant>, Problem> {
        match self {
            Self::Caller(caller) => caller.current(tenants).await,
            Self::Link(tenant) => {
                let config_version = tenants.newest_config_version(tenant).await?;
                Ok(tenants.at_least(tenant, config_version).await?)
            }
        }
    }

    async fn at_config_version(
        &self,
        tenants: &Tenants,
        config_version: u64,
    ) -> Result<Arc<Tenant>, Problem> {
        match self {
            Self::Caller(caller) => caller.at_config_version(tenants, config_version).await,
            Self::Link(tenant) => Ok(tenants.at_least(tenant, config_version).await?),
        }
    }
}

/// The first answer to an event that is in the log already: a retry gets it even where register, notices or sites have
/// changed so much meanwhile that the event would be refused as a new one (decisions.md 2.4).
async fn replay(
    consents: &Consents,
    tenant: &Arc<Tenant>,
    event_id: &EventId,
    body: &[u8],
) -> Result<Option<SubmissionOutcome>, Problem> {
    let known = prove::find(&consents.store, tenant, event_id).await?;
    let known = known.as_ref().map(|(place, mac)| (mac, place));
    match replay_of(known, &tenant.secrets.body_mac(body))? {
        Some(place) => repeat(consents, tenant, place).await.map(Some),
        None => replay_of_mark(consents, tenant, event_id, body).await,
    }
}

async fn replay_of_mark(
    consents: &Consents,
    tenant: &Tenant,
    event_id: &EventId,
    body: &[u8],
) -> Result<Option<SubmissionOutcome>, Problem> {
    let Some(row) = consents.store.refusal_mark(&tenant.log, event_id).await? else {
        return Ok(None);
    };
    let now = consents.environment.clock.now();
    let marks = &consents.store;
    let marks = marks
        .refusal_marks(&tenant.log, &row.mark, now - MARK_MS)
        .await?;
    let body_mac = tenant.secrets.body_mac(body);
    let marked = replay_marked(tenant, &marks, &row, &body_mac, now)??;
    Ok(marked.map(|marked| SubmissionOutcome::Marked(Box::new(marked))))
}

async fn repeat(
    consents: &Consents,
    tenant: &Arc<Tenant>,
    place: &LeafPlace,
) -> Result<SubmissionOutcome, Problem> {
    let mut receipt = prove::receipt(&consents.store, tenant, place).await?;
    receipt.replayed = true;
    Ok(SubmissionOutcome::Logged(tenant.clone(), Box::new(receipt)))
}

/// Judged by an older configuration version than this one; nothing was done.
struct Stale {
    config_version: u64,
}

async fn submit(
    consents: &Consents,
    tenant: &Arc<Tenant>,
    submission: Submission,
) -> Result<Result<SubmissionOutcome, Stale>, Problem> {
    let erased = Box::new(submission.event.clone());
    let done = consents
        .appender
        .submit(tenant, Job::Event(Box::new(submission)))
        .await?;
    Ok(Ok(match done {
        AppendOutcome::Recorded(receipt) => SubmissionOutcome::Logged(tenant.clone(), receipt),
        AppendOutcome::Replay { place } => repeat(consents, tenant, &place).await?,
        AppendOutcome::Marked(marked) => SubmissionOutcome::Marked(marked),
        AppendOutcome::AlreadyErased => SubmissionOutcome::AlreadyErased(erased),
        AppendOutcome::UseRejected(denied) => {
            SubmissionOutcome::UseRejected(tenant.clone(), denied)
        }
        AppendOutcome::Stale { config_version } => return Ok(Err(Stale { config_version })),
        AppendOutcome::Published { .. } => return Err(ProblemKind::Internal.into()),
    }))
}
