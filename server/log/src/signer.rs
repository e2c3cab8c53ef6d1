//! The keys that sign a log's heads.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use samtycke_core::id::LogId;
use samtycke_core::keys::Secret;
use samtycke_core::leaf::Leaf;
use samtycke_core::log_keys::LogKeys;
use samtycke_core::public_leaf::PublicRecord;
use samtycke_store::log::PublicationRow;
use samtycke_store::{Store, StoreError, Stored};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::Hash;
use samtycke_tlog::note::{KeyKind, Note, NoteSigner};

use crate::PublishError;

/// Signs heads of one log, with every key that the tree names. It keeps the last signed head, so that a defect elsewhere cannot
/// make it sign two trees.
#[derive(Default)]
pub(crate) struct LogSigner(Mutex<State>);

#[derive(Default)]
struct State {
    /// The log's keys, as its first `read` leaves say.
    keys: LogKeys,
    read: u64,
    /// Signers by their verifier key.
    signers: HashMap<String, NoteSigner>,
    last: (u64, Option<Hash>),
}

impl LogSigner {
    /// Reads which keys sign the log, up to a tree of `size` leaves.
    pub(crate) async fn learn(&self, store: &Store, log: &LogId, size: u64) -> Stored<()> {
        let (mut keys, from) = {
            let state = self.state();
            (state.keys.clone(), state.read)
        };
        if from >= size {
            return Ok(());
        }
        for row in store.publications(log, from, size).await? {
            note_key(store, log, &row, &read(log, &row)?, &mut keys).await?;
        }
        let mut state = self.state();
        (state.keys, state.read) = (keys, size);
        Ok(())
    }

    /// The log's keys, as far as they were learnt.
    pub(crate) fn keys(&self) -> LogKeys {
        self.state().keys.clone()
    }

    /// Signs a head and returns the signed note. `seed`: the seed of a verifier key, where this server has it. Error: the tree is
    /// smaller than the last signed one, or has the same size and another root; or a key is not this server's.
    pub(crate) fn sign(
        &self,
        checkpoint: &Checkpoint,
        seed: impl Fn(&str) -> Option<Secret>,
    ) -> Result<String, PublishError> {
        let mut guard = self.state();
        let state = &mut *guard;
        let (size, root) = (checkpoint.size(), *checkpoint.root());
        if size < state.last.0 {
            return Err(PublishError::Signer(
                "a smaller tree than the last one signed",
            ));
        }
        if size == state.last.0 && state.last.1.is_some_and(|r| r != root) {
            return Err(PublishError::Signer("another tree of the size last signed"));
        }
        let text = checkpoint.to_string();
        let no_note = |_| PublishError::Signer("the checkpoint is no note");
        let mut signatures = Vec::new();
        for key in state.keys.of_size(size) {
            if !state.signers.contains_key(&key.vkey) {
                let seed =
                    seed(&key.vkey).ok_or_else(|| PublishError::UnknownSigner(key.vkey.clone()))?;
                let signer = note_signer(checkpoint.origin(), &seed);
                state.signers.insert(key.vkey.clone(), signer);
            }
            signatures.push(state.signers[&key.vkey].sign(&text).map_err(no_note)?);
        }
        let note = Note::new(&text, signatures).map_err(no_note)?;
        state.last = (size, Some(root));
        Ok(note.to_string())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes note of a public leaf that changes the log's keys; others change nothing. Error: the row is not what the tree holds, so
/// that somebody has written it by hand.
pub async fn note_key(
    store: &Store,
    log: &LogId,
    row: &PublicationRow,
    record: &PublicRecord,
    keys: &mut LogKeys,
) -> Stored<()> {
    if !LogKeys::concern(&record.body) {
        return Ok(());
    }
    let leaf = Leaf::public(record.body.leaf_kind(), row.body.as_bytes());
    if leaf.map(|leaf| leaf.hash()) != store.leaf_hash(log, row.idx).await? {
        let what = format!("leaf {} of log {log} is not the one in its tree", row.idx);
        return Err(StoreError::Contradiction(what));
    }
    keys.note(row.idx, &record.body);
    Ok(())
}

/// The keys that sign a log, as its first `size` leaves say.
pub async fn keys_of(store: &Store, log: &LogId, size: u64) -> Stored<LogKeys> {
    let signer = LogSigner::default();
    signer.learn(store, log, size).await?;
    Ok(signer.keys())
}

fn read(log: &LogId, row: &PublicationRow) -> Stored<PublicRecord> {
    PublicRecord::read(row.body.as_bytes()).map_err(|error| {
        StoreError::Contradiction(format!("leaf {} of log {log}: {error}", row.idx))
    })
}

/// The verifier key of a log with this origin, as policies and its leaves contain it.
pub fn verifier_key(origin: &str, seed: &Secret) -> String {
    note_signer(origin, seed).verifier().to_string()
}

fn note_signer(origin: &str, seed: &Secret) -> NoteSigner {
    NoteSigner::from_seed(origin, KeyKind::Ed25519, seed.expose())
        .expect("an origin is a valid key name, and a derived seed a valid key")
}
