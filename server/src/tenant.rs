//! A tenant as requests see it: an immutable snapshot of its keys, sites, register and notices, replaced whole when
//! any of them changes; and, beside it, what lives as long as its log (hot state, head, frozen or not).

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use samtycke_core::decide::PurposeLookup;
use samtycke_core::id::{LogId, NoticeHash, PurposeId, SiteId, SubjectId, TenantId};
use samtycke_core::keys::{self, Label, Secret, SubjectKey, WrapPlace};
use samtycke_core::notice::{Manifest, NoticeStanding, Publication};
use samtycke_core::purpose::{AgeRule, Purpose};
use samtycke_core::register::Register;
use samtycke_core::retention::Term;
use serde::{Deserialize, Serialize};

use crate::clock::UnixMs;
use crate::hot::HotStates;
use crate::keyring::Keyring;
use crate::position::Position;
use crate::store::control::TenantRow;
use crate::store::{Store, StoreError, Stored};

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A browser or app: reads notices, writes and reads only its own subject. Bound to a site and its origins.
    Publishable,
    /// The tenant's own servers: record and check.
    Service,
    /// Drafts registers and notices.
    Editor,
    /// Publishes them.
    Publisher,
    /// The data protection officer: history, erasure, everything about a subject.
    Dpo,
    /// Proofs, by pseudonym only.
    Auditor,
    /// Keys, sites, metrics; nothing about any subject.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Publishable,
        Self::Service,
        Self::Editor,
        Self::Publisher,
        Self::Dpo,
        Self::Auditor,
        Self::Operator,
    ];

    /// The word in the API and in keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publishable => "publishable",
            Self::Service => "service",
            Self::Editor => "editor",
            Self::Publisher => "publisher",
            Self::Dpo => "dpo",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(())
    }
}

/// A live key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its public name, as the log records it.
    pub key_id: String,
    /// What it may do.
    pub role: Role,
    /// The site a publishable key belongs to.
    pub site: Option<SiteId>,
}

/// A live site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub site: SiteId,
    /// Web origins from which its publishable keys may be used; empty for an app.
    pub origins: Vec<String>,
}

/// The register in force.
#[derive(Debug)]
pub struct LiveRegister {
    /// Its version.
    pub version: u64,
    /// Its content hash, hex.
    pub hash: String,
    /// Its purposes.
    pub register: Register,
    /// Its purposes' retention rules, read once.
    pub terms: HashMap<PurposeId, Vec<Term>>,
}

impl LiveRegister {
    /// A register that goes live, or went live once.
    pub fn read(version: u64, body: &str) -> Stored<Self> {
        let register = Register::parse(body)
            .map_err(|_| StoreError::Contradiction("a stored register cannot be read".into()))?;
        let terms = register
            .purposes
            .iter()
            .map(|p| (p.id.clone(), Term::all_of(p)))
            .collect();
        Ok(Self {
            version,
            hash: register.hash().to_string(),
            register,
            terms,
        })
    }
}

/// A notice that was ever published.
#[derive(Debug)]
pub struct LiveNotice {
    /// Where it is shown.
    pub site: SiteId,
    /// Its version.
    pub version: u64,
    /// Its manifest, read.
    pub manifest: Manifest,
    /// Its manifest's exact bytes.
    pub bytes: String,
}

/// Keys derived for one tenant, one for each use, so that no message of one can pass for another.
#[derive(Debug)]
pub struct Secrets {
    keyring: Arc<Keyring>,
    log: LogId,
    /// MACs of bodies.
    pub body: Secret,
    /// Positions.
    pub position: Secret,
    /// Capabilities.
    pub capability: Secret,
    /// References behind pseudonyms.
    pub reference: Secret,
    /// The lookup key that the SDK shares: pseudonyms are made with it.
    pub lookup: Secret,
    erased: Secret,
}

impl Secrets {
    /// Derives a tenant's keys.
    pub fn derive(keyring: Arc<Keyring>, log: LogId) -> Self {
        let one = |label| keys::derive(keyring.first(), label, log.as_str(), 1);
        Self {
            body: one(Label::Body),
            position: one(Label::Position),
            capability: one(Label::Capability),
            reference: one(Label::Reference),
            lookup: one(Label::Lookup),
            erased: one(Label::ErasedMark),
            keyring,
            log,
        }
    }

    /// The seed of the log's signing key.
    pub fn signing_seed(&self) -> Secret {
        keys::derive(
            self.keyring.first(),
            Label::LogSigning,
            self.log.as_str(),
            1,
        )
    }

