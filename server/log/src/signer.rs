//! The key that signs a log's heads.

use std::sync::{Mutex, PoisonError};

use samtycke_core::keys::Secret;
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::Hash;
use samtycke_tlog::note::{KeyKind, Note, NoteSigner};

use crate::PublishError;

/// Signs heads of one log. It keeps the last signed head, so that a defect elsewhere cannot make it sign two trees.
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
    /// Builds the signer of the log with this origin.
    pub fn new(origin: &str, seed: &Secret) -> Self {
        Self {
            signer: note_signer(origin, seed),
            last: Mutex::new((0, None)),
        }
    }

    /// Signs a head and returns the signed note. Error: the tree is smaller than the last signed one, or has the same
    /// size and another root.
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

/// The verifier key of a log with this origin, as policies and leaf 0 contain it.
pub fn verifier_key(origin: &str, seed: &Secret) -> String {
    note_signer(origin, seed).verifier().to_string()
}

fn note_signer(origin: &str, seed: &Secret) -> NoteSigner {
    NoteSigner::from_seed(origin, KeyKind::Ed25519, seed.expose())
        .expect("an origin is a valid key name, and a derived seed a valid key")
}
