//! The API description (OpenAPI 3.1), generated from the handlers and their request and response types.
//!
//! A handler's attribute describes only what is specific to its route. This module adds the problems and headers that
//! follow from common rules, so that no route can omit them.

mod open_sets;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use samtycke_core::id::LogId;
use samtycke_core::problem::{Problem, ProblemBody, ProblemKind};
use serde_json::json;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::schema::{Components, ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, Info, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Server,
};
use utoipa::{Modify, OpenApi as _};

use self::open_sets::OpenSets;
use super::endpoint::Routes;

/// The description of the service as a whole.
const ABOUT: &str = "\
Records consents, refusals and withdrawals, answers \"may I?\" before data is processed, and proves both years later to
a verifier who trusts neither the controller nor this server.

**A missing answer means no.** Every problem body (RFC 9457) contains `allow: false`. A client must not process data if
it cannot read the response, does not know its `reason`, or gets none in time. Branch on `reason`, which is stable;
titles are for people.

**Repeated writes are recorded once.** The client makes `event_id`, which is the idempotency identity without expiry.
After a timeout, send the same body again; `Idempotent-Replayed: true` means that it was recorded before. The id is a
UUID of version 7 in lower case (RFC 9562): `docs/event-ids.md` of the repository makes one in a few lines of Swift,
Kotlin and .NET.

**JSON** bodies are strict. The server rejects an unknown field, a duplicate key, a number beyond 2^53-1, a string that
is not in Unicode form C, and U+0000 in a text. It treats a `null` field of a request as absent. Later versions add
fields to responses but never rename one: ignore unknown fields.

**Words** of responses (states, reasons, outcomes, problems) may be added. Their schemas list the known words and allow
any other string: treat an unknown word as a denial. Requests accept only the listed words.";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "samtycke", description = ABOUT),
    components(schemas(ProblemBody, LogId)),
    tags(
        (name = "Record", description = "Events: consents, refusals, withdrawals, objections."),
        (name = "Check", description = "Whether data may be processed now."),
        (name = "Subjects", description = "Pseudonymous people: lookup and history of decisions."),
        (name = "Pictures", description = "Pictures, film and sound: campaigns, the people in an asset, and places that must be cleared."),
        (name = "Proof", description = "Proofs for independent verification. The log is public (C2SP tlog-tiles); `{log}` is the opaque id in its origin."),
        (name = "Notices", description = "Texts that people are shown."),
        (name = "Banner", description = "Resources that a website embeds: files, texts, the signed cookie, and the cookie declaration."),
        (name = "Register", description = "The Art. 30 register: the purposes and the rules for their checks."),
        (name = "Keys and sites", description = "Who may call the API, and from which origins."),
        (name = "Tenants", description = "The controllers of this instance."),
        (name = "Operation", description = "Health, metrics, and this description."),
    ),
)]
struct Api;

/// The API description, generated at the first request for it.
pub struct ApiDocument {
    write: fn() -> String,
    json: OnceLock<String>,
    page: OnceLock<String>,
}

impl ApiDocument {
    /// `write` generates the JSON document.
    pub fn new(write: fn() -> String) -> Self {
        Self {
            write,
            json: OnceLock::new(),
            page: OnceLock::new(),
        }
    }

    /// The document as JSON.
    pub fn json(&self) -> &str {
        self.json.get_or_init(self.write)
    }

    /// The document as the page that `render` makes.
    pub fn page(&self, render: fn(&str) -> String) -> &str {
        self.page.get_or_init(|| render(self.json()))
    }
}

impl std::fmt::Debug for ApiDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApiDocument")
    }
}

/// The API description of these routes, as JSON.
pub fn document_of<S: Clone + Send + Sync + 'static>(routes: &Routes<S>) -> String {
    let mut text =
        serde_json::to_string_pretty(&document(routes)).expect("a description is plain JSON");
    text.push('\n');
    text
}

