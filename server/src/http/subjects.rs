//! `POST /v1/subjects`, a subject's decisions and history, and the proof of one event.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use samtycke_core::bundle::Bundle;
use samtycke_core::id::{EventId, SubjectId};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::wire::{
    DecisionsAnswer, HistoryAnswer, HistoryDecision, HistoryEvent, HistoryUse, SubjectAnswer,
    SubjectRequest,
};
use samtycke_log::publish::SEAL_WAIT;

use super::answer::Answer;
use super::extract::{Auth, Body, Segment};
use crate::app::App;
use crate::log::prove;
use crate::subject;
use crate::tenant::Role;
use crate::times;

/// The subject behind an identifier, and a capability to act for it
///
/// Exactly one of `identifier_hmac`, made in the SDK, and `identifier`, which is pseudonymised by the same HMAC and
/// forgotten. The capability goes to the person's browser or app, and ends within the hour.
#[utoipa::path(
    post, path = "/v1/subjects", operation_id = "resolve_subject", tag = "Subjects",
    security(("key" = ["service"])),
    request_body(content = SubjectRequest, example = json!({
        "domain": "email", "identifier_hmac": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    })),
    responses((status = 200, description = "The subject.", body = SubjectAnswer)),
)]
pub async fn resolve(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    body: Body<SubjectRequest>,
) -> Answer<Json<SubjectAnswer>> {
    Ok(Json(subject::resolve(&app, &caller, body.shaped).await?))
}

/// What a subject has decided, as it stands
///
/// A subject who never did anything and one who does not exist answer alike.
#[utoipa::path(
    get, path = "/v1/subjects/{subject}/decisions", operation_id = "subject_decisions", tag = "Subjects",
    security(("key" = ["service"]), ("key" = ["dpo"]), ("key" = ["publishable"], "capability" = [])),
    params(("subject" = SubjectId, Path, description = "Whose.")),
    responses((status = 200, description = "One for each cell.", body = DecisionsAnswer)),
)]
pub async fn decisions(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    Segment(subject): Segment<SubjectId>,
) -> Answer<Json<DecisionsAnswer>> {
    caller.authorize_subject(
        &subject,
        &[Role::Service, Role::Dpo],
        app.environment.clock.now(),
    )?;
    let tenant = caller.current(&app).await?;
    let state = app
        .store
        .state(&tenant.log, &subject)
        .await
        .map_err(|e| app.failed(&e))?;
    Ok(Json(DecisionsAnswer::of(
        subject,
        &state.unwrap_or_default(),
    )))
}

/// Everything a subject has said
#[utoipa::path(
    get, path = "/v1/subjects/{subject}/history", operation_id = "subject_history", tag = "Subjects",
    security(("key" = ["service"]), ("key" = ["dpo"]), ("key" = ["publishable"], "capability" = [])),
    params(("subject" = SubjectId, Path, description = "Whose.")),
    responses((status = 200, description = "Oldest first.", body = HistoryAnswer)),
)]
pub async fn history(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    Segment(subject): Segment<SubjectId>,
) -> Answer<Json<HistoryAnswer>> {
    caller.authorize_subject(
        &subject,
        &[Role::Service, Role::Dpo],
        app.environment.clock.now(),
    )?;
    let place = app.histories.take(caller.sender())?;
    let tenant = caller.current(&app).await?;
    place.note_read();
    let history = prove::history(&app.store, &tenant, &subject)
        .await
        .map_err(|e| app.failed(&e))?;
    let events = history.into_iter().map(event).collect();
    Ok(Json(HistoryAnswer { subject, events }))
}

fn event(opened: prove::Opened) -> HistoryEvent {
    let used = opened.ctx.used.zip(opened.sub.consent);
    HistoryEvent {
        event_id: opened.sub.event_id,
        seq: opened.sub.seq,
        index: opened.row.idx,
        type_: opened.ctx.type_.as_str().into(),
        received_at: times::text(opened.sub.received_at),
        occurred_at: opened.sub.occurred_at.map(times::text),
        notice: opened.ctx.notice,
        site: opened.ctx.site,
        decisions: opened
            .ctx
            .decisions
            .into_iter()
            .map(|d| HistoryDecision {
                purpose: d.purpose,
                decision: d.decision,
                scope: d.scope,
                state: d.state,
                outcome: d.outcome,
                reason: d.reason,
            })
            .collect(),
        used: used.map(|(record, consent)| HistoryUse {
            purpose: record.purpose,
            scope: record.scope,
            consent,
        }),
    }
}

/// The proof bundle of an event: verifiable offline, by other people's programs
///
/// Waits up to 2 s for a signed checkpoint that covers the event, then answers `NOT_SEALED`.
#[utoipa::path(
    get, path = "/v1/events/{event}/proof", operation_id = "event_proof", tag = "Proof",
    security(("key" = ["auditor"]), ("key" = ["dpo"]), ("key" = ["publishable"], "capability" = [])),
    params(("event" = EventId, Path, description = "Which event.")),
    responses(
        (status = 200, description = "`samtycke-bundle/1`: `samtycke verify` reads it, and needs no server for it.",
            body = Bundle),
    ),
)]
pub async fn proof(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    Segment(event_id): Segment<EventId>,
) -> Answer<Response> {
    let tenant = caller.current(&app).await?;
    let failed = |error| app.failed(&error);
    let index = app
        .store
        .event_index(&tenant.log, &event_id)
        .await
        .map_err(failed)?;
    let roles = [Role::Auditor, Role::Dpo];
    let Some(index) = index else {
        // Whoever may not see a proof may not learn either whether there is one.
        if caller.key.role != Role::Publishable {
            caller.require_role(&roles)?;
        }
        return Err(ProblemKind::NotFound.into());
    };
    if !roles.contains(&caller.key.role) {
        let opened = prove::open(&app.store, &tenant, index)
            .await
            .map_err(failed)?;
        let subject = opened
            .map(|opened| opened.row.subject)
            .ok_or(ProblemKind::NotFound)?;
        let held = caller.authorize_subject(&subject, &roles, app.environment.clock.now());
        held.map_err(|problem| match problem.kind {
            ProblemKind::CapabilityInvalid => ProblemKind::NotFound.into(),
            _ => problem,
        })?;
    }
    let sealed = tokio::time::timeout(SEAL_WAIT, app.publisher.sealed(&tenant, index)).await;
    let checkpoint = match sealed {
        Ok(Ok(checkpoint)) => checkpoint,
        Ok(Err(error)) => {
            tracing::error!(%error, log = %tenant.log, "a proof's checkpoint could not be made");
            return Err(Problem::new(ProblemKind::NotSealed).retry_after(2).into());
        }
        Err(_) => return Err(Problem::new(ProblemKind::NotSealed).retry_after(2).into()),
    };
    let bundle = prove::bundle(&app.store, &tenant, index, (checkpoint.0, &checkpoint.1))
        .await
        .map_err(failed)?;
    let bundle = bundle.ok_or(ProblemKind::NotFound)?;
    Ok((
        [(header::CONTENT_TYPE, "application/json")],
        bundle.to_bytes(),
    )
        .into_response())
}
