//! Recording: the one path of every submission, from a parsed body to a durable leaf.

pub mod guardian;
pub mod quota;
pub mod routes;
mod spend;

use std::sync::Arc;

use samtycke_core::decision::Decision;
use samtycke_core::event::Event;
use samtycke_core::id::{EventId, NoticeHash, SiteId, SubjectId};
use samtycke_core::json::canonical;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::Assurance;
use samtycke_core::service::{Posted, already_erased, replay_of, unheard};
use samtycke_core::submission::{self, Sender};
use samtycke_core::wire::{ConsentRequest, RecordResponse, WithdrawalRequest};
use samtycke_log::append::Appender;
use serde_json::Value;

pub use self::quota::AnonymousQuota;
pub use self::spend::{Spent, spend};
use crate::agent::{Agents, Device};
use crate::auth::Caller;
use crate::clock::{Environment, UnixMs};
use crate::http::limit::RateLimits;
use crate::log::mark::MARK_MS;
use crate::log::plan::replay_marked;
use crate::log::{
    AppendOutcome, AppendedEvent, DisplayContext, Job, Ledger, MarkedRefusal, PageFacts,
    Submission, UseRejected, prove,
};
use crate::prompt::{self, not_shown_there};
use crate::store::Store;
use crate::tenant::{Tenant, Tenants};

/// What recording needs.
#[derive(Debug)]
pub struct Consents {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Takes submissions for the logs.
    pub appender: Arc<Appender<Ledger>>,
    /// Counts a browser's withdrawals by subject.
    pub limits: RateLimits,
    /// Counts the leaves that anybody can cause.
    pub quota: Arc<AnonymousQuota>,
    /// Reads user agents.
    pub agents: Agents,
    /// Clock and random numbers.
    pub environment: Environment,
}

/// A submission's answer and how to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The body.
    pub answer: RecordResponse,
    /// Whether it repeats the first answer.
    pub replayed: bool,
    /// Whether a leaf stands for it; a refusal has none if its subject is erased, or has no stream and a page sent it.
    pub in_log: bool,
}

/// Records a consent.
pub async fn record(
    consents: &Consents,
    caller: &Caller,
    request: ConsentRequest,
    body: &Value,
    device: Option<Device>,
) -> Result<Recorded, Problem> {
    let is_refusal = only_restricts(&request.decisions);
    if !is_refusal {
        count_grant(consents, caller, &request.subject).await?;
    }
    let bytes = canonical(body);
    let now = consents.environment.clock.now();
    let authority = Authority::Caller(caller);
    let ended =
        submit_at_current_version(consents, authority, &request.event_id, &bytes, |tenant| {
            consent(tenant, caller, request.clone(), &bytes, device, now)
        });
    let ended = ended.await?;
    if is_refusal {
        count_objection(consents, caller, &ended).await;
    }
    ended.recorded(Posted::Consent, now)
}

fn only_restricts(decisions: &[Decision]) -> bool {
    decisions.iter().all(|said| said.decision.is_restrictive())
}

/// Judges a consent by the notice that it cites and by the register as it is now.
fn consent(
    tenant: &Tenant,
    caller: &Caller,
    request: ConsentRequest,
    body: &[u8],
    device: Option<Device>,
    now: UnixMs,
) -> Result<Submission, Problem> {
    let mut event = submission::consent(tenant, caller.sender(), &request)?;
    event.signals = caller.with_source(event.signals);
    if let Some(site) = &caller.key.site
        && !tenant.has_shown(&request.notice, site)
    {
        return Err(not_shown_there());
    }
    // Nothing about a prompt stands in the way of a refusal.
    let prompt = if event.body.direction().is_permissive() {
        prompt::answered(tenant, caller, &request, now)?
    } else {
        None
    };
    if prompt.is_some() && caller.sender() == Sender::Person {
        event.assurance = Assurance::Prompted;
    }
    let site = notice_site(tenant, caller, &request.notice);
    let is_anonymous = is_anonymous(caller, &request.subject);
    let mut submission = of_consent(tenant, request, event, body, device);
    submission.shown.site = site;
    submission.shown.prompt = prompt.as_ref().map(|used| used.prompt.clone());
    submission.page = PageFacts {
        is_anonymous,
        prompt,
    };
    Ok(submission)
}

