//! The tenants that this process has loaded.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use samtycke_core::id::{LogId, NoticeHash, TenantId};

use super::campaigns::in_force;
use super::load::{
    Published, cookie_signer, ensure_own_key, fill, live_keys, live_register, live_sites, notices,
};
use super::origins::SharedOrigins;
use super::{ApiKey, KeyUses, LogRuntime, Role, Secrets, Tenant};
use crate::clock::Clock;
use crate::keyring::Keyring;
use crate::store::control::TenantRow;
use crate::store::{Store, StoreError, Stored};

/// The tenants that this process has loaded.
pub struct Tenants {
    store: Store,
    keyring: Arc<Keyring>,
    by_id: RwLock<HashMap<TenantId, Arc<Tenant>>>,
    by_key: RwLock<HashMap<[u8; 32], TenantId>>,
    by_log: RwLock<HashMap<LogId, TenantId>>,
    /// On PostgreSQL: origins of sites that other servers have added.
    origins: SharedOrigins,
    /// Says which keys have expired.
    clock: Arc<dyn Clock>,
    uses: KeyUses,
    /// Whether every subject's state is held in memory.
    holds_states: bool,
    hot_subjects_max: usize,
}

impl std::fmt::Debug for Tenants {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tenants").finish_non_exhaustive()
    }
}

impl Tenants {
    /// Starts empty. `hot_subjects_max`: states of each tenant in memory, on the embedded database.
    pub fn new(
        store: Store,
        keyring: Arc<Keyring>,
        clock: Arc<dyn Clock>,
        hot_subjects_max: usize,
    ) -> Self {
        Self {
            holds_states: store.is_embedded(),
            store,
            keyring,
            by_id: RwLock::default(),
            by_key: RwLock::default(),
            by_log: RwLock::default(),
            origins: SharedOrigins::new(clock.clone()),
            clock,
            uses: KeyUses::default(),
            hot_subjects_max,
        }
    }

    /// Whether a key has ended by itself, now.
    pub fn has_expired(&self, key: &ApiKey) -> bool {
        key.has_expired(self.clock.now())
    }

    /// Notes that a request came with this key. Nothing waits for it.
    pub fn note_use(&self, key_hash: &[u8; 32]) {
        self.uses.note(key_hash, self.clock.now());
    }

