//! `POST /v1/consents`, `/v1/withdrawals`, `/v1/tallies`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::wire::{ConsentRequest, TallyRequest, WithdrawalRequest};

use super::answer::Answer;
use super::extract::{Auth, Body};
use crate::agent::Device;
use crate::app::App;
use crate::consent::{self, Recorded};
use crate::log::body::Ctx;
use crate::tenant::Role;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Records a consent.
pub async fn record(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    headers: HeaderMap,
    body: Body<ConsentRequest>,
) -> Answer<Response> {
    let device = device(&app, &headers);
    let recorded = consent::record(&app, &caller, body.shaped, &body.value, device).await?;
    Ok(answer(recorded))
}

/// Records a withdrawal, refusal or objection.
pub async fn withdraw(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    headers: HeaderMap,
    body: Body<WithdrawalRequest>,
) -> Answer<Response> {
    app.limits
        .withdraw_subject(caller.tenant.log.as_str(), body.shaped.subject.as_str())
        .await?;
    let device = device(&app, &headers);
    let recorded = consent::withdraw(&app, &caller, body.shaped, &body.value, device).await?;
    Ok(answer(recorded))
}

/// Counts a choice without any subject.
pub async fn tally(
    State(app): State<Arc<App>>,
    Auth(caller): Auth,
    body: Body<TallyRequest>,
) -> Answer<StatusCode> {
    caller.must_be(&[Role::Publishable])?;
    let tenant = caller.current(&app).await?;
    let request = body.shaped;
    let site = caller.key.site.as_ref().filter(|site| {
        tenant
            .publications
            .iter()
            .any(|p| p.hash == request.notice && p.site.as_ref() == Some(site))
    });
    let site = site.ok_or_else(|| {
        Problem::new(ProblemKind::NoticeUnknown).field(
            "/notice",
            "must be the hash of a notice published for the key's site",
        )
    })?;
    let hour = Ctx::hour_of(app.nature.clock.now());
    app.store
        .add_tally(
            &tenant.log,
            hour,
            site.as_str(),
            request.notice.as_str(),
            request.choice.as_str(),
        )
        .await
        .map_err(|error| app.failed(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// The user agent is parsed here and goes no further; the address never gets this far.
fn device(app: &App, headers: &HeaderMap) -> Option<Device> {
    let user_agent = headers.get(header::USER_AGENT)?.to_str().ok()?;
    Some(app.agents.device(user_agent))
}

fn answer(recorded: Recorded) -> Response {
    let status = if recorded.in_log {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let mut response = (status, Json(recorded.answer)).into_response();
    if recorded.replayed {
        response
            .headers_mut()
            .insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}
