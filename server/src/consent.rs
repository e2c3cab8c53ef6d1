//! Recording: the one path of every submission, from a parsed body to a durable leaf.

pub mod guardian;
pub mod quota;
pub mod routes;
mod spend;
mod submit;

use std::sync::Arc;

use samtycke_core::decision::Decision;
use samtycke_core::event::Event;
use samtycke_core::id::{NoticeHash, SiteId, SubjectId};
use samtycke_core::json::canonical;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::Assurance;
use samtycke_core::service::Posted;
use samtycke_core::submission::{self, Sender};
use samtycke_core::wire::{ConsentRequest, RecordResponse, WithdrawalRequest};
use samtycke_log::append::Appender;
use serde_json::Value;

pub use self::quota::AnonymousQuota;
pub use self::spend::{Spent, spend};
pub use self::submit::Authority;
pub(crate) use self::submit::{SubmissionOutcome, submit_at_current_version};
use crate::agent::{Agents, Device};
use crate::auth::Caller;
use crate::clock::{Environment, UnixMs};
use crate::http::limit::RateLimits;
use crate::log::mark::MARK_MS;
use crate::log::{DisplayContext, Ledger, PageFacts, Submission};
use crate::prompt::{self, not_shown_there};
use crate::store::Store;
use crate::tally::Tallies;
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
    /// Counts choices without a subject.
    pub tallies: Tallies,
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
    if hot.is_some_and(|hot| hot.in_memory(subject).is_some()) {
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
