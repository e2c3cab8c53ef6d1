//! The layer: Redis if there is one, else this process counts.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::shared::Verdict;
use super::{Net, Policy, RateLimits, headers};
use crate::http::answer::ApiError;
use crate::http::step::{Answering, Rest, Step, StepLayer};

/// Counts the requests of one class and turns away what is too much. Made by [`RateLimits::layer`].
pub type LimitLayer = StepLayer<Limit>;

/// The step of [`LimitLayer`].
#[derive(Clone)]
pub struct Limit {
    pub(super) limits: RateLimits,
    pub(super) policy: Arc<Policy>,
}

impl Step for Limit {
    fn take<S: Rest>(&self, request: Request, rest: &mut S) -> Answering {
        let net = self.policy.caller.net(&request);
        let bucket = self.policy.caller.bucket(&request, net);
        let this = self.clone();
        if self.limits.0.shared.is_some() {
            let mut rest = rest.clone();
            return Box::pin(async move {
                let shared = this.limits.shared(&this.policy, &bucket).await;
                let verdict = shared.unwrap_or_else(|| this.policy.take(&bucket));
                if !verdict.allowed {
                    return Ok(this.refused(&verdict));
                }
                Ok(this.allowed(rest.call(request).await?, &verdict, net))
            });
        }
        let verdict = self.policy.take(&bucket);
        if !verdict.allowed {
            return Box::pin(async move { Ok(this.refused(&verdict)) });
        }
        let answer = rest.call(request);
        Box::pin(async move { Ok(this.allowed(answer.await?, &verdict, net)) })
    }
}

impl Limit {
    fn refused(&self, verdict: &Verdict) -> Response {
        let mut response = ApiError::from(self.policy.refuse(verdict.wait)).into_response();
        self.tell(response.headers_mut(), 0);
        response
    }

    /// Says what is left, and counts invalid keys. Browsers that load files and pages do not read what is left, so they
    /// are spared those bytes until nothing is.
    fn allowed(&self, mut response: Response, verdict: &Verdict, net: Net) -> Response {
        if self.policy.name != super::PUBLIC {
            self.tell(response.headers_mut(), verdict.remaining);
        }
        if response.status() == StatusCode::UNAUTHORIZED {
            self.limits.unauthenticated(net);
        }
        response
    }

    fn tell(&self, headers: &mut HeaderMap, remaining: u32) {
        let left = self.policy.allowance(remaining);
        headers::tell(headers, &self.policy.header, self.policy.name, left);
    }
}
