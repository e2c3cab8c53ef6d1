//! Sites and keys: added, listed and revoked. Each change is a public leaf of the log.

mod lives;
mod loss;
pub mod routes;
mod signers;
mod tenants;

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::campaign::LastDay;
use samtycke_core::id::SiteId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{
    KeyAdded, KeyRevoked, PublicBody, SiteAdded, SiteChanged, SiteRevoked,
};
use samtycke_core::retention::{CalendarDuration, add_calendar};
use samtycke_log::append::Appender;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

pub use self::lives::{KeyWatch, ends_soon};
pub use self::loss::{ProposedLoss, accept_loss, propose_loss};
pub use self::signers::{add_signer, retire_signers};
pub use self::tenants::add_tenant;
use crate::clock::{Environment, UnixMs, random};
use crate::keyring::Keyring;
use crate::log::{AppendOutcome, Change, Job, Ledger, PublicLeaf};
use crate::origin;
use crate::store::Store;
use crate::store::control::{KeyRow, SiteRow};
use crate::tenant::{Role, Tenant, Tenants};
use samtycke_core::wire::{format_rfc3339, parse_rfc3339};

/// Longest label of a key; characters.
const LABEL_CHARS_MAX: usize = 60;
/// Longest life of a key that ends by itself: a longer one is a mistyped year.
const LIFE_MAX: CalendarDuration = CalendarDuration::of_months(120);
/// Most origins of a site.
const ORIGINS_MAX: usize = 16;

/// Dependencies of the routes for tenants, keys and sites.
#[derive(Debug)]
pub struct Admin {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Appends changes to the logs.
    pub appender: Arc<Appender<Ledger>>,
    /// The root secrets.
    pub keyring: Arc<Keyring>,
    /// Host in the origins of new logs.
    pub log_host: String,
    /// Clock and random source.
    pub environment: Environment,
}

/// Body of `POST /v1/keys`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRequest {
    /// Role of the key, which defines its permissions.
    pub role: Role,
    /// Site of a publishable key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// Label that says what the key is for; must not name a person.
    #[serde(default)]
    pub label: String,
    /// When the key ends by itself: a period from now such as `P90D`, a last day such as `2027-03-31`, or a time
    /// (RFC 3339). Without it the key lives until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// A key. The secret is present only in the response that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeyResponse {
    /// Public name of the key.
    pub key_id: String,
    /// Role of the key, which defines its permissions.
    pub role: String,
    /// Site of a publishable key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// Label that says what the key is for.
    pub label: String,
    /// Time of creation (RFC 3339).
    pub created_at: String,
    /// Time of revocation (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
    /// From when the key opens nothing (RFC 3339), if it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// The last day, UTC, on which a request came with the key, such as `2027-03-31`; absent where none is known. A server
    /// writes it within a minute of the day's first request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_on: Option<String>,
    /// Present and true if the key opens something and no use of it is known for 90 days: revoke it, unless you know better.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unused: bool,
    /// Secret key, shown only once: the server keeps only its hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Body of `POST /v1/sites`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteRequest {
    /// Name of the site.
    pub site: SiteId,
    /// Origins from which its publishable keys may be used, each as a browser or an app's shell sends it; none for an
    /// app that sends none. The server removes one slash at the end, and converts letters beyond ASCII to Punycode.
    #[serde(default)]
    pub origins: Vec<String>,
}

/// Body of `PUT /v1/sites/{site}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteChange {
    /// All origins from which its publishable keys may be used from now on. Omitted origins become invalid.
    pub origins: Vec<String>,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SiteResponse {
    /// Name of the site.
    pub site: SiteId,
    /// Origins of the site.
    pub origins: Vec<String>,
    /// Time of creation (RFC 3339).
    pub created_at: String,
    /// Time of revocation (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
}

