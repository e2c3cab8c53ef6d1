//! Access control. The handler's arguments state who may call it, so the API description and the check cannot differ.

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use samtycke_core::id::SubjectId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::wire::{
    BatchRequest, CheckRequest, ConsentRequest, CookieRequest, EventData, EventFrame, EventRequest,
    ReadData, WithdrawalRequest,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::openapi::security::SecurityRequirement;

use super::answer::ApiError;
use super::body::{BodyRules, JSON, read_value, shape};
use super::extract::{Auth, Body, FormBody, PageKey, Parameters, PlainBody, Segment};
use crate::auth::Caller;
use crate::clock::Environment;
use crate::tenant::{Role, Tenants};

/// The roles that a route accepts.
pub trait Roles: Send + 'static {
    /// The accepted roles.
    const ROLES: &'static [Role];
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|+;)+) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl Roles for $name {
            const ROLES: &'static [Role] = &[$(Role::$role),+];
        }
    )+ };
}

roles! {
    /// The tenant's own servers.
    Servers: Service;
    /// The tenant's own servers, and pages and apps.
    ServersAndPages: Service | Publishable;
    /// The tenant's own servers and its data protection officer.
    ServersAndDpo: Service | Dpo;
    /// Keys that may read proofs.
    Auditors: Auditor | Dpo;
    /// Keys that may write registers and notices.
    Editors: Editor | Publisher;
    /// Keys that may publish registers and notices.
    Publishers: Publisher;
    /// Keys that together invalidate a notice: the data protection officer's, and a publisher's.
    Invalidators: Publisher | Dpo;
    /// Keys that may end a campaign earlier: whoever works with its pictures, and the data protection officer.
    CampaignEnders: Editor | Publisher | Service | Dpo;
    /// Keys that may manage keys and sites.
    Operators: Operator;
    /// Keys that may list sites.
    SiteReaders: Operator | Editor | Publisher;
    /// Keys that may read the register.
    RegisterReaders: Editor | Publisher | Dpo | Auditor | Service;
}

/// Browsers and apps only.
#[derive(Debug)]
pub enum Pages {}

impl Roles for Pages {
    const ROLES: &'static [Role] = &[];
}

/// The requirement of a handler's argument on the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// A key with one of these roles; an empty list accepts any key.
    Key(&'static [Role]),
    /// A key with one of these roles, or a publishable key with the subject's capability.
    Subject(&'static [Role]),
    /// The instance key.
    Instance,
}

impl Requirement {
    /// The OpenAPI form: a caller needs one of these.
    pub fn to_openapi(self) -> Vec<SecurityRequirement> {
        let key = |role: &Role| SecurityRequirement::new("key", [role.as_str()]);
        match self {
            Self::Key([]) => vec![SecurityRequirement::new("key", [""; 0])],
            Self::Key(roles) => roles.iter().map(key).collect(),
            Self::Subject(roles) => {
                let own = key(&Role::Publishable).add("capability", [""; 0]);
                roles.iter().map(key).chain([own]).collect()
            }
            Self::Instance => vec![SecurityRequirement::new("instance", [""; 0])],
        }
    }
}

/// A handler's argument that may restrict callers.
pub trait Access {
    /// The argument's requirement on the caller.
    const REQUIREMENT: Option<Requirement> = None;
}

impl<T> Access for State<T> {}
impl<T> Access for Segment<T> {}
impl<T> Access for Parameters<T> {}
impl<T> Access for Body<T> {}
impl<T> Access for PlainBody<T> {}
impl<T> Access for FormBody<T> {}
impl Access for HeaderMap {}
impl Access for axum::body::Body {}
impl Access for PageKey {}
impl<T, E> Access for Result<T, E> {}

impl Access for Auth {
    const REQUIREMENT: Option<Requirement> = Some(Requirement::Key(&[]));
}

/// The requirement of a handler's arguments. `T` is axum's own marker of a handler's arguments.
pub trait HandlerAccess<T> {
    /// The requirement of the first argument that has one.
    fn requirement() -> Option<Requirement>;
}

impl<F, Fut> HandlerAccess<((),)> for F
where
    F: FnOnce() -> Fut,
{
    fn requirement() -> Option<Requirement> {
        None
    }
}

macro_rules! handlers {
    ($($($arg:ident)+;)+) => { $(
        impl<F, Fut, M, $($arg),+> HandlerAccess<(M, $($arg,)+)> for F
        where
            F: FnOnce($($arg),+) -> Fut,
            $($arg: Access,)+
        {
            fn requirement() -> Option<Requirement> {
                [$($arg::REQUIREMENT),+].into_iter().flatten().next()
            }
        }
    )+ };
}

handlers! {
    A1;
    A1 A2;
    A1 A2 A3;
    A1 A2 A3 A4;
    A1 A2 A3 A4 A5;
    A1 A2 A3 A4 A5 A6;
}

/// A caller with a key of one of the roles `R`.
pub struct Allowed<R> {
    /// The caller.
    pub caller: Caller,
    roles: PhantomData<R>,
}

impl<R: Roles> Access for Allowed<R> {
    const REQUIREMENT: Option<Requirement> = Some(Requirement::Key(R::ROLES));
}

impl<R: Roles, S> FromRequestParts<S> for Allowed<R>
where
    Arc<Tenants>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Auth(caller) = Auth::from_request_parts(parts, state).await?;
        caller.require_role(R::ROLES)?;
        Ok(Self {
            caller,
            roles: PhantomData,
        })
    }
}

