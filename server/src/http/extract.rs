//! Extractors: the caller, and a body of a known type.

use std::sync::Arc;

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, FromRef, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_tlog::strict;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

use super::answer::ApiError;
use super::body::{BodyRules, JSON, read_json, read_value, shape};
use super::cors::{cors, is_preflight};
use super::middleware::{Middleware, Next, ResponseFuture};
use crate::auth::{Caller, Whence};
use crate::origin;
use crate::tenant::Tenants;

/// The caller that the request's key identifies.
#[derive(Debug, Clone)]
pub struct Auth(pub Caller);

impl<S> FromRequestParts<S> for Auth
where
    Arc<Tenants>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let tenants = Arc::<Tenants>::from_ref(state);
        let bearer = bearer(&parts.headers).ok_or(ProblemKind::Unauthenticated)?;
        let capability = text(&parts.headers, "samtycke-capability")?;
        let caller = Caller::identify(&tenants, bearer, capability).await?;
        Ok(Self(from_here(&tenants, caller, parts).await?))
    }
}

/// The bearer token of a request. An empty token, which HTTP/2 can carry, counts as absent.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn text(headers: &HeaderMap, name: &'static str) -> Result<Option<String>, Problem> {
    match headers.get(name).map(|value| value.to_str()) {
        None => Ok(None),
        Some(Ok(text)) if text.len() <= 200 => Ok(Some(text.to_owned())),
        Some(_) => Err(Problem::new(ProblemKind::ParameterInvalid)
            .field(name, "must be at most 200 ASCII characters")),
    }
}

/// The caller, if its key may be used from the request's origin. Another server may have changed the site's origins,
/// so a refusal is checked again with the newest configuration.
async fn from_here(
    tenants: &Tenants,
    mut caller: Caller,
    parts: &Parts,
) -> Result<Caller, Problem> {
    let origin = parts.headers.get(header::ORIGIN);
    caller.whence = Whence {
        origin: origin.map(|origin| origin.to_str().unwrap_or_default().to_owned()),
        writes: parts.method != Method::GET && parts.method != Method::HEAD,
    };
    if caller.must_come(&caller.tenant).is_err() {
        caller.tenant = caller.current(tenants).await?;
        caller.must_come(&caller.tenant)?;
    }
    Ok(caller)
}

/// CORS by site. A preflight carries no key, so any live site's origin passes; the request itself is checked by its
/// key.
#[derive(Debug, Clone)]
pub struct CrossOrigin(pub Arc<Tenants>);

impl Middleware for CrossOrigin {
    fn handle<S: Next>(&self, request: Request, next: &mut S) -> ResponseFuture {
        let Some(origin) = request.headers().get(header::ORIGIN).cloned() else {
            return Box::pin(next.call(request));
        };
        let (tenants, mut next) = (self.0.clone(), next.clone());
        Box::pin(async move {
            let known = match origin.to_str().ok().and_then(origin::sent) {
                Some(origin) => tenants.knows_origin(origin).await,
                None => false,
            };
            let verdict = cors(Some(&origin), |_| known);
            if is_preflight(request.method(), request.headers()) {
                return Ok(verdict.preflight());
            }
            let mut response = next.call(request).await?;
            verdict.mark(response.headers_mut());
            Ok(response)
        })
    }
}

/// A JSON body as a known type and as parsed JSON.
#[derive(Debug, Clone)]
pub struct Body<T> {
    /// The body as its type.
    pub shaped: T,
    /// The body as strict JSON.
    pub value: Value,
}

impl<T: DeserializeOwned, S> FromRequest<S> for Body<T>
where
    BodyRules: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let (shaped, value) = read_json(&parts.headers, body, &BodyRules::from_ref(state)).await?;
        Ok(Self { shaped, value })
    }
}

/// A caller on a page of its site with the publishable key in the path. Any other key is not found.
#[derive(Debug, Clone)]
pub struct PageKey(pub Caller);