/// The submission of a consent, shown on the site of its notice.
fn of_consent(
    tenant: &Tenant,
    request: ConsentRequest,
    event: Event,
    body: &[u8],
    device: Option<Device>,
) -> Submission {
    Submission {
        log: tenant.log.clone(),
        event_id: request.event_id,
        subject: request.subject,
        body_mac: tenant.secrets.body_mac(body),
        event,
        after: request.after,
        at_least: None,
        shown: DisplayContext {
            site: notice_site_of(tenant, Some(&request.notice)),
            variant: Some(request.variant.unwrap_or_default().as_str().into()),
            surface: request.surface,
            ui_hash: request.ui_hash,
            evidence: request.evidence,
            prompt: None,
            device,
        },
        page: PageFacts::default(),
    }
}

/// Whether the subject is one that the caller's browser has made itself: anybody can make up such a subject.
fn is_anonymous(caller: &Caller, subject: &SubjectId) -> bool {
    caller.own_subject().as_ref() == Some(subject)
}

/// Counts a browser's first grant by site: it begins a stream, with a leaf for each refusal that is kept as a mark.
async fn count_grant(
    consents: &Consents,
    caller: &Caller,
    subject: &SubjectId,
) -> Result<(), Problem> {
    let Some(site) = caller
        .key
        .site
        .as_ref()
        .filter(|_| is_anonymous(caller, subject))
    else {
        return Ok(());
    };
    let tenant = &caller.tenant;
    let hot = tenant.runtime.hot.as_ref();
    if hot.is_some_and(|hot| hot.get(subject).is_some()) {
        return Ok(());
    }
    let now = consents.environment.clock.now();
    let mark = tenant.secrets.refusal_mark(subject);
    let known = consents
        .store
        .acquaintance(&tenant.log, subject, &mark, now - MARK_MS)
        .await?;
    if known.has_stream {
        return Ok(());
    }
    consents
        .quota
        .take(tenant, site, 1 + known.marks, now)
        .await
}

/// Counts a browser's refusal that began a stream, because silence would not have denied what it is about: an objection.
/// It is never refused for that.
async fn count_objection(consents: &Consents, caller: &Caller, ended: &SubmissionOutcome) {
    if let SubmissionOutcome::Logged(tenant, receipt) = ended
        && let Some(site) = &caller.key.site
        && caller.own_subject().is_some()
        && receipt.seq == 1
        && !receipt.replayed
    {
        let now = consents.environment.clock.now();
        let _ = consents.quota.take(tenant, site, 1, now).await;
    }
}

/// Where it was said: the key's own site, else the notice's.
fn notice_site(tenant: &Tenant, caller: &Caller, notice: &NoticeHash) -> Option<SiteId> {
    let own = caller.key.site.clone();
    let own = own.filter(|site| tenant.sites.contains_key(site));
    own.or_else(|| Some(tenant.notices.get(notice)?.site.clone()))
}

/// Counts a browser's withdrawals by subject. The route has checked the capability before: else a client that knows a
/// subject's id could use up the person's allowance. A tenant's server or officer is not counted by subject: a person
/// who reaches them must get through, whatever the person's browser has sent.
async fn count_withdrawal(
    consents: &Consents,
    caller: &Caller,
    subject: &SubjectId,
) -> Result<(), Problem> {
    if caller.sender() != Sender::Person {
        return Ok(());
    }
    let log = caller.tenant.log.as_str();
    let limits = &consents.limits;
    limits.withdraw_subject(log, subject.as_str()).await
}

/// Records a withdrawal, refusal or objection. Only what is needed to know whose it is stands in its way.
pub async fn withdraw(
    consents: &Consents,
    caller: &Caller,
    request: WithdrawalRequest,
    body: &Value,
    device: Option<Device>,
) -> Result<Recorded, Problem> {
    count_withdrawal(consents, caller, &request.subject).await?;
    let bytes = canonical(body);
    let authority = Authority::Caller(caller);
    let ended =
        submit_at_current_version(consents, authority, &request.event_id, &bytes, |tenant| {
            withdrawal(tenant, caller, request.clone(), &bytes, device)
        });
    let ended = ended.await?;
    count_objection(consents, caller, &ended).await;
    ended.recorded(Posted::Withdrawal, consents.environment.clock.now())
}

fn withdrawal(
    tenant: &Tenant,
    caller: &Caller,
    request: WithdrawalRequest,
    body: &[u8],
    device: Option<Device>,
) -> Result<Submission, Problem> {
    let mut event = submission::withdrawal(tenant, caller.sender(), &request)?;
    event.signals = caller.with_source(event.signals);
    let site = caller.key.site.clone();
    let is_anonymous = is_anonymous(caller, &request.subject);
    let mut submission = of_withdrawal(tenant, request, event, body, site, device);
    submission.page.is_anonymous = is_anonymous;
    Ok(submission)
}

