//! From commit to checkpoint: stage, sign, advance, publish, clear. The publisher signs only after the commit, and only
//! what the log anchor also holds.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use samtycke_core::id::LogId;
use samtycke_store::clock::{Environment, UnixMs};
use samtycke_store::log::HeadRow;
use samtycke_store::{Store, StoreError};
use samtycke_tlog::checkpoint::Checkpoint;
use tokio::sync::mpsc;

use crate::PublishError;
use crate::anchor::{Advance, Anchor, AnchorHead, StagedBatch};
use crate::{LogSigner, LogView, Logs, fsck, tree};

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

/// Signs the logs and publishes their checkpoints.
pub struct Publisher<L> {
    store: Store,
    logs: Arc<L>,
    environment: Environment,
    anchor_dir: PathBuf,
    identity: String,
    pace: Pace,
    lanes: Mutex<HashMap<LogId, Arc<Lane>>>,
}

/// One log's signer, and the lock that serialises its steps.
struct Lane {
    steps: tokio::sync::Mutex<()>,
    signer: LogSigner,
}

impl<L> std::fmt::Debug for Publisher<L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Publisher")
    }
}

impl<L: Logs> Publisher<L> {
    /// Builds a publisher for the database with this identity.
    pub fn new(
        store: Store,
        logs: Arc<L>,
        environment: Environment,
        anchor_dir: PathBuf,
        identity: String,
        pace: Pace,
    ) -> Self {
        Self {
            store,
            logs,
            environment,
            anchor_dir,
            identity,
            pace,
            lanes: Mutex::default(),
        }
    }

    /// Publishes logs as they grow. When the sender of log ids closes, publishes once more and returns.
    pub async fn run(&self, dirty: &mut mpsc::UnboundedReceiver<LogId>) {
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
                _ = idle.tick() => grown.extend(self.logs.all().iter().map(|view| view.log().clone())),
            }
        }
        self.publish_logs(grown).await;
    }

    async fn publish_logs(&self, logs: BTreeSet<LogId>) {
        for log in logs {
            let Ok(Some(view)) = self.logs.by_log(&log).await else {
                continue;
            };
            if view.is_frozen() {
                continue;
            }
            if let Err(error) = self.publish(&view).await {
                tracing::error!(%log, %error, "a log could not be published; its checks and writes continue unless it is frozen");
            }
        }
    }

    /// The log's verifier key, as `<name>+<id>+<key>`.
    pub fn verifier_key(&self, view: &L::View) -> String {
        self.lane(view).signer.verifier_key()
    }

    /// Compares the database with the anchor; freezes the log if the database lost something that was signed.
    pub async fn check(&self, view: &L::View) -> Result<Option<AnchorHead>, PublishError> {
        let log = view.log().clone();
        // Read the anchor before the database: a batch that another server commits meanwhile must not look lost.
        let (anchored, journal) = self
            .on_anchor(&log, |anchor| Ok((anchor.head()?, anchor.last()?)))
            .await?;
        let mut verdict = Ok(());
        if anchored.is_some() || journal.is_some() {
            let head = self.head(view).await?;
            if let Some(anchored) = &anchored {
                verdict = self.compare(view, &head, anchored).await?;
            }
            if let (Ok(()), Some(journal)) = (&verdict, &journal) {
                verdict = self.compare_journal(&log, &head, journal).await?;
            }
        }
        if let Err(why) = verdict {
            view.freeze();
            tracing::error!(%log, why, "the database contradicts the log anchor; the log is frozen and every check denies");
            return Err(PublishError::RolledBack(why));
        }
        Ok(anchored)
    }

    async fn compare(
        &self,
        view: &L::View,
        head: &HeadRow,
        anchored: &AnchorHead,
    ) -> Result<Result<(), String>, PublishError> {
        if anchored.identity != self.identity {
            return Ok(Err("the anchor belongs to another database".into()));
        }
        if anchored.origin != view.origin() || anchored.epoch != head.epoch {
            return Ok(Err("the anchor belongs to another origin or epoch".into()));
        }
        if head.size < anchored.size {
            return Ok(Err(format!(
                "the database holds {} leaves, the anchor {}: a withdrawal may be missing",
                head.size, anchored.size
            )));
        }
        let root = tree::root_at(&self.store, view.log(), anchored.size).await?;
        if hex::encode(root) != anchored.root {
            return Ok(Err(format!(
                "the tree of {} leaves is not the one that was signed",
                anchored.size
            )));
        }
        if tree::root_at(&self.store, view.log(), head.size).await? != head.root {
            return Ok(Err("the head's root is not the root of its leaves".into()));
        }
        Ok(Ok(()))
    }

    /// Compares the database with the journal. A server that stops between stage and advance leaves a journal ahead of
    /// the anchor's head, but callers were told that its entries are durable.
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

    /// Stages, signs and advances all committed entries, and publishes them unless the view's interval forbids it.
    /// Returns the signed size.
    pub async fn publish(&self, view: &L::View) -> Result<u64, PublishError> {
        let lane = self.lane(view);
        let _steps = lane.steps.lock().await;
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
            let note = lane.signer.sign(&checkpoint)?;
            let advance = self
                .on_anchor(view.log(), move |anchor| {
                    anchor.advance(anchored.as_ref(), &next)
                })
                .await?;
            if advance == Advance::Moved {
                let at = self.environment.clock.now();
                self.store
                    .insert_checkpoint(view.log(), head.size, &note, at)
                    .await?;
                break head.size;
            }
        };
        let now = self.environment.clock.now();
        self.show(view, size, now).await?;
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

    /// A signed checkpoint that covers the leaf at `index`: the newest one, or a new one. It may be ahead of the public
    /// view, because a caller with access to the proof also has access to its checkpoint.
    pub async fn sealed(&self, view: &L::View, index: u64) -> Result<(u64, String), PublishError> {
        for attempt in 0..2 {
            let newest = self
                .store
                .checkpoint_at_most(view.log(), i64::MAX as u64)
                .await?;
            if let Some(checkpoint) = newest.filter(|(size, _)| *size > index) {
                return Ok(checkpoint);
            }
            if attempt == 0 {
                self.publish(view).await?;
            }
        }
        Err(PublishError::Signer("no checkpoint covers the leaf"))
    }

    /// Moves the public view forward.
    async fn show(&self, view: &L::View, size: u64, now: UnixMs) -> Result<(), PublishError> {
        if view.is_preventive()
            && let Some((_, at)) = self.store.published(view.log()).await?
            && now - at < i64::try_from(self.pace.preventive.as_millis()).unwrap_or(i64::MAX)
        {
            return Ok(());
        }
        self.store.publish(view.log(), size, now).await?;
        Ok(())
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
        let (dir, log) = (self.anchor_dir.clone(), log.clone());
        let done = tokio::task::spawn_blocking(move || work(&Anchor::open(&dir, &log)?)).await;
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
                    signer: LogSigner::new(view.origin(), &view.signing_seed()),
                })
            })
            .clone()
    }
}
