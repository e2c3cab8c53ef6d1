//! The verifier's report: text for people ([`Report`]'s `Display`) and data for programs (its `Serialize`).

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::{
    event::opening::Context,
    screen::{escaped, quiet},
};

/// The proof level of a valid bundle, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "u8")]
pub enum Level {
    /// Level 0: the log signed a tree that contains the leaf. It may have shown other clients a different tree.
    LogSignature,
    /// Level 1: the tree is also consistent with a checkpoint that the auditor already held.
    HeldCheckpoint,
    /// Level 2: a quorum of witnesses also cosigned the same tree.
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
    /// The bytes are not a bundle.
    #[error("the file is not a samtycke-bundle/1")]
    Format,
    /// The bytes are not a leaf.
    #[error("the leaf is not a samtycke/leaf/v1")]
    Leaf,
    /// An opening does not match its commitment or the leaf's kind.
    #[error("an opening does not open the leaf's commitment")]
    Opening,
    /// A committed body is not canonical JSON or lacks a field that its kind requires.
    #[error("a committed body is not in its canonical form")]
    Body,
    /// The verifier does not know the body's kind or version.
    #[error("a committed body is of a kind or version that this program does not know")]
    BodyVersion,
    /// `expires` differs from the opened bodies.
    #[error("'expires' is not what the committed bodies say")]
    Expires,
    /// `salt` differs from the one derived from ctx's key, or is present without such a key.
    #[error("'salt' is not the one of this event")]
    Salt,
    /// The event cites another notice.
    #[error("the notice, or its text, is not the one that the event cites")]
    Notice,
    /// A proof is not a valid tlog-proof@v1 or has extra data.
    #[error("a proof is not a plain c2sp.org/tlog-proof@v1")]
    Proof,
    /// A checkpoint's text is malformed or has extension lines.
    #[error("a checkpoint is not a plain C2SP tlog-checkpoint")]
    Checkpoint,
    /// The inclusion proof does not lead from the leaf to the checkpoint's root.
    #[error("the inclusion proof does not lead from the leaf to the checkpoint's root")]
    Inclusion,
    /// Two proofs, or a proof and the body, name different positions.
    #[error("the proofs and the event do not name the same log and index")]
    Place,
    /// A signature by a known key is invalid or has another name than its key.
    #[error("a signature by a known key does not verify, or bears another name")]
    Signature,
    /// The erasure is invalid or belongs to another leaf.
    #[error("the erasure is not proven for this leaf")]
    Erasure,
    /// The log signed two different trees of the same size.
    #[error("the log has signed two different trees of one size: keep this file, it is evidence")]
    SplitView,
    /// The checkpoint contradicts the one the auditor held.
    #[error("the tree is not consistent with the checkpoint already held")]
    HeldInconsistent,
    /// The held checkpoint belongs to another log, or the consistency proof is missing.
    #[error("the held checkpoint is of another log, or the consistency proof is missing")]
    HeldUnrelated,
    /// No key of the policy signed the checkpoint.
    #[error("no log in the policy has signed the checkpoint")]
    UnknownLog,
    /// Fewer witnesses of the policy have cosigned than its quorum requires.
    #[error("the policy's quorum of witnesses is not met")]
    QuorumShort,
    /// The bundle has neither openings nor an erasure.
    #[error("nothing is opened and no erasure is shown: only that some leaf exists")]
    NothingOpened,
}

/// The outcome of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Every check passed.
    Valid {
        /// The proof level.
        level: Level,
    },
    /// A check failed: the bundle was changed or was never valid.
    Invalid {
        /// The first check that failed.
        reason: Reason,
    },
    /// No check failed, but the verifier lacks information.
    Undecidable {
        /// The missing information.
        reason: Reason,
    },
    /// The leaf is in the log, and a later leaf records that its openings were destroyed.
    ValidErased {
        /// The proof level.
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

/// The result of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The check passed.
    Holds,
    /// The verifier could not decide the check.
    Open,
    /// The check failed, so the bundle is invalid.
    Fails,
}

/// One check of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The name of the check.
    pub name: &'static str,
    /// The result of the check.
    pub mark: Mark,
    /// What the check shows, in words.
    pub shows: String,
}

/// A witness's cosignature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cosignature {
    /// The witness's key name.
    pub witness: String,
    /// When the witness saw the tree, by its own account; seconds since 1970.
    pub unix_seconds: u64,
}

/// The findings of a verification, in the order of the checks. Fields set before a failed check remain; trust them only
/// if the outcome is valid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The outcome.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The leaf's kind: `event`, `publication`, and so on.
    pub kind: Option<&'static str>,
    /// The leaf hash; hex.
    pub leaf_hash: Option<String>,
    /// The checkpoint's origin.
    pub origin: Option<String>,
    /// The leaf's index.
    pub index: Option<u64>,
    /// The checkpoint's size.
    pub size: Option<u64>,
    /// The key names of known witnesses that cosigned.
    pub cosignatures: Vec<Cosignature>,
    /// What happened, if the leaf is an event of a known kind.
    pub event: Option<Context>,
    /// The opening that states it.
    pub ctx: Option<Value>,
    /// The subject who decided.
    pub sub: Option<Value>,
    /// When the consent expires; Unix milliseconds.
    pub expires: Option<i64>,
    /// Whether a surviving opening contradicts the log's record of its destruction.
    pub contradiction: Option<&'static str>,
    /// The checks, in order.
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
            writeln!(f, "  {mark}  {}: {}", check.name, escaped(&check.shows))?;
        }
        for (name, body) in [("ctx", &self.ctx), ("sub", &self.sub)] {
            if let Some(body) = body {
                writeln!(f, "{name}: {}", quiet(&format!("{body:#}")))?;
            }
        }
        Ok(())
    }
}
