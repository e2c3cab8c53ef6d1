//! From commit to checkpoint: stage, sign, advance, publish, clear. Signed only after the commit, and only what the
//! log anchor holds too.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use samtycke_core::cookie::{CookieError, Payload};
use samtycke_core::id::LogId;
use samtycke_core::keys::{self, Label};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::Hash;
use samtycke_tlog::note::{KeyKind, Note, NoteSigner};
use tokio::sync::mpsc;

use super::anchor::{Advance, Anchor, AnchorHead, StagedBatch};
use super::tree;
use crate::clock::{Environment, UnixMs};
use crate::keyring::Keyring;
use crate::store::log::HeadRow;
use crate::store::{Store, StoreError};
use crate::tenant::{Tenant, Tenants};

/// Leaves staged at a time, so that catching up with a large log does not hold it in memory.
const STAGE_PAGE: u64 = 1_000;
/// How long a request for a proof waits for its checkpoint.
pub const SEAL_WAIT: Duration = Duration::from_secs(2);
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Why a log could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The database did not answer, or contradicts itself.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The anchor's folder cannot be read or written.
    #[error("the log anchor failed: {0}")]
    Anchor(#[from] std::io::Error),
    /// The database is older than what was signed, or another one: the log is frozen.
    #[error("the log is frozen: {0}")]
    RolledBack(String),
    /// The signer refused.
    #[error("the signer refused: {0}")]
    Signer(&'static str),
}

/// Signs heads of one log. Keeps the last it has signed, so that even a defect cannot make it sign two trees.
pub trait Signer: Send + Sync {
    /// The signed note of a head.
    fn sign(&self, checkpoint: &Checkpoint) -> Result<String, PublishError>;
    /// Signs what a browser keeps (`samtycke_core::cookie`), apart from every head.
    fn seal(&self, cookie: &Payload) -> Result<String, CookieError>;
    /// The log's verifier key, as `<name>+<id>+<key>`.
    fn verifier(&self) -> String;
}

/// A signer whose key is derived from the root secret.
pub struct LocalSigner {
    signer: NoteSigner,
    last: Mutex<(u64, Option<Hash>)>,
}

impl LocalSigner {
    /// The signer of a tenant's log.
    pub fn of(tenant: &Tenant) -> Self {
        let seed = tenant.secrets.signing_seed();
        let signer = NoteSigner::from_seed(&tenant.origin, KeyKind::Ed25519, seed.expose())
            .expect("an origin is a valid key name, and a derived seed a valid key");
        Self {
            signer,
            last: Mutex::new((0, None)),
        }
    }
}

/// The verifier key of a log's origin, as it stands in policies and in leaf 0.
pub fn verifier_of(keyring: &Keyring, log: &LogId, origin: &str) -> String {
    let seed = keys::derive(keyring.first(), Label::LogSigning, log.as_str(), 1);
    let signer = NoteSigner::from_seed(origin, KeyKind::Ed25519, seed.expose())
        .expect("an origin is a valid key name, and a derived seed a valid key");
    signer.verifier().to_string()
}

impl Signer for LocalSigner {
    fn sign(&self, checkpoint: &Checkpoint) -> Result<String, PublishError> {
        let mut last = self
            .last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (size, root) = (checkpoint.size(), *checkpoint.root());
        if size < last.0 {
            return Err(PublishError::Signer(
                "a smaller tree than the last one signed",
            ));
        }
        if size == last.0 && last.1.is_some_and(|r| r != root) {
            return Err(PublishError::Signer("another tree of the size last signed"));
        }
        let text = checkpoint.to_string();
        let note = self
            .signer
            .sign(&text)
            .and_then(|signature| Note::new(&text, vec![signature]))
            .map_err(|_| PublishError::Signer("the checkpoint is no note"))?;
        *last = (size, Some(root));
        Ok(note.to_string())
    }

    fn seal(&self, cookie: &Payload) -> Result<String, CookieError> {
        cookie.seal(&self.signer)
    }

    fn verifier(&self) -> String {
        self.signer.verifier().to_string()
    }
}

/// How often a log is published.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// A log that has grown.
    pub dirty: Duration,
    /// A log that has not: catches what another server committed and did not live to publish.
    pub idle: Duration,
    /// The public's view of a tenant with a preventive service.
    pub preventive: Duration,
    /// How long anchor segments are kept.
    pub anchor_keep_days: u32,
}

/// Publishes logs.
pub struct Publisher {
    store: Store,
    tenants: Arc<Tenants>,
    environment: Environment,
    anchor_dir: PathBuf,
    identity: String,
    pace: Pace,
    lanes: Mutex<HashMap<LogId, Arc<Lane>>>,
}

/// One log's signer, and the lock that keeps its steps in order.
struct Lane {
    steps: tokio::sync::Mutex<()>,
    signer: LocalSigner,
}

