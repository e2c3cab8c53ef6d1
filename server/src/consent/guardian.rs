//! The word of a guardian who acts with the capability of the guardian's own subject.

use samtycke_core::decision::{Decision, DecisionKind};
use samtycke_core::event::Actor;
use samtycke_core::id::SubjectId;
use samtycke_core::json::canonical;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::Assurance;
use samtycke_core::service::Posted;
use samtycke_core::submission::{self, Sender};
use samtycke_core::wire::{
    ConsentRequest, GuardianDecision, GuardianDecisionRequest, WithdrawalRequest,
};
use serde_json::json;

use super::{
    Authority, Consents, Recorded, SubmissionOutcome, of_consent, of_withdrawal,
    submit_at_current_version,
};
use crate::agent::Device;
use crate::auth::{Caller, capability_invalid};
use crate::log::Submission;
use crate::prompt::not_shown_there;
use crate::tenant::Tenant;

/// What a guardian says about a child.
#[derive(Debug)]
pub struct Said {
    /// The child.
    pub subject: SubjectId,
    /// The guardian, verified as the link says.
    pub actor: Actor,
    /// The number of the child's last event that the guardian has seen, as far as the cell is concerned.
    pub seen: u64,
    /// What was sent.
    pub request: GuardianDecisionRequest,
}

/// Records a guardian's decision. The caller has found the link.
pub async fn record_by_guardian(
    consents: &Consents,
    caller: &Caller,
    said: Said,
    device: Option<Device>,
) -> Result<Recorded, Problem> {
    // The event's identity covers who said it about whom.
    let body =
        json!({"subject": said.subject, "guardian": said.actor.reference, "said": said.request});
    let bytes = canonical(&body);
    let authority = Authority::Caller(caller);
    let id = &said.request.event_id;
    let ended = submit_at_current_version(consents, authority, id, &bytes, |tenant| {
        submission(tenant, caller, &said, &bytes, device)
    });
    let posted = match said.request.decision {
        GuardianDecision::Given => Posted::Consent,
        GuardianDecision::Refused | GuardianDecision::Withdrawn => Posted::Withdrawal,
    };
    match ended.await? {
        // The register has just made the purpose a preventive one.
        SubmissionOutcome::Unheard(_) => Err(capability_invalid()),
        ended => ended.recorded(posted, consents.environment.clock.now()),
    }
}

fn submission(
    tenant: &Tenant,
    caller: &Caller,
    said: &Said,
    body: &[u8],
    device: Option<Device>,
) -> Result<Submission, Problem> {
    let request = &said.request;
    let decision = Decision {
        scope: request.scope.clone(),
        explicit: request.explicit,
        ..Decision::about(
            request.purpose.clone(),
            DecisionKind::from(request.decision),
        )
    };
    let site = caller.key.site.clone();
    let submission = match request.decision {
        GuardianDecision::Given => {
            let grant = grant(said, decision)?;
            let shown = site
                .as_ref()
                .is_some_and(|site| tenant.has_shown(&grant.notice, site));
            let mut event = submission::consent(tenant, Sender::Server, &grant).map_err(of_one)?;
            if !shown {
                return Err(not_shown_there());
            }
            event.assurance = Assurance::Browser;
            of_consent(tenant, grant, event, body, device)
        }
        GuardianDecision::Refused | GuardianDecision::Withdrawn => {
            let narrowing = narrowing(said, decision);
            let event = submission::withdrawal(tenant, Sender::Server, &narrowing);
            let mut event = event.map_err(of_one)?;
            event.assurance = Assurance::Browser;
            of_withdrawal(tenant, narrowing, event, body, site, device)
        }
    };
    Ok(submission)
}

fn grant(said: &Said, decision: Decision) -> Result<ConsentRequest, Problem> {
    let request = &said.request;
    let missing = |field: &'static str| {
        Problem::new(ProblemKind::FieldInvalid)
            .field(field, "is needed where a guardian authorises")
    };
    let notice = request.notice.clone().ok_or_else(|| missing("/notice"))?;
    let language = request
        .language
        .clone()
        .ok_or_else(|| missing("/language"))?;
    let method = request.method.ok_or_else(|| missing("/method"))?;
    Ok(ConsentRequest {
        variant: request.variant,
        based_on: Some(said.seen),
        actor: Some(said.actor.clone()),
        ..ConsentRequest::new(
            request.event_id.clone(),
            said.subject.clone(),
            notice,
            language,
            method,
            vec![decision],
        )
    })
}

fn narrowing(said: &Said, decision: Decision) -> WithdrawalRequest {
    let request = &said.request;
    WithdrawalRequest {
        notice: request.notice.clone(),
        language: request.language.clone(),
        variant: request.variant,
        method: request.method,
        actor: Some(said.actor.clone()),
        ..WithdrawalRequest::new(
            request.event_id.clone(),
            said.subject.clone(),
            vec![decision],
        )
    }
}

/// A problem of the one decision, with pointers into the body that was sent.
fn of_one(mut problem: Problem) -> Problem {
    for violation in &mut problem.violations {
        if let Some(field) = violation.field.strip_prefix("/decisions/0") {
            violation.field = field.to_owned();
        }
    }
    problem
}
