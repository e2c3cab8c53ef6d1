//! A tower layer that checks before it calls the service, and answers a denial itself.
//!
//! ```no_run
//! # #[cfg(feature = "tower")]
//! # mod example {
//! use axum::extract::Request;
//! use axum::http::request::Parts;
//! use axum::routing::get;
//! use axum::Router;
//! use samtycke::id::SubjectId;
//! use samtycke::op::Read;
//! use samtycke::tower::{Permit, RequireConsent};
//! use samtycke::{Client, Denied};
//! # use samtycke::purpose::{Many, Purpose, Unscoped};
//! # enum Answers {}
//! # impl Purpose for Answers {
//! #     const ID: &'static str = "example.answers";
//! #     const EXPLICIT_CONSENT: bool = true;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//!
//! /// Whoever the program's own authentication found.
//! #[derive(Clone)]
//! struct SignedIn(SubjectId);
//!
//! fn whose(request: &Parts) -> Option<SubjectId> {
//!     let SignedIn(subject) = request.extensions.get()?;
//!     Some(subject.clone())
//! }
//!
//! async fn answers(request: Request) -> Result<String, Denied> {
//!     let Some(consented) = Permit::<Answers, Read>::take(request.extensions()) else {
//!         return Ok("taken before".to_owned());
//!     };
//!     Ok(consented.subject()?.as_str().to_owned())
//! }
//!
//! fn router(samtycke: Client) -> Router {
//!     Router::new()
//!         .route("/answers", get(answers))
//!         .layer(RequireConsent::<Answers, Read>::new(samtycke, whose))
//! }
//! # }
//! ```
//!
//! The layer alone is a gate. A handler should still get its subject from the permission: with axum by an extractor of
//! [`axum`](crate::axum), which takes the layer's permission, elsewhere by [`Permit::take`].
//!
//! `Sec-GPC: 1` and `DNT: 1` of the request are part of the check, as with [`Ask::signals`](crate::Ask::signals).

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::request::Parts;
use http::{Extensions, Request, Response};
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use samtycke_core::id::SubjectId;
use tower_layer::Layer;
use tower_service::Service;

use crate::op::Operation;
use crate::purpose::{Purpose, Unscoped};
use crate::sync::{Mutex, lock};
use crate::{Client, Consented, Denied, web};

pub use crate::web::Subject;

/// Checks for every request whether the operation `O` is permitted on the person's data for the purpose `P`, and calls
/// the service only then. Example: see [the module](self).
#[must_use = "a layer does nothing before it is around a service"]
pub struct RequireConsent<P: Purpose<Scope = Unscoped>, O: Operation> {
    client: Client,
    whose: Whose,
    types: PhantomData<fn() -> (P, O)>,
}

type Whose = Arc<dyn Fn(&Parts) -> Option<SubjectId> + Send + Sync>;

impl<P: Purpose<Scope = Unscoped>, O: Operation> RequireConsent<P, O> {
    /// `whose` returns the person of a request. If it returns none, the response is a 500, because the request should
    /// not have passed the program's authentication. Example: see [the module](self).
    pub fn new(
        client: Client,
        whose: impl Fn(&Parts) -> Option<SubjectId> + Send + Sync + 'static,
    ) -> Self {
        Self {
            client,
            whose: Arc::new(whose),
            types: PhantomData,
        }
    }

    async fn ask(&self, parts: &mut Parts) -> Result<(), Denied> {
        let subject = (self.whose)(parts).ok_or_else(|| web::without_subject(P::ID))?;
        let ask = self.client.require::<P, O>(&subject);
        let consented = web::with_signals(ask, &parts.headers).await?;
        let extensions = &mut parts.extensions;
        extensions.get_or_insert_with(|| Subject(subject.clone()));
        extensions.insert(Permit::new(consented, subject));
        Ok(())
    }
}

impl<P: Purpose<Scope = Unscoped>, O: Operation> Clone for RequireConsent<P, O> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            whose: self.whose.clone(),
            types: PhantomData,
        }
    }
}

impl<P: Purpose<Scope = Unscoped>, O: Operation> fmt::Debug for RequireConsent<P, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequireConsent")
            .field("purpose", &P::ID)
            .field("op", &O::OP)
            .finish_non_exhaustive()
    }
}

impl<S, P: Purpose<Scope = Unscoped>, O: Operation> Layer<S> for RequireConsent<P, O> {
    type Service = Gate<S, P, O>;

