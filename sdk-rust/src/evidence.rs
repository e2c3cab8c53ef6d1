//! What a row in the caller's own database can say about why it may be there.

use samtycke_core::decide::{Basis, Verdict};
use samtycke_core::reason::Reason;
use serde::Serialize;

/// On what a permission rested: for a column beside what was stored under it. It names the purpose and the state of the
/// log, and nobody: with the subject's id, which the row has anyway, an auditor finds the event and its proof.
///
/// Example: see [`Consented::evidence`](crate::Consented::evidence).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// For which purpose.
    pub purpose: &'static str,
    /// Why it was permitted.
    pub reason: Reason,
    /// On which legal basis.
    pub basis: Option<Basis>,
    /// The subject's last event that was known.
    pub seq: u64,
    /// The state of the log that was asked; a later check can demand it.
    pub position: Option<String>,
    /// When the question was sent, by this machine's clock; Unix milliseconds.
    pub checked_at_ms: i64,
}

impl Evidence {
    pub(crate) fn of(
        purpose: &'static str,
        verdict: &Verdict,
        position: Option<&str>,
        checked_at_ms: i64,
    ) -> Self {
        Self {
            purpose,
            reason: verdict.reason,
            basis: verdict.basis,
            seq: verdict.seq,
            position: position.map(str::to_owned),
            checked_at_ms,
        }
    }

    /// As a line of JSON, some 250 bytes, for a text column.
    ///
    /// ```no_run
    /// # use samtycke::{Consented, Denied, purpose::{Many, Purpose}};
    /// # fn example<P: Purpose<Uses = Many>>(consented: &Consented<P>) -> Result<(), Denied> {
    /// let column: String = consented.evidence().to_column();
    /// # Ok(())
    /// # }
    /// ```
    pub fn to_column(&self) -> String {
        // It holds nothing that JSON cannot say; if it did, an empty column would be wrong and a panic worse.
        serde_json::to_string(self).unwrap_or_default()
    }
}
