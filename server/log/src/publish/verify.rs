//! Holds a log's database against its anchor, before every signature, at every start, and when PostgreSQL moves to another
//! timeline.

use samtycke_core::id::LogId;
use samtycke_store::StoreError;
use samtycke_store::log::HeadRow;
use samtycke_store::postgres::Timeline;
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::note::Note;

use super::Publisher;
use crate::anchor::{Advance, Anchor, AnchorHead, Claim, ClaimedTimeline, StagedBatch};
use crate::{LogView, Logs, PublishError, tree};

/// The name under which the database keeps the id of its anchor.
pub const ANCHOR_ID: &str = "anchor";

impl<L: Logs> Publisher<L> {
    /// Compares the database with the anchor; freezes the log if the database lost something that was signed.
    pub async fn check(&self, view: &L::View) -> Result<Option<AnchorHead>, PublishError> {
        let compared = self.contradiction(view).await?;
        compared.map_err(|why| {
            view.freeze_behind();
            let log = view.log();
            tracing::error!(%log, why, "the database contradicts the log anchor; the log is frozen and every check denies");
            PublishError::RolledBack(why)
        })
    }

    /// Compares the database with the anchor and does nothing about it: the anchor's head, or what contradicts it.
    pub async fn contradiction(
        &self,
        view: &L::View,
    ) -> Result<Result<Option<AnchorHead>, String>, PublishError> {
        let log = view.log().clone();
        // Read the anchor before the database: a batch that another server commits meanwhile must not look lost.
        let (anchored, journal, successor) = self
            .on_anchor(&log, |anchor| {
                Ok((anchor.head()?, anchor.last()?, anchor.successor()?))
            })
            .await?;
        let mut verdict = self.compare_memory(view, anchored.as_ref()).await?;
        if let Some(successor) = successor {
            verdict = Err(format!(
                "the log was closed, and log {successor} goes on, of which this database knows nothing"
            ));
        }
        if verdict.is_ok() && (anchored.is_some() || journal.is_some()) {
            let head = self.head(view).await?;
            if let Some(anchored) = &anchored {
                verdict = self.compare(view, &head, anchored).await?;
            }
            if let (Ok(()), Some(journal)) = (&verdict, &journal) {
                verdict = self.compare_journal(&log, &head, journal).await?;
            }
        }
        Ok(verdict.map(|()| anchored))
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

    /// A log that was signed has an anchor: an empty one is not this log's.
    async fn compare_memory(
        &self,
        view: &L::View,
        anchored: Option<&AnchorHead>,
    ) -> Result<Result<(), String>, PublishError> {
        if anchored.is_some() {
            return Ok(Ok(()));
        }
        let signed = self.store.checkpoint_at_most(view.log(), i64::MAX as u64);
        let Some((size, _)) = signed.await? else {
            return Ok(Ok(()));
        };
        // Another server may have signed the first head in between: it moves the anchor first.
        let anchored = self.on_anchor(view.log(), Anchor::head).await?;
        Ok(anchored.map(drop).ok_or_else(|| {
            format!("the log was signed at {size} leaves, and the anchor holds no head of it")
        }))
    }

    /// Makes the anchor's head of a log that it does not hold from the log's newest checkpoint. From here on a rollback is
    /// noticed; one from before is not. Error: the checkpoint is not of the database's own tree.
    pub async fn seed_anchor(&self, view: &L::View) -> Result<AnchorHead, PublishError> {
        let contradiction = |what: &str| StoreError::Contradiction(what.to_owned());
        let newest = self.store.checkpoint_at_most(view.log(), i64::MAX as u64);
        let (size, note) = newest
            .await?
            .ok_or_else(|| contradiction("a log was never signed"))?;
        let checkpoint = Note::parse(&note)
            .ok()
            .and_then(|note| Checkpoint::parse(note.text()).ok())
            .ok_or_else(|| contradiction("a checkpoint cannot be read"))?;
        let head = self.head(view).await?;
        if head.size < size
            || tree::root_at(&self.store, view.log(), size).await? != *checkpoint.root()
        {
            return Err(PublishError::RolledBack(format!(
                "the database's own checkpoint of {size} leaves is not of its tree"
            )));
        }
        let anchored = AnchorHead {
            v: 1,
            identity: self.identity.clone(),
            origin: head.origin,
            epoch: head.epoch,
            size,
            root: hex::encode(checkpoint.root()),
        };
        let to = anchored.clone();
        let advance = self.on_anchor(view.log(), move |anchor| anchor.advance(None, &to));
        match advance.await? {
            Advance::Moved => Ok(anchored),
            Advance::Lost => Err(PublishError::Replaced("another server uses the anchor")),
        }
    }

    /// Whether this server may sign. Error: the operator has moved the anchor, or another server has accepted a newer
    /// timeline, so that this one writes to a primary that was replaced.
    pub(super) async fn ensure_current(&self) -> Result<(), PublishError> {
        if self.store.meta(ANCHOR_ID).await?.as_deref() != self.anchor.id() {
            return Err(PublishError::Replaced(
                "the database names another anchor now; set anchor_dir to it and start again",
            ));
        }
        let claim = self.claim().await?;
        let (Some(claimed), Some(watch)) = (claim.timeline, self.store.timeline()) else {
            return Ok(());
        };
        let Some(accepted) = watch.accepted() else {
            return Ok(());
        };
        if claimed.system == accepted.system && claimed.number > accepted.number {
            watch.distrust(&Timeline {
                system: claimed.system,
                number: claimed.number,
            });
            return Err(PublishError::Replaced(
                "another server has followed PostgreSQL to a newer primary; this one is connected to a primary that was replaced",
            ));
        }
        Ok(())
    }

    /// Compares every log with its anchor after PostgreSQL has moved to this timeline, and names the timeline in the
    /// anchor. The logs that have lost nothing go on. Error: a log could not be compared, and none may be relied on.
    pub async fn verify_timeline(&self, timeline: &Timeline) -> Result<(), PublishError> {
        for view in self.logs.all() {
            match self.check(&view).await {
                Ok(_) | Err(PublishError::RolledBack(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let (place, claimed) = (
            self.anchor.clone(),
            ClaimedTimeline {
                system: timeline.system.clone(),
                number: timeline.number,
            },
        );
        let written = tokio::task::spawn_blocking(move || place.claim_timeline(claimed)).await;
        if written.map_err(std::io::Error::other)?? {
            return Ok(());
        }
        Err(PublishError::Replaced(
            "another server has followed PostgreSQL to a newer primary meanwhile",
        ))
    }

    async fn claim(&self) -> Result<Claim, PublishError> {
        let place = self.anchor.clone();
        let claim = tokio::task::spawn_blocking(move || place.claim()).await;
        Ok(claim.map_err(std::io::Error::other)??)
    }
}