    fn layer(&self, inner: S) -> Gate<S, P, O> {
        Gate {
            inner,
            required: self.clone(),
        }
    }
}

/// A service behind [`RequireConsent`]. Example: see [the module](self).
#[derive(Debug)]
pub struct Gate<S, P: Purpose<Scope = Unscoped>, O: Operation> {
    inner: S,
    required: RequireConsent<P, O>,
}

impl<S: Clone, P: Purpose<Scope = Unscoped>, O: Operation> Clone for Gate<S, P, O> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            required: self.required.clone(),
        }
    }
}

impl<S, P, O, B, R> Service<Request<B>> for Gate<S, P, O>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    P: Purpose<Scope = Unscoped>,
    O: Operation,
    B: Send + 'static,
{
    type Response = Response<Answer<R>>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // Call the service that reported ready; the clone that stays here is polled again.
        let copy = self.inner.clone();
        let mut ready = std::mem::replace(&mut self.inner, copy);
        let required = self.required.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match required.ask(&mut parts).await {
                Ok(()) => {
                    let response = ready.call(Request::from_parts(parts, body)).await?;
                    Ok(response.map(Answer::inner))
                }
                Err(denied) => Ok(web::response(&denied).map(Answer::denied)),
            }
        })
    }
}

/// A permission in the extensions of a request. It can be taken once, because a [`Consented`] is for one operation.
///
/// Example: see [the module](self).
pub struct Permit<P: Purpose, O: Operation> {
    consented: Arc<Mutex<Option<Consented<P, O>>>>,
    subject: SubjectId,
}

impl<P: Purpose, O: Operation> Permit<P, O> {
    fn new(consented: Consented<P, O>, subject: SubjectId) -> Self {
        Self {
            consented: Arc::new(Mutex::new(Some(consented))),
            subject,
        }
    }

    /// Takes the permission; `None` if there is none or it was taken before. Example: see [the module](self).
    pub fn take(extensions: &Extensions) -> Option<Consented<P, O>> {
        lock(&extensions.get::<Self>()?.consented).take()
    }

    /// The same, if it is for this person and still lives.
    #[cfg(feature = "axum")]
    pub(crate) fn asked_before(
        extensions: &Extensions,
        subject: &SubjectId,
    ) -> Option<Consented<P, O>> {
        let permit = extensions.get::<Self>()?;
        let is_it = permit.subject == *subject;
        let consented = lock(&permit.consented).take_if(|_| is_it)?;
        (!consented.left().is_zero()).then_some(consented)
    }
}

impl<P: Purpose, O: Operation> Clone for Permit<P, O> {
    fn clone(&self) -> Self {
        Self {
            consented: self.consented.clone(),
            subject: self.subject.clone(),
        }
    }
}

impl<P: Purpose, O: Operation> fmt::Debug for Permit<P, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit")
            .field("purpose", &P::ID)
            .field("op", &O::OP)
            .finish_non_exhaustive()
    }
}

pin_project! {
    /// The body of a response: the service's own, or a denial as a problem. Example: see [the module](self).
    pub struct Answer<B> {
        #[pin]
        kind: Kind<B>,
    }
}

pin_project! {
    #[project = Part]
    enum Kind<B> {
        Inner { #[pin] body: B },
        /// The rest of `json`, until it was read.
        Denied { json: Option<Vec<u8>> },
    }
}

impl<B> Answer<B> {
    fn inner(body: B) -> Self {
        let kind = Kind::Inner { body };
        Self { kind }
    }

    fn denied(json: String) -> Self {
        let json = Some(json.into_bytes());
        let kind = Kind::Denied { json };
        Self { kind }
    }
}

impl<B> fmt::Debug for Answer<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer")
    }
}

impl<B> Body for Answer<B>
where
    B: Body,
    B::Data: From<Vec<u8>>,
{
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        match self.project().kind.project() {
            Part::Inner { body } => body.poll_frame(cx),
            Part::Denied { json } => {
                let bytes = json.take().map(B::Data::from);
                Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Inner { body } => body.is_end_stream(),
            Kind::Denied { json } => json.is_none(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Inner { body } => body.size_hint(),
            Kind::Denied { json } => {
                let length = json.as_ref().map_or(0, Vec::len);
                SizeHint::with_exact(length as u64)
            }
        }
    }
}
