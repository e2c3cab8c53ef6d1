//! `GET /v1/objections`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use samtycke_core::wire::{ObjectionFilter, ObjectionsResponse};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Objections;
use crate::http::access::{Allowed, ServersAndDpo};
use crate::http::answer::Answer;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::{Parameters, whole_if_there};
use crate::metrics::RouteClass;
use crate::tenant::Tenants;

/// Query of `GET /v1/objections`.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ObjectionsQuery {
    /// Which objections; absent: `open`.
    #[serde(default)]
    #[param(inline)]
    pub state: ObjectionFilter,
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Objections of the page, 1 to 1000; absent: 100.
    #[serde(default, deserialize_with = "whole_if_there")]
    pub limit: Option<u32>,
}

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Objections>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    endpoints!(
        Routes::new(Admission::of(RouteClass::Admin)),
        list_objections
    )
}

/// Lists objections that wait for a decision
///
/// Until `objection.upheld` or `objection.rejected` is recorded, the processing rests and the person waits. They must be
/// told within one month (GDPR Art. 12(3)), counted by Regulation 1182/71. An objection to direct marketing is not in the
/// list: there is nothing to decide (Art. 21(3)).
#[utoipa::path(
    get, path = "/v1/objections", operation_id = "objections", tag = "Subjects",
    params(ObjectionsQuery),
    responses((status = 200, description = "A page, the one that is due first first.", body = ObjectionsResponse, example = json!({
        "objections": [{
            "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "bjorn-lunden.demo",
            "received_at": "2027-01-29T10:00:00.000Z", "due_on": "2027-03-01", "overdue": false
        }]
    }))),
)]
pub async fn list_objections(
    State(objections): State<Arc<Objections>>,
    Allowed { caller, .. }: Allowed<ServersAndDpo>,
    Parameters(query): Parameters<ObjectionsQuery>,
) -> Answer<Json<ObjectionsResponse>> {
    let tenant = caller.current(&objections.tenants).await?;
    let ObjectionsQuery {
        state: ObjectionFilter::Open,
        after,
        limit,
    } = query;
    let page = super::page(&objections, &tenant, after.as_deref(), limit);
    Ok(Json(page.await?))
}
