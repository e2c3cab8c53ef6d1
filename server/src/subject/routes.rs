//! `POST /v1/subjects`, a subject's decisions and history, and the proof of one event.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use samtycke_core::id::SubjectId;
use samtycke_core::wire::{
    DecisionsResponse, HistoryEvent, HistoryResponse, SubjectRequest, SubjectResponse,
};

use crate::clock::Environment;
use crate::consent::Consents;
use crate::guardian;
use crate::guardian::routes::{__path_decide_for_child, decide_for_child};
use crate::http::access::{Allowed, Servers, ServersAndDpo, SubjectOrGuardianPath};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::Body;
use crate::log::prove;
use crate::metrics::RouteClass;
use crate::subject;
use crate::subject::Subjects;
use crate::tenant::Tenants;

/// The routes, and how requests to them are admitted.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Subjects>: FromRef<S>,
    Arc<Consents>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    Environment: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Record));
    let routes = endpoints!(routes, resolve);
    let routes = routes.group(Admission::for_pages(RouteClass::Admin));
    endpoints!(routes, decisions, history, decide_for_child)
}

/// The subject behind an identifier, and a capability to act for it
///
/// Exactly one of `identifier_hmac`, made in the SDK, and `identifier`, which is pseudonymised by the same HMAC and
/// forgotten. The capability goes to the person's browser or app, and ends within the hour.
#[utoipa::path(
    post, path = "/v1/subjects", operation_id = "resolve_subject", tag = "Subjects",
    request_body(content = SubjectRequest, example = json!({
        "domain": "email", "identifier_hmac": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    })),
    responses((status = 200, description = "The subject.", body = SubjectResponse)),
)]
pub async fn resolve(
    State(subjects): State<Arc<Subjects>>,
    Allowed { caller, .. }: Allowed<Servers>,
    body: Body<SubjectRequest>,
) -> Answer<Json<SubjectResponse>> {
    Ok(Json(
        subject::resolve(&subjects, &caller, body.shaped).await?,
    ))
}

/// What a subject has decided, as it stands
///
/// A subject who never did anything and one who does not exist answer alike. A linked guardian, with the capability of
/// the guardian's own subject, reads what is of purposes that hear guardians.
#[utoipa::path(
    get, path = "/v1/subjects/{subject}/decisions", operation_id = "subject_decisions", tag = "Subjects",
    params(("subject" = SubjectId, Path, description = "Whose.")),
    responses((status = 200, description = "One for each cell.", body = DecisionsResponse)),
)]
pub async fn decisions(
    State(subjects): State<Arc<Subjects>>,
    SubjectOrGuardianPath {
        caller,
        subject,
        guardian,
        ..
    }: SubjectOrGuardianPath<ServersAndDpo>,
) -> Answer<Json<DecisionsResponse>> {
    let tenant = caller.current(&subjects.tenants).await?;
    if let Some(guardian) = guardian {
        let now = subjects.environment.clock.now();
        let ward = guardian::entitled(&subjects.store, &tenant, &guardian, &subject, now).await?;
        let mut answer = ward.decisions(&tenant, subject, now);
        answer.frozen = tenant.denies_all();
        return Ok(Json(answer));
    }
    let state = subjects.store.deciding_state(&tenant.log, &subject).await?;
    let mut answer = DecisionsResponse::of(
        subject,
        &state.unwrap_or_default(),
        &*tenant,
        subjects.environment.clock.now(),
    );
    answer.frozen = tenant.denies_all();
    Ok(Json(answer))
}

/// Everything a subject has said
///
/// A linked guardian, with the capability of the guardian's own subject, reads what is of purposes that hear guardians.
#[utoipa::path(
    get, path = "/v1/subjects/{subject}/history", operation_id = "subject_history", tag = "Subjects",
    params(("subject" = SubjectId, Path, description = "Whose.")),
    responses((status = 200, description = "Oldest first.", body = HistoryResponse)),
)]
pub async fn history(
    State(subjects): State<Arc<Subjects>>,
    SubjectOrGuardianPath {
        caller,
        subject,
        guardian,
        ..
    }: SubjectOrGuardianPath<ServersAndDpo>,
) -> Answer<Json<HistoryResponse>> {
    let place = subjects
        .histories
        .take(caller.sender(), &caller.tenant.log)?;
    let tenant = caller.current(&subjects.tenants).await?;
    let ward = match guardian {
        Some(guardian) => {
            let now = subjects.environment.clock.now();
            let found = guardian::entitled(&subjects.store, &tenant, &guardian, &subject, now);
            Some(found.await?)
        }
        None => None,
    };
    place.note_read();
    let history = prove::history(&subjects.store, &tenant, &subject).await?;
    let mut events: Vec<HistoryEvent> = history.into_iter().map(event).collect();
    if let Some(ward) = ward {
        events = ward.heard(&tenant, events);
    }
    let frozen = tenant.denies_all();
    Ok(Json(HistoryResponse {
        subject,
        events,
        frozen,
    }))
}

fn event(opened: prove::Opened) -> HistoryEvent {
    let logged = opened.logged;
    HistoryEvent::of(
        &logged.event,
        &logged.results,
        opened.row.idx,
        logged.display.site,
    )
}
