//! One request: its route, its attempts and its deadline.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderValue;
use samtycke_core::problem::ProblemBody;
use tracing::Instrument as _;

use crate::clock::Moment;
use crate::retry::Tries;
use crate::upstream::{Incoming, Outgoing};
use crate::{Client, Error, Transport};

/// A route: the template for logs, and the path to send.
#[derive(Debug)]
pub(crate) struct Route {
    /// `/v1/subjects/{subject}/history`.
    template: &'static str,
    path: Cow<'static, str>,
}

impl Route {
    /// The path of a template with the identifier in place of its one pair of braces.
    pub(crate) fn of(template: &'static str, id: &str) -> Self {
        let begin = template.split_once('{');
        let whole = begin.and_then(|(begin, rest)| Some((begin, rest.split_once('}')?.1)));
        Self {
            template,
            path: whole.map_or(Cow::Borrowed(template), |(begin, end)| {
                format!("{begin}{id}{end}").into()
            }),
        }
    }
}

impl From<&'static str> for Route {
    fn from(path: &'static str) -> Self {
        Self {
            template: path,
            path: Cow::Borrowed(path),
        }
    }
}

/// A request, which may be sent several times.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) route: Route,
    pub(crate) body: Option<Vec<u8>>,
    /// The `ETag` of what the client holds; the response to an unchanged one has no body.
    pub(crate) held: Option<HeaderValue>,
    pub(crate) deadline: Duration,
}

impl Call {
    pub(crate) fn post(route: impl Into<Route>, body: Vec<u8>, deadline: Duration) -> Self {
        Self {
            method: Method::POST,
            route: route.into(),
            body: Some(body),
            held: None,
            deadline,
        }
    }
}

impl Client {
    /// Sends a request, and again where that may help, within its deadline. Also returns when the answered attempt was
    /// sent.
    pub(crate) async fn send(
        &self,
        call: Call,
        tries: Tries<'_>,
    ) -> Result<(Vec<u8>, Moment), Error> {
        let begun = self.inner.clock.now();
        let answered = self.tried(&call, tries, begun).await;
        let took = self.inner.clock.now().since(begun);
        let counters = &self.inner.counters;
        counters.finished(call.route.template, answered.is_err(), took);
        answered
    }

    async fn tried(
        &self,
        call: &Call,
        mut tries: Tries<'_>,
        begun: Moment,
    ) -> Result<(Vec<u8>, Moment), Error> {
        let inner = &self.inner;
        let mut attempt = 0_u32;
        loop {
            let sent = inner.clock.now();
            let left = call.deadline.saturating_sub(sent.since(begun));
            if left.is_zero() {
                return Err(Transport::TimedOut.into());
            }
            attempt = attempt.saturating_add(1);
            let span = inner.counters.attempt(call.route.template, attempt);
            let sending = inner.upstream.send(Outgoing {
                method: call.method.clone(),
                path: call.route.path.clone().into_owned(),
                body: call.body.clone(),
                key: inner.key.clone(),
                capability: self.capability.clone(),
                held: call.held.clone(),
                deadline: tries.share(left),
            });
            let (error, asked) = match sending.instrument(span.clone()).await {
                Ok(incoming) => {
                    span.record("status", incoming.status);
                    let asked = incoming.retry_after;
                    match understood(&call.method, incoming) {
                        Ok(bytes) => return Ok((bytes, sent)),
                        Err(error) => (error, asked),
                    }
                }
                Err(transport) => (transport.into(), None),
            };
            let left = call.deadline.saturating_sub(inner.clock.now().since(begun));
            let wait = error
                .is_transient()
                .then(|| tries.wait(left, asked, inner.clock.fraction()));
            let Some(wait) = wait.flatten() else {
                return Err(error);
            };
            inner.clock.sleep(wait).await;
        }
    }
}

/// The body of a successful response, or its problem.
fn understood(method: &Method, incoming: Incoming) -> Result<Vec<u8>, Error> {
    let Some(bytes) = incoming.body else {
        return Err(Error::Decode("the answer is too long"));
    };
    // 304 answers a request that names what the client holds, and 204 one that removes something: both have no body.
    let answers = match incoming.status {
        200 | 201 => true,
        204 => *method == Method::DELETE && bytes.is_empty(),
        304 => bytes.is_empty(),
        _ => false,
    };
    if answers {
        return Ok(bytes);
    }
    match serde_json::from_slice::<ProblemBody>(&bytes) {
        Ok(mut problem) if incoming.status == problem.status => {
            let seconds = incoming.retry_after.map(|wait| wait.as_secs());
            problem.retry_after_s = seconds.and_then(|seconds| seconds.try_into().ok());
            Err(Error::Problem(Box::new(problem)))
        }
        Ok(_) => Err(Error::Decode("a problem of another status")),
        // Usually a proxy's page: the server itself answers with problems only.
        Err(_) if incoming.status >= 500 => Err(Transport::Broken.into()),
        Err(_) => Err(Error::Decode("neither an answer nor a problem")),
    }
}
