//! Two people invalidate a notice (rule E19): the data protection officer proposes, and a publisher confirms the same
//! words. What was proposed is in no table: the token is a MAC over it.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::id::{NoticeHash, PurposeId};
use samtycke_core::keys::{mac, mac_is_valid};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::wire::format_rfc3339;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Registers;
use super::invalidation::{InvalidateRequest, Invalidated, check, invalidate, resting_on};
use crate::clock::UnixMs;
use crate::tenant::{Role, Tenant};

/// How long a proposal can be confirmed; ms: 7 days.
const PROPOSAL_MS: UnixMs = 7 * 24 * 60 * 60 * 1_000;
/// The expiry and the MAC, before the id of the key that proposed.
const HEAD_BYTES: usize = 8 + 32;

/// A proposed invalidation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Proposed {
    /// Content address of the notice.
    pub hash: NoticeHash,
    /// The purposes, ordered.
    pub purposes: Vec<PurposeId>,
    /// Number of live consents that would end.
    pub consents: u64,
    /// What a publisher sends as `proposal`, with the same body.
    pub proposal: String,
    /// Until when it can be confirmed; RFC 3339.
    pub expires_at: String,
}

/// Checks an invalidation and proposes it. Nothing changes.
pub async fn propose(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    hash: &NoticeHash,
    request: InvalidateRequest,
    by: &str,
) -> Result<Proposed, Problem> {
    let now = registers.environment.clock.now();
    if request.proposal.is_some() {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/proposal",
            "must be confirmed by another person: a publisher",
        ));
    }
    let checked = check(tenant, hash, &request, now)?;
    let expires_at = now.saturating_add(PROPOSAL_MS);
    let mut bytes = expires_at.to_be_bytes().to_vec();
    bytes.extend_from_slice(&mac(
        &tenant.secrets.prompt,
        &message(hash, &request, expires_at, by),
    ));
    bytes.extend_from_slice(by.as_bytes());
    Ok(Proposed {
        hash: hash.clone(),
        consents: resting_on(registers, tenant, hash, &checked.purposes).await?,
        purposes: checked.purposes,
        proposal: URL_SAFE_NO_PAD.encode(bytes),
        expires_at: format_rfc3339(expires_at),
    })
}

/// Confirms what the data protection officer proposed: the same body, within seven days, while the officer's key is live.
pub async fn confirm(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    hash: &NoticeHash,
    request: InvalidateRequest,
    by: &str,
) -> Result<Invalidated, Problem> {
    let now = registers.environment.clock.now();
    check(tenant, hash, &request, now)?;
    let proposer = proposer(tenant, hash, &request, now).ok_or_else(|| {
        Problem::new(ProblemKind::FieldInvalid).field(
            "/proposal",
            "must be what this call answered the data protection officer for the same body, at most 7 days ago",
        )
    })?;
    let done = invalidate(registers, tenant, hash, request, Some(by)).await?;
    tracing::info!(log = %tenant.log, notice = %hash, proposed_by = proposer, confirmed_by = by, "notice invalidated");
    Ok(done)
}

/// The key id of the officer who proposed it.
fn proposer(
    tenant: &Tenant,
    hash: &NoticeHash,
    request: &InvalidateRequest,
    now: UnixMs,
) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(request.proposal.as_ref()?).ok()?;
    let (head, by) = bytes.split_at_checked(HEAD_BYTES)?;
    let (expires_at, tag) = head.split_at(8);
    let expires_at = UnixMs::from_be_bytes(expires_at.try_into().ok()?);
    let by = std::str::from_utf8(by).ok()?;
    let is_officer = |key: &crate::tenant::ApiKey| key.key_id == by && key.role == Role::Dpo;
    let genuine = mac_is_valid(
        &tenant.secrets.prompt,
        &message(hash, request, expires_at, by),
        tag,
    );
    (genuine && now < expires_at && tenant.keys.values().any(is_officer)).then(|| by.to_owned())
}

fn message(
    hash: &NoticeHash,
    request: &InvalidateRequest,
    expires_at: UnixMs,
    by: &str,
) -> Vec<u8> {
    let proposed = InvalidateRequest {
        proposal: None,
        ..request.clone()
    };
    let body = serde_json::to_vec(&proposed).expect("a request is JSON");
    let mut message = b"samtycke/invalidation/v1\n".to_vec();
    message.extend_from_slice(format!("{by}\n{expires_at}\n{hash}\n").as_bytes());
    message.extend_from_slice(&body);
    message
}