/// Makes a key of 256 random bits. Its prefix states its kind, so that scanners for leaked secrets find it.
pub async fn add_key(
    state: &Admin,
    tenant: &Arc<Tenant>,
    request: KeyRequest,
    by: Option<&str>,
) -> Result<KeyResponse, Problem> {
    if request.label.chars().count() > LABEL_CHARS_MAX
        || samtycke_core::id::looks_personal(&request.label)
    {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/label",
            format!("must be at most {LABEL_CHARS_MAX} characters, and nobody's address or number"),
        ));
    }
    match (request.role, &request.site) {
        (Role::Publishable, None) => {
            return Err(Problem::new(ProblemKind::FieldInvalid)
                .field("/site", "is required: a publishable key belongs to a site"));
        }
        (_, Some(site)) if !tenant.sites.contains_key(site) => {
            return Err(Problem::new(ProblemKind::FieldInvalid)
                .field("/site", "must be a site of this tenant"));
        }
        _ => {}
    }
    let now = state.environment.clock.now();
    let expires_at = request.expires.as_deref();
    let expires_at = expires_at.map(|text| end(text, now)).transpose()?;
    let secret = URL_SAFE_NO_PAD.encode(random::<32>(&*state.environment.rng));
    let key = format!("{}_{secret}", prefix(tenant, &request));
    let row = KeyRow {
        key_hash: Sha256::digest(&key).into(),
        key_id: format!("k_{}", hex::encode(random::<6>(&*state.environment.rng))),
        role: request.role.as_str().into(),
        site: request.site,
        label: request.label,
        created_at: now,
        revoked_at: None,
        expires_at,
        last_used_day: None,
    };
    let body = KeyAdded {
        key_id: row.key_id.clone(),
        role: row.role.clone(),
        site: row.site.clone(),
        expires_at,
    };
    let mut answer = key_answer(&row);
    change(state, tenant, body.into(), by, Change::AddKey(row)).await?;
    answer.key = Some(key);
    Ok(answer)
}

/// The end of a key made now: the text is a period, a last day in Stockholm, or a time.
fn end(text: &str, now: UnixMs) -> Result<UnixMs, Problem> {
    let period = CalendarDuration::parse(text).ok();
    let end = period
        .map(|period| add_calendar(now, &period))
        .or_else(|| LastDay::parse(text).ok().map(LastDay::ends_at))
        .or_else(|| parse_rfc3339(text));
    end.filter(|end| *end > now && *end <= add_calendar(now, &LIFE_MAX))
        .ok_or_else(|| {
            Problem::new(ProblemKind::FieldInvalid).field(
                "/expires",
                "must be a period such as P90D, a day such as 2027-03-31 or a time (RFC 3339), within the next ten years",
            )
        })
}

/// The prefix of a key. A publishable key names its site, so that a page knows the name of its cookie before any
/// request, also after the key was replaced.
fn prefix(tenant: &Tenant, request: &KeyRequest) -> String {
    match (request.role, &request.site) {
        (Role::Publishable, Some(site)) => {
            let test = if tenant.is_test() { "test_" } else { "" };
            format!("pk_{test}{}", tenant.public_id(site))
        }
        _ => format!("sk_{}", request.role.as_str()),
    }
}

/// Lists a tenant's keys, revoked keys included.
pub async fn keys(state: &Admin, tenant: &Tenant) -> Result<Vec<KeyResponse>, Problem> {
    let rows = state.store.keys(&tenant.id).await?;
    let since = lives::noted_since(&state.store).await?;
    let now = state.environment.clock.now();
    let listed = |row: &KeyRow| KeyResponse {
        unused: lives::is_unused(row, since, now),
        ..key_answer(row)
    };
    Ok(rows.iter().map(listed).collect())
}

/// Revokes a key. Every server rejects it before the response is sent.
pub async fn revoke_key(
    state: &Admin,
    tenant: &Arc<Tenant>,
    key_id: &str,
    by: Option<&str>,
) -> Result<(), Problem> {
    if !tenant.keys.values().any(|key| key.key_id == key_id) {
        return Err(ProblemKind::NotFound.into());
    }
    let body = KeyRevoked {
        key_id: key_id.into(),
    };
    change(
        state,
        tenant,
        body.into(),
        by,
        Change::RevokeKey {
            key_id: key_id.into(),
        },
    )
    .await
}

