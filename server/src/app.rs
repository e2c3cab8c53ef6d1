//! One running server: makes all parts that requests need, and takes them down.

mod adopt;
mod anchoring;
mod open;
mod router;
mod state;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use samtycke_core::keys::{self, Label};
use samtycke_log::append::{AppendLimits, Appender};
use samtycke_log::publish::{Pace, Publisher};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

pub use self::adopt::{AdoptedLog, adopt_anchor};
pub use self::anchoring::AnchorError;
pub(crate) use self::open::identity;
pub use self::open::open_store;
pub use self::router::{api_document, router};
use crate::admin::{Admin, KeyWatch};
use crate::agent::Agents;
use crate::backup::refuse_if_left;
use crate::banner::{Banners, Documents};
use crate::check::{Checks, Outcomes};
use crate::clock::Environment;
use crate::config::Config;
use crate::consent::{AnonymousQuota, Consents};
use crate::declaration::live::Declarations;
use crate::folder::{FolderLock, hint};
use crate::fsck::Scrubber;
use crate::home::state::Home;
use crate::http::limit::{KeyClass, KnownKey, LimitSettings, REDIS_TIMEOUT, RateLimits};
use crate::http::openapi::ApiDocument;
use crate::keyring::{Keyring, KeyringError, Missing};
use crate::link::Links;
use crate::log::history::HistoryPlaces;
use crate::log::{Ledger, MarkSweeper};
use crate::media::Media;
use crate::metrics::Metrics;
use crate::objection::Objections;
use crate::prompt::Prompts;
use crate::proof::Proofs;
use crate::register::Registers;
use crate::sdk::earlier::EarlierFiles;
use crate::store::{Store, StoreError};
use crate::subject::Subjects;
use crate::tally::Tallies;
use crate::tenant::{Role, Tenants};
use crate::witness::{self, WitnessError};
use crate::workers::{OnStop, Workers};

/// Errors at the start of the server.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder is not usable.
    #[error("{path}: {source}{}", hint(source))]
    Folder {
        /// Path of the folder.
        path: PathBuf,
        /// Cause.
        source: std::io::Error,
    },
    /// Root was to write into the data folder of another user.
    #[error(
        "{path} belongs to the user with uid {owner}, who could not open what root makes there; run it as that user: \
         sudo -u '#{owner}' samtycke ..."
    )]
    OtherUser {
        /// Path of the folder.
        path: PathBuf,
        /// Its owner.
        owner: u32,
    },
    /// Another process uses the data folder.
    #[error(
        "{0} is in use by another samtycke; stop it first, or give this one a data_dir of its own"
    )]
    InUse(PathBuf),
    /// The database is not usable.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The root secrets are not usable.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The log anchor is missing, or is not this database's.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The witnesses cannot be used.
    #[error(transparent)]
    Witness(#[from] WitnessError),
    /// Another part failed, such as a user-agent rule.
    #[error("{0}")]
    Other(String),
}

