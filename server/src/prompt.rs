//! Prompts: signed tokens that say which notice a person was shown, and where. A consent that answers one has the
//! assurance `prompted` where it would have `browser`. Each prompt that is issued is counted, without any subject: the
//! number of notices shown, of which the number of grants is a share.

pub mod routes;
mod token;

use samtycke_core::event::opening::hour_of;
use samtycke_core::id::{NoticeHash, PromptId, SiteId, SubjectId};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::state::LATE_GRANT_MS;
use samtycke_core::submission::Sender;
use samtycke_core::wire::{ConsentRequest, PromptRequest, PromptResponse, format_rfc3339};

use self::token::View;
use crate::auth::Caller;
use crate::clock::{Environment, UnixMs, random};
use crate::log::PromptUsedRow;
use crate::metrics::{Counter, Metrics};
use crate::tally::Tallies;
use crate::tenant::Tenant;

/// How long a prompt can be answered; milliseconds. As long as the answer to it may wait in a browser without a network:
/// a shorter time would refuse honest grants.
pub const PROMPT_MS: i64 = LATE_GRANT_MS;

/// The word in the counts for a notice that was shown.
pub const SERVED: &str = "served";

/// Dependencies of the prompt routes.
#[derive(Debug)]
pub struct Prompts {
    /// Counts what is issued.
    pub tallies: Tallies,
    /// Clock and random source.
    pub environment: Environment,
    issued: Counter,
}

impl Prompts {
    /// Prompts that count what they issue.
    pub fn new(tallies: Tallies, environment: Environment, metrics: &Metrics) -> Self {
        let help = "Prompts issued: notices that were shown.";
        Self {
            tallies,
            environment,
            issued: metrics.counter("samtycke_prompts_issued_total", help, &[]),
        }
    }
}

/// Issues a prompt for what is shown now, and counts it.
///
/// # Errors
/// `NOTICE_UNKNOWN`, `FIELD_INVALID` for a text that the notice does not have, `FORBIDDEN` for a page that names a subject.
pub async fn issue(
    prompts: &Prompts,
    caller: &Caller,
    request: &PromptRequest,
) -> Result<PromptResponse, Problem> {
    let tenant = &caller.tenant;
    tenant.ensure_writable()?;
    let site = site_of(tenant, caller, &request.notice)?;
    check_text(tenant, request)?;
    check_subject(caller, request.subject.as_ref())?;
    let now = prompts.environment.clock.now();
    // In whole seconds, as the token says it.
    let expires_at = (now + PROMPT_MS).div_euclid(1_000) * 1_000;
    let view = View {
        site: &site,
        notice: &request.notice,
        language: &request.language,
        variant: request.variant.unwrap_or_default(),
    };
    let id = PromptId::from_bytes(random(&*prompts.environment.rng));
    let token = token::issue(
        &tenant.secrets.prompt,
        &id,
        expires_at,
        &view,
        request.subject.as_ref(),
    );
    prompts
        .tallies
        .add(
            &tenant.log,
            hour_of(now),
            site.as_str(),
            request.notice.as_str(),
            SERVED,
        )
        .await?;
    prompts.issued.increment();
    Ok(PromptResponse {
        prompt: token,
        expires_at: Some(format_rfc3339(expires_at)),
    })
}

/// The prompt that a consent answers, if it names one. `now` is Unix milliseconds. Whether it was used before is found
/// out where the consent is recorded.
///
/// # Errors
/// `PROMPT_INVALID` if the token is malformed, expired, or bound to another view, notice, site or subject.
pub fn answered(
    tenant: &Tenant,
    caller: &Caller,
    request: &ConsentRequest,
    now: UnixMs,
) -> Result<Option<PromptUsedRow>, Problem> {
    let Some(text) = &request.prompt else {
        return Ok(None);
    };
    let site = site_of(tenant, caller, &request.notice)?;
    let view = View {
        site: &site,
        notice: &request.notice,
        language: &request.language,
        variant: request.variant.unwrap_or_default(),
    };
    let opened = token::open(&tenant.secrets.prompt, text, &view, &request.subject);
    let (prompt, expires_at) = opened.ok_or_else(|| {
        invalid("must be a prompt that was issued for this notice, view, site and subject")
    })?;
    if now >= expires_at {
        return Err(invalid("must be a prompt that has not expired"));
    }
    Ok(Some(PromptUsedRow { prompt, expires_at }))
}

fn invalid(expected: &'static str) -> Problem {
    Problem::new(ProblemKind::PromptInvalid).field("/prompt", expected)
}

/// Where the notice is shown: the key's own site, else the notice's.
fn site_of(tenant: &Tenant, caller: &Caller, notice: &NoticeHash) -> Result<SiteId, Problem> {
    match &caller.key.site {
        Some(site) if tenant.has_shown(notice, site) => Ok(site.clone()),
        Some(_) => Err(not_shown_there()),
        None => {
            let known = tenant.notices.get(notice);
            known
                .map(|notice| notice.manifest.site.clone())
                .ok_or_else(not_shown_there)
        }
    }
}

/// The text of another site was not what the person was shown (GDPR Art. 7(1)).
pub fn not_shown_there() -> Problem {
    Problem::new(ProblemKind::NoticeUnknown).field(
        "/notice",
        "must be the hash of a notice published for the key's site",
    )
}

fn check_text(tenant: &Tenant, request: &PromptRequest) -> Result<(), Problem> {
    let notice = tenant
        .notices
        .get(&request.notice)
        .ok_or_else(not_shown_there)?;
    let variants = notice.manifest.texts.get(request.language.as_str());
    let variant = request.variant.unwrap_or_default();
    if variants.is_some_and(|variants| variants.contains_key(&variant)) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::FieldInvalid).field(
        "/language",
        "must be a language, and variant, that the notice has a text in",
    ))
}

/// A server asks a person whom it knows; a page asks whoever is there.
fn check_subject(caller: &Caller, subject: Option<&SubjectId>) -> Result<(), Problem> {
    match (caller.sender(), subject) {
        (Sender::Person, None) | (Sender::Server, Some(_)) => Ok(()),
        (Sender::Person, Some(_)) => {
            Err(Problem::new(ProblemKind::Forbidden).field("/subject", "takes a service key"))
        }
        (Sender::Server, None) => Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/subject", "is required with a service key")),
    }
}
