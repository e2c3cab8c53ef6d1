//! Sites and keys: added, listed, revoked, each change a public leaf of the log.

pub mod routes;
mod tenants;

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::id::SiteId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{
    KeyAdded, KeyRevoked, PublicBody, SiteAdded, SiteChanged, SiteRevoked,
};
use samtycke_log::append::Appender;
use samtycke_log::publish::Publisher;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

pub use self::tenants::add_tenant;
use crate::clock::{Environment, random};
use crate::keyring::Keyring;
use crate::log::{AppendOutcome, Change, Job, Ledger, PublicLeaf};
use crate::origin;
use crate::store::Store;
use crate::store::control::{KeyRow, SiteRow};
use crate::tenant::{Role, Tenant, Tenants};
use crate::times;

/// Longest label of a key; characters.
const LABEL_CHARS_MAX: usize = 60;
/// Most origins of a site.
const ORIGINS_MAX: usize = 16;

/// What managing tenants, keys and sites needs.
#[derive(Debug)]
pub struct Admin {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Takes changes for the logs.
    pub appender: Arc<Appender<Ledger>>,
    /// Knows the logs' verifier keys.
    pub publisher: Arc<Publisher<Tenants>>,
    /// The root secrets.
    pub keyring: Arc<Keyring>,
    /// Host of the origins of new logs.
    pub log_host: String,
    /// Clock and random numbers.
    pub environment: Environment,
}

/// `POST /v1/keys`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRequest {
    /// What it may do.
    pub role: Role,
    /// The site that a publishable key belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// What it is for; no person's name.
    #[serde(default)]
    pub label: String,
}

/// A key; the secret itself only when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeyAnswer {
    /// Its public name.
    pub key_id: String,
    /// What it may do.
    pub role: String,
    /// Its site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// What it is for.
    pub label: String,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// When it was revoked (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
    /// The key. Shown once: only its hash is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// `POST /v1/sites`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteRequest {
    /// Its name.
    pub site: SiteId,
    /// Origins from which its publishable keys may be used, each as a browser or an app's shell sends it; none for an app
    /// that sends none. One slash at the end is left out, and a name with letters beyond ASCII is kept as Punycode.
    #[serde(default)]
    pub origins: Vec<String>,
}

/// `PUT /v1/sites/{site}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteChange {
    /// Every origin that its publishable keys may be used from, from now on: those that are not here are no longer good.
    pub origins: Vec<String>,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SiteAnswer {
    /// Its name.
    pub site: SiteId,
    /// Its origins.
    pub origins: Vec<String>,
    /// When it was added (RFC 3339).
    pub created_at: String,
    /// When it was revoked (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
}

/// Makes a key. It is 256 random bits; its prefix says what it is, so that scanners of leaked secrets find it.
pub async fn add_key(
    state: &Admin,
    tenant: &Arc<Tenant>,
    request: KeyRequest,
    by: Option<&str>,
) -> Result<KeyAnswer, Problem> {
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
    let secret = URL_SAFE_NO_PAD.encode(random::<32>(&*state.environment.rng));
    let key = format!("{}_{secret}", prefix(tenant, &request));
    let row = KeyRow {
        key_hash: Sha256::digest(&key).into(),
        key_id: format!("k_{}", hex::encode(random::<6>(&*state.environment.rng))),
        role: request.role.as_str().into(),
        site: request.site,
        label: request.label,
        created_at: state.environment.clock.now(),
        revoked_at: None,
    };
    let body = KeyAdded {
        key_id: row.key_id.clone(),
        role: row.role.clone(),
        site: row.site.clone(),
    };
    let mut answer = key_answer(&row);
    change(state, tenant, body.into(), by, Change::AddKey(row)).await?;
    answer.key = Some(key);
    Ok(answer)
}

/// What a key begins with. A publishable one names its site, so that a page knows its cookie before any request, and
/// after the key has been changed for another.
fn prefix(tenant: &Tenant, request: &KeyRequest) -> String {
    match (request.role, &request.site) {
        (Role::Publishable, Some(site)) => {
            let test = if tenant.is_test() { "test_" } else { "" };
            format!("pk_{test}{}", tenant.public_id(site))
        }
        _ => format!("sk_{}", request.role.as_str()),
    }
}

/// A tenant's keys, revoked ones too.
pub async fn keys(state: &Admin, tenant: &Tenant) -> Result<Vec<KeyAnswer>, Problem> {
    let rows = state.store.keys(&tenant.id).await?;
    Ok(rows.iter().map(key_answer).collect())
}

/// Revokes a key: refused at every server from the answer on.
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
) -> Result<SiteAnswer, Problem> {
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

/// Gives a site other origins, at every server from the answer on. Keys, notices and what people said stay as they are.
pub async fn set_site(
    state: &Admin,
    tenant: &Arc<Tenant>,
    site: &SiteId,
    request: SiteChange,
    by: Option<&str>,
) -> Result<SiteAnswer, Problem> {
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

/// Origins as they are kept: each once, in the order in which they were given.
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

/// A tenant's sites, revoked ones too.
pub async fn sites(state: &Admin, tenant: &Tenant) -> Result<Vec<SiteAnswer>, Problem> {
    let rows = state.store.sites(&tenant.id).await?;
    Ok(rows.iter().map(site_answer).collect())
}

/// Revokes a site: its notice is served no longer, and its publishable keys work from nowhere.
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

fn key_answer(row: &KeyRow) -> KeyAnswer {
    KeyAnswer {
        key_id: row.key_id.clone(),
        role: row.role.clone(),
        site: row.site.clone(),
        label: row.label.clone(),
        created_at: times::text(row.created_at),
        revoked_at: row.revoked_at.map(times::text),
        key: None,
    }
}

fn site_answer(row: &SiteRow) -> SiteAnswer {
    SiteAnswer {
        site: row.site.clone(),
        origins: row
            .origins
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        created_at: times::text(row.created_at),
        revoked_at: row.revoked_at.map(times::text),
    }
}