fn document<S: Clone + Send + Sync + 'static>(routes: &Routes<S>) -> OpenApi {
    let mut api = Api::openapi();
    let mut info = Info::new("samtycke", env!("CARGO_PKG_VERSION"));
    info.description = Some(ABOUT.to_owned());
    info.license = api.info.license.take();
    api.info = info;
    // Relative to the document's own address.
    api.servers = Some(vec![Server::new("/")]);
    for endpoint in routes.endpoints() {
        let method = vec![endpoint.method.clone()];
        api.paths
            .add_path_operation(&endpoint.path, method, endpoint.operation.clone());
    }
    let components = api.components.get_or_insert_with(Components::default);
    components.schemas.extend(routes.schemas().iter().cloned());
    Schemes.modify(&mut api);
    Rules.modify(&mut api);
    let shown = routes.endpoints().iter().filter(|e| e.admission.is_shown);
    ShownProblems(shown.map(|e| e.path.clone()).collect()).modify(&mut api);
    OpenSets.modify(&mut api);
    api
}

/// Adds the security schemes.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, api: &mut OpenApi) {
        let bearer = |text: &str| {
            let http = HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .description(Some(text));
            SecurityScheme::Http(http.build())
        };
        let components = api.components.get_or_insert_with(Components::default);
        let key = "An API key of the tenant. The roles that a route takes stand in its requirement: `publishable`\n\
                   (browsers and apps, bound to the origins of a site), `service`, `editor`, `publisher`, `dpo`, `auditor`,\n\
                   `operator`. None named: any of them.";
        components.add_security_scheme("key", bearer(key));
        components.add_security_scheme(
            "instance",
            bearer("The key of this instance, from its data folder."),
        );
        let capability = "The capability of the subject that a publishable key acts for: the 32 random bytes (base64url)\n\
                          that a browser derived its subject from, or what `POST /v1/subjects` answered.";
        let capability = ApiKeyValue::with_description("Samtycke-Capability", capability);
        components.add_security_scheme(
            "capability",
            SecurityScheme::ApiKey(ApiKey::Header(capability)),
        );
    }
}

/// Adds what all routes have in common.
struct Rules;

impl Modify for Rules {
    fn modify(&self, api: &mut OpenApi) {
        let components = api.components.get_or_insert_with(Components::default);
        for status in statuses() {
            components
                .responses
                .insert(format!("Problem{status}"), problem(status).into());
        }
        for (name, text, example) in HEADERS {
            components
                .headers
                .insert((*name).to_owned(), header(text, example).into());
        }
        for (path, item) in &mut api.paths.paths {
            let limited = !matches!(path.as_str(), "/healthz" | "/readyz" | "/metrics");
            for operation in operations(item) {
                complete(operation, limited);
            }
        }
    }
}

/// Adds to the paths whose responses a person's browser shows that their problems are pages for it.
struct ShownProblems(BTreeSet<String>);

impl Modify for ShownProblems {
    fn modify(&self, api: &mut OpenApi) {
        let components = api.components.get_or_insert_with(Components::default);
        let paths = api.paths.paths.iter_mut();
        let shown = paths.filter(|(path, _)| self.0.contains(*path));
        for operation in shown.flat_map(|(_, item)| operations(item)) {
            for (status, answered) in &mut operation.responses.responses {
                let (RefOr::Ref(to), Ok(number)) = (answered, status.parse::<u16>()) else {
                    continue;
                };
                let name = format!("ShownProblem{number}");
                to.ref_location = Ref::from_response_name(&name).ref_location;
                let mut response = problem(number);
                let page = ContentBuilder::new()
                    .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
                    .build();
                response.content.insert("text/html".to_owned(), page.into());
                components.responses.insert(name, response.into());
            }
        }
    }
}

/// Headers that several responses have.
const HEADERS: &[(&str, &str, &str)] = &[
    (
        "ETag",
        "Names this version; send it back as `If-None-Match`.",
        "\"sha256:9f86d081884c7d65\"",
    ),
    (
        "Idempotent-Replayed",
        "`true` if this `event_id` was recorded before; the response repeats the first one.",
        "true",
    ),
    (
        "RateLimit",
        "The rest of the allowance, and seconds until it is full again (draft-ietf-httpapi-ratelimit-headers-10).",
        "\"check\";r=599;t=30",
    ),
    (
        "RateLimit-Policy",
        "The policy that counted this request: quota and window in seconds.",
        "\"check\";q=600;w=60",
    ),
    (
        "Retry-After",
        "Seconds to wait before a retry; at least 1.",
        "1",
    ),
    (
        "Vary",
        "Request headers that the response depends on, for caches.",
        "accept",
    ),
    (
        "WWW-Authenticate",
        "How to authenticate.",
        "Bearer realm=\"samtycke\"",
    ),
    (
        "X-Request-Id",
        "Id of this request, also in the server's log. The server keeps the client's id if it has 16 to 36 hexadecimal digits and hyphens.",
        "5f0c2a9be1d3477600000000000001a4",
    ),
];

