//! Limits the requests in work, with a share for each tenant and each caller.

use axum::extract::Request;
use axum::response::IntoResponse as _;
use samtycke_core::problem::{Problem, ProblemKind};

use super::answer::ApiError;
use super::middleware::{Middleware, Next, ResponseFuture};
use crate::http::limit::{Bucket, Caller, KeyClass};
use crate::metrics::{Counter, Metrics};
use crate::share::{Full, Seat, Share, Shares};

/// Whose share a place belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Owner {
    Tenant([u8; 16]),
    Caller(Bucket),
}

/// Limits the requests in flight. Tenants' servers and staff have places of their own, so that visitors never shed
/// them. Within each, a tenant and a caller have a share, so that no tenant whose database hangs sheds the others.
/// Withdrawals and checks each get a separate instance: other traffic never sheds a withdrawal, and records that wait
/// for a commit never shed a check.
#[derive(Debug, Clone)]
pub struct InFlight {
    servers: Shares<Owner>,
    others: Shares<Owner>,
    shed_all: Counter,
    shed_share: Counter,
}

impl InFlight {
    /// At most `max` requests with a known secret key at once, and as many of all others. Rejected requests are counted
    /// under the label `queue`.
    pub fn new(max: usize, queue: &'static str, metrics: &Metrics) -> Self {
        let help = "Requests turned away because too many were in work: of all, or of their own tenant or caller.";
        let shed = |bound| {
            let labels = [("queue", queue), ("bound", bound)];
            metrics.counter("samtycke_shed_total", help, &labels)
        };
        let places = |callers| {
            let labels = [("queue", queue), ("callers", callers)];
            let help = "Requests in work.";
            Shares::new(
                max,
                metrics.gauge("samtycke_requests_in_work", help, &labels),
            )
        };
        Self {
            servers: places("servers"),
            others: places("others"),
            shed_all: shed("all"),
            shed_share: shed("share"),
        }
    }

    fn take(&self, caller: Option<&Caller>) -> Result<Seat<Owner>, Full> {
        let is_server = caller.and_then(Caller::key_class) == Some(KeyClass::Secret);
        // Many people may stand behind one address: a proxy that is not trusted says so.
        let is_shared = caller.is_some_and(Caller::is_shared);
        let (places, share) = match (is_server, is_shared) {
            (true, _) => (&self.servers, Share::LARGE),
            (false, true) => (&self.others, Share::LARGE),
            (false, false) => (&self.others, Share::SMALL),
        };
        let tenant = caller.and_then(Caller::owner);
        places.take([
            tenant.map(|tenant| (Owner::Tenant(tenant), Share::LARGE)),
            caller.map(|caller| (Owner::Caller(caller.bucket()), share)),
        ])
    }
}

/// Rejects a request at once when too many are in flight. A request keeps its place until the head of the response is
/// ready, so a change stream does not keep one.
impl Middleware for InFlight {
    fn handle<S: Next>(&self, request: Request, next: &mut S) -> ResponseFuture {
        let seat = match self.take(request.extensions().get::<Caller>()) {
            Ok(seat) => seat,
            Err(full) => {
                match full {
                    Full::All => self.shed_all.increment(),
                    Full::Share => self.shed_share.increment(),
                }
                let problem = Problem::new(ProblemKind::Overloaded).retry_after(1);
                return Box::pin(async { Ok(ApiError::from(problem).into_response()) });
            }
        };
        let answer = next.call(request);
        Box::pin(async move {
            let answer = answer.await;
            drop(seat);
            answer
        })
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Arc;

    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;
    use crate::http::middleware::MiddlewareLayer;

    /// Protects clients: a request beyond the bound is denied at once, with when to come again, and is counted.
    #[tokio::test]
    async fn excess_requests_are_refused_and_counted() {
        let metrics = Metrics::default();
        let in_flight = InFlight::new(1, "all", &metrics);
        let app = Router::new()
            .route("/", get(async || "yes"))
            .layer(MiddlewareLayer(in_flight.clone()));
        let ask = async || -> Result<_, Infallible> {
            let request = Request::get("/").body(Body::empty()).unwrap();
            app.clone().oneshot(request).await
        };
        assert_eq!(ask().await.unwrap().status(), 200);
        let seat = in_flight.take(None).unwrap();
        let response = ask().await.unwrap();
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "1");
        let problem = response.extensions().get::<Arc<Problem>>().unwrap();
        assert_eq!(problem.kind, ProblemKind::Overloaded);
        drop(seat);
        assert_eq!(ask().await.unwrap().status(), 200);
        let shown = metrics.render();
        assert!(
            shown.contains("samtycke_shed_total{queue=\"all\",bound=\"all\"} 1\n"),
            "{shown}"
        );
        let taken = "samtycke_requests_in_work{queue=\"all\",callers=\"others\"} 0\n";
        assert!(shown.contains(taken), "{shown}");
    }
}
