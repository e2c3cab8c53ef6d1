//! `POST /v1/consents`, `/v1/withdrawals`, `/v1/banner/{key}/tallies`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::cookie::notice8;
use samtycke_core::event::opening::hour_of;
use samtycke_core::id::EventId;
use samtycke_core::wire::{
    Choice, ConsentRequest, RecordResponse, TallyRequest, UseRequest, UseResponse,
    WithdrawalRequest,
};

use crate::agent::Device;
use crate::banner::consent_cookie::{self, CHOICE, CookieUpdate};
use crate::banner::{self, Banners, BrowserConsent};
use crate::clock::Environment;
use crate::consent::Consents;
use crate::consent::{self, Recorded};
use crate::http::access::{Allowed, Servers, ServersAndDpo, SubjectBody};
use crate::http::answer::Answer;
use crate::http::body::BodyRules;
use crate::http::endpoint::{Admission, Entrance, Routes, endpoints};
use crate::http::extract::{Body, PageKey, PlainBody, Segment};
use crate::metrics::RouteClass;
use crate::prompt::not_shown_there;
use crate::tenant::Tenants;

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The routes, and how requests to them are admitted.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Consents>: FromRef<S>,
    Arc<Banners>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    Environment: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::for_pages(RouteClass::Record));
    let routes = endpoints!(routes, record);
    // Not for pages: what a consent is spent on happens at the tenant's own servers.
    let routes = routes.group(Admission::of(RouteClass::Record));
    let routes = endpoints!(routes, spend);
    let tallies = Admission::for_pages(RouteClass::Record).through(Entrance::Keyless);
    let routes = endpoints!(routes.group(tallies), tally);
    // Withdrawals are never shed because of other traffic: a way in of their own, and a queue of their own behind it.
    let withdrawals = Admission::for_pages(RouteClass::Withdraw).through(Entrance::Withdrawals);
    endpoints!(routes.group(withdrawals), withdraw)
}

/// Records what a person said
///
/// `event_id` is the idempotency identity, for ever: the same body again gets the same answer, another body a 422. A
/// permissive decision needs `based_on`, the last `seq` that was seen; where a newer no stands, it is stored and
/// answered as `superseded`: ask again.
#[utoipa::path(
    post, path = "/v1/consents", operation_id = "record_consent", tag = "Record",
    request_body(content = ConsentRequest, example = json!({
        "event_id": "0197e7c2-7c1a-7abc-8abc-0123456789ab", "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A",
        "notice": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "language": "sv", "method": "button", "based_on": 0,
        "decisions": [
            {"purpose": "ommej.appkonto", "decision": "given"},
            {"purpose": "ommej.appsvar", "decision": "given", "explicit": true}
        ],
        "occurred_at": "2026-11-21T12:00:00.000Z", "signals": {"gpc": false}, "ui_hash": null
    })),
    params(("Samtycke-Choice" = Option<String>, Header, description = CHOICE, example = "7; path=/shop/; domain=example.com")),
    responses(
        (status = 200, description = "A refusal from a page about a subject that the log does not know: in force, and kept beside the log for 31 days.",
            body = RecordResponse, headers(("Idempotent-Replayed" = String))),
        (status = 201, description = "Recorded: durable, and in force at every server.", body = RecordResponse,
            headers(("Idempotent-Replayed" = String)), example = json!({
            "event_id": "0197e7c2-7c1a-7abc-8abc-0123456789ab", "seq": 1, "index": 73894,
            "position": "AAAAAQAAAAAAASCmXo0vJ3yT5nKq7dWe",
            "leaf_hash": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "received_at": "2026-11-21T12:00:00.412Z",
            "decisions": [
                {"purpose": "ommej.appkonto", "state": "given", "outcome": "effective"},
                {"purpose": "ommej.appsvar", "state": "given", "outcome": "effective"}
            ]
        })),
        (status = 410, description = "The subject has been erased."),
        (status = 429, description = "Too many requests, or the site has reached its quota of grants about subjects that browsers have made themselves. No refusal gets this for the latter."),
    ),
)]
pub async fn record(
    State(consents): State<Arc<Consents>>,
    State(banners): State<Arc<Banners>>,
    headers: HeaderMap,
    body: SubjectBody<ConsentRequest, Servers>,
) -> Answer<Response> {
    let caller = body.caller;
    let device = device(&consents, &headers);
    let subject = body.shaped.subject.clone();
    let recorded = consent::record(&consents, &caller, body.shaped, &body.value, device).await?;
    let token = banner::cookie_after_write(&banners, &caller, &subject).await;
    let mut response = answer(recorded, token.as_ref());
    let said = match token.as_ref().and_then(|token| token.cookie.as_deref()) {
        Some(cookie) => CookieUpdate::Given(cookie),
        None => CookieUpdate::Nothing,
    };
    consent_cookie::set(&banners, &caller, &headers, &said, response.headers_mut());
    Ok(response)
}

