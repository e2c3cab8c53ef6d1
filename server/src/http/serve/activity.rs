//! Which connections do anything: requests in work, counted from their head to the end of their response's body.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Request, Response};
use http_body::{Frame, SizeHint};
use tower::Service;

/// The requests of one connection.
#[derive(Debug, Default)]
pub(super) struct Activity {
    in_work: AtomicUsize,
    /// Grows when a request begins and when one ends.
    changes: AtomicUsize,
}

impl Activity {
    /// A number that changes whenever a request begins or ends; `None` while one is in work.
    pub(super) fn quiet(&self) -> Option<usize> {
        let changes = self.changes.load(Ordering::SeqCst);
        (self.in_work.load(Ordering::SeqCst) == 0).then_some(changes)
    }

    fn begin(self: &Arc<Self>) -> InWork {
        self.in_work.fetch_add(1, Ordering::SeqCst);
        self.changes.fetch_add(1, Ordering::SeqCst);
        InWork(self.clone())
    }
}

/// One request, until it is dropped.
#[derive(Debug)]
struct InWork(Arc<Activity>);

impl Drop for InWork {
    fn drop(&mut self) {
        self.0.changes.fetch_add(1, Ordering::SeqCst);
        self.0.in_work.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The service of one connection, which counts its requests.
#[derive(Debug, Clone)]
pub(super) struct Counted<S> {
    pub(super) service: S,
    pub(super) activity: Arc<Activity>,
}

impl<S, B> Service<Request<B>> for Counted<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let in_work = self.activity.begin();
        let answer = self.service.call(request);
        Box::pin(async move {
            let response = answer.await?;
            Ok(response.map(|body| {
                Body::new(Watched {
                    body,
                    _in_work: in_work,
                })
            }))
        })
    }
}

/// A response's body whose end is the end of its request.
struct Watched {
    body: Body,
    _in_work: InWork,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
