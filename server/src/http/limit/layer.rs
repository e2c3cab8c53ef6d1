//! The rate limit layer: Redis counts if it is available, otherwise this process does.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};

use super::shared::Verdict;
use super::{Bucket, LimitClass, Policy, RateLimits, headers};
use crate::http::answer::ApiError;
use crate::http::middleware::{Middleware, MiddlewareLayer, Next, ResponseFuture};

/// Counts the requests of one class and rejects those over the limit. Made by [`RateLimits::layer`].
pub type LimitLayer = MiddlewareLayer<Limit>;

/// The middleware of [`LimitLayer`].
#[derive(Clone)]
pub struct Limit {
    pub(super) limits: RateLimits,
    pub(super) class: LimitClass,
}

/// The allowance that one request uses.
struct Draw {
    policy: Arc<Policy>,
    bucket: Bucket,
    /// Whether a response tells the rest of the allowance also while something is left.
    is_told: bool,
}

impl Middleware for Limit {
    /// Stores the [`Caller`](super::Caller) in the request's extensions for the inner layers.
    fn handle<S: Next>(&self, mut request: Request, next: &mut S) -> ResponseFuture {
        let caller = self.limits.0.callers.identify(&request);
        request.extensions_mut().insert(caller);
        let (policy, bucket) = self.limits.allowance(self.class, &caller);
        // Browsers do not read the headers with files, pages, counts and prompts.
        let is_told = !matches!(self.class, LimitClass::Public | LimitClass::Tally);
        let draw = Draw {
            policy,
            bucket,
            is_told,
        };
        if self.limits.0.shared.is_some() {
            let (limits, mut next) = (self.limits.clone(), next.clone());
            return Box::pin(async move {
                let shared = limits.shared(&draw.policy, &draw.bucket).await;
                let verdict = shared.unwrap_or_else(|| draw.policy.take(&draw.bucket));
                if !verdict.allowed {
                    return Ok(draw.refused(&verdict));
                }
                Ok(draw.allowed(next.call(request).await?, &verdict))
            });
        }
        let verdict = draw.policy.take(&draw.bucket);
        if !verdict.allowed {
            return Box::pin(async move { Ok(draw.refused(&verdict)) });
        }
        let answer = next.call(request);
        Box::pin(async move { Ok(draw.allowed(answer.await?, &verdict)) })
    }
}

impl Draw {
    fn refused(&self, verdict: &Verdict) -> Response {
        let mut response = ApiError::from(self.policy.refuse(verdict.wait)).into_response();
        self.tell(response.headers_mut(), 0);
        response
    }

    /// Adds the headers with the rest of the allowance.
    fn allowed(&self, mut response: Response, verdict: &Verdict) -> Response {
        if self.is_told {
            self.tell(response.headers_mut(), verdict.remaining);
        }
        response
    }

    fn tell(&self, headers: &mut HeaderMap, remaining: u32) {
        let left = self.policy.allowance(remaining);
        headers::tell(headers, &self.policy.header, self.policy.name, left);
    }
}