/// One running server.
pub struct App {
    /// The server's settings.
    pub config: Arc<Config>,
    /// The server's database.
    pub store: Store,
    /// The loaded tenants.
    pub tenants: Arc<Tenants>,
    /// Publishes the logs.
    pub publisher: Arc<Publisher<Tenants>>,
    /// Clock and random source.
    pub environment: Environment,
    /// Metrics of this server.
    pub metrics: Arc<Metrics>,
    /// Rate limits.
    pub limits: RateLimits,
    /// The root secrets.
    pub keyring: Arc<Keyring>,
    /// Records events and withdrawals.
    pub consents: Arc<Consents>,
    /// Issues prompts.
    pub prompts: Arc<Prompts>,
    /// Answers checks.
    pub checks: Arc<Checks>,
    /// Pictures, film and sound.
    pub media: Arc<Media>,
    /// Lists objections that wait for a decision.
    pub objections: Arc<Objections>,
    /// Finds and reads subjects.
    pub subjects: Arc<Subjects>,
    /// Builds proofs.
    pub proofs: Arc<Proofs>,
    /// Registers and notices.
    pub registers: Arc<Registers>,
    /// Tenants, keys and sites.
    pub admin: Arc<Admin>,
    /// Banners and their cookies.
    pub banners: Arc<Banners>,
    /// Cookie declarations of sites.
    pub declarations: Arc<Declarations>,
    /// Links on which people answer.
    pub links: Arc<Links>,
    /// The front page, health and metrics.
    pub home: Arc<Home>,
    /// When keys were last used, and which end soon.
    pub key_watch: Arc<KeyWatch>,
    /// Looks through every log for damage.
    pub scrubber: Arc<Scrubber>,
    /// The banner files of earlier releases.
    pub earlier_files: Arc<EarlierFiles>,
    /// The description of the API.
    pub api: Arc<ApiDocument>,
    tallies: Tallies,
    appender: Arc<Appender<Ledger>>,
    workers: Workers,
    /// Held while the process uses the embedded database.
    lock: Mutex<Option<FolderLock>>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({})", self.store.engine())
    }
}