    /// Wraps a subject's key under the newest epoch.
    pub fn wrap(&self, subject: &SubjectId, key: &SubjectKey, nonce: &[u8; 24]) -> (u64, Vec<u8>) {
        let epoch = self.keyring.epoch();
        let kek = self.kek(epoch).expect("the newest epoch has a root");
        (
            epoch,
            key.wrap(
                &kek,
                nonce,
                WrapPlace {
                    log: &self.log,
                    subject,
                    epoch,
                },
            ),
        )
    }

    /// Unwraps a subject's key.
    pub fn unwrap(&self, subject: &SubjectId, epoch: u64, wrapped: &[u8]) -> Stored<SubjectKey> {
        let bad = || StoreError::Contradiction("a subject's key cannot be unwrapped".into());
        let kek = self.kek(epoch).ok_or_else(bad)?;
        SubjectKey::unwrap(
            &kek,
            wrapped,
            WrapPlace {
                log: &self.log,
                subject,
                epoch,
            },
        )
        .map_err(|_| bad())
    }

    fn kek(&self, epoch: u64) -> Option<Secret> {
        let root = self.keyring.root(epoch)?;
        Some(keys::derive(root, Label::Kek, self.log.as_str(), epoch))
    }

    /// The mark of an erased subject.
    pub fn erased_mark(&self, subject: &SubjectId) -> [u8; 32] {
        keys::mac(
            &self.erased,
            format!("samtycke/erased/v1\n{subject}").as_bytes(),
        )
    }

    /// The reference of an identifier that was pseudonymised with the lookup key.
    pub fn reference_of(&self, identifier_hmac: &[u8; 32]) -> [u8; 32] {
        let mut message = b"samtycke/reference/v1\n".to_vec();
        message.extend_from_slice(identifier_hmac);
        keys::mac(&self.reference, &message)
    }

    /// The MAC of a canonical body.
    pub fn body_mac(&self, body: &[u8]) -> [u8; 32] {
        let mut message = b"samtycke/body-identity/v1\n".to_vec();
        message.extend_from_slice(body);
        keys::mac(&self.body, &message)
    }
}

/// What lives as long as the log, across changes of policy.
#[derive(Debug)]
pub struct LogRuntime {
    /// Subjects' states, on the embedded database only.
    pub hot: Option<HotStates>,
    frozen: AtomicBool,
    head: RwLock<(Position, Arc<str>)>,
    size: AtomicU64,
}

impl LogRuntime {
    fn new(embedded: bool) -> Self {
        Self {
            hot: embedded.then(HotStates::default),
            frozen: AtomicBool::new(false),
            head: RwLock::new((Position { epoch: 0, index: 0 }, "".into())),
            size: AtomicU64::new(0),
        }
    }

    /// Whether the log is frozen: writes answer 503, every check denies.
    pub fn is_frozen(&self) -> bool {
        self.frozen.load(Ordering::SeqCst)
    }

    /// Freezes the log, for good: only a restart after recovery thaws it.
    pub fn freeze(&self) {
        self.frozen.store(true, Ordering::SeqCst);
    }

    /// Notes how far the log has come; older news are ignored.
    pub fn advance(&self, epoch: u64, size: u64, secrets: &Secrets) {
        let Some(index) = size.checked_sub(1) else {
            return;
        };
        let position = Position { epoch, index };
        let mut head = self
            .head
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if position > head.0 || head.1.is_empty() {
            *head = (position, position.token(&secrets.position).into());
            self.size.fetch_max(size, Ordering::SeqCst);
        }
    }

    /// The newest position this process knows of, and its token.
    pub fn head(&self) -> (Position, Arc<str>) {
        self.head
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }
}

/// A tenant at one policy version.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// Short name.
    pub id: TenantId,
    /// Its log.
    pub log: LogId,
    /// The log's origin.
    pub origin: String,
    /// The controller's name.
    pub controller: String,
    /// Version of everything in this snapshot.
    pub policy: u64,
    /// Live keys, by the SHA-256 of the key.
    pub keys: HashMap<[u8; 32], ApiKey>,
    /// Live sites.
    pub sites: HashMap<SiteId, Site>,
    /// The register in force.
    pub register: Option<Arc<LiveRegister>>,
    /// Every notice that was ever published.
    pub notices: Arc<HashMap<NoticeHash, LiveNotice>>,
    /// Publications of the register and of notices, oldest first.
    pub publications: Vec<Publication>,
    /// Derived keys.
    pub secrets: Arc<Secrets>,
    /// What lives as long as the log.
    pub runtime: Arc<LogRuntime>,
}