/// Adds a site.
pub async fn add_site(
    state: &Admin,
    tenant: &Arc<Tenant>,
    request: SiteRequest,
    by: Option<&str>,
) -> Result<SiteResponse, Problem> {
    let origins = registered(tenant, &request.origins)?;
    let row = SiteRow {
        site: request.site,
        origins: origins.join(" "),
        created_at: state.environment.clock.now(),
        revoked_at: None,
    };
    let body = SiteAdded {
        site: row.site.clone(),
        origins,
    };
    let answer = site_answer(&row);
    change(state, tenant, body.into(), by, Change::AddSite(row)).await?;
    Ok(answer)
}

/// Replaces a site's origins at every server before the response is sent. Keys, notices and decisions do not change.
pub async fn set_site(
    state: &Admin,
    tenant: &Arc<Tenant>,
    site: &SiteId,
    request: SiteChange,
    by: Option<&str>,
) -> Result<SiteResponse, Problem> {
    let known = tenant.sites.get(site).ok_or(ProblemKind::NotFound)?;
    let origins = registered(tenant, &request.origins)?;
    if origins != known.origins {
        let set = Change::SetSite {
            site: site.clone(),
            origins: origins.join(" "),
        };
        let site = site.clone();
        let body = SiteChanged { site, origins };
        change(state, tenant, body.into(), by, set).await?;
    }
    let sites = sites(state, tenant).await?;
    let row = sites.into_iter().find(|row| row.site == *site);
    row.ok_or_else(|| ProblemKind::NotFound.into())
}

/// Normalises origins and removes duplicates; keeps their order.
fn registered(tenant: &Tenant, given: &[String]) -> Result<Vec<String>, Problem> {
    if given.len() > ORIGINS_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/origins", format!("must be at most {ORIGINS_MAX}")));
    }
    let mut origins = Vec::new();
    for (i, text) in given.iter().enumerate() {
        let origin = origin::registered(text, tenant.is_test()).map_err(|fault| {
            Problem::new(ProblemKind::FieldInvalid)
                .field(format!("/origins/{i}"), fault.to_string())
        })?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    Ok(origins)
}

/// Lists a tenant's sites, revoked sites included.
pub async fn sites(state: &Admin, tenant: &Tenant) -> Result<Vec<SiteResponse>, Problem> {
    let rows = state.store.sites(&tenant.id).await?;
    Ok(rows.iter().map(site_answer).collect())
}

/// Revokes a site: its notice is no longer served, and its publishable keys become invalid.
pub async fn revoke_site(
    state: &Admin,
    tenant: &Arc<Tenant>,
    site: &SiteId,
    by: Option<&str>,
) -> Result<(), Problem> {
    if !tenant.sites.contains_key(site) {
        return Err(ProblemKind::NotFound.into());
    }
    let body = SiteRevoked { site: site.clone() };
    change(
        state,
        tenant,
        body.into(),
        by,
        Change::RevokeSite { site: site.clone() },
    )
    .await
}

async fn change(
    state: &Admin,
    tenant: &Arc<Tenant>,
    body: PublicBody,
    by: Option<&str>,
    change: Change,
) -> Result<(), Problem> {
    let leaf = PublicLeaf {
        body,
        by: by.map(str::to_owned),
        change,
    };
    match state
        .appender
        .submit(tenant, Job::Public(Box::new(leaf)))
        .await?
    {
        AppendOutcome::Published { .. } => Ok(()),
        _ => Err(ProblemKind::Internal.into()),
    }
}

fn key_answer(row: &KeyRow) -> KeyResponse {
    KeyResponse {
        key_id: row.key_id.clone(),
        role: row.role.clone(),
        site: row.site.clone(),
        label: row.label.clone(),
        created_at: format_rfc3339(row.created_at),
        revoked_at: row.revoked_at.map(format_rfc3339),
        expires_at: row.expires_at.map(format_rfc3339),
        last_used_on: row.last_used_day.map(lives::day_text),
        unused: false,
        key: None,
    }
}

fn site_answer(row: &SiteRow) -> SiteResponse {
    SiteResponse {
        site: row.site.clone(),
        origins: row
            .origins
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        created_at: format_rfc3339(row.created_at),
        revoked_at: row.revoked_at.map(format_rfc3339),
    }
}
