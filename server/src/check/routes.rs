//! `POST /v1/check` and `/v1/check/batch`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use samtycke_core::wire::{BatchRequest, BatchResponse, CheckRequest, CheckResponse};

use crate::check;
use crate::check::Checks;
use crate::clock::Environment;
use crate::http::access::{ServersAndDpo, SubjectBody};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::endpoint::{Admission, Routes, endpoints};

use crate::metrics::RouteClass;
use crate::tenant::Tenants;

/// The routes, and how requests to them are admitted.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Checks>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    Environment: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::for_pages(RouteClass::Check));
    endpoints!(routes, check, batch)
}

/// May this be done, for this purpose, with this person's data, now?
///
/// A question about the past, with `as_of` or `known_at`, takes a service or dpo key.
/// 200 for every verdict, yes or no; a problem denies too. An unknown field or `op` is a 422: nothing is ignored.
#[utoipa::path(
    post, path = "/v1/check", operation_id = "check", tag = "Check",
    request_body(content = CheckRequest, example = json!({
        "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "ommej.appsvar", "op": "store"
    })),
    responses((status = 200, description = "The verdict, yes or no.", body = CheckResponse, example = json!({
        "allow": true, "may_ask": false, "reason": "CONSENT_VALID", "basis": "consent", "state": "given", "seq": 1,
        "valid_until": null, "rely_ms": 0, "obligations": [], "position": "AAAAAQAAAAAAASCmXo0vJ3yT5nKq7dWe"
    }))),
)]
pub async fn check(
    State(checks): State<Arc<Checks>>,
    body: SubjectBody<CheckRequest, ServersAndDpo>,
) -> Answer<Json<CheckResponse>> {
    let mut question = body.shaped;
    question.signals = body.caller.with_source(question.signals);
    Ok(Json(check::check(&checks, &body.caller, &question).await?))
}

/// Up to 100 questions, answered in order
///
/// Each is judged by itself. A question that cannot be read makes a problem of the whole request. Questions about the past
/// are answered from one reading of the log.
#[utoipa::path(
    post, path = "/v1/check/batch", operation_id = "check_batch", tag = "Check",
    request_body(content = BatchRequest, example = json!({"checks": [
        {"subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "ommej.appsvar", "op": "read"},
        {"subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "ommej.appkonto"}
    ]})),
    responses((status = 200, description = "One verdict for each question.", body = BatchResponse)),
)]
pub async fn batch(
    State(checks): State<Arc<Checks>>,
    body: SubjectBody<BatchRequest, ServersAndDpo>,
) -> Answer<Json<BatchResponse>> {
    let mut questions = body.shaped.checks;
    for question in &mut questions {
        question.signals = body.caller.with_source(question.signals);
    }
    let verdicts = check::batch(&checks, &body.caller, &questions).await?;
    Ok(Json(BatchResponse { verdicts }))
}
