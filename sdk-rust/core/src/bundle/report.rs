//! What the verifier found: for people ([`Report`]'s `Display`) and for programs (its `Serialize`).

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::event::opening::Context;

/// How much stands behind a valid bundle. Ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "u8")]
pub enum Level {
    /// 0: the log signed a tree that has the leaf. It could have shown others another tree.
    LogSignature,
    /// 1: and that tree is consistent with a checkpoint which the auditor already held.
    HeldCheckpoint,
    /// 2: and a quorum of witnesses saw the same tree.
    WitnessQuorum,
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        match level {
            Level::LogSignature => 0,
            Level::HeldCheckpoint => 1,
            Level::WitnessQuorum => 2,
        }
    }
}

/// Why a bundle is invalid or undecidable. The names are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Not a bundle.
    #[error("the file is not a samtycke-bundle/1")]
    Format,
    /// Not a leaf.
    #[error("the leaf is not a samtycke/leaf/v1")]
    Leaf,
    /// An opening does not fit its commitment, or the leaf's kind.
    #[error("an opening does not open the leaf's commitment")]
    Opening,
    /// A committed body is not canonical JSON, or has not what its kind needs.
    #[error("a committed body is not in its canonical form")]
    Body,
    /// A body is of a kind, or of a version of one, that this verifier does not know.
    #[error("a committed body is of a kind or version that this program does not know")]
    BodyVersion,
    /// `expires` is not what the opened bodies say.
    #[error("'expires' is not what the committed bodies say")]
    Expires,
    /// `salt` is not what ctx's key gives, or stands where there is none.
    #[error("'salt' is not the one of this event")]
    Salt,
    /// The notice is not the one that the event cites.
    #[error("the notice, or its text, is not the one that the event cites")]
    Notice,
    /// A proof is not a tlog-proof@v1, or has extra data.
    #[error("a proof is not a plain c2sp.org/tlog-proof@v1")]
    Proof,
    /// The text of a checkpoint is not one, or has extension lines.
    #[error("a checkpoint is not a plain C2SP tlog-checkpoint")]
    Checkpoint,
    /// The leaf is not in the tree.
    #[error("the inclusion proof does not lead from the leaf to the checkpoint's root")]
    Inclusion,
    /// Two proofs, or a proof and the body, are about different places.
    #[error("the proofs and the event do not name the same log and index")]
    Place,
    /// A signature by a known key is bad, or bears another name than its key's.
    #[error("a signature by a known key does not verify, or bears another name")]
    Signature,
    /// The erasure does not hold, or is not of this leaf.
    #[error("the erasure is not proven for this leaf")]
    Erasure,
    /// The log signed two trees of one size.
    #[error("the log has signed two different trees of one size: keep this file, it is evidence")]
    SplitView,
    /// The checkpoint contradicts the one the auditor held.
    #[error("the tree is not consistent with the checkpoint already held")]
    HeldInconsistent,
    /// The held checkpoint is of another log, or the proof between the two is missing.
    #[error("the held checkpoint is of another log, or the consistency proof is missing")]
    HeldUnrelated,
    /// No key of the policy signed the checkpoint.
    #[error("no log in the policy has signed the checkpoint")]
    UnknownLog,
    /// Too few witnesses of the policy have cosigned.
    #[error("the policy's quorum of witnesses is not met")]
    QuorumShort,
    /// Nothing is opened, and nothing says that it was erased.
    #[error("nothing is opened and no erasure is shown: only that some leaf exists")]
    NothingOpened,
}

/// The verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Everything holds.
    Valid {
        /// How much stands behind it.
        level: Level,
    },
    /// Something was changed, or never held.
    Invalid {
        /// What.
        reason: Reason,
    },
    /// Nothing contradicts it, but the verifier does not know enough.
    Undecidable {
        /// What is missing.
        reason: Reason,
    },
    /// The leaf is in the log, and so is a later claim that its openings were destroyed.
    ValidErased {
        /// How much stands behind it.
        level: Level,
        /// The erasure's index in the log.
        erased_at: u64,
    },
}

impl Outcome {
    /// The exit code of `samtycke verify`: 0 valid, 1 invalid, 2 undecidable, 3 valid and erased.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Valid { .. } => 0,
            Self::Invalid { .. } => 1,
            Self::Undecidable { .. } => 2,
            Self::ValidErased { .. } => 3,
        }
    }
}

/// How one check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It holds.
    Holds,
    /// It could not be decided.
    Open,
    /// It fails, and the bundle with it.
    Fails,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked.
    pub name: &'static str,
    /// How it went.
    pub mark: Mark,
    /// What it shows.
    pub shows: String,
}

/// Where and when a witness cosigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cosignature {
    /// The witness's key name.
    pub witness: String,
    /// When it says it saw the tree; seconds since 1970.
    pub unix_seconds: u64,
}

/// Everything that was found, in the order in which it was checked. Fields before a failed check stay; believe them only
/// when the outcome is valid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The verdict.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// `kind` of the leaf: `event`, `publication`, ..
    pub kind: Option<&'static str>,
    /// The leaf hash; hex.
    pub leaf_hash: Option<String>,
    /// The checkpoint's origin.
    pub origin: Option<String>,
    /// The leaf's index.
    pub index: Option<u64>,
    /// The checkpoint's size.
    pub size: Option<u64>,
    /// Known witnesses that cosigned.
    pub cosignatures: Vec<Cosignature>,
    /// What was decided or done, where the leaf is an event of a kind that is known here.
    pub event: Option<Context>,
    /// The opening that says it.
    pub ctx: Option<Value>,
    /// Who decided.
    pub sub: Option<Value>,
    /// When the consent runs out; Unix ms.
    pub expires: Option<i64>,
    /// A surviving opening contradicts the log's claim to have destroyed it.
    pub contradiction: Option<&'static str>,
    /// The checks.
    pub checks: Vec<Check>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.outcome {
            Outcome::Valid { level } => writeln!(f, "VALID, proof level {}", u8::from(level))?,
            Outcome::Invalid { reason } => writeln!(f, "INVALID: {reason}")?,
            Outcome::Undecidable { reason } => writeln!(f, "UNDECIDABLE: {reason}")?,
            Outcome::ValidErased { level, erased_at } => writeln!(
                f,
                "VALID AND ERASED at index {erased_at}, proof level {}",
                u8::from(level)
            )?,
        }
        if let Some(contradiction) = self.contradiction {
            writeln!(f, "CONTRADICTION: {contradiction}")?;
        }
        for check in &self.checks {
            let mark = match check.mark {
                Mark::Holds => "holds",
                Mark::Open => "open ",
                Mark::Fails => "FAILS",
            };
            writeln!(f, "  {mark}  {}: {}", check.name, printable(&check.shows))?;
        }
        for (name, body) in [("ctx", &self.ctx), ("sub", &self.sub)] {
            if let Some(body) = body {
                writeln!(f, "{name}: {}", printable(&format!("{body:#}")))?;
            }
        }
        Ok(())
    }
}

/// A file of unknown origin must not move the cursor, or turn the text around, on the auditor's screen.
fn printable(text: &str) -> String {
    let refused = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(refused, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_moves_no_cursor() {
        assert_eq!(
            printable("a\u{1b}[2J\u{9b}\u{202e}b\nc"),
            "a\u{fffd}[2J\u{fffd}\u{fffd}b\nc"
        );
    }
}
