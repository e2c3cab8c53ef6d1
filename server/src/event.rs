//! Events that are no person's own decision: notices, objections' outcomes, contracts, ages, guardians, links.

pub mod routes;

use samtycke_core::json::canonical;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::service::{event_already_erased, event_unheard};
use samtycke_core::submission;
use samtycke_core::wire::{EventData, EventRequest, EventResponse};
use serde_json::Value;

use crate::auth::Caller;
use crate::consent::{Authority, Consents, SubmissionOutcome, submit_at_current_version};
use crate::log::{DisplayContext, PageFacts, Submission};
use crate::tenant::{Role, Tenant};

/// An event's answer and how to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The body.
    pub answer: EventResponse,
    /// Whether it repeats the first answer.
    pub replayed: bool,
    /// Whether a leaf stands for it.
    pub in_log: bool,
}

/// Records an event. Its kind says which key may.
pub async fn record(
    consents: &Consents,
    caller: &Caller,
    request: EventRequest,
    body: &Value,
) -> Result<Recorded, Problem> {
    check_role(caller, &request.data)?;
    let bytes = canonical(body);
    let authority = Authority::Caller(caller);
    let ended =
        submit_at_current_version(consents, authority, &request.event_id, &bytes, |tenant| {
            submission_of(tenant, caller, &request, &bytes)
        });
    let now = consents.environment.clock.now();
    let (answer, replayed, in_log) = match ended.await? {
        SubmissionOutcome::Logged(tenant, receipt) => {
            let answer = receipt.event_answer(&tenant.secrets.position);
            (answer, receipt.replayed, true)
        }
        SubmissionOutcome::AlreadyErased(event) => {
            (event_already_erased(&event, now), false, false)
        }
        SubmissionOutcome::Unheard(event) => (event_unheard(&event, now), false, false),
        SubmissionOutcome::Marked(_) | SubmissionOutcome::UseRejected(..) => {
            return Err(ProblemKind::Internal.into());
        }
    };
    Ok(Recorded {
        answer,
        replayed,
        in_log,
    })
}

/// The role whose keys may record this. What restricts by the controller's own judgement, or lifts such a restriction, is
/// for its data protection officer; what its systems know is for its servers (rule E1).
pub fn role_of(data: &EventData) -> Role {
    match data {
        EventData::ObjectionUpheld(_)
        | EventData::ObjectionRejected(_)
        | EventData::ConsentInvalidated(_)
        | EventData::ConsentRevoked(_)
        | EventData::SubjectUnmerged(_)
        | EventData::SubjectRestricted(_)
        | EventData::SubjectUnrestricted(_)
        | EventData::Correction(_) => Role::Dpo,
        EventData::NoticeDelivered(_)
        | EventData::ContractStarted(_)
        | EventData::ContractEnded(_)
        | EventData::TermsAccepted(_)
        | EventData::AgeBandSet(_)
        | EventData::GuardianLinked(_)
        | EventData::GuardianUnlinked(_)
        | EventData::GuardianAuthorised(_)
        | EventData::GuardianDeclined(_)
        | EventData::GuardianWithdrawn(_)
        | EventData::SubjectLinked(_) => Role::Service,
    }
}

fn check_role(caller: &Caller, data: &EventData) -> Result<(), Problem> {
    let role = role_of(data);
    let allowed = caller.require_role(&[role]);
    allowed
        .map_err(|problem| problem.field("/kind", format!("takes a key of role {}", role.as_str())))
}

fn submission_of(
    tenant: &Tenant,
    caller: &Caller,
    request: &EventRequest,
    body: &[u8],
) -> Result<Submission, Problem> {
    let event = submission::event_of_kind(tenant, &caller.key.key_id, request)?;
    let variant = match &request.data {
        EventData::NoticeDelivered(told) => Some(told.variant.unwrap_or_default()),
        EventData::GuardianAuthorised(word) => Some(word.variant.unwrap_or_default()),
        _ => None,
    };
    let notice = event
        .notice
        .as_ref()
        .and_then(|notice| tenant.notices.get(notice));
    Ok(Submission {
        log: tenant.log.clone(),
        event_id: request.event_id.clone(),
        subject: request.subject.clone(),
        body_mac: tenant.secrets.body_mac(body),
        shown: DisplayContext {
            site: notice.map(|notice| notice.site.clone()),
            variant: variant.map(|variant| variant.as_str().into()),
            evidence: request.evidence.clone(),
            ..DisplayContext::default()
        },
        event,
        after: request.after.clone(),
        at_least: None,
        page: PageFacts::default(),
    })
}
