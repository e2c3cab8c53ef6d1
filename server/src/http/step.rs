//! Layers made of a function, for what every request passes through.
//!
//! axum's `from_fn` clones all services below it and boxes them again, at each layer and for each request; with six
//! layers that was half the cost of a check. A [`Step`] is handed the service below and calls it in place.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::response::Response;
use tower::{Layer, Service};

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

/// What is done around the rest of the way.
pub trait Step: Clone + Send + Sync + 'static {
    /// Answers a request, with `rest` or without.
    ///
    /// `rest` is ready; its call only makes the future, so whatever must come before the rest's work may also be done
    /// in the future that this returns. Whoever must wait before calling clones `rest`.
    fn take<S: Rest>(&self, request: Request, rest: &mut S) -> Answering;
}

/// The rest of the way: layers further in, and the handler.
pub trait Rest:
    Service<Request, Response = Response, Error = Infallible, Future: Send + 'static>
    + Clone
    + Send
    + 'static
{
}

impl<S> Rest for S where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send + 'static>
        + Clone
        + Send
        + 'static
{
}

/// The layer of a step.
#[derive(Debug, Clone)]
pub struct StepLayer<T>(pub T);

/// The service of [`StepLayer`].
#[derive(Debug, Clone)]
pub struct Stepped<T, S> {
    step: T,
    rest: S,
}

impl<T: Clone, S> Layer<S> for StepLayer<T> {
    type Service = Stepped<T, S>;

    fn layer(&self, rest: S) -> Stepped<T, S> {
        Stepped {
            step: self.0.clone(),
            rest,
        }
    }
}

impl<T: Step, S: Rest> Service<Request> for Stepped<T, S> {
    type Response = Response;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.rest.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Answering {
        self.step.take(request, &mut self.rest)
    }
}
