//! The keys that sign a log: a second one is added, both sign for a while, and the first is retired. So whoever verifies proofs
//! has time to get the new policy.

use std::sync::Arc;

use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{PublicBody, SignerAdded, SignerRetired};

use super::{Admin, change};
use crate::log::Change;
use crate::tenant::Tenant;

/// Adds the key of the newest root secret to those that sign the tenant's log, and returns its verifier key.
///
/// # Errors
/// That key signs the log already, or has signed it before: a key that was retired never comes back.
pub async fn add_signer(state: &Admin, tenant: &Arc<Tenant>) -> Result<String, Problem> {
    let tenant = newest(state, tenant).await?;
    let signer = tenant.secrets.newest_signer(&tenant.origin);
    let vkey = signer.verifier().to_string();
    if tenant.log_keys.all().iter().any(|key| key.vkey == vkey) {
        return Err(conflict(
            "the key of the newest root secret signs this log already, or has signed it; add a root secret first: samtycke keys epoch",
        ));
    }
    let body = PublicBody::from(SignerAdded { vkey: vkey.clone() });
    change(state, &tenant, body, None, Change::SetSigners).await?;
    tracing::info!(log = %tenant.log, vkey, "a key was added to those that sign the log");
    Ok(vkey)
}

/// Retires every key of the tenant's log but the newest, and returns their verifier keys, oldest first.
///
/// # Errors
/// Only one key signs the log.
pub async fn retire_signers(state: &Admin, tenant: &Arc<Tenant>) -> Result<Vec<String>, Problem> {
    let tenant = newest(state, tenant).await?;
    let mut old: Vec<String> = tenant.log_keys.live().map(|key| key.vkey.clone()).collect();
    old.pop();
    if old.is_empty() {
        return Err(conflict(
            "only one key signs this log; add the one that takes its place first: samtycke signer add",
        ));
    }
    for vkey in &old {
        let body = PublicBody::from(SignerRetired { vkey: vkey.clone() });
        change(state, &tenant, body, None, Change::SetSigners).await?;
        tracing::info!(log = %tenant.log, vkey, "a key that signed the log was retired");
    }
    Ok(old)
}

/// The tenant as the database has it: another server may have changed its keys a moment ago.
async fn newest(state: &Admin, tenant: &Arc<Tenant>) -> Result<Arc<Tenant>, Problem> {
    let version = state.tenants.newest_config_version(tenant).await?;
    Ok(state.tenants.at_least(tenant, version).await?)
}

fn conflict(why: &'static str) -> Problem {
    Problem::new(ProblemKind::Conflict).detail(why)
}