fn header(text: &str, example: &str) -> Header {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .examples([json!(example)]);
    HeaderBuilder::new()
        .schema(Some(schema))
        .description(Some(text))
        .build()
}

/// All statuses of problems.
fn statuses() -> BTreeSet<u16> {
    ProblemKind::ALL.iter().map(|kind| kind.status()).collect()
}

/// The response for one status with all its problems. Each status has the same schema, so that a generated client has
/// one type for all problems.
fn problem(status: u16) -> Response {
    let kinds: Vec<ProblemKind> = ProblemKind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.status() == status)
        .collect();
    let lines: Vec<String> = kinds
        .iter()
        .map(|kind| format!("- `{}`: {}.", kind.reason(), kind.title()))
        .collect();
    let example = kinds
        .first()
        .map(|kind| json!(Problem::new(*kind).body(Some("5f0c2a9be1d3477600000000000001a4"))));
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("ProblemBody")))
        .example(example)
        .build();
    let mut response = ResponseBuilder::new()
        .description(lines.join("\n"))
        .content("application/problem+json", content)
        .build();
    refer(&mut response, "X-Request-Id");
    match status {
        401 => refer(&mut response, "WWW-Authenticate"),
        429 | 503 => refer(&mut response, "Retry-After"),
        _ => {}
    }
    response
}

fn refer(response: &mut Response, header: &str) {
    let to = Ref::new(format!("#/components/headers/{header}"));
    response.headers.insert(header.to_owned(), RefOr::Ref(to));
}

/// The operations of a path. Routes use only these four methods.
fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
    ]
    .into_iter()
    .flatten()
}

/// Adds the problems and headers that follow from a route's parameters and body.
fn complete(operation: &mut Operation, limited: bool) {
    let takes = |wanted: ParameterIn| {
        let parameters = operation.parameters.iter().flatten();
        parameters
            .filter_map(|p| if let RefOr::T(p) = p { Some(p) } else { None })
            .any(|p| p.parameter_in == wanted)
    };
    let (in_path, in_query) = (takes(ParameterIn::Path), takes(ParameterIn::Query));
    let in_header = operation
        .security
        .as_ref()
        .is_some_and(|requirements| !requirements.is_empty());
    let has_body = operation.request_body.is_some();
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.required = Some(Required::True);
    }
    let rules: &[(bool, &[u16])] = &[
        (has_body, &[400, 408, 413, 415, 422]),
        (in_query, &[400]),
        (in_header, &[400, 401, 403]),
        (in_path, &[404]),
        (limited, &[429, 500, 503]),
    ];
    let responses = &mut operation.responses.responses;
    for (status, answered) in &mut *responses {
        let RefOr::T(response) = answered else {
            continue;
        };
        let is_problem = status.starts_with(['4', '5']) && response.content.is_empty();
        if is_problem {
            // The route's own text stands beside the reference and replaces the list of reasons there.
            let mut to = Ref::from_response_name(format!("Problem{status}"));
            to.description = std::mem::take(&mut response.description);
            *answered = RefOr::Ref(to);
            continue;
        }
        let own: Vec<String> = response.headers.keys().cloned().collect();
        let all: &[&str] = if limited {
            &["X-Request-Id", "RateLimit", "RateLimit-Policy"]
        } else {
            &["X-Request-Id"]
        };
        for header in own.iter().map(String::as_str).chain(all.iter().copied()) {
            refer(response, header);
        }
    }
    for status in rules
        .iter()
        .filter(|(applies, _)| *applies)
        .flat_map(|(_, statuses)| *statuses)
    {
        let to = Ref::from_response_name(format!("Problem{status}"));
        responses
            .entry(status.to_string())
            .or_insert(RefOr::Ref(to));
    }
}

#[cfg(test)]
mod tests;
