//! The layer: Redis if there is one, else tower_governor's own service.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use governor::middleware::StateInformationMiddleware;
use tower::{Layer, Service};
use tower_governor::GovernorError;
use tower_governor::governor::Governor;

use super::{Caller, Policy, RateLimits, headers};
use crate::http::answer::ApiError;

/// Counts the requests of one class. Made by [`RateLimits::layer`].
#[derive(Clone)]
pub struct LimitLayer {
    pub(super) limits: RateLimits,
    pub(super) policy: Arc<Policy>,
}

/// The service of [`LimitLayer`].
#[derive(Clone)]
pub struct Limit<S> {
    limits: RateLimits,
    policy: Arc<Policy>,
    caller: Caller,
    /// Counts here, then goes on.
    governed: Governor<Caller, StateInformationMiddleware, S, Body>,
    /// Goes on, for what Redis has counted; none without Redis, because axum clones a service for each request.
    plain: Option<S>,
}

impl<S: Clone> Layer<S> for LimitLayer {
    type Service = Limit<S>;

    fn layer(&self, inner: S) -> Limit<S> {
        let policy = self.policy.clone();
        let governed =
            Governor::new(inner.clone(), &self.policy.local).error_handler(move |error| {
                // tower_governor cuts the seconds off, so what it says is up to one too few.
                let wait = match error {
                    GovernorError::TooManyRequests { wait_time, .. } => {
                        Duration::from_secs(wait_time + 1)
                    }
                    GovernorError::UnableToExtractKey | GovernorError::Other { .. } => {
                        Duration::from_secs(1)
                    }
                };
                refused(&policy, wait)
            });
        let caller = self.policy.caller.clone();
        Limit {
            limits: self.limits.clone(),
            policy: self.policy.clone(),
            caller,
            governed,
            plain: self.limits.0.shared.is_some().then_some(inner),
        }
    }
}

impl<S> Service<Request> for Limit<S>
where
    S: Service<Request, Response = Response> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        ready!(self.governed.poll_ready(cx))?;
        self.plain
            .as_mut()
            .map_or(Poll::Ready(Ok(())), |plain| plain.poll_ready(cx))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let net = self.caller.net(&request);
        let (limits, policy) = (self.limits.clone(), self.policy.clone());
        let Some(plain) = &mut self.plain else {
            let governed = self.governed.call(request);
            return Box::pin(async move { Ok(finish(governed.await?, &limits, &policy, net)) });
        };
        let bucket = self.caller.bucket(&request, net);
        // The ones that were polled ready are used; their clones are polled again before the next call.
        let spare = (self.governed.clone(), plain.clone());
        let mut governed = std::mem::replace(&mut self.governed, spare.0);
        let mut plain = std::mem::replace(plain, spare.1);
        Box::pin(async move {
            let response = match limits.shared(&policy, &bucket).await {
                Some(verdict) if verdict.allowed => {
                    let mut response = plain.call(request).await?;
                    tell(response.headers_mut(), &policy, verdict.remaining);
                    response
                }
                Some(verdict) => refused(&policy, verdict.wait),
                None => governed.call(request).await?,
            };
            Ok(finish(response, &limits, &policy, net))
        })
    }
}

fn refused(policy: &Policy, wait: Duration) -> Response {
    let mut response = ApiError::from(policy.refuse(wait)).into_response();
    tell(response.headers_mut(), policy, 0);
    response
}

fn tell(headers: &mut HeaderMap, policy: &Policy, remaining: u32) {
    headers::tell(
        headers,
        &policy.header,
        policy.name,
        policy.allowance(remaining),
    );
}

/// Says in the standard's headers what tower_governor says in its own, and counts invalid keys.
fn finish(
    mut response: Response,
    limits: &RateLimits,
    policy: &Policy,
    net: super::Net,
) -> Response {
    let headers = response.headers_mut();
    headers.remove("x-ratelimit-limit");
    if let Some(remaining) = headers.remove("x-ratelimit-remaining") {
        let remaining = remaining
            .to_str()
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(0);
        tell(headers, policy, remaining);
    }
    if response.status() == StatusCode::UNAUTHORIZED {
        limits.unauthenticated(net);
    }
    response
}
