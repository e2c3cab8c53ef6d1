//! Routes for operators and visitors: the page at `/`, health, metrics.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::problem::ProblemKind;
use samtycke_log::publish::witnesses::Witnesses;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::declaration;
use crate::docs;
use crate::home::state::Home;
use crate::home::{self, Lang};
use crate::http::answer::Answer;
use crate::http::endpoint::{Admission, Entrance, Routes, endpoints};
use crate::http::extract::{Parameters, Segment};
use crate::link;
use crate::metrics::RouteClass;
use crate::page;

/// The query parameter `?lang=`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Language {
    lang: Option<String>,
}

/// Readiness of the server.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own in the answer"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Readiness {
    /// Whether the server can serve somebody: the database answers, and some log is not frozen.
    pub ready: bool,
    /// `sqlite` or `postgres`.
    #[schema(example = "sqlite")]
    pub engine: &'static str,
    /// Whether the database can be written. If not, checks go on, and every write answers 503.
    pub writable: bool,
    /// Number of frozen logs: their checks deny, and their writes answer 503. The others are not affected.
    pub frozen_logs: usize,
    /// Logs that the log anchor holds and the database does not know: it is a copy from before they were opened.
    pub unknown_logs: usize,
    /// Logs whose checks all deny until two operators have accepted what their succession lost.
    pub unaccepted_losses: usize,
    /// Number of logs whose last publication failed, as when the disk of the log anchor is full: their proofs wait.
    pub unpublished_logs: usize,
    /// Number of logs whose newest checkpoint has no quorum of witnesses: their proofs have level 0 until the missing
    /// witnesses have cosigned. 0 where no witnesses are set.
    pub quorum_short_logs: usize,
    /// Number of logs that a witness disputes without evidence: it says that it has cosigned a larger or another tree.
    pub disputed_logs: usize,
    /// Number of API keys that end by themselves within 14 days and were made for longer, as counted every ten minutes. The
    /// server's log names them once a day.
    pub keys_ending: usize,
    /// Whether every check denies until the logs are compared with their anchor, because PostgreSQL has failed over.
    pub timeline_unverified: bool,
    /// Whether the log anchor is on the database's device, so that a device failure would destroy both.
    pub anchor_same_device: bool,
    /// Whether a request had `X-Forwarded-For` while no proxy is trusted: if a proxy stands in front, all its clients are
    /// counted as one. Set `trusted_proxies`.
    pub forwarded_ignored: bool,
}

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Home>: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Public));
    let routes = endpoints!(routes, home, asset);
    let open = Admission::of(RouteClass::Operate).through(Entrance::Open);
    endpoints!(routes.group(open), healthz, readyz, metrics)
}

/// Shows every controller's register and log as a page
#[utoipa::path(
    get, path = "/", operation_id = "home", tag = "Operation", security(),
    params(("lang" = Option<String>, Query, description = "`sv` or `en`; absent: the browser's preference.")),
    responses((status = 200, description = "The page.", body = String, content_type = "text/html")),
)]
pub async fn home(
    State(state): State<Arc<Home>>,
    Parameters(language): Parameters<Language>,
    headers: HeaderMap,
) -> Answer<Response> {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok());
    let lang = Lang::choose(language.lang.as_deref(), accepted);
    let view = super::state::view(&state, lang).await?;
    let html = home::render(&view);
    let mut response = page::response(html, HeaderValue::from_static("no-store"));
    let vary = HeaderValue::from_static("Accept-Language");
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}

/// Serves a page's style sheet, named after its content
#[utoipa::path(
    get, path = "/assets/{file}", operation_id = "asset", tag = "Operation", security(),
    params(("file" = String, Path, description = "File name, as in the page's link.")),
    responses((status = 200, description = "The file, which never changes.", body = String, content_type = "text/css")),
)]
pub async fn asset(Segment(file): Segment<String>) -> Answer<Response> {
    let path = format!("/assets/{file}");
    let sheets = [
        &home::STYLE,
        &docs::STYLE,
        &declaration::STYLE,
        &link::STYLE,
    ];
    let sheet = sheets.into_iter().find(|sheet| sheet.path() == path);
    let css = sheet.ok_or(ProblemKind::NotFound)?.css();
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, css).into_response())
}

/// Reports that the process runs
#[utoipa::path(
    get, path = "/healthz", operation_id = "healthz", tag = "Operation", security(),
    responses((status = 200, description = "The process runs.", body = String)),
)]
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Reports whether the server can serve somebody
///
/// A frozen log of one tenant does not make it unready, because the others' checks go on; it is in `frozen_logs`.
#[utoipa::path(
    get, path = "/readyz", operation_id = "readyz", tag = "Operation", security(),
    responses(
        (status = 200, description = "The server serves; the body says what does not work.", body = Readiness),
        (status = 503, description = "The server can serve nobody; the body says why.", body = Readiness),
    ),
)]
pub async fn readyz(State(state): State<Arc<Home>>) -> Response {
    let logs = state.tenants.all();
    let frozen = logs.iter().filter(|t| t.runtime.is_frozen_itself());
    let frozen_logs = frozen.count();
    let all_are_frozen = frozen_logs > 0 && frozen_logs == logs.len();
    let timeline_unverified = state.is_timeline_unverified();
    let witnesses = state.publisher.witnesses();
    let answers = state.store.ping().await.is_ok();
    let ready = answers && !all_are_frozen && !timeline_unverified;
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let readiness = Readiness {
        ready,
        engine: state.store.engine(),
        writable: answers && state.appender.is_writing().await,
        frozen_logs,
        unknown_logs: state.unknown_logs,
        unaccepted_losses: logs.iter().filter(|t| t.unaccepted_loss.is_some()).count(),
        unpublished_logs: state.publisher.failing_count(),
        quorum_short_logs: witnesses.map_or(0, Witnesses::short_count),
        disputed_logs: witnesses.map_or(0, Witnesses::disputed_count),
        keys_ending: state.key_watch.ending(),
        timeline_unverified,
        anchor_same_device: state.anchor_same_device(),
        forwarded_ignored: state.limits.has_ignored_proxy(),
    };
    (status, Json(readiness)).into_response()
}

/// Serves metrics for Prometheus
///
/// They contain no data about any tenant or person.
#[utoipa::path(
    get, path = "/metrics", operation_id = "metrics", tag = "Operation", security(),
    responses((status = 200, description = "Prometheus text format 0.0.4.", body = String)),
)]
pub async fn metrics(State(state): State<Arc<Home>>) -> Response {
    state.note_gauges();
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        state.metrics.render(),
    )
        .into_response()
}