    /// On which day each key was last used here.
    pub fn uses(&self) -> &KeyUses {
        &self.uses
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Starts empty, and reads no state: for a program that looks at states which may be damaged, and answers no check.
    pub fn without_states(store: Store, keyring: Arc<Keyring>, clock: Arc<dyn Clock>) -> Self {
        Self {
            holds_states: false,
            ..Self::new(store, keyring, clock, 0)
        }
    }

    /// Loads every tenant and, on the embedded database, the subjects' states, as many as memory has room for.
    pub async fn load_all(&self) -> Stored<()> {
        for row in self.store.tenants().await? {
            self.load(&row).await?;
        }
        Ok(())
    }

    /// Every loaded tenant, by name.
    pub fn all(&self) -> Vec<Arc<Tenant>> {
        let mut all: Vec<_> = lock_read(&self.by_id).values().cloned().collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// The tenant and key for the SHA-256 of a key. On PostgreSQL it also finds keys made on another server.
    pub async fn by_key(&self, key_hash: &[u8; 32]) -> Stored<Option<(Arc<Tenant>, ApiKey)>> {
        let cached = lock_read(&self.by_key).get(key_hash).cloned();
        let id = match cached {
            Some(id) => id,
            None if self.store.is_embedded() => return Ok(None),
            None => match self.store.tenant_of_key(key_hash).await? {
                Some(id) => id,
                None => return Ok(None),
            },
        };
        let cached = lock_read(&self.by_id).get(&id).cloned();
        let tenant = match cached {
            Some(tenant) if self.store.is_embedded() => tenant,
            Some(tenant)
                if tenant.keys.contains_key(key_hash) && tenant.unaccepted_loss.is_none() =>
            {
                tenant
            }
            // Revoked, accepted or changed on another server since. One row tells whether the snapshot is current.
            Some(tenant) => match self.store.head(&tenant.log).await? {
                Some(head) => self.at_least(&tenant, head.config_version).await?,
                None => return Ok(None),
            },
            None => match self.store.tenant(id.as_str()).await? {
                Some(row) => self.load(&row).await?,
                None => return Ok(None),
            },
        };
        let key = tenant.keys.get(key_hash).cloned();
        Ok(key.map(|key| (tenant, key)))
    }

    /// The tenant and the role of a live key by its SHA-256, without a database query. A key that another server just
    /// made is unknown here until its first use, or until its tenant is loaded again.
    pub fn known_key(&self, key_hash: &[u8; 32]) -> Option<(TenantId, Role)> {
        let id = lock_read(&self.by_key).get(key_hash).cloned()?;
        let tenant = lock_read(&self.by_id).get(&id).cloned()?;
        let key = tenant.keys.get(key_hash);
        key.filter(|key| !self.has_expired(key))
            .map(|key| (id, key.role))
    }

    /// Whether a live site of any tenant has this web origin. A preflight carries no key, so all tenants count.
    pub async fn knows_origin(&self, origin: &str) -> bool {
        let has = |tenant: &Arc<Tenant>| tenant.sites.values().any(|site| site.allows(origin));
        if lock_read(&self.by_id).values().any(has) {
            return true;
        }
        // Another server may have added the site.
        let read = async || self.store.origins().await;
        !self.store.is_embedded() && self.origins.has(origin, read).await
    }

    /// The tenant of a log.
    pub async fn by_log(&self, log: &LogId) -> Stored<Option<Arc<Tenant>>> {
        let cached = lock_read(&self.by_log).get(log).cloned();
        if let Some(tenant) = cached.and_then(|id| lock_read(&self.by_id).get(&id).cloned()) {
            return Ok(Some(tenant));
        }
        if self.store.is_embedded() {
            return Ok(None);
        }
        if let Some(row) = self.store.tenant_of_log(log.as_str()).await? {
            return self.load(&row).await.map(Some);
        }
        let of_closed = self.store.tenant_of_closed_log(log).await?;
        match of_closed {
            Some(tenant) => match self.store.tenant(tenant.as_str()).await? {
                Some(row) => self.load(&row).await.map(Some),
                None => Ok(None),
            },
            None => Ok(None),
        }
    }

    /// The newest configuration version of a tenant. On the embedded database the snapshot is never behind.
    pub async fn newest_config_version(&self, tenant: &Tenant) -> Stored<u64> {
        if self.store.is_embedded() {
            return Ok(tenant.config_version);
        }
        let head = self.store.head(&tenant.log).await?;
        head.map(|head| head.config_version)
            .ok_or_else(|| StoreError::Contradiction("a tenant has no log".into()))
    }

    /// The tenant at this configuration version or a later one.
    pub async fn at_least(&self, tenant: &Arc<Tenant>, config_version: u64) -> Stored<Arc<Tenant>> {
        if tenant.config_version >= config_version {
            return Ok(tenant.clone());
        }
        let cached = lock_read(&self.by_id).get(&tenant.id).cloned();
        if let Some(current) = cached
            && current.config_version >= config_version
        {
            return Ok(current);
        }
        self.reload(tenant).await
    }

    /// The tenant with this notice, if it is stored. Another server may have drafted it: a draft is in force nowhere, so
    /// it makes no new configuration version, and only who names it makes this server look. For staff: each look reads
    /// the tenant.
    pub async fn with_notice(
        &self,
        tenant: &Arc<Tenant>,
        hash: &NoticeHash,
    ) -> Stored<Arc<Tenant>> {
        if self.store.is_embedded() || tenant.notices.contains_key(hash) {
            return Ok(tenant.clone());
        }
        self.reload(tenant).await
    }

    /// Loads a tenant again.
    pub async fn reload(&self, tenant: &Tenant) -> Stored<Arc<Tenant>> {
        // Its log may have been succeeded meanwhile.
        let row = self.store.tenant(tenant.id.as_str()).await?;
        let row = row.ok_or_else(|| StoreError::Contradiction("a tenant is gone".into()))?;
        self.load(&row).await
    }

    /// Loads a tenant's snapshot. It reads the version first, so that a concurrent change only causes another load.
    pub async fn load(&self, row: &TenantRow) -> Stored<Arc<Tenant>> {
        let head = self
            .store
            .head(&row.log)
            .await?
            .ok_or_else(|| StoreError::Contradiction("a tenant has no log".into()))?;
        let known = lock_read(&self.by_id).get(&row.tenant).cloned();
        let same = known.as_ref().filter(|known| known.log == row.log);
        let mut closed_logs = Vec::new();
        for succession in self.store.successions(&row.tenant).await? {
            closed_logs.push(succession.log);
        }
        let first_log = closed_logs.first().unwrap_or(&row.log);
        let (secrets, runtime) = if let Some(tenant) = same {
            (tenant.secrets.clone(), tenant.runtime.clone())
        } else {
            let keyring = self.keyring.clone();
            let secrets = Secrets::of_successor(keyring, first_log.clone(), row.log.clone());
            let runtime = Arc::new(LogRuntime::new(
                self.holds_states.then_some(self.hot_subjects_max),
                self.store.timeline().cloned(),
            ));
            if let Some(hot) = &runtime.hot {
                fill(&self.store, &row.log, hot).await?;
            }
            (Arc::new(secrets), runtime)
        };
        runtime.advance(head.position(), &secrets);
        let mut first_origin = None;
        let mut published = Published::default();
        for log in &closed_logs {
            let closed = self.store.head(log).await?;
            let closed = closed
                .ok_or_else(|| StoreError::Contradiction("a closed log has no head".into()))?;
            published.add(&self.store, log, closed.size).await?;
            first_origin.get_or_insert(closed.origin);
        }
        published.add(&self.store, &row.log, head.size).await?;
        if same.is_none() {
            ensure_own_key(&row.log, &published.log_keys, &secrets)?;
        }
        let (keys, all_keys) = live_keys(&self.store, &row.tenant).await?;
        let register = known.as_ref().and_then(|known| known.register.as_ref());
        let tenant = Arc::new(Tenant {
            id: row.tenant.clone(),
            log: row.log.clone(),
            first_origin: first_origin.unwrap_or_else(|| head.origin.clone()),
            origin: head.origin,
            closed_logs,
            unaccepted_loss: published.unaccepted_loss,
            controller: row.controller.clone(),
            config_version: head.config_version,
            keys,
            sites: live_sites(&self.store, &row.tenant).await?,
            register: live_register(&self.store, &row.tenant, register).await?,
            notices: Arc::new(notices(&self.store, &row.tenant).await?),
            cookie_signer: cookie_signer(&published.log_keys, &secrets).map(Arc::new),
            log_keys: published.log_keys,
            publications: published.publications,
            campaigns: Arc::new(in_force(published.campaigns.iter())),
            campaign_versions: Arc::new(published.campaigns),
            secrets,
            runtime,
        });
        lock_write(&self.by_key)
            .extend(all_keys.into_iter().map(|hash| (hash, row.tenant.clone())));
        lock_write(&self.by_log).extend(tenant.logs().map(|log| (log.clone(), row.tenant.clone())));
        let mut by_id = lock_write(&self.by_id);
        let newest = match by_id.get(&row.tenant) {
            // Two loads overlapped; the later version stays.
            Some(other) if other.config_version > tenant.config_version => other.clone(),
            _ => tenant,
        };
        by_id.insert(row.tenant.clone(), newest.clone());
        Ok(newest)
    }
}

fn lock_read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn lock_write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
