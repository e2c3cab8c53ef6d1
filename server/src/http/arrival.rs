//! Reads request bodies before admission. A request takes an in-flight place only after its body has arrived, so that a
//! slow sender holds none. The number of arriving bodies is bounded, per caller and in total.
//!
//! When a bound is exceeded, the oldest arriving body is cut off. So slow bodies displace each other, and a request
//! with a fast body passes however many slow ones there are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use axum::response::IntoResponse as _;
use samtycke_core::problem::{Problem, ProblemKind};
use tokio::sync::oneshot;

use super::answer::ApiError;
use super::body::{BodyRules, read_bytes};
use super::middleware::{Middleware, Next, ResponseFuture};
use crate::http::limit::{Bucket, Caller, KeyClass};
use crate::metrics::{Counter, Gauge, Metrics};

/// Limits on the number of arriving bodies.
#[derive(Debug, Clone, Copy)]
pub struct ArrivalLimits {
    /// For tenants' servers and staff, and the same number for all others.
    pub max: usize,
    /// For one key, one publishable key at one address, or one address.
    pub per_caller_max: usize,
}

/// Reads a request's body before the inner layers run. Place it inside the rate limits, which identify the caller.
#[derive(Clone)]
pub struct Arrival {
    inner: Arc<Inner>,
    reads_keyless: bool,
}

struct Inner {
    rules: BodyRules,
    /// Separate from the others, so that no visitor displaces a tenant's server.
    servers: Coming,
    others: Coming,
    cut: Counter,
}

impl Arrival {
    /// Reads the bodies of requests with a known key. Handlers read the others after they have found the key. `queue`
    /// is the label under which bodies are counted.
    pub fn new(
        rules: BodyRules,
        limits: ArrivalLimits,
        queue: &'static str,
        metrics: &Metrics,
    ) -> Self {
        let coming = |callers| {
            let labels = [("queue", queue), ("callers", callers)];
            let help = "Requests whose body is still coming.";
            Coming::new(
                limits,
                metrics.gauge("samtycke_bodies_coming", help, &labels),
            )
        };
        let help = "Requests given up because too many bodies were coming, and theirs had been for longest.";
        let inner = Inner {
            rules,
            servers: coming("servers"),
            others: coming("others"),
            cut: metrics.counter("samtycke_bodies_cut_total", help, &[("queue", queue)]),
        };
        Self {
            inner: Arc::new(inner),
            reads_keyless: false,
        }
    }

    /// The same limits for routes with the key in the path.
    #[must_use]
    pub fn keyless(&self) -> Self {
        Self {
            reads_keyless: true,
            ..self.clone()
        }
    }
}

impl std::fmt::Debug for Arrival {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Arrival")
    }
}

impl Middleware for Arrival {
    fn handle<S: Next>(&self, request: Request, next: &mut S) -> ResponseFuture {
        let caller = request.extensions().get::<Caller>().copied();
        let caller = caller.filter(|caller| self.reads_keyless || caller.key_class().is_some());
        let has_body = matches!(*request.method(), Method::POST | Method::PUT)
            && !request.body().is_end_stream();
        let Some(caller) = caller.filter(|_| has_body) else {
            return Box::pin(next.call(request));
        };
        let (inner, mut next) = (self.inner.clone(), next.clone());
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            match inner.read(&caller, &parts.headers, body).await {
                Ok(bytes) => {
                    let request = Request::from_parts(parts, Body::from(bytes));
                    next.call(request).await
                }
                Err(problem) => Ok(ApiError::from(problem).into_response()),
            }
        })
    }
}

impl Inner {
    async fn read(
        &self,
        caller: &Caller,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<Bytes, Problem> {
        let coming = match caller.key_class() {
            Some(KeyClass::Secret) => &self.servers,
            Some(KeyClass::Page) | None => &self.others,
        };
        let mut place = coming.enter(caller.bucket());
        tokio::select! {
            biased;
            read = read_bytes(headers, body, &self.rules) => read,
            _ = &mut place.cut => {
                self.cut.increment();
                let detail = "other requests came while the body was still coming";
                Err(Problem::new(ProblemKind::RequestTimeout).detail(detail).retry_after(1))
            }
        }
    }
}

/// The arriving bodies, by age and by caller.
struct Coming {
    limits: ArrivalLimits,
    gauge: Gauge,
    queues: Mutex<Queues>,
}

#[derive(Default)]
struct Queues {
    next: u64,
    /// Oldest first. Dropping a sender cuts the body off.
    all: BTreeMap<u64, (Bucket, oneshot::Sender<()>)>,
    by_caller: HashMap<Bucket, BTreeSet<u64>>,
}

/// The place of one arriving body, until dropped.
struct Place<'a> {
    coming: &'a Coming,
    number: u64,
    /// Completes when the body is cut off.
    cut: oneshot::Receiver<()>,
}

impl Coming {
    fn new(limits: ArrivalLimits, gauge: Gauge) -> Self {
        Self {
            limits,
            gauge,
            queues: Mutex::default(),
        }
    }

    /// Adds a body. If that exceeds a bound, cuts off the caller's oldest body, or the oldest of all.
    fn enter(&self, bucket: Bucket) -> Place<'_> {
        let (sender, cut) = oneshot::channel();
        let mut queues = self.lock();
        let number = queues.next;
        queues.next += 1;
        queues.all.insert(number, (bucket, sender));
        let own = queues.by_caller.entry(bucket).or_default();
        own.insert(number);
        if own.len() > self.limits.per_caller_max
            && let Some(oldest) = own.first().copied()
        {
            queues.remove(oldest);
        }
        if queues.all.len() > self.limits.max
            && let Some((oldest, _)) = queues.all.first_key_value()
        {
            let oldest = *oldest;
            queues.remove(oldest);
        }
        self.note(&queues);
        Place {
            coming: self,
            number,
            cut,
        }
    }

    fn note(&self, queues: &Queues) {
        self.gauge
            .set(i64::try_from(queues.all.len()).unwrap_or(i64::MAX));
    }

    fn lock(&self) -> MutexGuard<'_, Queues> {
        // A panic between two changes could leave a body in one map only; it soon is the oldest and is removed.
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queues {
    fn remove(&mut self, number: u64) {
        let Some((bucket, _)) = self.all.remove(&number) else {
            return;
        };
        if let Some(own) = self.by_caller.get_mut(&bucket) {
            own.remove(&number);
            if own.is_empty() {
                self.by_caller.remove(&bucket);
            }
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut queues = self.coming.lock();
        queues.remove(self.number);
        self.coming.note(&queues);
    }
}

#[cfg(test)]
mod tests;