/// A caller with a key of one of the roles `R`, or with a publishable key. For the latter the handler must compare the
/// capability with the subject that it finds.
pub struct AllowedOrPage<R> {
    /// The caller.
    pub caller: Caller,
    roles: PhantomData<R>,
}

impl<R: Roles> Access for AllowedOrPage<R> {
    const REQUIREMENT: Option<Requirement> = Some(Requirement::Subject(R::ROLES));
}

impl<R: Roles, S> FromRequestParts<S> for AllowedOrPage<R>
where
    Arc<Tenants>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Auth(caller) = Auth::from_request_parts(parts, state).await?;
        if caller.key.role != Role::Publishable {
            caller.require_role(R::ROLES)?;
        }
        Ok(Self {
            caller,
            roles: PhantomData,
        })
    }
}

/// A caller who may act for the subject that the path names.
pub struct SubjectPath<R> {
    /// The caller.
    pub caller: Caller,
    /// The subject.
    pub subject: SubjectId,
    roles: PhantomData<R>,
}

impl<R: Roles> Access for SubjectPath<R> {
    const REQUIREMENT: Option<Requirement> = Some(Requirement::Subject(R::ROLES));
}

impl<R: Roles, S> FromRequestParts<S> for SubjectPath<R>
where
    Arc<Tenants>: FromRef<S>,
    Environment: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Auth(caller) = Auth::from_request_parts(parts, state).await?;
        let Segment(subject) = Segment::<SubjectId>::from_request_parts(parts, state).await?;
        let now = Environment::from_ref(state).clock.now();
        caller.authorize_subject(&subject, R::ROLES, now)?;
        Ok(Self {
            caller,
            subject,
            roles: PhantomData,
        })
    }
}

/// A caller who may read about the subject that the path names, or who may be its guardian: a browser with another
/// subject's capability. The handler must then find the link (rule E8).
pub struct SubjectOrGuardianPath<R> {
    /// The caller.
    pub caller: Caller,
    /// The subject.
    pub subject: SubjectId,
    /// The caller's own subject, where the capability is not of the subject in the path.
    pub guardian: Option<SubjectId>,
    roles: PhantomData<R>,
}

impl<R: Roles> Access for SubjectOrGuardianPath<R> {
    const REQUIREMENT: Option<Requirement> = Some(Requirement::Subject(R::ROLES));
}

impl<R: Roles, S> FromRequestParts<S> for SubjectOrGuardianPath<R>
where
    Arc<Tenants>: FromRef<S>,
    Environment: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Auth(caller) = Auth::from_request_parts(parts, state).await?;
        let Segment(subject) = Segment::<SubjectId>::from_request_parts(parts, state).await?;
        let now = Environment::from_ref(state).clock.now();
        let guardian = match caller.authorize_subject(&subject, R::ROLES, now) {
            Ok(()) => None,
            Err(problem) => match caller.capability_subject(now) {
                Some(own) => Some(own),
                None => return Err(problem.into()),
            },
        };
        Ok(Self {
            caller,
            subject,
            guardian,
            roles: PhantomData,
        })
    }
}

