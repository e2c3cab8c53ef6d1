//! The whole service: the routes of every capability, and the layers around them.

use std::sync::Arc;

use axum::Router;

use super::App;
use super::state::AppState;
use crate::config::Limits;
use crate::http::arrival::{Arrival, ArrivalLimits};
use crate::http::body::BodyRules;
use crate::http::common::{self, Class, Common};
use crate::http::endpoint::{Admission, Entrance, Routes};
use crate::http::extract::CrossOrigin;
use crate::http::in_flight::InFlight;
use crate::http::limit::LimitClass;
use crate::http::middleware::MiddlewareLayer;
use crate::http::{openapi, strict};
use crate::metrics::RouteClass;
use crate::{admin, banner, check, consent, declaration, docs, event, home, link, media};
use crate::{notice, objection, prompt, proof, register, sdk, subject};

/// The routes of all capabilities.
fn routes() -> Routes<AppState> {
    consent::routes::routes()
        .merge(event::routes::routes())
        .merge(prompt::routes::routes())
        .merge(check::routes::routes())
        .merge(banner::routes::routes())
        .merge(media::routes::routes())
        .merge(objection::routes::routes())
        .merge(subject::routes::routes())
        .merge(proof::routes::routes())
        .merge(notice::routes::routes())
        .merge(register::routes::routes())
        .merge(admin::routes::routes())
        .merge(link::routes::routes())
        .merge(sdk::routes::routes())
        .merge(declaration::routes::routes())
        .merge(home::routes::routes())
        .merge(docs::routes::routes())
}

/// The description of the API (OpenAPI 3.1), as `GET /openapi.json` serves it.
pub fn api_document() -> String {
    openapi::document_of(&routes())
}

/// How requests of one kind are admitted: how their bodies are read, and how many run at once.
#[derive(Debug, Clone)]
struct Way {
    arrival: Arrival,
    in_flight: InFlight,
}

/// Builds the whole service.
pub fn router(app: &Arc<App>) -> Router {
    let limits = &app.config.limits;
    let way = |queue, in_flight_max| Way {
        arrival: Arrival::new(
            body_rules(limits),
            ArrivalLimits {
                max: limits.bodies_coming_max,
                per_caller_max: limits.bodies_coming_per_caller_max,
            },
            queue,
            &app.metrics,
        ),
        in_flight: InFlight::new(in_flight_max, queue, &app.metrics),
    };
    let withdrawals = way("withdrawals", limits.withdrawals_in_flight_max);
    let ordinary = way("ordinary", limits.in_flight_max);
    // A record waits for a commit, and a check for a read only: without places of their own, checks would be shed where
    // one tenant's commits hang. Their bodies are counted with the others.
    let checks = Way {
        in_flight: InFlight::new(limits.in_flight_max, "checks", &app.metrics),
        ..ordinary.clone()
    };
    let keyless = Way {
        arrival: ordinary.arrival.keyless(),
        ..ordinary.clone()
    };
    let admit = |admission: Admission, router: Router<AppState>| {
        let way = match admission.entrance {
            Entrance::Ordinary if admission.class == RouteClass::Check => &checks,
            Entrance::Ordinary => &ordinary,
            Entrance::Withdrawals => &withdrawals,
            Entrance::Keyless => &keyless,
            Entrance::BodyInHandler => {
                let limit = app.limits.layer(limit_of(admission));
                return router.layer((limit, MiddlewareLayer(ordinary.in_flight.clone())));
            }
            Entrance::Open => return router,
        };
        // The rate limit comes first, then the body, and then the in-flight limit.
        let guard = (
            app.limits.layer(limit_of(admission)),
            MiddlewareLayer(way.arrival.clone()),
            MiddlewareLayer(way.in_flight.clone()),
        );
        if !admission.for_pages {
            return router.layer(guard);
        }
        // One layer with several parts: each axum layer costs every request a box and a clone of the services below it.
        // A preflight is an OPTIONS request, which no route has. axum would put its answer outside the layer that
        // answers preflights, so the fallback is set here too.
        router
            .method_not_allowed_fallback(common::method_not_allowed)
            .layer((MiddlewareLayer(CrossOrigin(app.tenants.clone())), guard))
    };
    let routes = routes();
    let admissions = routes.admissions();
    common::apply(
        routes.into_router(admit).with_state(AppState(app.clone())),
        Common::new(
            app.environment.clone(),
            app.metrics.clone(),
            limits.request_timeout,
            app.config.is_https(),
            app.config.log.access,
            move |pattern| {
                let admission = admissions.get(pattern);
                let is_shown = admission.is_some_and(|admission| admission.is_shown);
                Class {
                    class: admission.map_or(RouteClass::Other, |admission| admission.class),
                    problem_page: is_shown.then_some(link::problem_page),
                }
            },
        ),
    )
}

fn limit_of(admission: Admission) -> LimitClass {
    admission.limit().unwrap_or(LimitClass::Public)
}

/// Limits for reading bodies.
pub(super) fn body_rules(limits: &Limits) -> BodyRules {
    BodyRules {
        bytes_max: limits.body_bytes_max,
        timeout: limits.body_timeout,
        depth_max: limits.json_depth_max,
        parse: strict::parse,
    }
}
