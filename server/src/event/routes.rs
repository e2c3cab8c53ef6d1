//! `POST /v1/events`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use samtycke_core::wire::{EventRequest, EventRequestSchema, EventResponse};

use crate::clock::Environment;
use crate::consent::Consents;
use crate::consent::routes::mark_replayed;
use crate::event;
use crate::http::access::{ServersAndDpo, SubjectBody};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::metrics::RouteClass;
use crate::tenant::Tenants;

/// The routes, and how requests to them are admitted.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Consents>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    Environment: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Record));
    endpoints!(routes, record_event)
}

/// Records an event of any other kind
///
/// The kind decides which key may send it: a service key for what the tenant's systems know (notices, contracts, ages,
/// guardians, devices), a dpo key for what its data protection officer decides (objections' outcomes, restrictions,
/// invalid consents, corrections). The same body again gets the same answer, for ever. A restrictive event takes effect
/// unconditionally and is answered with a receipt; a permissive one only if its sender had seen every restriction.
#[utoipa::path(
    post, path = "/v1/events", operation_id = "record_event", tag = "Record",
    request_body(content = EventRequestSchema, content_type = "application/json", example = json!({
        "event_id": "0197e7c2-7c1a-7abc-8abc-0123456789ab", "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A",
        "kind": "contract.started", "data": {"contract": "c-4711", "purposes": ["bjorn-lunden.kundfiler"]}
    })),
    responses(
        (status = 200, description = "The subject has been erased already: nothing is left to restrict.", body = EventResponse),
        (status = 201, description = "Recorded, with the outcome for each purpose that the event names.", body = EventResponse,
            headers(("Idempotent-Replayed" = String)), example = json!({
            "event_id": "0197e7c2-7c1a-7abc-8abc-0123456789ab", "seq": 1, "index": 73894,
            "position": "AAAAAQAAAAAAASCmXo0vJ3yT5nKq7dWe",
            "leaf_hash": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "received_at": "2026-11-21T12:00:00.412Z", "outcome": "effective",
            "cells": [{"purpose": "bjorn-lunden.kundfiler", "outcome": "effective"}]
        })),
        (status = 409, description = "The other subject is linked already."),
        (status = 410, description = "The subject has been erased."),
    ),
)]
pub async fn record_event(
    State(consents): State<Arc<Consents>>,
    body: SubjectBody<EventRequest, ServersAndDpo>,
) -> Answer<Response> {
    let recorded = event::record(&consents, &body.caller, body.shaped, &body.value).await?;
    let status = if recorded.in_log {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let mut response = (status, Json(recorded.answer)).into_response();
    if recorded.replayed {
        mark_replayed(&mut response);
    }
    Ok(response)
}
