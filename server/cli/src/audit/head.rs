//! A signed checkpoint under a policy.

use std::collections::HashSet;

use samtycke_core::bundle::policy::Policy;
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::note::Note;

use super::Stop;

/// A checkpoint, with the note that its log signed.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) note: String,
    pub(super) checkpoint: Checkpoint,
}

impl Head {
    /// Reads and verifies a checkpoint: a log of the policy has signed it under its own name, and the policy's quorum of
    /// witnesses has cosigned it.
    pub(super) fn verified(note: &str, policy: &Policy) -> Result<Self, Stop> {
        let head = Self::read(note)?;
        let parsed =
            Note::parse(note).map_err(|_| Stop::invalid("the checkpoint is not a signed note"))?;
        let (mut is_signed, mut cosigned) = (false, HashSet::new());
        for line in parsed.signatures() {
            let holds = |key: &samtycke_tlog::note::VerifierKey| {
                key.claims(line) && key.verify(parsed.text(), line.signature()).is_ok()
            };
            let own =
                |key: &samtycke_tlog::note::VerifierKey| key.name() == head.checkpoint.origin();
            is_signed |= policy
                .logs()
                .iter()
                .any(|log| own(&log.key) && holds(&log.key));
            let witness = policy
                .witnesses()
                .iter()
                .position(|witness| holds(&witness.key));
            cosigned.extend(witness);
        }
        if !is_signed {
            return Err(Stop::unread(format!(
                "no log in the policy has signed the checkpoint of {}",
                head.checkpoint.origin()
            )));
        }
        if !policy.quorum_is_met(&cosigned) {
            return Err(Stop::unread(
                "the policy's quorum of witnesses has not cosigned the checkpoint",
            ));
        }
        Ok(head)
    }

    /// Reads a checkpoint that is trusted already, with or without its signatures.
    pub(super) fn read(note: &str) -> Result<Self, Stop> {
        let body =
            Note::parse(note).map_or_else(|_| note.to_owned(), |note| note.text().to_owned());
        let checkpoint =
            Checkpoint::parse(&body).map_err(|_| Stop::invalid("not a C2SP tlog-checkpoint"))?;
        let note = note.to_owned();
        Ok(Self { note, checkpoint })
    }

    /// A file name that no other checkpoint has.
    pub(super) fn file_name(&self) -> String {
        let root = hex::encode(&self.checkpoint.root()[..8]);
        format!("{}-{root}", self.checkpoint.size())
    }
}
