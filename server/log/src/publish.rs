//! From commit to checkpoint: stage, sign, advance, cosign, publish, clear. The publisher signs only after the commit, and
//! only what the log anchor also holds.

mod cosign;
mod rounds;
mod verify;
pub mod witnesses;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use samtycke_core::id::LogId;
use samtycke_store::clock::Environment;
use samtycke_store::log::HeadRow;
use samtycke_store::{Store, StoreError};
use samtycke_tlog::checkpoint::Checkpoint;

pub use self::verify::ANCHOR_ID;
use self::witnesses::{Known, Witnesses};
use crate::PublishError;
use crate::anchor::{Advance, Anchor, AnchorHead, AnchorPlace, StagedBatch, StagedRows};
use crate::signer::LogSigner;
use crate::{LogView, Logs, fsck, tree};

/// Leaves staged at a time. It bounds the memory while a large log catches up.
const STAGE_PAGE: u64 = 1_000;
/// How long a request for a proof waits for its checkpoint.
pub const SEAL_WAIT: Duration = Duration::from_secs(2);
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Intervals at which logs are published.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// For a log that has grown.
    pub dirty: Duration,
    /// For a log that has not grown here: it covers entries that another server committed but did not publish.
    pub idle: Duration,
    /// For the public view of a tenant with a preventive service.
    pub preventive: Duration,
    /// Days for which anchor segments are kept.
    pub anchor_keep_days: u32,
}

/// Why a log is published now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// It has grown, or somebody asks for a proof.
    Grown,
    /// It is time to look at every log. Only this moves the public view of a log with a preventive service: a view that moved
    /// because somebody has answered would tell when.
    Look,
}

/// Signs the logs and publishes their checkpoints.
pub struct Publisher<L> {
    store: Store,
    logs: Arc<L>,
    environment: Environment,
    anchor: AnchorPlace,
    identity: String,
    pace: Pace,
    witnesses: Option<Arc<Witnesses>>,
    /// Logs whose last publication failed.
    failing: Mutex<BTreeSet<LogId>>,
    lanes: Mutex<HashMap<LogId, Arc<Lane>>>,
}

/// One log's signer, and the lock that serialises its steps.
struct Lane {
    steps: tokio::sync::Mutex<()>,
    signer: LogSigner,
    /// What is known of the log at its witnesses.
    known: Arc<Known>,
}

impl<L> std::fmt::Debug for Publisher<L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Publisher")
    }
}

impl<L: Logs> Publisher<L> {
    /// Builds a publisher for the database with this identity, which names this anchor.
    pub fn new(
        store: Store,
        logs: Arc<L>,
        environment: Environment,
        anchor: AnchorPlace,
        identity: String,
        pace: Pace,
    ) -> Self {
        Self {
            store,
            logs,
            environment,
            anchor,
            identity,
            pace,
            witnesses: None,
            failing: Mutex::default(),
            lanes: Mutex::default(),
        }
    }

    /// The same with witnesses, who are asked to cosign every checkpoint.
    #[must_use]
    pub fn with_witnesses(self, witnesses: Option<Arc<Witnesses>>) -> Self {
        Self { witnesses, ..self }
    }

    /// The witnesses, where there are any.
    pub fn witnesses(&self) -> Option<&Witnesses> {
        self.witnesses.as_deref()
    }

    /// Takes note of a publication's outcome. A failure is logged once, and its end too.
    fn note(&self, log: &LogId, published: &Result<u64, PublishError>) {
        let mut failing = self.failing();
        match published {
            Ok(_) => {
                if failing.remove(log) {
                    tracing::info!(%log, "the log is published again");
                }
            }
            // A frozen log has its own alarm, and is not tried again.
            Err(PublishError::RolledBack(_)) => drop(failing.remove(log)),
            Err(error) => {
                if failing.insert(log.clone()) {
                    tracing::error!(%log, %error, "a log could not be published; its checks and writes continue, and it is tried again");
                }
            }
        }
    }

    /// Number of logs whose last publication failed, as when the anchor's disk is full.
    pub fn failing_count(&self) -> usize {
        self.failing().len()
    }

    fn failing(&self) -> std::sync::MutexGuard<'_, BTreeSet<LogId>> {
        let failing = self.failing.lock();
        failing.unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Stages, signs and advances all committed entries, and publishes them unless the view's interval forbids it.
    /// Returns the signed size.
    pub async fn publish(&self, view: &L::View) -> Result<u64, PublishError> {
        self.publish_on(view, Occasion::Grown).await
    }

