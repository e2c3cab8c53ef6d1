//! For axum 0.8: a handler that takes a [`Consented<P>`] is not called without one.
//!
//! ```no_run
//! # #[cfg(feature = "axum")]
//! # mod example {
//! use axum::Router;
//! use axum::extract::{FromRef, Request};
//! use axum::http::StatusCode;
//! use axum::middleware::{self, Next};
//! use axum::response::Response;
//! use axum::routing::{get, post};
//! use samtycke::axum::{Subject, ToStore};
//! use samtycke::id::SubjectId;
//! use samtycke::{Client, Consented, Denied};
//! # use samtycke::purpose::{Many, Purpose, Unscoped};
//! # pub(super) enum Answers {}
//! # impl Purpose for Answers {
//! #     const ID: &'static str = "example.answers";
//! #     const EXPLICIT_CONSENT: bool = true;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//! # fn signed_in(_: &Request) -> Option<SubjectId> { None }
//! # async fn insert(_: &SubjectId, _: String) {}
//!
//! #[derive(Clone)]
//! struct App {
//!     samtycke: Client,
//! }
//!
//! /// So that extractors find the client; axum's macro writes this, too.
//! impl FromRef<App> for Client {
//!     fn from_ref(app: &App) -> Self {
//!         app.samtycke.clone()
//!     }
//! }
//!
//! /// The program's own: it alone knows who is signed in, and therefore whose data a request is about.
//! async fn authenticate(mut request: Request, next: Next) -> Result<Response, StatusCode> {
//!     let subject = signed_in(&request).ok_or(StatusCode::UNAUTHORIZED)?;
//!     request.extensions_mut().insert(Subject(subject));
//!     Ok(next.run(request).await)
//! }
//!
//! async fn save(ToStore(mut consented): ToStore<Answers>, answer: String) -> Result<(), Denied> {
//!     consented.ensure_fresh().await?; // the last thing before it is stored
//!     insert(consented.subject()?, answer).await;
//!     Ok(())
//! }
//!
//! async fn statistics(consented: Consented<Answers>) -> Result<String, Denied> {
//!     Ok(consented.subject()?.as_str().to_owned())
//! }
//!
//! fn router(samtycke: Client) -> Router {
//!     Router::new()
//!         .route("/answers", post(save))
//!         .route("/statistics", get(statistics))
//!         .layer(middleware::from_fn(authenticate))
//!         .with_state(App { samtycke })
//! }
//! # }
//! ```
//!
//! The permission comes before the body, so that nothing is read from somebody who has said no. A body that takes longer
//! than a permission lives is no reason to deny: [`Consented::ensure_fresh`] asks again, once all of it is there. Call it
//! before [`Consented::subject`], as `save` does.
//!
//! A [`Consented<P>`] is asked for with [`Op::Process`]. What is done besides that has a type of its own, so that the signature
//! of the handler says it and nobody can forget to: [`ToStore`], [`ToRead`], [`ToForward`], [`ToPublish`], [`ToView`]. The
//! operation matters: a purpose whose register says that nothing is kept denies storing and nothing else.
//!
//! Purposes whose yes is limited to a recipient, a campaign, a vendor or a site are no extractors: to which one, only the
//! handler knows. It calls [`Client::require_in`].
//!
//! `Sec-GPC: 1` and `DNT: 1` of the request go into the question, as they would with [`Ask::signals`](crate::Ask::signals).
//! Where the browser is not the person's own, as that of staff, this can only turn a yes into a no.
//!
//! Where the layer of [`tower`](crate::tower) has asked already for the same purpose, operation and person, its
//! permission is taken and nothing is asked again.

use axum_core::extract::{FromRef, FromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use samtycke_core::decide::Op;

use crate::purpose::{Purpose, Unscoped};
use crate::{Client, Consented, Denied, web};

pub use crate::web::Subject;

/// Asks with [`Op::Process`]. Example: see [the module](self).
impl<S, P> FromRequestParts<S> for Consented<P>
where
    S: Send + Sync,
    P: Purpose<Scope = Unscoped>,
    Client: FromRef<S>,
{
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denied> {
        permission(parts, state, Op::Process).await
    }
}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident => $op:expr;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            #[must_use = "a permission that nobody uses was asked for in vain"]
            pub struct $name<P: Purpose>(pub Consented<P>);

            impl<S, P> FromRequestParts<S> for $name<P>
            where
                S: Send + Sync,
                P: Purpose<Scope = Unscoped>,
                Client: FromRef<S>,
            {
                type Rejection = Denied;

                async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denied> {
                    permission(parts, state, $op).await.map(Self)
                }
            }
        )+
    };
}

operations! {
    /// May be stored: asked for with [`Op::Store`]. Example: see [the module](self).
    ToStore => Op::Store;
    /// What is stored may be read: asked for with [`Op::Read`]. Example: see [the module](self).
    ToRead => Op::Read;
    /// May be handed to somebody: asked for with [`Op::Forward`]. Example: see [the module](self).
    ToForward => Op::Forward;
    /// May be made public: asked for with [`Op::Publish`]. Example: see [the module](self).
    ToPublish => Op::Publish;
    /// May be shown to staff: asked for with [`Op::View`]. Example: see [the module](self).
    ToView => Op::View;
}

/// The answer to whoever called this program: the problem of [`Denied::problem`], which no cache keeps, with `Retry-After` where
/// the server named a time.
///
/// ```
/// # #[cfg(feature = "axum")]
/// fn answer(denied: samtycke::Denied) -> axum::response::Response {
///     axum::response::IntoResponse::into_response(denied)
/// }
/// ```
impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        web::response(&self).map(Into::into)
    }
}

async fn permission<S, P>(parts: &mut Parts, state: &S, op: Op) -> Result<Consented<P>, Denied>
where
    P: Purpose<Scope = Unscoped>,
    Client: FromRef<S>,
{
    let Some(Subject(subject)) = parts.extensions.get() else {
        return Err(web::nobody(P::ID));
    };
    #[cfg(feature = "tower")]
    if let Some(consented) = crate::tower::Permit::asked_before(&parts.extensions, subject, op) {
        return Ok(consented);
    }
    let ask = Client::from_ref(state).require::<P>(subject).op(op);
    web::with_signals(ask, &parts.headers).await
}
