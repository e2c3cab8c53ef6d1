//! For axum 0.8: a handler that takes a [`Consented<P, O>`] runs only with a permission.
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
//! use samtycke::axum::Subject;
//! use samtycke::id::SubjectId;
//! use samtycke::op::{Process, Store};
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
//! async fn save(mut consented: Consented<Answers, Store>, answer: String) -> Result<(), Denied> {
//!     consented.ensure_fresh().await?; // the last thing before it is stored
//!     insert(consented.subject()?, answer).await;
//!     Ok(())
//! }
//!
//! async fn statistics(consented: Consented<Answers, Process>) -> Result<String, Denied> {
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
//! The check comes before the body, so nothing is read of a person who refused. A body may take longer than a
//! permission lives: [`Consented::ensure_fresh`] checks again after all of it has arrived. Call it before
//! [`Consented::subject`], as `save` does.
//!
//! The handler's signature names the operation, and the extractor checks that one. The operation matters: a purpose
//! whose register stores nothing denies storing only.
//!
//! A purpose whose consent is limited to a recipient, a campaign, a vendor or a site has no extractor, because only the
//! handler knows the scope. The handler calls [`Client::require_in`].
//!
//! `Sec-GPC: 1` and `DNT: 1` of the request are part of the check, as with [`Ask::signals`](crate::Ask::signals). If
//! the browser is not the person's own, as a staff member's, the signal can only turn an allow into a denial.
//!
//! If the layer of [`tower`](crate::tower) has a permission for the same purpose, operation and person, the extractor
//! takes it and makes no check.

use axum_core::extract::{FromRef, FromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;

use crate::op::Operation;
use crate::purpose::{Purpose, Unscoped};
use crate::{Client, Consented, Denied, web};

pub use crate::web::Subject;

/// Checks the operation that the type names. Example: see [the module](self).
impl<S, P, O> FromRequestParts<S> for Consented<P, O>
where
    S: Send + Sync,
    P: Purpose<Scope = Unscoped>,
    O: Operation,
    Client: FromRef<S>,
{
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Denied> {
        let Some(Subject(subject)) = parts.extensions.get() else {
            return Err(web::without_subject(P::ID));
        };
        #[cfg(feature = "tower")]
        if let Some(consented) = crate::tower::Permit::asked_before(&parts.extensions, subject) {
            return Ok(consented);
        }
        let ask = Client::from_ref(state).require(subject);
        web::with_signals(ask, &parts.headers).await
    }
}

/// The response to the caller of this program: the problem of [`Denied::problem`], which caches do not keep, with
/// `Retry-After` where the server named a time.
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
