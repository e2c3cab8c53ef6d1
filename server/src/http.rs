//! Every route and every layer on one page. Handlers parse, call a use case, and answer; no decisions are made here.

pub mod admin;
pub mod answer;
pub mod banner;
pub mod body;
pub mod checks;
pub mod consents;
pub mod cors;
pub mod declarations;
pub mod docs;
pub mod extract;
mod first_party;
mod held;
pub mod logs;
pub mod manners;
pub mod notices;
pub mod openapi;
pub mod pages;
pub mod registers;
pub mod sdk;
pub mod serve;
pub mod step;
pub mod strict;
pub mod subjects;

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::routing::{delete, get, post, put};

use self::extract::CrossOrigin;
use self::manners::{InFlight, Manners};
use self::step::StepLayer;
use crate::app::App;
use crate::limit::LimitClass;
use crate::metrics::RouteClass;

/// The whole service.
pub fn router(app: &Arc<App>) -> Router {
    let limits = &app.config.limits;
    let ordinary = InFlight::new(limits.in_flight_max, "ordinary", &app.metrics);
    let withdrawals = InFlight::new(
        limits.withdrawals_in_flight_max,
        "withdrawals",
        &app.metrics,
    );

    let guard =
        |class, in_flight: &InFlight| (app.limits.layer(class), StepLayer(in_flight.clone()));
    // What pages of other origins may call. One layer of three parts, because each layer of axum's own costs every
    // request a box and a clone of all that lies below.
    let for_pages = |router: Router<Arc<App>>, class, in_flight| {
        router
            // Here and not only with the other manners: a preflight is an OPTIONS request, which no route has, and what
            // is answered to those would be put outside the layer that answers preflights.
            .method_not_allowed_fallback(manners::method_not_allowed)
            .layer((StepLayer(CrossOrigin(app.clone())), guard(class, in_flight)))
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
    // Never shed because of other traffic: a way in of its own, and a queue of its own behind it.
    let withdraw = Router::new().route("/v1/withdrawals", post(consents::withdraw));
    let tenant = Router::new()
        .route("/v1/subjects", post(subjects::resolve))
        .route("/v1/register", put(registers::draft).get(registers::live))
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
        .merge(for_pages(tallies, LimitClass::Tally, &ordinary))
        .merge(for_pages(browser, LimitClass::Admin, &ordinary))
        .merge(for_pages(withdraw, LimitClass::Withdraw, &withdrawals))
        .merge(spend)
        .merge(tenant)
        .merge(public)
        .merge(operate)
        .with_state(app.clone());
    manners::apply(
        routes,
        Manners::new(
            app.nature.clone(),
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
