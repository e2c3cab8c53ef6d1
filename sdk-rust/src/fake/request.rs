//! The requests to the fake server, by route and without keys.

use std::time::Duration;

use samtycke_core::id::{EventId, SiteId, SubjectId};
use serde_json::Value;

use crate::upstream::Outgoing;

/// The route of a request. Example: see [`Request`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Route {
    /// `POST /v1/check`.
    Check,
    /// `POST /v1/check/batch`.
    CheckBatch,
    /// `POST /v1/consents`.
    Consents,
    /// `POST /v1/withdrawals`.
    Withdrawals,
    /// `POST /v1/events`.
    Events,
    /// `POST /v1/consents/{event}/use`.
    Use,
    /// `POST /v1/subjects`.
    Subjects,
    /// `GET /v1/subjects/{subject}/decisions`.
    Decisions,
    /// `GET /v1/subjects/{subject}/history`.
    History,
    /// `GET /v1/objections`.
    Objections,
    /// `GET /v1/register`.
    Register,
    /// `GET /v1/sites/{site}/notice`.
    Notice,
    /// `GET /v1/events/{event}/proof`.
    Proof,
    /// A route that the fake server does not have.
    Other,
}

/// A request that was sent, whether or not it arrived. It holds neither keys nor subjects.
///
/// ```
/// # use samtycke::fake::{FakeConsent, Route};
/// # use samtycke::{fake::example::Newsletter, op::Process};
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # runtime.block_on(async {
/// let fake = FakeConsent::example()?;
/// let _ = fake.client().require::<Newsletter, Process>(&fake.subject("anna")).await;
/// let requests = fake.requests();
/// assert_eq!((requests.len(), requests[0].route), (1, Route::Check));
/// # Ok::<(), samtycke::fake::RegisterErrors>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The route.
    pub route: Route,
    /// The event's id, if the request records one; the same for every attempt.
    pub event_id: Option<EventId>,
    /// When it was sent, by the fake server's clock, in Unix milliseconds.
    pub at_ms: i64,
    /// Its deadline.
    pub deadline: Duration,
}

/// A request's path, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Check,
    CheckBatch,
    Consents,
    Withdrawals,
    Events,
    Use(EventId),
    Subjects,
    Decisions(SubjectId),
    History(SubjectId),
    /// From this objection of the list on.
    Objections(usize),
    Register,
    Notice(SiteId),
    Proof,
    Nowhere,
}

impl Place {
    pub(super) fn of(request: &Outgoing) -> Self {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let path = path.trim_start_matches("/v1/");
        let parts: Vec<&str> = path.split('/').collect();
        let is_get = request.method == reqwest::Method::GET;
        let known = match (is_get, parts.as_slice()) {
            (false, ["check"]) => Some(Self::Check),
            (false, ["check", "batch"]) => Some(Self::CheckBatch),
            (false, ["consents"]) => Some(Self::Consents),
            (false, ["withdrawals"]) => Some(Self::Withdrawals),
            (false, ["events"]) => Some(Self::Events),
            (false, ["consents", event, "use"]) => event.parse().ok().map(Self::Use),
            (false, ["subjects"]) => Some(Self::Subjects),
            (true, ["subjects", subject, "decisions"]) => subject.parse().ok().map(Self::Decisions),
            (true, ["subjects", subject, "history"]) => subject.parse().ok().map(Self::History),
            (true, ["objections"]) => objections_after(query).map(Self::Objections),
            (true, ["register"]) => Some(Self::Register),
            (true, ["sites", site, "notice"]) => site.parse().ok().map(Self::Notice),
            (true, ["events", _, "proof"]) => Some(Self::Proof),
            _ => None,
        };
        known.unwrap_or(Self::Nowhere)
    }

    pub(super) fn route(&self) -> Route {
        match self {
            Self::Check => Route::Check,
            Self::CheckBatch => Route::CheckBatch,
            Self::Consents => Route::Consents,
            Self::Withdrawals => Route::Withdrawals,
            Self::Events => Route::Events,
            Self::Use(_) => Route::Use,
            Self::Subjects => Route::Subjects,
            Self::Decisions(_) => Route::Decisions,
            Self::History(_) => Route::History,
            Self::Objections(_) => Route::Objections,
            Self::Register => Route::Register,
            Self::Notice(_) => Route::Notice,
            Self::Proof => Route::Proof,
            Self::Nowhere => Route::Other,
        }
    }
}

/// How many objections the pages before had: `next` of the fake server is that number.
fn objections_after(query: &str) -> Option<usize> {
    let mut parameters = query.split('&');
    let after = parameters.find_map(|parameter| parameter.strip_prefix("after="));
    after.map_or(Some(0), |after| after.parse().ok())
}

impl Request {
    pub(super) fn of(request: &Outgoing, route: Route, at_ms: i64) -> Self {
        let body = request.body.as_deref().unwrap_or_default();
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let event_id = body.get("event_id").and_then(Value::as_str);
        Self {
            method: if request.method == reqwest::Method::GET {
                "GET"
            } else {
                "POST"
            },
            route,
            event_id: event_id.and_then(|id| id.parse().ok()),
            at_ms,
            deadline: request.deadline,
        }
    }
}
