//! `POST /v1/check` and `/v1/check/batch`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use samtycke_core::wire::{BatchAnswer, BatchRequest, CheckAnswer, CheckRequest};

use super::answer::Answer;
use super::extract::{Auth, Body};
use crate::app::App;
use crate::check;

/// May this be done, for this purpose, with this person's data, now?
///
/// A question about the past, with `as_of` or `known_at`, takes a service or dpo key.
/// 200 for every verdict, yes or no; a problem denies too. An unknown field or `op` is a 422: nothing is ignored.
#[utoipa::path(
    post, path = "/v1/check", operation_id = "check", tag = "Check",
    security(("key" = ["service"]), ("key" = ["dpo"]), ("key" = ["publishable"], "capability" = [])),
    request_body(content = CheckRequest, example = json!({
        "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "ommej.appsvar", "op": "store"
    })),
    responses((status = 200, description = "The verdict, yes or no.", body = CheckAnswer, example = json!({
        "allow": true, "may_ask": false, "reason": "CONSENT_VALID", "basis": "consent", "state": "given", "seq": 1,
        "valid_until": null, "rely_ms": 0, "obligations": [], "position": "AAAAAQAAAAAAASCmXo0vJ3yT5nKq7dWe"
    }))),
)]
pub async fn check(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    body: Body<CheckRequest>,
) -> Answer<Json<CheckAnswer>> {
    Ok(Json(check::check(&app, &caller, &body.shaped).await?))
}

/// Up to 100 questions, answered in order
///
/// Each is judged by itself. A question that cannot be read makes a problem of the whole request. Questions about the past
/// are answered from one reading of the log.
#[utoipa::path(
    post, path = "/v1/check/batch", operation_id = "check_batch", tag = "Check",
    security(("key" = ["service"]), ("key" = ["dpo"]), ("key" = ["publishable"], "capability" = [])),
    request_body(content = BatchRequest, example = json!({"checks": [
        {"subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "ommej.appsvar", "op": "read"},
        {"subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "ommej.appkonto"}
    ]})),
    responses((status = 200, description = "One verdict for each question.", body = BatchAnswer)),
)]
pub async fn batch(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    body: Body<BatchRequest>,
) -> Answer<Json<BatchAnswer>> {
    let verdicts = check::batch(&app, &caller, &body.shaped.checks).await?;
    Ok(Json(BatchAnswer { verdicts }))
}