    /// The same on this occasion.
    pub async fn publish_on(
        &self,
        view: &L::View,
        occasion: Occasion,
    ) -> Result<u64, PublishError> {
        let lane = self.lane(view);
        let _steps = lane.steps.lock().await;
        self.ensure_current().await?;
        let may_show = self.may_show(view, occasion).await?;
        let size = loop {
            let anchored = self.check(view).await?;
            let head = self.head(view).await?;
            self.scrub(view, anchored.as_ref(), &head).await?;
            self.stage(view, &head).await?;
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
            lane.signer
                .learn(&self.store, view.log(), head.size)
                .await?;
            let note = lane
                .signer
                .sign(&checkpoint, |vkey| view.signing_seed(vkey))?;
            let advance = self
                .on_anchor(view.log(), move |anchor| {
                    anchor.advance(anchored.as_ref(), &next)
                })
                .await?;
            if advance == Advance::Moved {
                self.keep(view, &lane, (head.size, note), may_show).await?;
                break head.size;
            }
        };
        let now = self.environment.plausible_now();
        if may_show {
            self.store.publish(view.log(), size, now).await?;
        }
        let before = now - i64::from(self.pace.anchor_keep_days) * DAY_MS;
        self.on_anchor(view.log(), move |anchor| anchor.clear(before))
            .await?;
        Ok(size)
    }

    /// Reads the tiles that became full since the last signature back; freezes the log if their leaves do not give them.
    async fn scrub(
        &self,
        view: &L::View,
        signed: Option<&AnchorHead>,
        head: &HeadRow,
    ) -> Result<(), PublishError> {
        let (log, from) = (view.log(), signed.map_or(0, |signed| signed.size));
        let Some(why) = fsck::scrub(&self.store, log, from, head.size).await? else {
            return Ok(());
        };
        view.freeze();
        tracing::error!(%log, why, "the log's leaves contradict its tiles; the log is frozen and every check denies");
        Err(PublishError::RolledBack(why))
    }

    /// Whether the public view, and with it what witnesses see, may move forward now.
    async fn may_show(&self, view: &L::View, occasion: Occasion) -> Result<bool, PublishError> {
        if !view.is_preventive() {
            return Ok(true);
        }
        let Some((_, at)) = self.store.published(view.log()).await? else {
            return Ok(true);
        };
        let interval = i64::try_from(self.pace.preventive.as_millis()).unwrap_or(i64::MAX);
        // A look comes a moment early or late; it must not be left out for that.
        let shown_for = self.environment.plausible_now() - at;
        Ok(occasion == Occasion::Look && shown_for >= interval - interval / 10)
    }

    async fn stage(&self, view: &L::View, head: &HeadRow) -> Result<(), PublishError> {
        let log = view.log();
        let mut from = self.on_anchor(log, Anchor::staged).await?;
        while from < head.size {
            let to = head.size.min(from + STAGE_PAGE);
            let leaves = self.store.leaves(log, from, to).await?;
            let events = self.store.events(log, from, to).await?;
            let publications = self.store.publications(log, from, to).await?;
            let keys = self.store.subject_keys_between(log, from, to).await?;
            let root = tree::root_at(&self.store, log, to).await?;
            let at = self.environment.plausible_now();
            let attached = self.logs.attachments(view, &events, &publications).await?;
            let rows = StagedRows {
                leaves,
                events,
                keys,
                publications,
                attached,
            };
            let batch = StagedBatch::of((from, to), at, rows, &root);
            // Another server may have staged other batches meanwhile; continue at the journal's current end.
            from = self
                .on_anchor(log, move |anchor| anchor.stage(&batch))
                .await?;
        }
        Ok(())
    }

    async fn head(&self, view: &L::View) -> Result<HeadRow, PublishError> {
        let head = self.store.head(view.log()).await?;
        Ok(head.ok_or_else(|| StoreError::Contradiction("a log has no head".into()))?)
    }

    async fn on_anchor<T: Send + 'static>(
        &self,
        log: &LogId,
        work: impl FnOnce(&Anchor) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, PublishError> {
        let (place, log) = (self.anchor.clone(), log.clone());
        let done = tokio::task::spawn_blocking(move || work(&place.log(&log)?)).await;
        Ok(done.map_err(std::io::Error::other)??)
    }

    fn lane(&self, view: &L::View) -> Arc<Lane> {
        let mut lanes = self
            .lanes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        lanes
            .entry(view.log().clone())
            .or_insert_with(|| {
                Arc::new(Lane {
                    steps: tokio::sync::Mutex::new(()),
                    signer: LogSigner::default(),
                    known: Arc::default(),
                })
            })
            .clone()
    }
}
