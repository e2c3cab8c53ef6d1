//! Two operators accept what a succession of logs lost: one proposes, another confirms. Until then every check denies, because
//! a withdrawal may be among what was lost. What was proposed is in no table: the token is a MAC over it.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::keys::{mac, mac_is_valid};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::LossAccepted;

use super::{Admin, change};
use crate::clock::UnixMs;
use crate::log::Change;
use crate::tenant::{Role, Tenant};

/// How long a proposal can be confirmed; ms: 7 days.
const PROPOSAL_MS: UnixMs = 7 * 24 * 60 * 60 * 1_000;
/// The expiry and the MAC, before the id of the key that proposed.
const HEAD_BYTES: usize = 8 + 32;

/// A proposal to accept a loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedLoss {
    /// Leaves that were signed and are lost.
    pub lost: u64,
    /// What another operator confirms.
    pub proposal: String,
    /// Until when; Unix milliseconds.
    pub expires_at: UnixMs,
}

/// Proposes to accept the loss that the tenant's log states. Nothing changes.
pub fn propose_loss(state: &Admin, tenant: &Tenant, by: &str) -> Result<ProposedLoss, Problem> {
    let lost = lost(tenant)?;
    let expires_at = state.environment.clock.now().saturating_add(PROPOSAL_MS);
    let mut bytes = expires_at.to_be_bytes().to_vec();
    let tag = mac(&tenant.secrets.prompt, &message(tenant, expires_at, by));
    bytes.extend_from_slice(&tag);
    bytes.extend_from_slice(by.as_bytes());
    Ok(ProposedLoss {
        lost,
        proposal: URL_SAFE_NO_PAD.encode(bytes),
        expires_at,
    })
}

/// Confirms what another operator proposed: from here on checks may allow again. Returns how many leaves are lost.
pub async fn accept_loss(
    state: &Admin,
    tenant: &Arc<Tenant>,
    proposal: &str,
    by: &str,
) -> Result<u64, Problem> {
    let lost = lost(tenant)?;
    let now = state.environment.clock.now();
    let proposed_by = proposer(tenant, proposal, now).ok_or_else(|| {
        Problem::new(ProblemKind::FieldInvalid).field(
            "/proposal",
            "must be what an operator of this tenant was answered at most 7 days ago, whose key is still valid",
        )
    })?;
    if proposed_by == by {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/proposal",
            "must be confirmed with another operator's key than the one that proposed it",
        ));
    }
    let body = LossAccepted { proposed_by, lost };
    change(state, tenant, body.into(), Some(by), Change::AcceptLoss).await?;
    tracing::info!(log = %tenant.log, lost, by, "the loss of a log was accepted; checks may allow again");
    Ok(lost)
}

fn lost(tenant: &Tenant) -> Result<u64, Problem> {
    tenant.unaccepted_loss.ok_or_else(|| {
        Problem::new(ProblemKind::Conflict).detail("there is no loss that waits to be accepted")
    })
}

/// The key id of the operator who proposed it.
fn proposer(tenant: &Tenant, proposal: &str, now: UnixMs) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(proposal).ok()?;
    let (head, by) = bytes.split_at_checked(HEAD_BYTES)?;
    let (expires_at, tag) = head.split_at(8);
    let expires_at = UnixMs::from_be_bytes(expires_at.try_into().ok()?);
    let by = std::str::from_utf8(by).ok()?;
    let is_operator = |key: &crate::tenant::ApiKey| key.key_id == by && key.role == Role::Operator;
    let message = message(tenant, expires_at, by);
    let genuine = mac_is_valid(&tenant.secrets.prompt, &message, tag);
    (genuine && now < expires_at && tenant.keys.values().any(is_operator)).then(|| by.to_owned())
}

fn message(tenant: &Tenant, expires_at: UnixMs, by: &str) -> Vec<u8> {
    format!("samtycke/loss/v1\n{by}\n{expires_at}\n{}\n", tenant.log).into_bytes()
}
