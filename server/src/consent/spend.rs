//! Spending a single-use consent: the one write that asks the check first, in its own transaction.

use samtycke_core::id::EventId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::reason::Reason;
use samtycke_core::service::use_body;
use samtycke_core::submission;
use samtycke_core::wire::{UseRequest, UseResponse};
use serde_json::Value;

use super::{Authority, Consents, SubmissionOutcome, submit_at_current_version};
use crate::auth::Caller;
use crate::check;
use crate::log::{DisplayContext, PageFacts, Submission, UseRejected};
use crate::tenant::Tenant;

/// A use's answer and how to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    /// The body.
    pub answer: UseResponse,
    /// Whether it repeats the first answer.
    pub replayed: bool,
}

/// Spends the consent that the event `consent` gave, if a check for forwarding allows now and rests on that consent;
/// otherwise nothing changes. Of two uses at once one passes.
pub async fn spend(
    consents: &Consents,
    caller: &Caller,
    consent: &EventId,
    request: UseRequest,
    body: &Value,
) -> Result<Spent, Problem> {
    let identity = use_body(body, consent);
    let evaluate_check = |tenant: &Tenant| submission(tenant, caller, consent, &request, &identity);
    match submit_at_current_version(
        consents,
        Authority::Caller(caller),
        &request.event_id,
        &identity,
        evaluate_check,
    )
    .await?
    {
        SubmissionOutcome::Logged(tenant, receipt) => Ok(Spent {
            answer: receipt.use_answer(&tenant.secrets.position)?,
            replayed: receipt.replayed,
        }),
        SubmissionOutcome::UseRejected(tenant, denied) => Ok(refused(&tenant, *denied)),
        // A use of an erased subject's consent is denied instead, and a use is never kept as a mark.
        SubmissionOutcome::AlreadyErased(_)
        | SubmissionOutcome::Marked(_)
        | SubmissionOutcome::Unheard(_) => Err(ProblemKind::Internal.into()),
    }
}

fn submission(
    tenant: &Tenant,
    caller: &Caller,
    consent: &EventId,
    request: &UseRequest,
    identity: &[u8],
) -> Result<Submission, Problem> {
    let at_least = check::parse_min_position(tenant, request.at_least.as_deref())?;
    let event = submission::spending(tenant, &caller.key.key_id, consent, request)?;
    Ok(Submission {
        log: tenant.log.clone(),
        event_id: request.event_id.clone(),
        subject: request.subject.clone(),
        body_mac: tenant.secrets.body_mac(identity),
        event,
        after: Vec::new(),
        at_least,
        shown: DisplayContext::default(),
        page: PageFacts::default(),
    })
}

fn refused(tenant: &Tenant, denied: UseRejected) -> Spent {
    if denied.verdict.reason == Reason::FailclosedTokenLost {
        check::demand::log_lost(tenant);
    }
    Spent {
        answer: denied.answer(&tenant.secrets.position),
        replayed: false,
    }
}
