//! The key that signs a log's heads.

use std::sync::{Mutex, PoisonError};

use samtycke_core::keys::Secret;
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::Hash;
use samtycke_tlog::note::{KeyKind, Note, NoteSigner};

use crate::PublishError;

/// Signs heads of one log. It keeps the last head it signed, so that a defect elsewhere cannot make it sign two trees.
pub struct LogSigner {
    signer: NoteSigner,
    last: Mutex<(u64, Option<Hash>)>,
}

impl std::fmt::Debug for LogSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogSigner({})", self.verifier_key())
    }
}

impl LogSigner {
    /// The signer of the log with this origin.
    pub fn new(origin: &str, seed: &Secret) -> Self {
        Self {
            signer: note_signer(origin, seed),
            last: Mutex::new((0, None)),
        }
    }

    /// The signed note of a head. Error: a smaller tree than the last one signed, or another tree of its size.
    pub fn sign(&self, checkpoint: &Checkpoint) -> Result<String, PublishError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
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

    /// The log's verifier key, as `<name>+<id>+<key>`.
    pub fn verifier_key(&self) -> String {
        self.signer.verifier().to_string()
    }
}

/// The verifier key of a log with this origin, as it stands in policies and in leaf 0.
pub fn verifier_key(origin: &str, seed: &Secret) -> String {
    note_signer(origin, seed).verifier().to_string()
}

fn note_signer(origin: &str, seed: &Secret) -> NoteSigner {
    NoteSigner::from_seed(origin, KeyKind::Ed25519, seed.expose())
        .expect("an origin is a valid key name, and a derived seed a valid key")
}