fn of_withdrawal(
    tenant: &Tenant,
    request: WithdrawalRequest,
    event: Event,
    body: &[u8],
    site: Option<SiteId>,
    device: Option<Device>,
) -> Submission {
    Submission {
        log: tenant.log.clone(),
        event_id: request.event_id,
        subject: request.subject,
        body_mac: tenant.secrets.body_mac(body),
        event,
        after: request.after,
        at_least: None,
        shown: DisplayContext {
            site,
            variant: request.variant.map(|variant| variant.as_str().into()),
            surface: request.surface,
            ui_hash: request.ui_hash,
            evidence: request.evidence,
            prompt: None,
            device,
        },
        page: PageFacts::default(),
    }
}

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
    fn recorded(self, posted: Posted, now: UnixMs) -> Result<Recorded, Problem> {
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

/// Records the consent that a person gave, or refused, on the page of a link. The link binds it to the subject, so its
/// assurance is `prompted`.
pub async fn record_by_link(
    consents: &Consents,
    tenant: &Arc<Tenant>,
    request: ConsentRequest,
    device: Option<Device>,
) -> Result<Recorded, Problem> {
    let body = serde_json::to_value(&request).map_err(|_| ProblemKind::Internal)?;
    let bytes = canonical(&body);
    let authority = Authority::Link(tenant);
    let ended =
        submit_at_current_version(consents, authority, &request.event_id, &bytes, |tenant| {
            let mut event = submission::consent(tenant, Sender::Server, &request)?;
            event.assurance = Assurance::Prompted;
            Ok(of_consent(tenant, request.clone(), event, &bytes, device))
        });
    ended
        .await?
        .recorded(Posted::Consent, consents.environment.clock.now())
}

/// Records the withdrawal that a person made on the page of a link.
pub async fn withdraw_by_link(
    consents: &Consents,
    tenant: &Arc<Tenant>,
    request: WithdrawalRequest,
    device: Option<Device>,
) -> Result<Recorded, Problem> {
    let body = serde_json::to_value(&request).map_err(|_| ProblemKind::Internal)?;
    let bytes = canonical(&body);
    let authority = Authority::Link(tenant);
    let ended =
        submit_at_current_version(consents, authority, &request.event_id, &bytes, |tenant| {
            let mut event = submission::withdrawal(tenant, Sender::Server, &request)?;
            event.assurance = Assurance::Prompted;
            let site = notice_site_of(tenant, request.notice.as_ref());
            Ok(of_withdrawal(
                tenant,
                request.clone(),
                event,
                &bytes,
                site,
                device,
            ))
        });
    ended
        .await?
        .recorded(Posted::Withdrawal, consents.environment.clock.now())
}

/// The site of a notice, if it is known.
fn notice_site_of(tenant: &Tenant, notice: Option<&NoticeHash>) -> Option<SiteId> {
    Some(tenant.notices.get(notice?)?.site.clone())
}

/// The first answer to an event that is in the log already: a retry gets it even where register, notices or sites have
/// changed so much meanwhile that the event would be refused as a new one (decisions.md 2.4).
async fn replay(
    consents: &Consents,
    tenant: &Arc<Tenant>,
    event_id: &EventId,
    body: &[u8],
) -> Result<Option<SubmissionOutcome>, Problem> {
    let known = consents.store.event_identity(&tenant.log, event_id).await?;
    let known = known.as_ref().map(|(index, mac)| (mac, *index));
    match replay_of(known, &tenant.secrets.body_mac(body))? {
        Some(index) => repeat(consents, tenant, index).await.map(Some),
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
    index: u64,
) -> Result<SubmissionOutcome, Problem> {
    let mut receipt = prove::receipt(&consents.store, tenant, index).await?;
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
        AppendOutcome::Replay { index } => repeat(consents, tenant, index).await?,
        AppendOutcome::Marked(marked) => SubmissionOutcome::Marked(marked),
        AppendOutcome::AlreadyErased => SubmissionOutcome::AlreadyErased(erased),
        AppendOutcome::UseRejected(denied) => {
            SubmissionOutcome::UseRejected(tenant.clone(), denied)
        }
        AppendOutcome::Stale { config_version } => return Ok(Err(Stale { config_version })),
        AppendOutcome::Published { .. } => return Err(ProblemKind::Internal.into()),
    }))
}
