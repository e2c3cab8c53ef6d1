//! One running server: everything a request needs, made in one place, and taken down in one place.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use samtycke_core::id::{LogId, TenantId};
use samtycke_core::keys::{self, Label};
use samtycke_core::leaf::{Leaf, LeafKind};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_log::append::{AppendLimits, Appender};
use samtycke_log::publish::{Pace, PublishError, Publisher};
use samtycke_tlog::merkle::Frontier;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinHandle};

use crate::agent::Agents;
use crate::banner::Documents;
use crate::clock::{Environment, random};
use crate::config::{Config, Database};
use crate::history::HistoryPlaces;
use crate::home::Commands;
use crate::keyring::{Keyring, KeyringError, Missing};
use crate::limit::{KeyClass, LimitSettings, RateLimits};
use crate::log::Ledger;
use crate::log::body::canonical_of;
use crate::metrics::Metrics;
use crate::sdk::earlier::EarlierFiles;
use crate::store::batch::BatchRows;
use crate::store::control::TenantRow;
use crate::store::log::{HeadRow, LeafRow, PublicationRow};
use crate::store::{Store, StoreError};
use crate::tenant::{Role, Secrets, Tenant, Tenants, log_origin};

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be used.
    #[error("{path}: {source}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another process uses it.
    #[error(
        "{0} is in use by another samtycke; stop it first, or give this one a data_dir of its own"
    )]
    InUse(PathBuf),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The root secrets cannot be used.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// A user-agent rule or another part failed.
    #[error("{0}")]
    Other(String),
}

/// What a demo has to try.
#[derive(Debug, Clone)]
pub struct Example {
    /// Commands with real keys in them.
    pub commands: Commands,
    /// Addresses of the tenants' websites.
    pub sites: BTreeMap<String, String>,
}

/// One running server.
pub struct App {
    /// Its settings.
    pub config: Config,
    /// Its database.
    pub store: Store,
    /// Every tenant it has met.
    pub tenants: Arc<Tenants>,
    /// Takes jobs for the logs.
    pub appender: Appender<Ledger>,
    /// Publishes the logs.
    pub publisher: Arc<Publisher<Tenants>>,
    /// Clock and random numbers.
    pub environment: Environment,
    /// Reads user agents.
    pub agents: Agents,
    /// Counts.
    pub metrics: Arc<Metrics>,
    /// Rate limits.
    pub limits: RateLimits,
    /// Places for those who read histories.
    pub histories: HistoryPlaces,
    /// What banners draw.
    pub documents: Documents,
    /// The banner's files of earlier releases.
    pub earlier_files: Arc<EarlierFiles>,
    /// The root secrets.
    pub keyring: Arc<Keyring>,
    example: OnceLock<Example>,
    publishing: Mutex<Option<JoinHandle<()>>>,
    keeping: AbortHandle,
    /// Held as long as the process uses the embedded database.
    lock: Mutex<Option<File>>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({})", self.store.engine())
    }
}

impl App {
    /// Opens everything: data folder, database, root secrets, tenants, hot state, log anchors. Nothing listens yet.
    pub async fn start(
        config: Config,
        environment: Environment,
        root_key: Option<String>,
    ) -> Result<Arc<Self>, StartError> {
        let (store, lock) = open_store(&config).await?;
        store.migrate().await?;
        let identity = identity(&store, &environment).await?;
        let is_new = store.tenants().await?.is_empty();
        let keys = config.data_dir.join("keys");
        let keyring = Arc::new(Keyring::open(
            &keys,
            root_key.as_deref(),
            if is_new {
                Missing::MakeAll
            } else {
                Missing::MakeInstance
            },
            &*environment.rng,
        )?);
        let tenants = Arc::new(Tenants::new(
            store.clone(),
            keyring.clone(),
            environment.clock.clone(),
        ));
        tenants.load_all().await?;
        let (dirty, news) = mpsc::unbounded_channel();
        let publisher = Arc::new(Publisher::new(
            store.clone(),
            tenants.clone(),
            environment.clone(),
            config.anchor_dir.clone(),
            identity,
            Pace {
                dirty: config.publish_interval,
                idle: config.publish_idle_interval,
                preventive: config.publish_preventive_interval,
                anchor_keep_days: config.anchor_keep_days,
            },
        ));
        check_anchors(&tenants, &publisher).await?;
        let queues = AppendLimits {
            record_queue_max: config.limits.record_queue_max,
            withdrawal_queue_max: config.limits.withdrawal_queue_max,
            batch_events_max: config.limits.batch_events_max,
        };
        let appender = Appender::new(
            store.clone(),
            Ledger::new(store.clone(), tenants.clone(), environment.clone()),
            environment.clone(),
            queues,
            dirty,
        );
        let metrics = Arc::new(Metrics::default());
        let limits = rate_limits(&config, &environment, &keyring, &tenants, &metrics)?;
        let histories = HistoryPlaces::new(config.limits.history_in_flight_max, &metrics);
        let publishing = tokio::spawn(publisher.clone().run(news));
        let earlier_files = Arc::new(EarlierFiles::new(store.clone(), environment.clone()));
        earlier_files.keep().await?;
        let keeping = tokio::spawn(earlier_files.clone().keep_daily()).abort_handle();
        Ok(Arc::new(Self {
            config,
            store,
            tenants,
            appender,
            publisher,
            environment,
            agents: Agents::warm().await,
            metrics,
            limits,
            histories,
            documents: Documents::default(),
            earlier_files,
            keyring,
            example: OnceLock::new(),
            publishing: Mutex::new(Some(publishing)),
            keeping,
            lock: Mutex::new(lock),
        }))
    }

