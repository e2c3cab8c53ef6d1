//! One question to one witness.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::id::LogId;
use samtycke_store::Store;
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::Hash;
use samtycke_tlog::note::{Note, NoteSignature};
use samtycke_tlog::witness::{AddCheckpoint, conflicting_size, cosignatures};

use super::{Known, Outcome, Reply, Witnesses, lock};
use crate::tree;

/// What a witness is asked.
pub(super) struct Ask {
    pub(super) witnesses: Arc<Witnesses>,
    pub(super) index: usize,
    pub(super) store: Store,
    pub(super) log: LogId,
    pub(super) known: Arc<Known>,
    /// The signed checkpoint.
    pub(super) note: Note,
}

/// What it answered.
pub(super) struct Answer {
    pub(super) outcome: Outcome,
    /// The cosignature, verified.
    pub(super) line: Option<NoteSignature>,
    /// In words, for the log.
    pub(super) said: String,
}

impl Answer {
    fn of(outcome: Outcome, said: impl Into<String>) -> Self {
        Self {
            outcome,
            line: None,
            said: said.into(),
        }
    }
}

impl Ask {
    /// Asks, for at most this long.
    pub(super) async fn within(&self, wait: Duration) -> Answer {
        let places = &self.witnesses.places[self.index];
        let Ok(Ok(_place)) = tokio::time::timeout(wait, places.acquire()).await else {
            return Answer::of(Outcome::Busy, "too many requests are under way");
        };
        let answer = tokio::time::timeout(wait, self.answer()).await;
        answer.unwrap_or_else(|_| Answer::of(Outcome::Slow, "no answer in time"))
    }

    async fn answer(&self) -> Answer {
        let Ok(checkpoint) = Checkpoint::parse(self.note.text()) else {
            return Answer::of(Outcome::Refused, "the checkpoint cannot be read");
        };
        let size = checkpoint.size();
        let mut old = self.last().min(size);
        // Once more where the witness names another size than the one that we knew.
        for _ in 0..2 {
            let reply = match self.send(old, size).await {
                Ok(reply) => reply,
                Err(why) => return Answer::of(Outcome::Unreachable, why),
            };
            match reply.status {
                200 => return self.cosigned(&reply, size),
                409 => match conflicting_size(&reply.body) {
                    Ok(theirs) if theirs > size => return self.ahead(theirs, size).await,
                    // The specification's first version answers so where the roots differ; the newer one with 422.
                    Ok(theirs) if theirs == size && old == size => {
                        let said = format!("it has cosigned another tree of {size} leaves");
                        return Answer::of(Outcome::Contradicts, said);
                    }
                    Ok(theirs) => old = theirs,
                    Err(_) => return Answer::of(Outcome::Wrong, "its 409 names no size"),
                },
                422 => {
                    let said = format!(
                        "the tree of {size} leaves does not continue the one of {old} that it has cosigned"
                    );
                    return Answer::of(Outcome::Contradicts, said);
                }
                429 | 500.. => {
                    return Answer::of(Outcome::Unreachable, format!("status {}", reply.status));
                }
                404 => return Answer::of(Outcome::Refused, "it does not know this log (404)"),
                403 => return Answer::of(Outcome::Refused, "it trusts another key (403)"),
                other => return Answer::of(Outcome::Refused, format!("status {other}")),
            }
        }
        // Another server of this database has asked in between; what it got is stored.
        Answer::of(Outcome::Busy, "its size changes while it is asked")
    }

    /// The size that the witness cosigned last, as far as this process knows.
    fn last(&self) -> u64 {
        let known = lock(&self.known.sizes);
        known.get(&self.index).copied().unwrap_or(0)
    }

    async fn send(&self, old: u64, size: u64) -> Result<Reply, String> {
        let proof = self.proof(old, size).await?;
        let request = AddCheckpoint {
            old,
            proof,
            checkpoint: self.note.clone(),
        };
        let url = self.witnesses.url(self.index, "add-checkpoint");
        let sent = self.witnesses.carrier.send(url, Some(request.to_string()));
        sent.await
    }

    async fn proof(&self, old: u64, size: u64) -> Result<Vec<Hash>, String> {
        if old == 0 || old == size {
            return Ok(Vec::new());
        }
        let proof = tree::consistency(&self.store, &self.log, old, size).await;
        proof.map_err(|error| error.to_string())
    }

    fn cosigned(&self, reply: &Reply, size: u64) -> Answer {
        let key = &self.witnesses.witness(self.index).key;
        let Ok(lines) = cosignatures(&reply.body) else {
            return Answer::of(Outcome::Wrong, "its answer is no signature lines");
        };
        let Some(line) = lines.into_iter().find(|line| key.claims(line)) else {
            return Answer::of(Outcome::Wrong, "it has signed with another key");
        };
        if key.verify(self.note.text(), line.signature()).is_err() {
            return Answer::of(Outcome::Wrong, "its cosignature does not verify");
        }
        lock(&self.known.sizes).insert(self.index, size);
        Answer {
            outcome: Outcome::Cosigned,
            line: Some(line),
            said: String::new(),
        }
    }

    /// The witness names a larger size. Another server of this database may have grown the log meanwhile: then the database
    /// says so, because a server signs nothing that it does not hold.
    async fn ahead(&self, theirs: u64, size: u64) -> Answer {
        match self.store.head(&self.log).await {
            Ok(Some(head)) if head.size >= theirs => {
                lock(&self.known.sizes).insert(self.index, theirs);
                Answer::of(Outcome::Busy, "another server was first")
            }
            Ok(_) => {
                let said = format!("it has cosigned {theirs} leaves, and the log has {size}");
                Answer::of(Outcome::Ahead, said)
            }
            Err(error) => Answer::of(Outcome::Busy, error.to_string()),
        }
    }
}
