//! `POST /v1/subjects/{subject}/decisions`. It is declared with `GET` of the same path, because a path has one admission.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::id::SubjectId;
use samtycke_core::wire::{GuardianDecisionRequest, RecordResponse};

use super::entitled;
use crate::auth::capability_invalid;
use crate::consent::Consents;
use crate::consent::guardian::{Said, record_by_guardian};
use crate::consent::routes::{device, mark_replayed};
use crate::http::access::{Pages, SubjectOrGuardianPath};
use crate::http::answer::Answer;
use crate::http::extract::Body;

/// Records what a guardian decides for a child
///
/// With a publishable key and the capability of the guardian's own subject. A guardian who is not linked, or whose link is
/// too weak for the purpose or has ended, is answered like somebody who names a subject that does not exist.
#[utoipa::path(
    post, path = "/v1/subjects/{subject}/decisions", operation_id = "decide_for_child", tag = "Subjects",
    params(("subject" = SubjectId, Path, description = "The child.")),
    request_body(content = GuardianDecisionRequest, example = json!({
        "event_id": "0197e7c2-7c1a-7abc-8abc-0123456789ab", "purpose": "ommej.apptestare", "decision": "withdrawn"
    })),
    responses(
        (status = 201, description = "Recorded, with what became of it.", body = RecordResponse,
            headers(("Idempotent-Replayed" = String))),
        (status = 403, description = "No guardian of such a subject, as far as the caller may know."),
    ),
)]
pub async fn decide_for_child(
    State(consents): State<Arc<Consents>>,
    SubjectOrGuardianPath {
        caller,
        subject,
        guardian,
        ..
    }: SubjectOrGuardianPath<Pages>,
    headers: HeaderMap,
    body: Body<GuardianDecisionRequest>,
) -> Answer<Response> {
    let guardian = guardian.ok_or_else(capability_invalid)?;
    let tenant = caller.current(&consents.tenants).await?;
    let now = consents.environment.clock.now();
    let ward = entitled(&consents.store, &tenant, &guardian, &subject, now).await?;
    let request = body.shaped;
    if !ward.hears(&tenant, &request.purpose) {
        return Err(capability_invalid().into());
    }
    let cell = (&request.purpose, &request.scope);
    let said = Said {
        seen: ward.seen(&tenant, &subject, cell, request.based_on.as_deref()),
        actor: ward.actor(),
        subject,
        request,
    };
    let device = device(&consents, &headers);
    let mut recorded = record_by_guardian(&consents, &caller, said, device).await?;
    // The numbers of the stream would tell of events that are not the guardian's to see.
    recorded.answer.seq = None;
    let mut response = (StatusCode::CREATED, Json(recorded.answer)).into_response();
    if recorded.replayed {
        mark_replayed(&mut response);
    }
    Ok(response)
}