impl std::fmt::Debug for Publisher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Publisher")
    }
}

impl Publisher {
    /// A publisher for the database with this identity.
    pub fn new(
        store: Store,
        tenants: Arc<Tenants>,
        environment: Environment,
        anchor_dir: PathBuf,
        identity: String,
        pace: Pace,
    ) -> Self {
        Self {
            store,
            tenants,
            environment,
            anchor_dir,
            identity,
            pace,
            lanes: Mutex::default(),
        }
    }

    /// Publishes what grows until the sender of news is gone; then once more, and returns.
    pub async fn run(self: Arc<Self>, mut dirty: mpsc::UnboundedReceiver<LogId>) {
        let mut tick = tokio::time::interval(self.pace.dirty);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut idle = tokio::time::interval(self.pace.idle.min(self.pace.preventive));
        let mut grown = BTreeSet::new();
        loop {
            tokio::select! {
                news = dirty.recv() => match news {
                    Some(log) => { grown.insert(log); }
                    None => break,
                },
                _ = tick.tick() => self.publish_logs(std::mem::take(&mut grown)).await,
                _ = idle.tick() => grown.extend(self.tenants.all().iter().map(|t| t.log.clone())),
            }
        }
        self.publish_logs(grown).await;
    }

    async fn publish_logs(&self, logs: BTreeSet<LogId>) {
        for log in logs {
            let Ok(Some(tenant)) = self.tenants.by_log(&log).await else {
                continue;
            };
            if tenant.runtime.is_frozen() {
                continue;
            }
            if let Err(error) = self.publish(&tenant).await {
                tracing::error!(%log, %error, "a log could not be published; its checks and writes go on unless it is frozen");
            }
        }
    }

    /// The log's verifier key.
    pub fn verifier(&self, tenant: &Tenant) -> String {
        self.lane(tenant).signer.verifier()
    }

    /// Signs what a browser keeps.
    pub fn seal(&self, tenant: &Tenant, cookie: &Payload) -> Result<String, CookieError> {
        self.lane(tenant).signer.seal(cookie)
    }

    /// Whether the database still holds everything that was ever signed; freezes the log where it does not.
    pub async fn check(&self, tenant: &Tenant) -> Result<Option<AnchorHead>, PublishError> {
        let log = tenant.log.clone();
        // Before the database: what another server commits and stages meanwhile must not look like a loss.
        let (anchored, journal) = self
            .on_anchor(&log, |anchor| Ok((anchor.head()?, anchor.last()?)))
            .await?;
        let mut verdict = Ok(());
        if anchored.is_some() || journal.is_some() {
            let head = self.head(tenant).await?;
            if let Some(anchored) = &anchored {
                verdict = self.compare(tenant, &head, anchored).await?;
            }
            if let (Ok(()), Some(journal)) = (&verdict, &journal) {
                verdict = self.compare_journal(&log, &head, journal).await?;
            }
        }
        if let Err(why) = verdict {
            tenant.runtime.freeze();
            tracing::error!(%log, why, "the database contradicts the log anchor; the log is frozen and every check denies");
            return Err(PublishError::RolledBack(why));
        }
        Ok(anchored)
    }

    async fn compare(
        &self,
        tenant: &Tenant,
        head: &HeadRow,
        anchored: &AnchorHead,
    ) -> Result<Result<(), String>, PublishError> {
        if anchored.identity != self.identity {
            return Ok(Err("the anchor belongs to another database".into()));
        }
        if anchored.origin != tenant.origin || anchored.epoch != head.epoch {
            return Ok(Err("the anchor belongs to another origin or epoch".into()));
        }
        if head.size < anchored.size {
            return Ok(Err(format!(
                "the database holds {} leaves, the anchor {}: a withdrawal may be missing",
                head.size, anchored.size
            )));
        }
        let root = tree::root_at(&self.store, &tenant.log, anchored.size).await?;
        if hex::encode(root) != anchored.root {
            return Ok(Err(format!(
                "the tree of {} leaves is not the one that was signed",
                anchored.size
            )));
        }
        if tree::root_at(&self.store, &tenant.log, head.size).await? != head.root {
            return Ok(Err("the head's root is not the root of its leaves".into()));
        }
        Ok(Ok(()))
    }

    /// A server that dies between stage and advance leaves a journal that is ahead of the anchor's head; what stands in
    /// it was acknowledged all the same.
    async fn compare_journal(
        &self,
        log: &LogId,
        head: &HeadRow,
        journal: &StagedBatch,
    ) -> Result<Result<(), String>, PublishError> {
        if head.size < journal.to {
            return Ok(Err(format!(
                "the database holds {} leaves, the anchor's journal {}: a withdrawal may be missing",
                head.size, journal.to
            )));
        }
        if hex::encode(tree::root_at(&self.store, log, journal.to).await?) != journal.root {
            return Ok(Err(format!(
                "the tree of {} leaves is not the one that was staged",
                journal.to
            )));
        }
        Ok(Ok(()))
    }

