//! A route, declared once: path, method and description come from the handler's own attribute; the group it stands in
//! says how requests are admitted, counted and limited.

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

/// How bodies arrive, and which queue a request waits in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// The queue of all ordinary requests.
    Ordinary,
    /// A queue of their own, so that other traffic never sheds withdrawals.
    Withdrawals,
    /// Ordinary, without a key in a header: counted by address.
    Keyless,
    /// Ordinary, and the handler reads the body after it has checked the role: it may be large.
    BodyInHandler,
    /// No limits: health and metrics.
    Open,
}

/// What a group of routes has in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// The class that requests are limited and counted by.
    pub class: RouteClass,
    /// The queue.
    pub entrance: Entrance,
    /// Whether pages of the sites' origins may call the routes (CORS).
    pub for_pages: bool,
}

impl Admission {
    /// For servers and staff.
    pub const fn of(class: RouteClass) -> Self {
        Self {
            class,
            entrance: Entrance::Ordinary,
            for_pages: false,
        }
    }

    /// For pages of the sites' origins too.
    pub const fn for_pages(class: RouteClass) -> Self {
        Self {
            for_pages: true,
            ..Self::of(class)
        }
    }

    /// The same through another entrance.
    #[must_use]
    pub const fn through(self, entrance: Entrance) -> Self {
        Self { entrance, ..self }
    }

    /// The rate limit of the group; `None` where nothing is limited.
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

/// A route as the description of the API and the metrics know it.
#[derive(Clone)]
pub struct Endpoint {
    /// Its path, as axum writes it.
    pub pattern: String,
    /// Its path, as OpenAPI writes it.
    pub path: String,
    /// Its method.
    pub method: HttpMethod,
    /// Its description.
    pub operation: Operation,
    /// Its group.
    pub admission: Admission,
}

/// Routes of one capability.
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
    /// No route yet; those that are added are admitted so.
    pub fn new(admission: Admission) -> Self {
        Self {
            admission,
            groups: vec![(admission, Router::new())],
            endpoints: Vec::new(),
            schemas: Vec::new(),
        }
    }

    /// Those that are added from here on are admitted so.
    #[must_use]
    pub fn group(mut self, admission: Admission) -> Self {
        self.admission = admission;
        self.groups.push((admission, Router::new()));
        self
    }

    /// Adds a handler under the path and method of its own description; see `endpoints!`.
    #[must_use]
    pub fn add<P, H, T>(self, description: P, handler: H) -> Self
    where
        P: utoipa::Path + for<'t> Tags<'t> + SchemaReferences,
        H: Handler<T, S> + HandlerAccess<T>,
        T: 'static,
    {
        self.add_at(&P::path(), description, handler)
    }

    /// The same under a path that axum writes otherwise than OpenAPI: `{*rest}`.
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

    /// These and others.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.groups.extend(other.groups);
        self.endpoints.extend(other.endpoints);
        self.schemas.extend(other.schemas);
        self
    }

    /// Every route.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The schemas that the descriptions refer to.
    pub fn schemas(&self) -> &[(String, RefOr<Schema>)] {
        &self.schemas
    }

    /// The class of each path, for metrics.
    pub fn classes(&self) -> HashMap<String, RouteClass> {
        let class = |endpoint: &Endpoint| (endpoint.pattern.clone(), endpoint.admission.class);
        self.endpoints.iter().map(class).collect()
    }

    /// One router of all groups, each inside the layers that `admit` puts around it.
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

/// Adds handlers with the descriptions that `utoipa::path` keeps beside them: `endpoints!(routes, check, batch)`.
macro_rules! endpoints {
    ($routes:expr, $($name:ident),+ $(,)?) => {{
        let routes = $routes;
        $( let routes = pastey::paste! { routes.add([<__path_ $name>], $name) }; )+
        routes
    }};
}
pub(crate) use endpoints;
