//! Middleware as one function, for code that every request passes through.
//!
//! axum's `from_fn` clones and boxes the services below it at each layer and for each request; with six layers that was
//! half the cost of a check. A [`Middleware`] gets the service below by reference and calls it in place.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::response::Response;
use tower::{Layer, Service};

/// The boxed future of a response.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

/// Middleware that wraps the inner service.
pub trait Middleware: Clone + Send + Sync + 'static {
    /// Handles a request, with or without a call of `next`.
    ///
    /// `next` is ready, and calling it only creates the future. Work that must precede the inner service may therefore
    /// run in the returned future. Middleware that must wait before the call clones `next`.
    fn handle<S: Next>(&self, request: Request, next: &mut S) -> ResponseFuture;
}

/// The inner service: further layers, and the handler.
pub trait Next:
    Service<Request, Response = Response, Error = Infallible, Future: Send + 'static>
    + Clone
    + Send
    + 'static
{
}

impl<S> Next for S where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send + 'static>
        + Clone
        + Send
        + 'static
{
}

/// The layer of a [`Middleware`].
#[derive(Debug, Clone)]
pub struct MiddlewareLayer<T>(pub T);

/// The service of [`MiddlewareLayer`].
#[derive(Debug, Clone)]
pub struct MiddlewareService<T, S> {
    middleware: T,
    next: S,
}

impl<T: Clone, S> Layer<S> for MiddlewareLayer<T> {
    type Service = MiddlewareService<T, S>;

    fn layer(&self, next: S) -> MiddlewareService<T, S> {
        MiddlewareService {
            middleware: self.0.clone(),
            next,
        }
    }
}

impl<T: Middleware, S: Next> Service<Request> for MiddlewareService<T, S> {
    type Response = Response;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.next.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> ResponseFuture {
        self.middleware.handle(request, &mut self.next)
    }
}