    /// Drains the queues, publishes what was committed, closes the database and gives it free.
    pub async fn stop(&self) {
        self.keeping.abort();
        self.appender.close().await;
        let publishing = self
            .publishing
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        if let Some(publishing) = publishing {
            // The appender's end has closed the channel, so the publisher ends after a last round.
            let _ = publishing.await;
        }
        self.store.close().await;
        // Whoever still holds the app holds nothing that the next process needs.
        drop(
            self.lock
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .take(),
        );
    }

    /// What the page of a demo shows besides.
    pub fn set_example(&self, example: Example) {
        // The demo sets it once, before it serves.
        let _ = self.example.set(example);
    }

    /// That, on a demo.
    pub fn example(&self) -> Option<&Example> {
        self.example.get()
    }

    /// Whether the log anchor lies on the database's device, and so would be lost with it.
    pub fn anchor_same_device(&self) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let Database::Sqlite(db) = &self.config.database else {
            return false;
        };
        let device = |path: &std::path::Path| std::fs::metadata(path).map(|m| m.dev()).ok();
        device(db) == device(&self.config.anchor_dir)
    }

    /// Brings the gauges up to date, when somebody asks for them.
    pub fn note_gauges(&self) {
        let gauge = |name, help, value: usize| {
            self.metrics
                .gauge(name, help, &[])
                .set(i64::try_from(value).unwrap_or(i64::MAX));
        };
        let tenants = self.tenants.all();
        let frozen = tenants.iter().filter(|t| t.runtime.is_frozen()).count();
        let subjects = tenants
            .iter()
            .filter_map(|t| t.runtime.hot.as_ref())
            .map(crate::hot::HotStates::len)
            .sum();
        gauge("samtycke_logs", "Logs, one a tenant.", tenants.len());
        gauge(
            "samtycke_logs_frozen",
            "Logs whose database contradicts the log anchor.",
            frozen,
        );
        gauge(
            "samtycke_hot_subjects",
            "Subjects whose state is in memory.",
            subjects,
        );
        gauge(
            "samtycke_anchor_same_device",
            "1 where the log anchor lies on the database's device.",
            usize::from(self.anchor_same_device()),
        );
    }

    /// What a request is told when the database failed; logged here, once.
    pub fn failed(&self, error: &StoreError) -> Problem {
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Contradiction(_) => ProblemKind::Internal.into(),
            _ => Problem::new(ProblemKind::Unavailable).retry_after(1),
        }
    }

    /// Adds a tenant and opens its log; leaf 0 states origin and key.
    pub async fn add_tenant(
        &self,
        tenant: TenantId,
        controller: &str,
    ) -> Result<Arc<Tenant>, Problem> {
        let now = self.environment.clock.now();
        let log = LogId::from_bytes(random(&*self.environment.rng));
        let origin = log_origin(&self.config.log_host, &tenant, &log);
        let row = TenantRow {
            tenant,
            log: log.clone(),
            controller: controller.into(),
            created_at: now,
        };
        let verifier = Secrets::derive(self.keyring.clone(), log.clone())
            .note_signer(&origin)
            .verifier()
            .to_string();
        let body = canonical_of(&json!({
            "v": 1, "kind": "log_opened", "at": now, "log": log, "origin": origin, "vkey": verifier,
        }));
        let leaf = Leaf::public(LeafKind::KeyChange, &body).expect("a change of keys is public");
        let mut frontier = Frontier::new();
        frontier.append(leaf.hash());
        let head = HeadRow {
            log,
            origin,
            size: 1,
            root: frontier.root(),
            frontier: frontier.to_bytes(),
            epoch: 1,
            last_received_at: now,
            config_version: 1,
        };
        let rows = BatchRows {
            leaves: vec![LeafRow {
                idx: 0,
                leaf_hash: leaf.hash(),
                leaf: leaf.to_bytes().to_vec(),
            }],
            publications: vec![PublicationRow {
                idx: 0,
                kind: "log_opened".into(),
                body: String::from_utf8(body).expect("canonical JSON is UTF-8"),
            }],
            ..BatchRows::default()
        };
        let open = async {
            let mut tx = self.store.begin().await?;
            tx.insert_tenant(&row).await?;
            tx.insert_head(&head).await?;
            tx.append(&head, &head, &rows).await?;
            tx.commit().await?;
            self.tenants.load(&row).await
        };
        open.await.map_err(|error| match error {
            StoreError::Duplicate => {
                Problem::new(ProblemKind::Conflict).field("/tenant", "is taken")
            }
            error => self.failed(&error),
        })
    }
}

