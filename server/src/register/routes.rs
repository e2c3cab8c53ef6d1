//! Routes to draft, publish and read the register.

use std::sync::Arc;

use axum::Json;
use axum::body::Body as RawBody;
use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::id::NoticeHash;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::wire::RegisterResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::access::{Allowed, Editors, Publishers, RegisterReaders};
use crate::http::answer::Answer;
use crate::http::body::{BodyRules, read_bytes};
use crate::http::endpoint::{Admission, Entrance, Routes, endpoints};
use crate::http::extract::Body;
use crate::metrics::RouteClass;
use crate::register::Registers;
use crate::register::{self, DraftResponse, PublishedResponse, Publishing};
use crate::tenant::{LiveRegister, Tenant, Tenants};

/// Largest register; bytes. It may exceed the limit of other bodies: the largest of the five examples has 26 KiB.
const REGISTER_BYTES_MAX: usize = 1024 * 1024;

/// Body of `POST /v1/register/publish`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishRequest {
    /// Version to publish; absent: the draft. An older version may be published again.
    #[serde(default)]
    pub version: Option<u64>,
    /// Stored notices to publish right after it, at most one per site and 64 in all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<NoticeHash>,
    /// Publish although a live notice asks about a purpose whose question the register changes. No site asks about that
    /// purpose until it shows a new notice.
    #[serde(default)]
    pub unasked: bool,
}

/// The file, as UTF-8.
// Used only for the description. Binary, because generated clients do not know TOML and send the bytes unchanged.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it is only described")]
struct RegisterFile(String);

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Registers>: FromRef<S>,
    Arc<Tenants>: FromRef<S>,
    BodyRules: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Admin));
    let routes = endpoints!(routes, publish);
    let large = Admission::of(RouteClass::Admin).through(Entrance::BodyInHandler);
    endpoints!(routes.group(large), draft, live)
}

/// Stores a register as the draft
///
/// The body is the TOML file. This does not publish it.
#[utoipa::path(
    put, path = "/v1/register", operation_id = "draft_register", tag = "Register",
    request_body(content = inline(RegisterFile), content_type = "application/toml",
        description = "A `samtycke.register/1` file, at most 1 MiB."),
    responses((status = 200, description = "The draft, its lint output, and its differences from the live register.", body = DraftResponse)),
)]
pub async fn draft(
    State(registers): State<Arc<Registers>>,
    State(rules): State<BodyRules>,
    Allowed { caller, .. }: Allowed<Editors>,
    headers: HeaderMap,
    body: RawBody,
) -> Answer<Json<DraftResponse>> {
    let media = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or("");
    if !media
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .eq_ignore_ascii_case("application/toml")
    {
        return Err(Problem::new(ProblemKind::ContentTypeUnsupported)
            .detail("a register is sent as application/toml")
            .into());
    }
    let rules = BodyRules {
        bytes_max: REGISTER_BYTES_MAX,
        ..rules
    };
    let bytes = read_bytes(&headers, body, &rules).await?;
    let text = register::text(bytes.into())?;
    let tenant = caller.current(&registers.tenants).await?;
    Ok(Json(register::draft(&registers, &tenant, &text).await?))
}

/// Publishes the draft or another version of the register
///
/// Without `version`, the draft is published. An older version may be published again. Where a live notice asks about a
/// purpose that people must be asked about again, name in `notices` a new notice for its site, or set `unasked`.
#[utoipa::path(
    post, path = "/v1/register/publish", operation_id = "publish_register", tag = "Register",
    request_body(content = PublishRequest, example = json!({"version": 7})),
    responses(
        (status = 200, description = "Live at every server, and in the log.", body = PublishedResponse),
        (status = 409, description = "The draft or version does not exist, or a live notice asks about a purpose that the register changes."),
    ),
)]
pub async fn publish(
    State(registers): State<Arc<Registers>>,
    Allowed { caller, .. }: Allowed<Publishers>,
    body: Body<PublishRequest>,
) -> Answer<Json<PublishedResponse>> {
    let tenant = caller.current(&registers.tenants).await?;
    let by = Some(caller.key.key_id.as_str());
    let PublishRequest {
        version,
        notices,
        unasked,
    } = body.shaped;
    let wanted = Publishing {
        version,
        notices,
        unasked,
    };
    Ok(Json(
        register::publish_with(&registers, &tenant, &wanted, by).await?,
    ))
}

/// Reads the live register
///
/// The response is the file as it was imported. With `Accept: application/json` it is the content that a program that
/// runs checks must agree with.
#[utoipa::path(
    get, path = "/v1/register", operation_id = "live_register", tag = "Register",
    params(("Accept" = Option<String>, Header, description = "`application/json` for the purposes as JSON.")),
    responses(
        (status = 200, description = "The file, or its purposes as JSON.",
            content((String = "application/toml"), (RegisterResponse = "application/json")),
            headers(("ETag" = String), ("Vary" = String))),
        (status = 404, description = "No register is live."),
    ),
)]
pub async fn live(
    State(registers): State<Arc<Registers>>,
    Allowed { caller, .. }: Allowed<RegisterReaders>,
    headers: HeaderMap,
) -> Answer<Response> {
    let tenant = caller.current(&registers.tenants).await?;
    let live = tenant.register.as_ref().ok_or(ProblemKind::NotFound)?;
    let mut response = if asks_for_json(&headers) {
        Json(RegisterResponse::of(&live.register, live.version)).into_response()
    } else {
        file(&registers, &tenant, live).await?
    };
    let vary = HeaderValue::from_static("accept");
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}

async fn file(registers: &Registers, tenant: &Tenant, live: &LiveRegister) -> Answer<Response> {
    let row = registers
        .store
        .register_version(&tenant.id, live.version)
        .await?;
    let row = row.ok_or(ProblemKind::Internal)?;
    let etag = format!("\"{}\"", row.hash);
    Ok((
        [
            (header::CONTENT_TYPE, "application/toml".to_owned()),
            (header::ETAG, etag),
        ],
        row.body,
    )
        .into_response())
}

/// Only clients that name JSON get it, so that a plain download returns the file.
fn asks_for_json(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|range| range.split(';').next())
        .any(|media| media.trim().eq_ignore_ascii_case("application/json"))
}