impl<S> FromRequestParts<S> for PageKey
where
    Arc<Tenants>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Segment(key) = Segment::<String>::from_request_parts(parts, state).await?;
        let tenants = Arc::<Tenants>::from_ref(state);
        let caller = Caller::by_page_key(&tenants, &key).await?;
        Ok(Self(from_here(&tenants, caller, parts).await?))
    }
}

/// A JSON body that a page can send without a preflight: the content type may also be plain text (Fetch standard,
/// "CORS-safelisted request-header").
#[derive(Debug, Clone)]
pub struct PlainBody<T>(pub T);

impl<T: DeserializeOwned, S> FromRequest<S> for PlainBody<T>
where
    BodyRules: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let media = [JSON, "text/plain"];
        let mut value =
            read_value(&parts.headers, body, &BodyRules::from_ref(state), &media).await?;
        Ok(Self(shape(&mut value)?))
    }
}

/// The form of a page without scripts, as browsers send it: `application/x-www-form-urlencoded`.
#[derive(Debug, Clone)]
pub struct FormBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for FormBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match Form::<T>::from_request(request, state).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(FormRejection::InvalidFormContentType(_)) => {
                Err(ProblemKind::ContentTypeUnsupported.into())
            }
            Err(_) => Err(ProblemKind::ParameterInvalid.into()),
        }
    }
}

/// One parsed segment of the path. A segment that does not parse is not found, for every caller.
#[derive(Debug, Clone)]
pub struct Segment<T>(pub T);

impl<T, S> FromRequestParts<S> for Segment<T>
where
    T: std::str::FromStr,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::from(ProblemKind::NotFound))?;
        // PostgreSQL rejects even a query for a text with a NUL.
        if text.contains('\0') {
            return Err(ProblemKind::NotFound.into());
        }
        text.parse()
            .map(Segment)
            .map_err(|_| ProblemKind::NotFound.into())
    }
}

/// Query parameters of a known type.
#[derive(Debug, Clone)]
pub struct Parameters<T>(pub T);

impl<T, S> FromRequestParts<S> for Parameters<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Query(parameters) = Query::<T>::from_request_parts(parts, state)
            .await
            .map_err(|rejection| invalid(parts.uri.query().unwrap_or_default(), &rejection))?;
        Ok(Self(parameters))
    }
}

/// The problem of a query that is not of its type, with the parameter's name where the parser tells it.
fn invalid(query: &str, rejection: &QueryRejection) -> Problem {
    let problem = Problem::new(ProblemKind::ParameterInvalid);
    // "Failed to deserialize query string: NAME: why".
    let said = rejection.body_text();
    let Some(name) = said.split(": ").nth(1) else {
        return problem;
    };
    // Only a name that was asked for: the parser's text can begin with anything.
    let mut asked = query.split('&').filter_map(|pair| pair.split('=').next());
    if asked.any(|asked| asked == name) {
        problem.field(
            name.to_owned(),
            "is not of the right shape; a number is digits without zeroes before them",
        )
    } else {
        problem
    }
}

/// Reads a whole number of a query in its one spelling: no sign, no blank, no zeroes before it. A second spelling would be
/// a second address of one answer, for caches and for whoever compares what was asked.
pub fn whole<'de, D, N>(deserializer: D) -> Result<N, D::Error>
where
    D: Deserializer<'de>,
    N: TryFrom<u64>,
{
    let text = String::deserialize(deserializer)?;
    let number = strict::decimal(&text).and_then(|number| N::try_from(number).ok());
    number.ok_or_else(|| D::Error::custom("must be a whole number"))
}

/// The same for a number that may be left out.
pub fn whole_if_there<'de, D, N>(deserializer: D) -> Result<Option<N>, D::Error>
where
    D: Deserializer<'de>,
    N: TryFrom<u64>,
{
    whole(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn an_empty_bearer_token_is_none() {
        let of = |value: &'static str| {
            let headers =
                HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(value))]);
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(of("Bearer k").as_deref(), Some("k"));
        assert_eq!(of("bearer  k ").as_deref(), Some("k"));
        for none in ["Bearer ", "Bearer", "Bearer \t ", "Basic k", " k", ""] {
            assert_eq!(of(none), None, "{none:?}");
        }
    }
}