impl Tenant {
    /// Whether the tenant offers a preventive service to children: then its public log moves at most every ten minutes
    /// (decisions.md 5), so that nobody can watch it grow while a child answers.
    pub fn is_preventive(&self) -> bool {
        self.register.as_ref().is_some_and(|r| {
            r.register
                .purposes
                .iter()
                .any(|p| p.age_rule == AgeRule::IssPreventive)
        })
    }

    /// The hash of the notice in force on a site.
    pub fn current_notice(&self, site: &SiteId) -> Option<&NoticeHash> {
        let publication = self
            .publications
            .iter()
            .rev()
            .find(|p| p.site.as_ref() == Some(site))?;
        Some(&publication.hash)
    }
}

impl PurposeLookup for Tenant {
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.register.as_ref()?.register.purpose(id)
    }

    fn notice_standing(
        &self,
        purpose: &PurposeId,
        notice: &NoticeHash,
        given_at: UnixMs,
    ) -> NoticeStanding {
        // A publication and the events around it take their times from one clock that never goes back.
        let known = self.publications.partition_point(|p| p.at <= given_at);
        samtycke_core::notice::standing(&self.publications, known, notice, purpose)
    }
}

/// Every tenant this process has met.
#[derive(Debug)]
pub struct Tenants {
    store: Store,
    keyring: Arc<Keyring>,
    by_id: RwLock<HashMap<TenantId, Arc<Tenant>>>,
    by_key: RwLock<HashMap<[u8; 32], TenantId>>,
    by_log: RwLock<HashMap<LogId, TenantId>>,
}

impl Tenants {
    /// None yet.
    pub fn new(store: Store, keyring: Arc<Keyring>) -> Self {
        Self {
            store,
            keyring,
            by_id: RwLock::default(),
            by_key: RwLock::default(),
            by_log: RwLock::default(),
        }
    }

    /// Loads every tenant, and on the embedded database every subject's state.
    pub async fn load_all(&self) -> Stored<()> {
        for row in self.store.tenants().await? {
            self.load(&row).await?;
        }
        Ok(())
    }

