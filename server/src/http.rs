//! Every route and every layer on one page. Handlers parse, call a use case, and answer; no decisions are made here.

pub mod admin;
pub mod answer;
pub mod arrival;
pub mod banner;
pub mod body;
pub mod checks;
pub mod common;
pub mod consents;
pub mod cors;
pub mod declarations;
pub mod docs;
pub mod extract;
mod first_party;
mod held;
pub mod logs;
pub mod middleware;
pub mod notices;
pub mod openapi;
pub mod pages;
pub mod registers;
pub mod sdk;
pub mod serve;
pub mod strict;
pub mod subjects;

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::routing::{delete, get, post, put};

use self::arrival::{Arrival, ArrivalLimits};
use self::common::{Common, InFlight};
use self::extract::{CrossOrigin, rules};
use self::middleware::MiddlewareLayer;
use crate::app::App;
use crate::limit::LimitClass;
use crate::metrics::RouteClass;

/// How requests of a kind come in: how their bodies arrive, and how many are in work at once.
#[derive(Debug, Clone)]
struct Way {
    arrival: Arrival,
    in_flight: InFlight,
}

/// The whole service.
pub fn router(app: &Arc<App>) -> Router {
    let limits = &app.config.limits;
    let way = |queue, in_flight_max| Way {
        arrival: Arrival::new(
            rules(app),
            ArrivalLimits {
                max: limits.bodies_coming_max,
                per_caller_max: limits.bodies_coming_per_caller_max,
            },
            queue,
            &app.metrics,
        ),
        in_flight: InFlight::new(in_flight_max, queue, &app.metrics),
    };
    // Withdrawals are never shed because of other traffic: a way in of their own, and a queue of their own behind it.
    let withdrawals = way("withdrawals", limits.withdrawals_in_flight_max);
    let ordinary = way("ordinary", limits.in_flight_max);
    let keyless = Way {
        arrival: ordinary.arrival.keyless(),
        ..ordinary.clone()
    };

    // A request is counted, then its body is read, and only then it takes a place.
    let guard = |class, way: &Way| {
        (
            app.limits.layer(class),
            MiddlewareLayer(way.arrival.clone()),
            MiddlewareLayer(way.in_flight.clone()),
        )
    };
    // What pages of other origins may call. One layer of three parts, because each layer of axum's own costs every
    // request a box and a clone of all that lies below.
    let for_pages = |router: Router<Arc<App>>, class, way| {
        router
            // Here and not only with the other middleware: a preflight is an OPTIONS request, which no route has, and what
            // is answered to those would be put outside the layer that answers preflights.
            .method_not_allowed_fallback(common::method_not_allowed)
            .layer((MiddlewareLayer(CrossOrigin(app.clone())), guard(class, way)))
    };

    let checks = Router::new()
        .route("/v1/check", post(checks::check))
        .route("/v1/check/batch", post(checks::batch))
        .route("/v1/cookie", post(banner::renew))
        .route("/v1/cookie/check", post(banner::check));
    let records = Router::new().route("/v1/consents", post(consents::record));
    let browser = Router::new()
        .route("/v1/sites/{site}/notice", get(notices::current))
        .route("/v1/notices/{hash}", get(notices::by_hash))
        .route("/v1/subjects/{subject}/decisions", get(subjects::decisions))
        .route("/v1/subjects/{subject}/history", get(subjects::history))
        .route("/v1/events/{event}/proof", get(subjects::proof));
    // Not for pages: what a consent is spent on happens at the tenant's own servers.
    let spend = Router::new()
        .route("/v1/consents/{event}/use", post(consents::spend))
        .layer(guard(LimitClass::Record, &ordinary));
    let withdraw = Router::new().route("/v1/withdrawals", post(consents::withdraw));
    let tenant = Router::new()
        .route("/v1/subjects", post(subjects::resolve))
        .route("/v1/register/publish", post(registers::publish))
        .route("/v1/notices", post(notices::add))
        .route("/v1/notices/{hash}/publish", post(notices::publish))
        .route("/v1/keys", post(admin::add_key).get(admin::keys))
        .route("/v1/keys/{key_id}", delete(admin::revoke_key))
        .route("/v1/sites", post(admin::add_site).get(admin::sites))
        .route("/v1/sites/{site}", put(admin::set_site))
        .route("/v1/sites/{site}", delete(admin::revoke_site))
        .route("/v1/tenants", post(admin::add_tenant).get(admin::tenants))
        .layer(guard(LimitClass::Admin, &ordinary));
    // Its body may be larger than any other, and is read once the key has shown an editor's or publisher's role.
    let register = Router::new()
        .route("/v1/register", put(registers::draft).get(registers::live))
        .layer((
            app.limits.layer(LimitClass::Admin),
            MiddlewareLayer(ordinary.in_flight.clone()),
        ));
    let public = Router::new()
        .route("/v1/banner/{key}", get(banner::document))
        .route("/v1/logs/{log}/checkpoint", get(logs::checkpoint))
        .route("/v1/logs/{log}/tile/{*path}", get(logs::tile))
        .route("/v1/logs/{log}/consistency", get(logs::consistency))
        .route("/", get(pages::home))
        .route("/assets/{file}", get(pages::asset))
        .route("/sdk/{file}", get(sdk::file))
        .route("/declaration/{key}", get(declarations::page))
        .route("/.well-known/gpc.json", get(sdk::gpc))
        .route("/openapi.json", get(docs::openapi))
        .route("/docs", get(docs::page))
        .layer(guard(LimitClass::Public, &ordinary));
    let tallies = Router::new().route("/v1/banner/{key}/tallies", post(consents::tally));
    let operate = Router::new()
        .route("/healthz", get(pages::healthz))
        .route("/readyz", get(pages::readyz))
        .route("/metrics", get(pages::metrics));

    let routes = for_pages(checks, LimitClass::Check, &ordinary)
        .merge(for_pages(records, LimitClass::Record, &ordinary))
        .merge(for_pages(tallies, LimitClass::Tally, &keyless))
        .merge(for_pages(browser, LimitClass::Admin, &ordinary))
        .merge(for_pages(withdraw, LimitClass::Withdraw, &withdrawals))
        .merge(spend)
        .merge(tenant)
        .merge(register)
        .merge(public)
        .merge(operate)
        .with_state(app.clone());
    common::apply(
        routes,
        Common::new(
            app.environment.clone(),
            app.metrics.clone(),
            limits.request_timeout,
            app.config.is_https(),
            classify,
        ),
    )
}

/// What sort of route a pattern is, for metrics and rate limits.
pub fn classify(_: &Method, pattern: &str) -> RouteClass {
    match pattern {
        "/v1/check" | "/v1/check/batch" | "/v1/cookie" | "/v1/cookie/check" => RouteClass::Check,
        "/v1/withdrawals" => RouteClass::Withdraw,
        "/v1/consents"
        | "/v1/consents/{event}/use"
        | "/v1/banner/{key}/tallies"
        | "/v1/subjects" => RouteClass::Record,
        "/healthz" | "/readyz" | "/metrics" | "/openapi.json" | "/docs" => RouteClass::Operate,
        _ if pattern.starts_with("/v1/logs/")
            || pattern.starts_with("/v1/sites/{site}/notice")
            || pattern.starts_with("/v1/banner/")
            || pattern.starts_with("/assets/")
            || pattern.starts_with("/sdk/")
            || pattern.starts_with("/declaration/")
            || pattern.starts_with("/.well-known/")
            || pattern == "/"
            || pattern == "/v1/notices/{hash}" =>
        {
            RouteClass::Public
        }
        _ if pattern.starts_with("/v1/") => RouteClass::Admin,
        _ => RouteClass::Other,
    }
}