/// Records a no: withdrawn, refused or objected
///
/// Unconditional, and never turned away because of what others send: a tenant's server or officer is counted by its own
/// key alone, and a browser's subject only once the capability has proven whose it is. When it is answered, no server answers a check from an
/// older yes; the receipt says when that holds everywhere else.
#[utoipa::path(
    post, path = "/v1/withdrawals", operation_id = "record_withdrawal", tag = "Record",
    request_body(content = WithdrawalRequest, example = json!({
        "event_id": "0197e7c9-02d4-7c11-9f3e-6789abcdef01", "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A",
        "decisions": [{"purpose": "ommej.appsvar", "decision": "withdrawn"}]
    })),
    params(("Samtycke-Choice" = Option<String>, Header, description = CHOICE, example = "7; path=/shop/; domain=example.com")),
    responses(
        (status = 200, description = "In force, and nowhere in the log: the subject has been erased already, or a page refused about a subject that the log does not know. The latter is kept beside the log for 31 days.",
            body = RecordResponse, headers(("Idempotent-Replayed" = String))),
        (status = 201, description = "In force at every server.", body = RecordResponse,
            headers(("Idempotent-Replayed" = String)), example = json!({
            "event_id": "0197e7c9-02d4-7c11-9f3e-6789abcdef01", "seq": 2, "index": 73901,
            "position": "AAAAAQAAAAAAASCt4mXz8WvR0bNq2cTe",
            "leaf_hash": "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "received_at": "2026-11-21T12:07:00.118Z",
            "decisions": [{"purpose": "ommej.appsvar", "state": "withdrawn", "outcome": "effective"}],
            "receipt": {
                "position": "AAAAAQAAAAAAASCt4mXz8WvR0bNq2cTe",
                "committed_at": "2026-11-21T12:07:00.118Z",
                "in_force_everywhere_by": "2026-11-21T12:07:05.118Z"
            }
        })),
    ),
)]
pub async fn withdraw(
    State(consents): State<Arc<Consents>>,
    State(banners): State<Arc<Banners>>,
    headers: HeaderMap,
    body: SubjectBody<WithdrawalRequest, ServersAndDpo>,
) -> Answer<Response> {
    let caller = body.caller;
    let device = device(&consents, &headers);
    let subject = body.shaped.subject.clone();
    let seen = body.shaped.notice.clone();
    let recorded = consent::withdraw(&consents, &caller, body.shaped, &body.value, device).await?;
    let token = banner::cookie_after_write(&banners, &caller, &subject).await;
    let mut response = answer(recorded, token.as_ref());
    let said = match &token {
        None => CookieUpdate::Nothing,
        Some(token) => match &token.cookie {
            Some(cookie) => CookieUpdate::Given(cookie),
            // A page that was loaded before the notice changed was answered by somebody who saw the old one.
            None => CookieUpdate::Refused(seen.as_ref().map_or(&token.notice8, notice8)),
        },
    };
    consent_cookie::set(&banners, &caller, &headers, &said, response.headers_mut());
    Ok(response)
}

