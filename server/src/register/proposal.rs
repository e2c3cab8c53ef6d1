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
    let message = message(tenant, hash, &request, expires_at, by);
    bytes.extend_from_slice(&mac(&tenant.secrets.prompt, &message));
    bytes.extend_from_slice(by.as_bytes());
    Ok(Proposed {
        hash: hash.clone(),
        consents: resting_on(registers, tenant, hash, &checked.purposes).await?,
        purposes: checked.purposes,
        proposal: URL_SAFE_NO_PAD.encode(bytes),
        expires_at: format_rfc3339(expires_at),
    })
}

/// Confirms what the data protection officer proposed: the same body, once, within seven days, while the officer's key is
/// live, and unless the notice was published again meanwhile: then other consents would end than were counted.
pub async fn confirm(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    hash: &NoticeHash,
    request: InvalidateRequest,
    by: &str,
) -> Result<Invalidated, Problem> {
    let now = registers.environment.clock.now();
    check(tenant, hash, &request, now)?;
    let proposed = request.clone();
    let is_proposed = |tenant: &Tenant| {
        proposer(tenant, hash, &proposed, now).ok_or_else(|| {
            Problem::new(ProblemKind::FieldInvalid).field(
                "/proposal",
                "must be what this call answered the data protection officer for the same body, at most 7 days ago; \
                 it counts once, and while the officer's key is valid",
            )
        })
    };
    let proposer = is_proposed(tenant)?;
    let still = |tenant: &Tenant| is_proposed(tenant).map(drop);
    let done = invalidate(registers, tenant, hash, request, by, &still).await?;
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
    let is_officer = |key: &crate::tenant::ApiKey| {
        key.key_id == by && key.role == Role::Dpo && !key.has_expired(now)
    };
    let genuine = mac_is_valid(
        &tenant.secrets.prompt,
        &message(tenant, hash, request, expires_at, by),
        tag,
    );
    (genuine && now < expires_at && tenant.keys.values().any(is_officer)).then(|| by.to_owned())
}

/// What is proposed, and how often the notice has been published or invalidated so far: a confirmation is the next, so a
/// proposal counts once.
fn message(
    tenant: &Tenant,
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
    let so_far = tenant
        .publications
        .iter()
        .filter(|p| p.hash == *hash)
        .count();
    message.extend_from_slice(format!("{by}\n{expires_at}\n{so_far}\n{hash}\n").as_bytes());
    message.extend_from_slice(&body);
    message
}
