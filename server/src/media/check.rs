//! The check of an asset: it is allowed only if each person in it permits the use.

use std::sync::Arc;

use samtycke_core::id::SubjectId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::reason::Reason;
use samtycke_core::state::SubjectState;
use samtycke_core::wire::{AssetCheckRequest, AssetCheckResponse, Blocked};

use super::Media;
use crate::auth::Caller;
use crate::check::{HeadRead, StateRead, demand, look, parse_min_position};
use crate::log::takedown::Use;
use crate::position::Position;
use crate::store::batch::Known;
use crate::store::media::{AssetRow, AssetStates};
use crate::tenant::Tenant;

/// Whether an asset may be used on a surface now.
pub(super) async fn check(
    media: &Media,
    caller: &Caller,
    request: &AssetCheckRequest,
) -> Result<AssetCheckResponse, Problem> {
    let min_position = parse_min_position(&caller.tenant, request.at_least.as_deref())?;
    let (seen, token) = caller.tenant.runtime.head();
    if caller.tenant.denies_all() {
        let reason = Reason::FailclosedRecovering;
        return Ok(AssetCheckResponse::denied(reason, token));
    }
    let log = &caller.tenant.log;
    let found = media.store.asset_states(log, &request.asset).await?;
    let mut found = found.ok_or(ProblemKind::Internal)?;
    let asset = found.asset.take();
    let (tenant, position) = place(media, caller, &found, seen, min_position).await?;
    let position = match position {
        Ok(position) => position,
        Err(reason) => return Ok(AssetCheckResponse::denied(reason, token)),
    };
    let Some(asset) = asset.filter(|asset| !asset.subjects.is_empty()) else {
        return Ok(AssetCheckResponse::denied(Reason::AssetUnknown, position));
    };
    if asset.medium.as_ref().is_some_and(|m| *m != request.medium) {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/medium", "must be the medium of the asset"));
    }
    let (tenant, known) = known(media, caller, tenant, &asset, found.states).await?;
    let blocked_by = blocked_by(media, &tenant, request, &asset, &known);
    Ok(AssetCheckResponse {
        allow: blocked_by.is_empty(),
        reason: None,
        blocked_by,
        position: Some(position),
    })
}

/// The tenant to judge by, and the position of what was read. On the embedded database memory is current.
async fn place(
    media: &Media,
    caller: &Caller,
    found: &AssetStates,
    seen: Position,
    min_position: Option<Position>,
) -> Result<(Arc<Tenant>, Result<Arc<str>, Reason>), Problem> {
    if media.store.is_embedded() {
        let tenant = caller.current(&media.tenants).await?;
        let (head, token) = tenant.runtime.head();
        let included = demand::included(&media.store, &tenant, min_position, head).await?;
        return Ok((tenant, included.map(|()| token)));
    }
    let head = HeadRead {
        seen,
        position: found.position,
        config_version: found.config_version,
    };
    head.place(&media.checks, caller, min_position).await
}

/// The states that decide for the people in an asset, in their order, and the tenant to judge by, which is as new as they
/// are. On the embedded database they come from memory, which knows of withdrawals that are still being written. Else only
/// for people who were merged into others there is more to read.
async fn known(
    media: &Media,
    caller: &Caller,
    mut tenant: Arc<Tenant>,
    asset: &AssetRow,
    states: Vec<Option<SubjectState>>,
) -> Result<(Arc<Tenant>, Vec<Known>), Problem> {
    let is_embedded = media.store.is_embedded();
    let mut known = Vec::with_capacity(asset.subjects.len());
    for (subject, state) in asset.subjects.iter().zip(states) {
        let is_merged = |state: &SubjectState| state.merged_into.is_some();
        if !is_embedded && !state.as_ref().is_some_and(is_merged) {
            known.push(Ok(state.map(Arc::new)));
            continue;
        }
        let (newer, read) = look(&media.checks, caller, subject, None).await?;
        if newer.config_version > tenant.config_version {
            tenant = newer;
        }
        known.push(match read {
            // A survivor of whom nothing is known permits nothing.
            StateRead::Available {
                state: None,
                is_merged: true,
                ..
            } => Err(Reason::FailclosedUnavailable),
            StateRead::Available { state, .. } => Ok(state),
            StateRead::FailClosed(reason) => Err(reason),
        });
    }
    Ok((tenant, known))
}

fn blocked_by(
    media: &Media,
    tenant: &Tenant,
    request: &AssetCheckRequest,
    asset: &AssetRow,
    known: &[Known],
) -> Vec<Blocked> {
    let asked = Use {
        purpose: &asset.purpose,
        campaign: &asset.campaign,
        medium: &request.medium,
        surface: &request.surface,
    };
    let now = media.environment.clock.now();
    let judge = |subject: &SubjectId, known: &Known| match known {
        Ok(state) => asked.judge(tenant, subject, state.as_deref(), request.op, now),
        Err(reason) => *reason,
    };
    let people = asset.subjects.iter().zip(known);
    let verdicts = people.map(|(subject, known)| Blocked {
        subject: subject.clone(),
        reason: judge(subject, known),
    });
    verdicts.filter(|one| !one.reason.allows()).collect()
}
