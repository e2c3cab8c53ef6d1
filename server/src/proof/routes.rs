//! `GET /v1/events/{event}/proof`, and the log's routes.

use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use samtycke_core::bundle::Bundle;
use samtycke_core::id::EventId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_log::PublishError;
use samtycke_log::publish::SEAL_WAIT;

use super::{Proofs, log_routes};
use crate::http::access::{AllowedOrPage, Auditors};
use crate::http::answer::Answer;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::Segment;
use crate::log::prove;
use crate::metrics::RouteClass;
use crate::store::log::LeafPlace;
use crate::tenant::{Role, Tenant, Tenants};

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Proofs>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::for_pages(RouteClass::Admin));
    endpoints!(routes, proof).merge(log_routes::routes())
}

/// Serves the proof bundle of an event, which other programs can verify offline
///
/// The server waits up to 2 s for a signed checkpoint that covers the event, then answers `NOT_SEALED`.
#[utoipa::path(
    get, path = "/v1/events/{event}/proof", operation_id = "event_proof", tag = "Proof",
    params(("event" = EventId, Path, description = "Id of the event.")),
    responses(
        (status = 200, description = "`samtycke-bundle/1`: `samtycke verify` verifies it offline.",
            body = Bundle),
    ),
)]
pub async fn proof(
    State(proofs): State<Arc<Proofs>>,
    AllowedOrPage { caller, .. }: AllowedOrPage<Auditors>,
    Segment(event_id): Segment<EventId>,
) -> Answer<Response> {
    let tenant = caller.current(&proofs.tenants).await?;
    let found = prove::find(&proofs.store, &tenant, &event_id).await?;
    let roles = [Role::Auditor, Role::Dpo];
    let Some((place, _)) = found else {
        // A caller without access to a proof must not learn whether it exists.
        if caller.key.role != Role::Publishable {
            caller.require_role(&roles)?;
        }
        return Err(ProblemKind::NotFound.into());
    };
    if !roles.contains(&caller.key.role) {
        let opened = prove::open(&proofs.store, &tenant, &place).await?;
        let subject = opened
            .map(|opened| opened.row.subject)
            .ok_or(ProblemKind::NotFound)?;
        let held = caller.authorize_subject(&subject, &roles, proofs.environment.clock.now());
        held.map_err(|problem| match problem.kind {
            ProblemKind::CapabilityInvalid => ProblemKind::NotFound.into(),
            _ => problem,
        })?;
    }
    let sealed = tokio::time::timeout(SEAL_WAIT, sealed(&proofs, &tenant, &place)).await;
    let checkpoint = match sealed {
        Ok(Ok(checkpoint)) => checkpoint,
        Ok(Err(closed @ PublishError::Closed)) => {
            let problem = Problem::new(ProblemKind::NotSealed).detail(closed.to_string());
            return Err(problem.into());
        }
        Ok(Err(error)) => {
            tracing::error!(%error, log = %tenant.log, "a proof's checkpoint could not be made");
            return Err(Problem::new(ProblemKind::NotSealed).retry_after(2).into());
        }
        Err(_) => return Err(Problem::new(ProblemKind::NotSealed).retry_after(2).into()),
    };
    let bundle = prove::bundle(
        &proofs.store,
        &tenant,
        &place,
        (checkpoint.0, &checkpoint.1),
    )
    .await?;
    let bundle = bundle.ok_or(ProblemKind::NotFound)?;
    Ok((
        [(header::CONTENT_TYPE, "application/json")],
        bundle.to_bytes(),
    )
        .into_response())
}

/// A signed checkpoint that covers a leaf: its size and its note. A closed log has its last one, which covers every leaf
/// that it was ever proven with.
async fn sealed(
    proofs: &Proofs,
    tenant: &Tenant,
    place: &LeafPlace,
) -> Result<(u64, String), PublishError> {
    if place.log == tenant.log {
        return proofs.publisher.sealed(tenant, place.index).await;
    }
    let last = proofs.store.checkpoint_at_most(&place.log, i64::MAX as u64);
    let last = last.await?.filter(|(size, _)| *size > place.index);
    last.ok_or(PublishError::Closed)
}