/// Spends a single-use consent
///
/// Passes if a check for forwarding allows at that moment and rests on the consent that the event gave; then the consent
/// is spent, in the same transaction, so that of two uses at once one passes. Otherwise the answer is the check's no, and
/// nothing has changed. `POST /v1/check` with `explain` names the event.
#[utoipa::path(
    post, path = "/v1/consents/{event}/use", operation_id = "use_consent", tag = "Record",
    params(("event" = EventId, Path, description = "The event that gave the consent.")),
    request_body(content = UseRequest, example = json!({
        "event_id": "0197e7cb-1d20-7d0f-8f4a-0123456789cd", "subject": "s_JxKq3mYlTn2v0cWb8ZpR4A",
        "purpose": "loomer.vidareformedling-kontaktuppgifter", "scope": {"recipient": "bygg-7"}
    })),
    responses(
        (status = 200, description = "Not used, and why: do not do it.", body = UseResponse, example = json!({
            "used": false, "allow": false, "may_ask": true, "reason": "CONSENT_USED", "basis": "consent",
            "state": "given", "seq": 2, "valid_until": null, "rely_ms": 60000, "obligations": [],
            "position": "AAAAAQAAAAAAASCt4mXz8WvR0bNq2cTe"
        })),
        (status = 201, description = "Used: do it, once.", body = UseResponse, headers(("Idempotent-Replayed" = String)),
            example = json!({
            "used": true, "allow": true, "may_ask": false, "reason": "CONSENT_VALID", "basis": "consent",
            "state": "given", "seq": 2, "valid_until": null, "rely_ms": 0, "obligations": [],
            "position": "AAAAAQAAAAAAASCt4mXz8WvR0bNq2cTe", "event_id": "0197e7cb-1d20-7d0f-8f4a-0123456789cd",
            "index": 73901, "leaf_hash": "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "received_at": "2026-11-21T12:07:00.118Z"
        })),
    ),
)]
pub async fn spend(
    State(consents): State<Arc<Consents>>,
    Allowed { caller, .. }: Allowed<Servers>,
    Segment(event): Segment<EventId>,
    body: Body<UseRequest>,
) -> Answer<Response> {
    let spent = consent::spend(&consents, &caller, &event, body.shaped, &body.value).await?;
    let status = created_if(spent.answer.used);
    Ok(sent(status, spent.answer, spent.replayed))
}

/// Counts a choice without any subject
///
/// Whoever refuses leaves no trace but a number per notice and hour. The key stands in the path and the body may be
/// called plain text, so that a page of another origin needs no preflight.
#[utoipa::path(
    post, path = "/v1/banner/{key}/tallies", operation_id = "count_choice", tag = "Banner", security(),
    request_body(content(
        (TallyRequest = "application/json", example = json!({
            "notice": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "choice": "refused"
        })),
        (TallyRequest = "text/plain"),
    )),
    params(
        ("key" = String, Path, description = "A publishable key of the site.", example = "pk_4f1c0b2a9d3e_.."),
        ("Samtycke-Choice" = Option<String>, Header, description = CHOICE, example = "7; path=/shop/; domain=example.com"),
    ),
    responses(
        (status = 204, description = "Counted."),
        (status = 403, description = "The page is of none of the site's origins."),
        (status = 404, description = "The key is no publishable key of a live site."),
    ),
)]
pub async fn tally(
    State(consents): State<Arc<Consents>>,
    State(banners): State<Arc<Banners>>,
    PageKey(caller): PageKey,
    headers: HeaderMap,
    PlainBody(request): PlainBody<TallyRequest>,
) -> Answer<Response> {
    let tenant = &caller.tenant;
    tenant.ensure_writable()?;
    let site = caller.key.site.as_ref();
    let site = site
        .filter(|site| tenant.has_shown(&request.notice, site))
        .ok_or_else(not_shown_there)?;
    let hour = hour_of(consents.environment.clock.now());
    consents
        .tallies
        .add(
            &tenant.log,
            hour,
            site.as_str(),
            request.notice.as_str(),
            request.choice.as_str(),
        )
        .await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    let said = match request.choice {
        Choice::Refused => CookieUpdate::Refused(notice8(&request.notice)),
        Choice::Deferred | Choice::Signal => CookieUpdate::Nothing,
    };
    consent_cookie::set(&banners, &caller, &headers, &said, response.headers_mut());
    Ok(response)
}

/// The user agent is parsed here and goes no further; the address never gets this far.
pub(crate) fn device(consents: &Consents, headers: &HeaderMap) -> Option<Device> {
    let user_agent = headers.get(header::USER_AGENT)?.to_str().ok()?;
    Some(consents.agents.device(user_agent))
}

fn answer(mut recorded: Recorded, token: Option<&BrowserConsent>) -> Response {
    recorded.answer.cookie = token.and_then(|token| token.cookie.clone());
    let status = created_if(recorded.in_log);
    sent(status, recorded.answer, recorded.replayed)
}

fn created_if(in_log: bool) -> StatusCode {
    if in_log {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    }
}

fn sent(status: StatusCode, body: impl serde::Serialize, replayed: bool) -> Response {
    let mut response = (status, Json(body)).into_response();
    if replayed {
        mark_replayed(&mut response);
    }
    response
}

/// Says that the response repeats the first one.
pub(crate) fn mark_replayed(response: &mut Response) {
    let marked = HeaderValue::from_static("true");
    response.headers_mut().insert(REPLAYED, marked);
}
