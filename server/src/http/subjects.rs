//! `POST /v1/subjects`, a subject's decisions and history, and the proof of one event.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use samtycke_core::id::{EventId, SubjectId};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::state::StateWord;
use samtycke_core::wire::{
    CurrentDecision, HistoryDecision, HistoryEvent, SubjectAnswer, SubjectRequest,
};
use serde::Serialize;

use super::answer::Answer;
use super::extract::{Auth, Body, Segment};
use crate::app::App;
use crate::log::prove;
use crate::log::publish::SEAL_WAIT;
use crate::subject;
use crate::tenant::Role;
use crate::times;

/// A subject's decisions as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionsAnswer {
    /// Whose.
    pub subject: SubjectId,
    /// Number of its last event; what the next submission is `based_on`.
    pub seq: u64,
    /// One for each cell.
    pub decisions: Vec<CurrentDecision>,
}

/// A subject's events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryAnswer {
    /// Whose.
    pub subject: SubjectId,
    /// Oldest first.
    pub events: Vec<HistoryEvent>,
}

/// The subject behind an identifier.
pub async fn resolve(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    body: Body<SubjectRequest>,
) -> Answer<Json<SubjectAnswer>> {
    Ok(Json(subject::resolve(&app, &caller, body.shaped).await?))
}

/// What a subject has decided. A subject who never did anything and one who does not exist answer alike.
pub async fn decisions(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    Segment(subject): Segment<SubjectId>,
) -> Answer<Json<DecisionsAnswer>> {
    caller.must_hold(
        &subject,
        &[Role::Service, Role::Dpo],
        app.nature.clock.now(),
    )?;
    let tenant = caller.current(&app).await?;
    let row = app
        .store
        .state(&tenant.log, &subject)
        .await
        .map_err(|e| app.failed(&e))?;
    let state: samtycke_core::state::SubjectState = match row {
        Some(row) => {
            serde_json::from_str(&row.state).map_err(|_| Problem::new(ProblemKind::Internal))?
        }
        None => samtycke_core::state::SubjectState::default(),
    };
    let decisions = state
        .cells
        .iter()
        .map(|cell| CurrentDecision {
            purpose: cell.purpose.clone(),
            scope: cell.scope.clone(),
            state: cell
                .objection
                .map_or_else(|| StateWord::from(cell.state), |o| StateWord::from(o.state)),
            seq: cell.objection.map_or(cell.seq, |o| o.seq.max(cell.seq)),
        })
        .collect();
    Ok(Json(DecisionsAnswer {
        subject,
        seq: state.seq,
        decisions,
    }))
}

/// Everything a subject has said.
pub async fn history(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    Segment(subject): Segment<SubjectId>,
) -> Answer<Json<HistoryAnswer>> {
    caller.must_hold(
        &subject,
        &[Role::Service, Role::Dpo],
        app.nature.clock.now(),
    )?;
    let tenant = caller.current(&app).await?;
    let history = prove::history(&app.store, &tenant, &subject)
        .await
        .map_err(|e| app.failed(&e))?;
    let events = history.into_iter().map(event).collect();
    Ok(Json(HistoryAnswer { subject, events }))
}

fn event(opened: prove::Opened) -> HistoryEvent {
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
    }
}

/// The proof bundle of an event: verifiable offline, by other people's programs.
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
            caller.must_be(&roles)?;
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
        let held = caller.must_hold(&subject, &roles, app.nature.clock.now());
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
