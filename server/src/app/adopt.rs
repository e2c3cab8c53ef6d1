//! Gives the log anchor's folder another place: what `samtycke anchor adopt` does while no server runs.

use std::sync::Arc;

use samtycke_core::id::TenantId;
use samtycke_log::PublishError;
use samtycke_log::anchor::{AnchorPlace, Claim};
use samtycke_log::publish::{ANCHOR_ID, Publisher};

use super::{AnchorError, StartError, identity, open_store, pace};
use crate::backup::RESTORED;
use crate::clock::{Environment, random};
use crate::config::Config;
use crate::folder::private_folder;
use crate::keyring::{Keyring, Missing};
use crate::store::Store;
use crate::tenant::{Tenant, Tenants};

/// What an adopted folder holds of one log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptedLog {
    /// The tenant.
    pub tenant: TenantId,
    /// The log's origin.
    pub origin: String,
    /// Leaves up to which the anchor vouches for the log; `None` for a log that was never signed.
    pub size: Option<u64>,
    /// Whether the head was taken from the database, because the folder held none.
    pub is_from_database: bool,
    /// Whether the log stays frozen: the folder holds nothing of it, and the database was restored from a backup, so that nobody
    /// can tell what is missing. Only a succession goes on from there.
    pub stays_frozen: bool,
}

/// Makes `anchor_dir` the anchor of the database. Each log must agree with what the folder holds of it. With
/// `from_database` a log that the folder does not hold is taken as the database has it: a rollback from before is then
/// never noticed. The anchor gets a new id, so that no server goes on with a copy of the folder elsewhere.
pub async fn adopt_anchor(
    config: &Config,
    environment: &Environment,
    root_key: Option<&str>,
    from_database: bool,
) -> Result<Vec<AdoptedLog>, StartError> {
    let (store, lock) = open_store(config).await?;
    store.migrate().await?;
    let adopted = adopt(&store, config, environment, root_key, from_database).await;
    store.close().await;
    drop(lock);
    adopted
}

async fn adopt(
    store: &Store,
    config: &Config,
    environment: &Environment,
    root_key: Option<&str>,
    from_database: bool,
) -> Result<Vec<AdoptedLog>, StartError> {
    let dir = &config.anchor_dir;
    let folder = |error| AnchorError::Folder(dir.clone(), error);
    private_folder(dir).map_err(folder)?;
    let identity = identity(store, environment).await?;
    let claim = AnchorPlace::claim_in(dir).map_err(folder)?;
    if claim
        .as_ref()
        .is_some_and(|claim| claim.identity != identity)
    {
        return Err(AnchorError::Foreign(dir.clone()).into());
    }
    let keys = config.data_dir.join("keys");
    let keyring = Keyring::open(&keys, root_key, Missing::Refuse, &*environment.rng)?;
    let clock = environment.clock.clone();
    let tenants = Arc::new(Tenants::without_states(
        store.clone(),
        Arc::new(keyring),
        clock,
    ));
    tenants.load_all().await?;
    let publisher = Publisher::new(
        store.clone(),
        tenants.clone(),
        environment.clone(),
        AnchorPlace::being_adopted(dir),
        identity.clone(),
        pace(config),
    );
    let was_restored = store.meta(RESTORED).await?.is_some();
    let mut logs = Vec::new();
    for tenant in tenants.all() {
        logs.push(log(&publisher, &tenant, from_database, was_restored, config).await?);
    }
    let id = hex::encode(random::<16>(&*environment.rng));
    let new = Claim {
        v: 1,
        id: id.clone(),
        identity,
        timeline: claim.and_then(|claim| claim.timeline),
    };
    AnchorPlace::write_claim(dir, &new).map_err(folder)?;
    let mut tx = store.begin().await?;
    tx.set_meta(ANCHOR_ID, &id).await?;
    tx.commit().await?;
    Ok(logs)
}

async fn log(
    publisher: &Publisher<Tenants>,
    tenant: &Tenant,
    from_database: bool,
    was_restored: bool,
    config: &Config,
) -> Result<AdoptedLog, StartError> {
    let mut stays_frozen = false;
    let (size, is_from_database) = match publisher.check(tenant).await {
        Ok(head) => (head.map(|head| head.size), false),
        Err(PublishError::RolledBack(why)) => {
            let dir = config.anchor_dir.clone();
            let is_empty = !dir.join(tenant.log.as_str()).join("head.json").exists();
            if !is_empty {
                return Err(AnchorError::Contradicts(dir, tenant.origin.clone(), why).into());
            }
            if !from_database {
                return Err(AnchorError::Empty(dir, tenant.origin.clone()).into());
            }
            if was_restored {
                stays_frozen = true;
                (None, false)
            } else {
                let seeded = publisher.seed_anchor(tenant).await;
                let seeded = seeded.map_err(|error| StartError::Other(error.to_string()))?;
                (Some(seeded.size), true)
            }
        }
        Err(PublishError::Store(error)) => return Err(error.into()),
        Err(error) => return Err(StartError::Other(error.to_string())),
    };
    Ok(AdoptedLog {
        tenant: tenant.id.clone(),
        origin: tenant.origin.clone(),
        size,
        is_from_database,
        stays_frozen,
    })
}
