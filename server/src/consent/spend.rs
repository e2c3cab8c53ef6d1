//! Spending a single-use consent: the one write that asks the check first, in its own transaction.

use samtycke_core::decide::{Basis, Verdict};
use samtycke_core::event::EventBody;
use samtycke_core::id::EventId;
use samtycke_core::json::canonical;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::reason::Reason;
use samtycke_core::submission;
use samtycke_core::wire::{CheckAnswer, UseAnswer, UseRequest};
use serde_json::{Value, json};

use super::{Consents, Ended, judged, position};
use crate::auth::Caller;
use crate::check;
use crate::log::{AppendedEvent, DisplayContext, Submission, UseRejected};
use crate::tenant::Tenant;
use crate::times;

/// A use's answer and how to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    /// The body.
    pub answer: UseAnswer,
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
    // Which consent is spent stands in the path: the same body to another one is another use.
    let identity = canonical(&json!({"use": body, "consent": consent}));
    let judge = |tenant: &Tenant| submission(tenant, caller, consent, &request, &identity);
    match judged(consents, caller, &request.event_id, &identity, judge).await? {
        Ended::Logged(tenant, receipt) => passed(&tenant, &receipt),
        Ended::UseRejected(tenant, denied) => Ok(refused(&tenant, *denied)),
        // A use of an erased subject's consent is denied instead.
        Ended::AlreadyErased(_) => Err(ProblemKind::Internal.into()),
    }
}

fn submission(
    tenant: &Tenant,
    caller: &Caller,
    consent: &EventId,
    request: &UseRequest,
    identity: &[u8],
) -> Result<Submission, Problem> {
    let at_least = check::demanded(tenant, request.at_least.as_deref())?;
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
    })
}

/// From what is in the log alone, so that a retry is answered as the first time.
fn passed(tenant: &Tenant, receipt: &AppendedEvent) -> Result<Spent, Problem> {
    let EventBody::ConsentUsed(used) = &receipt.body else {
        return Err(ProblemKind::Internal.into());
    };
    let state = receipt.results.first().and_then(|result| result.state);
    let verdict = Verdict {
        allow: true,
        may_ask: false,
        reason: used.reason,
        basis: Some(Basis::Consent),
        state: state.ok_or(ProblemKind::Internal)?,
        seq: receipt.seq,
        valid_until: used.valid_until,
        rely_ms: 0,
        obligations: used.obligations.clone(),
        dependency: None,
        controller: None,
        parts: Vec::new(),
        explain: None,
        row: 0,
    };
    Ok(Spent {
        answer: UseAnswer {
            used: true,
            check: CheckAnswer {
                verdict,
                position: Some(position(tenant, receipt).into()),
            },
            event_id: Some(receipt.event_id.clone()),
            index: Some(receipt.index),
            leaf_hash: Some(hex::encode(receipt.leaf_hash)),
            received_at: Some(times::text(receipt.received_at)),
        },
        replayed: receipt.replayed,
    })
}

fn refused(tenant: &Tenant, denied: UseRejected) -> Spent {
    if denied.verdict.reason == Reason::FailclosedTokenLost {
        check::log_lost_position(tenant);
    }
    Spent {
        answer: UseAnswer {
            used: false,
            check: CheckAnswer {
                verdict: denied.verdict,
                position: Some(denied.position.token(&tenant.secrets.position).into()),
            },
            event_id: None,
            index: None,
            leaf_hash: None,
            received_at: None,
        },
        replayed: false,
    }
}