async fn open_store(config: &Config) -> Result<(Store, Option<File>), StartError> {
    let folder = |path: PathBuf| {
        std::fs::create_dir_all(&path)
            .map(|()| path.clone())
            .map_err(|source| StartError::Folder { path, source })
    };
    folder(config.data_dir.join("keys"))?;
    folder(config.anchor_dir.clone())?;
    match &config.database {
        Database::Sqlite(db) => {
            let db = folder(db.clone())?;
            // Two processes with hot state of their own would each miss the other's withdrawals.
            let path = db.join("lock");
            let lock = File::create(&path).map_err(|source| StartError::Folder {
                path: path.clone(),
                source,
            })?;
            lock.try_lock()
                .map_err(|_| StartError::InUse(config.data_dir.clone()))?;
            let file = db.join("samtycke.db");
            let store = if config.is_throwaway {
                Store::throwaway(&file).await?
            } else {
                Store::sqlite(&file).await?
            };
            Ok((store, Some(lock)))
        }
        Database::Postgres(url) => {
            let store = Store::postgres(
                url,
                config.database_connections_max,
                config.allow_unsafe_postgres,
            )
            .await?;
            Ok((store, None))
        }
    }
}

fn rate_limits(
    config: &Config,
    environment: &Environment,
    keyring: &Keyring,
    tenants: &Arc<Tenants>,
    metrics: &Metrics,
) -> Result<RateLimits, StartError> {
    let instance: Option<[u8; 32]> = keyring.instance().map(|key| Sha256::digest(key).into());
    let tenants = tenants.clone();
    let known = move |hash: &[u8; 32]| match tenants.known_role(hash) {
        Some(Role::Publishable) => Some(KeyClass::Page),
        Some(_) => Some(KeyClass::Secret),
        None => (Some(*hash) == instance).then_some(KeyClass::Secret),
    };
    let secret = keys::derive(keyring.first(), Label::Reference, "rate-limits", 1);
    let limits = RateLimits::new(&LimitSettings {
        rates: &config.limits.rate,
        trusted_proxy_hops: config.trusted_proxy_hops,
        trusted_proxies: &config.trusted_proxies,
        keys: Arc::new(known),
        redis_url: config.redis_url.as_deref(),
        redis_secret: *secret.expose(),
        environment: environment.clone(),
        metrics,
    })
    .map_err(|error| StartError::Other(format!("redis_url cannot be used: {error}")))?;
    limits.spawn_sweeper();
    Ok(limits)
}

/// The database's own identity, made with it.
async fn identity(store: &Store, environment: &Environment) -> Result<String, StoreError> {
    if store.meta("identity").await?.is_none() {
        let mut tx = store.begin().await?;
        tx.init_meta("identity", &hex::encode(random::<16>(&*environment.rng)))
            .await?;
        tx.commit().await?;
    }
    let identity = store.meta("identity").await?;
    identity.ok_or_else(|| StoreError::Contradiction("the database has no identity".into()))
}

/// Compares every log with its anchor; one that was rolled back is frozen, the others serve.
async fn check_anchors(
    tenants: &Tenants,
    publisher: &Publisher<Tenants>,
) -> Result<(), StartError> {
    for tenant in tenants.all() {
        match publisher.check(&tenant).await {
            Ok(_) | Err(PublishError::RolledBack(_)) => {}
            Err(PublishError::Store(error)) => return Err(error.into()),
            Err(error) => return Err(StartError::Other(error.to_string())),
        }
    }
    Ok(())
}
