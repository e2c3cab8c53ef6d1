//! Declares routes once: the handler's attribute gives path, method and description; the group gives admission, metrics
//! class and rate limit.

use std::collections::HashMap;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use utoipa::__dev::{SchemaReferences, Tags};
use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::{RefOr, Schema};

use crate::http::access::HandlerAccess;
use crate::http::limit::LimitClass;
use crate::metrics::RouteClass;

/// How bodies are read, and which in-flight limit applies to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// The common in-flight limit.
    Ordinary,
    /// A separate in-flight limit, so that other traffic never sheds withdrawals.
    Withdrawals,
    /// Ordinary, without a key in a header; counted by address.
    Keyless,
    /// Ordinary, but the handler reads the body after it has checked the role, because the body may be large.
    BodyInHandler,
    /// No limits: health and metrics.
    Open,
}

/// The settings of a group of routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// The class for limits and metrics.
    pub class: RouteClass,
    /// The entrance of the requests.
    pub entrance: Entrance,
    /// Whether pages on the sites' origins may call the routes (CORS).
    pub for_pages: bool,
    /// Whether a person's browser shows the responses, so that a problem is a page too.
    pub is_shown: bool,
}

impl Admission {
    /// Routes for servers and staff.
    pub const fn of(class: RouteClass) -> Self {
        Self {
            class,
            entrance: Entrance::Ordinary,
            for_pages: false,
            is_shown: false,
        }
    }

    /// Routes that pages on the sites' origins may call too.
    pub const fn for_pages(class: RouteClass) -> Self {
        Self {
            for_pages: true,
            ..Self::of(class)
        }
    }

    /// Routes whose responses a person's browser shows.
    pub const fn shown(class: RouteClass) -> Self {
        Self {
            is_shown: true,
            ..Self::of(class)
        }
    }

    /// The same admission with another entrance.
    #[must_use]
    pub const fn through(self, entrance: Entrance) -> Self {
        Self { entrance, ..self }
    }

    /// The rate limit of the group; `None` if it has none.
    pub fn limit(self) -> Option<LimitClass> {
        match (self.class, self.entrance) {
            (_, Entrance::Open) => None,
            (_, Entrance::Keyless) => Some(LimitClass::Tally),
            (RouteClass::Check, _) => Some(LimitClass::Check),
            (RouteClass::Record, _) => Some(LimitClass::Record),
            (RouteClass::Withdraw, _) => Some(LimitClass::Withdraw),
            (RouteClass::Public, _) => Some(LimitClass::Public),
            (RouteClass::Admin | RouteClass::Operate | RouteClass::Other, _) => {
                Some(LimitClass::Admin)
            }
        }
    }
}

/// A route as the API description and the metrics use it.
#[derive(Clone)]
pub struct Endpoint {
    /// Path in axum's syntax.
    pub pattern: String,
    /// Path in OpenAPI's syntax.
    pub path: String,
    /// HTTP method.
    pub method: HttpMethod,
    /// OpenAPI description.
    pub operation: Operation,
    /// Admission of the route's group.
    pub admission: Admission,
}

/// The routes of one capability.
pub struct Routes<S> {
    admission: Admission,
    groups: Vec<(Admission, Router<S>)>,
    endpoints: Vec<Endpoint>,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Endpoint({})", self.pattern)
    }
}

impl<S> std::fmt::Debug for Routes<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.endpoints).finish()
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// Starts without routes. Routes added next get this admission.
    pub fn new(admission: Admission) -> Self {
        Self {
            admission,
            groups: vec![(admission, Router::new())],
            endpoints: Vec::new(),
            schemas: Vec::new(),
        }
    }

    /// Starts a new group: routes added next get this admission.
    #[must_use]
    pub fn group(mut self, admission: Admission) -> Self {
        self.admission = admission;
        self.groups.push((admission, Router::new()));
        self
    }

    /// Adds a handler with the path and method of its own description; see `endpoints!`.
    #[must_use]
    pub fn add<P, H, T>(self, description: P, handler: H) -> Self
    where
        P: utoipa::Path + for<'t> Tags<'t> + SchemaReferences,
        H: Handler<T, S> + HandlerAccess<T>,
        T: 'static,
    {
        self.add_at(&P::path(), description, handler)
    }

    /// Adds a handler under a path that axum writes differently from OpenAPI: `{*rest}`.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "axum's handlers are passed by value"
    )]
    pub fn add_at<P, H, T>(mut self, path: &str, _: P, handler: H) -> Self
    where
        P: utoipa::Path + for<'t> Tags<'t> + SchemaReferences,
        H: Handler<T, S> + HandlerAccess<T>,
        T: 'static,
    {
        P::schemas(&mut self.schemas);
        let mut operation = P::operation();
        if let Some(requirement) = H::requirement() {
            operation.security = Some(requirement.to_openapi());
        }
        operation.tags = Some(P::tags().into_iter().map(str::to_owned).collect());
        for method in P::methods() {
            self.endpoints.push(Endpoint {
                pattern: path.to_owned(),
                path: P::path(),
                method: method.clone(),
                operation: operation.clone(),
                admission: self.admission,
            });
            let route: MethodRouter<S> = on(filter(&method), handler.clone());
            let (_, router) = self.groups.last_mut().expect("there is always a group");
            *router = std::mem::take(router).route(path, route);
        }
        self
    }

    /// Adds all routes of another value.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.groups.extend(other.groups);
        self.endpoints.extend(other.endpoints);
        self.schemas.extend(other.schemas);
        self
    }

    /// All routes.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The schemas that the descriptions refer to, by name.
    pub fn schemas(&self) -> &[(String, RefOr<Schema>)] {
        &self.schemas
    }

    /// The admission of each path pattern.
    pub fn admissions(&self) -> HashMap<String, Admission> {
        let admission = |endpoint: &Endpoint| (endpoint.pattern.clone(), endpoint.admission);
        self.endpoints.iter().map(admission).collect()
    }

    /// Builds one router of all groups, each inside the layers that `admit` adds.
    pub fn into_router(self, admit: impl Fn(Admission, Router<S>) -> Router<S>) -> Router<S> {
        let groups = self.groups.into_iter();
        groups.fold(Router::new(), |all, (admission, router)| {
            all.merge(admit(admission, router))
        })
    }
}

fn filter(method: &HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Options => MethodFilter::OPTIONS,
        HttpMethod::Head => MethodFilter::HEAD,
        HttpMethod::Patch => MethodFilter::PATCH,
        HttpMethod::Trace => MethodFilter::TRACE,
    }
}

/// Adds handlers with the descriptions that `utoipa::path` generates: `endpoints!(routes, check, batch)`.
macro_rules! endpoints {
    ($routes:expr, $($name:ident),+ $(,)?) => {{
        let routes = $routes;
        $( let routes = pastey::paste! { routes.add([<__path_ $name>], $name) }; )+
        routes
    }};
}
pub(crate) use endpoints;