/// A request body that names subjects.
pub trait NamesSubjects: DeserializeOwned {
    /// Whether a browser may omit its own subject.
    const MAY_OMIT: bool;

    /// Reads the body. The default is for types whose fields do not depend on each other.
    ///
    /// # Errors
    /// `FIELD_INVALID` with a JSON pointer to the field.
    fn read(value: &mut Value) -> Result<Self, Problem> {
        shape(value)
    }

    /// Each subject, with the JSON pointer of the body's part that names it.
    fn subjects(&self) -> impl Iterator<Item = (&SubjectId, String)>;
}

macro_rules! names_one {
    ($($request:ty: $may_omit:literal),+ $(,)?) => { $(
        impl NamesSubjects for $request {
            const MAY_OMIT: bool = $may_omit;

            fn subjects(&self) -> impl Iterator<Item = (&SubjectId, String)> {
                std::iter::once((&self.subject, String::new()))
            }
        }
    )+ };
}

names_one!(
    ConsentRequest: true,
    WithdrawalRequest: true,
    CookieRequest: true,
    CheckRequest: false,
);

/// Reads the data of an event with pointers below `/data`.
struct Shaped;

impl ReadData for Shaped {
    type Error = Problem;

    fn read<T: DeserializeOwned>(&self, mut data: Value) -> Result<T, Problem> {
        shape(&mut data).map_err(|problem| problem.within("/data"))
    }
}

impl NamesSubjects for EventRequest {
    const MAY_OMIT: bool = false;

    fn read(value: &mut Value) -> Result<Self, Problem> {
        let mut frame: EventFrame = shape(value)?;
        let data = Value::Object(std::mem::take(&mut frame.data));
        match EventData::read(&frame.kind, data, &Shaped)? {
            Some(data) => Ok(frame.with(data)),
            None => Err(Problem::new(ProblemKind::FieldInvalid).field(
                "/kind",
                format!("must be one of {}", EventData::WORDS.join(", ")),
            )),
        }
    }

    fn subjects(&self) -> impl Iterator<Item = (&SubjectId, String)> {
        std::iter::once((&self.subject, String::new()))
    }
}

impl NamesSubjects for BatchRequest {
    const MAY_OMIT: bool = false;

    fn subjects(&self) -> impl Iterator<Item = (&SubjectId, String)> {
        let questions = self.checks.iter().enumerate();
        questions.map(|(i, question)| (&question.subject, format!("/checks/{i}")))
    }
}

/// A JSON body, and a caller who may act for every subject in it.
pub struct SubjectBody<T, R> {
    /// The caller.
    pub caller: Caller,
    /// The body as its type.
    pub shaped: T,
    /// The body as strict JSON. If a browser omits the subject, its own is filled in.
    pub value: Value,
    roles: PhantomData<R>,
}

impl<T, R: Roles> Access for SubjectBody<T, R> {
    const REQUIREMENT: Option<Requirement> = Some(Requirement::Subject(R::ROLES));
}

impl<T, R, S> FromRequest<S> for SubjectBody<T, R>
where
    T: NamesSubjects,
    R: Roles,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    Environment: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let Auth(caller) = Auth::from_request_parts(&mut parts, state).await?;
        let rules = BodyRules::from_ref(state);
        let mut value = read_value(&parts.headers, body, &rules, &[JSON]).await?;
        if T::MAY_OMIT
            && let (Value::Object(fields), Some(own)) = (&mut value, caller.own_subject())
            && !fields.contains_key("subject")
        {
            // The event's identity covers the subject too, so another browser's event with the same id is a different
            // event.
            fields.insert("subject".into(), own.as_str().into());
        }
        let shaped = T::read(&mut value)?;
        let now = Environment::from_ref(state).clock.now();
        for (subject, pointer) in shaped.subjects() {
            let allowed = caller.authorize_subject(subject, R::ROLES, now);
            allowed.map_err(|problem: Problem| problem.within(&pointer))?;
        }
        Ok(Self {
            caller,
            shaped,
            value,
            roles: PhantomData,
        })
    }
}
