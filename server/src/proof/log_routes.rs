//! `GET /v1/logs/...`: C2SP tlog-tiles, byte for byte, without authentication. Only published data are served.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRef, Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_core::id::LogId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_log::tree;
use samtycke_tlog::tile::Tile;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::answer::Answer;
use crate::http::cors::mark_public;
use crate::http::endpoint::{Admission, Routes, endpoints};
use crate::http::extract::{Parameters, Segment, whole};
use crate::metrics::RouteClass;
use crate::proof::Proofs;

/// `Cache-Control` of a tile that never changes.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// `Cache-Control` of resources that change with every publication.
const FRESH: HeaderValue = HeaderValue::from_static("no-cache");

/// The two tree sizes.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    #[serde(deserialize_with = "whole")]
    from: u64,
    #[serde(deserialize_with = "whole")]
    to: u64,
}

/// A consistency proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConsistencyResponse {
    /// The smaller size.
    pub from: u64,
    /// The larger size.
    pub to: u64,
    /// Tree hash at `from`; base64.
    pub from_root: String,
    /// Tree hash at `to`; base64.
    pub to_root: String,
    /// The proof (RFC 6962, section 2.1.2); base64.
    pub proof: Vec<String>,
}

/// The routes with their admission.
pub(crate) fn routes<S>() -> Routes<S>
where
    Arc<Proofs>: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    let routes = Routes::new(Admission::of(RouteClass::Public));
    let routes = endpoints!(routes, checkpoint, consistency);
    routes.add_at("/v1/logs/{log}/tile/{*path}", __path_tile, tile)
}

/// Serves the newest published checkpoint
///
/// A frozen log answers 503: its newest checkpoint here may be older than one that was served before.
#[utoipa::path(
    get, path = "/v1/logs/{log}/checkpoint", operation_id = "checkpoint", tag = "Proof", security(),
    params(("log" = LogId, Path, description = "Id in the log's origin.")),
    responses((status = 200, description = "A signed note (c2sp.org/tlog-checkpoint).", body = String)),
)]
pub async fn checkpoint(
    State(proofs): State<Arc<Proofs>>,
    Segment(log): Segment<LogId>,
) -> Answer<Response> {
    // Of a database that was rolled back this is an older one than was served before, which auditors call a fork.
    let current = proofs.tenants.by_log(&log).await?;
    if current.is_some_and(|tenant| tenant.log == log && tenant.runtime.is_frozen()) {
        return Err(ProblemKind::Recovering.into());
    }
    let size = published(&proofs, &log).await?;
    let note = proofs.store.checkpoint_at_most(&log, size).await?;
    let (_, note) = note.ok_or(ProblemKind::NotFound)?;
    Ok(public(
        "text/plain; charset=utf-8",
        FRESH,
        note.into_bytes(),
    ))
}

/// Serves a tile of hashes or entries (c2sp.org/tlog-tiles)
///
/// Only published tiles are available.
#[utoipa::path(
    get, path = "/v1/logs/{log}/tile/{path}", operation_id = "tile", tag = "Proof", security(),
    params(
        ("log" = LogId, Path, description = "Id in the log's origin."),
        ("path" = String, Path, description = "Tile path in C2SP form, with slashes: `0/x001/067`, `entries/000.p/19`.", example = "0/000.p/19"),
    ),
    responses((status = 200, description = "The tile's bytes, which never change.", body = [u8], content_type = "application/octet-stream")),
)]
pub async fn tile(
    State(proofs): State<Arc<Proofs>>,
    place: Result<Path<(String, String)>, PathRejection>,
) -> Answer<Response> {
    let Path((log, path)) = place.map_err(|_| ProblemKind::NotFound)?;
    let log: LogId = log.parse().map_err(|_| ProblemKind::NotFound)?;
    let tile = Tile::parse(&format!("tile/{path}")).map_err(|_| ProblemKind::NotFound)?;
    let size = published(&proofs, &log).await?;
    // A partial tile stays available when the tree outgrows it, for clients with an older checkpoint.
    let reached = Tile::in_tree(tile.kind(), tile.index(), size)
        .is_some_and(|now| tile.width() <= now.width());
    if !reached {
        return Err(ProblemKind::NotFound.into());
    }
    let bytes = tree::tile_bytes(&proofs.store, &log, tile).await?;
    Ok(public(
        "application/octet-stream",
        IMMUTABLE,
        bytes.ok_or(ProblemKind::NotFound)?,
    ))
}

/// Serves the consistency proof between two published sizes
#[utoipa::path(
    get, path = "/v1/logs/{log}/consistency", operation_id = "consistency", tag = "Proof", security(),
    params(
        ("log" = LogId, Path, description = "Id in the log's origin."),
        ("from" = u64, Query, description = "The smaller size, at least 1."),
        ("to" = u64, Query, description = "The larger size, at most the published one."),
    ),
    responses((status = 200, description = "A consistency proof (RFC 6962, section 2.1.2).", body = ConsistencyResponse)),
)]
pub async fn consistency(
    State(proofs): State<Arc<Proofs>>,
    Segment(log): Segment<LogId>,
    Parameters(sizes): Parameters<Sizes>,
) -> Answer<Response> {
    let size = published(&proofs, &log).await?;
    if sizes.from == 0 || sizes.from > sizes.to || sizes.to > size {
        return Err(Problem::new(ProblemKind::ParameterInvalid)
            .field(
                "from, to",
                "must be sizes with 0 < from <= to <= the published size",
            )
            .into());
    }
    let proof = tree::consistency(&proofs.store, &log, sizes.from, sizes.to).await?;
    let answer = ConsistencyResponse {
        from: sizes.from,
        to: sizes.to,
        from_root: STANDARD.encode(tree::root_at(&proofs.store, &log, sizes.from).await?),
        to_root: STANDARD.encode(tree::root_at(&proofs.store, &log, sizes.to).await?),
        proof: proof.iter().map(|hash| STANDARD.encode(hash)).collect(),
    };
    let mut response = Json(answer).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, IMMUTABLE);
    mark_public(response.headers_mut());
    Ok(response)
}

/// The published size of a log, which may be closed. Error: there is no such log.
async fn published(proofs: &Proofs, log: &LogId) -> Result<u64, Problem> {
    let known = proofs.tenants.by_log(log).await?;
    known.ok_or(ProblemKind::NotFound)?;
    let published = proofs.store.published(log).await?;
    Ok(published.map_or(0, |(size, _)| size))
}

fn public(content_type: &'static str, cache: HeaderValue, bytes: Vec<u8>) -> Response {
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CACHE_CONTROL, cache),
    ];
    let mut response = (headers, bytes).into_response();
    mark_public(response.headers_mut());
    response
}