    /// Every tenant loaded, by name.
    pub fn all(&self) -> Vec<Arc<Tenant>> {
        let mut all: Vec<_> = lock_read(&self.by_id).values().cloned().collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// The tenant and key behind the SHA-256 of a key. On PostgreSQL a key made on another server is found too.
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
            Some(tenant) if tenant.keys.contains_key(key_hash) || self.store.is_embedded() => {
                tenant
            }
            // Revoked, or made on another server since: one row tells whether the snapshot is current.
            Some(tenant) => match self.store.head(&tenant.log).await? {
                Some(head) => self.at_least(&tenant, head.policy).await?,
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

    /// Whether a live site of any tenant has this web origin. A preflight carries no key, so nobody's in particular.
    pub async fn knows_origin(&self, origin: &str) -> bool {
        let has = |tenant: &Arc<Tenant>| {
            tenant
                .sites
                .values()
                .any(|s| s.origins.iter().any(|o| o == origin))
        };
        if lock_read(&self.by_id).values().any(has) {
            return true;
        }
        // Another server may have added the site.
        !self.store.is_embedded() && self.store.knows_origin(origin).await.unwrap_or(false)
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
        match self.store.tenant_of_log(log.as_str()).await? {
            Some(row) => self.load(&row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The same tenant at this policy version or a later one.
    pub async fn at_least(&self, tenant: &Arc<Tenant>, policy: u64) -> Stored<Arc<Tenant>> {
        if tenant.policy >= policy {
            return Ok(tenant.clone());
        }
        let cached = lock_read(&self.by_id).get(&tenant.id).cloned();
        if let Some(current) = cached
            && current.policy >= policy
        {
            return Ok(current);
        }
        self.reload(tenant).await
    }

    /// Reads a tenant again.
    pub async fn reload(&self, tenant: &Tenant) -> Stored<Arc<Tenant>> {
        let row = TenantRow {
            tenant: tenant.id.clone(),
            log: tenant.log.clone(),
            controller: tenant.controller.clone(),
            created_at: 0,
        };
        self.load(&row).await
    }

    /// Reads a tenant's snapshot; the policy first, so that news that arrive meanwhile only cause another reading.
    pub async fn load(&self, row: &TenantRow) -> Stored<Arc<Tenant>> {
        let head = self
            .store
            .head(&row.log)
            .await?
            .ok_or_else(|| StoreError::Contradiction("a tenant has no log".into()))?;
        let known = lock_read(&self.by_id).get(&row.tenant).cloned();
        let (secrets, runtime) = if let Some(tenant) = &known {
            (tenant.secrets.clone(), tenant.runtime.clone())
        } else {
            let runtime = Arc::new(LogRuntime::new(self.store.is_embedded()));
            if let Some(hot) = &runtime.hot {
                fill(&self.store, &row.log, hot).await?;
            }
            (
                Arc::new(Secrets::derive(self.keyring.clone(), row.log.clone())),
                runtime,
            )
        };
        runtime.advance(head.epoch, head.size, &secrets);
        let (keys, all_keys) = live_keys(&self.store, &row.tenant).await?;
        let tenant = Arc::new(Tenant {
            id: row.tenant.clone(),
            log: row.log.clone(),
            origin: head.origin,
            controller: row.controller.clone(),
            policy: head.policy,
            keys,
            sites: live_sites(&self.store, &row.tenant).await?,
            register: live_register(&self.store, &row.tenant).await?.map(Arc::new),
            notices: Arc::new(notices(&self.store, &row.tenant).await?),
            publications: publications(&self.store, &row.log, head.size).await?,
            secrets,
            runtime,
        });
        lock_write(&self.by_key)
            .extend(all_keys.into_iter().map(|hash| (hash, row.tenant.clone())));
        lock_write(&self.by_log).insert(row.log.clone(), row.tenant.clone());
        let mut by_id = lock_write(&self.by_id);
        let newest = match by_id.get(&row.tenant) {
            // Two readings crossed: the one with the later policy stays.
            Some(other) if other.policy > tenant.policy => other.clone(),
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

/// States read at a time: 1 000 rows of some 300 bytes.
const FILL_PAGE: u32 = 1_000;

async fn fill(store: &Store, log: &LogId, hot: &HotStates) -> Stored<()> {
    let mut after = String::new();
    loop {
        let rows = store.states_after(log, &after, FILL_PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        last.subject.as_str().clone_into(&mut after);
        for row in rows {
            let state = serde_json::from_str(&row.state).map_err(|_| {
                StoreError::Contradiction("a subject's state cannot be read".into())
            })?;
            hot.put(&row.subject, Arc::new(state));
        }
    }
}

type Keys = HashMap<[u8; 32], ApiKey>;

async fn live_keys(store: &Store, tenant: &TenantId) -> Stored<(Keys, Vec<[u8; 32]>)> {
    let rows = store.keys(tenant).await?;
    let all = rows.iter().map(|row| row.key_hash).collect();
    let live =
        rows.into_iter()
            .filter(|row| row.revoked_at.is_none())
            .map(|row| {
                let role = row.role.parse().map_err(|()| {
                    StoreError::Contradiction("a key has a role that is none".into())
                })?;
                Ok((
                    row.key_hash,
                    ApiKey {
                        key_id: row.key_id,
                        role,
                        site: row.site,
                    },
                ))
            })
            .collect::<Stored<_>>()?;
    Ok((live, all))
}

async fn live_sites(store: &Store, tenant: &TenantId) -> Stored<HashMap<SiteId, Site>> {
    let rows = store.sites(tenant).await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.revoked_at.is_none())
        .map(|row| {
            let origins = row
                .origins
                .split_ascii_whitespace()
                .map(str::to_owned)
                .collect();
            (
                row.site.clone(),
                Site {
                    site: row.site,
                    origins,
                },
            )
        })
        .collect())
}

async fn live_register(store: &Store, tenant: &TenantId) -> Stored<Option<LiveRegister>> {
    let (_, Some(version)) = store.register_head(tenant).await? else {
        return Ok(None);
    };
    let row = store
        .register_version(tenant, version)
        .await?
        .ok_or_else(|| StoreError::Contradiction("the live register is missing".into()))?;
    LiveRegister::read(version, &row.body).map(Some)
}

async fn notices(store: &Store, tenant: &TenantId) -> Stored<HashMap<NoticeHash, LiveNotice>> {
    let rows = store.notices(tenant).await?;
    rows.into_iter()
        .map(|row| {
            let manifest = serde_json::from_str(&row.manifest).map_err(|_| {
                StoreError::Contradiction("a notice's manifest cannot be read".into())
            })?;
            Ok((
                row.hash,
                LiveNotice {
                    site: row.site,
                    version: row.version,
                    manifest,
                    bytes: row.manifest,
                },
            ))
        })
        .collect()
}

async fn publications(store: &Store, log: &LogId, size: u64) -> Stored<Vec<Publication>> {
    let rows = store.publications(log, 0, size).await?;
    rows.into_iter()
        .filter(|row| matches!(row.kind.as_str(), "notice" | "register"))
        .map(|row| {
            serde_json::from_str(&row.body)
                .map_err(|_| StoreError::Contradiction("a publication cannot be read".into()))
        })
        .collect()
}