impl App {
    /// Opens all parts: data folder, database, root secrets, tenants, hot state, log anchors. It opens no port.
    pub async fn start(
        config: Config,
        environment: Environment,
        root_key: Option<String>,
    ) -> Result<Arc<Self>, StartError> {
        let (store, lock) = open_store(&config).await?;
        store.migrate().await?;
        refuse_if_left(&store)
            .await
            .map_err(|error| StartError::Other(error.to_string()))?;
        anchoring::ensure_none_is_lost(&store, &config.anchor_dir).await?;
        let identity = identity(&store, &environment).await?;
        let is_new = store.tenants().await?.is_empty();
        let rng = &*environment.rng;
        let anchor = anchoring::place(&store, &config.anchor_dir, &identity, rng).await?;
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
            config.limits.hot_subjects_max,
        ));
        tenants.load_all().await?;
        let metrics = Arc::new(Metrics::default());
        let (dirty, news) = mpsc::unbounded_channel();
        let witnesses = witness::witnesses(&config, &environment, &metrics)?;
        let unknown_logs = anchoring::look_for_unknown(&store, &tenants, &anchor).await?;
        let publisher = Publisher::new(
            store.clone(),
            tenants.clone(),
            environment.clone(),
            anchor,
            identity,
            pace(&config),
        );
        let publisher = Arc::new(publisher.with_witnesses(witnesses));
        anchoring::check_logs(&store, &tenants, &publisher).await?;
        anchoring::forget_restore(&store, &tenants, unknown_logs).await?;
        let queues = AppendLimits {
            record_queue_max: config.limits.record_queue_max,
            withdrawal_queue_max: config.limits.withdrawal_queue_max,
            batch_events_max: config.limits.batch_events_max,
        };
        let appender = Arc::new(Appender::new(
            store.clone(),
            Ledger::new(
                store.clone(),
                tenants.clone(),
                environment.clone(),
                config.takedown_due,
                &metrics,
            ),
            environment.clone(),
            queues,
            dirty,
        ));
        let limits = rate_limits(&config, &environment, &keyring, &tenants, &metrics)?;
        if let Some(url) = &config.redis_url {
            RateLimits::check_redis(url)
                .await
                .map_err(StartError::Other)?;
        }
        let histories = Arc::new(HistoryPlaces::new(
            config.limits.history_in_flight_max,
            &metrics,
        ));
        let workers = Workers::default();
        workers.start("publisher", OnStop::Drain, &metrics, {
            let (publisher, news) = (publisher.clone(), Arc::new(tokio::sync::Mutex::new(news)));
            move || {
                let (publisher, news) = (publisher.clone(), news.clone());
                async move { publisher.run(&mut *news.lock().await).await }
            }
        });
        if let Some(watch) = store.timeline() {
            let (behind, again) = (tenants.clone(), publisher.clone());
            workers.start("thaw", OnStop::Abort, &metrics, move || {
                anchoring::thaw_recovered(behind.clone(), again.clone())
            });
            let (tenants, publisher, watch) = (tenants.clone(), publisher.clone(), watch.clone());
            workers.start("failover", OnStop::Abort, &metrics, move || {
                anchoring::follow_timelines(tenants.clone(), publisher.clone(), watch.clone())
            });
        }
        workers.start("rate_limit_sweeper", OnStop::Abort, &metrics, {
            let limits = limits.clone();
            move || limits.clone().sweep_forever()
        });
        let earlier_files = Arc::new(EarlierFiles::new(store.clone(), environment.clone()));
        earlier_files.keep().await?;
        workers.start("banner_files", OnStop::Abort, &metrics, {
            let files = earlier_files.clone();
            move || files.clone().keep_daily()
        });
        let (tallies, tallier) = Tallies::new(store.clone(), &metrics);
        workers.start("tallies", OnStop::Drain, &metrics, {
            let tallier = Arc::new(tokio::sync::Mutex::new(tallier));
            move || {
                let tallier = tallier.clone();
                async move { tallier.lock().await.run().await }
            }
        });
        let quota = Arc::new(AnonymousQuota::new(limits.clone()));
        workers.start("refusal_marks", OnStop::Abort, &metrics, {
            let sweeper = MarkSweeper {
                store: store.clone(),
                tenants: tenants.clone(),
                environment: environment.clone(),
            };
            move || sweeper.clone().sweep_hourly()
        });
        let config = Arc::new(config);
        let checks = Arc::new(Checks {
            store: store.clone(),
            tenants: tenants.clone(),
            histories: histories.clone(),
            batch_max: config.limits.check_batch_max,
            outcomes: Outcomes::new(&metrics),
            environment: environment.clone(),
        });
        let media = Arc::new(Media::new(
            checks.clone(),
            appender.clone(),
            config.takedown_due,
            &metrics,
        ));
        workers.start("takedowns", OnStop::Abort, &metrics, {
            let media = media.clone();
            move || media.clone().follow_campaigns()
        });
        let objections = Arc::new(Objections::new(
            store.clone(),
            tenants.clone(),
            environment.clone(),
            &metrics,
        ));
        workers.start("objections", OnStop::Abort, &metrics, {
            let objections = objections.clone();
            move || objections.clone().count_forever()
        });
        let key_watch = Arc::new(KeyWatch::new(
            store.clone(),
            tenants.clone(),
            environment.clone(),
            &metrics,
        ));
        workers.start("keys", OnStop::Abort, &metrics, {
            let key_watch = key_watch.clone();
            move || key_watch.clone().run()
        });
        let scrubber = Arc::new(Scrubber::new(
            store.clone(),
            tenants.clone(),
            environment.clone(),
            config.anchor_dir.clone(),
            &metrics,
        ));
        workers.start("scrubber", OnStop::Abort, &metrics, {
            let scrubber = scrubber.clone();
            move || scrubber.clone().run_nightly()
        });
        let consents = Arc::new(Consents {
            store: store.clone(),
            tenants: tenants.clone(),
            appender: appender.clone(),
            limits: limits.clone(),
            quota: quota.clone(),
            tallies: tallies.clone(),
            agents: Agents::warm().await,
            environment: environment.clone(),
        });
        let home = Arc::new(Home {
            unknown_logs,
            config: config.clone(),
            store: store.clone(),
            tenants: tenants.clone(),
            publisher: publisher.clone(),
            appender: appender.clone(),
            limits: limits.clone(),
            metrics: metrics.clone(),
            quota: quota.clone(),
            key_watch: key_watch.clone(),
            environment: environment.clone(),
            hourly_sizes: Mutex::default(),
            example: OnceLock::new(),
        });
        workers.start("gauges", OnStop::Abort, &metrics, {
            let home = home.clone();
            move || home.clone().watch_database()
        });
        Ok(Arc::new(Self {
            links: Arc::new(Links {
                store: store.clone(),
                tenants: tenants.clone(),
                consents: consents.clone(),
                public_url: config.public_url.clone(),
                environment: environment.clone(),
            }),
            consents,
            prompts: Arc::new(Prompts::new(tallies.clone(), environment.clone(), &metrics)),
            banners: Arc::new(Banners {
                store: store.clone(),
                tenants: tenants.clone(),
                checks: checks.clone(),
                documents: Documents::default(),
                is_https: config.is_https(),
                environment: environment.clone(),
            }),
            checks,
            media,
            objections,
            subjects: Arc::new(Subjects {
                store: store.clone(),
                tenants: tenants.clone(),
                histories,
                environment: environment.clone(),
            }),
            proofs: Arc::new(Proofs {
                store: store.clone(),
                tenants: tenants.clone(),
                publisher: publisher.clone(),
                environment: environment.clone(),
            }),
            registers: Arc::new(Registers {
                store: store.clone(),
                tenants: tenants.clone(),
                appender: appender.clone(),
                environment: environment.clone(),
            }),
            admin: Arc::new(Admin {
                store: store.clone(),
                tenants: tenants.clone(),
                appender: appender.clone(),
                keyring: keyring.clone(),
                log_host: config.log_host.clone(),
                environment: environment.clone(),
            }),
            declarations: Arc::new(Declarations {
                store: store.clone(),
                tenants: tenants.clone(),
            }),
            home,
            api: Arc::new(ApiDocument::new(api_document)),
            config,
            store,
            tenants,
            publisher,
            environment,
            metrics,
            limits,
            keyring,
            key_watch,
            scrubber,
            earlier_files,
            tallies,
            appender,
            workers,
            lock: Mutex::new(lock),
        }))
    }

    /// Drains the queues, publishes committed entries, closes the database and releases its lock.
    pub async fn stop(&self) {
        // Closing the appender closes the publisher's channel, so that the publisher drains and ends.
        self.appender.close().await;
        self.tallies.close();
        self.workers.stop().await;
        // Else the day would be lost of a key that is not used again before midnight.
        if let Err(error) = self.key_watch.write_uses().await {
            tracing::warn!(%error, "the days of keys' last uses could not be written");
        }
        self.store.close().await;
        // A remaining reference to the app then holds nothing that the next process needs.
        drop(
            self.lock
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .take(),
        );
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
    let known = move |hash: &[u8; 32]| match tenants.known_key(hash) {
        Some((tenant, Role::Publishable)) => Some(KnownKey::of(KeyClass::Page, tenant.as_str())),
        Some((tenant, _)) => Some(KnownKey::of(KeyClass::Secret, tenant.as_str())),
        // No tenant has an empty name.
        None => (Some(*hash) == instance).then(|| KnownKey::of(KeyClass::Secret, "")),
    };
    let secret = keys::derive(keyring.stable(), Label::Reference, "rate-limits", 1);
    let limits = RateLimits::new(&LimitSettings {
        rates: &config.limits.rate,
        trusted_proxy_hops: config.trusted_proxy_hops,
        trusted_proxies: &config.trusted_proxies,
        keys: Arc::new(known),
        redis_url: config.redis_url.as_deref(),
        redis_timeout: REDIS_TIMEOUT,
        redis_secret: *secret.expose(),
        environment: environment.clone(),
        metrics,
    })
    .map_err(|error| StartError::Other(format!("redis_url cannot be used: {error}")))?;
    Ok(limits)
}

fn pace(config: &Config) -> Pace {
    Pace {
        dirty: config.publish_interval,
        idle: config.publish_idle_interval,
        preventive: config.publish_preventive_interval,
        anchor_keep_days: config.anchor_keep_days,
    }
}