    /// Stages, signs and advances whatever was committed, and shows it to the public unless the tenant's pace forbids.
    /// Answers the size that is signed now.
    pub async fn publish(&self, tenant: &Tenant) -> Result<u64, PublishError> {
        let lane = self.lane(tenant);
        let _steps = lane.steps.lock().await;
        let size = loop {
            let anchored = self.check(tenant).await?;
            let head = self.head(tenant).await?;
            self.stage(tenant, &head).await?;
            let next = AnchorHead {
                v: 1,
                identity: self.identity.clone(),
                origin: head.origin.clone(),
                epoch: head.epoch,
                size: head.size,
                root: hex::encode(head.root),
            };
            let checkpoint = Checkpoint::new(&head.origin, head.size, head.root)
                .map_err(|_| PublishError::Signer("the origin is no origin"))?;
            let note = lane.signer.sign(&checkpoint)?;
            let advance = self
                .on_anchor(&tenant.log, move |anchor| {
                    anchor.advance(anchored.as_ref(), &next)
                })
                .await?;
            if advance == Advance::Moved {
                let at = self.environment.clock.now();
                self.store
                    .insert_checkpoint(&tenant.log, head.size, &note, at)
                    .await?;
                break head.size;
            }
        };
        let now = self.environment.clock.now();
        self.show(tenant, size, now).await?;
        let before = now - i64::from(self.pace.anchor_keep_days) * DAY_MS;
        self.on_anchor(&tenant.log, move |anchor| anchor.clear(before))
            .await?;
        Ok(size)
    }

    /// A signed checkpoint that covers the leaf at `index`: the newest there is, or one made now. It may be ahead of what
    /// the public sees; whoever may have the proof may have its checkpoint.
    pub async fn sealed(&self, tenant: &Tenant, index: u64) -> Result<(u64, String), PublishError> {
        for attempt in 0..2 {
            let newest = self
                .store
                .checkpoint_at_most(&tenant.log, i64::MAX as u64)
                .await?;
            if let Some(checkpoint) = newest.filter(|(size, _)| *size > index) {
                return Ok(checkpoint);
            }
            if attempt == 0 {
                self.publish(tenant).await?;
            }
        }
        Err(PublishError::Signer("no checkpoint covers the leaf"))
    }

    /// Moves the public's view.
    async fn show(&self, tenant: &Tenant, size: u64, now: UnixMs) -> Result<(), PublishError> {
        if tenant.is_preventive()
            && let Some((_, at)) = self.store.published(&tenant.log).await?
            && now - at < i64::try_from(self.pace.preventive.as_millis()).unwrap_or(i64::MAX)
        {
            return Ok(());
        }
        self.store.publish(&tenant.log, size, now).await?;
        Ok(())
    }

    async fn stage(&self, tenant: &Tenant, head: &HeadRow) -> Result<(), PublishError> {
        let log = &tenant.log;
        let mut from = self.on_anchor(log, super::anchor::Anchor::staged).await?;
        while from < head.size {
            let to = head.size.min(from + STAGE_PAGE);
            let leaves = self.store.leaves(log, from, to).await?;
            let events = self.store.events(log, from, to).await?;
            let publications = self.store.publications(log, from, to).await?;
            let keys = self.store.subject_keys_between(log, from, to).await?;
            let root = tree::root_at(&self.store, log, to).await?;
            let at = self.environment.clock.now();
            let batch = StagedBatch::of(
                (from, to),
                at,
                &leaves,
                &events,
                &keys,
                &publications,
                &root,
            );
            // Another server may have staged other batches meanwhile: go on where the journal ends now.
            from = self
                .on_anchor(log, move |anchor| anchor.stage(&batch))
                .await?;
        }
        Ok(())
    }

    async fn head(&self, tenant: &Tenant) -> Result<HeadRow, PublishError> {
        let head = self.store.head(&tenant.log).await?;
        Ok(head.ok_or_else(|| StoreError::Contradiction("a log has no head".into()))?)
    }

    async fn on_anchor<T: Send + 'static>(
        &self,
        log: &LogId,
        work: impl FnOnce(&Anchor) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, PublishError> {
        let (dir, log) = (self.anchor_dir.clone(), log.clone());
        let done = tokio::task::spawn_blocking(move || work(&Anchor::open(&dir, &log)?)).await;
        Ok(done.map_err(std::io::Error::other)??)
    }

    fn lane(&self, tenant: &Tenant) -> Arc<Lane> {
        let mut lanes = self
            .lanes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        lanes
            .entry(tenant.log.clone())
            .or_insert_with(|| {
                Arc::new(Lane {
                    steps: tokio::sync::Mutex::new(()),
                    signer: LocalSigner::of(tenant),
                })
            })
            .clone()
    }
}
