//! Cosign and keep: what witnesses say of a checkpoint, and the checkpoint that a proof is made under.

use samtycke_core::id::LogId;
use samtycke_store::cosignature::LateCosignature;
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::note::{Note, NoteSignature, SIGNATURES_MAX, VerifierKey};

use super::{Lane, Publisher};
use crate::{LogView, Logs, PublishError, tree};

impl<L: Logs> Publisher<L> {
    /// Asks the witnesses, and stores the signed checkpoint with what came. A checkpoint that the public may not see yet is
    /// stored alone: a witness, and whoever reads there, would see a child answer. Error: a witness has shown that the log
    /// was rolled back; it is frozen.
    pub(super) async fn keep(
        &self,
        view: &L::View,
        lane: &Lane,
        (size, signed): (u64, String),
        may_show: bool,
    ) -> Result<(), PublishError> {
        let log = view.log();
        let at = self.environment.clock.now();
        let Some(witnesses) = self.witnesses.as_ref().filter(|_| may_show) else {
            self.store.insert_checkpoint(log, size, &signed, at).await?;
            return Ok(());
        };
        let held = self.store.checkpoint_of(log, size).await?;
        let note = held.as_deref().unwrap_or(&signed);
        let answers = witnesses.ask(&self.store, log, &lane.known, note).await;
        for (index, _) in &answers.disputes {
            if let Some(why) = self.evidence(view, lane, *index).await? {
                view.freeze();
                tracing::error!(%log, why, "a witness holds a signature of this log that its database contradicts; the log is frozen and every check denies");
                return Err(PublishError::RolledBack(why));
            }
        }
        witnesses.note_disputes(log, &answers);
        if held.is_none() {
            let note = with_lines(&signed, &answers.lines);
            self.store.insert_checkpoint(log, size, &note, at).await?;
        }
        self.add_late(log, size, &answers.lines).await?;
        // Another server of this database may have stored a newer one meanwhile.
        let newest = self.store.checkpoint_at_most(log, i64::MAX as u64).await?;
        let met = newest.filter(|(_, note)| witnesses.is_met(note));
        if let Some((size, _)) = &met {
            self.store.insert_witnessed(log, *size).await?;
        }
        witnesses.note_quorum(log, met.is_some());
        Ok(())
    }

    /// Adds cosignatures that the stored checkpoint lacks: it was stored before, here or by another server.
    async fn add_late(
        &self,
        log: &LogId,
        size: u64,
        lines: &[NoteSignature],
    ) -> Result<(), PublishError> {
        let (Some(witnesses), false) = (&self.witnesses, lines.is_empty()) else {
            return Ok(());
        };
        let stored = self.store.checkpoint_of(log, size).await?;
        let Some(stored) = stored.and_then(|note| Note::parse(&note).ok()) else {
            return Ok(());
        };
        let mut room = SIGNATURES_MAX.saturating_sub(stored.signatures().len());
        for line in lines {
            let Some(key) = witnesses.key_of(line) else {
                continue;
            };
            if room == 0 || stored.signatures().iter().any(|held| key.claims(held)) {
                continue;
            }
            let late = LateCosignature {
                witness: key.to_string(),
                line: line.to_string(),
            };
            let at = self.environment.clock.now();
            self.store.insert_cosignature(log, size, &late, at).await?;
            room -= 1;
        }
        Ok(())
    }

    /// What a witness's dispute rests on: a checkpoint that this log's own key has signed and the database contradicts.
    /// `None` where the witness shows none; then it is only its word.
    async fn evidence(
        &self,
        view: &L::View,
        lane: &Lane,
        index: usize,
    ) -> Result<Option<String>, PublishError> {
        let Some(witnesses) = &self.witnesses else {
            return Ok(None);
        };
        let Some(note) = witnesses.newest(index, view.origin()).await else {
            return Ok(None);
        };
        // A key that the log has retired speaks for it no more. One that it does not name yet does: the database may be older than
        // the leaf that adds it.
        let keys = lane.signer.keys();
        let is_retired = |key: &VerifierKey| {
            let name = key.to_string();
            keys.all().iter().any(|key| key.vkey == name) && keys.live().all(|key| key.vkey != name)
        };
        let mut own = view.own_keys();
        own.retain(|key| !is_retired(key));
        let Ok(theirs) = Checkpoint::parse(note.text()) else {
            return Ok(None);
        };
        if theirs.origin() != view.origin() || note.verify(&own).is_err() {
            return Ok(None);
        }
        // Read now: what another server has signed meanwhile, the database held before.
        let head = self.head(view).await?;
        let (size, name) = (theirs.size(), witnesses.witness(index).key.name());
        if size > head.size {
            return Ok(Some(format!(
                "the log has signed {size} leaves, as witness {name} shows, and the database holds {}: a withdrawal may be \
                 missing",
                head.size
            )));
        }
        if tree::root_at(&self.store, view.log(), size).await? != *theirs.root() {
            return Ok(Some(format!(
                "the log has signed another tree of {size} leaves, as witness {name} shows"
            )));
        }
        Ok(None)
    }

    /// A signed checkpoint that covers the leaf at `index`: the newest one that has its quorum of witnesses, else the newest
    /// one, else a new one. It may be ahead of the public view, because a caller with access to the proof also has access to
    /// its checkpoint.
    pub async fn sealed(&self, view: &L::View, index: u64) -> Result<(u64, String), PublishError> {
        for attempt in 0..2 {
            let newest = self
                .store
                .checkpoint_at_most(view.log(), i64::MAX as u64)
                .await?;
            if let Some(checkpoint) = newest.filter(|(size, _)| *size > index) {
                return self.best(view, index, checkpoint).await;
            }
            if attempt == 0 {
                self.publish(view).await?;
            }
        }
        Err(PublishError::Signer("no checkpoint covers the leaf"))
    }

    /// The newest checkpoint, or, while it lacks its quorum, the newest one before it that has one and covers the leaf too.
    async fn best(
        &self,
        view: &L::View,
        index: u64,
        newest: (u64, String),
    ) -> Result<(u64, String), PublishError> {
        let Some(witnesses) = &self.witnesses else {
            return Ok(newest);
        };
        if witnesses.is_met(&newest.1) {
            return Ok(newest);
        }
        let Some(size) = self.store.witnessed_beyond(view.log(), index).await? else {
            return Ok(newest);
        };
        let earlier = self.store.checkpoint_of(view.log(), size).await?;
        Ok(earlier.map_or(newest, |note| (size, note)))
    }
}

/// A signed note with these lines after its own.
fn with_lines(note: &str, lines: &[NoteSignature]) -> String {
    let lines = lines.iter().map(|line| format!("{line}\n"));
    lines.fold(note.to_owned(), |note, line| note + &line)
}
