//! Declares every consent on a notice to some purposes invalid, with one leaf of the log and no event per person.

use std::collections::BTreeSet;
use std::sync::Arc;

use samtycke_core::id::{NoticeHash, PurposeId, looks_personal};
use samtycke_core::live::TenantView as _;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{NoticeInvalidated, PublicBody};
use samtycke_core::state::Cell;
use samtycke_core::wire::parse_rfc3339;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::publication::{Appended, append};
use super::{Registers, live_consents};
use crate::clock::UnixMs;
use crate::log::Change;
use crate::tenant::Tenant;

/// Most purposes of one invalidation: the most that one submission decides on.
const PURPOSES_MAX: usize = 64;
/// Longest cause; characters. It is public and permanent.
const CAUSE_CHARS_MAX: usize = 200;

/// Body of `POST /v1/notices/{hash}/invalidate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvalidateRequest {
    /// The purposes, of those that the notice asks about.
    pub purposes: Vec<PurposeId>,
    /// Why, in at most 200 characters. Everybody can read it in the log: it names no person.
    pub cause: String,
    /// Since when the notice was wrong, RFC 3339, not in the future; absent: now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<String>,
    /// What the data protection officer was answered for the same body. A publisher must send it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<String>,
}

/// An invalidation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invalidated {
    /// Content address of the notice.
    pub hash: NoticeHash,
    /// The purposes, ordered.
    pub purposes: Vec<PurposeId>,
    /// Number of live consents that rested on it when it was declared.
    pub consents: u64,
    /// Log index of the leaf.
    pub index: u64,
    /// Hash of the leaf; hex.
    pub leaf_hash: String,
}

/// Checks whether a tenant may still be changed as was asked.
pub(super) type Still<'a> = dyn Fn(&Tenant) -> Result<(), Problem> + Sync + 'a;

/// Declares the consents on a notice invalid, in the name of the key `by`, unless something is published meanwhile after
/// which it may no longer be: `still`. Every server denies them before the response is sent. People can consent
/// again once the site shows another notice, or the same one after it has been published again.
pub(super) async fn invalidate(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    hash: &NoticeHash,
    request: InvalidateRequest,
    by: &str,
    still: &Still<'_>,
) -> Result<Invalidated, Problem> {
    let now = registers.environment.clock.now();
    let Checked {
        purposes,
        effective_from,
    } = check(tenant, hash, &request, now)?;
    let consents = resting_on(registers, tenant, hash, &purposes).await?;
    let body = PublicBody::from(NoticeInvalidated {
        hash: hash.clone(),
        purposes: purposes.clone(),
        cause: request.cause,
        effective_from,
    });
    let mut tenant = tenant.clone();
    loop {
        // Nothing that is published meanwhile changes what this says: the notice and its purposes stand for ever.
        let change = Change::PublishNotice;
        match append(registers, &tenant, body.clone(), change, Some(by)).await? {
            Appended::Logged { index, leaf_hash } => {
                return Ok(Invalidated {
                    hash: hash.clone(),
                    purposes,
                    consents,
                    index,
                    leaf_hash,
                });
            }
            Appended::Stale(newer) => {
                still(&newer)?;
                tenant = newer;
            }
        }
    }
}

/// What a valid request says.
pub(super) struct Checked {
    /// The purposes, ordered, each once.
    pub(super) purposes: Vec<PurposeId>,
    effective_from: UnixMs,
}

/// Checks a request; `now` in Unix milliseconds.
pub(super) fn check(
    tenant: &Tenant,
    hash: &NoticeHash,
    request: &InvalidateRequest,
    now: UnixMs,
) -> Result<Checked, Problem> {
    tenant.ensure_writable()?;
    let purposes = check_purposes(tenant, hash, &request.purposes)?;
    check_cause(&request.cause)?;
    let effective_from = match &request.effective_from {
        None => now,
        Some(text) => parse_rfc3339(text).filter(|at| *at <= now).ok_or_else(|| {
            Problem::new(ProblemKind::FieldInvalid).field(
                "/effective_from",
                "must be a time of RFC 3339 that is not in the future",
            )
        })?,
    };
    Ok(Checked {
        purposes,
        effective_from,
    })
}

/// The number of live consents to these purposes on a notice.
pub(super) async fn resting_on(
    registers: &Registers,
    tenant: &Tenant,
    hash: &NoticeHash,
    purposes: &[PurposeId],
) -> Result<u64, Problem> {
    let concerns = |cell: &Cell| {
        cell.notice.as_ref() == Some(hash) && purposes.binary_search(&cell.purpose).is_ok()
    };
    Ok(live_consents(registers, tenant, concerns).await?)
}

/// The purposes, ordered, each once.
fn check_purposes(
    tenant: &Tenant,
    hash: &NoticeHash,
    purposes: &[PurposeId],
) -> Result<Vec<PurposeId>, Problem> {
    let manifest = tenant
        .manifest(hash)
        .ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    if purposes.is_empty() || purposes.len() > PURPOSES_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/purposes", format!("must hold 1 to {PURPOSES_MAX}")));
    }
    for (i, purpose) in purposes.iter().enumerate() {
        if manifest.asked(purpose).is_none() {
            return Err(Problem::new(ProblemKind::PurposeNotInNotice).field(
                format!("/purposes/{i}"),
                "must be a purpose that the notice asks about",
            ));
        }
    }
    let ordered: BTreeSet<PurposeId> = purposes.iter().cloned().collect();
    Ok(ordered.into_iter().collect())
}

fn check_cause(cause: &str) -> Result<(), Problem> {
    let length = cause.trim().chars().count();
    if !(1..=CAUSE_CHARS_MAX).contains(&length) || cause.chars().any(char::is_control) {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/cause",
            format!("must be one line of 1 to {CAUSE_CHARS_MAX} characters"),
        ));
    }
    if looks_personal(cause) || cause.contains('@') {
        return Err(Problem::new(ProblemKind::PersonalIdentifier)
            .field("/cause", "must name no person: everybody can read the log"));
    }
    Ok(())
}
