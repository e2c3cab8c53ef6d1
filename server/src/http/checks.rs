//! `POST /v1/check` and `/v1/check/batch`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use samtycke_core::wire::{BatchAnswer, BatchRequest, CheckAnswer, CheckRequest};

use super::answer::Answer;
use super::extract::{Auth, Body};
use crate::app::App;
use crate::check;

/// Answers one question; 200 for every verdict, allow or deny.
pub async fn check(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    body: Body<CheckRequest>,
) -> Answer<Json<CheckAnswer>> {
    Ok(Json(check::check(&app, &caller, &body.shaped).await?))
}

/// Answers many, in order.
pub async fn batch(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    body: Body<BatchRequest<CheckRequest>>,
) -> Answer<Json<BatchAnswer<CheckAnswer>>> {
    let verdicts = check::batch(&app, &caller, &body.shaped.checks).await?;
    Ok(Json(BatchAnswer { verdicts }))
}
